//! Comma-separated values: one file a table, streamed, as RFC 4180 says (CRLF line ends, quotes where needed).
//!
//! Columns are those of the rows, with two changes for a flat format: the counts of `edits` stand in columns of
//! their own (`edits.inserted`, …), and `meta` is a JSON object in one cell. Lists are joined with `|`; null is an
//! empty cell.
//!
//! Spreadsheets run a cell that begins with `=`, `+`, `-`, `@`, a tab or a line break as a formula. A text cell of
//! that kind gets an apostrophe in front (as OWASP advises on CSV injection); columns of numbers are never touched.
//! Control characters other than tab and line breaks become `�`, one for one, so lengths in code points still hold.

use std::borrow::Cow;
use std::io::{self, Write};

use ::csv::{ErrorKind, Terminator, Writer, WriterBuilder};
use serde::Serialize;
use serde_json::Value;

use crate::model::{Findings, Observer, Silent};
use crate::report::json::threads;
use crate::report::ordered::in_order;
use crate::report::rows::{
    BoundRow, ClusterRow, DocumentRow, EdgeRow, EditsRow, MemberRow, PairRow, Part, PassageRow, Rows,
    SettingRow, Sink, SkippedRow, WarningRow,
};
use crate::report::table::Table;

/// Writes one table of `analysis`, a header line first.
///
/// # Errors
///
/// Whatever `out` reports; a closed pipe keeps its kind.
pub fn write_table(analysis: &dyn Findings, table: Table, out: &mut dyn Write) -> io::Result<()> {
    write_rows(analysis, table, out, &Silent)
}

/// Writes one table; `observer` is told of rows.
///
/// # Errors
///
/// Whatever `out` reports; a closed pipe keeps its kind.
pub(super) fn write_rows(
    analysis: &dyn Findings,
    table: Table,
    out: &mut dyn Write,
    observer: &dyn Observer,
) -> io::Result<()> {
    let rows = Rows::new(analysis);
    let columns = columns(table);
    let mut head = Cells::new(columns);
    let header: Vec<String> = columns.iter().flat_map(|&column| flat_columns(column)).collect();
    head.writer.write_record(&header).map_err(io_error)?;
    rows.put_few(table, &mut head)?;
    out.write_all(&head.into_bytes()?)?;
    let make = |part: Part| {
        let mut cells = Cells::new(columns);
        let n = rows.put(&part, &mut cells)?;
        Ok((cells.into_bytes()?, n))
    };
    let written = in_order(threads(analysis), rows.parts(table), make, |(bytes, n)| {
        observer.advance(n as u64);
        out.write_all(&bytes)
    });
    analysis.check()?;
    written?;
    out.flush()
}

/// The columns of `table`, in order.
pub(super) fn columns(table: Table) -> &'static [&'static str] {
    match table {
        Table::Documents => DocumentRow::COLUMNS,
        Table::Pairs => PairRow::COLUMNS,
        Table::Passages => PassageRow::COLUMNS,
        Table::Clusters => ClusterRow::COLUMNS,
        Table::Members => MemberRow::COLUMNS,
        Table::Edges => EdgeRow::COLUMNS,
        Table::Warnings => WarningRow::COLUMNS,
        Table::Skipped => SkippedRow::COLUMNS,
        Table::Bounds => BoundRow::COLUMNS,
        Table::Settings => SettingRow::COLUMNS,
    }
}

/// Rows as lines of cells.
struct Cells {
    columns: &'static [&'static str],
    writer: Writer<Vec<u8>>,
}

impl Cells {
    fn new(columns: &'static [&'static str]) -> Cells {
        Cells { columns, writer: WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new()) }
    }

    fn into_bytes(self) -> io::Result<Vec<u8>> {
        self.writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
    }
}

impl Sink for Cells {
    fn row(&mut self, row: &impl Serialize) -> io::Result<()> {
        let row = serde_json::to_value(row)?;
        let fields = row.as_object().expect("a row is a struct");
        for (&column, value) in self.columns.iter().zip(fields.values()) {
            write_field(column, value, &mut self.writer)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(io_error)
    }
}

fn flat_columns(column: &str) -> Vec<String> {
    match column {
        "edits" => EditsRow::COLUMNS.iter().map(|edit| format!("edits.{edit}")).collect(),
        _ => vec![column.to_owned()],
    }
}

fn write_field(column: &str, value: &Value, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    match value {
        Value::Object(edits) if column == "edits" => {
            edits.values().try_for_each(|edit| writer.write_field(cell(edit).as_ref()))
        }
        _ => writer.write_field(cell(value).as_ref()),
    }
    .map_err(io_error)
}

fn cell(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::Bool(_) | Value::Number(_) => Cow::Owned(value.to_string()),
        Value::String(text) => harmless(Cow::Borrowed(text)),
        // Objects hold what a list of words cannot part.
        Value::Array(values) if values.iter().any(Value::is_object) => {
            harmless(Cow::Owned(value.to_string()))
        }
        Value::Array(values) => {
            let values: Vec<Cow<'_, str>> = values.iter().map(plain).collect();
            harmless(Cow::Owned(values.join("|")))
        }
        Value::Object(fields) if fields.is_empty() => Cow::Borrowed(""),
        Value::Object(_) => harmless(Cow::Owned(value.to_string())),
    }
}

fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        _ => Cow::Owned(value.to_string()),
    }
}

/// `text` as a cell that neither a spreadsheet nor a terminal acts on.
fn harmless(text: Cow<'_, str>) -> Cow<'_, str> {
    let steers = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    // C1 controls begin with the byte 0xc2; the check spares most text the decoding.
    let suspect = text.bytes().any(|byte| byte < b' ' || matches!(byte, 0x7f | 0xc2));
    let text = match suspect && text.contains(steers) {
        true => Cow::Owned(text.replace(steers, "\u{fffd}")),
        false => text,
    };
    // The full-width forms count because some spreadsheets fold them.
    match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        true => Cow::Owned(format!("'{text}")),
        false => text,
    }
}

/// The writer's own error with its kind, which the conversion of the `csv` package would lose.
fn io_error(error: ::csv::Error) -> io::Error {
    let message = error.to_string();
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        _ => io::Error::other(message),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_text_cell_is_a_formula_and_no_number_is_touched() {
        let cases = [
            (json!("=cmd()"), "'=cmd()"),
            (json!("+1"), "'+1"),
            (json!("-x"), "'-x"),
            (json!("@SUM"), "'@SUM"),
            (json!("\t=1"), "'\t=1"),
            (json!("\r=1"), "'\r=1"),
            (json!("\n=1"), "'\n=1"),
            (json!("＝1"), "'＝1"),
            (json!("a=1"), "a=1"),
            (json!("esc\u{1b}[0m\u{9b}"), "esc�[0m�"),
            (json!(-7200), "-7200"),
            (json!(0.5), "0.5"),
            (json!(null), ""),
            (json!(true), "true"),
            (json!(["quoted", "common"]), "quoted|common"),
            (json!(["=1"]), "'=1"),
            (json!([]), ""),
            (json!({}), ""),
            (json!({"desk": "=x"}), r#"{"desk":"=x"}"#),
        ];
        for (value, expected) in cases {
            assert_eq!(cell(&value), expected, "{value}");
        }
    }
}
