//! Looks once more at the place where two documents met, before they are aligned.
//!
//! In: a [`Nomination`], the tokens of both documents. Out: whether the words around its best places have enough in common.
//!
//! Half of all nominated pairs share three content words that chance brought together ("the chairman of the committee
//! said") and nothing around them. Aligning a pair takes ten times as long as this: the distinct content words that stand
//! within `WINDOW` tokens of the place in both documents are added up, each by its rarity in the language and in the two
//! documents, as the alignment weighs them (`align::tables`). It depends on the two documents and the parameters alone.
//!
//! Cost: linear in the window.

use crate::matching::MatchParams;
use crate::matching::nominate::{Nomination, Place};
use crate::model::{Flags, Place as Token, Tokens};

/// Tokens on either side of a place that are looked at. Of 16, 24 and 40, this one tells apart best what the alignment
/// keeps and drops.
const WINDOW: u32 = 24;

/// Tokens of a shingle that begins at the place.
const SHINGLE: u32 = 4;

/// Surprisal that counts as full rarity, in eighths of a bit (`align::tables::RARE_BITS`).
const RARE_EIGHTHS: u8 = 160;

/// Parts of one in which the rarity of a repeated word is counted. Whole numbers add up alike in any order, so the verdict
/// does not depend on which document comes first.
const ONE: u64 = 256;

/// Most content words in a window.
const MOST_WORDS: usize = (2 * WINDOW + SHINGLE) as usize;

/// Whether one of the places of `nomination` between the documents with tokens `a` and `b` holds enough.
#[must_use]
pub fn holds(nomination: &Nomination, a: &Tokens, b: &Tokens, params: &MatchParams) -> bool {
    let least = least_weight(nomination, params);
    let mut places = nomination.places.iter().flatten().peekable();
    places.peek().is_none() || places.any(|&place| shared_weight(place, a, b) >= least)
}

/// What one of the places of `nomination` must hold.
#[must_use]
pub fn least_weight(nomination: &Nomination, params: &MatchParams) -> f32 {
    if nomination.is_lone { params.min_lone_weight } else { params.min_place_weight }
}

/// What the places of `nomination` hold at most.
#[must_use]
pub fn most_weight(nomination: &Nomination, a: &Tokens, b: &Tokens) -> f32 {
    nomination.places.iter().flatten().map(|&place| shared_weight(place, a, b)).fold(0.0, f32::max)
}

/// Weight of the distinct content words that both documents have around `place`; 1 for a rare word without a repeat.
#[must_use]
pub fn shared_weight(place: Place, a: &Tokens, b: &Tokens) -> f32 {
    let mut words = Words::new();
    for index in window(place.b, b).filter(|&index| !b.is(index, Flags::STOP)) {
        words.add(b.keys[index], b.places[index]);
    }
    let content = window(place.a, a).filter(|&index| !a.is(index, Flags::STOP));
    let sum: u64 = content
        .filter_map(|index| {
            let (own, other) = (a.places[index], words.take(a.keys[index])?);
            let rarity = own.surprisal.min(other.surprisal).min(RARE_EIGHTHS);
            Some(u64::from(rarity) * rarity_by_repeats(own.flags) * rarity_by_repeats(other.flags))
        })
        .sum();
    sum as f32 / (f32::from(RARE_EIGHTHS) * (ONE * ONE) as f32)
}

fn window(at: u32, tokens: &Tokens) -> std::ops::Range<usize> {
    let end = (at + SHINGLE + WINDOW).min(tokens.len() as u32);
    at.saturating_sub(WINDOW) as usize..end as usize
}

/// What is left of the rarity of a word that its document repeats, in parts of [`ONE`]: n^-0.35 for n places, as the
/// alignment has it, for two and a half and for six of them.
fn rarity_by_repeats(flags: Flags) -> u64 {
    match (flags.has(Flags::REPEATED), flags.has(Flags::FREQUENT)) {
        (_, true) => 137,
        (true, false) => 186,
        (false, false) => ONE,
    }
}

/// The content words of one window by key.
struct Words {
    keys: [u64; MOST_WORDS],
    places: [Option<Token>; MOST_WORDS],
    n: usize,
    /// Index into `keys` plus one, by key; open addressing.
    slots: [u8; SLOTS],
}

const SLOTS: usize = 256;

impl Words {
    fn new() -> Words {
        Words { keys: [0; MOST_WORDS], places: [None; MOST_WORDS], n: 0, slots: [0; SLOTS] }
    }

    /// Slot of `key`, or the free one where it belongs.
    fn slot(&self, key: u64) -> usize {
        let mut slot = key as usize % SLOTS;
        while self.slots[slot] != 0 && self.keys[usize::from(self.slots[slot]) - 1] != key {
            slot = (slot + 1) % SLOTS;
        }
        slot
    }

    fn add(&mut self, key: u64, place: Token) {
        let slot = self.slot(key);
        if self.slots[slot] == 0 {
            self.keys[self.n] = key;
            self.places[self.n] = Some(place);
            self.n += 1;
            self.slots[slot] = self.n as u8;
        }
    }

    /// The word with `key`, the first time it is asked for.
    fn take(&mut self, key: u64) -> Option<Token> {
        let index = usize::from(self.slots[self.slot(key)]).checked_sub(1)?;
        self.places[index].take()
    }
}
