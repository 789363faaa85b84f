//! The rows of the result schema: the one place that maps the model to what other tools read.
//!
//! A struct a row type, its fields in the order of the columns; `serde` names and orders them, so every machine
//! format shows the same. Offsets are given in bytes and code points, 0-based and half-open, into the text as given;
//! lines are 1-based; shares lie between 0 and 1 and are rounded to six decimals; what is missing is null. Rows are
//! made one at a time, so a result of any size can be streamed.

mod cluster;
mod document;
mod envelope;
mod finding;
mod pair;
mod part;
mod passage;
mod recurring;

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

pub use cluster::{ClusterRow, EdgeRow, MemberRow};
pub use document::{DocumentRow, ZoneRow};
pub(crate) use document::{hexadecimal, text_sha256};
pub use envelope::{BeginRow, BoundRow, Counts, EndRow, RunRow, SettingRow, SkippedRow, WarningRow};
pub use finding::FindingRow;
pub use pair::PairRow;
pub(crate) use pair::order_name;
pub use part::{Part, Sink};
pub use passage::{EditsRow, PassageRow, StepsRow, TypedEditsRow};
pub(crate) use passage::{exclude_reason_name, kind_name};
pub use recurring::RecurringRow;

use serde::{Serialize, Serializer};

use crate::model::{Analysis, ByteSpan, DocId, Findings, Held, StableId};
use crate::report::locate::{Checkpoints, Position};
use crate::report::table::Table;

/// The columns of `table`, in order.
pub(super) fn columns(table: Table) -> &'static [&'static str] {
    match table {
        Table::Documents => DocumentRow::COLUMNS,
        Table::Pairs => PairRow::COLUMNS,
        Table::Passages => PassageRow::COLUMNS,
        Table::Clusters => ClusterRow::COLUMNS,
        Table::Members => MemberRow::COLUMNS,
        Table::Edges => EdgeRow::COLUMNS,
        Table::Recurring => RecurringRow::COLUMNS,
        Table::Warnings => WarningRow::COLUMNS,
        Table::Skipped => SkippedRow::COLUMNS,
        Table::Bounds => BoundRow::COLUMNS,
        Table::Settings => SettingRow::COLUMNS,
    }
}

/// Makes the rows of one analysis, in the order of its lists.
pub struct Rows<'a> {
    findings: &'a dyn Findings,
    analysis: &'a Analysis,
    // One a document, made when its first offset is asked for.
    checkpoints: Vec<OnceLock<Checkpoints>>,
}

impl<'a> Rows<'a> {
    /// Rows of `analysis`.
    #[must_use]
    pub fn new(findings: &'a dyn Findings) -> Rows<'a> {
        let analysis = findings.facts();
        Rows { findings, analysis, checkpoints: analysis.documents.iter().map(|_| OnceLock::new()).collect() }
    }

    /// What opens the stream: tool, version, settings.
    #[must_use]
    pub fn begin(&self) -> BeginRow<'a> {
        BeginRow::new(self.analysis)
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

    /// The text as given, even where it is hidden: places and hashes are those of the text itself.
    fn text(&self, doc: DocId) -> Held<'a, str> {
        self.findings.hidden().unwrap_or(self.findings).text(doc)
    }

    /// The words of `span`; none where they are hidden.
    fn slice(&self, doc: DocId, span: ByteSpan) -> Option<Cow<'a, str>> {
        if self.findings.hidden().is_some() {
            return None;
        }
        Some(match self.text(doc) {
            Held::Borrowed(text) => Cow::Borrowed(&text[span.range()]),
            Held::Shared(text) => Cow::Owned(text[span.range()].to_owned()),
        })
    }

    fn locate(&self, doc: DocId, span: ByteSpan) -> (Position, Position) {
        self.locate_in(&self.text(doc), doc, span)
    }

    /// Where `span` begins and ends in `doc`, whose text is `text`. The last line is that of the last character inside, so
    /// a span that ends with a line break does not reach the next line.
    fn locate_in(&self, text: &str, doc: DocId, span: ByteSpan) -> (Position, Position) {
        let checkpoints = self.checkpoints[doc.index()].get_or_init(|| Checkpoints::of(text));
        let last_byte = span.end().saturating_sub(1).max(span.start());
        let start = checkpoints.locate(text, span.start());
        let last = checkpoints.locate_after(text, (span.start(), start), last_byte);
        let end = checkpoints.locate_after(text, (last_byte, last), span.end());
        (start, Position { line: last.line, ..end })
    }
}

/// An identifier as outputs show it: `wc1-` and sixteen hexadecimal digits. The prefix names the version of the
/// derivation, so that ids of different versions never meet by chance.
#[must_use]
pub fn public_id(id: StableId) -> String {
    PublicId(id).to_string()
}

/// An identifier that is shown as [`public_id`] gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicId(pub StableId);

impl fmt::Display for PublicId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wc1-{}", self.0)
    }
}

impl Serialize for PublicId {
    /// Without the machinery of `Display`: a passage has four of them.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut shown = *b"wc1-0000000000000000";
        for (place, digit) in shown[4..].iter_mut().enumerate() {
            *digit = b"0123456789abcdef"[(self.0.0 >> (60 - 4 * place) & 0xf) as usize];
        }
        serializer.serialize_str(std::str::from_utf8(&shown).expect("digits are ASCII"))
    }
}

/// `value` to six decimals, so that the last digits of a sum of shares never differ between machines.
pub(in crate::report) fn rounded(value: f64) -> f64 {
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
        for (id, expected) in [(0xABC, "wc1-0000000000000abc"), (u64::MAX - 1, "wc1-fffffffffffffffe")] {
            assert_eq!(public_id(StableId(id)), expected);
            assert_eq!(serde_json::to_value(PublicId(StableId(id))).unwrap(), expected);
        }
    }
}
