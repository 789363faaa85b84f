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
//! Postings and hits are dealt into parts, by hash and by first segment, and each part is sorted and worked off in memory
//! (`partition`), several parts at a time as far as memory goes. Shingles that stand once are dropped before they are sorted.
//!
//! Cost: sorting dominates, O(n log n) in the number of tokens; hits are at most `max_df / 2` a posting.

pub mod nominate;
pub(crate) mod partition;
pub mod postings;
pub mod segment;
pub mod verify;

#[cfg(test)]
mod tests;

use crate::fingerprint::FingerprintParams;
use crate::matching::nominate::Nomination;
use crate::matching::postings::Join;
use crate::model::{Bound, Observer};
use crate::store::{Library, Store, StoreError};

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
    /// What the words around the best places of a pair must be worth at least, in bits (`verify`). On 103 MB of mixed text,
    /// with [`Self::min_lone_bits`], a fifth fewer pairs are aligned than by the weight of shared words alone, for one passage
    /// in a hundred and no planted one; 0.9 % of what PAN 2013 has found in listed pairs is lost among all pairs.
    pub min_place_bits: f32,
    /// The same for a pair that shares one shingle.
    pub min_lone_bits: f32,
    /// Bytes that postings and hits may take at a time; more are put away in parts that are worked off one by one.
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
            min_place_bits: 56.0,
            min_lone_bits: 64.0,
            memory_bytes: 2 << 30,
        }
    }
}

/// Two segments worth aligning; `a` comes before `b` in document order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Index of the first segment in [`Segments`](segment::Segments).
    pub a: u32,
    /// Index of the second one.
    pub b: u32,
}

impl Candidate {
    /// The same pair, the segment that comes first in document order as `a`.
    #[must_use]
    pub fn in_order(self) -> Candidate {
        Candidate { a: self.a.min(self.b), b: self.a.max(self.b) }
    }
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
}

/// Finds the segment pairs worth aligning among all documents of `library`.
///
/// # Errors
///
/// What has no room in `store` cannot be put away or read back.
pub fn candidates(
    library: &Library,
    join: &Join<'_>,
    store: &Store,
    observer: &dyn Observer,
) -> Result<Matches, StoreError> {
    let postings = partition::post(library, join, store, observer)?;
    let (hits, counts) = partition::join(join, postings, store, observer)?;
    let mut matches = Matches { star_shingles: counts.star_shingles, ..Matches::default() };
    if observer.is_cancelled() {
        return Ok(matches);
    }
    matches.candidates = partition::nominate(library, join, hits, observer)?;
    matches.bounds.extend(repeated(counts.repeated_shingles, join.params));
    Ok(matches)
}

/// The pairs among `nominations` whose places hold enough, in order: the last step of [`candidates`] for pairs that were
/// nominated elsewhere.
///
/// # Errors
///
/// What was put away cannot be read back.
pub fn confirmed(
    library: &Library,
    join: &Join<'_>,
    nominations: Vec<Nomination>,
    observer: &dyn Observer,
) -> Result<Vec<Candidate>, StoreError> {
    let mut candidates = Vec::new();
    partition::verify(library, join, nominations, &mut candidates, observer)?;
    candidates.sort_unstable();
    Ok(candidates)
}

/// The bound that `count` word sequences hit, if any did.
#[must_use]
pub fn repeated(count: u64, params: &MatchParams) -> Option<Bound> {
    (count > 0).then(|| Bound {
        name: "repeated_shingles".to_owned(),
        count,
        message: format!(
            "{count} word sequences stand more than {} times in one document; only their first places were looked \
             up, so a passage that repeats throughout a document is shown where it begins, if at all",
            params.max_positions
        ),
    })
}
