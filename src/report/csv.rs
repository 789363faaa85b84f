//! Comma-separated values: one file a table, streamed, as RFC 4180 says (CRLF line ends, quotes where needed).
//!
//! Columns are those of the rows, with two changes for a flat format: the counts of `edits` stand in columns of
//! their own (`edits.inserted`, …), and `meta` is a JSON object in one cell. Lists of words from a closed list (`tags`) are joined
//! with `|`, lists of texts (`tag_facts`) are a JSON array in one cell, since any mark may stand in them; null and a list of nothing are an
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
use crate::report::codebook::{Entry, FieldKind, joined};
use crate::report::ordered::{in_order, threads};
use crate::report::rows::{EditsRow, Part, Rows, Sink, columns};
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
    let kinds = list_kinds(table);
    let mut head = Cells::new(&kinds);
    let header: Vec<String> = columns.iter().flat_map(|&column| flat_columns(column)).collect();
    head.writer.write_record(&header).map_err(io_error)?;
    rows.put_few(table, &mut head)?;
    out.write_all(&head.into_bytes()?)?;
    let make = |part: Part| {
        let mut cells = Cells::new(&kinds);
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

/// The columns of `table`, in order, each with what parts its lists.
fn list_kinds(table: Table) -> Vec<(&'static str, FieldKind)> {
    let fields = Entry::of(table).fields;
    let is_words = |column: &str| fields.iter().any(|it| it.name == column && it.kind == FieldKind::Words);
    let kind = |column| if is_words(column) { FieldKind::Words } else { FieldKind::List };
    columns(table).iter().map(|&column| (column, kind(column))).collect()
}

/// Rows as lines of cells.
struct Cells<'k> {
    columns: &'k [(&'static str, FieldKind)],
    writer: Writer<Vec<u8>>,
}

impl<'k> Cells<'k> {
    fn new(columns: &'k [(&'static str, FieldKind)]) -> Cells<'k> {
        Cells { columns, writer: WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new()) }
    }

    fn into_bytes(self) -> io::Result<Vec<u8>> {
        self.writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
    }
}

impl Sink for Cells<'_> {
    fn row(&mut self, row: &impl Serialize) -> io::Result<()> {
        let row = serde_json::to_value(row)?;
        let fields = row.as_object().expect("a row is a struct");
        for (column, value) in self.columns.iter().zip(fields.values()) {
            write_field(*column, value, &mut self.writer)?;
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

fn write_field(
    (column, kind): (&str, FieldKind),
    value: &Value,
    writer: &mut Writer<Vec<u8>>,
) -> io::Result<()> {
    match value {
        Value::Object(edits) if column == "edits" => {
            edits.values().try_for_each(|edit| writer.write_field(cell(edit, kind).as_ref()))
        }
        _ => writer.write_field(cell(value, kind).as_ref()),
    }
    .map_err(io_error)
}

/// `value` as a cell of a column whose lists are of `kind`.
fn cell(value: &Value, kind: FieldKind) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::Bool(_) | Value::Number(_) => Cow::Owned(value.to_string()),
        Value::String(text) => harmless(Cow::Borrowed(text)),
        Value::Array(values) if values.iter().all(Value::is_string) => {
            let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            harmless(Cow::Owned(joined(kind, &texts)))
        }
        Value::Object(fields) if fields.is_empty() => Cow::Borrowed(""),
        Value::Array(_) | Value::Object(_) => harmless(Cow::Owned(value.to_string())),
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
            (json!(["a|b", "c"]), r#"["a|b","c"]"#),
            (json!(["=1"]), r#"["=1"]"#),
            (json!([]), ""),
            (json!({}), ""),
            (json!({"desk": "=x"}), r#"{"desk":"=x"}"#),
        ];
        for (value, expected) in cases {
            assert_eq!(cell(&value, FieldKind::List), expected, "{value}");
        }
        assert_eq!(cell(&json!(["quoted", "common"]), FieldKind::Words), "quoted|common");
    }
}
