//! Values as people write them in flags, variables and configuration files: `40%`, `0.4`, `36h`, `2G`.

use thiserror::Error;

/// Why a value was refused.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{problem}")]
pub struct Refused {
    /// What is wrong with it.
    pub problem: String,
    /// What would be right.
    pub remedy: String,
}

impl Refused {
    /// Refuses `text`, which is not what it should be, and says what would be.
    #[must_use]
    pub fn new(text: &str, expected: &str, remedy: impl Into<String>) -> Refused {
        Refused { problem: format!("'{text}' is not {expected}"), remedy: remedy.into() }
    }
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// Units of time, largest first, with the letters that stand for them.
const TIMES: [(i64, &[&str]); 5] = [
    (WEEK, &["w", "week", "weeks"]),
    (DAY, &["d", "day", "days"]),
    (HOUR, &["h", "hour", "hours"]),
    (MINUTE, &["m", "min", "minute", "minutes"]),
    (1, &["s", "sec", "second", "seconds"]),
];

/// Powers of 1024 and the letters that stand for them, largest first.
const SIZES: [(u64, &str); 4] = [(1 << 40, "t"), (1 << 30, "g"), (1 << 20, "m"), (1 << 10, "k")];

/// A whole number; `_` may part its digits.
///
/// # Errors
///
/// Refuses anything else, and numbers above `u64::MAX`.
pub fn whole(text: &str) -> Result<u64, Refused> {
    let digits = text.trim().replace('_', "");
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let refused = || Refused::new(text, "a whole number", "write a number such as 8");
    if plain { digits.parse().map_err(|_| refused()) } else { Err(refused()) }
}

/// A number of at least zero.
///
/// # Errors
///
/// Refuses negative numbers, infinities and what is no number.
pub fn number(text: &str) -> Result<f64, Refused> {
    decimal(text)
        .ok_or_else(|| Refused::new(text, "a number of at least zero", "write a number such as 40 or 12.5"))
}

/// A share, 0 to 1, written as such or in per cent.
///
/// # Errors
///
/// Refuses what lies outside 0 to 1 (0 % to 100 %).
pub fn share(text: &str) -> Result<f64, Refused> {
    let trimmed = text.trim();
    let value = match trimmed.strip_suffix('%') {
        Some(percent) => decimal(percent).map(|value| value / 100.0),
        None => decimal(trimmed),
    };
    match value {
        Some(value) if value <= 1.0 => Ok(value),
        Some(value) if value <= 100.0 && !trimmed.ends_with('%') => {
            let remedy = format!("write {trimmed}% or {} for {trimmed} per cent", value / 100.0);
            Err(Refused::new(text, "a share from 0 to 1", remedy))
        }
        _ => Err(Refused::new(text, "a share from 0 to 1", "write 40% or 0.4")),
    }
}

/// A length of time in seconds: numbers, each followed by its unit (`s`, `m`, `h`, `d`, `w`).
///
/// # Errors
///
/// Refuses numbers without a unit, other units and times above some 290 thousand million years.
pub fn duration(text: &str) -> Result<i64, Refused> {
    let refused = || Refused::new(text, "a length of time", "write 45m, 36h, 3d or 1d12h");
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(refused());
    }
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let (amount, after) =
            rest.split_at(rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(0));
        let after = after.trim_start();
        let (unit, after) =
            after.split_at(after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len()));
        let unit = unit.to_ascii_lowercase();
        let (length, _) =
            TIMES.iter().find(|(_, names)| names.contains(&unit.as_str())).ok_or_else(refused)?;
        seconds += decimal(amount).ok_or_else(refused)? * *length as f64;
        rest = after.trim_start();
    }
    // Above 2^53 a float no longer holds every second; no archive is that old.
    if seconds <= 9_007_199_254_740_992.0 { Ok(seconds.round() as i64) } else { Err(refused()) }
}

/// The shortest writing of `seconds` that [`duration`] reads back; whole days from three days on.
#[must_use]
pub fn show_duration(seconds: i64) -> String {
    let (length, names) = TIMES
        .iter()
        .find(|(length, _)| {
            let enough = if *length >= DAY { seconds >= 3 * length.min(&DAY) } else { true };
            *length != WEEK && enough && seconds % length == 0
        })
        .unwrap_or(&TIMES[4]);
    format!("{}{}", seconds / length, names[0])
}

/// A size in bytes: `2G` and `2GiB` count in 1024s, `2GB` in 1000s, a bare number is bytes.
///
/// # Errors
///
/// Refuses other units and sizes above `u64::MAX`.
pub fn size(text: &str) -> Result<u64, Refused> {
    let refused = || Refused::new(text, "a size", "write 500M, 2G or 1.5G (or a number of bytes)");
    let trimmed = text.trim().to_ascii_lowercase();
    let cut = trimmed.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(trimmed.len());
    let (amount, unit) = trimmed.split_at(cut);
    let (letter, decimal_unit) = match unit {
        "" | "b" => ("", false),
        _ => match (unit.strip_suffix("ib"), unit.strip_suffix('b')) {
            (Some(letter), _) => (letter, false),
            (None, Some(letter)) => (letter, true),
            (None, None) => (unit, false),
        },
    };
    let factor = if letter.is_empty() {
        1
    } else {
        let place = SIZES.iter().position(|(_, name)| *name == letter).ok_or_else(refused)?;
        if decimal_unit { 1000_u64.pow(4 - place as u32) } else { SIZES[place].0 }
    };
    if let Ok(count) = whole(amount) {
        return count.checked_mul(factor).ok_or_else(refused);
    }
    let bytes = decimal(amount).ok_or_else(refused)? * factor as f64;
    if factor > 1 && bytes < u64::MAX as f64 { Ok(bytes.round() as u64) } else { Err(refused()) }
}

/// The shortest writing of `bytes` that [`size`] reads back.
#[must_use]
pub fn show_size(bytes: u64) -> String {
    let of = |factor: u64| bytes > 0 && bytes.is_multiple_of(factor);
    match SIZES.iter().find(|(factor, _)| of(*factor)) {
        Some((factor, letter)) => format!("{}{}", bytes / factor, letter.to_ascii_uppercase()),
        None if of(1_000_000) => format!("{}MB", bytes / 1_000_000),
        None => bytes.to_string(),
    }
}

/// A switch.
///
/// # Errors
///
/// Refuses anything but the common words for on and off.
pub fn switch(text: &str) -> Result<bool, Refused> {
    match text.trim().to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" | "on" => Ok(true),
        "0" | "false" | "no" | "off" => Ok(false),
        _ => Err(Refused::new(text, "on or off", "write true or false")),
    }
}

/// The candidate nearest to `word`, if one is near enough to have been meant.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    similar::get_close_matches(word, candidates, 1, 0.6).first().copied()
}

/// Digits with at most one point; no sign, exponent, infinity.
fn decimal(text: &str) -> Option<f64> {
    let digits = text.trim().replace('_', "");
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    digits.parse().ok().filter(|value: &f64| plain && value.is_finite())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use proptest::prelude::*;

    use super::*;

    fn table<T: std::fmt::Display>(cases: &[&str], parse: fn(&str) -> Result<T, Refused>) -> String {
        let line = |text: &&str| match parse(text) {
            Ok(value) => format!("{text:?} -> {value}\n"),
            Err(refused) => format!("{text:?} refused: {refused}; {}\n", refused.remedy),
        };
        cases.iter().map(line).collect()
    }

    #[test]
    fn whole_numbers() {
        expect![[r#"
            "0" -> 0
            " 12 " -> 12
            "10_000" -> 10000
            "" refused: '' is not a whole number; write a number such as 8
            "-3" refused: '-3' is not a whole number; write a number such as 8
            "+3" refused: '+3' is not a whole number; write a number such as 8
            "2.0" refused: '2.0' is not a whole number; write a number such as 8
            "99999999999999999999" refused: '99999999999999999999' is not a whole number; write a number such as 8
        "#]]
        .assert_eq(&table(&["0", " 12 ", "10_000", "", "-3", "+3", "2.0", "99999999999999999999"], whole));
    }

    #[test]
    fn shares() {
        expect![[r#"
            "0.4" -> 0.4
            "40%" -> 0.4
            "40 %" -> 0.4
            "1" -> 1
            "100%" -> 1
            ".5" -> 0.5
            "40" refused: '40' is not a share from 0 to 1; write 40% or 0.4 for 40 per cent
            "140%" refused: '140%' is not a share from 0 to 1; write 40% or 0.4
            "-1%" refused: '-1%' is not a share from 0 to 1; write 40% or 0.4
            "1e-3" refused: '1e-3' is not a share from 0 to 1; write 40% or 0.4
            "nan" refused: 'nan' is not a share from 0 to 1; write 40% or 0.4
            "%" refused: '%' is not a share from 0 to 1; write 40% or 0.4
        "#]]
        .assert_eq(&table(
            &["0.4", "40%", "40 %", "1", "100%", ".5", "40", "140%", "-1%", "1e-3", "nan", "%"],
            share,
        ));
    }

    #[test]
    fn durations() {
        expect![[r#"
            "36h" -> 129600
            "1d12h" -> 129600
            "1 day 12 hours" -> 129600
            "1.5h" -> 5400
            "90 min" -> 5400
            "2w" -> 1209600
            "0s" -> 0
            "72" refused: '72' is not a length of time; write 45m, 36h, 3d or 1d12h
            "h" refused: 'h' is not a length of time; write 45m, 36h, 3d or 1d12h
            "-1h" refused: '-1h' is not a length of time; write 45m, 36h, 3d or 1d12h
            "3y" refused: '3y' is not a length of time; write 45m, 36h, 3d or 1d12h
            "1h é" refused: '1h é' is not a length of time; write 45m, 36h, 3d or 1d12h
            "" refused: '' is not a length of time; write 45m, 36h, 3d or 1d12h
            "99999999999999999w" refused: '99999999999999999w' is not a length of time; write 45m, 36h, 3d or 1d12h
        "#]]
        .assert_eq(&table(
            &[
                "36h", "1d12h", "1 day 12 hours", "1.5h", "90 min", "2w", "0s", "72", "h", "-1h", "3y", "1h é",
                "", "99999999999999999w",
            ],
            duration,
        ));
    }

    #[test]
    fn sizes() {
        expect![[r#"
            "2G" -> 2147483648
            "2GiB" -> 2147483648
            "2GB" -> 2000000000
            "1.5g" -> 1610612736
            "500 M" -> 524288000
            "64k" -> 65536
            "123" -> 123
            "123b" -> 123
            "1.5" refused: '1.5' is not a size; write 500M, 2G or 1.5G (or a number of bytes)
            "2X" refused: '2X' is not a size; write 500M, 2G or 1.5G (or a number of bytes)
            "G" refused: 'G' is not a size; write 500M, 2G or 1.5G (or a number of bytes)
            "99999999T" refused: '99999999T' is not a size; write 500M, 2G or 1.5G (or a number of bytes)
        "#]]
        .assert_eq(&table(
            &["2G", "2GiB", "2GB", "1.5g", "500 M", "64k", "123", "123b", "1.5", "2X", "G", "99999999T"],
            size,
        ));
    }

    #[test]
    fn durations_are_shown_in_the_unit_people_use() {
        let shown = [0, 45, 5400, 129_600, 259_200, 1_209_600].map(show_duration);
        assert_eq!(shown, ["0h", "45s", "90m", "36h", "3d", "14d"]);
    }

    #[test]
    fn a_slip_of_the_pen_is_understood() {
        let keys = ["min-words", "min-bits", "max-gap"];
        assert_eq!(nearest("min-word", &keys), Some("min-words"));
        assert_eq!(nearest("zzz", &keys), None);
    }

    proptest! {
        #[test]
        fn shown_durations_read_back(seconds in 0_i64..4_000_000_000) {
            prop_assert_eq!(duration(&show_duration(seconds)), Ok(seconds));
        }

        #[test]
        fn shown_sizes_read_back(bytes in 0_u64..1 << 50, shift in 0_u32..12) {
            let bytes = bytes >> shift << shift;
            prop_assert_eq!(size(&show_size(bytes)), Ok(bytes));
        }

        #[test]
        fn no_text_makes_a_parser_panic(text in "\\PC{0,12}|[0-9.a-zGiB% ]{0,10}") {
            let _ = (whole(&text), share(&text), number(&text), duration(&text), size(&text), switch(&text));
        }
    }
}
