//! Where a passage begins and ends, and where one falls apart into several.

use std::ops::Range;

use crate::align::chain::Box2;
use crate::align::edit::Match;
use crate::align::tables::{NOT_SHARED, Side, Tables};
use crate::model::{Flags, Span, TokenSpan};

/// Cuts matches (sorted) where more than `max_gap` words of their own stand between two of them on either side.
#[must_use]
pub(super) fn split(tables: &Tables, matches: &[Match], max_gap: u32) -> Vec<Vec<Match>> {
    let mut parts: Vec<Vec<Match>> = vec![Vec::new()];
    let mut chain_end: Option<Match> = None;
    let mut previous: Option<Match> = None;
    for &next in matches {
        let a_gap = previous.map_or(0..0, |p| p.a + 1..next.a);
        let b_gap = chain_end.filter(|_| !next.moved).map_or(0..0, |p| p.b + 1..next.b);
        if own_words(&tables.a, &a_gap, &tables.b, &b_gap, tables) > max_gap
            || own_words(&tables.b, &b_gap, &tables.a, &a_gap, tables) > max_gap
        {
            parts.push(Vec::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(next);
        }
        previous = Some(next);
        if !next.moved {
            chain_end = Some(next);
        }
    }
    parts
}

/// Words of a gap, less those around content words that the opposite gap holds too: shuffled wording is shared
/// wording.
fn own_words(
    numbers: &[u32],
    gap: &Range<u32>,
    opposite_numbers: &[u32],
    opposite: &Range<u32>,
    tables: &Tables,
) -> u32 {
    let len = gap.end.saturating_sub(gap.start);
    if len == 0 || opposite.start >= opposite.end {
        return len;
    }
    let facing = &opposite_numbers[opposite.start as usize..opposite.end as usize];
    let shuffled = numbers[gap.start as usize..gap.end as usize]
        .iter()
        .filter(|&&number| tables.word(number).content && facing.contains(&number))
        .count() as u32;
    len.saturating_sub(SHUFFLED_REACH * shuffled)
}

/// Words that one shuffled content word accounts for, itself and its neighbours.
const SHUFFLED_REACH: u32 = 3;

/// What a matched function word is worth when the ends are chosen, in bits: enough to stay where it touches the
/// shared wording, never enough to reach across a gap.
pub(super) const STOP_BITS: f32 = 0.3;

/// What a break in the order counts when the ends are chosen, in unmatched words.
const MOVED_GAP: u32 = 12;

/// Matched share from which a passage is nearly verbatim, so that a stray word beyond its end is chance.
const DENSE: f32 = 0.85;

/// How much dearer unmatched words are at the ends of a nearly verbatim passage.
pub(super) const DENSE_COST: f32 = 4.0;

/// Drops matches at either end that lie too far out for what they say: a passage begins and ends where the shared
/// wording does. Keeps the run of matches with the greatest sum of bits less `cost` for each unmatched word between
/// them; where the wording is nearly verbatim, unmatched words cost more.
#[must_use]
pub(super) fn trim(tables: &Tables, matches: &[Match], cost: f32) -> Vec<Match> {
    let kept = best_run(tables, matches, cost);
    let (Some(first), Some(last)) = (kept.first(), kept.last()) else { return Vec::new() };
    let density = kept.len() as f32 / (last.a - first.a + 1) as f32;
    if density < DENSE { kept.to_vec() } else { best_run(tables, kept, cost * DENSE_COST).to_vec() }
}

fn best_run<'m>(tables: &Tables, matches: &'m [Match], cost: f32) -> &'m [Match] {
    let (mut sum, mut start) = (0.0_f32, 0);
    let (mut best, mut range) = (0.0_f32, 0..0);
    let mut previous: Option<Match> = None;
    for (index, found) in matches.iter().enumerate() {
        let word = tables.word(tables.a[found.a as usize]);
        if let Some(p) = previous {
            let joined = found.a == p.a + 1 && found.b == p.b + 1;
            let b_gap = match found.moved || p.moved {
                true if joined => 0,
                true => MOVED_GAP,
                false => found.b.abs_diff(p.b).saturating_sub(1),
            };
            sum -= cost * (found.a - p.a - 1 + b_gap) as f32;
        }
        if sum <= 0.0 {
            (sum, start) = (0.0, index);
        }
        sum += if word.content { word.bits } else { STOP_BITS };
        if sum > best {
            (best, range) = (sum, start..index + 1);
        }
        previous = Some(*found);
    }
    &matches[range]
}

/// Gives a passage cut off around blocks that had moved (matches sorted) a main chain of its own: the blocks if they
/// keep their order, else the longest one. Nothing has moved in a passage that is one block.
#[must_use]
pub(super) fn settle(mut matches: Vec<Match>) -> Vec<Match> {
    if matches.iter().any(|found| !found.moved) {
        return matches;
    }
    let mut chain = 0..matches.len();
    if !matches.is_sorted_by(|x, y| x.b < y.b) {
        let mut start = 0;
        chain = 0..0;
        for block in matches.chunk_by(|x, y| y.a == x.a + 1 && y.b == x.b + 1) {
            if block.len() > chain.len() {
                chain = start..start + block.len();
            }
            start += block.len();
        }
    }
    for found in &mut matches[chain] {
        found.moved = false;
    }
    matches
}

/// Moves the ends of a passage (matches sorted) out over words that are equal on both sides: function words that stand
/// nowhere else in the passage are outside its box.
#[must_use]
pub(super) fn extend(tables: &Tables, matches: Vec<Match>) -> Vec<Match> {
    let mut moved_b: Vec<u32> = matches.iter().filter(|m| m.moved).map(|m| m.b).collect();
    moved_b.sort_unstable();
    let is_free = |a: u32, b: u32| {
        let number = tables.a[a as usize];
        number != NOT_SHARED && number == tables.b[b as usize] && moved_b.binary_search(&b).is_err()
    };
    let ends = matches.first().zip(matches.last()).map(|(first, last)| (*first, *last));
    let Some((first, last)) = ends else { return matches };
    let chain = |(a, b)| Match { a, b, moved: false };
    let lead = if first.moved { 0 } else { first.a.min(first.b) };
    let before =
        (1..=lead).map(|n| (first.a - n, first.b - n)).take_while(|&(a, b)| is_free(a, b)).count() as u32;
    let left = (tables.a.len() as u32 - last.a).min(tables.b.len() as u32 - last.b);
    let trail = if last.moved { 0 } else { left - 1 };
    let after =
        (1..=trail).map(|n| (last.a + n, last.b + n)).take_while(|&(a, b)| is_free(a, b)).count() as u32;
    let head = (1..=before).rev().map(|n| chain((first.a - n, first.b - n)));
    let tail = (1..=after).map(|n| chain((last.a + n, last.b + n)));
    head.chain(matches).chain(tail).collect()
}

/// Moves the ends of an edited passage out to the sentence boundary if one lies at most `reach` tokens away.
#[must_use]
pub(super) fn snap(place: Box2, a: Side<'_>, b: Side<'_>, reach: u32) -> Box2 {
    Box2 { a: snap_side(place.a, a, reach), b: snap_side(place.b, b, reach) }
}

fn snap_side(span: TokenSpan, side: Side<'_>, reach: u32) -> TokenSpan {
    let is_end = |position: u32| side.tokens.is(side.start + position as usize, Flags::SENTENCE_END);
    let earliest = span.start().saturating_sub(reach);
    let start = (earliest..=span.start())
        .rev()
        .find(|&position| position == 0 || is_end(position - 1))
        .unwrap_or(span.start());
    let latest = (span.end() + reach).min(side.len as u32);
    let end =
        (span.end()..=latest).find(|&position| position > 0 && is_end(position - 1)).unwrap_or(span.end());
    Span::new(start, end)
}
