//! `search`: one text against many articles; who carries it, and how much of it.

use std::path::{Path, PathBuf};

use crate::cli::args::Sought;
use crate::cli::exit::{Exit, Failure};
use crate::cli::progress::Progress;
use crate::cli::run::{ALL_PAIRS, Session};
use crate::cli::target;
use crate::cli::terminal::show_path;
use crate::model::{Corpus, DocId, Document, Findings, Origin};
use crate::pipeline::{Means, Scope};
use crate::read::Inputs;
use crate::report::View;
use crate::store::Intake;

/// Name of a text that was given on the command line.
const GIVEN: &str = "text";

/// Finds the articles of `--against` that carry words of `text`.
///
/// # Errors
///
/// No text or several, nothing to look in, an input or output that cannot be used, or a run that was refused or stopped.
pub fn search(session: &Session<'_>, text: &Sought) -> Result<Exit, Failure> {
    let choices = session.choices;
    let inputs = inputs(text, &choices.against)?;
    let targets = target::plan(&choices.outputs, choices.split)?;
    let progress = session.progress();
    let mut settings = session.settings_of_run(&progress)?;
    settings.max_pairs = ALL_PAIRS;
    let intake = session.intake(&inputs, &settings, None)?;
    let corpus = match text {
        Sought::Words(words) => given(words),
        Sought::File(_) | Sought::Nothing => one(session, &intake, &inputs, &progress)?,
    };
    let sought = &corpus.documents[0];
    if choices.settings.within_seconds.is_some() && sought.published.is_none() {
        return Err(Failure::new("--within needs the date of the text, and none is known").help(
            "leave out --within, or give the date in a header line (Date: 2026-03-02) or with --meta",
        ));
    }
    let name = sought.name.clone();
    let (scope, n_reference) = session.against(&intake, &progress, false)?;
    let means = Means { intake, work: None };
    let comparison = session.find(corpus, &scope, &settings, means, &progress)?;
    let facts = comparison.facts();
    let articles = match scope {
        // Of an index, only the documents that may share something are in the result.
        Scope::AgainstIndex { .. } => n_reference,
        _ => facts.documents.len() - 1,
    };
    let place = facts.documents.iter().position(|document| document.name == name);
    let of = DocId::new(place.expect("a new document keeps its name"));
    session.write(
        &comparison,
        View::Carriers { of, articles, passages: choices.show },
        &targets,
        &progress,
    )?;
    session.remark(facts);
    Ok(session.verdict(&comparison))
}

/// Where the text is read from: nowhere when its words were given.
fn inputs(text: &Sought, against: &[PathBuf]) -> Result<Inputs, Failure> {
    let path = match text {
        Sought::Nothing => {
            return Err(Failure::new("no text is given").help(
                "name a file, or give the words: wirecopy search release.txt --against articles/ ('-' reads \
                 standard input, --text 'the words' takes them as they are)",
            ));
        }
        Sought::Words(words) if words.trim().is_empty() => {
            return Err(Failure::new("--text holds no words").help("give the words to look for"));
        }
        Sought::Words(_) => None,
        Sought::File(path) => Some(path.clone()),
    };
    if against.is_empty() {
        return Err(Failure::new("there is nothing to look in")
            .help("name files or folders of articles: --against articles/"));
    }
    let is_stdin = |path: &Path| path.as_os_str() == "-";
    if path.as_deref().is_some_and(is_stdin) && against.iter().any(|path| is_stdin(path)) {
        return Err(Failure::new("the text and --against are both '-'")
            .help("standard input can be one of them; name a file for the other"));
    }
    Ok(Inputs { paths: path.into_iter().collect(), files_from: None })
}

/// The one document of a text that was given on the command line.
fn given(words: &str) -> Corpus {
    let origin = Origin { line: 1, encoding: "UTF-8".to_owned(), ..Origin::default() };
    let document = Document { name: GIVEN.to_owned(), text: words.to_owned(), origin, ..Document::default() };
    Corpus { documents: vec![document], ..Corpus::default() }
}

/// The one document that `inputs` hold.
fn one(
    session: &Session<'_>,
    intake: &Intake,
    inputs: &Inputs,
    progress: &Progress,
) -> Result<Corpus, Failure> {
    let corpus = session.read_into(intake, inputs, progress)?;
    match corpus.documents.len() {
        1 => Ok(corpus),
        n => {
            let path = inputs.paths.first().map(|path| show_path(path)).unwrap_or_default();
            Err(Failure::new(format!("{path} holds {n} documents, and a search is for one"))
                .help(format!("to look for all of them: wirecopy compare {path} --against PATH")))
        }
    }
}
