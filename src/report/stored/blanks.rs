//! A text put together from parts of it: blank where nothing is known, so that what is known stands at its byte, code point and
//! line.

use std::ops::Range;

use crate::model::{ByteSpan, Span};
use crate::report::locate::Locator;

/// A part of a text.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Its words as given.
    pub(super) text: String,
    pub(super) start_byte: u32,
    pub(super) start_char: u32,
    pub(super) start_line: Option<u32>,
}

/// A text of `n_bytes` bytes and `n_chars` code points with `pieces` in their places, and these places; `None` if they contradict
/// each other. Pieces may overlap.
pub(super) fn text_of(mut pieces: Vec<Piece>, n_bytes: u32, n_chars: u32) -> Option<(String, Vec<ByteSpan>)> {
    pieces.sort_by(|x, y| x.start_byte.cmp(&y.start_byte).then(y.text.len().cmp(&x.text.len())));
    let mut made = Text::default();
    let mut known: Vec<ByteSpan> = Vec::new();
    for piece in &pieces {
        let end = piece.start_byte.checked_add(u32::try_from(piece.text.len()).ok()?)?;
        if end > n_bytes {
            return None;
        }
        let here = made.text.len() as u32;
        if here == piece.start_byte {
            made.reach(piece.start_line);
        }
        let new = match here.checked_sub(piece.start_byte) {
            // All of it may be known.
            Some(overlap) if !agrees(&made.text, piece, overlap) => return None,
            Some(overlap) => piece.text.get((overlap as usize).min(piece.text.len())..)?,
            None => {
                made.add_blank(
                    piece.start_byte - here,
                    piece.start_char.checked_sub(made.n_chars)?,
                    piece.start_line,
                )?;
                &piece.text
            }
        };
        made.add(new);
        match known.last_mut() {
            Some(last) if piece.start_byte <= last.end() => {
                *last = Span::new(last.start(), last.end().max(end))
            }
            _ => known.push(Span::new(piece.start_byte, end)),
        }
    }
    let here = made.text.len() as u32;
    made.add_blank(n_bytes - here, n_chars.checked_sub(made.n_chars)?, None)?;
    known.retain(|span| !span.is_empty());
    Some((made.text, known))
}

/// Whether a character begins in `text` where `piece` does, and what follows is what the piece says; they share up to `overlap` bytes.
fn agrees(text: &str, piece: &Piece, overlap: u32) -> bool {
    let both = (overlap as usize).min(piece.text.len());
    let start = piece.start_byte as usize;
    text.is_char_boundary(start) && text.as_bytes()[start..start + both] == piece.text.as_bytes()[..both]
}

/// Blanks of two, three and four bytes.
const WIDE: [char; 3] = ['\u{a0}', '\u{2003}', '\u{e0020}'];

#[derive(Default)]
struct Text {
    text: String,
    n_chars: u32,
    n_lines: u32,
    /// Blanks of one byte since the last place whose line is known: lines may be broken there.
    loose: Vec<Range<usize>>,
}

impl Text {
    fn add(&mut self, text: &str) {
        self.n_chars += text.chars().count() as u32;
        self.n_lines += Locator::new(text).locate(text.len() as u32).line - 1;
        self.text.push_str(text);
    }

    /// Makes what stands there end before `line`, where that is known.
    fn reach(&mut self, line: Option<u32>) {
        if let Some(line) = line {
            self.break_lines(line.saturating_sub(1).saturating_sub(self.n_lines));
        }
    }

    /// Breaks lines at `n` blanks of those that stand there already, the last ones first; as many as there are.
    fn break_lines(&mut self, mut n: u32) {
        while let Some(blanks) = self.loose.pop().filter(|_| n > 0) {
            let at = blanks.end.saturating_sub(n as usize).max(blanks.start);
            let new = blanks.end - at;
            self.text.replace_range(at..blanks.end, &"\n".repeat(new));
            self.n_lines += new as u32;
            n -= new as u32;
        }
        self.loose.clear();
    }

    /// Adds `n_chars` blanks that take `n_bytes`, up to the beginning of `line` where that is known.
    fn add_blank(&mut self, n_bytes: u32, n_chars: u32, line: Option<u32>) -> Option<()> {
        // Bytes beyond one a character, three at most a character. Lines are broken at characters of one byte.
        let more = n_bytes.checked_sub(n_chars)?;
        let most = n_chars.checked_sub(more.div_ceil(3))?;
        let breaks = line.map_or(0, |line| line.saturating_sub(1).saturating_sub(self.n_lines)).min(most);
        let chars = n_chars - breaks;
        // Where lines may still have to be broken, as few wide characters as may be; else none that are two units to a browser.
        let fours = if line.is_some() { more.saturating_sub(2 * chars) } else { more / 3 };
        let left = more.checked_sub(3 * fours)?;
        let (threes, twos) = (left / 2, left % 2);
        let ones = chars.checked_sub(fours + threes + twos)?;
        let start = self.text.len();
        self.loose.push(start..start + ones as usize);
        for (blank, n) in [(' ', ones), (WIDE[0], twos), (WIDE[1], threes), (WIDE[2], fours), ('\n', breaks)]
        {
            self.text.extend(std::iter::repeat_n(blank, n as usize));
        }
        self.n_chars += n_chars;
        self.n_lines += breaks;
        self.reach(line);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The pieces of `text` between the bytes given, as a result would quote them.
    fn pieces(text: &str, spans: &[(usize, usize)]) -> Vec<Piece> {
        let locator = Locator::new(text);
        let piece = |&(start, end): &(usize, usize)| {
            let at = locator.locate(start as u32);
            let (start_byte, start_char) = (start as u32, at.code_point);
            Piece { text: text[start..end].to_owned(), start_byte, start_char, start_line: Some(at.line) }
        };
        spans.iter().map(piece).collect()
    }

    #[test]
    fn pieces_that_contradict_a_text_are_refused() {
        let piece = |text: &str, start_byte, start_char| Piece {
            text: text.to_owned(),
            start_byte,
            start_char,
            start_line: None,
        };
        let cases = [
            (vec![piece("abc", 0, 0)], 2, 2),
            (vec![piece("abc", 5, 6)], 9, 9),
            (vec![piece("abc", 9, 1)], 12, 4),
            (vec![piece("é", 0, 0), piece("x", 1, 1)], 3, 2),
            (vec![piece("é", 0, 0), piece("", 1, 1)], 3, 2),
            (vec![], 1, 2),
            (vec![], 9, 2),
            (vec![piece("a", u32::MAX, 0)], 2, 2),
        ];
        for (index, (pieces, n_bytes, n_chars)) in cases.into_iter().enumerate() {
            assert_eq!(text_of(pieces, n_bytes, n_chars), None, "{index}");
        }
    }

    proptest! {
        /// Known words stand where they stood, by bytes, code points and lines, and the whole is as long as it was.
        #[test]
        fn what_is_known_stays_in_place(
            parts in prop::collection::vec("[a\né€😀]{1,9}", 1..12),
            chosen in prop::collection::vec((0_usize..12, 0_usize..12), 0..6),
            marked in prop::collection::vec((0_usize..12, any::<bool>()), 0..6),
        ) {
            let text = parts.concat();
            let ends: Vec<usize> = parts.iter().scan(0, |at, part| { *at += part.len(); Some(*at) }).collect();
            let at = |part: usize| if part == 0 { 0 } else { ends[(part - 1).min(ends.len() - 1)] };
            let spans: Vec<(usize, usize)> =
                chosen.iter().map(|&(x, y)| (at(x.min(y)), at(x.max(y)))).filter(|(from, to)| from < to).collect();
            let (n_bytes, n_chars) = (text.len() as u32, text.chars().count() as u32);
            let places: Vec<usize> = marked.iter().map(|&(part, _)| at(part)).collect();
            let marks: Vec<(usize, usize)> = places.iter().map(|&place| (place, place)).collect();
            let mut all = pieces(&text, &marks);
            for (mark, (_, tells_line)) in all.iter_mut().zip(&marked) {
                mark.start_line = mark.start_line.filter(|_| *tells_line);
            }
            all.extend(pieces(&text, &spans));
            let (made, known) = text_of(all, n_bytes, n_chars).expect("pieces of one text");
            for (place, (_, tells_line)) in places.into_iter().zip(&marked) {
                let [now, then] = [&made, &text].map(|text| Locator::new(text).locate(place as u32));
                prop_assert_eq!(now.code_point, then.code_point);
                prop_assert!(!tells_line || now.line == then.line, "{:?} {:?}", made, text);
            }
            prop_assert_eq!((made.len(), made.chars().count()), (text.len(), text.chars().count()));
            for (from, to) in spans {
                prop_assert_eq!(&made[from..to], &text[from..to]);
                prop_assert_eq!(Locator::new(&made).locate(from as u32), Locator::new(&text).locate(from as u32));
                prop_assert!(known.iter().any(|span| span.start() as usize <= from && to <= span.end() as usize));
            }
        }
    }
}
