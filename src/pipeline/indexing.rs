//! Documents into an index: what is new is added, what changed is replaced, what stayed is left alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use crate::error::Error;
use crate::fingerprint::hash;
use crate::index::{
    Body, Digest, Incoming, IndexError, Row, Snapshot, Stamp, Table, TextPlace, Update, Words, text_hash,
};
use crate::matching::MatchParams;
use crate::matching::partition::{Sorter, n_parts_of_postings};
use crate::matching::postings::Posting;
use crate::model::{Corpus, Document, Observer, Stage, Statistics, Tokens};
use crate::normalize::{self, Lexicon, Normalizer};
use crate::pipeline::copies::wording;
use crate::pipeline::narrow::{name_hash, name_key, place_hash, table_row};
use crate::pipeline::settings::Settings;
use crate::pipeline::{in_threads, match_params, normalize_params};
use crate::store::library::batches;
use crate::store::{Folder, Intake, Store, StoreError, Texts};

/// Bytes of text that are worked on at a time.
const BATCH_BYTES: usize = 16 << 20;

/// Bytes of postings that are kept in memory, unless the settings say.
const POSTING_BYTES: u64 = 1 << 30;

/// How an index is updated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexChoices {
    /// Whether a new index stores texts; that it does, if nothing is said.
    pub has_text: Option<bool>,
    /// Whether documents are dropped whose file is gone, or that are gone from a file that was read.
    pub prune: bool,
    /// The time to note, as ISO 8601 in UTC.
    pub now: String,
}

/// What an update did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indexed {
    /// Documents that were not there.
    pub added: u64,
    /// Documents whose text or metadata changed.
    pub replaced: u64,
    /// Documents that stayed as they were.
    pub unchanged: u64,
    /// Documents that were dropped.
    pub removed: u64,
    /// Documents that are there now.
    pub documents: u64,
}

/// What an index must have been built with to be read with `settings`.
#[must_use]
pub fn stamp(settings: &Settings) -> Stamp {
    let settings = [
        ("profile", settings.profile.name().to_owned()),
        ("statistics", settings.statistics.name().to_owned()),
        ("fold_diacritics", settings.fold_diacritics.to_string()),
        ("language", settings.language.clone().unwrap_or_else(|| "none".to_owned())),
    ];
    Stamp {
        normalizer: normalize::VERSION,
        settings: settings.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
    }
}

/// Brings the index at `path` up to date with `corpus`, whose texts `intake` took.
///
/// # Errors
///
/// [`Error::Index`] if the index cannot be used or written, [`Error::Store`] if the disk for temporary files is full,
/// [`Error::Cancelled`] if the observer stopped it. The index is then as it was.
pub fn index(
    path: &Path,
    corpus: Corpus,
    intake: Intake,
    settings: &Settings,
    choices: &IndexChoices,
    observer: &dyn Observer,
) -> Result<Indexed, Error> {
    if settings.statistics == Statistics::Corpus {
        return Err(IndexError::Unable {
            what: "an index holds words as rare as they are in their language, whatever else it holds"
                .to_owned(),
            remedy: "leave out --statistics corpus".to_owned(),
        }
        .into());
    }
    in_threads(settings, || {
        let update = Update::begin(path, &stamp(settings), choices.has_text)?;
        let normalizer = Normalizer::new(normalize_params(settings))?;
        let mut corpus = corpus;
        let texts = intake.into_texts(&mut corpus.documents)?;
        let work =
            Indexing { documents: &corpus.documents, texts: &texts, normalizer, settings, choices, observer };
        work.run(update)
    })
}

struct Indexing<'a> {
    documents: &'a [Document],
    texts: &'a Texts,
    normalizer: Normalizer,
    settings: &'a Settings,
    choices: &'a IndexChoices,
    observer: &'a dyn Observer,
}

/// What is to be done.
#[derive(Default)]
struct Plan {
    /// Indices of documents to be written, with their rows.
    written: Vec<(usize, Row)>,
    /// Numbers of documents to be removed.
    removed: Vec<u32>,
    done: Indexed,
}

impl Indexing<'_> {
    fn run(&self, mut update: Update) -> Result<Indexed, Error> {
        let mut plan = self.plan(update.snapshot())?;
        let added = match plan.written.is_empty() {
            true => None,
            false => Some(self.write(&update, std::mem::take(&mut plan.written))?),
        };
        plan.removed.sort_unstable();
        if self.observer.is_cancelled() {
            return Err(Error::Cancelled);
        }
        update.commit(added, &plan.removed, &self.choices.now)?;
        // What was asked for is done and seen by readers; merging only makes later reading faster.
        self.observer.begin(Stage::Merge, None);
        update.merge(&self.choices.now, self.observer)?;
        Ok(Indexed { documents: update.snapshot().n_documents().into(), ..plan.done })
    }

    /// Finds out which documents are new, changed or gone.
    fn plan(&self, snapshot: &Snapshot) -> Result<Plan, Error> {
        let mut plan = Plan::default();
        self.observer.begin(Stage::Compare, Some(self.documents.len() as u64));
        let sizes = batches(self.documents.len(), BATCH_BYTES, |index| self.texts.bytes(index));
        for batch in sizes {
            if self.observer.is_cancelled() {
                return Err(Error::Cancelled);
            }
            let rows: Vec<Row> = batch
                .clone()
                .into_par_iter()
                .map(|index| {
                    let text = self.texts.get(index)?;
                    Ok(Row::of(&self.documents[index], text.len() as u32, text_hash(&text)))
                })
                .collect::<Result<_, StoreError>>()?;
            let mut hashes: Vec<u64> =
                self.documents[batch.clone()].iter().map(|it| name_hash(&it.name)).collect();
            hashes.sort_unstable();
            let known: BTreeMap<String, (u32, Row)> = snapshot
                .rows_under(Table::Names, &hashes)?
                .into_iter()
                .map(|(number, row)| (row.doc_id.clone(), (number, row)))
                .collect();
            self.observer.advance(batch.len() as u64);
            for (index, row) in batch.zip(rows) {
                match known.get(&row.doc_id) {
                    Some((_, old)) if *old == row => {
                        plan.done.unchanged += 1;
                        continue;
                    }
                    Some((number, _)) => {
                        plan.removed.push(*number);
                        plan.done.replaced += 1;
                    }
                    None => plan.done.added += 1,
                }
                plan.written.push((index, row));
            }
        }
        if self.choices.prune {
            self.prune(snapshot, &mut plan)?;
        }
        Ok(plan)
    }

    /// Adds to what is removed the documents whose file is gone, and those gone from a file that was read now.
    fn prune(&self, snapshot: &Snapshot, plan: &mut Plan) -> Result<(), Error> {
        let present: BTreeSet<&str> = self.documents.iter().map(|it| it.name.as_str()).collect();
        let read: BTreeSet<&str> = self.documents.iter().map(|it| it.origin.path.as_str()).collect();
        let numbers: Vec<u32> = snapshot.documents().collect();
        let gone: Vec<u32> = numbers
            .into_par_iter()
            .map(|number| {
                let row = snapshot.row(number)?;
                let (path, _) = row.place();
                let is_there = present.contains(row.doc_id.as_str())
                    || path.is_empty()
                    || path == "-"
                    || (!read.contains(path) && Path::new(path).exists());
                Ok((!is_there).then_some(number))
            })
            .collect::<Result<Vec<Option<u32>>, IndexError>>()?
            .into_iter()
            .flatten()
            .collect();
        plan.done.removed += gone.len() as u64;
        plan.removed.extend(gone);
        Ok(())
    }

    /// Writes the documents `written` as a segment; its entry for the manifest.
    fn write(
        &self,
        update: &Update,
        written: Vec<(usize, Row)>,
    ) -> Result<crate::index::manifest::Entry, Error> {
        let fault = |error: StoreError| IndexError::of(update.snapshot().path(), error);
        let has_text = update.snapshot().manifest().has_text;
        let params = match_params(self.settings);
        let bytes = self.settings.memory_bytes.unwrap_or(POSTING_BYTES).min(POSTING_BYTES) / 2;
        let store = Store::new(Folder::temporary(), bytes);
        let sorter = self.sorter(&written, &store, bytes as usize, &params);
        let (name, mut writer) = update.segment(0)?;
        let (mut names, mut places) = (Vec::new(), Vec::new());
        self.observer.begin(Stage::Normalize, Some(written.len() as u64));
        let cost = |index: usize| self.texts.bytes(written[index].0);
        let runs = batches(written.len(), BATCH_BYTES, cost);
        for run in runs {
            if self.observer.is_cancelled() {
                return Err(Error::Cancelled);
            }
            let first = writer.len();
            let incoming: Vec<Vec<Incoming>> = written[run.clone()]
                .par_chunks(DEALT)
                .enumerate()
                .map_init(
                    || self.normalizer.lexicon(),
                    |lexicon, (chunk, written)| {
                        self.incoming(first + (chunk * DEALT) as u32, written, has_text, lexicon, &sorter)
                    },
                )
                .collect::<Result<_, StoreError>>()?;
            for (document, (index, _)) in (first..).zip(&written[run]) {
                let Document { name, origin, .. } = &self.documents[*index];
                names.push(table_row(name_hash(name), document));
                places.push(table_row(place_hash(&origin.path, origin.record), document));
            }
            writer.add(incoming.into_iter().flatten().collect()).map_err(fault)?;
        }
        drop(written);
        self.observer.begin(Stage::Match, None);
        writer.add_table::<Error>(sorted_parts(sorter, &params, bytes as usize, self.observer))?;
        for mut table in [names, places] {
            table.par_sort_unstable();
            writer.add_table::<StoreError>(std::iter::once(Ok(table))).map_err(fault)?;
        }
        Ok(writer.finish(&name).map_err(fault)?)
    }

    /// The documents `written`, of which the first gets the number `first`; their postings go to `sorter`.
    fn incoming(
        &self,
        first: u32,
        written: &[(usize, Row)],
        has_text: bool,
        lexicon: &mut Lexicon,
        sorter: &Sorter<Posting>,
    ) -> Result<Vec<Incoming>, StoreError> {
        let params = match_params(self.settings).fingerprint;
        let mut incoming = Vec::with_capacity(written.len());
        let mut postings = Vec::new();
        for ((index, row), number) in written.iter().zip(first..) {
            let text = self.texts.get(*index)?;
            let document = &self.documents[*index];
            let language = self.normalizer.language(&text, document.language.as_deref());
            let tokens = self.normalizer.tokens(&text, language, lexicon);
            postings.extend(Posting::of(number as usize, &tokens, params));
            let digest = digest(document, &text, &tokens);
            let body = match has_text {
                true => Body::Text((*text).to_owned()),
                false => Body::Words(Words::of(&text, &tokens)),
            };
            incoming.push(Incoming { row: row.clone(), digest, body });
            self.observer.advance(1);
        }
        sorter.deal(postings.into_iter().map(|it| (it.hash, it)))?;
        Ok(incoming)
    }

    /// Takes the postings, dealt by hash into parts that a core sorts at hand.
    fn sorter(
        &self,
        written: &[(usize, Row)],
        store: &Store,
        bytes: usize,
        params: &MatchParams,
    ) -> Sorter<Posting> {
        let text_bytes: u64 = written.iter().map(|(index, _)| self.texts.bytes(*index) as u64).sum();
        let params = MatchParams { memory_bytes: bytes, ..*params };
        let n = n_parts_of_postings(text_bytes / BYTES_PER_TOKEN, &params);
        Sorter::new("postings", store, n, 1 << crate::fingerprint::HASH_BITS, bytes)
    }
}

/// Bytes of text a token, to guess how many parts postings need.
const BYTES_PER_TOKEN: u64 = 6;

/// Documents whose postings are dealt together.
const DEALT: usize = 64;

/// Parts that are sorted at a time.
const SORTED_AT_A_TIME: usize = 64;

/// The postings of `sorter` in order, of each shingle at most one more place in a document than take part.
fn sorted_parts(
    sorter: Sorter<Posting>,
    params: &MatchParams,
    bytes: usize,
    observer: &dyn Observer,
) -> impl Iterator<Item = Result<Vec<Posting>, Error>> {
    let most = params.max_positions + 1;
    let mut parts = sorter.into_parts().peekable();
    std::iter::from_fn(move || {
        let (mut group, mut size) = (Vec::new(), 0);
        while let Some(part) = parts.next_if(|_| size < bytes / 2 && group.len() < SORTED_AT_A_TIME) {
            size += part.len() * size_of::<Posting>();
            group.push(part);
        }
        if group.is_empty() {
            return None;
        }
        if observer.is_cancelled() {
            return Some(Err(Error::Cancelled));
        }
        let sorted: Result<Vec<Vec<Posting>>, StoreError> = group
            .into_par_iter()
            .map(|part| {
                let mut postings = part.to_vec()?;
                postings.sort_unstable();
                let mut run = 0;
                let mut last = None;
                postings.retain(|it| {
                    run = if last == Some((it.hash, it.document)) { run + 1 } else { 1 };
                    last = Some((it.hash, it.document));
                    run <= most
                });
                Ok(postings)
            })
            .collect();
        observer.advance(1);
        Some(sorted.map(|it| it.concat()).map_err(Error::from))
    })
}

fn digest(document: &Document, text: &str, tokens: &Tokens) -> Digest {
    Digest {
        content: hash(&tokens.keys),
        wording: wording(text, tokens),
        name: name_key(&document.name),
        published: document.published,
        n_words: tokens.len() as u32,
        has_language: document.language.is_some(),
        text: TextPlace::default(),
    }
}
