//! Does an outlet speak of itself as somebody who says things?
//!
//! A press office writes about the one it works for: "Senator Brandt said", "the Harbour Board today announced". Newsrooms do
//! not, so who does so in many texts of its own is none ([`crate::provenance::names::tell_offices`]). Each place with the name
//! is asked for a verb of saying a fixed number of words away: linear in the text.

use memchr::memmem;

use crate::provenance::zones::floor;
use crate::provenance::zones::rules::{Rules, capitalized, host_labels};
use crate::provenance::zones::words::bare;

/// Fewest bytes of a name, and of one that is part of a host: `news` and `com` name nobody.
const SHORTEST: (usize, usize) = (3, 5);

/// Words with a capital between a verb and the last word of the name behind it: "said Democratic Senator Ada Brandt".
const TITLES: usize = 4;

/// Bytes looked at on either side of a name.
const NEAR: usize = 80;

/// Whether somebody of the name of the outlet `source` says something in `text`.
#[must_use]
pub fn speaks_of_itself(text: &str, source: &str, rules: &Rules) -> bool {
    let labels: Vec<&str> = host_labels(source).collect();
    if labels.is_empty() {
        return source.len() >= SHORTEST.0 && is_speaker(text, source, rules);
    }
    labels
        .iter()
        .filter(|label| label.len() >= SHORTEST.1)
        .any(|label| is_speaker(text, &capitalized(label), rules))
}

/// Whether `name`, or its last word where no other name is, has a verb of saying beside it.
fn is_speaker(text: &str, name: &str, rules: &Rules) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some((last, first)) = words.split_last() else { return false };
    let sets = rules.sets();
    let is_title = |word: &str| {
        let word = bare(word).to_lowercase();
        sets.titles.contains(&word) || rules.words.articles.contains(&word)
    };
    memmem::find_iter(text.as_bytes(), last.as_bytes()).any(|at| {
        let (start, end) = (at, at + last.len());
        let before = &text[floor(text, start.saturating_sub(NEAR))..start];
        let after = &text[end..floor(text, end + NEAR)];
        if before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric) {
            return false;
        }
        // Words before it, the nearest first.
        let mut back = before.split_whitespace().rev();
        let is_whole =
            first.iter().rev().zip(back.clone()).filter(|(of, word)| *of == word).count() == first.len();
        let is_alone = back.clone().next().is_none_or(|word| !begins_name(word) || is_title(word));
        (is_whole || is_alone) && (says_after(after, rules) || says_before(&mut back, rules))
    })
}

/// Whether a verb follows the name, perhaps behind a bracket and one small word: "Brandt (I-Sella) today announced".
fn says_after(after: &str, rules: &Rules) -> bool {
    let after = match after.trim_start().strip_prefix('(') {
        Some(inside) => inside.split_once(')').map_or("", |(_, behind)| behind),
        None => after,
    };
    let mut words = after.split_whitespace().map(bare);
    let is_verb = |word: &str| rules.sets().self_saying.contains(word);
    match words.next() {
        Some(word) if is_verb(word) => true,
        Some(word) => word.starts_with(char::is_lowercase) && words.next().is_some_and(is_verb),
        None => false,
    }
}

/// Whether a verb stands before the name, perhaps with titles and first names between. "Told Brandt" is another one speaking.
fn says_before<'t>(back: &mut impl Iterator<Item = &'t str>, rules: &Rules) -> bool {
    let sets = rules.sets();
    let verb = back.take(TITLES + 1).find(|word| !begins_name(word));
    verb.is_some_and(|word| sets.self_saying.contains(word) && !sets.telling.contains(word))
}

fn begins_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_speak_of_whom_they_work_for() {
        let cases = [
            ("Brandt", "\"It holds,\" said Democratic Senator Ada Brandt.", true),
            ("Brandt", "Senator Brandt today announced a pier.", true),
            ("Brandt", "Ada Brandt (I-Sella) announced a pier.", true),
            ("Ada Brandt", "Sen. Brandt said it holds.", true),
            ("Ada Brandt", "Ada Brandt also warned of storms.", true),
            ("Harbour Board", "The Harbour Board announced a pier.", true),
            ("Harbour Board", "The Board said it holds.", true),
            ("harbour.example", "A spokesman of Harbour said it holds. Harbour announced a pier.", true),
            // Others speak, are spoken to, or report.
            ("Brandt", "Brandt's pier, said Cem Dorn.", false),
            ("Brandt", "The mayor told Brandt that it holds.", false),
            ("Brandt", "Brandtson said it holds.", false),
            ("Brandt", "Brandt  The mayor said it holds.", false),
            ("Daily News", "Lake News said it holds.", false),
            ("Daily News", "He told the Daily News that it holds, the Daily News reported.", false),
            ("news.example", "News said it holds.", false),
            ("é", "é said it holds.", false),
            ("", "said it holds.", false),
        ];
        for (source, text, expected) in cases {
            assert_eq!(speaks_of_itself(text, source, &Rules::built_in()), expected, "{source}: {text}");
        }
    }
}
