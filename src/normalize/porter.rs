//! Snowball's stemmer of English for words of ASCII letters, in place.
//!
//! Two words in three of a large corpus stand in it a few times only, so that no memory of words helps: stemming them by
//! the general machine, which copies a word at every step, took a seventh of the time of normalizing. This one does as that
//! does, letter for letter (held by tests against it), in a quarter of its time. The algorithm is Porter's second:
//! <https://snowballstem.org/algorithms/english/stemmer.html>.

/// Longest word, in bytes.
pub(crate) const MAX_BYTES: usize = 64;

/// Zeros before the word, so that its last eight bytes can be taken whatever its length.
const MARGIN: usize = 8;

/// A word on its way to its stem.
pub(crate) struct Stem {
    bytes: [u8; MARGIN + MAX_BYTES + 1],
    len: usize,
    /// Where the regions begin in which most endings are taken off.
    r1: usize,
    r2: usize,
}

/// The stem of a word of at most [`MAX_BYTES`] letters a to z, small or not.
pub(crate) fn stem(word: &str) -> Stem {
    let mut stem = Stem::unchanged(word);
    let is_short = word.len() <= MAX_IRREGULAR;
    if let Some((_, irregular)) = IRREGULAR.iter().find(|entry| is_short && stem.is(entry.0)) {
        stem.len = 0;
        stem.append(irregular);
    } else if word.len() > 2 {
        stem.mark_consonants();
        stem.mark_regions();
        stem.plural();
        let may_be_whole = matches!(stem.last(1), b'g' | b'd');
        if !may_be_whole || !UNCHANGED.iter().any(|&whole| stem.is(whole)) {
            stem.past_and_progressive();
            stem.final_y();
            stem.suffix_once(&DOUBLE_SUFFIXES);
            stem.suffix_once(&SINGLE_SUFFIXES);
            stem.last_suffix();
            stem.final_e_or_l();
        }
        stem.unmark_consonants();
    }
    stem
}

/// Longest of the [`IRREGULAR`] words, in letters.
const MAX_IRREGULAR: usize = 6;

/// Whole words with stems of their own.
const IRREGULAR: [(Ending, &str); 18] = [
    (ending("andes"), "andes"),
    (ending("atlas"), "atlas"),
    (ending("bias"), "bias"),
    (ending("cosmos"), "cosmos"),
    (ending("dying"), "die"),
    (ending("early"), "earli"),
    (ending("gently"), "gentl"),
    (ending("howe"), "howe"),
    (ending("idly"), "idl"),
    (ending("lying"), "lie"),
    (ending("news"), "news"),
    (ending("only"), "onli"),
    (ending("singly"), "singl"),
    (ending("skies"), "sky"),
    (ending("skis"), "ski"),
    (ending("sky"), "sky"),
    (ending("tying"), "tie"),
    (ending("ugly"), "ugli"),
];

/// Words that keep what looks like an ending, once they are singular.
const UNCHANGED: [Ending; 8] = [
    ending("succeed"),
    ending("proceed"),
    ending("exceed"),
    ending("canning"),
    ending("inning"),
    ending("earring"),
    ending("herring"),
    ending("outing"),
];

/// Starts after which the first region begins, whatever their vowels.
const LONG_STARTS: [&str; 3] = ["arsen", "commun", "gener"];

/// An ending of at most eight letters as a number, to be compared at once.
#[derive(Clone, Copy)]
struct Ending {
    value: u64,
    mask: u64,
    len: usize,
}

const fn ending(text: &str) -> Ending {
    let bytes = text.as_bytes();
    let (mut value, mut mask, mut at) = (0, 0, 0);
    while at < bytes.len() {
        value = value << 8 | bytes[at] as u64;
        mask = mask << 8 | 0xff;
        at += 1;
    }
    Ending { value, mask, len: bytes.len() }
}

/// When an ending is replaced, besides standing in the first region.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Always,
    /// It stands in the second region.
    InR2,
    /// An l stands before it.
    AfterL,
    /// A letter after which `li` is an ending stands before it.
    AfterLi,
}

type Rule = (Ending, &'static str, When);

/// The longest ending counts: longer ones come before those they end in.
const DOUBLE_SUFFIXES: [Rule; 24] = [
    (ending("ization"), "ize", When::Always),
    (ending("ational"), "ate", When::Always),
    (ending("iveness"), "ive", When::Always),
    (ending("fulness"), "ful", When::Always),
    (ending("ousness"), "ous", When::Always),
    (ending("biliti"), "ble", When::Always),
    (ending("lessli"), "less", When::Always),
    (ending("tional"), "tion", When::Always),
    (ending("fulli"), "ful", When::Always),
    (ending("ousli"), "ous", When::Always),
    (ending("entli"), "ent", When::Always),
    (ending("aliti"), "al", When::Always),
    (ending("iviti"), "ive", When::Always),
    (ending("alism"), "al", When::Always),
    (ending("ation"), "ate", When::Always),
    (ending("abli"), "able", When::Always),
    (ending("alli"), "al", When::Always),
    (ending("anci"), "ance", When::Always),
    (ending("enci"), "ence", When::Always),
    (ending("izer"), "ize", When::Always),
    (ending("ator"), "ate", When::Always),
    (ending("bli"), "ble", When::Always),
    (ending("ogi"), "og", When::AfterL),
    (ending("li"), "", When::AfterLi),
];

const SINGLE_SUFFIXES: [Rule; 9] = [
    (ending("ational"), "ate", When::Always),
    (ending("tional"), "tion", When::Always),
    (ending("icate"), "ic", When::Always),
    (ending("ative"), "", When::InR2),
    (ending("alize"), "al", When::Always),
    (ending("iciti"), "ic", When::Always),
    (ending("ical"), "ic", When::Always),
    (ending("ness"), "", When::Always),
    (ending("ful"), "", When::Always),
];

const LAST_SUFFIXES: [Ending; 18] = [
    ending("ement"),
    ending("ance"),
    ending("ence"),
    ending("able"),
    ending("ible"),
    ending("ment"),
    ending("ant"),
    ending("ent"),
    ending("ate"),
    ending("ive"),
    ending("ize"),
    ending("iti"),
    ending("ism"),
    ending("ion"),
    ending("ous"),
    ending("ic"),
    ending("al"),
    ending("er"),
];

/// Whether a letter is a vowel; none is a capital, nor are zeros.
const fn is_vowel(letter: u8) -> bool {
    const VOWELS: u32 = 1 << 1 | 1 << 5 | 1 << 9 | 1 << 15 | 1 << 21 | 1 << 25;
    letter > 0x60 && VOWELS >> (letter & 31) & 1 != 0
}

impl Stem {
    fn unchanged(word: &str) -> Stem {
        let mut stem = Stem { bytes: [0; MARGIN + MAX_BYTES + 1], len: word.len(), r1: 0, r2: 0 };
        for (letter, &byte) in stem.bytes[MARGIN..].iter_mut().zip(word.as_bytes()) {
            *letter = byte | 0x20;
        }
        stem
    }

    /// The word as it stands, the stem in the end: ASCII.
    pub(crate) fn word(&self) -> &[u8] {
        &self.bytes[MARGIN..MARGIN + self.len]
    }

    fn append(&mut self, text: &str) {
        let end = MARGIN + self.len;
        for (letter, &byte) in self.bytes[end..].iter_mut().zip(text.as_bytes()) {
            *letter = byte;
        }
        self.len += text.len();
    }

    /// The `back`-th letter from the end, from 1 on; zero before the word.
    fn last(&self, back: usize) -> u8 {
        self.bytes[MARGIN + self.len - back.min(self.len + 1)]
    }

    /// Whether this is the whole word.
    fn is(&self, whole: Ending) -> bool {
        self.len == whole.len && self.tail() == whole.value
    }

    /// Its last eight letters, zeros before them.
    fn tail(&self) -> u64 {
        let end = MARGIN + self.len;
        self.bytes[..end].last_chunk().map_or(0, |tail| u64::from_be_bytes(*tail))
    }

    fn has_vowel_before(&self, end: usize) -> bool {
        self.word()[..end].iter().any(|&letter| is_vowel(letter))
    }

    /// A y at the start or after a vowel is a consonant, written as a capital.
    fn mark_consonants(&mut self) {
        let word = &mut self.bytes[MARGIN..MARGIN + self.len];
        if word[0] == b'y' {
            word[0] = b'Y';
        }
        for at in 1..word.len() {
            if word[at] == b'y' && is_vowel(word[at - 1]) {
                word[at] = b'Y';
            }
        }
    }

    fn unmark_consonants(&mut self) {
        self.bytes[MARGIN..MARGIN + self.len].iter_mut().for_each(|letter| *letter |= 0x20);
    }

    /// A region begins after the first consonant that follows a vowel.
    fn mark_regions(&mut self) {
        let word = self.word();
        let after = |from: usize| {
            let vowel = from + word[from..].iter().position(|&letter| is_vowel(letter))?;
            Some(vowel + word[vowel..].iter().position(|&letter| !is_vowel(letter))? + 1)
        };
        let long = LONG_STARTS.iter().find(|start| word.starts_with(start.as_bytes()));
        let r1 = long.map(|start| start.len()).or_else(|| after(0));
        let r2 = r1.and_then(after);
        (self.r1, self.r2) = (r1.unwrap_or(self.len), r2.unwrap_or(self.len));
    }

    fn plural(&mut self) {
        if self.last(1) != b's' && self.last(1) != b'd' {
            return;
        }
        let word = self.word();
        if word.ends_with(b"sses") {
            self.len -= 2;
        } else if word.ends_with(b"ied") || word.ends_with(b"ies") {
            self.len -= if self.len >= 5 { 2 } else { 1 };
        } else if word.ends_with(b"s")
            && !matches!(self.last(2), b's' | b'u')
            && self.has_vowel_before(self.len.saturating_sub(2))
        {
            self.len -= 1;
        }
    }

    fn past_and_progressive(&mut self) {
        let word = self.word();
        let ends = |end: &str| word.ends_with(end.as_bytes());
        if let Some(len) =
            [("eedly", 5), ("eed", 3)].into_iter().find_map(|(end, len)| ends(end).then_some(len))
        {
            if self.r1 <= self.len - len {
                self.len -= len - 2;
            }
            return;
        }
        let endings = [("ingly", 5), ("edly", 4), ("ing", 3), ("ed", 2)];
        let Some(len) = endings.into_iter().find_map(|(end, len)| ends(end).then_some(len)) else { return };
        if !self.has_vowel_before(self.len - len) {
            return;
        }
        self.len -= len;
        match (self.last(2), self.last(1)) {
            (b'a', b't') | (b'b', b'l') | (b'i', b'z') => self.append("e"),
            (x, y) if x == y && matches!(x, b'b' | b'd' | b'f' | b'g' | b'm' | b'n' | b'p' | b'r' | b't') => {
                self.len -= 1;
            }
            _ if self.len == self.r1 && self.is_short_syllable(0) => self.append("e"),
            _ => {}
        }
    }

    /// Whether a short syllable ends `back` letters before the end.
    fn is_short_syllable(&self, back: usize) -> bool {
        let [third, second, first] = [3, 2, 1].map(|at| self.last(back + at));
        let n_letters = self.len - back;
        if n_letters < 2 || is_vowel(first) || !is_vowel(second) {
            return false;
        }
        n_letters == 2 || !matches!(first, b'w' | b'x' | b'Y') && !is_vowel(third)
    }

    fn final_y(&mut self) {
        if self.len > 2 && matches!(self.last(1), b'y' | b'Y') && !is_vowel(self.last(2)) {
            self.len -= 1;
            self.append("i");
        }
    }

    /// Replaces the longest of these endings, if it stands in the first region.
    fn suffix_once(&mut self, rules: &[Rule]) {
        if self.r1 >= self.len {
            return;
        }
        let tail = self.tail();
        let Some(&(ending, new, when)) = rules.iter().find(|(ending, ..)| tail & ending.mask == ending.value)
        else {
            return;
        };
        let start = self.len - ending.len;
        let before = self.last(ending.len + 1);
        let fits = match when {
            When::Always => true,
            When::InR2 => self.r2 <= start,
            When::AfterL => before == b'l',
            When::AfterLi => {
                matches!(before, b'c' | b'd' | b'e' | b'g' | b'h' | b'k' | b'm' | b'n' | b'r' | b't')
            }
        };
        if fits && self.r1 <= start {
            self.len = start;
            self.append(new);
        }
    }

    fn last_suffix(&mut self) {
        if self.r2 >= self.len {
            return;
        }
        let tail = self.tail();
        let found = LAST_SUFFIXES.iter().find(|ending| tail & ending.mask == ending.value);
        let Some(start) = found.map(|ending| self.len - ending.len) else { return };
        let is_ion = tail & 0xff_ffff == u64::from_be_bytes(*b"\0\0\0\0\0ion");
        if self.r2 <= start && (!is_ion || matches!(self.last(4), b's' | b't')) {
            self.len = start;
        }
    }

    fn final_e_or_l(&mut self) {
        let start = self.len.saturating_sub(1);
        let goes = match self.last(1) {
            b'e' => self.r2 <= start || self.r1 <= start && !self.is_short_syllable(1),
            b'l' => self.r2 <= start && self.last(2) == b'l',
            _ => false,
        };
        self.len -= usize::from(goes);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_stemmers::{Algorithm, Stemmer};

    use super::*;

    #[track_caller]
    fn assert_as_snowball(word: &str) {
        let slow = Stemmer::create(Algorithm::English);
        for form in [word.to_owned(), word.to_uppercase()] {
            assert_eq!(String::from_utf8_lossy(stem(&form).word()), slow.stem(word), "{form}");
        }
    }

    #[test]
    fn words_with_rules_of_their_own() {
        let endings = IRREGULAR.iter().map(|entry| entry.0).chain(UNCHANGED);
        let written = endings.map(|whole| {
            let bytes = whole.value.to_be_bytes();
            String::from_utf8_lossy(&bytes[8 - whole.len..]).into_owned()
        });
        for word in written.chain(LONG_STARTS.map(str::to_owned)) {
            for end in ["", "s", "ed", "ing", "al", "ally", "ation", "e", "y", "ities"] {
                assert_as_snowball(&format!("{word}{end}"));
            }
        }
        for word in [
            "a", "be", "yes", "say", "sayyid", "ies", "tied", "cries", "gas", "this", "kiwis", "hoping",
            "hopped", "bed", "shed", "feed", "agreed", "sing", "ying", "fly", "by", "enjoyed", "toy",
            "apologi", "geologi", "rate", "bow", "roll", "sss", "us", "yyy", "eeeed", "skyed", "ls", "the",
        ] {
            assert_as_snowball(word);
        }
        assert_as_snowball(&"ing".repeat(21));
        assert_as_snowball(&format!("{}at", "a".repeat(62)));
    }

    const PIECES: &[&str] = &[
        "a", "e", "i", "o", "u", "y", "b", "l", "t", "s", "w", "x", "z", "st", "sky", "gener", "commun",
        "arsen", "ed", "eed", "ing", "ly", "li", "edly", "ies", "sses", "us", "at", "bl", "iz", "ational",
        "tional", "enci", "anci", "abli", "entli", "izer", "ization", "ation", "ator", "alism", "aliti",
        "alli", "fulness", "ousli", "ousness", "iveness", "iviti", "biliti", "bli", "ogi", "fulli", "lessli",
        "alize", "icate", "iciti", "ical", "ful", "ness", "ative", "al", "ance", "ence", "er", "ic", "able",
        "ible", "ant", "ement", "ment", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "ll",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn any_word(word in "[a-z]{1,12}") {
            assert_as_snowball(&word);
        }

        #[test]
        fn any_word_with_few_letters(word in "[aeyblts]{1,8}") {
            assert_as_snowball(&word);
        }

        #[test]
        fn words_of_endings(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..6)) {
            assert_as_snowball(&pieces.concat());
        }
    }
}
