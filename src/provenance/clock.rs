//! What times of publication tell: order, lag and rank.
//!
//! A date is a period as long as its precision. Two periods that overlap tell no order, nor do two that lie within the
//! tolerance of each other; where only one of them names its time zone, they have to lie farther apart than clocks can.
//! Two equal ones of a day or less are one time as newspapers count it, with no lag; equal months or years tell nothing.
//!
//! Where the text of a document gives another time than its metadata (a crawler's date is often that of the visit: of 87 pairs
//! of web articles that people timed by what the pages say, 19 were the other way round by the crawler), two documents have an
//! order only if both their dates and their pages tell the same.

use std::collections::BTreeMap;

use crate::model::{Order, Precision, Published, Times};

/// Slack between a time whose zone is known and one whose zone is not, in seconds: local clocks differ from UTC by
/// up to fourteen hours.
const ZONE_SLACK: i64 = 14 * 3_600;

/// How exactly times are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Times at most this many seconds apart tell no order; zero for all that they say.
    pub tolerance: i64,
}

impl Clock {
    /// Which of two documents appeared first, by their times alone.
    #[must_use]
    pub fn order(self, a: impl Into<Times>, b: impl Into<Times>) -> Order {
        let (a, b) = (a.into(), b.into());
        let told = self.between(a.published, b.published);
        let pages_differ = [a, b].iter().any(|it| it.printed.is_some())
            && self.between(a.printed.or(a.published), b.printed.or(b.published)) != told;
        if pages_differ { Order::Unknown } else { told }
    }

    fn between(self, a: Option<Published>, b: Option<Published>) -> Order {
        let (Some(a), Some(b)) = (a, b) else { return Order::Unknown };
        let is_exact = a.precision.min(b.precision) >= Precision::Day;
        if a == b {
            return if is_exact { Order::Same } else { Order::Unknown };
        }
        let alike = a.zone_known == b.zone_known;
        let slack = if alike { 0 } else { ZONE_SLACK };
        let (a_end, b_end) = (a.seconds + a.precision.seconds(), b.seconds + b.precision.seconds());
        // A tolerance of ten minutes lets the eleventh count.
        let apart = |end: i64, start: i64| start - end >= slack && self.separates(a, b);
        if apart(a_end, b.seconds) {
            Order::AFirst
        } else if apart(b_end, a.seconds) {
            Order::BFirst
        } else if alike && is_exact && a.precision == b.precision && !self.separates(a, b) {
            Order::Same
        } else {
            Order::Unknown
        }
    }

    fn separates(self, a: Published, b: Published) -> bool {
        self.tolerance == 0 || a.seconds.abs_diff(b.seconds) > self.tolerance.unsigned_abs()
    }

    /// b's time of publication minus a's, in seconds; `None` when they tell no order, for then the difference says nothing.
    #[must_use]
    pub fn lag(self, a: impl Into<Times>, b: impl Into<Times>) -> Option<i64> {
        let (a, b) = (a.into(), b.into());
        (self.order(a, b) != Order::Unknown).then_some(b.published?.seconds - a.published?.seconds)
    }

    /// Of each item one more than the dated ones that are known to be earlier: 1 for those that nothing precedes, equal for
    /// those of one time; `None` for undated ones. Where pages give times of their own, fewer precede than by the dates or than
    /// by the pages, whichever are fewer. `times` stand in any order. Cost: their number times its logarithm.
    #[must_use]
    pub fn ranks(self, times: &[Times]) -> Vec<Option<u32>> {
        let mut ranks = self.ranks_by(&times.iter().map(|it| it.published).collect::<Vec<_>>());
        if times.iter().any(|it| it.printed.is_some()) {
            let pages = times.iter().map(|it| it.printed.or(it.published)).collect::<Vec<_>>();
            ranks
                .iter_mut()
                .zip(self.ranks_by(&pages))
                .for_each(|(rank, by_page)| *rank = (*rank).min(by_page));
        }
        ranks
    }

    fn ranks_by(self, times: &[Option<Published>]) -> Vec<Option<u32>> {
        // Among times given alike, the earlier one begins, the more it precedes.
        let mut alike: BTreeMap<(Precision, bool), Vec<Published>> = BTreeMap::new();
        for &at in times.iter().flatten() {
            alike.entry((at.precision, at.zone_known)).or_default().push(at);
        }
        alike.values_mut().for_each(|times| times.sort_unstable_by_key(|at| at.seconds));
        let earlier = |now: Published| {
            let precedes = |at: &Published| self.between(Some(*at), Some(now)) == Order::AFirst;
            alike.values().map(|times| times.partition_point(precedes)).sum::<usize>()
        };
        times.iter().map(|at| at.map(|now| earlier(now) as u32 + 1)).collect()
    }
}
