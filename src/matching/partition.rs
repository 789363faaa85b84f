//! Deals postings and hits into parts that fit into memory; parts without room are put away.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::fingerprint::HASH_BITS;
use crate::matching::nominate::{self, Nomination};
use crate::matching::postings::{Found, Hit, Join, Posting, blocks};
use crate::matching::{Candidate, MatchParams, verify};
use crate::model::Observer;
use crate::store::library::batches;
use crate::store::spool::{LONG_BLOCK, SHORT_BLOCK};
use crate::store::{Library, Part, Record, Spool, Store, StoreError};

/// Parts of hits, by first segment, so that those of one pair are in one part.
const HIT_PARTS: usize = 256;

/// Bytes of the postings of one part, at most as far as 4,096 parts go: what a core has at hand while it sorts them.
const PART_BYTES: u64 = 2 << 20;

/// As many parts of postings as keep each within [`PART_BYTES`] and a sixth of the memory allowed: sorting takes as much
/// again.
pub(crate) fn n_parts_of_postings(n_tokens: u64, params: &MatchParams) -> usize {
    let bytes = n_tokens.saturating_mul(size_of::<Posting>() as u64);
    let part = PART_BYTES.min(params.memory_bytes as u64 / 6).max(1);
    bytes.div_ceil(part).clamp(1, 4_096) as usize
}

/// Records dealt into parts by a number of theirs.
pub(crate) struct Sorter<T> {
    parts: Vec<Mutex<Spool<T>>>,
    /// The number is below this.
    range: u128,
}

impl<T: Record> Sorter<T> {
    /// `n` parts for numbers below `range`, the blocks being filled within a quarter of `bytes`.
    pub(crate) fn new(what: &'static str, store: &Store, n: usize, range: u128, bytes: usize) -> Sorter<T> {
        let block = (bytes / 4 / n).clamp(SHORT_BLOCK, LONG_BLOCK);
        let first = Spool::new(what, store, block);
        let mut parts: Vec<Mutex<Spool<T>>> = (1..n).map(|_| Mutex::new(first.sibling())).collect();
        parts.push(Mutex::new(first));
        Sorter { parts, range: range.max(1) }
    }

    /// Adds `records`, each to the part that its number belongs to.
    pub(crate) fn deal(&self, records: impl Iterator<Item = (u64, T)>) -> Result<(), StoreError> {
        let n = self.parts.len();
        let mut dealt: Vec<(Vec<u8>, usize)> = vec![(Vec::new(), 0); n];
        for (number, record) in records {
            let part = (u128::from(number) * n as u128 / self.range) as usize;
            record.put(&mut dealt[part].0);
            dealt[part].1 += 1;
        }
        for (part, (bytes, n)) in self.parts.iter().zip(dealt).filter(|(_, (_, n))| *n > 0) {
            part.lock().unwrap_or_else(PoisonError::into_inner).push_bytes(&bytes, n)?;
        }
        Ok(())
    }

    /// The parts, by number.
    pub(crate) fn into_parts(self) -> impl Iterator<Item = Spool<T>> {
        self.parts.into_iter().map(|part| part.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The postings of all documents that take part, dealt by hash.
pub(super) fn post(
    library: &Library,
    join: &Join<'_>,
    store: &Store,
    observer: &dyn Observer,
) -> Result<Sorter<Posting>, StoreError> {
    let n = n_parts_of_postings(library.n_tokens(), join.params);
    let sorter = Sorter::new("postings", store, n, 1 << HASH_BITS, join.params.memory_bytes);
    for batch in library.batches(join.params.memory_bytes / 3) {
        if observer.is_cancelled() {
            break;
        }
        let taking_part: Vec<usize> = batch.filter(|&document| join.admission.takes_part(document)).collect();
        let loaded = library.load(taking_part.iter().copied(), Part::Tokens)?;
        taking_part.par_chunks(256).try_for_each(|documents| {
            let postings = documents.iter().flat_map(|&document| {
                Posting::of(document, &loaded.tokens()[document], join.params.fingerprint)
            });
            sorter.deal(postings.map(|posting| (posting.hash, posting)))
        })?;
    }
    Ok(sorter)
}

/// Joins the parts of the postings, as many at a time as memory goes, and deals their hits by first segment; what is left
/// of the result are its counts.
pub(super) fn join(
    join: &Join<'_>,
    postings: Sorter<Posting>,
    store: &Store,
    observer: &dyn Observer,
) -> Result<(Sorter<Hit>, Found), StoreError> {
    let memory = join.params.memory_bytes;
    let hits = Sorter::new("hits", store, HIT_PARTS, join.segments.len() as u128, memory);
    let mut counts = Found::default();
    for group in grouped(postings, memory / 3) {
        if observer.is_cancelled() {
            break;
        }
        let found: Vec<Found> = group
            .into_par_iter()
            .map(|part| join_part(join, part, &hits))
            .collect::<Result<_, StoreError>>()?;
        for found in found {
            counts.star_shingles += found.star_shingles;
            counts.repeated_shingles += found.repeated_shingles;
        }
        observer.advance(1);
    }
    Ok((hits, counts))
}

/// The parts of `sorter` in order, in groups that take about `bytes` each.
fn grouped<T: Record>(sorter: Sorter<T>, bytes: usize) -> Vec<Vec<Spool<T>>> {
    let mut parts: Vec<Option<Spool<T>>> = sorter.into_parts().map(Some).collect();
    let size = |part: usize| parts[part].as_ref().map_or(0, Spool::len) * size_of::<T>();
    let groups = batches(parts.len(), bytes, size);
    groups.into_iter().map(|group| parts[group].iter_mut().filter_map(Option::take).collect()).collect()
}

fn join_part(join: &Join<'_>, part: Spool<Posting>, hits: &Sorter<Hit>) -> Result<Found, StoreError> {
    let mut postings = part.to_vec()?;
    drop(part);
    drop_lone(&mut postings);
    postings.sort_unstable();
    let mut counts = Found::default();
    for block in blocks(&postings) {
        let found = join.hits(block);
        hits.deal(found.hits.into_iter().map(|hit| (u64::from(hit.a), hit)))?;
        counts.star_shingles += found.star_shingles;
        counts.repeated_shingles += found.repeated_shingles;
    }
    Ok(counts)
}

/// Bits for each posting in the filter of [`drop_lone`]: one lone shingle in nine is kept by chance.
const LONE_BITS: usize = 8;

/// Drops postings whose shingle stands nowhere else, most of them before anything is sorted: nine in ten shingles of news
/// stand once. A few stay by chance.
pub(super) fn drop_lone(postings: &mut Vec<Posting>) {
    let n = (postings.len() * LONE_BITS).next_power_of_two().max(64);
    let (mut once, mut again) = (vec![0_u64; n / 64], vec![0_u64; n / 64]);
    let place = |posting: &Posting| {
        // The top bits are those by which parts are dealt.
        let slot = posting.hash as usize & (n - 1);
        (slot / 64, 1_u64 << (slot % 64))
    };
    for posting in &*postings {
        let (block, bit) = place(posting);
        again[block] |= once[block] & bit;
        once[block] |= bit;
    }
    postings.retain(|posting| {
        let (block, bit) = place(posting);
        again[block] & bit != 0
    });
}

/// The pairs that the hits nominate, in order.
pub(super) fn nominate(
    library: &Library,
    join: &Join<'_>,
    hits: Sorter<Hit>,
    observer: &dyn Observer,
) -> Result<Vec<Candidate>, StoreError> {
    let mut candidates = Vec::new();
    for group in grouped(hits, join.params.memory_bytes / 3) {
        let hits: Vec<Vec<Hit>> =
            group.into_par_iter().map(sorted_hits).collect::<Result<_, StoreError>>()?;
        let mut documents: Vec<usize> =
            hits.iter().flatten().map(|hit| join.segments.get(hit.a).document as usize).collect();
        documents.dedup();
        let loaded = library.load(documents, Part::Tokens)?;
        let nominations: Vec<Nomination> = hits
            .into_par_iter()
            .flat_map_iter(|hits| nominate::nominate(&hits, loaded.tokens(), join.segments, join.params))
            .collect();
        drop(loaded);
        verify(library, join, nominations, &mut candidates, observer)?;
    }
    candidates.par_sort_unstable();
    Ok(candidates)
}

fn sorted_hits(part: Spool<Hit>) -> Result<Vec<Hit>, StoreError> {
    let mut hits = part.to_vec()?;
    hits.sort_unstable_by_key(Hit::key);
    hits.dedup();
    Ok(hits)
}

/// Adds to `candidates` the pairs among `nominations` whose places hold enough, set by set of documents that fit into memory.
pub(super) fn verify(
    library: &Library,
    join: &Join<'_>,
    mut nominations: Vec<Nomination>,
    candidates: &mut Vec<Candidate>,
    observer: &dyn Observer,
) -> Result<(), StoreError> {
    let documents =
        |it: &Nomination| [it.pair.a, it.pair.b].map(|it| join.segments.get(it).document as usize);
    let block_of = library.blocks(Part::Tokens, join.params.memory_bytes / 3);
    let set_of = |it: &Nomination| documents(it).map(|document| block_of[document]);
    nominations.par_sort_unstable_by_key(|it| (set_of(it), it.pair));
    for set in nominations.chunk_by(|x, y| set_of(x) == set_of(y)) {
        if observer.is_cancelled() {
            break;
        }
        let mut wanted: Vec<usize> = set.iter().flat_map(documents).collect();
        wanted.par_sort_unstable();
        wanted.dedup();
        let loaded = library.load(wanted, Part::Tokens)?;
        let holds = |it: &&Nomination| {
            let [a, b] = documents(it).map(|document| &loaded.tokens()[document]);
            verify::holds(it, a, b, join.params)
        };
        candidates.par_extend(set.par_iter().with_min_len(256).filter(holds).map(|it| it.pair.in_order()));
        observer.advance(1);
    }
    Ok(())
}
