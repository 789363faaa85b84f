//! The `document` row.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::model::{DocId, Document, PublishedFrom, Zone};
use crate::report::locate::Locator;
use crate::report::rows::{Rows, rounded};
use crate::report::time;

/// One document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocumentRow<'a> {
    /// Name of the document, unique in the result.
    pub doc_id: &'a str,
    /// Outlet.
    pub source: Option<&'a str>,
    /// Headline.
    pub title: Option<&'a str>,
    /// ISO 8601, as exactly as it was given; in UTC and with a `Z` when the zone is known.
    pub published_at: Option<String>,
    /// `year`, `month`, `day`, `minute` or `second`.
    pub published_precision: Option<&'static str>,
    /// Address.
    pub url: Option<&'a str>,
    /// Language code as given.
    pub language: Option<&'a str>,
    /// File it was read from, `-` for standard input.
    pub path: Option<&'a str>,
    /// Record in that file, 0-based; null for a file that is one document.
    pub record: Option<u32>,
    /// Physical line on which the record starts, 1-based.
    pub line: Option<u32>,
    /// Encoding the bytes were decoded from.
    pub encoding: Option<&'a str>,
    /// Words.
    pub n_words: usize,
    /// Code points.
    pub n_chars: u32,
    /// Bytes as UTF-8.
    pub n_bytes: usize,
    /// SHA-256 of the text as UTF-8, in lower-case hexadecimal digits.
    pub text_sha256: String,
    /// Words in at least one passage that counts.
    pub matched_words: u32,
    /// The same as a share of all words.
    pub matched_share: f64,
    /// The reader's remarks on this document.
    pub warnings: &'a [String],
    /// Further input columns.
    pub meta: &'a BTreeMap<String, String>,
    /// Zones found in its text, in order of place.
    pub zones: Vec<ZoneRow<'a>>,
    /// `wholly_derived`, `partly_derived` or `not_derived` from others in this corpus that were before it; `undetermined`
    /// where it shares as much with others, and nothing tells which was first.
    pub derivation: &'static str,
    /// The fact that decided it, and whom it credits; null where there is neither.
    pub derivation_evidence: Option<&'a str>,
    /// Matched words in its first third.
    pub matched_lead: u32,
    /// In its second third.
    pub matched_middle: u32,
    /// In its last third.
    pub matched_tail: u32,
    /// The first document with the same words, if that is another one.
    pub copy_of: Option<&'a str>,
    /// What told the time of publication: `table`, `field`, `header`, `file_name` or `dateline`.
    pub published_from: Option<&'static str>,
    /// Whether it belongs to the reference (`--against`), not to the new documents.
    pub reference: bool,
}

/// A zone of a document's text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ZoneRow<'a> {
    /// `headline`, `dateline`, `byline`, `credit`, `release`, `caption`, `quotation`, `reported`, `cited`, `gloss` or `contact`.
    pub kind: &'static str,
    /// First code point.
    pub start_char: u32,
    /// First code point after.
    pub end_char: u32,
    /// First byte.
    pub start_byte: u32,
    /// First byte after.
    pub end_byte: u32,
    /// Who or what it names.
    pub name: Option<&'a str>,
    /// What decided it.
    pub fact: &'a str,
}

impl<'a> DocumentRow<'a> {
    /// Columns in order.
    pub const COLUMNS: &'static [&'static str] = &[
        "doc_id",
        "source",
        "title",
        "published_at",
        "published_precision",
        "url",
        "language",
        "path",
        "record",
        "line",
        "encoding",
        "n_words",
        "n_chars",
        "n_bytes",
        "text_sha256",
        "matched_words",
        "matched_share",
        "warnings",
        "meta",
        "zones",
        "derivation",
        "derivation_evidence",
        "matched_lead",
        "matched_middle",
        "matched_tail",
        "copy_of",
        "published_from",
        "reference",
    ];

    pub(super) fn new(rows: &Rows<'a>, doc: DocId) -> DocumentRow<'a> {
        let document = rows.document(doc);
        let facts = &rows.analysis.facts[doc.index()];
        let text = rows.text(doc);
        let published_at = document.published.and_then(time::iso);
        DocumentRow {
            doc_id: &document.name,
            source: document.source.as_deref(),
            title: document.title.as_deref(),
            published_precision: document
                .published
                .filter(|_| published_at.is_some())
                .map(|published| time::precision_name(published.precision)),
            published_at,
            url: document.url.as_deref(),
            language: document.language.as_deref(),
            path: known(&document.origin.path),
            record: document.origin.record,
            line: (document.origin.line > 0).then_some(document.origin.line),
            encoding: known(&document.origin.encoding),
            n_words: rows.findings.n_words(doc),
            n_chars: Locator::new(&text).n_chars(),
            n_bytes: text.len(),
            text_sha256: text_sha256(document, &text),
            matched_words: facts.matched_words,
            matched_share: rounded(facts.matched_share),
            warnings: &document.remarks,
            meta: &document.meta,
            zones: facts.zones.iter().map(|zone| ZoneRow::new(rows, doc, &text, zone)).collect(),
            derivation: facts.derivation.name(),
            derivation_evidence: known(&facts.derivation_fact),
            matched_lead: facts.matched_by_third[0],
            matched_middle: facts.matched_by_third[1],
            matched_tail: facts.matched_by_third[2],
            copy_of: facts.exact_copy_of.as_deref(),
            published_from: document.published_from.map(PublishedFrom::name),
            reference: facts.is_reference,
        }
    }
}

impl<'a> ZoneRow<'a> {
    fn new(rows: &Rows<'a>, doc: DocId, text: &str, zone: &'a Zone) -> ZoneRow<'a> {
        let (start, end) = rows.locate_in(text, doc, zone.span);
        ZoneRow {
            kind: zone.kind.name(),
            start_char: start.code_point,
            end_char: end.code_point,
            start_byte: zone.span.start(),
            end_byte: zone.span.end(),
            name: zone.name.as_deref(),
            fact: &zone.fact,
        }
    }
}

/// `text` unless it is empty: a document that was not read from a file has no path.
fn known(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// SHA-256 of the text of `document`, which is `text`: that of the article where the text was rebuilt from parts of it.
pub(crate) fn text_sha256(document: &Document, text: &str) -> String {
    match &document.rebuilt {
        Some(rebuilt) => rebuilt.text_sha256.clone(),
        None => hexadecimal(&Sha256::digest(text.as_bytes())),
    }
}

/// Bytes in lower-case hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digest of "abc" is the example of FIPS 180-2, appendix B.1.
    #[test]
    fn hashes_as_the_standard_says() {
        assert_eq!(
            hexadecimal(&Sha256::digest(b"abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
