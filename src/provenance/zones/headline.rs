//! The headline and the line under it, and the lines of a web page that look like one and are furniture.
//!
//! Where the source tells a title, only a line like it is the headline; else the first line of words before the text
//! that is no furniture, no row of figures, no name of the site.

use std::collections::BTreeSet;

use crate::model::{Zone, ZoneKind};
use crate::provenance::zones::furniture::Role;
use crate::provenance::zones::page::{Line, Page};
use crate::provenance::zones::rules::Cue;
use crate::provenance::zones::zone;

/// Fewest and most words of a headline.
const WORDS: (usize, usize) = (4, 35);

/// Longest headline and shortest line of running text, in bytes.
const LONGEST: usize = 240;

/// See [`LONGEST`].
const BODY: usize = 200;

/// Longest line of a headline inside a page, in bytes, and fewest of its words with a capital.
const HEADING: usize = 60;

/// See [`HEADING`].
const HEADING_WORDS: usize = 3;

/// Digits of a telephone number.
const PHONE: usize = 7;

/// Fewest words of a sentence that is running text.
const SENTENCE_WORDS: usize = 12;

/// Most words of a line of navigation that one word alone shows.
const FURNITURE_WORDS: usize = 5;

/// Adds the headline, its repetitions and the line under it to `zones`.
pub(super) fn find(page: &Page<'_>, roles: &[Role], zones: &mut Vec<Zone>) {
    let body = body(page, roles);
    let title = page.title.map(words_of).filter(|words| !words.is_empty());
    let is_first = |&index: &usize| match &title {
        Some(title) => {
            roles[index] == Role::Other
                && is_like(page.line(page.lines[index]), title)
                && (index == 0 || page.lines[index].begins)
                && page.lines.get(index + 1).is_none_or(|next| next.begins)
        }
        None => is_headline(page, roles, index),
    };
    let Some(first) = (0..body).find(is_first) else { return };
    let mut add = |index: usize, fact: &str| {
        let line = page.lines[index];
        zones.push(zone(page.text, ZoneKind::Headline, line.start, line.end, None, fact.to_owned()));
    };
    add(first, if title.is_some() { "the title that the source tells" } else { "the first line of words" });
    let text = page.line(page.lines[first]);
    for index in (first + 1..page.lines.len()).take_while(|&index| page.is_head(index)) {
        if page.line(page.lines[index]) == text {
            add(index, "the headline again");
        } else if index == first + 1 && is_deck(page, roles, index) {
            add(index, "the line under the headline");
        }
    }
}

/// The words of a title without their marks.
fn words_of(title: &str) -> BTreeSet<String> {
    title
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether `text` has most of the words of `title` and few others.
fn is_like(text: &str, title: &BTreeSet<String>) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let words = words_of(text);
    let n_common = words.intersection(title).count();
    n_common * 2 > words.len().max(title.len())
}

/// Whether the line under the headline goes on with it: one sentence at most, and the next line is a byline, a date, a
/// picture or a dateline.
fn is_deck(page: &Page<'_>, roles: &[Role], index: usize) -> bool {
    let text = page.line(page.lines[index]);
    let has_words = text.split_whitespace().count() > WORDS.0;
    let is_followed = roles.get(index + 1).is_some_and(|role| !matches!(role, Role::Other | Role::Contact));
    has_words
        && text.len() <= LONGEST
        && roles[index] == Role::Other
        && is_followed
        && !text.ends_with([':', ','])
        && !has_two_sentences(page, text)
}

/// Whether a full stop stands inside `text` before another sentence.
fn has_two_sentences(page: &Page<'_>, text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).any(|pair| {
        pair[1].starts_with(char::is_uppercase)
            && pair[0].strip_suffix('.').is_some_and(|word| {
                let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
                bare.chars().count() > 1
                    && !bare.contains('.')
                    && !page.rules.sets().abbreviations.contains(&bare.to_lowercase())
            })
    })
}

/// The line with which the running text begins.
fn body(page: &Page<'_>, roles: &[Role]) -> usize {
    let n_head = (0..page.lines.len()).take_while(|&index| page.is_head(index)).count();
    let is_body = |&index: &usize| match roles[index] {
        Role::Dateline => true,
        Role::Other => is_running(page.line(page.lines[index])),
        _ => false,
    };
    (0..n_head).find(is_body).unwrap_or_else(|| usize::from(n_head > 1))
}

/// Whether a line is long enough for running text, or a sentence of it.
pub(super) fn is_running(text: &str) -> bool {
    text.len() > BODY || text.ends_with('.') && text.split_whitespace().count() >= SENTENCE_WORDS
}

fn is_headline(page: &Page<'_>, roles: &[Role], index: usize) -> bool {
    let line = page.lines[index];
    let text = page.line(line);
    let n_words = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    let has_room = (WORDS.0..=WORDS.1).contains(&n_words) && text.len() <= LONGEST;
    let starts = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"'“‘«„".contains(c));
    let stops = text.ends_with('.') && !text.ends_with("...") || text.ends_with([',', ';', ':']);
    let next = page.lines.get(index + 1);
    let is_apart = next.is_none_or(|next| next.begins);
    has_room
        && starts
        && !stops
        && is_apart
        && roles[index] == Role::Other
        && !is_row_of_figures(text)
        && !is_list_of_links(page, text)
        && !names_site(page, text)
        && !has_number_to_call(page, line)
}

/// Whether a line tells whom to call.
fn has_number_to_call(page: &Page<'_>, line: Line) -> bool {
    let says = page.hits_in(line.start, line.end).iter().any(|hit| hit.cue == Cue::Contact);
    says && page.line(line).bytes().filter(u8::is_ascii_digit).count() >= PHONE
}

/// Whether half of the words hold figures: "Net 4,505,000 vs 4,493,000".
fn is_row_of_figures(text: &str) -> bool {
    let n_words = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    let n_figures =
        text.split_whitespace().filter(|word| word.contains(|c: char| c.is_ascii_digit())).count();
    n_figures * 2 >= n_words
}

/// Whether most words are names of the navigation: "Share on Facebook Share on Twitter", "FacebookEmail Twitter".
fn is_list_of_links(page: &Page<'_>, text: &str) -> bool {
    let links = &page.rules.sets().navigation;
    let is_link = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        links.contains(&bare.to_lowercase()) || parts(bare).all(|part| links.contains(&part.to_lowercase()))
    };
    let (n_links, n_words) = text
        .split_whitespace()
        .fold((0, 0), |(links, all), word| (links + usize::from(is_link(word)), all + 1));
    n_links * 2 >= n_words
}

/// The parts of a word that ran together, each from a capital on: "FacebookEmail".
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let inner = word.char_indices().skip(1).filter(|(_, c)| c.is_uppercase()).map(|(at, _)| at);
    let starts: Vec<usize> = std::iter::once(0).chain(inner).chain([word.len()]).collect();
    (1..starts.len()).map(move |next| &word[starts[next - 1]..starts[next]])
}

/// Whether one part of `text` between marks says which page of a site this is: "Ada Brandt : Press Room".
fn names_site(page: &Page<'_>, text: &str) -> bool {
    let is_site = |part: &str| page.rules.words.site.iter().any(|it| it.eq_ignore_ascii_case(part.trim()));
    let lower = text.to_lowercase();
    let is_few = text.split_whitespace().count() <= FURNITURE_WORDS;
    if is_few
        && (page.ends_with_source(text)
            || page.rules.words.site.iter().any(|it| lower.ends_with(it.as_str())))
    {
        return true;
    }
    text.split([':', '|', '»', '>', '–', '—']).flat_map(|part| part.split(" - ")).any(is_site)
}

/// Whether a short line is navigation of a page.
pub(super) fn is_furniture(page: &Page<'_>, text: &str) -> bool {
    let lower = text.to_lowercase();
    let begins = |word: &String| {
        lower.strip_prefix(word.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let is_few = text.split_whitespace().count() <= FURNITURE_WORDS;
    let words = &page.rules.words.furniture;
    words.iter().any(|word| begins(word) && (is_few || word.contains(' ')))
}

/// Whether `words` are dates, times and words of credit only.
pub(super) fn is_stamp(page: &Page<'_>, words: &str) -> bool {
    let sets = page.rules.sets();
    words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        let lower = word.to_lowercase();
        let is_word =
            sets.credit.contains(&lower) || sets.months.contains(&lower) || sets.weekdays.contains(&lower);
        is_word || word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 5
    })
}

/// Whether `line` is set as a headline is, inside a page: in capitals, or with one at each word but small ones, and no full stop.
pub(super) fn is_heading(page: &Page<'_>, line: &Line) -> bool {
    let text = page.line(*line);
    if page.is_capitals(line) {
        return true;
    }
    let is_joint = |word: &str| word.len() <= 4 && word.chars().all(char::is_lowercase);
    let (mut n_words, mut n_titled) = (0, 0);
    let holds = text.len() <= HEADING
        && text.split_whitespace().all(|word| {
            n_words += 1;
            n_titled += usize::from(word.chars().count() > 2 && word.starts_with(char::is_uppercase));
            word.starts_with(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || "-'’,;".contains(c))
                || n_words > 1 && is_joint(word)
        });
    holds && n_titled >= HEADING_WORDS && !text.ends_with(['.', ','])
}
