//! What the first screen says, before any format: one sentence, tables of cells, remarks.
//!
//! Text and Markdown draw the same overview. Cells hold text that is safe for a terminal but not yet escaped for a
//! format. Nothing is left out without being counted.

mod articles;
mod grid;
mod hits;
mod remarks;
mod sentence;
mod tables;
mod wording;

pub(crate) use articles::articles;
pub(crate) use grid::{Align, Grid};
pub(crate) use hits::Hits;
pub(crate) use remarks::{Remark, remarks};
pub(crate) use sentence::{pair_sentence, sentence};
pub(crate) use tables::{PairLayout, clusters, edges, pairs, recurring};
pub(crate) use wording::{amount, around, dated, document_line, outlet, passage_head, percent, plural};

use std::borrow::Cow;

use crate::model::{DocId, DocumentPair, ExcludeReason, Findings, Tag};

/// The two documents of a run that compared just two, to be shown side by side.
#[derive(Clone, Debug)]
pub(crate) struct TwoDocuments {
    /// Side a.
    pub(crate) a: DocId,
    /// Side b.
    pub(crate) b: DocId,
    /// What they share; `None` when that is nothing.
    pub(crate) pair: Option<DocumentPair>,
}

impl TwoDocuments {
    /// `None` when `findings` are about fewer or more documents, or show no texts.
    pub(crate) fn of(findings: &dyn Findings) -> Option<TwoDocuments> {
        if findings.facts().documents.len() != 2 || findings.hidden().is_some() {
            return None;
        }
        let pair = findings.pairs().next().map(Cow::into_owned);
        let (a, b) = pair.as_ref().map_or((DocId::new(0), DocId::new(1)), |pair| (pair.a, pair.b));
        Some(TwoDocuments { a, b, pair })
    }
}

/// For each cluster whether most of its passages are left out as formulas or boilerplate: it is shown apart from what
/// travelled.
pub(crate) fn left_out(findings: &dyn Findings) -> Vec<bool> {
    let mut of_cluster = vec![(0_usize, 0_usize); findings.facts().clusters.len()];
    for passage in findings.passages() {
        let Some((all, left_out)) = passage.cluster.and_then(|index| of_cluster.get_mut(index)) else {
            continue;
        };
        *all += 1;
        *left_out += usize::from(matches!(
            passage.excluded,
            Some(ExcludeReason::Tag(Tag::Formula | Tag::Boilerplate))
        ));
    }
    of_cluster.into_iter().map(|(all, left_out)| left_out * 2 > all).collect()
}
