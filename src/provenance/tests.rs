use super::*;
use crate::model::Precision;

fn at(seconds: i64, precision: Precision, zone_known: bool) -> Option<Published> {
    Some(Published { seconds, precision, zone_known })
}

const DAY: i64 = 86_400;

#[test]
fn order_needs_periods_that_do_not_overlap() {
    use Precision::{Day, Minute};
    let cases = [
        (None, at(0, Day, true), Order::Unknown),
        (at(0, Day, true), at(0, Day, true), Order::Same),
        (at(0, Day, true), at(DAY, Day, true), Order::AFirst),
        (at(DAY, Day, true), at(0, Day, true), Order::BFirst),
        // A minute inside the day that the other names: no order.
        (at(0, Day, true), at(7_200, Minute, true), Order::Unknown),
        (at(0, Minute, true), at(60, Minute, true), Order::AFirst),
        (at(0, Minute, true), at(59, Minute, true), Order::Unknown),
        // Zone known on one side only: an hour apart may be the same moment.
        (at(0, Minute, true), at(3_600, Minute, false), Order::Unknown),
        (at(0, Minute, true), at(DAY, Minute, false), Order::AFirst),
    ];
    for (a, b, expected) in cases {
        assert_eq!(order(a, b), expected, "{a:?} {b:?}");
        let turned = match expected {
            Order::AFirst => Order::BFirst,
            Order::BFirst => Order::AFirst,
            other => other,
        };
        assert_eq!(order(b, a), turned, "turned: {a:?} {b:?}");
    }
}

#[test]
fn lag_is_b_minus_a_and_needs_both() {
    assert_eq!(lag(at(10, Precision::Minute, true), at(130, Precision::Minute, true)), Some(120));
    assert_eq!(lag(None, at(130, Precision::Minute, true)), None);
    // A minute of the day that the other side names: no lag to speak of.
    assert_eq!(lag(at(0, Precision::Day, true), at(7_200, Precision::Minute, true)), None);
    assert_eq!(lag(at(0, Precision::Day, true), at(DAY, Precision::Day, true)), Some(DAY));
}

#[test]
fn ranks_are_shared_by_equal_times_and_absent_without_a_date() {
    let times = [
        at(0, Precision::Day, true),
        at(0, Precision::Day, true),
        at(DAY, Precision::Day, true),
        at(3 * DAY, Precision::Day, true),
        None,
    ];
    assert_eq!(ranks(&times), vec![Some(1), Some(1), Some(3), Some(4), None]);
    assert_eq!(ranks(&[]), Vec::<Option<u32>>::new());
}
