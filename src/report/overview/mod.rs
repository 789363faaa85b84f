//! What the first screen says, before any format: one sentence, tables of cells, remarks.
//!
//! Text and Markdown draw the same overview. Cells hold text that is safe for a terminal but not yet escaped for a
//! format. Nothing is left out without being counted.

mod grid;
mod remarks;
mod sentence;
mod tables;
mod wording;

pub(crate) use grid::{Align, Grid};
pub(crate) use remarks::{Remark, remarks};
pub(crate) use sentence::{pair_sentence, sentence};
pub(crate) use tables::{PairLayout, clusters, edges, pairs};
pub(crate) use wording::{amount, document_line, passage_head, plural};

use crate::model::{Analysis, DocId, DocumentPair};

/// The two documents of a run that compared just two, to be shown side by side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TwoDocuments<'a> {
    /// Side a.
    pub(crate) a: DocId,
    /// Side b.
    pub(crate) b: DocId,
    /// What they share; `None` when that is nothing.
    pub(crate) pair: Option<&'a DocumentPair>,
}

impl<'a> TwoDocuments<'a> {
    /// `None` when `analysis` is about fewer or more documents.
    pub(crate) fn of(analysis: &'a Analysis) -> Option<TwoDocuments<'a>> {
        if analysis.documents.len() != 2 {
            return None;
        }
        let pair = analysis.pairs.first();
        let (a, b) = pair.map_or((DocId::new(0), DocId::new(1)), |pair| (pair.a, pair.b));
        Some(TwoDocuments { a, b, pair })
    }
}
