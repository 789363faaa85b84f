//! The words of one piece of text, numbered, for looking up the words of many others in it.

use crate::align::tables::Side;
use crate::model::Flags;

/// Bits of the filter for each distinct word: with sixteen, one foreign word in fifteen is looked up in vain.
const FILTER_BITS: usize = 16;

/// The distinct words of a piece, numbered from 1 in order of their first places.
///
/// It is built once for all the pairs of a document; looking up a word takes about two nanoseconds, most of them for
/// words that are not there.
#[derive(Default)]
pub(super) struct Index {
    /// Number of each token.
    pub(super) numbers: Vec<u32>,
    /// Key of each word; entry 0 stands for no word.
    keys: Vec<u64>,
    /// Where the places of each word begin in `places`; one more entry than words.
    first: Vec<u32>,
    /// Places of all words, in order of word, then of place.
    pub(super) places: Vec<u32>,
    /// Number of content tokens before each token.
    pub(super) content: Vec<u32>,
    /// Numbers by key, open addressing; 0 where free.
    slots: Vec<u32>,
    /// A bit for each key, so that most foreign words are told without a look-up.
    filter: Vec<u64>,
}

impl Index {
    /// Numbers the words of `side`, reusing this index's memory.
    pub(super) fn build(&mut self, side: Side<'_>) {
        let keys = side.keys();
        self.keys.clear();
        self.keys.push(0);
        self.slots.clear();
        self.slots.resize((keys.len() * 2).next_power_of_two().max(16), 0);
        self.filter.clear();
        self.filter.resize((keys.len() * FILTER_BITS / 64).next_power_of_two().max(1), 0);
        self.first.clear();
        self.first.extend([0, 0]);
        self.numbers.clear();
        for &key in keys {
            let number = self.number_or_new(key);
            self.numbers.push(number);
            self.first[number as usize + 1] += 1;
        }
        self.sort_places();
        count_content(&mut self.content, side);
    }

    fn number_or_new(&mut self, key: u64) -> u32 {
        let mask = self.slots.len() - 1;
        let mut slot = key as usize & mask;
        loop {
            let number = self.slots[slot];
            if number == 0 {
                let number = self.keys.len() as u32;
                self.slots[slot] = number;
                self.keys.push(key);
                self.first.push(0);
                let (block, bit) = self.filter_place(key);
                self.filter[block] |= bit;
                return number;
            }
            if self.keys[number as usize] == key {
                return number;
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Turns the counts in `first` into places, in order of word.
    fn sort_places(&mut self) {
        let mut sum = 0;
        for first in &mut self.first {
            sum += *first;
            *first = sum;
        }
        self.places.clear();
        self.places.resize(self.numbers.len(), 0);
        for (position, &number) in self.numbers.iter().enumerate().rev() {
            // `first[n + 1]` is one past the places of word n that are not yet set; at the end it is where they begin.
            let next = &mut self.first[number as usize + 1];
            *next -= 1;
            self.places[*next as usize] = position as u32;
        }
        self.first.remove(0);
        self.first.push(self.numbers.len() as u32);
    }

    /// Number of distinct words.
    #[must_use]
    pub(super) fn n_words(&self) -> usize {
        self.keys.len() - 1
    }

    /// The range of `places` of word `number`.
    #[must_use]
    pub(super) fn range(&self, number: u32) -> (u32, u32) {
        (self.first[number as usize], self.first[number as usize + 1])
    }

    fn filter_place(&self, key: u64) -> (usize, u64) {
        ((key >> 38) as usize & (self.filter.len() - 1), 1 << (key >> 32 & 63))
    }

    /// Whether a word with `key` may be here, 1 or 0; no is certain.
    pub(super) fn may_hold(&self, key: u64) -> usize {
        let (block, bit) = self.filter_place(key);
        usize::from(self.filter[block] & bit != 0)
    }

    /// Number of the word with `key`, 0 if there is none.
    #[must_use]
    pub(super) fn number(&self, key: u64) -> u32 {
        let mask = self.slots.len() - 1;
        let mut slot = key as usize & mask;
        loop {
            let number = self.slots[slot];
            if number == 0 || self.keys[number as usize] == key {
                return number;
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// Counts the content tokens before each token of `side`.
pub(super) fn count_content(counts: &mut Vec<u32>, side: Side<'_>) {
    counts.clear();
    let mut n = 0;
    counts.extend(side.places().iter().map(|place| {
        let before = n;
        n += u32::from(!place.flags.has(Flags::STOP));
        before
    }));
}
