//! Renders a result for people and for other tools.
//!
//! In: [`Findings`], an [`Analysis`](crate::model::Analysis) or one on disk. Out: text for a terminal, JSON, JSON
//! Lines, CSV, Markdown, an HTML page ([`html`]), Excel, Parquet or a network ([`graph`]), of [`Redacted`] findings without the
//! articles' words; of the verdict of a gate ([`gate`]) also SARIF, JUnit and what code hosts read. Nothing is
//! computed here that decides a result: no threshold, no alignment; the one exception is the word-by-word view of a
//! passage, which shows punctuation and spelling too and is therefore worked out from the two texts as given.
//!
//! All formats stand on [`rows`], which maps the model to the result schema ([`SCHEMA`]), or, for people, on an
//! overview made once for text and Markdown. Article text is taken to be hostile: what reaches a terminal, a
//! spreadsheet or a page passes `sanitize` or the format's own escaping first. Equal analyses give equal bytes.
//! Machine formats take time linear in the rows and constant memory; offsets are turned into code points through
//! checkpoints of each text ([`locate`]).

mod codebook;
pub mod csv;
pub mod diff;
mod encode;
mod flat;
mod folder;
pub mod format;
pub mod gate;
pub mod graph;
pub mod html;
pub mod json;
pub mod locate;
pub mod markdown;
mod names;
mod ordered;
mod overview;
mod package;
#[cfg(feature = "parquet")]
mod parquet;
pub mod redact;
pub mod rows;
pub mod sanitize;
mod scrub;
pub mod stored;
pub mod table;
#[cfg(feature = "cli")]
pub mod text;
pub mod time;
#[cfg(feature = "xlsx")]
mod xlsx;
mod xml;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

pub use csv::write_table as write_csv_table;
pub use folder::{tables_in, write_csv_folder, write_folder};
pub use format::{Format, FormatError};
pub use graph::Graph;
pub use html::HtmlOptions;
pub use locate::{Locator, Position};
pub use package::FILE_NAME as CODEBOOK;
pub use redact::{Redacted, is_redacted};
pub use rows::Rows;
pub use table::{Table, UnknownTable};

use crate::model::{DocId, Findings, Observer, Silent};

/// Version of the result schema; grows when a column changes its meaning or goes away, not when one is added.
pub const SCHEMA_VERSION: u32 = 1;

/// JSON Schema (draft 2020-12) of a JSON Lines row and of the JSON object.
pub const SCHEMA: &str = include_str!("schema/result.schema.json");

/// What the formats for people are about; the machine formats show everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// What all the documents share: two side by side, more in tables.
    #[default]
    Shared,
    /// Who carries words of one document, which is side a of its pairs.
    Carriers {
        /// The document.
        of: DocId,
        /// Number of articles it was looked for in.
        articles: usize,
        /// Whether the passages of the carriers in the table are shown.
        passages: bool,
    },
}

/// What can be chosen about the formats for people; the machine formats show everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderOptions {
    /// Whether the text format uses colours. Nothing is said by colour alone.
    pub color: bool,
    /// Columns of the terminal; from 100 on two documents stand side by side.
    pub width: usize,
    /// Rows of each table and lines of each list.
    pub top: usize,
    /// Passages shown in full when two documents are compared.
    pub passages: usize,
    /// Unchanged words shown before and after a change when two documents are compared; what lies between is
    /// counted.
    pub context_words: usize,
    /// The table that [`Format::Csv`] and [`Format::Parquet`] write.
    pub table: Table,
    /// The network that [`Format::Gexf`] and [`Format::Graphml`] write; that of [`Graph::of`] unless given.
    pub graph: Option<Graph>,
    /// What text and Markdown are about.
    pub view: View,
    /// What the report holds.
    pub html: HtmlOptions,
}

impl Default for RenderOptions {
    fn default() -> RenderOptions {
        RenderOptions {
            color: false,
            width: 100,
            top: 10,
            passages: 50,
            context_words: 40,
            table: Table::Pairs,
            graph: None,
            view: View::Shared,
            html: HtmlOptions::default(),
        }
    }
}

/// Rows that [`write_observed`] tells of where it writes `format`: those of the tables in it; none of formats for people.
#[must_use]
pub fn n_rows(analysis: &dyn Findings, format: Format, table: Table) -> u64 {
    let counts = Rows::new(analysis).end().counts;
    let of = |table| match table {
        Table::Documents => counts.documents,
        Table::Pairs => counts.pairs,
        Table::Passages => counts.passages,
        Table::Clusters => counts.clusters,
        Table::Members => counts.members,
        Table::Edges => counts.edges,
        Table::Recurring => counts.recurring,
        Table::Warnings => counts.warnings,
        Table::Skipped | Table::Bounds | Table::Settings => 0,
    };
    let n = match format {
        Format::Text | Format::Markdown => 0,
        Format::Json | Format::Jsonl | Format::Xlsx => Table::ALL.map(of).iter().sum(),
        Format::Csv | Format::Parquet => of(table),
        Format::Html => of(Table::Pairs),
        Format::Gexf | Format::Graphml => counts.documents + counts.pairs,
    };
    n as u64
}

/// Writes `analysis` in `format`.
///
/// # Errors
///
/// Something of it cannot be read back; what was written by then is not all of it. Whatever `out` reports, with its kind: a closed pipe stays [`io::ErrorKind::BrokenPipe`].
/// [`io::ErrorKind::Unsupported`] for a format whose feature (`cli` for [`Format::Text`], `xlsx`, `parquet`) the library was
/// built without.
pub fn write(
    analysis: &dyn Findings,
    format: Format,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_observed(analysis, format, options, out, &Silent)
}

/// The same, while `observer` is told of the rows written.
///
/// # Errors
///
/// As [`write()`].
pub fn write_observed(
    analysis: &dyn Findings,
    format: Format,
    options: &RenderOptions,
    out: &mut dyn Write,
    observer: &dyn Observer,
) -> io::Result<()> {
    let network = |dialect, out| {
        let graph = options.graph.unwrap_or_else(|| Graph::of(analysis));
        graph::write(analysis, (dialect, graph), out, observer)
    };
    let written = match format {
        #[cfg(feature = "cli")]
        Format::Text => text::write(analysis, options, out),
        #[cfg(feature = "xlsx")]
        Format::Xlsx => xlsx::write(analysis, xlsx::LIMITS, out, observer),
        #[cfg(feature = "parquet")]
        Format::Parquet => parquet::write(analysis, options.table, out, observer),
        Format::Gexf => network(graph::Dialect::Gexf, out),
        Format::Graphml => network(graph::Dialect::Graphml, out),
        Format::Json => json::write_object(analysis, out, observer),
        Format::Jsonl => json::write_lines(analysis, out, observer),
        Format::Csv => csv::write_rows(analysis, options.table, out, observer),
        Format::Markdown => markdown::write(analysis, options, out),
        Format::Html => html::write(analysis, &options.html, out, observer),
        #[cfg(not(all(feature = "cli", feature = "xlsx", feature = "parquet")))]
        format => Err(left_out(format)),
    };
    analysis.check()?;
    written
}

/// The error for a format that this build does not have.
#[cfg(not(all(feature = "cli", feature = "xlsx", feature = "parquet")))]
fn left_out(format: Format) -> io::Error {
    let feature = if format == Format::Text { "cli" } else { format.name() };
    io::Error::new(
        io::ErrorKind::Unsupported,
        format!(
            "the format {format} was left out of this build; enable the feature `{feature}` or choose another format"
        ),
    )
}
