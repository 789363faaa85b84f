//! Finds the exact extent of a passage from a rough box.
//!
//! Given the tokens of one side, every token of the other around the box is worth its word's weight if the first
//! side holds that word, and a small penalty if not; the segment with the greatest sum is the passage's extent on
//! that side (Kadane's maximal segment). The sides take turns until nothing moves. The order of words plays no part,
//! so shuffled wording is found whole, and the ends fall on shared words.

use crate::align::chain::Box2;
use crate::align::score::{STOP_BITS, UNMATCHED_BITS};
use crate::align::tables::{NOT_SHARED, Tables};
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
        self.stamps[NOT_SHARED as usize] = 0;
    }

    fn holds(&self, number: u32) -> bool {
        self.stamps[number as usize] == self.round
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
        let word = tables.word(number);
        let shared = choose(word.content, word.bits, STOP_BITS);
        sum = (sum + choose(marks.holds(number), shared, -UNMATCHED_BITS)).max(0.0);
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
    let costs = [-penalties.stop, -penalties.content];
    let (mut sum, mut start) = (0.0_f32, first);
    let (mut best, mut best_start, mut best_end) = (0.0_f32, first, first);
    // Without a branch on what cannot be foreseen, whether a word is shared and whether that is the best so far.
    for position in first..last {
        let number = numbers[position];
        let is_content = position + 1 == content.len() || content[position + 1] > content[position];
        let (weight, cost) = (tables.word(number).weight, costs[usize::from(is_content)]);
        sum += choose(marks.holds(number), weight, cost);
        let (is_better, is_over) = (sum > best, sum <= 0.0);
        best = best.max(sum);
        best_start = if is_better { start } else { best_start };
        best_end = if is_better { position + 1 } else { best_end };
        sum = sum.max(0.0);
        start = if is_over { position + 1 } else { start };
    }
    (best > 0.0).then(|| Span::new(best_start as u32, best_end as u32))
}

/// One of two numbers; as whole numbers, of which a processor chooses one without a branch.
fn choose(condition: bool, yes: f32, no: f32) -> f32 {
    f32::from_bits(if condition { yes.to_bits() } else { no.to_bits() })
}
