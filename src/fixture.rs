//! Texts for tests: word salad from a fixed seed, copies with edits, and their tokens.

use crate::model::{Document, Tokens};
use crate::normalize::{NormalizeParams, Normalizer};

/// A generator of numbers (SplitMix64), the same on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `n` − 1.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.roll() % n as u64) as usize
    }

    /// True `percent` times in a hundred.
    pub(crate) fn falls(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

const SYLLABLES: [&str; 32] = [
    "ba", "ce", "do", "fu", "gri", "han", "jo", "kel", "lo", "mur", "na", "por", "qui", "ra", "sto", "ti",
    "ul", "vek", "wo", "xa", "yl", "zen", "bra", "cho", "dim", "fal", "gos", "hep", "kra", "lis", "mon",
    "pru",
];

const FUNCTION_WORDS: [&str; 12] =
    ["the", "of", "and", "to", "in", "a", "that", "for", "on", "with", "was", "by"];

/// One invented word, of 32,768 there are.
pub(crate) fn rare_word(dice: &mut Dice) -> String {
    (0..3).map(|_| SYLLABLES[dice.below(SYLLABLES.len())]).collect()
}

/// Sentences of invented words with a third of function words between them.
pub(crate) fn salad(dice: &mut Dice, n_words: usize) -> Vec<String> {
    let mut words: Vec<String> = Vec::with_capacity(n_words);
    let mut in_sentence = 0;
    for index in 0..n_words {
        let mut word = if dice.falls(33) {
            FUNCTION_WORDS[dice.below(FUNCTION_WORDS.len())].to_owned()
        } else {
            rare_word(dice)
        };
        if in_sentence == 0 {
            word[..1].make_ascii_uppercase();
        }
        in_sentence += 1;
        if index + 1 == n_words || in_sentence > 7 && dice.falls(20) {
            word.push('.');
            in_sentence = 0;
        }
        words.push(word);
    }
    words
}

/// `words` with each one replaced, left out or followed by a new one in `percent` of cases.
pub(crate) fn edited(words: &[String], percent: usize, dice: &mut Dice) -> Vec<String> {
    let mut copy = Vec::with_capacity(words.len());
    for word in words {
        match (dice.falls(percent), dice.below(3)) {
            (false, _) => copy.push(word.clone()),
            (true, 0) => copy.push(rare_word(dice)),
            (true, 1) => {}
            (true, _) => copy.extend([word.clone(), rare_word(dice)]),
        }
    }
    copy
}

/// An English document.
pub(crate) fn document(name: &str, text: impl Into<String>) -> Document {
    let language = Some("en".to_owned());
    Document { name: name.to_owned(), text: text.into(), language, ..Document::default() }
}

/// Tokens of English texts.
pub(crate) fn tokens<T: AsRef<str>>(texts: &[T]) -> Vec<Tokens> {
    let normalizer = Normalizer::new(NormalizeParams::default()).unwrap();
    let mut lexicon = normalizer.lexicon();
    let language = normalizer.language("", Some("en"));
    texts.iter().map(|text| normalizer.tokens(text.as_ref(), language, &mut lexicon)).collect()
}

#[test]
fn salad_is_the_same_every_time_and_has_as_many_tokens_as_words() {
    let salads = [7, 7, 8].map(|seed| salad(&mut Dice::new(seed), 400).join(" "));
    assert_eq!(salads[0], salads[1]);
    assert_ne!(salads[0], salads[2]);
    assert_eq!(tokens(&salads).iter().map(Tokens::len).collect::<Vec<_>>(), [400; 3]);
}
