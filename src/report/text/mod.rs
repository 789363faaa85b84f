//! Text for a terminal: tables for a corpus, side by side for two documents.
//!
//! Everything that comes from outside passes `sanitize` before it gets here, so the only control characters written
//! are line feeds and, with [`RenderOptions::color`], this module's own colour sequences. Colour repeats what marks
//! say: `[-deleted-]`, `{+inserted+}`, `[~moved away~]`, `{~moved here~}`, `≠` before a changed number.

mod carriers;
mod columns;
mod paint;
mod sides;
mod wrap;

use std::io::{self, Write};

use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle,
};
use unicode_width::UnicodeWidthStr;

use crate::model::Findings;
use crate::report::overview::{self, Align, Grid, Hits, PairLayout, Remark, TwoDocuments};
use crate::report::{RenderOptions, View};
use paint::Paint;
use wrap::wrapped;

/// A heading, a line under it, cells; nothing else.
const LIGHT: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none())
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .content_lines(ContentLineStyle::none());

/// Columns of a terminal that a column of text needs at least to be readable: a short file name, `near duplicate,`.
const MIN_TEXT_WIDTH: usize = 16;

/// Narrowest terminal that is laid out for; below, lines run over.
const MIN_WIDTH: usize = 40;

/// Writes `analysis` as [`RenderOptions::view`] has it: the carriers of one text; or side by side when exactly two
/// documents were compared, otherwise a sentence, the most similar pairs, the most widely carried passages, outlet ×
/// outlet. Then what was skipped or left out.
///
/// # Errors
///
/// Whatever `out` reports; a closed pipe keeps its kind.
pub fn write(analysis: &dyn Findings, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let options = &RenderOptions { width: options.width.max(MIN_WIDTH), ..options.clone() };
    let mut out = io::BufWriter::new(out);
    match (options.view, TwoDocuments::of(analysis)) {
        (View::Carriers { of, articles, passages }, _) => {
            let hits = Hits::of(analysis, of, articles);
            let passages = passages && analysis.hidden().is_none();
            carriers::write(analysis, &hits, passages, options, &mut out)?;
        }
        (View::Shared, Some(two)) => sides::write(&*analysis.whole()?, &two, options, &mut out)?,
        (View::Shared, None) => write_tables(analysis, options, &mut out)?,
    }
    write_remarks(&overview::remarks(analysis, options.view, options.top), options, &mut out)?;
    out.flush()
}

fn write_tables(analysis: &dyn Findings, options: &RenderOptions, out: &mut impl Write) -> io::Result<()> {
    for line in wrapped(&overview::sentence(analysis), options.width, "") {
        writeln!(out, "{line}")?;
    }
    let grids = [
        laid_out(options.width, |layout| overview::pairs(analysis, options.top, layout)),
        overview::clusters(analysis, options.top),
        overview::edges(analysis, options.top),
        overview::articles(analysis, options.top),
        overview::recurring(analysis, options.top),
    ];
    grids.iter().flatten().try_for_each(|grid| write_grid(grid, options, out))
}

/// The table that `grid` makes: wide where it fits into `width` as it is, else stacked.
fn laid_out(width: usize, grid: impl Fn(PairLayout) -> Option<Grid>) -> Option<Grid> {
    match grid(PairLayout::Wide) {
        Some(wide) if table_width(&wide, usize::MAX) > width => grid(PairLayout::Stacked),
        wide => wide,
    }
}

/// `grid` as a table, or as a list where a table would break every word.
fn write_grid(grid: &Grid, options: &RenderOptions, out: &mut impl Write) -> io::Result<()> {
    let paint = Paint::new(options.color);
    writeln!(out, "\n{}", paint.bold(&grid.title))?;
    let lines: Vec<String> = match table_width(grid, MIN_TEXT_WIDTH) <= options.width {
        true => table(grid, options.width).lines().collect(),
        false => list(grid, options.width),
    };
    for line in lines {
        writeln!(out, "{}", line.trim_end())?;
    }
    if !grid.note.is_empty() {
        for line in wrapped(&grid.note, options.width, "") {
            writeln!(out, "{}", paint.faint(&line))?;
        }
    }
    Ok(())
}

fn table(grid: &Grid, width: usize) -> Table {
    let mut table = Table::new();
    table
        .load_style(LIGHT)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .set_header(grid.columns.iter().map(|column| Cell::new(column.heading)));
    for row in &grid.rows {
        table.add_row(row.iter().map(Cell::new));
    }
    for (index, column) in grid.columns.iter().enumerate() {
        let shown = table.column_mut(index).expect("the table has a column a heading");
        shown.set_padding((0, 1));
        if column.align == Align::Right {
            shown.set_cell_alignment(CellAlignment::Right);
            shown.set_constraint(ColumnConstraint::ContentWidth);
        } else if column_width(grid, index) <= MIN_TEXT_WIDTH {
            shown.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    table
}

/// Every row as a paragraph of `heading: cell`, for terminals too narrow for a table.
fn list(grid: &Grid, width: usize) -> Vec<String> {
    let flat = |text: &str| text.replace(",\n", ", ").replace('\n', " ");
    let paragraph = |row: &Vec<String>| {
        let cells = grid.columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
        let said: Vec<String> = cells
            .map(|(column, cell)| match column.heading {
                "#" => format!("{cell}."),
                heading => format!("{}: {};", flat(heading), flat(cell)),
            })
            .collect();
        wrapped(said.join(" ").trim_end_matches(';'), width, "   ")
    };
    grid.rows.iter().flat_map(paragraph).collect()
}

/// Columns of a terminal that `grid` takes when no column of text is wider than `text_width`.
fn table_width(grid: &Grid, text_width: usize) -> usize {
    let widths = grid.columns.iter().enumerate().map(|(index, column)| {
        let limit = if column.align == Align::Right { usize::MAX } else { text_width };
        // Two blanks stand between columns.
        column_width(grid, index).min(limit) + 2
    });
    widths.sum()
}

/// Width of the widest line in a column.
fn column_width(grid: &Grid, index: usize) -> usize {
    let cell_width = |cell: &str| cell.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
    let cells = grid.rows.iter().map(|row| cell_width(&row[index]));
    cells.max().unwrap_or(0).max(cell_width(grid.columns[index].heading))
}

fn write_remarks(remarks: &[Remark], options: &RenderOptions, out: &mut impl Write) -> io::Result<()> {
    for remark in remarks {
        writeln!(out)?;
        for line in wrapped(&remark.head, options.width, "") {
            writeln!(out, "{line}")?;
        }
        for item in &remark.items {
            let lines = wrapped(item, options.width.saturating_sub(2), "  ");
            for line in lines {
                writeln!(out, "  {line}")?;
            }
        }
    }
    Ok(())
}
