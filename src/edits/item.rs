//! Whether two texts can be versions of one item: what has to hold before a change between them is told.
//!
//! An office that gives out grants writes the same words for each, and the towns and sums in them are no changes; a wire does
//! so with dividends and bonds. No sentence tells that, but the texts as wholes do. What one outlet prints on another day is
//! another item ([`Occasion`]). And versions agree in nearly all names and numbers, their [`Anchors`]: where a form was
//! filled in anew, each has several of its own at once.
//!
//! Anchors of either side count once each and by key alone, so that it is the same from either side. Cost: linear in the
//! words looked at, and a sort of their anchors; asked only where a change would be told.

use crate::edits::Side;
use crate::edits::slot::ends_sentence;
use crate::model::{Flags, Span};

/// Seconds from which what one outlet prints is another item: a correction comes within the day, as does a second lead.
const SAME_OUTLET: u64 = 36 * 3_600;

/// The same for two outlets: an item is carried within the week.
const TWO_OUTLETS: u64 = 8 * 86_400;

/// Fewest anchors that versions of one item share: two outlets write forms of their own, so it takes less between them.
const LEAST_SHARED: usize = 2;

/// Of two texts of one outlet, looked at from end to end; fewer are those of a form.
const LEAST_SHARED_OUTLET: usize = 8;

/// Fewest words of a passage that are neither names nor numbers.
const LEAST_PROSE: usize = 8;

/// Most anchors of its own that one of two texts of one outlet has: the name or number that was put right.
const MOST_OWN_OUTLET: usize = 1;

/// Most changes of fact in a passage of one outlet: with more it is a table, whose few figures all come again.
const MOST_CHANGES_OUTLET: usize = 2;

/// Share of the shorter text from which it is the passage.
const MOSTLY: f64 = 0.5;

/// Shared anchors for each that either side has of its own.
const SHARED_PER_OWN: usize = 4;

/// How two texts came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Occasion {
    /// Whether one outlet printed both.
    pub same_source: bool,
    /// Seconds between them, where both are dated.
    pub lag: Option<u64>,
}

impl Occasion {
    /// Whether both may be of one item, as far as outlets and dates tell.
    #[must_use]
    pub fn may_be_one_item(self) -> bool {
        let most = if self.same_source { SAME_OUTLET } else { TWO_OUTLETS };
        self.lag.is_none_or(|lag| lag < most)
    }

    /// Whether the names and numbers of `a` and `b`, in which so many facts changed, are those of one item.
    pub(super) fn is_one_item(self, a: Side<'_>, b: Side<'_>, changes: usize) -> bool {
        let passage = Anchors::of(a, b);
        match self.same_source {
            true => {
                changes <= MOST_CHANGES_OUTLET
                    && passage.agree(0)
                    && has_prose(a)
                    && Anchors::of(whole(a), whole(b)).are_of_one_outlet()
            }
            false if !passage.agree(changes) => false,
            // Two offices announce their own: of a text that is mostly shared, all of it has to agree but for one change.
            false if is_mostly_shared(a, b) => Anchors::of(whole(a), whole(b)).agree(changes.min(1)),
            // Where more was changed than stayed, it is a form; it is one item's where the rest of the texts agrees.
            false => changes <= passage.shared || Anchors::of(whole(a), whole(b)).mostly_agree(),
        }
    }
}

fn whole(side: Side<'_>) -> Side<'_> {
    Side { span: Span::new(0, side.tokens.len() as u32), ..side }
}

/// Whether the passage is [`MOSTLY`] of the shorter text.
fn is_mostly_shared(a: Side<'_>, b: Side<'_>) -> bool {
    let shorter = if a.tokens.len() <= b.tokens.len() { a } else { b };
    f64::from(shorter.span.len()) >= MOSTLY * shorter.tokens.len() as f64
}

/// The names and numbers of two stretches, each once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Anchors {
    /// In both.
    shared: usize,
    /// Of that side alone which has fewer of its own: a longer version adds some.
    own: usize,
}

impl Anchors {
    fn of(a: Side<'_>, b: Side<'_>) -> Anchors {
        let (a, b) = (anchors(a), anchors(b));
        let shared = a.iter().filter(|key| b.binary_search(key).is_ok()).count();
        Anchors { shared, own: a.len().min(b.len()) - shared }
    }

    /// Whether both have the same, but for those of a side alone that so many `changes` account for.
    fn agree(self, changes: usize) -> bool {
        let own = self.own.saturating_sub(changes);
        self.shared >= LEAST_SHARED && own * SHARED_PER_OWN <= self.shared
    }

    fn mostly_agree(self) -> bool {
        self.own <= self.shared
    }

    fn are_of_one_outlet(self) -> bool {
        self.shared >= LEAST_SHARED_OUTLET && self.own <= MOST_OWN_OUTLET
    }
}

/// Whether a stretch says something: a list of prices has names and numbers alone.
fn has_prose(side: Side<'_>) -> bool {
    let is_plain = |&at: &usize| !side.tokens.is(at, Flags::NUMBER) && !side.tokens.is(at, Flags::CAPITAL);
    side.span.range().filter(is_plain).count() >= LEAST_PROSE
}

/// Keys of the names and numbers of a stretch, sorted, each once.
fn anchors(side: Side<'_>) -> Vec<u64> {
    let tokens = side.tokens;
    let is_name = |at: usize| {
        tokens.is(at, Flags::CAPITAL)
            && !tokens.is(at, Flags::STOP)
            && at > 0
            && !ends_sentence(side, at as u32 - 1)
    };
    let is_anchor = |&at: &usize| tokens.is(at, Flags::NUMBER) || is_name(at);
    let mut keys: Vec<u64> = side.span.range().filter(is_anchor).map(|at| tokens.keys[at]).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_has_its_day() {
        let day = 86_400;
        for (same_source, lag, expected) in [
            (true, None, true),
            (true, Some(day), true),
            (true, Some(2 * day), false),
            (false, Some(7 * day), true),
            (false, Some(30 * day), false),
        ] {
            assert_eq!(Occasion { same_source, lag }.may_be_one_item(), expected, "{same_source} {lag:?}");
        }
    }
}
