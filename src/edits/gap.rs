//! What stands between two matches of a passage, and beside its first and its last.
//!
//! Where a word repeats, an alignment may match either: of `…, the ministry said. The trains …` the first `the` as well as the
//! second. Runs are slid to where a sentence ends, and a passage that ends in such a word ends before it.

use crate::edits::Side;
use crate::edits::slot::ends_sentence;
use crate::model::{Flags, Operation, Span, Step, TokenSpan};

/// Words between the end of a passage and the end of its sentence that are looked at.
const EDGE: u32 = 12;

/// Most words that are matched to those of another sentence: `In the`.
const MISPLACED: u32 = 3;

/// What stands between two matches: runs of unmatched words of either text.
pub(super) struct Gap {
    /// Of a and of b.
    pub(super) runs: [Vec<TokenSpan>; 2],
    /// First token of either text that may belong to it: where an edit without words on this side stands.
    pub(super) at: [u32; 2],
}

/// The gaps of a passage, and those at its edges.
pub(super) fn gaps(steps: &[Step], a: Side<'_>, b: Side<'_>) -> Vec<Gap> {
    let mut gaps =
        vec![Gap { runs: [vec![before(a)], vec![before(b)]], at: [a.span.start(), b.span.start()] }];
    let inner = steps.split(|step| step.operation == Operation::Equal);
    // The matches that open each group: the first group has none.
    let equals = steps.iter().filter(|step| step.operation == Operation::Equal);
    let opens =
        std::iter::once([a.span.start(), b.span.start()]).chain(equals.map(|it| [it.a.end(), it.b.end()]));
    for (group, at) in inner.zip(opens).filter(|(group, _)| !group.is_empty()) {
        let still = || group.iter().filter(|step| step.operation != Operation::Move);
        gaps.push(Gap { runs: [still().map(|it| it.a).collect(), still().map(|it| it.b).collect()], at });
    }
    let ends = last_match(a, b);
    gaps.push(Gap { runs: [vec![behind(a, ends[0])], vec![behind(b, ends[1])]], at: ends });
    for gap in &mut gaps {
        gap.runs.iter_mut().for_each(tidy);
        gap.slide([a, b]);
    }
    gaps
}

impl Gap {
    /// Where one text alone has words, and these reach from the middle of one sentence into the next, moves them to the end of
    /// the first if they are the same words there.
    fn slide(&mut self, sides: [Side<'_>; 2]) {
        let one = match [self.runs[0].as_slice(), self.runs[1].as_slice()] {
            [[_], []] => 0,
            [[], [_]] => 1,
            _ => return,
        };
        let (side, run) = (sides[one], self.runs[one][0]);
        let keys = &side.tokens.keys;
        let least = self.at[0] - sides[0].span.start();
        let most = MISPLACED.min(run.len() - 1).min(least).min(self.at[1] - sides[1].span.start());
        if ends_sentence(side, run.end() - 1) {
            return;
        }
        let is_same = |n: &u32| keys[(run.start() - n) as usize] == keys[(run.end() - n) as usize];
        let by = (1..=most).take_while(is_same).find(|n| ends_sentence(side, run.end() - n - 1));
        if let Some(by) = by {
            self.runs[one][0] = Span::new(run.start() - by, run.end() - by);
            self.at = self.at.map(|at| at - by);
        }
    }
}

/// Where a passage ends in either text, without the words that begin a sentence in one text alone.
fn last_match(a: Side<'_>, b: Side<'_>) -> [u32; 2] {
    let (i, j) = (a.span.end(), b.span.end());
    let most = MISPLACED.min(a.span.len().saturating_sub(1)).min(b.span.len().saturating_sub(1));
    let is_same = |n: &u32| {
        let (x, y) = ((i - n) as usize, (j - n) as usize);
        a.tokens.is(x, Flags::STOP) && a.tokens.keys[x] == b.tokens.keys[y]
    };
    let begins = |n: &u32| ends_sentence(a, i - n - 1) != ends_sentence(b, j - n - 1);
    let by = (1..=most).take_while(is_same).find(begins).unwrap_or(0);
    [i - by, j - by]
}

/// Runs in order of place, without empty ones, those that touch made one.
fn tidy(runs: &mut Vec<TokenSpan>) {
    runs.retain(|run| !run.is_empty());
    runs.sort_unstable_by_key(|run| (run.start(), run.end()));
    runs.dedup_by(|next, run| {
        let touch = run.end() == next.start();
        if touch {
            *run = run.hull(*next);
        }
        touch
    });
}

/// The words between the start of the sentence and the start of the passage.
fn before(side: Side<'_>) -> TokenSpan {
    let end = side.span.start();
    let low = end.saturating_sub(EDGE);
    let start = (low..end).rev().find(|&at| ends_sentence(side, at)).map_or(low, |at| at + 1);
    // Too far from the start of its sentence to be looked at.
    if start == low && low > 0 { Span::new(end, end) } else { Span::new(start, end) }
}

/// The words between `start`, the end of the passage, and the end of its sentence.
fn behind(side: Side<'_>, start: u32) -> TokenSpan {
    let n = side.tokens.len() as u32;
    if start == 0 || ends_sentence(side, start - 1) {
        return Span::new(start, start);
    }
    let end = (start..n.min(start + EDGE)).find(|&at| ends_sentence(side, at));
    Span::new(start, end.map_or(start, |at| at + 1))
}
