//! One spelling for words that differ in case, quotes, invisible characters or canonical form only.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::normalize::number;
use crate::normalize::script::{ascii_digit, is_apostrophe, is_dot, is_hyphen, is_invisible};

/// Whether Latin letters lose their marks (`é` to `e`, `ø` to `o`, `ə` to `e`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Diacritics {
    Keep,
    Drop,
}

/// Whether two token texts are the same word up to case, quotes, invisible characters, line-break hyphens and the
/// writing of numbers; inflection counts as a difference.
///
/// ```
/// use wirecopy::normalize::surface_equal;
/// assert!(surface_equal("Doesn’t", "doesn't"));
/// assert!(!surface_equal("Armenia's", "Armenia"));
/// ```
#[must_use]
pub fn surface_equal(a: &str, b: &str) -> bool {
    a == b || if is_plain(a) && is_plain(b) { a.eq_ignore_ascii_case(b) } else { fold(a) == fold(b) }
}

/// The folded form of a token's text: NFKC, lower case, straight quotes, no invisible characters, ASCII digits, one
/// writing for numbers (`1,000` is `1000`) and acronyms (`U.S` is `us`).
///
/// Dotted and dotless i are one letter, whatever the language, so that `BAKI` and `Bakı` meet; Cyrillic ё is е;
/// Greek loses its accents and final sigma, Arabic and Hebrew their vowel points, Arabic its forms of alef and yeh.
#[must_use]
pub fn fold(word: &str) -> String {
    fold_with(word, Diacritics::Keep)
}

/// Adds the folded form of `word` to `out`: the same for two words that are [`surface_equal`].
pub fn push_folded_word(word: &str, out: &mut String) {
    if is_plain(word) {
        out.extend(word.chars().map(|letter| letter.to_ascii_lowercase()));
    } else {
        out.push_str(&fold(word));
    }
}

/// The folded form without marks on Latin letters: `président` is `president`, `Xankəndi` is `xankendi`.
#[must_use]
pub(crate) fn fold_plain(word: &str) -> String {
    fold_with(word, Diacritics::Drop)
}

pub(crate) fn fold_with(word: &str, diacritics: Diacritics) -> String {
    if is_plain(word) {
        return word.to_ascii_lowercase();
    }
    if let Some(folded) = fold_letters(word, diacritics) {
        return folded;
    }
    let folded = if word.is_ascii() { fold_ascii(word) } else { fold_unicode(word, diacritics) };
    let folded = if is_acronym(&folded) { folded.replace('.', "") } else { folded };
    if folded.bytes().any(|b| b.is_ascii_digit()) { number::unify(&folded) } else { folded }
}

fn is_plain(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn fold_ascii(word: &str) -> String {
    word.chars().filter(|c| !is_gap(*c)).map(|c| c.to_ascii_lowercase()).collect()
}

/// The folded form of a word of ASCII letters and [`simple_letters`]; `None` for any other.
fn fold_letters(word: &str, diacritics: Diacritics) -> Option<String> {
    let letters = simple_letters(diacritics);
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        out.push(match c {
            'a'..='z' => c,
            'A'..='Z' => c.to_ascii_lowercase(),
            _ => *letters.get((c as usize).checked_sub(FIRST_LETTER)?)?.as_ref()?,
        });
    }
    Some(out)
}

/// The first and one past the last character of two bytes in UTF-8.
const FIRST_LETTER: usize = 0x80;
const LETTERS_END: usize = 0x800;

/// What letters of two bytes become (Latin with marks, Greek, Cyrillic, Arabic, Hebrew and others) that fold into one letter
/// whatever stands beside them, from [`FIRST_LETTER`] on.
fn simple_letters(diacritics: Diacritics) -> &'static [Option<char>] {
    static LETTERS: [OnceLock<Vec<Option<char>>>; 2] = [OnceLock::new(), OnceLock::new()];
    LETTERS[usize::from(diacritics == Diacritics::Drop)].get_or_init(|| {
        let of = |code: usize| {
            let letter =
                char::from_u32(code as u32).filter(|c| c.is_alphabetic() && !is_combining_mark(*c))?;
            let folded = fold_unicode(letter.encode_utf8(&mut [0; 4]), diacritics);
            let mut folded = folded.chars();
            folded.next().filter(|c| c.is_alphabetic() && folded.next().is_none())
        };
        (FIRST_LETTER..LETTERS_END).map(of).collect()
    })
}

/// What a line-break hyphen or a space between digit groups leaves inside a token.
fn is_gap(c: char) -> bool {
    is_hyphen(c) || c.is_whitespace() || c.is_control()
}

fn fold_unicode(word: &str, diacritics: Diacritics) -> String {
    let mut out = String::with_capacity(word.len());
    let mut base = ' ';
    for c in word.chars().filter(|&c| !is_invisible(c)).nfkd().flat_map(char::to_lowercase) {
        if is_combining_mark(c) {
            if !is_dropped_mark(base, c, diacritics) {
                out.push(c);
            }
        } else if !is_gap(c) && !is_invisible(c) && c != '\u{640}' {
            base = c;
            push_folded(c, diacritics, &mut out);
        }
    }
    out.nfc().collect()
}

/// Whether a mark on this (lower-case) letter makes no difference.
fn is_dropped_mark(base: char, mark: char, diacritics: Diacritics) -> bool {
    match base {
        // The dot that lower-casing İ leaves, and any other dot above an i.
        'i' | 'ı' if mark == '\u{307}' => true,
        'a'..='z' | '\u{e6}'..='\u{24f}' | '\u{250}'..='\u{2af}' => diacritics == Diacritics::Drop,
        '\u{370}'..='\u{3ff}' => true,
        // Stress marks, and the dots of ё.
        '\u{400}'..='\u{52f}' => {
            matches!(mark, '\u{300}' | '\u{301}') || (mark == '\u{308}' && base == '\u{435}')
        }
        // Alef loses hamza and madda; every letter its vowel points.
        '\u{627}' => matches!(mark, '\u{64b}'..='\u{65f}' | '\u{670}'),
        '\u{600}'..='\u{6ff}' => matches!(mark, '\u{64b}'..='\u{653}' | '\u{656}'..='\u{65f}' | '\u{670}'),
        '\u{5d0}'..='\u{5f2}' => matches!(mark, '\u{591}'..='\u{5c7}'),
        _ => false,
    }
}

fn push_folded(c: char, diacritics: Diacritics, out: &mut String) {
    if diacritics == Diacritics::Drop
        && let Some(plain) = undecorated(c)
    {
        return out.push_str(plain);
    }
    match c {
        'ı' => out.push('i'),
        'ß' => out.push_str("ss"),
        'ς' => out.push('σ'),
        // Alef with wasla; alef maksura and Persian yeh; Persian kaf.
        '\u{671}' => out.push('\u{627}'),
        '\u{649}' | '\u{6cc}' => out.push('\u{64a}'),
        '\u{6a9}' => out.push('\u{643}'),
        // Hebrew geresh and gershayim; Arabic decimal and thousands separators.
        '\u{5f3}' => out.push('\''),
        '\u{5f4}' => out.push('"'),
        '\u{66b}' => out.push('.'),
        '\u{66c}' => out.push(','),
        _ if is_apostrophe(c) => out.push('\''),
        _ if is_dot(c) => out.push('.'),
        _ => out.push(ascii_digit(c).unwrap_or(c)),
    }
}

/// Latin letters that no decomposition takes apart.
fn undecorated(c: char) -> Option<&'static str> {
    Some(match c {
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ħ' => "h",
        'ŧ' => "t",
        'þ' => "th",
        'ə' => "e",
        _ => return None,
    })
}

/// Single letters with dots between them: `u.s`, `a.m`, `u.s.a`.
pub(crate) fn is_acronym(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(is_initial) && chars.all(is_combining_mark)
        })
}

/// Letters that acronyms are made of: not syllables, which decompose into several letters, nor vowel points, which Unicode
/// counts among the letters.
fn is_initial(c: char) -> bool {
    c.is_alphabetic()
        && !is_combining_mark(c)
        && !matches!(c, '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fold_slowly(word: &str, diacritics: Diacritics) -> String {
        let folded = fold_unicode(word, diacritics);
        let folded = if is_acronym(&folded) { folded.replace('.', "") } else { folded };
        if folded.bytes().any(|b| b.is_ascii_digit()) { number::unify(&folded) } else { folded }
    }

    #[test]
    fn most_letters_of_two_bytes_take_the_short_way() {
        for word in ["Президент", "Ελλάδα", "République", "Łódź", "الرئيس", "ממשלה", "Հայաստան"]
        {
            assert_eq!(
                fold_letters(word, Diacritics::Keep),
                Some(fold_slowly(word, Diacritics::Keep)),
                "{word}"
            );
        }
        for word in ["Straße", "نُور", "cafe\u{301}", "I۲", "a.b", "x1", "日本"] {
            assert_eq!(fold_letters(word, Diacritics::Keep), None, "{word}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_leads_to_the_same(word in "[a-cA-C\u{80}-\u{7ff}]{1,6}|([a-cA-C\u{370}-\u{52f}]|\\PC){1,6}", drops in any::<bool>()) {
            let diacritics = if drops { Diacritics::Drop } else { Diacritics::Keep };
            prop_assert_eq!(fold_with(&word, diacritics), fold_slowly(&word, diacritics));
        }
    }

    #[test]
    fn folds_what_makes_no_difference() {
        let cases = [
            ("Baku", "baku"),
            ("DOESN’T", "doesn't"),
            ("O‘Neill", "o'neill"),
            ("U.S", "us"),
            // A vowel point is no initial: folded again, this must stay what it is.
            ("Σ.ـ\u{64e}", "σ.\u{64e}"),
            ("1,000", "1000"),
            ("１０", "10"),
            ("٢٠٢٣", "2023"),
            ("ﬁre", "fire"),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("recon\u{ad}struct", "reconstruct"),
            ("recon-\n   struct", "reconstruct"),
            ("foo\u{200b}bar", "foobar"),
            ("İlham", "ilham"),
            ("BAKI", "baki"),
            ("Bakı", "baki"),
            ("cafe\u{301}", "café"),
            ("Ёлка", "елка"),
            ("Україїнський", "україїнський"),
            ("ОΔΟΣ", "оδοσ"),
            ("Οδός", "οδοσ"),
            ("الأُمَم", "الامم"),
            ("الاتّحـــاد", "الاتحاد"),
            ("على", "علي"),
            ("שָׁלוֹם", "שלום"),
            ("צה״ל", "צה\"ל"),
            ("", ""),
        ];
        for (given, expected) in cases {
            assert_eq!(fold(given), expected, "{given}");
        }
    }

    #[test]
    fn diacritics_are_dropped_only_when_asked() {
        for (given, expected) in [
            ("président", "president"),
            ("Łódź", "lodz"),
            ("Əliyev", "eliyev"),
            ("Ångström", "angstrom"),
            ("é", "e"),
        ] {
            assert_eq!(fold_with(given, Diacritics::Drop), expected, "{given}");
            assert_ne!(fold(given), expected, "{given}");
        }
        assert_eq!(fold_with("йод", Diacritics::Drop), "йод");
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for word in ["İstanbul", "ǅ", "ΐ", "ﬃ", "½", "Å", "ẛ̣", "ﷺ", "ℌ", "U.S.A", "1.000,5", "가각"]
        {
            assert_eq!(fold(&fold(word)), fold(word), "{word}");
        }
    }

    #[test]
    fn surfaces_differ_by_inflection_and_possessive() {
        for (a, b, same) in [
            ("Forces", "forces", true),
            ("forces", "force", false),
            ("Armenia’s", "Armenia's", true),
            ("Armenia's", "Armenia", false),
            ("1,000", "1000", true),
            ("1.5", "15", false),
            ("US", "U.S", true),
            ("", "a", false),
        ] {
            assert_eq!(surface_equal(a, b), same, "{a} {b}");
            assert_eq!(surface_equal(b, a), same, "{b} {a}");
        }
    }
}
