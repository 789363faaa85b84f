//! JSON as programs write it, though they should not: lone surrogates, raw control characters, NaN.

use serde_json::Value;

/// Parses one JSON value; where that fails, once more after repairs, whose number is returned beside it.
///
/// Repaired are `\ud800`-like escapes without their partner (to U+FFFD), raw control characters in strings, and the
/// words NaN and Infinity (to null). Everything else that is no JSON stays an error, told as of the input.
pub(super) fn parse(text: &str) -> Result<(Value, u64), serde_json::Error> {
    serde_json::from_str(text).map(|value| (value, 0)).or_else(|error| {
        let (repaired, n_repairs) = repair(text);
        if n_repairs == 0 {
            return Err(error);
        }
        serde_json::from_str(&repaired).map(|value| (value, n_repairs)).map_err(|_| error)
    })
}

fn repair(text: &str) -> (String, u64) {
    let mut out = String::with_capacity(text.len() + 16);
    let (mut n_repairs, mut in_string, mut at) = (0, false, 0);
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        let (taken, written, repairs) = match letter {
            '\\' if in_string => escape(rest),
            '"' => {
                in_string = !in_string;
                (1, Piece::AsIs, 0)
            }
            '\0'..='\u{1f}' if in_string => (1, Piece::Code(u32::from(letter)), 1),
            'N' | 'I' | '-' if !in_string => bare_word(rest),
            _ => (letter.len_utf8(), Piece::AsIs, 0),
        };
        match written {
            Piece::AsIs => out.push_str(&rest[..taken]),
            Piece::Code(code) => out.push_str(&format!("\\u{code:04x}")),
            Piece::Null => out.push_str("null"),
        }
        n_repairs += repairs;
        at += taken;
    }
    (out, n_repairs)
}

enum Piece {
    AsIs,
    Code(u32),
    Null,
}

/// An escape at the start of `rest`: bytes taken, what to write, repairs.
fn escape(rest: &str) -> (usize, Piece, u64) {
    let unit = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        u32::from_str_radix(digits, 16).ok()
    };
    match unit(rest) {
        Some(0xd800..=0xdbff) if matches!(unit(&rest[6..]), Some(0xdc00..=0xdfff)) => (12, Piece::AsIs, 0),
        Some(0xd800..=0xdfff) => (6, Piece::Code(0xfffd), 1),
        _ => (1 + rest[1..].chars().next().map_or(0, char::len_utf8), Piece::AsIs, 0),
    }
}

fn bare_word(rest: &str) -> (usize, Piece, u64) {
    match ["NaN", "Infinity", "-Infinity"].iter().find(|word| rest.starts_with(**word)) {
        Some(word) => (word.len(), Piece::Null, 1),
        None => (1, Piece::AsIs, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repairs_what_is_meant_clearly() {
        let cases = [
            (r#"{"a": "\ud83d\ude00"}"#, "{\"a\":\"😀\"} 0"),
            (r#"{"a": "\ud800"}"#, "{\"a\":\"\u{FFFD}\"} 1"),
            (r#"{"a": "\udc00\ud800x"}"#, "{\"a\":\"\u{FFFD}\u{FFFD}x\"} 2"),
            (r#"{"a": "\\ud800", "b": NaN, "c": [-Infinity]}"#, r#"{"a":"\\ud800","b":null,"c":[null]} 2"#),
            ("{\"a\": \"tab\tNUL\0 \\\" NaN\"}", r#"{"a":"tab\tNUL\u0000 \" NaN"} 2"#),
            ("{\"a\": \"é\\", "EOF while parsing a string at line 1 column 10"),
            ("{\"a\": -1, 'b': 2}", "key must be a string at line 1 column 11"),
            ("{\"a\": \"\\ud8", "EOF while parsing a string at line 1 column 11"),
        ];
        for (text, expected) in cases {
            let told =
                parse(text).map_or_else(|error| error.to_string(), |(value, n)| format!("{value} {n}"));
            assert_eq!(told, expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn sound_json_is_left_alone(text in "\\PC{0,40}") {
            let json = serde_json::json!({"a": text, "b": [1, null, "x"]}).to_string();
            proptest::prop_assert_eq!(repair(&json), (json, 0));
        }

        #[test]
        fn never_panics(text in "(\\\\u|d8|00|\"|\\\\|\\PC|NaN|-){0,30}") {
            let _ = parse(&text);
        }
    }
}
