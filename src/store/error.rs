//! What can go wrong with files that a run keeps for itself.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Why something could not be put away or read back.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The disk takes no more.
    #[error(
        "the disk of {} is full: {written_mb} MB were put there and {more_mb} MB more had to follow; free some space, or \
         choose another disk with --work DIR or the variable TMPDIR",
        folder.display()
    )]
    Full {
        /// The folder.
        folder: PathBuf,
        /// What this run had written there, in megabytes.
        written_mb: u64,
        /// What it was about to write, in megabytes, rounded up.
        more_mb: u64,
    },
    /// A block is not what was written.
    #[error("{file}: block at byte {at} is damaged ({what}); check the disk, remove the file and run again")]
    Damaged {
        /// The file.
        file: String,
        /// Where the block begins, in bytes.
        at: u64,
        /// What is wrong with it.
        what: &'static str,
    },
    /// A file is of another program, or of another version of this one.
    #[error("{file} was not written by this version of the program; remove it and run again")]
    Foreign {
        /// The file.
        file: String,
    },
    /// The system refuses.
    #[error(
        "cannot {what} {file}: {source}; check the folder's permissions, or choose another one with --work DIR or the \
         variable TMPDIR"
    )]
    Io {
        /// What was to be done: `create`, `read`, `write`.
        what: &'static str,
        /// The file.
        file: String,
        /// What the system said.
        source: io::Error,
    },
}
