//! What two texts have in common, as dense numbers: the ground every step of the alignment stands on.

use crate::align::index::{Index, count_content};
use crate::model::{Flags, Place, Tokens};

/// Tokens of a text, or of a piece of one.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    /// The document's tokens.
    pub(super) tokens: &'a Tokens,
    /// First token of the piece.
    pub(super) start: usize,
    /// Number of its tokens.
    pub(super) len: usize,
}

impl<'a> Side<'a> {
    /// Keys of the piece.
    pub(super) fn keys(self) -> &'a [u64] {
        &self.tokens.keys[self.start..self.start + self.len]
    }

    /// Places of the piece.
    pub(super) fn places(self) -> &'a [Place] {
        &self.tokens.places[self.start..self.start + self.len]
    }
}

/// A word that both pieces hold.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// How much sharing it says: its rarity in the language times its rarity in these two texts; 0 to 1.
    pub(super) weight: f32,
    /// The same evidence in bits.
    pub(super) bits: f32,
    /// Whether it is a content word.
    pub(super) content: bool,
    /// Its places in b: a range of [`Tables::b_places`].
    pub(super) b_first: u32,
    /// See `b_first`.
    pub(super) b_len: u32,
    /// Its number of places in a.
    pub(super) a_len: u32,
}

/// Word number of a token that the other piece lacks.
pub(super) const NOT_SHARED: u32 = 0;

/// Words of two pieces, numbered from 1, and the number of each token where both pieces hold its word.
#[derive(Default)]
pub(super) struct Tables {
    /// The words; entry 0 stands for "not shared", and those that one piece lacks have no weight.
    pub(super) words: Vec<Word>,
    /// Word number of each token of a.
    pub(super) a: Vec<u32>,
    /// Word number of each token of b.
    pub(super) b: Vec<u32>,
    /// Number of content tokens of a before each token.
    pub(super) a_content: Vec<u32>,
    /// Number of content tokens of b before each token.
    pub(super) b_content: Vec<u32>,
    /// Places in b of the shared words.
    b_places: Vec<u32>,
    /// Tokens of the other piece that the index may hold, and what it says.
    likely: Vec<(u32, u32)>,
    /// How often the other piece holds each word of the index, and where first.
    others: Vec<Occurrence>,
    /// The shared words, in order of their first place in the other piece.
    shared: Vec<u32>,
    local: LocalFactors,
}

/// A word of the index in the other piece.
#[derive(Clone, Copy, Default)]
struct Occurrence {
    n: u32,
    first: u32,
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
    /// The shared word of which one place is token `at` of `a`, with its numbers of places in both.
    fn word(&self, a: Side<'_>, at: usize, a_len: u32, b_first: u32, b_len: u32) -> Word {
        let local = self.0[(a_len as usize).saturating_mul(b_len as usize).min(MOST_COMBINATIONS)];
        let content = !a.tokens.is(a.start + at, Flags::STOP);
        let bits = a.tokens.bits(a.start + at);
        let weight = if content { (bits / RARE_BITS).min(1.0) * local } else { STOP_WEIGHT };
        Word { weight, bits: bits * local, content, b_first, b_len, a_len }
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
    /// Numbers the words of `a`, whose index is `index`, and of `b`.
    pub(super) fn build(&mut self, index: &Index, a: Side<'_>, b: Side<'_>) {
        self.find(index, b);
        self.b.clear();
        self.b.resize(b.len, NOT_SHARED);
        self.b_places.clear();
        self.b_places.resize(self.likely.len(), 0);
        count_content(&mut self.b_content, b);
        self.a_content.clone_from(&index.content);
        self.words.clear();
        self.words.resize(index.n_words() + 1, Word::default());
        let mut next = 0;
        for &number in &self.shared {
            let other = self.others[number as usize];
            let (first, end) = index.range(number);
            let first = index.places[first as usize] as usize;
            let a_len = end - index.range(number).0;
            self.words[number as usize] = self.local.word(a, first, a_len, next, other.n);
            next += other.n;
        }
        for &(position, number) in &self.likely {
            self.b[position as usize] = number;
            // Counted down to nothing, so that the next pair begins with an empty table.
            let word = &self.words[number as usize];
            let left = &mut self.others[number as usize].n;
            self.b_places[(word.b_first + word.b_len - *left) as usize] = position;
            *left -= 1;
        }
        number_own(&mut self.a, index, &self.words);
    }

    /// The same where `index` is that of `b`.
    pub(super) fn build_from_b(&mut self, index: &Index, a: Side<'_>) {
        self.find(index, a);
        self.a.clear();
        self.a.resize(a.len, NOT_SHARED);
        self.b_places.clone_from(&index.places);
        count_content(&mut self.a_content, a);
        self.b_content.clone_from(&index.content);
        self.words.clear();
        self.words.resize(index.n_words() + 1, Word::default());
        for &number in &self.shared {
            let Occurrence { n, first } = self.others[number as usize];
            let (b_first, b_end) = index.range(number);
            self.words[number as usize] = self.local.word(a, first as usize, n, b_first, b_end - b_first);
        }
        for &(position, number) in &self.likely {
            self.a[position as usize] = number;
            self.others[number as usize].n = 0;
        }
        number_own(&mut self.b, index, &self.words);
    }

    /// Looks up the tokens of `other` in `index`.
    fn find(&mut self, index: &Index, other: Side<'_>) {
        // Without a branch on what cannot be foreseen: every token is noted, and the next overwrites it if it is foreign.
        self.likely.clear();
        self.likely.resize(other.len + 1, (0, NOT_SHARED));
        let mut n = 0;
        for (position, &key) in other.keys().iter().enumerate() {
            self.likely[n].0 = position as u32;
            n += index.may_hold(key);
        }
        self.likely.truncate(n);
        if self.others.len() <= index.n_words() {
            self.others.resize(index.n_words() + 1, Occurrence::default());
        }
        self.shared.clear();
        self.likely.retain_mut(|(position, number)| {
            *number = index.number(other.keys()[*position as usize]);
            if *number == NOT_SHARED {
                return false;
            }
            let found = &mut self.others[*number as usize];
            if found.n == 0 {
                found.first = *position;
                self.shared.push(*number);
            }
            found.n += 1;
            true
        });
    }

    /// The word of number `number`.
    #[must_use]
    pub(super) fn word(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }

    /// The places of `word` in b, in order.
    #[must_use]
    pub(super) fn b_places(&self, word: &Word) -> &[u32] {
        &self.b_places[word.b_first as usize..(word.b_first + word.b_len) as usize]
    }
}

/// Numbers the tokens of the piece that `index` is of, where the other piece holds their words.
fn number_own(own: &mut Vec<u32>, index: &Index, words: &[Word]) {
    own.clear();
    own.extend(index.numbers.iter().map(|&number| {
        let is_shared = words[number as usize].b_len > 0;
        if is_shared { number } else { NOT_SHARED }
    }));
}
