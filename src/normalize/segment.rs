//! The slow path: words by UAX #29 over any script, and the tailoring both paths share.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::normalize::fold::is_acronym;
use crate::normalize::script::{is_colon, is_digit, is_dot, is_invisible, is_unspaced, is_word};
use crate::normalize::writer::Writer;

/// Writes the words of a stretch of text without white space.
pub(crate) fn segment(text: &str, chunk: Range<usize>, writer: &mut Writer<'_>) {
    let visible = Visible::new(text, chunk);
    for (from, piece) in visible.text.split_word_bound_indices() {
        if let Some(first) = piece.chars().next()
            && is_gram(first)
            && first.len_utf8() == piece.len()
        {
            writer.gram(visible.original(from..from + piece.len()));
        } else if !piece.chars().any(is_word) {
            continue;
        } else if piece.chars().any(is_unspaced) {
            mixed(piece, from, &visible, writer);
        } else {
            words(piece, from, &visible, writer);
        }
    }
}

/// Writes a segment without characters of unspaced scripts.
fn words(piece: &str, from: usize, visible: &Visible<'_>, writer: &mut Writer<'_>) {
    refine(piece, |start, end| {
        let span = visible.original(from + start..from + end);
        writer.word(span.start, span.end);
    });
}

/// Writes a segment with characters of unspaced scripts: each is a gram, what lies between them words.
fn mixed(piece: &str, from: usize, visible: &Visible<'_>, writer: &mut Writer<'_>) {
    let mut pending = 0;
    let mut graphemes = piece.grapheme_indices(true).peekable();
    while let Some((at, grapheme)) = graphemes.next() {
        if !grapheme.starts_with(is_gram) {
            continue;
        }
        words(&piece[pending..at], from + pending, visible, writer);
        pending = at + grapheme.len();
        // Some vowel signs of Myanmar are graphemes of their own.
        while let Some((at, mark)) = graphemes.next_if(|(_, next)| next.starts_with(is_combining_mark)) {
            pending = at + mark.len();
        }
        writer.gram(visible.original(from + at..from + pending));
    }
    words(&piece[pending..], from + pending, visible, writer);
}

/// Whether a character makes a gram; the marks of unspaced scripts only belong to one.
fn is_gram(c: char) -> bool {
    is_unspaced(c) && !is_combining_mark(c)
}

/// Splits a segment of UAX #29 into words as news writes them; calls `found` with the start and end of each.
///
/// Tailored: underscores around a word are no part of it; `:` and `;` always split (`13:00` is put together again by
/// the writer); a full stop between letters splits (`said.The` is a slip of the typesetter) unless every part is a
/// single letter (`U.S`, `a.m`).
pub(crate) fn refine(segment: &str, mut found: impl FnMut(usize, usize)) {
    let mut start = 0;
    for part in segment.split(is_colon) {
        if !part.contains(is_dot) || is_acronym(part.trim_matches('_')) {
            trim(part, start, &mut found);
        } else {
            split_at_dots(part, start, &mut found);
        }
        start += part.len();
        start += segment[start..].chars().next().map_or(0, char::len_utf8);
    }
}

fn split_at_dots(part: &str, offset: usize, found: &mut impl FnMut(usize, usize)) {
    let mut start = 0;
    for (at, dot) in part.match_indices(is_dot) {
        let after = at + dot.len();
        let between_digits = part[..at].ends_with(is_digit) && part[after..].starts_with(is_digit);
        if !between_digits {
            trim(&part[start..at], offset + start, found);
            start = after;
        }
    }
    trim(&part[start..], offset + start, found);
}

fn trim(part: &str, offset: usize, found: &mut impl FnMut(usize, usize)) {
    let word = part.trim_start_matches(|c| c == '_' || is_combining_mark(c));
    let start = part.len() - word.len();
    let word = word.trim_end_matches('_');
    if word.chars().any(is_word) {
        found(offset + start, offset + start + word.len());
    }
}

/// A stretch of text without its invisible characters, and the way back.
struct Visible<'t> {
    text: std::borrow::Cow<'t, str>,
    start: usize,
    /// For every byte of `text` its place in the document, when something was left out.
    places: Vec<u32>,
}

impl<'t> Visible<'t> {
    fn new(text: &'t str, chunk: Range<usize>) -> Visible<'t> {
        let (start, given) = (chunk.start, &text[chunk]);
        if !given.contains(is_changed) {
            return Visible { text: given.into(), start, places: Vec::new() };
        }
        let (mut kept, mut places) = (String::with_capacity(given.len()), Vec::with_capacity(given.len()));
        for (at, c) in given.char_indices().filter(|&(_, c)| !is_invisible(c)) {
            let before = kept.len();
            kept.push(if c == NARROW_SPACE { ' ' } else { c });
            let added = u32::try_from(kept.len() - before).unwrap_or(0);
            let place = u32::try_from(start + at).expect("the reader admits texts below 4 GiB");
            places.extend((0..added).map(|byte| place + byte));
        }
        Visible { text: kept.into(), start, places }
    }

    /// The span of the document that a span of visible text stands for. Both start and end with a visible character.
    fn original(&self, span: Range<usize>) -> Range<usize> {
        match (self.places.get(span.start), self.places.get(span.end.wrapping_sub(1))) {
            (Some(&first), Some(&last)) => first as usize..last as usize + 1,
            _ => self.start + span.start..self.start + span.end,
        }
    }
}

/// Holds numbers together in UAX #29, but words as well; here a space, and numbers are joined by the writer.
const NARROW_SPACE: char = '\u{202f}';

fn is_changed(c: char) -> bool {
    is_invisible(c) || c == NARROW_SPACE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_where_typesetters_slip_and_keeps_what_belongs_together() {
        let cases: [(&str, &[&str]); 14] = [
            ("word", &["word"]),
            ("don't", &["don't"]),
            ("U.S", &["U.S"]),
            ("said.The", &["said", "The"]),
            ("J.K.Rowling", &["J", "K", "Rowling"]),
            ("v2.0", &["v2.0"]),
            ("1.5", &["1.5"]),
            ("a:b", &["a", "b"]),
            ("1;2", &["1", "2"]),
            ("_word_", &["word"]),
            ("snake_case", &["snake_case"]),
            ("___", &[]),
            ("_U.S_", &["U.S"]),
            ("a.m:b.c.de", &["a.m", "b", "c", "de"]),
        ];
        for (given, expected) in cases {
            let mut words = Vec::new();
            refine(given, |start, end| words.push(&given[start..end]));
            assert_eq!(words, expected, "{given}");
        }
    }

    #[test]
    fn invisible_characters_do_not_move_places() {
        let text = "ab \u{feff}c\u{200b}d\u{ad}e\u{2060} f";
        let visible = Visible::new(text, 3..text.len() - 2);
        assert_eq!(visible.text, "cde");
        assert_eq!(&text[visible.original(0..3)], "c\u{200b}d\u{ad}e");
        assert_eq!(&text[visible.original(1..2)], "d");
    }
}
