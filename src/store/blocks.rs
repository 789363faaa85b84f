//! A file of blocks: each with its lengths, a checksum, and a compressed payload.
//!
//! ```text
//! file   magic (8 bytes) version (u32) zero (u32) block…
//! block  raw length (u32) stored length (u32) checksum (u64) payload
//! ```
//!
//! Numbers are little-endian. The checksum covers both lengths, the payload as stored, where the block stands and in a file
//! of which name: a block that ended up elsewhere is none. A payload as long as the raw bytes is not compressed.

use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use rapidhash::v3::{RapidSecrets, rapidhash_v3_seeded};

use crate::store::error::StoreError;
use crate::store::folder::Folder;

/// What every file begins with.
const MAGIC: [u8; 8] = *b"wcblocks";

/// Version of the format; a file of another one is not read.
pub const VERSION: u32 = 2;

/// Where the first block of a file begins.
pub const FIRST_BLOCK: u64 = 16;
const BLOCK_HEADER: usize = 16;

/// zstd's fastest ordinary level: 400 MB a second on one core.
const LEVEL: i32 = 1;

/// A level for what is kept: rows of an index take 57 bytes a document instead of 94.
const TIGHT_LEVEL: i32 = 9;

/// Most bytes of a block that are made room for before it is unpacked; one that says it holds more grows as it does.
const TRUSTED_BYTES: u32 = 4 << 20;

const SECRETS: RapidSecrets = RapidSecrets::seed(0x7763_626c_6f63_6b73);

/// A file of blocks, written at its end, read anywhere; shared by threads.
#[derive(Debug)]
pub struct BlockFile {
    file: File,
    /// What messages call it.
    name: String,
    folder: Arc<Folder>,
    /// Derived from the last part of its path; zero without one.
    salt: u64,
    tail: Mutex<Tail>,
}

/// How far a file is written, and with what.
#[derive(Clone, Copy, Debug)]
struct Tail {
    end: u64,
    sum: u64,
}

impl Tail {
    fn at(end: u64) -> Mutex<Tail> {
        Mutex::new(Tail { end, sum: 0 })
    }
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
        let tail = Tail::at(FIRST_BLOCK);
        BlockFile { file, name, folder: Arc::clone(folder), salt: 0, tail }.begun()
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
        let shown = path.display().to_string();
        let file = file.map_err(|source| StoreError::Io { what: "create", file: shown.clone(), source })?;
        let (salt, tail) = (salt(name), Tail::at(FIRST_BLOCK));
        BlockFile { file, name: shown, folder: Arc::clone(folder), salt, tail }.begun()
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
            salt: salt(name),
            tail: Tail::at(FIRST_BLOCK),
        };
        blocks.check_header()?;
        let length = blocks.file.metadata().map_err(|source| blocks.io("read", source))?.len();
        let mut at = FIRST_BLOCK;
        while at < length {
            let Ok(block) = blocks.read_whole(at, length) else { break };
            each(at, &block.raw);
            at = block.next;
        }
        blocks.file.set_len(at).map_err(|source| blocks.io("write", source))?;
        blocks.tail = Tail::at(at);
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
        let (shown, salt, tail) = (path.display().to_string(), salt(name), Tail::at(length));
        let blocks = BlockFile { file, name: shown, folder: Arc::clone(folder), salt, tail };
        blocks.check_header()?;
        Ok(blocks)
    }

    /// Bytes of the file so far.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.tail().end
    }

    /// Derived from all blocks that were appended since the file was created, in order: tells files of one name apart.
    #[must_use]
    pub fn sum(&self) -> u64 {
        self.tail().sum
    }

    fn tail(&self) -> Tail {
        *self.tail.lock().unwrap_or_else(PoisonError::into_inner)
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
        self.append_encoded(encode(raw))
    }

    /// Adds a block that [`encode`] or [`encode_plain`] made; tells where it begins.
    ///
    /// # Errors
    ///
    /// The disk is full, or the system refuses.
    pub fn append_encoded(&self, mut block: Vec<u8>) -> Result<u64, StoreError> {
        self.folder.admit(block.len() as u64)?;
        let mut tail = self.tail.lock().unwrap_or_else(PoisonError::into_inner);
        let at = tail.end;
        let check = placed(&mut block, self.salt, at);
        self.write(at, &block)?;
        tail.end += block.len() as u64;
        tail.sum = added(tail.sum, check);
        Ok(at)
    }

    /// The block that begins at byte `at`.
    ///
    /// # Errors
    ///
    /// It is not what was written there, or the system refuses.
    pub fn read(&self, at: u64) -> Result<Vec<u8>, StoreError> {
        self.read_whole(at, self.end()).map(|block| block.raw)
    }

    /// Reads every block and holds it against its checksum; their number, and what [`BlockFile::sum`] was when they had been
    /// written. `each` is shown where a block begins and what the sum was before it.
    ///
    /// # Errors
    ///
    /// The first one that is not what was written.
    pub fn scan(&self, mut each: impl FnMut(u64, u64)) -> Result<(u64, u64), StoreError> {
        let (mut at, end, mut n, mut sum) = (FIRST_BLOCK, self.end(), 0, 0);
        while at < end {
            each(at, sum);
            let block = self.read_whole(at, end)?;
            (at, sum) = (block.next, added(sum, block.check));
            n += 1;
        }
        Ok((n, sum))
    }

    /// Sees to it that what was written outlasts a failure of the machine.
    ///
    /// # Errors
    ///
    /// The system refuses.
    pub fn sync(&self) -> Result<(), StoreError> {
        self.file.sync_data().map_err(|source| self.io("write", source))
    }

    fn read_whole(&self, at: u64, end: u64) -> Result<Whole, StoreError> {
        let damaged = |what| StoreError::Damaged { file: self.name.clone(), at, what };
        let Some(body) = at.checked_add(BLOCK_HEADER as u64).filter(|&body| body <= end) else {
            return Err(damaged("it is cut off"));
        };
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
        let check = u64::from_le_bytes(check);
        if checksum(raw_len, stored_len, &payload) ^ place_sum(self.salt, at) != check {
            return Err(damaged("its checksum differs"));
        }
        if stored_len == raw_len {
            return Ok(Whole { raw: payload, next, check });
        }
        let raw = unpack(&payload, raw_len).map_err(|_| damaged("it cannot be unpacked"))?;
        Ok(Whole { raw, next, check })
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

/// A block that was read, where the next one begins, and its checksum.
struct Whole {
    raw: Vec<u8>,
    next: u64,
    check: u64,
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

/// `raw` as a block that is written once and kept: compressed as small as zstd makes it in some tens of megabytes a second.
///
/// # Panics
///
/// Panics at 4 GiB, which no document reaches.
#[must_use]
pub fn encode_tightly(raw: &[u8]) -> Vec<u8> {
    let packed = TIGHT_PACKER.with_borrow_mut(|packer| pack_with(packer, TIGHT_LEVEL, raw));
    framed(raw.len(), packed.as_deref().unwrap_or(raw))
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

/// What the place of a block adds to its checksum.
fn place_sum(salt: u64, at: u64) -> u64 {
    hash_of(salt, at)
}

fn salt(name: &str) -> u64 {
    rapidhash_v3_seeded(name.as_bytes(), &SECRETS)
}

/// Makes the checksum of `block` right, whatever its header and its payload say, for byte `at` of a file called `name`: for
/// tests of what a damaged block does behind its checksum.
///
/// # Panics
///
/// Panics if `block` is shorter than a header.
pub fn seal(block: &mut [u8], name: &str, at: u64) {
    let (header, payload) = block.split_at_mut(BLOCK_HEADER);
    let number =
        |place: usize| header[place..place + 4].iter().rev().fold(0, |sum, &it| sum << 8 | u32::from(it));
    let check = checksum(number(0), number(4), payload) ^ place_sum(salt(name), at);
    header[8..].copy_from_slice(&check.to_le_bytes());
}

/// Ties `block`, which [`encode`] or [`encode_plain`] made, to byte `at` of a file with `salt`; its checksum.
fn placed(block: &mut [u8], salt: u64, at: u64) -> u64 {
    let check = &mut block[8..BLOCK_HEADER];
    let mut own = [0; 8];
    own.copy_from_slice(check);
    let sum = u64::from_le_bytes(own) ^ place_sum(salt, at);
    check.copy_from_slice(&sum.to_le_bytes());
    sum
}

/// The sum of blocks with one more.
fn added(sum: u64, check: u64) -> u64 {
    hash_of(sum, check)
}

fn hash_of(one: u64, other: u64) -> u64 {
    rapidhash_v3_seeded(&(u128::from(one) | u128::from(other) << 64).to_le_bytes(), &SECRETS)
}

/// Makes blocks smaller; made when the first one is.
type Packer = Option<zstd::bulk::Compressor<'static>>;

thread_local! {
    static PACKER: RefCell<Packer> = const { RefCell::new(None) };
    static TIGHT_PACKER: RefCell<Packer> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { RefCell::new(None) };
}

/// `raw` made smaller; `None` if it would not be.
fn pack(raw: &[u8]) -> Option<Vec<u8>> {
    PACKER.with_borrow_mut(|packer| pack_with(packer, LEVEL, raw))
}

fn pack_with(packer: &mut Packer, level: i32, raw: &[u8]) -> Option<Vec<u8>> {
    if packer.is_none() {
        *packer = zstd::bulk::Compressor::new(level).ok();
    }
    packer.as_mut()?.compress(raw).ok().filter(|packed| packed.len() < raw.len())
}

/// The `raw_len` bytes that [`pack`] made `payload` of. What damaged lengths say is not believed: room for a long block is
/// made while it is unpacked.
fn unpack(payload: &[u8], raw_len: u32) -> io::Result<Vec<u8>> {
    let size = zstd::zstd_safe::get_frame_content_size(payload);
    if !size.is_ok_and(|size| size == Some(raw_len.into())) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    if raw_len > TRUSTED_BYTES {
        let mut raw = Vec::new();
        let unpacker = zstd::stream::read::Decoder::with_buffer(payload)?;
        unpacker.take(u64::from(raw_len) + 1).read_to_end(&mut raw)?;
        return if raw.len() == raw_len as usize { Ok(raw) } else { Err(io::ErrorKind::InvalidData.into()) };
    }
    let raw_len = raw_len as usize;
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
    use std::io::{Seek, SeekFrom};
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
