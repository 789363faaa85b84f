//! `report` and `-o report.html` from outside.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use expect_test::expect;
use tempfile::TempDir;

use crate::cli::{Ran, program, run};

/// The sample `ceasefire`, compared into a report and into results in `out/`.
fn compared() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::create_dir(folder.path().join("out")).unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/ceasefire/articles");
    fs::create_dir(folder.path().join("in")).unwrap();
    for entry in fs::read_dir(sample).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.path().join("in").join(entry.file_name())).unwrap();
    }
    let outputs = ["-o", "out/direct.html", "-o", "out/r.jsonl", "-o", "out/r.json", "-o", "out/direct.md"];
    let ran = run(folder.path(), &[&["compare", "in"], &outputs[..]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    folder
}

fn content(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

#[track_caller]
fn assert_done(ran: &Ran, stderr: &str) {
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), stderr));
}

/// What was left out of a result is left out of all that is made of it, whether or not the articles are at hand.
#[test]
fn a_redacted_result_stays_redacted() {
    let folder = compared();
    let statement = "Der Bürgermeister sagte, die „Brücke“ über den Fluß 🌉 werde im März für 1,2 Millionen Taler neu gebaut und \
                     nicht, wie es hieß, abgerissen.";
    for (name, more) in
        [("ä.txt", "Das war am Montag — so die Stadt."), ("ö.txt", "„Gut so“, rief ein Bürger.")]
    {
        fs::write(folder.path().join("in").join(name), format!("{more}\n\n{statement} {more}\n")).unwrap();
    }
    let outputs = ["-o", "out/red.html", "-o", "out/red.jsonl", "-o", "out/red.md", "--redact", "text"];
    assert_eq!(run(folder.path(), &[&["compare", "in"], &outputs[..]].concat()).code, Some(0));
    for is_there in [true, false] {
        if !is_there {
            fs::remove_dir_all(folder.path().join("in")).unwrap();
        }
        let ran = run(
            folder.path(),
            &["report", "out/red.jsonl", "-o", "again.html", "-o", "again.md", "-o", "again.csv/"],
        );
        assert_done(&ran, "");
        for (again, direct) in [("again.html", "out/red.html"), ("again.md", "out/red.md")] {
            assert!(
                content(&folder, again) == content(&folder, direct),
                "{again}, articles there: {is_there}"
            );
        }
        let passages = content(&folder, "again.csv/passages.csv");
        assert!(passages.lines().count() > 10 && !passages.contains("Bürgermeister"));
    }
}

#[test]
fn a_stored_result_makes_the_same_report() {
    let folder = compared();
    let direct = content(&folder, "out/direct.html");
    for result in ["out/r.jsonl", "out/r.json"] {
        let ran = run(folder.path(), &["report", result, "-o", "again.html", "-o", "again.md", "-q"]);
        assert_done(&ran, "");
        assert!(content(&folder, "again.html") == direct, "{result}");
        assert_eq!(content(&folder, "again.md"), content(&folder, "out/direct.md"), "{result}");
    }
    // Compressed, or laid out by another program.
    let packed = |content: &str| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(content.as_bytes()).unwrap();
        packer.finish().unwrap()
    };
    fs::write(folder.path().join("r.jsonl.gz"), packed(&content(&folder, "out/r.jsonl"))).unwrap();
    let laid_out =
        content(&folder, "out/r.json").replacen("{\"schema_version\":", "{\n  \"schema_version\": ", 1);
    fs::write(folder.path().join("laid-out.json"), laid_out.replace(",\n\"", ",\n\n  \"")).unwrap();
    for result in ["r.jsonl.gz", "laid-out.json"] {
        assert_done(&run(folder.path(), &["report", result, "-o", "again.html", "-q"]), "");
        assert!(content(&folder, "again.html") == direct, "{result}");
    }
    let mut child = program(folder.path(), &["report", "-", "--format", "html", "-q"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(content(&folder, "out/r.jsonl").as_bytes()).unwrap();
    let ran: Ran = child.wait_with_output().unwrap().into();
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout == direct, "from standard input");
}

#[test]
fn a_stored_result_is_written_as_it_was() {
    let folder = compared();
    let ran = run(folder.path(), &["report", "out/r.json", "-o", "again.jsonl", "-o", "tables/", "-q"]);
    assert_done(&ran, "");
    let rows = |name: &str| -> Vec<String> {
        content(&folder, name)
            .lines()
            .filter(|line| !line.contains("\"type\":\"run\""))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(rows("again.jsonl"), rows("out/r.jsonl"));
    assert!(folder.path().join("tables/passages.csv").is_file());
}

#[test]
fn articles_that_moved_are_found_and_those_that_are_gone_are_told() {
    let folder = compared();
    fs::rename(folder.path().join("in"), folder.path().join("archive")).unwrap();
    let ran = run(
        folder.path(),
        &["report", "out/r.jsonl", "-o", "holes.html", "--no-progress", "--format", "jsonl"],
    );
    assert_done(
        &ran,
        "note: the texts of 8 of 8 articles were not found, so only what the result quotes of them is shown; name \
         where they are now with --texts PATH\n",
    );
    assert!(content(&folder, "holes.html") != content(&folder, "out/direct.html"));
    let ran = run(folder.path(), &["report", "out/r.jsonl", "--texts", "archive", "-o", "found.html", "-q"]);
    assert_done(&ran, "");
    assert!(content(&folder, "found.html") == content(&folder, "out/direct.html"));
}

#[test]
fn a_result_that_cannot_be_read_is_refused() {
    let folder = compared();
    let whole = content(&folder, "out/r.jsonl");
    let half: String = whole.split_inclusive('\n').take(20).collect();
    fs::write(folder.path().join("half.jsonl"), half).unwrap();
    fs::write(folder.path().join("later.jsonl"), whole.replacen("_version\":1", "_version\":2", 1)).unwrap();
    fs::write(
        folder.path().join("garbage.jsonl"),
        whole.replacen("\"a_start_byte\":", "\"a_start_byte\":-", 1),
    )
    .unwrap();
    fs::write(folder.path().join("notes.txt"), "Nothing of the kind.\n").unwrap();
    let told: String = ["half.jsonl", "later.jsonl", "garbage.jsonl", "notes.txt", "none.jsonl"]
        .map(|name| {
            let ran = run(folder.path(), &["report", name, "-o", "x.html", "--no-progress"]);
            assert_eq!(ran.code, Some(2), "{name}");
            ran.stderr
        })
        .concat();
    assert!(!folder.path().join("x.html").exists());
    expect![[r#"
        error: cannot read half.jsonl: it ends after line 20 without its `end` row, so it was cut short; compare again
        error: cannot read later.jsonl: line 1: the result has schema version 2, this program reads 1; compare again with this one
        error: cannot read garbage.jsonl: line 25: invalid value: integer `-497`, expected u32; the file is damaged, or not written by this program: compare again
        error: cannot read notes.txt: it is no result of wirecopy; write one with compare -o result.jsonl
        error: cannot read none.jsonl: No such file or directory (os error 2)
        help: name a result that wirecopy wrote: wirecopy compare articles/ -o result.jsonl
    "#]].assert_eq(&told);
}

#[test]
fn a_report_has_a_size_and_can_be_split() {
    let folder = compared();
    let ran = run(
        folder.path(),
        &["report", "out/r.jsonl", "-o", "small.html", "--max-size", "20K", "--no-progress"],
    );
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("its tables alone take ") && ran.stderr.contains("--max-size"),
        "{}",
        ran.stderr
    );
    let ran = run(folder.path(), &["report", "out/r.jsonl", "-o", "split.html", "--split", "-q"]);
    assert_done(&ran, "");
    let page = content(&folder, "split.html");
    assert!(page.contains("id=\"block-core\"") && !page.contains("id=\"block-texts-0\""));
    let beside = || -> Vec<String> {
        let Ok(files) = fs::read_dir(folder.path().join("split-data")) else { return Vec::new() };
        let mut names: Vec<String> =
            files.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    };
    let blocks = beside();
    assert_eq!(blocks.len(), 2, "{blocks:?}");
    for (name, block) in blocks.iter().zip(["diffs-0", "texts-0"]) {
        let call = format!("wirecopyBlock(\"{block}\",\"");
        assert!(content(&folder, &format!("split-data/{name}")).starts_with(&call), "{name}");
    }
    fs::write(folder.path().join("split-data/own.js"), "mine").unwrap();
    // Without the articles' words there is nothing beside the page, and what was there goes.
    let redacted = ["report", "out/r.jsonl", "-o", "split.html", "--split", "--redact", "text", "-q"];
    assert_done(&run(folder.path(), &redacted), "");
    assert_eq!(beside(), ["own.js"]);
    fs::remove_dir_all(folder.path().join("split-data")).unwrap();
    assert_done(&run(folder.path(), &redacted), "");
    assert!(!folder.path().join("split-data").exists());
    let ran = run(folder.path(), &["report", "out/r.jsonl", "-o", "x.json", "--split", "--no-progress"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("--split has no report to split"), "{}", ran.stderr);
}
