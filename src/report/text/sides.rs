//! Two documents side by side: what each is, what they share, every passage word by word.

use std::io::{self, Write};

use crate::model::{Analysis, DocumentPair};
use crate::report::diff::{Change, Segment};
use crate::report::overview::{TwoDocuments, amount, document_line, pair_sentence, passage_head, plural};
use crate::report::text::columns::{inline, side_by_side};
use crate::report::text::paint::Paint;
use crate::report::text::wrap::wrapped;
use crate::report::{RenderOptions, Rows, diff};

/// Width from which two columns are wide enough to read.
const TWO_COLUMNS_FROM: usize = 100;

/// What the marks mean; short enough for any width.
const LEGEND: &str = "[-a only-]  {+b only+}  [~moved~]  {~moved~}";

/// What the signs before them mean.
const SIGNS: &str = "≠ another number, date or name  ≈ another form only";

/// What stands between two statements of one passage.
const NEXT_BLOCK: &str = "· · ·";

/// Width of what stands between the columns.
const SEPARATOR: usize = 3;

/// Writes what the two documents are, what they share, and every passage.
pub(super) fn write(
    analysis: &Analysis,
    two: &TwoDocuments,
    options: &RenderOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    let paint = Paint::new(options.color);
    for (side, doc) in [("a", two.a), ("b", two.b)] {
        for (index, line) in wrapped(&document_line(analysis, doc), options.width - 3, "").iter().enumerate()
        {
            writeln!(out, "{}  {line}", paint.bold(if index == 0 { side } else { " " }))?;
        }
    }
    writeln!(out)?;
    for line in wrapped(&pair_sentence(two.pair.as_ref()), options.width, "") {
        writeln!(out, "{line}")?;
    }
    let Some(pair) = &two.pair else { return Ok(()) };
    write_passages(analysis, pair, options, out)
}

fn write_passages(
    analysis: &Analysis,
    pair: &DocumentPair,
    options: &RenderOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    let rows = Rows::new(analysis);
    let passages = &analysis.passages[pair.passages.clone()];
    let mut marks = Marks::default();
    for (passage, number) in passages.iter().zip(1..).take(options.passages) {
        write_head(&passage_head(analysis, &rows, passage), number, options, out)?;
        let blocks = diff::by_block(analysis, passage);
        marks.note(&blocks);
        write_blocks(&blocks, options, out)?;
    }
    marks.write_legend(LEGEND, options, out)?;
    write_more(passages.len(), options, out)
}

/// Which kinds of marks were used, so that only these are explained.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    changes: bool,
    signs: bool,
}

impl Marks {
    /// Notes what is used in `blocks`.
    pub(super) fn note(&mut self, blocks: &[Vec<Segment<'_>>]) {
        let any = |is: fn(Change) -> bool| blocks.iter().flatten().any(|segment| is(segment.change));
        self.changes |= any(|change| change != Change::Same);
        self.signs |= any(|change| matches!(change, Change::Number | Change::Name | Change::Form));
    }

    /// Writes what the marks mean, `legend` for those of a change.
    pub(super) fn write_legend(
        self,
        legend: &str,
        options: &RenderOptions,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let paint = Paint::new(options.color);
        if self.changes {
            writeln!(out, "\n{}", paint.faint(legend))?;
        }
        if self.signs {
            writeln!(out, "{}", paint.faint(SIGNS))?;
        }
        Ok(())
    }
}

/// Writes what is to be known about passage `number` besides its words.
pub(super) fn write_head(
    head: &[String],
    number: u64,
    options: &RenderOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    let paint = Paint::new(options.color);
    let number = format!("{:<3}", amount(number));
    let lines = wrapped(&head.join(" · "), options.width.saturating_sub(number.len()), "");
    writeln!(out)?;
    for (index, line) in lines.iter().enumerate() {
        let begin = if index == 0 { &number } else { "   " };
        writeln!(out, "{}", paint.bold(&format!("{begin}{line}")))?;
    }
    Ok(())
}

/// Says how many of `n` passages are not shown.
pub(super) fn write_more(n: usize, options: &RenderOptions, out: &mut impl Write) -> io::Result<()> {
    if n > options.passages {
        let more = plural(n - options.passages, "more passage", "more passages");
        writeln!(out, "\n… and {more}; --format jsonl lists them all")?;
    }
    Ok(())
}

/// Writes the words of a passage, block by block.
pub(super) fn write_blocks(
    blocks: &[Vec<Segment<'_>>],
    options: &RenderOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    let paint = Paint::new(options.color);
    for (index, segments) in blocks.iter().enumerate() {
        if index > 0 {
            writeln!(out, "{}", paint.faint(NEXT_BLOCK))?;
        }
        let lines = match options.width >= TWO_COLUMNS_FROM {
            true => side_by_side(segments, (options.width - SEPARATOR) / 2, options.context_words, paint),
            false => inline(segments, options.width, options.context_words, paint),
        };
        for line in lines {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
