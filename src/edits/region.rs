//! The places of a passage to look at: each change, with the numbers and names that adjoin it.

use crate::edits::terms::{self, Term};
use crate::edits::{Side, name, word};
use crate::model::{Flags, Operation, Span, Step, TokenSpan};

/// Unchanged words taken in on either side of a change.
const REACH: u32 = 4;

/// Longest region that takes in another change, in words of one side.
const LONGEST: u32 = 64;

/// A change, or several with only numbers and names between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Region<'s> {
    /// Tokens of a.
    pub(super) a: TokenSpan,
    /// Tokens of b.
    pub(super) b: TokenSpan,
    /// The steps it spans.
    pub(super) steps: &'s [Step],
}

/// The regions of a passage, in order. Where a block moved in or out, it is not known what stands opposite what, and
/// only replacements count, as they are.
#[must_use]
pub(super) fn regions<'s>(steps: &'s [Step], a: Side<'_>, b: Side<'_>) -> Vec<Region<'s>> {
    let mut found: Vec<Region<'s>> = Vec::new();
    let mut first_of_last = 0;
    let is_equal = |step: &Step| step.operation == Operation::Equal;
    let mut from = 0;
    while from < steps.len() {
        if is_equal(&steps[from]) {
            from += 1;
            continue;
        }
        let to = steps[from..].iter().position(is_equal).map_or(steps.len(), |n| from + n);
        let gap = Gap { before: from.checked_sub(1).map(|at| &steps[at]), after: steps.get(to) };
        if to == from + 1 && gap.is_filled_by(&steps[from], a, b) {
            let region = gap.around(&steps[from..to], a, b);
            match found.last_mut() {
                Some(last) if region.a.start() < last.a.end() || region.b.start() < last.b.end() => {
                    last.a = last.a.hull(region.a);
                    last.b = last.b.hull(region.b);
                    last.steps = &steps[first_of_last..to];
                }
                _ => {
                    first_of_last = from;
                    found.push(region);
                }
            }
        } else {
            let replaced = steps[from..to].iter().enumerate();
            for (n, step) in replaced.filter(|(_, step)| step.operation == Operation::Replace) {
                first_of_last = from + n;
                found.push(Region { a: step.a, b: step.b, steps: &steps[from + n..=from + n] });
            }
        }
        from = to;
    }
    found
}

impl Region<'_> {
    /// Whether both sides hold something that could be a number or a name: asked before any word is looked up.
    #[must_use]
    pub(super) fn may_change_facts(&self, a: Side<'_>, b: Side<'_>) -> bool {
        let any = |side: Side<'_>, span: TokenSpan| span.range().any(|index| is_fact(side, index));
        any(a, self.a) && any(b, self.b)
    }

    /// Whether a name may have become another: words of both sides changed, and each side has a capital where a name may
    /// have one, on a word that the other lacks. [`name::may_lack`] then asks the same of words that are no values.
    #[must_use]
    pub(super) fn may_rename(&self, a: Side<'_>, b: Side<'_>) -> bool {
        self.steps.iter().any(|step| !step.a.is_empty())
            && self.steps.iter().any(|step| !step.b.is_empty())
            && has_own_capital((a, self.a), (b, self.b))
            && has_own_capital((b, self.b), (a, self.a))
    }

    /// Whether a number or date may have become another: a word changed that may be part of one, and both sides have such
    /// words. All words of a value are numerals, stand in the table of terms, or say `US` before a currency.
    #[must_use]
    pub(super) fn may_renumber(&self, a: Side<'_>, b: Side<'_>) -> bool {
        let any = |side: Side<'_>, span: TokenSpan| span.range().any(|index| word::may_count(side, index));
        let changed_a = self.steps.iter().any(|step| any(a, step.a));
        let changed_b = self.steps.iter().any(|step| any(b, step.b));
        (changed_a && (changed_b || any(b, self.b))) || (changed_b && any(a, self.a))
    }
}

/// Whether words of one side have a capital where a name may have one, and a key that the other side lacks.
fn has_own_capital((side, span): (Side<'_>, TokenSpan), (other, others): (Side<'_>, TokenSpan)) -> bool {
    let others = &other.tokens.keys[others.range()];
    let others = name::within(others);
    span.range().any(|index| word::may_name(side, index) && !others.contains(&side.tokens.keys[index]))
}

/// What stands between two runs of unchanged words.
struct Gap<'s> {
    before: Option<&'s Step>,
    after: Option<&'s Step>,
}

impl Gap<'_> {
    /// Whether `step` is all there is on either side.
    fn is_filled_by(&self, step: &Step, a: Side<'_>, b: Side<'_>) -> bool {
        let a_gap = (
            self.before.map_or(a.span.start(), |s| s.a.end()),
            self.after.map_or(a.span.end(), |s| s.a.start()),
        );
        let b_gap = (
            self.before.map_or(b.span.start(), |s| s.b.end()),
            self.after.map_or(b.span.end(), |s| s.b.start()),
        );
        step.operation != Operation::Move
            && (step.a.start(), step.a.end()) == a_gap
            && (step.b.start(), step.b.end()) == b_gap
    }

    /// The one step of the gap with its surroundings.
    fn around<'s>(&self, steps: &'s [Step], a: Side<'_>, b: Side<'_>) -> Region<'s> {
        let step = &steps[0];
        let fits = |i: u32, j: u32| is_fact(a, i as usize) && is_fact(b, j as usize);
        let ends = |i: u32, j: u32| {
            a.tokens.is(i as usize, Flags::SENTENCE_END) || b.tokens.is(j as usize, Flags::SENTENCE_END)
        };
        let most = |len: u32| len.min(REACH).min(LONGEST.saturating_sub(step.a.len().max(step.b.len())));
        let left = self.before.map_or(0, |before| most(before.a.len()));
        let (i, j) = (step.a.start(), step.b.start());
        let left = (1..=left).take_while(|n| fits(i - n, j - n) && !ends(i - n, j - n)).count() as u32;
        let right = self.after.map_or(0, |after| most(after.a.len()));
        let (k, l) = (step.a.end(), step.b.end());
        let right = (0..right)
            .take_while(|n| fits(k + n, l + n) && !(k + n > 0 && l + n > 0 && ends(k + n - 1, l + n - 1)))
            .count() as u32;
        Region { a: Span::new(i - left, k + right), b: Span::new(j - left, l + right), steps }
    }
}

/// Whether a token could be part of a number, date or name.
fn is_fact(side: Side<'_>, index: usize) -> bool {
    let tokens = side.tokens;
    if tokens.is(index, Flags::NUMBER) || (tokens.is(index, Flags::CAPITAL) && !tokens.is(index, Flags::STOP))
    {
        return true;
    }
    let raw = &side.text[tokens.bytes(index).range()];
    raw.len() <= terms::LONGEST
        && terms::term(raw).is_some_and(|term| !matches!(term, Term::And | Term::Of | Term::The))
}
