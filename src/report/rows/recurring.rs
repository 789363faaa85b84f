//! The `recurring` row.

use std::borrow::Cow;

use serde::Serialize;

use crate::model::{Recurring, Witness};
use crate::report::rows::{PublicId, Rows};

/// Wording that recurs in an outlet, or that a newsroom fills in anew each time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecurringRow<'a> {
    /// Its cluster.
    pub cluster_id: PublicId,
    /// `boilerplate` or `formula`.
    pub tag: &'static str,
    /// The outlet it recurs in; null for several.
    pub source: Option<&'a str>,
    /// Documents of that outlet, or of all, that carry it.
    pub n_docs: u32,
    /// Days on which they appeared; 0 when undated.
    pub n_days: u32,
    /// Its words in all of these documents.
    pub words: u64,
    /// Matched words of its passages.
    pub matched_words: u64,
    /// Whether these passages are left out of the totals.
    pub excluded: bool,
    /// What decided it.
    pub evidence: &'a str,
    /// The wording as it stands in the first of these documents; null when it was left out.
    pub text: Option<Cow<'a, str>>,
}

impl<'a> RecurringRow<'a> {
    /// Columns in order.
    pub const COLUMNS: &'static [&'static str] = &[
        "cluster_id",
        "tag",
        "source",
        "n_docs",
        "n_days",
        "words",
        "matched_words",
        "excluded",
        "evidence",
        "text",
    ];

    pub(super) fn new(rows: &Rows<'a>, recurring: &'a Recurring) -> RecurringRow<'a> {
        let cluster = &rows.analysis.clusters[recurring.cluster];
        let is_own = |witness: &&Witness| {
            recurring.source.is_none() || rows.document(witness.doc).source == recurring.source
        };
        let first =
            cluster.witnesses.iter().find(is_own).unwrap_or(&cluster.witnesses[cluster.representative]);
        RecurringRow {
            cluster_id: PublicId(cluster.id),
            tag: recurring.tag.name(),
            source: recurring.source.as_deref(),
            n_docs: recurring.n_docs,
            n_days: recurring.n_days,
            words: recurring.words,
            matched_words: recurring.matched_words,
            excluded: recurring.excluded,
            evidence: &recurring.fact,
            text: rows.slice(first.doc, first.span),
        }
    }
}
