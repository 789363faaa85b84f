//! Two columns of words that wrap in step, and one column for narrow terminals.

use unicode_width::UnicodeWidthStr;

use crate::report::diff::{Change, Segment, Word};
use crate::report::overview::plural;
use crate::report::text::paint::{Paint, Side, marks};
use crate::report::text::wrap::parts;

/// Columns that the widest marks take: `≠[-` and `-]`.
const MARKS_WIDTH: usize = 5;

/// A line of one column under construction: runs of words with one fate.
#[derive(Clone, Debug, Default)]
struct Line {
    // Change, side, whether a blank stands before, text.
    runs: Vec<(Change, Side, bool, String)>,
    width: usize,
}

impl Line {
    /// Columns that `text` would add.
    fn cost(&self, change: Change, side: Side, word: &Piece) -> usize {
        let joins = self.runs.last().is_some_and(|run| run.0 == change && run.1 == side);
        let (open, close) = marks(change, side);
        let marks = if joins { 0 } else { open.width() + close.width() };
        word.text.width() + marks + usize::from(word.spaced && self.width > 0)
    }

    fn push(&mut self, change: Change, side: Side, word: Piece) {
        self.width += self.cost(change, side, &word);
        match self.runs.last_mut() {
            Some(run) if run.0 == change && run.1 == side => {
                if word.spaced {
                    run.3.push(' ');
                }
                run.3.push_str(&word.text);
            }
            Some(_) => self.runs.push((change, side, word.spaced, word.text)),
            None => self.runs.push((change, side, false, word.text)),
        }
    }

    /// Moves what stands here to `done`, if anything.
    fn end(&mut self, paint: Paint, done: &mut Vec<String>) {
        if !self.runs.is_empty() {
            done.push(std::mem::take(self).render(paint));
        }
    }

    fn render(&self, paint: Paint) -> String {
        let mut shown = String::new();
        for (change, side, spaced, text) in &self.runs {
            let (open, close) = marks(*change, *side);
            if *spaced {
                shown.push(' ');
            }
            shown += &paint.change(*change, *side, &format!("{open}{text}{close}"));
        }
        shown
    }
}

/// A word, or a part of one that is wider than its column.
#[derive(Clone, Debug)]
struct Piece {
    text: String,
    spaced: bool,
}

fn pieces(word: &Word<'_>, room: usize) -> impl Iterator<Item = Piece> {
    let (cut, spaced) = (parts(&word.text, room.saturating_sub(MARKS_WIDTH).max(1)), word.spaced);
    cut.into_iter().enumerate().map(move |(index, text)| Piece { text, spaced: spaced && index == 0 })
}

/// What is laid out: words of one fate, or a count of words not shown.
enum Block<'s, 't> {
    Words { change: Change, a: &'s [Word<'t>], b: &'s [Word<'t>] },
    Unchanged(usize),
}

/// Unchanged words are hidden from this many on; fewer would hardly save a line.
const MIN_HIDDEN: usize = 20;

/// The segments, with the inside of long unchanged ones counted instead of shown.
fn blocks<'s, 't>(segments: &'s [Segment<'t>], context: usize) -> Vec<Block<'s, 't>> {
    let mut blocks = Vec::with_capacity(segments.len());
    for Segment { change, a, b } in segments {
        let hidden = a.len().saturating_sub(2 * context);
        if *change != Change::Same || hidden < MIN_HIDDEN {
            blocks.push(Block::Words { change: *change, a, b });
            continue;
        }
        let tail = a.len() - context;
        blocks.push(Block::Words { change: *change, a: &a[..context], b: &b[..context] });
        blocks.push(Block::Unchanged(hidden));
        blocks.push(Block::Words { change: *change, a: &a[tail..], b: &b[tail..] });
    }
    blocks
}

/// The line that stands for `hidden` words.
fn unchanged(hidden: usize) -> String {
    format!("… {} unchanged …", plural(hidden, "word", "words"))
}

/// The segments in two columns of `room` each: a left, b right. What both sides have stands in one row.
///
/// For `context` see [`RenderOptions::context_words`](crate::report::RenderOptions::context_words).
pub(super) fn side_by_side(
    segments: &[Segment<'_>],
    room: usize,
    context: usize,
    paint: Paint,
) -> Vec<String> {
    let mut rows =
        TwoColumns { left: Line::default(), right: Line::default(), room, paint, done: Vec::new() };
    for block in blocks(segments, context) {
        match block {
            Block::Words { change, a, b } => rows.add(change, a, b),
            Block::Unchanged(hidden) => {
                rows.flush();
                rows.done.push(paint.faint(&unchanged(hidden)).into_owned());
            }
        }
    }
    rows.flush();
    rows.done
}

struct TwoColumns {
    left: Line,
    right: Line,
    room: usize,
    paint: Paint,
    done: Vec<String>,
}

impl TwoColumns {
    /// Adds words to both columns in step: when one column is full, both go to the next row.
    fn add(&mut self, change: Change, a: &[Word<'_>], b: &[Word<'_>]) {
        let room = self.room;
        let mut a = a.iter().flat_map(|word| pieces(word, room));
        let mut b = b.iter().flat_map(|word| pieces(word, room));
        loop {
            let (left, right) = (a.next(), b.next());
            if left.is_none() && right.is_none() {
                return;
            }
            let fits = |line: &Line, side, piece: &Option<Piece>| {
                piece.as_ref().is_none_or(|piece| line.width + line.cost(change, side, piece) <= self.room)
            };
            if !fits(&self.left, Side::A, &left) || !fits(&self.right, Side::B, &right) {
                self.flush();
            }
            left.into_iter().for_each(|piece| self.left.push(change, Side::A, piece));
            right.into_iter().for_each(|piece| self.right.push(change, Side::B, piece));
        }
    }

    fn flush(&mut self) {
        if self.left.runs.is_empty() && self.right.runs.is_empty() {
            return;
        }
        let (left, right) = (std::mem::take(&mut self.left), std::mem::take(&mut self.right));
        let gap = " ".repeat(self.room.saturating_sub(left.width));
        let row = format!("{}{gap} │ {}", left.render(self.paint), right.render(self.paint));
        self.done.push(row.trim_end().to_owned());
    }
}

/// The segments in one column of `room`, what a has before what b has instead.
///
/// For `context` see [`RenderOptions::context_words`](crate::report::RenderOptions::context_words).
pub(super) fn inline(segments: &[Segment<'_>], room: usize, context: usize, paint: Paint) -> Vec<String> {
    let mut line = Line::default();
    let mut done = Vec::new();
    for block in blocks(segments, context) {
        match block {
            Block::Words { change, a, b } => one_column(change, a, b).for_each(|(change, side, words)| {
                for piece in words.iter().flat_map(|word| pieces(word, room)) {
                    if line.width + line.cost(change, side, &piece) > room {
                        line.end(paint, &mut done);
                    }
                    line.push(change, side, piece);
                }
            }),
            Block::Unchanged(hidden) => {
                line.end(paint, &mut done);
                done.push(paint.faint(&unchanged(hidden)).into_owned());
            }
        }
    }
    line.end(paint, &mut done);
    done
}

/// The words of a block as they follow each other in one column; what b has instead joins what a has.
fn one_column<'t>(
    change: Change,
    a: &[Word<'t>],
    b: &[Word<'t>],
) -> impl Iterator<Item = (Change, Side, Vec<Word<'t>>)> {
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    match change {
        Change::Same => {
            // A blank that either side lacks belongs to the mark before: `stop {+“+}all`.
            for (word, other) in a.iter_mut().zip(&b) {
                word.spaced &= other.spaced;
            }
            b.clear();
        }
        Change::Replaced | Change::Number | Change::Name | Change::Form if !a.is_empty() => {
            b.iter_mut().take(1).for_each(|word| word.spaced = false);
        }
        _ => {}
    }
    // The sign of what a label marks stands once, before what a has.
    let is_marked = matches!(change, Change::Number | Change::Name | Change::Form);
    let b_change = if is_marked && !a.is_empty() { Change::Replaced } else { change };
    [(change, Side::A, a), (b_change, Side::B, b)].into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::diff::segments;
    use crate::report::tests::fixture::two_texts;

    fn rows(a: &str, b: &str, room: usize, context: usize) -> (Vec<String>, Vec<String>) {
        let analysis = two_texts(a, b);
        let segments = segments(&analysis, &analysis.passages[0]);
        let plain = Paint::new(false);
        (side_by_side(&segments, room, context, plain), inline(&segments, room, context, plain))
    }

    #[test]
    fn what_both_sides_have_stands_in_one_row() {
        let (two, one) = rows("the truce holds in the north", "the truce, they said, holds up north", 22, 40);
        assert_eq!(
            two,
            [
                "the truce              │ the truce{+, they+}",
                "holds [-in the-]       │ {+said,+} holds {+up+}",
                "north                  │ north",
            ]
        );
        assert_eq!(one, ["the truce{+, they+}", "{+said,+} holds [-in-]", "[-the-]{+up+} north"]);
    }

    #[test]
    fn long_unchanged_stretches_are_counted() {
        let text: Vec<String> = (0..50).map(|n| format!("w{n}")).collect();
        let (two, one) = rows(&text.join(" "), &text.join(" "), 40, 2);
        assert_eq!(two[0].trim(), "w0 w1                                    │ w0 w1");
        assert_eq!(two[1..2], ["… 46 words unchanged …"]);
        assert_eq!(one, ["w0 w1", "… 46 words unchanged …", "w48 w49"]);
    }

    #[test]
    fn no_row_is_wider_than_its_columns() {
        let long = "supercalifragilisticexpialidocious 停火协议停火协议停火协议 x";
        for room in [8, 12, 20] {
            let (two, one) = rows(long, "x supercalifragilistic 停火 y", room, 40);
            assert!(two.iter().all(|row| row.width() <= 2 * room + 3), "{two:#?}");
            assert!(one.iter().all(|row| row.width() <= room), "{one:#?}");
        }
    }
}
