//! Wires the stages: documents in, an [`Analysis`] out. No algorithm lives here, only their order.

mod assemble;
mod boilerplate;
mod carriers;
mod comparison;
mod copies;
mod edges;
mod engine;
pub mod explain;
mod formulas;
mod found;
pub mod indexing;
mod journal;
mod memory;
mod narrow;
mod origins;
mod recurring;
pub mod scope;
pub mod settings;
mod sieve;
mod tags;
mod trace;
mod work;
mod zones;

pub use comparison::Comparison;
pub use explain::{Explanation, explain};
pub use indexing::{IndexChoices, Indexed, index};
pub use memory::Forecast;
pub use scope::Scope;
pub use settings::Settings;
pub use work::Work;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::time::Instant;

use rayon::prelude::*;

use crate::align::AlignParams;
use crate::cluster::Grouping;
use crate::error::Error;
use crate::fingerprint::{FingerprintParams, hash};
use crate::matching::postings::{Join, OrderKey};
use crate::matching::segment::Segments;
use crate::matching::{self, Candidate, MatchParams, candidates};
use crate::model::{Analysis, Bound, Corpus, Observer, Profile, Stage, Statistics, Tokens};
use crate::normalize::{NormalizeParams, Normalizer};
use crate::pipeline::assemble::Assembly;
use crate::pipeline::boilerplate::KnownText;
use crate::pipeline::carriers::Carriers;
use crate::pipeline::comparison::Tables;
use crate::pipeline::copies::Copies;
use crate::pipeline::formulas::Judged;
use crate::pipeline::found::{Bench, Found};
use crate::pipeline::memory::Budget;
use crate::pipeline::narrow::{Query, Told, name_key};
use crate::pipeline::recurring::Recurrences;
use crate::pipeline::scope::{Pairs, Subject, Wanted};
use crate::pipeline::zones::Zoned;
use crate::statistics::corpus::Counts;
use crate::store::library::batches;
use crate::store::{Folder, Intake, Library, Part, Store, Texts};

/// Compares the documents of `corpus` as `scope` says, and gives the result as lists in memory.
///
/// The result is the same, byte for byte, for any number of threads and any amount of memory.
///
/// # Errors
///
/// As [`compare_large`].
pub fn compare(
    corpus: Corpus,
    scope: &Scope,
    settings: &Settings,
    observer: &dyn Observer,
) -> Result<Analysis, Error> {
    compare_large(corpus, scope, settings, Means::default(), observer)?.into_analysis()
}

/// What a run may use beside memory and processors.
#[derive(Debug)]
pub struct Means<'a> {
    /// What took the texts while they were read.
    pub intake: Intake,
    /// The folder that keeps what is finished, for a run to come.
    pub work: Option<&'a Work>,
}

impl Default for Means<'_> {
    /// Texts in their documents, and nothing kept.
    fn default() -> Self {
        Means { intake: Intake::in_memory(), work: None }
    }
}

/// Compares the documents of `corpus` as `scope` says. With [`Settings::memory_bytes`], what does not fit is put away,
/// and so are the large tables of the result. With a work folder, what an earlier run of the same inputs and settings
/// finished is taken up from there.
///
/// # Errors
///
/// [`Error::Memory`] if not even what cannot be put away fits into the memory allowed, [`Error::Store`] if the disk is full
/// or fails, [`Error::WorkDiffers`] if the work folder is about something else, [`Error::Normalize`] for an unknown language, [`Error::Cancelled`] if the observer stopped the run.
pub fn compare_large(
    corpus: Corpus,
    scope: &Scope,
    settings: &Settings,
    means: Means<'_>,
    observer: &dyn Observer,
) -> Result<Comparison, Error> {
    in_threads(settings, || Run::new(corpus, scope, settings, means, observer, None)?.finish())
}

fn in_threads<R: Send>(
    settings: &Settings,
    work: impl FnOnce() -> Result<R, Error> + Send,
) -> Result<R, Error> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .build()
        .map_err(|source| Error::Threads { threads: settings.threads, source })?;
    pool.install(work)
}

/// One comparison under way.
struct Run<'a> {
    settings: &'a Settings,
    observer: &'a dyn Observer,
    normalizer: Normalizer,
    subject: Subject,
    texts: Texts,
    /// What an index told of these documents.
    told: Option<Told>,
    budget: Budget,
    store: Store,
    work: Option<&'a Work>,
    analysis: Analysis,
    started: Instant,
}

impl<'a> Run<'a> {
    /// A run with the budget that the settings give, or with `budget`.
    fn new(
        corpus: Corpus,
        scope: &Scope,
        settings: &'a Settings,
        means: Means<'a>,
        observer: &'a dyn Observer,
        budget: Option<Budget>,
    ) -> Result<Run<'a>, Error> {
        let normalizer = Normalizer::new(normalize_params(settings))?;
        let reference = match scope {
            Scope::Against { reference, .. } => Some(reference),
            _ => None,
        };
        let mut analysis = Analysis { settings: settings.describe(), ..Analysis::default() };
        for corpus in std::iter::once(&corpus).chain(reference) {
            analysis.skipped.extend(corpus.skipped.iter().cloned());
            analysis.warnings.extend(corpus.warnings.iter().cloned());
        }
        let mut warnings = std::mem::take(&mut analysis.warnings);
        let (subject, texts, told) = match scope {
            Scope::AgainstIndex { index, among } => {
                let mut corpus = corpus;
                let texts = means.intake.into_texts(&mut corpus.documents)?;
                let documents = std::mem::take(&mut corpus.documents);
                let query =
                    Query { snapshot: index, normalizer: &normalizer, settings, among: *among, observer };
                let (subject, texts, told) = query.subject(documents, texts, scope, &mut warnings)?;
                analysis.bounds.extend(matching::repeated(told.repeated_shingles, &match_params(settings)));
                (subject, texts, Some(told))
            }
            _ => {
                let within = settings.within_seconds;
                let mut subject = Subject::new(corpus.documents, scope, reference, within, &mut warnings);
                let texts = means.intake.into_texts(&mut subject.documents)?;
                (subject, texts, None)
            }
        };
        analysis.warnings = warnings;
        let text_bytes = (0..texts.len()).map(|index| texts.bytes(index) as u64).sum();
        let is_away = matches!(texts, Texts::Away(..));
        let budget = match budget {
            Some(budget) => budget,
            None => Budget::new(&subject.documents, text_bytes, is_away, settings.memory_bytes)?,
        };
        let folder = means.work.map_or_else(Folder::temporary, |work| Folder::at(work.path()));
        let store = budget.store(folder);
        let texts = if budget.holds_texts() { texts } else { texts.put_away(&store)? };
        let work = means.work;
        if let Some(work) = work {
            let stamp = work::stamp(settings.describe(), &subject, &texts)?;
            if work.stamp(&stamp)? {
                observer.note(&format!("goes on with the unfinished run in {}", work.path().display()));
            }
        }
        let started = Instant::now();
        Ok(Run {
            settings,
            observer,
            normalizer,
            subject,
            texts,
            told,
            budget,
            store,
            work,
            analysis,
            started,
        })
    }

    /// Notes how long the stage that just ended took.
    fn mark(&mut self, stage: Stage) -> Result<(), Error> {
        self.analysis.run.seconds.push((stage.label().to_owned(), self.started.elapsed().as_secs_f64()));
        self.started = Instant::now();
        if self.observer.is_cancelled() { Err(Error::Cancelled) } else { Ok(()) }
    }

    fn finish(mut self) -> Result<Comparison, Error> {
        let (mut library, order_keys) = self.normalize()?;
        self.weigh(&mut library)?;
        self.mark(Stage::Normalize)?;

        let copies = Copies::find(&library, &order_keys, &self.subject);
        library.check()?;
        let segments = Segments::cut(library.n_words().iter().copied());
        let candidates = self.candidates(&library, &segments, &order_keys, &copies)?;
        self.mark(Stage::Match)?;

        let bench = Bench {
            library: &library,
            segments: &segments,
            params: align_params(self.settings),
            working_bytes: self.budget.working_bytes(),
            observer: self.observer,
            work: self.work,
        };
        let mut found = Found::new(&self.store);
        found.align(&bench, candidates, work::ROUNDS[0])?;
        let heads: Vec<u32> = copies.groups.keys().copied().collect();
        found.add_identical(&bench, &heads)?;
        // A statement above the frequency bound was found through anchors; now its other pairs are aligned.
        let max_pairs = self.settings.max_pairs;
        let (mut grouping, mut carriers) =
            engine::grouped(&found, &library, &self.subject, &copies, self.observer);
        let missing = engine::missing(&found, &carriers, &copies, &self.subject, max_pairs);
        if !missing.is_empty() {
            drop((grouping, carriers));
            found.align(&bench, Found::all_segments(&missing, &segments), work::ROUNDS[1])?;
            (grouping, carriers) = engine::grouped(&found, &library, &self.subject, &copies, self.observer);
        }
        carriers = engine::show_central(carriers, &grouping, &library, max_pairs);
        library.check()?;
        self.note_unaligned(found.unaligned);
        self.mark(Stage::Align)?;

        let tables = self.assemble(&found, &library, grouping, carriers, &copies)?;
        drop(found);
        library.check()?;
        self.mark(Stage::Cluster)?;
        Ok(Comparison::new(self.into_facts(), library, tables))
    }

    /// Tokens of all documents, and for each document a number derived from its words.
    fn normalize(&mut self) -> Result<(Library, Vec<OrderKey>), Error> {
        let texts = std::mem::replace(&mut self.texts, Texts::Here(Vec::new()));
        let n = texts.len();
        self.observer.begin(Stage::Normalize, Some(n as u64));
        let here = matches!(texts, Texts::Here(_));
        // Tokens take three times the bytes of their text.
        let runs =
            batches(n, self.budget.working_bytes() / 4, |index| if here { 0 } else { texts.bytes(index) });
        let mut library = Library::new(texts, &self.store);
        let mut order_keys = Vec::with_capacity(n);
        for run in runs {
            let made: Vec<Tokens> = self.tokens(&library, run.clone())?;
            let names = &self.subject.documents[run];
            order_keys.par_extend(made.par_iter().zip(names).map(|(tokens, it)| order_key(tokens, &it.name)));
            library.add(made)?;
        }
        Ok((library, order_keys))
    }

    fn tokens(&mut self, library: &Library, run: std::ops::Range<usize>) -> Result<Vec<Tokens>, Error> {
        let mut ready = self.told.as_mut().map_or_else(Vec::new, |told| told.take_tokens(run.clone()));
        ready.resize(run.len(), None);
        let made = run.into_par_iter().zip(ready).map_init(
            || self.normalizer.lexicon(),
            |lexicon, (index, ready)| {
                self.observer.advance(1);
                if self.observer.is_cancelled() {
                    return Ok(Tokens::default());
                }
                if let Some(tokens) = ready {
                    return Ok(tokens);
                }
                let text = library.texts().get(index)?;
                let declared = self.subject.documents[index].language.as_deref();
                let language = self.normalizer.language(&text, declared);
                Ok(self.normalizer.tokens(&text, language, lexicon))
            },
        );
        made.collect()
    }

    /// Lets the documents say how rare their words are, if asked to. Fingerprints and alignment see the result.
    fn weigh(&self, library: &mut Library) -> Result<(), Error> {
        if self.settings.statistics != Statistics::Corpus {
            return Ok(());
        }
        let bytes = self.budget.working_bytes() / 2;
        let mut counts = Counts::default();
        for batch in library.batches(bytes) {
            let loaded = library.load(batch.clone(), Part::Tokens)?;
            counts.add(&loaded.tokens()[batch]);
        }
        library.change(&self.store, bytes, |tokens| counts.weigh(tokens))?;
        Ok(())
    }

    /// The segment pairs to align: nominated ones, or all of the listed pairs.
    fn candidates(
        &mut self,
        library: &Library,
        segments: &Segments,
        order_keys: &[OrderKey],
        copies: &Copies,
    ) -> Result<Vec<Candidate>, Error> {
        if let Pairs::Listed(pairs) = &self.subject.pairs {
            let wanted: Vec<(u32, u32)> =
                pairs.iter().copied().filter(|&(a, b)| self.subject.wants(a as usize, b as usize)).collect();
            return Ok(Found::all_segments(&wanted, segments));
        }
        if let Some(told) = self.told.take() {
            return Ok(told.candidates(segments));
        }
        if let Some(matches) = self.work.map(Work::candidates).transpose()?.flatten() {
            self.analysis.bounds.extend(matches.bounds);
            return Ok(matches.candidates);
        }
        self.observer.begin(Stage::Match, None);
        let params = MatchParams { memory_bytes: self.budget.join_bytes(), ..match_params(self.settings) };
        let stands = copies.standing();
        let wanted = Wanted { subject: &self.subject, stands: &stands };
        let join = Join { segments, order_keys, admission: &wanted, params: &params };
        let matches = candidates(library, &join, &self.store, self.observer)?;
        if let Some(work) = self.work.filter(|_| !self.observer.is_cancelled()) {
            work.put_candidates(&matches)?;
        }
        self.analysis.bounds.extend(matches.bounds);
        Ok(matches.candidates)
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
    fn assemble(
        &mut self,
        found: &Found,
        library: &Library,
        grouping: Grouping,
        carriers: Vec<Carriers>,
        copies: &Copies,
    ) -> Result<Tables, Error> {
        let known = KnownText::of(self.settings, &self.normalizer);
        let formulas = Judged::of(&carriers, library, &self.subject);
        let (documents, rules) = (&self.subject.documents, self.settings.zone_rules());
        let profile = self.settings.profile;
        let zoned = Zoned::of(library, documents, (&rules, profile), self.budget.working_bytes() / 4)?;
        let manner = rules.manner(profile);
        let assembly = Assembly {
            subject: &self.subject,
            library,
            found,
            settings: self.settings,
            params: align_params(self.settings),
            known: &known,
            formulas: &formulas,
            zoned: &zoned,
            manner: &manner,
        };
        let max_pairs = self.settings.max_pairs;
        let (mut emitted, cut) = engine::emit(found, &grouping, &carriers, copies, &self.subject, max_pairs);
        let below = assembly.drop_below_coverage(&mut emitted)?;
        let used: BTreeSet<usize> = emitted.iter().map(|e| e.group as usize).collect();
        let (mut clusters, place_of) = assembly.clusters(&grouping, &carriers, &used);
        drop((grouping, carriers));
        self.observer.begin(Stage::Cluster, Some(emitted.len() as u64));
        let mut recurring = Recurrences::default();
        let (tables, mut origins) = Tables::fill(
            (&mut self.analysis, &mut recurring),
            &assembly,
            &emitted,
            (&clusters, &place_of),
            copies,
            (&self.store, self.observer),
        )?;
        origins.count(&mut clusters, zoned.attributions());
        self.analysis.clusters = clusters;
        for (facts, zones) in self.analysis.facts.iter_mut().zip(zoned.into_zones()) {
            facts.zones = zones;
        }
        self.analysis.recurring = recurring.finish(&self.analysis.clusters, &self.subject.documents);
        self.note_left_out(cut, below);
        Ok(tables)
    }

    /// Remarks on what the limits on output left out.
    fn note_left_out(&mut self, cut: u64, below: u64) {
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

    fn into_facts(self) -> Analysis {
        let mut analysis = self.analysis;
        analysis.run.threads = rayon::current_num_threads() as u32;
        analysis.documents = self.subject.documents;
        analysis.skipped.sort();
        analysis.warnings.sort();
        analysis.bounds.sort();
        analysis
    }
}

/// What picks the anchors among documents, and tells which may be copies.
fn order_key(tokens: &Tokens, name: &str) -> OrderKey {
    (hash(&tokens.keys), name_key(name))
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
            let min_lone_bits = default.min_place_bits;
            let min_local_bits = NOISY_LOCAL_BITS;
            MatchParams { fingerprint: NOISY_SHINGLES, min_local_bits, min_lone_bits, ..default }
        }
    };
    let ease = (settings.min_bits / Settings::default().min_bits).min(1.0) as f32;
    MatchParams {
        min_local_bits: params.min_local_bits.min(settings.min_bits as f32),
        min_place_bits: params.min_place_bits * ease,
        min_lone_bits: params.min_lone_bits * ease,
        ..params
    }
}

/// How texts are normalized with `settings`.
#[must_use]
pub fn normalize_params(settings: &Settings) -> NormalizeParams {
    NormalizeParams {
        fold_diacritics: settings.fold_diacritics,
        language: settings.language.clone(),
        profile: settings.profile,
    }
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
