//! Runs the program on the samples and scores what it finds against their truth.
//!
//! A truth pair is found when passages between its two documents that touch it on both sides cover at least half of
//! each side; `covered` is the mean share of characters of the two sides, `pieces` the mean number of passages of a
//! found pair. Passages that a tag takes out of the totals count as found too (a footer may be tagged as
//! boilerplate), but not as extras.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;

/// A span of one document in code points, half-open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Side {
    doc: String,
    start: usize,
    end: usize,
}

/// A line of `truth.jsonl`.
#[derive(Clone, Debug)]
struct Truth {
    a: Side,
    b: Side,
    class: String,
    cluster: String,
}

/// What of a passage row is scored.
#[derive(Clone, Debug)]
struct Found {
    a: Side,
    b: Side,
    excluded: bool,
}

/// Totals of one class of truth pairs.
#[derive(Clone, Debug, Default, PartialEq)]
struct Score {
    pairs: usize,
    found: usize,
    covered: f64,
    pieces: f64,
}

/// The score of a whole run.
#[derive(Debug)]
struct Scores {
    by_class: BTreeMap<String, Score>,
    missed: Vec<String>,
    extras: Vec<Found>,
}

impl Side {
    fn new(doc: &str, start: usize, end: usize) -> Side {
        Side { doc: doc.to_owned(), start, end }
    }

    fn read(row: &Value, doc: &str, start: &str, end: &str) -> Side {
        let number = |key: &str| {
            usize::try_from(row[key].as_u64().unwrap_or_else(|| panic!("{key} of {row}"))).unwrap()
        };
        Side::new(row[doc].as_str().unwrap_or_else(|| panic!("{doc} of {row}")), number(start), number(end))
    }

    fn len(&self) -> usize {
        self.end - self.start
    }

    /// The part of `other` inside, if the two are of one document and touch.
    fn clip(&self, other: &Side) -> Option<(usize, usize)> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (self.doc == other.doc && start < end).then_some((start, end))
    }

    fn slice<'t>(&self, texts: &'t BTreeMap<String, String>) -> Option<&'t str> {
        let text = texts.get(&self.doc)?;
        let mut places = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
        let from = places.nth(self.start)?;
        let to = places.nth(self.end.checked_sub(self.start + 1)?)?;
        Some(&text[from..to])
    }
}

/// Number of places that at least one of the ranges holds.
fn union_len(mut ranges: Vec<(usize, usize)>) -> usize {
    ranges.sort_unstable();
    let (mut total, mut reach) = (0, 0);
    for (start, end) in ranges {
        total += end.saturating_sub(start.max(reach));
        reach = reach.max(end);
    }
    total
}

/// The parts of a truth pair that a passage covers on its two sides, whichever way round it was reported.
fn touch(truth: &Truth, passage: &Found) -> Option<[(usize, usize); 2]> {
    let straight = truth.a.clip(&passage.a).zip(truth.b.clip(&passage.b));
    let crossed = || truth.a.clip(&passage.b).zip(truth.b.clip(&passage.a));
    straight.or_else(crossed).map(|(a, b)| [a, b])
}

#[expect(clippy::cast_precision_loss, reason = "counts of a sample are small")]
fn score(truth: &[Truth], passages: &[Found]) -> Scores {
    let (mut by_class, mut missed) = (BTreeMap::<String, Score>::new(), Vec::new());
    let mut touched = BTreeSet::new();
    for pair in truth {
        let mut parts = [Vec::new(), Vec::new()];
        for (index, passage) in passages.iter().enumerate() {
            if let Some([a, b]) = touch(pair, passage) {
                parts[0].push(a);
                parts[1].push(b);
                touched.insert(index);
            }
        }
        let pieces = parts[0].len();
        let [a, b] = parts.map(union_len);
        let shares = [a as f64 / pair.a.len() as f64, b as f64 / pair.b.len() as f64];
        let score = by_class.entry(pair.class.clone()).or_default();
        score.pairs += 1;
        score.covered += f64::midpoint(shares[0], shares[1]);
        if shares[0] >= 0.5 && shares[1] >= 0.5 {
            score.found += 1;
            score.pieces += pieces as f64;
        } else {
            missed.push(format!(
                "{} {}: {} × {}, covered {:.2} and {:.2}",
                pair.class, pair.cluster, pair.a.doc, pair.b.doc, shares[0], shares[1]
            ));
        }
    }
    for score in by_class.values_mut() {
        score.covered /= score.pairs as f64;
        score.pieces /= score.found.max(1) as f64;
    }
    let extra = |&(index, passage): &(usize, &Found)| !passage.excluded && !touched.contains(&index);
    let extras = passages.iter().enumerate().filter(extra).map(|(_, passage)| passage.clone()).collect();
    Scores { by_class, missed, extras }
}

/// One sample with its texts, its truth and the program's result.
struct Sample {
    texts: BTreeMap<String, String>,
    truth: Vec<Truth>,
    rows: Vec<Value>,
}

fn sample_path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}

fn json_lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

fn truth_of(sample: &str) -> Vec<Truth> {
    let text = fs::read_to_string(sample_path(sample).join("truth.jsonl")).unwrap();
    let pair = |row: Value| Truth {
        a: Side::read(&row, "a", "a_start", "a_end"),
        b: Side::read(&row, "b", "b_start", "b_end"),
        class: row["class"].as_str().unwrap().to_owned(),
        cluster: row["cluster"].as_str().unwrap().to_owned(),
    };
    json_lines(&text).into_iter().map(pair).collect()
}

/// Texts of a folder by file name.
fn folder_texts(sample: &str) -> BTreeMap<String, String> {
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap())
    };
    fs::read_dir(sample_path(sample).join("articles")).unwrap().map(read).collect()
}

/// Texts of a file of records by id.
fn record_texts(sample: &str) -> BTreeMap<String, String> {
    let file = fs::read_to_string(sample_path(sample).join("articles.jsonl")).unwrap();
    let text =
        |row: Value| (row["id"].as_str().unwrap().to_owned(), row["text"].as_str().unwrap().to_owned());
    json_lines(&file).into_iter().map(text).collect()
}

/// Runs `wirecopy compare` as a user at the root of the repository would, with no setting of this machine's.
fn compare(input: &str) -> Vec<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    command.args(["compare", input, "--format", "jsonl"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("WIRECOPY_")) {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "compare {input} ended with {}: {errors}", output.status);
    json_lines(std::str::from_utf8(&output.stdout).unwrap())
}

static CEASEFIRE: LazyLock<Sample> = LazyLock::new(|| Sample {
    texts: folder_texts("ceasefire"),
    truth: truth_of("ceasefire"),
    rows: compare("samples/ceasefire/articles"),
});

static PRESS_RELEASE: LazyLock<Sample> = LazyLock::new(|| Sample {
    texts: record_texts("press-release"),
    truth: truth_of("press-release"),
    rows: compare("samples/press-release/articles.jsonl"),
});

impl Sample {
    fn rows(&self, kind: &str) -> impl Iterator<Item = &Value> {
        self.rows.iter().filter(move |row| row["type"] == kind)
    }

    fn passages(&self) -> Vec<Found> {
        let passage = |row: &Value| Found {
            a: Side::read(row, "a_doc_id", "a_start_char", "a_end_char"),
            b: Side::read(row, "b_doc_id", "b_start_char", "b_end_char"),
            excluded: row["excluded"].as_bool().unwrap(),
        };
        self.rows("passage").map(passage).collect()
    }

    /// Most documents of one truth cluster that stand in one cluster of the result.
    fn together(&self, cluster: &str) -> usize {
        let sides: BTreeSet<&Side> = self
            .truth
            .iter()
            .filter(|pair| pair.cluster == cluster)
            .flat_map(|pair| [&pair.a, &pair.b])
            .collect();
        let mut docs_of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in self.rows("member") {
            let member = Side::read(row, "doc_id", "start_char", "end_char");
            for side in &sides {
                if side.clip(&member).is_some() {
                    docs_of.entry(row["cluster_id"].as_str().unwrap()).or_default().insert(&side.doc);
                }
            }
        }
        docs_of.values().map(BTreeSet::len).max().unwrap_or(0)
    }

    /// Asserts what a sample must show: `(class, least share found, least covered)`, and the most extra passages.
    #[track_caller]
    fn check(&self, bars: &[(&str, f64, f64)], most_extras: usize) {
        let scores = score(&self.truth, &self.passages());
        let report =
            format!("\n{:#?}\nmissed {:#?}\nextras {:#?}", scores.by_class, scores.missed, scores.extras);
        for &(class, least_found, least_covered) in bars {
            let Score { pairs, found, covered, .. } = scores.by_class[class];
            let least = (least_found * f64::from(u32::try_from(pairs).unwrap())).ceil();
            assert!(
                f64::from(u32::try_from(found).unwrap()) >= least,
                "{class}: {found} of {pairs} found{report}"
            );
            assert!(covered >= least_covered, "{class}: {covered:.3} covered{report}");
        }
        let classes: Vec<&str> = bars.iter().map(|&(class, ..)| class).collect();
        assert_eq!(scores.by_class.keys().collect::<Vec<_>>(), classes, "every class has its bars");
        assert!(scores.extras.len() <= most_extras, "{} extras{report}", scores.extras.len());
    }

    /// Asserts that every passage and member lies in its document and quotes it.
    fn check_spans(&self) {
        let mut checked = 0;
        for row in self.rows("passage") {
            for side in ["a", "b"] {
                let key = |name: &str| format!("{side}_{name}");
                let span = Side::read(row, &key("doc_id"), &key("start_char"), &key("end_char"));
                let slice =
                    span.slice(&self.texts).unwrap_or_else(|| panic!("{span:?} lies in no document: {row}"));
                assert_eq!(row[key("text")], slice, "{row}");
                let bytes = Side::read(row, &key("doc_id"), &key("start_byte"), &key("end_byte"));
                assert_eq!(self.texts[&bytes.doc].get(bytes.start..bytes.end), Some(slice), "{row}");
                checked += 1;
            }
        }
        for row in self.rows("member") {
            let span = Side::read(row, "doc_id", "start_char", "end_char");
            assert!(span.slice(&self.texts).is_some(), "{span:?} lies in no document: {row}");
            checked += 1;
        }
        assert!(checked >= self.truth.len(), "only {checked} spans in the result");
    }

    fn check_documents(&self) {
        let lengths = |row: &Value| (row["doc_id"].as_str().unwrap().to_owned(), row["n_chars"].as_u64());
        let told: BTreeMap<String, Option<u64>> = self.rows("document").map(lengths).collect();
        let given =
            self.texts.iter().map(|(name, text)| (name.clone(), u64::try_from(text.chars().count()).ok()));
        assert_eq!(told, given.collect());
    }
}

#[test]
fn the_ceasefire_statement_is_found_in_every_outlet() {
    CEASEFIRE.check(&[("heavy_edit", 0.75, 0.5), ("light_edit", 1.0, 0.9), ("verbatim", 1.0, 0.9)], 6);
}

#[test]
fn the_press_release_is_found_in_its_pick_up() {
    PRESS_RELEASE.check(&[("light_edit", 1.0, 0.9), ("verbatim", 1.0, 0.9)], 2);
}

#[test]
fn versions_of_one_statement_stand_in_one_cluster() {
    assert_eq!(CEASEFIRE.together("terms"), 5);
    assert_eq!(CEASEFIRE.together("justification"), 5);
    assert_eq!(PRESS_RELEASE.together("lemons"), 4);
}

#[test]
fn spans_of_the_samples_lie_in_their_documents() {
    for sample in [&*CEASEFIRE, &*PRESS_RELEASE] {
        sample.check_documents();
        sample.check_spans();
    }
}

#[test]
fn the_truth_of_the_samples_is_sound() {
    for (sample, texts) in
        [("ceasefire", folder_texts("ceasefire")), ("press-release", record_texts("press-release"))]
    {
        let truth = truth_of(sample);
        let mut seen = BTreeSet::new();
        for pair in &truth {
            assert!(pair.a.doc < pair.b.doc, "{sample}: sides in order of name: {pair:?}");
            assert!(seen.insert((pair.a.clone(), pair.b.clone())), "{sample}: twice: {pair:?}");
            assert!(
                ["verbatim", "light_edit", "heavy_edit"].contains(&pair.class.as_str()),
                "{sample}: {pair:?}"
            );
            for side in [&pair.a, &pair.b] {
                let text =
                    side.slice(&texts).unwrap_or_else(|| panic!("{sample}: {side:?} lies in no document"));
                assert_eq!(text, text.trim(), "{sample}: {side:?} begins or ends in white space");
                assert!(text.split_whitespace().count() >= 6, "{sample}: too short: {text}");
            }
        }
        assert!(truth.len() >= 15, "{sample}: {} pairs", truth.len());
    }
}

// The scorer, held against cases worked out by hand.

fn truth(a: (usize, usize), b: (usize, usize)) -> Truth {
    let class = "verbatim".to_owned();
    Truth { a: Side::new("a", a.0, a.1), b: Side::new("b", b.0, b.1), class, cluster: "c".to_owned() }
}

fn found(a: (usize, usize), b: (usize, usize)) -> Found {
    Found { a: Side::new("a", a.0, a.1), b: Side::new("b", b.0, b.1), excluded: false }
}

/// Name, passages, and what they are worth: found, covered, pieces, extras.
type ScorerCase = (&'static str, Vec<Found>, (usize, f64, f64, usize));

#[test]
fn the_scorer_counts_what_both_sides_cover() {
    let excluded = Found { excluded: true, ..found((0, 100), (200, 300)) };
    let crossed = Found { a: Side::new("b", 200, 300), b: Side::new("a", 0, 100), excluded: false };
    let cases: [ScorerCase; 10] = [
        ("nothing reported", vec![], (0, 0.0, 0.0, 0)),
        ("exactly", vec![found((0, 100), (200, 300))], (1, 1.0, 1.0, 0)),
        ("reported the other way round", vec![crossed], (1, 1.0, 1.0, 0)),
        ("more than the truth", vec![found((0, 900), (0, 900))], (1, 1.0, 1.0, 0)),
        ("half of both sides", vec![found((0, 50), (200, 250))], (1, 0.5, 1.0, 0)),
        ("one side short of half", vec![found((0, 100), (200, 249))], (0, 0.745, 0.0, 0)),
        ("one side elsewhere", vec![found((0, 100), (300, 400))], (0, 0.0, 0.0, 1)),
        ("in two pieces", vec![found((0, 50), (200, 250)), found((50, 100), (250, 300))], (1, 1.0, 2.0, 0)),
        (
            "pieces that overlap",
            vec![found((0, 60), (200, 260)), found((40, 80), (240, 280))],
            (1, 0.8, 2.0, 0),
        ),
        ("taken out of the totals", vec![excluded], (1, 1.0, 1.0, 0)),
    ];
    for (name, passages, (found, covered, pieces, extras)) in cases {
        let scores = score(&[truth((0, 100), (200, 300))], &passages);
        assert_eq!(scores.by_class["verbatim"], Score { pairs: 1, found, covered, pieces }, "{name}");
        assert_eq!((scores.extras.len(), scores.missed.len()), (extras, 1 - found), "{name}");
    }
}

#[test]
fn the_scorer_leaves_excluded_passages_out_of_the_extras() {
    let mut passage = found((0, 10), (0, 10));
    assert_eq!(score(&[truth((50, 60), (50, 60))], std::slice::from_ref(&passage)).extras.len(), 1);
    passage.excluded = true;
    assert_eq!(score(&[truth((50, 60), (50, 60))], &[passage]).extras.len(), 0);
}

#[test]
fn a_span_is_cut_out_in_code_points() {
    let texts = BTreeMap::from([("a".to_owned(), "“é”x".to_owned())]);
    let cases = [
        ((0, 1), Some("“")),
        ((1, 3), Some("é”")),
        ((3, 4), Some("x")),
        ((3, 5), None),
        ((2, 2), None),
        ((3, 2), None),
    ];
    for ((start, end), expected) in cases {
        assert_eq!(Side::new("a", start, end).slice(&texts), expected, "{start}..{end}");
    }
    assert_eq!(Side::new("b", 0, 1).slice(&texts), None);
}

#[test]
fn documents_of_one_cluster_are_counted_by_overlap() {
    let member = |cluster: &str, doc: &str, start: usize| serde_json::json!({"type": "member", "cluster_id": cluster, "doc_id": doc, "start_char": start, "end_char": start + 10});
    let mut sample =
        Sample { texts: BTreeMap::new(), truth: vec![truth((0, 100), (200, 300))], rows: Vec::new() };
    assert_eq!(sample.together("c"), 0);
    sample.rows = vec![member("x", "a", 95), member("y", "b", 205)];
    assert_eq!(sample.together("c"), 1, "two clusters hold one each");
    sample.rows.push(member("x", "b", 100));
    assert_eq!(sample.together("c"), 1, "another place of the document");
    sample.rows.push(member("x", "b", 291));
    assert_eq!(sample.together("c"), 2);
}
