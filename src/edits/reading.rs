//! What a number, time or date says, in one reading or several, and how two such compare.

/// How two values compare; the better, the lower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Comparison {
    /// They agree.
    Same,
    /// They tell different things about what may be the same: a weekday, a day of the month.
    Unclear,
    /// They contradict.
    Different,
    /// They are of different kinds.
    Unlike,
}

/// The ways to read a value, the likeliest first; most have one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Readings {
    /// What kind of value it is, this one tells.
    pub(super) first: Reading,
    /// Other readings.
    pub(super) others: Vec<Reading>,
}

impl Readings {
    /// A single reading.
    pub(super) fn one(first: Reading) -> Readings {
        Readings { first, others: Vec::new() }
    }

    /// All of `readings`; `None` where there are none.
    pub(super) fn of(readings: impl IntoIterator<Item = Reading>) -> Option<Readings> {
        let mut readings = readings.into_iter();
        Some(Readings { first: readings.next()?, others: readings.collect() })
    }

    /// All of them in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Reading> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// Whether it is a date before anything else.
    pub(super) fn is_date(&self) -> bool {
        matches!(self.first, Reading::Date(_))
    }

    /// Compares two values; the same from either side.
    pub(super) fn compare(&self, other: &Readings) -> Comparison {
        if self.others.is_empty() && other.others.is_empty() {
            return compare(&self.first, &other.first);
        }
        let pairs = self.iter().flat_map(|x| other.iter().map(move |y| compare(x, y)));
        let best = pairs.min().unwrap_or(Comparison::Unlike);
        match best {
            // Which kind a value is of, its first reading tells.
            Comparison::Different if self.is_date() != other.is_date() => Comparison::Unlike,
            best => best,
        }
    }
}

/// One way to read a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Millionths, and of what.
    Amount(i128, Unit),
    /// `3rd`.
    Ordinal(u32),
    /// Minutes since midnight.
    Clock(u32),
    /// As much as is said.
    Date(Day),
    /// Holds digits, but is no number known here: `A320`, `192.168.0.1`.
    Opaque(String),
}

/// What an amount is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// It is not said.
    Bare,
    /// Hundredths.
    Percent,
    /// A currency, by number.
    Money(u8),
    /// A unit of measure, by number.
    Measure(u8),
    /// A length of time, in minutes.
    Time(u32),
}

/// A date, as far as it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Day {
    /// 1, Monday, to 7.
    pub(super) weekday: Option<u32>,
    /// Of the month.
    pub(super) day: Option<u32>,
    /// 1 to 12.
    pub(super) month: Option<u32>,
    /// All four digits.
    pub(super) year: Option<u32>,
}

/// Amounts are counted in millionths.
pub(super) const MILLION: i128 = 1_000_000;

fn compare(x: &Reading, y: &Reading) -> Comparison {
    let same = match (x, y) {
        (Reading::Amount(x, x_unit), Reading::Amount(y, y_unit)) => match (x_unit, y_unit) {
            (Unit::Time(x_minutes), Unit::Time(y_minutes)) => {
                x.saturating_mul(i128::from(*x_minutes)) == y.saturating_mul(i128::from(*y_minutes))
            }
            // A share is not counted, and what is counted is no share of anything.
            (Unit::Percent, other) | (other, Unit::Percent) if *other != Unit::Percent => {
                let bare = *other == Unit::Bare && x == y;
                return if bare { Comparison::Same } else { Comparison::Unlike };
            }
            (Unit::Bare, _) | (_, Unit::Bare) => x == y,
            // Money, lengths and times: the unit may change within its kind.
            _ if std::mem::discriminant(x_unit) != std::mem::discriminant(y_unit) => {
                return Comparison::Unlike;
            }
            _ => x == y && x_unit == y_unit,
        },
        (Reading::Date(x), Reading::Date(y)) => return x.compare(y),
        (Reading::Date(day), Reading::Amount(n, Unit::Bare))
        | (Reading::Amount(n, Unit::Bare), Reading::Date(day)) => {
            // `3` for `3 March`, `2031` for `9 April 2031`: one says less.
            let part = [day.day, day.year].into_iter().flatten().any(|part| i128::from(part) * MILLION == *n);
            return if part { Comparison::Unclear } else { Comparison::Unlike };
        }
        (Reading::Date(_), _) | (_, Reading::Date(_)) => return Comparison::Unlike,
        (x, y) => x == y,
    };
    if same { Comparison::Same } else { Comparison::Different }
}

impl Day {
    fn compare(&self, other: &Day) -> Comparison {
        let parts = |day: &Day| [day.weekday, day.day, day.month, day.year];
        let both = parts(self).into_iter().zip(parts(other)).filter_map(|(x, y)| Some((x?, y?)));
        let told: Vec<(u32, u32)> = both.collect();
        match told.iter().all(|(x, y)| x == y) {
            _ if told.is_empty() => Comparison::Unclear,
            true => Comparison::Same,
            false => Comparison::Different,
        }
    }
}
