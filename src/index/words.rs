//! What stands for a text where texts are left out: its words as numbers in a dictionary of the segment, and the shape of
//! what lies between them.
//!
//! It is enough to align the document with another one and to tell where the shared words stand, in bytes, characters and
//! lines. Words are shown where the other document has them. It is no secret: keys are hashes of words.

use std::collections::HashMap;

use crate::model::{Flags, Place, Tokens};
use crate::store::Record;
use crate::store::codec::{get_fixed, get_number, put_number};

/// A word in the dictionary: everything of a token but where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Word {
    key: u64,
    surprisal: u8,
    flags: u8,
    /// Bytes, and how many more these are than characters.
    len: u16,
    extra: u16,
}

/// A stretch between two words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Gap {
    bytes: u32,
    /// Bytes beyond one a character.
    extra: u32,
    /// Line breaks.
    lines: u32,
}

/// The words of a text and what lies between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    words: Vec<Word>,
    /// Before each word, and behind the last.
    gaps: Vec<Gap>,
}

/// The words of a segment, by number.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    words: Vec<Word>,
    numbers: HashMap<Word, u32>,
}

impl Words {
    /// Those of `text`, cut into `tokens`.
    #[must_use]
    pub fn of(text: &str, tokens: &Tokens) -> Words {
        let extra = |piece: &str| piece.len() - piece.chars().count();
        let gap = |piece: &str| Gap {
            bytes: piece.len() as u32,
            extra: extra(piece) as u32,
            lines: piece.bytes().filter(|&byte| byte == b'\n').count() as u32,
        };
        let (mut words, mut gaps, mut end) = (Vec::new(), Vec::new(), 0);
        for index in 0..tokens.len() {
            let (place, bytes) = (tokens.places[index], tokens.bytes(index).range());
            gaps.push(gap(&text[end..bytes.start]));
            end = bytes.end;
            words.push(Word {
                key: tokens.keys[index],
                surprisal: place.surprisal,
                flags: place.flags.0,
                len: place.len,
                extra: extra(&text[bytes]) as u16,
            });
        }
        gaps.push(gap(&text[end..]));
        Words { words, gaps }
    }

    /// As bytes, with numbers from `dictionary`, which gets the words that it lacks.
    #[must_use]
    pub fn encode(&self, dictionary: &mut Dictionary) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.words.len() * 3);
        self.words.len().put(&mut out);
        self.words.iter().for_each(|&word| put_number(dictionary.number(word).into(), &mut out));
        self.gaps.iter().for_each(|gap| put_number(gap.bytes.into(), &mut out));
        self.gaps.iter().for_each(|gap| put_number(gap.extra.into(), &mut out));
        self.gaps.iter().for_each(|gap| put_number(gap.lines.into(), &mut out));
        out
    }

    /// What [`Words::encode`] made; `None` if it made no such thing.
    #[must_use]
    pub fn decode(mut from: &[u8], dictionary: &Dictionary) -> Option<Words> {
        let from = &mut from;
        let n = usize::get(from)?;
        let word = |from: &mut &[u8]| dictionary.words.get(usize::get(from)?).copied();
        let words = (0..n).map(|_| word(from)).collect::<Option<Vec<Word>>>()?;
        let mut gaps = vec![Gap::default(); n + 1];
        for gap in &mut gaps {
            gap.bytes = get_number(from)?.try_into().ok()?;
        }
        for gap in &mut gaps {
            gap.extra = get_number(from)?.try_into().ok()?;
        }
        for gap in &mut gaps {
            gap.lines = get_number(from)?.try_into().ok()?;
        }
        // A character takes one to four bytes, the first of which is not beyond one; a line break takes one.
        let most = |bytes: u32| bytes - bytes.div_ceil(4);
        let is_possible = |bytes: u32, extra: u32, lines: u32| {
            bytes.checked_sub(lines).is_some_and(|bytes| extra <= most(bytes))
        };
        let all: u64 = gaps.iter().map(|it| u64::from(it.bytes)).sum::<u64>()
            + words.iter().map(|it| u64::from(it.len)).sum::<u64>();
        let fits = gaps.iter().all(|it| is_possible(it.bytes, it.extra, it.lines))
            && words.iter().all(|it| it.len > 0 && is_possible(it.len.into(), it.extra.into(), 0))
            && u32::try_from(all).is_ok();
        (fits && from.is_empty()).then_some(Words { words, gaps })
    }

    /// Bytes of the text.
    #[must_use]
    pub fn n_bytes(&self) -> usize {
        let words = self.words.iter().map(|it| usize::from(it.len));
        words.chain(self.gaps.iter().map(|it| it.bytes as usize)).sum()
    }

    /// The tokens.
    #[must_use]
    pub fn tokens(&self) -> Tokens {
        let mut tokens = Tokens::default();
        let mut end = 0;
        for (word, gap) in self.words.iter().zip(&self.gaps) {
            let start = end + gap.bytes;
            end = start + u32::from(word.len);
            tokens.keys.push(word.key);
            tokens.places.push(Place {
                start,
                len: word.len,
                surprisal: word.surprisal,
                flags: Flags(word.flags),
            });
        }
        tokens
    }

    /// A text of the same shape, with the words that `known` has for a key and a length in bytes, and lines in place of the
    /// others.
    pub fn text<'w>(&self, known: impl Fn(u64, u16) -> Option<&'w str>) -> String {
        let mut text = String::new();
        for (index, gap) in self.gaps.iter().enumerate() {
            (0..gap.lines).for_each(|_| text.push('\n'));
            fill(gap.bytes - gap.lines, gap.extra, [' ', '\u{a0}', '\u{2003}', '\u{1d159}'], &mut text);
            let Some(word) = self.words.get(index) else { break };
            let chars = usize::from(word.len - word.extra);
            match known(word.key, word.len).filter(|it| it.chars().count() == chars) {
                Some(known) => text.push_str(known),
                None => fill(word.len.into(), word.extra.into(), STAND_INS, &mut text),
            }
        }
        text
    }
}

/// What stands for the letters of a word that nobody knows, by their width in bytes.
const STAND_INS: [char; 4] = ['_', '·', '…', '\u{1d13d}'];

/// Whether `word` of such a text is one that nobody knows.
pub(crate) fn is_stand_in(word: &str) -> bool {
    word.chars().all(|c| STAND_INS.contains(&c))
}

/// Adds characters that take `bytes` bytes, `extra` of them beyond one a character; `of_width` has one of each width.
fn fill(bytes: u32, extra: u32, of_width: [char; 4], out: &mut String) {
    let chars = bytes - extra;
    if chars == 0 {
        return;
    }
    let (width, wider) = (bytes / chars, bytes % chars);
    for index in 0..chars {
        let width = (width + u32::from(index < wider)).clamp(1, 4);
        out.push(of_width[width as usize - 1]);
    }
}

impl Dictionary {
    fn number(&mut self, word: Word) -> u32 {
        let next = self.words.len() as u32;
        *self.numbers.entry(word).or_insert_with(|| {
            self.words.push(word);
            next
        })
    }

    /// As bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.words.len() * 14);
        self.words.len().put(&mut out);
        self.words.iter().for_each(|word| out.extend(word.key.to_le_bytes()));
        out.extend(self.words.iter().map(|word| word.surprisal));
        out.extend(self.words.iter().map(|word| word.flags));
        self.words.iter().for_each(|word| put_number(word.len.into(), &mut out));
        self.words.iter().for_each(|word| put_number(word.extra.into(), &mut out));
        out
    }

    /// What [`Dictionary::encode`] made, to be read; `None` if it made no such thing.
    #[must_use]
    pub fn decode(mut from: &[u8]) -> Option<Dictionary> {
        let from = &mut from;
        let n = usize::get(from).filter(|&n| n <= from.len())?;
        let keys = (0..n).map(|_| get_fixed(from)).collect::<Option<Vec<u64>>>()?;
        let mut bytes = || (0..n).map(|_| byte(from)).collect::<Option<Vec<u8>>>();
        let (surprisals, flags) = (bytes()?, bytes()?);
        let mut numbers = || (0..n).map(|_| get_number(from)?.try_into().ok()).collect::<Option<Vec<u16>>>();
        let (lens, extras) = (numbers()?, numbers()?);
        let words = (0..n).map(|index| Word {
            key: keys[index],
            surprisal: surprisals[index],
            flags: flags[index],
            len: lens[index],
            extra: extras[index],
        });
        from.is_empty().then(|| Dictionary { words: words.collect(), numbers: HashMap::new() })
    }
}

fn byte(from: &mut &[u8]) -> Option<u8> {
    let (&byte, rest) = from.split_first()?;
    *from = rest;
    Some(byte)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::normalize::{NormalizeParams, Normalizer};

    fn words(text: &str) -> (Words, Tokens) {
        let normalizer = Normalizer::new(NormalizeParams::default()).unwrap();
        let tokens =
            normalizer.tokens(text, normalizer.language(text, Some("en")), &mut normalizer.lexicon());
        (Words::of(text, &tokens), tokens)
    }

    /// Where lines and characters begin, in bytes.
    fn shape(text: &str) -> (usize, usize, usize) {
        (text.len(), text.chars().count(), text.matches('\n').count())
    }

    proptest! {
        #[test]
        fn words_come_back_and_keep_their_places(
            texts in prop::collection::vec("([a-zA-Zéß字🦊1-9’ ,.\n]{0,9} ?){0,20}", 1..4),
        ) {
            let mut dictionary = Dictionary::default();
            let encoded: Vec<Vec<u8>> =
                texts.iter().map(|text| words(text).0.encode(&mut dictionary)).collect();
            let read = Dictionary::decode(&dictionary.encode()).unwrap();
            for (text, bytes) in texts.iter().zip(&encoded) {
                let back = Words::decode(bytes, &read).unwrap();
                let (expected, tokens) = words(text);
                prop_assert_eq!(&back, &expected);
                prop_assert_eq!(&back.tokens(), &tokens);
                let blank = back.text(|_, _| None);
                prop_assert_eq!(blank.len(), text.len());
                // Every token begins and ends after as many characters and lines as in the text.
                for index in 0..tokens.len() {
                    let range = tokens.bytes(index).range();
                    prop_assert_eq!(shape(&blank[..range.start]), shape(&text[..range.start]));
                    prop_assert_eq!(shape(&blank[..range.end]), shape(&text[..range.end]));
                }
                for end in 0..bytes.len() {
                    prop_assert_eq!(Words::decode(&bytes[..end], &read), None);
                }
            }
        }

        #[test]
        fn noise_is_refused_or_read(noise in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut dictionary = Dictionary::default();
            let _ = words("one two three four").0.encode(&mut dictionary);
            if let Some(words) = Words::decode(&noise, &dictionary).filter(|it| it.n_bytes() < 1 << 20) {
                let (tokens, text) = (words.tokens(), words.text(|_, _| None));
                prop_assert_eq!(text.len(), words.n_bytes());
                prop_assert!((0..tokens.len()).all(|token| text.get(tokens.bytes(token).range()).is_some()));
            }
            let _ = Dictionary::decode(&noise);
        }
    }

    #[test]
    fn known_words_are_shown() {
        let (of, tokens) = words("The café opened\nat 9.");
        let known = |key, len| (key == tokens.keys[1] && len == 5).then_some("CAFÉ");
        assert_eq!(of.text(known), "___ CAFÉ ______\n__ _ ");
    }
}
