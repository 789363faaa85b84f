//! The result of a run, with its large tables where the run left them: in memory, or put away.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::error::Error;
use crate::model::{
    Analysis, Cluster, DocId, DocumentPair, Findings, Held, Observer, Passage, RunFacts, TokenSpan, Tokens,
    TokensOf,
};
use crate::pipeline::assemble::{Assembly, OnePair};
use crate::pipeline::copies::Copies;
use crate::pipeline::edges::Edges;
use crate::pipeline::engine::Emitted;
use crate::pipeline::origins::{Counted, Origins, Seen};
use crate::pipeline::recurring::Recurrences;
use crate::provenance::texts::Growth;
use crate::store::{Library, Record, Spool, Store, StoreError};

/// Pairs whose rows are made before they are put away.
const SLICE: usize = 4_096;

/// Of these, pairs that a thread makes at a time.
const BATCH: usize = 32;

/// Bytes of a block of pairs or passages: a thread reads one at a time, and some 300 passages are a megabyte of results.
const RUN_BYTES: usize = 64 << 10;

/// The result of one comparison, as large as it may be: what an [`Analysis`] holds, with texts, tokens, pairs and passages
/// in memory as bytes or on disk. Reading it is all it is for; [`Comparison::into_analysis`] makes lists of it.
#[derive(Debug)]
pub struct Comparison {
    facts: Analysis,
    library: Library,
    tables: Tables,
    fault: Mutex<Option<StoreError>>,
}

/// The tables that grow with the pairs.
#[derive(Debug)]
pub(crate) struct Tables {
    pairs: Spool<DocumentPair>,
    passages: Spool<Passage>,
    /// Passages that do not count.
    n_excluded: usize,
}

impl Tables {
    /// Makes the rows of `emitted`, which is sorted by pair, and what sums them up in `analysis`; `observer` is told of
    /// passages.
    pub(crate) fn fill<'t>(
        (analysis, recurring): (&mut Analysis, &mut Recurrences),
        assembly: &Assembly<'t>,
        emitted: &[Emitted],
        groups: (&[Cluster], &BTreeMap<usize, usize>),
        copies: &Copies,
        (store, observer): (&Store, &dyn Observer),
    ) -> Result<(Tables, Origins<'t>), StoreError> {
        let mut tables = Tables {
            pairs: Spool::new("pairs", store, RUN_BYTES),
            passages: Spool::new("passages", store, RUN_BYTES),
            n_excluded: 0,
        };
        let (sources, ranks) = assembly.sources();
        // Pairs without what only all of them together tell.
        let mut unfinished: Spool<DocumentPair> = tables.pairs.sibling();
        let mut seen = Seen::default();
        let mut spans: Vec<Vec<TokenSpan>> = vec![Vec::new(); ranks.len()];
        let runs: Vec<&[Emitted]> = emitted.chunk_by(|x, y| (x.a, x.b) == (y.a, y.b)).collect();
        for slice in runs.chunks(SLICE) {
            let made: Vec<Made> = slice
                .par_chunks(BATCH)
                .map(|runs| Made::of(runs, assembly, groups))
                .collect::<Result<_, _>>()?;
            observer.advance(slice.iter().map(|run| run.len() as u64).sum());
            for made in made {
                let mut first = tables.passages.len();
                let mut start = 0;
                for &end in &made.ends {
                    tables.passages.push_bytes(&made.bytes[start..end], 1)?;
                    start = end;
                }
                tables.n_excluded += made.n_excluded;
                recurring.extend(made.recurring);
                for MadePair { mut pair, counted, growth } in made.pairs {
                    pair.passages = first..first + pair.passages.len();
                    first = pair.passages.end;
                    spans[pair.a.index()].extend(counted.iter().map(|it| it.a));
                    spans[pair.b.index()].extend(counted.iter().map(|it| it.b));
                    seen.add((&pair, &counted, growth), assembly.library.n_words());
                    unfinished.push(&pair)?;
                }
            }
        }
        let mut origins = Origins::new(assembly.subject, assembly.settings, &seen);
        for (index, pair) in unfinished.iter().enumerate() {
            let mut pair = pair?;
            origins.order(index, &mut pair);
            origins.add(&pair, seen.counted(index));
        }
        let mut edges = Edges::default();
        for (index, pair) in unfinished.iter().enumerate() {
            let mut pair = pair?;
            origins.order(index, &mut pair);
            pair.provenance.first_match = origins.is_first_match(&pair);
            if pair.provenance.first_match || !assembly.settings.first_match {
                edges.add(&pair, seen.counted(index).len() as u32, &ranks);
            }
            tables.pairs.push(&pair)?;
        }
        analysis.facts = assembly.facts(spans, copies);
        origins.derive(&mut analysis.facts, assembly.library.n_words(), assembly.zoned.attributions());
        analysis.edges = edges.finish(&sources, &ranks, &|document| assembly.subject.is_new(document));
        Ok((tables, origins))
    }
}

/// The rows of some neighbouring pairs on their way from the thread that made them: passages as the records they will be
/// kept as, so that they are dropped where they were made.
#[derive(Default)]
struct Made {
    /// The pairs, with as many passages as they have but not yet the place of these.
    pairs: Vec<MadePair>,
    /// Records of their passages, one after another.
    bytes: Vec<u8>,
    /// Where each record ends.
    ends: Vec<usize>,
    n_excluded: usize,
    recurring: Recurrences,
}

struct MadePair {
    pair: DocumentPair,
    /// Tokens of a and of b that the passages which count cover.
    counted: Vec<Counted>,
    growth: Option<Growth>,
}

impl Made {
    fn of(
        runs: &[&[Emitted]],
        assembly: &Assembly<'_>,
        groups: (&[Cluster], &BTreeMap<usize, usize>),
    ) -> Result<Made, StoreError> {
        let mut made = Made::default();
        for run in runs {
            let OnePair { pair, passages, growth } = assembly.one_pair(run, groups)?;
            let mut counted = Vec::new();
            for passage in &passages {
                passage.put(&mut made.bytes);
                made.ends.push(made.bytes.len());
                made.recurring.add(passage, &assembly.subject.documents);
                if passage.excluded.is_none() {
                    counted.push(Counted::of(passage));
                } else {
                    made.n_excluded += 1;
                }
            }
            made.pairs.push(MadePair { pair, counted, growth });
        }
        Ok(made)
    }
}

impl Comparison {
    pub(crate) fn new(facts: Analysis, library: Library, tables: Tables) -> Comparison {
        Comparison { facts, library, tables, fault: Mutex::new(None) }
    }

    /// What may differ between equal runs, to be added to.
    pub fn run_mut(&mut self) -> &mut RunFacts {
        &mut self.facts.run
    }

    /// All of it as lists in memory.
    ///
    /// # Errors
    ///
    /// [`Error::Store`] if something cannot be read back.
    pub fn into_analysis(self) -> Result<Analysis, Error> {
        let mut analysis = self.facts;
        analysis.pairs = self.tables.pairs.to_vec()?;
        analysis.passages = self.tables.passages.to_vec()?;
        let (texts, tokens) = self.library.into_memory()?;
        for (document, text) in analysis.documents.iter_mut().zip(texts) {
            document.text = text;
        }
        analysis.tokens = tokens;
        Ok(analysis)
    }

    /// The records of one block of `spool`; none if they cannot be read back, which is noted.
    fn run<'s, T: Record + Clone>(&self, spool: &Spool<T>, run: usize) -> Vec<Cow<'s, T>> {
        let records = spool.run(run).unwrap_or_else(|fault| {
            self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(fault);
            Vec::new()
        });
        records.into_iter().map(Cow::Owned).collect()
    }

    /// The records of `spool` up to one that cannot be read back, which is noted.
    fn read<'s, T: Record + Clone>(
        &'s self,
        spool: &'s Spool<T>,
    ) -> Box<dyn Iterator<Item = Cow<'s, T>> + 's> {
        Box::new(spool.iter().map_while(|record| match record {
            Ok(record) => Some(Cow::Owned(record)),
            Err(fault) => {
                self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(fault);
                None
            }
        }))
    }
}

impl Findings for Comparison {
    fn facts(&self) -> &Analysis {
        &self.facts
    }

    fn text(&self, doc: DocId) -> Held<'_, str> {
        self.library.text(doc.index())
    }

    fn tokens(&self, doc: DocId) -> Held<'_, Tokens> {
        self.library.of(doc.index())
    }

    fn n_words(&self, doc: DocId) -> usize {
        self.library.n_words()[doc.index()] as usize
    }

    fn pairs(&self) -> Box<dyn Iterator<Item = Cow<'_, DocumentPair>> + '_> {
        self.read(&self.tables.pairs)
    }

    fn n_pairs(&self) -> usize {
        self.tables.pairs.len()
    }

    fn passages(&self) -> Box<dyn Iterator<Item = Cow<'_, Passage>> + '_> {
        self.read(&self.tables.passages)
    }

    fn n_passages(&self) -> usize {
        self.tables.passages.len()
    }

    fn n_excluded(&self) -> usize {
        self.tables.n_excluded
    }

    fn pair_runs(&self) -> usize {
        self.tables.pairs.runs().len()
    }

    fn pair_run(&self, run: usize) -> Vec<Cow<'_, DocumentPair>> {
        self.run(&self.tables.pairs, run)
    }

    fn passage_runs(&self) -> Vec<usize> {
        self.tables.passages.runs()
    }

    fn passage_run(&self, run: usize) -> Vec<Cow<'_, Passage>> {
        self.run(&self.tables.passages, run)
    }

    fn whole(&self) -> io::Result<Cow<'_, Analysis>> {
        let mut analysis = self.facts.clone();
        analysis.pairs = self.tables.pairs.to_vec().map_err(io::Error::other)?;
        analysis.passages = self.tables.passages.to_vec().map_err(io::Error::other)?;
        let loaded =
            self.library.load(0..self.library.len(), crate::store::Part::Both).map_err(io::Error::other)?;
        for (document, text) in analysis.documents.iter_mut().zip(loaded.texts()) {
            text.clone_into(&mut document.text);
        }
        analysis.tokens = loaded.tokens().to_vec();
        Ok(Cow::Owned(analysis))
    }

    fn with_texts(&self, docs: &[DocId]) -> io::Result<Cow<'_, Analysis>> {
        let mut analysis = self.facts.clone();
        analysis.pairs = self.tables.pairs.to_vec().map_err(io::Error::other)?;
        analysis.passages = self.tables.passages.to_vec().map_err(io::Error::other)?;
        analysis.tokens = vec![Tokens::default(); self.library.len()];
        for doc in docs.iter().map(|doc| doc.index()) {
            analysis.documents[doc].text = (*self.library.text(doc)).to_owned();
            analysis.tokens[doc] = (*self.library.of(doc)).clone();
        }
        Ok(Cow::Owned(analysis))
    }

    fn check(&self) -> io::Result<()> {
        self.library.check().map_err(io::Error::other)?;
        let fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner).take();
        fault.map_or(Ok(()), |fault| Err(io::Error::other(fault)))
    }
}
