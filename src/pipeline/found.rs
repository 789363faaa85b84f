//! The alignments of a run, and the step that makes them: as many documents at a time as memory holds.

use rayon::prelude::*;

use crate::align::{AlignParams, Aligner, Alignment, Workspaces};
use crate::cluster::{Link, Member};
use crate::error::Error;
use crate::matching::Candidate;
use crate::matching::segment::Segments;
use crate::model::{Observer, Stage, TokenSpan};
use crate::pipeline::journal::{Journal, Slice};
use crate::pipeline::work::Work;
use crate::store::library::batches;
use crate::store::rows::{get_steps, put_steps};
use crate::store::spool::SHORT_BLOCK;
use crate::store::{Library, Part, Place, Record, Spool, Store, StoreError};

/// Document pairs sent to a thread at a time.
const BATCH: usize = 64;

/// Document pairs aligned before their passages are put away: about a second of work, and less where it is to be kept.
const SLICE: usize = 8_192;

/// See [`SLICE`].
const KEPT_SLICE: usize = 256;

/// Bytes of passages kept in memory after reading: those of one document stand in few blocks.
const CACHE_BYTES: usize = 8 << 20;

/// What alignment works on.
pub(crate) struct Bench<'a> {
    pub(crate) library: &'a Library,
    pub(crate) segments: &'a Segments,
    pub(crate) params: AlignParams,
    /// Bytes that documents may take at a time, if they are not all in memory.
    pub(crate) working_bytes: usize,
    pub(crate) observer: &'a dyn Observer,
    /// Where what is finished is kept for a run to come.
    pub(crate) work: Option<&'a Work>,
}

/// All passages by document pair (smaller index first), then place. A pair that was aligned without a result is not
/// among them and is aligned again if a cluster asks for it: that is cheaper than keeping millions of empty entries.
pub(crate) struct Found {
    /// Both places of each passage, and its strength.
    links: Vec<Link>,
    /// Where the rest of each stands.
    places: Vec<Place>,
    alignments: Spool<Alignment>,
    workspaces: Workspaces,
    /// Passages at the end of the two lists that lie inside groups of exact copies.
    n_identical: usize,
    /// Stretches left without a word-by-word alignment.
    pub(crate) unaligned: u64,
}

impl Found {
    /// None yet; they will be kept in `store`.
    pub(crate) fn new(store: &Store) -> Found {
        let alignments = Spool::new("passages", store, 4 * SHORT_BLOCK).with_cache(CACHE_BYTES);
        Found {
            links: Vec::new(),
            places: Vec::new(),
            alignments,
            workspaces: Workspaces::default(),
            n_identical: 0,
            unaligned: 0,
        }
    }

    /// Links of all passages; those inside groups of copies, each of a document with itself, come last.
    pub(crate) fn links(&self) -> &[Link] {
        &self.links
    }

    /// Whether the pair of documents has a passage.
    pub(crate) fn has(&self, pair: (u32, u32)) -> bool {
        self.between().binary_search_by_key(&pair, pair_of).is_ok()
    }

    /// Links between different documents.
    pub(crate) fn between(&self) -> &[Link] {
        &self.links[..self.links.len() - self.n_identical]
    }

    /// All of the passage at `index`.
    pub(crate) fn get(&self, index: usize) -> Result<Alignment, StoreError> {
        self.alignments.get(self.places[index])
    }

    /// Aligns the document pairs behind `candidates` and keeps what they share; in a work folder too, in the file `round`,
    /// where pairs that an earlier run aligned are found.
    pub(crate) fn align(
        &mut self,
        bench: &Bench<'_>,
        mut candidates: Vec<Candidate>,
        round: &'static str,
    ) -> Result<(), Error> {
        let block_of = bench.library.blocks(Part::Both, bench.working_bytes);
        let pair = |c: &Candidate| (bench.segments.get(c.a).document, bench.segments.get(c.b).document);
        let set_of = |c: &Candidate| {
            let (a, b) = pair(c);
            (block_of[a as usize], block_of[b as usize])
        };
        candidates.par_sort_unstable_by_key(|candidate| (set_of(candidate), pair(candidate), *candidate));
        let n_pairs = |candidates: &[Candidate]| candidates.chunk_by(|x, y| pair(x) == pair(y)).count();
        let total = n_pairs(&candidates);
        bench.observer.begin(Stage::Align, Some(total as u64));
        let n_between = self.between().len();
        let identical = (self.links.split_off(n_between), self.places.split_off(n_between));
        let journal = bench.work.map(|work| self.take_up(work, round)).transpose()?;
        if let Some(journal) = journal.as_ref().filter(|journal| journal.n_done() > 0) {
            candidates.retain(|candidate| !journal.has(pair(candidate)));
            let done = total - n_pairs(&candidates);
            bench.observer.advance(done as u64);
            bench.observer.note(&format!("{done} of {total} document pairs were aligned by an earlier run"));
        }
        let slice_len = if journal.is_some() { KEPT_SLICE } else { SLICE };
        for set in candidates.chunk_by(|x, y| set_of(x) == set_of(y)) {
            let mut documents: Vec<usize> =
                set.iter().map(pair).flat_map(|(a, b)| [a as usize, b as usize]).collect();
            documents.par_sort_unstable();
            documents.dedup();
            let loaded = bench.library.load(documents, Part::Both)?;
            let aligner = Aligner::new(loaded.tokens(), loaded.texts(), bench.segments, bench.params);
            let pairs: Vec<&[Candidate]> = set.chunk_by(|x, y| pair(x) == pair(y)).collect();
            for slice in pairs.chunks(slice_len) {
                self.align_slice(
                    bench,
                    &aligner,
                    slice,
                    |candidates| pair(&candidates[0]),
                    journal.as_ref(),
                )?;
            }
        }
        self.put_in_order();
        self.links.extend(identical.0);
        self.places.extend(identical.1);
        Ok(())
    }

    /// Opens the file of a round and takes in what it holds.
    fn take_up(&mut self, work: &Work, round: &str) -> Result<Journal, StoreError> {
        Journal::open(work.folder(), round, |slice| {
            let mut packed = Packed::default();
            for (pair, alignment) in slice.passages()? {
                packed.add(pair, &alignment);
            }
            self.unaligned += slice.unaligned;
            self.keep(packed)
        })
    }

    fn align_slice(
        &mut self,
        bench: &Bench<'_>,
        aligner: &Aligner<'_>,
        pairs: &[&[Candidate]],
        of: impl Fn(&[Candidate]) -> (u32, u32) + Sync,
        journal: Option<&Journal>,
    ) -> Result<(), Error> {
        let before = aligner.unaligned();
        let aligned: Vec<Packed> = pairs
            .par_chunks(BATCH)
            .map_init(
                || self.workspaces.lend(),
                |work, batch| {
                    let mut packed = Packed::default();
                    for candidates in batch {
                        if bench.observer.is_cancelled() {
                            break;
                        }
                        let (a, b) = of(candidates);
                        for alignment in aligner.pair(a as usize, b as usize, candidates, work) {
                            packed.add((a, b), &alignment);
                        }
                    }
                    bench.observer.advance(batch.len() as u64);
                    packed
                },
            )
            .collect();
        if bench.observer.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let unaligned = aligner.unaligned() - before;
        self.unaligned += unaligned;
        if let Some(journal) = journal {
            journal.keep(&slice_of(pairs.iter().map(|candidates| of(candidates)), &aligned, unaligned))?;
        }
        aligned.into_iter().try_for_each(|packed| self.keep(packed)).map_err(Error::from)
    }

    fn keep(&mut self, packed: Packed) -> Result<(), StoreError> {
        if packed.links.is_empty() {
            return Ok(());
        }
        let first = self.alignments.push_bytes(&packed.bytes, packed.links.len())?;
        self.places.extend(packed.starts.into_iter().map(|start| first.behind(start)));
        self.links.extend(packed.links);
        Ok(())
    }

    /// Working sets and a second round leave pairs out of order; the passages of one pair are in order.
    fn put_in_order(&mut self) {
        if self.links.is_sorted_by_key(pair_of) {
            return;
        }
        let mut both: Vec<(Link, Place)> =
            std::mem::take(&mut self.links).into_iter().zip(std::mem::take(&mut self.places)).collect();
        both.par_sort_by_key(|(link, _)| pair_of(link));
        (self.links, self.places) = both.into_iter().unzip();
    }

    /// Adds the passages inside groups of exact copies: one a group, the whole text of its head with itself, if it reaches
    /// the limits. They stay behind all others.
    pub(crate) fn add_identical(&mut self, bench: &Bench<'_>, heads: &[u32]) -> Result<(), Error> {
        let both = |document: u32| bench.library.cost(document as usize, Part::Both);
        for run in batches(heads.len(), bench.working_bytes, |index| both(heads[index])) {
            let heads = &heads[run];
            let loaded = bench.library.load(heads.iter().map(|&head| head as usize), Part::Both)?;
            let aligner = Aligner::new(loaded.tokens(), loaded.texts(), bench.segments, bench.params);
            let aligned: Vec<Packed> = heads
                .par_iter()
                .map_init(
                    || self.workspaces.lend(),
                    |work, &head| {
                        let mut packed = Packed::default();
                        if let Some(alignment) = aligner.whole(head as usize, work) {
                            packed.add((head, head), &alignment);
                        }
                        packed
                    },
                )
                .collect();
            self.n_identical += aligned.iter().map(|packed| packed.links.len()).sum::<usize>();
            aligned.into_iter().try_for_each(|packed| self.keep(packed))?;
            self.unaligned += aligner.unaligned();
        }
        Ok(())
    }

    /// Every pair of segments of the document pairs in `wanted`, for pairs aligned in full.
    pub(crate) fn all_segments(wanted: &[(u32, u32)], segments: &Segments) -> Vec<Candidate> {
        wanted
            .iter()
            .flat_map(|&(a, b)| {
                segments.of_document(a as usize).flat_map(move |x| {
                    segments.of_document(b as usize).map(move |y| Candidate { a: x, b: y })
                })
            })
            .collect()
    }
}

/// What was found of `pairs`, to be kept.
fn slice_of(pairs: impl Iterator<Item = (u32, u32)>, aligned: &[Packed], unaligned: u64) -> Slice {
    let mut links = aligned.iter().flat_map(|packed| &packed.links).peekable();
    let mut count = |pair| {
        let mut n = 0;
        while links.next_if(|link| pair_of(link) == pair).is_some() {
            n += 1;
        }
        n
    };
    let pairs = pairs.map(|pair| (pair, count(pair))).collect();
    let mut bytes = Vec::with_capacity(aligned.iter().map(|packed| packed.bytes.len()).sum());
    aligned.iter().for_each(|packed| bytes.extend_from_slice(&packed.bytes));
    Slice { pairs, unaligned, bytes }
}

fn pair_of(link: &Link) -> (u32, u32) {
    (link.a.document, link.b.document)
}

/// Alignments on their way from a thread to the spool.
#[derive(Default)]
struct Packed {
    links: Vec<Link>,
    starts: Vec<u32>,
    bytes: Vec<u8>,
}

impl Packed {
    fn add(&mut self, (a, b): (u32, u32), alignment: &Alignment) {
        self.links.push(Link {
            a: Member { document: a, span: alignment.a },
            b: Member { document: b, span: alignment.b },
            bits: alignment.bits,
        });
        self.starts.push(self.bytes.len() as u32);
        alignment.put(&mut self.bytes);
    }
}

impl Record for Alignment {
    fn put(&self, out: &mut Vec<u8>) {
        (self.a, self.b).put(out);
        put_steps(&self.steps, self.a.start(), self.b.start(), out);
        (self.matched, self.longest_run).put(out);
        (self.identity, self.bits).put(out);
        (self.kind, self.edits).put(out);
        self.blocks.put(out);
        self.fingerprint.put(out);
    }

    fn get(from: &mut &[u8]) -> Option<Alignment> {
        let (a, b) = <(TokenSpan, TokenSpan)>::get(from)?;
        let steps = get_steps(a.start(), b.start(), from)?;
        let (matched, longest_run) = Record::get(from)?;
        let (identity, bits) = Record::get(from)?;
        let (kind, edits) = Record::get(from)?;
        let (blocks, fingerprint) = (Record::get(from)?, Record::get(from)?);
        Some(Alignment {
            a,
            b,
            steps,
            matched,
            longest_run,
            identity,
            bits,
            kind,
            edits,
            blocks,
            fingerprint,
        })
    }
}
