//! Agencies named in running text: where the article is from, or whom one fact is from.
//!
//! "…, Trend reports." at the end of a sentence of the lead credits the whole article; a habit of agencies and of those who
//! run their copy. Anywhere else an agency with a verb is the source of one fact: "told Reuters", "Reuters reported in April".
//! So are outlets of the corpus: "the Washington Post reported", "according to the Washington Post".

use crate::model::{Zone, ZoneKind};
use crate::provenance::zones::outlets::{MOST_WORDS, Outlets};
use crate::provenance::zones::page::Page;
use crate::provenance::zones::rules::{Cue, Hit};
use crate::provenance::zones::{floor, shown, zone};

/// Paragraphs of the lead, and bytes that make a line one.
const LEAD: (usize, usize) = (2, 100);

/// Longest lead, in bytes, where paragraphs cannot be told.
const MAX_LEAD: usize = 1_500;

/// Bytes before a name in which "told" is looked for.
const REACH: usize = 24;

/// Longest name of an outlet, in bytes.
const LONGEST_NAME: usize = 60;

/// Adds credits and cited sources to `zones`.
pub(super) fn find(page: &Page<'_>, outlets: &Outlets, zones: &mut Vec<Zone>) {
    agencies(page, zones);
    if !outlets.is_empty() {
        cited_outlets(page, outlets, zones);
    }
}

/// Adds outlets that stand before a verb of reporting, or after "told" or "according to".
fn cited_outlets(page: &Page<'_>, outlets: &Outlets, zones: &mut Vec<Zone>) {
    let sets = page.rules.sets();
    for hit in &page.hits {
        let words = || page.text[hit.start..hit.end].to_lowercase();
        let found = match hit.cue {
            Cue::According => after(page, outlets, hit.end),
            // People say; outlets report.
            Cue::Saying if sets.reporting.contains(&words()) && !sets.plain_saying.contains(&words()) => {
                before(page, outlets, hit.start)
            }
            Cue::Saying if page.rules.words.telling.contains(&words()) => after(page, outlets, hit.end),
            _ => None,
        };
        if let Some((start, end, name)) = found.filter(|(_, _, name)| !page.is_own(name)) {
            let (start, end) = (start.min(hit.start), end.max(hit.end));
            let fact = format!("the source of one fact: {}", shown(&page.text[start..end]));
            zones.push(zone(page.text, ZoneKind::Cited, start, end, Some(name), fact));
        }
    }
}

/// The outlet whose name, perhaps with its article, ends right before byte `at`: its bytes, and how the corpus calls it.
fn before<'o>(page: &Page<'_>, outlets: &'o Outlets, at: usize) -> Option<(usize, usize, &'o str)> {
    let from = floor(page.text, at.saturating_sub(LONGEST_NAME));
    let near = page.text[from..at].trim_end();
    let starts = near.rmatch_indices(char::is_whitespace).map(|(space, c)| space + c.len()).chain([0]);
    let begins = |start: &usize| without_article(page, &near[*start..]).starts_with(char::is_uppercase);
    let starts = starts.take(MOST_WORDS + 1).filter(begins);
    starts.filter_map(|start| Some((from + start, at, outlets.named(&near[start..])?))).last()
}

/// The outlet whose name begins behind byte `at`, and perhaps an article, which may be part of it: `thehill.com`.
fn after<'o>(page: &Page<'_>, outlets: &'o Outlets, at: usize) -> Option<(usize, usize, &'o str)> {
    let near = &page.text[at..floor(page.text, at + LONGEST_NAME)];
    let whole = near.trim_start();
    let bare = without_article(page, whole);
    if !bare.starts_with(char::is_uppercase) {
        return None;
    }
    let named = |rest: &str| {
        let start = at + near.len() - rest.len();
        let ends =
            rest.match_indices(|c: char| c.is_whitespace() || ",.;:)\"”’'".contains(c)).map(|(end, _)| end);
        let ends = ends.chain([rest.len()]).take(MOST_WORDS + 1);
        ends.filter_map(|end| Some((start, start + end, outlets.named(&rest[..end])?))).last()
    };
    named(bare).or_else(|| named(whole))
}

/// `words` without the article before them.
fn without_article<'t>(page: &Page<'_>, words: &'t str) -> &'t str {
    let is_article = |word: &str| page.rules.words.articles.iter().any(|it| it.eq_ignore_ascii_case(word));
    match words.split_once(char::is_whitespace) {
        Some((first, behind)) if is_article(first) => behind.trim_start(),
        _ => words,
    }
}

/// Adds what agencies are named for.
fn agencies(page: &Page<'_>, zones: &mut Vec<Zone>) {
    let lead = lead_end(page);
    for (index, hit) in page.hits.iter().enumerate() {
        let (Cue::Agency(_) | Cue::Outlet(_)) = hit.cue else { continue };
        let verb = page.hits.get(index + 1).filter(|next| reports(page, hit, next));
        let name = page.rules.name(hit.cue);
        let may_credit = matches!(hit.cue, Cue::Agency(_)) && hit.start < lead;
        if let Some(verb) = verb.filter(|verb| may_credit && credits(page, hit, verb)) {
            let fact = format!("closes a sentence of the lead: {}", shown(&page.text[hit.start..verb.end]));
            zones.push(zone(page.text, ZoneKind::Credit, hit.start, verb.end, name, fact));
            continue;
        }
        // What it was told itself and what it says are no source of one fact.
        if name.is_some_and(|name| page.is_own(name)) {
            continue;
        }
        let told = told(page, hit);
        if verb.is_some() || told.is_some() {
            let (start, end) = (told.unwrap_or(hit.start), verb.map_or(hit.end, |verb| verb.end));
            let fact = format!("the source of one fact: {}", shown(&page.text[start..end]));
            zones.push(zone(page.text, ZoneKind::Cited, start, end, name, fact));
        }
    }
}

/// Where the lead ends: with the second real paragraph.
fn lead_end(page: &Page<'_>) -> usize {
    let long =
        page.paragraphs().map(|paragraph| page.bytes(&paragraph)).filter(|bytes| bytes.len() >= LEAD.1);
    let second = long.take(LEAD.0).last();
    second.map_or(page.text.len(), |bytes| bytes.end.min(bytes.start + MAX_LEAD))
}

/// Whether `verb` follows the name at `hit` and is what agencies do.
fn reports(page: &Page<'_>, hit: &Hit, verb: &Hit) -> bool {
    let gap = &page.text[hit.end..verb.start.max(hit.end)];
    let is_verb = verb.cue == Cue::Saying
        && page.rules.sets().reporting.contains(&page.text[verb.start..verb.end].to_lowercase());
    is_verb && !gap.is_empty() && gap.chars().all(char::is_whitespace)
}

/// Whether "…, AGENCY reports" closes a clause: a comma or a dash before it, the end or a comma after it.
fn credits(page: &Page<'_>, hit: &Hit, verb: &Hit) -> bool {
    let words = &page.rules.words;
    let before = page.text[floor(page.text, hit.start.saturating_sub(REACH))..hit.start].trim_end();
    let after = &page.text[verb.end..];
    let follows = before.ends_with([',', '-', '–', '—', '"', '”', '»'])
        || words.before_credit.iter().any(|word| strip_word(before, word).is_some());
    let closes = after.is_empty()
        || after.starts_with(['.', ',', ':', '\n', '\r'])
        || words.after_credit.iter().any(|word| after.trim_start().starts_with(word.as_str()));
    follows && closes
}

/// Where the words begin by which something was told to the agency at `hit`.
fn told(page: &Page<'_>, hit: &Hit) -> Option<usize> {
    let words = &page.rules.words;
    let from = floor(page.text, hit.start.saturating_sub(REACH));
    let before = page.text[from..hit.start].trim_end();
    let before = words.articles.iter().find_map(|word| strip_word(before, word)).unwrap_or(before).trim_end();
    words.telling.iter().find_map(|word| strip_word(before, word)).map(|rest| from + rest.len())
}

/// `text` without `word` at its end, if it ends with that word in whatever case.
fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let start = text.len().checked_sub(word.len()).filter(|&start| text.is_char_boundary(start))?;
    let (rest, last) = text.split_at(start);
    (last.eq_ignore_ascii_case(word) && !rest.ends_with(char::is_alphanumeric)).then_some(rest)
}
