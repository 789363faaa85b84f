//! Who wrote it: "By NAME", "NAME and NAME, AGENCY".
//!
//! Many a sentence goes on with "by" in a new line of a narrow column. So a byline stands where the line before is
//! finished, holds the name of a person, and ends with it, its office, its outlet or a date.

use crate::provenance::zones::page::{Line, Page};
use crate::provenance::zones::rules::{Cue, Hit};

/// Fewest words of a person's name.
const NAME_WORDS: usize = 2;

/// Most words between the last name and the end of the line: an office, an outlet, a date.
const REST_WORDS: usize = 14;

/// The agency that a line of names ends with, or names last.
pub(super) fn agency(hits: &[Hit]) -> Option<&Hit> {
    hits.iter().rfind(|hit| matches!(hit.cue, Cue::Agency(_)))
}

/// The names in line `index`, if it says who wrote the text; `hits` are those of the line.
pub(super) fn read<'a>(page: &Page<'a>, index: usize, hits: &[Hit]) -> Option<&'a str> {
    let line = page.lines[index];
    let text = page.line(line);
    let agency = agency(hits);
    let is_whole = page.lines.get(index + 1).is_none_or(|next| next.begins) || page.is_apart(index + 1);
    if text.ends_with(['?', '!', ':', ',', ';']) || !is_whole || goes_on(page, index) {
        return None;
    }
    // Names end before the agency; `part` is the end of the line.
    let until = |part: &str| agency.map_or(part.len(), |it| part.len().saturating_sub(line.end - it.start));
    let opener = |text: &'a str| after_word(&page.rules.words.byline, text);
    let own = || agency.filter(|agency| ends_names(page, line, agency) && page.is_apart(index)).map(|_| text);
    let given = opener(text).or_else(|| after_mark(text).find_map(opener)).or_else(own)?;
    let names = names(page, &given[..until(given)])?;
    let first = names.split(',').next().unwrap_or_default();
    (page.is_name(first, NAME_WORDS) && ends(page, &given[names.len()..], hits)).then_some(names)
}

/// Whether line `index` goes on with what the line before it began: with a small letter, or with a headline of several
/// lines in capitals.
fn goes_on(page: &Page<'_>, index: usize) -> bool {
    let line = page.lines[index];
    let Some(before) = index.checked_sub(1).map(|before| page.line(page.lines[before])) else { return false };
    let is_finished = before.ends_with(['.', '!', '?', '"', '”', ')', ']']);
    if line.begins || is_finished {
        return false;
    }
    let text = page.line(line);
    let is_small = text.starts_with(char::is_lowercase);
    is_small || !page.is_apart(index) || [text, before].iter().all(|text| !text.contains(char::is_lowercase))
}

/// What stands behind the dashes, slashes and bars of `text` that no bracket holds.
fn after_mark(text: &str) -> impl Iterator<Item = &str> {
    // Dashes begin with this byte in UTF-8; few lines have any of these.
    let has_mark = memchr::memchr3(0xe2, b'|', b'/', text.as_bytes()).is_some();
    let free = text.find('(').filter(|&open| open > 0).unwrap_or(text.len());
    let places = text[..free].match_indices([' ', '—']).map(|(at, mark)| at + mark.len());
    places
        .filter(move |&at| has_mark && text[..at].trim_end().ends_with(['—', '–', '|', '/']))
        .map(|at| &text[at..])
}

/// Whether a byline may end with `rest`, what stands behind its names: nothing, or what a mark or a date begins.
fn ends(page: &Page<'_>, rest: &str, hits: &[Hit]) -> bool {
    let rest = rest.trim();
    let first = rest.split_whitespace().next().unwrap_or_default();
    let is_date = first.starts_with(|c: char| c.is_ascii_digit()) || page.is_day_word(first);
    let begins = rest.is_empty()
        || rest.starts_with([',', '|', '/', '(', ')', '-', '–', '—', '@', '•', '·', '.', '<'])
        || is_date
        || page.rules.words.furniture.contains(&first.to_lowercase());
    let says = hits
        .iter()
        .any(|hit| hit.cue == Cue::Saying && page.text[hit.start..hit.end].contains(char::is_lowercase));
    begins && !says && rest.split_whitespace().count() <= REST_WORDS
}

/// What follows one of `words` at the beginning of `text`.
pub(super) fn after_word<'t>(words: &[String], text: &'t str) -> Option<&'t str> {
    let text = text.trim_start_matches(['(', ' ']);
    words.iter().find_map(|word| {
        let (head, rest) = text.split_at_checked(word.len())?;
        (head.eq_ignore_ascii_case(word) && rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
    })
}

/// Whether an agency ends a line of names: "Name and Name, AGENCY".
fn ends_names(page: &Page<'_>, line: Line, agency: &Hit) -> bool {
    let before = page.text[line.start..agency.start].trim_end();
    let is_parted = before.ends_with([',', '-', '–', '—', '|']);
    let names = before.trim_end_matches([',', '-', '–', '—', '|', ' ']);
    let is_name =
        |word: &str| word.starts_with(char::is_uppercase) || page.rules.sets().joints.contains(word);
    agency.end == line.end && is_parted && names.contains(' ') && names.split_whitespace().all(is_name)
}

/// The names at the beginning of `text`, up to a comma before an office, an agency, a date or a dash.
fn names<'t>(page: &Page<'_>, text: &'t str) -> Option<&'t str> {
    let sets = page.rules.sets();
    let mut end = 0;
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim().trim_end_matches([',', ')', '.']);
        let lower = bare.to_lowercase();
        let is_joint = sets.joints.contains(&lower);
        let is_name = bare.starts_with(char::is_uppercase) && !sets.months.contains(&lower);
        if bare.is_empty() || !(is_name || is_joint) {
            break;
        }
        if is_name {
            end = at + word.trim_end().trim_end_matches([',', ')']).len();
        }
        at += word.len();
    }
    (end > 0).then(|| text[..end].trim())
}
