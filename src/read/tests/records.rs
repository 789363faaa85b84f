//! Files of records and what packs them: lines, JSON, tables, archives, encodings.

use expect_test::expect;

use super::*;

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
