//! A result as its readers see it, wherever its tables are kept.

use std::borrow::Cow;
use std::io;

use crate::model::analysis::Analysis;
use crate::model::id::DocId;
use crate::model::passage::{DocumentPair, Passage};
use crate::model::tokens::Held;

/// The result of one comparison: an [`Analysis`], or one whose large tables were put away.
///
/// What cannot be read back is given blank or left out; [`Findings::check`] then tells, and what was made of it is void.
pub trait Findings {
    /// All of it but texts, tokens, pairs and passages, whose lists may be empty here.
    fn facts(&self) -> &Analysis;

    /// The text of a document.
    fn text(&self, doc: DocId) -> Held<'_, str>;

    /// Number of tokens of a document.
    fn n_words(&self, doc: DocId) -> usize;

    /// Document pairs that share at least one passage, in order.
    fn pairs(&self) -> Box<dyn Iterator<Item = Cow<'_, DocumentPair>> + '_>;

    /// Their number.
    fn n_pairs(&self) -> usize;

    /// Passages of all pairs, in order.
    fn passages(&self) -> Box<dyn Iterator<Item = Cow<'_, Passage>> + '_>;

    /// Their number.
    fn n_passages(&self) -> usize;

    /// All of it, in memory.
    ///
    /// # Errors
    ///
    /// Something cannot be read back.
    fn whole(&self) -> io::Result<Cow<'_, Analysis>>;

    /// Whether all that was asked for could be read back.
    ///
    /// # Errors
    ///
    /// The first thing that could not.
    fn check(&self) -> io::Result<()>;
}

impl Findings for Analysis {
    fn facts(&self) -> &Analysis {
        self
    }

    fn text(&self, doc: DocId) -> Held<'_, str> {
        Held::Borrowed(&self.documents[doc.index()].text)
    }

    fn n_words(&self, doc: DocId) -> usize {
        self.tokens[doc.index()].len()
    }

    fn pairs(&self) -> Box<dyn Iterator<Item = Cow<'_, DocumentPair>> + '_> {
        Box::new(self.pairs.iter().map(Cow::Borrowed))
    }

    fn n_pairs(&self) -> usize {
        self.pairs.len()
    }

    fn passages(&self) -> Box<dyn Iterator<Item = Cow<'_, Passage>> + '_> {
        Box::new(self.passages.iter().map(Cow::Borrowed))
    }

    fn n_passages(&self) -> usize {
        self.passages.len()
    }

    fn whole(&self) -> io::Result<Cow<'_, Analysis>> {
        Ok(Cow::Borrowed(self))
    }

    fn check(&self) -> io::Result<()> {
        Ok(())
    }
}
