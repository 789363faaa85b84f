//! Decides between passages that claim the same words.

use crate::align::Alignment;

/// Least identity of a passage that repeats another's words on one side.
pub(super) const REPEAT_IDENTITY: f64 = 0.7;

/// Stronger passages looked at for each; in a text that repeats itself throughout, the nearest decide.
const LOOK_BACK: usize = 256;

/// Keeps the passages of one pair that do not merely restate a stronger one; sorts by place.
///
/// A passage inside a stronger one on both sides goes. One that shares most of its words with a stronger one on one
/// side only is a repetition of the statement, and stays if it is nearly the same wording.
#[must_use]
pub(super) fn select(mut found: Vec<Alignment>) -> Vec<Alignment> {
    found.sort_by(|x, y| y.bits.total_cmp(&x.bits).then_with(|| (x.a, x.b).cmp(&(y.a, y.b))));
    let mut kept: Vec<Alignment> = Vec::with_capacity(found.len());
    for next in found {
        let from = kept.len().saturating_sub(LOOK_BACK);
        if !kept[from..].iter().any(|strong| restates(&next, strong)) {
            kept.push(next);
        }
    }
    kept.sort_by_key(|passage| (passage.a, passage.b));
    kept
}

/// Whether a passage merely restates a stronger one.
pub(super) fn restates(next: &Alignment, strong: &Alignment) -> bool {
    let in_a = strong.a.overlap(next.a) * 2 > next.a.len();
    let in_b = strong.b.overlap(next.b) * 2 > next.b.len();
    (in_a && in_b) || ((in_a || in_b) && next.identity < REPEAT_IDENTITY)
}
