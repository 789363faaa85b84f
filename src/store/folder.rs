//! The folder that takes what memory does not hold, and how much memory does.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::store::error::StoreError;

/// A folder for files of a run.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    written: AtomicU64,
    limit: u64,
}

impl Folder {
    /// The folder at `path`.
    #[must_use]
    pub fn at(path: &Path) -> Folder {
        Folder::limited(path, u64::MAX)
    }

    /// The system's folder for temporary files (`TMPDIR`).
    #[must_use]
    pub fn temporary() -> Folder {
        Folder::at(&std::env::temp_dir())
    }

    /// The folder at `path`, as if its disk took `limit` bytes and no more.
    #[must_use]
    pub fn limited(path: &Path, limit: u64) -> Folder {
        Folder { path: path.to_owned(), written: AtomicU64::new(0), limit }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes written to files of this folder so far.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.written.load(Ordering::Relaxed)
    }

    /// A file without a name, which is gone when it is closed or the program ends.
    pub(super) fn unnamed(&self, what: &str) -> Result<File, StoreError> {
        tempfile::tempfile_in(&self.path).map_err(|source| StoreError::Io {
            what: "create",
            file: format!("a temporary file of {what} in {}", self.path.display()),
            source,
        })
    }

    /// Counts `bytes` that are about to be written.
    ///
    /// # Errors
    ///
    /// They are more than the folder takes.
    pub(super) fn admit(&self, bytes: u64) -> Result<(), StoreError> {
        let before = self.written.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > self.limit { Err(self.full(bytes)) } else { Ok(()) }
    }

    pub(super) fn full(&self, bytes: u64) -> StoreError {
        StoreError::Full {
            folder: self.path.clone(),
            written_mb: self.written().saturating_sub(bytes) >> 20,
            more_mb: (bytes >> 20) + 1,
        }
    }
}

/// Memory that spools may keep blocks in, in bytes; shared by all of a run.
#[derive(Debug)]
pub struct Room(AtomicU64);

impl Room {
    /// Room for `bytes`.
    #[must_use]
    pub fn of(bytes: u64) -> Room {
        Room(AtomicU64::new(bytes))
    }

    /// Takes `bytes` if they are there.
    pub(super) fn take(&self, bytes: u64) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes)).is_ok()
    }

    /// Gives `bytes` back.
    pub(super) fn give(&self, bytes: u64) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// Where spools keep what they are given: in memory as long as there is room, then in a folder.
#[derive(Clone, Debug)]
pub struct Store {
    /// Takes what has no room.
    pub folder: Arc<Folder>,
    /// Memory shared by all spools.
    pub room: Arc<Room>,
    /// Bytes of a block at most, the last record not counted; a spool that asks for smaller ones gets them.
    pub block_bytes: usize,
}

impl Store {
    /// One that keeps `bytes` in memory and puts the rest into `folder`.
    #[must_use]
    pub fn new(folder: Folder, bytes: u64) -> Store {
        Store { folder: Arc::new(folder), room: Arc::new(Room::of(bytes)), block_bytes: usize::MAX }
    }

    /// One that keeps everything in memory.
    #[must_use]
    pub fn in_memory() -> Store {
        Store::new(Folder::temporary(), u64::MAX)
    }
}
