//! Words that are neither numbers nor names: abbreviations, joined words, spelling, stem, synonyms.

use std::ops::Range;

use crate::edits::lexis::{ABBREVIATIONS, LONGEST_SHORT, irregular, synonyms};
use crate::edits::word::Word;
use crate::edits::{Candidate, Label, NEAR, WINDOW, choose};
use crate::model::Flags;
use crate::normalize::fold_plain;

/// Longest short form and longest long one, in letters and words.
const MOST_WORDS: usize = 8;

/// Words of a that stand for words of b, counted in the region.
type Pairing = (Range<usize>, Range<usize>);

/// Abbreviations on one side, with what they are short for on the other.
#[must_use]
pub(super) fn abbreviations(a: &[Word<'_>], b: &[Word<'_>]) -> Vec<Pairing> {
    let mut found = Vec::new();
    let short_a = written_out(a, b).into_iter().map(|(i, j)| (j.start, i..i + 1, j));
    let short_b = written_out(b, a).into_iter().map(|(j, i)| (i.start, i, j..j + 1));
    let mut candidates: Vec<(usize, Range<usize>, Range<usize>)> = short_a.chain(short_b).collect();
    if candidates.is_empty() {
        return found;
    }
    let (mut taken_a, mut taken_b) = (vec![false; a.len()], vec![false; b.len()]);
    // The same order from either side: where two are as near, the place of the long form decides.
    candidates
        .sort_by_key(|(long, i, j)| (i.start.abs_diff(j.start), i.start + j.start, *long, i.len() + j.len()));
    for (_, i, j) in candidates {
        let told =
            a[i.clone()].iter().any(|word| word.changed) && b[j.clone()].iter().any(|word| word.changed);
        let free = !taken_a[i.clone()].contains(&true) && !taken_b[j.clone()].contains(&true);
        if told && free {
            taken_a[i.clone()].fill(true);
            taken_b[j.clone()].fill(true);
            found.push((i, j));
        }
    }
    found
}

/// Words of `short` that abbreviate a run of `long`, each with the nearest such run.
fn written_out(short: &[Word<'_>], long: &[Word<'_>]) -> Vec<(usize, Range<usize>)> {
    let mut found = Vec::new();
    for (i, word) in short.iter().enumerate().filter(|(_, word)| is_free(word)) {
        let may_be_listed = !word.is_plain() || word.raw.len() <= LONGEST_SHORT;
        let listed = if may_be_listed { listed(word.text()) } else { &[] };
        let is_short = word.is_capitals() && (2..=MOST_WORDS).contains(&word.text().chars().count());
        if listed.is_empty() && !is_short {
            continue;
        }
        let near = i.saturating_sub(WINDOW)..long.len().min(i + WINDOW + 1);
        let runs = near.filter(|&j| is_free(&long[j])).filter_map(|j| {
            let words = &long[j..];
            let len = listed.iter().find_map(|(_, long)| begins(words, long));
            let len = len.or_else(|| is_short.then(|| initials(word, words)).flatten())?;
            Some(j..j + len)
        });
        let nearest = runs.min_by_key(|run| (run.start.abs_diff(i), run.start));
        found.extend(nearest.map(|run| (i, run)));
    }
    found
}

/// The entries of the table for a short form.
fn listed(short: &str) -> &'static [(&'static str, &'static str)] {
    if short.len() > LONGEST_SHORT {
        return &[];
    }
    let from = ABBREVIATIONS.partition_point(|entry| entry.0 < short);
    let n = ABBREVIATIONS[from..].iter().take_while(|entry| entry.0 == short).count();
    &ABBREVIATIONS[from..from + n]
}

/// How many words `phrase` has, if `words` begin with it.
fn begins(words: &[Word<'_>], phrase: &str) -> Option<usize> {
    let n = phrase.split(' ').count();
    let same = n <= words.len() && phrase.split(' ').zip(words).all(|(x, y)| *x == *y.text());
    same.then_some(n)
}

/// How many words it takes until the capitals among `words` have spelled a short form; words without one between them
/// do not count.
fn initials(short: &Word<'_>, words: &[Word<'_>]) -> Option<usize> {
    if words.first().is_none_or(Word::is_capitals) {
        return None;
    }
    let mut initials = short.text().chars();
    let mut expected = initials.next();
    for (n, word) in words.iter().enumerate().take(MOST_WORDS) {
        if n > 0 && !word.follows_closely() {
            return None;
        }
        if word.flags.has(Flags::CAPITAL) {
            if word.text().chars().next() != expected {
                return None;
            }
            expected = initials.next();
        }
        if expected.is_none() {
            return Some(n + 1);
        }
    }
    None
}

fn is_free(word: &Word<'_>) -> bool {
    !word.taken && !word.value
}

/// Changed words that have no label, paired by likeness.
#[must_use]
pub(super) fn pairs(a: &[Word<'_>], b: &[Word<'_>]) -> Vec<(Range<usize>, Range<usize>, Label)> {
    let (mut joined_a, mut joined_b) = (vec![false; a.len()], vec![false; b.len()]);
    let mut found = Vec::new();
    for (i, j) in joined(a, b).into_iter().chain(joined(b, a).into_iter().map(|(j, i)| (i, j))) {
        joined_a[i.clone()].fill(true);
        joined_b[j.clone()].fill(true);
        found.push((i, j, Label::Joined));
    }
    let mut candidates = Vec::new();
    for (i, x) in a.iter().enumerate().filter(|(i, x)| x.changed && is_free(x) && !joined_a[*i]) {
        let near = i.saturating_sub(NEAR)..b.len().min(i + NEAR + 1);
        for j in near.filter(|&j| b[j].changed && is_free(&b[j]) && !joined_b[j]) {
            if let Some(label) = likeness(x, &b[j]) {
                candidates.push(Candidate { rank: label as u32, i, j });
            }
        }
    }
    choose(&mut candidates, a.len(), b.len());
    found.extend(candidates.into_iter().map(|chosen| {
        let labels = [Label::Spelling, Label::Stem];
        let label = labels.into_iter().find(|label| *label as u32 == chosen.rank).unwrap_or(Label::Synonym);
        (chosen.i..chosen.i + 1, chosen.j..chosen.j + 1, label)
    }));
    found
}

/// Words of `whole` that are written as two or three in `parts`; no word takes part twice.
fn joined(whole: &[Word<'_>], parts: &[Word<'_>]) -> Vec<Pairing> {
    let mut found: Vec<Pairing> = Vec::new();
    for (i, word) in whole.iter().enumerate().filter(|(_, word)| word.changed && is_free(word)) {
        let from = found.last().map_or(0, |(_, parts)| parts.end).max(i.saturating_sub(NEAR));
        let run = (from..parts.len().min(i + NEAR + 1)).find_map(|j| {
            let len = (2..=3).find(|&len| j + len <= parts.len() && is_joint(word, &parts[j..j + len]))?;
            Some(j..j + len)
        });
        found.extend(run.map(|run| (i..i + 1, run)));
    }
    found
}

fn is_joint(word: &Word<'_>, parts: &[Word<'_>]) -> bool {
    let mut rest = word.text();
    let close = parts[1..].iter().all(Word::follows_closely);
    close
        && parts.iter().all(|part| {
            let begins = rest.strip_prefix(part.text());
            rest = begins.unwrap_or_default();
            begins.is_some() && is_free(part)
        })
        && rest.is_empty()
        && parts.iter().any(|part| part.changed)
}

/// How two words are alike, if they are.
fn likeness(x: &Word<'_>, y: &Word<'_>) -> Option<Label> {
    if is_spelling(x.text(), y.text()) {
        return Some(Label::Spelling);
    }
    let (x_base, y_base) = (base(x.text()), base(y.text()));
    if x_base == y_base || is_derived(x.text(), y.text()) {
        return Some(Label::Stem);
    }
    let group = |base: &str, text: &str| synonyms(base).or_else(|| synonyms(text));
    let (x_group, y_group) = (group(&x_base, x.text())?, group(&y_base, y.text())?);
    (x_group == y_group).then_some(Label::Synonym)
}

/// Whether two folded words are one, in British and American spelling, with and without marks or doubled letters.
fn is_spelling(x: &str, y: &str) -> bool {
    /// Shortest word that loses a doubled letter: `planed` is not `planned`.
    const LONG: usize = 8;
    let (x, y) = (american(x), american(y));
    let single = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.dedup();
        letters
    };
    x == y || (x.len().min(y.len()) >= LONG && single(&x) == single(&y))
}

/// American spelling without marks, by rule: both sides go through it, so that it need not be right for every word.
fn american(word: &str) -> String {
    const RULES: [(&str, &str); 14] = [
        ("isation", "ization"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ise", "ize"),
        ("yse", "yze"),
        ("ysed", "yzed"),
        ("ence", "ense"),
        ("tre", "ter"),
        ("ogue", "og"),
        ("lled", "led"),
        ("lling", "ling"),
        ("llor", "lor"),
        ("ller", "ler"),
    ];
    /// Words that no rule covers, British first.
    const WORDS: [(&str, &str); 12] = [
        ("aluminium", "aluminum"),
        ("artefact", "artifact"),
        ("cheque", "check"),
        ("enquiry", "inquiry"),
        ("grey", "gray"),
        ("jewellery", "jewelry"),
        ("kerb", "curb"),
        ("licence", "license"),
        ("mum", "mom"),
        ("plough", "plow"),
        ("programme", "program"),
        ("tyre", "tire"),
    ];
    let (word, plural) = match word.strip_suffix('s') {
        Some(stem) if stem.len() > 3 && !stem.ends_with('s') => (stem, "s"),
        _ => (word, ""),
    };
    let plain = if word.is_ascii() { word.to_owned() } else { fold_plain(word) };
    if let Some((_, american)) = WORDS.iter().find(|(british, _)| *british == plain) {
        return format!("{american}{plural}");
    }
    let mut spelled = plain.replace("our", "or").replace("ae", "e").replace("oe", "e");
    if plain.len() <= 4 {
        spelled = plain;
    }
    if let Some((british, american)) = RULES.iter().find(|(british, _)| spelled.ends_with(british)) {
        spelled.truncate(spelled.len() - british.len());
        spelled.push_str(american);
    }
    spelled + plural
}

/// Endings of English words, longer ones first.
const ENDINGS: [&str; 24] = [
    "ization", "ations", "ation", "ments", "ment", "ional", "ively", "ions", "ing", "ion", "ers", "ive",
    "ies", "ied", "ed", "er", "es", "al", "ly", "d", "e", "r", "s", "y",
];

/// What is left of a word without the endings of its forms: `states` is `state`, `stated` too.
fn base(word: &str) -> String {
    if let Some(base) = irregular(word) {
        return base.to_owned();
    }
    for (ending, put) in [("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() >= 3 && !word.ends_with("ss"))
        {
            let candidates = [format!("{stem}{put}"), format!("{stem}e"), undoubled(stem)];
            return candidates.iter().find(|base| synonyms(base).is_some()).unwrap_or(&candidates[0]).clone();
        }
    }
    word.to_owned()
}

/// `stopp` as `stop`.
fn undoubled(stem: &str) -> String {
    let mut letters: Vec<char> = stem.chars().collect();
    if letters.len() > 2 && letters[letters.len() - 1] == letters[letters.len() - 2] {
        letters.pop();
    }
    letters.into_iter().collect()
}

/// Whether two words have a long beginning in common and differ in their endings: `agree`, `agreement`.
fn is_derived(x: &str, y: &str) -> bool {
    /// Shortest beginning, in letters.
    const ROOT: usize = 4;
    let common: usize = x.chars().zip(y.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let is_ending = |rest: &str| rest.is_empty() || ENDINGS.contains(&rest);
    x[..common].chars().count() >= ROOT && is_ending(&x[common..]) && is_ending(&y[common..])
}
