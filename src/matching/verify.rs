//! Looks once more at the place where two documents met, before they are aligned.
//!
//! In: a [`Nomination`], the tokens of both documents. Out: whether the words around its best places can be a passage.
//!
//! Half of all nominated pairs share three content words that chance brought together ("the chairman of the committee
//! said") and nothing around them. Aligning a pair takes some fifteen times as long as this bound on what an alignment could be
//! worth: around the place, every token whose word the other document has there too counts its bits, every other one costs
//! some, and of either side the segment where that comes to most is taken (Kadane's maximal segment, as `align::refine`
//! does it for whole boxes); the lesser of the two is the bound. It depends on the two documents and the parameters alone.
//!
//! Cost: linear in the window.

use std::ops::Range;

use crate::matching::MatchParams;
use crate::matching::nominate::{Nomination, Place};
use crate::model::{Flags, Tokens};

/// Tokens on either side of a place that are looked at. Of 24, 32 and 48, this one tells apart best what the alignment
/// keeps and drops.
const WINDOW: u32 = 32;

/// Tokens of a shingle that begins at the place.
const SHINGLE: u32 = 4;

/// Most tokens in a window.
const MOST_TOKENS: usize = (2 * WINDOW + SHINGLE) as usize;

/// Parts of one in which the rarity of a repeated word is counted.
const ONE: i32 = 256;

/// One bit, in eighths times the rarity of both sides. Whole numbers add up alike in any order, so the verdict does not
/// depend on which document comes first.
const BIT: i32 = 8 * ONE * ONE;

/// What a shared function word counts, and what a word costs that the other side lacks: as in `align::score`.
const STOP: i32 = BIT * 3 / 2;
const UNMATCHED: i32 = -(BIT / 10 * 7);

/// Whether one of the places of `nomination` between the documents with tokens `a` and `b` holds enough.
#[must_use]
pub fn holds(nomination: &Nomination, a: &Tokens, b: &Tokens, params: &MatchParams) -> bool {
    let least = least_bits(nomination, params);
    let mut places = nomination.places.iter().flatten().peekable();
    places.peek().is_none() || places.any(|&place| place_bits(place, a, b) >= least)
}

/// What one of the places of `nomination` must hold, in bits.
#[must_use]
pub fn least_bits(nomination: &Nomination, params: &MatchParams) -> f32 {
    if nomination.is_lone { params.min_lone_bits } else { params.min_place_bits }
}

/// What the places of `nomination` hold at most, in bits.
#[must_use]
pub fn most_bits(nomination: &Nomination, a: &Tokens, b: &Tokens) -> f32 {
    nomination.places.iter().flatten().map(|&place| place_bits(place, a, b)).fold(0.0, f32::max)
}

/// What a passage at `place` can be worth, in bits, as far as the window reaches.
#[must_use]
pub fn place_bits(place: Place, a: &Tokens, b: &Tokens) -> f32 {
    let (a_window, b_window) = (window(place.a, a), window(place.b, b));
    let mut words = Words::new();
    let mut slots = [0_u8; MOST_TOKENS];
    for (slot, index) in slots.iter_mut().zip(b_window.clone()) {
        *slot = words.add(b.keys[index], rarity_by_repeats(b.places[index].flags));
    }
    let of_a =
        best_sum(a, a_window, |index| words.meet(a.keys[index], rarity_by_repeats(a.places[index].flags)));
    let mut slots = slots.into_iter();
    let of_b = best_sum(b, b_window, |_| slots.next().map_or(0, |slot| words.met[usize::from(slot)]));
    of_a.min(of_b) as f32 / BIT as f32
}

/// The greatest sum of a segment of tokens `range`, where `rarity` tells how rare the word of a token is on the other side,
/// nought where it is not there.
fn best_sum(tokens: &Tokens, range: Range<usize>, mut rarity: impl FnMut(usize) -> u16) -> i32 {
    let (mut sum, mut best) = (0, 0);
    for index in range {
        let place = tokens.places[index];
        sum += match rarity(index) {
            0 => UNMATCHED,
            _ if place.flags.has(Flags::STOP) => STOP,
            other => {
                i32::from(place.surprisal) * i32::from(rarity_by_repeats(place.flags)) * i32::from(other)
            }
        };
        sum = sum.max(0);
        best = best.max(sum);
    }
    best
}

fn window(at: u32, tokens: &Tokens) -> Range<usize> {
    let end = (at + SHINGLE + WINDOW).min(tokens.len() as u32);
    at.saturating_sub(WINDOW) as usize..end as usize
}

/// What is left of the rarity of a word that its document repeats, in parts of [`ONE`]: n^-0.35 for n places, as the
/// alignment has it, for two and a half and for six of them.
fn rarity_by_repeats(flags: Flags) -> u16 {
    let repeated = usize::from(flags.has(Flags::REPEATED)) + usize::from(flags.has(Flags::FREQUENT));
    [ONE as u16, 186, 137][repeated]
}

/// The words of one window, by key; open addressing.
struct Words {
    keys: [u64; SLOTS],
    /// Rarity by repeats in the document of the window; 0 where the slot is free.
    own: [u16; SLOTS],
    /// The same in the other document, once its window was found to hold the word.
    met: [u16; SLOTS],
}

const SLOTS: usize = 256;

impl Words {
    fn new() -> Words {
        Words { keys: [0; SLOTS], own: [0; SLOTS], met: [0; SLOTS] }
    }

    /// Slot of `key`, or the free one where it belongs.
    fn slot(&self, key: u64) -> usize {
        let mut slot = key as usize % SLOTS;
        while self.own[slot] != 0 && self.keys[slot] != key {
            slot = (slot + 1) % SLOTS;
        }
        slot
    }

    /// Adds a word; tells its slot.
    fn add(&mut self, key: u64, rarity: u16) -> u8 {
        let slot = self.slot(key);
        (self.keys[slot], self.own[slot]) = (key, rarity);
        slot as u8
    }

    /// Notes that the other window holds `key` too, and tells how rare it is here; 0 if it is not here.
    fn meet(&mut self, key: u64, rarity: u16) -> u16 {
        let slot = self.slot(key);
        if self.own[slot] != 0 {
            self.met[slot] = rarity;
        }
        self.own[slot]
    }
}
