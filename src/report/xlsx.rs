//! Excel: a sheet a table, and a sheet that says what the columns are.
//!
//! The heading stays in view and has filters. Text is written as text, never as a formula or a link, numbers as numbers;
//! dates as the text of ISO 8601 they are elsewhere, since a cell of a date cannot say that only the month is known. Lists
//! are as in CSV: words of a closed list joined with `|`, texts as JSON; control characters become `�`.
//!
//! A sheet holds 1,048,576 rows and a cell 32,767 UTF-16 units: rows beyond are left out, longer texts are cut and end in `…`;
//! both are counted, told to the observer and written into the sheet of the codebook. Rows go to a temporary file as they
//! come, so memory does not grow with the result. Nothing in the file depends on clock or threads.

use std::io::{self, Seek, Write};

use rust_xlsxwriter::{
    ColNum, DocProperties, ExcelDateTime, Format, FormatAlign, RowNum, Workbook, Worksheet, XlsxError,
};

use crate::model::{Findings, Observer};
use crate::report::codebook::{Cell, Entry, Field, FieldKind, joined};
use crate::report::flat::each_row;
use crate::report::overview::plural;
use crate::report::table::Table;

/// What the format can hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Rows of a sheet, its heading included.
    pub(super) rows: RowNum,
    /// UTF-16 units of a cell.
    pub(super) units: usize,
}

/// The limits of Excel itself.
pub(super) const LIMITS: Limits = Limits { rows: 1_048_576, units: 32_767 };

/// Name of the sheet of columns.
const CODEBOOK: &str = "codebook";

/// Columns of that sheet, with their widths in characters.
const CODEBOOK_COLUMNS: [(&str, f64); 5] =
    [("table", 12.0), ("column", 26.0), ("type", 10.0), ("description", 90.0), ("values", 60.0)];

/// Writes `analysis` as a workbook; `observer` is told of rows and of limits that were hit.
///
/// # Errors
///
/// Whatever `out` or the folder of temporary files reports; a closed pipe keeps its kind.
pub(super) fn write(
    analysis: &dyn Findings,
    limits: Limits,
    out: &mut dyn Write,
    observer: &dyn Observer,
) -> io::Result<()> {
    let mut book = Workbook::new();
    // A fixed time, or equal results would differ.
    let time = ExcelDateTime::from_ymd(2000, 1, 1).map_err(other)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&time).set_comment("Made by wirecopy"));
    book.add_worksheet_with_constant_memory().map_err(other)?.set_name(CODEBOOK).map_err(other)?;
    let mut told = Vec::new();
    for table in Table::ALL {
        let entry = Entry::of(table);
        let sheet = book.add_worksheet_with_constant_memory().map_err(other)?;
        sheet.set_name(table.name()).map_err(other)?;
        let mut sheet = Sheet::new(sheet, limits);
        sheet.head(entry.fields.iter().map(|field| (field.name.as_str(), width(field)))).map_err(other)?;
        let kinds: Vec<FieldKind> = entry.fields.iter().map(|field| field.kind).collect();
        each_row(analysis, &entry, observer, |row| sheet.row(row, &kinds).map_err(other))?;
        let remarks = sheet.finish().map_err(other)?;
        remarks.iter().for_each(|remark| observer.note(&format!("xlsx: sheet {table}: {remark}")));
        told.push((entry, remarks));
    }
    let sheet = book.worksheet_from_name(CODEBOOK).map_err(other)?;
    // The codebook is as long as the schema, which no result moves.
    explain(Sheet::new(sheet, LIMITS), &told).map_err(other)?;
    let mut file = tempfile::tempfile()?;
    book.save_to_writer(&mut file).map_err(other)?;
    file.rewind()?;
    io::copy(&mut file, out)?;
    out.flush()
}

fn other(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error),
    }
}

/// Fills the sheet of columns.
fn explain(mut sheet: Sheet<'_>, told: &[(Entry, Vec<String>)]) -> Result<(), XlsxError> {
    sheet.head(CODEBOOK_COLUMNS.into_iter())?;
    for (entry, remarks) in told {
        let table = entry.table.name();
        let mut line = |cells: [&str; 5]| {
            sheet.row(cells.map(|text| Cell::Text(text.to_owned())).to_vec(), &[FieldKind::Text; 5])
        };
        line([table, "", "table", &entry.description, ""])?;
        for remark in remarks {
            line([table, "", "limit", remark, ""])?;
        }
        for field in &entry.fields {
            line([table, &field.name, kind_name(field.kind), &field.description, &values(field)])?;
        }
    }
    sheet.finish().map(drop)
}

/// What the cells of `field` may be, where the schema bounds them.
fn values(field: &Field) -> String {
    let told = field.bounds.iter().map(|(name, value)| match value.as_array() {
        Some(words) => words.iter().filter_map(|word| word.as_str()).collect::<Vec<_>>().join(", "),
        None => format!("{name} {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
    });
    let empty = field.nullable.then(|| "may be empty".to_owned());
    told.chain(empty).collect::<Vec<_>>().join("; ")
}

fn kind_name(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "text",
        FieldKind::Integer => "integer",
        FieldKind::Number => "number",
        FieldKind::Boolean => "boolean",
        FieldKind::Words => "list",
        FieldKind::List | FieldKind::Object | FieldKind::Objects => "JSON",
    }
}

/// Characters that a column is wide: room for its heading and the button of its filter, and for what is in it.
fn width(field: &Field) -> f64 {
    let of_cells: f64 = match field.kind {
        FieldKind::Text if field.name.ends_with("text") => 60.0,
        FieldKind::Text | FieldKind::Words | FieldKind::List | FieldKind::Object | FieldKind::Objects => 24.0,
        FieldKind::Integer | FieldKind::Number | FieldKind::Boolean => 8.0,
    };
    of_cells.max(field.name.len() as f64 + 4.0)
}

/// A sheet that is written row by row.
struct Sheet<'w> {
    sheet: &'w mut Worksheet,
    limits: Limits,
    next: RowNum,
    last_column: ColNum,
    /// Rows that found no room.
    left_out: usize,
    /// Texts that found no room.
    cut: usize,
}

impl<'w> Sheet<'w> {
    fn new(sheet: &'w mut Worksheet, limits: Limits) -> Sheet<'w> {
        Sheet { sheet, limits, next: 0, last_column: 0, left_out: 0, cut: 0 }
    }

    fn head<'n>(&mut self, columns: impl Iterator<Item = (&'n str, f64)>) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold().set_align(FormatAlign::Top);
        for ((name, width), column) in columns.zip(0..) {
            self.sheet.set_column_width(column, width)?;
            self.sheet.write_string_with_format(0, column, name, &bold)?;
            self.last_column = column;
        }
        self.sheet.set_freeze_panes(1, 0)?;
        self.next = 1;
        Ok(())
    }

    fn row(&mut self, cells: Vec<Cell>, kinds: &[FieldKind]) -> Result<(), XlsxError> {
        if self.next >= self.limits.rows {
            self.left_out += 1;
            return Ok(());
        }
        for ((cell, kind), column) in cells.into_iter().zip(kinds).zip(0..) {
            self.cell(column, cell, *kind)?;
        }
        self.next += 1;
        Ok(())
    }

    fn cell(&mut self, column: ColNum, cell: Cell, kind: FieldKind) -> Result<(), XlsxError> {
        match cell {
            Cell::Null => {}
            // Offsets and lags stay far below 2^53, up to which such numbers are exact.
            Cell::Integer(whole) => drop(self.sheet.write_number(self.next, column, whole as f64)?),
            Cell::Number(number) => drop(self.sheet.write_number(self.next, column, number)?),
            Cell::Boolean(is) => drop(self.sheet.write_boolean(self.next, column, is)?),
            Cell::Text(text) => self.text(column, &text)?,
            Cell::List(texts) => self.text(column, &joined(kind, &texts))?,
        }
        Ok(())
    }

    fn text(&mut self, column: ColNum, text: &str) -> Result<(), XlsxError> {
        if text.is_empty() {
            return Ok(());
        }
        let (text, is_cut) = fitting(text, self.limits.units);
        self.cut += usize::from(is_cut);
        self.sheet.write_string(self.next, column, text).map(drop)
    }

    /// What found no room.
    fn finish(self) -> Result<Vec<String>, XlsxError> {
        self.sheet.autofilter(0, 0, self.next.saturating_sub(1), self.last_column)?;
        let mut remarks = Vec::new();
        if self.left_out > 0 {
            remarks.push(format!(
                "{} left out, a sheet holds {}; take the format csv or parquet for all of them",
                plural(self.left_out, "row", "rows"),
                self.limits.rows
            ));
        }
        if self.cut > 0 {
            remarks.push(format!(
                "{} cut, a cell holds {} characters; take the format csv or parquet for whole texts",
                plural(self.cut, "cell", "cells"),
                self.limits.units
            ));
        }
        Ok(remarks)
    }
}

/// `text` without control characters and at most `units` UTF-16 units long, and whether it was cut.
pub(super) fn fitting(text: &str, units: usize) -> (String, bool) {
    let steers = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let safe = |c: char| if steers(c) { char::REPLACEMENT_CHARACTER } else { c };
    // A text of so many bytes has at most as many units.
    if text.len() <= units || text.encode_utf16().count() <= units {
        return (text.chars().map(safe).collect(), false);
    }
    let mut room = units.saturating_sub(1);
    let kept = text.chars().map_while(|c| {
        room = room.checked_sub(c.len_utf16())?;
        Some(safe(c))
    });
    let mut cut: String = kept.collect();
    cut.push('…');
    (cut, true)
}
