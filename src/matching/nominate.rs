//! Decides which segment pairs have enough evidence to be worth aligning.

use std::ops::Range;

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

/// Hits from which a pair is aligned without looking at its places: chance does not bring that many about.
const MANY_HITS: usize = 12;

/// Where two documents share a shingle: positions of its first tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// In the document of the first segment.
    pub a: u32,
    /// In the other one.
    pub b: u32,
}

/// A pair of segments with enough evidence, and where most of it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nomination {
    /// The pair, its sides as those of the hits.
    pub pair: Candidate,
    /// Whether one shingle is all they share.
    pub is_lone: bool,
    /// The places with most evidence, best first; none for a pair beyond doubt.
    pub places: [Option<Place>; 2],
}

/// The pairs among sorted `hits` whose evidence reaches the limits of `params`.
#[must_use]
pub fn nominate(
    hits: &[Hit],
    documents: &[Tokens],
    segments: &Segments,
    params: &MatchParams,
) -> Vec<Nomination> {
    hits.chunk_by(|x, y| (x.a, x.b) == (y.a, y.b))
        .filter_map(|group| {
            let tokens = &documents[segments.get(group[0].a).document as usize];
            let is_many = group.len() >= MANY_HITS;
            let (evidence, places) =
                Evidence::of(group, tokens, params.fingerprint, |e| is_many && e.is_enough(params));
            let pair = Candidate { a: group[0].a, b: group[0].b };
            let places = if is_many { [None; 2] } else { places };
            evidence.is_enough(params).then_some(Nomination { pair, is_lone: group.len() == 1, places })
        })
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
    /// The evidence of sorted `hits`, positions in `tokens` of the document of their first segment, counted until `enough` says so; and
    /// the places that have most of it.
    fn of(
        hits: &[Hit],
        tokens: &Tokens,
        params: FingerprintParams,
        enough: impl Fn(Evidence) -> bool,
    ) -> (Evidence, [Option<Place>; 2]) {
        let mut local = vec![0.0_f32; hits.len()];
        let mut evidence = Evidence { hits: hits.len(), ..Evidence::default() };
        let mut best = Best::default();
        let mut reach = 0;
        for (index, hit) in hits.iter().enumerate() {
            // Each token of that document counts once, by the first hit that covers it.
            let end = fingerprint::end(tokens, hit.a_position, params);
            let first_fresh = hit.a_position.max(reach);
            let fresh = content_bits(tokens, hit.a_position, first_fresh..end);
            reach = reach.max(end);
            evidence.total_bits += fresh;
            let near = (index.saturating_sub(LOOK_BACK)..index)
                .filter(|&earlier| is_near(hit, &hits[earlier]))
                .map(|earlier| local[earlier])
                .fold(0.0, f32::max);
            let is_new = first_fresh == hit.a_position;
            local[index] = match near > 0.0 || is_new {
                true => near + fresh,
                false => content_bits(tokens, hit.a_position, hit.a_position..end),
            };
            evidence.local_bits = evidence.local_bits.max(local[index]);
            best.take(local[index], hit);
            if enough(evidence) {
                break;
            }
        }
        (
            evidence,
            best.places.map(|place| place.map(|(_, hit)| Place { a: hit.a_position, b: hit.b_position })),
        )
    }

    /// All the evidence of sorted `hits`.
    #[must_use]
    pub fn full(hits: &[Hit], tokens: &Tokens, params: &MatchParams) -> Evidence {
        Evidence::of(hits, tokens, params.fingerprint, |_| false).0
    }

    /// Whether it nominates the pair: locally, or in total over at least three hits.
    #[must_use]
    pub fn is_enough(self, params: &MatchParams) -> bool {
        self.local_bits >= params.min_local_bits
            || (self.hits >= 3 && self.total_bits >= params.min_total_bits)
    }
}

/// Whether two hits are evidence for one place.
fn is_near(hit: &Hit, other: &Hit) -> bool {
    hit.a_position.abs_diff(other.a_position) <= NEAR_TOKENS
        && hit.b_position.abs_diff(other.b_position) <= NEAR_TOKENS
}

/// The two places with most evidence.
#[derive(Default)]
struct Best<'h> {
    places: [Option<(f32, &'h Hit)>; 2],
}

impl<'h> Best<'h> {
    fn take(&mut self, bits: f32, hit: &'h Hit) {
        let [first, second] = &mut self.places;
        match first {
            Some((most, other)) if is_near(hit, other) => {
                if bits > *most {
                    *first = Some((bits, hit));
                }
            }
            Some((most, _)) if bits <= *most => match second {
                Some((most, _)) if bits <= *most => {}
                _ => *second = Some((bits, hit)),
            },
            _ => *second = first.replace((bits, hit)),
        }
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
