//! The fast path: words of ASCII, of the common two-byte letters and between typographic punctuation, found byte by
//! byte; everything else is handed to [`crate::normalize::segment`], which gives the same words.

use crate::normalize::lexicon::MAX_BATCH;
use crate::normalize::runs::{MAX_IN_WINDOW, Runs, WINDOW};
use crate::normalize::script::char_boundary;
use crate::normalize::segment::{self, refine};
use crate::normalize::writer::Writer;

/// Most bytes without white space that are segmented in one go; hostile input can be a single 200 MB "word".
const MAX_CHUNK: usize = 1 << 16;

/// What a character is to the rules of UAX #29, as tailored: `:` and `;` always break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// A boundary on both sides.
    Break,
    /// White space: a boundary, and the end of what the slow path takes.
    Space,
    Letter,
    Digit,
    Underscore,
    /// Joins two letters or two digits: `.`.
    Dot,
    /// The same: apostrophes.
    Apostrophe,
    /// Joins two digits: `,`.
    Comma,
    /// Left to the slow path.
    Other,
}

const ASCII: [Class; 128] = {
    let mut table = [Class::Break; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Underscore,
            b'.' => Class::Dot,
            b'\'' => Class::Apostrophe,
            b',' => Class::Comma,
            b' ' | b'\t'..=b'\r' => Class::Space,
            _ => Class::Break,
        };
        byte += 1;
    }
    table
};

/// Whether a byte joins two letters or digits around it, by [`ASCII`].
const JOINS: [u64; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = matches!(ASCII[byte], Class::Dot | Class::Apostrophe | Class::Comma) as u64;
        byte += 1;
    }
    table
};

/// Words of ASCII letters and digits that were found and not yet written.
struct Batch {
    /// Start and end in the text.
    spans: [(u32, u32); MAX_BATCH + MAX_IN_WINDOW],
    len: usize,
}

impl Batch {
    fn write(&mut self, writer: &mut Writer<'_>) {
        writer.plain_words(&self.spans[..self.len]);
        self.len = 0;
    }
}

/// Writes the words of the whole text.
pub(crate) fn scan(text: &str, writer: &mut Writer<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    if !writer.takes_plain_words() {
        return scan_bytewise(text, at, writer);
    }
    let mut batch = Batch { spans: [(0, 0); MAX_BATCH + MAX_IN_WINDOW], len: 0 };
    while at < bytes.len() {
        let rest = match bytes[at..].first_chunk() {
            Some(window) => find_plain_words(window, at, &mut batch),
            // After the end is as after a space.
            None => {
                let mut window = [b' '; WINDOW];
                window[..bytes.len() - at].copy_from_slice(&bytes[at..]);
                find_plain_words(&window, at, &mut batch)
            }
        };
        if batch.len >= MAX_BATCH || !matches!(rest, Rest::From(_)) {
            batch.write(writer);
        }
        at = match rest {
            Rest::From(start) => at + start,
            Rest::Word(start) => word(text, at + start, writer),
            Rest::Other(start) => closely(text, at + start, writer),
        };
    }
    batch.write(writer);
}

/// What follows the plain words of a window, by its place there.
enum Rest {
    /// A boundary.
    From(usize),
    /// A word that takes a closer look, or that is longer than the window.
    Word(usize),
    /// Something else that does.
    Other(usize),
}

/// Finds the words of a window of the text, which begins at `at`, a boundary: those that are ASCII letters and digits
/// between boundaries, up to the first that takes a closer look.
#[inline]
fn find_plain_words(window: &[u8; WINDOW], at: usize, batch: &mut Batch) -> Rest {
    let Runs { plain, other } = Runs::of(window);
    let seen = plain | other;
    let mut rest = plain;
    loop {
        let lowest = rest & rest.wrapping_neg();
        if other & lowest.wrapping_sub(1) != 0 {
            return Rest::Other(other.trailing_zeros() as usize);
        }
        let start = lowest.trailing_zeros() as usize;
        if start == WINDOW {
            return Rest::From(WINDOW);
        }
        let end = start + (!(rest >> start)).trailing_zeros() as usize;
        if end >= WINDOW - 1 {
            // What follows the word is not seen.
            return if start > 0 { Rest::From(start) } else { Rest::Word(start) };
        }
        let is_joined = JOINS[usize::from(window[end])] & seen >> (end + 1) | other >> end & 1;
        if is_joined != 0 {
            return Rest::Word(start);
        }
        batch.spans[batch.len] = ((at + start) as u32, (at + end) as u32);
        batch.len += 1;
        rest &= rest.wrapping_add(lowest);
    }
}

/// Writes what stands at `at`, and what follows it while that is not ASCII.
fn closely(text: &str, mut at: usize, writer: &mut Writer<'_>) -> usize {
    let bytes = text.as_bytes();
    loop {
        at = step(text, at, writer);
        let next = at + usize::from(bytes.get(at) == Some(&b' '));
        if bytes.get(next).is_none_or(u8::is_ascii) {
            return at;
        }
        at = next;
    }
}

/// Writes the words of the text from `at` on, a boundary, looking at every byte.
fn scan_bytewise(text: &str, mut at: usize, writer: &mut Writer<'_>) {
    while at < text.len() {
        at = step(text, at, writer);
    }
}

/// Passes one character, or writes the words from there to the next boundary; returns where that is.
#[inline]
fn step(text: &str, at: usize, writer: &mut Writer<'_>) -> usize {
    let (class, len) = class_at(text.as_bytes(), at);
    match class {
        Class::Letter | Class::Digit | Class::Underscore => word(text, at, writer),
        Class::Other => chunk(text, at, writer),
        _ => at + len,
    }
}

/// Writes the words of the whole text by the slow path alone.
#[cfg(test)]
pub(crate) fn scan_slowly(text: &str, writer: &mut Writer<'_>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        at = if ASCII.get(usize::from(bytes[at])) == Some(&Class::Space) {
            at + 1
        } else {
            chunk(text, at, writer)
        };
    }
}

/// Writes the words from `start` to the next boundary and returns where that is.
#[inline]
fn word(text: &str, start: usize, writer: &mut Writer<'_>) -> usize {
    // A bound on what is looked at twice when the slow path has to take over.
    let bytes = &text.as_bytes()[..text.len().min(start + MAX_CHUNK)];
    let run = bytes[start..].iter().position(|b| !b.is_ascii_alphanumeric());
    let end = run.map_or(bytes.len(), |len| start + len);
    if end > start && bytes.get(end).is_none_or(|&b| b == b' ' || b == b'\n') {
        writer.word(start, end);
        return end;
    }
    match segment_end(bytes, start) {
        Some(Segment { end, is_plain: true }) => {
            writer.word(start, end);
            end
        }
        Some(Segment { end, is_plain: false }) => {
            refine(&text[start..end], |from, to| writer.word(start + from, start + to));
            end
        }
        None => chunk(text, start, writer),
    }
}

/// Writes the words from `start` to the next white space by the slow path and returns where that is.
fn chunk(text: &str, start: usize, writer: &mut Writer<'_>) -> usize {
    let bytes = text.as_bytes();
    let reach = char_boundary(text, start + MAX_CHUNK);
    let is_space = |&at: &usize| ASCII.get(usize::from(bytes[at])) == Some(&Class::Space);
    let end = (start..reach).find(is_space).unwrap_or_else(|| {
        if reach == text.len() {
            return reach;
        }
        // Rather cut between words than inside one.
        let tail = text[start..reach].char_indices().rev().find(|(_, c)| !c.is_alphanumeric());
        tail.map_or(reach, |(from, c)| start + from + c.len_utf8())
    });
    segment::segment(text, start..end, writer);
    end
}

/// A maximal run of characters without a word boundary.
struct Segment {
    end: usize,
    /// One word as it stands: no underscores, no full stops between letters.
    is_plain: bool,
}

/// The end of the segment that starts at a letter, digit or underscore; `None` where the slow path has to decide.
#[inline]
fn segment_end(bytes: &[u8], start: usize) -> Option<Segment> {
    let (mut last, mut at) = (Class::Break, start);
    let mut is_plain = true;
    loop {
        let (class, len) = class_at(bytes, at);
        match class {
            Class::Letter | Class::Digit => (),
            Class::Underscore => is_plain = false,
            Class::Break | Class::Space => return Some(Segment { end: at, is_plain }),
            Class::Other => return None,
            Class::Dot | Class::Apostrophe | Class::Comma => {
                let (next, _) = class_at(bytes, at + len);
                if next == Class::Other {
                    return None;
                }
                let joins = last == next
                    && (last == Class::Digit || (last == Class::Letter && class != Class::Comma));
                if !joins {
                    return Some(Segment { end: at, is_plain });
                }
                is_plain &= last == Class::Digit || class == Class::Apostrophe;
            }
        }
        last = class;
        at += len;
    }
}

/// Class and length in bytes of the character at `at`; a break of no length at the end.
#[inline]
fn class_at(bytes: &[u8], at: usize) -> (Class, usize) {
    let Some(&first) = bytes.get(at) else {
        return (Class::Break, 0);
    };
    if first < 128 { (ASCII[usize::from(first)], 1) } else { class_of_wide(&bytes[at..]) }
}

fn class_of_wide(bytes: &[u8]) -> (Class, usize) {
    match *bytes {
        // No-break space and guillemets.
        [0xc2, 0xa0 | 0xab | 0xbb, ..] => (Class::Break, 2),
        [lead @ 0xc3..=0xdb, trail, ..] => {
            let code = (u32::from(lead) & 0x1f) << 6 | (u32::from(trail) & 0x3f);
            if is_simple_letter(code) { (Class::Letter, 2) } else { (Class::Other, 2) }
        }
        // Hangul syllables, U+AC00 to U+D7A3; the blocks around them end at the same lead bytes.
        [0xeb | 0xec, _, _, ..] | [0xea, 0xb0..=0xbf, _, ..] | [0xed, 0x80..=0x9d, _, ..] => {
            (Class::Letter, 3)
        }
        [0xe2, 0x80, 0x98 | 0x99, ..] => (Class::Apostrophe, 3),
        // U+2010 to U+2026 (dashes, quotes, bullets, the ellipsis) without the one-dot leader.
        [0xe2, 0x80, 0x90..=0xa3 | 0xa5..=0xa6, ..] => (Class::Break, 3),
        _ => (Class::Other, 1),
    }
}

/// Letters of two bytes that behave like ASCII ones: Latin, Greek, Cyrillic, Armenian, Arabic. Hangul syllables, of
/// three, are the others.
fn is_simple_letter(code: u32) -> bool {
    matches!(code,
        0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..=0x2ad
        | 0x386 | 0x388..=0x38a | 0x38c | 0x38e..=0x3a1 | 0x3a3..=0x3f5 | 0x3f7..=0x481 | 0x48a..=0x52f
        | 0x531..=0x556 | 0x561..=0x587
        | 0x620..=0x64a | 0x671..=0x6d3)
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    #[test]
    fn simple_letters_are_what_the_standard_calls_letters() {
        let mut buffer = [0; 4];
        let is_letter = |c: &char| class_of_wide(c.encode_utf8(&mut buffer).as_bytes()).0 == Class::Letter;
        for c in ('\u{80}'..'\u{20000}').filter(is_letter) {
            let text = format!("{c}{c}a.{c}1_{c}'a");
            assert_eq!(text.split_word_bounds().count(), 1, "U+{:04X}", u32::from(c));
            let text = format!("{c},{c}");
            assert_eq!(text.split_word_bounds().count(), 3, "U+{:04X}", u32::from(c));
            let text = format!("{c}\"{c}");
            assert_eq!(text.split_word_bounds().count(), 3, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn wide_breaks_are_what_the_standard_calls_breaks() {
        for code in (0xa0..0x2030).filter_map(char::from_u32) {
            let mut buffer = [0; 4];
            let encoded = code.encode_utf8(&mut buffer);
            if class_of_wide(encoded.as_bytes()).0 == Class::Break {
                for text in [format!("a{code}a"), format!("1{code}1"), format!("_{code}_")] {
                    assert_eq!(text.split_word_bounds().count(), 3, "U+{:04X}", u32::from(code));
                }
            }
        }
    }
}
