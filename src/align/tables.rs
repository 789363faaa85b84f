//! What two texts have in common, as dense numbers: the ground every step of the alignment stands on.

use std::ops::Range;

use crate::model::{Flags, Tokens};

/// Tokens of a text, or of a piece of one, with their positions sorted by key.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    /// The document's tokens.
    pub(super) tokens: &'a Tokens,
    /// First token of the piece.
    pub(super) start: usize,
    /// Its tokens sorted by key, one entry each.
    pub(super) by_key: &'a [Entry],
}

/// A token of a piece: the lower half of its key, and its position inside the piece (from 0). Half a key keeps two texts'
/// entries in the nearest cache while they are compared; where two words share a half, the whole keys decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry(u64);

impl Entry {
    fn new(key: u64, position: u32) -> Entry {
        Entry(key << 32 | u64::from(position))
    }

    fn half_key(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// Position inside the piece.
    #[must_use]
    pub(super) fn position(self) -> u32 {
        self.0 as u32
    }
}

impl Side<'_> {
    /// Number of tokens of the piece.
    #[must_use]
    pub(super) fn len(&self) -> usize {
        self.by_key.len()
    }

    fn key(&self, position: u32) -> u64 {
        self.tokens.keys[self.start + position as usize]
    }

    fn is_stop(&self, position: usize) -> bool {
        self.tokens.is(self.start + position, Flags::STOP)
    }
}

/// The entries of a piece with these keys, sorted.
#[must_use]
pub(super) fn sorted_by_key(keys: &[u64]) -> Vec<Entry> {
    let mut entries: Vec<Entry> =
        keys.iter().zip(0..).map(|(&key, position)| Entry::new(key, position)).collect();
    entries.sort_unstable();
    entries
}

/// A word that both pieces hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// How much sharing it says: its rarity in the language times its rarity in these two texts; 0 to 1.
    pub(super) weight: f32,
    /// The same evidence in bits.
    pub(super) bits: f32,
    /// Whether it is a content word.
    pub(super) content: bool,
    /// Its places in b: a range of [`Side::by_key`].
    pub(super) b_first: u32,
    /// See `b_first`.
    pub(super) b_len: u32,
    /// Its number of places in a.
    pub(super) a_len: u32,
}

/// Word number of a token that the other piece lacks.
pub(super) const NOT_SHARED: u32 = 0;

/// Shared words of two pieces, numbered from 1, and the number of each token.
#[derive(Default)]
pub(super) struct Tables {
    /// Shared words; entry 0 stands for "not shared".
    pub(super) words: Vec<Word>,
    /// Word number of each token of a.
    pub(super) a: Vec<u32>,
    /// Word number of each token of b.
    pub(super) b: Vec<u32>,
    /// Number of content tokens of a before each token.
    pub(super) a_content: Vec<u32>,
    /// Number of content tokens of b before each token.
    pub(super) b_content: Vec<u32>,
    local: LocalFactors,
}

/// Combinations of places from which a word is as frequent in a pair as a word can be. Without a floor, two texts that
/// repeat one sentence throughout would share nothing.
const MOST_COMBINATIONS: usize = 128;

/// (m·n)^[`LOCAL_EXPONENT`] for every product up to [`MOST_COMBINATIONS`].
struct LocalFactors([f32; MOST_COMBINATIONS + 1]);

impl Default for LocalFactors {
    fn default() -> LocalFactors {
        LocalFactors(std::array::from_fn(|product| (product.max(1) as f32).powf(LOCAL_EXPONENT)))
    }
}

impl LocalFactors {
    fn factor(&self, product: usize) -> f32 {
        self.0[product.min(MOST_COMBINATIONS)]
    }
}

/// Surprisal that counts as full rarity, in bits: a word seen about once in a million.
const RARE_BITS: f32 = 20.0;

/// Weight of a shared function word (measured on PAN 2013: 0 costs 4 points of plagdet, more lets passages bleed).
const STOP_WEIGHT: f32 = 0.08;

/// Exponent of the rarity inside the pair: a word with `m` and `n` places in the two texts counts (m·n)^-0.35. A
/// story's own names are frequent in both texts and say little about a passage; without this, passages stretch over
/// whole paragraphs (3.8 points of plagdet on PAN 2013).
const LOCAL_EXPONENT: f32 = -0.35;

impl Tables {
    /// Numbers the words that `a` and `b` share, reusing this table's memory.
    pub(super) fn build(&mut self, a: Side<'_>, b: Side<'_>) {
        self.words.clear();
        self.words.push(Word { weight: 0.0, bits: 0.0, content: false, b_first: 0, b_len: 0, a_len: 0 });
        fill_not_shared(&mut self.a, a.len());
        fill_not_shared(&mut self.b, b.len());
        let (mut i, mut j) = (0, 0);
        while i < a.len() && j < b.len() {
            let (x, y) = (a.by_key[i].half_key(), b.by_key[j].half_key());
            if x == y {
                let (i_end, j_end) = (run_end(a, i), run_end(b, j));
                if is_one_word(a, b, i..i_end, j..j_end) {
                    self.add_word(a, b, i..i_end, j..j_end);
                }
                (i, j) = (i_end, j_end);
            } else {
                // Without a branch: which of the two is less cannot be foreseen.
                i += usize::from(x < y);
                j += usize::from(y < x);
            }
        }
        count_content(&mut self.a_content, a);
        count_content(&mut self.b_content, b);
    }

    fn add_word(&mut self, a: Side<'_>, b: Side<'_>, i: Range<usize>, j: Range<usize>) {
        let number = self.words.len() as u32;
        let first = a.by_key[i.start].position() as usize;
        let content = !a.is_stop(first);
        let local = self.local.factor(i.len() * j.len());
        let bits = a.tokens.bits(a.start + first);
        let weight = if content { (bits / RARE_BITS).min(1.0) * local } else { STOP_WEIGHT };
        self.words.push(Word {
            weight,
            bits: bits * local,
            content,
            b_first: j.start as u32,
            b_len: j.len() as u32,
            a_len: i.len() as u32,
        });
        for entry in &a.by_key[i] {
            self.a[entry.position() as usize] = number;
        }
        for entry in &b.by_key[j] {
            self.b[entry.position() as usize] = number;
        }
    }

    /// The shared word of number `number`.
    #[must_use]
    pub(super) fn word(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }
}

fn fill_not_shared(numbers: &mut Vec<u32>, len: usize) {
    numbers.clear();
    numbers.resize(len, NOT_SHARED);
}

/// One past the last entry with the half key of entry `first`.
fn run_end(side: Side<'_>, first: usize) -> usize {
    let half = side.by_key[first].half_key();
    first + side.by_key[first..].iter().take_while(|entry| entry.half_key() == half).count()
}

/// Whether the entries `i` of a and `j` of b have one key. Where two words of the same half key meet in one pair of
/// texts, once in some ten thousand pairs, neither counts as shared.
fn is_one_word(a: Side<'_>, b: Side<'_>, i: Range<usize>, j: Range<usize>) -> bool {
    let key = a.key(a.by_key[i.start].position());
    let is_key = |side: Side<'_>, entries: Range<usize>| {
        side.by_key[entries].iter().all(|entry| side.key(entry.position()) == key)
    };
    is_key(a, i) && is_key(b, j)
}

fn count_content(counts: &mut Vec<u32>, side: Side<'_>) {
    counts.clear();
    let mut n = 0;
    counts.extend((0..side.len()).map(|position| {
        let before = n;
        n += u32::from(!side.is_stop(position));
        before
    }));
}
