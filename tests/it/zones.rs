//! Parts of articles, tags and recurring wording, through the program.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::run;

const STATEMENT: &str = "The wardens of Port Lindwall will keep all nine northern berths closed until the damaged \
    breakwater has been surveyed by divers, and ferries to the outer islands leave from the fish market instead.";

/// Rows of one kind of what `wirecopy compare in …` finds.
fn rows(folder: &Path, kind: &str, flags: &[&str]) -> Vec<Value> {
    let ran = run(folder, &[&["compare", "in", "--format", "jsonl", "-q"], flags].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let lines = ran.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|row| row["type"] == kind).collect()
}

/// Two articles that share a statement; one credits an agency that only the rules of `sella.toml` know.
fn articles() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    write(
        "in/a.txt",
        format!("LINDWALL (SW) - {STATEMENT}\n\nNobody else was asked about it on that day.\n"),
    );
    write(
        "in/b.txt",
        format!("The weather stayed mild along the coast.\n\n“{STATEMENT}” the wardens wrote.\n"),
    );
    write("sella.toml", "[[agency]]\nname = 'Sella Wire'\naliases = ['SW']\n".to_owned());
    folder
}

#[test]
fn a_file_of_rules_names_a_further_agency() {
    let folder = articles();
    let tags = |flags: &[&str]| rows(folder.path(), "passage", flags)[0]["tags"].clone();
    assert_eq!(tags(&[]), serde_json::json!(["quoted"]));
    assert_eq!(tags(&["--rules", "sella.toml"]), serde_json::json!(["credited", "quoted"]));
    let begin = &rows(folder.path(), "begin", &["--rules", "sella.toml"])[0];
    assert_eq!(begin["settings"]["rules"], serde_json::json!(["sella.toml"]));
    fs::write(folder.path().join("wirecopy.toml"), "rules = ['sella.toml']\n").unwrap();
    assert_eq!(tags(&[]), serde_json::json!(["credited", "quoted"]), "from the configuration");
}

#[test]
fn a_faulty_file_of_rules_is_refused_with_file_place_and_remedy() {
    let folder = articles();
    fs::write(folder.path().join("bad.toml"), "[words]\nsaing = ['said']\n").unwrap();
    for (file, expected) in [
        ("bad.toml", "bad.toml is not in the form of rules: unknown field `saing`"),
        ("none.toml", "none.toml"),
    ] {
        let ran = run(folder.path(), &["compare", "in", "--rules", file]);
        assert_eq!(ran.code, Some(2), "{}", ran.stderr);
        assert!(ran.stderr.contains(expected), "{}", ran.stderr);
    }
}

#[test]
fn every_tag_can_be_left_out_and_taken_back() {
    let folder = articles();
    let words = |flags: &[&str]| rows(folder.path(), "pair", flags)[0]["matched_words"].as_u64().unwrap();
    assert!(words(&[]) > 30);
    assert_eq!(words(&["--exclude-tags", "quoted"]), 0);
    assert!(
        words(&["--exclude-tags", "quoted,common,credited,headline,caption", "--include-tags", "quoted"])
            > 30
    );
}

/// One outlet's footer over weeks is told of in a table, and left out of the totals.
#[test]
fn recurring_wording_is_reported_by_outlet() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    let mut lines = String::new();
    for index in 0..6 {
        let own = [
            "Beekeepers expect a modest crop of honey",
            "Divers raised an iron anchor",
            "The mill turns again",
            "Two schools share one choir",
            "Nobody bid for the lighthouse",
            "Snow fell on the upper farms",
        ][index];
        let record = serde_json::json!({
            "id": format!("{index}"), "source": "Courier", "date": format!("2024-0{}-11", index + 1),
            "text": format!("{own}, the Courier was told on Friday.\n\n{STATEMENT}\n"),
        });
        writeln!(lines, "{record}").unwrap();
    }
    fs::write(folder.path().join("in/docs.jsonl"), lines).unwrap();
    let recurring = rows(folder.path(), "recurring", &[]);
    assert_eq!(recurring.len(), 1);
    let row = &recurring[0];
    assert_eq!(
        (row["source"].as_str(), row["tag"].as_str(), row["n_docs"].as_u64()),
        (Some("Courier"), Some("boilerplate"), Some(6))
    );
    assert_eq!((row["n_days"].as_u64(), row["excluded"].as_bool()), (Some(6), Some(true)));
    assert!(row["evidence"].as_str().unwrap().starts_with("recurs in 6 articles of Courier on 6 days over "));
    assert!(row["text"].as_str().unwrap().contains("nine northern berths"));
    let pairs = rows(folder.path(), "pair", &[]);
    assert!(
        pairs.iter().all(|pair| pair["a_coverage"] == 0.0 && pair["a_coverage_all"].as_f64().unwrap() > 0.5)
    );
    let ran = run(folder.path(), &["compare", "in", "-q"]);
    assert!(ran.stdout.contains("Recurring wording by outlet"), "{}", ran.stdout);
    assert!(ran.stdout.contains(" without; --include-tags counts a tag."), "{}", ran.stdout);
}
