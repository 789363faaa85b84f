//! Whole runs over small folders; expected output is what a person would want to be told.

mod metadata;
mod records;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::model::{Document, Silent};

type Files<'a> = &'a [(&'a str, &'a [u8])];

fn folder(files: Files<'_>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Reads `paths` under a folder of `files` and tells of everything that came out, `@` standing for the folder.
fn told(files: Files<'_>, paths: &[&str], params: ReadParams) -> String {
    let folder = folder(files);
    let root = folder.path();
    let under = |path: &str| if path == "." { root.to_owned() } else { root.join(path) };
    let inputs = Inputs { paths: paths.iter().map(|path| under(path)).collect(), files_from: None };
    let params = ReadParams { meta: params.meta.map(|path| root.join(path)), ..params };
    let told = match read(&inputs, &params, &Silent) {
        Ok(corpus) => describe(&corpus),
        Err(error) => format!("error: {error}\n"),
    };
    told.replace(&root.to_string_lossy().into_owned(), "@")
}

fn describe(corpus: &Corpus) -> String {
    let mut out = String::new();
    for document in &corpus.documents {
        let Document { name, text, origin, .. } = document;
        let record = origin.record.map(|record| format!("#{record}")).unwrap_or_default();
        let _ = write!(out, "{name:?} {}{record}:{} {} {text:?}", origin.path, origin.line, origin.encoding);
        let named = [("source", &document.source), ("title", &document.title), ("url", &document.url)];
        for (label, value) in named.into_iter().filter_map(|(label, value)| Some((label, value.as_ref()?))) {
            let _ = write!(out, " {label}={value}");
        }
        if let Some(published) = document.published {
            let stamp = jiff::Timestamp::from_second(published.seconds).unwrap();
            let _ = write!(out, " date={stamp}/{:?}", published.precision);
        }
        if let Some(printed) = document.printed {
            let stamp = jiff::Timestamp::from_second(printed.seconds).unwrap();
            let _ = write!(out, " printed={stamp}/{:?}", printed.precision);
        }
        for (key, value) in &document.meta {
            let _ = write!(out, " meta.{key}={value}");
        }
        out.push('\n');
        for remark in &document.remarks {
            let _ = writeln!(out, "  remark: {remark}");
        }
    }
    let at = |path: &str, line: Option<u32>| line.map_or(path.to_owned(), |line| format!("{path}:{line}"));
    for skipped in &corpus.skipped {
        let how = if skipped.lost { "lost" } else { "skipped" };
        let _ = writeln!(out, "{how} {}: {}", at(&skipped.path, skipped.line), skipped.reason);
    }
    for warning in &corpus.warnings {
        let _ = writeln!(out, "warning {}: {}", at(&warning.path, warning.line), warning.message);
    }
    out
}

#[track_caller]
fn check(files: Files<'_>, paths: &[&str], params: ReadParams, expected: Expect) {
    expected.assert_eq(&told(files, paths, params));
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

#[test]
fn walks_folders_in_order_and_lists_what_it_leaves_out() {
    check(
        &[
            ("b/two.txt", b"Two."),
            ("a.txt", b"One."),
            ("b/.hidden.txt", b"no"),
            ("drafts/x.txt", b"no"),
            (".gitignore", b"drafts/\n"),
            ("README.md", b"About."),
            ("scan.pdf", b"%PDF-1.7"),
            ("page.html", b"<html>"),
            ("none", b"Text."),
            ("fake.txt", b"%PDF-1.7"),
            ("empty.txt", b" \n"),
            ("truth.jsonl", b"{\"a\": 1, \"b\": 2}\n{\"a\": 3, \"c\": 4}\n"),
        ],
        &["."],
        ReadParams::default(),
        expect![[r#"
            "a.txt" @/a.txt:1 UTF-8 "One."
            "b/two.txt" @/b/two.txt:1 UTF-8 "Two."
            skipped @/README.md: taken for a description of the folder, not an article; give it by name or with --glob to read it
            skipped @/empty.txt: holds no text
            lost @/fake.txt: is a PDF file; convert it to text first
            skipped @/none: has no extension; give it by name or with --glob to read it
            skipped @/page.html: has the extension .html, which is not read in a folder; give it by name or with --glob
            skipped @/scan.pdf: has the extension .pdf, which is not read in a folder; give it by name or with --glob
            skipped @/truth.jsonl: none of its 2 records has a text; the fields are a, b, c; if one of them is the text, name it with --text-field
        "#]],
    );
}

#[test]
fn hidden_and_ignored_files_and_globs() {
    let files: Files<'_> = &[
        ("a.txt", b"A."),
        (".h.txt", b"H."),
        ("skip.txt", b"S."),
        (".ignore", b"skip.txt"),
        ("x/n.log", b"L."),
    ];
    let params = ReadParams { hidden: true, no_ignore: true, ..ReadParams::default() };
    check(
        files,
        &["."],
        params,
        expect![[r#"
            ".h.txt" @/.h.txt:1 UTF-8 "H."
            "a.txt" @/a.txt:1 UTF-8 "A."
            "skip.txt" @/skip.txt:1 UTF-8 "S."
            skipped @/.ignore: has the extension .ignore, which is not read in a folder; give it by name or with --glob
            skipped @/x/n.log: has the extension .log, which is not read in a folder; give it by name or with --glob
        "#]],
    );
    let globs = vec!["*.txt".into(), "*.log".into(), "!a*".into()];
    check(
        files,
        &["."],
        ReadParams { globs, ..ReadParams::default() },
        expect![[r#"
        ".h.txt" @/.h.txt:1 UTF-8 "H."
        "skip.txt" @/skip.txt:1 UTF-8 "S."
        "x/n.log" @/x/n.log:1 UTF-8 "L."
    "#]],
    );
    let globs = vec!["a[.txt".into()];
    check(
        files,
        &["."],
        ReadParams { globs, ..ReadParams::default() },
        expect![[r#"
        error: --glob a[.txt is not a valid pattern: unclosed character class; missing ']'; write for example '*.txt' or '!drafts/**'
    "#]],
    );
    let globs = vec!["*.doc".into()];
    check(
        files,
        &["."],
        ReadParams { globs, ..ReadParams::default() },
        expect![[r#"
        warning @: this folder holds no file to read; hidden and ignored files are left out (--hidden, --no-ignore), and so is what --glob does not name
    "#]],
    );
}

#[test]
fn names_are_unique_whatever_the_order_of_inputs() {
    let files: Files<'_> = &[
        ("new/a.txt", b"New."),
        ("old/a.txt", b"Old."),
        ("x/old/a.txt", b"Oldest."),
        ("old/b.txt", b"B."),
        ("one.jsonl", b"{\"id\": \"k\", \"text\": \"1\"}\n{\"id\": \"k\", \"text\": \"2\"}\n{\"id\": \"k#2\", \"text\": \"3\"}"),
        ("two.jsonl", b"{\"id\": \"k\", \"text\": \"4\"}\n{\"text\": \"5\"}"),
    ];
    check(
        files,
        &["new", "old", "one.jsonl", "two.jsonl"],
        ReadParams::default(),
        expect![[r#"
            "b.txt" @/old/b.txt:1 UTF-8 "B."
            "k" @/one.jsonl#0:1 UTF-8 "1"
            "k#2" @/one.jsonl#2:3 UTF-8 "3"
            "k#3" @/one.jsonl#1:2 UTF-8 "2"
              remark: Another document is called k too, so this one is called k#3.
            "k#4" @/two.jsonl#0:1 UTF-8 "4"
              remark: Another document is called k too, so this one is called k#4.
            "new/a.txt" @/new/a.txt:1 UTF-8 "New."
              remark: Another document is called a.txt too, so this one is called new/a.txt.
            "old/a.txt" @/old/a.txt:1 UTF-8 "Old."
              remark: Another document is called a.txt too, so this one is called old/a.txt.
            "two.jsonl#1" @/two.jsonl#1:2 UTF-8 "5"
            warning : 2 documents renamed, since others have the same name: a.txt is called new/a.txt
            warning @/one.jsonl:2: 1 document renamed, since others have the same name: k is called k#3
            warning @/two.jsonl:1: 1 document renamed, since others have the same name: k is called k#4
        "#]],
    );
    let paths = ["x/old", "new", "old", "two.jsonl", "one.jsonl"];
    let mut turned = paths;
    turned.reverse();
    assert_eq!(told(files, &paths, ReadParams::default()), told(files, &turned, ReadParams::default()));
    check(
        files,
        &["x/old", "old/a.txt", "old/a.txt"],
        ReadParams::default(),
        expect![[r#"
            "@/old/a.txt" @/old/a.txt:1 UTF-8 "Old."
              remark: Another document is called a.txt too, so this one is called @/old/a.txt.
            "@/x/old/a.txt" @/x/old/a.txt:1 UTF-8 "Oldest."
              remark: Another document is called a.txt too, so this one is called @/x/old/a.txt.
            warning : 2 documents renamed, since others have the same name: a.txt is called @/old/a.txt
            warning @/old/a.txt: given more than once; it is read once
        "#]],
    );
    check(
        files,
        &["old/a.txt", "new/a.txt", "old"],
        ReadParams::default(),
        expect![[r#"
            "b.txt" @/old/b.txt:1 UTF-8 "B."
            "new/a.txt" @/new/a.txt:1 UTF-8 "New."
              remark: Another document is called a.txt too, so this one is called new/a.txt.
            "old/a.txt" @/old/a.txt:1 UTF-8 "Old."
              remark: Another document is called a.txt too, so this one is called old/a.txt.
            warning : 2 documents renamed, since others have the same name: a.txt is called new/a.txt
        "#]],
    );
}

#[test]
fn files_given_by_name_are_read_whatever_their_ending() {
    let files: Files<'_> = &[
        ("README", b"Text."),
        ("table.dat", b"id;text\n1;A\n"),
        ("lines", b"{\"text\": \"a\"}\n{\"text\": \"b\"}"),
        ("page.html", b"<!DOCTYPE html><p>Text."),
        ("photo.jpg", b"\xff\xd8\xff\xe0"),
        ("own.jsonl", b"{\"type\":\"begin\",\"schema_version\":1,\"tool\":\"wirecopy\"}\n{\"type\":\"cluster\",\"text\":\"x\"}"),
        ("wide", b"\xff\xfeT\0.\0"),
    ];
    let paths = ["README", "table.dat", "lines", "page.html", "photo.jpg", "own.jsonl", "wide"];
    check(
        files,
        &paths,
        ReadParams::default(),
        expect![[r#"
            "1" @/table.dat#0:2 UTF-8 "A"
            "README" @/README:1 UTF-8 "Text."
            "lines#0" @/lines#0:1 UTF-8 "a"
            "lines#1" @/lines#1:2 UTF-8 "b"
            "page.html" @/page.html:1 UTF-8 "<!DOCTYPE html><p>Text."
            "wide" @/wide:1 UTF-16LE "T."
            lost @/own.jsonl: is a result of wirecopy, not an input
            lost @/photo.jpg: is an image
            warning @/page.html: looks like a web page; its tags are read as text
        "#]],
    );
}

#[test]
fn lists_of_files_are_followed() {
    let folder = folder(&[("a.txt", b"A."), ("d/b.txt", b"B.")]);
    let root = folder.path().to_string_lossy().into_owned();
    let list = folder.path().join("list");
    let entries = [format!("{root}/a.txt"), format!("{root}/gone.txt"), format!("{root}/d")];
    let mut told = Vec::new();
    for divider in ["\n", "\r\n", "\0"] {
        fs::write(&list, entries.join(divider)).unwrap();
        let inputs = Inputs { paths: Vec::new(), files_from: Some(list.clone()) };
        told.push(describe(&read(&inputs, &ReadParams::default(), &Silent).unwrap()).replace(&root, "@"));
        let listed = super::list(&inputs, &ReadParams::default()).unwrap();
        assert_eq!(listed, [folder.path().join("a.txt"), folder.path().join("d/b.txt")]);
    }
    assert!(told.iter().all(|other| *other == told[0]));
    expect![[r#"
        "a.txt" @/a.txt:1 UTF-8 "A."
        "b.txt" @/d/b.txt:1 UTF-8 "B."
        lost @/gone.txt: cannot be read: No such file or directory (os error 2); named by entry 2 of @/list
    "#]]
    .assert_eq(&told[0]);
}

#[test]
fn links_are_not_followed_and_pipes_not_opened() {
    #[cfg(unix)]
    {
        let folder = folder(&[("a.txt", b"A.")]);
        std::os::unix::fs::symlink(folder.path().join("a.txt"), folder.path().join("b.txt")).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("s.txt")).unwrap();
        let inputs = Inputs { paths: vec![folder.path().to_owned()], files_from: None };
        let corpus = read(&inputs, &ReadParams::default(), &Silent).unwrap();
        let root = folder.path().to_string_lossy().into_owned();
        expect![[r#"
            "a.txt" @/a.txt:1 UTF-8 "A."
            skipped @/b.txt: a symbolic link, which is not followed; give it by name to read it
            skipped @/loop: a symbolic link, which is not followed; give it by name to read it
            skipped @/s.txt: not a regular file (a pipe, socket or device)
        "#]]
        .assert_eq(&describe(&corpus).replace(&root, "@"));
    }
}

#[test]
fn every_error_says_what_to_do() {
    let files: Files<'_> = &[("a.txt", b"A."), ("meta.csv", b"name,topic\na,b\n")];
    let with_meta = |name: &str| ReadParams { meta: Some(name.into()), ..ReadParams::default() };
    let mut out = String::new();
    out += &told(files, &["gone"], ReadParams::default());
    out += &told(files, &["."], with_meta("gone.csv"));
    out += &told(files, &["."], with_meta("meta.csv"));
    let missing = Inputs { paths: Vec::new(), files_from: Some("gone.list".into()) };
    let twice = Inputs { paths: vec!["-".into()], files_from: Some("-".into()) };
    for inputs in [missing, twice] {
        let error = read(&inputs, &ReadParams::default(), &Silent).unwrap_err();
        out += &format!("error: {error}\n");
    }
    expect![[r#"
        error: cannot read @/gone: No such file or directory (os error 2); check the path
        error: cannot read the table @/gone.csv: No such file or directory (os error 2); check --meta
        error: the table @/meta.csv has no column doc_id, id or filename to join it by; its columns are: name, topic; rename one of them
        error: cannot read the list of files gone.list: No such file or directory (os error 2); check --files-from
        error: standard input is asked for twice, as a document (-) and as the list of --files-from; give one of the two as a file
    "#]].assert_eq(&out);
}

/// Counts bytes; stops at once if told so.
struct Counter {
    bytes: AtomicU64,
    stop: bool,
}

impl Observer for Counter {
    fn begin(&self, stage: Stage, total: Option<u64>) {
        assert_eq!((stage, total), (Stage::Read, Some(2_500_004)));
    }
    fn advance(&self, done: u64) {
        self.bytes.fetch_add(done, Ordering::Relaxed);
    }
    fn is_cancelled(&self) -> bool {
        self.stop
    }
}

#[test]
fn progress_adds_up_and_a_stop_is_an_error() {
    let folder = folder(&[("a.txt", "wire ".repeat(500_000).as_bytes()), ("b.txt", b"copy")]);
    let inputs = Inputs { paths: vec![folder.path().to_owned()], files_from: None };
    let counter = Counter { bytes: AtomicU64::new(0), stop: false };
    read(&inputs, &ReadParams::default(), &counter).unwrap();
    assert_eq!(counter.bytes.into_inner(), 2_500_004);
    let counter = Counter { bytes: AtomicU64::new(0), stop: true };
    assert!(matches!(read(&inputs, &ReadParams::default(), &counter), Err(ReadError::Cancelled)));
}

fn read_bytes(name: &str, bytes: &[u8]) -> Corpus {
    let params = ReadParams::default();
    let intake = crate::store::Intake::in_memory();
    let job = super::job(&params, &intake).unwrap();
    let file = InputFile {
        path: name.into(),
        shown: name.into(),
        relative: name.into(),
        folder: String::new(),
        chosen: true,
        bytes: 0,
    };
    let outcome = read_stream(&job, &file, Stream::unpack(Box::new(bytes)).unwrap());
    let mut found = Found::default();
    found.files.push(file);
    gather(job, found, vec![outcome])
}

#[test]
fn standard_input_is_told_by_its_content() {
    let cases: [(&[u8], usize); 4] = [
        (b"{\"text\": \"a\"}\n{\"text\": \"b\"}", 2),
        (b"id,text\n1,a\n", 1),
        (b"[{\"text\": \"a\"}]", 1),
        (b"Prose.", 1),
    ];
    for (bytes, n) in cases {
        let corpus = read_bytes("-", bytes);
        assert_eq!(corpus.documents.len(), n);
        assert_eq!(corpus.documents[0].origin.path, "-");
        assert_eq!(corpus.skipped, []);
    }
}

proptest! {
    #[test]
    fn json_lines_give_back_any_text(texts in prop::collection::vec("\\PC{0,20}|[\u{0}-\u{20}]{0,5}", 1..5)) {
        let lines: Vec<String> =
            texts.iter().enumerate().map(|(at, text)| serde_json::json!({"id": at, "text": text}).to_string()).collect();
        let corpus = read_bytes("a.jsonl", lines.join("\n").as_bytes());
        let kept: Vec<&String> = texts.iter().filter(|text| !text.trim().is_empty()).collect();
        let read: Vec<&String> = corpus.documents.iter().map(|document| &document.text).collect();
        prop_assert_eq!(read, kept);
        prop_assert_eq!(corpus.documents.len() + corpus.skipped.len(), texts.len());
    }

    #[test]
    fn tables_give_back_any_text(texts in prop::collection::vec("\\PC{0,20}|[,;\"\r\n \t|a]{0,8}", 1..5)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["id", "text"]).unwrap();
        for (at, text) in texts.iter().enumerate() {
            writer.write_record([&at.to_string(), text]).unwrap();
        }
        let corpus = read_bytes("a.csv", &writer.into_inner().unwrap());
        let kept: Vec<&String> = texts.iter().filter(|text| !text.trim().is_empty()).collect();
        let read: Vec<&String> = corpus.documents.iter().map(|document| &document.text).collect();
        prop_assert_eq!(read, kept);
    }

    #[test]
    fn no_bytes_do_harm(bytes in prop::collection::vec(0_u8.., 0..200), json in "[\\[\\]{}\",:a1 \\\\]{0,60}", which in 0..5_usize) {
        let name = ["a.txt", "a.jsonl", "a.json", "a.csv", "-"][which];
        for bytes in [&bytes[..], json.as_bytes()] {
            let corpus = read_bytes(name, bytes);
            prop_assert!(corpus.documents.len() + corpus.skipped.len() > 0, "nothing said of {:?}", bytes);
            let again = read_bytes(name, bytes);
            prop_assert_eq!(&corpus, &again);
        }
    }
}

#[test]
fn order_of_threads_changes_nothing() {
    let many: Vec<(String, Vec<u8>)> =
        (0..40).map(|n| (format!("{n}.txt"), format!("Text {}.", n % 7).into_bytes())).collect();
    let files: Vec<(&str, &[u8])> =
        many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let folder = folder(&files);
    let inputs = Inputs { paths: vec![folder.path().to_owned()], files_from: None };
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| read(&inputs, &ReadParams::default(), &Silent).unwrap())
    };
    assert_eq!(run(1), run(4));
    assert!(Path::new(&run(1).documents[0].origin.path).exists());
}
