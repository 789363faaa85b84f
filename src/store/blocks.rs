//! A file of blocks: each with its lengths, a checksum, and a compressed payload.
//!
//! ```text
//! file   magic (8 bytes) version (u32) zero (u32) block…
//! block  raw length (u32) stored length (u32) checksum (u64) payload
//! ```
//!
//! Numbers are little-endian. The checksum covers both lengths and the payload as stored. A payload as long as the raw bytes
//! is not compressed.

use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use rapidhash::v3::{RapidSecrets, rapidhash_v3_seeded};

use crate::store::error::StoreError;
use crate::store::folder::Folder;

/// What every file begins with.
const MAGIC: [u8; 8] = *b"wcblocks";

/// Version of the format; a file of another one is not read.
pub const VERSION: u32 = 1;

/// Where the first block of a file begins.
pub const FIRST_BLOCK: u64 = 16;
const BLOCK_HEADER: usize = 16;

/// zstd's fastest ordinary level: 400 MB a second on one core.
const LEVEL: i32 = 1;

const SECRETS: RapidSecrets = RapidSecrets::seed(0x7763_626c_6f63_6b73);

/// A file of blocks, written at its end, read anywhere; shared by threads.
#[derive(Debug)]
pub struct BlockFile {
    file: File,
    /// What messages call it.
    name: String,
    folder: Arc<Folder>,
    end: Mutex<u64>,
}

impl BlockFile {
    /// An empty file without a name in `folder`, for `what`.
    ///
    /// # Errors
    ///
    /// The system refuses, or the disk is full.
    pub fn unnamed(folder: &Arc<Folder>, what: &str) -> Result<BlockFile, StoreError> {
        let file = folder.unnamed(what)?;
        let name = format!("the temporary file of {what} in {}", folder.path().display());
        BlockFile { file, name, folder: Arc::clone(folder), end: Mutex::new(FIRST_BLOCK) }.begun()
    }

    /// An empty file at `name` in `folder`; replaces one that is there.
    ///
    /// # Errors
    ///
    /// The system refuses, or the disk is full.
    pub fn create(folder: &Arc<Folder>, name: &str) -> Result<BlockFile, StoreError> {
        let path = folder.path().join(name);
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(true).open(&path);
        let name = path.display().to_string();
        let file = file.map_err(|source| StoreError::Io { what: "create", file: name.clone(), source })?;
        BlockFile { file, name, folder: Arc::clone(folder), end: Mutex::new(FIRST_BLOCK) }.begun()
    }

    /// The file `name` in `folder`, with `each` shown every whole block in order. What follows the last whole block, as a
    /// run that was killed leaves it, is cut off. `None` if there is no such file.
    ///
    /// # Errors
    ///
    /// The system refuses, or the file is of another format. Of blocks, only one in front of a whole one is an error.
    pub fn recover(
        folder: &Arc<Folder>,
        name: &str,
        mut each: impl FnMut(u64, &[u8]),
    ) -> Result<Option<BlockFile>, StoreError> {
        let path = folder.path().join(name);
        let file = match OpenOptions::new().read(true).write(true).open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => {
                return Err(StoreError::Io { what: "open", file: path.display().to_string(), source });
            }
        };
        let mut blocks = BlockFile {
            file,
            name: path.display().to_string(),
            folder: Arc::clone(folder),
            end: Mutex::new(FIRST_BLOCK),
        };
        blocks.check_header()?;
        let length = blocks.file.metadata().map_err(|source| blocks.io("read", source))?.len();
        let mut at = FIRST_BLOCK;
        while at < length {
            let Ok((raw, next)) = blocks.read_with_next(at, length) else { break };
            each(at, &raw);
            at = next;
        }
        blocks.file.set_len(at).map_err(|source| blocks.io("write", source))?;
        blocks.end = Mutex::new(at);
        Ok(Some(blocks))
    }

    /// The whole file `name` in `folder`, to be read.
    ///
    /// # Errors
    ///
    /// There is none, the system refuses, or the file is of another format.
    pub fn open(folder: &Arc<Folder>, name: &str) -> Result<BlockFile, StoreError> {
        let path = folder.path().join(name);
        let refused = |what, source| StoreError::Io { what, file: path.display().to_string(), source };
        let file = File::open(&path).map_err(|source| refused("open", source))?;
        let length = file.metadata().map_err(|source| refused("read", source))?.len();
        let name = path.display().to_string();
        let blocks = BlockFile { file, name, folder: Arc::clone(folder), end: Mutex::new(length) };
        blocks.check_header()?;
        Ok(blocks)
    }

    /// Bytes of the file so far.
    #[must_use]
    pub fn end(&self) -> u64 {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begun(self) -> Result<BlockFile, StoreError> {
        let mut header = MAGIC.to_vec();
        header.extend(VERSION.to_le_bytes());
        header.extend([0; 4]);
        self.write(0, &header)?;
        Ok(self)
    }

    fn check_header(&self) -> Result<(), StoreError> {
        let mut header = [0; FIRST_BLOCK as usize];
        read_at(&self.file, &mut header, 0).map_err(|_| StoreError::Foreign { file: self.name.clone() })?;
        let is_ours =
            header[..8] == MAGIC && header[8..12] == VERSION.to_le_bytes() && header[12..] == [0; 4];
        if is_ours { Ok(()) } else { Err(StoreError::Foreign { file: self.name.clone() }) }
    }

    /// Adds a block; tells where it begins.
    ///
    /// # Errors
    ///
    /// The disk is full, or the system refuses.
    ///
    /// # Panics
    ///
    /// Panics at 4 GiB, which no document reaches.
    pub fn append(&self, raw: &[u8]) -> Result<u64, StoreError> {
        self.append_encoded(&encode(raw))
    }

    /// Adds a block that [`encode`] or [`encode_plain`] made; tells where it begins.
    ///
    /// # Errors
    ///
    /// The disk is full, or the system refuses.
    pub fn append_encoded(&self, block: &[u8]) -> Result<u64, StoreError> {
        self.folder.admit(block.len() as u64)?;
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        let at = *end;
        self.write(at, block)?;
        *end += block.len() as u64;
        Ok(at)
    }

    /// The block that begins at byte `at`.
    ///
    /// # Errors
    ///
    /// It is not what was written there, or the system refuses.
    pub fn read(&self, at: u64) -> Result<Vec<u8>, StoreError> {
        let end = *self.end.lock().unwrap_or_else(PoisonError::into_inner);
        self.read_with_next(at, end).map(|(raw, _)| raw)
    }

    /// Reads every block and holds it against its checksum; their number.
    ///
    /// # Errors
    ///
    /// The first one that is not what was written.
    pub fn scan(&self) -> Result<u64, StoreError> {
        let (mut at, end, mut n) = (FIRST_BLOCK, self.end(), 0);
        while at < end {
            (_, at) = self.read_with_next(at, end)?;
            n += 1;
        }
        Ok(n)
    }

    /// Sees to it that what was written outlasts a failure of the machine.
    ///
    /// # Errors
    ///
    /// The system refuses.
    pub fn sync(&self) -> Result<(), StoreError> {
        self.file.sync_data().map_err(|source| self.io("write", source))
    }

    fn read_with_next(&self, at: u64, end: u64) -> Result<(Vec<u8>, u64), StoreError> {
        let damaged = |what| StoreError::Damaged { file: self.name.clone(), at, what };
        let body = at + BLOCK_HEADER as u64;
        if body > end {
            return Err(damaged("it is cut off"));
        }
        let mut header = [0; BLOCK_HEADER];
        read_at(&self.file, &mut header, at).map_err(|source| self.io("read", source))?;
        let [r0, r1, r2, r3, s0, s1, s2, s3, check @ ..] = header;
        let (raw_len, stored_len) =
            (u32::from_le_bytes([r0, r1, r2, r3]), u32::from_le_bytes([s0, s1, s2, s3]));
        let next = body + u64::from(stored_len);
        if next > end {
            return Err(damaged("it is cut off"));
        }
        let mut payload = vec![0; stored_len as usize];
        read_at(&self.file, &mut payload, body).map_err(|source| self.io("read", source))?;
        if checksum(raw_len, stored_len, &payload) != u64::from_le_bytes(check) {
            return Err(damaged("its checksum differs"));
        }
        if stored_len == raw_len {
            return Ok((payload, next));
        }
        let raw = unpack(&payload, raw_len as usize).map_err(|_| damaged("it cannot be unpacked"))?;
        Ok((raw, next))
    }

    fn write(&self, at: u64, bytes: &[u8]) -> Result<(), StoreError> {
        write_at(&self.file, bytes, at).map_err(|source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                self.folder.full(bytes.len() as u64)
            }
            _ => self.io("write", source),
        })
    }

    fn io(&self, what: &'static str, source: io::Error) -> StoreError {
        StoreError::Io { what, file: self.name.clone(), source }
    }

    /// The error of a block at byte `at` whose content makes no sense.
    #[must_use]
    pub fn damaged(&self, at: u64, what: &'static str) -> StoreError {
        StoreError::Damaged { file: self.name.clone(), at, what }
    }
}

/// `raw` as a block, compressed if that makes it smaller.
///
/// # Panics
///
/// Panics at 4 GiB, which no document reaches.
#[must_use]
pub fn encode(raw: &[u8]) -> Vec<u8> {
    framed(raw.len(), pack(raw).as_deref().unwrap_or(raw))
}

/// `raw` as a block, as it stands.
///
/// # Panics
///
/// Panics at 4 GiB, which no document reaches.
#[must_use]
pub fn encode_plain(raw: &[u8]) -> Vec<u8> {
    framed(raw.len(), raw)
}

fn framed(raw_len: usize, payload: &[u8]) -> Vec<u8> {
    let raw_len = u32::try_from(raw_len).expect("blocks are below 4 GiB");
    let stored_len = payload.len() as u32;
    let mut block = Vec::with_capacity(BLOCK_HEADER + payload.len());
    block.extend(raw_len.to_le_bytes());
    block.extend(stored_len.to_le_bytes());
    block.extend(checksum(raw_len, stored_len, payload).to_le_bytes());
    block.extend_from_slice(payload);
    block
}

fn checksum(raw_len: u32, stored_len: u32, payload: &[u8]) -> u64 {
    let lengths = u64::from(raw_len) << 32 | u64::from(stored_len);
    rapidhash_v3_seeded(payload, &SECRETS) ^ rapidhash_v3_seeded(&lengths.to_le_bytes(), &SECRETS)
}

thread_local! {
    static PACKER: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { RefCell::new(None) };
}

/// `raw` made smaller; `None` if it would not be.
fn pack(raw: &[u8]) -> Option<Vec<u8>> {
    PACKER.with_borrow_mut(|packer| {
        if packer.is_none() {
            *packer = zstd::bulk::Compressor::new(LEVEL).ok();
        }
        packer.as_mut()?.compress(raw).ok().filter(|packed| packed.len() < raw.len())
    })
}

fn unpack(payload: &[u8], raw_len: usize) -> io::Result<Vec<u8>> {
    UNPACKER.with_borrow_mut(|unpacker| {
        let unpacker = match unpacker {
            Some(unpacker) => unpacker,
            None => unpacker.insert(zstd::bulk::Decompressor::new()?),
        };
        unpacker.decompress(payload, raw_len)
    })
}

/// Reads exactly `target.len()` bytes from byte `at` on.
#[cfg(unix)]
fn read_at(file: &File, target: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, target, at)
}

/// Writes all of `bytes` from byte `at` on.
#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

/// Held while the place in a file is moved and used, where the two are not one call.
#[cfg(not(unix))]
static MOVING: Mutex<()> = Mutex::new(());

#[cfg(not(unix))]
fn read_at(mut file: &File, target: &mut [u8], at: u64) -> io::Result<()> {
    use std::io::{Read, Seek, SeekFrom};
    let _guard = MOVING.lock().unwrap_or_else(PoisonError::into_inner);
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(target)
}

#[cfg(not(unix))]
fn write_at(mut file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    use std::io::{Seek, SeekFrom, Write};
    let _guard = MOVING.lock().unwrap_or_else(PoisonError::into_inner);
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)
}
