//! Joins boxes that a person would see as one passage.

use crate::align::chain::Box2;
use crate::align::company::gap;
use crate::model::TokenSpan;

/// Earlier boxes looked back at for each box; keeps repeated text linear.
const LOOK_BACK: usize = 64;

/// Joins boxes that overlap or lie at most `max_gap` tokens apart on both sides, until none do. A box that repeats
/// another's place on one side and stands elsewhere on the other is a repetition and stays apart.
#[must_use]
pub(super) fn merge(mut boxes: Vec<Box2>, max_gap: u32) -> Vec<Box2> {
    loop {
        boxes.sort_unstable();
        boxes.dedup();
        let before = boxes.len();
        let mut merged: Vec<Box2> = Vec::with_capacity(before);
        for next in boxes {
            let from = merged.len().saturating_sub(LOOK_BACK);
            match merged[from..].iter_mut().rev().find(|earlier| are_one(**earlier, next, max_gap)) {
                Some(earlier) => *earlier = Box2 { a: earlier.a.hull(next.a), b: earlier.b.hull(next.b) },
                None => merged.push(next),
            }
        }
        boxes = merged;
        if boxes.len() == before {
            return boxes;
        }
    }
}

fn are_one(x: Box2, y: Box2, max_gap: u32) -> bool {
    gap(x.a, y.a) <= max_gap
        && gap(x.b, y.b) <= max_gap
        && !(is_repetition(x.a, y.a, x.b, y.b) || is_repetition(x.b, y.b, x.a, y.a))
}

/// Whether two boxes share most of one side and nothing of the other.
fn is_repetition(x: TokenSpan, y: TokenSpan, x_other: TokenSpan, y_other: TokenSpan) -> bool {
    x.overlap(y) * 2 > x.len().min(y.len()) && x_other.overlap(y_other) == 0
}
