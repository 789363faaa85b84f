//! What times of publication tell: order, lag and rank.
//!
//! A date is a period as long as its precision. Two periods that overlap tell no order, nor do two that lie within the
//! tolerance of each other; where only one of them names its time zone, they have to lie farther apart than clocks can.

use crate::model::{Order, Published};

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
    pub fn order(self, a: Option<Published>, b: Option<Published>) -> Order {
        let (Some(a), Some(b)) = (a, b) else { return Order::Unknown };
        if a == b {
            return Order::Same;
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
        } else if alike && a.precision == b.precision && !self.separates(a, b) {
            Order::Same
        } else {
            Order::Unknown
        }
    }

    fn separates(self, a: Published, b: Published) -> bool {
        self.tolerance == 0 || a.seconds.abs_diff(b.seconds) > self.tolerance.unsigned_abs()
    }

    /// b's time minus a's, in seconds; `None` when their periods overlap, for then the difference says nothing.
    #[must_use]
    pub fn lag(self, a: Option<Published>, b: Option<Published>) -> Option<i64> {
        (self.order(a, b) != Order::Unknown).then_some(b?.seconds - a?.seconds)
    }

    /// Ranks of dated items sorted by time: 1 for the first, equal for those of one time; `None` for undated ones.
    #[must_use]
    pub fn ranks(self, sorted: &[Option<Published>]) -> Vec<Option<u32>> {
        let mut ranks = Vec::with_capacity(sorted.len());
        let mut previous: Option<(Published, u32)> = None;
        for (place, published) in sorted.iter().enumerate() {
            ranks.push(published.map(|now| {
                let rank = match previous {
                    Some((then, rank)) if self.order(Some(then), Some(now)) != Order::AFirst => rank,
                    _ => place as u32 + 1,
                };
                previous = Some((previous.filter(|p| p.1 == rank).map_or(now, |p| p.0), rank));
                rank
            }));
        }
        ranks
    }
}
