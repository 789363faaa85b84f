//! Matches to a readable edit script, with its edits counted.

use crate::model::{EditCounts, Operation, Span, Step, TokenSpan};

/// A matched pair of tokens, in positions of the whole documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    /// Position in a.
    pub(super) a: u32,
    /// Position in b.
    pub(super) b: u32,
    /// Whether it belongs to a moved block.
    pub(super) moved: bool,
}

/// The edit script from the tokens `a` to the tokens `b`, given their matched `pairs` sorted by a.
#[must_use]
pub(super) fn steps(a: TokenSpan, b: TokenSpan, pairs: &[Pair]) -> Vec<Step> {
    let mut script =
        Script { steps: Vec::new(), moved_b: pairs.iter().filter(|p| p.moved).map(|p| p.b).collect() };
    script.moved_b.sort_unstable();
    let (mut i, mut j) = (a.start(), b.start());
    let mut moved: Vec<Pair> = Vec::new();
    for &pair in pairs {
        if pair.moved {
            moved.push(pair);
            continue;
        }
        if (i, j) != (pair.a, pair.b) {
            script.gap(Span::new(i, pair.a), Span::new(j, pair.b), &moved);
            moved.clear();
        }
        script.push(Operation::Equal, Span::new(pair.a, pair.a + 1), Span::new(pair.b, pair.b + 1));
        (i, j) = (pair.a + 1, pair.b + 1);
    }
    script.gap(Span::new(i, a.end()), Span::new(j, b.end()), &moved);
    script.steps.shrink_to_fit();
    script.steps
}

/// The matched pairs that `steps` was written from.
#[must_use]
pub(super) fn pairs_of(steps: &[Step]) -> Vec<Pair> {
    steps
        .iter()
        .filter(|step| matches!(step.operation, Operation::Equal | Operation::Move))
        .flat_map(|step| {
            let moved = step.operation == Operation::Move;
            (step.a.start()..step.a.end()).zip(step.b.start()..step.b.end()).map(move |(a, b)| Pair {
                a,
                b,
                moved,
            })
        })
        .collect()
}

struct Script {
    steps: Vec<Step>,
    moved_b: Vec<u32>,
}

impl Script {
    /// Appends a step, or lengthens the last one if the two are one.
    fn push(&mut self, operation: Operation, a: TokenSpan, b: TokenSpan) {
        if let Some(last) = self.steps.last_mut()
            && last.operation == operation
            && last.a.end() == a.start()
            && last.b.end() == b.start()
        {
            last.a = last.a.hull(a);
            last.b = last.b.hull(b);
            return;
        }
        self.steps.push(Step { operation, a, b });
    }

    /// What stands between two matches of the main chain: moved blocks of a at their place, and the rest of a
    /// opposite the rest of b.
    fn gap(&mut self, a: TokenSpan, b: TokenSpan, moved: &[Pair]) {
        if moved.is_empty() && self.moved_b.is_empty() {
            return self.plain_gap(a, b);
        }
        let mut b_rest = self.free_runs(b).into_iter();
        let mut here = a.start();
        let mut runs: Vec<(TokenSpan, Option<u32>)> = Vec::new();
        for pair in moved {
            match runs.last_mut() {
                Some((run, Some(to))) if run.end() == pair.a && *to + run.len() == pair.b => {
                    *run = Span::new(run.start(), pair.a + 1);
                }
                _ => {
                    if here < pair.a {
                        runs.push((Span::new(here, pair.a), None));
                    }
                    runs.push((Span::new(pair.a, pair.a + 1), Some(pair.b)));
                }
            }
            here = pair.a + 1;
        }
        if here < a.end() {
            runs.push((Span::new(here, a.end()), None));
        }
        let mut b_here = b.start();
        for (run, to) in runs {
            match (to, b_rest.len()) {
                (Some(to), _) => self.push(Operation::Move, run, Span::new(to, to + run.len())),
                (None, 0) => self.push(Operation::Delete, run, Span::new(b_here, b_here)),
                (None, _) => {
                    let opposite = b_rest.next().unwrap_or_else(|| Span::new(b_here, b_here));
                    b_here = opposite.end();
                    self.push(Operation::Replace, run, opposite);
                }
            }
        }
        for run in b_rest {
            self.push(Operation::Insert, Span::new(a.end(), a.end()), run);
        }
    }

    /// The same where nothing has moved, as in most passages.
    fn plain_gap(&mut self, a: TokenSpan, b: TokenSpan) {
        match (a.is_empty(), b.is_empty()) {
            (true, true) => {}
            (true, false) => self.push(Operation::Insert, Span::new(a.end(), a.end()), b),
            (false, true) => self.push(Operation::Delete, a, Span::new(b.start(), b.start())),
            (false, false) => self.push(Operation::Replace, a, b),
        }
    }

    /// Runs of `b` that no moved block takes.
    fn free_runs(&self, b: TokenSpan) -> Vec<TokenSpan> {
        let mut runs = Vec::new();
        let mut start = b.start();
        let first = self.moved_b.partition_point(|&position| position < b.start());
        for &taken in self.moved_b[first..].iter().take_while(|&&position| position < b.end()) {
            if start < taken {
                runs.push(Span::new(start, taken));
            }
            start = taken + 1;
        }
        if start < b.end() {
            runs.push(Span::new(start, b.end()));
        }
        runs
    }
}

/// Counts the words of a script's edits; what numbers and names became is for [`crate::edits`] to say.
#[must_use]
pub(super) fn count(steps: &[Step]) -> EditCounts {
    let mut counts = EditCounts::default();
    for step in steps {
        match step.operation {
            Operation::Equal => {}
            Operation::Insert => counts.inserted += step.b.len(),
            Operation::Delete => counts.deleted += step.a.len(),
            Operation::Move => counts.moved += step.a.len(),
            Operation::Replace => {
                let both = step.a.len().min(step.b.len());
                counts.replaced += both;
                counts.deleted += step.a.len() - both;
                counts.inserted += step.b.len() - both;
            }
        }
    }
    counts
}
