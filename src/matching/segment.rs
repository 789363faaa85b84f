//! Cuts long documents into overlapping segments, so that work on a pair is bounded.

use crate::model::{Span, TokenSpan, Tokens};

/// Tokens in one segment. An article is one segment; a book is many.
pub const SEGMENT_TOKENS: u32 = 4_096;

/// Tokens that two neighbouring segments share, so that a passage across a cut is whole in one of them or is
/// joined again where both halves overlap.
pub const OVERLAP_TOKENS: u32 = 512;

/// One piece of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Index of the document.
    pub document: u32,
    /// Its tokens.
    pub tokens: TokenSpan,
}

/// The segments of all documents, in document order, then in order of place.
#[derive(Clone, Debug, Default)]
pub struct Segments {
    all: Vec<Segment>,
    first: Vec<u32>,
}

impl Segments {
    /// Cuts every document.
    #[must_use]
    pub fn of(documents: &[Tokens]) -> Segments {
        Segments::cut(documents.iter().map(|tokens| tokens.len() as u32))
    }

    /// Cuts documents of these lengths, in tokens.
    #[must_use]
    pub fn cut(lens: impl Iterator<Item = u32>) -> Segments {
        let mut segments = Segments::default();
        for (document, len) in lens.enumerate() {
            segments.first.push(segments.all.len() as u32);
            let mut start = 0;
            loop {
                // The last cut takes the rest along rather than leave a stub that its neighbour already holds.
                let end =
                    if len - start <= SEGMENT_TOKENS + OVERLAP_TOKENS { len } else { start + SEGMENT_TOKENS };
                segments.all.push(Segment { document: document as u32, tokens: Span::new(start, end) });
                if end == len {
                    break;
                }
                start = end - OVERLAP_TOKENS;
            }
        }
        segments.first.push(segments.all.len() as u32);
        segments
    }

    /// Number of segments of all documents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none, for want of a document.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The segment at `index`.
    #[must_use]
    pub fn get(&self, index: u32) -> Segment {
        self.all[index as usize]
    }

    /// Indices of the segments of `document`.
    #[must_use]
    pub fn of_document(&self, document: usize) -> std::ops::Range<u32> {
        self.first[document]..self.first[document + 1]
    }

    /// Index of the first segment of `document` that holds the token at `position`.
    #[must_use]
    pub fn at(&self, document: usize, position: u32) -> u32 {
        let range = self.of_document(document);
        if range.len() == 1 {
            return range.start;
        }
        let step = SEGMENT_TOKENS - OVERLAP_TOKENS;
        let guess = (position / step).min(range.len() as u32 - 1);
        let earlier = guess.saturating_sub(1);
        let holds = |n: u32| {
            let tokens = self.all[(range.start + n) as usize].tokens;
            tokens.start() <= position && position < tokens.end()
        };
        range.start + if guess > 0 && holds(earlier) { earlier } else { guess }
    }
}
