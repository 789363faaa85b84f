//! JSON Lines and JSON, written part by part.
//!
//! JSON Lines: `begin`, then every table's rows, then `end`, then `run`; one compact object a line, `type` first.
//! Only the `run` line may differ between equal runs. JSON: one object with the same tables as arrays, a row a line,
//! `end` and `run` as its last two members. The verdict of a gate adds findings, in its order, after the tables. All threads of the run make rows; memory does not grow with the result.

use std::io::{self, Write};

use serde::Serialize;

use crate::model::{Findings, Observer, Verdict};
use crate::report::encode;
use crate::report::gate::passage_ids;
use crate::report::ordered::{in_order, threads};
use crate::report::rows::{EndRow, FindingRow, Part, Rows, Sink};
use crate::report::table::Table;

/// The tables that are lists of rows, in order, and the `type` of their rows.
const TABLES: [(Table, &str); 8] = [
    (Table::Documents, "document"),
    (Table::Pairs, "pair"),
    (Table::Passages, "passage"),
    (Table::Clusters, "cluster"),
    (Table::Members, "member"),
    (Table::Edges, "edge"),
    (Table::Recurring, "recurring"),
    (Table::Warnings, "warning"),
];

/// Writes `analysis` as JSON Lines; `observer` is told of rows.
///
/// # Errors
///
/// Whatever `out` reports; a closed pipe keeps its kind.
pub fn write_lines(analysis: &dyn Findings, out: &mut dyn Write, observer: &dyn Observer) -> io::Result<()> {
    write_judged_lines(analysis, None, out, observer)
}

/// The same with the findings of a gate, if there was one.
///
/// # Errors
///
/// As [`write_lines`].
pub(super) fn write_judged_lines(
    analysis: &dyn Findings,
    verdict: Option<&Verdict>,
    out: &mut dyn Write,
    observer: &dyn Observer,
) -> io::Result<()> {
    let rows = Rows::new(analysis);
    write_line("begin", &rows.begin(), out)?;
    let parts = TABLES.into_iter().flat_map(|(table, kind)| rows.parts(table).map(move |part| (part, kind)));
    let make = |(part, kind): (Part, &'static str)| {
        let mut lines = Lines { kind, bytes: Vec::new() };
        rows.put(&part, &mut lines).map(|n| (lines.bytes, n))
    };
    in_order(threads(analysis), parts, make, |(bytes, n)| {
        observer.advance(n as u64);
        out.write_all(&bytes)
    })?;
    if let Some(verdict) = verdict {
        each_finding(&rows, analysis, verdict, |row| write_line("finding", row, out))?;
    }
    write_line("end", &end(&rows, verdict), out)?;
    write_line("run", &rows.run(), out)?;
    out.flush()
}

/// What closes the tables; the count of findings is part of it where there was a gate.
fn end<'a>(rows: &Rows<'a>, verdict: Option<&Verdict>) -> EndRow<'a> {
    let mut end = rows.end();
    end.counts.findings = verdict.map(|verdict| verdict.findings.len());
    end
}

/// Hands the rows of the findings of `verdict` to `put`, in order.
fn each_finding(
    rows: &Rows<'_>,
    analysis: &dyn Findings,
    verdict: &Verdict,
    mut put: impl FnMut(&FindingRow<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let passages = passage_ids(analysis, verdict.findings.iter());
    verdict.findings.iter().try_for_each(|finding| {
        let passage = finding.passage.and_then(|index| passages.get(&index).copied());
        put(&FindingRow::new(rows, finding, passage))
    })
}

/// Rows as lines, each with its `type`.
struct Lines {
    kind: &'static str,
    bytes: Vec<u8>,
}

impl Sink for Lines {
    fn row(&mut self, row: &impl Serialize) -> io::Result<()> {
        self.bytes.extend_from_slice(b"{\"type\":\"");
        self.bytes.extend_from_slice(self.kind.as_bytes());
        self.bytes.push(b'"');
        // The brace that opens the row becomes the comma before its first field, of which every row has one.
        let brace = self.bytes.len();
        encode::put(row, &mut self.bytes)?;
        self.bytes[brace] = b',';
        self.bytes.push(b'\n');
        Ok(())
    }
}

fn write_line(kind: &'static str, row: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = Lines { kind, bytes: Vec::new() };
    lines.row(row)?;
    out.write_all(&lines.bytes)
}

/// Writes `analysis` as one JSON object; `observer` is told of rows.
///
/// # Errors
///
/// Whatever `out` reports; a closed pipe keeps its kind.
pub fn write_object(analysis: &dyn Findings, out: &mut dyn Write, observer: &dyn Observer) -> io::Result<()> {
    write_judged_object(analysis, None, out, observer)
}

/// The same with the findings of a gate, if there was one.
///
/// # Errors
///
/// As [`write_object`].
pub(super) fn write_judged_object(
    analysis: &dyn Findings,
    verdict: Option<&Verdict>,
    out: &mut dyn Write,
    observer: &dyn Observer,
) -> io::Result<()> {
    let rows = Rows::new(analysis);
    let begin = rows.begin();
    write!(out, "{{\"schema_version\":{}", begin.schema_version)?;
    write_member("tool", &begin.tool, out)?;
    write_member("version", &begin.version, out)?;
    write_member("settings", &begin.setting_values(), out)?;
    for (table, _) in TABLES {
        write!(out, ",\n\"{table}\":[")?;
        let make = |part: Part| {
            let mut items = Items(Vec::new());
            rows.put(&part, &mut items).map(|n| (items.0, n))
        };
        let mut is_first = true;
        in_order(threads(analysis), rows.parts(table), make, |(bytes, n)| {
            observer.advance(n as u64);
            // Items begin with a comma, which the first has none of.
            out.write_all(&bytes[usize::from(std::mem::take(&mut is_first))..])
        })?;
        out.write_all(b"]")?;
    }
    if let Some(verdict) = verdict {
        out.write_all(b",\n\"findings\":[")?;
        let mut is_first = true;
        each_finding(&rows, analysis, verdict, |row| {
            let mut items = Items(Vec::new());
            items.row(row)?;
            out.write_all(&items.0[usize::from(std::mem::take(&mut is_first))..])
        })?;
        out.write_all(b"]")?;
    }
    write_member("end", &end(&rows, verdict), out)?;
    write_member("run", &rows.run(), out)?;
    out.write_all(b"}\n")?;
    out.flush()
}

/// Rows as items of an array, each on a line of its own with a comma before it.
struct Items(Vec<u8>);

impl Sink for Items {
    fn row(&mut self, row: &impl Serialize) -> io::Result<()> {
        self.0.extend_from_slice(b",\n");
        encode::put(row, &mut self.0)
    }
}

fn write_member(name: &str, value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut bytes = format!(",\n\"{name}\":").into_bytes();
    encode::put(value, &mut bytes)?;
    out.write_all(&bytes)
}
