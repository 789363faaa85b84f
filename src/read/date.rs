//! Dates as people and programs write them.
//!
//! A date is read only when it has one meaning: 03/04/2026 is not guessed, 13/04/2026 is. Dotted dates are
//! day-first everywhere they are used. A text is read whole or not at all: words that are no part of a date make
//! it unreadable, so prose does not turn into dates.

use jiff::civil;
use jiff::tz::Offset;

use crate::model::{Precision, Published};
use crate::read::date_words::{IGNORED_WORDS, ZONES, month};

/// Why a date was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateFault {
    /// Day and month could be either way round.
    Ambiguous,
    /// Not a date, or one that never was.
    Unreadable,
}

/// Years believed; outside them a number is something else.
const YEARS: std::ops::RangeInclusive<i64> = 1400..=2200;

/// Seconds that a page can give a later time than its date does: 300 days.
const MOST_LATER: i64 = 300 * 86_400;

/// Reads a time of publication.
pub(super) fn parse(text: &str) -> Result<Published, DateFault> {
    parse_with_offset(text).map(|(published, _)| published)
}

/// Reads a time of publication, and how many seconds its clock is ahead of UTC; zero where no zone is named.
pub(super) fn parse_with_offset(text: &str) -> Result<(Published, i32), DateFault> {
    let text = text.trim().trim_matches(['"', '\'']).trim();
    if text.is_empty() || text.len() > 100 {
        return Err(DateFault::Unreadable);
    }
    if let Some(published) = from_number(text) {
        return published.map(|published| (published, 0));
    }
    let mut tokens = tokenize(text);
    // The clock first: it may stand between day and year (Wed Oct 10 20:19:24 +0000 2018).
    let clock = take_clock(&mut tokens)?;
    let day = take_day(&mut tokens)?;
    if tokens.iter().any(|token| !matches!(token, Token::Mark(_))) {
        return Err(DateFault::Unreadable);
    }
    let offset = clock.and_then(|clock| clock.offset_seconds).unwrap_or(0);
    build(day, clock).map(|published| (published, offset))
}

/// A day of the calendar that may lack its smaller parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Day {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Clock {
    hour: i64,
    minute: i64,
    second: Option<i64>,
    offset_seconds: Option<i32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// Value and number of digits.
    Number(i64, usize),
    Word(String),
    Mark(char),
}

fn from_number(text: &str) -> Option<Result<Published, DateFault>> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let value: i64 = whole.parse().ok()?;
    let epoch = |seconds| Ok(Published { seconds, precision: Precision::Second, zone_known: true });
    let day = |year, month, day| build(Day { year, month, day }, None);
    Some(match whole.len() {
        4 if whole.len() == text.len() => day(value, None, None),
        8 if whole.len() == text.len() => day(value / 10_000, Some(value / 100 % 100), Some(value % 100)),
        14 if whole.len() == text.len() => {
            let (date, time) = (value / 1_000_000, value % 1_000_000);
            let day = Day { year: date / 10_000, month: Some(date / 100 % 100), day: Some(date % 100) };
            build(day, Some(packed_clock(time, 6)))
        }
        9 | 10 => epoch(value),
        12 | 13 => epoch(value / 1_000),
        15 | 16 => epoch(value / 1_000_000),
        _ => Err(DateFault::Unreadable),
    })
}

fn packed_clock(value: i64, digits: usize) -> Clock {
    let (hour, minute, second) = match digits {
        6 => (value / 10_000, value / 100 % 100, Some(value % 100)),
        _ => (value / 100, value % 100, None),
    };
    Clock { hour, minute, second, offset_seconds: None }
}

/// Splits into numbers, lower-case words and marks, leaving out spaces, weekdays and words such as "of".
fn tokenize(text: &str) -> Vec<Token> {
    let lower = text.to_lowercase().replace('\u{307}', "").replace("a.m", "am").replace("p.m", "pm");
    let lower = lower.split_once('[').map_or(lower.as_str(), |(before, _)| before);
    let mut tokens = Vec::new();
    let mut rest = lower.trim_start();
    while let Some(first) = rest.chars().next() {
        let same = |class: fn(char) -> bool| rest.find(|c| !class(c)).unwrap_or(rest.len());
        let len = if first.is_ascii_digit() {
            let len = same(|c| c.is_ascii_digit());
            tokens.push(Token::Number(rest[..len].parse().unwrap_or(i64::MAX), len));
            len
        } else if first.is_alphabetic() {
            let len = same(char::is_alphabetic);
            if !IGNORED_WORDS.contains(&&rest[..len]) {
                tokens.push(Token::Word(rest[..len].to_owned()));
            }
            len
        } else {
            tokens.push(Token::Mark(first));
            first.len_utf8()
        };
        rest = rest[len..].trim_start();
    }
    tokens
}

/// Finds the calendar part, takes its tokens out, and leaves a comma where it stood.
fn take_day(tokens: &mut Vec<Token>) -> Result<Day, DateFault> {
    for start in 0..tokens.len() {
        if let Some((day, len)) = day_at(&tokens[start..]) {
            tokens.splice(start..start + len, [Token::Mark(',')]);
            return day;
        }
    }
    Err(DateFault::Unreadable)
}

type Reading = Option<(Result<Day, DateFault>, usize)>;

fn day_at(tokens: &[Token]) -> Reading {
    named_month(tokens).or_else(|| year_first(tokens)).or_else(|| year_last(tokens))
}

/// `2 March 2026`, `26-FEB-1987`, `March 2, 2026`, `2026 March 2`, `March 2026`.
fn named_month(tokens: &[Token]) -> Reading {
    // Marks between the parts are passed over: at most one after each.
    let parts: Vec<(usize, &Token)> = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| !matches!(token, Token::Mark('-' | ',' | '.' | '/')))
        .take(3)
        .collect();
    let starts_here = parts.first().is_some_and(|(at, _)| *at == 0);
    let close = parts.windows(2).all(|two| two[1].0 - two[0].0 <= 2);
    if !starts_here || !close {
        return named_month_only(tokens);
    }
    let whole = |year: &i64, name: &str, day: &i64, len: usize| {
        let month = month(name)?;
        Some((Ok(Day { year: *year, month: Some(month), day: Some(*day) }), len))
    };
    let len = parts.last().map_or(0, |(at, _)| at + 1);
    let full = match parts.iter().map(|(_, token)| *token).collect::<Vec<_>>()[..] {
        [Token::Number(day, 1..=2), Token::Word(name), Token::Number(year, 4)]
        | [Token::Word(name), Token::Number(day, 1..=2), Token::Number(year, 4)]
        | [Token::Number(year, 4), Token::Word(name), Token::Number(day, 1..=2)] => {
            whole(year, name, day, len)
        }
        _ => None,
    };
    full.or_else(|| named_month_only(tokens))
}

fn named_month_only(tokens: &[Token]) -> Reading {
    let [Token::Word(name), rest @ ..] = tokens else { return None };
    let marks = rest.iter().take_while(|token| matches!(token, Token::Mark('.' | ','))).count();
    let Some(Token::Number(year, 4)) = rest.get(marks) else { return None };
    Some((Ok(Day { year: *year, month: Some(month(name)?), day: None }), marks + 2))
}

/// `2026-03-02`, `2026/3/2`, `2026-03`, `20260302T…`.
fn year_first(tokens: &[Token]) -> Reading {
    let day = |year: &i64, month: &i64, day: Option<i64>| Ok(Day { year: *year, month: Some(*month), day });
    match tokens {
        [Token::Number(y, 4), Token::Mark(s @ ('-' | '/' | '.')), Token::Number(m, 1..=2), rest @ ..] => {
            if let [Token::Mark(again), Token::Number(d, 1..=2), ..] = rest
                && again == s
            {
                return Some((day(y, m, Some(*d)), 5));
            }
            Some((day(y, m, None), 3))
        }
        [Token::Number(packed, 8), Token::Mark(','), ..] => {
            Some((day(&(packed / 10_000), &(packed / 100 % 100), Some(packed % 100)), 1))
        }
        _ => None,
    }
}

/// `13/04/2026`, `4-13-2026`, `03.04.2026`.
fn year_last(tokens: &[Token]) -> Reading {
    let [
        Token::Number(first, 1..=2),
        Token::Mark(s @ ('-' | '/' | '.')),
        Token::Number(second, 1..=2),
        Token::Mark(again),
        Token::Number(year, 4),
        ..,
    ] = tokens
    else {
        return None;
    };
    if s != again {
        return None;
    }
    let (day, month) = match (*first, *second) {
        (day, month) if *s == '.' || day > 12 || day == month => (day, month),
        (month, day) if day > 12 => (day, month),
        _ => return Some((Err(DateFault::Ambiguous), 5)),
    };
    Some((Ok(Day { year: *year, month: Some(month), day: Some(day) }), 5))
}

/// Finds the time of day, takes it out with its zone, and leaves a comma where it stood.
fn take_clock(tokens: &mut Vec<Token>) -> Result<Option<Clock>, DateFault> {
    let Some((start, mut clock, mut len)) =
        (0..tokens.len()).find_map(|at| clock_at(&tokens[at..]).map(|(clock, len)| (at, clock, len)))
    else {
        return Ok(None);
    };
    if let Some(Token::Word(half)) = tokens.get(start + len)
        && (half == "am" || half == "pm")
    {
        if !(1..=12).contains(&clock.hour) {
            return Err(DateFault::Unreadable);
        }
        clock.hour = clock.hour % 12 + if half == "pm" { 12 } else { 0 };
        len += 1;
        len += usize::from(matches!(tokens.get(start + len), Some(Token::Mark('.'))));
    }
    let bracket = usize::from(matches!(tokens.get(start + len), Some(Token::Mark('('))));
    if let Some((offset, zone_len)) = zone_at(&tokens[start + len + bracket..]) {
        clock.offset_seconds = Some(offset);
        len += bracket + zone_len;
        // RFC 2822 allows the zone's name after its offset: -0500 (EST).
        if let [Token::Mark('('), Token::Word(_), Token::Mark(')'), ..] = tokens[start + len..] {
            len += 3;
        }
    }
    tokens.splice(start..start + len, [Token::Mark(',')]);
    tokens.retain(|token| *token != Token::Word("t".to_owned()));
    Ok(Some(clock))
}

fn clock_at(tokens: &[Token]) -> Option<(Clock, usize)> {
    match tokens {
        [Token::Number(hour, 1..=2), Token::Mark(':'), Token::Number(minute, 2), rest @ ..] => {
            let mut clock = Clock { hour: *hour, minute: *minute, second: None, offset_seconds: None };
            let [Token::Mark(':'), Token::Number(second, 2), rest @ ..] = rest else {
                return Some((clock, 3));
            };
            clock.second = Some(*second);
            match rest {
                [Token::Mark('.' | ','), Token::Number(..), Token::Word(word), ..] if is_noise(word) => {
                    Some((clock, 8))
                }
                [Token::Mark('.' | ','), Token::Number(..), ..] => Some((clock, 7)),
                _ => Some((clock, 5)),
            }
        }
        [Token::Number(hour, 1..=2), Token::Word(half), ..] if half == "am" || half == "pm" => {
            Some((Clock { hour: *hour, minute: 0, second: None, offset_seconds: None }, 1))
        }
        [Token::Word(t), Token::Number(value, digits @ (4 | 6)), ..] if t == "t" => {
            Some((packed_clock(*value, *digits), 2))
        }
        _ => None,
    }
}

/// One or two letters stuck to a fraction of a second that name no zone, as the Reuters wires of 1987 have them
/// (`00:02:59.13RM`).
fn is_noise(word: &str) -> bool {
    word.len() <= 2 && !["am", "pm"].contains(&word) && ZONES.iter().all(|(zone, _)| *zone != word)
}

/// Seconds east of Greenwich, and the number of tokens that say so.
fn zone_at(tokens: &[Token]) -> Option<(i32, usize)> {
    let signed = |tokens: &[Token]| {
        let [Token::Mark(sign @ ('+' | '-' | '−')), Token::Number(value, digits), rest @ ..] = tokens
        else {
            return None;
        };
        let (hours, minutes, len) = match (digits, rest) {
            (1..=2, [Token::Mark(':'), Token::Number(minutes, 2), ..]) => (*value, *minutes, 4),
            // Bare hours close the text: in 10:00 - 12 March the dash is none of the zone's.
            (1..=2, [] | [Token::Mark(')')]) => (*value, 0, 2),
            (4, _) => (value / 100, value % 100, 2),
            _ => return None,
        };
        let seconds =
            i32::try_from(hours * 3_600 + minutes * 60).ok().filter(|_| hours <= 14 && minutes < 60)?;
        Some((if *sign == '+' { seconds } else { -seconds }, len))
    };
    if let [Token::Word(name), rest @ ..] = tokens {
        let hours = ZONES.iter().find(|(zone, _)| zone == name)?.1;
        if (name == "gmt" || name == "utc")
            && let Some((seconds, len)) = signed(rest)
        {
            return Some((seconds, len + 1));
        }
        return Some((hours * 3_600, 1));
    }
    signed(tokens)
}

fn build(day: Day, clock: Option<Clock>) -> Result<Published, DateFault> {
    let small = |value: i64| i8::try_from(value).map_err(|_| DateFault::Unreadable);
    let unreadable = |_| DateFault::Unreadable;
    if !YEARS.contains(&day.year) {
        return Err(DateFault::Unreadable);
    }
    let year = i16::try_from(day.year).map_err(|_| DateFault::Unreadable)?;
    let date = civil::Date::new(year, small(day.month.unwrap_or(1))?, small(day.day.unwrap_or(1))?)
        .map_err(unreadable)?;
    let mut precision = match (day.month, day.day) {
        (None, _) => Precision::Year,
        (_, None) => Precision::Month,
        _ => Precision::Day,
    };
    let mut time = civil::Time::midnight();
    let mut offset = None;
    if let Some(clock) = clock
        && precision == Precision::Day
    {
        // A leap second counts as the second before it.
        let second = clock.second.map(|second| if second == 60 { 59 } else { second });
        time = civil::Time::new(small(clock.hour)?, small(clock.minute)?, small(second.unwrap_or(0))?, 0)
            .map_err(unreadable)?;
        precision = if second.is_some() { Precision::Second } else { Precision::Minute };
        offset = clock.offset_seconds;
    }
    let zone = Offset::from_seconds(offset.unwrap_or(0)).map_err(unreadable)?;
    let seconds = zone.to_timestamp(date.to_datetime(time)).map_err(unreadable)?.as_second();
    Ok(Published { seconds, precision, zone_known: offset.is_some() })
}

/// The day of month `month` in `year`, from a dateline.
pub(super) fn calendar_day(year: i64, month: i64, day: i64) -> Option<Published> {
    build(Day { year, month: Some(month), day: Some(day) }, None).ok()
}

/// `printed`, a time that a page gives, in the zone of `published`, its time of publication given elsewhere on a clock that is
/// `offset` seconds ahead of UTC; `None` if both may be one time, or name zones that cannot be compared. What names no zone is
/// taken for a time of that clock. A time of the next winter is one whose year was guessed across a New Year.
pub(super) fn other_time(printed: Published, published: Published, offset: i32) -> Option<Published> {
    if printed.zone_known && !published.zone_known {
        return None;
    }
    let ahead = if printed.zone_known { 0 } else { i64::from(offset) };
    let printed = Published { seconds: printed.seconds - ahead, zone_known: published.zone_known, ..printed };
    let is_guess = printed.seconds - published.seconds > MOST_LATER;
    (!is_guess && printed.is_apart_from(published)).then_some(printed)
}

/// The calendar year a time lies in.
pub(super) fn year_of(published: Published) -> Option<i64> {
    let stamp = jiff::Timestamp::from_second(published.seconds).ok()?;
    Some(i64::from(Offset::UTC.to_datetime(stamp).year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `2026-03-02 10:15 Minute zone`: what was understood, for people.
    fn told(text: &str) -> String {
        match parse(text) {
            Err(fault) => format!("{fault:?}"),
            Ok(Published { seconds, precision, zone_known }) => {
                let stamp = jiff::Timestamp::from_second(seconds).unwrap();
                let zone = if zone_known { "UTC" } else { "-" };
                format!("{} {precision:?} {zone}", Offset::UTC.to_datetime(stamp))
            }
        }
    }

    #[test]
    fn reads_what_has_one_meaning() {
        let cases = [
            ("2026-03-02", "2026-03-02T00:00:00 Day -"),
            ("2026-03-02T10:15:30Z", "2026-03-02T10:15:30 Second UTC"),
            ("2026-03-02T10:15:30.123456+04:00", "2026-03-02T06:15:30 Second UTC"),
            ("2019-05-31T17:45:53-04:00", "2019-05-31T21:45:53 Second UTC"),
            ("2026-03-02 10:15", "2026-03-02T10:15:00 Minute -"),
            ("2026-03-02 10:15:00+04", "2026-03-02T06:15:00 Second UTC"),
            ("2026-03-02T10:15:30+04:00[Asia/Baku]", "2026-03-02T06:15:30 Second UTC"),
            ("20260302T101530Z", "2026-03-02T10:15:30 Second UTC"),
            ("20260302101530", "2026-03-02T10:15:30 Second -"),
            ("20260302", "2026-03-02T00:00:00 Day -"),
            ("2026/3/2", "2026-03-02T00:00:00 Day -"),
            ("2026-03", "2026-03-01T00:00:00 Month -"),
            ("2026", "2026-01-01T00:00:00 Year -"),
            ("Mon, 02 Mar 2026 10:15:30 -0500 (EST)", "2026-03-02T15:15:30 Second UTC"),
            ("02 Mar 2026 10:15 GMT", "2026-03-02T10:15:00 Minute UTC"),
            ("Wed Oct 10 20:19:24 +0000 2018", "2018-10-10T20:19:24 Second UTC"),
            ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01 Second -"),
            ("27-MAR-1987 00:02:59.13RM", "1987-03-27T00:02:59 Second -"),
            ("2 March 2026", "2026-03-02T00:00:00 Day -"),
            ("the 2nd of March, 2026", "2026-03-02T00:00:00 Day -"),
            ("March 2, 2026 10:00 pm", "2026-03-02T22:00:00 Minute -"),
            ("Monday, Sept. 2, 2024 at 12:05 a.m. ET", "2024-09-02T00:05:00 Minute -"),
            ("10:00 - 12 March 2026", "2026-03-12T10:00:00 Minute -"),
            ("10 pm, March 2, 2026", "2026-03-02T22:00:00 Minute -"),
            ("March 2026", "2026-03-01T00:00:00 Month -"),
            ("2 марта 2026 г.", "2026-03-02T00:00:00 Day -"),
            ("2 de marzo de 2026", "2026-03-02T00:00:00 Day -"),
            ("21 İyun 2026", "2026-06-21T00:00:00 Day -"),
            ("13/04/2026", "2026-04-13T00:00:00 Day -"),
            ("4-13-2026", "2026-04-13T00:00:00 Day -"),
            ("05/05/2026", "2026-05-05T00:00:00 Day -"),
            ("03.04.2026 18:00", "2026-04-03T18:00:00 Minute -"),
            ("1772446530", "2026-03-02T10:15:30 Second UTC"),
            ("1772446530.25", "2026-03-02T10:15:30 Second UTC"),
            ("1772446530123", "2026-03-02T10:15:30 Second UTC"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59 Second UTC"),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn leaves_the_rest_unread() {
        assert_eq!(parse("03/04/2026"), Err(DateFault::Ambiguous));
        assert_eq!(parse("3-4-2026 10:00"), Err(DateFault::Ambiguous));
        let texts = [
            "",
            "soon",
            "yesterday",
            "2026-02-30",
            "2026-13-01",
            "31/31/2026",
            "99",
            "123456",
            "20261399",
            "25:00 2 March 2026",
            "13 pm 2 March 2026",
            "2 March",
            "March 2",
            "9999",
            "0000-00-00",
            "１２３４",
            "2 March 2026 in Baku",
            "2026-03-02 and 2026-03-05",
            "99999999999999999999",
            "٢٠٢٦",
            "2026-03-02T99:00",
            "2 March 2026 10:00:99",
        ];
        for text in texts {
            assert_eq!(parse(text), Err(DateFault::Unreadable), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,40}") {
            let _ = parse(&text);
        }

        #[test]
        fn reads_back_every_second(seconds in -10_000_000_000_i64..7_000_000_000) {
            let stamp = jiff::Timestamp::from_second(seconds).unwrap();
            let expected = Published { seconds, precision: Precision::Second, zone_known: true };
            proptest::prop_assert_eq!(parse(&stamp.to_string()), Ok(expected));
        }
    }
}
