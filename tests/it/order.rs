//! Who was first, from the command line: times with a tolerance, outlets that need hours, first matches, versions without dates.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::run;

/// A statement of our own.
const STATEMENT: &str = "The harbour authority of Port Lindwall announced on Tuesday evening that all nine northern \
    berths will stay closed until the damaged breakwater has been surveyed by divers. Ferries to the outer islands \
    leave from the fish market instead, and passengers holding tickets may travel on any later sailing without \
    paying a surcharge.";

/// A folder with records of three outlets that carry the statement at the minutes given.
fn outlets(minutes: [u32; 3]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    let record = |(name, minute): (&str, u32)| {
        let date = format!("2031-04-09T{:02}:{:02}:00Z", minute / 60, minute % 60);
        let text = format!("{STATEMENT} {name} has more on that.");
        serde_json::json!({"id": name, "source": name, "date": date, "text": text}).to_string()
    };
    let records = ["Courier", "Gazette", "Herald"].into_iter().zip(minutes).map(record);
    fs::write(folder.path().join("news.jsonl"), records.collect::<Vec<String>>().join("\n")).unwrap();
    folder
}

fn rows(folder: &Path, arguments: &[&str], kind: &str) -> Vec<Value> {
    let arguments = [&["compare", "--format", "jsonl"], arguments].concat();
    let ran = run(folder, &arguments);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let rows = ran.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    rows.filter(|row| row["type"] == kind).collect()
}

/// Order and first match of each pair, in order of names.
fn orders(folder: &Path, arguments: &[&str]) -> Vec<(String, bool)> {
    let told =
        |row: &Value| (row["order"].as_str().unwrap().to_owned(), row["first_match"].as_bool().unwrap());
    rows(folder, arguments, "pair").iter().map(told).collect()
}

#[test]
fn the_earliest_is_the_first_match_of_all_later_ones() {
    let folder = outlets([60, 65, 200]);
    let told = orders(folder.path(), &["news.jsonl"]);
    let first = |order: &str, is_first| (order.to_owned(), is_first);
    assert_eq!(told, [first("a_first", true), first("a_first", true), first("a_first", false)]);
    let evidence = &rows(folder.path(), &["news.jsonl"], "pair")[0]["order_evidence"];
    assert_eq!(
        *evidence,
        serde_json::json!(["date: a_first: Gazette appeared 5 minutes later (dates: field)"])
    );
}

#[test]
fn a_tolerance_takes_near_times_for_one() {
    let folder = outlets([60, 65, 200]);
    let told = orders(folder.path(), &["news.jsonl", "--tolerance", "10m"]);
    let expected = [("same", false), ("a_first", true), ("a_first", true)];
    assert_eq!(told, expected.map(|(order, first)| (order.to_owned(), first)));
    let clusters = rows(folder.path(), &["news.jsonl", "--tolerance", "10m"], "member");
    assert_eq!(clusters.iter().map(|row| row["rank"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 1, 3]);
}

#[test]
fn an_outlet_that_needs_hours_takes_nothing_sooner() {
    let folder = outlets([60, 65, 200]);
    let told = orders(folder.path(), &["news.jsonl", "--min-lag", "Herald=3h"]);
    let expected = [("a_first", true), ("a_first", false), ("a_first", false)];
    assert_eq!(told, expected.map(|(order, first)| (order.to_owned(), first)));
    // The same from the configuration: in its section, and beside a flag that wins over it.
    let config = "[sources.\"Herald\"]\nmin_lag = \"3h\"\n";
    fs::write(folder.path().join("wirecopy.toml"), config).unwrap();
    assert_eq!(orders(folder.path(), &["news.jsonl"]), told);
    let won = orders(folder.path(), &["news.jsonl", "--min-lag", "Herald=1h"]);
    assert_eq!(won[1], ("a_first".to_owned(), true));
    // What it cannot have taken, it does not derive from.
    let derived = |arguments: &[&str]| {
        let rows = rows(folder.path(), arguments, "document");
        rows.iter().map(|row| row["derivation"].as_str().unwrap().to_owned()).collect::<Vec<String>>()
    };
    assert_eq!(derived(&["news.jsonl"]), ["not_derived", "wholly_derived", "not_derived"]);
    assert_eq!(derived(&["news.jsonl", "--no-config"]), ["not_derived", "wholly_derived", "wholly_derived"]);
    let ran = run(folder.path(), &["compare", "news.jsonl", "--min-lag", "Herald"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("write for example \"Daily Herald=6h\""), "{}", ran.stderr);
}

#[test]
fn the_table_of_outlets_may_hold_first_matches_only() {
    let folder = outlets([60, 65, 200]);
    let pairs = |arguments: &[&str]| {
        let rows = rows(folder.path(), arguments, "edge");
        let told = |row: &Value| {
            let word = |key: &str| row[key].as_str().unwrap().to_owned();
            (word("a_source"), word("b_source"), row["n_first_matches"].as_u64().unwrap())
        };
        rows.iter().map(told).collect::<Vec<_>>()
    };
    let edge = |a: &str, b: &str, n| (a.to_owned(), b.to_owned(), n);
    let all = [edge("Courier", "Gazette", 1), edge("Courier", "Herald", 1), edge("Gazette", "Herald", 0)];
    assert_eq!(pairs(&["news.jsonl"]), all);
    assert_eq!(pairs(&["news.jsonl", "--first-match"]), all[..2]);
    let ran = run(folder.path(), &["compare", "news.jsonl", "--first-match"]);
    assert!(ran.stdout.contains("Outlet × outlet, first matches only"), "{}", ran.stdout);
}

#[test]
fn reprints_are_one_origin_and_documents_tell_where_their_date_is_from() {
    let folder = outlets([60, 65, 200]);
    let clusters = rows(folder.path(), &["news.jsonl"], "cluster");
    assert_eq!((&clusters[0]["n_docs"], &clusters[0]["n_origins"]), (&3.into(), &1.into()));
    let documents = rows(folder.path(), &["news.jsonl"], "document");
    assert!(documents.iter().all(|row| row["published_from"] == "field"));
    let lines = folder.path().join("lines");
    fs::create_dir(&lines).unwrap();
    let texts = [
        ("a.txt", format!("Date: 2031-04-09\n\n{STATEMENT}")),
        ("b.txt", format!("LINDWALL, Sorvia, April 9, 2031. {STATEMENT}")),
        ("c.txt", STATEMENT.to_owned()),
        ("d_2031-04-09.txt", STATEMENT.to_owned()),
    ];
    for (name, text) in &texts {
        fs::write(lines.join(name), text).unwrap();
    }
    let documents = rows(folder.path(), &["lines", "--name-pattern", "{_}_{date}.txt"], "document");
    let from: Vec<&Value> = documents.iter().map(|row| &row["published_from"]).collect();
    assert_eq!(from, [&Value::from("header"), &"dateline".into(), &Value::Null, &"file_name".into()]);
}

/// A text of some 130 words that was added to twice, inside its sentences and between them.
fn grown() -> [String; 3] {
    let first = format!(
        "{STATEMENT} The breakwater was built in two parts after the great storm, and its outer arm has been mended \
         every winter since. Fishing crews who know the channel say that the current there turns twice a day. The \
         council has set aside money for a new survey, and engineers will report in the autumn on what the repair \
         would take and on whether the old quay can carry the cranes."
    );
    let second = first
        .replace("damaged breakwater", "damaged outer breakwater beside the lighthouse")
        .replace(
            " Fishing crews",
            " A second storm broke its lamp and carried two cottages, a boathouse and part of the sea wall into the bay. Fishing crews",
        )
        .replace("in the autumn", "early in the autumn");
    let third = second
        .replace("Ferries to", "Ferries and mail boats to")
        .replace(
            " The council",
            " Older charts show a bank of gravel where ships now anchor in calm weather. The council",
        )
        .replace("a new survey", "a new and much larger survey of the ground");
    [first, second, third]
}

#[test]
fn versions_that_grow_are_ordered_without_dates_and_two_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let texts = grown();
    // Names that tell nothing.
    for (name, text) in ["m.txt", "b.txt", "k.txt"].iter().zip(&texts) {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let pairs = rows(folder.path(), &["."], "pair");
    let told: Vec<(&str, &str, &str)> = pairs
        .iter()
        .map(|row| {
            let word = |key: &str| row[key].as_str().unwrap();
            (word("a_doc_id"), word("b_doc_id"), word("order"))
        })
        .collect();
    assert_eq!(
        told,
        [("b.txt", "k.txt", "a_first"), ("b.txt", "m.txt", "b_first"), ("k.txt", "m.txt", "b_first")]
    );
    let evidence = pairs[0]["order_evidence"][0].as_str().unwrap();
    assert!(evidence.starts_with("containment: a_first: of 3 versions of a text that grows"), "{evidence}");
    fs::remove_file(folder.path().join("k.txt")).unwrap();
    assert_eq!(rows(folder.path(), &["."], "pair")[0]["order"], "unknown");
}
