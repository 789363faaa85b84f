//! Identifiers: dense ones inside a run, content-derived ones in files.

use std::fmt;

/// Identifies one document of a run; dense, starting at zero, in the order of document names.
///
/// Stable for one run over the same inputs, meaningless across runs: files carry the document's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(u32);

impl DocId {
    /// The document at place `index` of the run's documents.
    ///
    /// # Panics
    ///
    /// Panics at 2³² documents, which the reader refuses long before.
    #[must_use]
    pub fn new(index: usize) -> DocId {
        DocId(u32::try_from(index).expect("the reader admits fewer than 2^32 documents"))
    }

    /// The document's place among the run's documents.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An identifier derived from content alone: equal on every machine, run and thread count.
///
/// Written as sixteen hexadecimal digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StableId(pub u64);

impl fmt::Display for StableId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}
