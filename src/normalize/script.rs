//! Character classes that Unicode's own properties do not give in the form needed here.

use unicode_normalization::char::is_combining_mark;

/// Whether a character belongs to a script written without spaces between words: Han, Hiragana, Katakana, Thai,
/// Lao, Khmer, Myanmar. Their digits and punctuation are left out.
pub(crate) fn is_unspaced(c: char) -> bool {
    c >= '\u{e01}'
        && (is_ideograph(c)
            || matches!(c,
                '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}'
                | '\u{e81}'..='\u{ebd}' | '\u{ec0}'..='\u{ece}' | '\u{edc}'..='\u{edf}'
                | '\u{1000}'..='\u{103f}' | '\u{1050}'..='\u{108f}' | '\u{109a}'..='\u{109d}'
                | '\u{1780}'..='\u{17d3}' | '\u{17d7}' | '\u{17dc}' | '\u{17dd}'
                | '\u{3041}'..='\u{3096}' | '\u{3099}'..='\u{309f}'
                | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
                | '\u{ff66}'..='\u{ff9f}'))
}

/// Whether a character is a Han ideograph (or stands for one).
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Characters that show nothing: soft hyphen, zero-width spaces and joiners, direction marks, variation selectors.
/// They are dropped before words are looked for.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{20e3}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Characters that stand for an apostrophe inside a word.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bb}' | '\u{2bc}' | '\u{2bd}' | '\u{ff07}')
}

/// Characters that stand for a hyphen at a line's end.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{ad}')
}

/// Full stops that UAX #29 keeps inside a word or number.
pub(crate) fn is_dot(c: char) -> bool {
    matches!(c, '.' | '\u{2024}' | '\u{fe52}' | '\u{ff0e}')
}

/// Colons and semicolons that UAX #29 keeps inside a word or number.
pub(crate) fn is_colon(c: char) -> bool {
    matches!(c, ':' | ';' | '\u{fe13}' | '\u{fe14}' | '\u{fe54}' | '\u{fe55}' | '\u{ff1a}' | '\u{ff1b}')
}

/// Whether a character can make a word: a letter or digit, not a bare mark (Unicode counts vowel signs as letters).
pub(crate) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric() && !is_combining_mark(c))
}

/// The ASCII digit of a decimal digit of another script.
pub(crate) fn ascii_digit(c: char) -> Option<char> {
    // Zeros of the scripts in use in today's news; their digits follow in order.
    const ZEROS: [u32; 20] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0,
        0xf20, 0x1040, 0x17e0, 0x1810, 0xa9d0, 0xff10,
    ];
    let code = u32::from(c);
    let zero = ZEROS.iter().rev().find(|&&zero| zero <= code)?;
    char::from_digit(code - zero, 10).filter(|_| code - zero < 10)
}

/// Whether a character is a decimal digit of a script in use in today's news.
pub(crate) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || (c > '\u{65f}' && ascii_digit(c).is_some())
}

/// The last character boundary of `text` at or before byte `at`; the end of the text when it is shorter.
pub(crate) fn char_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::fold::fold;

    #[test]
    fn kana_thai_and_unified_ideographs_fold_to_themselves() {
        let ranges = ['\u{e01}'..='\u{e30}', '\u{3041}'..='\u{3096}', '\u{4e00}'..='\u{9fff}'];
        assert!(ranges.into_iter().flatten().all(|c| fold(&c.to_string()).chars().eq([c])));
    }

    #[test]
    fn digits_of_all_scripts_map_to_ascii() {
        for (given, expected) in
            [('٣', Some('3')), ('۹', Some('9')), ('०', Some('0')), ('๕', Some('5')), ('９', Some('9'))]
        {
            assert_eq!(ascii_digit(given), expected, "{given}");
        }
        for other in ['a', '\u{66a}', '一', '²', '\u{10ffff}'] {
            assert_eq!(ascii_digit(other), None, "{other}");
        }
    }

    #[test]
    fn only_letters_of_unspaced_scripts_are_grams() {
        assert!("停火日ひらカター々ก็ລາວខ្មែရ".chars().all(is_unspaced));
        assert!("aягא한。、๕៥၊฿🙂ａ".chars().all(|c| !is_unspaced(c)));
    }
}
