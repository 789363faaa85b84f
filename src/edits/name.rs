//! Names: which of a and b are the same by another spelling, title or length, and which became others.
//!
//! A name is a run of words with a capital inside a sentence. Two words are the same name when they sound alike by
//! the rules that transliterations differ in (`kh` and `x`, `y` and `iy`, a doubled letter), or when one is the other
//! with the ending of an adjective. A name became another when each of the two has a word, titles aside, that the
//! other lacks: `Aliyev` for `President Ilham Aliyev` is the same name, `Heydar Aliyev` for `Ilham Aliyev` another.

use std::ops::Range;

use crate::edits::word::{Naming, Word};
use crate::edits::{Candidate, Places, WINDOW, choose};
use crate::normalize::fold_plain;

/// Ranks and offices that stand before a name and are none; in order.
const TITLES: [&str; 64] = [
    "acting",
    "adm",
    "admiral",
    "ambassador",
    "archbishop",
    "archduke",
    "baron",
    "baroness",
    "bishop",
    "brigadier",
    "captain",
    "cardinal",
    "chairman",
    "chancellor",
    "chief",
    "col",
    "colonel",
    "commander",
    "corporal",
    "count",
    "countess",
    "defence",
    "defense",
    "deputy",
    "dr",
    "duchess",
    "duke",
    "emperor",
    "foreign",
    "former",
    "gen",
    "general",
    "gov",
    "governor",
    "herr",
    "interior",
    "judge",
    "justice",
    "king",
    "lady",
    "lieutenant",
    "lord",
    "major",
    "mayor",
    "minister",
    "mr",
    "mrs",
    "ms",
    "pope",
    "premier",
    "president",
    "prime",
    "prince",
    "princess",
    "prof",
    "professor",
    "queen",
    "rep",
    "sen",
    "senator",
    "sergeant",
    "sheikh",
    "sir",
    "vice",
];

/// Endings that make a people or an adjective of a place.
const ADJECTIVES: [&str; 12] = ["n", "an", "ian", "i", "ese", "ish", "s", "ic", "er", "ns", "ans", "is"];

/// Names that sound rules do not bring together.
const SPELLINGS: [[&str; 2]; 6] = [
    ["karabakh", "qarabag"],
    ["karabakh", "garabagh"],
    ["turkey", "turkiye"],
    ["azerbaijan", "azerbaycan"],
    ["alexander", "aleksandr"],
    ["dmitry", "dmitrii"],
];

/// Pairs of names, as words of a and of b, and whether they are the same.
#[must_use]
pub(super) fn pairs(a: &[Word<'_>], b: &[Word<'_>]) -> Vec<(Range<usize>, Range<usize>, bool)> {
    let (a_names, b_names) = (names(a), names(b));
    let mut candidates = Vec::new();
    for (i, x) in a_names.iter().enumerate() {
        let near = i.saturating_sub(WINDOW)..b_names.len().min(i + WINDOW);
        for j in near {
            let likeness = compare(&a[x.clone()], a, &b[b_names[j].clone()], b);
            let place = Places { i: x.start, j: b_names[j].start, n_a: a.len(), n_b: b.len() };
            if let Some(rank) = likeness.filter(|&rank| rank != Likeness::Another || place.are_near()) {
                candidates.push(Candidate { rank: rank as u32, i, j });
            }
        }
    }
    choose(candidates, a_names.len(), b_names.len())
        .into_iter()
        .filter_map(|chosen| {
            let (x, y) = (a_names[chosen.i].clone(), b_names[chosen.j].clone());
            let changed = |words: &[Word<'_>]| words.iter().any(|word| word.changed);
            let told = changed(&a[x.clone()]) && changed(&b[y.clone()]);
            told.then_some((x, y, chosen.rank == Likeness::Same as u32))
        })
        .collect()
}

/// How two names relate; the better, the lower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    /// One says what the other says, or less of it.
    Same,
    /// They share a word, and each has one that the other lacks.
    Changed,
    /// They share nothing.
    Another,
}

/// `None` where it is not sure that either is a name.
fn compare(x: &[Word<'_>], a: &[Word<'_>], y: &[Word<'_>], b: &[Word<'_>]) -> Option<Likeness> {
    let (x_left, y_left) = (left_over(x, b), left_over(y, a));
    let shared = x.iter().any(|word| y.iter().any(|other| !is_title(word) && is_same(word, other)));
    let sure = |words: &[&Word<'_>]| words.iter().any(|word| word.naming == Naming::Yes);
    match (x_left.is_empty(), y_left.is_empty()) {
        (false, false) if sure(&x_left) && sure(&y_left) => {
            Some(if shared { Likeness::Changed } else { Likeness::Another })
        }
        (false, false) => None,
        _ => shared.then_some(Likeness::Same),
    }
}

/// Words of a name, titles aside, that `others` has not.
fn left_over<'w, 't>(name: &'w [Word<'t>], others: &[Word<'_>]) -> Vec<&'w Word<'t>> {
    let own = name.iter().filter(|word| !is_title(word));
    own.filter(|word| !others.iter().take(4 * WINDOW).any(|other| is_same(word, other))).collect()
}

/// Runs of words that may be names and are not labelled; at least one is no title.
fn names(words: &[Word<'_>]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if word.naming == Naming::No || word.taken || word.value {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == index && is_joined(word) => run.end += 1,
            _ => runs.push(index..index + 1),
        }
    }
    runs.retain(|run| words[run.clone()].iter().any(|word| !is_title(word)));
    runs
}

/// Whether a name goes on from the word before: a blank, a hyphen, or the full stop of `Mr.` and `J.`
fn is_joined(word: &Word<'_>) -> bool {
    word.follows_closely() || word.before.trim_end() == "."
}

fn is_title(word: &Word<'_>) -> bool {
    TITLES.binary_search(&&*word.text).is_ok()
}

/// Whether two words are one name: equal, an initial, an adjective, or alike in sound.
fn is_same(x: &Word<'_>, y: &Word<'_>) -> bool {
    if x.key == y.key || x.text == y.text {
        return true;
    }
    let capital = |word: &Word<'_>| word.naming != Naming::No;
    let initial = |x: &Word<'_>, y: &Word<'_>| x.text.chars().count() == 1 && y.text.starts_with(&*x.text);
    capital(x)
        && capital(y)
        && (initial(x, y)
            || initial(y, x)
            || is_adjective(&x.text, &y.text)
            || sounds_alike(&x.text, &y.text))
}

/// `armenia` and `armenian`.
fn is_adjective(x: &str, y: &str) -> bool {
    let ending = |x: &str, y: &str| {
        x.chars().count() >= 4 && y.strip_prefix(x).is_some_and(|rest| ADJECTIVES.contains(&rest))
    };
    ending(x, y) || ending(y, x)
}

/// Consonants that two words must share before a vowel may differ between them.
const CONSONANTS: usize = 3;

/// Letters up to which one vowel may differ, and two beyond.
const SHORT: usize = 6;

/// Whether two folded words are one name as different transliterations write it.
#[must_use]
pub(super) fn sounds_alike(x: &str, y: &str) -> bool {
    let (x_plain, y_plain) = (plain(x), plain(y));
    if x_plain == y_plain {
        return true;
    }
    let listed = |x: &str, y: &str| SPELLINGS.iter().any(|[one, two]| x == *one && y == *two);
    if listed(&x_plain, &y_plain) || listed(&y_plain, &x_plain) {
        return true;
    }
    if x_plain.len().min(y_plain.len()) < 4 || !x_plain.is_ascii() || !y_plain.is_ascii() {
        return false;
    }
    let (x_sound, y_sound) = (sounds(&x_plain), sounds(&y_plain));
    if x_sound.len() != y_sound.len() {
        return false;
    }
    let consonants = x_sound.iter().filter(|sound| !is_vowel(sound)).count();
    let may_differ = match x_plain.len().min(y_plain.len()) {
        _ if consonants < CONSONANTS => 0,
        0..=SHORT => 1,
        _ => 2,
    };
    let differ: Vec<(&String, &String)> = x_sound.iter().zip(&y_sound).filter(|(x, y)| x != y).collect();
    differ.len() <= may_differ && differ.iter().all(|(x, y)| are_close(x, y))
}

/// Without marks, `ç` and `č` told from `c` and `ş` from `s`.
fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    fold_plain(&word.replace(['ç', 'č'], "ch").replace(['ş', 'š'], "sh").replace('ž', "zh"))
}

/// A plain word as consonants and groups of vowels, each in one spelling.
fn sounds(word: &str) -> Vec<String> {
    /// Longer ones first.
    const CONSONANTS: [(&str, &str); 17] = [
        ("tsch", "C"),
        ("tch", "C"),
        ("sch", "S"),
        ("dzh", "J"),
        ("ch", "C"),
        ("sh", "S"),
        ("kh", "x"),
        ("zh", "J"),
        ("gh", "g"),
        ("ph", "f"),
        ("dj", "J"),
        ("ck", "k"),
        ("ts", "T"),
        ("tz", "T"),
        ("ks", "x"),
        ("q", "k"),
        ("w", "v"),
    ];
    let mut sounds: Vec<String> = Vec::new();
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let (taken, sound) = match CONSONANTS.iter().find(|(written, _)| rest.starts_with(written)) {
            Some((written, sound)) => (written.len(), (*sound).to_owned()),
            None if is_vowel(&rest[..1]) => {
                let end = rest.find(|c: char| !"aeiouy".contains(c)).unwrap_or(rest.len());
                (end, vowels(&rest[..end]))
            }
            None if c == 'c' && !rest[1..].starts_with(['e', 'i', 'y']) => (1, "k".to_owned()),
            None if c == 'j' => (1, "J".to_owned()),
            None => (1, c.to_string()),
        };
        rest = &rest[taken..];
        let silent = sound == "h" && rest.is_empty();
        if !silent && (sounds.last() != Some(&sound) || is_vowel(&sound)) {
            sounds.push(sound);
        }
    }
    sounds
}

fn is_vowel(sound: &str) -> bool {
    sound.starts_with(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// One spelling for a group of vowels: `y`, `iy`, `ie` and `iye` are `i`.
fn vowels(group: &str) -> String {
    let mut letters: Vec<char> = group.chars().map(|c| if c == 'y' { 'i' } else { c }).collect();
    letters.dedup();
    let text: String = letters.into_iter().collect();
    match text.as_str() {
        "ie" | "ei" | "ai" => "i".to_owned(),
        _ => text,
    }
}

/// Vowels that transliterations put for each other.
fn are_close(x: &str, y: &str) -> bool {
    const CLOSE: [[&str; 2]; 5] = [["a", "e"], ["a", "o"], ["e", "i"], ["o", "u"], ["o", "ou"]];
    CLOSE.iter().any(|pair| *pair == [x, y] || *pair == [y, x])
}
