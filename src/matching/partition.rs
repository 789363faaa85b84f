//! Deals postings and hits into parts that fit into memory; parts without room are put away.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::matching::nominate::{self, Nomination};
use crate::matching::postings::{Found, Hit, Join, Posting, blocks};
use crate::matching::{Candidate, MatchParams, verify};
use crate::model::Observer;
use crate::store::library::batches;
use crate::store::spool::{LONG_BLOCK, SHORT_BLOCK};
use crate::store::{Library, Part, Record, Spool, Store, StoreError};

/// Parts of hits where memory is short: by first segment, so that those of one pair are in one part. Parts next to each
/// other are worked off together as far as memory goes.
const HIT_PARTS: usize = 256;

/// Bytes of memory from which there is only one part of hits.
const ROOMY: usize = 1 << 30;

/// As many parts of postings as keep each within a sixth of the memory allowed: sorting takes as much again.
pub(super) fn n_parts_of_postings(n_tokens: u64, params: &MatchParams) -> usize {
    let bytes = n_tokens.saturating_mul(size_of::<Posting>() as u64);
    bytes.div_ceil((params.memory_bytes as u64 / 6).max(1)).clamp(1, 4_096) as usize
}

/// One part of hits where there is memory in plenty.
pub(super) fn n_parts_of_hits(params: &MatchParams) -> usize {
    if params.memory_bytes >= ROOMY { 1 } else { HIT_PARTS }
}

/// Records dealt into parts by a number of theirs.
pub(super) struct Sorter<T> {
    parts: Vec<Mutex<Spool<T>>>,
    /// The number is below this.
    range: u128,
}

impl<T: Record> Sorter<T> {
    /// `n` parts for numbers below `range`, the blocks being filled within a quarter of `bytes`.
    pub(super) fn new(what: &'static str, store: &Store, n: usize, range: u128, bytes: usize) -> Sorter<T> {
        let block = (bytes / 4 / n).clamp(SHORT_BLOCK, LONG_BLOCK);
        let first = Spool::new(what, store, block);
        let mut parts: Vec<Mutex<Spool<T>>> = (1..n).map(|_| Mutex::new(first.sibling())).collect();
        parts.push(Mutex::new(first));
        Sorter { parts, range: range.max(1) }
    }

    /// Adds `records`, each to the part that its number belongs to.
    fn deal(&self, records: impl Iterator<Item = (u64, T)>) -> Result<(), StoreError> {
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
    pub(super) fn into_parts(self) -> impl Iterator<Item = Spool<T>> {
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
    let sorter = Sorter::new("postings", store, n, 1 << 64, join.params.memory_bytes);
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

/// Joins one part of the postings and deals its hits by first segment; what is left of the result are its counts.
pub(super) fn join(join: &Join<'_>, part: Spool<Posting>, hits: &Sorter<Hit>) -> Result<Found, StoreError> {
    let mut postings = part.to_vec()?;
    drop(part);
    postings.par_sort_unstable();
    blocks(&postings)
        .into_par_iter()
        .map(|block| {
            let mut found = join.hits(block);
            let dealt = std::mem::take(&mut found.hits);
            hits.deal(dealt.into_iter().map(|hit| (u64::from(hit.a), hit)))?;
            Ok(found)
        })
        .try_reduce(Found::default, |one, other| {
            Ok(Found {
                hits: Vec::new(),
                star_shingles: one.star_shingles + other.star_shingles,
                repeated_shingles: one.repeated_shingles + other.repeated_shingles,
            })
        })
}

/// The pairs that the hits nominate, in order.
pub(super) fn nominate(
    library: &Library,
    join: &Join<'_>,
    hits: Sorter<Hit>,
) -> Result<Vec<Candidate>, StoreError> {
    let mut parts: Vec<Option<Spool<Hit>>> = hits.into_parts().map(Some).collect();
    let bytes = |part: usize| parts[part].as_ref().map_or(0, Spool::len) * size_of::<Hit>();
    let groups = batches(parts.len(), join.params.memory_bytes / 3, bytes);
    let mut candidates = Vec::new();
    for group in groups {
        let mut hits: Vec<Hit> = Vec::new();
        for part in parts[group].iter_mut().filter_map(Option::take) {
            hits.extend(part.to_vec()?);
        }
        hits.par_sort_unstable();
        hits.dedup();
        let mut documents: Vec<usize> =
            hits.iter().map(|hit| join.segments.get(hit.a).document as usize).collect();
        documents.dedup();
        let loaded = library.load(documents, Part::Tokens)?;
        let nominations = nominate::nominate(&hits, loaded.tokens(), join.segments, join.params);
        drop((hits, loaded));
        verify(library, join, &nominations, &mut candidates)?;
    }
    Ok(candidates)
}

/// Adds to `candidates` the pairs among `nominations` whose places hold enough.
fn verify(
    library: &Library,
    join: &Join<'_>,
    nominations: &[Nomination],
    candidates: &mut Vec<Candidate>,
) -> Result<(), StoreError> {
    let documents =
        |it: &Nomination| [it.pair.a, it.pair.b].map(|it| join.segments.get(it).document as usize);
    let cost =
        |index: usize| documents(&nominations[index]).map(|it| library.cost(it, Part::Tokens)).iter().sum();
    for batch in batches(nominations.len(), join.params.memory_bytes / 3, cost) {
        let batch = &nominations[batch];
        let mut wanted: Vec<usize> = batch.iter().flat_map(documents).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let loaded = library.load(wanted, Part::Tokens)?;
        let holds = |it: &&Nomination| {
            let [a, b] = documents(it).map(|document| &loaded.tokens()[document]);
            verify::holds(it, a, b, join.params)
        };
        candidates.par_extend(batch.par_iter().with_min_len(256).filter(holds).map(|it| it.pair));
    }
    Ok(())
}
