//! The `finding` row.

use serde::Serialize;

use crate::model::{Finding, StableId};
use crate::report::rows::{PublicId, Rows, rounded};

/// What a gate has to say about a new document, or about the run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FindingRow<'a> {
    /// Content-derived name.
    pub finding_id: PublicId,
    /// The rule it breaks.
    pub rule: &'static str,
    /// `error`, `warning`, `note` or `off`.
    pub level: &'static str,
    /// `new`, `baseline`, `allowed` or `expired`.
    pub status: &'static str,
    /// The new document.
    pub doc_id: Option<&'a str>,
    /// The document that shares the wording.
    pub other_doc_id: Option<&'a str>,
    /// The passage, in the table of passages.
    pub passage_id: Option<PublicId>,
    /// What was measured: words, or a share.
    pub value: Option<f64>,
    /// What is allowed, in the same unit.
    pub limit: Option<f64>,
    /// One sentence.
    pub message: &'a str,
    /// File of the new document, or of what the finding is about.
    pub path: Option<&'a str>,
    /// Line in it, 1-based.
    pub line: Option<u32>,
    /// Name of the shared wording, whatever the documents.
    pub fingerprint: Option<PublicId>,
}

impl<'a> FindingRow<'a> {
    /// Columns in order.
    pub const COLUMNS: &'static [&'static str] = &[
        "finding_id",
        "rule",
        "level",
        "status",
        "doc_id",
        "other_doc_id",
        "passage_id",
        "value",
        "limit",
        "message",
        "path",
        "line",
        "fingerprint",
    ];

    /// The row of `finding`, whose passage is named `passage`.
    pub(in crate::report) fn new(
        rows: &Rows<'a>,
        finding: &'a Finding,
        passage: Option<StableId>,
    ) -> FindingRow<'a> {
        FindingRow {
            finding_id: PublicId(finding.id),
            rule: finding.rule.name(),
            level: finding.level.name(),
            status: finding.status.name(),
            doc_id: finding.doc.map(|doc| rows.document(doc).name.as_str()),
            other_doc_id: finding.other.map(|doc| rows.document(doc).name.as_str()),
            passage_id: passage.map(PublicId),
            value: finding.value.map(rounded),
            limit: finding.limit.map(rounded),
            message: &finding.message,
            path: (!finding.path.is_empty()).then_some(&finding.path),
            line: finding.line,
            fingerprint: finding.fingerprint.map(PublicId),
        }
    }
}
