//! Where a span lies in lines and columns, as editors and code hosts count them.

use std::collections::BTreeMap;

use crate::model::{ByteSpan, DocId, Findings};
use crate::report::locate::Checkpoints;

/// A span in lines and columns, 1-based, and in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) start_line: u32,
    /// Column of the first code point.
    pub(super) start_column: u32,
    /// Line of the last code point.
    pub(super) end_line: u32,
    /// Column after the last code point.
    pub(super) end_column: u32,
    /// Code points before the span.
    pub(super) char_offset: u32,
    /// Code points inside.
    pub(super) char_length: u32,
}

/// Works out regions, with checkpoints of the documents asked for.
pub(super) struct Regions<'f> {
    findings: &'f dyn Findings,
    checkpoints: BTreeMap<DocId, Checkpoints>,
}

impl<'f> Regions<'f> {
    pub(super) fn new(findings: &'f dyn Findings) -> Regions<'f> {
        Regions { findings, checkpoints: BTreeMap::new() }
    }

    /// Where `span` lies in `doc`; `None` if the text cannot be read back.
    pub(super) fn of(&mut self, doc: DocId, span: ByteSpan) -> Option<Region> {
        let text = self.findings.text(doc);
        let words = text.get(span.range())?;
        let checkpoints = self.checkpoints.entry(doc).or_insert_with(|| Checkpoints::of(&text));
        let last_at = span.start() + words.char_indices().next_back().map_or(0, |(at, _)| at as u32);
        let [start, last, end] =
            [span.start(), last_at, span.end()].map(|byte| checkpoints.locate(&text, byte));
        let start_column = column(&text, span.start() as usize);
        let end_column = match words.is_empty() {
            true => start_column,
            false => column(&text, last_at as usize) + 1,
        };
        Some(Region {
            start_line: start.line,
            start_column,
            end_line: last.line,
            end_column,
            char_offset: start.code_point,
            char_length: end.code_point - start.code_point,
        })
    }
}

/// Column of the character at `byte`, 1-based, in code points.
fn column(text: &str, byte: usize) -> u32 {
    let ends_line = |at: &usize| text.as_bytes()[*at] == b'\n' || text.as_bytes().get(at + 1) != Some(&b'\n');
    let start = memchr::memrchr2_iter(b'\n', b'\r', &text.as_bytes()[..byte]).find(ends_line);
    text[start.map_or(0, |at| at + 1)..byte].chars().count() as u32 + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Analysis, Document, Span};

    #[test]
    fn counts_code_points_from_the_last_line_end() {
        let text = "aé\r\n😀b\rcd\n\nef\r\n";
        let document = Document { text: text.to_owned(), ..Document::default() };
        let analysis = Analysis { documents: vec![document], ..Analysis::default() };
        let mut regions = Regions::new(&analysis);
        let cases = [
            ("aé", (1, 1, 1, 3, 0, 2)),
            ("é\r\n", (1, 2, 1, 5, 1, 3)),
            ("\n😀", (1, 4, 2, 2, 3, 2)),
            ("b\rc", (2, 2, 3, 2, 5, 3)),
            ("d\n\ne", (3, 2, 5, 2, 8, 4)),
            ("ef\r\n", (5, 1, 5, 5, 11, 4)),
            ("", (1, 1, 1, 1, 0, 0)),
        ];
        for (words, expected) in cases {
            let at = text.find(words).unwrap() as u32;
            let region = regions.of(DocId::new(0), Span::new(at, at + words.len() as u32)).unwrap();
            let Region { start_line, start_column, end_line, end_column, char_offset, char_length } = region;
            let found = (start_line, start_column, end_line, end_column, char_offset, char_length);
            assert_eq!(found, expected, "{words:?}");
        }
        assert_eq!(regions.of(DocId::new(0), Span::new(0, 99)), None);
    }
}
