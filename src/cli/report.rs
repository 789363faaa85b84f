//! `report`: a written result in, any output out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::cli::exit::{Exit, Failure};
use crate::cli::machine;
use crate::cli::progress::Progress;
use crate::cli::run::{Session, count};
use crate::cli::target;
use crate::cli::terminal::show_path;
use crate::read::{self, Inputs};
use crate::report::stored::{self, Looked};
use crate::report::{View, is_redacted};

/// Bytes of a result that are read at a time.
const READ: usize = 1 << 20;

/// Writes the result at `path` again, `-` being standard input.
///
/// # Errors
///
/// A result or output that cannot be used.
pub fn report(session: &Session<'_>, path: &Path) -> Result<Exit, Failure> {
    let choices = session.choices;
    let targets = target::plan(&choices.outputs, choices.split)?;
    let progress = session.progress();
    let name = if path.as_os_str() == "-" { "standard input".to_owned() } else { show_path(path) };
    let mut from = open(path).map_err(|error| {
        Failure::new(format!("cannot read {name}: {error}"))
            .help("name a result that wirecopy wrote: wirecopy compare articles/ -o result.jsonl")
    })?;
    let mut texts = |paths: &[String]| texts_in(session, paths, &progress);
    let (mut analysis, looked) = stored::read(&mut from, &mut texts)
        .map_err(|error| Failure::new(format!("cannot read {name}: {error}")))?;
    analysis.run.threads = u32::try_from(rayon::current_num_threads()).unwrap_or(u32::MAX);
    analysis.run.peak_memory_bytes = machine::peak_bytes();
    session.write(&analysis, View::Shared, &targets, &progress)?;
    if !is_redacted(&analysis) {
        tell(session, looked, analysis.documents.len());
    }
    Ok(session.verdict(&analysis))
}

/// The result at `path`, unpacked.
fn open(path: &Path) -> io::Result<impl BufRead> {
    let raw: Box<dyn Read> = match path.as_os_str() == "-" {
        true => Box::new(io::stdin()),
        false => Box::new(File::open(path)?),
    };
    Ok(BufReader::with_capacity(READ, read::unpacked(raw)?))
}

/// The texts that can be had: where `--texts` says, or in the files that the result names. What cannot be read is told of by what is
/// missing afterwards.
fn texts_in(session: &Session<'_>, paths: &[String], progress: &Progress) -> Vec<String> {
    let named = &session.choices.texts;
    let paths: Vec<PathBuf> = match named.is_empty() {
        true => paths.iter().map(PathBuf::from).filter(|path| path.is_file()).collect(),
        false => named.clone(),
    };
    if paths.is_empty() {
        return Vec::new();
    }
    let inputs = Inputs { paths, files_from: None };
    match read::read(&inputs, &session.choices.read, progress) {
        Ok(corpus) => corpus.documents.into_iter().map(|document| document.text).collect(),
        Err(error) => {
            session.notes.note(&error.to_string());
            Vec::new()
        }
    }
}

fn tell(session: &Session<'_>, looked: Looked, n: usize) {
    if looked.gone > 0 {
        session.notes.note(&format!(
            "the texts of {} of {} were not found, so only what the result quotes of them is shown; name where they are \
             now with --texts PATH",
            looked.gone,
            count(n, "article")
        ));
    }
    if looked.reread > 0 {
        session.notes.note(&format!(
            "{} read as other words than when they were compared; to have this version's words, compare again",
            count(looked.reread, "article")
        ));
    }
}
