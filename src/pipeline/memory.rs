//! The memory a run may take, and how it is shared out: known before the work starts.

use crate::error::Error;
use crate::matching::MatchParams;
use crate::model::Document;
use crate::store::{Folder, Store};

/// Bytes a run takes for each byte of text while all of it is in memory: the text, its tokens (16 bytes for about 5.5 bytes
/// of text), and what reading and normalizing leave unused between them.
const BYTES_PER_TEXT_BYTE: u64 = 6;

/// Bytes of the program itself: word tables, code, buffers and stacks of its threads.
const PROGRAM: u64 = 24 << 20;

/// Bytes that a document takes besides its text and what is known about it: its places, segments and totals.
const DOCUMENT: u64 = 700;

/// Least memory to work with beside what stays in memory, in bytes.
const LEAST_WORK: u64 = 16 << 20;

/// Least memory for postings, hits and passages where texts are to stay in memory, in bytes.
const LEAST_BESIDE: u64 = 64 << 20;

/// Bytes of passages to expect for each byte of text: news of one week, where much is taken from agencies, has two.
const PASSAGES_PER_TEXT_BYTE: u64 = 2;

/// Bytes that are put on disk for each byte of text if memory does not hold it: texts packed to a half, tokens to two
/// bytes, then postings or passages, whichever are more.
const DISK_PER_TEXT_BYTE: u64 = 5;

/// What a run is expected to take, before its inputs are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// Bytes of memory if nothing is put away.
    pub need_bytes: u64,
    /// Bytes of text that may stay in memory.
    pub text_bytes: u64,
    /// Bytes that go to disk.
    pub disk_bytes: u64,
}

impl Forecast {
    /// Of a run on about `text_bytes` bytes of text that may take `limit` bytes of memory.
    #[must_use]
    pub fn of(text_bytes: u64, limit: Option<u64>) -> Forecast {
        let need_bytes = PROGRAM + LEAST_BESIDE + text_bytes * (BYTES_PER_TEXT_BYTE + PASSAGES_PER_TEXT_BYTE);
        let limit = limit.unwrap_or(u64::MAX);
        let text_room = limit.saturating_sub(PROGRAM + LEAST_BESIDE) / BYTES_PER_TEXT_BYTE;
        let disk_bytes = match text_bytes > text_room {
            true => text_bytes * DISK_PER_TEXT_BYTE,
            false => need_bytes.saturating_sub(limit),
        };
        Forecast { need_bytes, text_bytes: text_room, disk_bytes }
    }
}

/// What a run may take and what it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Budget {
    text_bytes: u64,
    /// Bytes that stay in memory whatever is put away.
    fixed: u64,
    away: bool,
    limit: Option<u64>,
    least_work: u64,
    least_beside: u64,
    block_bytes: usize,
}

impl Budget {
    /// A budget of `limit` bytes for these documents, whose texts have `text_bytes` together and may be `away` already.
    ///
    /// # Errors
    ///
    /// [`Error::Memory`] if it does not even hold what cannot be put away.
    pub(crate) fn new(
        documents: &[Document],
        text_bytes: u64,
        away: bool,
        limit: Option<u64>,
    ) -> Result<Budget, Error> {
        let described: u64 = documents.iter().map(described_bytes).sum();
        let fixed = PROGRAM + described + documents.len() as u64 * DOCUMENT;
        let budget = Budget {
            text_bytes,
            fixed,
            away,
            limit,
            least_work: LEAST_WORK,
            least_beside: LEAST_BESIDE,
            block_bytes: usize::MAX,
        };
        match limit {
            Some(limit) if limit < fixed + LEAST_WORK => Err(Error::Memory {
                texts_mb: text_bytes >> 20,
                need_mb: ((fixed + LEAST_WORK) >> 20) + 1,
                limit_mb: limit >> 20,
            }),
            _ => Ok(budget),
        }
    }

    /// One of next to nothing, for tests: everything is put away, in as many parts as there can be.
    #[cfg(test)]
    pub(crate) fn tiny() -> Budget {
        Budget {
            text_bytes: u64::MAX / 64,
            fixed: 0,
            away: true,
            limit: Some(0),
            least_work: 1,
            least_beside: 1,
            block_bytes: 1,
        }
    }

    /// Bytes the run takes if nothing is put away, passages not counted.
    fn need(&self) -> u64 {
        self.fixed + self.text_bytes * BYTES_PER_TEXT_BYTE + self.least_beside
    }

    /// Whether texts and tokens stay in memory.
    pub(crate) fn holds_texts(&self) -> bool {
        !self.away && self.limit.is_none_or(|limit| self.need() <= limit)
    }

    /// Bytes left for work and results; `None` if there is no limit.
    fn left(&self) -> Option<u64> {
        let texts = if self.holds_texts() { self.text_bytes * BYTES_PER_TEXT_BYTE } else { 0 };
        Some(self.limit?.saturating_sub(self.fixed + texts).max(self.least_work))
    }

    /// Bytes for postings and hits in memory at a time.
    pub(crate) fn join_bytes(&self) -> usize {
        self.left().map_or(MatchParams::default().memory_bytes, |left| (left / 2) as usize)
    }

    /// Bytes for documents fetched at a time.
    pub(crate) fn working_bytes(&self) -> usize {
        self.left().map_or(usize::MAX, |left| (left / 3) as usize)
    }

    /// Where what does not fit goes: lists keep some of it in memory, the rest is put into `folder`.
    pub(crate) fn store(&self, folder: Folder) -> Store {
        Store { block_bytes: self.block_bytes, ..Store::new(folder, self.room_bytes()) }
    }

    fn room_bytes(&self) -> u64 {
        match self.left() {
            None => u64::MAX,
            Some(left) if self.holds_texts() => left / 2,
            Some(left) => left / 16,
        }
    }
}

/// Bytes of what is known about a document.
fn described_bytes(document: &Document) -> u64 {
    let optional = [&document.source, &document.title, &document.url, &document.language];
    let optional: usize = optional.into_iter().flatten().map(|text| text.len() + 16).sum();
    let meta: usize = document.meta.iter().map(|(key, value)| key.len() + value.len() + 80).sum();
    let origin = document.origin.path.len() + document.origin.encoding.len() + 32;
    (document.name.len() + 16 + optional + meta + origin + size_of::<Document>()) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text_mb: u64, limit_mb: Option<u64>) -> Result<Budget, Error> {
        Budget::new(&[], text_mb << 20, false, limit_mb.map(|mb| mb << 20))
    }

    #[test]
    fn texts_stay_in_memory_while_they_and_some_room_fit() {
        for (text_mb, limit_mb, stay) in [
            (100, None, true),
            (100, Some(1_000), true),
            (100, Some(688), true),
            (100, Some(687), false),
            (100, Some(150), false),
        ] {
            assert_eq!(of(text_mb, limit_mb).unwrap().holds_texts(), stay, "{text_mb} {limit_mb:?}");
        }
    }

    #[test]
    fn no_share_is_larger_than_the_whole() {
        for limit_mb in [40, 64, 150, 700, 1_000, 10_000] {
            let budget = of(100, Some(limit_mb)).unwrap();
            let shares = budget.join_bytes() as u64 + budget.room_bytes();
            assert!(shares <= limit_mb << 20, "{limit_mb}");
            assert!(budget.working_bytes() as u64 + budget.room_bytes() <= limit_mb << 20, "{limit_mb}");
        }
    }

    #[test]
    fn what_cannot_be_put_away_must_fit() {
        let error = of(100, Some(39)).unwrap_err();
        assert!(matches!(error, Error::Memory { need_mb: 41, limit_mb: 39, texts_mb: 100 }), "{error}");
        assert!(of(100, Some(40)).is_ok());
    }
}
