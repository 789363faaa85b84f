//! The rows of a written result as they are read: what a report needs of each. Columns that are not named here are passed over.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// Who made a result and how.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Begin {
    pub(super) schema_version: u32,
    #[serde(default)]
    pub(super) settings: BTreeMap<String, Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct DocumentRow {
    pub(super) doc_id: String,
    pub(super) source: Option<String>,
    pub(super) title: Option<String>,
    pub(super) published_at: Option<String>,
    pub(super) published_from: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) path: Option<String>,
    pub(super) record: Option<u32>,
    pub(super) line: Option<u32>,
    pub(super) encoding: Option<String>,
    pub(super) n_words: u32,
    pub(super) n_chars: u32,
    pub(super) n_bytes: u32,
    pub(super) text_sha256: String,
    pub(super) matched_words: u32,
    pub(super) matched_share: f64,
    pub(super) warnings: Vec<String>,
    pub(super) meta: BTreeMap<String, String>,
    pub(super) zones: Vec<ZoneRow>,
    pub(super) derivation: String,
    pub(super) derivation_evidence: Option<String>,
    pub(super) matched_lead: u32,
    pub(super) matched_middle: u32,
    pub(super) matched_tail: u32,
    pub(super) copy_of: Option<String>,
    /// Not in results written before there was this column.
    #[serde(default)]
    pub(super) reference: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct ZoneRow {
    pub(super) kind: String,
    pub(super) start_char: u32,
    pub(super) end_char: u32,
    pub(super) start_byte: u32,
    pub(super) end_byte: u32,
    pub(super) name: Option<String>,
    pub(super) fact: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct PairRow {
    pub(super) pair_id: String,
    pub(super) a_doc_id: String,
    pub(super) b_doc_id: String,
    pub(super) n_passages: usize,
    pub(super) matched_words: u32,
    pub(super) longest_words: u32,
    pub(super) a_coverage: f64,
    pub(super) b_coverage: f64,
    pub(super) a_coverage_all: f64,
    pub(super) b_coverage_all: f64,
    pub(super) near_duplicate: bool,
    pub(super) order: String,
    pub(super) lag_seconds: Option<i64>,
    pub(super) excluded_words: u32,
    pub(super) tags: Vec<String>,
    pub(super) order_evidence: Vec<String>,
    pub(super) origin: String,
    pub(super) origin_evidence: Option<String>,
    pub(super) first_match: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct PassageRow {
    pub(super) passage_id: String,
    pub(super) pair_id: String,
    pub(super) a_start_char: u32,
    pub(super) a_end_char: u32,
    pub(super) a_start_byte: u32,
    pub(super) a_end_byte: u32,
    pub(super) a_start_line: u32,
    pub(super) a_end_line: u32,
    pub(super) b_start_char: u32,
    pub(super) b_end_char: u32,
    pub(super) b_start_byte: u32,
    pub(super) b_end_byte: u32,
    pub(super) b_start_line: u32,
    pub(super) b_end_line: u32,
    pub(super) matched_words: u32,
    pub(super) a_words: u32,
    pub(super) b_words: u32,
    pub(super) identity: f64,
    pub(super) kind: String,
    pub(super) edits: EditsRow,
    pub(super) tags: Vec<String>,
    pub(super) cluster_id: Option<String>,
    pub(super) exclude_reason: Option<String>,
    pub(super) fingerprint: String,
    pub(super) a_text: Option<String>,
    pub(super) b_text: Option<String>,
    pub(super) a_start_word: u32,
    pub(super) b_start_word: u32,
    pub(super) steps: String,
    pub(super) tag_facts: Vec<String>,
    pub(super) a_quoted: f64,
    pub(super) b_quoted: f64,
    pub(super) typed_edits: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct EditsRow {
    pub(super) inserted: u32,
    pub(super) deleted: u32,
    pub(super) replaced: u32,
    pub(super) moved: u32,
    pub(super) numbers_changed: u32,
    pub(super) names_changed: u32,
}

#[derive(Debug, Deserialize)]
pub(super) struct ClusterRow {
    pub(super) cluster_id: String,
    pub(super) n_docs: u32,
    pub(super) n_sources: u32,
    pub(super) first_doc_id: Option<String>,
    pub(super) first_published_at: Option<String>,
    pub(super) span_seconds: Option<i64>,
    pub(super) words_median: f64,
    pub(super) representative: String,
    pub(super) text: Option<String>,
    pub(super) n_origins: u32,
}

#[derive(Debug, Deserialize)]
pub(super) struct MemberRow {
    pub(super) cluster_id: String,
    pub(super) doc_id: String,
    pub(super) start_char: u32,
    pub(super) end_char: u32,
    pub(super) start_byte: u32,
    pub(super) end_byte: u32,
    pub(super) rank: Option<u32>,
    pub(super) lag_seconds: Option<i64>,
    pub(super) identity_to_representative: f64,
    pub(super) rank_evidence: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct EdgeRow {
    pub(super) a_source: String,
    pub(super) b_source: String,
    pub(super) n_pairs: u32,
    pub(super) matched_words: u64,
    pub(super) median_coverage: f64,
    pub(super) share_a_first: Option<f64>,
    pub(super) median_lag_seconds: Option<i64>,
    pub(super) n_passages: u64,
    pub(super) a_docs: u32,
    pub(super) b_docs: u32,
    pub(super) a_share: f64,
    pub(super) b_share: f64,
    pub(super) n_first_matches: u32,
}

#[derive(Debug, Deserialize)]
pub(super) struct WarningRow {
    pub(super) path: Option<String>,
    pub(super) line: Option<u32>,
    pub(super) message: String,
}

/// The tables are complete.
#[derive(Debug, Deserialize)]
pub(super) struct EndRow {
    pub(super) counts: CountsRow,
    pub(super) skipped: Vec<SkippedRow>,
    pub(super) bounds: Vec<BoundRow>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RecurringRow {
    pub(super) cluster_id: String,
    pub(super) source: Option<String>,
    pub(super) n_docs: u32,
    pub(super) n_days: u32,
    pub(super) words: u64,
    pub(super) matched_words: u64,
    pub(super) excluded: bool,
    pub(super) tag: String,
    pub(super) evidence: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct CountsRow {
    pub(super) documents: usize,
    pub(super) pairs: usize,
    pub(super) passages: usize,
    pub(super) clusters: usize,
    pub(super) members: usize,
}

#[derive(Debug, Deserialize)]
pub(super) struct SkippedRow {
    pub(super) path: String,
    pub(super) line: Option<u32>,
    pub(super) reason: String,
    pub(super) lost: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct BoundRow {
    pub(super) name: String,
    pub(super) count: u64,
    pub(super) message: String,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct RunRow {
    #[serde(default)]
    pub(super) peak_memory_bytes: Option<u64>,
}
