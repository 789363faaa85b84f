//! A segment: one immutable file with some documents, their texts, and the postings of their shingles.
//!
//! ```text
//! file       texts… rows… digests… tables… lists directory      (blocks of the store, each with a checksum)
//! text       texts one after another, some 16 KB before compression
//! row        32 documents, a line of JSON each
//! digest     32 documents, fifty-six bytes each, not compressed
//! table      512 rows of (hash, document, position), packed
//! list       where the blocks of one kind begin
//! directory  where the lists are
//! ```
//!
//! Readers fetch blocks by place. A map of the file into memory would save a copy of some kilobytes a lookup and turn a
//! file that is cut off into a crash.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::fingerprint::HASH_BITS;
use crate::index::digest::{DIGEST_BYTES, Digest, TextPlace};
use crate::index::manifest::Entry;
use crate::index::removed::{get_rising, hex, put_rising};
use crate::index::row::Row;
use crate::index::words::{Dictionary, Words};
use crate::index::{packed, removed};
use crate::matching::postings::Posting;
use crate::store::codec::get_fixed;
use crate::store::library::batches;
use crate::store::{BlockFile, Folder, Record, StoreError, blocks};

/// Bytes of texts in a block, the last text not counted.
const TEXT_BYTES: usize = 16 << 10;

/// Documents in a block of rows or digests.
const DOCUMENTS: usize = 32;

/// The tables of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Shingles and where they stand.
    Postings,
    /// Hashes of names.
    Names,
    /// Hashes of the places documents were read from.
    Places,
}

/// All tables, in the order of the file.
pub const TABLES: [Table; 3] = [Table::Postings, Table::Names, Table::Places];

/// Lists in the directory: two a table (first hashes, where they begin), rows, digests.
const LISTS: usize = 2 * TABLES.len() + 2;

/// A document on its way into a segment.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Its row.
    pub row: Row,
    /// Its digest, the text still to be placed.
    pub digest: Digest,
    /// Its text, or what stands for it where texts are left out.
    pub body: Body,
}

/// What is stored of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The text.
    Text(String),
    /// Its words and its shape.
    Words(Words),
}

/// The hash that names and places go by in tables.
#[must_use]
pub fn short(hash: u64) -> u64 {
    hash >> (u64::BITS - HASH_BITS)
}

/// A segment being written.
#[derive(Debug)]
pub struct Writer {
    file: BlockFile,
    rows: Vec<Row>,
    digests: Vec<Digest>,
    row_blocks: Vec<u64>,
    digest_blocks: Vec<u64>,
    dictionary: Dictionary,
    /// Of tables: first hashes and where blocks begin.
    tables: Vec<(Vec<u64>, Vec<u64>)>,
    n: u32,
}

impl Writer {
    /// A new segment in the file `name`.
    ///
    /// # Errors
    ///
    /// The system refuses.
    pub fn create(folder: &Arc<Folder>, name: &str) -> Result<Writer, StoreError> {
        Ok(Writer {
            file: BlockFile::create(folder, name)?,
            rows: Vec::new(),
            digests: Vec::new(),
            row_blocks: Vec::new(),
            digest_blocks: Vec::new(),
            dictionary: Dictionary::default(),
            tables: Vec::new(),
            n: 0,
        })
    }

    /// Documents so far.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.n
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.n == 0
    }

    /// Adds the next documents.
    ///
    /// # Errors
    ///
    /// The disk is full, or the system refuses.
    pub fn add(&mut self, mut documents: Vec<Incoming>) -> Result<(), StoreError> {
        let bodies: Vec<Vec<u8>> = documents
            .iter_mut()
            .map(|document| match std::mem::replace(&mut document.body, Body::Text(String::new())) {
                Body::Text(text) => text.into_bytes(),
                Body::Words(words) => words.encode(&mut self.dictionary),
            })
            .collect();
        let groups = batches(bodies.len(), TEXT_BYTES, |index| bodies[index].len());
        let encoded: Vec<Vec<u8>> =
            groups.par_iter().map(|group| blocks::encode(&bodies[group.clone()].concat())).collect();
        for (group, block) in groups.into_iter().zip(encoded) {
            let at = self.file.append_encoded(block)?;
            let mut begin = 0;
            for index in group {
                let bytes = bodies[index].len();
                let start = u16::try_from(begin).expect("a text begins within the bytes of a block");
                documents[index].digest.text = TextPlace { at, start, bytes: bytes as u32 };
                begin += bytes;
            }
        }
        self.n += documents.len() as u32;
        for document in documents {
            self.rows.push(document.row);
            self.digests.push(document.digest);
        }
        let whole = self.rows.len() / DOCUMENTS * DOCUMENTS;
        self.flush(whole)
    }

    /// Writes the first `n` rows and digests that wait.
    fn flush(&mut self, n: usize) -> Result<(), StoreError> {
        let rows: Vec<Row> = self.rows.drain(..n).collect();
        let encoded: Vec<Vec<u8>> =
            rows.par_chunks(DOCUMENTS).map(|rows| blocks::encode_tightly(&lines(rows))).collect();
        for block in encoded {
            self.row_blocks.push(self.file.append_encoded(block)?);
        }
        let digests: Vec<Digest> = self.digests.drain(..n).collect();
        for digests in digests.chunks(DOCUMENTS) {
            let mut raw = Vec::with_capacity(DOCUMENTS * DIGEST_BYTES);
            digests.iter().for_each(|digest| digest.put(&mut raw));
            self.digest_blocks.push(self.file.append_encoded(blocks::encode_plain(&raw))?);
        }
        Ok(())
    }

    /// Adds the next table from its sorted rows, given in runs of any length that follow each other. Tables come in the order
    /// of [`TABLES`], after all documents.
    ///
    /// # Errors
    ///
    /// A run cannot be had, the disk is full, or the system refuses.
    pub fn add_table<E: From<StoreError>>(
        &mut self,
        runs: impl Iterator<Item = Result<Vec<Posting>, E>>,
    ) -> Result<(), E> {
        if self.tables.is_empty() {
            self.flush(self.rows.len())?;
        }
        let (mut firsts, mut places) = (Vec::new(), Vec::new());
        let mut waiting: Vec<Posting> = Vec::new();
        let mut put = |rows: &[Posting]| -> Result<(), StoreError> {
            let packed: Vec<(u64, Vec<u8>)> = rows
                .par_chunks(packed::ROWS)
                .map(|rows| (rows[0].hash, blocks::encode_plain(&packed::pack(rows))))
                .collect();
            for (first, block) in packed {
                firsts.push(first);
                places.push(self.file.append_encoded(block)?);
            }
            Ok(())
        };
        for run in runs {
            waiting.extend(run?);
            let whole = waiting.len() / packed::ROWS * packed::ROWS;
            put(&waiting[..whole])?;
            waiting.drain(..whole);
        }
        put(&waiting)?;
        self.tables.push((firsts, places));
        Ok(())
    }

    /// Ends the file and sees to it that it outlasts a failure of the machine; what the manifest has to say of it.
    ///
    /// # Errors
    ///
    /// The disk is full, or the system refuses.
    pub fn finish(self, name: &str) -> Result<Entry, StoreError> {
        let mut head = Vec::new();
        self.n.put(&mut head);
        let lists = self.tables.iter().flat_map(|(firsts, places)| [firsts, places]);
        for list in lists.chain([&self.row_blocks, &self.digest_blocks]) {
            let mut raw = Vec::with_capacity(list.len() * 3);
            put_rising(list, &mut raw);
            self.file.append(&raw)?.put(&mut head);
        }
        self.file.append(&self.dictionary.encode())?.put(&mut head);
        let sum = self.file.sum();
        head.extend(sum.to_le_bytes());
        let directory = self.file.append(&head)?;
        self.file.sync()?;
        Ok(Entry {
            file: name.to_owned(),
            bytes: self.file.end(),
            directory,
            documents: self.n,
            checksum: hex(sum),
            removed: None,
        })
    }
}

fn lines(rows: &[Row]) -> Vec<u8> {
    let mut raw = Vec::new();
    for row in rows {
        // A row is texts and numbers, which JSON always holds.
        raw.extend(serde_json::to_vec(row).unwrap_or_default());
        raw.push(b'\n');
    }
    raw
}

/// A segment to be read; shared by threads.
#[derive(Debug)]
pub struct Segment {
    file: BlockFile,
    /// Tells it from every other segment that this process opened.
    id: u64,
    n: u32,
    lists: Vec<u64>,
    /// Where the directory begins, and what is derived from all blocks before it.
    directory: u64,
    sum: u64,
    dictionary_at: u64,
    dictionary: OnceLock<Dictionary>,
    loaded: [OnceLock<Vec<u64>>; LISTS],
    /// Documents that do not count any more, sorted.
    removed: Vec<u32>,
}

impl Segment {
    /// Opens the segment that `entry` tells of.
    ///
    /// # Errors
    ///
    /// A file is missing, cut off, damaged or another one.
    pub fn open(folder: &Arc<Folder>, entry: &Entry) -> Result<Segment, StoreError> {
        let file = BlockFile::open(folder, &entry.file)?;
        let head = file.read(entry.directory)?;
        let mut from = &head[..];
        let n = u32::get(&mut from);
        let lists: Option<Vec<u64>> = (0..LISTS).map(|_| u64::get(&mut from)).collect();
        let (dictionary_at, sum) = (u64::get(&mut from), get_fixed(&mut from));
        let (Some(n), Some(lists), Some(dictionary_at), Some(sum)) = (n, lists, dictionary_at, sum) else {
            return Err(file.damaged(entry.directory, "its directory cannot be read"));
        };
        let is_named = n == entry.documents && file.end() == entry.bytes && hex(sum) == entry.checksum;
        if !is_named || !from.is_empty() {
            return Err(file.damaged(entry.directory, "it is not the file that the manifest names"));
        }
        let removed = match &entry.removed {
            None => Vec::new(),
            Some(it) => removed::read(folder, it, n)?,
        };
        static OPENED: AtomicU64 = AtomicU64::new(0);
        let id = OPENED.fetch_add(1, Ordering::Relaxed);
        Ok(Segment {
            file,
            id,
            n,
            lists,
            directory: entry.directory,
            sum,
            dictionary_at,
            dictionary: OnceLock::new(),
            loaded: Default::default(),
            removed,
        })
    }

    /// Documents, removed ones included.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.n
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.n == 0
    }

    /// Documents that do not count any more, in order.
    #[must_use]
    pub fn removed(&self) -> &[u32] {
        &self.removed
    }

    /// Whether `document` counts.
    #[must_use]
    pub fn counts(&self, document: u32) -> bool {
        self.removed.binary_search(&document).is_err()
    }

    pub(super) fn file(&self) -> &BlockFile {
        &self.file
    }

    /// Reads every block and holds it against its checksum, and all together against the manifest's; their number.
    ///
    /// # Errors
    ///
    /// The first block that is not what was written.
    pub fn scan(&self) -> Result<u64, StoreError> {
        let mut sum = None;
        let (n, _) =
            self.file.scan(|at, before| sum = if at == self.directory { Some(before) } else { sum })?;
        match sum == Some(self.sum) {
            true => Ok(n),
            false => Err(self.file.damaged(self.directory, "the blocks before it are others")),
        }
    }

    fn list(&self, index: usize) -> Result<&[u64], StoreError> {
        if let Some(list) = self.loaded[index].get() {
            return Ok(list);
        }
        let raw = self.file.read(self.lists[index])?;
        let list = get_rising(&mut &raw[..])
            .ok_or_else(|| self.file.damaged(self.lists[index], "a list in it cannot be read"))?;
        Ok(self.loaded[index].get_or_init(|| list))
    }

    /// First hashes of the blocks of `table`, and where they begin.
    fn table(&self, table: Table) -> Result<(&[u64], &[u64]), StoreError> {
        let index = 2 * table as usize;
        let (firsts, places) = (self.list(index)?, self.list(index + 1)?);
        match firsts.len() == places.len() {
            true => Ok((firsts, places)),
            false => Err(self.file.damaged(self.lists[index], "two lists do not fit each other")),
        }
    }

    /// Number of blocks of `table`.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn n_blocks(&self, table: Table) -> Result<usize, StoreError> {
        Ok(self.table(table)?.0.len())
    }

    /// The rows of block `index` of `table`.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn block(&self, table: Table, index: usize) -> Result<Vec<Posting>, StoreError> {
        let (firsts, places) = self.table(table)?;
        let rows = packed::unpack(&self.file.read(places[index])?);
        let is_whole = |rows: &Vec<Posting>| {
            rows.first().is_some_and(|row| row.hash == firsts[index])
                && rows.iter().all(|row| row.document < self.n)
        };
        rows.filter(is_whole).ok_or_else(|| self.file.damaged(places[index], "its rows cannot be read"))
    }

    /// Hands `each` the rows of `table` whose hash is among `hashes`, which are sorted, in order.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn find(
        &self,
        table: Table,
        hashes: &[u64],
        mut each: impl FnMut(Posting),
    ) -> Result<(), StoreError> {
        let (firsts, _) = self.table(table)?;
        let mut open: Option<(usize, Vec<Posting>)> = None;
        let mut from = 0;
        for &hash in hashes {
            // Rows of a hash may begin at the end of the block before the first one that begins with it.
            from += firsts[from..].partition_point(|&first| first < hash);
            let mut index = from.saturating_sub(1);
            while index < firsts.len() && firsts[index] <= hash {
                let rows = match open.take() {
                    Some((at, rows)) if at == index => rows,
                    _ => self.block(table, index)?,
                };
                let start = rows.partition_point(|row| row.hash < hash);
                rows[start..].iter().take_while(|row| row.hash == hash).for_each(|row| each(*row));
                open = Some((index, rows));
                index += 1;
            }
        }
        Ok(())
    }

    /// Hands `each` the rows of `table` with hashes in `range`, in order.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn range(
        &self,
        table: Table,
        range: Range<u64>,
        mut each: impl FnMut(Posting),
    ) -> Result<(), StoreError> {
        let (firsts, _) = self.table(table)?;
        let first = firsts.partition_point(|&first| first < range.start).saturating_sub(1);
        for index in (first..firsts.len()).take_while(|&index| firsts[index] < range.end) {
            let rows = self.block(table, index)?;
            rows.into_iter().filter(|row| range.contains(&row.hash)).for_each(&mut each);
        }
        Ok(())
    }

    /// The digest of `document`.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn digest(&self, document: u32) -> Result<Digest, StoreError> {
        let (index, place) = (document as usize / DOCUMENTS, document as usize % DOCUMENTS);
        let at = self.place(LISTS - 1, index)?;
        let raw = self.cached(at)?;
        raw.get(place * DIGEST_BYTES..)
            .and_then(|mut from| Digest::get(&mut from))
            .ok_or_else(|| self.file.damaged(at, "a digest in it cannot be read"))
    }

    fn place(&self, list: usize, index: usize) -> Result<u64, StoreError> {
        let places = self.list(list)?;
        places
            .get(index)
            .copied()
            .ok_or_else(|| self.file.damaged(self.lists[list], "a list in it is too short"))
    }

    /// The row of `document`.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn row(&self, document: u32) -> Result<Row, StoreError> {
        let (index, place) = (document as usize / DOCUMENTS, document as usize % DOCUMENTS);
        let at = self.place(LISTS - 2, index)?;
        let raw = self.cached(at)?;
        raw.split(|&byte| byte == b'\n')
            .nth(place)
            .and_then(|line| serde_json::from_slice(line).ok())
            .ok_or_else(|| self.file.damaged(at, "a row in it cannot be read"))
    }

    /// What is stored of a text; `place` is what its digest says, `has_text` what the manifest does.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn body(&self, place: TextPlace, has_text: bool) -> Result<Body, StoreError> {
        let TextPlace { at, start, bytes } = place;
        let raw = self.cached(at)?;
        let end = (start as usize).saturating_add(bytes as usize);
        let damaged = || self.file.damaged(at, "a text in it cannot be read");
        let raw = raw.get(start as usize..end).ok_or_else(damaged)?;
        match has_text {
            true => String::from_utf8(raw.to_vec()).map(Body::Text).map_err(|_| damaged()),
            false => Words::decode(raw, self.dictionary()?).map(Body::Words).ok_or_else(damaged),
        }
    }

    fn dictionary(&self) -> Result<&Dictionary, StoreError> {
        if let Some(dictionary) = self.dictionary.get() {
            return Ok(dictionary);
        }
        let dictionary = Dictionary::decode(&self.file.read(self.dictionary_at)?)
            .ok_or_else(|| self.file.damaged(self.dictionary_at, "its words cannot be read"))?;
        Ok(self.dictionary.get_or_init(|| dictionary))
    }

    /// The block at `at`, unpacked; the two read last by this thread are kept, since neighbours are asked for together.
    fn cached(&self, at: u64) -> Result<Arc<Vec<u8>>, StoreError> {
        thread_local! {
            static LAST: RefCell<Vec<Unpacked>> = const { RefCell::new(Vec::new()) };
        }
        let found = LAST.with_borrow(|last| {
            let mut last = last.iter();
            last.find(|(id, block, _)| (*id, *block) == (self.id, at)).map(|(_, _, raw)| Arc::clone(raw))
        });
        if let Some(raw) = found {
            return Ok(raw);
        }
        let raw = Arc::new(self.file.read(at)?);
        LAST.with_borrow_mut(|last| {
            last.truncate(1);
            last.insert(0, (self.id, at, Arc::clone(&raw)));
        });
        Ok(raw)
    }
}

/// A block by segment and place.
type Unpacked = (u64, u64, Arc<Vec<u8>>);
