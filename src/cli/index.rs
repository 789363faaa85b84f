//! `index` and `info`: a corpus on disk, and what it holds.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use jiff::Timestamp;
use rayon::prelude::*;
use serde::Serialize;

use crate::cli::exit::{Exit, Failure};
use crate::cli::run::Session;
use crate::cli::terminal::show_path;
use crate::index::{EXTENSION, IndexError, Snapshot};
use crate::model::{Observer, Published, Stage};
use crate::pipeline::{self, IndexChoices};
use crate::report::sanitize::line;
use crate::report::time;

/// What `info` tells, in the order in which it is told.
#[derive(Debug, Serialize)]
struct Info {
    path: String,
    documents: u32,
    words: u64,
    text_bytes: u64,
    outlets: BTreeMap<String, u64>,
    without_outlet: u64,
    without_date: u64,
    first_published: Option<String>,
    last_published: Option<String>,
    bytes_on_disk: u64,
    has_text: bool,
    settings: BTreeMap<String, String>,
    format: u32,
    normalizer: u32,
    updates: u64,
    last_update: String,
    segments: usize,
    removed_documents: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    verified_blocks: Option<u64>,
}

/// Outlets that the text form lists.
const OUTLETS: usize = 10;

impl Session<'_> {
    /// Builds the index at `path` from the documents under `paths`, or brings it up to date.
    ///
    /// # Errors
    ///
    /// No input, or an index that cannot be used or written.
    pub fn index(
        &self,
        paths: Vec<PathBuf>,
        path: &Path,
        prune: bool,
        has_text: Option<bool>,
    ) -> Result<Exit, Failure> {
        if path.extension().is_none_or(|it| it != EXTENSION) {
            let shown = show_path(path);
            return Err(Failure::new(format!("-o {shown}: an index is called NAME.{EXTENSION}"))
                .help(format!("write -o {shown}.{EXTENSION}")));
        }
        let inputs = self.inputs(paths)?;
        let progress = self.progress();
        let settings = self.settings(&progress)?;
        let intake = self.intake(&inputs, &settings, None)?;
        let corpus = self.read_into(&intake, &inputs, &progress)?;
        let skipped = corpus.skipped.clone();
        let warnings = corpus.warnings.clone();
        let choices = IndexChoices { has_text, prune, now: now() };
        let done = pipeline::index(path, corpus, intake, &settings, &choices, &progress)
            .map_err(|error| self.failure(&error))?;
        progress.finish();
        self.print(|to| {
            writeln!(
                to,
                "{}: {} articles ({} added, {} replaced, {} unchanged, {} removed)",
                show_path(path),
                done.documents,
                done.added,
                done.replaced,
                done.unchanged,
                done.removed
            )
        })?;
        self.remark_on_inputs(&skipped, &warnings);
        Ok(self.completeness(&skipped))
    }

    /// Tells what the index at `path` holds; with `verify`, reads all of it first.
    ///
    /// # Errors
    ///
    /// There is no index, or it is damaged.
    pub fn info(&self, path: &Path, verify: bool, as_json: bool) -> Result<Exit, Failure> {
        let snapshot = Snapshot::open(path).map_err(|error| self.failure(&error))?;
        let mut verified_blocks = None;
        if verify {
            let progress = self.progress();
            progress.begin(Stage::Verify, Some(snapshot.n_documents().into()));
            let checked = snapshot.verify(&|n| progress.advance(n));
            progress.finish();
            verified_blocks = Some(checked.map_err(|error| self.failure(&error))?);
        }
        let mut info = info(&snapshot).map_err(|error| self.failure(&error))?;
        info.verified_blocks = verified_blocks;
        match as_json {
            true => self.print(|to| {
                let text = serde_json::to_string_pretty(&info).map_err(std::io::Error::other)?;
                writeln!(to, "{text}")
            }),
            false => self.print(|to| write_info(&info, to)),
        }
    }
}

/// The time now, to the second, as ISO 8601 in UTC.
fn now() -> String {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}

/// What documents say together.
#[derive(Default)]
struct Sums {
    words: u64,
    text_bytes: u64,
    outlets: BTreeMap<String, u64>,
    without_outlet: u64,
    without_date: u64,
    dates: Option<(Published, Published)>,
}

impl Sums {
    fn add(&mut self, source: Option<&str>, published: Option<Published>, words: u32, bytes: u32) {
        self.words += u64::from(words);
        self.text_bytes += u64::from(bytes);
        match source {
            Some(source) => *self.outlets.entry(source.to_owned()).or_default() += 1,
            None => self.without_outlet += 1,
        }
        match published {
            None => self.without_date += 1,
            Some(it) => {
                self.dates = Some(self.dates.map_or((it, it), |(first, last)| (first.min(it), last.max(it))))
            }
        }
    }

    fn join(&mut self, other: Sums) {
        self.words += other.words;
        self.text_bytes += other.text_bytes;
        self.without_outlet += other.without_outlet;
        self.without_date += other.without_date;
        other.outlets.into_iter().for_each(|(outlet, n)| *self.outlets.entry(outlet).or_default() += n);
        self.dates = match (self.dates, other.dates) {
            (Some((first, last)), Some((other_first, other_last))) => {
                Some((first.min(other_first), last.max(other_last)))
            }
            (own, others) => own.or(others),
        };
    }
}

fn info(snapshot: &Snapshot) -> Result<Info, IndexError> {
    let documents: Vec<u32> = snapshot.documents().collect();
    let all = Mutex::new(Sums::default());
    documents.par_chunks(4_096).try_for_each(|documents| {
        let mut sums = Sums::default();
        for &document in documents {
            let (row, digest) = (snapshot.row(document)?, snapshot.digest(document)?);
            sums.add(row.source(), digest.published, digest.n_words, row.text_bytes());
        }
        all.lock().unwrap_or_else(std::sync::PoisonError::into_inner).join(sums);
        Ok(())
    })?;
    let sums = all.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let manifest = snapshot.manifest();
    Ok(Info {
        path: show_path(snapshot.path()),
        documents: snapshot.n_documents(),
        words: sums.words,
        text_bytes: sums.text_bytes,
        outlets: sums.outlets,
        without_outlet: sums.without_outlet,
        without_date: sums.without_date,
        first_published: sums.dates.and_then(|(first, _)| time::iso(first)),
        last_published: sums.dates.and_then(|(_, last)| time::iso(last)),
        bytes_on_disk: manifest.segments.iter().map(|segment| segment.bytes).sum(),
        has_text: manifest.has_text,
        settings: manifest.settings.clone(),
        format: manifest.format,
        normalizer: manifest.normalizer,
        updates: manifest.generation,
        last_update: manifest.updated.clone(),
        segments: manifest.segments.len(),
        removed_documents: manifest
            .segments
            .iter()
            .filter_map(|segment| segment.removed.as_ref())
            .map(|it| u64::from(it.documents))
            .sum(),
        verified_blocks: None,
    })
}

fn write_info(info: &Info, to: &mut dyn Write) -> std::io::Result<()> {
    let dates = match (&info.first_published, &info.last_published) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => "none".to_owned(),
    };
    let share = info.bytes_on_disk as f64 / info.text_bytes.max(1) as f64;
    let texts = if info.has_text { "stored" } else { "left out" };
    let settings: Vec<String> =
        info.settings.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let mut lines = vec![
        ("index", info.path.clone()),
        ("documents", info.documents.to_string()),
        ("words", info.words.to_string()),
        ("text", format!("{:.1} MB, {texts}", info.text_bytes as f64 / 1e6)),
        ("on disk", format!("{:.1} MB, {share:.2} of the text", info.bytes_on_disk as f64 / 1e6)),
        ("outlets", outlets(info)),
        ("published", format!("{dates}; {} without a date", info.without_date)),
        ("settings", settings.join(", ")),
        ("versions", format!("format {}, rules for words {}", info.format, info.normalizer)),
        (
            "updates",
            format!(
                "{}, last {}; {} segments, {} removed documents in them",
                info.updates, info.last_update, info.segments, info.removed_documents
            ),
        ),
    ];
    lines.extend(info.verified_blocks.map(|n| ("verified", format!("{n} blocks, all as they were written"))));
    lines.iter().try_for_each(|(name, value)| writeln!(to, "{name:<10} {value}"))
}

/// The outlets with most documents.
fn outlets(info: &Info) -> String {
    let mut by_size: Vec<(&String, &u64)> = info.outlets.iter().collect();
    by_size.sort_by(|x, y| y.1.cmp(x.1).then(x.0.cmp(y.0)));
    let shown: Vec<String> =
        by_size.iter().take(OUTLETS).map(|(outlet, n)| format!("{} ({n})", line(outlet))).collect();
    let more = by_size.len().saturating_sub(OUTLETS);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    match shown.is_empty() {
        true => "none named".to_owned(),
        false => format!(
            "{}: {}{more}; {} documents without one",
            by_size.len(),
            shown.join(", "),
            info.without_outlet
        ),
    }
}
