//! Versions of one passage over all documents.

use crate::model::document::Published;
use crate::model::id::{DocId, StableId};
use crate::model::provenance::EvidenceKind;
use crate::model::span::{ByteSpan, TokenSpan};

/// All versions of one passage: the statement and its witnesses.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Content-derived name.
    pub id: StableId,
    /// Witnesses in order of time, then name, then place.
    pub witnesses: Vec<Witness>,
    /// Index into `witnesses` of the one all others were verified against.
    pub representative: usize,
    /// Number of different documents.
    pub n_docs: u32,
    /// Number of different sources; documents without one count as none.
    pub n_sources: u32,
    /// Number of independent origins among the documents: reprints of one item are one.
    pub n_origins: u32,
    /// The document that appeared first: all are dated, and no other can have.
    pub first_doc: Option<DocId>,
    /// The earliest time of a witness.
    pub first_published: Option<Published>,
    /// From the first to the last dated witness, in seconds, where two documents are dated and that tells a lag.
    pub span_seconds: Option<i64>,
    /// Median length of the witnesses, in tokens.
    pub words_median: f64,
}

/// One document's version of a cluster's passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// The document.
    pub doc: DocId,
    /// Place in its text.
    pub span: ByteSpan,
    /// The same place in tokens.
    pub tokens: TokenSpan,
    /// One more than the dated witnesses known to be earlier; undated ones have none. Where no carrier is dated, 1 for
    /// whom others credit.
    pub rank: Option<u32>,
    /// What the rank was told by.
    pub rank_evidence: Option<EvidenceKind>,
    /// Seconds after the first witness.
    pub lag_seconds: Option<i64>,
    /// Share of wording in common with the representative, 0 to 1.
    pub identity_to_representative: f64,
}

/// What two outlets share, over all their documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The source whose name sorts first.
    pub a_source: String,
    /// The other one; the same for pairs inside one source.
    pub b_source: String,
    /// Document pairs with at least one passage that counts.
    pub n_pairs: u32,
    /// Matched words of those pairs.
    pub matched_words: u64,
    /// Passages of those pairs that count.
    pub n_passages: u64,
    /// Documents of a in those pairs.
    pub a_docs: u32,
    /// Documents of b in those pairs.
    pub b_docs: u32,
    /// Of all documents of a, the share in those pairs, 0 to 1; where there is a reference, of its new documents.
    pub a_share: f64,
    /// The same for b.
    pub b_share: f64,
    /// Those pairs in which the earlier document is the first match of the later one.
    pub n_first_matches: u32,
    /// Median of the larger coverage of each pair.
    pub median_coverage: f64,
    /// Of the pairs whose order is known, the share in which a's document was first.
    pub share_a_first: Option<f64>,
    /// Median lag in seconds, b after a.
    pub median_lag_seconds: Option<i64>,
}
