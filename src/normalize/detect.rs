//! Which language a text is in.

use std::sync::OnceLock;

use crate::model::Profile;
use crate::normalize::fold::{Diacritics, fold};
use crate::normalize::language::Language;
use crate::normalize::lexicon::{Rules, Spelling, hash, hash_bytes};
use crate::normalize::script::{char_boundary, is_digit, is_invisible};

/// Bytes at the start of a text that decide.
const SAMPLE_BYTES: usize = 4096;

/// Words after which a clear vote is believed; twice as many votes are then needed as at the end of the sample.
const EARLY_WORDS: usize = 96;

/// A language and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recognized {
    /// The language; unknown when nothing decided.
    pub language: Language,
    /// How sure it is, 0 to 1, by what decided: for function words the lead of the first language over the second, as
    /// a share of its votes; for the English table the share of words in it; for trigrams what their model says. 1 for
    /// a language that was given, 0 for the unknown one.
    pub confidence: f32,
}

impl Recognized {
    /// A language that was given.
    pub(crate) fn given(language: Language) -> Recognized {
        Recognized { language, confidence: 1.0 }
    }
}

/// The language of a text, or [`Language::UNKNOWN`], whose words are matched as they are.
///
/// Function words vote first: they are a third of any running text, so a few lines suffice, and versions of one
/// passage vote alike. Where they do not decide, a text whose words are in the English table is English ("Shr 12 cts
/// vs 8 cts"); then trigrams may, when they are sure and the votes do not contradict (alone, they took 251 of 19,043
/// Reuters items for French); a bare majority of two function words is the last resort.
pub(crate) fn detect(text: &str) -> Recognized {
    let sample = &text[..char_boundary(text, SAMPLE_BYTES)];
    let votes = Votes::count(sample);
    let first = votes.first();
    let by_votes = Recognized { language: first, confidence: votes.lead() };
    if votes.are_clear() {
        return by_votes;
    }
    if votes.leave_open(Language::ENGLISH)
        && let Some(confidence) = mostly_english(sample)
    {
        return Recognized { language: Language::ENGLISH, confidence };
    }
    let by_trigrams = whatlang::detect(sample).filter(whatlang::Info::is_reliable);
    if let Some(info) = by_trigrams
        && let Some(language) = Language::from_code(info.lang().code())
        && votes.admit(language)
    {
        return Recognized { language, confidence: info.confidence() as f32 };
    }
    let unknown = Recognized { language: Language::UNKNOWN, confidence: 0.0 };
    if votes.are_enough() { by_votes } else { unknown }
}

/// How many words of a sample are function words of each language.
#[derive(Debug)]
struct Votes {
    n_words: usize,
    counts: Vec<usize>,
}

impl Votes {
    fn count(sample: &str) -> Votes {
        let lists = lists();
        let mut votes = Votes { n_words: 0, counts: vec![0; lists.languages.len()] };
        for word in words(sample) {
            votes.n_words += 1;
            let mut languages = if word.len() <= MAX_VOTER { lists.languages_of(word) } else { 0 };
            while languages != 0 {
                votes.counts[languages.trailing_zeros() as usize] += 1;
                languages &= languages - 1;
            }
            if votes.n_words == EARLY_WORDS && votes.are_clear() && votes.ranked()[0].0 >= 2 * CLEAR_VOTES {
                break;
            }
        }
        votes
    }

    /// Votes and list of each language, most votes first.
    fn ranked(&self) -> Vec<(usize, usize)> {
        let mut order: Vec<(usize, usize)> = self.counts.iter().copied().zip(0..).collect();
        order.sort_by_key(|&(votes, list)| (std::cmp::Reverse(votes), list));
        order
    }

    /// The language with most votes.
    fn first(&self) -> Language {
        lists().languages[self.ranked()[0].1]
    }

    /// The lead of the first language over the second, as a share of its votes.
    fn lead(&self) -> f32 {
        let order = self.ranked();
        (order[0].0 - order[1].0) as f32 / order[0].0.max(1) as f32
    }

    /// At least six votes, a fifth of the words, and half as many again as the second language has.
    fn are_clear(&self) -> bool {
        let order = self.ranked();
        let (first, second) = (order[0].0, order[1].0);
        first >= CLEAR_VOTES && first * 5 >= self.n_words && first * 2 >= second * 3
    }

    /// At least two votes, a sixth of the words, and twice as many as the second language has.
    fn are_enough(&self) -> bool {
        let order = self.ranked();
        let (first, second) = (order[0].0, order[1].0);
        first >= 2 && first * 6 >= self.n_words && first >= second * 2
    }

    /// Whether a language that trigrams suggest is possible: no other has more votes; without a list of its own, a
    /// sixth of the words must not vote for another one.
    fn admit(&self, language: Language) -> bool {
        match self.of(language) {
            Some(votes) => votes == self.ranked()[0].0,
            None => self.leave_open(language),
        }
    }

    /// Whether a language has most votes, or none has those of a sixth of the words.
    fn leave_open(&self, language: Language) -> bool {
        let most = self.ranked()[0].0;
        self.of(language) == Some(most) || most * 6 <= self.n_words
    }

    fn of(&self, language: Language) -> Option<usize> {
        lists().languages.iter().position(|&listed| listed == language).map(|list| self.counts[list])
    }
}

const CLEAR_VOTES: usize = 6;

/// Longest function word, in bytes.
const MAX_VOTER: usize = 32;

fn words(sample: &str) -> impl Iterator<Item = &str> {
    sample.split(|c: char| !c.is_alphanumeric() && !is_invisible(c)).filter(|word| !word.is_empty())
}

/// The share of the words that are in the English table, if it is four fifths, and at least four words.
fn mostly_english(sample: &str) -> Option<f32> {
    let rules = &lists().english;
    let (mut n_words, mut n_known) = (0, 0);
    for word in words(sample).filter(|word| word.contains(char::is_alphabetic) && !word.contains(is_digit)) {
        n_words += 1;
        n_known += usize::from(rules.is_in_table(word));
    }
    (n_known >= 4 && n_known * 5 >= n_words * 4).then(|| n_known as f32 / n_words as f32)
}

/// The function words of all languages that have a list.
struct Lists {
    /// For words in the English table.
    english: Rules,
    languages: Vec<Language>,
    /// Hash of a folded word and the set of its languages, by hash.
    words: Vec<(u64, u32)>,
}

impl Lists {
    fn languages_of(&self, word: &str) -> u32 {
        let mut buffer = [0; MAX_VOTER];
        let wanted = if word.is_ascii() {
            let lower = &mut buffer[..word.len()];
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            hash_bytes(lower)
        } else {
            hash(&fold(word))
        };
        let found = self.words.binary_search_by_key(&wanted, |entry| entry.0);
        found.map_or(0, |index| self.words[index].1)
    }
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| {
        let languages: Vec<Language> =
            Language::all().filter(|language| language.function_words().next().is_some()).collect();
        let mut words: Vec<(u64, u32)> = Vec::new();
        for (index, language) in languages.iter().enumerate() {
            words.extend(language.function_words().map(|word| (hash(&fold(word)), 1 << index)));
        }
        words.sort_unstable();
        let merged = words.chunk_by(|a, b| a.0 == b.0);
        let words = merged.map(|same| (same[0].0, same.iter().fold(0, |set, entry| set | entry.1))).collect();
        let spelling = Spelling { diacritics: Diacritics::Keep, profile: Profile::News };
        Lists { english: Rules::new(Language::ENGLISH, spelling), languages, words }
    })
}
