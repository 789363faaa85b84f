//! What a run has to say besides its results.

/// Something a user should know about one input; the run went on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// File as given; empty when it concerns the whole run.
    pub path: String,
    /// Physical line, 1-based.
    pub line: Option<u32>,
    /// What is wrong and what to do, one sentence.
    pub message: String,
}

/// A document or file that was not read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// File as given.
    pub path: String,
    /// Physical line, 1-based, when it was a record of a file.
    pub line: Option<u32>,
    /// Why, and what to do, one sentence.
    pub reason: String,
    /// Whether something to compare was lost, which makes the run incomplete; `false` for what never was a document:
    /// a README, a picture met in a folder, a file of other records, an empty text.
    pub lost: bool,
}
