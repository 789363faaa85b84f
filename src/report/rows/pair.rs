//! The `pair` row.

use serde::Serialize;

use crate::model::{DocumentPair, Evidence, Order};
use crate::report::rows::{PublicId, Rows, rounded};

/// Everything two documents share, in numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairRow<'a> {
    /// Content-derived name.
    pub pair_id: PublicId,
    /// In `--against` the new document, otherwise the one whose name sorts first.
    pub a_doc_id: &'a str,
    /// The other one.
    pub b_doc_id: &'a str,
    /// Outlet of a.
    pub a_source: Option<&'a str>,
    /// Outlet of b.
    pub b_source: Option<&'a str>,
    /// Passages, excluded ones included.
    pub n_passages: usize,
    /// Matched words of the passages that count.
    pub matched_words: u32,
    /// Matched words of the longest passage that counts.
    pub longest_words: u32,
    /// Share of a's words in passages that count; a union. A side of which less than a fifth matches is summed up, and
    /// covered by nothing.
    pub a_coverage: f64,
    /// The same for b.
    pub b_coverage: f64,
    /// Share of a's words in any passage, before exclusions.
    pub a_coverage_all: f64,
    /// The same for b.
    pub b_coverage_all: f64,
    /// Whether the two are versions of one text.
    pub near_duplicate: bool,
    /// Which appeared first in this corpus: `a_first`, `b_first`, `same`, `unknown`.
    pub order: &'static str,
    /// b's time minus a's, in seconds.
    pub lag_seconds: Option<i64>,
    /// Matched words of the passages that do not count.
    pub excluded_words: u32,
    /// Tags of its passages.
    pub tags: Vec<&'static str>,
    /// What `order` rests on, and what contradicts it: `kind: says: fact`.
    pub order_evidence: Vec<String>,
    /// How they come to share words: `agency_copy`, `press_release`, `outlet_to_outlet`, `common_source`, `quotation_only`,
    /// `incidental` or `undetermined`.
    pub origin: &'static str,
    /// The fact that decided it, or what keeps it undetermined; null where none is known.
    pub origin_evidence: Option<&'a str>,
    /// Whether the earlier document is the earliest that the later one shares words with.
    pub first_match: bool,
}

impl<'a> PairRow<'a> {
    /// Columns in order.
    pub const COLUMNS: &'static [&'static str] = &[
        "pair_id",
        "a_doc_id",
        "b_doc_id",
        "a_source",
        "b_source",
        "n_passages",
        "matched_words",
        "longest_words",
        "a_coverage",
        "b_coverage",
        "a_coverage_all",
        "b_coverage_all",
        "near_duplicate",
        "order",
        "lag_seconds",
        "excluded_words",
        "tags",
        "order_evidence",
        "origin",
        "origin_evidence",
        "first_match",
    ];

    pub(super) fn new(rows: &Rows<'a>, pair: &'a DocumentPair) -> PairRow<'a> {
        let (a, b) = (rows.document(pair.a), rows.document(pair.b));
        PairRow {
            pair_id: PublicId(pair.id),
            a_doc_id: &a.name,
            b_doc_id: &b.name,
            a_source: a.source.as_deref(),
            b_source: b.source.as_deref(),
            n_passages: pair.passages.len(),
            matched_words: pair.matched_words,
            longest_words: pair.longest_words,
            a_coverage: rounded(pair.a_coverage),
            b_coverage: rounded(pair.b_coverage),
            a_coverage_all: rounded(pair.a_coverage_all),
            b_coverage_all: rounded(pair.b_coverage_all),
            near_duplicate: pair.near_duplicate,
            order: order_name(pair.order),
            lag_seconds: pair.lag_seconds,
            excluded_words: pair.excluded_words,
            tags: pair.tags.iter().map(|tag| tag.name()).collect(),
            order_evidence: pair.provenance.evidence.iter().map(evidence_text).collect(),
            origin: pair.provenance.origin.name(),
            origin_evidence: Some(pair.provenance.origin_fact.as_str()).filter(|fact| !fact.is_empty()),
            first_match: pair.provenance.first_match,
        }
    }
}

fn evidence_text(evidence: &Evidence) -> String {
    format!("{}: {}: {}", evidence.kind.name(), order_name(evidence.says), evidence.fact)
}

/// The order's name in outputs.
#[must_use]
pub(crate) fn order_name(order: Order) -> &'static str {
    match order {
        Order::AFirst => "a_first",
        Order::BFirst => "b_first",
        Order::Same => "same",
        Order::Unknown => "unknown",
    }
}
