//! Finds the stretch of one text that sums up a long stretch of the other.
//!
//! A summary takes its words from all over its source: shared words stand close together on its own side and far
//! apart on the other, so no box of [`crate::align::chain`] holds them. Here seeds are grouped along one text alone.
//! What tells a summary from a passage beside other shared words, or from two articles on one topic, is how its seeds
//! lie: a logistic model over six traits, all of them ratios, so that neither text's length or subject enters.
//!
//! Cost: linear in the seeds of a pair, but for sorting them.

use std::ops::Range;

use crate::align::chain::Box2;
use crate::align::refine::Penalties;
use crate::align::seed::Point;
use crate::align::tables::{NOT_SHARED, Tables};
use crate::model::{Span, TokenSpan};

/// A stretch of one text that may sum up a stretch of the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Summary {
    /// Where.
    pub(super) place: Box2,
    /// Which text holds the summary.
    pub(super) short: Short,
    /// Evidence in bits.
    pub(super) bits: f32,
    /// How the seeds lie.
    traits: Traits,
}

/// Which text holds the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Short {
    /// The first.
    A,
    /// The second.
    B,
}

/// What tells a summary from other shared wording; ratios, 0 to 1 but for the last.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Traits {
    /// Seeds of the summary that stand in one place of the source, of its own length and a half.
    concentration: f32,
    /// Content words of the summary that are seeds.
    seeded: f32,
    /// Content words of the summary that the source's text holds at all.
    shared: f32,
    /// Share of the source's text that the summarized stretch takes.
    spread: f32,
    /// Length of the summarized stretch, in lengths of the summary; its natural logarithm.
    compression: f32,
}

/// Shortest summary, in tokens: a shorter one says nothing that a passage would not.
const MIN_WORDS: u32 = 40;

/// Longest stretch of a summary without a seed, in tokens.
const REACH: u32 = 25;

/// Longest stretch of the summarized text without a seed, in tokens.
const MAX_GAP: u32 = 800;

/// Least length of the summarized stretch, in lengths of the summary.
const MIN_COMPRESSION: f32 = 2.5;

/// Length of one place in the source, in lengths of the summary.
const PLACE: f32 = 1.5;

/// Share of the bits of chance that a seed pays for standing anywhere in a long stretch: a seed is two words that
/// stand together, which chance brings about more rarely than one.
const CHANCE: f32 = 0.5;

impl Short {
    /// The summary's side of `place`.
    pub(super) fn own(self, place: Box2) -> TokenSpan {
        match self {
            Short::A => place.a,
            Short::B => place.b,
        }
    }
}

impl Summary {
    /// How likely it is a summary, 0 to 1, when passages that stand for themselves cover the share `solid` of it.
    ///
    /// The weights are those of a logistic regression on 4,668 candidates of the PAN 2013 training corpus, 232 of them
    /// in summaries, rounded; five-fold, they find 72 % of the summaries with 2 wrong ones in 5.
    pub(super) fn probability(&self, solid: f32) -> f32 {
        let Traits { concentration, seeded, shared, spread, compression } = self.traits;
        let odds = -6.0 - 10.0 * concentration + 8.0 * seeded + 8.0 * shared + 5.5 * spread
            - 1.7 * compression
            - 3.5 * solid;
        1.0 / (1.0 + (-odds).exp())
    }

    /// The same, `a` and `b` tokens further on.
    pub(super) fn moved(self, a: u32, b: u32) -> Summary {
        let by = |span: TokenSpan, n: u32| Span::new(span.start() + n, span.end() + n);
        Summary { place: Box2 { a: by(self.place.a, a), b: by(self.place.b, b) }, ..self }
    }
}

/// Reused memory of the search.
#[derive(Default)]
pub(super) struct Search {
    seeds: Vec<Seed>,
    /// The seeds of one group that count.
    kept: Vec<Seed>,
    /// Their places in the other text.
    places: Vec<u32>,
}

impl Search {
    /// Adds to `found` the stretches of either text that may sum up the other.
    pub(super) fn summaries(
        &mut self,
        tables: &Tables,
        points: &[Point],
        penalties: Penalties,
        min_bits: f32,
        found: &mut Vec<Summary>,
    ) {
        let is_long_enough = |n_other: usize| n_other as f32 >= MIN_COMPRESSION * MIN_WORDS as f32;
        let mut look = |text: &Text<'_>, seed: fn(&Point) -> Seed, short: Short| {
            if !is_long_enough(text.n_other) {
                return;
            }
            let mut seeds = std::mem::take(&mut self.seeds);
            seeds.clear();
            seeds.extend(points.iter().map(seed));
            if short == Short::B {
                seeds.sort_unstable();
            }
            for group in seeds.chunk_by(|x, y| y.own - x.own <= REACH) {
                found.extend(text.summary(group, penalties, min_bits, short, self));
            }
            self.seeds = seeds;
        };
        let a = Text { tables, numbers: &tables.a, content: &tables.a_content, n_other: tables.b.len() };
        look(&a, |point| Seed { own: point.a, other: point.b }, Short::A);
        let b = Text { tables, numbers: &tables.b, content: &tables.b_content, n_other: tables.a.len() };
        look(&b, |point| Seed { own: point.b, other: point.a }, Short::B);
    }
}

/// A seed as the summary's text sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Seed {
    own: u32,
    other: u32,
}

/// The text in which a summary is looked for.
struct Text<'t> {
    tables: &'t Tables,
    numbers: &'t [u32],
    content: &'t [u32],
    /// Tokens of the other text.
    n_other: usize,
}

impl Text<'_> {
    fn summary(
        &self,
        group: &[Seed],
        penalties: Penalties,
        min_bits: f32,
        short: Short,
        search: &mut Search,
    ) -> Option<Summary> {
        if group.last()?.own - group.first()?.own + 1 < MIN_WORDS {
            return None;
        }
        let Search { kept: seeds, places, .. } = search;
        let other = widest_stretch(group, places);
        if (other.len() as f32) < MIN_COMPRESSION * MIN_WORDS as f32 {
            return None;
        }
        seeds.clear();
        seeds.extend(group.iter().copied().filter(|seed| holds(other, seed.other)));
        let own = self.extent(seeds, penalties)?;
        let compression = other.len() as f32 / own.len() as f32;
        if own.len() < MIN_WORDS || compression < MIN_COMPRESSION {
            return None;
        }
        seeds.retain(|seed| holds(own, seed.own));
        places.clear();
        places.extend(seeds.iter().map(|seed| seed.own));
        places.dedup();
        let bits = self.evidence(places, other.len());
        let content = own.range().filter(|&position| self.is_content(position)).count() as f32;
        let shared = own.range().filter(|&position| self.is_shared_content(position)).count() as f32;
        let place = match short {
            Short::A => Box2 { a: own, b: other },
            Short::B => Box2 { a: other, b: own },
        };
        let traits = Traits {
            concentration: most_in_one_place(seeds, own.len()) as f32 / places.len() as f32,
            seeded: places.len() as f32 / content.max(1.0),
            shared: shared / content.max(1.0),
            spread: other.len() as f32 / self.n_other as f32,
            compression: compression.ln(),
        };
        (bits >= min_bits).then_some(Summary { place, short, bits, traits })
    }

    /// The segment with the greatest sum: seeds add their weight, words that the other text lacks cost.
    fn extent(&self, seeds: &[Seed], penalties: Penalties) -> Option<TokenSpan> {
        let range: Range<usize> = seeds.first()?.own as usize..seeds.last()?.own as usize + 1;
        let mut seeds = seeds.iter().map(|seed| seed.own as usize).peekable();
        let (mut sum, mut start) = (0.0_f32, range.start);
        let (mut best, mut found) = (0.0_f32, None);
        for position in range {
            while seeds.next_if(|&seed| seed < position).is_some() {}
            sum += if seeds.peek() == Some(&position) {
                self.tables.word(self.numbers[position]).weight
            } else if self.numbers[position] != NOT_SHARED {
                0.0
            } else if self.is_content(position) {
                -penalties.content
            } else {
                -penalties.stop
            };
            if sum <= 0.0 {
                (sum, start) = (0.0, position + 1);
            } else if sum > best {
                (best, found) = (sum, Some(Span::new(start as u32, position as u32 + 1)));
            }
        }
        found
    }

    /// Bits of the distinct words at `places`, each less its share of what chance brings about among `n` words.
    fn evidence(&self, places: &[u32], n: u32) -> f32 {
        let mut words: Vec<u32> = places.iter().map(|&place| self.numbers[place as usize]).collect();
        words.sort_unstable();
        words.dedup();
        let chance = CHANCE * (n.max(1) as f32).log2();
        let mut bits: Vec<f32> = words.iter().map(|&number| self.tables.word(number).bits - chance).collect();
        // How words are numbered depends on which text was asked about; a sum of floats on their order.
        bits.retain(|&bits| bits > 0.0);
        bits.sort_unstable_by(f32::total_cmp);
        bits.into_iter().sum()
    }

    fn is_content(&self, position: usize) -> bool {
        position + 1 == self.content.len() || self.content[position + 1] > self.content[position]
    }

    fn is_shared_content(&self, position: usize) -> bool {
        self.numbers[position] != NOT_SHARED && self.tables.word(self.numbers[position]).content
    }
}

fn holds(span: TokenSpan, position: u32) -> bool {
    (span.start()..span.end()).contains(&position)
}

/// The stretch of the other text that holds most seeds of `group` without a gap of more than [`MAX_GAP`].
fn widest_stretch(group: &[Seed], places: &mut Vec<u32>) -> TokenSpan {
    places.clear();
    places.extend(group.iter().map(|seed| seed.other));
    let (first, last) = places.iter().fold((u32::MAX, 0), |(first, last), &it| (first.min(it), last.max(it)));
    if last.saturating_sub(first) <= MAX_GAP {
        // Most articles end before a gap could be that long.
        return Span::new(first, last + 1);
    }
    places.sort_unstable();
    let mut best: &[u32] = &[];
    for stretch in places.chunk_by(|x, y| y - x <= MAX_GAP) {
        if stretch.len() > best.len() {
            best = stretch;
        }
    }
    let (first, last) = (best.first().copied().unwrap_or(0), best.last().copied().unwrap_or(0));
    Span::new(first, last + 1)
}

/// The most distinct words of a summary of `len` tokens that have a seed in one place of the other text.
fn most_in_one_place(seeds: &mut [Seed], len: u32) -> usize {
    seeds.sort_unstable_by_key(|seed| (seed.other, seed.own));
    let width = (len as f32 * PLACE) as u32;
    let first_own = seeds.iter().map(|seed| seed.own).min().unwrap_or(0);
    let mut in_place = vec![0_u32; len as usize];
    let (mut distinct, mut most, mut tail) = (0_usize, 0, 0);
    for head in 0..seeds.len() {
        let count = &mut in_place[(seeds[head].own - first_own) as usize];
        distinct += usize::from(*count == 0);
        *count += 1;
        while seeds[head].other - seeds[tail].other >= width {
            let count = &mut in_place[(seeds[tail].own - first_own) as usize];
            *count -= 1;
            distinct -= usize::from(*count == 0);
            tail += 1;
        }
        most = most.max(distinct);
    }
    most
}
