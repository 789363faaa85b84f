//! Numbers, amounts, times and dates, read from words as values that can be compared.
//!
//! A writing may have several readings: `1.000` is a thousand or one, `3/4/2023` is in March or April, `1:30` is in
//! the night or the afternoon. Two values are the same when any of their readings are.

use std::ops::Range;

use crate::edits::terms::{Term, currency_sign, term};
use crate::edits::word::Word;
use crate::model::Flags;

/// Words of the shorter side up to which a lone `one` counts as a number: in longer ones it is mostly a pronoun.
pub(super) const WEAK_WITHIN: usize = 3;

/// A number, amount, time or date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    /// Its words, counted in the region.
    pub(super) words: Range<usize>,
    /// Whether it may well be no number at all.
    pub(super) weak: bool,
    readings: Vec<Reading>,
}

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

/// One way to read a value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reading {
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
enum Unit {
    /// It is not said.
    Bare,
    Percent,
    Money(u8),
    Measure(u8),
    /// A length of time, in minutes.
    Time(u32),
}

/// A date, as far as it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Day {
    weekday: Option<u32>,
    day: Option<u32>,
    month: Option<u32>,
    year: Option<u32>,
}

impl Value {
    /// Whether it is a date before anything else.
    pub(super) fn is_date(&self) -> bool {
        matches!(self.readings.first(), Some(Reading::Date(_)))
    }

    /// Compares two values; the same from either side.
    pub(super) fn compare(&self, other: &Value) -> Comparison {
        if let ([x], [y]) = (self.readings.as_slice(), other.readings.as_slice()) {
            return compare(x, y);
        }
        let pairs = self.readings.iter().flat_map(|x| other.readings.iter().map(move |y| compare(x, y)));
        let best = pairs.min().unwrap_or(Comparison::Unlike);
        match best {
            // Which kind a value is of, its first reading tells.
            Comparison::Different if self.is_date() != other.is_date() => Comparison::Unlike,
            best => best,
        }
    }
}

fn compare(x: &Reading, y: &Reading) -> Comparison {
    let same = match (x, y) {
        (Reading::Amount(x, x_unit), Reading::Amount(y, y_unit)) => match (x_unit, y_unit) {
            (Unit::Time(x_minutes), Unit::Time(y_minutes)) => {
                x.saturating_mul(i128::from(*x_minutes)) == y.saturating_mul(i128::from(*y_minutes))
            }
            (Unit::Bare, _) | (_, Unit::Bare) => x == y,
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

/// The values among `words`, in order, without overlap.
#[must_use]
pub(super) fn values(words: &[Word<'_>]) -> Vec<Value> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if words[at].term.is_none() && !words[at].flags.has(Flags::NUMBER) {
            at += 1;
            continue;
        }
        let rest = Reader { words, at };
        match rest.date().or_else(|| rest.clock()).or_else(|| rest.amount()) {
            Some(value) => {
                at = value.words.end;
                found.push(value);
            }
            None => at += 1,
        }
    }
    found
}

const MILLION: i128 = 1_000_000;

/// Reads one value from where it stands.
#[derive(Clone, Copy)]
struct Reader<'w, 't> {
    words: &'w [Word<'t>],
    at: usize,
}

impl<'w, 't> Reader<'w, 't> {
    fn word(&self, n: usize) -> Option<&'w Word<'t>> {
        self.words.get(self.at + n)
    }

    /// What word `n` from here contributes, if it stands close to the one before.
    fn next_term(&self, n: usize) -> Option<Term> {
        self.word(n).filter(|word| word.follows_closely()).and_then(|word| word.term)
    }

    fn value(&self, len: usize, readings: Vec<Reading>) -> Option<Value> {
        Some(Value { words: self.at..self.at + len, weak: false, readings })
    }

    /// A weekday, a day and month in either order, a month, each with a year; or digits with dots, strokes, dashes.
    fn date(&self) -> Option<Value> {
        if let Some(found) = self.numeric_date() {
            return Some(found);
        }
        let (weekday, mut len) = match self.word(0)?.term {
            Some(Term::Weekday(weekday)) => (Some(u32::from(weekday)), 1),
            _ => (None, 0),
        };
        let article = usize::from(len == 1 && self.is_part(1) && self.has_term(1, Term::The));
        let mut day = Day { weekday, ..Day::default() };
        if let Some((found, n)) = self.day_and_month(len + article) {
            day = Day { weekday, ..found };
            len += article + n;
            day.year = self.word(len).filter(|_| self.is_part(len)).and_then(year_number);
            len += usize::from(day.year.is_some());
        }
        if len == 0 { None } else { self.value(len, vec![Reading::Date(day)]) }
    }

    /// `March 3`, `3 March`, `3rd of March`, or `March` alone, at word `n` from here; and how many words it takes.
    fn day_and_month(&self, n: usize) -> Option<(Day, usize)> {
        let word = |k: usize| self.word(k).filter(|_| k == 0 || self.is_part(k));
        let number = |k: usize| word(k).and_then(day_number);
        let month = |k: usize| word(k).and_then(month_number);
        let told = |day, month, len| Some((Day { day, month, ..Day::default() }, len));
        if let Some(named) = month(n).filter(|_| self.is_capital(n)) {
            // A short form means a month only beside a day.
            let whole = self.word(n).is_some_and(|word| word.text.len() > 3 || word.text == "may");
            return match number(n + 1) {
                None if !whole => None,
                None => told(None, Some(named), 1),
                numbered => told(numbered, Some(named), 2),
            };
        }
        let numbered = number(n)?;
        let of = usize::from(self.has_term(n + 1, Term::Of));
        let named = month(n + 1 + of).filter(|_| self.is_month(n + 1 + of))?;
        told(Some(numbered), Some(named), 2 + of)
    }

    fn has_term(&self, n: usize, term: Term) -> bool {
        self.word(n).is_some_and(|word| word.term == Some(term))
    }

    /// Whether word `n` from here stands so close to the one before that they may be one date.
    fn is_part(&self, n: usize) -> bool {
        let ends = |n: usize| self.word(n).is_some_and(|word| word.flags.has(Flags::SENTENCE_END));
        let quiet = |c: char| c.is_whitespace() || matches!(c, ',' | '.');
        n > 0 && !ends(n - 1) && self.word(n).is_some_and(|word| word.before.chars().all(quiet))
    }

    fn is_capital(&self, n: usize) -> bool {
        self.word(n).is_some_and(|word| word.flags.has(Flags::CAPITAL))
    }

    /// Small letters will do after a day, but not for what is a word of its own.
    fn is_month(&self, n: usize) -> bool {
        self.is_capital(n) || self.word(n).is_some_and(|word| !matches!(&*word.text, "may" | "march" | "mar"))
    }

    /// `03.04.2023`, `3/4/2023`, `2023-04-03`.
    fn numeric_date(&self) -> Option<Value> {
        let first = self.word(0)?;
        if !first.flags.has(Flags::NUMBER) {
            return None;
        }
        if let Some((a, (b, c))) =
            first.text.split_once('.').and_then(|(a, rest)| Some((a, rest.split_once('.')?)))
        {
            return self.value(1, dates([a, b, c])?);
        }
        let joint = |n: usize| self.word(n).map_or("", |word| word.before.trim());
        let text = |n: usize| self.word(n).map_or("", |word| &*word.text);
        if joint(1) == joint(2) && matches!(joint(1), "/" | "-") {
            return self.value(3, dates([&*first.text, text(1), text(2)])?);
        }
        None
    }

    /// `13:00`, `1 p.m.`, `1 o'clock`, `noon`.
    fn clock(&self) -> Option<Value> {
        let word = self.word(0)?;
        match word.term {
            Some(Term::Noon) => return self.value(1, vec![Reading::Clock(12 * 60)]),
            Some(Term::Midnight) => return self.value(1, vec![Reading::Clock(0)]),
            _ => {}
        }
        let (number, mut suffix) = split_suffix(&word.text);
        let told = if number.is_empty() {
            suffix = "";
            match word.term {
                Some(Term::Cardinal(hour)) => (hour, 0, false),
                _ => return None,
            }
        } else {
            hour_and_minute(number)?
        };
        let (hour, minute, colon) = told;
        let (half, len) = match term(suffix) {
            Some(Term::Am | Term::Pm) => (term(suffix), 1),
            None if suffix.is_empty() => match self.next_term(1) {
                Some(half @ (Term::Am | Term::Pm | Term::Oclock | Term::Noon)) => (Some(half), 2),
                _ if colon => (None, 1),
                _ => return None,
            },
            _ => return None,
        };
        let (half, len) = match (half, self.next_term(len)) {
            (Some(Term::Oclock), Some(half @ (Term::Am | Term::Pm))) => (Some(half), len + 1),
            _ => (half, len),
        };
        let minutes = |hour: u32| Reading::Clock(hour * 60 + minute);
        let readings = match half {
            Some(Term::Am) if hour <= 12 => vec![minutes(hour % 12)],
            Some(Term::Pm | Term::Noon) if hour <= 12 => vec![minutes(hour % 12 + 12)],
            _ if hour > 24 => return None,
            _ if (1..=12).contains(&hour) => vec![minutes(hour), minutes((hour + 12) % 24)],
            _ => vec![minutes(hour % 24)],
        };
        self.value(len, readings)
    }

    /// A number in digits or words with what it is counted in.
    fn amount(&self) -> Option<Value> {
        let word = self.word(0)?;
        let (mut unit, mut len) = (Unit::Bare, 0);
        if let (Some(Term::Currency(currency)), Some(next)) = (word.term, self.word(1)) {
            if next.follows_closely() && next.text.starts_with(|c: char| c.is_ascii_digit()) {
                (unit, len) = (Unit::Money(currency), 1);
            }
        } else if let Some(currency) = word.before.chars().next_back().and_then(currency_sign) {
            unit = Unit::Money(currency);
        }
        let (mut readings, n) = self.figure(len).or_else(|| self.in_words(len))?;
        len += n;
        if unit == Unit::Bare {
            let (found, n) = self.unit(len);
            (unit, len) = (found, len + n);
        }
        for reading in &mut readings {
            if let Reading::Amount(_, counted) = reading
                && *counted == Unit::Bare
            {
                *counted = unit;
            }
        }
        let weak = len == 1 && word.text == "one";
        Some(Value { words: self.at..self.at + len, weak, readings })
    }

    /// A number in digits, with `million` and the like after it.
    fn figure(&self, n: usize) -> Option<(Vec<Reading>, usize)> {
        let word = self.word(n)?;
        if !word.flags.has(Flags::NUMBER) {
            return None;
        }
        let opaque = || Some((vec![Reading::Opaque(word.text.to_string())], 1));
        let (number, suffix) = split_suffix(&word.text);
        let Some(amounts) = decimals(number) else { return opaque() };
        let scale = match (suffix, term(suffix)) {
            ("", _) => 1,
            ("m", _) => 1_000_000,
            ("b", _) => 1_000_000_000,
            (_, Some(Term::Scale(scale))) => scale,
            ("st" | "nd" | "rd" | "th", _) => {
                let ordinal = u32::try_from(amounts.exact / MILLION).unwrap_or(u32::MAX);
                return Some((vec![Reading::Ordinal(ordinal)], 1));
            }
            (_, Some(Term::Currency(currency))) => return Some((amounts.of(Unit::Money(currency)), 1)),
            (_, Some(Term::Measure(measure))) => return Some((amounts.of(Unit::Measure(measure)), 1)),
            _ => return opaque(),
        };
        if let Some(fraction) = self.fraction(n, number) {
            return Some((vec![Reading::Amount(amounts.exact + fraction, Unit::Bare)], 3));
        }
        let (mut len, mut scaled) = (1, amounts.times(scale));
        while let Some(scale) = self.next_term(n + len).and_then(multiplier) {
            scaled = scaled.times(scale);
            len += 1;
        }
        let mut readings = scaled.of(Unit::Bare);
        if suffix == "m" {
            // Or metres.
            readings.extend(amounts.of(Unit::Measure(1)));
        }
        if len == 1
            && number.contains('.')
            && let Some((hour, minute, _)) = hour_and_minute(number)
        {
            // `13.30`, as some write the time.
            readings.push(Reading::Clock(hour * 60 + minute));
        }
        Some((readings, len))
    }

    /// What `-3/4` adds to the whole number at word `n`, in millionths.
    fn fraction(&self, n: usize, whole: &str) -> Option<i128> {
        let (upper, lower) = (self.word(n + 1)?, self.word(n + 2)?);
        let small = |word: &Word<'_>| word.text.parse::<i128>().ok().filter(|n| (1..100).contains(n));
        let written = upper.before == "-" && lower.before == "/" && whole.bytes().all(|b| b.is_ascii_digit());
        let (upper, lower) = (small(upper)?, small(lower)?);
        (written && upper < lower).then_some(upper * MILLION / lower)
    }

    /// `two hundred and five thousand`, `twenty-first`, `a million` without its article.
    fn in_words(&self, from: usize) -> Option<(Vec<Reading>, usize)> {
        let (mut total, mut current, mut len) = (0_u64, 0_u64, 0);
        let mut open = true;
        loop {
            let here = if len == 0 {
                self.word(from).and_then(|word| word.term)
            } else {
                self.next_term(from + len)
            };
            match here {
                Some(Term::Cardinal(n)) if open || joins(current, n) => {
                    current += u64::from(n);
                    open = false;
                }
                Some(Term::Ordinal(n)) if len == 0 || joins(current, n) => {
                    let ordinal = u32::try_from(total + current).unwrap_or(u32::MAX).saturating_add(n);
                    return Some((vec![Reading::Ordinal(ordinal)], len + 1));
                }
                Some(Term::Hundred) if current < 100 => current = current.max(1) * 100,
                Some(Term::Dozen) if current < 100 => current = current.max(1) * 12,
                Some(Term::Scale(scale)) if len > 0 || is_spelled_out(self.word(from)) => {
                    total = total.saturating_add(current.max(1).saturating_mul(scale));
                    (current, open) = (0, true);
                }
                Some(Term::And) if len > 0 && (current >= 100 || (open && total > 0)) => {
                    let goes_on = matches!(self.next_term(from + len + 1), Some(Term::Cardinal(_)));
                    if !goes_on {
                        break;
                    }
                }
                _ => break,
            }
            len += 1;
        }
        let number = i128::from(total) + i128::from(current);
        (len > 0).then(|| (vec![Reading::Amount(number * MILLION, Unit::Bare)], len))
    }

    /// What stands after a number and says of what, and its words.
    fn unit(&self, n: usize) -> (Unit, usize) {
        let last = self.word(n - 1).map_or("", |word| word.after);
        let sign = last.trim_start_matches([' ', '\u{a0}', '\u{202f}']).chars().next();
        // A sign right before the next word is that one's.
        let is_own = !last.ends_with(|c| currency_sign(c).is_some()) || self.word(n).is_none();
        match sign.map(|sign| (sign, currency_sign(sign))) {
            Some((_, Some(currency))) if is_own => return (Unit::Money(currency), 0),
            Some(('%' | '٪' | '％', _)) => return (Unit::Percent, 0),
            _ => {}
        }
        let of_country = usize::from(self.word(n).is_some_and(|word| word.text == "us"));
        match (self.next_term(n), self.next_term(n + 1)) {
            (Some(Term::Percent), _) => (Unit::Percent, 1),
            (Some(Term::Per), Some(Term::Cent)) => (Unit::Percent, 2),
            (Some(Term::Currency(currency)), _) => (Unit::Money(currency), 1),
            (_, Some(Term::Currency(currency))) if of_country == 1 => (Unit::Money(currency), 2),
            (Some(Term::Measure(measure)), _) => (Unit::Measure(measure), 1),
            (Some(Term::Duration(minutes)), _) => (Unit::Time(minutes), 1),
            _ => (Unit::Bare, 0),
        }
    }
}

/// Whether a number word below a hundred can follow what was counted so far: `twenty` `three`, `hundred` `five`.
fn joins(current: u64, n: u32) -> bool {
    match current {
        0 => false,
        _ if current.is_multiple_of(100) => n < 100,
        _ => current.is_multiple_of(10) && current % 100 > 10 && n < 10,
    }
}

/// Whether a multiplier is a word that stands for one of its kind without a number: `thousand`, not `bn`.
fn is_spelled_out(word: Option<&Word<'_>>) -> bool {
    word.is_some_and(|word| {
        matches!(
            &*word.text,
            "thousand" | "million" | "billion" | "trillion" | "mille" | "тысяча" | "миллион" | "tausend"
        )
    })
}

fn multiplier(term: Term) -> Option<u64> {
    match term {
        Term::Scale(scale) => Some(scale),
        Term::Hundred => Some(100),
        Term::Dozen => Some(12),
        _ => None,
    }
}

/// What digits may stand for, in millionths.
#[derive(Clone, Copy, Debug)]
struct Amounts {
    exact: i128,
    // With the point as a separator of thousands.
    grouped: Option<i128>,
}

impl Amounts {
    fn times(self, scale: u64) -> Amounts {
        let times = |micros: i128| micros.saturating_mul(i128::from(scale));
        Amounts { exact: times(self.exact), grouped: self.grouped.map(times) }
    }

    fn of(self, unit: Unit) -> Vec<Reading> {
        let mut readings = vec![Reading::Amount(self.exact, unit)];
        readings.extend(self.grouped.map(|micros| Reading::Amount(micros, unit)));
        readings
    }
}

/// `1.5bn` as `1.5` and `bn`.
fn split_suffix(text: &str) -> (&str, &str) {
    let is_number = |&b: &u8| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':' | b'\'');
    text.split_at(text.bytes().take_while(is_number).count())
}

/// What a folded number is; a thousand as well as one for `1.000`, `None` for what is no number known here.
fn decimals(number: &str) -> Option<Amounts> {
    /// Digits before and after the point; more are compared as they are written.
    const MOST_DIGITS: [usize; 2] = [18, 6];
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || whole.len() > MOST_DIGITS[0] || fraction.len() > MOST_DIGITS[1] {
        return None;
    }
    let parse =
        |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u64>().unwrap_or(0));
    let (units, parts) = (i128::from(parse(whole)?), i128::from(parse(fraction)?));
    let tens = (fraction.len()..MOST_DIGITS[1]).fold(1, |tens, _| tens * 10);
    let groups = fraction.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
    Some(Amounts {
        exact: units * MILLION + parts * tens,
        grouped: groups.then_some((units * 1_000 + parts) * MILLION),
    })
}

/// Hour, minute, and whether a colon stands between them.
fn hour_and_minute(number: &str) -> Option<(u32, u32, bool)> {
    let Some((hour, minute)) = number.split_once([':', '.']) else {
        return Some((number.parse().ok().filter(|&hour: &u32| hour <= 24)?, 0, false));
    };
    let (hour, n_digits) = (hour.parse::<u32>().ok()?, minute.len());
    let minute = minute.parse::<u32>().ok()?;
    (hour <= 24 && minute < 60 && n_digits == 2).then_some((hour, minute, number.contains(':')))
}

/// A day of the month: `3`, `3rd`, `third`, `three`.
fn day_number(word: &Word<'_>) -> Option<u32> {
    let day = match word.term {
        Some(Term::Ordinal(day) | Term::Cardinal(day)) => day,
        _ => {
            let (number, suffix) = split_suffix(&word.text);
            let number: u32 = number.parse().ok()?;
            matches!(suffix, "" | "st" | "nd" | "rd" | "th").then_some(number)?
        }
    };
    (1..=31).contains(&day).then_some(day)
}

fn month_number(word: &Word<'_>) -> Option<u32> {
    match word.term {
        Some(Term::Month(month)) => Some(month.into()),
        _ => None,
    }
}

fn year_number(word: &Word<'_>) -> Option<u32> {
    let year = word.text.parse().ok().filter(|_| word.text.len() == 4)?;
    (1000..3000).contains(&year).then_some(year)
}

/// What three numbers are as a date; both readings where day and month can be told apart by nothing.
fn dates(parts: [&str; 3]) -> Option<Vec<Reading>> {
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 4);
    let [x, y, z] = [number(parts[0])?, number(parts[1])?, number(parts[2])?];
    let year = |n: u32, text: &str| match text.len() {
        4 => Some(n),
        2 => Some(2000 + n),
        _ => None,
    };
    let date = |day: u32, month: u32, year: u32| {
        ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some(Reading::Date(Day {
            weekday: None,
            day: Some(day),
            month: Some(month),
            year: Some(year),
        }))
    };
    let readings: Vec<Reading> = if parts[0].len() == 4 {
        vec![date(z, y, x)?]
    } else {
        let year = year(z, parts[2])?;
        date(x, y, year).into_iter().chain(date(y, x, year)).collect()
    };
    (!readings.is_empty()).then_some(readings)
}
