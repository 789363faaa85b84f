//! How much a word tells after the one before it: `Minister` after `Prime`, next to nothing.
//!
//! In: a token and the shared ones before it. Out: its surprisal given them, where a table compiled into the program
//! knows the words as a collocation. The words of a name or a set phrase predict each other, so a shared run of them is
//! worth little more than its first word. A word is looked up with the one before it and, where function words stand
//! before it, with the content word before those (`Secretary of State`); the lesser figure counts, and never more than
//! the word's own.
//!
//! The table knows 59,000 pairs in 295 KB: 20,000 of English news, made by `cargo run --release --example background --
//! --pairs` as `benches/background/pairs.rs` tells, and 39,000 of the thirteen other languages with a table of words, 200
//! to 6,400 each, that stand both in free manuals and in a game's stories (`benches/background/languages.rs`). A pair of
//! stems is looked up whatever the language of the texts, by a hash of both: stems of other languages miss it, but for
//! names. Where languages share a pair, English is believed. Shapes of letters ([`crate::model::Profile::Ocr`]) miss
//! it too, mostly. Characters of scripts written without spaces are told given the one before to begin with, numbers
//! are not foretold by words.
//!
//! Cost: two looks at a filter for each matched content word inside a run, and a binary search for one in eighteen that the
//! table does not hold.

use std::sync::LazyLock;

use crate::model::{Flags, Tokens};
use crate::statistics::Background;

const PAIRS: &[u8] = include_bytes!("pairs.bin");

/// Function words that two content words may have between them.
pub const MAX_BETWEEN: usize = 2;

/// Stands for every number as the first word of a pair.
const NUMBER: u64 = 0x6e75_6d62_6572_0001;

/// How two words stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    /// Next to each other.
    Next,
    /// With function words between.
    Over,
}

/// Two words that stand together, as the table knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Names the first word and how the second one follows.
    pub context: u64,
    /// Key of the second word.
    pub word: u64,
}

impl Pair {
    fn of(link: Link, tokens: &Tokens, first: usize, second: usize) -> Pair {
        let key = if tokens.is(first, Flags::NUMBER) { NUMBER } else { tokens.keys[first] };
        let seed: u64 = match link {
            Link::Next => 0x9fb2_1c65_1e98_df25,
            Link::Over => 0xd1b5_4a32_d192_ed03,
        };
        Pair { context: mix(key, seed), word: tokens.keys[second] }
    }

    /// The pairs that token `at` is the second word of, when `before` tokens before it count.
    pub fn at(tokens: &Tokens, at: usize, before: usize) -> impl Iterator<Item = Pair> + use<> {
        let is_stop = |at: usize| tokens.is(at, Flags::STOP);
        let next = (before > 0).then(|| Pair::of(Link::Next, tokens, at - 1, at));
        let stops = (1..=before.min(MAX_BETWEEN)).take_while(|&step| is_stop(at - step)).count();
        let has_over = stops > 0 && stops < before && !is_stop(at) && !is_stop(at - stops - 1);
        let over = has_over.then(|| Pair::of(Link::Over, tokens, at - stops - 1, at));
        next.into_iter().chain(over)
    }

    /// The key under which tables hold the pair.
    #[must_use]
    pub fn key(self) -> u64 {
        mix(self.context, self.word.rotate_left(32))
    }
}

/// Two numbers as one, every bit of which depends on all of theirs.
#[must_use]
pub fn mix(x: u64, y: u64) -> u64 {
    let product = u128::from(x ^ 0x2d35_8dcc_aa6c_78a5) * u128::from(y ^ 0x8bb8_4b93_962e_acc9);
    let folded = product as u64 ^ (product >> 64) as u64;
    (folded ^ (folded >> 32)).wrapping_mul(0x94d0_49bb_1331_11eb)
}

/// Share of its surprisal that token `at` keeps given the `before` tokens before it, 0 to 1.
#[must_use]
pub fn share_given(tokens: &Tokens, at: usize, before: usize) -> f32 {
    let place = tokens.places[at];
    if place.surprisal == 0 || place.flags.has(Flags::NUMBER) || place.flags.has(Flags::GRAM) {
        return 1.0;
    }
    let keys = Pair::at(tokens, at, before).map(Pair::key).filter(|&key| FILTER.may_hold(key));
    let known = keys.filter_map(|key| table().surprisal(key)).min();
    known.map_or(1.0, |given| f32::from(given.min(place.surprisal)) / f32::from(place.surprisal))
}

fn table() -> Background {
    Background::parse(PAIRS)
}

static FILTER: LazyLock<Filter> =
    LazyLock::new(|| Filter::of(Background::entries(PAIRS).map(|(key, _)| key)));

/// A bit for each key of the table: most pairs of words are no collocation, and this is told at once.
struct Filter(Vec<u64>);

impl Filter {
    /// Bits of the filter; 59,000 of a million are set, 128 KB in all.
    const BITS: usize = 1 << 20;

    fn of(keys: impl Iterator<Item = u64>) -> Filter {
        let mut bits = vec![0; Filter::BITS / 64];
        for (block, bit) in keys.map(Filter::place) {
            bits[block] |= bit;
        }
        Filter(bits)
    }

    /// No is certain.
    fn may_hold(&self, key: u64) -> bool {
        let (block, bit) = Filter::place(key);
        self.0[block] & bit != 0
    }

    /// The table holds the upper half of a key, so this depends on nothing else.
    fn place(key: u64) -> (usize, u64) {
        let slot = (key >> 32) as usize & (Filter::BITS - 1);
        (slot / 64, 1 << (slot % 64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::{Language, NormalizeParams, Normalizer};

    fn tokens(text: &str) -> Tokens {
        let normalizer = Normalizer::new(NormalizeParams::default()).unwrap();
        normalizer.tokens(text, Language::from_code("en").unwrap(), &mut normalizer.lexicon())
    }

    /// Share that the last word keeps when all before it are shared.
    fn last_share(text: &str) -> f32 {
        let tokens = tokens(text);
        share_given(&tokens, tokens.len() - 1, tokens.len() - 1)
    }

    #[test]
    fn the_filter_lets_every_pair_of_the_table_through() {
        assert!(Background::entries(PAIRS).all(|(key, _)| FILTER.may_hold(key | 0xdead_beef)));
        let n_let_through = (0..10_000).filter(|&n| FILTER.may_hold(mix(n, n))).count();
        assert!(n_let_through < 1_000, "{n_let_through} of 10,000");
    }

    #[test]
    fn set_phrases_tell_little_and_chosen_words_all() {
        for text in [
            "the prime minister",
            "in the United States",
            "the White House",
            "Secretary of State",
            "5 percent",
        ] {
            assert!(last_share(text) < 0.6, "{text}: {}", last_share(text));
        }
        for text in
            ["minister", "purple minister", "the minister walrus", "in 1987", "Secretary, wrote State"]
        {
            assert!((last_share(text) - 1.0).abs() < 1e-6, "{text}: {}", last_share(text));
        }
    }

    #[test]
    fn only_what_is_shared_foretells() {
        let tokens = tokens("the Secretary of State");
        let shares = [0, 1, 2, 3].map(|before| share_given(&tokens, 3, before));
        assert!((shares[0] - 1.0).abs() < 1e-6 && shares[2] < shares[0], "{shares:?}");
        assert!(shares.is_sorted_by(|more, less| more >= less), "{shares:?}");
    }

    #[test]
    fn pairs_reach_over_two_function_words_and_no_further() {
        let cases = [
            ("king", 0),
            ("old king", 1),
            ("king of spain", 2),
            ("king of the hill", 2),
            ("king of all the hills", 1),
        ];
        for (text, expected) in cases {
            let tokens = tokens(text);
            assert_eq!(Pair::at(&tokens, tokens.len() - 1, tokens.len() - 1).count(), expected, "{text}");
        }
        let tokens = tokens("king of spain");
        let keys: Vec<u64> = Pair::at(&tokens, 2, 2).map(Pair::key).collect();
        assert_ne!(keys[0], keys[1]);
    }

    #[test]
    fn nothing_known_falls_below_a_function_word_and_the_table_fits_its_budget() {
        let least = table().surprisals().min();
        assert!(least >= Some(12), "{least:?}");
        assert!(PAIRS.len() <= 300_000, "{} bytes", PAIRS.len());
    }
}
