//! Words that a machine reading print took apart or ran together.
//!
//! Front pages read by machine lose the hyphen at a line's end (`re` | `maining`), see gaps inside words and miss those
//! between them: one word in forty, counted on reprints among front pages of 1916, more than any one confusion of
//! letters. Both are undone where the language's table says that the other reading is likelier by more bits than such
//! an accident costs. The table holds words as they should be, so a word that was misread as well stays as it is.

use crate::model::Profile;
use crate::normalize::fold::Diacritics;
use crate::normalize::language::Language;
use crate::normalize::lexicon::{Rules, Spelling};

/// What an accident costs, in eighths of a bit: log2 of one word in forty.
const ACCIDENT: u16 = 5 * 8 + 3;

/// Surprisal of the commonest words, in eighths of a bit: one token in sixteen is `the`.
const COMMONEST: u16 = 4 * 8;

/// Longest word put together or taken apart, in bytes.
const MAX_MENDED_BYTES: usize = 32;

/// Shortest word taken apart, in letters.
const MIN_RUN_TOGETHER: usize = 5;

/// Decides whether two words are one, or one is two.
#[derive(Debug)]
pub(crate) struct Mender {
    rules: Rules,
}

impl Mender {
    /// A mender of words of `language`, if there is a table of them.
    pub(crate) fn new(language: Language) -> Option<Mender> {
        let spelling = Spelling { diacritics: Diacritics::Keep, profile: Profile::News };
        let rules = Rules::new(language, spelling);
        rules.has_table().then_some(Mender { rules })
    }

    /// Whether `left` and `right` are one word that was taken apart, in a text that goes on with `next`: not `the` and
    /// `re` before `maining`.
    pub(crate) fn is_split(&self, left: &str, right: &str, next: Option<&str>) -> bool {
        let gain = self.gain(left, right);
        gain > 0 && next.is_none_or(|next| self.gain(right, next) <= gain)
    }

    /// Eighths of a bit by which one word is likelier than two; 0 when it is not.
    fn gain(&self, left: &str, right: &str) -> u16 {
        if left.len() + right.len() > MAX_MENDED_BYTES || !is_lower(right) || !is_letters(left) {
            return 0;
        }
        let apart = self.cost(left) + self.cost(right);
        self.rules
            .bits(&format!("{left}{right}"))
            .map_or(0, |bits| apart.saturating_sub(u16::from(bits) + ACCIDENT))
    }

    /// The byte at which `word` is two words that ran together.
    pub(crate) fn run_together(&self, word: &str) -> Option<usize> {
        if word.len() > MAX_MENDED_BYTES || !is_lower(word) || word.chars().count() < MIN_RUN_TOGETHER {
            return None;
        }
        // The table knows words that often run together: they are as rare as the rarest.
        let whole = self.cost(word);
        if whole <= 2 * COMMONEST + ACCIDENT {
            return None;
        }
        let cuts = word.char_indices().map(|(at, _)| at).skip(2);
        let costs = cuts.filter_map(|at| {
            let (left, right) = (self.rules.bits(&word[..at])?, self.rules.bits(&word[at..])?);
            (word[at..].chars().nth(1).is_some()).then_some((u16::from(left) + u16::from(right), at))
        });
        costs.min().filter(|&(cost, _)| cost + ACCIDENT < whole).map(|(_, at)| at)
    }

    /// Surprisal of a word, in the table or not.
    fn cost(&self, word: &str) -> u16 {
        self.rules.bits(word).map_or(u16::from(self.rules.rarest()), u16::from)
    }
}

fn is_letters(word: &str) -> bool {
    word.chars().all(char::is_alphabetic)
}

/// Whether a word is all small letters: a capital starts a word of its own, and names are in no table.
fn is_lower(word: &str) -> bool {
    word.chars().all(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_taken_apart_are_put_together_when_the_table_knows_the_whole() {
        let mender = Mender::new(Language::ENGLISH).unwrap();
        for (left, right, expected) in [
            ("re", "maining", true),
            ("con", "tinued", true),
            ("Never", "theless", true),
            ("expe", "rience", true),
            ("in", "to", false),
            ("the", "king", false),
            ("was", "in", false),
            ("New", "York", false),
            ("re", "maiuing", false),
            ("1", "st", false),
        ] {
            assert_eq!(mender.is_split(left, right, None), expected, "{left} {right}");
        }
        assert!(mender.is_split("the", "re", None) && !mender.is_split("the", "re", Some("maining")));
        assert!(mender.is_split("re", "maining", Some("men")));
    }

    #[test]
    fn words_run_together_are_taken_apart_when_both_are_common() {
        let mender = Mender::new(Language::ENGLISH).unwrap();
        for (word, expected) in [
            ("ofthe", Some(2)),
            ("tothe", Some(2)),
            ("hasbeen", Some(3)),
            ("remaining", None),
            ("kitchener", None),
            ("Ofthe", None),
            ("tbe", None),
            ("anzac", None),
            ("", None),
        ] {
            assert_eq!(mender.run_together(word), expected, "{word}");
        }
    }

    #[test]
    fn a_language_without_a_table_has_no_mender() {
        assert!(Mender::new(Language::UNKNOWN).is_none());
    }
}
