//! What to read and how to take it.

use std::path::PathBuf;

use crate::read::name_pattern::NamePattern;

/// Where the documents are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Files and folders; `-` is standard input.
    pub paths: Vec<PathBuf>,
    /// A list of further paths, one a line (or divided by NUL bytes); `-` is standard input. Paths in it are
    /// relative to the working directory; one that does not exist is skipped aloud.
    pub files_from: Option<PathBuf>,
}

/// How documents are found, decoded and described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadParams {
    /// Field that names a record; else the first of the known aliases (`doc_id`, `id`, …).
    pub id_field: Option<String>,
    /// Field with the text of a record; else the first known alias that is not empty.
    pub text_field: Option<String>,
    /// Field with the outlet.
    pub source_field: Option<String>,
    /// Field with the time of publication.
    pub date_field: Option<String>,
    /// Field with the headline.
    pub title_field: Option<String>,
    /// Field with the address.
    pub url_field: Option<String>,
    /// Field with the language code.
    pub language_field: Option<String>,
    /// Encoding of every input without a byte order mark, by its web label; else detected.
    pub encoding: Option<String>,
    /// What file names say about their documents.
    pub name_pattern: Option<NamePattern>,
    /// A CSV table of metadata, joined by its column `doc_id`, `id` or `filename`.
    pub meta: Option<PathBuf>,
    /// Globs relative to each given folder: files to take, or with `!` to leave out. Later ones win.
    pub globs: Vec<String>,
    /// Whether hidden files and folders are read too.
    pub hidden: bool,
    /// Whether files are read that `.gitignore` and `.ignore` leave out.
    pub no_ignore: bool,
    /// Largest document in bytes, before decoding; larger ones are skipped aloud.
    pub max_document_bytes: u64,
}

/// 64 MiB: sixty times the longest book, and a few of them at once still fit into a small machine.
const DEFAULT_MAX_DOCUMENT_BYTES: u64 = 64 << 20;

impl Default for ReadParams {
    fn default() -> ReadParams {
        ReadParams {
            id_field: None,
            text_field: None,
            source_field: None,
            date_field: None,
            title_field: None,
            url_field: None,
            language_field: None,
            encoding: None,
            name_pattern: None,
            meta: None,
            globs: Vec::new(),
            hidden: false,
            no_ignore: false,
            max_document_bytes: DEFAULT_MAX_DOCUMENT_BYTES,
        }
    }
}
