//! Who took a picture: the credit at the end of the words under it.

use std::ops::Range;

use crate::provenance::zones::floor;
use crate::provenance::zones::furniture::SHORT;
use crate::provenance::zones::page::{Line, Page};
use crate::provenance::zones::rules::{Cue, Hit};

/// Longest caption, in bytes; and longest line that a line of credit alone takes along as its caption.
pub(super) const CAPTION: (usize, usize) = (900, 300);

/// Longest name of a photographer, in bytes.
const NAME: usize = 80;

/// A picture's credit in a line.
pub(super) struct PhotoCredit<'a> {
    /// Its bytes.
    pub(super) span: Range<usize>,
    /// The service.
    pub(super) name: Option<&'a str>,
}

/// Who took a picture: "(AP Photo/Name)", "Name / Reuters", "Name | Getty Images", "(Name/AP)", at the end of `line`.
pub(super) fn photo_credit<'a>(page: &'a Page<'_>, line: Line, hits: &[Hit]) -> Option<PhotoCredit<'a>> {
    let service = hits.iter().rfind(|hit| matches!(hit.cue, Cue::Agency(_) | Cue::Photo(_)))?;
    let text = &page.text[line.start..line.end];
    let at = service.start - line.start;
    let bracket = text[..at].rfind('(').filter(|&open| !text[open..at].contains(')'));
    let name = hits
        .iter()
        .rfind(|hit| matches!(hit.cue, Cue::Agency(_)))
        .or(Some(service))
        .and_then(|hit| page.rules.name(hit.cue));
    let picture = |from: usize, to: usize| {
        hits.iter()
            .any(|hit| matches!(hit.cue, Cue::Picture | Cue::Photo(_)) && hit.start >= from && hit.end <= to)
    };
    if let Some(open) = bracket {
        let close = text[at..].find(')').map(|close| at + close + 1)?;
        let inner = &text[open + 1..close - 1];
        let is_last = text[close..].trim_matches(|c: char| !c.is_alphanumeric()).len() <= 12;
        let is_credit = inner.contains(['/', '|'])
            || picture(line.start + open, line.start + close)
            || inner.len() == service.end - service.start;
        // "(Reuters)" alone closes a caption only where a sentence stands before it, and never an article.
        let is_bare = inner.len() == service.end - service.start;
        let is_caption = !is_bare
            || (matches!(service.cue, Cue::Agency(_))
                && text[..open].trim_end().ends_with(['.', '!', '?', '"', '”'])
                && line.end - line.start <= CAPTION.1);
        let found = is_last && is_credit && is_caption && inner.len() <= SHORT;
        return found.then_some(PhotoCredit { span: line.start + open..line.start + close, name });
    }
    let rest = text[service.end - line.start..].trim_matches(|c: char| !c.is_alphanumeric());
    let is_last = rest.len() <= 16 || picture(service.end, line.end);
    let stop = text[..at].rfind(['.', '!', '?']).map_or(0, |stop| stop + 1);
    // Without a full stop the first slash near the end parts the caption from its credit.
    let near = floor(text, at.saturating_sub(NAME));
    let slash = || text[near..at].find(" / ").map_or(near, |slash| near + slash + 3);
    let tail_start = if at - stop > NAME { slash() } else { stop };
    let before = text[tail_start..at].trim();
    let is_named = before.len() <= NAME
        && before.starts_with(char::is_uppercase)
        && text[tail_start..].contains([' ', '/']);
    let is_split = names_photographer(page, before, service.cue)
        || (matches!(service.cue, Cue::Photo(_))
            && tail_start == 0
            && before.split_whitespace().count() <= 4
            && is_names(page, before));
    (is_last && is_named && is_split).then_some(PhotoCredit { span: line.start + tail_start..line.end, name })
}

/// Whether the words before a service are somebody's name and what parts it from the service: "Name Name /", "Name via".
fn names_photographer(page: &Page<'_>, before: &str, service: Cue) -> bool {
    // "By NAME - AGENCY" is a byline, "NAME, AGENCY - Getty Images" none.
    let is_dashed = |before: &str| matches!(service, Cue::Photo(_)) && before.ends_with(['-', '–', '—']);
    let Some(rest) = before
        .strip_suffix(['/', '|'])
        .or_else(|| before.strip_suffix(" via"))
        .or_else(|| before.strip_suffix(['-', '–', '—']).filter(|_| is_dashed(before)))
    else {
        return false;
    };
    let name = rest.rsplit(['/', '|']).map(str::trim).find(|part| !part.is_empty()).unwrap_or_default();
    !name.is_empty() && is_names(page, name)
}

/// Whether all `words` are names, or join them as "by" and "of" do.
fn is_names(page: &Page<'_>, words: &str) -> bool {
    let sets = page.rules.sets();
    let is_small = |word: &str| sets.joints.contains(word) || sets.credit.contains(word);
    words.split_whitespace().all(|word| word.starts_with(|c: char| !c.is_lowercase()) || is_small(word))
}
