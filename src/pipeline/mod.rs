//! Wires the stages: documents in, an [`Analysis`] out. No algorithm lives here, only their order.

mod assemble;
mod boilerplate;
mod carriers;
mod copies;
mod engine;
pub mod explain;
mod formulas;
mod found;
mod memory;
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
use crate::cluster::Grouping;
use crate::error::Error;
use crate::fingerprint::FingerprintParams;
use crate::matching::segment::Segments;
use crate::matching::{Candidate, MatchParams, candidates};
use crate::model::{Analysis, Bound, Corpus, Observer, Profile, Stage, Statistics, Tokens};
use crate::normalize::{NormalizeParams, Normalizer};
use crate::pipeline::assemble::Assembly;
use crate::pipeline::boilerplate::KnownText;
use crate::pipeline::carriers::Carriers;
use crate::pipeline::copies::Copies;
use crate::pipeline::engine::Engine;
use crate::pipeline::formulas::Judged;
use crate::pipeline::found::Found;
use crate::pipeline::memory::Budget;
use crate::pipeline::scope::{Pairs, Subject, Wanted};
use crate::statistics::corpus;

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
    budget: Budget,
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
            profile: settings.profile,
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
        let budget = Budget::new(&subject.documents, settings.memory_bytes)?;
        let tokens = Vec::new();
        Ok(Run { settings, observer, normalizer, subject, budget, tokens, analysis, started: Instant::now() })
    }

    /// Notes how long the stage that just ended took.
    fn mark(&mut self, stage: Stage) -> Result<(), Error> {
        self.analysis.run.seconds.push((stage.label().to_owned(), self.started.elapsed().as_secs_f64()));
        self.started = Instant::now();
        if self.observer.is_cancelled() { Err(Error::Cancelled) } else { Ok(()) }
    }

    fn finish(mut self) -> Result<Analysis, Error> {
        self.tokens = self.normalize();
        self.weigh()?;
        self.mark(Stage::Normalize)?;

        let tokens = std::mem::take(&mut self.tokens);
        let order_keys = copies::order_keys(&tokens);
        let copies = Copies::find(&tokens, &order_keys, &self.subject);
        let segments = Segments::of(&tokens);
        let candidates = self.candidates(&tokens, &segments, &order_keys, &copies)?;
        self.budget.admit_passages(candidates.len())?;
        self.mark(Stage::Match)?;

        let texts = self.subject.documents.iter().map(|d| d.text.as_str()).collect();
        let aligner = Aligner::new(&tokens, texts, &segments, align_params(self.settings));
        let mut found = Found::default();
        found.align(&aligner, &segments, &candidates, self.observer);
        let mut engine = Engine { found, identical: self.identical(&aligner, &copies) };
        // A statement above the frequency bound was found through anchors; now its other pairs are aligned.
        let (mut grouping, mut carriers) =
            engine.group(&tokens, &self.subject, &copies, self.settings.max_pairs);
        let missing = engine.missing(&carriers, &copies, &self.subject, self.settings.max_pairs);
        if !missing.is_empty() {
            self.budget.admit_passages(candidates.len() + missing.len())?;
            let segment_pairs = Found::all_segments(&missing, &segments);
            engine.found.align(&aligner, &segments, &segment_pairs, self.observer);
            (grouping, carriers) = engine.group(&tokens, &self.subject, &copies, self.settings.max_pairs);
        }
        let unaligned = aligner.unaligned();
        drop(aligner);
        self.note_unaligned(unaligned);
        self.mark(Stage::Align)?;

        self.observer.begin(Stage::Cluster, None);
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
                    if self.observer.is_cancelled() {
                        return Tokens::default();
                    }
                    let language = self.normalizer.language(&document.text, document.language.as_deref());
                    self.normalizer.tokens(&document.text, language, lexicon)
                },
            )
            .collect()
    }

    /// Lets the documents say how rare their words are, if asked to. Fingerprints and alignment see the result.
    fn weigh(&mut self) -> Result<(), Error> {
        if self.settings.statistics == Statistics::Corpus {
            self.budget.admit_counts(self.tokens.iter().map(|it| it.len() as u64).sum())?;
            corpus::weigh(&mut self.tokens);
        }
        Ok(())
    }

    /// The segment pairs to align: nominated ones, or all of the listed pairs.
    fn candidates(
        &mut self,
        tokens: &[Tokens],
        segments: &Segments,
        order_keys: &[u64],
        copies: &Copies,
    ) -> Result<Vec<Candidate>, Error> {
        if let Pairs::Listed(pairs) = &self.subject.pairs {
            let wanted: BTreeSet<(u32, u32)> =
                pairs.iter().copied().filter(|&(a, b)| self.subject.wants(a as usize, b as usize)).collect();
            return Ok(Found::all_segments(&wanted, segments));
        }
        self.observer.begin(Stage::Match, None);
        let params = MatchParams { memory_bytes: self.budget.join_bytes(), ..match_params(self.settings) };
        let stands = copies.standing();
        let wanted = Wanted { subject: &self.subject, stands: &stands };
        let matches = candidates(tokens, segments, order_keys, &wanted, &params, self.observer);
        self.analysis.bounds.extend(matches.bounds);
        self.budget.admit_join(matches.hit_bytes)?;
        Ok(matches.candidates)
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
        let known = KnownText::of(self.settings, &self.normalizer);
        let formulas = Judged::of(&carriers, &self.tokens, &self.subject);
        let assembly = Assembly {
            subject: &self.subject,
            tokens: &self.tokens,
            settings: self.settings,
            known: &known,
            formulas: &formulas,
        };
        let (mut emitted, cut) =
            engine.emit(&grouping, &carriers, copies, &self.subject, self.settings.max_pairs);
        let below = assembly.drop_below_coverage(&mut emitted);
        assembly.describe(&mut emitted, &align_params(self.settings));
        let used: BTreeSet<usize> = emitted.iter().map(|e| e.group).collect();
        let (clusters, place_of) = assembly.clusters(&grouping, &carriers, &used);
        let (pairs, passages) = assembly.pairs(emitted, &place_of);
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

/// Shingles of machine-read print, function words included: three content words span six or seven words, too many to be
/// read without an error. With 12 % of the characters wrong, these find 88 % of planted passages of 20 words and content
/// words find 70 % (`benches/accuracy/noise.py`).
const NOISY_SHINGLES: FingerprintParams =
    FingerprintParams { shingle: 3, function_words: true, span: 3, min_bits: 12.0 };

/// Evidence that nominates a pair of machine-read documents when it lies in one place, in bits: that of a short run.
const NOISY_LOCAL_BITS: f32 = 25.0;

/// A pair needs no more evidence to be looked at than a passage needs to be reported.
fn match_params(settings: &Settings) -> MatchParams {
    let default = MatchParams { max_df: settings.max_df, ..MatchParams::default() };
    let params = match settings.profile {
        Profile::News => default,
        Profile::Ocr => {
            MatchParams { fingerprint: NOISY_SHINGLES, min_local_bits: NOISY_LOCAL_BITS, ..default }
        }
    };
    MatchParams { min_local_bits: params.min_local_bits.min(settings.min_bits as f32), ..params }
}

fn align_params(settings: &Settings) -> AlignParams {
    AlignParams {
        min_words: settings.min_words,
        min_identity: settings.min_identity,
        min_bits: settings.min_bits,
        max_gap: settings.max_gap,
        min_summary: settings.min_summary,
        reach: settings.reach,
        ..AlignParams::default()
    }
}
