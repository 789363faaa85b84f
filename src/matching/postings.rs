//! The inverted index of one run: sorted postings, and the hits that equal shingles give.

use rayon::prelude::*;

use crate::fingerprint::fingerprints;
use crate::matching::segment::Segments;
use crate::matching::{Admission, MatchParams, Side};
use crate::model::Tokens;

/// A shingle's place: (hash, document, position of its first token).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// Hash of the shingle.
    pub hash: u64,
    /// Index of the document.
    pub document: u32,
    /// Position of its first token.
    pub position: u32,
}

/// An equal shingle in two segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Segment of the document that comes first.
    pub a: u32,
    /// Segment of the other one.
    pub b: u32,
    /// Position of the shingle in the first document.
    pub a_position: u32,
    /// Position of the shingle in the other one.
    pub b_position: u32,
}

/// A contiguous share of all hash values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyRange {
    first: u64,
    last: u64,
}

impl KeyRange {
    /// As many equal ranges as keep the postings of each within a sixth of `memory_bytes`: sorting and the hits of one
    /// range take as much again, and two thirds are for the hits of all.
    #[must_use]
    pub fn split(n_tokens: usize, memory_bytes: usize) -> Vec<KeyRange> {
        let bytes = n_tokens.saturating_mul(size_of::<Posting>());
        let n = bytes.div_ceil((memory_bytes / 6).max(1 << 20)).max(1) as u64;
        let width = u64::MAX / n;
        (0..n)
            .map(|i| KeyRange {
                first: i * width,
                last: if i + 1 == n { u64::MAX } else { (i + 1) * width - 1 },
            })
            .collect()
    }

    fn holds(self, hash: u64) -> bool {
        self.first <= hash && hash <= self.last
    }
}

/// What a join works on.
pub struct Join<'a> {
    /// Tokens of every document.
    pub documents: &'a [Tokens],
    /// Their segments.
    pub segments: &'a Segments,
    /// One content-derived number a document.
    pub order_keys: &'a [u64],
    /// Which pairs are wanted.
    pub admission: &'a dyn Admission,
    /// How.
    pub params: &'a MatchParams,
}

/// Hits of one range of hashes.
#[derive(Clone, Debug, Default)]
pub struct RangeHits {
    /// In no order, with repeats.
    pub hits: Vec<Hit>,
    /// Shingles linked through anchors.
    pub star_shingles: u64,
    /// Shingles that stand too often in one document.
    pub repeated_shingles: u64,
}

impl RangeHits {
    fn merge(mut self, other: RangeHits) -> RangeHits {
        self.hits.extend(other.hits);
        self.star_shingles += other.star_shingles;
        self.repeated_shingles += other.repeated_shingles;
        self
    }
}

/// Joins the postings of one range of hashes with themselves.
#[must_use]
pub fn join_range(join: &Join<'_>, range: KeyRange) -> RangeHits {
    let mut postings: Vec<Posting> = join
        .documents
        .par_iter()
        .enumerate()
        .with_min_len(16)
        .filter(|(document, _)| join.admission.takes_part(*document))
        .fold(Vec::new, |mut postings, (document, tokens)| {
            postings.extend(
                fingerprints(tokens, join.params.fingerprint)
                    .filter(|f| range.holds(f.hash))
                    .map(|f| Posting { hash: f.hash, document: document as u32, position: f.position }),
            );
            postings
        })
        .reduce(Vec::new, |mut one, mut other| {
            if one.len() < other.len() {
                std::mem::swap(&mut one, &mut other);
            }
            one.extend(other);
            one
        });
    postings.par_sort_unstable();
    blocks(&postings)
        .into_par_iter()
        .map(|block| {
            let mut found = RangeHits::default();
            for run in block.chunk_by(|x, y| x.hash == y.hash).filter(|run| run.len() > 1) {
                join_run(join, run, &mut found);
            }
            found
        })
        .reduce(RangeHits::default, RangeHits::merge)
}

/// Cuts sorted postings into blocks of about equal size, never inside a run of equal hashes.
fn blocks(postings: &[Posting]) -> Vec<&[Posting]> {
    const BLOCK: usize = 1 << 16;
    let mut blocks = Vec::with_capacity(postings.len() / BLOCK + 1);
    let mut rest = postings;
    while rest.len() > BLOCK {
        let hash = rest[BLOCK].hash;
        let cut = BLOCK + rest[BLOCK..].partition_point(|posting| posting.hash == hash);
        let (block, tail) = rest.split_at(cut);
        blocks.push(block);
        rest = tail;
    }
    blocks.push(rest);
    blocks
}

/// Links the documents of one run of equal hashes.
fn join_run(join: &Join<'_>, run: &[Posting], found: &mut RangeHits) {
    let documents: Vec<&[Posting]> = run
        .chunk_by(|x, y| x.document == y.document)
        .map(|places| {
            if places.len() > join.params.max_positions {
                found.repeated_shingles += 1;
            }
            &places[..places.len().min(join.params.max_positions)]
        })
        .collect();
    if documents.len() < 2 {
        return;
    }
    if documents.len() <= join.params.max_df {
        for (index, a) in documents.iter().enumerate() {
            for b in &documents[index + 1..] {
                link(join, a, b, found);
            }
        }
        return;
    }
    found.star_shingles += 1;
    for anchor in anchors(join, &documents) {
        for (index, other) in documents.iter().enumerate() {
            match index.cmp(&anchor) {
                std::cmp::Ordering::Less => link(join, other, documents[anchor], found),
                std::cmp::Ordering::Equal => {}
                std::cmp::Ordering::Greater => link(join, documents[anchor], other, found),
            }
        }
    }
}

/// Places in `documents` of the anchors: the few with the smallest order keys, of each side if there are two.
fn anchors(join: &Join<'_>, documents: &[&[Posting]]) -> Vec<usize> {
    let order = |index: &usize| {
        let document = documents[*index][0].document as usize;
        (join.order_keys[document], document)
    };
    let smallest = |side: Side| {
        let mut of_side: Vec<usize> = (0..documents.len())
            .filter(|&index| join.admission.side(documents[index][0].document as usize) == side)
            .collect();
        if of_side.len() > join.params.star {
            of_side.select_nth_unstable_by_key(join.params.star - 1, order);
            of_side.truncate(join.params.star);
        }
        of_side.sort_unstable();
        of_side
    };
    [Side::Both, Side::New, Side::Reference].into_iter().flat_map(smallest).collect()
}

/// Emits the hits of one shingle between two documents, the first before the second.
fn link(join: &Join<'_>, a: &[Posting], b: &[Posting], found: &mut RangeHits) {
    let (a_document, b_document) = (a[0].document as usize, b[0].document as usize);
    if !join.admission.admits(a_document, b_document) {
        return;
    }
    for x in a {
        for y in b {
            found.hits.push(Hit {
                a: join.segments.at(a_document, x.position),
                b: join.segments.at(b_document, y.position),
                a_position: x.position,
                b_position: y.position,
            });
        }
    }
}
