//! What the first screen says, before any format: one sentence, tables of cells, remarks.
//!
//! Text and Markdown draw the same overview. Cells hold text that is safe for a terminal but not yet escaped for a
//! format. Nothing is left out without being counted.

mod grid;
mod hits;
mod remarks;
mod sentence;
mod tables;
mod wording;

pub(crate) use grid::{Align, Grid};
pub(crate) use hits::Hits;
pub(crate) use remarks::{Remark, remarks};
pub(crate) use sentence::{pair_sentence, sentence};
pub(crate) use tables::{PairLayout, clusters, edges, formula_table, pairs};
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

/// What the passages of a cluster that are left out as formulas add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LeftOut {
    /// Their number.
    pub(crate) passages: usize,
    /// Their matched words.
    pub(crate) words: u64,
}

/// For each cluster what was left out of it, if it is a newsroom formula: most of its passages are left out as such.
/// It is shown apart.
pub(crate) fn formulas(findings: &dyn Findings) -> Vec<Option<LeftOut>> {
    let mut of_cluster = vec![(0, LeftOut::default()); findings.facts().clusters.len()];
    for passage in findings.passages() {
        let Some((all, left_out)) = passage.cluster.and_then(|index| of_cluster.get_mut(index)) else {
            continue;
        };
        *all += 1;
        if passage.excluded == Some(ExcludeReason::Tag(Tag::Formula)) {
            left_out.passages += 1;
            left_out.words += u64::from(passage.matched_words);
        }
    }
    of_cluster.into_iter().map(|(all, left_out)| (left_out.passages * 2 > all).then_some(left_out)).collect()
}
