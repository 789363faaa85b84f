//! Whose word frequencies decide what a shared word says.

/// Whose word frequencies decide what a shared word says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Statistics {
    /// Those of the language, built in: a pair gets the same verdict alone and in a corpus of any size.
    #[default]
    Builtin,
    /// Those of the documents of the run, blended with the built-in ones: what is common in them says less.
    Corpus,
}

impl Statistics {
    /// Both, in the order help lists them.
    pub const ALL: [Statistics; 2] = [Statistics::Builtin, Statistics::Corpus];

    /// Its name in settings and results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Statistics::Builtin => "builtin",
            Statistics::Corpus => "corpus",
        }
    }
}
