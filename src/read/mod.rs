//! Paths to documents: finds files, unpacks, decodes, cuts into records, reads off metadata.
//!
//! **In and out.** [`Inputs`] name files and folders; out comes a [`Corpus`]: documents whose text is the decoded
//! text as given, byte for byte, with what is known about each, plus everything that was not read and why. Read are
//! plain text (one document a file), JSON Lines, JSON and CSV/TSV (one a record), each also gzip or zstd.
//!
//! **Method.** Files are found by the rules of `.gitignore`, sorted by path, and read in parallel; a file of JSON Lines
//! is itself parsed by all threads, a block of lines at a time (`jsonl`). Results are collected in order, so threads
//! change nothing. Records stream: beside the documents kept, a file holds one block or record in memory, and none beyond
//! [`ReadParams::max_document_bytes`]. What describes a document is taken from, in this order, the `--meta` table, the
//! record's fields or the header block, the file name, the dateline.
//!
//! **Cost.** Linear in bytes. 104 MB of JSON Lines (46,385 articles without dates, each looked at for a dateline) take as
//! much processor time as 0.9 runs of `wc -w` over them, half as long on two threads, and 30 MB of memory beside the
//! texts; the same articles in as many files take 2.3 runs, most of it spent by the system on opening them. A JSON line,
//! array element, row or file of 200 MB is passed over with 70 MB. A file of another format is read by one thread.
//!
//! **Not promised.** Web pages, PDF and office files are not converted; languages are not detected; an outlet is
//! never guessed from prose (but an article's address names it by its host where no field does). Control
//! characters stay in texts and names: renderers make them harmless.

mod date;
mod date_words;
mod delimited;
mod encoding;
mod error;
mod fields;
mod format;
mod headers;
mod json;
mod jsonl;
mod meta_table;
mod name_pattern;
mod params;
mod reading;
mod repair;
mod stream;
mod table;
#[cfg(test)]
mod tests;
mod unique_names;
mod walk;

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::PathBuf;

use encoding_rs::Encoding;
use rayon::prelude::*;

use crate::model::{Corpus, Observer, Skipped, Stage};
use crate::read::fields::FieldNames;
use crate::read::format::Format;
use crate::read::meta_table::MetaTable;
use crate::read::reading::{Job, Outcome, Reading};
use crate::read::stream::Stream;
use crate::read::unique_names::Named;
use crate::read::walk::{Found, InputFile};
use crate::store::Intake;

pub use error::ReadError;
pub use name_pattern::{NamePattern, NamePatternError};
pub use params::{Inputs, ReadParams};

/// Reads every document that `inputs` name.
///
/// Nothing readable gives an empty corpus. What could not be read is in [`Corpus::skipped`], each with its reason.
///
/// # Errors
///
/// What makes the run pointless: a path that does not exist, a bad glob or encoding, an unreadable `--meta` table or
/// `--files-from` list, standard input asked for twice, or the observer's wish to stop.
pub fn read(inputs: &Inputs, params: &ReadParams, observer: &dyn Observer) -> Result<Corpus, ReadError> {
    read_into(&Intake::in_memory(), inputs, params, observer)
}

/// The same, with texts handed to `intake`, which may put them away.
///
/// # Errors
///
/// As [`read`]; and [`ReadError::Store`] if a text cannot be put away.
pub fn read_into(
    intake: &Intake,
    inputs: &Inputs,
    params: &ReadParams,
    observer: &dyn Observer,
) -> Result<Corpus, ReadError> {
    let job = job(params, intake)?;
    let found = walk::find(inputs, params)?;
    observer.begin(Stage::Read, total_bytes(&found.files));
    let outcomes: Vec<Outcome> = found.files.par_iter().map(|file| read_file(&job, file, observer)).collect();
    if observer.is_cancelled() {
        return Err(ReadError::Cancelled);
    }
    intake.check()?;
    Ok(gather(job, found, outcomes))
}

/// Bytes of text to expect from `inputs`, in bytes of their files, packed ones counted three times; `None` if standard input
/// is among them.
///
/// # Errors
///
/// As [`read`], for paths, globs and the `--files-from` list.
pub fn expected_bytes(inputs: &Inputs, params: &ReadParams) -> Result<Option<u64>, ReadError> {
    if inputs.files_from.as_deref().is_some_and(|list| list.as_os_str() == "-") {
        return Ok(None);
    }
    let packed = |file: &InputFile| file.name().ends_with(".gz") || file.name().ends_with(".zst");
    let files = walk::find(inputs, params)?.files;
    let bytes = |file: &InputFile| if packed(file) { file.bytes * UNPACKED } else { file.bytes };
    Ok(files.iter().map(|file| (!file.is_stdin()).then(|| bytes(file))).sum())
}

/// Bytes of text that a byte of a packed file is expected to hold.
const UNPACKED: u64 = 3;

/// The files that [`read`] would open, in its order; `-` for standard input.
///
/// # Errors
///
/// As [`read`], for paths, globs and the `--files-from` list.
pub fn list(inputs: &Inputs, params: &ReadParams) -> Result<Vec<PathBuf>, ReadError> {
    Ok(walk::find(inputs, params)?.files.into_iter().map(|file| file.path).collect())
}

fn job<'a>(params: &'a ReadParams, intake: &'a Intake) -> Result<Job<'a>, ReadError> {
    let names = FieldNames::new(params);
    let forced = params
        .encoding
        .as_ref()
        .map(|label| {
            Encoding::for_label(label.as_bytes()).ok_or_else(|| ReadError::Encoding { label: label.clone() })
        })
        .transpose()?;
    let meta = params.meta.as_deref().map(|path| MetaTable::read(path, &names, forced)).transpose()?;
    Ok(Job { params, names, forced, meta, intake })
}

/// Bytes ahead; unknown when standard input is among them.
fn total_bytes(files: &[InputFile]) -> Option<u64> {
    files.iter().map(|file| (!file.is_stdin()).then_some(file.bytes)).sum()
}

fn read_file(job: &Job<'_>, file: &InputFile, observer: &dyn Observer) -> Outcome {
    if observer.is_cancelled() {
        return Outcome::default();
    }
    match Stream::open(file, observer) {
        Ok(stream) => read_stream(job, file, stream),
        Err(error) => lost_whole(file, format!("cannot be read: {error}")),
    }
}

fn lost_whole(file: &InputFile, reason: String) -> Outcome {
    let skipped = vec![Skipped { path: file.shown.clone(), line: None, reason, lost: true }];
    Outcome { skipped, ..Outcome::default() }
}

/// `raw` unpacked, if its first bytes are those of gzip or zstd.
///
/// # Errors
///
/// What `raw` reports; a header that is damaged.
pub fn unpacked<'r>(raw: Box<dyn Read + 'r>) -> io::Result<Box<dyn Read + 'r>> {
    Stream::unpack(raw).map(|stream| stream.reader)
}

fn read_stream(job: &Job<'_>, file: &InputFile, stream: Stream<'_>) -> Outcome {
    if let Some(kind) = format::binary_kind(&stream.head).filter(|_| job.forced.is_none()) {
        return lost_whole(file, format!("is {kind}"));
    }
    let is_html = format::is_html(&stream.head);
    let mut outcome = match format_of(job, file, &stream.head) {
        Format::Plain => read_plain(job, file, stream),
        format => read_records(job, file, stream, format),
    };
    if is_html && !outcome.documents.is_empty() {
        let message = "looks like a web page; its tags are read as text".to_owned();
        outcome.warnings.push(crate::model::Warning { path: file.shown.clone(), line: None, message });
    }
    outcome
}

fn read_plain(job: &Job<'_>, file: &InputFile, stream: Stream<'_>) -> Outcome {
    let mut reading = Reading::new(job, file, None);
    match stream.read_whole(reading.limit()) {
        Ok(Some(bytes)) => reading.plain(&bytes),
        Ok(None) => reading.lost_file(reading::too_long(reading.limit())),
        Err(error) => reading.lost_file(format!("cannot be read to its end: {error}")),
    }
    reading.finish(0)
}

/// By the name's extension, else by the first bytes; an array is no line of records, whatever the name says.
fn format_of(job: &Job<'_>, file: &InputFile, head: &[u8]) -> Format {
    let known = format::by_name(file.name()).filter(|_| !file.is_stdin());
    match known {
        Some(known) if known != Format::JsonLines => known,
        _ => {
            let start = encoding::decode_input(head, job.forced).text;
            let by_content = format::by_content(start.as_bytes(), &job.names);
            let is_array = by_content == Format::Json && start.trim_start().starts_with('[');
            known.filter(|_| !is_array).unwrap_or(by_content)
        }
    }
}

fn read_records(job: &Job<'_>, file: &InputFile, stream: Stream<'_>, format: Format) -> Outcome {
    let stream = match stream.into_records(job.forced) {
        Ok(stream) => stream,
        Err(error) => return lost_whole(file, format!("cannot be read: {error}")),
    };
    if format::is_own_result(&stream.head) {
        let reason = "is a result of wirecopy, not an input".to_owned();
        let skipped = vec![Skipped { path: file.shown.clone(), line: None, reason, lost: file.chosen }];
        return Outcome { skipped, ..Outcome::default() };
    }
    let mut reading = Reading::new(job, file, stream.decoded);
    let done = match format {
        Format::JsonLines => jsonl::read(stream.reader, &mut reading),
        Format::Json => json::read(stream.reader, &mut reading),
        Format::Plain | Format::Table | Format::TabTable => {
            let delimiter = format.delimiter().unwrap_or_else(|| delimited::sniff(&stream.head, &job.names));
            table::read(stream.reader, delimiter, &mut reading)
        }
    };
    if let Err(error) = done {
        reading.lost_file(format!("cannot be read to its end: {error}; what came before was read"));
    }
    reading.finish(stream.replaced.get())
}

/// Puts the files' outcomes together, in an order that names alone decide.
fn gather(job: Job<'_>, found: Found, outcomes: Vec<Outcome>) -> Corpus {
    let mut corpus = Corpus { documents: Vec::new(), skipped: found.skipped, warnings: found.warnings };
    let mut named = Vec::new();
    let mut joined = BTreeSet::new();
    let (mut n_joined, mut n_documents) = (0, 0);
    for (file, outcome) in found.files.into_iter().zip(outcomes) {
        n_joined += outcome.joined.len();
        n_documents += outcome.documents.len();
        joined.extend(outcome.joined);
        corpus.skipped.extend(outcome.skipped);
        corpus.warnings.extend(outcome.warnings);
        named.extend(
            outcome.documents.into_iter().map(|document| Named { document, folder: file.folder.clone() }),
        );
    }
    corpus.warnings.extend(unique_names::make_unique(&mut named));
    if let Some(table) = job.meta {
        corpus.warnings.extend(table.into_warnings(&joined, n_documents - n_joined));
    }
    corpus.documents = named.into_iter().map(|named| named.document).collect();
    corpus.documents.sort_by(|a, b| a.name.cmp(&b.name));
    corpus.skipped.sort();
    corpus.warnings.sort();
    corpus
}
