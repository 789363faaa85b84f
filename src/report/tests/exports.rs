//! The formats that take a result elsewhere, read back: each holds the cells of the rows, no more and no less.

use std::collections::{BTreeMap, BTreeSet};

use expect_test::expect;
use proptest::prelude::*;
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

use crate::model::{Analysis, Findings, Silent, Tag};
use crate::report::codebook::{Cell, Entry, FieldKind};
use crate::report::flat::each_row;
use crate::report::tests::{fixture, schema};
use crate::report::{Format, Graph, Redacted, RenderOptions, Table, write, write_csv_folder};

fn bytes(analysis: &dyn Findings, format: Format, options: &RenderOptions) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(analysis, format, options, &mut bytes).unwrap();
    bytes
}

fn of_table(table: Table) -> RenderOptions {
    RenderOptions { table, ..RenderOptions::default() }
}

fn cells(analysis: &dyn Findings, entry: &Entry) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    each_row(analysis, entry, &Silent, |row| {
        rows.push(row);
        Ok(())
    })
    .unwrap();
    rows
}

/// The rows of `table` as CSV, by column.
fn csv_rows(analysis: &Analysis, table: Table) -> (Vec<String>, Vec<Vec<String>>) {
    let csv = bytes(analysis, Format::Csv, &of_table(table));
    let mut reader = ::csv::Reader::from_reader(csv.as_slice());
    let row = |row: &::csv::StringRecord| row.iter().map(str::to_owned).collect::<Vec<String>>();
    let head = row(reader.headers().unwrap());
    (head, reader.records().map(|record| row(&record.unwrap())).collect())
}

#[test]
fn every_column_of_every_table_is_described() {
    let rich = fixture::rich();
    for table in Table::ALL {
        let entry = Entry::of(table);
        assert!(!entry.description.is_empty(), "{table}");
        let names: Vec<&str> = entry.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(csv_rows(&rich, table).0, names, "{table}");
        for field in &entry.fields {
            assert!(!field.description.is_empty(), "{table}.{}", field.name);
        }
        for key in &entry.primary_key {
            assert!(names.contains(&key.as_str()), "{table}.{key}");
        }
    }
}

#[test]
fn cells_are_of_the_type_that_the_codebook_says() {
    let rich = fixture::rich();
    let mut seen = BTreeSet::new();
    for table in Table::ALL {
        let entry = Entry::of(table);
        let rows = cells(&rich, &entry);
        assert_eq!(rows.len(), csv_rows(&rich, table).1.len(), "{table}");
        for (field, cell) in rows.iter().flat_map(|row| entry.fields.iter().zip(row)) {
            let fits = match (field.kind, cell) {
                // Objects are null where they are empty.
                (FieldKind::Object | FieldKind::Objects, Cell::Null | Cell::Text(_))
                | (FieldKind::Text, Cell::Text(_))
                | (FieldKind::Integer, Cell::Integer(_))
                | (FieldKind::Number, Cell::Number(_))
                | (FieldKind::Boolean, Cell::Boolean(_))
                | (FieldKind::Words | FieldKind::List, Cell::List(_)) => true,
                (_, Cell::Null) => field.nullable,
                _ => false,
            };
            assert!(fits, "{table}.{}: {cell:?}", field.name);
            seen.insert(format!("{:?}", field.kind));
        }
    }
    assert_eq!(seen.len(), 8, "{seen:?}");
}

/// Whatever stands in a text of a list, the cell is parted as it was put together.
#[test]
fn lists_of_texts_part_as_they_were() {
    let mut rich = fixture::rich();
    let told = ["the agency desk|a, \"as told\"".to_owned(), "=b".to_owned()];
    rich.passages[0].tags = vec![(Tag::Credited, told[0].clone()), (Tag::Quoted, told[1].clone())];
    let (head, rows) = csv_rows(&rich, Table::Passages);
    let cell = |name: &str| &rows[0][head.iter().position(|column| column == name).unwrap()];
    assert_eq!(cell("tags"), "credited|quoted");
    assert_eq!(serde_json::from_str::<Vec<String>>(cell("tag_facts")).unwrap(), told);
}

/// What is wrong with a cell of CSV, by the Table Schema of its column.
fn fault(field: &Value, cell: &str) -> Option<String> {
    let bounds = &field["constraints"];
    if cell.is_empty() {
        return (bounds["required"] == true).then(|| "is missing".to_owned());
    }
    let json = || serde_json::from_str::<Value>(cell).unwrap_or(Value::Null);
    let fits = match field["type"].as_str()? {
        "integer" => cell.parse::<i64>().is_ok(),
        "number" => cell.parse::<f64>().is_ok(),
        "boolean" => matches!(cell, "true" | "false"),
        "object" => json().is_object(),
        "array" => json().is_array(),
        kind => kind == "string",
    };
    let is_word = bounds["enum"].as_array().is_none_or(|words| words.iter().any(|word| word == cell));
    let at_least =
        bounds["minimum"].as_f64().is_none_or(|least| cell.parse::<f64>().is_ok_and(|cell| cell >= least));
    let at_most =
        bounds["maximum"].as_f64().is_none_or(|most| cell.parse::<f64>().is_ok_and(|cell| cell <= most));
    (!(fits && is_word && at_least && at_most)).then(|| format!("{cell:?} breaks {field}"))
}

#[test]
fn the_codebook_of_a_folder_holds() {
    let (rich, dir) = (fixture::rich(), tempfile::tempdir().unwrap());
    write_csv_folder(&rich, dir.path()).unwrap();
    let read = |name: &str| std::fs::read(dir.path().join(name)).unwrap();
    let package: Value = serde_json::from_slice(&read("datapackage.json")).unwrap();
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), Table::ALL.len());
    let rows: BTreeMap<&str, (Vec<String>, Vec<Vec<String>>)> =
        Table::ALL.into_iter().map(|table| (table.name(), csv_rows(&rich, table))).collect();
    let keys = |table: &str, columns: &Value| -> Vec<Vec<String>> {
        let (head, rows) = &rows[table];
        let place = |name: &Value| head.iter().position(|column| column == name.as_str().unwrap()).unwrap();
        let places: Vec<usize> = columns.as_array().unwrap().iter().map(place).collect();
        rows.iter().map(|row| places.iter().map(|&place| row[place].clone()).collect()).collect()
    };
    let mut n_references = 0;
    for resource in resources {
        let name = resource["name"].as_str().unwrap();
        let file = read(resource["path"].as_str().unwrap());
        assert_eq!(resource["bytes"], file.len());
        let digest = crate::report::rows::hexadecimal(&<sha2::Sha256 as sha2::Digest>::digest(&file));
        assert_eq!(resource["hash"], format!("sha256:{digest}"));
        let fields = resource["schema"]["fields"].as_array().unwrap();
        for (field, cell) in rows[name].1.iter().flat_map(|row| fields.iter().zip(row)) {
            assert_eq!(fault(field, cell), None, "{name}");
        }
        if !resource["schema"]["primaryKey"].is_null() {
            let all = keys(name, &resource["schema"]["primaryKey"]);
            assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{name}");
        }
        for reference in resource["schema"]["foreignKeys"].as_array().into_iter().flatten() {
            let other = reference["reference"]["resource"].as_str().unwrap();
            let known = keys(other, &reference["reference"]["fields"]);
            for key in keys(name, &reference["fields"]) {
                assert!(key == [""] || known.contains(&key), "{name}: {reference}: {key:?}");
                n_references += 1;
            }
        }
    }
    assert!(n_references > 20, "{n_references}");
    let members = resources.iter().find(|resource| resource["name"] == "members").unwrap();
    expect![[r#"{"description":"The document.","name":"doc_id","type":"string"}"#]]
        .assert_eq(&sorted(&members["schema"]["fields"][1]));
    expect![[r#"[{"fields":["cluster_id"],"reference":{"fields":["cluster_id"],"resource":"clusters"}},{"fields":["doc_id"],"reference":{"fields":["doc_id"],"resource":"documents"}}]"#]]
        .assert_eq(&sorted(&members["schema"]["foreignKeys"]));
}

/// `value` with the members of objects in order of name.
fn sorted(value: &Value) -> String {
    let mut value = value.clone();
    value.sort_all_objects();
    value.to_string()
}

#[test]
fn the_test_of_cells_catches_what_breaks_a_column() {
    let column = serde_json::json!({"type": "integer", "constraints": {"minimum": 1, "required": true}});
    for broken in ["", "x", "1.5", "0"] {
        assert!(fault(&column, broken).is_some(), "{broken}");
    }
    assert_eq!(fault(&column, "7"), None);
}

/// The bytes of a format do not depend on the number of threads.
#[test]
fn exports_are_the_same_for_any_number_of_threads() {
    let mut rich = fixture::rich();
    for format in [Format::Xlsx, Format::Parquet, Format::Gexf, Format::Graphml] {
        if cfg!(not(all(feature = "xlsx", feature = "parquet"))) && format.is_binary() {
            continue;
        }
        for table in [Table::Passages, Table::Documents] {
            rich.run.threads = 1;
            let one = bytes(&rich, format, &of_table(table));
            rich.run.threads = 4;
            assert!(one == bytes(&rich, format, &of_table(table)), "{format}");
        }
    }
}

/// Text nodes and attributes of an XML document.
fn xml_strings(xml: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}\n{xml}"));
    let nodes = document.descendants();
    nodes
        .flat_map(|node| {
            let text = node.is_text().then(|| node.text().unwrap_or_default().to_owned());
            let attributes: Vec<String> = node.attributes().map(|it| it.value().to_owned()).collect();
            text.into_iter().chain(attributes)
        })
        .collect()
}

fn network(analysis: &dyn Findings, format: Format, graph: Graph) -> String {
    let options = RenderOptions { graph: Some(graph), ..RenderOptions::default() };
    String::from_utf8(bytes(analysis, format, &options)).unwrap()
}

#[test]
fn networks_have_their_nodes_edges_and_attributes() {
    let rich = fixture::rich();
    let mut shown = String::new();
    for format in [Format::Gexf, Format::Graphml] {
        for graph in Graph::ALL {
            let xml = network(&rich, format, graph);
            let document = roxmltree::Document::parse(&xml).unwrap();
            let all = |name: &str| -> Vec<roxmltree::Node<'_, '_>> {
                document.descendants().filter(|it| it.tag_name().name() == name).collect()
            };
            let ids: BTreeSet<&str> = all("node").iter().map(|node| node.attribute("id").unwrap()).collect();
            for edge in all("edge") {
                let ends = ["source", "target"].map(|end| edge.attribute(end).unwrap());
                assert!(ends.iter().all(|end| ids.contains(end)), "{format} {graph} {ends:?}");
            }
            let declared = |class: &str| -> BTreeSet<&str> {
                let of_class = |it: &roxmltree::Node<'_, '_>| match format {
                    Format::Gexf => it.parent().unwrap().attribute("class") == Some(class),
                    _ => it.attribute("for") == Some(class),
                };
                let name = if format == Format::Gexf { "attribute" } else { "key" };
                all(name).iter().filter(|it| of_class(it)).map(|it| it.attribute("id").unwrap()).collect()
            };
            let (value, key) = if format == Format::Gexf { ("attvalue", "for") } else { ("data", "key") };
            for class in ["node", "edge"] {
                let declared = declared(class);
                for node in all(class) {
                    let values = node.descendants().filter(|it| it.tag_name().name() == value);
                    for value in values {
                        assert!(declared.contains(value.attribute(key).unwrap()), "{format} {graph} {class}");
                    }
                }
            }
            shown += &format!("{format} {graph}: {} nodes, {} edges\n", ids.len(), all("edge").len());
        }
    }
    expect![[r#"
        gexf documents: 5 nodes, 3 edges
        gexf sequence: 5 nodes, 1 edges
        gexf outlets: 4 nodes, 2 edges
        graphml documents: 5 nodes, 3 edges
        graphml sequence: 5 nodes, 1 edges
        graphml outlets: 4 nodes, 2 edges
    "#]]
    .assert_eq(&shown);
}

/// Whoever was first is the source where a direction is known; where none is, there is no edge.
#[test]
fn a_sequence_runs_from_the_first_to_the_later() {
    let mut rich = fixture::rich();
    rich.pairs[0].order = crate::model::Order::BFirst;
    let xml = network(&rich, Format::Graphml, Graph::Sequence);
    let document = roxmltree::Document::parse(&xml).unwrap();
    let edges: Vec<(&str, &str)> = document
        .descendants()
        .filter(|node| node.tag_name().name() == "edge")
        .map(|edge| (edge.attribute("source").unwrap(), edge.attribute("target").unwrap()))
        .collect();
    let (a, b) = (rich.pairs[0].a.index(), rich.pairs[0].b.index());
    assert_eq!(edges, [(format!("n{b}").as_str(), format!("n{a}").as_str())]);
    assert!(xml.contains("edgedefault=\"directed\""));
}

#[cfg(feature = "parquet")]
mod parquet {
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use ::parquet::record::Field as Read;

    use super::*;

    /// The strings, as cells, of a row that was read.
    fn cell(read: &Read) -> Cell {
        match read {
            Read::Null => Cell::Null,
            Read::Bool(is) => Cell::Boolean(*is),
            Read::Long(whole) => Cell::Integer(*whole),
            Read::Double(number) => Cell::Number(*number),
            Read::Str(text) => Cell::Text(text.clone()),
            Read::ListInternal(list) => Cell::List(
                list.elements()
                    .iter()
                    .map(|element| match element {
                        Read::Str(text) => text.clone(),
                        other => panic!("{other}"),
                    })
                    .collect(),
            ),
            other => panic!("{other}"),
        }
    }

    pub(super) fn rows(file: Vec<u8>) -> Vec<Vec<Cell>> {
        let reader = SerializedFileReader::new(bytes::Bytes::from(file)).unwrap();
        let rows = reader.get_row_iter(None).unwrap();
        rows.map(|row| row.unwrap().get_column_iter().map(|(_, value)| cell(value)).collect()).collect()
    }

    #[test]
    fn every_table_reads_back_cell_by_cell() {
        let rich = fixture::rich();
        for table in Table::ALL {
            let entry = Entry::of(table);
            let file = bytes(&rich, Format::Parquet, &of_table(table));
            assert_eq!(rows(file.clone()), cells(&rich, &entry), "{table}");
            let reader = SerializedFileReader::new(bytes::Bytes::from(file)).unwrap();
            let metadata = reader.metadata().file_metadata();
            let told = metadata.key_value_metadata().unwrap();
            let codebook: Value = serde_json::from_str(told[0].value.as_ref().unwrap()).unwrap();
            assert_eq!(codebook["fields"].as_array().unwrap().len(), entry.fields.len());
        }
    }
}

#[cfg(feature = "xlsx")]
mod xlsx {
    use std::io::Read as _;
    use std::sync::Mutex;

    use super::*;
    use crate::model::{Observer, Stage};
    use crate::report::xlsx::{LIMITS, Limits, write as write_book};

    /// Keeps what it is told.
    #[derive(Default)]
    struct Ears(Mutex<Vec<String>>);

    impl Observer for Ears {
        fn begin(&self, _: Stage, _: Option<u64>) {}
        fn advance(&self, _: u64) {}
        fn note(&self, text: &str) {
            self.0.lock().unwrap().push(text.to_owned());
        }
    }

    pub(super) fn parts(file: Vec<u8>) -> BTreeMap<String, String> {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
        let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        let mut part = |name: String| {
            let mut text = String::new();
            archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
            (name, text)
        };
        names.into_iter().map(&mut part).collect()
    }

    /// Cells of a sheet by their places, each with its type.
    fn sheet(xml: &str) -> BTreeMap<String, (String, String)> {
        let document = roxmltree::Document::parse(xml).unwrap();
        let cells = document.descendants().filter(|node| node.tag_name().name() == "c");
        cells
            .map(|cell| {
                let text: String =
                    cell.descendants().filter(|it| it.is_text()).filter_map(|it| it.text()).collect();
                let kind = cell.attribute("t").unwrap_or("n").to_owned();
                assert!(cell.descendants().all(|it| it.tag_name().name() != "f"), "a formula");
                (cell.attribute("r").unwrap().to_owned(), (kind, text))
            })
            .collect()
    }

    fn written(analysis: &Analysis, limits: Limits, ears: &Ears) -> BTreeMap<String, String> {
        let mut file = Vec::new();
        write_book(analysis, limits, &mut file, ears).unwrap();
        parts(file)
    }

    #[test]
    fn a_sheet_a_table_with_text_as_text_and_numbers_as_numbers() {
        let rich = fixture::rich();
        let ears = Ears::default();
        let parts = written(&rich, LIMITS, &ears);
        assert_eq!(ears.0.lock().unwrap().len(), 0);
        let book = &parts["xl/workbook.xml"];
        for table in Table::ALL {
            assert!(book.contains(&format!("<sheet name=\"{table}\"")), "{book}");
        }
        // The first sheet is the codebook, the third the documents.
        let documents = sheet(&parts["xl/worksheets/sheet3.xml"]);
        assert_eq!(documents["A1"], ("inlineStr".to_owned(), "doc_id".to_owned()));
        assert_eq!(documents["C4"], ("inlineStr".to_owned(), "=HYPERLINK(\"http://x\")".to_owned()));
        let words =
            Entry::of(Table::Documents).fields.iter().position(|field| field.name == "n_words").unwrap();
        let place = format!("{}2", char::from(b'A' + u8::try_from(words).unwrap()));
        let expected = rich.tokens[0].len().to_string();
        assert_eq!(documents[&place], ("n".to_owned(), expected));
        let n_rows = |xml: &str| xml.matches("<row ").count();
        for (table, number) in Table::ALL.into_iter().zip(2..) {
            let xml = &parts[&format!("xl/worksheets/sheet{number}.xml")];
            assert_eq!(n_rows(xml), 1 + cells(&rich, &Entry::of(table)).len(), "{table}");
            assert!(xml.contains("<autoFilter ") && xml.contains("state=\"frozen\""), "{table}");
        }
    }

    #[test]
    fn limits_are_announced_when_they_are_hit() {
        let rich = fixture::rich();
        let ears = Ears::default();
        let parts = written(&rich, Limits { rows: 3, units: 20 }, &ears);
        let told: String = ears.0.lock().unwrap().iter().map(|told| format!("{told}\n")).collect();
        expect![[r#"
            xlsx: sheet settings: 7 rows left out, a sheet holds 3; take the format csv or parquet for all of them
            xlsx: sheet documents: 3 rows left out, a sheet holds 3; take the format csv or parquet for all of them
            xlsx: sheet documents: 4 cells cut, a cell holds 20 characters; take the format csv or parquet for whole texts
            xlsx: sheet pairs: 3 rows left out, a sheet holds 3; take the format csv or parquet for all of them
            xlsx: sheet pairs: 2 cells cut, a cell holds 20 characters; take the format csv or parquet for whole texts
            xlsx: sheet passages: 3 rows left out, a sheet holds 3; take the format csv or parquet for all of them
            xlsx: sheet passages: 7 cells cut, a cell holds 20 characters; take the format csv or parquet for whole texts
            xlsx: sheet clusters: 2 cells cut, a cell holds 20 characters; take the format csv or parquet for whole texts
            xlsx: sheet members: 3 rows left out, a sheet holds 3; take the format csv or parquet for all of them
            xlsx: sheet recurring: 2 cells cut, a cell holds 20 characters; take the format csv or parquet for whole texts
            xlsx: sheet warnings: 2 cells cut, a cell holds 20 characters; take the format csv or parquet for whole texts
            xlsx: sheet skipped: 2 cells cut, a cell holds 20 characters; take the format csv or parquet for whole texts
            xlsx: sheet bounds: 1 cell cut, a cell holds 20 characters; take the format csv or parquet for whole texts
        "#]]
        .assert_eq(&told);
        let codebook: Vec<String> =
            sheet(&parts["xl/worksheets/sheet1.xml"]).into_values().map(|(_, text)| text).collect();
        assert_eq!(codebook.iter().filter(|text| *text == "limit").count(), told.lines().count());
    }

    #[test]
    fn whole_texts_up_to_the_limit_are_kept() {
        let exact = "ab🕊";
        let cases = [(exact, 4, exact), (exact, 3, "ab…"), (exact, 5, exact), ("a\u{1b}b", 9, "a�b")];
        for (text, units, expected) in cases {
            assert_eq!(crate::report::xlsx::fitting(text, units).0, expected, "{text} {units}");
        }
    }
}

/// Words of `text` in a row, as many as say whose they are.
fn runs(text: &str) -> BTreeSet<String> {
    // Finer than words are, so that parts of a number or of a name with a hyphen count, too.
    let words = text.split(|c: char| !c.is_alphanumeric()).flat_map(UnicodeSegmentation::unicode_words);
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    words.windows(crate::report::redact::RUN).map(|run| run.join(" ")).collect()
}

/// All text in `analysis` as every format writes it, by format.
fn all_outputs(analysis: &dyn Findings) -> Vec<(String, String)> {
    let mut outputs = Vec::new();
    for format in Format::ALL {
        if cfg!(not(feature = "cli")) && format == Format::Text {
            continue;
        }
        if format.is_binary() && cfg!(not(all(feature = "xlsx", feature = "parquet"))) {
            continue;
        }
        for table in Table::ALL {
            for graph in Graph::ALL {
                let options = RenderOptions { graph: Some(graph), width: 400, ..of_table(table) };
                outputs.push((
                    format!("{format} {table} {graph}"),
                    strings(format, bytes(analysis, format, &options)),
                ));
                if !matches!(format, Format::Gexf | Format::Graphml) {
                    break;
                }
            }
            if !format.is_of_one_table() {
                break;
            }
        }
    }
    outputs
}

/// What a reader of a file would see, parts that do not belong together on lines of their own.
fn strings(format: Format, file: Vec<u8>) -> String {
    match format {
        #[cfg(feature = "xlsx")]
        Format::Xlsx => {
            xlsx::parts(file).values().flat_map(|xml| xml_strings(xml)).collect::<Vec<_>>().join("\n0\n")
        }
        #[cfg(feature = "parquet")]
        Format::Parquet => format!("{:?}", parquet::rows(file)),
        Format::Gexf | Format::Graphml => xml_strings(&String::from_utf8(file).unwrap()).join("\n0\n"),
        _ => String::from_utf8(file).unwrap(),
    }
}

/// `rich` with words of its articles wherever the run or its input may bring some.
fn quoting(start: usize) -> Analysis {
    let mut analysis = fixture::rich();
    let texts: Vec<String> = analysis.documents.iter().map(|document| document.text.clone()).collect();
    let quote = |doc: usize| {
        let words: Vec<&str> = texts[doc].unicode_words().collect();
        format!(
            "it reads {} there",
            words[start.min(words.len() - 4)..].iter().take(9).copied().collect::<Vec<_>>().join(" ")
        )
    };
    for (doc, document) in analysis.documents.iter_mut().enumerate() {
        document.remarks = vec![quote(doc)];
        document.meta.insert("lead".to_owned(), quote(doc));
        // An article's teaser of the next one.
        document.meta.insert("related".to_owned(), quote((doc + 1) % texts.len()));
        document.meta.insert(quote((doc + 2) % texts.len()), "by mistake".to_owned());
    }
    for (doc, facts) in analysis.facts.iter_mut().enumerate() {
        facts.derivation_fact = quote((doc + 1) % texts.len());
        for zone in &mut facts.zones {
            (zone.name, zone.fact) = (Some(quote(doc)), quote(doc));
        }
    }
    for passage in &mut analysis.passages {
        let fact = quote([passage.a_doc, passage.b_doc][start % 2].index());
        passage.tags.iter_mut().for_each(|(_, told)| told.clone_from(&fact));
    }
    for pair in &mut analysis.pairs {
        let fact = quote([pair.a, pair.b][start % 2].index());
        pair.provenance.evidence.iter_mut().for_each(|evidence| evidence.fact.clone_from(&fact));
        pair.provenance.origin_fact = fact;
    }
    analysis.warnings[0].message = format!("the date \"{}\" is none", quote(0));
    analysis
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    /// A redacted result holds four words in a row of no article, in no format.
    #[test]
    fn no_words_of_an_article_are_in_a_redacted_result(start in 0usize..40) {
        let analysis = quoting(start);
        let texts: BTreeSet<String> = analysis.documents.iter().flat_map(|document| runs(&document.text)).collect();
        let whole = all_outputs(&analysis);
        let shared = |output: &str| runs(output).intersection(&texts).cloned().collect::<Vec<_>>();
        // The formats that hold words at all do so without it.
        prop_assert!(whole.iter().filter(|(_, output)| !shared(output).is_empty()).count() >= 6);
        for (name, output) in all_outputs(&Redacted::new(&analysis)) {
            prop_assert_eq!(shared(&output), Vec::<String>::new(), "{}", name);
        }
    }
}

/// With an article gone nobody can tell its words from others, so no remark of that length is left.
#[test]
fn words_of_articles_that_are_gone_are_in_no_redacted_result() {
    let analysis = quoting(3);
    let texts: BTreeSet<String> =
        analysis.documents.iter().flat_map(|document| runs(&document.text)).collect();
    let lines = bytes(&analysis, Format::Jsonl, &RenderOptions::default());
    let some: Vec<String> = analysis.documents.iter().skip(1).map(|document| document.text.clone()).collect();
    for at_hand in [&[][..], &some] {
        let mut from = &lines[..];
        let (read, _) = crate::report::stored::read(&mut from, &mut |_| at_hand.to_vec()).unwrap();
        for (name, output) in all_outputs(&Redacted::new(&read)) {
            let shared: Vec<String> = runs(&output).intersection(&texts).cloned().collect();
            assert_eq!(shared, Vec::<String>::new(), "{name}, {} at hand", at_hand.len());
        }
    }
}

#[test]
fn a_redacted_result_keeps_places_hashes_and_the_schema() {
    let rich = fixture::rich();
    let redacted = Redacted::new(&rich);
    let lines = |findings: &dyn Findings| -> Vec<Value> {
        let text = String::from_utf8(bytes(findings, Format::Jsonl, &RenderOptions::default())).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let (whole, without) = (lines(&rich), lines(&redacted));
    assert_eq!(without[0]["settings"]["redact"], "text");
    for row in &without {
        assert_eq!(schema::faults("line", row), [""; 0], "{row}");
    }
    let mut n = 0;
    for kind in ["document", "pair", "passage", "cluster", "member", "edge"] {
        let of_kind =
            |rows: &[Value]| rows.iter().filter(|row| row["type"] == kind).cloned().collect::<Vec<_>>();
        for (one, other) in of_kind(&whole).iter().zip(of_kind(&without)) {
            for (column, value) in one.as_object().unwrap() {
                let is_text = matches!(column.as_str(), "a_text" | "b_text" | "text");
                let is_told = matches!(
                    column.as_str(),
                    "warnings"
                        | "meta"
                        | "zones"
                        | "derivation_evidence"
                        | "order_evidence"
                        | "origin_evidence"
                        | "tag_facts"
                );
                match (is_text, is_told) {
                    (true, _) => assert_eq!(other[column], Value::Null),
                    (_, true) => {}
                    _ => assert_eq!(&other[column], value, "{kind} {column}"),
                }
                n += 1;
            }
        }
    }
    assert!(n > 100);
}

#[test]
fn a_network_of_one_outlet_says_nothing_so_documents_are_shown() {
    let mut rich = fixture::rich();
    assert_eq!(Graph::of(&rich), Graph::Outlets);
    rich.edges.retain(|edge| edge.a_source == edge.b_source);
    assert_eq!(Graph::of(&rich), Graph::Documents);
}
