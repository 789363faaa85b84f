//! A folder that one process at a time may write to.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::Path;

use crate::store::error::StoreError;

/// The file that is locked; it names the holder.
pub const LOCK: &str = "lock";

/// A folder held by this process. The system frees it when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// A folder that another process holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What the holder says of itself.
    pub by: String,
}

impl Lock {
    /// Takes `folder`, or tells who has it.
    ///
    /// # Errors
    ///
    /// The system refuses.
    pub fn take(folder: &Path) -> Result<Result<Lock, Held>, StoreError> {
        let name = folder.join(LOCK);
        let refused = |what, source| StoreError::Io { what, file: name.display().to_string(), source };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&name)
            .map_err(|source| refused("open", source))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut by = String::new();
                // Its name only helps; whoever holds it may be writing it just now.
                let _ = file.read_to_string(&mut by);
                return Ok(Err(Held { by: by.trim().to_owned() }));
            }
            Err(TryLockError::Error(source)) => return Err(refused("lock", source)),
        }
        name_holder(&mut file).map_err(|source| refused("write", source))?;
        Ok(Ok(Lock { _file: file }))
    }
}

fn name_holder(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    writeln!(file, "process {}", std::process::id())
}
