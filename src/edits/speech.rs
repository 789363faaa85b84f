//! Words that tell who said something, or how sure they were. English; written for this program.

use crate::edits::Side;
use crate::edits::folded::folded;
use crate::model::{Flags, TokenSpan};

/// What a run of words does besides stating something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoken {
    /// It says that somebody said it.
    Saying,
    /// It says that it may not be so.
    Hedge,
}

/// What the words of a run do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) saying: bool,
    pub(super) hedge: bool,
}

/// What the words of `run` do. A phrase may end in the words after the run: `may` before a shared `have`.
pub(super) fn listen(side: Side<'_>, run: TokenSpan) -> Told {
    let mut told = Told::default();
    let word = |at: u32| {
        let here = (at as usize) < side.tokens.len();
        folded(if here { &side.text[side.tokens.bytes(at as usize).range()] } else { "" })
    };
    let mut here = word(run.start());
    for at in run.start()..run.end() {
        let next = word(at + 1);
        match spoken(here.as_str(), next.as_str()) {
            Some(Spoken::Saying) => told.saying = true,
            // The month.
            Some(Spoken::Hedge)
                if here.as_str() == "may" && side.tokens.places[at as usize].flags.has(Flags::CAPITAL) => {}
            Some(Spoken::Hedge) => told.hedge = true,
            None => {}
        }
        here = next;
    }
    told
}

/// What `word` before `next` does.
fn spoken(word: &str, next: &str) -> Option<Spoken> {
    let from = SPOKEN.partition_point(|entry| entry.0 < word);
    let same = SPOKEN[from..].iter().take_while(|entry| entry.0 == word);
    same.into_iter().find(|entry| entry.1.is_empty() || entry.1 == next).map(|entry| entry.2)
}

/// Words, the word that has to follow or none, and what they do; in order of both. Saying: forms that report speech and hardly
/// anything else, for `reports` and `states` are nouns as often. Hedges: what leaves open whether it is so.
const SPOKEN: [(&str, &str, Spoken); 63] = [
    ("according", "to", Spoken::Saying),
    ("acknowledged", "", Spoken::Saying),
    ("added", "", Spoken::Saying),
    ("admitted", "", Spoken::Saying),
    ("alleged", "", Spoken::Hedge),
    ("allegedly", "", Spoken::Hedge),
    ("announced", "", Spoken::Saying),
    ("apparent", "", Spoken::Hedge),
    ("apparently", "", Spoken::Hedge),
    ("appear", "to", Spoken::Hedge),
    ("appeared", "to", Spoken::Hedge),
    ("appears", "to", Spoken::Hedge),
    ("argued", "", Spoken::Saying),
    ("asserted", "", Spoken::Saying),
    ("believed", "to", Spoken::Hedge),
    ("claimed", "", Spoken::Hedge),
    ("claims", "", Spoken::Hedge),
    ("commented", "", Spoken::Saying),
    ("confirmed", "", Spoken::Saying),
    ("could", "have", Spoken::Hedge),
    ("declared", "", Spoken::Saying),
    ("denied", "", Spoken::Saying),
    ("explained", "", Spoken::Saying),
    ("insisted", "", Spoken::Saying),
    ("likely", "", Spoken::Hedge),
    ("may", "be", Spoken::Hedge),
    ("may", "have", Spoken::Hedge),
    ("may", "not", Spoken::Hedge),
    ("maybe", "", Spoken::Hedge),
    ("might", "", Spoken::Hedge),
    ("not", "clear", Spoken::Hedge),
    ("noted", "", Spoken::Saying),
    ("ostensibly", "", Spoken::Hedge),
    ("perhaps", "", Spoken::Hedge),
    ("possible", "", Spoken::Hedge),
    ("possibly", "", Spoken::Hedge),
    ("presumably", "", Spoken::Hedge),
    ("probable", "", Spoken::Hedge),
    ("probably", "", Spoken::Hedge),
    ("purported", "", Spoken::Hedge),
    ("purportedly", "", Spoken::Hedge),
    ("quoted", "", Spoken::Saying),
    ("reiterated", "", Spoken::Saying),
    ("remarked", "", Spoken::Saying),
    ("reported", "", Spoken::Saying),
    ("reportedly", "", Spoken::Hedge),
    ("rumored", "to", Spoken::Hedge),
    ("rumoured", "to", Spoken::Hedge),
    ("said", "", Spoken::Saying),
    ("says", "", Spoken::Saying),
    ("seemed", "to", Spoken::Hedge),
    ("seemingly", "", Spoken::Hedge),
    ("seems", "to", Spoken::Hedge),
    ("stated", "", Spoken::Saying),
    ("stressed", "", Spoken::Saying),
    ("supposed", "", Spoken::Hedge),
    ("supposedly", "", Spoken::Hedge),
    ("suspected", "", Spoken::Hedge),
    ("tells", "", Spoken::Saying),
    ("thought", "to", Spoken::Hedge),
    ("told", "", Spoken::Saying),
    ("unconfirmed", "", Spoken::Hedge),
    ("warned", "", Spoken::Saying),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(SPOKEN.is_sorted_by_key(|entry| (entry.0, entry.1)));
    }
}
