//! Whole runs over small folders; expected output is what a person would want to be told.

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
fn a_time_printed_at_the_head_is_held_against_the_date() {
    let cases = [
        // Visited the day after; no zone, so the clock of the field.
        (
            "2024-05-31T07:38:26-04:00",
            "May 30, 2024\n\nBy Ann Bell\n\nTerms.",
            Some("2024-05-30T04:00:00Z/Day"),
        ),
        (
            "2024-05-31T18:20:17-04:00",
            "Follow\n\nMay 31 at 3:41 PM\n\nTerms.",
            Some("2024-05-31T19:41:00Z/Minute"),
        ),
        (
            "2024-05-31T18:20:17-04:00",
            "May 31, 2024, 9:52 PM UTC\nTerms.",
            Some("2024-05-31T21:52:00Z/Minute"),
        ),
        (
            "2024-05-31T11:03:26-04:00",
            "Posted: 10:50 AM, May 31, 2024\nTerms.",
            Some("2024-05-31T14:50:00Z/Minute"),
        ),
        ("2024-05-31", "By Ann Bell May 29, 2024\nTerms.", Some("2024-05-29T00:00:00Z/Day")),
        ("2025-01-01T01:00:00Z", "December 31 at 11:10 PM\nTerms.", None),
        // The same day, an update, an agency's dateline, a list of dates, zones that cannot be compared.
        ("2024-05-31T07:38:26-04:00", "May 31, 2024\nTerms.", None),
        ("2024-05-31T07:38:26-04:00", "Updated 6:35 AM, May 30, 2024\nTerms.", None),
        ("2024-05-31T07:38:26-04:00", "BAKU, May 30 (Reuters) - Terms.", None),
        ("2024-05-31T07:38:26-04:00", "May 30, 2024\nMay 29, 2024\nTerms.", None),
        ("2024-05-31T07:38:26", "May 30, 2024 10:00 UTC\nTerms.", None),
    ];
    for (date, text, printed) in cases {
        let record = serde_json::json!({"text": text, "date": date}).to_string();
        let told = told(&[("a.jsonl", record.as_bytes())], &["a.jsonl"], ReadParams::default());
        let found = told.split_once(" printed=").map(|(_, rest)| rest.split_whitespace().next().unwrap());
        assert_eq!(found, printed, "{told}");
        assert_eq!(
            told.contains("remark: The time printed at its head is earlier than its date (field)"),
            printed.is_some(),
            "{told}"
        );
    }
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
fn reads_json_lines_that_are_not_clean() {
    let long = format!("{{\"id\": \"long\", \"text\": \"{}\"}}", "x".repeat(500));
    let lines = [
        "\u{feff}{\"id\": 7, \"text\": \"One.\", \"source\": \"Post\", \"date\": \"2026-03-02\"}\r",
        "",
        "{\"id\": \"b\", \"text\": \"broken\"",
        "{\"id\": \"c\", \"text\": \"lone \\ud800 half, NUL \\u0000\", \"n\": NaN}",
        &long,
        "[1]",
        "{\"id\": \"d\", \"title\": \"no text\"}",
        "{\"id\": \"e\", \"text\": \"\"}",
        "{\"text\": \"no id\", \"date\": \"03/04/2026\", \"deep\": {\"a\": [1, null]}}",
        "{\"id\": \"7\", \"text\": \"again\"}",
    ];
    let mut bytes = lines.join("\n").into_bytes();
    bytes.extend_from_slice(b"\n{\"id\": \"f\", \"text\": \"na\xefve caf\xe9 without a line end\"}");
    let params = ReadParams { max_document_bytes: 200, ..ReadParams::default() };
    check(
        &[("a.jsonl", &bytes)],
        &["."],
        params,
        expect![[r#"
            "7" @/a.jsonl#0:1 UTF-8 "One." source=Post date=2026-03-02T00:00:00Z/Day
            "7#2" @/a.jsonl#8:10 UTF-8 "again"
              remark: Another document is called 7 too, so this one is called 7#2.
            "a.jsonl#7" @/a.jsonl#7:9 UTF-8 "no id" meta.date=03/04/2026 meta.deep={"a":[1,null]}
              remark: The date 03/04/2026 may be read day first or month first, so it was not guessed; write it as 2026-03-02.
            "c" @/a.jsonl#2:4 UTF-8 "lone � half, NUL \0"
            "f" @/a.jsonl#9:11 windows-1252 "naïve café without a line end"
            lost @/a.jsonl:3: broken JSON at column 28: EOF while parsing an object
            lost @/a.jsonl:5: has more than 200 bytes; raise --max-document-bytes to read it
            lost @/a.jsonl:6: not a JSON object; a record is written as {"text": …}
            lost @/a.jsonl:7: has no text; its fields are id, title; name the field with --text-field
            skipped @/a.jsonl:8: its text (field text) is empty
            warning @/a.jsonl:4: 2 places mended in JSON (lone surrogate escapes, raw control characters, NaN)
            warning @/a.jsonl:9: 1 date not guessed that may be day first or month first, the first is 03/04/2026; write dates as 2026-03-02
            warning @/a.jsonl:10: 1 document renamed, since others have the same name: 7 is called 7#2
        "#]],
    );
}

#[test]
fn reads_json_of_any_shape() {
    let long = "x".repeat(300);
    let array = format!(
        "[\n {{\"id\": 1, \"text\": \"One.\"}},\n {{\"id\": 2, \"text\": \"{long}\"}},\n {{\"id\": 3 \"text\"}},\n 4,\n {{\"id\": 5, \"text\": \"a ] }} \\\" {{\"}}]"
    );
    let wrapper = "{\"status\": \"ok\", \"tags\": [\"a]\"], \"sources\": [{\"id\": 1}, {\"id\": 2}],\n \"data\": {\"articles\": [{\"content\": \"W.\"},\n {\"content\": \"X.\"}]}}";
    let big =
        format!("{{\"note\": \"{long}\", \"articles\": [{{\"text\": \"In a wrapper beyond the limit.\"}}]}}");
    let one = "{\n \"title\": \"T\", \"authors\": [{\"name\": \"A\"}], \"text\": \"One record.\"}";
    let params = ReadParams { max_document_bytes: 200, ..ReadParams::default() };
    check(
        &[
            ("array.json", array.as_bytes()),
            ("array.jsonl", b"[{\"text\": \"An array all the same.\"}]"),
            ("big.json", big.as_bytes()),
            ("cut.json", b"[{\"text\": \"whole\"}, {\"text\": \"cu"),
            ("endless.json", b"[{\"text\": \"whole\"},"),
            ("lines.json", b"{\"text\": \"a\"}\n{\"text\": \"b\"}"),
            ("odd.json", b"[}, {\"text\": \"lost\"}]"),
            ("one.json", one.as_bytes()),
            ("prose.json", b"No JSON."),
            ("wrapper.json", wrapper.as_bytes()),
        ],
        &["."],
        params,
        expect![[r#"
            "1" @/array.json#0:2 UTF-8 "One."
            "5" @/array.json#4:6 UTF-8 "a ] } \" {"
            "array.jsonl#0" @/array.jsonl#0:1 UTF-8 "An array all the same."
            "big.json#0" @/big.json#0:1 UTF-8 "In a wrapper beyond the limit."
            "cut.json#0" @/cut.json#0:1 UTF-8 "whole"
            "endless.json#0" @/endless.json#0:1 UTF-8 "whole"
            "lines.json#0" @/lines.json#0:1 UTF-8 "a"
            "lines.json#1" @/lines.json#1:2 UTF-8 "b"
            "one.json#0" @/one.json#0:1 UTF-8 "One record." title=T meta.authors=[{"name":"A"}]
            "wrapper.json#2" @/wrapper.json#2:2 UTF-8 "W."
            "wrapper.json#3" @/wrapper.json#3:3 UTF-8 "X."
            lost @/array.json:3: has more than 200 bytes; raise --max-document-bytes to read it
            lost @/array.json:4: broken JSON at column 10: expected `,` or `}`
            lost @/array.json:5: not a JSON object; a record is written as {"text": …}
            lost @/cut.json: the file ends before its array is closed; it may be cut off
            lost @/cut.json:1: the file ends inside this record
            lost @/endless.json: the file ends before its array is closed; it may be cut off
            lost @/odd.json:1: broken JSON: this brace closes nothing; the rest was not read
            lost @/odd.json:1: not JSON: expected [ or {; give the right extension
            lost @/prose.json:1: not JSON: expected [ or {; give the right extension
            skipped @/wrapper.json: none of its 2 records in the list sources has a text; the fields are id; if one of them is the text, name it with --text-field
        "#]],
    );
}

#[test]
fn reads_tables_of_any_dialect() {
    let (cyrillic, _, _) =
        encoding_rs::WINDOWS_1251.encode("id;text\n1;Министерство обороны сообщило об этом\n");
    let wide: Vec<u8> =
        "\u{feff}id\ttext\r\n1\tBreit.\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(
        &[
            ("comma.csv", b"\xef\xbb\xbfid,text,outlet,note\r\n1,\"Two\r\nlines, \"\"quoted\"\"\",Post,\r\n2,Short\r\n3,a,b,c,d\r\n4,\"x\",y,z,\r\n,,,\r\n"),
            ("cyrillic.csv", &cyrillic),
            ("empty.csv", b""),
            ("header.csv", b"id,text\n"),
            ("notext.csv", b"id,name\n1,a\n2,b\n"),
            ("sep.csv", b"sep=|\nid|text|text\n1|A, b; c|again\n"),
            ("wide.tsv", &wide),
        ],
        &["."],
        ReadParams { max_document_bytes: 1000, ..ReadParams::default() },
        expect![[r#"
            "1" @/comma.csv#0:2 UTF-8 "Two\r\nlines, \"quoted\"" source=Post
            "1#2" @/cyrillic.csv#0:2 windows-1251 "Министерство обороны сообщило об этом"
              remark: Another document is called 1 too, so this one is called 1#2.
            "1#3" @/sep.csv#0:3 UTF-8 "A, b; c" meta.text_3=again
              remark: Another document is called 1 too, so this one is called 1#3.
            "1#4" @/wide.tsv#0:2 UTF-16LE "Breit."
              remark: Another document is called 1 too, so this one is called 1#4.
            "2" @/comma.csv#1:4 UTF-8 "Short"
            "4" @/comma.csv#3:6 UTF-8 "x" source=y meta.note=z
            lost @/comma.csv:5: has 5 fields where the header has 4; put quotes around fields that hold the delimiter
            skipped @/comma.csv:7: its text (field text) is empty
            skipped @/empty.csv: holds no records
            skipped @/header.csv: holds no records
            skipped @/notext.csv: none of its 2 records has a text; the fields are id, name; if one of them is the text, name it with --text-field
            warning @/comma.csv:4: 1 row with fewer fields than the header; the missing ones count as empty
            warning @/cyrillic.csv:2: 1 document renamed, since others have the same name: 1 is called 1#2
            warning @/sep.csv:3: 1 document renamed, since others have the same name: 1 is called 1#3
            warning @/wide.tsv:2: 1 document renamed, since others have the same name: 1 is called 1#4
        "#]],
    );
}

#[test]
fn unpacks_and_survives_bombs() {
    let two_members = [gzip(b"{\"text\": \"a\"}\n"), gzip(b"{\"text\": \"b\"}\n")].concat();
    let two_frames = [zst(b"First. "), zst(b"Second.")].concat();
    let bomb = gzip(&vec![b'x'; 5_000_000]);
    let bomb_line = gzip(&[&vec![b'x'; 5_000_000], "\n{\"text\": \"after\"}".as_bytes()].concat());
    check(
        &[
            ("bomb.txt.gz", &bomb),
            ("bombline.jsonl.gz", &bomb_line),
            ("frames.txt.zst", &two_frames),
            ("members.jsonl.gz", &two_members),
            ("unnamed.txt", &gzip(b"Packed under a plain name.")),
        ],
        &["."],
        ReadParams { max_document_bytes: 1000, ..ReadParams::default() },
        expect![[r#"
            "bombline.jsonl.gz#1" @/bombline.jsonl.gz#1:2 UTF-8 "after"
            "frames.txt.zst" @/frames.txt.zst:1 UTF-8 "First. Second."
            "members.jsonl.gz#0" @/members.jsonl.gz#0:1 UTF-8 "a"
            "members.jsonl.gz#1" @/members.jsonl.gz#1:2 UTF-8 "b"
            "unnamed.txt" @/unnamed.txt:1 UTF-8 "Packed under a plain name."
            lost @/bomb.txt.gz: has more than 1000 bytes; raise --max-document-bytes to read it
            lost @/bombline.jsonl.gz:1: has more than 1000 bytes; raise --max-document-bytes to read it
        "#]],
    );
}

#[test]
fn what_stands_before_a_fault_is_read() {
    let lines: String =
        (0..2000_u32).map(|n| format!("{{\"text\": \"{}\"}}\n", n.wrapping_mul(2_654_435_761))).collect();
    let packed = gzip(lines.as_bytes());
    let corpus = read_bytes("a.jsonl.gz", &packed[..packed.len() / 2]);
    assert!((500..1500).contains(&corpus.documents.len()), "{} documents", corpus.documents.len());
    let reasons: Vec<&str> = corpus.skipped.iter().map(|skipped| skipped.reason.as_str()).collect();
    assert_eq!(reasons, ["cannot be read to its end: incomplete deflate stream; what came before was read"]);
}

#[test]
fn decodes_and_counts_what_it_replaced() {
    let (cyrillic, _, _) =
        encoding_rs::WINDOWS_1251.encode("Министерство обороны сообщило о завершении операции");
    let files: Files<'_> = &[
        ("bad.txt", "Kəlbəcər və \u{fffd}".as_bytes()),
        ("broken.txt", b"K\xc9\x99lb\xc9\x99c\xc9\x99r \xff \xfe."),
        ("cyrillic.txt", &cyrillic),
        ("wide.txt", b"\xff\xfeA\0.\0\r\0\n\0"),
    ];
    check(
        files,
        &["."],
        ReadParams::default(),
        expect![[r#"
            "bad.txt" @/bad.txt:1 UTF-8 "Kəlbəcər və �"
            "broken.txt" @/broken.txt:1 UTF-8 "Kəlbəcər � �."
              remark: 2 replacement characters (U+FFFD) for bytes that are not valid UTF-8.
            "cyrillic.txt" @/cyrillic.txt:1 windows-1251 "Министерство обороны сообщило о завершении операции"
            "wide.txt" @/wide.txt:1 UTF-16LE "A.\r\n"
            warning @/broken.txt:1: 2 replacement characters for bytes that are not valid UTF-8; give --encoding if that is the wrong encoding
        "#]],
    );
}

#[test]
fn takes_the_encoding_asked_for() {
    let (cyrillic, _, _) =
        encoding_rs::WINDOWS_1251.encode("Министерство обороны сообщило о завершении операции");
    let files: Files<'_> =
        &[("broken.txt", b"K\xc9\x99lb\xc9\x99c\xc9\x99r \xff \xfe."), ("cyrillic.txt", &cyrillic)];
    let forced = ReadParams { encoding: Some("windows-1252".into()), ..ReadParams::default() };
    check(
        &files[..1],
        &["."],
        forced,
        expect![[r#"
        "broken.txt" @/broken.txt:1 windows-1252 "KÉ™lbÉ™cÉ™r ÿ þ."
    "#]],
    );
    let forced = ReadParams { encoding: Some("utf-8".into()), ..ReadParams::default() };
    check(
        &files[1..],
        &["."],
        forced,
        expect![[r#"
            "cyrillic.txt" @/cyrillic.txt:1 UTF-8 "������������ ������� �������� � ���������� ��������"
              remark: 46 replacement characters (U+FFFD) for bytes that are not valid UTF-8.
            warning @/cyrillic.txt:1: 46 replacement characters for bytes that are not valid UTF-8; give --encoding if that is the wrong encoding
        "#]],
    );
    let forced = ReadParams { encoding: Some("utf-81".into()), ..ReadParams::default() };
    check(
        files,
        &["."],
        forced,
        expect![[r#"
        error: --encoding utf-81 is not a known encoding; write for example utf-8, windows-1251 or utf-16le
    "#]],
    );
    let lines = b"{\"text\": \"\x93Caf\xe9\x94\"}\n{\"text\": \"\x81\"}";
    let forced = ReadParams { encoding: Some("shift_jis".into()), ..ReadParams::default() };
    check(
        &[("a.jsonl", lines)],
        &["."],
        forced,
        expect![[r#"
            "a.jsonl#0" @/a.jsonl#0:1 Shift_JIS "鼎af髞"
            "a.jsonl#1" @/a.jsonl#1:2 Shift_JIS "�"
              remark: 1 replacement character (U+FFFD) in the text.
            warning @/a.jsonl:1: 1 replacement character for bytes that are not valid Shift_JIS; give --encoding if that is the wrong encoding
        "#]],
    );
}

#[test]
fn metadata_counts_by_where_it_stands() {
    let files: Files<'_> = &[
        ("meta.csv", b"filename;source;date;topic\nPost_20260302_1.txt;Table;2026-03-09;war\ngone.txt;x;2026;y\nPost_20260302_1.txt;twice;;\n"),
        ("Post_20260302_1.txt", b"Source: Header\nDate: 2026-03-05\nTitle: T\n\nText."),
        ("Post_20260302_2.txt", b"Source: Header\n\nBAKU, Azerbaijan, March 5, 2026. Text."),
        ("Post_20260302_3.txt", b"BAKU, Azerbaijan, March 5. Text."),
        ("Post_soon_4.txt", b"BAKU, Azerbaijan, March 5. Text."),
        ("other.txt", b"Text."),
        ("rows.jsonl", b"{\"text\": \"BAKU, March 5, 2026. Row.\", \"source\": \"Row\", \"id\": \"r\"}\n{\"text\": \"q\", \"url\": \"https://www.post.example/1\"}"),
    ];
    let params = ReadParams {
        name_pattern: Some("{source}_{date}_{n}.txt".parse().unwrap()),
        meta: Some("meta.csv".into()),
        ..ReadParams::default()
    };
    check(
        files,
        &["."],
        params,
        expect![[r#"
            "Post_20260302_1.txt" @/Post_20260302_1.txt:1 UTF-8 "Source: Header\nDate: 2026-03-05\nTitle: T\n\nText." source=Table title=T date=2026-03-09T00:00:00Z/Day meta.n=1 meta.topic=war
            "Post_20260302_2.txt" @/Post_20260302_2.txt:1 UTF-8 "Source: Header\n\nBAKU, Azerbaijan, March 5, 2026. Text." source=Header date=2026-03-02T00:00:00Z/Day meta.n=2
            "Post_20260302_3.txt" @/Post_20260302_3.txt:1 UTF-8 "BAKU, Azerbaijan, March 5. Text." source=Post date=2026-03-02T00:00:00Z/Day meta.n=3
            "Post_soon_4.txt" @/Post_soon_4.txt:1 UTF-8 "BAKU, Azerbaijan, March 5. Text." source=Post meta.date=soon meta.n=4
              remark: The dateline names the day 03-05 without a year, so the document is undated; give the year with --meta or --name-pattern.
              remark: The date soon could not be read; write it as 2026-03-02.
            "other.txt" @/other.txt:1 UTF-8 "Text."
            "r" @/rows.jsonl#0:1 UTF-8 "BAKU, March 5, 2026. Row." source=Row date=2026-03-05T00:00:00Z/Day
            "rows.jsonl#1" @/rows.jsonl#1:2 UTF-8 "q" source=post.example url=https://www.post.example/1
            warning @/Post_soon_4.txt:1: 1 date not understood, the first is soon; write dates as 2026-03-02
            warning @/meta.csv: 1 row without a document in this run, the first is gone.txt
            warning @/meta.csv: 6 documents of this run without a row here
            warning @/meta.csv:4: Post_20260302_1.txt has a row already; this one was passed over
            warning @/other.txt: the name does not follow --name-pattern {source}_{date}_{n}.txt, so nothing was read off it
            warning @/rows.jsonl: the name does not follow --name-pattern {source}_{date}_{n}.txt, so nothing was read off it
        "#]],
    );
}

#[test]
fn reads_off_nothing_that_is_not_clear() {
    check(
        &[
            ("a.txt", b"BAKU, Azerbaijan, September 21. Text, Trend reports."),
            ("b.txt", b" date 2023-09-19 BAKU \xe2\x80\x93 Text."),
            (
                "c.txt",
                b"Last update: June 16, 2024 13:35\n\nLogo\n\nBy Ann Writer September 20, 2023\n\nText.",
            ),
            ("d.txt", b"---\nsource: Post\ndate: 03/04/2026\n---\nText."),
            ("2023/e.txt", b"BAKU, Azerbaijan, September 21. Text."),
            ("f.txt", b"Date: 2023\n\nBAKU, Azerbaijan, September 21. Text."),
            ("g.jsonl", b"{\"text\": \"BAKU, September 21. Text.\", \"date\": \"2023-09\"}"),
        ],
        &["."],
        ReadParams::default(),
        expect![[r#"
            "2023/e.txt" @/2023/e.txt:1 UTF-8 "BAKU, Azerbaijan, September 21. Text." date=2023-09-21T00:00:00Z/Day
            "a.txt" @/a.txt:1 UTF-8 "BAKU, Azerbaijan, September 21. Text, Trend reports."
              remark: The dateline names the day 09-21 without a year, so the document is undated; give the year with --meta or --name-pattern.
            "b.txt" @/b.txt:1 UTF-8 " date 2023-09-19 BAKU – Text." date=2023-09-19T00:00:00Z/Day
            "c.txt" @/c.txt:1 UTF-8 "Last update: June 16, 2024 13:35\n\nLogo\n\nBy Ann Writer September 20, 2023\n\nText." date=2023-09-20T00:00:00Z/Day meta.author=Ann Writer
            "d.txt" @/d.txt:1 UTF-8 "---\nsource: Post\ndate: 03/04/2026\n---\nText." source=Post meta.date=03/04/2026
              remark: The date 03/04/2026 may be read day first or month first, so it was not guessed; write it as 2026-03-02.
            "f.txt" @/f.txt:1 UTF-8 "Date: 2023\n\nBAKU, Azerbaijan, September 21. Text." date=2023-09-21T00:00:00Z/Day
            "g.jsonl#0" @/g.jsonl#0:1 UTF-8 "BAKU, September 21. Text." date=2023-09-21T00:00:00Z/Day
            warning @/d.txt:1: 1 date not guessed that may be day first or month first, the first is 03/04/2026; write dates as 2026-03-02
        "#]],
    );
}

/// A date that stands alone in its line dates an article at its head, not inside a sentence that was broken there, and not in what
/// the article quotes.
#[test]
fn a_line_with_a_date_alone_is_not_always_the_articles() {
    let letter =
        format!("{}\n\nMay 2, 2026\nDear Sir", "The board wrote a letter about the pier today. ".repeat(8));
    let cases = [
        ("THE PIER\nMay 2, 2026\n\nThe board met.", true),
        ("THE PIER\nA deck of some words\nBy Ada Brandt\n2 May 2026\nThe board met.", true),
        ("Notes of the board are due\nMay 2, 2026.\n    They will be paid.", false),
        ("The board that met on\nMay 2, 2026\nagreed to a second pier.", false),
        (letter.as_str(), false),
    ];
    for (text, is_dated) in cases {
        let told = told(&[("a.txt", text.as_bytes())], &["."], ReadParams::default());
        assert_eq!(told.contains(" date=2026-05-02T"), is_dated, "{told}");
    }
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
