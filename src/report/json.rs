//! JSON Lines and JSON, written row by row.
//!
//! JSON Lines: `begin`, then every table's rows, then `end`, then `run`; one compact object a line, `type` first.
//! Only the `run` line may differ between equal runs. JSON: one object with the same tables as arrays, a row a line,
//! `end` and `run` as its last two members. Memory does not grow with the result.
//!
//! Beyond what JSON demands, control characters U+007F to U+009F, line separators and bidirectional controls are
//! escaped: the value is the same, and a result shown in a terminal cannot steer it.

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::model::Findings;
use crate::report::rows::{
    BeginRow, ClusterRow, DocumentRow, EdgeRow, EndRow, MemberRow, PairRow, PassageRow, Rows, RunRow,
    WarningRow,
};
use crate::report::sanitize;
use crate::report::table::Table;

/// A line of the stream; `type` names the variant.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line<'a> {
    Begin(BeginRow<'a>),
    Document(DocumentRow<'a>),
    Pair(PairRow<'a>),
    Passage(PassageRow<'a>),
    Cluster(ClusterRow<'a>),
    Member(MemberRow<'a>),
    Edge(EdgeRow<'a>),
    Warning(WarningRow<'a>),
    End(EndRow<'a>),
    Run(RunRow<'a>),
}

/// Writes `analysis` as JSON Lines.
///
/// # Errors
///
/// Whatever `out` reports; a closed pipe keeps its kind.
pub fn write_lines(analysis: &dyn Findings, out: &mut dyn Write) -> io::Result<()> {
    let rows = Rows::new(analysis);
    let mut out = BufWriter::new(out);
    let lines = std::iter::once(Line::Begin(rows.begin()))
        .chain(rows.documents().map(Line::Document))
        .chain(rows.pairs().map(Line::Pair))
        .chain(rows.passages().map(Line::Passage))
        .chain(rows.clusters().map(Line::Cluster))
        .chain(rows.members().map(Line::Member))
        .chain(rows.edges().map(Line::Edge))
        .chain(rows.warnings().map(Line::Warning))
        .chain([Line::End(rows.end()), Line::Run(rows.run())]);
    for line in lines {
        write_value(&line, &mut out)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Writes `analysis` as one JSON object.
///
/// # Errors
///
/// Whatever `out` reports; a closed pipe keeps its kind.
pub fn write_object(analysis: &dyn Findings, out: &mut dyn Write) -> io::Result<()> {
    let rows = Rows::new(analysis);
    let mut out = BufWriter::new(out);
    let begin = rows.begin();
    write!(out, "{{\"schema_version\":{},\n\"tool\":", begin.schema_version)?;
    write_value(&begin.tool, &mut out)?;
    out.write_all(b",\n\"version\":")?;
    write_value(&begin.version, &mut out)?;
    out.write_all(b",\n\"settings\":")?;
    write_value(&begin.setting_values(), &mut out)?;
    write_array(Table::Documents, rows.documents(), &mut out)?;
    write_array(Table::Pairs, rows.pairs(), &mut out)?;
    write_array(Table::Passages, rows.passages(), &mut out)?;
    write_array(Table::Clusters, rows.clusters(), &mut out)?;
    write_array(Table::Members, rows.members(), &mut out)?;
    write_array(Table::Edges, rows.edges(), &mut out)?;
    write_array(Table::Warnings, rows.warnings(), &mut out)?;
    out.write_all(b",\n\"end\":")?;
    write_value(&rows.end(), &mut out)?;
    out.write_all(b",\n\"run\":")?;
    write_value(&rows.run(), &mut out)?;
    out.write_all(b"}\n")?;
    out.flush()
}

fn write_array<R: Serialize>(
    table: Table,
    rows: impl Iterator<Item = R>,
    out: &mut impl Write,
) -> io::Result<()> {
    write!(out, ",\n\"{table}\":[")?;
    for (index, row) in rows.enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        write_value(&row, out)?;
    }
    out.write_all(b"]")
}

fn write_value(value: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    // An error of the writer comes back with its own kind.
    value.serialize(&mut Serializer::with_formatter(out, Escaping)).map_err(io::Error::from)
}

/// Compact JSON that also escapes what a terminal would act on.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // First bytes of the characters in question, so that most text needs no decoding.
        if !fragment.bytes().any(|byte| matches!(byte, 0x7f | 0xc2 | 0xd8 | 0xe2)) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut plain = 0;
        for (at, c) in fragment.char_indices().filter(|&(_, c)| steers(c)) {
            writer.write_all(&fragment.as_bytes()[plain..at])?;
            write!(writer, "\\u{:04x}", u32::from(c))?;
            plain = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[plain..])
    }
}

fn steers(c: char) -> bool {
    // All of them lie in the first plane, so four digits suffice.
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || sanitize::is_bidi_control(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character, alone: escaped when it steers, and read back as itself.
    #[test]
    fn escapes_all_that_steers_and_nothing_else() {
        for c in '\0'..=char::MAX {
            let mut written = Vec::new();
            write_value(&c.to_string(), &mut written).unwrap();
            let written = String::from_utf8(written).unwrap();
            assert!(!written.contains(steers), "{}", u32::from(c));
            let plain = serde_json::to_string(&c.to_string()).unwrap();
            assert_eq!(
                steers(c) && !c.is_ascii_control() || c == '\x7f',
                written != plain,
                "{}",
                u32::from(c)
            );
            assert_eq!(serde_json::from_str::<String>(&written).unwrap(), c.to_string());
        }
    }
}
