//! The formats that take a result elsewhere, through the program: what each file is, and that a redacted one has no words.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::Value;
use tempfile::TempDir;
use unicode_segmentation::UnicodeSegmentation;

use crate::cli::{program, run};

/// The sample of one statement in many outlets.
fn sample() -> String {
    format!("{}/samples/ceasefire/articles", env!("CARGO_MANIFEST_DIR"))
}

/// A folder in which the sample was compared with `arguments`.
fn compared(arguments: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sample = sample();
    let all = ["compare", &sample, "--name-pattern", "{source}_{date}.txt"];
    let ran = run(folder.path(), &[&all, arguments].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    fs::write(folder.path().join("stdout"), ran.stdout).unwrap();
    folder
}

fn bytes(folder: &TempDir, name: &str) -> Vec<u8> {
    fs::read(folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn text(folder: &TempDir, name: &str) -> String {
    String::from_utf8(bytes(folder, name)).unwrap()
}

/// Number of rows that a Parquet file says it has.
fn rows_of(file: &[u8]) -> i64 {
    let reader = SerializedFileReader::new(::bytes::Bytes::copy_from_slice(file)).unwrap();
    reader.metadata().file_metadata().num_rows()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn folders_of_tables_have_a_codebook() {
    let folder = compared(&["-o", "t/", "-o", "parquet:p/"]);
    for (name, extension) in [("t", "csv"), ("p", "parquet")] {
        let package: Value =
            serde_json::from_str(&text(&folder, &format!("{name}/datapackage.json"))).unwrap();
        let mut paths: Vec<String> = package["resources"]
            .as_array()
            .unwrap()
            .iter()
            .map(|resource| resource["path"].as_str().unwrap().to_owned())
            .collect();
        assert!(paths.contains(&format!("passages.{extension}")) && paths.len() >= 10, "{paths:?}");
        paths.push("datapackage.json".to_owned());
        paths.sort_unstable();
        assert_eq!(names(&folder.path().join(name)), paths);
    }
}

#[test]
fn a_file_holds_the_table_it_is_named_after() {
    let folder = compared(&[
        "-o",
        "clusters.csv",
        "-o",
        "clusters.parquet",
        "-o",
        "parquet:p/",
        "-o",
        "other.parquet",
        "-o",
        "parquet:x.bin",
        "--table",
        "passages",
    ]);
    assert!(text(&folder, "clusters.csv").starts_with("cluster_id,"));
    assert_eq!(bytes(&folder, "clusters.parquet"), bytes(&folder, "p/clusters.parquet"));
    assert_eq!(bytes(&folder, "other.parquet"), bytes(&folder, "p/passages.parquet"));
    assert_eq!(bytes(&folder, "x.bin"), bytes(&folder, "p/passages.parquet"));
    let sample = sample();
    let arguments = ["compare", &sample, "--table", "passages", "--format", "parquet"];
    let printed = program(folder.path(), &arguments).output().unwrap();
    assert_eq!(printed.status.code(), Some(0));
    assert_eq!(rows_of(&printed.stdout), rows_of(&bytes(&folder, "other.parquet")));
}

#[test]
fn exports_are_the_same_bytes_for_any_number_of_threads() {
    let all = ["-o", "r.xlsx", "-o", "p.parquet", "-o", "r.gexf", "-o", "r.graphml", "-o", "t/"];
    let one = compared(&[&all[..], &["--threads", "1"]].concat());
    let three = compared(&[&all[..], &["--threads", "3"]].concat());
    for name in ["r.xlsx", "p.parquet", "r.gexf", "r.graphml", "t/passages.csv", "t/datapackage.json"] {
        assert!(bytes(&one, name) == bytes(&three, name), "{name}");
    }
}

#[test]
fn networks_are_of_outlets_unless_told_otherwise() {
    for (graph, label, edges) in
        [(None, "harbour-radio", 15), (Some("documents"), "harbour-radio_2031-04-09.txt", 15)]
    {
        let chosen: Vec<&str> = graph.into_iter().flat_map(|graph| ["--graph", graph]).collect();
        let folder = compared(&[&["-o", "r.gexf", "-o", "r.graphml"][..], &chosen].concat());
        for name in ["r.gexf", "r.graphml"] {
            let xml = text(&folder, name);
            let document = roxmltree::Document::parse(&xml).unwrap();
            let n = document.descendants().filter(|node| node.tag_name().name() == "edge").count();
            assert_eq!(n, edges, "{name}");
            let shown = [format!("label=\"{label}\""), format!(">{label}<")];
            assert!(shown.iter().any(|shown| xml.contains(shown)), "{name}");
            assert!(xml.contains("undirected"), "{name}");
        }
    }
    let folder = compared(&["-o", "s.graphml", "--graph", "sequence"]);
    let xml = text(&folder, "s.graphml");
    assert!(
        xml.contains("edgedefault=\"directed\"") && !xml.contains(">unknown<") && !xml.contains(">same<")
    );
}

#[test]
fn two_forms_of_one_folder_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let sample = sample();
    for (outputs, said) in [
        (["csv:t/", "parquet:t/"], "is given twice"),
        (["json:t/", "r.json"], "a folder holds a file a table"),
    ] {
        let ran = run(folder.path(), &["compare", &sample, "-o", outputs[0], "-o", outputs[1]]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
}

/// Four words in a row and more, of each of `texts`.
fn runs<'t>(texts: impl IntoIterator<Item = &'t str>) -> BTreeSet<String> {
    let of_one = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).flat_map(UnicodeSegmentation::unicode_words);
        let words: Vec<String> = words.map(str::to_lowercase).collect();
        words.windows(4).map(|run| run.join(" ")).collect::<Vec<_>>()
    };
    texts.into_iter().flat_map(of_one).collect()
}

#[test]
fn a_redacted_result_holds_no_words_of_the_articles() {
    let articles: Vec<String> = fs::read_dir(sample())
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    let outputs = ["r.json", "r.jsonl", "r.md", "r.txt", "r.gexf", "r.graphml", "t/"];
    let written: Vec<&str> = outputs.iter().flat_map(|name| ["-o", *name]).collect();
    let (whole, redacted) = (compared(&written), compared(&[&written[..], &["--redact", "text"]].concat()));
    let result: Value = serde_json::from_str(&text(&redacted, "r.json")).unwrap();
    assert_eq!(result["settings"]["redact"], "text");
    assert!(result["passages"].as_array().unwrap().iter().all(|passage| passage["a_text"].is_null()));
    // Titles and outlets name the articles, and stay; the sample's texts begin with lines such as "Title: …".
    let documents = result["documents"].as_array().unwrap();
    let named = |column: &str| -> Vec<String> {
        let names = documents.iter().filter_map(|document| document[column].as_str());
        names.map(|name| format!("{column} {name}")).collect()
    };
    let names_of_articles = [named("title"), named("source")].concat();
    let theirs: BTreeSet<String> =
        &runs(articles.iter().map(String::as_str)) - &runs(names_of_articles.iter().map(String::as_str));
    let tables = names(&redacted.path().join("t")).into_iter().map(|name| format!("t/{name}"));
    let files = outputs.iter().filter(|name| !name.ends_with('/')).map(|name| (*name).to_owned());
    let mut n_with_words = 0;
    for name in files.chain(tables).chain(["stdout".to_owned()]) {
        let shared = |folder: &TempDir| {
            let text = text(folder, &name);
            runs([text.as_str()]).intersection(&theirs).cloned().collect::<Vec<_>>()
        };
        assert_eq!(shared(&redacted), Vec::<String>::new(), "{name}");
        n_with_words += usize::from(!shared(&whole).is_empty());
    }
    assert!(n_with_words >= 6, "{n_with_words}");
}

/// Two articles are shown in tables where their words may not be.
#[test]
fn two_redacted_articles_are_not_shown_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = ["daily-courier_2031-04-09.txt", "harbour-radio_2031-04-09.txt"]
        .map(|name| format!("{}/{name}", sample()));
    let ran = run(folder.path(), &["compare", &a, &b, "--redact", "text"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("(left out)") && ran.stdout.contains("--redact text"), "{}", ran.stdout);
}
