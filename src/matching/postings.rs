//! The inverted index of one run: postings, sorted, and the hits that equal shingles give.

use crate::fingerprint::{FingerprintParams, fingerprints};
use crate::matching::segment::Segments;
use crate::matching::{Admission, MatchParams, Side};
use crate::model::Tokens;
use crate::store::Record;
use crate::store::codec::get_fixed;

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
    /// Segment of the new document of a new and a reference one, else of the one that comes first.
    pub a: u32,
    /// Segment of the other one.
    pub b: u32,
    /// Position of the shingle in the document of `a`.
    pub a_position: u32,
    /// Position of the shingle in the other one.
    pub b_position: u32,
}

impl Hit {
    /// Two numbers that order hits as their fields do, and are compared faster.
    pub(super) fn key(&self) -> (u64, u64) {
        let joined = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
        (joined(self.a, self.b), joined(self.a_position, self.b_position))
    }
}

impl Posting {
    /// The shingles of `tokens`, tokens of `document`.
    pub fn of(
        document: usize,
        tokens: &Tokens,
        params: FingerprintParams,
    ) -> impl Iterator<Item = Posting> + '_ {
        fingerprints(tokens, params).map(move |f| Posting {
            hash: f.hash,
            document: document as u32,
            position: f.position,
        })
    }
}

/// Sixteen bytes, as they stand: hashes do not shrink.
impl Record for Posting {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.hash.to_le_bytes());
        out.extend(self.document.to_le_bytes());
        out.extend(self.position.to_le_bytes());
    }

    fn get(from: &mut &[u8]) -> Option<Posting> {
        let (hash, rest) = (get_fixed(from)?, get_fixed(from)?);
        Some(Posting { hash, document: rest as u32, position: (rest >> 32) as u32 })
    }
}

impl Record for Hit {
    fn put(&self, out: &mut Vec<u8>) {
        [self.a, self.b, self.a_position, self.b_position].iter().for_each(|n| out.extend(n.to_le_bytes()));
    }

    fn get(from: &mut &[u8]) -> Option<Hit> {
        let (segments, positions) = (get_fixed(from)?, get_fixed(from)?);
        Some(Hit {
            a: segments as u32,
            b: (segments >> 32) as u32,
            a_position: positions as u32,
            b_position: (positions >> 32) as u32,
        })
    }
}

/// A number derived from the words of a document, and one derived from its name.
pub type OrderKey = (u64, u32);

/// What a join works on.
pub struct Join<'a> {
    /// Segments of the documents.
    pub segments: &'a Segments,
    /// What picks the anchors: for each document a number derived from its words, and one derived from its name for those
    /// with the same words.
    pub order_keys: &'a [OrderKey],
    /// Which pairs are wanted.
    pub admission: &'a dyn Admission,
    /// How.
    pub params: &'a MatchParams,
}

/// Hits of some shingles.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// In no order, with repeats.
    pub hits: Vec<Hit>,
    /// Shingles linked through anchors.
    pub star_shingles: u64,
    /// Shingles that stand too often in one document.
    pub repeated_shingles: u64,
}

impl Join<'_> {
    /// Joins sorted `postings` with themselves, whole runs of equal hashes.
    #[must_use]
    pub fn hits(&self, postings: &[Posting]) -> Found {
        let mut found = Found::default();
        for run in postings.chunk_by(|x, y| x.hash == y.hash).filter(|run| run.len() > 1) {
            join_run(self, run, &mut found);
        }
        found
    }
}

/// Cuts sorted postings into blocks of about equal size, never inside a run of equal hashes. A block has at most some
/// megabytes of hits, unless one shingle has more.
#[must_use]
pub fn blocks(postings: &[Posting]) -> Vec<&[Posting]> {
    const BLOCK: usize = 1 << 14;
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
fn join_run(join: &Join<'_>, run: &[Posting], found: &mut Found) {
    let is_new = |posting: &Posting| join.admission.side(posting.document as usize) != Side::Reference;
    if !run.iter().any(is_new) {
        return;
    }
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
fn link<'p>(join: &Join<'_>, mut a: &'p [Posting], mut b: &'p [Posting], found: &mut Found) {
    let document = |places: &[Posting]| places[0].document as usize;
    if !join.admission.admits(document(a), document(b)) {
        return;
    }
    if join.admission.side(document(a)) == Side::Reference {
        std::mem::swap(&mut a, &mut b);
    }
    let (a_document, b_document) = (document(a), document(b));
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
