//! All renderers on the same analyses: snapshots a person can judge, the schema, and the promise that no text from
//! outside steers what shows it.

mod exports;
pub(crate) mod fixture;
mod hostile;
pub(crate) mod schema;

use expect_test::{ExpectFile, expect, expect_file};

use crate::model::{Analysis, Block, DocId, Span};
use crate::report::{Format, RenderOptions, SCHEMA, Table, View, write, write_csv_folder, write_csv_table};

/// `analysis` in `format`.
fn rendered(analysis: &Analysis, format: Format, options: &RenderOptions) -> String {
    let mut bytes = Vec::new();
    write(analysis, format, options, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The pair of `rich` alone, as if its two documents were all there is.
fn only_two() -> Analysis {
    let mut analysis = fixture::rich();
    analysis.documents.truncate(2);
    analysis.tokens.truncate(2);
    analysis.facts.truncate(2);
    analysis.pairs.truncate(1);
    analysis.passages.truncate(1);
    analysis.clusters.clear();
    analysis.passages[0].cluster = None;
    analysis
}

#[track_caller]
fn check(analysis: &Analysis, format: Format, options: &RenderOptions, expected: ExpectFile) {
    // Line ends of CSV are shown, so that they survive version control.
    expected.assert_eq(&rendered(analysis, format, options).replace("\r\n", "␍\n"));
}

#[test]
fn machine_formats_read_as_agreed() {
    let (rich, options) = (fixture::rich(), RenderOptions::default());
    check(&rich, Format::Jsonl, &options, expect_file!["snapshots/rich.jsonl"]);
    check(&rich, Format::Json, &options, expect_file!["snapshots/rich.json"]);
    let empty = Analysis::default();
    check(&empty, Format::Jsonl, &options, expect_file!["snapshots/empty.jsonl"]);
    check(&empty, Format::Json, &options, expect_file!["snapshots/empty.json"]);
}

/// A passage of two statements with a sentence of a's own between them.
#[test]
fn blocks_stand_apart() {
    let mut analysis =
        fixture::two_texts("The truce holds. Rain fell. All roads open.", "The truce holds. All roads open.");
    let block =
        |a: (u32, u32), b: (u32, u32)| Block { a: Span::new(a.0, a.1), b: Span::new(b.0, b.1), bits: 40.0 };
    analysis.passages[0].blocks = vec![block((0, 3), (0, 3)), block((5, 8), (3, 6))];
    let options = RenderOptions { width: 60, ..RenderOptions::default() };
    let shown =
        [Format::Text, Format::Markdown].map(|format| rendered(&analysis, format, &options)).join("\n~~~\n");
    expect![[r#"
        a  a.txt · 8 words
        b  b.txt · 6 words

        0 words match, in 1 passage that covers 0% of a and 0% of b;
        which appeared first is undetermined.

        1  line 1 ↔ 1 · 8 words · identity 100% · verbatim · 2
           blocks
        The truce holds. [-Rain fell.-]
        · · ·
        All roads open.

        [-a only-]  {+b only+}  [~moved~]  {~moved~}

        ~~~
        - a: a.txt · 8 words
        - b: b.txt · 6 words

        0 words match, in 1 passage that covers 0% of a and 0% of b; which appeared first is undetermined.

        ### 1: line 1 ↔ 1 · 8 words · identity 100% · verbatim · 2 blocks

        > The truce holds. <del>Rain fell.</del>
        >
        > All roads open.
    "#]]
    .assert_eq(&shown);
}

#[test]
fn every_table_is_written_as_csv() {
    let rich = fixture::rich();
    let shown: String = Table::ALL
        .map(|table| {
            let options = RenderOptions { table, ..RenderOptions::default() };
            format!("== {table}\n{}", rendered(&rich, Format::Csv, &options))
        })
        .concat();
    expect_file!["snapshots/rich.csv"].assert_eq(&shown.replace("\r\n", "␍\n").replace('\r', "␍"));
}

#[test]
fn a_csv_folder_holds_every_table() {
    let (rich, dir) = (fixture::rich(), tempfile::tempdir().unwrap());
    let folder = dir.path().join("new/out");
    write_csv_folder(&rich, &folder).unwrap();
    for table in Table::ALL {
        let mut expected = Vec::new();
        write_csv_table(&rich, table, &mut expected).unwrap();
        assert_eq!(std::fs::read(folder.join(format!("{table}.csv"))).unwrap(), expected, "{table}");
    }
    std::fs::write(dir.path().join("file"), "").unwrap();
    let refusal = write_csv_folder(&rich, &dir.path().join("file")).unwrap_err().to_string();
    assert!(refusal.starts_with("cannot write ") && refusal.contains("file"), "{refusal}");
}

#[test]
fn csv_reads_back_cell_by_cell() {
    let mut bytes = Vec::new();
    write_csv_table(&fixture::rich(), Table::Documents, &mut bytes).unwrap();
    let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
    let headings: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<::csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    let cell = |row: usize, column: &str| {
        rows[row].get(headings.iter().position(|heading| heading == column).unwrap()).unwrap()
    };
    assert_eq!(rows.len(), 5);
    assert_eq!(cell(2, "title"), "'=HYPERLINK(\"http://x\")");
    assert_eq!(cell(3, "published_at"), "2023-09");
    assert_eq!(cell(4, "source"), "");
    assert_eq!(cell(4, "meta"), r#"{"=author":"@someone","desk":"a \"quoted\" |\n desk"}"#);
}

#[test]
fn markdown_reads_as_agreed() {
    let options = RenderOptions::default();
    check(&fixture::rich(), Format::Markdown, &options, expect_file!["snapshots/rich.md"]);
    check(&only_two(), Format::Markdown, &options, expect_file!["snapshots/two.md"]);
    check(&Analysis::default(), Format::Markdown, &options, expect_file!["snapshots/empty.md"]);
}

#[cfg(feature = "cli")]
#[test]
fn text_reads_as_agreed() {
    let width = |width| RenderOptions { width, ..RenderOptions::default() };
    let colored = RenderOptions { color: true, ..RenderOptions::default() };
    check(&fixture::rich(), Format::Text, &width(180), expect_file!["snapshots/rich-180.txt"]);
    check(&fixture::rich(), Format::Text, &width(100), expect_file!["snapshots/rich-100.txt"]);
    check(&fixture::rich(), Format::Text, &width(60), expect_file!["snapshots/rich-60.txt"]);
    check(&only_two(), Format::Text, &width(100), expect_file!["snapshots/two-100.txt"]);
    check(&only_two(), Format::Text, &width(70), expect_file!["snapshots/two-70.txt"]);
    check(&only_two(), Format::Text, &colored, expect_file!["snapshots/two-color.txt"]);
    check(&Analysis::default(), Format::Text, &width(100), expect_file!["snapshots/empty.txt"]);
}

/// The carriers of the fixture's first document, with their passages.
#[test]
fn carriers_read_as_agreed() {
    let view = View::Carriers { of: DocId::new(0), articles: 4, passages: true };
    let options = RenderOptions { view, ..RenderOptions::default() };
    let rich = fixture::rich();
    check(&rich, Format::Markdown, &options, expect_file!["snapshots/carriers.md"]);
    if cfg!(feature = "cli") {
        let narrow = RenderOptions { width: 60, ..options.clone() };
        check(&rich, Format::Text, &options, expect_file!["snapshots/carriers-100.txt"]);
        check(&rich, Format::Text, &narrow, expect_file!["snapshots/carriers-60.txt"]);
    }
    // Machine formats are about everything, whatever the view.
    let whole = rendered(&rich, Format::Jsonl, &RenderOptions::default());
    assert_eq!(rendered(&rich, Format::Jsonl, &options), whole);
}

/// Columns that no row fills are not shown: a corpus without outlets and dates.
#[cfg(feature = "cli")]
#[test]
fn text_drops_columns_that_are_empty() {
    let mut analysis = fixture::rich();
    for document in &mut analysis.documents {
        (document.source, document.published) = (None, None);
    }
    for pair in &mut analysis.pairs {
        pair.lag_seconds = None;
    }
    for cluster in &mut analysis.clusters {
        (cluster.first_doc, cluster.first_published, cluster.n_sources) = (None, None, 0);
    }
    analysis.edges.clear();
    check(&analysis, Format::Text, &RenderOptions::default(), expect_file!["snapshots/bare-100.txt"]);
}

#[cfg(feature = "cli")]
#[test]
fn two_articles_that_share_nothing_are_told_so() {
    let mut analysis = only_two();
    analysis.pairs.clear();
    analysis.passages.clear();
    let text = rendered(&analysis, Format::Text, &RenderOptions::default());
    assert!(text.contains("The two articles share no wording."), "{text}");
}

/// Only the last line may differ between equal runs.
#[test]
fn what_a_run_took_stands_in_the_last_line_alone() {
    let one = fixture::rich();
    let mut two = fixture::rich();
    two.run.threads = 8;
    two.run.seconds.clear();
    let lines = |analysis| rendered(analysis, Format::Jsonl, &RenderOptions::default());
    let (one, two) = (lines(&one), lines(&two));
    let differing = one.lines().zip(two.lines()).filter(|(one, two)| one != two).count();
    assert_eq!((one.lines().count(), differing), (two.lines().count(), 1));
    assert!(one.lines().last().unwrap().starts_with(r#"{"type":"run","#));
}

/// A closed pipe comes back as what it is, whatever the format, so that a caller can take it for success.
#[test]
fn a_closed_pipe_keeps_its_kind() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    // Long enough that no buffer swallows it.
    let mut analysis = fixture::two_texts(&"many words ".repeat(20_000), "x");
    analysis.pairs[0].b = DocId::new(1);
    for format in Format::ALL {
        let options = RenderOptions { table: Table::Passages, ..RenderOptions::default() };
        let Err(error) = write(&analysis, format, &options, &mut Closed) else {
            panic!("{format} ignores it")
        };
        let is_left_out = match format {
            Format::Text => cfg!(not(feature = "cli")),
            Format::Xlsx => cfg!(not(feature = "xlsx")),
            Format::Parquet => cfg!(not(feature = "parquet")),
            _ => false,
        };
        let expected = match is_left_out {
            true => std::io::ErrorKind::Unsupported,
            false => std::io::ErrorKind::BrokenPipe,
        };
        assert_eq!(error.kind(), expected, "{format}");
    }
}

#[test]
fn the_schema_is_part_of_the_library() {
    assert!(SCHEMA.contains("https://json-schema.org/draft/2020-12/schema"));
}
