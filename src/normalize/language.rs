//! Languages the program knows by name, and what it has for each.

use std::fmt;

use rust_stemmers::Algorithm;

/// A language, or [`Language::UNKNOWN`].
///
/// All of them are tokenized alike; a language adds a stemmer and a list of function words where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(u8);

impl Language {
    /// No language was given or recognized: words are folded but not stemmed, and none is a function word.
    pub const UNKNOWN: Language = Language(u8::MAX);

    /// English: the one language with a table of word surprisal that serves as a dictionary.
    pub(crate) const ENGLISH: Language = Language(14);

    /// The language a code or an English name stands for, in any case and with a region or not: `en`, `en-GB`,
    /// `eng`, `English`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Language> {
        let code = code.trim();
        let primary = code.split(['-', '_']).next().unwrap_or(code);
        let primary =
            ALIASES.iter().find(|alias| alias.0.eq_ignore_ascii_case(primary)).map_or(primary, |a| a.1);
        let same = |entry: &Entry| {
            [entry.code, entry.code3].iter().any(|known| known.eq_ignore_ascii_case(primary))
                || entry.name.eq_ignore_ascii_case(code)
        };
        LANGUAGES.iter().position(same).and_then(|index| u8::try_from(index).ok()).map(Language)
    }

    /// Two-letter code; `None` for the unknown one.
    #[must_use]
    pub fn code(self) -> Option<&'static str> {
        self.entry().map(|entry| entry.code)
    }

    /// English name; `None` for the unknown one.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        self.entry().map(|entry| entry.name)
    }

    /// Every language, by code.
    pub fn all() -> impl Iterator<Item = Language> {
        (0..=u8::MAX).map(Language).take(LANGUAGES.len())
    }

    /// The stemmer, where there is one.
    pub(crate) fn stemmer(self) -> Option<Algorithm> {
        self.entry().and_then(|entry| entry.stemmer)
    }

    /// The function words, as written.
    pub(crate) fn function_words(self) -> impl Iterator<Item = &'static str> {
        let list = self.entry().map_or("", |entry| entry.function_words);
        list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
    }

    /// Whether `I` is the capital of `ı`, and `İ` of `i`.
    pub(crate) fn has_dotless_i(self) -> bool {
        matches!(self.code(), Some("tr" | "az"))
    }

    fn entry(self) -> Option<&'static Entry> {
        LANGUAGES.get(usize::from(self.0))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code().unwrap_or("unknown"))
    }
}

struct Entry {
    code: &'static str,
    code3: &'static str,
    name: &'static str,
    stemmer: Option<Algorithm>,
    function_words: &'static str,
}

const fn entry(
    code: &'static str,
    code3: &'static str,
    name: &'static str,
    stemmer: Option<Algorithm>,
    function_words: &'static str,
) -> Entry {
    Entry { code, code3, name, stemmer, function_words }
}

/// Codes in use that are not the first two of an entry: (alias, two-letter code).
const ALIASES: [(&str, &str); 16] = [
    ("azb", "az"),
    ("azj", "az"),
    ("cze", "cs"),
    ("dut", "nl"),
    ("fas", "fa"),
    ("fre", "fr"),
    ("ger", "de"),
    ("gre", "el"),
    ("in", "id"),
    ("iw", "he"),
    ("nn", "nb"),
    ("no", "nb"),
    ("nor", "nb"),
    ("per", "fa"),
    ("rum", "ro"),
    ("zho", "zh"),
];

/// In order of code. The stemmers are Snowball's; languages without one match by whole words. The position of an
/// entry is not stored anywhere.
static LANGUAGES: &[Entry] = &[
    entry("af", "afr", "Afrikaans", None, ""),
    entry("ak", "aka", "Akan", None, ""),
    entry("am", "amh", "Amharic", None, ""),
    entry("ar", "ara", "Arabic", Some(Algorithm::Arabic), include_str!("stop/ar.txt")),
    entry("az", "aze", "Azerbaijani", None, include_str!("stop/az.txt")),
    entry("be", "bel", "Belarusian", None, ""),
    entry("bg", "bul", "Bulgarian", None, ""),
    entry("bn", "ben", "Bengali", None, ""),
    entry("ca", "cat", "Catalan", None, ""),
    entry("cs", "ces", "Czech", None, ""),
    entry("cy", "cym", "Welsh", None, ""),
    entry("da", "dan", "Danish", Some(Algorithm::Danish), ""),
    entry("de", "deu", "German", Some(Algorithm::German), include_str!("stop/de.txt")),
    entry("el", "ell", "Greek", Some(Algorithm::Greek), include_str!("stop/el.txt")),
    entry("en", "eng", "English", Some(Algorithm::English), include_str!("stop/en.txt")),
    entry("eo", "epo", "Esperanto", None, ""),
    entry("es", "spa", "Spanish", Some(Algorithm::Spanish), include_str!("stop/es.txt")),
    entry("et", "est", "Estonian", None, ""),
    entry("fa", "pes", "Persian", None, ""),
    entry("fi", "fin", "Finnish", Some(Algorithm::Finnish), ""),
    entry("fr", "fra", "French", Some(Algorithm::French), include_str!("stop/fr.txt")),
    entry("gu", "guj", "Gujarati", None, ""),
    entry("he", "heb", "Hebrew", None, include_str!("stop/he.txt")),
    entry("hi", "hin", "Hindi", None, include_str!("stop/hi.txt")),
    entry("hr", "hrv", "Croatian", None, ""),
    entry("hu", "hun", "Hungarian", Some(Algorithm::Hungarian), ""),
    entry("hy", "hye", "Armenian", None, ""),
    entry("id", "ind", "Indonesian", None, ""),
    entry("it", "ita", "Italian", Some(Algorithm::Italian), include_str!("stop/it.txt")),
    entry("ja", "jpn", "Japanese", None, ""),
    entry("jv", "jav", "Javanese", None, ""),
    entry("ka", "kat", "Georgian", None, ""),
    entry("km", "khm", "Khmer", None, ""),
    entry("kn", "kan", "Kannada", None, ""),
    entry("ko", "kor", "Korean", None, ""),
    entry("la", "lat", "Latin", None, ""),
    entry("lo", "lao", "Lao", None, ""),
    entry("lt", "lit", "Lithuanian", None, ""),
    entry("lv", "lav", "Latvian", None, ""),
    entry("mk", "mkd", "Macedonian", None, ""),
    entry("ml", "mal", "Malayalam", None, ""),
    entry("mr", "mar", "Marathi", None, ""),
    entry("my", "mya", "Burmese", None, ""),
    entry("nb", "nob", "Norwegian", Some(Algorithm::Norwegian), ""),
    entry("ne", "nep", "Nepali", None, ""),
    entry("nl", "nld", "Dutch", Some(Algorithm::Dutch), include_str!("stop/nl.txt")),
    entry("or", "ori", "Odia", None, ""),
    entry("pa", "pan", "Punjabi", None, ""),
    entry("pl", "pol", "Polish", None, include_str!("stop/pl.txt")),
    entry("pt", "por", "Portuguese", Some(Algorithm::Portuguese), include_str!("stop/pt.txt")),
    entry("ro", "ron", "Romanian", Some(Algorithm::Romanian), ""),
    entry("ru", "rus", "Russian", Some(Algorithm::Russian), include_str!("stop/ru.txt")),
    entry("si", "sin", "Sinhala", None, ""),
    entry("sk", "slk", "Slovak", None, ""),
    entry("sl", "slv", "Slovenian", None, ""),
    entry("sn", "sna", "Shona", None, ""),
    entry("sr", "srp", "Serbian", None, ""),
    entry("sv", "swe", "Swedish", Some(Algorithm::Swedish), include_str!("stop/sv.txt")),
    entry("ta", "tam", "Tamil", Some(Algorithm::Tamil), ""),
    entry("te", "tel", "Telugu", None, ""),
    entry("th", "tha", "Thai", None, ""),
    entry("tk", "tuk", "Turkmen", None, ""),
    entry("tl", "tgl", "Tagalog", None, ""),
    entry("tr", "tur", "Turkish", Some(Algorithm::Turkish), include_str!("stop/tr.txt")),
    entry("uk", "ukr", "Ukrainian", None, include_str!("stop/uk.txt")),
    entry("ur", "urd", "Urdu", None, ""),
    entry("uz", "uzb", "Uzbek", None, ""),
    entry("vi", "vie", "Vietnamese", None, ""),
    entry("yi", "yid", "Yiddish", None, ""),
    entry("zh", "cmn", "Chinese", None, ""),
    entry("zu", "zul", "Zulu", None, ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_names_and_regions_lead_to_a_language() {
        let cases = [
            ("en", Some("en")),
            ("EN-gb", Some("en")),
            ("en_US", Some("en")),
            ("eng", Some("en")),
            (" English ", Some("en")),
            ("az-Latn-AZ", Some("az")),
            ("Azerbaijani", Some("az")),
            ("no", Some("nb")),
            ("zho", Some("zh")),
            ("", None),
            ("tlh", None),
            ("-", None),
        ];
        for (given, expected) in cases {
            assert_eq!(Language::from_code(given).and_then(Language::code), expected, "{given}");
        }
    }

    #[test]
    fn codes_rise_and_every_entry_is_found_by_its_own() {
        assert!(LANGUAGES.windows(2).all(|two| two[0].code < two[1].code));
        for language in Language::all() {
            let entry = language.entry().unwrap();
            for given in [entry.code, entry.code3, entry.name] {
                assert_eq!(Language::from_code(given), Some(language), "{given}");
            }
        }
        assert!(
            ALIASES
                .iter()
                .all(|alias| Language::from_code(alias.0).and_then(Language::code) == Some(alias.1))
        );
    }

    #[test]
    fn lists_of_function_words_are_there_for_the_languages_promised() {
        for code in "ar az de el en es fr he hi it nl pl pt ru sv tr uk".split(' ') {
            let count = Language::from_code(code).unwrap().function_words().count();
            assert!((60..=230).contains(&count), "{code}: {count}");
        }
        assert_eq!(Language::UNKNOWN.function_words().count(), 0);
    }
}
