//! Who had it first: order and lag from dated evidence. And what was nobody's in particular: [`formula`].
//!
//! A date is a period as long as its precision; two periods that overlap do not tell an order. "First" always means
//! first in this corpus. Missing or overlapping evidence gives [`Order::Unknown`], never a guess.

pub mod formula;
pub mod recurrence;
pub mod zones;

use crate::model::{Order, Published};

#[cfg(test)]
mod tests;

/// Slack between a time whose zone is known and one whose zone is not, in seconds: local clocks differ from UTC by
/// up to fourteen hours.
const ZONE_SLACK: i64 = 14 * 3_600;

/// Which of two documents appeared first in this corpus.
#[must_use]
pub fn order(a: Option<Published>, b: Option<Published>) -> Order {
    let (Some(a), Some(b)) = (a, b) else { return Order::Unknown };
    if a == b {
        return Order::Same;
    }
    let slack = if a.zone_known == b.zone_known { 0 } else { ZONE_SLACK };
    let (a_end, b_end) = (a.seconds + a.precision.seconds(), b.seconds + b.precision.seconds());
    if a_end + slack <= b.seconds {
        Order::AFirst
    } else if b_end + slack <= a.seconds {
        Order::BFirst
    } else {
        Order::Unknown
    }
}

/// b's time minus a's, in seconds; `None` when their periods overlap, for then the difference says nothing.
#[must_use]
pub fn lag(a: Option<Published>, b: Option<Published>) -> Option<i64> {
    (order(a, b) != Order::Unknown).then_some(b?.seconds - a?.seconds)
}

/// Ranks of dated items sorted by time: 1 for the first, equal for those of one time; `None` for undated ones.
#[must_use]
pub fn ranks(sorted: &[Option<Published>]) -> Vec<Option<u32>> {
    let mut ranks = Vec::with_capacity(sorted.len());
    let mut previous: Option<(Published, u32)> = None;
    for (place, published) in sorted.iter().enumerate() {
        ranks.push(published.map(|now| {
            let rank = match previous {
                Some((then, rank)) if order(Some(then), Some(now)) != Order::AFirst => rank,
                _ => place as u32 + 1,
            };
            previous = Some((previous.filter(|p| p.1 == rank).map_or(now, |p| p.0), rank));
            rank
        }));
    }
    ranks
}
