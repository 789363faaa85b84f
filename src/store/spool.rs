//! A list of records that is made once and read many times; what memory has no room for goes to a file.

use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};

use crate::store::blocks::BlockFile;
use crate::store::codec::Record;
use crate::store::error::StoreError;
use crate::store::folder::Store;

/// Where a record stands in its spool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    block: u32,
    offset: u32,
}

impl Place {
    /// The place as one number.
    #[must_use]
    pub fn number(self) -> u64 {
        u64::from(self.block) << 32 | u64::from(self.offset)
    }

    /// The place that [`Place::number`] gave.
    #[must_use]
    pub fn at_number(number: u64) -> Place {
        Place { block: (number >> 32) as u32, offset: number as u32 }
    }

    /// The place `bytes` behind this one, in the same block.
    #[must_use]
    pub fn behind(self, bytes: u32) -> Place {
        Place { offset: self.offset + bytes, ..self }
    }
}

/// Bytes of a block that is read from its beginning to its end.
pub const LONG_BLOCK: usize = 256 << 10;

/// Bytes of a block whose records are read one by one: a long article or some short ones, unpacked in a few microseconds.
pub const SHORT_BLOCK: usize = 4 << 10;

/// Records of one kind, in the order in which they were added.
pub struct Spool<T> {
    what: &'static str,
    store: Store,
    block_bytes: usize,
    blocks: Vec<Block>,
    open: Vec<u8>,
    n_open: usize,
    len: usize,
    /// Made when the first block goes there; shared with siblings.
    file: Arc<Mutex<Option<Arc<BlockFile>>>>,
    cache: Mutex<Cache>,
    kind: PhantomData<fn() -> T>,
}

struct Block {
    n_records: usize,
    kept: Kept,
}

enum Kept {
    Here(Arc<Vec<u8>>),
    /// The byte of the file at which the block begins.
    There(u64),
}

impl<T: Record> Spool<T> {
    /// An empty one for `what`, that keeps blocks of about `block_bytes` in `store`.
    #[must_use]
    pub fn new(what: &'static str, store: &Store, block_bytes: usize) -> Spool<T> {
        Spool {
            what,
            store: store.clone(),
            block_bytes: block_bytes.min(store.block_bytes),
            blocks: Vec::new(),
            open: Vec::new(),
            n_open: 0,
            len: 0,
            file: Arc::default(),
            cache: Mutex::new(Cache::of(0)),
            kind: PhantomData,
        }
    }

    /// Another one of the same make that puts blocks into the same file; a program may not open files by the hundred.
    #[must_use]
    pub fn sibling(&self) -> Spool<T> {
        let mut sibling = Spool::new(self.what, &self.store, self.block_bytes);
        sibling.file = Arc::clone(&self.file);
        sibling
    }

    /// The same, with blocks of the file kept in memory after reading, up to `bytes`.
    #[must_use]
    pub fn with_cache(mut self, bytes: usize) -> Spool<T> {
        self.cache = Mutex::new(Cache::of(bytes));
        self
    }

    /// Number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds a record; tells where it stands.
    ///
    /// # Errors
    ///
    /// The disk is full, or the system refuses.
    pub fn push(&mut self, record: &T) -> Result<Place, StoreError> {
        let place = Place { block: self.blocks.len() as u32, offset: self.open.len() as u32 };
        record.put(&mut self.open);
        self.n_open += 1;
        self.len += 1;
        self.close_when_full()?;
        Ok(place)
    }

    /// Adds `n` records that stand in `bytes` already; tells where the first stands.
    ///
    /// # Errors
    ///
    /// The disk is full, or the system refuses.
    pub fn push_bytes(&mut self, bytes: &[u8], n: usize) -> Result<Place, StoreError> {
        let place = Place { block: self.blocks.len() as u32, offset: self.open.len() as u32 };
        self.open.extend_from_slice(bytes);
        self.n_open += n;
        self.len += n;
        self.close_when_full()?;
        Ok(place)
    }

    fn close_when_full(&mut self) -> Result<(), StoreError> {
        if self.open.len() >= self.block_bytes { self.close() } else { Ok(()) }
    }

    /// Puts away the block that is being filled.
    fn close(&mut self) -> Result<(), StoreError> {
        let mut raw = std::mem::take(&mut self.open);
        raw.shrink_to_fit();
        let kept = if self.store.room.take(raw.len() as u64) {
            Kept::Here(Arc::new(raw))
        } else {
            Kept::There(self.file_to_write()?.append(&raw)?)
        };
        self.blocks.push(Block { n_records: std::mem::take(&mut self.n_open), kept });
        Ok(())
    }

    fn file_to_write(&self) -> Result<Arc<BlockFile>, StoreError> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = &*file {
            return Ok(Arc::clone(file));
        }
        let made = Arc::new(BlockFile::unnamed(&self.store.folder, self.what)?);
        Ok(Arc::clone(file.insert(made)))
    }

    fn file(&self) -> Option<Arc<BlockFile>> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The record at `place`.
    ///
    /// # Errors
    ///
    /// It cannot be read back.
    pub fn get(&self, place: Place) -> Result<T, StoreError> {
        let decode = |raw: &[u8]| raw.get(place.offset as usize..).and_then(|mut from| T::get(&mut from));
        let found = match self.blocks.get(place.block as usize) {
            None => decode(&self.open),
            Some(_) => decode(&self.block(place.block)?),
        };
        found.ok_or_else(|| self.unreadable(place.block))
    }

    /// All records in order, a block at a time.
    pub fn iter(&self) -> impl Iterator<Item = Result<T, StoreError>> + '_ {
        (0..=self.blocks.len()).map(|run| self.run(run)).flat_map(|records| {
            let (records, fault) = match records {
                Ok(records) => (records, None),
                Err(fault) => (Vec::new(), Some(Err(fault))),
            };
            records.into_iter().map(Ok).chain(fault)
        })
    }

    /// Number of records in each block, in order: what is cheap to read together.
    #[must_use]
    pub fn runs(&self) -> Vec<usize> {
        let open = (self.n_open > 0).then_some(self.n_open);
        self.blocks.iter().map(|block| block.n_records).chain(open).collect()
    }

    /// The records of one block.
    ///
    /// # Errors
    ///
    /// They cannot be read back.
    pub fn run(&self, run: usize) -> Result<Vec<T>, StoreError> {
        match self.blocks.get(run) {
            Some(block) => self.decode(&self.block_uncached(run as u32)?, block.n_records, run as u32),
            None => self.decode(&self.open, self.n_open, run as u32),
        }
    }

    /// All records, in memory.
    ///
    /// # Errors
    ///
    /// One cannot be read back.
    pub fn to_vec(&self) -> Result<Vec<T>, StoreError> {
        let mut all = Vec::with_capacity(self.len);
        for record in self.iter() {
            all.push(record?);
        }
        Ok(all)
    }

    fn decode(&self, raw: &[u8], n: usize, block: u32) -> Result<Vec<T>, StoreError> {
        let mut from = raw;
        let records: Option<Vec<T>> = (0..n).map(|_| T::get(&mut from)).collect();
        records.filter(|_| from.is_empty()).ok_or_else(|| self.unreadable(block))
    }

    fn block(&self, index: u32) -> Result<Arc<Vec<u8>>, StoreError> {
        if let Kept::Here(raw) = &self.blocks[index as usize].kept {
            return Ok(Arc::clone(raw));
        }
        if let Some(raw) = self.cache().find(index) {
            return Ok(raw);
        }
        let raw = self.block_uncached(index)?;
        self.cache().keep(index, &raw);
        Ok(raw)
    }

    fn block_uncached(&self, index: u32) -> Result<Arc<Vec<u8>>, StoreError> {
        match (&self.blocks[index as usize].kept, self.file()) {
            (Kept::Here(raw), _) => Ok(Arc::clone(raw)),
            (Kept::There(at), Some(file)) => file.read(*at).map(Arc::new),
            (Kept::There(_), None) => Err(self.unreadable(index)),
        }
    }

    fn cache(&self) -> std::sync::MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn unreadable(&self, block: u32) -> StoreError {
        let what = "its records cannot be read";
        match (self.file(), self.blocks.get(block as usize).map(|block| &block.kept)) {
            (Some(file), Some(Kept::There(at))) => file.damaged(*at, what),
            _ => StoreError::Damaged { file: self.what.to_owned(), at: u64::from(block), what },
        }
    }
}

impl<T> Drop for Spool<T> {
    fn drop(&mut self) {
        let here = |block: &Block| match &block.kept {
            Kept::Here(raw) => raw.len() as u64,
            Kept::There(_) => 0,
        };
        self.store.room.give(self.blocks.iter().map(here).sum());
    }
}

impl<T> fmt::Debug for Spool<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spool").field("what", &self.what).field("len", &self.len).finish_non_exhaustive()
    }
}

/// Blocks read last.
struct Cache {
    bytes: usize,
    most: usize,
    clock: u64,
    blocks: HashMap<u32, (u64, Arc<Vec<u8>>)>,
}

impl Cache {
    fn of(most: usize) -> Cache {
        Cache { bytes: 0, most, clock: 0, blocks: HashMap::new() }
    }

    fn find(&mut self, index: u32) -> Option<Arc<Vec<u8>>> {
        self.clock += 1;
        let (used, raw) = self.blocks.get_mut(&index)?;
        *used = self.clock;
        Some(Arc::clone(raw))
    }

    fn keep(&mut self, index: u32, raw: &Arc<Vec<u8>>) {
        if raw.len() > self.most {
            return;
        }
        if self.bytes + raw.len() > self.most {
            self.drop_older_half();
        }
        self.clock += 1;
        self.bytes += raw.len();
        if let Some((_, old)) = self.blocks.insert(index, (self.clock, Arc::clone(raw))) {
            self.bytes -= old.len();
        }
    }

    /// Makes room: half of the blocks at a time, so that looking for them costs little for each block read.
    fn drop_older_half(&mut self) {
        let mut used: Vec<u64> = self.blocks.values().map(|(used, _)| *used).collect();
        used.sort_unstable();
        let middle = used.get(used.len() / 2).copied().unwrap_or(0);
        self.blocks.retain(|_, (used, _)| *used > middle);
        self.bytes = self.blocks.values().map(|(_, raw)| raw.len()).sum();
    }
}
