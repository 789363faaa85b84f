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
use crate::model::{Flags, Profile, Span};

/// Seconds from which what one outlet prints is another item: a correction comes within the day, as does a second lead.
const SAME_OUTLET: u64 = 36 * 3_600;

/// The same for two outlets: an item is carried within the week.
const TWO_OUTLETS: u64 = 8 * 86_400;

/// Fewest anchors that versions of one item share: two outlets write forms of their own, so it takes less between them.
const LEAST_SHARED: usize = 2;

/// Of two texts of one outlet, looked at from end to end; fewer are those of a form.
const LEAST_SHARED_OUTLET: usize = 8;

/// The same where a name changed.
const LEAST_SHARED_NAMED: usize = 16;

/// Most anchors of its own that one of two texts of one outlet has: the name or number that was put right.
const MOST_OWN_OUTLET: usize = 1;

/// Most changes of fact in a passage of one outlet: with more it is a table, whose few figures all come again.
const MOST_CHANGES_OUTLET: usize = 2;

/// Shared anchors for each that either side has of its own.
const SHARED_PER_OWN: usize = 4;

/// Shared anchors for each square of those of its own that a part of a text has.
const SHARED_PER_SQUARE: usize = 2;

/// A passage is most of a text that has no more than so many times its words.
const PART: usize = 4;

/// Words of running text for each small one among them, at most.
const WORDS_PER_SMALL: usize = 5;

/// Fewest different small words of running text.
const SMALL_WORDS: usize = 4;

/// Fewest digits of a number that forms do not share by chance, and fewest such numbers that two versions of a table share.
const LONG_NUMBER: usize = 5;
const LEAST_FIGURES: usize = 2;

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

    /// Whether the names and numbers of `a` and `b`, in which so many facts changed, are those of one item. On pages read by a
    /// machine, of which a passage is a small part and where many names are misread, those that changed do not count.
    pub(super) fn is_one_item(
        self,
        (a, b): (Side<'_>, Side<'_>),
        changes: usize,
        names: usize,
        profile: Profile,
    ) -> bool {
        let passage = Anchors::of(a, b);
        let texts = || Anchors::of(whole(a), whole(b));
        match (profile, self.same_source) {
            // A paper prints an item once: its weather of the next day is another.
            (Profile::Ocr, true) => false,
            (Profile::Ocr, false) => passage.agree(changes),
            (_, true) => {
                changes <= MOST_CHANGES_OUTLET
                    && passage.agree(0)
                    && texts().are_of_one_outlet(names)
                    && (is_prose(a) && is_prose(b) || figures(a, b) >= LEAST_FIGURES)
            }
            (_, false) if is_most_of_one(a, b) => passage.agree(0) && texts().agree(0),
            (_, false) => passage.agree(0) && passage.differ_little(),
        }
    }
}

impl Occasion {
    /// Whether both texts may tell of one thing: of one outlet, which writes of the next thing in the same words, two in three of
    /// the names and numbers of one are in the other.
    pub(super) fn may_state_the_same(self, a: Side<'_>, b: Side<'_>, profile: Profile) -> bool {
        !self.same_source || profile == Profile::Ocr || {
            let texts = Anchors::of(whole(a), whole(b));
            texts.own * 2 <= texts.shared
        }
    }
}

/// Whether two texts from end to end name and number the same things, but for what the longer one adds.
pub(super) fn are_of_one_thing(a: Side<'_>, b: Side<'_>) -> bool {
    Anchors::of(whole(a), whole(b)).hardly_differ()
}

/// Whether a passage is so much of the shorter text that the others of its names and numbers tell what that is about.
fn is_most_of_one(a: Side<'_>, b: Side<'_>) -> bool {
    let part = |side: Side<'_>| side.span.len() as usize * PART >= side.tokens.len();
    part(a) || part(b)
}

/// Whether words stand in sentences, as small words of several kinds show, not in a table or a form; where a language has no list of
/// these, it does.
fn is_prose(side: Side<'_>) -> bool {
    let is_small = |at: usize| side.tokens.is(at, Flags::STOP);
    let mut small: Vec<u64> =
        side.span.range().filter(|&at| is_small(at)).map(|at| side.tokens.keys[at]).collect();
    let n = small.len();
    small.sort_unstable();
    small.dedup();
    n * WORDS_PER_SMALL >= side.span.len() as usize && small.len() >= SMALL_WORDS
        || !(0..side.tokens.len()).any(is_small)
}

/// Long numbers that both have, which no other form shares by chance.
fn figures(a: Side<'_>, b: Side<'_>) -> usize {
    let is_long = |side: Side<'_>, at: usize| {
        let digits = side.text[side.tokens.bytes(at).range()].bytes().filter(u8::is_ascii_digit).count();
        side.tokens.is(at, Flags::NUMBER) && digits >= LONG_NUMBER
    };
    let long = |side: Side<'_>| -> Vec<u64> {
        let mut keys: Vec<u64> =
            side.span.range().filter(|&at| is_long(side, at)).map(|at| side.tokens.keys[at]).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    };
    let theirs = long(b);
    long(a).iter().filter(|key| theirs.binary_search(key).is_ok()).count()
}

fn whole(side: Side<'_>) -> Side<'_> {
    Side { span: Span::new(0, side.tokens.len() as u32), ..side }
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
        self.shared >= LEAST_SHARED && Anchors { own, ..self }.hardly_differ()
    }

    /// Whether few enough of either side are its own.
    fn hardly_differ(self) -> bool {
        self.own * SHARED_PER_OWN <= self.shared
    }

    /// Whether a passage of a longer text has so little of its own that it is no form: the more differs at once, the more has to
    /// be shared for each.
    fn differ_little(self) -> bool {
        self.own < 2 || self.own * self.own * SHARED_PER_SQUARE <= self.shared
    }

    /// Whether texts in which so many `names` changed are versions of one item of an outlet. A form names its subject, so that a
    /// changed name asks for more.
    fn are_of_one_outlet(self, names: usize) -> bool {
        let least = if names > 0 { LEAST_SHARED_NAMED } else { LEAST_SHARED_OUTLET };
        self.shared >= least && self.own <= MOST_OWN_OUTLET
    }
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
