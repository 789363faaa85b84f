//! Which language a text is in.

use std::sync::OnceLock;

use crate::normalize::fold::fold;
use crate::normalize::language::Language;
use crate::normalize::lexicon::hash;
use crate::normalize::script::char_boundary;

/// Bytes at the start of a text that decide.
const SAMPLE_BYTES: usize = 4096;

/// Words of the sample that vote.
const SAMPLE_WORDS: usize = 400;

/// The language of a text, or [`Language::UNKNOWN`].
///
/// Function words vote first: they are a third of any running text, so a few lines suffice, and versions of one
/// passage vote alike. Where they do not decide (no list for the language, or a table of figures), trigrams do,
/// when they are sure; a bare majority of two function words is the last resort.
pub(crate) fn detect(text: &str) -> Language {
    let sample = &text[..char_boundary(text, SAMPLE_BYTES)];
    let votes = Votes::count(sample);
    if votes.are_clear() {
        return votes.first;
    }
    if let Some(info) = whatlang::detect(sample)
        && info.is_reliable()
        && let Some(language) = Language::from_code(info.lang().code())
    {
        return language;
    }
    if votes.are_enough() { votes.first } else { Language::UNKNOWN }
}

/// How many words of a sample are function words of the two best languages.
#[derive(Debug)]
struct Votes {
    n_words: usize,
    first: Language,
    n_first: usize,
    n_second: usize,
}

impl Votes {
    fn count(sample: &str) -> Votes {
        let lists = lists();
        let mut counts = vec![0_usize; lists.languages.len()];
        let words = sample.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut n_words = 0;
        for word in words.take(SAMPLE_WORDS) {
            n_words += 1;
            let languages = if word.len() <= 24 { lists.languages_of(word) } else { 0 };
            for (index, count) in counts.iter_mut().enumerate() {
                *count += usize::from(languages >> index & 1 == 1);
            }
        }
        let mut order: Vec<(usize, usize)> = counts.iter().copied().enumerate().collect();
        order.sort_by_key(|&(index, count)| (std::cmp::Reverse(count), index));
        Votes { n_words, first: lists.languages[order[0].0], n_first: order[0].1, n_second: order[1].1 }
    }

    /// At least six votes, a fifth of the words, and half as many again as the second language has.
    fn are_clear(&self) -> bool {
        self.n_first >= 6 && self.n_first * 5 >= self.n_words && self.n_first * 2 >= self.n_second * 3
    }

    /// At least two votes, a sixth of the words, and twice as many as the second language has.
    fn are_enough(&self) -> bool {
        self.n_first >= 2 && self.n_first * 6 >= self.n_words && self.n_first >= self.n_second * 2
    }
}

/// The function words of all languages that have a list.
struct Lists {
    languages: Vec<Language>,
    /// Hash of a folded word and the set of its languages, by hash.
    words: Vec<(u64, u32)>,
}

impl Lists {
    fn languages_of(&self, word: &str) -> u32 {
        let wanted = hash(&fold(word));
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
        Lists { languages, words }
    })
}
