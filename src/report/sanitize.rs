//! Makes text of unknown origin safe to show in a terminal.
//!
//! An article, a file name or an outlet's name may hold escape sequences that retitle a window, recolour what
//! follows or reorder it. Nothing of that kind passes here: line breaks and tabs become spaces, other control
//! characters a visible `�`, and characters without a width of their own that steer layout (bidirectional
//! overrides and isolates, zero-width spaces and joiners, tags) are left out. Machine formats are not changed by
//! this module; they escape instead.

use std::borrow::Cow;

/// What becomes of one character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Keep,
    Space,
    Mark,
    Drop,
}

fn fate(c: char) -> Fate {
    match c {
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::Space,
        c if c.is_control() => Fate::Mark,
        c if is_bidi_control(c) || is_invisible(c) => Fate::Drop,
        _ => Fate::Keep,
    }
}

/// Whether `c` changes the direction in which its neighbours are shown.
#[must_use]
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether `c` shows nothing and takes no room: zero-width spaces and joiners, soft hyphens, tags, interlinear
/// marks, deprecated format characters.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// `text` as one line without anything a terminal would act on.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| fate(c) == Fate::Keep) {
        return Cow::Borrowed(text);
    }
    let safe = text.chars().filter_map(|c| match fate(c) {
        Fate::Keep => Some(c),
        Fate::Space => Some(' '),
        Fate::Mark => Some(char::REPLACEMENT_CHARACTER),
        Fate::Drop => None,
    });
    Cow::Owned(safe.collect())
}

/// The beginning of `text` as one safe line with single spaces: at most `max_chars` code points, cut at a word and
/// ended with `…` where that leaves something out.
#[must_use]
pub fn excerpt(text: &str, max_chars: usize) -> String {
    let mut shown = String::new();
    let mut n_chars = 0;
    for word in text.split_whitespace() {
        let word = line(word);
        let word = word.trim();
        if word.is_empty() {
            continue;
        }
        let word_chars = word.chars().count();
        let gap = usize::from(n_chars > 0);
        if n_chars + gap + word_chars > max_chars {
            let room = if n_chars == 0 { max_chars.saturating_sub(1) } else { 0 };
            shown.extend(word.chars().take(room));
            shown.push('…');
            return shown;
        }
        shown.extend(std::iter::repeat_n(' ', gap));
        shown.push_str(word);
        n_chars += gap + word_chars;
    }
    shown
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn takes_the_teeth_out_of_hostile_text() {
        let cases = [
            ("plain, кириллица, العربية, 中文", "plain, кириллица, العربية, 中文"),
            ("\x1b]0;pwn\x07", "�]0;pwn�"),
            ("\u{9b}31mred", "�31mred"),
            ("a\r\nb\tc\u{2028}d\u{85}e", "a  b c d e"),
            ("\u{202e}gpj.exe\u{2066}", "gpj.exe"),
            ("ze\u{200b}ro\u{feff}wid\u{ad}th\x7f", "zerowidth�"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(line(text), expected, "{text:?}");
        }
    }

    #[test]
    fn an_excerpt_ends_at_a_word_and_says_that_it_was_cut() {
        let cases = [
            ("", 10, ""),
            ("one two", 7, "one two"),
            ("one two three", 8, "one two…"),
            ("  one\n\ntwo\t ", 20, "one two"),
            ("extraordinary", 6, "extra…"),
            ("\u{200b} \u{200b} x", 6, "x"),
        ];
        for (text, max_chars, expected) in cases {
            assert_eq!(excerpt(text, max_chars), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_unsafe_survives(text in any::<String>()) {
            let safe = line(&text);
            prop_assert!(safe.chars().all(|c| fate(c) == Fate::Keep));
            let again = line(&safe);
            prop_assert_eq!(&again, &safe);
        }
    }
}
