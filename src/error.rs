//! What can stop a run.

use thiserror::Error;

/// Why a comparison did not take place.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The inputs could not be read at all.
    #[error(transparent)]
    Read(#[from] crate::read::ReadError),
    /// A normalizing parameter was refused.
    #[error(transparent)]
    Normalize(#[from] crate::normalize::NormalizeError),
    /// The memory allowed is too small for the texts.
    #[error(
        "{texts_mb} MB of text need about {need_mb} MB of memory, but only {limit_mb} MB are allowed; raise --memory \
         to {need_mb}M or compare fewer documents at a time"
    )]
    Memory {
        /// Size of the texts, in megabytes.
        texts_mb: u64,
        /// Least memory the run needs, in megabytes.
        need_mb: u64,
        /// Memory allowed, in megabytes.
        limit_mb: u64,
    },
    /// What memory did not hold could not be put away or read back.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// An index cannot be used.
    #[error(transparent)]
    Index(#[from] crate::index::IndexError),
    /// Another run is at work in the folder of `--work`.
    #[error("{} is in use by {holder}; wait for it to end, or name another folder with --work", folder.display())]
    WorkHeld {
        /// The folder.
        folder: std::path::PathBuf,
        /// What the other run says of itself.
        holder: String,
    },
    /// The folder of `--work` holds what another run finished, of other inputs or settings.
    #[error(
        "{} holds an unfinished run of another kind: {differences}; run that one again to finish it, remove the folder to \
         start anew, or name another one with --work",
        folder.display()
    )]
    WorkDiffers {
        /// The folder.
        folder: std::path::PathBuf,
        /// What differs.
        differences: String,
    },
    /// The worker threads could not be started.
    #[error("cannot start {threads} threads: {source}; lower --threads")]
    Threads {
        /// Threads asked for.
        threads: usize,
        /// What the system said.
        source: rayon::ThreadPoolBuildError,
    },
    /// The observer asked to stop.
    #[error("stopped before the end; nothing was written")]
    Cancelled,
}
