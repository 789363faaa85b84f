//! What the alignment passes over, for the one who asks why: only `explain` pays for it.
//!
//! In: a step's input and what it kept. Out: [`Miss`]es, each with the words concerned, the rule, its value and its
//! limit.

use crate::align::chain::Box2;
use crate::align::edit::Match;
use crate::align::ends::{DENSE_COST, STOP_BITS};
use crate::align::seed::MAX_COMBINATIONS;
use crate::align::select::{REPEAT_IDENTITY, restates};
use crate::align::tables::Tables;
use crate::align::{Alignment, moved};
use crate::model::{Span, TokenSpan};

/// A place where two texts share words that was not reported, and the limit that stopped it. Sides as the caller
/// gave them.
#[derive(Clone, Debug, PartialEq)]
pub struct Miss {
    /// Tokens of document a.
    pub a: TokenSpan,
    /// Tokens of document b.
    pub b: TokenSpan,
    /// The limit.
    pub rule: Rule,
    /// What the place has.
    pub value: f64,
    /// What it would have needed.
    pub limit: f64,
}

/// Limits that a passage must reach. The first four are named as the settings are, the others are fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Words, the mean of both sides.
    MinWords,
    /// Bits of shared wording.
    MinBits,
    /// Share of words matched.
    MinIdentity,
    /// Probability that a stretch sums up the other text.
    MinSummary,
    /// Weight of the rare words that stand close together.
    MinWeight,
    /// Bits beyond the end of a passage, against what the words between cost.
    EndCost,
    /// Bits of a passage on its own: what it would need without another near it.
    Company,
    /// Bits against those of the passage it restates.
    Rival,
    /// Share of words matched in a repetition of words that a stronger passage has.
    Repetition,
    /// Combinations of a word's places in the two texts: the one limit from above.
    Frequency,
}

impl Miss {
    /// How near it came: value against limit, 1 when there.
    #[must_use]
    pub fn nearness(&self) -> f64 {
        match self.rule {
            // The only limit from above.
            Rule::Frequency => self.limit / self.value,
            _ if self.limit > 0.0 => self.value / self.limit,
            _ => 0.0,
        }
    }

    pub(super) fn moved(self, a: usize, b: usize) -> Miss {
        Miss { a: moved(self.a, a), b: moved(self.b, b), ..self }
    }

    pub(super) fn at(place: Box2, rule: Rule, value: f64, limit: f64) -> Miss {
        Miss { a: place.a, b: place.b, rule, value, limit }
    }
}

/// Content words that both pieces hold too often to start a passage, each at its first places.
pub(super) fn frequent(tables: &Tables) -> Vec<Miss> {
    let mut seen = vec![false; tables.words.len()];
    let mut misses = Vec::new();
    for (position, &number) in tables.a.iter().enumerate() {
        let word = tables.word(number);
        let is_frequent = word.a_len.min(word.b_len) > 1 && word.a_len * word.b_len > MAX_COMBINATIONS;
        if word.content && is_frequent && !std::mem::replace(&mut seen[number as usize], true) {
            let (a, b) = (position as u32, tables.b_places(word)[0]);
            let place = Box2 { a: Span::new(a, a + 1), b: Span::new(b, b + 1) };
            let combinations = f64::from(word.a_len * word.b_len);
            misses.push(Miss::at(place, Rule::Frequency, combinations, f64::from(MAX_COMBINATIONS)));
        }
    }
    misses
}

/// The ends of `matches` that trimming to `kept` cut off, where they hold a content word: bits against what the words
/// between cost at `cost` bits each.
pub(super) fn trimmed(tables: &Tables, matches: &[Match], kept: &[Match], cost: f32) -> Vec<Miss> {
    let (Some(first), Some(last)) = (kept.first(), kept.last()) else { return Vec::new() };
    let head = &matches[..matches.partition_point(|found| found.a < first.a)];
    let tail = &matches[matches.partition_point(|found| found.a <= last.a)..];
    [(head, first, false), (tail, last, true)]
        .into_iter()
        .filter_map(|(end, edge, is_tail)| {
            let words = end.iter().map(|found| tables.word(tables.a[found.a as usize]));
            if !words.clone().any(|word| word.content) {
                return None;
            }
            let bits: f32 = words.map(|word| if word.content { word.bits } else { STOP_BITS }).sum();
            let (low, high) = (end.first()?, end.last()?);
            let (b_low, b_high) =
                end.iter().fold((u32::MAX, 0), |(min, max), found| (min.min(found.b), max.max(found.b)));
            let place = Box2 { a: Span::new(low.a, high.a + 1), b: Span::new(b_low, b_high + 1) };
            let reach = if is_tail { high.a - edge.a } else { edge.a - low.a };
            let b_reach = if is_tail { b_high.abs_diff(edge.b) } else { edge.b.abs_diff(b_low) };
            let between = (reach + b_reach).saturating_sub(2 * end.len() as u32) as f32 * cost;
            // Beyond nearly verbatim wording a word costs more.
            let limit = if bits < between { between } else { (between * DENSE_COST).max(bits) };
            Some(Miss::at(place, Rule::EndCost, f64::from(bits), f64::from(limit)))
        })
        .collect()
}

/// The passages among `found` that `kept` left out, against the strongest of those they restate.
pub(super) fn rivals(found: &[Alignment], kept: &[Alignment]) -> Vec<Miss> {
    let is_kept = |one: &&Alignment| kept.iter().any(|other| (one.a, one.b) == (other.a, other.b));
    found
        .iter()
        .filter(|one| !is_kept(one))
        .filter_map(|weak| {
            let rivals = kept.iter().filter(|strong| restates(weak, strong));
            let strong = rivals.max_by(|x, y| x.bits.total_cmp(&y.bits))?;
            let both =
                strong.a.overlap(weak.a) * 2 > weak.a.len() && strong.b.overlap(weak.b) * 2 > weak.b.len();
            let (rule, value, limit) = match both {
                true => (Rule::Rival, weak.bits, strong.bits),
                false => (Rule::Repetition, weak.identity, REPEAT_IDENTITY),
            };
            Some(Miss { a: weak.a, b: weak.b, rule, value, limit })
        })
        .collect()
}
