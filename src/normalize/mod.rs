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
//! Cost: linear. Words of ASCII are found sixty-four bytes at a time (`runs`) and looked up in batches (`packed`), those
//! with the common two-byte letters byte by byte without decoding, and all are folded and stemmed once per distinct word
//! ([`Lexicon`]; English by `porter`). 104 MB of news, 16 million words, take as much processor time as 2.2 runs of
//! `wc -w` over them, of which telling their languages takes 0.5; threads share the work, a book's too (`pieces`).
//! Measured before, in MB/s: Russian and Azerbaijani 200, Hindi and Hebrew 40, Chinese 35, Thai 18
//! (`split_ascii_whitespace` in the same run: 420). Every short way has a slow twin that tests hold it against.
//!
//! Not promised: dictionary word breaks for Chinese, Japanese or Thai, lemmas, spelling correction.

mod detect;
mod fold;
mod language;
mod lexicon;
mod mend;
mod number;
mod packed;
mod pieces;
mod porter;
mod runs;
mod scan;
mod script;
mod segment;
mod sentence;
mod shape;
mod writer;

#[cfg(test)]
mod tests;

use rayon::prelude::*;
use thiserror::Error;

pub use crate::normalize::detect::Recognized;
pub(crate) use crate::normalize::fold::fold_plain;
pub use crate::normalize::fold::{fold, push_folded_word, surface_equal};
pub use crate::normalize::language::Language;
pub use crate::normalize::lexicon::Lexicon;

use crate::model::{Profile, Tokens};
use crate::normalize::fold::Diacritics;
use crate::normalize::lexicon::{Idle, Spelling};
use crate::normalize::writer::Writer;

/// Version of what texts become: keys, places, flags, surprisals, and the shingles made of them. It grows with every change that
/// gives a text other ones, since indexes and baselines made before cannot be read with them (`tests` holds it to a digest).
pub const VERSION: u32 = 1;

/// Least bytes of a piece of a text that is normalized by several threads: some milliseconds of work.
const PIECE_BYTES: usize = 512 << 10;

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
    /// Words that lexicons no longer in use have met, at most as many lexicons as were in use at once.
    idle: Idle,
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
        let spelling = Spelling { diacritics, profile: params.profile };
        Ok(Normalizer { forced, spelling, idle: Idle::default() })
    }

    /// A cache of words for one thread, with what one dropped before has met.
    #[must_use]
    pub fn lexicon(&self) -> Lexicon {
        Lexicon::new(self.spelling, &self.idle)
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

    /// The tokens of a text of less than 4 GiB. A book is taken apart at blank lines, for all threads.
    ///
    /// # Panics
    ///
    /// Panics at texts of 4 GiB, which the reader refuses.
    #[must_use]
    pub fn tokens(&self, text: &str, language: Language, lexicon: &mut Lexicon) -> Tokens {
        if text.len() < 2 * PIECE_BYTES || rayon::current_num_threads() == 1 {
            return self.tokens_at_once(text, language, lexicon);
        }
        match &pieces::cut(text, PIECE_BYTES)[..] {
            [_] => self.tokens_at_once(text, language, lexicon),
            pieces => pieces::join(pieces.par_iter().map_init(
                || self.lexicon(),
                |lexicon, &piece| (piece.len(), self.tokens_at_once(piece, language, lexicon)),
            )),
        }
    }

    fn tokens_at_once(&self, text: &str, language: Language, lexicon: &mut Lexicon) -> Tokens {
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
