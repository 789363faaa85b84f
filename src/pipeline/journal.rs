//! Passages of pairs aligned so far, kept in a work folder: a block a slice of pairs.

use std::sync::Arc;

use crate::align::Alignment;
use crate::store::{BlockFile, Folder, Record, StoreError};

/// Two documents by index, the smaller first.
pub(crate) type Pair = (u32, u32);

/// The pairs of one slice, each with its passages, as they are kept.
#[derive(Default)]
pub(crate) struct Slice {
    /// Each pair with the number of its passages.
    pub(crate) pairs: Vec<(Pair, u32)>,
    /// Stretches that were left without a word-by-word alignment.
    pub(crate) unaligned: u64,
    /// The passages, one after the other.
    pub(crate) bytes: Vec<u8>,
}

impl Slice {
    /// Every passage with its pair.
    ///
    /// # Errors
    ///
    /// The bytes are no passages.
    pub(crate) fn passages(&self) -> Result<Vec<(Pair, Alignment)>, StoreError> {
        let mut from = &self.bytes[..];
        let pairs = self.pairs.iter().flat_map(|&(pair, n)| (0..n).map(move |_| pair));
        let passages: Option<_> = pairs.map(|pair| Some((pair, Alignment::get(&mut from)?))).collect();
        let what = "its records cannot be read";
        passages.ok_or_else(|| StoreError::Damaged { file: "the list of passages".to_owned(), at: 0, what })
    }
}

/// The file of one round of alignment.
pub(crate) struct Journal {
    file: BlockFile,
    /// Pairs aligned by earlier runs, sorted.
    done: Vec<Pair>,
}

impl Journal {
    /// Opens the file `name` in `folder` and shows `each` slice that earlier runs finished.
    pub(crate) fn open(
        folder: &Arc<Folder>,
        name: &str,
        mut each: impl FnMut(&Slice) -> Result<(), StoreError>,
    ) -> Result<Journal, StoreError> {
        let (mut done, mut fault) = (Vec::new(), None);
        let found = BlockFile::recover(folder, name, |at, mut raw| {
            if fault.is_some() {
                return;
            }
            let slice = Slice::get(&mut raw).filter(|_| raw.is_empty());
            let shown = match slice {
                Some(slice) => {
                    done.extend(slice.pairs.iter().map(|(pair, _)| *pair));
                    each(&slice)
                }
                None => Err(StoreError::Damaged {
                    file: folder.path().join(name).display().to_string(),
                    at,
                    what: "its records cannot be read",
                }),
            };
            fault = shown.err();
        })?;
        if let Some(fault) = fault {
            return Err(fault);
        }
        done.sort_unstable();
        let file = match found {
            Some(file) => file,
            None => BlockFile::create(folder, name)?,
        };
        Ok(Journal { file, done })
    }

    /// Whether an earlier run aligned the pair.
    pub(crate) fn has(&self, pair: Pair) -> bool {
        self.done.binary_search(&pair).is_ok()
    }

    /// Pairs aligned by earlier runs.
    pub(crate) fn n_done(&self) -> usize {
        self.done.len()
    }

    /// Keeps a slice; a run that is killed later need not do it again.
    pub(crate) fn keep(&self, slice: &Slice) -> Result<(), StoreError> {
        let mut raw = Vec::with_capacity(slice.bytes.len() + slice.pairs.len() * 8);
        slice.put(&mut raw);
        self.file.append(&raw).map(drop)
    }
}

impl Record for Slice {
    fn put(&self, out: &mut Vec<u8>) {
        self.pairs.put(out);
        self.unaligned.put(out);
        self.bytes.len().put(out);
        out.extend_from_slice(&self.bytes);
    }

    fn get(from: &mut &[u8]) -> Option<Slice> {
        let (pairs, unaligned) = (Record::get(from)?, Record::get(from)?);
        let n = usize::get(from)?;
        let bytes = crate::store::codec::get_bytes(n, from)?.to_vec();
        Some(Slice { pairs, unaligned, bytes })
    }
}
