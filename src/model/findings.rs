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
pub trait Findings: Sync {
    /// All of it but texts, tokens, pairs and passages, whose lists may be empty here.
    fn facts(&self) -> &Analysis;

    /// The findings whose texts these hide, where they do: a mask stands for each text then, and rows hold no words.
    fn hidden(&self) -> Option<&dyn Findings> {
        None
    }

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

    /// Number of passages that do not count.
    fn n_excluded(&self) -> usize;

    /// Number of runs that the list of pairs is kept in: what is cheap to read together.
    fn pair_runs(&self) -> usize;

    /// The pairs of one of these runs, in order.
    fn pair_run(&self, run: usize) -> Vec<Cow<'_, DocumentPair>>;

    /// Number of passages in each of the runs that their list is kept in.
    fn passage_runs(&self) -> Vec<usize>;

    /// The passages of one of these runs, in order.
    fn passage_run(&self, run: usize) -> Vec<Cow<'_, Passage>>;

    /// All of it, in memory.
    ///
    /// # Errors
    ///
    /// Something cannot be read back.
    fn whole(&self) -> io::Result<Cow<'_, Analysis>>;

    /// The same with the texts and tokens of `docs`; those of other documents may be blank.
    ///
    /// # Errors
    ///
    /// Something cannot be read back.
    fn with_texts(&self, docs: &[DocId]) -> io::Result<Cow<'_, Analysis>> {
        let _ = docs;
        self.whole()
    }

    /// Whether all that was asked for could be read back.
    ///
    /// # Errors
    ///
    /// The first thing that could not.
    fn check(&self) -> io::Result<()>;
}

/// Pairs or passages of a list in memory that are read together.
const RUN: usize = 512;

/// The part of `list` that is run number `run`.
fn run_of<T: Clone>(list: &[T], run: usize) -> Vec<Cow<'_, T>> {
    list.chunks(RUN).nth(run).unwrap_or_default().iter().map(Cow::Borrowed).collect()
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

    fn n_excluded(&self) -> usize {
        self.passages.iter().filter(|passage| passage.excluded.is_some()).count()
    }

    fn pair_runs(&self) -> usize {
        self.pairs.chunks(RUN).len()
    }

    fn pair_run(&self, run: usize) -> Vec<Cow<'_, DocumentPair>> {
        run_of(&self.pairs, run)
    }

    fn passage_runs(&self) -> Vec<usize> {
        self.passages.chunks(RUN).map(<[Passage]>::len).collect()
    }

    fn passage_run(&self, run: usize) -> Vec<Cow<'_, Passage>> {
        run_of(&self.passages, run)
    }

    fn whole(&self) -> io::Result<Cow<'_, Analysis>> {
        Ok(Cow::Borrowed(self))
    }

    fn check(&self) -> io::Result<()> {
        Ok(())
    }
}
