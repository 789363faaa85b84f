//! Seeds of one pair: shared words that stand close together in both texts.
//!
//! A point is a shared content word at one place of each text. Two points whose words stand within a few content
//! words of each other on both sides support each other, in whichever order: an unordered skip-bigram. This finds
//! what consecutive shingles miss, wording with every third word replaced or with its clauses turned round.

use crate::align::tables::Tables;

/// A shared content word at one place in each piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Point {
    /// Position in a.
    pub(super) a: u32,
    /// Position in b.
    pub(super) b: u32,
}

/// Content words from one word of a seed to the other, counting the first.
const WINDOW: u32 = 5;

/// A word with more combinations of places than this makes no seeds, unless it stands once in one of the texts: then
/// it makes as many, at its first places. It still takes part in refinement.
pub(super) const MAX_COMBINATIONS: u32 = 16;

/// Places in either text at which a common word makes seeds when nothing else does.
const FIRST_PLACES: u32 = 4;

/// Which words make seeds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    /// Those with few combinations of places.
    Rare,
    /// Every content word, at its first places: for texts that repeat themselves throughout.
    All,
}

/// Reused memory of the search.
#[derive(Default)]
pub(super) struct Seeds {
    /// Places in a of shared content words.
    shared: Vec<u32>,
    all: Vec<Point>,
    /// Of each point its place among the content words of either side, and its word.
    ranks: Vec<Rank>,
    supported: Vec<bool>,
    /// The points that at least one other supports, in order.
    pub(super) points: Vec<Point>,
}

#[derive(Clone, Copy)]
struct Rank {
    a: u32,
    b: u32,
    word: u32,
}

impl Seeds {
    /// Finds the points of two pieces.
    pub(super) fn find(&mut self, tables: &Tables) {
        collect(tables, Words::Rare, &mut self.shared, &mut self.all);
        if self.all.is_empty() {
            collect(tables, Words::All, &mut self.shared, &mut self.all);
        }
        self.ranks.clear();
        self.ranks.extend(self.all.iter().map(|point| Rank {
            a: tables.a_content[point.a as usize],
            b: tables.b_content[point.b as usize],
            word: tables.a[point.a as usize],
        }));
        self.supported.clear();
        self.supported.resize(self.all.len(), false);
        for (index, here) in self.ranks.iter().enumerate() {
            for (other, there) in self.ranks.iter().enumerate().skip(index + 1) {
                if there.a - here.a > WINDOW {
                    break;
                }
                // Nought words apart wraps round to a great number; two points of one place are of one word.
                let is_near = there.b.abs_diff(here.b).wrapping_sub(1) < WINDOW;
                if is_near && there.word != here.word {
                    self.supported[index] = true;
                    self.supported[other] = true;
                }
            }
        }
        self.points.clear();
        let kept = self.all.iter().zip(&self.supported).filter(|&(_, &keep)| keep);
        self.points.extend(kept.map(|(&point, _)| point));
    }
}

/// Collects into `all` the shared content words at their places, in order of a, then b.
fn collect(tables: &Tables, words: Words, shared: &mut Vec<u32>, all: &mut Vec<Point>) {
    all.clear();
    find_shared(tables, shared);
    let mut seen = vec![0_u32; if words == Words::All { tables.words.len() } else { 0 }];
    for &a in &*shared {
        let number = tables.a[a as usize];
        let word = tables.word(number);
        let is_common = word.a_len.min(word.b_len) > 1 && word.a_len * word.b_len > MAX_COMBINATIONS;
        if is_common {
            if words == Words::Rare {
                continue;
            }
            seen[number as usize] += 1;
            if seen[number as usize] > FIRST_PLACES {
                continue;
            }
        }
        let most = if is_common { FIRST_PLACES } else { MAX_COMBINATIONS };
        let places = &tables.b_places(word)[..word.b_len.min(most) as usize];
        all.extend(places.iter().map(|&b| Point { a, b }));
    }
}

/// Places in a of shared content words; without a branch on which word is one, as no processor could guess it.
fn find_shared(tables: &Tables, shared: &mut Vec<u32>) {
    shared.clear();
    shared.resize(tables.a.len() + 1, 0);
    let mut n = 0;
    for (position, &number) in tables.a.iter().enumerate() {
        shared[n] = position as u32;
        n += usize::from(tables.word(number).content);
    }
    shared.truncate(n);
}
