//! What can go wrong with an index.

use std::path::PathBuf;

use thiserror::Error;

use crate::store::StoreError;

/// Why an index cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum IndexError {
    /// There is none.
    #[error("there is no index at {}; build it: wirecopy index PATH... -o {}", path.display(), path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Something else is there.
    #[error("{} is no index ({what}); name one that wirecopy index wrote, or another path for a new one", path.display())]
    Foreign {
        /// What was named.
        path: PathBuf,
        /// Why it is none.
        what: String,
    },
    /// It was made by another version of the program, or with other settings.
    #[error(
        "{} cannot be used: {differences}; build it anew under another name (wirecopy index PATH... -o NEW.wcx), or give \
         the settings it was built with",
        path.display()
    )]
    Differs {
        /// The index.
        path: PathBuf,
        /// What differs.
        differences: String,
    },
    /// A part of it is not what was written.
    #[error("{what}; the index {} is damaged: take it from a copy, or remove it and build it again", path.display())]
    Damaged {
        /// The index.
        path: PathBuf,
        /// File, block and what is wrong.
        what: String,
    },
    /// Another process writes to it.
    #[error("{} is being updated by {holder}; wait for it to end, then run again", path.display())]
    Held {
        /// The index.
        path: PathBuf,
        /// What the other process says of itself.
        holder: String,
    },
    /// The disk is full.
    #[error("{what}; free some space and run again: what the index {} held before is unharmed", path.display())]
    Full {
        /// The index.
        path: PathBuf,
        /// Where, and how much.
        what: String,
    },
    /// The system refuses.
    #[error("{what}; check the permissions of {}", path.display())]
    Io {
        /// The index.
        path: PathBuf,
        /// What the system said.
        what: String,
    },
    /// It was asked for something that it cannot do.
    #[error("{what}; {remedy}")]
    Unable {
        /// What.
        what: String,
        /// What to do instead.
        remedy: String,
    },
}

impl IndexError {
    /// What `error` means for the index at `path`.
    pub(crate) fn of(path: &std::path::Path, error: StoreError) -> IndexError {
        let path = path.to_owned();
        match error {
            StoreError::Full { folder, written_mb, more_mb } => {
                let what = format!(
                    "the disk of {} is full: {written_mb} MB were put there and {more_mb} MB more had to follow",
                    folder.display()
                );
                IndexError::Full { path, what }
            }
            StoreError::Damaged { file, at, what } => IndexError::Damaged {
                path,
                what: format!("{file}: block at byte {at} cannot be read ({what})"),
            },
            StoreError::Foreign { file } => IndexError::Damaged {
                path,
                what: format!("{file} does not begin as a file of an index does"),
            },
            StoreError::Io { what, file, source } => match source.kind() {
                std::io::ErrorKind::NotFound => {
                    IndexError::Damaged { path, what: format!("{file} is missing") }
                }
                std::io::ErrorKind::UnexpectedEof => {
                    IndexError::Damaged { path, what: format!("{file} is cut off") }
                }
                _ => IndexError::Io { path, what: format!("cannot {what} {file}: {source}") },
            },
        }
    }
}
