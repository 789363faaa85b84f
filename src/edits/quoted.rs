//! Whether words stand in marks of quotation, or are brought in by a colon before them.
//!
//! A mark belongs to the word that it touches: `."` closes the sentence before it, `"We` opens the one behind. Of straight
//! marks those before a place in its paragraph are counted; a paragraph is looked at for [`PARAGRAPH`] words.

use crate::edits::Side;
use crate::edits::slot::Stretch;
use crate::model::{Flags, Span, TokenSpan};

/// Words before a stretch in which a mark of quotation may open: as many as a paragraph of a statement has.
const PARAGRAPH: u32 = 200;

/// Whether marks of quotation stand in a stretch, or around it in its paragraph.
pub(super) fn is_quoted(stretch: Stretch<'_>) -> bool {
    const OPEN: [char; 3] = ['“', '«', '„'];
    const SHUT: [char; 2] = ['”', '»'];
    let (side, text) = (stretch.side, stretch.side.text);
    let (start, end) = (stretch.span.start(), stretch.span.end());
    let from = opens(side, paragraph(stretch).start());
    let left = opens(side, start);
    let gap = side.gap_behind(end - 1);
    let right = side.tokens.bytes(end as usize - 1).end() as usize
        + gap.find(char::is_whitespace).unwrap_or(gap.len());
    let (before, inside) = (&text[from..left], &text[left..right]);
    let count = |text: &str, marks: &[char]| text.matches(marks).count();
    has_mark(inside) || count(before, &['"']) % 2 == 1 || count(before, &OPEN) > count(before, &SHUT)
}

/// Byte at which a token begins with the marks right before it; beyond a blank, they belong to the token before.
fn opens(side: Side<'_>, at: u32) -> usize {
    let marks = side.gap_before(at).rsplit(char::is_whitespace).next().unwrap_or_default();
    side.tokens.bytes(at as usize).start() as usize - marks.len()
}

pub(super) fn has_mark(text: &str) -> bool {
    text.contains(['"', '“', '”', '«', '»', '„'])
}

/// The paragraph of a stretch, as far as it is looked at.
pub(super) fn paragraph(stretch: Stretch<'_>) -> TokenSpan {
    let tokens = stretch.side.tokens;
    let (n, span) = (tokens.len() as u32, stretch.span);
    let begins = |at: &u32| tokens.is(*at as usize, Flags::PARAGRAPH_START);
    let (low, high) = (span.start().saturating_sub(PARAGRAPH), n.min(span.end() + PARAGRAPH));
    let start = (low..=span.start().min(n - 1)).rev().find(begins).unwrap_or(low);
    Span::new(start, (span.end()..high).find(begins).unwrap_or(high))
}

/// Whether a colon stands before a quotation in a stretch: `Jana Holub: "…"`.
pub(super) fn is_introduced(side: Side<'_>, stretch: TokenSpan) -> bool {
    (stretch.start()..stretch.end())
        .map(|at| side.gap_behind(at))
        .any(|gap| gap.contains(':') && has_mark(gap))
}
