//! Fingerprints of all documents to candidate pairs: which pieces of text are worth aligning.
//!
//! In: the tokens of every document. Out: [`Candidate`]s, pairs of segments that share enough rare shingles close
//! together, and the bounds that were hit.
//!
//! Method: a sorted-postings join. Postings (hash, document, position) are sorted by hash; a run of equal hashes
//! links the documents in it. Runs of at most [`MatchParams::max_df`] documents link all their pairs; longer runs
//! link every document to a few anchors, the documents of the run with the smallest hash of their content, which
//! are the same for all shingles of one widely carried text (a star). A statement in 10,000 documents thus stays
//! connected in linear work and no shingle is ever dropped for being popular.
//!
//! What hits nominate is looked at once more before it is aligned ([`verify`]): three words in common mean little where
//! nothing around them is shared.
//!
//! A long document is cut into overlapping segments so that everything later is linear in its length.
//!
//! Cost: sorting dominates, O(n log n) in the number of tokens; hits are at most `max_df / 2` a posting.

pub mod nominate;
pub mod postings;
pub mod segment;
pub mod verify;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use crate::fingerprint::FingerprintParams;
use crate::matching::nominate::nominate;
use crate::matching::postings::{Hit, Join, KeyRange, join_range};
use crate::matching::segment::Segments;
use crate::model::{Bound, Observer, Tokens};

/// How candidate pairs are found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MatchParams {
    /// How shingles are made.
    pub fingerprint: FingerprintParams,
    /// Documents that a shingle links pair by pair; more are linked through anchors.
    pub max_df: usize,
    /// Anchors of a shingle with more than `max_df` documents.
    pub star: usize,
    /// Positions of one shingle in one document that take part; a shingle repeated more often is a formula of that
    /// document, and its first positions stand for the rest.
    pub max_positions: usize,
    /// Evidence that nominates a pair when it lies in one place, in bits of shared content words.
    pub min_local_bits: f32,
    /// Evidence that nominates a pair when scattered, in bits of shared content words, over at least three hits.
    pub min_total_bits: f32,
    /// Least weight of the content words that both documents have around the best place of a pair (`verify`).
    pub min_place_weight: f32,
    /// Bytes that postings and hits may take at a time; more are worked off in several passes over the tokens.
    pub memory_bytes: usize,
}

impl Default for MatchParams {
    fn default() -> MatchParams {
        MatchParams {
            fingerprint: FingerprintParams::default(),
            max_df: 16,
            star: 4,
            max_positions: 4,
            min_local_bits: 33.0,
            min_total_bits: 50.0,
            min_place_weight: 2.5,
            memory_bytes: 2 << 30,
        }
    }
}

/// Two segments worth aligning; `a` comes before `b` in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Index of the first segment in [`Segments`].
    pub a: u32,
    /// Index of the second one.
    pub b: u32,
}

/// Which document pairs may be linked at all.
pub trait Admission: Sync {
    /// Whether the document takes part at all; an exact copy of another does not.
    fn takes_part(&self, document: usize) -> bool {
        let _ = document;
        true
    }

    /// Whether the documents at `a` and `b` are to be compared.
    fn admits(&self, a: usize, b: usize) -> bool;

    /// Whether documents fall into two sides of which only cross pairs are wanted: the side of `document`.
    fn side(&self, document: usize) -> Side {
        let _ = document;
        Side::Both
    }
}

/// The side of a document when only pairs across two sets are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// One set of documents, all pairs.
    Both,
    /// A new document.
    New,
    /// A reference document.
    Reference,
}

/// What the join found.
#[derive(Clone, Debug, Default)]
pub struct Matches {
    /// Segment pairs worth aligning, in order, without repeats.
    pub candidates: Vec<Candidate>,
    /// Bounds that were hit.
    pub bounds: Vec<Bound>,
    /// Shingles linked through anchors.
    pub star_shingles: u64,
    /// Bytes that the hits took; more than two thirds of [`MatchParams::memory_bytes`] if the join was given up for
    /// want of memory, with no candidates.
    pub hit_bytes: u64,
}

/// Finds the segment pairs worth aligning among all `documents`.
///
/// `order_keys` holds one content-derived number a document; it picks the anchors.
pub fn candidates(
    documents: &[Tokens],
    segments: &Segments,
    order_keys: &[u64],
    admission: &dyn Admission,
    params: &MatchParams,
    observer: &dyn Observer,
) -> Matches {
    let n_tokens: usize = documents.iter().map(Tokens::len).sum();
    let ranges = KeyRange::split(n_tokens, params.memory_bytes);
    let join = Join { documents, segments, order_keys, admission, params };
    let mut hits: Vec<Hit> = Vec::new();
    let mut matches = Matches::default();
    let mut repeated = 0;
    for range in ranges {
        if observer.is_cancelled() {
            return matches;
        }
        let found = join_range(&join, range);
        hits.extend(found.hits);
        matches.star_shingles += found.star_shingles;
        repeated += found.repeated_shingles;
        observer.advance(1);
        matches.hit_bytes = (hits.len() * size_of::<Hit>()) as u64;
        if matches.hit_bytes > params.memory_bytes as u64 / 3 * 2 {
            return matches;
        }
    }
    hits.par_sort_unstable();
    hits.dedup();
    let document = |segment: u32| &documents[segments.get(segment).document as usize];
    matches.candidates = nominate(&hits, documents, segments, params)
        .into_par_iter()
        .filter(|it| verify::holds(it, document(it.pair.a), document(it.pair.b), params))
        .map(|it| it.pair)
        .collect();
    if repeated > 0 {
        matches.bounds.push(Bound {
            name: "repeated_shingles".to_owned(),
            count: repeated,
            message: format!(
                "{repeated} word sequences stand more than {} times in one document; only their first places were \
                 looked up, so a passage that repeats throughout a document is shown where it begins, if at all",
                params.max_positions
            ),
        });
    }
    matches
}
