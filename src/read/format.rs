//! What kind of input a file is: by its name, else by its first bytes.

use crate::read::delimited::{self, Delimiter};
use crate::read::fields::FieldNames;

/// A kind of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// The file is one document.
    Plain,
    /// One JSON object a line.
    JsonLines,
    /// A JSON array of records, one record, or an object that holds arrays of records.
    Json,
    /// A table with a header row, whose delimiter is still to be found.
    Table,
    /// A table with tabs.
    TabTable,
}

/// The kind that the name's extension stands for, after `.gz` or `.zst`.
pub(super) fn by_name(name: &str) -> Option<Format> {
    let lower = name.to_ascii_lowercase();
    let bare =
        [".gz", ".gzip", ".zst", ".zstd"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
    match bare.rsplit_once('.')?.1 {
        "txt" | "text" | "md" | "markdown" => Some(Format::Plain),
        "jsonl" | "ndjson" => Some(Format::JsonLines),
        "json" => Some(Format::Json),
        "csv" => Some(Format::Table),
        "tsv" | "tab" => Some(Format::TabTable),
        _ => None,
    }
}

/// The kind that `head`, the first decoded bytes of an input, looks like.
pub(super) fn by_content(head: &[u8], names: &FieldNames) -> Format {
    let start = head.trim_ascii_start();
    let after = |skip: usize| start[skip..].trim_ascii_start().first();
    match start.first() {
        Some(b'{') if matches!(after(1), Some(b'"' | b'}')) => {
            let line = start.split(|&byte| byte == b'\n').next().unwrap_or(start);
            // A line cut off by the end of `head` may still be a whole record.
            let cut = line.len() == start.len();
            if cut || serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok() {
                Format::JsonLines
            } else {
                Format::Json
            }
        }
        Some(b'[') if matches!(after(1), Some(b'{' | b']')) => Format::Json,
        _ if delimited::looks_like_table(head, names) => Format::Table,
        _ => Format::Plain,
    }
}

impl Format {
    /// The delimiter that goes without sniffing.
    pub(super) fn delimiter(self) -> Option<Delimiter> {
        (self == Format::TabTable).then_some(Delimiter::TAB)
    }
}

/// Why `head`, the first bytes of an input after unpacking, is no text; `None` if it may be one.
pub(super) fn binary_kind(head: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 9] = [
        (b"%PDF-", "a PDF file; convert it to text first"),
        (b"PK\x03\x04", "a zip archive or office document; unpack it or save it as text first"),
        (b"\xd0\xcf\x11\xe0", "an old office document; save it as text first"),
        (b"{\\rtf", "an RTF document; save it as text first"),
        (b"\x89PNG", "an image"),
        (b"GIF8", "an image"),
        (b"\xff\xd8\xff", "an image"),
        (b"\x7fELF", "a program"),
        (b"SQLite format 3", "a database; export its table as CSV first"),
    ];
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(kind);
    }
    if crate::read::encoding::marked(head).is_some() {
        return None;
    }
    let control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    // One control character in ten: far above any text, even one full of terminal escapes.
    (head.iter().filter(control).count() * 10 > head.len()).then_some("binary data, not text")
}

/// How the tables of this program begin as CSV, those that hold texts or names of documents.
const OWN_TABLES: [&[u8]; 6] = [
    b"doc_id,source,title,published_at,published_precision,",
    b"pair_id,a_doc_id,b_doc_id,",
    b"passage_id,pair_id,a_doc_id,",
    b"cluster_id,n_docs,n_sources,",
    b"cluster_id,doc_id,source,start_char,",
    b"a_source,b_source,n_pairs,",
];

/// Whether `head` begins a result of this program, which holds texts but no documents.
pub(super) fn is_own_result(head: &[u8]) -> bool {
    let start = &head[..head.len().min(400)];
    let has = |needle: &[u8]| start.windows(needle.len()).any(|window| window == needle);
    let is_table = OWN_TABLES.iter().any(|columns| start.starts_with(columns));
    is_table || (has(b"\"schema_version\"") && has(b"\"wirecopy\""))
}

/// Whether `head` begins a web page.
pub(super) fn is_html(head: &[u8]) -> bool {
    let start = head.trim_ascii_start();
    let begins = |tag: &[u8]| start.len() >= tag.len() && start[..tag.len()].eq_ignore_ascii_case(tag);
    begins(b"<!doctype html") || begins(b"<html")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::ReadParams;

    #[test]
    fn names_tell_the_kind() {
        let cases = [
            ("a.txt", Some(Format::Plain)),
            ("A.TXT.GZ", Some(Format::Plain)),
            ("a.jsonl.zst", Some(Format::JsonLines)),
            ("a.json", Some(Format::Json)),
            ("a.csv", Some(Format::Table)),
            ("a.tsv.gz", Some(Format::TabTable)),
            ("a.pdf", None),
            ("README", None),
            ("a.gz", None),
        ];
        for (name, expected) in cases {
            assert_eq!(by_name(name), expected, "{name}");
        }
    }

    #[test]
    fn first_bytes_tell_the_kind() {
        let names = FieldNames::new(&ReadParams::default());
        let cases: [(&str, Format); 9] = [
            ("{\"id\": 1, \"text\": \"a\"}\n{\"id\": 2}", Format::JsonLines),
            ("{\n  \"id\": 1,\n  \"text\": \"a\"}", Format::Json),
            (" [ {\"id\": 1}]", Format::Json),
            ("[Reuters] A statement", Format::Plain),
            ("{curly} prose", Format::Plain),
            ("id;date;text\n1;2026;\"a\"\n", Format::Table),
            ("id\ttext\n1\ta\n", Format::Table),
            ("The text, he said, is prose.\nIt goes on, and on.", Format::Plain),
            ("", Format::Plain),
        ];
        for (head, expected) in cases {
            assert_eq!(by_content(head.as_bytes(), &names), expected, "{head}");
        }
    }

    #[test]
    fn tells_binary_files_from_texts() {
        assert_eq!(binary_kind(b"%PDF-1.7 ..."), Some("a PDF file; convert it to text first"));
        assert_eq!(binary_kind(&[0, 1, 2, 3, 200, 0, 0, 7, 9]), Some("binary data, not text"));
        assert_eq!(binary_kind(b"one NUL\0 in a long text is no reason"), None);
        assert_eq!(binary_kind(b"\x1b[31mescapes\x1b[0m are text\x07"), None);
        assert_eq!(binary_kind(b"h\0e\0l\0l\0o\0 \0t\0h\0e\0r\0e\0"), None);
        assert_eq!(binary_kind(b""), None);
    }
}
