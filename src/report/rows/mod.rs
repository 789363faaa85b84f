//! The rows of the result schema: the one place that maps the model to what other tools read.
//!
//! A struct a row type, its fields in the order of the columns; `serde` names and orders them, so every machine
//! format shows the same. Offsets are given in bytes and code points, 0-based and half-open, into the text as given;
//! lines are 1-based; shares lie between 0 and 1 and are rounded to six decimals; what is missing is null. Rows are
//! made one at a time, so a result of any size can be streamed.

mod cluster;
mod document;
mod envelope;
mod pair;
mod passage;

use std::borrow::Cow;
use std::cell::OnceCell;

pub use cluster::{ClusterRow, EdgeRow, MemberRow};
pub use document::DocumentRow;
pub use envelope::{BeginRow, BoundRow, Counts, EndRow, RunRow, SettingRow, SkippedRow, WarningRow};
pub use pair::PairRow;
pub use passage::{EditsRow, PassageRow};
pub(crate) use passage::{exclude_reason_name, kind_name};

use crate::model::{Analysis, ByteSpan, DocId, Document, Findings, Held, StableId};
use crate::report::locate::{Checkpoints, Position};

/// Makes the rows of one analysis, in the order of its lists.
pub struct Rows<'a> {
    findings: &'a dyn Findings,
    analysis: &'a Analysis,
    // One a document, made when its first offset is asked for.
    checkpoints: Vec<OnceCell<Checkpoints>>,
}

impl<'a> Rows<'a> {
    /// Rows of `analysis`.
    #[must_use]
    pub fn new(findings: &'a dyn Findings) -> Rows<'a> {
        let analysis = findings.facts();
        Rows { findings, analysis, checkpoints: analysis.documents.iter().map(|_| OnceCell::new()).collect() }
    }

    /// What opens the stream: tool, version, settings.
    #[must_use]
    pub fn begin(&self) -> BeginRow<'a> {
        BeginRow::new(self.analysis)
    }

    /// The documents.
    pub fn documents(&self) -> impl Iterator<Item = DocumentRow<'a>> {
        (0..self.analysis.documents.len()).map(|index| DocumentRow::new(self, DocId::new(index)))
    }

    /// The document pairs.
    pub fn pairs(&self) -> impl Iterator<Item = PairRow<'a>> {
        self.findings.pairs().map(|pair| PairRow::new(self, &pair))
    }

    /// The passages of all pairs.
    pub fn passages(&self) -> impl Iterator<Item = PassageRow<'a>> {
        debug_assert_eq!(
            self.findings.pairs().map(|pair| pair.passages.len()).sum::<usize>(),
            self.findings.n_passages(),
            "every passage belongs to exactly one pair"
        );
        let pairs = self.findings.pairs().flat_map(|pair| std::iter::repeat_n(pair.id, pair.passages.len()));
        pairs.zip(self.findings.passages()).map(|(pair, passage)| PassageRow::new(self, pair, &passage))
    }

    /// The clusters.
    pub fn clusters(&self) -> impl Iterator<Item = ClusterRow<'a>> {
        self.analysis.clusters.iter().map(|cluster| ClusterRow::new(self, cluster))
    }

    /// The witnesses of all clusters.
    pub fn members(&self) -> impl Iterator<Item = MemberRow<'a>> {
        self.analysis.clusters.iter().flat_map(|cluster| {
            cluster.witnesses.iter().map(|witness| MemberRow::new(self, cluster.id, witness))
        })
    }

    /// Outlet × outlet.
    pub fn edges(&self) -> impl Iterator<Item = EdgeRow<'a>> {
        self.analysis.edges.iter().map(EdgeRow::new)
    }

    /// Remarks on inputs and on the run.
    pub fn warnings(&self) -> impl Iterator<Item = WarningRow<'a>> {
        self.analysis.warnings.iter().map(WarningRow::new)
    }

    /// What closes the tables: counts, what was skipped, bounds that were hit.
    #[must_use]
    pub fn end(&self) -> EndRow<'a> {
        EndRow::new(self.findings)
    }

    /// Whatever may differ between equal runs.
    #[must_use]
    pub fn run(&self) -> RunRow<'a> {
        RunRow::new(&self.analysis.run)
    }

    /// First and last line of `span` in `doc`, 1-based.
    #[must_use]
    pub fn lines(&self, doc: DocId, span: ByteSpan) -> (u32, u32) {
        let (start, end) = self.locate(doc, span);
        (start.line, end.line)
    }

    fn document(&self, doc: DocId) -> &'a Document {
        &self.analysis.documents[doc.index()]
    }

    fn text(&self, doc: DocId) -> Held<'a, str> {
        self.findings.text(doc)
    }

    fn slice(&self, doc: DocId, span: ByteSpan) -> Cow<'a, str> {
        match self.text(doc) {
            Held::Borrowed(text) => Cow::Borrowed(&text[span.range()]),
            Held::Shared(text) => Cow::Owned(text[span.range()].to_owned()),
        }
    }

    /// Where `span` begins and ends in `doc`. The last line is that of the last character inside, so a span that
    /// ends with a line break does not reach the next line.
    fn locate(&self, doc: DocId, span: ByteSpan) -> (Position, Position) {
        let text = self.text(doc);
        let checkpoints = self.checkpoints[doc.index()].get_or_init(|| Checkpoints::of(&text));
        let locate = |byte| checkpoints.locate(&text, byte);
        let last_byte = span.end().saturating_sub(1).max(span.start());
        (locate(span.start()), Position { line: locate(last_byte).line, ..locate(span.end()) })
    }
}

/// An identifier as outputs show it: `wc1-` and sixteen hexadecimal digits. The prefix names the version of the
/// derivation, so that ids of different versions never meet by chance.
#[must_use]
pub fn public_id(id: StableId) -> String {
    format!("wc1-{id}")
}

/// `value` to six decimals, so that the last digits of a sum of shares never differ between machines.
fn rounded(value: f64) -> f64 {
    // Adding zero turns −0 into 0.
    (value * 1e6).round() / 1e6 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_to_six_decimals() {
        let cases = [(0.0, "0.0"), (-0.0, "0.0"), (1.0, "1.0"), (1.0 / 3.0, "0.333333"), (-1e-9, "0.0")];
        for (value, expected) in cases {
            assert_eq!(serde_json::to_string(&rounded(value)).unwrap(), expected);
        }
    }

    #[test]
    fn ids_carry_their_version() {
        assert_eq!(public_id(StableId(0xABC)), "wc1-0000000000000abc");
    }
}
