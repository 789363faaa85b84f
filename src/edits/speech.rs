//! Words that tell who said something, or how sure they were. English; written for this program.

use crate::edits::Side;
use crate::model::{Flags, TokenSpan};

/// What a run of words does besides stating something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoken {
    /// It says that somebody said it.
    Saying,
    /// It says that it may not be so.
    Hedge,
}

/// What the words of `run` do, without repeats. A phrase may end in the words after the run: `may` before a shared `have`.
pub(super) fn listen(side: Side<'_>, run: TokenSpan) -> Vec<Spoken> {
    let mut spoken = Vec::new();
    let word = |at: u32| {
        let here = (at as usize) < side.tokens.len();
        if here { side.text[side.tokens.bytes(at as usize).range()].to_lowercase() } else { String::new() }
    };
    for at in run.start()..run.end() {
        let (here, next) = (word(at), word(at + 1));
        let is_month = side.tokens.places[at as usize].flags.has(Flags::CAPITAL);
        let found = if says(&here, &next) {
            Spoken::Saying
        } else if hedges(&here, &next) && !(here == "may" && is_month) {
            Spoken::Hedge
        } else {
            continue;
        };
        if !spoken.contains(&found) {
            spoken.push(found);
        }
    }
    spoken
}

fn says(word: &str, next: &str) -> bool {
    SAYING.binary_search(&word).is_ok() || word == "according" && next == "to"
}

fn hedges(word: &str, next: &str) -> bool {
    HEDGES.binary_search(&word).is_ok() || HEDGING.contains(&(word, next))
}

/// Forms that report speech and hardly anything else, in order: `reports` and `states` are nouns as often.
const SAYING: [&str; 24] = [
    "acknowledged",
    "added",
    "admitted",
    "announced",
    "argued",
    "asserted",
    "commented",
    "confirmed",
    "declared",
    "denied",
    "explained",
    "insisted",
    "noted",
    "quoted",
    "reiterated",
    "remarked",
    "reported",
    "said",
    "says",
    "stated",
    "stressed",
    "tells",
    "told",
    "warned",
];

/// Words that leave open whether it is so, in order.
const HEDGES: [&str; 24] = [
    "alleged",
    "allegedly",
    "apparent",
    "apparently",
    "claimed",
    "claims",
    "likely",
    "maybe",
    "might",
    "ostensibly",
    "perhaps",
    "possible",
    "possibly",
    "presumably",
    "probable",
    "probably",
    "purported",
    "purportedly",
    "reportedly",
    "seemingly",
    "supposed",
    "supposedly",
    "suspected",
    "unconfirmed",
];

/// Pairs of words that do.
const HEDGING: [(&str, &str); 14] = [
    ("may", "have"),
    ("may", "be"),
    ("may", "not"),
    ("could", "have"),
    ("appears", "to"),
    ("appeared", "to"),
    ("appear", "to"),
    ("seems", "to"),
    ("seemed", "to"),
    ("believed", "to"),
    ("thought", "to"),
    ("rumored", "to"),
    ("rumoured", "to"),
    ("not", "clear"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order() {
        assert!(SAYING.is_sorted() && HEDGES.is_sorted());
    }
}
