//! Half-open ranges whose unit is part of the type.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Range;

/// Unit of [`Span`]: UTF-8 bytes of a document's text as given.
#[derive(Clone, Copy, Debug)]
pub struct Bytes;

/// Unit of [`Span`]: tokens of a normalized document.
#[derive(Clone, Copy, Debug)]
pub struct TokenUnit;

/// A range of bytes in a document's text.
pub type ByteSpan = Span<Bytes>;

/// A range of tokens in a normalized document.
pub type TokenSpan = Span<TokenUnit>;

/// A half-open range `start..end` counted in the unit `U` ([`Bytes`] or [`TokenUnit`]).
pub struct Span<U> {
    // Invariant: start <= end.
    start: u32,
    end: u32,
    unit: PhantomData<U>,
}

impl<U> Span<U> {
    /// The range `start..end`.
    ///
    /// # Panics
    ///
    /// Panics if `end < start`.
    #[track_caller]
    #[must_use]
    pub fn new(start: u32, end: u32) -> Span<U> {
        assert!(start <= end, "span runs backwards: {start}..{end}");
        Span { start, end, unit: PhantomData }
    }

    /// First unit inside.
    #[must_use]
    pub fn start(self) -> u32 {
        self.start
    }

    /// First unit after.
    #[must_use]
    pub fn end(self) -> u32 {
        self.end
    }

    /// Number of units inside.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether nothing is inside.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same range for slicing.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of units that both ranges hold.
    #[must_use]
    pub fn overlap(self, other: Span<U>) -> u32 {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn hull(self, other: Span<U>) -> Span<U> {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether every unit of `other` lies inside.
    #[must_use]
    pub fn contains(self, other: Span<U>) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl<U> Clone for Span<U> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U> Copy for Span<U> {}
impl<U> PartialEq for Span<U> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}
impl<U> Eq for Span<U> {}
impl<U> PartialOrd for Span<U> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<U> Ord for Span<U> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<U> Hash for Span<U> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<U> fmt::Debug for Span<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Number of units held by at least one of `spans`; sorts them in place.
pub fn union_len<U>(spans: &mut [Span<U>]) -> u32 {
    spans.sort_unstable();
    let (mut total, mut reach) = (0, 0);
    for span in spans {
        let from = span.start.max(reach);
        total += span.end.saturating_sub(from);
        reach = reach.max(span.end);
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_union_counts_what_is_shared_once() {
        let cases: [(&[(u32, u32)], u32); 6] = [
            (&[], 0),
            (&[(3, 3)], 0),
            (&[(0, 4)], 4),
            (&[(0, 4), (2, 6)], 6),
            (&[(8, 9), (0, 4), (1, 2)], 5),
            (&[(0, 10), (2, 3), (9, 12)], 12),
        ];
        for (spans, expected) in cases {
            let mut spans: Vec<TokenSpan> = spans.iter().map(|&(s, e)| Span::new(s, e)).collect();
            assert_eq!(union_len(&mut spans), expected, "{spans:?}");
        }
    }

    #[test]
    fn overlap_is_symmetric_and_empty_when_apart() {
        let (a, b, c) = (TokenSpan::new(0, 5), TokenSpan::new(3, 9), TokenSpan::new(9, 12));
        assert_eq!((a.overlap(b), b.overlap(a)), (2, 2));
        assert_eq!((a.overlap(c), b.overlap(c)), (0, 0));
        assert_eq!(a.hull(c), TokenSpan::new(0, 12));
    }

    #[test]
    #[should_panic(expected = "span runs backwards: 4..2")]
    fn refuses_a_backward_range() {
        let _ = TokenSpan::new(4, 2);
    }
}
