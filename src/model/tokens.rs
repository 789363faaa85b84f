//! A document's words as the engine compares them, each with its place in the text as given.

use std::ops::Deref;
use std::sync::Arc;

use crate::model::span::{ByteSpan, Span, TokenSpan};

/// What is known about one token besides its key; a set of the constants below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(pub u8);

impl Flags {
    /// A function word of its language: carries little evidence.
    pub const STOP: Flags = Flags(1);
    /// Holds a digit: `1,000`, `13:00`, `2nd`.
    pub const NUMBER: Flags = Flags(2);
    /// Written with a capital first letter (in scripts that have case).
    pub const CAPITAL: Flags = Flags(4);
    /// Last token of a sentence.
    pub const SENTENCE_END: Flags = Flags(8);
    /// A character gram of a script written without spaces, not a word.
    pub const GRAM: Flags = Flags(16);
    /// First token after a blank line, or of the text.
    pub const PARAGRAPH_START: Flags = Flags(32);
    /// Its word stands more than once in the document.
    pub const REPEATED: Flags = Flags(64);
    /// Its word stands more than three times in the document.
    pub const FREQUENT: Flags = Flags(128);

    /// Whether every flag of `other` is set.
    #[must_use]
    pub fn has(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    /// With the flags of `other` added.
    #[must_use]
    pub fn with(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }
}

/// Where one token stands and what it weighs. Eight bytes, so that a token with its key takes sixteen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// First byte in the text as given.
    pub start: u32,
    /// Length in bytes, including what the key leaves out (a possessive's `’s`, a soft hyphen, the line break of a
    /// hyphenated word).
    pub len: u16,
    /// Surprisal of the key in its language, in eighths of a bit, at most 255 (31.9 bits).
    pub surprisal: u8,
    /// What kind of token it is.
    pub flags: Flags,
}

/// The tokens of one document: keys and places, side by side.
///
/// A key is a stable 64-bit hash of the normalized (folded, stemmed) word: equal words have equal keys on every
/// machine. Places rise strictly and never overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// One key a token.
    pub keys: Vec<u64>,
    /// One place a token; as long as `keys`.
    pub places: Vec<Place>,
}

impl Tokens {
    /// Flags the words that stand several times, [`Flags::REPEATED`] and [`Flags::FREQUENT`]. Linear in the tokens.
    pub fn mark_repeats(&mut self) {
        let mask = (self.keys.len() * 2).next_power_of_two().max(2) - 1;
        // Place of each key plus one, open addressing; and how often it stands, kept at its first place.
        let (mut slots, mut counts) = (vec![0_u32; mask + 1], vec![0_u8; self.keys.len()]);
        let first: Vec<u32> = (0..self.keys.len())
            .map(|index| {
                let key = self.keys[index];
                let mut slot = key as usize & mask;
                while slots[slot] != 0 && self.keys[slots[slot] as usize - 1] != key {
                    slot = (slot + 1) & mask;
                }
                if slots[slot] == 0 {
                    slots[slot] = index as u32 + 1;
                }
                let first = slots[slot] - 1;
                counts[first as usize] = counts[first as usize].saturating_add(1);
                first
            })
            .collect();
        for (place, first) in self.places.iter_mut().zip(first) {
            let n = counts[first as usize];
            place.flags = Flags(place.flags.0 & !(Flags::REPEATED.0 | Flags::FREQUENT.0));
            place.flags = if n > 1 { place.flags.with(Flags::REPEATED) } else { place.flags };
            place.flags = if n > 3 { place.flags.with(Flags::FREQUENT) } else { place.flags };
        }
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are no tokens.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Bytes of the text that token `index` covers.
    #[must_use]
    pub fn bytes(&self, index: usize) -> ByteSpan {
        let place = self.places[index];
        Span::new(place.start, place.start + u32::from(place.len))
    }

    /// Bytes of the text from the first to the last token of `span`; empty at the end of the text for an empty one.
    #[must_use]
    pub fn byte_span(&self, span: TokenSpan) -> ByteSpan {
        if span.is_empty() {
            let at = self.places.last().map_or(0, |place| place.start + u32::from(place.len));
            return Span::new(at, at);
        }
        self.bytes(span.start() as usize).hull(self.bytes(span.end() as usize - 1))
    }

    /// Surprisal of token `index` in bits.
    #[must_use]
    pub fn bits(&self, index: usize) -> f32 {
        f32::from(self.places[index].surprisal) / 8.0
    }

    /// Whether token `index` has all of `flags`.
    #[must_use]
    pub fn is(&self, index: usize, flags: Flags) -> bool {
        self.places[index].flags.has(flags)
    }
}

/// Something of a document: borrowed from where all of it is in memory, or shared with a cache.
#[derive(Debug)]
pub enum Held<'a, T: ?Sized> {
    /// Borrowed.
    Borrowed(&'a T),
    /// Shared.
    Shared(Arc<T>),
}

impl<T: ?Sized> Deref for Held<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Held::Borrowed(value) => value,
            Held::Shared(value) => value,
        }
    }
}

/// The tokens of documents, wherever they are kept.
pub trait TokensOf: Sync {
    /// Tokens of the document at `index`.
    fn of(&self, index: usize) -> Held<'_, Tokens>;
}

impl TokensOf for [Tokens] {
    fn of(&self, index: usize) -> Held<'_, Tokens> {
        Held::Borrowed(&self[index])
    }
}

impl TokensOf for Vec<Tokens> {
    fn of(&self, index: usize) -> Held<'_, Tokens> {
        self[..].of(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often the word of each token is said to stand: `.` once, `r` more than once, `f` more than three times.
    fn marks(tokens: &Tokens) -> String {
        let mark = |index| match (tokens.is(index, Flags::REPEATED), tokens.is(index, Flags::FREQUENT)) {
            (false, false) => '.',
            (true, false) => 'r',
            (true, true) => 'f',
            (false, true) => '?',
        };
        (0..tokens.len()).map(mark).collect()
    }

    fn with_keys(keys: &[u64], flags: Flags) -> Tokens {
        let place = |start| Place { start, len: 1, surprisal: 0, flags };
        Tokens { keys: keys.to_vec(), places: (0..keys.len() as u32).map(place).collect() }
    }

    #[test]
    fn repeats_are_marked_at_every_place_of_a_word() {
        let cases: [(&str, &[u64], &str); 9] = [
            ("nothing", &[], ""),
            ("one word", &[7], "."),
            ("the key zero", &[0, 1, 0], "r.r"),
            ("twice and thrice", &[5, 6, 5, 6, 6, 9], "rrrrr."),
            ("three and four times", &[1, 2, 1, 2, 1, 2, 2], "rfrfrff"),
            // Of four keys the last three bits pick the slot.
            ("slots taken by others", &[8, 16, 24, 8], "r..r"),
            ("the last slot, on to the first", &[7, 15, 23, 15], ".r.r"),
            ("keys that differ in the high half", &[1 << 40, 2 << 40, 1 << 40], "r.r"),
            ("the greatest keys", &[u64::MAX, u64::MAX - 1, u64::MAX], "r.r"),
        ];
        for (case, keys, expected) in cases {
            let mut tokens = with_keys(keys, Flags::STOP);
            tokens.mark_repeats();
            assert_eq!(marks(&tokens), expected, "{case}");
            assert_eq!(tokens.keys, keys, "{case}");
            assert!((0..keys.len()).all(|index| tokens.is(index, Flags::STOP)), "{case}: other flags stay");
            let before = tokens.clone();
            tokens.mark_repeats();
            assert_eq!(tokens, before, "{case}, marked twice");
        }
    }

    #[test]
    fn marks_of_a_longer_text_are_taken_back() {
        let mut tokens = with_keys(&[1, 2, 2], Flags::REPEATED.with(Flags::FREQUENT).with(Flags::NUMBER));
        tokens.mark_repeats();
        assert_eq!(marks(&tokens), ".rr");
        assert!((0..3).all(|index| tokens.is(index, Flags::NUMBER)));
    }

    #[test]
    fn a_word_that_stands_more_often_than_a_byte_counts_is_frequent() {
        for n in [255, 256, 257, 1_000] {
            let mut tokens = with_keys(&vec![3; n], Flags::default());
            tokens.mark_repeats();
            assert_eq!(marks(&tokens), "f".repeat(n), "{n} times");
        }
    }
}
