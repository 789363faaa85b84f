//! A paragraph that is quoted without marks: the one before ends with a verb of saying and a colon.

use std::ops::Range;

use crate::model::{Zone, ZoneKind};
use crate::provenance::zones::page::Page;
use crate::provenance::zones::rules::Cue;
use crate::provenance::zones::{floor, zone};

/// Shortest and longest such paragraph, in bytes.
const LENGTH: (usize, usize) = (40, 1_500);

/// Bytes before the colon in which its verb stands, and most of them behind the verb: "said on Monday:".
const NEAR: (usize, usize) = (40, 20);

/// Adds the paragraphs that others introduce to `zones`, but those with a quotation among `marked`, which are in order; gives
/// their bytes.
pub(super) fn find(page: &Page<'_>, marked: &[Range<usize>], zones: &mut Vec<Zone>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut is_introduced = false;
    for paragraph in page.paragraphs() {
        let bytes = page.bytes(&paragraph);
        let words = &page.text[bytes.clone()];
        let first = marked.partition_point(|quoted| quoted.end <= bytes.start);
        let is_free = marked.get(first).is_none_or(|quoted| quoted.start >= bytes.end);
        if is_introduced && is_free && is_statement(words) {
            let fact = "a paragraph behind a verb of saying and a colon".to_owned();
            zones.push(zone(page.text, ZoneKind::Quotation, bytes.start, bytes.end, None, fact));
            found.push(bytes.clone());
        }
        is_introduced = introduces(page, &bytes);
    }
    found
}

/// Whether `words` are sentences, and no item of a list.
fn is_statement(words: &str) -> bool {
    (LENGTH.0..=LENGTH.1).contains(&words.len())
        && words.starts_with(|c: char| c.is_uppercase() || c == '[')
        && words.trim_end_matches([')', ']']).ends_with(['.', '!', '?'])
}

/// Whether the paragraph at `bytes` ends with a verb of saying and a colon: "It reads, in part:".
fn introduces(page: &Page<'_>, bytes: &Range<usize>) -> bool {
    let Some(words) = page.text[bytes.clone()].strip_suffix(':') else { return false };
    let end = bytes.start + words.trim_end().len();
    let from = floor(page.text, end.saturating_sub(NEAR.0)).max(bytes.start);
    let near = page.text[from..end].to_lowercase();
    let says = page.hits_in(from, end).iter().any(|hit| hit.cue == Cue::Saying && hit.end + NEAR.1 >= end);
    says || page.rules.words.introducing.iter().any(|word| near.ends_with(word.as_str()))
}
