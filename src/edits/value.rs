//! Numbers, amounts, times and dates, read from words as values that can be compared.
//!
//! A writing may have several readings: `1.000` is a thousand or one, `3/4/2023` is in March or April, `1:30` is in
//! the night or the afternoon. Two values are the same when any of their readings are.

use std::ops::Range;

use crate::edits::reading::{Comparison, Day, MILLION, Reading, Readings, Unit};
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
    readings: Readings,
}

impl Value {
    /// Whether it is a date before anything else.
    pub(super) fn is_date(&self) -> bool {
        self.readings.is_date()
    }

    /// Compares two values; the same from either side.
    pub(super) fn compare(&self, other: &Value) -> Comparison {
        self.readings.compare(&other.readings)
    }
}

/// Puts the values among `words`, in order, without overlap, in place of what `found` holds.
pub(super) fn values(words: &[Word<'_>], found: &mut Vec<Value>) {
    found.clear();
    let mut at = 0;
    while at < words.len() {
        if words[at].term.is_none() && !words[at].flags.has(Flags::NUMBER) {
            at += 1;
            continue;
        }
        let rest = Reader { words, at };
        let value = if rest.is_amount() { None } else { rest.date().or_else(|| rest.clock()) };
        match value.or_else(|| rest.amount()) {
            Some(value) => {
                at = value.words.end;
                found.push(value);
            }
            None => at += 1,
        }
    }
}

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
        let word = self.word(n)?;
        word.term.filter(|_| word.follows_closely())
    }

    /// Whether no date and no time begins here, which one look at the next word tells of most numbers: digits with at
    /// most one point, and neither strokes nor dashes nor a word of dates or times after them.
    fn is_amount(&self) -> bool {
        let is_number = |word: &Word<'_>| {
            let mut others = word.text().bytes().filter(|b| !b.is_ascii_digit());
            word.flags.has(Flags::NUMBER)
                && others.next().is_none_or(|b| b == b'.')
                && others.next().is_none()
        };
        let goes_on = |next: &Word<'_>| {
            let named = matches!(
                next.term,
                Some(Term::Month(_) | Term::Of | Term::Am | Term::Pm | Term::Oclock | Term::Noon)
            );
            named || matches!(next.before().trim(), "/" | "-")
        };
        self.word(0).is_some_and(is_number) && !self.word(1).is_some_and(goes_on)
    }

    fn value(&self, len: usize, readings: Readings) -> Option<Value> {
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
        if len == 0 { None } else { self.value(len, Readings::one(Reading::Date(day))) }
    }

    /// `March 3`, `3 March`, `3rd of March`, or `March` alone, at word `n` from here; and how many words it takes.
    fn day_and_month(&self, n: usize) -> Option<(Day, usize)> {
        let word = |k: usize| self.word(k).filter(|_| k == 0 || self.is_part(k));
        let number = |k: usize| word(k).and_then(day_number);
        let month = |k: usize| word(k).and_then(month_number);
        let told = |day, month, len| Some((Day { day, month, ..Day::default() }, len));
        if let Some(named) = month(n).filter(|_| self.is_capital(n)) {
            // A short form means a month only beside a day.
            let whole = self.word(n).is_some_and(|word| word.text().len() > 3 || word.text() == "may");
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
        n > 0 && !ends(n - 1) && self.word(n).is_some_and(|word| word.before().chars().all(quiet))
    }

    fn is_capital(&self, n: usize) -> bool {
        self.word(n).is_some_and(|word| word.flags.has(Flags::CAPITAL))
    }

    /// Small letters will do after a day, but not for what is a word of its own.
    fn is_month(&self, n: usize) -> bool {
        self.is_capital(n) || self.word(n).is_some_and(|word| !matches!(word.text(), "may" | "march" | "mar"))
    }

    /// `03.04.2023`, `3/4/2023`, `2023-04-03`.
    fn numeric_date(&self) -> Option<Value> {
        let first = self.word(0)?;
        if !first.flags.has(Flags::NUMBER) {
            return None;
        }
        if let Some((a, (b, c))) =
            first.text().split_once('.').and_then(|(a, rest)| Some((a, rest.split_once('.')?)))
        {
            return self.value(1, dates([a, b, c])?);
        }
        let joint = |n: usize| self.word(n).map_or("", |word| word.before().trim());
        let text = |n: usize| self.word(n).map_or("", |word| word.text());
        if joint(1) == joint(2) && matches!(joint(1), "/" | "-") {
            return self.value(3, dates([first.text(), text(1), text(2)])?);
        }
        None
    }

    /// `13:00`, `1 p.m.`, `1 o'clock`, `noon`.
    fn clock(&self) -> Option<Value> {
        let word = self.word(0)?;
        match word.term {
            Some(Term::Noon) => return self.value(1, Readings::one(Reading::Clock(12 * 60))),
            Some(Term::Midnight) => return self.value(1, Readings::one(Reading::Clock(0))),
            _ => {}
        }
        let (number, mut suffix) = split_suffix(word.text());
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
        let (first, other) = match half {
            Some(Term::Am) if hour <= 12 => (minutes(hour % 12), None),
            Some(Term::Pm | Term::Noon) if hour <= 12 => (minutes(hour % 12 + 12), None),
            _ if hour > 24 => return None,
            _ if (1..=12).contains(&hour) => (minutes(hour), Some(minutes((hour + 12) % 24))),
            _ => (minutes(hour % 24), None),
        };
        self.value(len, Readings { first, others: other.into_iter().collect() })
    }

    /// A number in digits or words with what it is counted in.
    fn amount(&self) -> Option<Value> {
        let word = self.word(0)?;
        let (mut unit, mut len) = (Unit::Bare, 0);
        if let (Some(Term::Currency(currency)), Some(next)) = (word.term, self.word(1)) {
            if next.follows_closely() && next.text().starts_with(|c: char| c.is_ascii_digit()) {
                (unit, len) = (Unit::Money(currency), 1);
            }
        } else if let Some(currency) = word.before().chars().next_back().and_then(currency_sign) {
            unit = Unit::Money(currency);
        }
        let (mut readings, n) = self.figure(len).or_else(|| self.in_words(len))?;
        len += n;
        if unit == Unit::Bare {
            let (found, n) = self.unit(len);
            (unit, len) = (found, len + n);
        }
        for reading in std::iter::once(&mut readings.first).chain(&mut readings.others) {
            if let Reading::Amount(_, counted) = reading
                && *counted == Unit::Bare
            {
                *counted = unit;
            }
        }
        let weak = len == 1 && word.text() == "one";
        Some(Value { words: self.at..self.at + len, weak, readings })
    }

    /// A number in digits, with `million` and the like after it.
    fn figure(&self, n: usize) -> Option<(Readings, usize)> {
        let word = self.word(n)?;
        if !word.flags.has(Flags::NUMBER) {
            return None;
        }
        let opaque = || Some((Readings::one(Reading::Opaque(word.text().to_owned())), 1));
        let (number, suffix) = split_suffix(word.text());
        let Some(amounts) = decimals(number) else { return opaque() };
        let scale = match (suffix, term(suffix)) {
            ("", _) => 1,
            ("m", _) => 1_000_000,
            ("b", _) => 1_000_000_000,
            (_, Some(Term::Scale(scale))) => scale,
            ("st" | "nd" | "rd" | "th", _) => {
                let ordinal = u32::try_from(amounts.exact / MILLION).unwrap_or(u32::MAX);
                return Some((Readings::one(Reading::Ordinal(ordinal)), 1));
            }
            (_, Some(Term::Currency(currency))) => return Some((amounts.of(Unit::Money(currency)), 1)),
            (_, Some(Term::Measure(measure))) => return Some((amounts.of(Unit::Measure(measure)), 1)),
            _ => return opaque(),
        };
        if let Some(fraction) = self.fraction(n, number) {
            return Some((Readings::one(Reading::Amount(amounts.exact + fraction, Unit::Bare)), 3));
        }
        let (mut len, mut scaled) = (1, amounts.times(scale));
        while let Some(scale) = self.next_term(n + len).and_then(multiplier) {
            scaled = scaled.times(scale);
            len += 1;
        }
        let mut readings = scaled.of(Unit::Bare);
        if suffix == "m" {
            // Or metres.
            readings.others.extend(amounts.of(Unit::Measure(1)).iter().cloned());
        }
        if len == 1
            && number.contains('.')
            && let Some((hour, minute, _)) = hour_and_minute(number)
        {
            // `13.30`, as some write the time.
            readings.others.push(Reading::Clock(hour * 60 + minute));
        }
        Some((readings, len))
    }

    /// What `-3/4` adds to the whole number at word `n`, in millionths.
    fn fraction(&self, n: usize, whole: &str) -> Option<i128> {
        let (upper, lower) = (self.word(n + 1)?, self.word(n + 2)?);
        let written =
            upper.before() == "-" && lower.before() == "/" && whole.bytes().all(|b| b.is_ascii_digit());
        if !written {
            return None;
        }
        let small = |word: &Word<'_>| word.text().parse::<i128>().ok().filter(|n| (1..100).contains(n));
        let (upper, lower) = (small(upper)?, small(lower)?);
        (upper < lower).then_some(upper * MILLION / lower)
    }

    /// `two hundred and five thousand`, `twenty-first`, `a million` without its article.
    fn in_words(&self, from: usize) -> Option<(Readings, usize)> {
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
                    return Some((Readings::one(Reading::Ordinal(ordinal)), len + 1));
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
        (len > 0).then(|| (Readings::one(Reading::Amount(number * MILLION, Unit::Bare)), len))
    }

    /// What stands after a number and says of what, and its words.
    fn unit(&self, n: usize) -> (Unit, usize) {
        let last = self.word(n - 1).map_or("", Word::after);
        if let Some(sign) = last.trim_start_matches([' ', '\u{a0}', '\u{202f}']).chars().next() {
            // A sign right before the next word is that one's.
            let is_own = || !last.ends_with(|c| currency_sign(c).is_some()) || self.word(n).is_none();
            match currency_sign(sign) {
                Some(currency) if is_own() => return (Unit::Money(currency), 0),
                _ if matches!(sign, '%' | '٪' | '％') => return (Unit::Percent, 0),
                _ => {}
            }
        }
        let is_of_country = || self.word(n).is_some_and(|word| word.text() == "us");
        match (self.next_term(n), self.next_term(n + 1)) {
            (Some(Term::Percent), _) => (Unit::Percent, 1),
            (Some(Term::Per), Some(Term::Cent)) => (Unit::Percent, 2),
            (Some(Term::Currency(currency)), _) => (Unit::Money(currency), 1),
            (_, Some(Term::Currency(currency))) if is_of_country() => (Unit::Money(currency), 2),
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
            word.text(),
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

    fn of(self, unit: Unit) -> Readings {
        let grouped = self.grouped.map(|micros| Reading::Amount(micros, unit));
        Readings { first: Reading::Amount(self.exact, unit), others: grouped.into_iter().collect() }
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
            let (number, suffix) = split_suffix(word.text());
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
    let year = word.text().parse().ok().filter(|_| word.text().len() == 4)?;
    (1000..3000).contains(&year).then_some(year)
}

/// What three numbers are as a date; both readings where day and month can be told apart by nothing.
fn dates(parts: [&str; 3]) -> Option<Readings> {
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
    if parts[0].len() == 4 {
        return date(z, y, x).map(Readings::one);
    }
    let year = year(z, parts[2])?;
    Readings::of(date(x, y, year).into_iter().chain(date(y, x, year)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::edits::{Side, word};
    use crate::fixture::tokens;
    use crate::model::Span;

    /// Words that begin a number, time or date, and what may follow.
    #[rustfmt::skip]
    const WORDS: [&str; 24] = [
        "3", "3.30", "12,000", "1.000", "13:00", "2031", "5m", "3rd", "5.5.31", "/", "-", "of", "March", "may", "am",
        "p.m.", "o'clock", "noon", "million", "percent", "US", "dollars", "the", "said",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_048))]

        /// Where one look tells that a number is an amount, no date and no time is read from it.
        #[test]
        fn what_is_an_amount_is_no_date(
            parts in prop::collection::vec((prop::sample::select(&WORDS[..]), prop::bool::ANY), 1..6)
        ) {
            let text: String = parts.iter().flat_map(|(word, apart)| [*word, if *apart { " " } else { "" }]).collect();
            let documents = tokens(&[&text]);
            let span = Span::new(0, documents[0].len() as u32);
            let mut words = Vec::new();
            let side = Side { text: &text, tokens: &documents[0], span };
            word::fill(&mut words, &side, span);
            for at in 0..words.len() {
                let rest = Reader { words: &words, at };
                if rest.is_amount() {
                    prop_assert_eq!(rest.date().or_else(|| rest.clock()), None, "{} {}", text, at);
                }
            }
        }
    }
}
