//! Whatever an input holds, nothing of it steers a terminal, a spreadsheet or a page.

use proptest::prelude::*;

use crate::model::{Analysis, DocId, Tag};
use crate::report::tests::{fixture, rendered};
use crate::report::{Format, Graph, RenderOptions, Table, View};

/// Text with far more trouble than chance would bring.
fn hostile() -> impl Strategy<Value = String> {
    let trouble = prop::sample::select(vec![
        "\x1b[31m",
        "\x1b]0;x\x07",
        "\u{9b}2J",
        "\r",
        "\n",
        "\t",
        "\u{0}",
        "\u{7f}",
        "\u{85}",
        "\u{202e}",
        "\u{2066}",
        "\u{2028}",
        "\u{200b}",
        "\u{feff}",
        "=1+1",
        "|",
        "`",
        "<b>",
        "12",
        " ",
        "word",
        "—",
    ]);
    let any = prop_oneof![4 => trouble.prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(any, 0..12).prop_map(|parts| parts.concat())
}

/// `corpus` with `texts` in every place that input can reach.
fn poisoned(mut analysis: Analysis, texts: &[String]) -> Analysis {
    let mut texts = texts.iter().cycle().cloned();
    let mut next = || texts.next().unwrap_or_default();
    for document in &mut analysis.documents {
        document.name = next();
        document.source = Some(next());
        document.title = Some(next());
        document.remarks = vec![next(), next()];
        document.origin.path = next();
    }
    for passage in &mut analysis.passages {
        passage.tags = vec![(Tag::Quoted, next())];
    }
    for edge in &mut analysis.edges {
        (edge.a_source, edge.b_source) = (next(), next());
    }
    for warning in &mut analysis.warnings {
        (warning.path, warning.message) = (next(), next());
    }
    for skipped in &mut analysis.skipped {
        (skipped.path, skipped.reason) = (next(), next());
    }
    for bound in &mut analysis.bounds {
        (bound.name, bound.message) = (next(), next());
    }
    analysis
}

fn steers(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200b}' | '\u{feff}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` without the colour sequences that the renderer itself writes.
fn without_own_colors(text: &str) -> String {
    ["0", "1", "2", "31", "32", "33", "1;31", "1;32"]
        .iter()
        .fold(text.to_owned(), |text, code| text.replace(&format!("\x1b[{code}m"), ""))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn formats_for_people_hold_no_control_characters(
        texts in prop::collection::vec(hostile(), 3..9), a in hostile(), b in hostile(), width in 30_usize..160,
    ) {
        let shared = RenderOptions { width, ..RenderOptions::default() };
        let view = View::Carriers { of: DocId::new(0), articles: 4, passages: true };
        let carriers = RenderOptions { view, ..shared.clone() };
        let mut found = fixture::two_texts(&a, &b);
        found.pairs[0].matched_words = 1;
        let cases =
            [(fixture::rich(), shared.clone()), (fixture::two_texts(&a, &b), shared), (fixture::rich(), carriers.clone()), (found, carriers)];
        for (analysis, plain) in cases {
            let colored = RenderOptions { color: true, ..plain.clone() };
            let analysis = poisoned(analysis, &texts);
            let markdown = rendered(&analysis, Format::Markdown, &plain);
            prop_assert!(!markdown.contains(steers), "{markdown:?}");
            if cfg!(feature = "cli") {
                let text = rendered(&analysis, Format::Text, &plain);
                prop_assert!(!text.contains(steers), "{text:?}");
                let text = without_own_colors(&rendered(&analysis, Format::Text, &colored));
                prop_assert!(!text.contains(steers), "{text:?}");
            }
        }
    }

    #[test]
    fn machine_formats_hold_them_only_escaped(
        texts in prop::collection::vec(hostile(), 3..9), a in hostile(), b in hostile(),
    ) {
        let analysis = poisoned(fixture::two_texts(&a, &b), &texts);
        let lines = rendered(&analysis, Format::Jsonl, &RenderOptions::default());
        prop_assert!(!lines.contains(|c: char| steers(c) && c != '\u{200b}' && c != '\u{feff}'), "{lines:?}");
        let rows: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        prop_assert_eq!(rows[1]["doc_id"].as_str(), Some(analysis.documents[0].name.as_str()));
        let passage = rows.iter().find(|row| row["type"] == "passage").unwrap();
        prop_assert_eq!(passage["a_text"].as_str(), Some(a.as_str()));
        prop_assert_eq!(passage["a_end_char"].as_u64(), Some(a.chars().count() as u64));

        for graph in Graph::ALL {
            for format in [Format::Gexf, Format::Graphml] {
                let options = RenderOptions { graph: Some(graph), ..RenderOptions::default() };
                let xml = rendered(&analysis, format, &options);
                prop_assert!(!xml.contains(|c: char| steers(c) && c != '\u{200b}' && c != '\u{feff}'), "{xml:?}");
                let document = roxmltree::Document::parse(&xml).unwrap();
                let nodes = document.descendants().filter(|node| node.tag_name().name() == "node").count();
                let documents = &analysis.documents;
                let outlets: std::collections::BTreeSet<_> = documents.iter().map(|document| &document.source).collect();
                prop_assert_eq!(nodes, if graph == Graph::Outlets { outlets.len() } else { documents.len() });
            }
        }

        for table in Table::ALL {
            let options = RenderOptions { table, ..RenderOptions::default() };
            let text = rendered(&analysis, Format::Csv, &options);
            prop_assert!(!text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')));
            let mut reader = ::csv::ReaderBuilder::new().from_reader(text.as_bytes());
            let n_columns = reader.headers().unwrap().len();
            for row in reader.records() {
                let row = row.unwrap();
                prop_assert_eq!(row.len(), n_columns);
                prop_assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '@', '\t', '\r', '\n'])));
            }
        }
    }
}

/// Names that look like options or formulas stay apart and whole in every table.
#[test]
fn ids_agree_between_tables() {
    let mut analysis = fixture::rich();
    analysis.documents[0].name = "-".to_owned();
    let first = DocId::new(0);
    assert_eq!(analysis.pairs[0].a, first);
    for table in [Table::Documents, Table::Pairs, Table::Passages, Table::Members] {
        let options = RenderOptions { table, ..RenderOptions::default() };
        assert!(rendered(&analysis, Format::Csv, &options).contains("'-,"), "{table}");
    }
}
