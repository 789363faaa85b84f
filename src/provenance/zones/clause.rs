//! Is a run of words a clause, something that can be said, or the name of somebody or something?
//!
//! Without a grammar, by words that are data: auxiliaries and irregular forms, endings, and words that open a subordinate
//! clause. In doubt it is a clause: a statement has a verb somewhere.

use crate::provenance::zones::rules::Rules;
use crate::provenance::zones::words::{bare, ends, listed};

/// Most words looked at, so that a text without full stops costs no more.
const MOST_WORDS: usize = 80;

/// Letters of a word whose ending tells a verb.
const SHORTEST: usize = 4;

/// How surely words hold a finite verb of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Finite {
    /// Nothing looks like one.
    No,
    /// A word has an ending of verbs, which nouns and participles have too.
    Perhaps,
    /// A word that is always one.
    Yes,
}

/// Whether `words` hold a finite verb outside relative clauses.
pub(super) fn finite(rules: &Rules, words: &str) -> Finite {
    let sets = rules.sets();
    let (mut found, mut is_relative) = (Finite::No, false);
    for (index, word) in words.split_whitespace().take(MOST_WORDS).enumerate() {
        let lower = listed(word);
        is_relative |= index > 0 && sets.relatives.contains(&lower);
        if !is_relative {
            if sets.finite.contains(&lower) || ends(&lower, &sets.finite_endings) {
                return Finite::Yes;
            }
            let is_ending = ends(&lower, &sets.verb_endings) && !ends(&lower, &sets.noun_endings);
            let is_small = bare(word).starts_with(char::is_lowercase);
            if index > 0 && lower.len() >= SHORTEST && is_ending && is_small {
                found = Finite::Perhaps;
            }
        }
        if word.ends_with([',', ';', '—', '–']) {
            is_relative = false;
        }
    }
    found
}

/// Whether `words` can stand alone as what somebody said: a finite verb, and not only behind a word that makes all of it an
/// adverbial, as in "After the vote was taken".
pub(super) fn is_main(rules: &Rules, words: &str) -> bool {
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = words.split_whitespace().next().map(listed).unwrap_or_default();
    let (is_clause, is_phrase) =
        (rules.sets().subordinators.contains(&first), rules.sets().prepositions.contains(&first));
    let behind = || words.split_once(", ").map(|(_, behind)| finite(rules, behind));
    match (is_clause, is_phrase) {
        (true, _) => behind().is_some_and(|found| found > Finite::No),
        (_, true) => behind().map_or(finite(rules, words) == Finite::Yes, |found| found > Finite::No),
        _ => finite(rules, words) > Finite::No,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_told_from_names() {
        for (words, expected) in [
            ("The pier will hold for years", true),
            ("The board took the same measures", true),
            ("The plan needs more money", true),
            ("It isn't the same pier", true),
            ("When you look at the pier, the least we can do is to paint it", true),
            ("In the end it was the pier that held", true),
            ("Former mayor of the town of Lindwall", false),
            ("Cem Dorn, who was the mayor of Sella", false),
            ("After the book came out", false),
            ("In a letter to the mayor of Lindwall", false),
            ("For a long time to come", false),
            ("new ferry for the lake", false),
        ] {
            assert_eq!(is_main(&Rules::built_in(), words), expected, "{words}");
        }
    }
}
