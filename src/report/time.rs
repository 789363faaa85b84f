//! Times of publication and the lags between them, written down.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::model::{Precision, Published};

/// ISO 8601 as exactly as the time was given: `2023`, `2023-09`, `2023-09-19`, `2023-09-19T13:00Z`. A time of day
/// ends in `Z` when its zone is known and in nothing otherwise.
///
/// `None` for a time outside the years −9999 to 9999.
#[must_use]
pub fn iso(published: Published) -> Option<String> {
    let civil = civil(published)?;
    let zone = if published.zone_known { "Z" } else { "" };
    Some(match published.precision {
        Precision::Year => civil.strftime("%Y").to_string(),
        Precision::Month => civil.strftime("%Y-%m").to_string(),
        Precision::Day => civil.strftime("%Y-%m-%d").to_string(),
        Precision::Minute => format!("{}{zone}", civil.strftime("%Y-%m-%dT%H:%M")),
        Precision::Second => format!("{}{zone}", civil.strftime("%Y-%m-%dT%H:%M:%S")),
    })
}

/// The day on which the period begins, `2023-09-01`.
#[must_use]
pub fn first_day(published: Published) -> Option<String> {
    Some(civil(published)?.strftime("%Y-%m-%d").to_string())
}

/// The time as exactly as it was given for people: to the minute, with a space between day and time, `UTC` for a known zone.
#[must_use]
pub fn for_people(published: Published) -> Option<String> {
    match published.precision {
        Precision::Year | Precision::Month | Precision::Day => iso(published),
        Precision::Minute | Precision::Second => {
            let zone = if published.zone_known { " UTC" } else { "" };
            Some(format!("{}{zone}", civil(published)?.strftime("%Y-%m-%d %H:%M")))
        }
    }
}

fn civil(published: Published) -> Option<DateTime> {
    Some(Timestamp::from_second(published.seconds).ok()?.to_zoned(TimeZone::UTC).datetime())
}

/// The precision's name in outputs.
#[must_use]
pub fn precision_name(precision: Precision) -> &'static str {
    match precision {
        Precision::Year => "year",
        Precision::Month => "month",
        Precision::Day => "day",
        Precision::Minute => "minute",
        Precision::Second => "second",
    }
}

/// A span of time in its two largest units: `45 s`, `35 min`, `2 h 5 min`, `3 d 4 h`; the sign is left to the caller.
#[must_use]
pub fn duration(seconds: i64) -> String {
    let seconds = seconds.unsigned_abs();
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    let (large, small) = match (days, hours, minutes) {
        (0, 0, 0) => return format!("{seconds} s"),
        (0, 0, _) => return format!("{minutes} min"),
        (0, _, _) => ((hours, "h"), (minutes % 60, "min")),
        _ => ((days, "d"), (hours % 24, "h")),
    };
    match small.0 {
        0 => format!("{} {}", large.0, large.1),
        _ => format!("{} {} {} {}", large.0, large.1, small.0, small.1),
    }
}

/// A lag with its sign: `+2 h`, `−3 d 4 h`, `0`.
#[must_use]
pub fn lag(seconds: i64) -> String {
    match seconds {
        0 => "0".to_owned(),
        1.. => format!("+{}", duration(seconds)),
        _ => format!("−{}", duration(seconds)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_a_time_as_exactly_as_it_was_given() {
        let at = |seconds, precision, zone_known| Published { seconds, precision, zone_known };
        let cases = [
            (at(1_672_531_200, Precision::Year, false), "2023", "2023"),
            (at(1_693_526_400, Precision::Month, false), "2023-09", "2023-09"),
            (at(1_695_081_600, Precision::Day, false), "2023-09-19", "2023-09-19"),
            (at(1_695_081_600, Precision::Day, true), "2023-09-19", "2023-09-19"),
            (at(1_695_128_400, Precision::Minute, true), "2023-09-19T13:00Z", "2023-09-19 13:00 UTC"),
            (at(1_695_128_400, Precision::Minute, false), "2023-09-19T13:00", "2023-09-19 13:00"),
            (at(1_695_128_405, Precision::Second, true), "2023-09-19T13:00:05Z", "2023-09-19 13:00 UTC"),
            (at(-1, Precision::Second, false), "1969-12-31T23:59:59", "1969-12-31 23:59"),
        ];
        for (published, machine, people) in cases {
            assert_eq!(iso(published).as_deref(), Some(machine), "{published:?}");
            assert_eq!(for_people(published).as_deref(), Some(people), "{published:?}");
        }
        assert_eq!(iso(at(i64::MAX, Precision::Day, false)), None);
    }

    #[test]
    fn a_lag_is_told_in_two_units() {
        let cases = [
            (0, "0"),
            (45, "+45 s"),
            (-90, "−1 min"),
            (3_600, "+1 h"),
            (7_500, "+2 h 5 min"),
            (86_400, "+1 d"),
            (-273_600, "−3 d 4 h"),
            (i64::MIN, "−106751991167300 d 15 h"),
        ];
        for (seconds, expected) in cases {
            assert_eq!(lag(seconds), expected);
        }
    }
}
