//! Why a written result could not be read.

use std::io;

use thiserror::Error;

use crate::normalize::NormalizeError;
use crate::report::SCHEMA_VERSION;

/// Why a written result could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoredError {
    /// It cannot be read at all.
    #[error("it cannot be read: {0}")]
    Read(#[from] io::Error),
    /// It is not a result.
    #[error("it is no result of wirecopy; write one with compare -o result.jsonl")]
    NotAResult,
    /// Another version of the schema.
    #[error(
        "line {line}: the result has schema version {found}, this program reads {SCHEMA_VERSION}; compare again with this one"
    )]
    Version {
        /// Where it says so.
        line: usize,
        /// Its version.
        found: u32,
    },
    /// A row that is none.
    #[error("line {line}: {message}; the file is damaged, or not written by this program: compare again")]
    Row {
        /// The line.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// A line longer than any row.
    #[error("line {line} is longer than {limit} bytes, and no row is; compare again")]
    LongLine {
        /// The line.
        line: usize,
        /// The most a line may have.
        limit: u64,
    },
    /// The end is missing.
    #[error("it ends after line {line} without its `end` row, so it was cut short; compare again")]
    Truncated {
        /// The last line.
        line: usize,
    },
    /// The texts that could not be had are more than is put together.
    #[error(
        "the texts of {gone} of its articles were not found, and {n_bytes} bytes with {n_words} words are too many to be put \
         together from what it quotes; name where they are with --texts PATH"
    )]
    NoRoom {
        /// Their number.
        gone: usize,
        /// Their bytes.
        n_bytes: u64,
        /// Their words.
        n_words: u64,
    },
    /// Settings that say how words were read do not hold.
    #[error("its settings cannot be used: {0}")]
    Settings(#[from] NormalizeError),
}
