//! Counts words that stand together, and weighs the second by the first.
//!
//! In: the tokens of the texts of several corpora. Out: the bytes of a table of pairs.
//!
//! In each corpus a place counts only if the six words around it have not stood there before: what is printed in many
//! documents, a copied passage or another version of an article, would otherwise make its own wording common language.
//! A corpus's estimate is p(t | s) = max(c(s, t) - D, 0) / c(s) + D n(s) / c(s) p(t), absolute discounting down to the
//! built-in word table (Ney, Essen and Kneser, "On structuring probabilistic dependences in stochastic language
//! modelling", 1994), where n(s) is the number of different words after s, and D = n1 / (n1 + 2 n2) comes from the
//! numbers of pairs seen once and twice. What is stored is the mean over the corpora, each with c(s) / (c(s) + 50) of a
//! say, so that one that hardly knows s has little and none has more than the others.
//!
//! A pair is kept if at least two corpora hold it, three times in all, and it saves a bit or more; among those, the
//! 20,000 that save most in running text.

use std::collections::{HashMap, HashSet};
use std::fmt;

use wirecopy::model::{Flags, Tokens};
use wirecopy::statistics::Background;
use wirecopy::statistics::collocations::{MAX_BETWEEN, Pair, mix};

/// Words around a place that make it known.
const AROUND: usize = 6;
/// Corpora that a pair must stand in; a turn of one newsroom is not language.
const MIN_CORPORA: usize = 2;
/// Occurrences of a pair in all corpora.
const MIN_COUNT: u32 = 3;
/// Occurrences of the first word at which a corpus has half a say.
const HALF_SAY: f64 = 50.0;
/// Least surprisal in bits: what scoring gives a function word.
const LEAST_BITS: f64 = 1.5;
/// Bits that a pair must save.
const MIN_SAVED: f64 = 1.0;
/// Most pairs in the table. 40,000 save 16 % more bits in running text, but leave out no more chance passages at the
/// recall that 20,000 keep.
const MAX_PAIRS: usize = 20_000;

/// What is counted about one pair.
struct Counts {
    pair: Pair,
    count: u32,
    /// Whether the second word is one that scoring weighs.
    is_content: bool,
}

/// What is counted about a first word.
#[derive(Default)]
struct First {
    count: u32,
    followers: u32,
}

/// One corpus's counts.
#[derive(Default)]
pub(crate) struct Corpus {
    pairs: HashMap<u64, Counts>,
    firsts: HashMap<u64, First>,
    seen: HashSet<u64>,
    n_places: u32,
    discount: f64,
}

impl Corpus {
    /// Adds one document.
    pub(crate) fn add(&mut self, tokens: &Tokens) {
        let mut before = 0;
        for at in 0..tokens.len() {
            if self.is_new(tokens, at) {
                self.n_places += 1;
                let is_content = !tokens.is(at, Flags::STOP) && !tokens.is(at, Flags::NUMBER);
                for pair in Pair::at(tokens, at, before) {
                    self.count(pair, is_content);
                }
            }
            before = if tokens.is(at, Flags::SENTENCE_END) { 0 } else { (before + 1).min(MAX_BETWEEN + 1) };
        }
    }

    fn is_new(&mut self, tokens: &Tokens, at: usize) -> bool {
        let start = at.saturating_sub(AROUND / 2);
        let end = (start + AROUND).min(tokens.len());
        self.seen.insert(tokens.keys[start..end].iter().fold(0, |hash, &key| mix(hash, key)))
    }

    fn count(&mut self, pair: Pair, is_content: bool) {
        let counts = self.pairs.entry(pair.key()).or_insert(Counts { pair, count: 0, is_content });
        counts.count += 1;
        let first = self.firsts.entry(pair.context).or_default();
        first.count += 1;
        first.followers += u32::from(counts.count == 1);
    }

    /// Ends the counting.
    pub(crate) fn finish(&mut self) {
        self.seen = HashSet::new();
        let n_of = |count: u32| self.pairs.values().filter(|pair| pair.count == count).count() as f64;
        let (once, twice) = (n_of(1), n_of(2));
        self.discount = once / (once + 2.0 * twice).max(1.0);
    }

    fn count_of(&self, key: u64) -> u32 {
        self.pairs.get(&key).map_or(0, |counts| counts.count)
    }

    /// The corpus's say and its probability of the second word given the first; `None` if it lacks the first.
    fn estimate(&self, pair: Pair, unigram: f64) -> Option<(f64, f64)> {
        let first = self.firsts.get(&pair.context)?;
        let n = f64::from(first.count);
        let own = (f64::from(self.count_of(pair.key())) - self.discount).max(0.0) / n;
        let left = self.discount * f64::from(first.followers) / n;
        Some((n / (n + HALF_SAY), own + left * unigram))
    }
}

impl fmt::Display for Corpus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Corpus { n_places, pairs, discount, .. } = self;
        write!(f, "{n_places} places, {} pairs, discount {discount:.3}", pairs.len())
    }
}

/// A pair to be stored.
struct Known {
    key: u64,
    bits: f64,
    /// Bits saved in running text, by word.
    worth: f64,
}

/// The table's bytes, from the pairs of the corpora and the bits of a word alone, by key.
pub(crate) fn table(corpora: &[Corpus], words: impl Fn(u64) -> Option<f64>) -> Vec<u8> {
    let mut known: HashMap<u64, Known> = HashMap::new();
    for counts in corpora.iter().flat_map(|corpus| corpus.pairs.values()).filter(|counts| counts.is_content) {
        let key = counts.pair.key();
        if !known.contains_key(&key)
            && let Some(pair) = weigh(corpora, &words, counts.pair)
        {
            known.insert(key, pair);
        }
    }
    let mut known: Vec<Known> = known.into_values().collect();
    known.sort_by(|x, y| y.worth.total_cmp(&x.worth).then(x.key.cmp(&y.key)));
    let worth = |pairs: &[Known]| pairs.iter().map(|pair| pair.worth).sum::<f64>();
    let (n_known, all) = (known.len(), worth(&known));
    known.truncate(MAX_PAIRS);
    let entries: Vec<(u64, f64)> = known.iter().map(|pair| (pair.key, pair.bits)).collect();
    let bytes = Background::encode(0.0, &entries);
    eprintln!(
        "{} of {n_known} pairs, {:.3} of {all:.3} bits saved a word, {} bytes",
        known.len(),
        worth(&known),
        bytes.len()
    );
    bytes
}

/// What a pair is worth; `None` if it is no collocation.
fn weigh(corpora: &[Corpus], words: impl Fn(u64) -> Option<f64>, pair: Pair) -> Option<Known> {
    let key = pair.key();
    let counts: Vec<u32> = corpora.iter().map(|corpus| corpus.count_of(key)).collect();
    let n_corpora = counts.iter().filter(|&&count| count > 0).count();
    if n_corpora < MIN_CORPORA || counts.iter().sum::<u32>() < MIN_COUNT {
        return None;
    }
    let alone = words(pair.word)?;
    let unigram = (-alone).exp2();
    let (says, sum) = corpora
        .iter()
        .filter_map(|corpus| corpus.estimate(pair, unigram))
        .fold((0.0, 0.0), |(says, sum), (say, share)| (says + say, sum + say * share));
    let bits = (-(sum / says).log2()).max(LEAST_BITS);
    let shares = corpora
        .iter()
        .zip(&counts)
        .map(|(corpus, &count)| f64::from(count) / f64::from(corpus.n_places.max(1)));
    let worth = shares.sum::<f64>() / corpora.len() as f64 * (alone - bits);
    (alone - bits >= MIN_SAVED).then_some(Known { key, bits, worth })
}
