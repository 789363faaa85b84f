//! Words met before: key, weight and flags, worked out once per distinct word, language and thread.

use std::collections::{BTreeMap, HashMap};

use rapidhash::v3::{RapidSecrets, rapidhash_v3_seeded};
use rust_stemmers::Stemmer;
use unicode_normalization::UnicodeNormalization;

use crate::model::{Flags, Profile};
use crate::normalize::fold::{Diacritics, fold_with};
use crate::normalize::language::Language;
use crate::normalize::mend::Mender;
use crate::normalize::script::is_digit;
use crate::normalize::shape;
use crate::statistics::{Background, prior};

/// Seed of every key. Changing it, the version of the hash or anything in folding and stemming changes all keys:
/// stored indexes and baselines then have to be made anew.
const SECRETS: RapidSecrets = RapidSecrets::seed(0x7769_7265_636f_7079);

/// Longest folded word, in bytes, that is stemmed; longer ones are no words of any language.
const MAX_STEMMED_BYTES: usize = 64;

/// Longest word, in bytes, that is remembered.
const MAX_REMEMBERED_BYTES: usize = 128;

/// What is known about a word besides its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) key: u64,
    pub(crate) surprisal: u8,
    pub(crate) flags: Flags,
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
/// never changes a result.
#[derive(Debug)]
pub struct Lexicon {
    spelling: Spelling,
    vocabularies: BTreeMap<Language, Vocabulary>,
}

impl Lexicon {
    pub(crate) fn new(spelling: Spelling) -> Lexicon {
        Lexicon { spelling, vocabularies: BTreeMap::new() }
    }

    /// The words of one language, spelled as `spelling` says.
    pub(crate) fn vocabulary(&mut self, language: Language, spelling: Spelling) -> &mut Vocabulary {
        if self.spelling != spelling {
            *self = Lexicon::new(spelling);
        }
        self.vocabularies.entry(language).or_insert_with(|| Vocabulary::new(language, spelling))
    }
}

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    rules: Rules,
    mender: Option<Mender>,
    short: Table,
    long: HashMap<Box<str>, Word>,
}

impl Vocabulary {
    pub(crate) fn new(language: Language, spelling: Spelling) -> Vocabulary {
        let mender = match spelling.profile {
            Profile::News => None,
            Profile::Ocr => Mender::new(language),
        };
        let rules = Rules::new(language, spelling);
        Vocabulary { rules, mender, short: Table::new(), long: HashMap::new() }
    }

    /// What is known about the token at bytes `start..end` of `text`, which holds at least one.
    #[inline]
    pub(crate) fn word(&mut self, text: &str, start: usize, end: usize) -> Word {
        let Some(packed) = pack(text.as_bytes(), start, end) else {
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
        let mut rules = Rules { language, spelling, stemmer, stop: Vec::new(), background };
        rules.stop = language.function_words().map(|word| hash(&rules.stem(word))).collect();
        rules.stop.sort_unstable();
        rules.stop.dedup();
        rules
    }

    /// Key, weight and flags of a token with this text; the slow twin of the cache.
    pub(crate) fn word(&self, raw: &str) -> Word {
        let stem = self.stem(raw);
        let key = hash(&stem);
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
            _ if is_number => prior::number(&stem),
            Some(surprisal) => surprisal,
            None if is_stop => prior::function_word(),
            None if self.stop.is_empty() => prior::any_word(n_letters(&stem)),
            None => prior::content_word(n_letters(&stem)),
        };
        Word { key, surprisal, flags }
    }

    fn is_number(&self, raw: &str) -> bool {
        match self.spelling.profile {
            Profile::News if raw.is_ascii() => raw.contains(is_digit),
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
        self.dictionary().and_then(|table| table.surprisal(hash(&self.stem(raw))))
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
        self.stem_folded(&folded)
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

    fn stem_folded(&self, folded: &str) -> String {
        let base = strip_clitics(folded, self.language);
        let Some(stemmer) = &self.stemmer else {
            return base.to_owned();
        };
        if base.len() > MAX_STEMMED_BYTES || base.chars().any(is_digit) {
            return base.to_owned();
        }
        stemmer.stem(base).into_owned()
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
fn n_letters(stem: &str) -> usize {
    stem.chars().map(|c| if matches!(c, '\u{ac00}'..='\u{d7a3}') { 2 } else { 1 }).sum()
}

/// Whether the first letter that has case is a capital.
fn is_capitalized(raw: &str) -> bool {
    raw.chars().find(|c| c.is_lowercase() || c.is_uppercase()).is_some_and(char::is_uppercase)
}

/// A word of 1 to 15 bytes as a number: its bytes and, in the highest byte, their count. Zero stands for none.
#[inline]
fn pack(bytes: &[u8], start: usize, end: usize) -> Option<u128> {
    let len = end - start;
    if len > 15 {
        return None;
    }
    let mut buffer = [0; 16];
    // Most words have sixteen bytes of text from their start on, which load faster than a few.
    match bytes[start..].first_chunk() {
        Some(chunk) => buffer = *chunk,
        None => buffer[..len].copy_from_slice(&bytes[start..end]),
    }
    let mask = (1 << (8 * len)) - 1;
    Some(u128::from_le_bytes(buffer) & mask | (len as u128) << 120)
}

/// Open addressing over packed words, exact: a slot holds the whole word, not its hash.
///
/// A probe looks at [`Table::PROBES`] slots at most and then forgets one, so that no choice of words makes it slow.
#[derive(Debug)]
struct Table {
    slots: Vec<(u128, Word)>,
    n_used: usize,
}

impl Table {
    const PROBES: usize = 8;
    const MIN_SLOTS: usize = 1 << 10;
    const MAX_SLOTS: usize = 1 << 18;

    fn new() -> Table {
        Table { slots: vec![(0, Word::default()); Table::MIN_SLOTS], n_used: 0 }
    }

    #[inline]
    fn get(&self, packed: u128) -> Option<Word> {
        self.probes(packed).find_map(|slot| {
            let (found, word) = &self.slots[slot];
            (*found == packed).then_some(*word)
        })
    }

    fn insert(&mut self, packed: u128, word: Word) {
        if self.n_used * 2 > self.slots.len() && self.slots.len() < Table::MAX_SLOTS {
            let larger = vec![(0, Word::default()); self.slots.len() * 2];
            let old = std::mem::replace(&mut self.slots, larger);
            self.n_used = 0;
            for (packed, word) in old.into_iter().filter(|slot| slot.0 != 0) {
                self.place(packed, word);
            }
        }
        self.place(packed, word);
    }

    fn place(&mut self, packed: u128, word: Word) {
        let free = self.probes(packed).find(|&slot| self.slots[slot].0 == 0);
        self.n_used += usize::from(free.is_some());
        let slot = free.unwrap_or_else(|| self.home(packed));
        self.slots[slot] = (packed, word);
    }

    #[inline]
    fn probes(&self, packed: u128) -> impl Iterator<Item = usize> + use<> {
        let (home, mask) = (self.home(packed), self.slots.len() - 1);
        (0..Table::PROBES).map(move |step| (home + step) & mask)
    }

    #[inline]
    fn home(&self, packed: u128) -> usize {
        let (low, high) = (packed as u64, (packed >> 64) as u64);
        let product = u128::from(low ^ 0x9e37_79b9_7f4a_7c15) * u128::from(high ^ 0xd1b5_4a32_d192_ed03);
        (product as u64 ^ (product >> 64) as u64) as usize & (self.slots.len() - 1)
    }
}
