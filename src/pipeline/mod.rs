//! Wires the stages: documents in, an [`Analysis`] out. No algorithm lives here, only their order.

mod assemble;
mod boilerplate;
mod carriers;
mod copies;
pub mod explain;
mod found;
pub mod scope;
pub mod settings;

pub use explain::{Explanation, explain};
pub use scope::Scope;
pub use settings::Settings;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::time::Instant;

use rayon::prelude::*;

use crate::align::{AlignParams, Aligner, Alignment, Workspace};
use crate::cluster::{ClusterParams, Grouping, Link, Member, group};
use crate::error::Error;
use crate::matching::segment::Segments;
use crate::matching::{Candidate, MatchParams, candidates};
use crate::model::{Analysis, Bound, Corpus, Document, Observer, Stage, Tokens};
use crate::normalize::{NormalizeParams, Normalizer};
use crate::pipeline::assemble::{Assembly, Emitted};
use crate::pipeline::boilerplate::KnownText;
use crate::pipeline::carriers::Carriers;
use crate::pipeline::copies::Copies;
use crate::pipeline::found::Found;
use crate::pipeline::scope::{Pairs, Subject, Wanted};

/// Compares the documents of `corpus` as `scope` says.
///
/// The result is the same, byte for byte, for any number of threads.
///
/// # Errors
///
/// [`Error::Memory`] if the texts cannot be compared in the memory allowed, [`Error::Normalize`] for an unknown
/// language, [`Error::Cancelled`] if the observer stopped the run.
pub fn compare(
    corpus: Corpus,
    scope: &Scope,
    settings: &Settings,
    observer: &dyn Observer,
) -> Result<Analysis, Error> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .build()
        .map_err(|source| Error::Threads { threads: settings.threads, source })?;
    pool.install(|| Run::new(corpus, scope, settings, observer)?.finish())
}

/// One comparison under way.
struct Run<'a> {
    settings: &'a Settings,
    observer: &'a dyn Observer,
    normalizer: Normalizer,
    subject: Subject,
    tokens: Vec<Tokens>,
    analysis: Analysis,
    started: Instant,
}

impl<'a> Run<'a> {
    fn new(
        corpus: Corpus,
        scope: &Scope,
        settings: &'a Settings,
        observer: &'a dyn Observer,
    ) -> Result<Run<'a>, Error> {
        let params = NormalizeParams {
            fold_diacritics: settings.fold_diacritics,
            language: settings.language.clone(),
        };
        let normalizer = Normalizer::new(params)?;
        let mut analysis = Analysis { settings: settings.describe(), ..Analysis::default() };
        analysis.skipped.extend(corpus.skipped.iter().cloned());
        analysis.warnings.extend(corpus.warnings.iter().cloned());
        if let Scope::Against { reference } = scope {
            analysis.skipped.extend(reference.skipped.iter().cloned());
            analysis.warnings.extend(reference.warnings.iter().cloned());
        }
        let subject = Subject::new(corpus, scope, settings.within_seconds, &mut analysis.warnings);
        refuse_too_little_memory(&subject.documents, settings.memory_bytes)?;
        let tokens = Vec::new();
        Ok(Run { settings, observer, normalizer, subject, tokens, analysis, started: Instant::now() })
    }

    /// Notes how long the stage that just ended took.
    fn mark(&mut self, stage: Stage) -> Result<(), Error> {
        self.analysis.run.seconds.push((stage.label().to_owned(), self.started.elapsed().as_secs_f64()));
        self.started = Instant::now();
        if self.observer.is_cancelled() { Err(Error::Cancelled) } else { Ok(()) }
    }

    fn finish(mut self) -> Result<Analysis, Error> {
        self.tokens = self.normalize();
        self.mark(Stage::Normalize)?;

        let tokens = std::mem::take(&mut self.tokens);
        let order_keys = copies::order_keys(&tokens);
        let copies = Copies::find(&tokens, &order_keys, &self.subject);
        let segments = Segments::of(&tokens);
        let candidates = self.candidates(&tokens, &segments, &order_keys, &copies);
        self.mark(Stage::Match)?;

        let texts = self.subject.documents.iter().map(|d| d.text.as_str()).collect();
        let aligner = Aligner::new(&tokens, texts, &segments, align_params(self.settings));
        let mut found = Found::default();
        self.observer.begin(Stage::Align, Some(candidates.len() as u64));
        found.align(&aligner, &segments, &candidates, self.observer);
        let mut engine = Engine { found, identical: self.identical(&aligner, &copies) };
        let unaligned = aligner.unaligned();
        // A statement above the frequency bound was found through anchors; now its other pairs are aligned.
        let (grouping, carriers) = engine.group(&tokens, &self.subject, &copies);
        let missing = engine.missing(&carriers, &copies, &self.subject, self.settings.max_pairs);
        let completed = !missing.is_empty();
        engine.found.align(&aligner, &segments, &Found::all_segments(&missing, &segments), self.observer);
        drop(aligner);
        self.note_unaligned(unaligned);
        self.mark(Stage::Align)?;

        self.observer.begin(Stage::Cluster, None);
        let (grouping, carriers) =
            if completed { engine.group(&tokens, &self.subject, &copies) } else { (grouping, carriers) };
        self.tokens = tokens;
        self.assemble(engine, grouping, carriers, &copies);
        self.mark(Stage::Cluster)?;
        Ok(self.into_analysis())
    }

    fn normalize(&self) -> Vec<Tokens> {
        let documents = &self.subject.documents;
        self.observer.begin(Stage::Normalize, Some(documents.len() as u64));
        documents
            .par_iter()
            .map_init(
                || self.normalizer.lexicon(),
                |lexicon, document| {
                    self.observer.advance(1);
                    let language = self.normalizer.language(&document.text, document.language.as_deref());
                    self.normalizer.tokens(&document.text, language, lexicon)
                },
            )
            .collect()
    }

    /// The segment pairs to align: nominated ones, or all of the listed pairs.
    fn candidates(
        &mut self,
        tokens: &[Tokens],
        segments: &Segments,
        order_keys: &[u64],
        copies: &Copies,
    ) -> Vec<Candidate> {
        if let Pairs::Listed(pairs) = &self.subject.pairs {
            let wanted: BTreeSet<(u32, u32)> =
                pairs.iter().copied().filter(|&(a, b)| self.subject.wants(a as usize, b as usize)).collect();
            return Found::all_segments(&wanted, segments);
        }
        self.observer.begin(Stage::Match, None);
        let params = MatchParams {
            memory_bytes: join_memory(&self.subject.documents, self.settings.memory_bytes),
            ..match_params(self.settings)
        };
        let stands = copies.standing();
        let wanted = Wanted { subject: &self.subject, stands: &stands };
        let matches = candidates(tokens, segments, order_keys, &wanted, &params, self.observer);
        self.analysis.bounds.extend(matches.bounds);
        matches.candidates
    }

    /// The passages inside groups of exact copies: one a group, the whole text with itself, if it reaches the limits.
    fn identical(&self, aligner: &Aligner<'_>, copies: &Copies) -> Vec<(u32, Alignment)> {
        let heads: Vec<u32> = copies.groups.keys().copied().collect();
        heads
            .into_par_iter()
            .map_init(Workspace::default, |work, head| {
                aligner.whole(head as usize, work).map(|alignment| (head, alignment))
            })
            .flatten_iter()
            .collect()
    }

    fn note_unaligned(&mut self, count: u64) {
        if count > 0 {
            self.analysis.bounds.push(Bound {
                name: "alignment_cells".to_owned(),
                count,
                message: "stretches too long to align word by word and without a word to divide them at; their words \
                          are shown as replaced"
                    .to_owned(),
            });
        }
    }

    /// Fills the tables.
    fn assemble(&mut self, engine: Engine, grouping: Grouping, carriers: Vec<Carriers>, copies: &Copies) {
        let known = self.known_text();
        let assembly =
            Assembly { subject: &self.subject, tokens: &self.tokens, settings: self.settings, known: &known };
        let (mut emitted, cut) =
            engine.emit(&grouping, &carriers, copies, &self.subject, self.settings.max_pairs);
        let below = assembly.drop_below_coverage(&mut emitted);
        let used: BTreeSet<usize> = emitted.iter().map(|e| e.group).collect();
        let (clusters, place_of) = assembly.clusters(&grouping, &carriers, &used);
        let (pairs, passages) = assembly.pairs(&emitted, &place_of);
        self.analysis.facts = assembly.facts(&passages, copies);
        self.analysis.edges = assembly.edges(&pairs);
        self.analysis.clusters = clusters;
        self.analysis.pairs = pairs;
        self.analysis.passages = passages;
        if cut > 0 {
            self.analysis.bounds.push(Bound {
                name: "max_pairs".to_owned(),
                count: cut,
                message: format!(
                    "clusters imply more than {} document pairs; of these, the strongest, the representative's and \
                     those of consecutive members are written; member lists are complete",
                    self.settings.max_pairs
                ),
            });
        }
        if below > 0 {
            self.analysis.bounds.push(Bound {
                name: "min_coverage".to_owned(),
                count: below,
                message: format!(
                    "document pairs share less than {:.0} % of either article and were left out",
                    self.settings.min_coverage * 100.0
                ),
            });
        }
    }

    fn known_text(&self) -> KnownText {
        let mut lexicon = self.normalizer.lexicon();
        KnownText::new(
            self.settings
                .boilerplate
                .iter()
                .map(|(name, text)| {
                    let language = self.normalizer.language(text, None);
                    (name.clone(), self.normalizer.tokens(text, language, &mut lexicon))
                })
                .collect(),
        )
    }

    fn into_analysis(self) -> Analysis {
        let mut analysis = self.analysis;
        analysis.run.threads = rayon::current_num_threads() as u32;
        analysis.documents = self.subject.documents;
        analysis.tokens = self.tokens;
        analysis.skipped.sort();
        analysis.warnings.sort();
        analysis.bounds.sort();
        analysis
    }
}

/// Everything the engine found, before tables.
struct Engine {
    found: Found,
    /// For each document that stands for exact copies, the passage they share.
    identical: Vec<(u32, Alignment)>,
}

impl Engine {
    /// Groups all passages and finds each group's carriers.
    fn group(&self, tokens: &[Tokens], subject: &Subject, copies: &Copies) -> (Grouping, Vec<Carriers>) {
        let identical = self.identical.iter().map(|(head, alignment)| ((*head, *head), alignment));
        let links: Vec<Link> = self
            .alignments()
            .chain(identical)
            .map(|((a, b), alignment)| Link {
                a: Member { document: a, span: alignment.a },
                b: Member { document: b, span: alignment.b },
                bits: alignment.bits,
            })
            .collect();
        let grouping = group(&links, tokens, ClusterParams::default());
        let carriers =
            grouping.groups.iter().map(|group| Carriers::of(group, &subject.documents, copies)).collect();
        (grouping, carriers)
    }

    /// All passages between different documents, in order.
    fn alignments(&self) -> impl Iterator<Item = ((u32, u32), &Alignment)> {
        self.found
            .by_pair
            .iter()
            .flat_map(|(&pair, found)| found.iter().map(move |alignment| (pair, alignment)))
    }

    /// Document pairs that are to be written and were not aligned yet.
    fn missing(
        &self,
        carriers: &[Carriers],
        copies: &Copies,
        subject: &Subject,
        max_pairs: usize,
    ) -> BTreeSet<(u32, u32)> {
        carriers
            .iter()
            .filter(|carriers| carriers.n_docs > 2)
            .flat_map(|carriers| carriers.pairs(subject, max_pairs))
            .map(|(x, y)| (copies.stand_in[x as usize], copies.stand_in[y as usize]))
            .filter(|(x, y)| x != y)
            .map(|(x, y)| (x.min(y), x.max(y)))
            .filter(|pair| !self.found.by_pair.contains_key(pair))
            .collect()
    }

    /// For each passage whether it is among the `max_pairs` strongest of a cluster whose pairs are cut.
    fn strongest(&self, grouping: &Grouping, is_whole: &[bool], max_pairs: usize) -> Vec<bool> {
        let mut of_cut: Vec<(usize, f64, usize)> = self
            .alignments()
            .enumerate()
            .map(|(index, (_, alignment))| (grouping.of_link[index], alignment.bits, index))
            .filter(|(group, _, _)| !is_whole[*group])
            .collect();
        of_cut.sort_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)).then(x.2.cmp(&y.2)));
        let mut strongest = vec![false; grouping.of_link.len()];
        for run in of_cut.chunk_by(|x, y| x.0 == y.0) {
            for &(_, _, index) in run.iter().take(max_pairs) {
                strongest[index] = true;
            }
        }
        strongest
    }

    /// The passages to be written, copies included, and the number of clusters whose pairs were cut.
    fn emit(
        self,
        grouping: &Grouping,
        carriers: &[Carriers],
        copies: &Copies,
        subject: &Subject,
        max_pairs: usize,
    ) -> (Vec<Emitted>, u64) {
        let is_whole: Vec<bool> = carriers.iter().map(|carriers| carriers.is_whole(max_pairs)).collect();
        let written: Vec<BTreeSet<(u32, u32)>> = carriers
            .iter()
            .zip(&is_whole)
            .map(
                |(carriers, whole)| if *whole { BTreeSet::new() } else { carriers.pairs(subject, max_pairs) },
            )
            .collect();
        let strongest = self.strongest(grouping, &is_whole, max_pairs);
        let identical = self.identical.iter().map(|(head, alignment)| ((*head, *head), alignment));
        let mut emitted = Vec::new();
        let all = self.alignments().chain(identical).zip(&grouping.of_link).zip(strongest);
        for ((((x, y), alignment), &group), is_strong) in all {
            let is_written = |pair: &(u32, u32)| {
                is_whole[group] || (is_strong && *pair == (x, y)) || written[group].contains(pair)
            };
            for pair in
                copy_pairs(copies, x, y, is_whole[group], &written[group]).into_iter().filter(is_written)
            {
                if !subject.wants(pair.0 as usize, pair.1 as usize) {
                    continue;
                }
                let (a, b) = subject.sides(pair.0 as usize, pair.1 as usize);
                let turned = x != y && copies.stand_in[a] != x;
                let alignment = if turned { alignment.swapped() } else { alignment.clone() };
                emitted.push(Emitted { a: a as u32, b: b as u32, alignment, group, is_copy: x == y });
            }
        }
        (emitted, is_whole.iter().filter(|&&whole| !whole).count() as u64)
    }
}

/// The document pairs that a passage between `x` and `y` stands for, copies included; smaller index first.
fn copy_pairs(
    copies: &Copies,
    x: u32,
    y: u32,
    is_whole: bool,
    written: &BTreeSet<(u32, u32)>,
) -> Vec<(u32, u32)> {
    if !is_whole && (copies.groups.contains_key(&x) || copies.groups.contains_key(&y)) {
        // Too many to go through all combinations: pick from what is written anyway.
        let stands = |document: u32| copies.stand_in[document as usize];
        let own = std::iter::once((x, y)).filter(|(x, y)| x != y && !written.contains(&(*x, *y)));
        return written
            .iter()
            .copied()
            .filter(|&(a, b)| (stands(a), stands(b)) == (x, y) || (stands(a), stands(b)) == (y, x))
            .chain(own)
            .collect();
    }
    let (of_x, of_y) = (copies.of(x), copies.of(y));
    let mut pairs: Vec<(u32, u32)> = of_x
        .iter()
        .flat_map(|&a| of_y.iter().map(move |&b| (a.min(b), a.max(b))))
        .filter(|(a, b)| a != b)
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// A pair needs no more evidence to be looked at than a passage needs to be reported.
fn match_params(settings: &Settings) -> MatchParams {
    let default = MatchParams::default();
    let min_local_bits = default.min_local_bits.min(settings.min_bits as f32);
    MatchParams { max_df: settings.max_df, min_local_bits, ..default }
}

fn align_params(settings: &Settings) -> AlignParams {
    AlignParams {
        min_words: settings.min_words,
        min_identity: settings.min_identity,
        min_bits: settings.min_bits,
        max_gap: settings.max_gap,
        ..AlignParams::default()
    }
}

/// Bytes a run takes for each byte of text before the join: the text, its tokens (16 bytes for about 5.5 bytes of
/// text), their order by key, and room for results.
const BYTES_PER_BYTE: u64 = 6;

/// Least memory for the join, in bytes.
const MIN_JOIN: u64 = 64 << 20;

fn text_bytes(documents: &[Document]) -> u64 {
    documents.iter().map(|document| document.text.len() as u64).sum()
}

fn refuse_too_little_memory(documents: &[Document], limit: Option<u64>) -> Result<(), Error> {
    let texts = text_bytes(documents);
    let need = texts * BYTES_PER_BYTE + MIN_JOIN;
    match limit {
        Some(limit) if need > limit => {
            Err(Error::Memory { texts_mb: texts >> 20, need_mb: (need >> 20) + 1, limit_mb: limit >> 20 })
        }
        _ => Ok(()),
    }
}

/// What is left for the join, in bytes.
fn join_memory(documents: &[Document], limit: Option<u64>) -> usize {
    let default = MatchParams::default().memory_bytes;
    limit.map_or(default, |limit| {
        limit.saturating_sub(text_bytes(documents) * BYTES_PER_BYTE).max(MIN_JOIN) as usize
    })
}
