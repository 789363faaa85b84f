//! Place, date and agency before the first sentence: "NEW YORK, May 30 (Reuters) - ", "BAKU, Azerbaijan, September 21. ".
//!
//! What stands before a dash, or before the full stop after a date, is read part by part between commas: a place in
//! capitals (any capitalized words where a date or an agency vouches for it), its region, a date, a service in brackets. One
//! part that is none of these, and it is no dateline.

use std::ops::Range;

use crate::provenance::zones::floor;
use crate::provenance::zones::page::{Line, Page};
use crate::provenance::zones::rules::Cue;

/// Longest dateline, in bytes.
const LONGEST: usize = 120;

/// Bytes in which a place without a dash ends.
const NEAR: usize = 48;

/// Dashes and full stops at which a dateline may end that are tried.
const TRIES: usize = 4;

/// Most words of a place or region.
const PLACE_WORDS: usize = 4;

/// Shortest text after a dateline that nothing but capitals vouches for, in bytes.
const BODY: usize = 40;

/// A dateline read from the beginning of a line.
pub(super) struct Dateline<'a> {
    /// All of it, with the dash; bytes.
    pub(super) span: Range<usize>,
    /// The place with its region.
    pub(super) place: Option<&'a str>,
    /// The service in brackets, and the bytes of its name.
    pub(super) service: Option<(Cue, Range<usize>)>,
    /// Whether a date is part of it.
    pub(super) is_dated: bool,
}

/// Reads the dateline that `line` begins with.
pub(super) fn read<'a>(page: &Page<'a>, line: Line) -> Option<Dateline<'a>> {
    let whole = page.line(line);
    let head = skip_header(page, whole);
    let rest = &whole[head..];
    // Most lines begin in lower case, or with a capital and go on in lower case without a dash soon.
    if !rest.starts_with(|c: char| c.is_uppercase() || c == '(') {
        return None;
    }
    let window = &rest[..floor(rest, LONGEST)];
    terminators(window)
        .take(TRIES)
        .find_map(|(end, after, mark)| {
            read_until(page, (line.start, line.start + head), window, (end, after, mark))
        })
        .filter(|found| is_sure(page, line, found, head > 0))
}

/// Reads a known place that `line` begins with or is, its dash lost: a gap follows, or the next line.
pub(super) fn read_gap<'a>(page: &Page<'a>, index: usize) -> Option<Dateline<'a>> {
    let line = page.lines[index];
    let whole = page.line(line);
    if !line.begins || !whole.starts_with(char::is_uppercase) {
        return None;
    }
    let window = &whole[..floor(whole, NEAR)];
    let mut words =
        window.split_whitespace().map(|word| (word, word.as_ptr() as usize - window.as_ptr() as usize));
    let (mut place, mut end) = (String::new(), None);
    for (word, at) in words.by_ref().take(PLACE_WORDS) {
        place.push_str(word.trim_end_matches([',', '.']));
        if page.rules.sets().places.contains(&place.to_lowercase()) {
            end = Some(at + word.len());
            break;
        }
        place.push(' ');
    }
    let mut end = end?;
    let mut is_capitals = !place.contains(char::is_lowercase);
    // "DC", "D C", "D.C.": the region.
    while let Some(word) = window[end..].split_whitespace().next() {
        let at = word.as_ptr() as usize - window.as_ptr() as usize;
        // "U S  Senator" is none.
        let is_country = word.starts_with('U');
        let is_region = !is_country
            && word.chars().filter(|c| c.is_alphabetic()).count() <= 2
            && word.chars().all(|c| c.is_uppercase() || ".,".contains(c))
            && at <= end + 3;
        if !is_region || (!is_capitals && window[..end].contains(' ') && word.len() == 1 && at > end + 2) {
            break;
        }
        (end, is_capitals) = (at + word.len(), true);
        if window[..end].ends_with('C') || word.len() > 1 {
            break;
        }
    }
    let rest = &whole[end..];
    let begins = |text: &str| text.starts_with(|c: char| c.is_uppercase() || "\"“'‘".contains(c));
    let is_gap = rest.starts_with("  ") && rest.len() >= BODY && begins(rest.trim_start());
    let next = || page.lines.get(index + 1).filter(|next| next.begins).map(|next| page.line(*next));
    let is_alone = rest.is_empty() && next().is_some_and(|next| begins(next) && next.len() >= BODY);
    let holds = is_capitals && (is_gap || is_alone);
    holds.then(|| Dateline {
        span: line.start..line.start + end,
        place: Some(&whole[..end]),
        service: None,
        is_dated: false,
    })
}

/// Whether more than capitals speaks for it, or it stands before a sentence.
fn is_sure(page: &Page<'_>, line: Line, found: &Dateline<'_>, has_header: bool) -> bool {
    if found.service.is_some() || found.is_dated || has_header {
        return true;
    }
    let is_capitals = found.place.is_some_and(|place| {
        let first = place.split(',').next().unwrap_or_default();
        first.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !first.chars().any(char::is_lowercase)
    });
    let body = page.text[found.span.end..line.end].trim_start();
    is_capitals
        && body.len() >= BODY
        && body.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"“'‘«„".contains(c))
}

/// Bytes of a header such as "date 2023-09-19 " before the dateline.
fn skip_header(page: &Page<'_>, line: &str) -> usize {
    let mut words = line.split_inclusive(' ');
    let Some(first) = words.next() else { return 0 };
    let word = first.trim_matches([' ', ':']);
    let is_before_digit = line[first.len()..].starts_with(|c: char| c.is_ascii_digit());
    if !is_before_digit || !page.rules.words.header.iter().any(|header| header.eq_ignore_ascii_case(word)) {
        return 0;
    }
    let digits =
        words.take_while(|word| word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with(' '));
    let skipped: usize = digits.map(str::len).sum();
    if skipped == 0 { 0 } else { first.len() + skipped }
}

/// What a dateline may end with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Dash,
    /// A full stop, behind a date.
    Stop,
    /// The bracket behind a service.
    Bracket,
}

/// Where a dateline may end: the byte of the mark, the byte after it, and what it is.
fn terminators(window: &str) -> impl Iterator<Item = (usize, usize, Mark)> + '_ {
    // Bytes with which a mark begins: those of the dashes are three, in UTF-8.
    let may_begin = window.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'-' | b'.' | b')' | 0xe2));
    may_begin.filter_map(move |(at, _)| {
        let c = window[at..].chars().next()?;
        let after = at + c.len_utf8();
        let before = window[..at].chars().next_back();
        let next = window[after..].chars().next();
        let is_dash = |c: char| "-–—".contains(c);
        match c {
            // "SELLA (AP)  The board": the dash was lost.
            ')' if next.is_some_and(char::is_whitespace)
                && !window[after..].trim_start().starts_with(is_dash) =>
            {
                Some((after, after, Mark::Bracket))
            }
            '—' | '–' => Some((at, after, Mark::Dash)),
            '-' if next == Some('-') => Some((at, after + 1, Mark::Dash)),
            '-' if before == Some('-') => None,
            // A hyphen joins words; a dash has space on one side or a bracket before it.
            '-' if next.is_none_or(char::is_whitespace) || before == Some(' ') || before == Some(')') => {
                Some((at, after, Mark::Dash))
            }
            // A date ends in a number.
            '.' if before.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(char::is_whitespace) => {
                Some((at, after, Mark::Stop))
            }
            _ => None,
        }
    })
}

/// Reads the parts of `window` up to a mark.
fn read_until<'a>(
    page: &Page<'a>,
    (line_start, start): (usize, usize),
    window: &'a str,
    (end, after, mark): (usize, usize, Mark),
) -> Option<Dateline<'a>> {
    let mut words = window[..end].trim_end();
    let mut service = None;
    if let Some(hit) =
        page.hits_in(start, start + end).iter().find(|hit| page.rules.service(hit.cue).is_some())
    {
        let before = window[..hit.start - start].trim_end();
        let behind = window[hit.end - start..end].trim();
        let opener = before.chars().next_back().filter(|c| matches!(c, '(' | '/' | '['))?;
        let closes = behind.is_empty() && opener == '/'
            || behind.trim_end_matches('.').ends_with([')', '/', ']']) && behind.len() < 20;
        if !closes {
            return None;
        }
        service = Some((hit.cue, hit.start..hit.end));
        words = before[..before.len() - 1].trim_end();
    }
    let words = words.trim_start_matches('(').trim_end_matches(')').trim();
    let is_weekday = |part: &str| page.rules.sets().weekdays.contains(&part.to_lowercase());
    let parts = words.split(',').map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty() && !is_weekday(part)).collect();
    let is_date = |part: &str| is_date(page, part);
    let first_date = parts.iter().position(|part| is_date(part)).unwrap_or(parts.len());
    let (places, dates) = parts.split_at(first_date);
    let is_dated = !dates.is_empty();
    let holds = places.iter().all(|part| is_place(page, part))
        && dates.iter().all(|part| is_date(part) || is_year(part));
    let is_dash = mark == Mark::Dash;
    let is_bracketed = mark == Mark::Bracket
        && service.is_some()
        && places.first().is_some_and(|place| !place.contains(char::is_lowercase))
        && window[after..].trim_start().starts_with(|c: char| c.is_uppercase() || "\"“'‘".contains(c));
    if mark == Mark::Bracket && !is_bracketed {
        return None;
    }
    let is_told = service.is_some() || (!places.is_empty() && (is_dash || is_dated));
    if !holds || !is_told || (mark == Mark::Stop && !is_dated) || places.len() > 3 {
        return None;
    }
    let place = places.first().zip(places.last()).map(|(first, last)| {
        let from = first.as_ptr() as usize - window.as_ptr() as usize;
        let to = last.as_ptr() as usize - window.as_ptr() as usize + last.len();
        &window[from..to]
    });
    Some(Dateline { span: line_start..start + after, place, service, is_dated })
}

/// Whether `part` is a label and no place, such as "NOTE" or "TITLE III".
fn is_label(page: &Page<'_>, part: &str) -> bool {
    let sets = page.rules.sets();
    let is_numeral = |word: &str| word.len() > 1 && word.chars().all(|c| "IVXL".contains(c));
    let is_day = |word: &str| sets.weekdays.contains(&word.to_lowercase());
    part.split_whitespace().next().is_some_and(is_day)
        || part.split_whitespace().any(|word| sets.labels.contains(&word.to_lowercase()) || is_numeral(word))
}

/// Whether `part` is a few capitalized words without a verb among them.
fn is_place(page: &Page<'_>, part: &str) -> bool {
    let mut n = 0;
    part.split_whitespace().all(|word| {
        n += 1;
        let starts = word.starts_with(|c: char| c.is_uppercase());
        let is_joint = n > 1 && page.rules.sets().joints.contains(word);
        (starts || is_joint)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '/'))
    }) && (1..=PLACE_WORDS).contains(&n)
        && !is_label(page, part)
}

/// Whether `part` names a day: a month with a number, or digits in the form of a date, weekday and time allowed.
pub(super) fn is_date(page: &Page<'_>, part: &str) -> bool {
    let sets = page.rules.sets();
    let (mut months, mut numbers) = (0, 0);
    let holds = part.split_whitespace().all(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = word.to_lowercase();
        if sets.months.contains(&lower) {
            months += 1;
            true
        } else if word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 10 {
            numbers += 1;
            let tail =
                word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ':'));
            matches!(tail, "" | "st" | "nd" | "rd" | "th" | "am" | "pm" | "AM" | "PM")
        } else {
            sets.weekdays.contains(&lower)
        }
    });
    holds && months <= 1 && numbers >= 1 && (months == 1 || part.trim().len() >= 8)
}

fn is_year(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit())
}
