//! The `cluster`, `member` and `edge` rows.

use std::borrow::Cow;

use serde::Serialize;

use crate::model::{Cluster, Edge, EvidenceKind, StableId, Witness};
use crate::report::rows::{PublicId, Rows, rounded};
use crate::report::time;

/// All versions of one passage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClusterRow<'a> {
    /// Content-derived name.
    pub cluster_id: PublicId,
    /// Different documents.
    pub n_docs: u32,
    /// Different outlets.
    pub n_sources: u32,
    /// Witnesses; a document that carries the passage twice counts twice.
    pub n_members: usize,
    /// The document that appeared first, where all are dated and no other can have.
    pub first_doc_id: Option<&'a str>,
    /// When it was published, as exactly as that was given.
    pub first_published_at: Option<String>,
    /// From the first to the last dated witness, in seconds, where two documents are dated and that tells a lag.
    pub span_seconds: Option<i64>,
    /// Median length of the witnesses, in words.
    pub words_median: f64,
    /// The document whose version all others were verified against.
    pub representative: &'a str,
    /// That version as given; null in a redacted result.
    pub text: Option<Cow<'a, str>>,
    /// Independent origins among the documents; reprints of one item are one.
    pub n_origins: u32,
}

impl<'a> ClusterRow<'a> {
    /// Columns in order.
    pub const COLUMNS: &'static [&'static str] = &[
        "cluster_id",
        "n_docs",
        "n_sources",
        "n_members",
        "first_doc_id",
        "first_published_at",
        "span_seconds",
        "words_median",
        "representative",
        "text",
        "n_origins",
    ];

    pub(super) fn new(rows: &Rows<'a>, cluster: &Cluster) -> ClusterRow<'a> {
        let representative = &cluster.witnesses[cluster.representative];
        ClusterRow {
            cluster_id: PublicId(cluster.id),
            n_docs: cluster.n_docs,
            n_sources: cluster.n_sources,
            n_members: cluster.witnesses.len(),
            first_doc_id: cluster.first_doc.map(|doc| rows.document(doc).name.as_str()),
            first_published_at: cluster.first_published.and_then(time::iso),
            span_seconds: cluster.span_seconds,
            words_median: rounded(cluster.words_median),
            representative: &rows.document(representative.doc).name,
            text: rows.slice(representative.doc, representative.span),
            n_origins: cluster.n_origins,
        }
    }
}

/// One document's version of a cluster's passage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MemberRow<'a> {
    /// The cluster.
    pub cluster_id: PublicId,
    /// The document.
    pub doc_id: &'a str,
    /// Its outlet.
    pub source: Option<&'a str>,
    /// First code point.
    pub start_char: u32,
    /// First code point after.
    pub end_char: u32,
    /// First byte.
    pub start_byte: u32,
    /// First byte after.
    pub end_byte: u32,
    /// When the document was published, as exactly as that was given.
    pub published_at: Option<String>,
    /// One more than the dated members known to be earlier; null when undated. Where no carrier is dated, 1 for whom others credit.
    pub rank: Option<u32>,
    /// Seconds after the first witness.
    pub lag_seconds: Option<i64>,
    /// Share of wording in common with the representative.
    pub identity_to_representative: f64,
    /// What the rank was told by: `date`, `credit`, `containment` or `quotation`.
    pub rank_evidence: Option<&'static str>,
}

impl<'a> MemberRow<'a> {
    /// Columns in order.
    pub const COLUMNS: &'static [&'static str] = &[
        "cluster_id",
        "doc_id",
        "source",
        "start_char",
        "end_char",
        "start_byte",
        "end_byte",
        "published_at",
        "rank",
        "lag_seconds",
        "identity_to_representative",
        "rank_evidence",
    ];

    pub(super) fn new(rows: &Rows<'a>, cluster: StableId, witness: &Witness) -> MemberRow<'a> {
        let document = rows.document(witness.doc);
        let (start, end) = rows.locate(witness.doc, witness.span);
        MemberRow {
            cluster_id: PublicId(cluster),
            doc_id: &document.name,
            source: document.source.as_deref(),
            start_char: start.code_point,
            end_char: end.code_point,
            start_byte: witness.span.start(),
            end_byte: witness.span.end(),
            published_at: document.published.and_then(time::iso),
            rank: witness.rank,
            lag_seconds: witness.lag_seconds,
            identity_to_representative: rounded(witness.identity_to_representative),
            rank_evidence: witness.rank_evidence.map(EvidenceKind::name),
        }
    }
}

/// What two outlets share.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EdgeRow<'a> {
    /// The outlet whose name sorts first.
    pub a_source: &'a str,
    /// The other one; the same for pairs inside one outlet.
    pub b_source: &'a str,
    /// Document pairs that share wording.
    pub n_pairs: u32,
    /// Matched words of those pairs.
    pub matched_words: u64,
    /// Median of the larger coverage of each pair.
    pub median_coverage: f64,
    /// Of the pairs whose order is known, the share in which a's document was first.
    pub share_a_first: Option<f64>,
    /// Median of b's time minus a's, in seconds.
    pub median_lag_seconds: Option<i64>,
    /// Passages of those pairs that count.
    pub n_passages: u64,
    /// Documents of a that share words with b.
    pub a_docs: u32,
    /// Documents of b that share words with a.
    pub b_docs: u32,
    /// `a_docs` as a share of all documents of a.
    pub a_share: f64,
    /// `b_docs` as a share of all documents of b.
    pub b_share: f64,
    /// Pairs in which the earlier document is the first match of the later one.
    pub n_first_matches: u32,
}

impl<'a> EdgeRow<'a> {
    /// Columns in order.
    pub const COLUMNS: &'static [&'static str] = &[
        "a_source",
        "b_source",
        "n_pairs",
        "matched_words",
        "median_coverage",
        "share_a_first",
        "median_lag_seconds",
        "n_passages",
        "a_docs",
        "b_docs",
        "a_share",
        "b_share",
        "n_first_matches",
    ];

    pub(super) fn new(edge: &'a Edge) -> EdgeRow<'a> {
        EdgeRow {
            a_source: &edge.a_source,
            b_source: &edge.b_source,
            n_pairs: edge.n_pairs,
            matched_words: edge.matched_words,
            median_coverage: rounded(edge.median_coverage),
            share_a_first: edge.share_a_first.map(rounded),
            median_lag_seconds: edge.median_lag_seconds,
            n_passages: edge.n_passages,
            a_docs: edge.a_docs,
            b_docs: edge.b_docs,
            a_share: rounded(edge.a_share),
            b_share: rounded(edge.b_share),
            n_first_matches: edge.n_first_matches,
        }
    }
}
