//! Why a reading run was given up.

use std::path::PathBuf;

use thiserror::Error;

/// What makes a whole run pointless; anything less is a [`Skipped`](crate::model::Skipped) or a
/// [`Warning`](crate::model::Warning) and the run goes on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// A path given by the user does not exist or cannot be looked at.
    #[error("cannot read {}: {source}; check the path", path.display())]
    Path {
        /// The path as given.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A `--glob` that is no glob.
    #[error("--glob {glob} is not a valid pattern: {reason}; write for example '*.txt' or '!drafts/**'")]
    Glob {
        /// The glob as given.
        glob: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An `--encoding` nobody knows.
    #[error("--encoding {label} is not a known encoding; write for example utf-8, windows-1251 or utf-16le")]
    Encoding {
        /// The label as given.
        label: String,
    },
    /// The `--files-from` list could not be read.
    #[error("cannot read the list of files {}: {source}; check --files-from", path.display())]
    FilesFrom {
        /// The list.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Standard input was asked for as a document and as the list of files.
    #[error(
        "standard input is asked for twice, as a document (-) and as the list of --files-from; give one of the two as a file"
    )]
    StdinTwice,
    /// The `--meta` table could not be read.
    #[error("cannot read the table {}: {source}; check --meta", path.display())]
    Meta {
        /// The table.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The `--meta` table has no column to join it by.
    #[error(
        "the table {} has no column doc_id, id or filename to join it by; its columns are: {columns}; rename one of them",
        path.display()
    )]
    MetaColumn {
        /// The table.
        path: PathBuf,
        /// The columns it has, with commas.
        columns: String,
    },
    /// A text could not be put away.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// The observer asked to stop; what was read so far would pass for the whole.
    #[error("reading was stopped before all documents were read")]
    Cancelled,
}
