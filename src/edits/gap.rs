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
    /// Whether a sentence of either text goes on for more words there than are looked at.
    pub(super) is_open: [bool; 2],
}

/// The gaps of a passage; the first and the last go on to where the sentences at its edges begin and end.
pub(super) fn gaps(steps: &[Step], a: Side<'_>, b: Side<'_>) -> Vec<Gap> {
    let ends = last_match(steps, a, b);
    let is_equal = |step: &Step| step.operation == Operation::Equal;
    let equals: Vec<&Step> = steps.iter().filter(|step| is_equal(step)).collect();
    let opens = std::iter::once([a.span.start(), b.span.start()])
        .chain(equals.iter().map(|it| [it.a.end(), it.b.end()]));
    let mut gaps = Vec::new();
    for (n, (group, at)) in steps.split(is_equal).zip(opens).enumerate() {
        let (is_first, is_last) = (n == 0, n == equals.len());
        if group.is_empty() && !is_first && !is_last {
            continue;
        }
        let still = || group.iter().filter(|step| step.operation != Operation::Move);
        let mut gap = Gap {
            runs: [still().map(|it| it.a).collect(), still().map(|it| it.b).collect()],
            at,
            is_open: [false; 2],
        };
        if is_first {
            gap.add([before(a), before(b)]);
        }
        if is_last {
            gap.at = if group.is_empty() { ends } else { at };
            gap.add([behind(a, ends[0]), behind(b, ends[1])]);
        }
        gap.runs.iter_mut().for_each(tidy);
        gap.slide([a, b]);
        gaps.push(gap);
    }
    gaps
}

impl Gap {
    /// Takes in what stands beside the passage, of either text.
    fn add(&mut self, edges: [Option<TokenSpan>; 2]) {
        for (one, edge) in edges.into_iter().enumerate() {
            match edge {
                Some(run) => self.runs[one].push(run),
                None => self.is_open[one] = true,
            }
        }
    }

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
        let matched = |one: usize| self.at[one].saturating_sub(sides[one].span.start());
        let most = MISPLACED.min(run.len() - 1).min(matched(0)).min(matched(1)).min(run.start());
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
fn last_match(steps: &[Step], a: Side<'_>, b: Side<'_>) -> [u32; 2] {
    let (i, j) = (a.span.end(), b.span.end());
    let last = steps.last().filter(|step| step.operation == Operation::Equal);
    let most = last.map_or(0, |step| MISPLACED.min(step.a.len() - 1));
    let is_same = |n: &u32| a.tokens.is((i - n) as usize, Flags::STOP);
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

/// The words between the start of the sentence and the start of the passage; `None` where these are too many.
fn before(side: Side<'_>) -> Option<TokenSpan> {
    let end = side.span.start();
    let low = end.saturating_sub(EDGE);
    let start = (low..end).rev().find(|&at| ends_sentence(side, at)).map(|at| at + 1);
    start.or((low == 0).then_some(0)).map(|start| Span::new(start, end))
}

/// The words between `start`, the end of the passage, and the end of its sentence; `None` where these are too many.
fn behind(side: Side<'_>, start: u32) -> Option<TokenSpan> {
    let n = side.tokens.len() as u32;
    if start == 0 || ends_sentence(side, start - 1) {
        return Some(Span::new(start, start));
    }
    let end = (start..n.min(start + EDGE)).find(|&at| ends_sentence(side, at));
    end.map(|at| Span::new(start, at + 1))
}
