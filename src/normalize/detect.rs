//! Which language a text is in.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::model::Profile;
use crate::normalize::fold::{Diacritics, fold};
use crate::normalize::language::Language;
use crate::normalize::lexicon::{Rules, Spelling, hash};
use crate::normalize::packed::{Packed, Table};
use crate::normalize::runs::{Runs, WINDOW};
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
    counts: [u32; MAX_LISTS],
}

impl Votes {
    fn count(sample: &str) -> Votes {
        let lists = lists();
        let mut votes = Votes { n_words: 0, counts: [0; MAX_LISTS] };
        each_word(sample, |start, end| {
            votes.n_words += 1;
            let mut languages = lists.languages_of(sample, start, end);
            while languages != 0 {
                votes.counts[languages.trailing_zeros() as usize] += 1;
                languages &= languages - 1;
            }
            let is_early = votes.n_words == EARLY_WORDS;
            !(is_early && votes.are_clear() && votes.ranked()[0].0 >= 2 * CLEAR_VOTES)
        });
        votes
    }

    /// Votes and list of the two languages with most votes; of two with as many, the one listed first.
    fn ranked(&self) -> [(usize, usize); 2] {
        let mut best = [(0, 0); 2];
        for (list, &votes) in self.counts[..lists().languages.len()].iter().enumerate() {
            let entry = (votes as usize, list);
            if list == 0 || entry.0 > best[0].0 {
                best = [entry, best[0]];
            } else if entry.0 > best[1].0 {
                best[1] = entry;
            }
        }
        best
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
        lists().languages.iter().position(|&listed| listed == language).map(|list| self.counts[list] as usize)
    }
}

const CLEAR_VOTES: usize = 6;

/// Longest function word, in bytes.
const MAX_VOTER: usize = 32;

/// The words of a sample: letters and digits in a row, with invisible characters between them or not.
fn words(sample: &str) -> impl Iterator<Item = &str> {
    spans(sample).map(|(start, end)| &sample[start..end])
}

/// Where the words of a sample start and end.
fn spans(sample: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (start, end) = span_from(sample, at)?;
        at = end;
        Some((start, end))
    })
}

/// The first of the [`spans`] from a boundary on.
fn span_from(sample: &str, mut at: usize) -> Option<(usize, usize)> {
    while part_at(sample, at)? == 0 {
        at += sample[at..].chars().next().map_or(1, char::len_utf8);
    }
    let start = at;
    while let Some(len @ 1..) = part_at(sample, at) {
        at += len;
    }
    Some((start, at))
}

/// Calls `take` with each of the [`spans`], until it has enough: the same, sixty-four bytes of ASCII at a time.
fn each_word(sample: &str, mut take: impl FnMut(usize, usize) -> bool) {
    let bytes = sample.as_bytes();
    let mut at = 0;
    'windows: while at < bytes.len() {
        // After the end is as after a space.
        let window = bytes[at..].first_chunk().copied().unwrap_or_else(|| {
            let mut window = [b' '; WINDOW];
            window[..bytes.len() - at].copy_from_slice(&bytes[at..]);
            window
        });
        let mut rest = if window.is_ascii() { Runs::of(&window).plain } else { u64::MAX };
        while rest != 0 {
            let start = rest.trailing_zeros() as usize;
            let end = start + (!(rest >> start)).trailing_zeros() as usize;
            if end >= WINDOW && start > 0 {
                // Where it ends is not seen.
                at += start;
                continue 'windows;
            }
            if end >= WINDOW {
                let Some((start, end)) = span_from(sample, at) else { return };
                if !take(start, end) {
                    return;
                }
                at = end;
                continue 'windows;
            }
            if !take(at + start, at + end) {
                return;
            }
            rest &= rest.wrapping_add(1 << start);
        }
        at += WINDOW;
    }
}

/// Length of the character at `at` if it is part of a word, else zero; `None` at the end.
#[inline]
fn part_at(sample: &str, at: usize) -> Option<usize> {
    let &byte = sample.as_bytes().get(at)?;
    if byte.is_ascii() {
        return Some(usize::from(byte.is_ascii_alphanumeric()));
    }
    sample[at..].chars().next().map(|c| if is_part(c) { c.len_utf8() } else { 0 })
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || is_invisible(c)
}

/// The share of the words that are in the English table, if it is four fifths, and at least four words.
fn mostly_english(sample: &str) -> Option<f32> {
    let rules = &lists().english;
    let (mut n_words, mut n_known) = (0, 0);
    for word in words(sample).filter(|word| word.contains(char::is_alphabetic) && !word.contains(is_digit)) {
        n_words += 1;
        // The table holds no word of another script.
        n_known += usize::from(word.starts_with(is_latin) && rules.is_in_table(word));
    }
    (n_known >= 4 && n_known * 5 >= n_words * 4).then(|| n_known as f32 / n_words as f32)
}

/// Whether a character stands before Greek in the order of scripts, as all letters of English do.
fn is_latin(c: char) -> bool {
    c < '\u{370}'
}

/// Most languages with a list: one bit each in a set.
const MAX_LISTS: usize = 32;

/// The function words of all languages that have a list.
struct Lists {
    /// For words in the English table.
    english: Rules,
    languages: Vec<Language>,
    /// Hash of a folded word and the set of its languages, by hash.
    words: Vec<(u64, u32)>,
    /// Those of few ASCII letters and digits, in small letters, for which folding is no more than that.
    plain: Table<u32>,
}

impl Lists {
    /// The languages of which the word at these bytes is a function word.
    #[inline]
    fn languages_of(&self, sample: &str, start: usize, end: usize) -> u32 {
        // In a word, what is ASCII is a letter or digit.
        match Packed::new(sample.as_bytes(), start, end).filter(|packed| packed.is_ascii()) {
            Some(packed) => self.plain.get(packed.to_lower().0).unwrap_or(0),
            None => self.languages_slowly(&sample[start..end]),
        }
    }

    fn languages_slowly(&self, word: &str) -> u32 {
        if word.len() > MAX_VOTER {
            return 0;
        }
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
        assert!(languages.len() <= MAX_LISTS, "a set of languages has a bit for each list");
        let mut sets: BTreeMap<String, u32> = BTreeMap::new();
        for (index, language) in languages.iter().enumerate() {
            for word in language.function_words() {
                *sets.entry(fold(word)).or_default() |= 1 << index;
            }
        }
        let is_plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let plain = sets
            .iter()
            .filter(|(word, _)| is_plain(word))
            .filter_map(|(word, &set)| Some((Packed::new(word.as_bytes(), 0, word.len())?, set)));
        let plain = Table::of(&plain.collect::<Vec<_>>());
        let mut words: Vec<(u64, u32)> = sets.iter().map(|(word, &set)| (hash(word), set)).collect();
        words.sort_unstable();
        let spelling = Spelling { diacritics: Diacritics::Keep, profile: Profile::News };
        Lists { english: Rules::new(Language::ENGLISH, spelling), languages, words, plain }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words_slowly(sample: &str) -> Vec<&str> {
        let is_between = |c: char| !c.is_alphanumeric() && !is_invisible(c);
        sample.split(is_between).filter(|word| !word.is_empty()).collect()
    }

    #[test]
    fn function_words_are_found_however_they_are_looked_up() {
        for (index, language) in lists().languages.iter().enumerate() {
            let is_word = |word: &&str| spans(word).eq([(0, word.len())]);
            for word in language.function_words().filter(is_word) {
                for form in [word.to_owned(), word.to_uppercase()] {
                    let found = lists().languages_of(&form, 0, form.len());
                    assert_eq!(found, lists().languages_slowly(&form), "{form}");
                    assert!(form != word || found & 1 << index != 0, "{language} {word}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn words_are_what_stands_between_others(text in "[a-cA-C0-9 _'.]{0,200}|([a-cA-C0-9]|\\PC|[éЯ停한٣_ \u{ad}\u{200b}’.]){0,200}") {
            prop_assert_eq!(words(&text).collect::<Vec<_>>(), words_slowly(&text));
            let mut found = Vec::new();
            each_word(&text, |start, end| {
                found.push(&text[start..end]);
                true
            });
            prop_assert_eq!(found, words_slowly(&text));
        }

        #[test]
        fn words_have_the_languages_of_their_folded_form(text in "[a-eA-Et-z0-9]{1,4}|\\PC{1,6}") {
            for (start, end) in spans(&text) {
                let slowly = lists().languages_slowly(&text[start..end]);
                prop_assert_eq!(lists().languages_of(&text, start, end), slowly);
            }
        }

        #[test]
        fn the_two_first_are_those_of_a_sorted_list(given in prop::collection::vec(0_u32..5, MAX_LISTS)) {
            let votes = Votes { n_words: 9, counts: given.clone().try_into().unwrap() };
            let mut order: Vec<(usize, usize)> = given.iter().map(|&votes| votes as usize).zip(0..).collect();
            order.truncate(lists().languages.len());
            order.sort_by_key(|&(votes, list)| (std::cmp::Reverse(votes), list));
            prop_assert_eq!(votes.ranked()[0], order[0]);
            prop_assert_eq!(votes.ranked()[1].0, order[1].0);
        }
    }
}
