//! Where a passage begins and ends, and where one falls apart into several.

use crate::align::chain::Box2;
use crate::align::edit::Match;
use crate::align::tables::{Side, Tables};
use crate::model::{Flags, Span, TokenSpan};

/// Cuts matches (sorted) where more than `max_gap` foreign words stand between two of them on either side.
#[must_use]
pub(super) fn split(tables: &Tables, matches: &[Match], max_gap: u32) -> Vec<Vec<Match>> {
    let mut parts: Vec<Vec<Match>> = vec![Vec::new()];
    let mut chain_end: Option<Match> = None;
    let mut previous: Option<Match> = None;
    for &next in matches {
        let wide_a = previous.is_some_and(|p| gap_words(&tables.a, tables, p.a + 1..next.a, max_gap));
        let wide_b =
            !next.moved && chain_end.is_some_and(|p| gap_words(&tables.b, tables, p.b + 1..next.b, max_gap));
        if wide_a || wide_b {
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

/// Whether more than `max_gap` words stand in `gap`, counting only stretches of words the other text lacks.
fn gap_words(numbers: &[u32], tables: &Tables, gap: std::ops::Range<u32>, max_gap: u32) -> bool {
    if gap.start >= gap.end || gap.end - gap.start <= max_gap {
        return false;
    }
    let shared_content =
        gap.clone().filter(|&position| tables.word(numbers[position as usize]).content).count() as u32;
    gap.end - gap.start > max_gap + 3 * shared_content
}

/// What a matched function word is worth when the ends are chosen, in bits: enough to stay where it touches the
/// shared wording, never enough to reach across a gap.
const STOP_BITS: f32 = 0.3;

/// Matched share from which a passage is nearly verbatim, so that a stray word beyond its end is chance.
const DENSE: f32 = 0.85;

/// How much dearer unmatched words are at the ends of a nearly verbatim passage.
const DENSE_COST: f32 = 4.0;

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
            let b_gap = if found.moved || p.moved { 0 } else { found.b.abs_diff(p.b).saturating_sub(1) };
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
    let latest = (span.end() + reach).min(side.len() as u32);
    let end =
        (span.end()..=latest).find(|&position| position > 0 && is_end(position - 1)).unwrap_or(span.end());
    Span::new(start, end)
}
