//! Markdown (GitHub flavour): the overview of the text format for an issue, a pull request or a page.
//!
//! Text from outside cannot become markup: punctuation that Markdown acts on is escaped, `<`, `>` and `&` become
//! entities, and an empty comment breaks what a site would turn into a link, a mention or an issue number.

use std::io::{self, BufWriter, Write};

use crate::model::{Analysis, DocumentPair, Findings};
use crate::report::diff::{self, Change, Segment, Word};
use crate::report::overview::{self, Align, Grid, Hits, PairLayout, Remark, TwoDocuments};
use crate::report::{RenderOptions, Rows, View};

/// Writes `analysis` as [`RenderOptions::view`] has it: the tables of the text format, or for two documents their passages with deletions struck out
/// and insertions underlined. [`RenderOptions::color`] and [`RenderOptions::width`] do not matter.
///
/// # Errors
///
/// Whatever `out` reports; a closed pipe keeps its kind.
pub fn write(analysis: &dyn Findings, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    match (options.view, TwoDocuments::of(analysis)) {
        (View::Carriers { of, articles, passages }, _) => {
            let hits = Hits::of(analysis, of, articles);
            let passages = passages && analysis.hidden().is_none();
            write_carriers(analysis, &hits, passages, options, &mut out)?;
        }
        (View::Shared, Some(two)) => write_two(&*analysis.whole()?, &two, options, &mut out)?,
        (View::Shared, None) => write_tables(analysis, options, &mut out)?,
    }
    for remark in overview::remarks(analysis, options.view, options.top) {
        write_remark(&remark, &mut out)?;
    }
    out.flush()
}

fn write_tables(analysis: &dyn Findings, options: &RenderOptions, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", escaped(&overview::sentence(analysis)))?;
    let grids = [
        overview::pairs(analysis, options.top, PairLayout::Wide),
        overview::clusters(analysis, options.top),
        overview::edges(analysis, options.top),
        overview::articles(analysis, options.top),
        overview::recurring(analysis, options.top),
    ];
    grids.iter().flatten().try_for_each(|grid| write_grid(grid, out))
}

fn write_grid(grid: &Grid, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\n### {}\n", escaped(&grid.title))?;
    let cells = |cells: &mut dyn Iterator<Item = String>| cells.collect::<Vec<String>>().join(" | ");
    let headings = cells(&mut grid.columns.iter().map(|column| escaped(column.heading)));
    let rules = cells(&mut grid.columns.iter().map(|column| match column.align {
        Align::Left => "---".to_owned(),
        Align::Right => "---:".to_owned(),
    }));
    writeln!(out, "| {headings} |\n| {rules} |")?;
    for row in &grid.rows {
        writeln!(out, "| {} |", cells(&mut row.iter().map(|cell| escaped(cell))))?;
    }
    match grid.note.as_str() {
        "" => Ok(()),
        note => writeln!(out, "\n{}", escaped(note)),
    }
}

fn write_two(
    analysis: &Analysis,
    two: &TwoDocuments,
    options: &RenderOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    for (side, doc) in [("a", two.a), ("b", two.b)] {
        writeln!(out, "- {side}: {}", escaped(&overview::document_line(analysis, doc)))?;
    }
    writeln!(out, "\n{}", escaped(&overview::pair_sentence(two.pair.as_ref())))?;
    match &two.pair {
        Some(pair) => write_passages(analysis, pair, Quoting::Pair, options, out),
        None => Ok(()),
    }
}

fn write_carriers(
    findings: &dyn Findings,
    hits: &Hits,
    passages: bool,
    options: &RenderOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "{}", escaped(&hits.sentence()))?;
    let Some(grid) = hits.table(findings, options.top, PairLayout::Wide) else { return Ok(()) };
    write_grid(&grid, out)?;
    if !passages {
        return Ok(());
    }
    let analysis = findings.with_texts(&hits.shown(options.top))?;
    for (hit, rank) in hits.ranked.iter().zip(1..).take(options.top) {
        let line = overview::document_line(&analysis, hit.pair.b);
        writeln!(out, "\n### {}", escaped(&format!("{}: {line}", overview::amount(rank))))?;
        write_passages(&analysis, &hit.pair, Quoting::Carrier, options, out)?;
    }
    Ok(())
}

/// How passages are quoted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quoting {
    /// Those of two documents, which are all there is.
    Pair,
    /// Those of one carrier among several, between the words that stand around them in it.
    Carrier,
}

fn write_passages(
    analysis: &Analysis,
    pair: &DocumentPair,
    quoting: Quoting,
    options: &RenderOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    let rows = Rows::new(analysis);
    let passages = &analysis.passages[pair.passages.clone()];
    for (passage, number) in passages.iter().zip(1..).take(options.passages) {
        let head = overview::passage_head(analysis, &rows, passage).join(" · ");
        let level = if quoting == Quoting::Carrier { "####" } else { "###" };
        writeln!(out, "\n{level} {}\n", escaped(&format!("{}: {head}", overview::amount(number))))?;
        let blocks = diff::by_block(analysis, passage);
        let words = |segments: &Vec<Segment<'_>>| {
            let words: String = segments.iter().map(marked_up).collect();
            block(words.trim_start())
        };
        let mut quoted: Vec<String> = blocks.iter().map(words).collect();
        if quoting == Quoting::Carrier {
            let (before, after) = overview::around(analysis, passage.b_doc, passage.b);
            quoted.insert(0, block(&escaped(&before)));
            quoted.push(block(&escaped(&after)));
            quoted.retain(|part| !part.is_empty());
        }
        writeln!(out, "> {}", quoted.join("\n>\n> "))?;
    }
    if passages.len() > options.passages {
        let more = overview::plural(passages.len() - options.passages, "more passage", "more passages");
        writeln!(out, "\n… and {more}; `--format jsonl` lists them all")?;
    }
    Ok(())
}

fn marked_up(segment: &Segment<'_>) -> String {
    let (a, b) = (element("del", &segment.a), element("ins", &segment.b));
    match segment.change {
        Change::Same => running(&segment.b),
        Change::Number | Change::Name => format!("{a}{b} (≠)"),
        Change::Form => format!("{a}{b} (≈)"),
        Change::MovedAway => format!("{a} (moved)"),
        Change::MovedHere => format!("{b} (moved here)"),
        Change::Deleted | Change::Inserted | Change::Replaced => format!("{a}{b}"),
    }
}

/// `words` inside an element, with the blank before them outside.
fn element(name: &str, words: &[Word<'_>]) -> String {
    match words.first() {
        None => String::new(),
        Some(first) => {
            let blank = if first.spaced { " " } else { "" };
            format!("{blank}<{name}>{}</{name}>", running(words).trim_start())
        }
    }
}

fn running(words: &[Word<'_>]) -> String {
    words
        .iter()
        .map(|word| format!("{}{}", if word.spaced { " " } else { "" }, escaped(&word.text)))
        .collect()
}

fn write_remark(remark: &Remark, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\n{}", escaped(&remark.head))?;
    if !remark.items.is_empty() {
        writeln!(out)?;
    }
    remark.items.iter().try_for_each(|item| writeln!(out, "- {}", block(&escaped(item))))
}

/// `text`, which has no control characters but our own line breaks, as Markdown that shows just these characters.
pub(super) fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match c {
            '\n' => shown.push(' '),
            '<' => shown += "&lt;",
            '>' => shown += "&gt;",
            '&' => shown += "&amp;",
            // What follows would become a mention, an issue number, or part of a link.
            '@' | '#' if rest[1..].starts_with(char::is_alphanumeric) => {
                shown += if c == '@' { "@<!-- -->" } else { "\\#<!-- -->" };
            }
            ':' if rest.starts_with("://") => shown += ":<!-- -->",
            '.' if ends_in_www(&shown) => shown += "<!-- -->.",
            '\\' | '`' | '#' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '!' => {
                shown.push('\\');
                shown.push(c);
            }
            _ => shown.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    shown
}

/// `escaped` text at the beginning of a block, where a dash or `1.` would open a list.
pub(super) fn block(escaped: &str) -> String {
    let digits = escaped.len() - escaped.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marker = match escaped.as_bytes().get(digits) {
        Some(b'-' | b'+' | b'=') if digits == 0 => true,
        Some(b'.' | b')') => digits > 0,
        _ => false,
    };
    match marker {
        true => format!("{}\\{}", &escaped[..digits], &escaped[digits..]),
        false => escaped.to_owned(),
    }
}

fn ends_in_www(text: &str) -> bool {
    let tail = text.len().checked_sub(3).and_then(|start| text.get(start..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case("www"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let cases = [
            ("a|b", "a\\|b"),
            ("`x` *y* _z_ ~w~", "\\`x\\` \\*y\\* \\_z\\_ \\~w\\~"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("[x](https://e.org)", "\\[x\\](https:<!-- -->//e.org)"),
            ("www.e.org WWW.e.org", "www<!-- -->.e.org WWW<!-- -->.e.org"),
            ("@user #12 a@b.c", "@<!-- -->user \\#<!-- -->12 a@<!-- -->b.c"),
            ("% of\nother", "% of other"),
            ("# @ -", "\\# @ -"),
            ("&lt; \\", "&amp;lt; \\\\"),
            ("نص 停火.", "نص 停火."),
        ];
        for (text, expected) in cases {
            assert_eq!(escaped(text), expected);
        }
        let blocks = [("- x", "\\- x"), ("12. x", "12\\. x"), ("1) x", "1\\) x"), ("12 x", "12 x"), ("", "")];
        for (text, expected) in blocks {
            assert_eq!(block(text), expected);
        }
    }
}
