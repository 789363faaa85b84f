//! Who wrote it, where no "by" says so: a name alone above the date, a note at the end.

use crate::model::{Zone, ZoneKind};
use crate::provenance::zones::furniture::Role;
use crate::provenance::zones::page::Page;
use crate::provenance::zones::words::listed;
use crate::provenance::zones::{headline, shown, zone};

/// Fewest and most words of a name that stands alone.
const NAME: (usize, usize) = (2, 4);

/// Lines at the top in which a name above the date stands.
const TOP: usize = 6;

/// Words of a note in which its author's trade is named: "is a business reporter for".
const TRADE: usize = 8;

/// Adds such names and notes to `zones`, and says of their lines in `roles` that they are taken.
pub(super) fn find(page: &Page<'_>, roles: &mut [Role], zones: &mut Vec<Zone>) {
    let bylines = zones.iter().filter(|zone| zone.kind == ZoneKind::Byline);
    let known: Vec<String> = bylines.filter_map(|zone| zone.name.clone()).collect();
    let mut add = |index: usize, name: &str, fact: &str, roles: &mut [Role]| {
        let line = page.lines[index];
        let fact = format!("{fact}: {}", shown(page.line(line)));
        zones.push(zone(page.text, ZoneKind::Byline, line.start, line.end, Some(name), fact));
        roles[index] = Role::Taken;
    };
    let dates =
        (1..roles.len()).filter(|&index| roles[index] == Role::Date && roles[index - 1] == Role::Other);
    let mut above = dates.filter(|&index| index <= TOP && is_day(page, index)).map(|index| index - 1);
    // Rows of names and figures are a table.
    if let (Some(index), None) = (above.next(), above.next()) {
        drop(above);
        if let Some(name) = alone(page, index) {
            add(index, name, "a name above the date", roles);
        }
    }
    for index in (0..page.lines.len()).rev().take_while(|&index| page.is_tail(index) && index > 0) {
        if roles[index] != Role::Other {
            continue;
        }
        if let Some(name) = note(page, index, &known) {
            add(index, name, "says who the author is", roles);
        }
    }
}

/// Whether line `index` tells a day of a year.
fn is_day(page: &Page<'_>, index: usize) -> bool {
    let words = || page.line(page.lines[index]).split(|c: char| !c.is_alphanumeric());
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    words().any(is_year) && words().any(|word| page.rules.sets().months.contains(&word.to_lowercase()))
}

/// The name that is all of line `index`, if it can be one: words with a capital and small letters, none of which the text
/// uses in small letters, and no cue.
fn alone<'a>(page: &Page<'a>, index: usize) -> Option<&'a str> {
    let line = page.lines[index];
    let text = page.line(line);
    let n_words = text.split_whitespace().count();
    let has_room = (NAME.0..=NAME.1).contains(&n_words) && line.begins;
    if !has_room || !page.hits_in(line.start, line.end).is_empty() || headline::is_furniture(page, text) {
        return None;
    }
    let is_given = |word: &str| {
        let is_initial = word.len() <= 2 && word.ends_with('.');
        let is_name = word.chars().all(|c| c.is_alphabetic() || "-'’".contains(c))
            && word.chars().nth(1).is_some_and(char::is_lowercase);
        word.starts_with(char::is_uppercase) && (is_initial || is_name && !stands_small(page.text, word))
    };
    let is_name = text.split_whitespace().all(is_given) && page.is_name(text, NAME.0);
    (is_name && !page.ends_with_source(text)).then_some(text)
}

/// Whether `text` has `word` in small letters, as a word.
fn stands_small(text: &str, word: &str) -> bool {
    let small = word.to_lowercase();
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(&small).any(|(at, _)| {
        is_edge(text[..at].chars().next_back()) && is_edge(text[at + small.len()..].chars().next())
    })
}

/// The author whom line `index` of the tail is a note on: it begins with a name and a form of "be", and either `known` are
/// the names of a byline, or a trade of the press follows and the text names them nowhere before.
fn note<'a>(page: &Page<'a>, index: usize, known: &[String]) -> Option<&'a str> {
    let line = page.lines[index];
    let text = page.line(line);
    if !line.begins || !text.starts_with(char::is_uppercase) {
        return None;
    }
    let sets = page.rules.sets();
    let n_name = text.split_whitespace().take(NAME.1 + 1).position(|word| sets.be.contains(word))?;
    let end = text.match_indices(char::is_whitespace).nth(n_name.checked_sub(1)?).map(|(at, _)| at)?;
    let name = &text[..end];
    if !page.is_name(name, NAME.0)
        || !name.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
    {
        return None;
    }
    let is_known = || known.iter().any(|it| it.contains(name));
    let has_trade = || {
        let near = text[end..].split_whitespace().skip(1).take(TRADE);
        near.map(listed).any(|word| sets.trade.contains(&word))
    };
    let is_new = || !page.text[..line.start].contains(name.split_whitespace().next_back().unwrap_or(name));
    (is_known() || (has_trade() && is_new())).then_some(name)
}
