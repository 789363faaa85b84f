//! Who says it: the words before a verb of saying, whether they make it one, and the name in them.

use crate::provenance::zones::page::Page;
use crate::provenance::zones::words::{bare, ends, listed};

/// Words before a verb that are looked at.
const NEAR: usize = 6;

/// Most words of a speaker's name, and most of them that are written small and join nothing: "a senior spokesman at the
/// ministry" has three, part of a sentence more.
const NAME_WORDS: (usize, usize) = (8, 4);

/// Most words with capitals before a verb from which a name is taken, where all of them with an office are too many.
const LAST_NAMES: usize = 2;

/// Longest run of words looked at for a name, in bytes.
const LONGEST: usize = 300;

/// Whether somebody says it: `verb` behind `before`, the words of the sentence, is no noun or participle, and is neither
/// denied nor only possible. Impersonal "it is said" counts where `may_be_passive`.
pub(super) fn states(page: &Page<'_>, before: &str, verb: &str, may_be_passive: bool) -> bool {
    let sets = page.rules.sets();
    if before.ends_with(['-', '‐', '‑', '/', '$']) {
        return false;
    }
    let back: Vec<String> = before.split_whitespace().rev().take(NEAR).map(listed).collect();
    let is_adverb = |word: &&String| ends(word, &sets.adverb_endings) || sets.around_verb.contains(*word);
    // "Did not also say": what denies it may stand before adverbs.
    let near = back.iter().find(|word| !is_adverb(word)).map_or("", String::as_str);
    let is_denied = sets.unsaid.contains(near) || ends(near, &sets.negated_endings);
    let is_passive = sets.be.contains(near);
    if is_denied
        || (is_passive && !may_be_passive)
        || back.iter().take(NEAR).any(|word| sets.what.contains(word))
    {
        return false;
    }
    let verb = verb.to_lowercase();
    let has_break = before.trim_end().ends_with([',', '"', '”', '’', '—', '–', '-', ';', ':']);
    if sets.nouns.contains(&verb) {
        // "The report states": one thing with its article, or a name.
        let second = back.get(1).map_or("", String::as_str);
        let is_one = sets.determiners.contains(second) && !near.ends_with('s') && !near.is_empty();
        let last = before.split_whitespace().next_back().map_or("", bare);
        let is_name = last.starts_with(char::is_uppercase) && !sets.determiners.contains(near);
        return is_one || is_name || sets.pronouns.contains(near);
    }
    let is_part = sets.participles.contains(&verb)
        && (sets.determiners.contains(near)
            || sets.prepositions.contains(near)
            || near.ends_with("'s")
            || near.starts_with(|c: char| c.is_ascii_digit()));
    !is_part && (has_break || !near.is_empty())
}

/// Who said it: the words before the verb, from the last comma on.
pub(super) fn before_verb<'t>(page: &Page<'_>, before: &'t str) -> Option<&'t str> {
    let from = before.len().saturating_sub(LONGEST);
    let near = &before[super::floor(before, from)..];
    name(page, near.trim().rsplit([',', ';', ':']).next()?.trim())
}

/// The name of a speaker in `words`, without what stands around it: conjunctions, days and adverbs.
pub(super) fn name<'t>(page: &Page<'_>, words: &'t str) -> Option<&'t str> {
    let sets = page.rules.sets();
    let mut rest = words.trim();
    while let Some(first) = rest.split_whitespace().next() {
        let lower = bare(first).to_lowercase();
        let behind = rest[first.len()..].trim_start();
        if !(sets.before_name.contains(&lower) || page.is_day_word(first)) || behind.is_empty() {
            break;
        }
        rest = behind;
    }
    let mut is_dated = false;
    while let Some(last) = rest.split_whitespace().next_back() {
        let lower = bare(last).to_lowercase();
        if sets.be.contains(&lower) {
            return None;
        }
        let is_around = sets.around_verb.contains(&lower)
            || is_dated && sets.prepositions.contains(&lower)
            || ends(&lower, &sets.adverb_endings) && last.starts_with(char::is_lowercase)
            || page.is_day_word(last);
        if !is_around || rest.len() == last.len() {
            break;
        }
        is_dated = page.is_day_word(last);
        rest = rest[..rest.len() - last.len()].trim_end();
    }
    let rest = rest.trim_end_matches([',', ';', ':']);
    // What a sentence no longer begins with may be written small: "Last month the board".
    let is_cut = !words.trim().starts_with(rest);
    if is_name(page, rest, is_cut) { Some(rest) } else { last_names(page, rest) }
}

/// The last names with capitals of `words`, which end with them: an office may stand before.
fn last_names<'t>(page: &Page<'_>, words: &'t str) -> Option<&'t str> {
    let is_part = |word: &&str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c))
    };
    let first = words.split_whitespace().rev().take(LAST_NAMES).take_while(is_part).collect::<Vec<&str>>();
    let start = first.last().filter(|_| first.len() == LAST_NAMES)?;
    let from = start.as_ptr() as usize - words.as_ptr() as usize;
    let found = &words[from..];
    (!page.rules.sets().before_name.contains(&bare(start).to_lowercase())).then_some(found)
}

/// Whether `words` can stand as the name of a speaker.
fn is_name(page: &Page<'_>, words: &str, is_cut: bool) -> bool {
    let is_joint = |word: &&str| page.rules.sets().joints.contains(*word);
    let small =
        words.split_whitespace().filter(|word| !word.starts_with(char::is_uppercase) && !is_joint(word));
    let is_article = |word: &str| page.rules.words.articles.iter().any(|it| it == word);
    let has_article = words.split_once(' ').is_some_and(|(first, _)| is_article(first));
    let starts = words.starts_with(char::is_uppercase)
        || has_article
        || is_cut && words.starts_with(char::is_lowercase);
    starts
        && words.split_whitespace().nth(NAME_WORDS.0).is_none()
        && small.count() <= NAME_WORDS.1
        && !words.split_whitespace().next_back().is_some_and(|last| is_joint(&last))
}
