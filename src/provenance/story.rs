//! Do the articles that carry some wording tell one story, or have they only the wording in common?
//!
//! In: articles of one outlet in order of time, with the place of the wording in each. Out: whether neighbours among them
//! share rare words beyond it. Background that follow-ups repeat stands between the names and words of its story; an address
//! or a disclaimer stands below whatever the news is. Words that the outlet uses in other articles too tell nothing, nor do
//! those of the wording itself. Linear in the words of a sample, which is bounded.

use rapidhash::RapidHashSet;

use crate::cluster::Member;
use crate::model::{Flags, Tokens, TokensOf};

/// Carriers looked at, evenly spread over time.
const CARRIERS: usize = 16;

/// Articles of an outlet that tell which words it uses all the time, at most; and those of them without the wording, at least.
const ARTICLES: (usize, usize) = (64, 8);

/// One in so many of them at most holds a word that tells a story.
const SELDOM: usize = 20;

/// Least surprisal of a word that tells a story, in bits, and fewest bytes. Numbers tell none: dates recur.
const RARE: (f32, u16) = (13.0, 4);

/// Rare words beyond the wording that half of the neighbours share when they tell one story; and the shorter one has at most
/// so many times as many: long articles share words by chance.
const SHARED: (usize, usize) = (4, 8);

/// The rare words of some articles of one outlet, evenly spread over all.
#[derive(Debug, Default)]
pub struct Archive(Vec<(u32, Vec<u64>)>);

impl Archive {
    /// Looks at some of the outlet's `articles`.
    #[must_use]
    pub fn of<D: TokensOf + ?Sized>(articles: &[u32], tokens: &D) -> Archive {
        let sample = spread(articles, ARTICLES.0).into_iter();
        Archive(sample.map(|article| (article, rare(&tokens.of(article as usize), |_| true))).collect())
    }
}

/// Whether `carriers`, of one outlet and in order of time, tell one story beyond the wording at their places. Where hardly an
/// article of the outlet lacks the wording, nothing tells.
#[must_use]
pub fn is_one<D: TokensOf + ?Sized>(carriers: &[Member], tokens: &D, archive: &Archive) -> bool {
    let carrying: RapidHashSet<u32> = carriers.iter().map(|carrier| carrier.document).collect();
    let others: Vec<&Vec<u64>> =
        archive.0.iter().filter(|(article, _)| !carrying.contains(article)).map(|(_, words)| words).collect();
    if others.len() < ARTICLES.1 {
        return false;
    }
    let by_article: Vec<&[Member]> = carriers.chunk_by(|one, other| one.document == other.document).collect();
    let mut inside: RapidHashSet<u64> = RapidHashSet::default();
    let mut beyond: Vec<Vec<u64>> = Vec::new();
    for places in spread(&by_article, CARRIERS) {
        let tokens = tokens.of(places[0].document as usize);
        let holds = |index: usize| places.iter().any(|place| place.span.range().contains(&index));
        inside.extend(places.iter().flat_map(|place| &tokens.keys[place.span.range()]));
        beyond.push(rare(&tokens, |index| !holds(index)));
    }
    let is_seldom = |key: &u64| {
        let n = others.iter().filter(|words| words.binary_search(key).is_ok()).count();
        n * SELDOM <= others.len()
    };
    let is_alike = |pair: &[Vec<u64>]| {
        let shared =
            pair[0].iter().filter(|key| !inside.contains(*key) && pair[1].binary_search(key).is_ok());
        let n = shared.filter(|key| is_seldom(key)).count();
        n >= SHARED.0 && n * SHARED.1 >= pair[0].len().min(pair[1].len())
    };
    2 * beyond.windows(2).filter(|pair| is_alike(pair)).count() >= beyond.len().saturating_sub(1).max(1)
}

/// The keys of the rare words at places that are wanted, sorted, each once.
fn rare(tokens: &Tokens, is_wanted: impl Fn(usize) -> bool) -> Vec<u64> {
    let is_rare = |&index: &usize| {
        let is_word = !tokens.is(index, Flags::STOP) && !tokens.is(index, Flags::NUMBER);
        is_word && tokens.places[index].len >= RARE.1 && tokens.bits(index) >= RARE.0
    };
    let found = (0..tokens.len()).filter(is_rare).filter(|&index| is_wanted(index));
    let mut keys: Vec<u64> = found.map(|index| tokens.keys[index]).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// At most `n` of `all`, evenly spread.
fn spread<T: Copy>(all: &[T], n: usize) -> Vec<T> {
    let n = n.min(all.len());
    (0..n).map(|index| all[index * all.len() / n]).collect()
}
