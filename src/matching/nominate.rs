//! Decides which segment pairs have enough evidence to be worth aligning.

use std::ops::Range;

use rayon::prelude::*;

use crate::fingerprint::{self, FingerprintParams};
use crate::matching::postings::Hit;
use crate::matching::segment::Segments;
use crate::matching::{Candidate, MatchParams};
use crate::model::{Flags, Tokens};
use crate::statistics::collocations;

/// Hits at most this many tokens apart on both sides are evidence for one place.
const NEAR_TOKENS: u32 = 24;

/// Hits looked back at for each hit; keeps repeated text linear.
const LOOK_BACK: usize = 64;

/// The pairs among sorted `hits` whose evidence reaches the limits of `params`.
#[must_use]
pub fn nominate(
    hits: &[Hit],
    documents: &[Tokens],
    segments: &Segments,
    params: &MatchParams,
) -> Vec<Candidate> {
    let groups: Vec<&[Hit]> = hits.chunk_by(|x, y| (x.a, x.b) == (y.a, y.b)).collect();
    groups
        .into_par_iter()
        .with_min_len(256)
        .filter(|group| {
            let tokens = &documents[segments.get(group[0].a).document as usize];
            Evidence::of(group, tokens, params.fingerprint, |e| e.is_enough(params)).is_enough(params)
        })
        .map(|group| Candidate { a: group[0].a, b: group[0].b })
        .collect()
}

/// What the hits of one pair add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Shared shingles.
    pub hits: usize,
    /// Bits of shared content words in the place that has most.
    pub local_bits: f32,
    /// Bits of shared content words in all.
    pub total_bits: f32,
}

impl Evidence {
    /// The evidence of sorted `hits`, positions in `tokens` of the first document; counted until `enough` says so.
    fn of(
        hits: &[Hit],
        tokens: &Tokens,
        params: FingerprintParams,
        enough: impl Fn(Evidence) -> bool,
    ) -> Evidence {
        let mut local = vec![0.0_f32; hits.len()];
        let mut evidence = Evidence { hits: hits.len(), ..Evidence::default() };
        let mut reach = 0;
        for (index, hit) in hits.iter().enumerate() {
            // Each token of the first document counts once, by the first hit that covers it.
            let end = fingerprint::end(tokens, hit.a_position, params);
            let first_fresh = hit.a_position.max(reach);
            let fresh = content_bits(tokens, hit.a_position, first_fresh..end);
            reach = reach.max(end);
            evidence.total_bits += fresh;
            let near = (index.saturating_sub(LOOK_BACK)..index)
                .filter(|&earlier| {
                    let other = &hits[earlier];
                    hit.a_position - other.a_position <= NEAR_TOKENS
                        && hit.b_position.abs_diff(other.b_position) <= NEAR_TOKENS
                })
                .map(|earlier| local[earlier])
                .fold(0.0, f32::max);
            let is_new = first_fresh == hit.a_position;
            local[index] = match near > 0.0 || is_new {
                true => near + fresh,
                false => content_bits(tokens, hit.a_position, hit.a_position..end),
            };
            evidence.local_bits = evidence.local_bits.max(local[index]);
            if enough(evidence) {
                break;
            }
        }
        evidence
    }

    /// All the evidence of sorted `hits`.
    #[must_use]
    pub fn full(hits: &[Hit], tokens: &Tokens, params: &MatchParams) -> Evidence {
        Evidence::of(hits, tokens, params.fingerprint, |_| false)
    }

    /// Whether it nominates the pair: locally, or in total over at least three hits.
    #[must_use]
    pub fn is_enough(self, params: &MatchParams) -> bool {
        self.local_bits >= params.min_local_bits
            || (self.hits >= 3 && self.total_bits >= params.min_total_bits)
    }
}

/// Surprisal of the content words among tokens `range`, each given those from `first` on that stand before it, in bits.
fn content_bits(tokens: &Tokens, first: u32, range: Range<u32>) -> f32 {
    range
        .filter(|&index| !tokens.is(index as usize, Flags::STOP))
        .map(|index| {
            let at = index as usize;
            tokens.bits(at) * collocations::share_given(tokens, at, (index - first) as usize)
        })
        .sum()
}
