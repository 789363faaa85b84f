//! How much a word tells in the corpus at hand: its own counts, blended with the built-in figures.
//!
//! In: the tokens of all documents of a run, with built-in surprisals. Out: the same tokens with surprisals that the
//! corpus has changed. A word's probability is (c + m·p) / (n + m): c of the corpus's n tokens are this word, p is its
//! built-in probability, 2 to the minus its built-in surprisal, and the built-in figure counts as [`PRIOR_TOKENS`] m
//! tokens more. This is the mean of a Dirichlet prior of strength m, updated by the counts (`MacKay` and Peto, "A
//! hierarchical Dirichlet language model", 1995; the smoothing of Zhai and Lafferty, 2001). Without tokens it is p,
//! with many c/n.
//!
//! Every occurrence counts, copies too: text that many documents carry makes its own words look frequent. That, and
//! verdicts that move when documents are added, is why the built-in figures are the default. For the same reason a
//! language without a table keeps the priors of [`super::prior`] unless the corpus is asked for: five articles on one
//! subject know less about a language than the mean of another one does.
//!
//! Characters of scripts written without spaces keep their figure: it tells one character given the one before, and
//! the share of their pair would count each of them twice. Flags stay: what is a function word is for the language.
//!
//! Cost: the keys of some documents at a time sorted in parallel, then a binary search among the distinct ones for each
//! token. Memory: eight bytes a token of the documents counted at a time, sixteen a distinct word.

use rayon::prelude::*;

use crate::model::{Flags, Place, Tokens};
use crate::statistics::eighths;

/// Tokens that the built-in figures count as: 2²⁰, so that a word of 20 bits, which is what alignment counts as fully
/// rare, was seen once. With fewer, being shared at all would make a word common: standing in both texts of a pair
/// costs such a word 1.6 bits here and 4.4 at 100,000. A corpus of a million words, some 2,500 articles, weighs as much
/// as the table; five articles lower only words that are rare in the language, most those they repeat.
pub const PRIOR_TOKENS: f64 = 1_048_576.0;

/// Least surprisal of a word however frequent, in eighths of a bit: what is shared is never no evidence at all.
const LEAST: u8 = 1;

/// Gives each token of `documents` the surprisal it has in all of them together.
///
/// The order of the documents and the number of threads change nothing.
pub fn weigh(documents: &mut [Tokens]) {
    let mut counts = Counts::default();
    counts.add(documents);
    documents.par_iter_mut().for_each(|document| counts.weigh(document));
}

/// Surprisal of a word with `count` of `n_tokens` tokens and a built-in surprisal of `builtin`, in eighths of a bit.
#[must_use]
pub fn blend(count: u32, n_tokens: u64, builtin: u8) -> u8 {
    let seen_before = PRIOR_TOKENS * (-f64::from(builtin) / 8.0).exp2();
    let share = (f64::from(count) + seen_before) / (n_tokens as f64 + PRIOR_TOKENS);
    eighths(-share.log2()).max(LEAST)
}

/// Whether a token is a word, whose share of all words means something.
fn is_counted(place: &Place) -> bool {
    !place.flags.has(Flags::GRAM)
}

/// How often each word stands in a corpus.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Distinct keys, rising, each with its occurrences; 2³² and more count as 2³² − 1.
    words: Vec<(u64, u32)>,
    n_tokens: u64,
}

impl Counts {
    /// Counts the words of more documents; memory grows with the distinct ones alone.
    pub fn add(&mut self, documents: &[Tokens]) {
        let mut keys: Vec<u64> = Vec::with_capacity(documents.iter().map(Tokens::len).sum());
        for document in documents {
            let words = document.keys.iter().zip(&document.places).filter(|(_, place)| is_counted(place));
            keys.extend(words.map(|(&key, _)| key));
        }
        keys.par_sort_unstable();
        self.n_tokens += keys.len() as u64;
        let mut sums = Vec::new();
        let mut known = std::mem::take(&mut self.words).into_iter().peekable();
        for run in keys.chunk_by(|x, y| x == y) {
            while let Some(before) = known.next_if(|(key, _)| *key < run[0]) {
                sums.push(before);
            }
            let before = known.next_if(|(key, _)| *key == run[0]).map_or(0, |(_, count)| count);
            sums.push((run[0], before.saturating_add(u32::try_from(run.len()).unwrap_or(u32::MAX))));
        }
        sums.extend(known);
        self.words = sums;
    }

    /// Gives each token of `document` the surprisal it has among all words counted.
    pub fn weigh(&self, document: &mut Tokens) {
        for (&key, place) in document.keys.iter().zip(&mut document.places) {
            if is_counted(place) {
                place.surprisal = blend(self.of_key(key), self.n_tokens, place.surprisal);
            }
        }
    }

    fn of_key(&self, key: u64) -> u32 {
        self.words.binary_search_by_key(&key, |word| word.0).map_or(0, |index| self.words[index].1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// A document of (key, built-in surprisal in bits).
    fn tokens(words: &[(u64, u8)]) -> Tokens {
        let place = |(index, &(_, bits)): (usize, &(u64, u8))| Place {
            start: index as u32 * 2,
            len: 1,
            surprisal: bits * 8,
            flags: Flags::default(),
        };
        Tokens {
            keys: words.iter().map(|word| word.0).collect(),
            places: words.iter().enumerate().map(place).collect(),
        }
    }

    fn surprisals(documents: &[Tokens]) -> Vec<Vec<u8>> {
        documents.iter().map(|it| it.places.iter().map(|place| place.surprisal).collect()).collect()
    }

    #[test]
    fn without_counts_the_builtin_figure_stands_and_with_many_the_share() {
        for builtin in 1..=255 {
            assert_eq!(blend(0, 0, builtin), builtin);
        }
        let billion = 1_000_000_000_u64;
        let cases = [
            // A 1024th of a thousand times more tokens than the prior counts for: 10 bits, whatever is built in.
            ((1 << 20, 1 << 30, 5 * 8), 80),
            ((1 << 20, 1 << 30, 20 * 8), 80),
            // All tokens are this word.
            ((billion as u32, billion, 20 * 8), LEAST),
            // Never seen in as many tokens as the prior counts for: one bit more.
            ((0, 1 << 20, 10 * 8), 88),
            // A word of 20 bits in the two texts of a pair: log2 of three occurrences.
            ((2, 0, 20 * 8), 160 - 13),
        ];
        for ((count, n_tokens, builtin), expected) in cases {
            let found = blend(count, n_tokens, builtin);
            assert!(
                found.abs_diff(expected) <= 1,
                "{count} of {n_tokens}, {builtin}: {found}, not {expected}"
            );
        }
    }

    #[test]
    fn five_short_articles_leave_ordinary_words_as_they_are() {
        let article: Vec<(u64, u8)> = (0..200).map(|word| (word, 14)).collect();
        let mut documents = vec![tokens(&article); 5];
        weigh(&mut documents);
        for surprisal in surprisals(&documents).concat() {
            assert!((14 * 8 - 1..=14 * 8).contains(&surprisal), "{surprisal}");
        }
    }

    #[test]
    fn grams_keep_their_figure_and_are_not_counted() {
        let mut document = tokens(&[(1, 6), (1, 6), (2, 12)]);
        document.places[0].flags = Flags::GRAM;
        let mut documents = vec![document];
        let mut counts = Counts::default();
        counts.add(&documents);
        assert_eq!((counts.n_tokens, counts.of_key(1)), (2, 1));
        weigh(&mut documents);
        assert_eq!(documents[0].places[0].surprisal, 48);
        assert_eq!(documents[0].places[0].flags, Flags::GRAM);
    }

    #[test]
    fn no_document_and_no_token_are_no_trouble() {
        weigh(&mut []);
        let mut documents = vec![Tokens::default(); 2];
        weigh(&mut documents);
        assert_eq!(documents, vec![Tokens::default(); 2]);
    }

    proptest! {
        /// More occurrences never say more, more other tokens never less.
        #[test]
        fn frequent_words_say_less(count in 0_u32..2_000_000, others in 0_u64..1 << 32, builtin in 1_u8..=255) {
            let n_tokens = u64::from(count) + others;
            prop_assert!(blend(count + 1, n_tokens + 1, builtin) <= blend(count, n_tokens, builtin));
            prop_assert!(blend(count, n_tokens + 1_000, builtin) >= blend(count, n_tokens, builtin));
        }

        /// The slow twin counts in a map, in whatever order.
        #[test]
        fn as_the_slow_twin_counts_in_any_order(
            words in prop::collection::vec(prop::collection::vec((0_u64..9, 4_u8..20), 0..40), 0..6),
        ) {
            let mut documents: Vec<Tokens> = words.iter().map(|it| tokens(it)).collect();
            let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
            for &(key, _) in words.iter().flatten() {
                *counts.entry(key).or_default() += 1;
            }
            let n_tokens = words.iter().flatten().count() as u64;
            let slow: Vec<Vec<u8>> = words
                .iter()
                .map(|it| it.iter().map(|&(key, bits)| blend(counts[&key], n_tokens, bits * 8)).collect())
                .collect();
            let mut turned: Vec<Tokens> = documents.iter().rev().cloned().collect();
            weigh(&mut documents);
            weigh(&mut turned);
            turned.reverse();
            prop_assert_eq!(surprisals(&documents), slow);
            prop_assert_eq!(documents, turned);
        }
    }
}
