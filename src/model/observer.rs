//! How a long run tells of its progress and learns that it should stop.

/// A step of a run, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Reading and decoding documents; counted in bytes.
    Read,
    /// Finding out which documents an index has already; counted in documents.
    Compare,
    /// Turning texts into tokens; counted in documents.
    Normalize,
    /// Finding document pairs worth aligning; counted in partitions of postings.
    Match,
    /// Finding and aligning passages; counted in document pairs.
    Align,
    /// Grouping passages; counted in passages.
    Cluster,
    /// Writing results; counted in rows.
    Report,
    /// Merging segments of an index; counted in documents.
    Merge,
    /// Reading an index and holding it against its checksums; counted in documents.
    Verify,
}

impl Stage {
    /// What a progress line calls it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Stage::Read => "reading",
            Stage::Compare => "looking up",
            Stage::Normalize => "normalizing",
            Stage::Match => "matching",
            Stage::Align => "aligning",
            Stage::Cluster => "clustering",
            Stage::Report => "writing",
            Stage::Merge => "merging",
            Stage::Verify => "verifying",
        }
    }
}

/// Is told of progress and asked whether to go on; called from many threads.
pub trait Observer: Sync {
    /// A stage begins; `total` units of work lie ahead if that is known.
    fn begin(&self, stage: Stage, total: Option<u64>);
    /// `done` more units of the present stage are done.
    fn advance(&self, done: u64);
    /// Something a user should know now, not at the end; one clause.
    fn note(&self, text: &str) {
        let _ = text;
    }
    /// Whether the run should stop as soon as it can. Stages ask often.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Listens to nothing and never stops a run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Observer for Silent {
    fn begin(&self, _: Stage, _: Option<u64>) {}
    fn advance(&self, _: u64) {}
}
