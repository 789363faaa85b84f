//! The memory a run may take: estimated before each stage, refused before the stage starts.

use crate::error::Error;
use crate::matching::MatchParams;
use crate::model::Document;
use crate::statistics::corpus;

/// Bytes a run takes for each byte of text before it has found anything: the text, its tokens (20 bytes with their
/// order by key, for about 5.5 bytes of text), and the reader's buffers.
const BYTES_PER_TEXT_BYTE: u64 = 6;

/// Bytes a passage takes on average, with its edit script, its place in a cluster and its row (measured on 19,043 wire
/// items with 270,000 passages).
const BYTES_PER_PASSAGE: u64 = 1_300;

/// Least memory for the join, in bytes.
const MIN_JOIN: u64 = 64 << 20;

/// What a run may take and what it is known to need.
pub(crate) struct Budget {
    text_bytes: u64,
    limit: Option<u64>,
}

impl Budget {
    /// A budget of `limit` bytes for these documents.
    ///
    /// # Errors
    ///
    /// [`Error::Memory`] if their texts alone need more.
    pub(crate) fn new(documents: &[Document], limit: Option<u64>) -> Result<Budget, Error> {
        let text_bytes = documents.iter().map(|document| document.text.len() as u64).sum();
        let budget = Budget { text_bytes, limit };
        budget.admit(MIN_JOIN)?;
        Ok(budget)
    }

    /// Bytes for postings and hits.
    pub(crate) fn join_bytes(&self) -> usize {
        self.limit.map_or(MatchParams::default().memory_bytes, |limit| {
            limit.saturating_sub(self.text_bytes * BYTES_PER_TEXT_BYTE).max(MIN_JOIN) as usize
        })
    }

    /// Refuses to count the words of `n_tokens` tokens if the counts would not fit beside the texts.
    pub(crate) fn admit_counts(&self, n_tokens: u64) -> Result<(), Error> {
        self.admit(n_tokens * corpus::BYTES_PER_TOKEN)
    }

    /// Refuses a join whose hits took `hit_bytes` and did not end there.
    pub(crate) fn admit_join(&self, hit_bytes: u64) -> Result<(), Error> {
        // A third of the join's memory is for postings.
        self.admit(hit_bytes / 2 * 3)
    }

    /// Refuses to align `n_pairs` pairs whose passages would not fit.
    pub(crate) fn admit_passages(&self, n_pairs: usize) -> Result<(), Error> {
        self.admit(n_pairs as u64 * BYTES_PER_PASSAGE)
    }

    fn admit(&self, beside_texts: u64) -> Result<(), Error> {
        let need = self.text_bytes * BYTES_PER_TEXT_BYTE + beside_texts;
        match self.limit {
            Some(limit) if need > limit => Err(Error::Memory {
                texts_mb: self.text_bytes >> 20,
                need_mb: (need >> 20) + 1,
                limit_mb: limit >> 20,
            }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_words_must_fit_beside_the_texts() {
        // 64 MB at twenty bytes a token.
        let fitting = 3_355_443;
        let budget = |limit| Budget::new(&[], limit).unwrap();
        assert!(budget(Some(MIN_JOIN)).admit_counts(fitting).is_ok());
        let error = budget(Some(MIN_JOIN)).admit_counts(fitting + 1).unwrap_err();
        assert!(matches!(error, Error::Memory { need_mb: 65, limit_mb: 64, .. }), "{error}");
        assert!(budget(None).admit_counts(u64::from(u32::MAX)).is_ok());
    }
}
