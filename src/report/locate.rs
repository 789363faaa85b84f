//! Where a byte of a text lies for people and for tools that count code points.
//!
//! The engine works in bytes; outputs also give Unicode code points and lines. A [`Locator`] is built once a
//! document, when the first of its offsets is asked for, by one pass over the text; its [`Checkpoints`] keep a checkpoint every
//! 1,024 bytes, so that one question reads at most that much and a text costs 0.8 % of its size in memory. Texts of
//! ASCII alone answer code points without counting.

/// Bytes between checkpoints: eight bytes each is 0.8 % of the text, and counting 1,024 bytes takes well under a
/// microsecond.
const STRIDE: usize = 1_024;

/// The place of a byte offset in other units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Code points before it, 0-based.
    pub code_point: u32,
    /// Line it lies on, 1-based. A line ends after `\n`, `\r\n`, or a `\r` that no `\n` follows.
    pub line: u32,
}

/// Answers where byte offsets of one text lie.
#[derive(Clone, Debug)]
pub struct Locator<'a> {
    text: &'a str,
    checkpoints: Checkpoints,
}

/// What is remembered of a text, without the text itself.
#[derive(Clone, Debug)]
pub struct Checkpoints {
    ascii: bool,
    // Position of byte (index + 1) * STRIDE; a code point counts where it starts.
    positions: Vec<Position>,
}

impl<'a> Locator<'a> {
    /// Reads `text` once and remembers its checkpoints. Takes time linear in the text.
    #[must_use]
    pub fn new(text: &'a str) -> Locator<'a> {
        Locator { text, checkpoints: Checkpoints::of(text) }
    }

    /// Where the byte at offset `byte` lies; the end of the text counts as a place.
    ///
    /// # Panics
    ///
    /// Panics if `byte` lies beyond the end of the text.
    #[must_use]
    pub fn locate(&self, byte: u32) -> Position {
        self.checkpoints.locate(self.text, byte)
    }

    /// Code points in the whole text.
    #[must_use]
    pub fn n_chars(&self) -> u32 {
        self.locate(count(self.text.len())).code_point
    }
}

impl Checkpoints {
    /// Those of `text`, in one pass over it.
    #[must_use]
    pub fn of(text: &str) -> Checkpoints {
        let mut checkpoints = Checkpoints { ascii: text.is_ascii(), positions: Vec::new() };
        let mut here = Position { code_point: 0, line: 1 };
        for block in 0..text.len() / STRIDE {
            here = checkpoints.advance(text, here, block * STRIDE, (block + 1) * STRIDE);
            checkpoints.positions.push(here);
        }
        checkpoints
    }

    /// Where the byte at offset `byte` of the same `text` lies; its end counts as a place.
    ///
    /// # Panics
    ///
    /// Panics if `byte` lies beyond the end of the text.
    #[must_use]
    pub fn locate(&self, text: &str, byte: u32) -> Position {
        let byte = byte as usize;
        let block = byte / STRIDE;
        let start = match block.checked_sub(1) {
            None => Position { code_point: 0, line: 1 },
            Some(index) => self.positions[index],
        };
        self.advance(text, start, block * STRIDE, byte)
    }

    /// The same for a byte at or after another one, whose position is known; reads on from there if that is nearer.
    #[must_use]
    pub fn locate_after(&self, text: &str, (known, position): (u32, Position), byte: u32) -> Position {
        let is_nearer = known as usize / STRIDE == byte as usize / STRIDE;
        match is_nearer && known <= byte {
            true => self.advance(text, position, known as usize, byte as usize),
            false => self.locate(text, byte),
        }
    }

    fn advance(&self, text: &str, from: Position, start: usize, end: usize) -> Position {
        let bytes = text.as_bytes();
        let chars = match self.ascii {
            true => end - start,
            // Every byte but 10xxxxxx starts a code point.
            false => bytes[start..end].iter().filter(|&&byte| byte & 0xC0 != 0x80).count(),
        };
        let ends_line = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        let lines = memchr::memchr2_iter(b'\n', b'\r', &bytes[start..end])
            .map(|at| start + at)
            .filter(ends_line)
            .count();
        Position { code_point: from.code_point + count(chars), line: from.line + count(lines) }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).expect("the reader admits texts of less than 4 GiB")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same answer by the definition, in time linear in the text.
    fn slow_twin(text: &str, byte: usize) -> Position {
        let code_point = text[..byte].chars().count();
        let mut line = 1;
        let mut rest = text;
        while let Some(at) = rest.find(['\n', '\r']) {
            let length = if rest[at..].starts_with("\r\n") { 2 } else { 1 };
            rest = &rest[at + length..];
            if text.len() - rest.len() > byte {
                break;
            }
            line += 1;
        }
        Position { code_point: count(code_point), line }
    }

    #[test]
    fn counts_code_points_and_every_kind_of_line_end() {
        let text = "aé\r\n😀\rb\n\nc";
        let locator = Locator::new(text);
        let cases = [("a", 0, 1), ("é", 1, 1), ("\r\n", 2, 1), ("😀", 4, 2), ("b", 6, 3), ("c", 9, 5)];
        for (what, code_point, line) in cases {
            let byte = text.find(what).unwrap();
            assert_eq!(locator.locate(count(byte)), Position { code_point, line }, "{what:?}");
        }
        assert_eq!(locator.n_chars(), 10);
        assert_eq!(Locator::new("").locate(0), Position { code_point: 0, line: 1 });
    }

    #[test]
    fn agrees_across_checkpoints() {
        for unit in ["ab\r\n", "é\n", "x", "\r", "😀 \r\n", "\r\n"] {
            let text = format!("y{}", unit.repeat(4_000 / unit.len()));
            let locator = Locator::new(&text);
            for byte in (0..=text.len()).filter(|&byte| text.is_char_boundary(byte)).step_by(7) {
                assert_eq!(locator.locate(count(byte)), slow_twin(&text, byte), "{unit:?} at {byte}");
            }
        }
    }

    proptest! {
        #[test]
        fn equals_the_slow_twin(parts in prop::collection::vec("[a\r\né😀]{0,40}", 0..80), at in 0.0..=1.0f64) {
            let text = parts.concat();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
            let mut byte = (at * text.len() as f64) as usize;
            while !text.is_char_boundary(byte) {
                byte -= 1;
            }
            prop_assert_eq!(Locator::new(&text).locate(count(byte)), slow_twin(&text, byte));
        }

        #[test]
        fn goes_on_from_a_known_place(parts in prop::collection::vec("[a\r\né😀]{0,40}", 0..80), at: [prop::sample::Index; 2]) {
            let text = parts.concat();
            let checkpoints = Checkpoints::of(&text);
            let [known, byte] = at.map(|at| count(at.index(text.len() + 1)));
            let position = checkpoints.locate(&text, known);
            prop_assert_eq!(
                checkpoints.locate_after(&text, (known, position), byte),
                checkpoints.locate(&text, byte)
            );
        }
    }
}
