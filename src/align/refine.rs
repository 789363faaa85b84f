//! Finds the exact extent of a passage from a rough box.
//!
//! Given the tokens of one side, every token of the other around the box is worth its word's weight if the first
//! side holds that word, and a small penalty if not; the segment with the greatest sum is the passage's extent on
//! that side (Kadane's maximal segment). The sides take turns until nothing moves. The order of words plays no part,
//! so shuffled wording is found whole, and the ends fall on shared words.

use crate::align::chain::Box2;
use crate::align::score::{STOP_BITS, UNMATCHED_BITS};
use crate::align::tables::Tables;
use crate::model::{Span, TokenSpan};

/// Cost of tokens that the other side lacks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Penalties {
    /// Of a content word.
    pub(super) content: f32,
    /// Of a function word.
    pub(super) stop: f32,
    /// Tokens to look beyond the box on either end.
    pub(super) margin: u32,
}

/// Turns each side takes at most.
const ROUNDS: usize = 3;

/// Marks which words one side holds.
#[derive(Default)]
pub(super) struct Marks {
    stamps: Vec<u32>,
    round: u32,
}

impl Marks {
    fn mark(&mut self, numbers: &[u32], n_words: usize) {
        if self.stamps.len() < n_words {
            self.stamps.resize(n_words, 0);
        }
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.stamps.fill(0);
            self.round = 1;
        }
        for &number in numbers {
            self.stamps[number as usize] = self.round;
        }
    }

    fn holds(&self, number: u32) -> bool {
        number != 0 && self.stamps[number as usize] == self.round
    }
}

/// The extent of the passage around `rough`; `None` when nothing on one side is worth keeping.
pub(super) fn refine(tables: &Tables, rough: Box2, penalties: Penalties, marks: &mut Marks) -> Option<Box2> {
    let mut here = rough;
    for _ in 0..ROUNDS {
        marks.mark(&tables.b[here.b.range()], tables.words.len());
        let a = best_segment(tables, &tables.a, &tables.a_content, here.a, penalties, marks)?;
        marks.mark(&tables.a[a.range()], tables.words.len());
        let b = best_segment(tables, &tables.b, &tables.b_content, here.b, penalties, marks)?;
        let next = Box2 { a, b };
        if next == here {
            break;
        }
        here = next;
    }
    Some(here)
}

/// What a passage inside `place` can be worth at most, in bits: on either side every token whose word the other side holds
/// matched, and every other one unmatched, of the segment where that comes to most.
pub(super) fn most_bits(tables: &Tables, place: Box2, marks: &mut Marks) -> f32 {
    marks.mark(&tables.b[place.b.range()], tables.words.len());
    let of_a = best_sum(tables, &tables.a[place.a.range()], marks);
    marks.mark(&tables.a[place.a.range()], tables.words.len());
    of_a.min(best_sum(tables, &tables.b[place.b.range()], marks))
}

fn best_sum(tables: &Tables, numbers: &[u32], marks: &Marks) -> f32 {
    let (mut sum, mut best) = (0.0_f32, 0.0_f32);
    for &number in numbers {
        sum += if marks.holds(number) {
            let word = tables.word(number);
            if word.content { word.bits } else { STOP_BITS }
        } else {
            -UNMATCHED_BITS
        };
        sum = sum.max(0.0);
        best = best.max(sum);
    }
    best
}

/// The segment with the greatest sum among the tokens of `around` and its margin; the first of equal ones.
fn best_segment(
    tables: &Tables,
    numbers: &[u32],
    content: &[u32],
    around: TokenSpan,
    penalties: Penalties,
    marks: &Marks,
) -> Option<TokenSpan> {
    let first = around.start().saturating_sub(penalties.margin) as usize;
    let last = ((around.end() + penalties.margin) as usize).min(numbers.len());
    let (mut sum, mut start) = (0.0_f32, first);
    let (mut best, mut found) = (0.0_f32, None);
    for position in first..last {
        let number = numbers[position];
        let is_content = position + 1 == content.len() || content[position + 1] > content[position];
        sum += if marks.holds(number) {
            tables.word(number).weight
        } else if is_content {
            -penalties.content
        } else {
            -penalties.stop
        };
        if sum <= 0.0 {
            sum = 0.0;
            start = position + 1;
        } else if sum > best {
            best = sum;
            found = Some(Span::new(start as u32, position as u32 + 1));
        }
    }
    found
}
