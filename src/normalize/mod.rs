//! Text to tokens: words with stable keys, each with its place in the text as given.
//!
//! In: a text and its language. Out: [`Tokens`], a 64-bit key a word and the bytes it came from, in order and without
//! overlap. Words are those of UAX #29 with a tailoring for news (`refine` in `segment`): full stops and colons
//! inside a word split it, acronyms and `13:00` stay whole, words hyphenated at a line break are put together.
//! Scripts without spaces give one token a character, keyed by the character and its successor.
//!
//! A key is the hash of the word folded (case, quotes, invisible characters, canonical form, number format; see
//! [`fold()`]), without a possessive, and stemmed by Snowball where the language has a stemmer. Whether two tokens are
//! also the same *surface* is for [`surface_equal`] to say.
//!
//! Print read by a machine ([`Profile::Ocr`]) is keyed by the shapes of its letters instead of stems (`shape`), and
//! words split or run together are mended where the language has a table (`mend`).
//!
//! Cost: linear. Words are found byte by byte, without decoding what is ASCII or one of the common two-byte letters,
//! and folded and stemmed once per distinct word ([`Lexicon`]). Measured on one busy core, in MB/s: Reuters-21578 100,
//! press releases 150, Russian and Azerbaijani 200, Hindi and Hebrew 40, Chinese 35, Thai 18 (`split_ascii_whitespace`
//! in the same run: 420).
//!
//! Not promised: dictionary word breaks for Chinese, Japanese or Thai, lemmas, spelling correction.

mod detect;
mod fold;
mod language;
mod lexicon;
mod mend;
mod number;
mod scan;
mod script;
mod segment;
mod sentence;
mod shape;
mod writer;

#[cfg(test)]
mod tests;

use thiserror::Error;

pub use crate::normalize::detect::Recognized;
pub(crate) use crate::normalize::fold::fold_plain;
pub use crate::normalize::fold::{fold, surface_equal};
pub use crate::normalize::language::Language;
pub use crate::normalize::lexicon::Lexicon;

use crate::model::{Profile, Tokens};
use crate::normalize::fold::Diacritics;
use crate::normalize::lexicon::Spelling;
use crate::normalize::writer::Writer;

/// How texts are normalized.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NormalizeParams {
    /// Whether Latin letters match their forms without diacritics. Default: no.
    pub fold_diacritics: bool,
    /// Language of every text, overriding what is declared or detected (`en`, `az`). Default: none.
    pub language: Option<String>,
    /// What kind of text is compared. Default: news. [`Profile::Ocr`] folds letters of a like shape, drops diacritics,
    /// mends words split or run together, and does not stem.
    pub profile: Profile,
}

/// Why parameters of normalization were refused.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum NormalizeError {
    /// The forced language is not one the program knows.
    #[error("unknown language `{given}` for --language; known are: {known}")]
    UnknownLanguage {
        /// The language asked for.
        given: String,
        /// Codes of the known ones.
        known: String,
    },
}

/// Turns texts into tokens; shared by all threads, each with a [`Lexicon`] of its own.
#[derive(Clone, Debug)]
pub struct Normalizer {
    forced: Option<Language>,
    spelling: Spelling,
}

impl Normalizer {
    /// A normalizer with these parameters.
    ///
    /// # Errors
    ///
    /// [`NormalizeError::UnknownLanguage`] if the forced language is neither a known code nor a known name.
    pub fn new(params: NormalizeParams) -> Result<Normalizer, NormalizeError> {
        let forced = params.language.as_deref().map(known_language).transpose()?;
        let drops = params.fold_diacritics || params.profile == Profile::Ocr;
        let diacritics = if drops { Diacritics::Drop } else { Diacritics::Keep };
        Ok(Normalizer { forced, spelling: Spelling { diacritics, profile: params.profile } })
    }

    /// An empty cache of words for one thread.
    #[must_use]
    pub fn lexicon(&self) -> Lexicon {
        Lexicon::new(self.spelling)
    }

    /// The language of a text: the forced one, else the declared one if it is known, else the one its first 4 KB
    /// are recognized to be in, else [`Language::UNKNOWN`].
    #[must_use]
    pub fn language(&self, text: &str, declared: Option<&str>) -> Language {
        self.recognize(text, declared).language
    }

    /// The same with how sure it is.
    #[must_use]
    pub fn recognize(&self, text: &str, declared: Option<&str>) -> Recognized {
        let given = self.forced.or_else(|| declared.and_then(Language::from_code));
        given.map_or_else(|| detect::detect(text), Recognized::given)
    }

    /// The tokens of a text of less than 4 GiB.
    ///
    /// # Panics
    ///
    /// Panics at texts of 4 GiB, which the reader refuses.
    #[must_use]
    pub fn tokens(&self, text: &str, language: Language, lexicon: &mut Lexicon) -> Tokens {
        let mut writer = Writer::new(text, lexicon.vocabulary(language, self.spelling));
        scan::scan(text, &mut writer);
        let mut tokens = writer.finish();
        tokens.mark_repeats();
        tokens
    }
}

fn known_language(given: &str) -> Result<Language, NormalizeError> {
    Language::from_code(given).ok_or_else(|| {
        let known: Vec<&str> = Language::all().filter_map(Language::code).collect();
        NormalizeError::UnknownLanguage { given: given.to_owned(), known: known.join(", ") }
    })
}
