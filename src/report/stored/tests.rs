//! Results that were written and read back.

use expect_test::expect;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fixture::{Dice, document, edited, salad};
use crate::model::{Analysis, Corpus, Document, Findings, Silent};
use crate::pipeline::{self, Scope, Settings};
use crate::report::stored::{Looked, StoredError, read};
use crate::report::tests::fixture;
use crate::report::{Format, Redacted, RenderOptions, write};

fn written(analysis: &Analysis, format: Format) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(analysis, format, &RenderOptions::default(), &mut bytes).unwrap();
    bytes
}

/// JSON Lines without what may differ between equal runs.
fn lines(analysis: &Analysis) -> String {
    let text = String::from_utf8(written(analysis, Format::Jsonl)).unwrap();
    text.lines().filter(|line| !line.starts_with("{\"type\":\"run\"")).collect::<Vec<_>>().join("\n")
}

fn restored(mut bytes: &[u8], texts: &[String]) -> Result<(Analysis, Looked), StoredError> {
    read(&mut bytes, &mut |_| texts.to_vec())
}

/// Articles that share edited passages, with moves, changed numbers, other scripts, and line ends of all kinds.
fn corpus() -> Analysis {
    let mut dice = Dice::new(11);
    let words = salad(&mut dice, 120);
    let mut documents: Vec<Document> = (0..6)
        .map(|index| {
            let copy = edited(&words, 8, &mut dice);
            let own = salad(&mut dice, 30).join(" ");
            let (first, last) = copy.split_at(60);
            let text = match index % 2 {
                0 => format!(
                    "😀 {own}\r\n{}\n\n{} In all {} left.",
                    first.join(" "),
                    last.join("\u{a0}"),
                    10 + index
                ),
                _ => format!("{}\r{own} é€\n{} In all {} left.", last.join(" "), first.join(" "), 10 + index),
            };
            document(&format!("d{index}.txt"), text)
        })
        .collect();
    documents.push(Document { name: "e-copy.txt".to_owned(), ..documents[0].clone() });
    for (index, document) in documents.iter_mut().enumerate() {
        document.origin.path = format!("in/{}", document.name);
        document.origin.line = 1;
        document.source = (index > 1).then(|| format!("Outlet {}", index % 3));
        document.published = crate::report::time::from_iso(&format!("2031-04-{:02}T10:00Z", index + 1));
    }
    let corpus = Corpus { documents, ..Corpus::default() };
    pipeline::compare(corpus, &Scope::AllPairs, &Settings::default(), &Silent).unwrap()
}

fn texts(analysis: &Analysis) -> Vec<String> {
    analysis.documents.iter().rev().map(|document| document.text.clone()).collect()
}

#[test]
fn a_result_reads_back_as_itself() {
    let analysis = corpus();
    assert!(analysis.passages.iter().any(|it| it.steps.iter().any(|step| step.a.is_empty())));
    for format in [Format::Jsonl, Format::Json] {
        let (read, looked) = restored(&written(&analysis, format), &texts(&analysis)).unwrap();
        assert_eq!(looked, Looked::default(), "{format}");
        assert_eq!(lines(&read), lines(&analysis), "{format}");
        for (one, other) in read.passages.iter().zip(&analysis.passages) {
            assert_eq!(one.steps, other.steps, "{format}");
        }
        assert_eq!(read.tokens, analysis.tokens, "{format}");
        let pages = [&read, &analysis].map(|analysis| written(analysis, Format::Html));
        assert!(pages[0] == pages[1], "{format}: the reports differ");
    }
}

/// Everything a row can tell, though the words of this one were made by hand.
#[test]
fn rows_of_every_kind_read_back() {
    let analysis = fixture::rich();
    let (read, looked) = restored(&written(&analysis, Format::Jsonl), &texts(&analysis))
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((looked.gone, looked.reread > 0), (0, true));
    let without_steps = |text: String| {
        let parts: Vec<&str> = text.split("\"steps\":\"").collect();
        parts
            .iter()
            .map(|part| part.split_once("\",\"tag_facts").map_or(*part, |(_, rest)| rest))
            .collect::<String>()
    };
    assert_eq!(without_steps(lines(&read)), without_steps(lines(&analysis)));
}

#[test]
fn texts_that_are_gone_are_told_by_what_is_quoted() {
    let analysis = corpus();
    let (read, looked) = restored(&written(&analysis, Format::Jsonl), &[]).unwrap();
    assert_eq!(looked.gone, analysis.documents.len());
    assert_eq!(lines(&read), lines(&analysis));
    for (one, other) in read.documents.iter().zip(&analysis.documents) {
        let known = &one.rebuilt.as_ref().unwrap().known;
        assert!(!known.is_empty());
        assert!(known.iter().all(|span| one.text[span.range()] == other.text[span.range()]));
    }
    // The differences are those of the whole texts, too.
    let diffs = |analysis: &Analysis| {
        let page = String::from_utf8(written(analysis, Format::Html)).unwrap();
        page.split("id=\"block-diffs-0\">").nth(1).and_then(|rest| rest.split('<').next()).map(str::to_owned)
    };
    assert_eq!(diffs(&read), diffs(&analysis));
}

#[test]
fn what_is_no_result_is_refused() {
    let analysis = corpus();
    let lines = String::from_utf8(written(&analysis, Format::Jsonl)).unwrap();
    let object = String::from_utf8(written(&analysis, Format::Json)).unwrap();
    let without_end: String =
        lines.split_inclusive('\n').filter(|line| !line.starts_with("{\"type\":\"end\"")).collect();
    let garbled = lines.replacen("{\"type\":\"pair\"", "{\"type\":pair", 1);
    let cases = [
        ("empty", String::new()),
        ("text", "An article.\n".to_owned()),
        ("other JSON", "{\"a\":1}\n".to_owned()),
        ("later schema", lines.replacen("\"schema_version\":1", "\"schema_version\":9", 1)),
        ("later schema, object", object.replacen("\"schema_version\":1", "\"schema_version\":9", 1)),
        ("cut", lines[..lines.len() / 2].to_owned()),
        ("cut, object", object[..object.len() / 2].to_owned()),
        ("no end", without_end),
        ("garbled", garbled),
        ("no steps", lines.replace("\"steps\":", "\"stops\":")),
        ("backwards", lines.replacen("\"a_start_byte\":", "\"a_start_byte\":9999999", 1)),
        ("unknown kind", lines.replacen("\"kind\":\"edited\"", "\"kind\":\"altered\"", 1)),
        ("a pair less", {
            let mut pairs = 0;
            lines
                .split_inclusive('\n')
                .filter(|line| {
                    pairs += usize::from(line.starts_with("{\"type\":\"pair\""));
                    pairs != 1 || !line.starts_with("{\"type\":\"pair\"")
                })
                .collect()
        }),
    ];
    let told: String = cases
        .iter()
        .map(|(name, text)| match restored(text.as_bytes(), &texts(&analysis)) {
            Ok(_) => format!("{name}: read\n"),
            Err(error) => format!("{name}: {error}\n"),
        })
        .collect();
    expect![[r#"
        empty: it is no result of wirecopy; write one with compare -o result.jsonl
        text: it is no result of wirecopy; write one with compare -o result.jsonl
        other JSON: it is no result of wirecopy; write one with compare -o result.jsonl
        later schema: line 1: the result has schema version 9, this program reads 1; compare again with this one
        later schema, object: line 1: the result has schema version 9, this program reads 1; compare again with this one
        cut: it ends after line 44 without its `end` row, so it was cut short; compare again
        cut, object: it ends after line 50 without its `end` row, so it was cut short; compare again
        no end: it ends after line 82 without its `end` row, so it was cut short; compare again
        garbled: line 9: expected value; the file is damaged, or not written by this program: compare again
        no steps: line 30: missing field `steps`; the file is damaged, or not written by this program: compare again
        backwards: line 30: invalid value: integer `9999999232`, expected u32; the file is damaged, or not written by this program: compare again
        unknown kind: line 30: altered is no value of its column; the file is damaged, or not written by this program: compare again
        a pair less: line 29: it stands among those of another pair; the file is damaged, or not written by this program: compare again
    "#]].assert_eq(&told);
}

/// A file cut at any byte is never taken for a whole result.
#[test]
fn a_cut_file_is_never_a_result() {
    let analysis = corpus();
    for format in [Format::Jsonl, Format::Json] {
        let bytes = written(&analysis, format);
        let end = String::from_utf8_lossy(&bytes).rfind("\"run\"").unwrap();
        for cut in (0..end - 12).step_by(97) {
            assert!(restored(&bytes[..cut], &[]).is_err(), "{format} cut at {cut}");
        }
    }
}

/// The rows of `analysis` as JSON Lines has them.
fn rows_of(analysis: &Analysis) -> Vec<Value> {
    written(analysis, Format::Jsonl)
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}

fn bytes_of(rows: &[Value]) -> Vec<u8> {
    rows.iter().map(|row| format!("{row}\n")).collect::<String>().into_bytes()
}

/// A name, and what is changed in each row.
type Case<'c> = (&'c str, &'c dyn Fn(&mut Value));

/// Places and sizes that no text has are told of, not used.
#[test]
fn sizes_and_places_beyond_all_texts_are_refused() {
    let analysis = corpus();
    let is = |row: &Value, kind: &str| row["type"] == kind;
    let huge = |row: &mut Value| {
        if is(row, "document") {
            for column in ["n_words", "n_chars", "n_bytes"] {
                row[column] = json!(1 << 28);
            }
        }
    };
    let edit = |place: &'static str| {
        move |row: &mut Value| {
            if is(row, "passage") {
                row["typed_edits"] =
                    json!(format!("number_changed@{place}/{}-{}", row["b_start_byte"], row["b_start_byte"]));
            }
        }
    };
    let cases: [Case<'_>; 2] = [("huge", &huge), ("edit beyond", &edit("4000000-4000010"))];
    let mut told = String::new();
    for (name, change) in cases {
        let mut rows = rows_of(&analysis);
        rows.iter_mut().for_each(change);
        let error = restored(&bytes_of(&rows), &[]).map(drop).unwrap_err();
        told.push_str(&format!("{name}: {error}\n"));
    }
    expect![[r#"
        huge: the texts of 7 of its articles were not found, and 1879048192 bytes with 1879048192 words are too many to be put together from what it quotes; name where they are with --texts PATH
        edit beyond: line 82: an edit stands outside its text, or begins or ends inside a character; the file is damaged, or not written by this program: compare again
    "#]].assert_eq(&told);
}

/// The strings and numbers in `value`, however deep.
fn leaves<'v>(value: &'v mut Value, found: &mut Vec<&'v mut Value>) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| leaves(value, found)),
        Value::Object(fields) => fields.values_mut().for_each(|value| leaves(value, found)),
        Value::Number(_) | Value::String(_) => found.push(value),
        Value::Null | Value::Bool(_) => {}
    }
}

/// `text` with other numbers.
fn with_numbers(text: &str, change: impl Fn(i64) -> i64) -> String {
    let one = |part: &str| part.parse().map_or_else(|_| part.to_owned(), |number| change(number).to_string());
    let mut parts: Vec<String> = Vec::new();
    let is_digit = |part: &str| part.ends_with(|c: char| c.is_ascii_digit());
    for c in text.chars() {
        match parts.last_mut().filter(|part| is_digit(part) == c.is_ascii_digit()) {
            Some(part) => part.push(c),
            None => parts.push(c.to_string()),
        }
    }
    parts.iter().map(|part| one(part)).collect()
}

/// What is done to one cell of a result.
#[derive(Clone, Copy, Debug)]
enum Change {
    /// Its number, or all in its text, become this one.
    To(i64),
    /// They grow by so much.
    By(i64),
    /// It becomes another cell of its kind.
    Swap(prop::sample::Index),
}

impl Change {
    fn any() -> impl Strategy<Value = Change> {
        let huge = [0, 1, 255, 4_000_000, 1 << 28, i64::from(u32::MAX), i64::MAX, i64::MIN];
        prop_oneof![
            prop::sample::select(huge.to_vec()).prop_map(Change::To),
            prop_oneof![-3_i64..4, Just(60), Just(4_000_000)].prop_map(Change::By),
            any::<prop::sample::Index>().prop_map(Change::Swap),
        ]
    }

    fn make(self, cells: &mut [&mut Value], at: usize) {
        let old = cells[at].clone();
        let new = match (self, &old) {
            (Change::To(number), Value::Number(_)) => json!(number),
            (Change::By(more), Value::Number(number)) => {
                number.as_i64().map_or(old.clone(), |number| json!(number.saturating_add(more)))
            }
            (Change::To(number), Value::String(text)) => json!(with_numbers(text, |_| number)),
            (Change::By(more), Value::String(text)) => {
                json!(with_numbers(text, |old| old.saturating_add(more)))
            }
            (Change::Swap(other), _) => {
                let alike: Vec<&Value> = cells
                    .iter()
                    .map(|cell| &**cell)
                    .filter(|cell| cell.is_string() == old.is_string())
                    .collect();
                other.get(&alike).to_owned().clone()
            }
            _ => old,
        };
        *cells[at] = new;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever numbers, places and pieces a result holds, it is refused or shown, with the articles and without.
    #[test]
    fn a_result_of_somebody_elses_making_is_refused_or_shown(
        changes in prop::collection::vec((any::<prop::sample::Index>(), Change::any()), 1..4),
        [is_rich, is_redacted, has_texts] in any::<[bool; 3]>(),
    ) {
        let analysis = if is_rich { fixture::rich() } else { corpus() };
        let redacted = Redacted::new(&analysis);
        let mut bytes = Vec::new();
        let shown: &dyn Findings = if is_redacted { &redacted } else { &analysis };
        write(shown, Format::Jsonl, &RenderOptions::default(), &mut bytes).unwrap();
        let mut rows: Vec<Value> = bytes
            .split(|&byte| byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).unwrap())
            .collect();
        let mut cells = Vec::new();
        for row in rows.iter_mut().filter(|row| row["type"] != "begin") {
            let fields = row.as_object_mut().unwrap().iter_mut().filter(|(name, _)| *name != "type");
            fields.for_each(|(_, value)| leaves(value, &mut cells));
        }
        for (at, change) in changes {
            let at = at.index(cells.len());
            change.make(&mut cells, at);
        }
        let texts = if has_texts { texts(&analysis) } else { Vec::new() };
        if let Ok((read, _)) = restored(&bytes_of(&rows), &texts) {
            let redacted = Redacted::new(&read);
            let shown: &dyn Findings = if is_redacted { &redacted } else { &read };
            for format in [Format::Jsonl, Format::Html, Format::Markdown, Format::Text] {
                write(shown, format, &RenderOptions::default(), &mut Vec::new()).unwrap();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a damaged result says, it is refused or shown.
    #[test]
    fn a_damaged_result_is_refused_or_shown(
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"0123456789\"e,x -".to_vec())), 1..4),
        has_texts: bool,
    ) {
        let analysis = fixture::rich();
        let mut bytes = written(&analysis, Format::Jsonl);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let texts = if has_texts { texts(&analysis) } else { Vec::new() };
        if let Ok((read, _)) = restored(&bytes, &texts) {
            for format in [Format::Jsonl, Format::Html, Format::Markdown, Format::Text] {
                written(&read, format);
            }
        }
    }
}
