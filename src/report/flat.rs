//! Rows as cells, for formats that keep types: one table after another, streamed.
//!
//! In: the rows of a table. Out: their cells in the order of its [`Entry`]. All threads of the run make cells; some
//! thousand rows exist at a time.

use std::io;

use serde::Serialize;

use crate::model::{Findings, Observer};
use crate::report::codebook::{Cell, Entry};
use crate::report::ordered::{in_order, threads};
use crate::report::rows::{Part, Rows, Sink};

/// Hands every row of the table of `entry` to `take`, in order; `observer` is told of them.
///
/// # Errors
///
/// What `take` reports; or something cannot be read back, and what was taken is void.
pub(super) fn each_row(
    analysis: &dyn Findings,
    entry: &Entry,
    observer: &dyn Observer,
    mut take: impl FnMut(Vec<Cell>) -> io::Result<()>,
) -> io::Result<()> {
    let rows = Rows::new(analysis);
    let mut few = Flat { entry, rows: Vec::new() };
    rows.put_few(entry.table, &mut few)?;
    few.rows.into_iter().try_for_each(&mut take)?;
    let make = |part: Part| {
        let mut flat = Flat { entry, rows: Vec::new() };
        rows.put(&part, &mut flat)?;
        Ok(flat.rows)
    };
    let taken = in_order(threads(analysis), rows.parts(entry.table), make, |made| {
        observer.advance(made.len() as u64);
        made.into_iter().try_for_each(&mut take)
    });
    analysis.check()?;
    taken
}

/// Rows as cells.
struct Flat<'e> {
    entry: &'e Entry,
    rows: Vec<Vec<Cell>>,
}

impl Sink for Flat<'_> {
    fn row(&mut self, row: &impl Serialize) -> io::Result<()> {
        let row = serde_json::to_value(row)?;
        self.rows.push(self.entry.fields.iter().map(|field| field.cell(&row)).collect());
        Ok(())
    }
}
