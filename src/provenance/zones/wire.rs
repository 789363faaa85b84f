//! Lines that credit one item of a page with an agency: "(By Associated Press.)", "[United Press Leased Wire Service.]", or the
//! name alone above a dateline.
//!
//! A newspaper's page has dozens of them, anywhere. The name fills its line but for words of credit; a dateline follows, or
//! brackets or "By" show it. In print that a machine read, one or two letters of a long name may be wrong.

use std::ops::Range;

use crate::edits;
use crate::model::Profile;
use crate::provenance::zones::dateline;
use crate::provenance::zones::page::Page;
use crate::provenance::zones::rules::{Cue, Hit, plain};
use crate::provenance::zones::{byline, headline};

/// Longest such line, in bytes.
const LONGEST: usize = 90;

/// Fewest letters of a name of which some may be misread, and how many of them.
const MISREAD: (usize, usize) = (10, 2);

/// Letters of a name that are too few where neither brackets nor "By" show it.
const SHORTEST: usize = 5;

/// Lines after it in which its dateline stands.
const ABOVE: usize = 2;

/// Bytes at the beginning of a line in which the month of a dateline stands.
const DATED: usize = 48;

/// The agency that line `index` credits the item with, and the bytes of the line that do.
pub(super) fn credit(page: &Page<'_>, index: usize, hits: &[Hit]) -> Option<(Cue, Range<usize>)> {
    let line = page.lines[index];
    let text = page.line(line);
    let is_print = page.profile == Profile::Ocr;
    let is_opened = text.starts_with(['(', '[']);
    let is_closed = text.trim_end_matches(['.', ' ', ':']).ends_with([')', ']']);
    if text.len() > LONGEST || (hits.is_empty() && !is_print) {
        return None;
    }
    let inside = text.trim_matches(|c: char| !c.is_alphanumeric());
    let by = byline::after_word(&page.rules.words.byline, inside);
    let exact = hits.iter().find(|hit| matches!(hit.cue, Cue::Agency(_)));
    let cue = match exact {
        Some(hit) => {
            let (before, after) = (&page.text[line.start..hit.start], &page.text[hit.end..line.end]);
            let fills = is_print && is_one_name(before) || headline::is_stamp(page, before);
            (fills && headline::is_stamp(page, after)).then_some(hit.cue)?
        }
        None if is_print && (by.is_some() || is_opened || is_closed) => misread(page, by.unwrap_or(inside))?,
        None => return None,
    };
    let is_whole = is_opened && is_closed;
    // "The chair told / the United Press": a sentence ends there and no bracket opens.
    let has_head =
        || index.checked_sub(1).is_some_and(|before| headline::is_heading(page, &page.lines[before]));
    let is_dated = || (index + 1..page.lines.len()).take(ABOVE).any(|next| has_dateline(page, next));
    // Four capitals alone may be the end of a word: "SERB- / IANS".
    let is_long = exact.is_none_or(|hit| hit.end - hit.start > SHORTEST);
    let is_shown = match by {
        Some(_) => is_whole || is_dated() || has_head(),
        None => is_long && (is_whole && is_print || is_dated()),
    };
    is_shown.then_some((cue, line.start..line.end))
}

/// What a nameplate says before the agency whose member the paper is.
const MEMBER: &str = "member";

/// Whether `words` are one word with a capital: the paper's own name before its agency's.
fn is_one_name(words: &str) -> bool {
    let mut all = words.split_whitespace();
    let is_name = |word: &str| word.starts_with(char::is_uppercase) && plain(word) != MEMBER;
    all.next().is_some_and(is_name) && all.next().is_none()
}

/// Whether line `index` begins as datelines do: as one, or, where a machine misread it, with a capital and a month soon.
fn has_dateline(page: &Page<'_>, index: usize) -> bool {
    let line = page.lines[index];
    let text = page.line(line);
    let near = &text[..super::floor(text, DATED)];
    let is_month = |pair: &[&str]| {
        let bare = pair[0].trim_matches(|c: char| !c.is_alphanumeric());
        page.rules.sets().months.contains(&bare.to_lowercase())
            && bare.starts_with(char::is_uppercase)
            && pair[1].starts_with(|c: char| c.is_ascii_digit() || "IlJ".contains(c))
    };
    let words: Vec<&str> = near.split_whitespace().collect();
    text.starts_with(char::is_uppercase)
        && (page.profile == Profile::Ocr && words.windows(2).skip(1).any(is_month)
            || dateline::read(page, line).is_some_and(|found| found.is_dated || found.service.is_some()))
}

/// The agency whose name `words` begin with, but for one or two letters; what follows are words of credit.
fn misread(page: &Page<'_>, words: &str) -> Option<Cue> {
    let named = page.rules.long_names(MISREAD.0).filter_map(|(name, cue)| {
        let mut rest = words;
        for _ in name.split_whitespace() {
            let first = rest.split_whitespace().next()?;
            rest = rest[first.len()..].trim_start();
        }
        let letters = |words: &str| plain(words).chars().collect::<Vec<char>>();
        let (found, sought) = (letters(&words[..words.len() - rest.len()]), letters(name));
        if found.len().abs_diff(sought.len()) > MISREAD.1 {
            return None;
        }
        let n_wrong = edits::distance(&found, &sought);
        (n_wrong <= MISREAD.1 && headline::is_stamp(page, rest)).then_some((n_wrong, cue))
    });
    named.min_by_key(|(n_wrong, _)| *n_wrong).map(|(_, cue)| cue)
}
