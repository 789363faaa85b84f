//! Words met before: key, weight and flags, worked out once per distinct word, language and thread.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use rapidhash::v3::{RapidSecrets, rapidhash_v3_seeded};
use rust_stemmers::Stemmer;
use unicode_normalization::UnicodeNormalization;

use crate::model::{Flags, Profile};
use crate::normalize::fold::{Diacritics, fold_with};
use crate::normalize::language::Language;
use crate::normalize::mend::Mender;
use crate::normalize::packed::{Packed, Table};
use crate::normalize::script::is_digit;
use crate::normalize::{number, porter, shape};
use crate::statistics::{Background, prior};

/// Seed of every key. Changing it, the version of the hash or anything in folding and stemming changes all keys:
/// stored indexes and baselines then have to be made anew.
const SECRETS: RapidSecrets = RapidSecrets::seed(0x7769_7265_636f_7079);

/// Longest folded word, in bytes, that is stemmed; longer ones are no words of any language.
const MAX_STEMMED_BYTES: usize = 64;

/// Longest word, in bytes, that is remembered.
const MAX_REMEMBERED_BYTES: usize = 128;

/// Words that are looked up together: as many loads as a processor has under way, and a few windows of text.
pub(crate) const MAX_BATCH: usize = 64;

/// What is known about a word besides its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) key: u64,
    /// Surprisal and flags in one number: written as two bytes and read as one word, they would make the processor wait
    /// at every token.
    marks: u16,
}

impl Word {
    pub(crate) fn new(key: u64, surprisal: u8, flags: Flags) -> Word {
        Word { key, marks: u16::from(surprisal) | u16::from(flags.0) << 8 }
    }

    /// Surprisal in eighths of a bit.
    #[inline]
    pub(crate) fn surprisal(self) -> u8 {
        self.marks as u8
    }

    #[inline]
    pub(crate) fn flags(self) -> Flags {
        Flags((self.marks >> 8) as u8)
    }

    /// With the flags of `other` added.
    #[inline]
    pub(crate) fn with(self, other: Flags) -> Word {
        Word { marks: self.marks | u16::from(other.0) << 8, ..self }
    }
}

/// How words are spelled before they are hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spelling {
    /// What becomes of letters with marks.
    pub(crate) diacritics: Diacritics,
    /// Whether stems or shapes are hashed.
    pub(crate) profile: Profile,
}

/// Words met before, for one thread; made by [`crate::normalize::Normalizer::lexicon`].
///
/// It holds at most 16 MiB a language and forgets rather than grows. Whether a word is remembered
/// never changes a result. Dropped, it leaves its words to the next lexicon of the same normalizer: work is handed
/// out in more parts than there are threads, and the parts would all begin with an empty memory.
#[derive(Debug)]
pub struct Lexicon {
    spelling: Spelling,
    vocabularies: Vocabularies,
    idle: Idle,
}

/// The words of each language met.
type Vocabularies = BTreeMap<Language, Vocabulary>;

/// What dropped lexicons left.
pub(crate) type Idle = Arc<Mutex<Vec<Vocabularies>>>;

impl Lexicon {
    /// A lexicon with what another one left, if any did.
    pub(crate) fn new(spelling: Spelling, idle: &Idle) -> Lexicon {
        let left = idle.lock().ok().and_then(|mut idle| idle.pop());
        Lexicon { spelling, vocabularies: left.unwrap_or_default(), idle: Arc::clone(idle) }
    }

    /// The words of one language, spelled as `spelling` says.
    pub(crate) fn vocabulary(&mut self, language: Language, spelling: Spelling) -> &mut Vocabulary {
        if self.spelling != spelling {
            *self = Lexicon::new(spelling, &Idle::default());
        }
        self.vocabularies.entry(language).or_insert_with(|| Vocabulary::new(language, spelling))
    }
}

impl Drop for Lexicon {
    fn drop(&mut self) {
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(std::mem::take(&mut self.vocabularies));
        }
    }
}

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    rules: Rules,
    mender: Option<Mender>,
    /// Whether capitals change nothing but [`Flags::CAPITAL`] in words of ASCII letters and digits. Such words are
    /// remembered in small letters, without the flag.
    folds_case: bool,
    short: Table<Word>,
    long: HashMap<Box<str>, Word>,
    /// Working space for words found together.
    asked: Vec<Asked>,
}

/// A word that is looked up.
#[derive(Clone, Copy, Debug)]
struct Asked {
    /// In small letters; [`Packed::NONE`] if it is not looked up that way.
    lower: Packed,
    /// Its home in the table, unless that has grown since.
    home: usize,
    is_capital: bool,
}

impl Vocabulary {
    pub(crate) fn new(language: Language, spelling: Spelling) -> Vocabulary {
        let mender = match spelling.profile {
            Profile::News => None,
            Profile::Ocr => Mender::new(language),
        };
        let rules = Rules::new(language, spelling);
        let folds_case = !language.has_dotless_i();
        Vocabulary { rules, mender, folds_case, short: Table::new(), long: HashMap::new(), asked: Vec::new() }
    }

    /// What is known about the token at bytes `start..end` of `text`, which holds at least one.
    #[inline]
    pub(crate) fn word(&mut self, text: &str, start: usize, end: usize) -> Word {
        let Some(packed) = Packed::new(text.as_bytes(), start, end) else {
            return self.long_word(&text[start..end]);
        };
        match self.short.get(packed) {
            Some(word) => word,
            None => {
                let word = self.rules.word(&text[start..end]);
                self.short.insert(packed, word);
                word
            }
        }
    }

    /// Prepares the look-up of tokens of ASCII letters and digits, by their start and end.
    ///
    /// The table of a large corpus does not fit the processor's cache, so that one word in fifteen waits for memory. All
    /// words are asked for at first, as fast as loads can be, so that they wait together.
    pub(crate) fn ask(&mut self, text: &str, spans: &[(u32, u32)]) {
        self.asked.clear();
        let (short, folds_case) = (&self.short, self.folds_case);
        self.asked.extend(spans.iter().map(|&(start, end)| {
            match Packed::new(text.as_bytes(), start as usize, end as usize).filter(|_| folds_case) {
                Some(packed) => {
                    let (lower, is_capital) = packed.to_lower();
                    Asked { lower, home: short.home(lower), is_capital }
                }
                None => Asked { lower: Packed::NONE, home: 0, is_capital: false },
            }
        }));
        let touched = self.asked.iter().fold(0, |touched, asked| touched ^ short.touch(asked.home));
        std::hint::black_box(touched);
    }

    /// What is known about the token asked for as number `index`, which stands at these bytes.
    #[inline]
    pub(crate) fn answer(&mut self, index: usize, text: &str, start: usize, end: usize) -> Word {
        let Asked { lower, home, is_capital } = self.asked[index];
        match self.short.get_at(home, lower) {
            Some(word) => word.with(Flags(u8::from(is_capital) * Flags::CAPITAL.0)),
            None => self.answer_slowly(lower, is_capital, &text[start..end]),
        }
    }

    #[cold]
    #[inline(never)]
    fn answer_slowly(&mut self, lower: Packed, is_capital: bool, raw: &str) -> Word {
        if lower == Packed::NONE {
            return self.word(raw, 0, raw.len());
        }
        let word = self.short.get(lower).unwrap_or_else(|| {
            let (bytes, len) = lower.bytes();
            let word = self.rules.word(std::str::from_utf8(&bytes[..len]).unwrap_or(raw));
            self.short.insert(lower, word);
            word
        });
        if is_capital { word.with(Flags::CAPITAL) } else { word }
    }

    fn long_word(&mut self, raw: &str) -> Word {
        const MAX_LONG: usize = 1 << 15;
        if let Some(word) = self.long.get(raw) {
            return *word;
        }
        let word = self.rules.word(raw);
        if raw.len() <= MAX_REMEMBERED_BYTES {
            if self.long.len() >= MAX_LONG {
                self.long.clear();
            }
            self.long.insert(raw.into(), word);
        }
        word
    }

    /// Whether two parts with a hyphen and a line break between them are words of the built-in table, and their
    /// sum is not: `wholly-\nowned`, not `recon-\nstruction`.
    pub(crate) fn is_compound(&self, left: &str, right: &str) -> bool {
        self.rules.is_in_table(left)
            && self.rules.is_in_table(right)
            && !self.rules.is_in_table(&format!("{left}{right}"))
    }

    /// What mends words that were split or run together, if anything does.
    pub(crate) fn mender(&self) -> Option<&Mender> {
        self.mender.as_ref()
    }

    /// How letters with marks are folded.
    pub(crate) fn diacritics(&self) -> Diacritics {
        self.rules.spelling.diacritics
    }
}

/// How a language's words get their keys and weights.
pub(crate) struct Rules {
    language: Language,
    spelling: Spelling,
    stemmer: Option<Stemmer>,
    /// Whether [`porter`] does what the stemmer does.
    has_porter: bool,
    /// Keys of the function words, sorted.
    stop: Vec<u64>,
    background: Option<Background>,
}

impl std::fmt::Debug for Rules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rules({})", self.language)
    }
}

impl Rules {
    pub(crate) fn new(language: Language, spelling: Spelling) -> Rules {
        let stemmer = language.stemmer().map(Stemmer::create);
        let background = language.code().and_then(|code| Background::of(code, spelling.profile));
        let has_porter = language == Language::ENGLISH && spelling.profile == Profile::News;
        let mut rules = Rules { language, spelling, stemmer, has_porter, stop: Vec::new(), background };
        rules.stop = language.function_words().map(|word| hash(&rules.stem(word))).collect();
        rules.stop.sort_unstable();
        rules.stop.dedup();
        rules
    }

    /// Key, weight and flags of a token with this text; the slow twin of the cache.
    pub(crate) fn word(&self, raw: &str) -> Word {
        self.with_stem(raw, |stem| self.stemmed_word(raw, stem))
    }

    fn stemmed_word(&self, raw: &str, stem: &[u8]) -> Word {
        let key = hash_bytes(stem);
        let is_number = self.is_number(raw);
        let is_stop = !is_number && self.stop.binary_search(&key).is_ok();
        let mut flags = Flags::default();
        for (is_set, flag) in
            [(is_stop, Flags::STOP), (is_number, Flags::NUMBER), (is_capitalized(raw), Flags::CAPITAL)]
        {
            flags = if is_set { flags.with(flag) } else { flags };
        }
        let known = self.background.and_then(|table| table.surprisal(key).or(table.rarest()));
        let surprisal = match known {
            _ if is_number => prior::number(&String::from_utf8_lossy(stem)),
            Some(surprisal) => surprisal,
            None if is_stop => prior::function_word(),
            None if self.stop.is_empty() => prior::any_word(n_letters(stem)),
            None => prior::content_word(n_letters(stem)),
        };
        Word::new(key, surprisal, flags)
    }

    /// Calls `take` with the stem of a word in UTF-8, which for most words of English is never put on the heap.
    fn with_stem<T>(&self, raw: &str, take: impl FnOnce(&[u8]) -> T) -> T {
        let base = ["'s", "’s"].into_iter().find_map(|end| raw.strip_suffix(end)).unwrap_or(raw);
        if self.has_porter
            && (1..=porter::MAX_BYTES).contains(&base.len())
            && base.bytes().all(|byte| byte.is_ascii_alphabetic())
        {
            return take(porter::stem(base).word());
        }
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        if self.spelling.profile == Profile::News && raw.bytes().all(is_plain) {
            // It is its own folded form.
            return take(self.stem_folded(raw).as_bytes());
        }
        let has_digit = raw.bytes().any(|byte| byte.is_ascii_digit());
        let is_number = has_digit && raw.bytes().all(|byte| is_plain(byte) || matches!(byte, b',' | b'.'));
        if self.spelling.profile == Profile::News && is_number {
            // So is this but for what divides its digits, and it has no stem.
            return take(number::unify(raw).as_bytes());
        }
        take(self.stem(raw).as_bytes())
    }

    fn is_number(&self, raw: &str) -> bool {
        match self.spelling.profile {
            Profile::News if raw.is_ascii() => raw.bytes().any(|byte| byte.is_ascii_digit()),
            Profile::News => fold_with(raw, self.spelling.diacritics).contains(is_digit),
            Profile::Ocr => shape::is_number(&fold_with(raw, self.spelling.diacritics)),
        }
    }

    /// Whether the built-in table of the language holds a word, where lacking it means something.
    pub(crate) fn is_in_table(&self, raw: &str) -> bool {
        self.bits(raw).is_some()
    }

    /// Surprisal of a word of the built-in table, in eighths of a bit; `None` where the table is no dictionary.
    pub(crate) fn bits(&self, raw: &str) -> Option<u8> {
        let table = self.dictionary()?;
        table.surprisal(self.with_stem(raw, hash_bytes))
    }

    /// Surprisal of words that the built-in table lacks, in eighths of a bit; 0 without a table.
    pub(crate) fn rarest(&self) -> u8 {
        self.dictionary().and_then(|table| table.rarest()).unwrap_or(0)
    }

    /// Whether the language has a built-in table that serves as a dictionary.
    pub(crate) fn has_table(&self) -> bool {
        self.dictionary().is_some()
    }

    /// The built-in table, if it holds about every word of the language that is not rare.
    fn dictionary(&self) -> Option<Background> {
        self.background.filter(|table| table.rarest().is_some())
    }

    /// The folded word without possessive and inflection, or its shape; numbers keep everything.
    pub(crate) fn stem(&self, raw: &str) -> String {
        if self.spelling.profile == Profile::Ocr {
            let folded = fold_with(raw, self.spelling.diacritics);
            return shape::shape(strip_clitics(&folded, self.language));
        }
        if self.language.has_dotless_i() && raw.contains(['I', 'ı', 'İ', '\u{307}']) {
            return self.stem_with_dotless_i(raw);
        }
        let folded = fold_with(raw, self.spelling.diacritics);
        self.stem_folded(&folded).into_owned()
    }

    /// Turkic stemming wants ı and i apart (vowels of suffixes agree with the stem's), keys want them together, since
    /// capitals of other keyboards confuse them: told apart for the stemmer, then folded.
    fn stem_with_dotless_i(&self, raw: &str) -> String {
        const DOTLESS: char = '\u{e000}';
        let lower = raw.nfc().map(|c| match c {
            'İ' => 'i',
            'I' | 'ı' => DOTLESS,
            _ => c,
        });
        let folded = fold_with(&lower.collect::<String>(), self.spelling.diacritics).replace(DOTLESS, "ı");
        self.stem_folded(&folded).replace('ı', "i")
    }

    fn stem_folded<'w>(&self, folded: &'w str) -> Cow<'w, str> {
        let base = strip_clitics(folded, self.language);
        match &self.stemmer {
            Some(stemmer) if base.len() <= MAX_STEMMED_BYTES && !base.contains(is_digit) => {
                stemmer.stem(base)
            }
            _ => base.into(),
        }
    }
}

/// Key of a folded, stemmed word.
pub(crate) fn hash(stem: &str) -> u64 {
    hash_bytes(stem.as_bytes())
}

/// [`hash`] of a word in a buffer.
pub(crate) fn hash_bytes(stem: &[u8]) -> u64 {
    rapidhash_v3_seeded(stem, &SECRETS)
}

/// Without an English possessive, an elided article (`l'`, `dell'`) in French, Italian and Catalan, or the endings
/// that Turkish sets off from names (`Ankara'nın`).
fn strip_clitics(folded: &str, language: Language) -> &str {
    const ELISIONS: [&str; 22] = [
        "l", "d", "qu", "j", "m", "t", "s", "n", "c", "jusqu", "lorsqu", "puisqu", "quoiqu", "un", "dell",
        "all", "dall", "nell", "sull", "quell", "quest", "coll",
    ];
    if language.has_dotless_i()
        && let Some((name, _)) = folded.split_once('\'').filter(|parts| parts.0.chars().nth(1).is_some())
    {
        return name;
    }
    let without = folded.strip_suffix("'s").filter(|base| !base.is_empty()).unwrap_or(folded);
    if matches!(language.code(), Some("fr" | "it" | "ca"))
        && let Some((elided, word)) = without.split_once('\'')
        && !word.is_empty()
        && ELISIONS.contains(&elided)
    {
        return word;
    }
    without
}

/// Letters of a word; a Hangul syllable stands for two.
fn n_letters(stem: &[u8]) -> usize {
    let letters = |text: &str| -> usize {
        text.chars().map(|c| if matches!(c, '\u{ac00}'..='\u{d7a3}') { 2 } else { 1 }).sum()
    };
    stem.utf8_chunks().map(|chunk| letters(chunk.valid())).sum()
}

/// Whether the first letter that has case is a capital.
fn is_capitalized(raw: &str) -> bool {
    if let Some(first) = raw.bytes().next().filter(u8::is_ascii_alphabetic) {
        return first.is_ascii_uppercase();
    }
    raw.chars().find(|c| c.is_lowercase() || c.is_uppercase()).is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn short_ways_to_a_stem_lead_to_the_same(
            word in "[a-zA-Z]{1,12}('s|’s|'|ing|ed|s)?|[0-9a-zI.,']{1,8}|[1-9][0-9]{0,2}([,.][0-9]{3}){0,2}(bn)?|\\PC{1,6}",
            code in prop::sample::select(&["en", "fr", "tr", "fi", "az", "??"][..]),
            (drops, is_ocr) in any::<(bool, bool)>(),
        ) {
            let diacritics = if drops { Diacritics::Drop } else { Diacritics::Keep };
            let profile = if is_ocr { Profile::Ocr } else { Profile::News };
            let language = Language::from_code(code).unwrap_or(Language::UNKNOWN);
            let rules = Rules::new(language, Spelling { diacritics, profile });
            prop_assert_eq!(rules.with_stem(&word, <[u8]>::to_vec), rules.stem(&word).into_bytes(), "{}", word);
        }
    }
}
