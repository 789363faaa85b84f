//! Where bytes of texts lie in UTF-16 code units, which a browser's strings are counted in.
//!
//! As [`crate::report::locate`], of which this is the twin for one more unit that no other format asks for: a checkpoint every
//! 1,024 bytes, made when the first offset of a text is asked for.

use std::sync::OnceLock;

use crate::model::{ByteSpan, DocId, Findings};

/// Bytes between checkpoints.
const STRIDE: usize = 1_024;

/// UTF-16 code units of `text`.
pub(super) fn units(text: &str) -> u32 {
    let starts = |byte: &&u8| **byte & 0xC0 != 0x80;
    let bytes = text.as_bytes();
    // A character of four bytes is a pair of surrogates.
    (bytes.iter().filter(starts).count() + bytes.iter().filter(|&&byte| byte >= 0xF0).count()) as u32
}

/// What is remembered of one text: the units before each checkpoint; nothing of a text of ASCII.
#[derive(Debug)]
struct Checkpoints {
    before: Option<Vec<u32>>,
    /// Units of a character beyond the first 65,536, less one.
    more: u32,
}

impl Checkpoints {
    fn of(text: &str, more: u32) -> Checkpoints {
        if text.is_ascii() {
            return Checkpoints { before: None, more };
        }
        let mut before = 0;
        let mut checkpoints = Vec::with_capacity(text.len() / STRIDE);
        for block in text.as_bytes().chunks_exact(STRIDE) {
            before += units_of(block, more);
            checkpoints.push(before);
        }
        Checkpoints { before: Some(checkpoints), more }
    }

    fn at(&self, text: &str, byte: u32) -> u32 {
        let Some(checkpoints) = &self.before else { return byte };
        let block = byte as usize / STRIDE;
        let before = block.checked_sub(1).map_or(0, |index| checkpoints[index]);
        before + units_of(&text.as_bytes()[block * STRIDE..byte as usize], self.more)
    }
}

/// Units that begin among `bytes`, which may begin and end inside a character.
fn units_of(bytes: &[u8], more: u32) -> u32 {
    bytes.iter().map(|&byte| u32::from(byte & 0xC0 != 0x80) + more * u32::from(byte >= 0xF0)).sum()
}

/// Answers where byte offsets of the texts of a result lie. Where no text is shown, places are counted in code points: a result
/// tells nothing else of texts that it does not hold.
pub(super) struct Places<'a> {
    findings: &'a dyn Findings,
    more: u32,
    checkpoints: Vec<OnceLock<Checkpoints>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(findings: &'a dyn Findings) -> Places<'a> {
        let documents = &findings.facts().documents;
        let more = u32::from(findings.hidden().is_none());
        Places { findings, more, checkpoints: documents.iter().map(|_| OnceLock::new()).collect() }
    }

    /// First unit of `span` in `doc`, and the first one after.
    pub(super) fn of(&self, doc: DocId, span: ByteSpan) -> (u32, u32) {
        self.within(&self.findings.text(doc), doc, span)
    }

    /// The same of what stands inside shared words; nothing where no text is shown, since a result tells its bytes alone.
    pub(super) fn in_words(&self, doc: DocId, span: ByteSpan) -> (u32, u32) {
        if self.findings.hidden().is_some() { (0, 0) } else { self.of(doc, span) }
    }

    /// The same as [`Places::of`] where the text of `doc` is at hand.
    pub(super) fn within(&self, text: &str, doc: DocId, span: ByteSpan) -> (u32, u32) {
        let checkpoints = self.checkpoints[doc.index()].get_or_init(|| Checkpoints::of(text, self.more));
        (checkpoints.at(text, span.start()), checkpoints.at(text, span.end()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// By the definition, in time linear in the text.
    fn slow_twin(text: &str, byte: usize) -> u32 {
        text[..byte].encode_utf16().count() as u32
    }

    #[test]
    fn counts_surrogates_twice_across_checkpoints() {
        for unit in ["ab", "é", "€", "😀", "a\u{301}", "👩‍👩‍👧", "\u{202e}x"] {
            let text = format!("y{}", unit.repeat(4_000 / unit.len()));
            let checkpoints = Checkpoints::of(&text, 1);
            assert_eq!(units(&text), slow_twin(&text, text.len()), "{unit:?}");
            for byte in (0..=text.len()).filter(|&byte| text.is_char_boundary(byte)) {
                assert_eq!(checkpoints.at(&text, byte as u32), slow_twin(&text, byte), "{unit:?} at {byte}");
            }
        }
    }

    proptest! {
        #[test]
        fn equals_the_slow_twin(parts in prop::collection::vec("[a\ré€😀\u{202e}]{0,60}", 0..60), at: prop::sample::Index) {
            let text = parts.concat();
            let mut byte = at.index(text.len() + 1);
            while !text.is_char_boundary(byte) {
                byte -= 1;
            }
            prop_assert_eq!(Checkpoints::of(&text, 1).at(&text, byte as u32), slow_twin(&text, byte));
        }
    }
}
