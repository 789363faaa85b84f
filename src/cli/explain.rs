//! `explain A B`: why two documents match, or which rule stopped them.

use std::path::{Path, PathBuf};

use crate::cli::exit::{Exit, Failure};
use crate::cli::progress::Progress;
use crate::cli::run::Session;
use crate::cli::terminal::{printable_lines, show_path};
use crate::cli::value;
use crate::model::{Corpus, Document};
use crate::pipeline;
use crate::read::Inputs;

/// Names are compared with a mistyped one up to this many documents; more would keep the user waiting.
const MOST_NAMES: usize = 20_000;

/// Explains the documents `a` and `b`: two files, or two names among the documents under `within`.
///
/// # Errors
///
/// A document that is not there, or a file that holds several.
pub fn explain(session: &Session<'_>, a: &Path, b: &Path, within: Vec<PathBuf>) -> Result<Exit, Failure> {
    let progress = session.progress();
    let settings = session.settings(&progress)?;
    let files_from = session.choices.files_from.clone();
    let (a, b) = if within.is_empty() && files_from.is_none() {
        (file(session, a, &progress)?, file(session, b, &progress)?)
    } else {
        let corpus = session.read(&Inputs { paths: within, files_from }, &progress)?;
        (named(&corpus, a)?, named(&corpus, b)?)
    };
    progress.finish();
    let explanation = pipeline::explain(&a, &b, &settings).map_err(|error| session.failure(&error))?;
    session.print(|to| writeln!(to, "{}", printable_lines(explanation.to_string().trim_end())))
}

/// The one document in the file at `path`.
fn file(session: &Session<'_>, path: &Path, progress: &Progress) -> Result<Document, Failure> {
    let corpus = session.read(&Inputs { paths: vec![path.to_owned()], files_from: None }, progress)?;
    let n = corpus.documents.len();
    match <[Document; 1]>::try_from(corpus.documents) {
        Ok([document]) => Ok(document),
        Err(documents) => {
            let (one, other) = (&documents[0].name, &documents[1].name);
            let path = show_path(path);
            Err(Failure::new(format!("{path} holds {n} documents, not one"))
                .help(format!("name two of them: wirecopy explain '{one}' '{other}' {path}")))
        }
    }
}

/// The document of that name.
fn named(corpus: &Corpus, name: &Path) -> Result<Document, Failure> {
    let name = name.to_string_lossy();
    if let Some(found) = corpus.documents.iter().find(|document| document.name == name) {
        return Ok(found.clone());
    }
    let names: Vec<&str> =
        corpus.documents.iter().take(MOST_NAMES).map(|document| document.name.as_str()).collect();
    let help = match (value::nearest(&name, &names), names.first()) {
        (Some(near), _) => format!("the nearest name is '{near}'"),
        (None, Some(first)) => format!("names are ids or paths as in the results, such as '{first}'"),
        (None, None) => "name the files or folders that hold it".to_owned(),
    };
    Err(Failure::new(format!("no document is called '{name}'")).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_name_is_told_the_nearest() {
        let document = |name: &str| Document { name: name.to_owned(), ..Document::default() };
        let corpus =
            Corpus { documents: ["daily-0317", "wire-8841"].map(document).into(), ..Corpus::default() };
        assert_eq!(named(&corpus, Path::new("wire-8841")).unwrap().name, "wire-8841");
        let failure = named(&corpus, Path::new("wire-884")).unwrap_err();
        assert_eq!(failure.what, "no document is called 'wire-884'");
        assert_eq!(failure.help.unwrap(), "the nearest name is 'wire-8841'");
    }
}
