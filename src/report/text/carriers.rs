//! Who carries one text: a sentence, a table, and the passages of the articles in it if they are wanted.

use std::io::{self, Write};

use crate::model::{Analysis, Findings, Passage};
use crate::report::overview::{Hits, amount, around, document_line, passage_head};
use crate::report::text::paint::Paint;
use crate::report::text::sides::{Marks, write_blocks, write_head, write_more};
use crate::report::text::wrap::wrapped;
use crate::report::text::{laid_out, write_grid};
use crate::report::{RenderOptions, Rows, diff};

/// What the marks mean; short enough for any width.
const LEGEND: &str = "[-the text only-]  {+the article only+}  [~moved~]  {~moved~}";

/// Writes who carries a text, with the shared `passages` of those in the table.
pub(super) fn write(
    findings: &dyn Findings,
    hits: &Hits,
    passages: bool,
    options: &RenderOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    for line in wrapped(&hits.sentence(), options.width, "") {
        writeln!(out, "{line}")?;
    }
    let Some(grid) = laid_out(options.width, |layout| hits.table(findings, options.top, layout)) else {
        return Ok(());
    };
    write_grid(&grid, options, out)?;
    match passages {
        true => write_hits(&*findings.with_texts(&hits.shown(options.top))?, hits, options, out),
        false => Ok(()),
    }
}

fn write_hits(
    analysis: &Analysis,
    hits: &Hits,
    options: &RenderOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    let (paint, rows) = (Paint::new(options.color), Rows::new(analysis));
    let mut marks = Marks::default();
    for (hit, rank) in hits.ranked.iter().zip(1..).take(options.top) {
        let rule = "─".repeat(options.width);
        writeln!(out, "\n{}", paint.faint(&rule))?;
        let title = format!("#{} {}", amount(rank), document_line(analysis, hit.pair.b));
        for line in wrapped(&title, options.width, "   ") {
            writeln!(out, "{}", paint.bold(&line))?;
        }
        let passages = &analysis.passages[hit.pair.passages.clone()];
        for (passage, number) in passages.iter().zip(1..).take(options.passages) {
            write_head(&passage_head(analysis, &rows, passage), number, options, out)?;
            marks.note(&write_passage(analysis, passage, options, out)?);
        }
        write_more(passages.len(), options, out)?;
    }
    marks.write_legend(LEGEND, options, out)
}

/// Writes a passage between the words that stand around it in the article.
fn write_passage<'a>(
    analysis: &'a Analysis,
    passage: &Passage,
    options: &RenderOptions,
    out: &mut impl Write,
) -> io::Result<Vec<Vec<diff::Segment<'a>>>> {
    let blocks = diff::by_block(analysis, passage);
    let (before, after) = around(analysis, passage.b_doc, passage.b);
    write_faint(&before, options, out)?;
    write_blocks(&blocks, options, out)?;
    write_faint(&after, options, out)?;
    Ok(blocks)
}

fn write_faint(text: &str, options: &RenderOptions, out: &mut impl Write) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let paint = Paint::new(options.color);
    let lines = wrapped(text, options.width, "");
    lines.iter().try_for_each(|line| writeln!(out, "{}", paint.faint(line)))
}
