//! Editors' words in square brackets: `he [the mayor] left`, `[w]e believe`.
//!
//! Brackets hold other things as often: the code of a share, the party of a senator, "Continued on Page 13", whose copy it
//! is, and what a machine read where no bracket was.

use std::ops::Range;

use memchr::memchr2_iter;

use crate::model::{Profile, Zone, ZoneKind};
use crate::provenance::zones::page::Page;
use crate::provenance::zones::rules::{Cue, Hit};
use crate::provenance::zones::{byline, zone};

/// Longest gloss, in bytes.
const LONGEST: usize = 500;

/// Adds the glosses among `bytes`, one paragraph: a pair of brackets with letters inside and other words on its line.
pub(super) fn find(page: &Page<'_>, bytes: &Range<usize>, zones: &mut Vec<Zone>) {
    let mut open: Option<usize> = None;
    for at in memchr2_iter(b'[', b']', &page.text.as_bytes()[bytes.clone()]) {
        let at = bytes.start + at;
        if page.text.as_bytes()[at] == b'[' {
            open = Some(at);
        } else if let Some(start) = open.take()
            && at + 1 - start <= LONGEST
            && is_gloss(page, start..at + 1)
        {
            let fact = "an insertion in square brackets".to_owned();
            zones.push(zone(page.text, ZoneKind::Gloss, start, at + 1, None, fact));
        }
    }
}

fn is_gloss(page: &Page<'_>, span: Range<usize>) -> bool {
    let inside = page.text[span.start + 1..span.end - 1].trim();
    let (before, after) = (&page.text[..span.start], &page.text[span.end..]);
    let begins = before.trim_end_matches([' ', '\t']);
    let ends = after.trim_start_matches([' ', '\t', '.']);
    let is_alone =
        (begins.is_empty() || begins.ends_with('\n')) && (ends.is_empty() || ends.starts_with(['\n', '\r']));
    let has_letters = inside.chars().any(char::is_alphabetic);
    // What follows a finished sentence and ends the line, or has a figure or comma and a sentence behind it, stands between
    // sentences, not in one: a note, a source.
    let goes_on =
        || ends.starts_with(char::is_uppercase) && inside.contains(|c: char| c == ',' || c.is_ascii_digit());
    let is_between =
        begins.ends_with(['.', '!', '?']) && (ends.is_empty() || ends.starts_with(['\n', '\r']) || goes_on());
    has_letters
        && !is_alone
        && !is_between
        && !is_markup(begins, after, inside)
        && !is_code(inside)
        && !is_notice(page, &span, inside)
        && (page.profile == Profile::News || (is_inside_line(begins, after) && is_read(inside)))
}

/// Whether the brackets are those of a link or a picture: `[[image:hall.jpg|right|the hall]]`, `[https://post.example]`.
fn is_markup(before: &str, after: &str, inside: &str) -> bool {
    before.ends_with('[')
        || after.starts_with([']', '('])
        || inside.contains(['|', '@'])
        || inside.contains("//")
}

/// Whether words stand beside the brackets on their lines. A machine reads brackets at the edges of columns where none are.
fn is_inside_line(before: &str, after: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || ",;”\"'’".contains(c));
    is_word(before.chars().next_back()) && is_word(after.trim_start_matches([' ', '\t']).chars().next())
}

/// Whether all letters are capitals and a mark or figure stands among them: `PRUL.L`, `D-PA`, `A12`; or a letter and a hyphen
/// say the party of somebody: `R-Sella`.
fn is_code(inside: &str) -> bool {
    let is_capital = !inside.contains(char::is_lowercase);
    let has_mark = inside.contains(|c: char| c.is_ascii_digit() || ".-–:/".contains(c));
    let letters: String = inside.chars().filter(|c| *c != ' ').take(2).collect();
    let is_party = letters.starts_with(char::is_uppercase) && letters.ends_with('-') && !inside.contains(' ');
    let is_figure = inside.starts_with(|c: char| c.is_ascii_digit());
    (is_capital && has_mark && !is_figure) || is_party
}

/// Whether the brackets say where the text goes on, or whose it is.
fn is_notice(page: &Page<'_>, span: &Range<usize>, inside: &str) -> bool {
    let rules = page.rules;
    let names = |hit: &Hit| matches!(hit.cue, Cue::Agency(_) | Cue::Photo(_));
    let first = page.hits_in(span.start, span.end).first();
    let is_credit = first.is_some_and(|hit| names(hit) && hit.start <= span.start + 2);
    is_credit
        || byline::after_word(&rules.words.byline, inside).is_some_and(|rest| page.is_name(rest, 2))
        || byline::after_word(&rules.words.notice, inside).is_some()
        || rules.words.notice.iter().any(|word| inside.eq_ignore_ascii_case(word))
}

/// Whether what a machine read are words on at most two lines: most of them of letters alone, and few marks.
fn is_read(inside: &str) -> bool {
    if inside.matches('\n').count() > 1 {
        return false;
    }
    let n_words = inside.split_whitespace().count();
    let is_word = |word: &&str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.chars().count() > 1 && bare.chars().all(char::is_alphabetic) || matches!(bare, "a" | "A" | "I")
    };
    inside.split_whitespace().filter(is_word).count() * 4 >= n_words * 3
}
