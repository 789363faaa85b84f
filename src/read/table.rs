//! CSV and TSV: rows to records.

use std::io::{self, BufRead};

use serde_json::Value;

use crate::read::delimited::{Delimiter, Row, Rows};
use crate::read::fields::Fields;
use crate::read::reading::{Place, Reading};

/// Reads a record from every row under the header.
pub(super) fn read(
    mut input: impl BufRead,
    delimiter: Delimiter,
    reading: &mut Reading<'_>,
) -> io::Result<()> {
    let sep_line = input.fill_buf()?.starts_with(b"sep=");
    let mut rows = Rows::new(input, delimiter, reading.limit());
    if sep_line {
        rows.next_row()?;
    }
    let columns = match rows.next_row()? {
        Row::End => return Ok(()),
        Row::TooLong { line } => {
            reading.lost_too_long(line);
            return Ok(());
        }
        Row::Whole { .. } => columns(&rows, reading),
    };
    reading.begin_table(None);
    loop {
        match rows.next_row()? {
            Row::End => break,
            Row::TooLong { line } => reading.lost_too_long(line),
            Row::Whole { line } => read_row(&rows, &columns, line, reading),
        }
    }
    reading.end_table();
    Ok(())
}

/// Names of the columns; empty and repeated ones are told apart by their place.
pub(super) fn columns<R: BufRead>(rows: &Rows<R>, reading: &mut Reading<'_>) -> Vec<String> {
    let header: Vec<Vec<u8>> = rows.fields().map(<[u8]>::to_vec).collect();
    let names = header.iter().map(|field| reading.decode(field).text.trim().to_owned()).collect();
    distinct(names)
}

/// The names, empty and repeated ones told apart by their place (`column_3`, `text_4`).
pub(super) fn distinct(names: Vec<String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::with_capacity(names.len());
    for (at, name) in names.into_iter().enumerate() {
        let taken = name.is_empty() || seen.contains(&name);
        let stem = if name.is_empty() { "column" } else { &name };
        let name = if taken { format!("{stem}_{}", at + 1) } else { name };
        seen.push(name);
    }
    seen
}

fn read_row<R: BufRead>(rows: &Rows<R>, columns: &[String], line: u32, reading: &mut Reading<'_>) {
    let fields = rows.fields();
    let n_fields = fields.len();
    if n_fields > columns.len() && rows.fields().skip(columns.len()).any(|field| !field.is_empty()) {
        let n_columns = columns.len();
        let reason = format!(
            "has {n_fields} fields where the header has {n_columns}; put quotes around fields that hold the delimiter"
        );
        return reading.lost(line, reason);
    }
    // Decoded as one, so that its longest field decides the encoding of all.
    let joined: Vec<u8> = rows.fields().collect::<Vec<_>>().concat();
    let whole = reading.decode(&joined);
    let place = Place { line, encoding: whole.encoding, replaced: whole.replaced };
    let value = |field: &[u8]| match std::str::from_utf8(field) {
        Ok(text) => text.to_owned(),
        Err(_) => crate::read::encoding::decode(field, place.encoding).text.into_owned(),
    };
    let record: Fields =
        columns.iter().cloned().zip(fields.map(|field| Value::String(value(field)))).collect();
    if n_fields < columns.len() {
        reading.short_row(line);
    }
    reading.record(record, place);
}
