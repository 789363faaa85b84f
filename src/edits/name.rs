//! Names: which of a and b are the same by another spelling, title or length, and which became others.
//!
//! A name is a run of words with a capital inside a sentence. Two words are the same name when they sound alike by
//! the rules that transliterations differ in (`kh` and `x`, `y` and `iy`, a doubled letter), or when one is the other
//! with the ending of an adjective. A name became another when each of the two has a word, titles aside, that the
//! other lacks: `Aliyev` for `President Ilham Aliyev` is the same name, `Heydar Aliyev` for `Ilham Aliyev` another.

use std::borrow::Cow;
use std::ops::Range;

use crate::edits::word::{Naming, Word};
use crate::edits::{Candidate, Places, WINDOW, choose, slot};
use crate::model::{Flags, Span};
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

/// Bytes of the longest title.
const LONGEST_TITLE: usize = {
    let (mut longest, mut at) = (0, 0);
    while at < TITLES.len() {
        longest = if TITLES[at].len() > longest { TITLES[at].len() } else { longest };
        at += 1;
    }
    longest
};

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
    let (a_names, b_names) = (names(a, b), names(b, a));
    let mut candidates = Vec::new();
    for (i, x) in a_names.iter().enumerate() {
        let near = i.saturating_sub(WINDOW)..b_names.len().min(i + WINDOW + 1);
        for (j, y) in near.map(|j| (j, &b_names[j])) {
            let place = Places { i: x.words.start, j: y.words.start, n_a: a.len(), n_b: b.len() };
            let (x_words, y_words) = (&a[x.words.clone()], &b[y.words.clone()]);
            let likeness = compare(x, x_words, y, y_words);
            let fills_its_place = || place.are_near() && stand_alike(x_words, y_words);
            if let Some(rank) = likeness.filter(|&rank| rank != Likeness::Another || fills_its_place()) {
                candidates.push(Candidate { rank: rank as u32, i, j });
            }
        }
    }
    let changed = |words: &[Word<'_>]| words.iter().any(|word| word.changed);
    choose(&mut candidates, a_names.len(), b_names.len());
    candidates
        .into_iter()
        .map(|chosen| (&a_names[chosen.i].words, &b_names[chosen.j].words, chosen.rank))
        .filter(|(x, y, _)| changed(&a[Range::clone(x)]) && changed(&b[Range::clone(y)]))
        .map(|(x, y, rank)| (x.clone(), y.clone(), rank == Likeness::Same as u32))
        .collect()
}

/// Whether the same words stand around two names.
fn stand_alike(x: &[Word<'_>], y: &[Word<'_>]) -> bool {
    let span = |words: &[Word<'_>]| Span::new(words[0].at, words[words.len() - 1].at + 1);
    slot::are_flanked(x[0].side(), span(x), y[0].side(), span(y))
}

/// A run of words that may be a name.
struct Name {
    words: Range<usize>,
    /// Whether it has a word, titles aside, that the other side lacks.
    differs: bool,
    /// Whether such a word is a name for sure.
    surely: bool,
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
fn compare(x: &Name, x_words: &[Word<'_>], y: &Name, y_words: &[Word<'_>]) -> Option<Likeness> {
    if x.differs && y.differs && !(x.surely && y.surely) {
        return None;
    }
    let own = x_words.iter().filter(|word| !is_title(word));
    let shared = own.into_iter().any(|word| y_words.iter().any(|other| is_same(word, other)));
    match (x.differs && y.differs, shared) {
        (true, true) => Some(Likeness::Changed),
        (true, false) => Some(Likeness::Another),
        (false, shared) => shared.then_some(Likeness::Same),
    }
}

/// Words of the other side that a name is looked for among.
pub(super) fn within<T>(others: &[T]) -> &[T] {
    &others[..others.len().min(4 * WINDOW)]
}

/// Whether a word may be a name that the others lack, as far as its capital and its key tell.
#[must_use]
pub(super) fn may_lack(words: &[Word<'_>], others: &[Word<'_>]) -> bool {
    words.iter().any(|word| {
        let may_name = word.flags.has(Flags::CAPITAL) && word.term.is_none() && !word.value;
        may_name && !within(others).iter().any(|other| other.key == word.key)
    })
}

/// Whether a word is surely a name, and one that the others lack. Where that holds of one side only, no name became
/// another, however words are put together to names.
#[must_use]
pub(super) fn lacks(words: &[Word<'_>], others: &[Word<'_>]) -> bool {
    words
        .iter()
        .any(|word| word.naming == Naming::Yes && !word.value && !is_title(word) && is_own(word, others))
}

/// Whether `others`, the words of the other side, lack a word.
fn is_own(word: &Word<'_>, others: &[Word<'_>]) -> bool {
    word.own.get().unwrap_or_else(|| {
        let is_own = !within(others).iter().any(|other| is_same(word, other));
        word.own.set(Some(is_own));
        is_own
    })
}

/// Runs of words that may be names and are not labelled; at least one is no title.
fn names(words: &[Word<'_>], others: &[Word<'_>]) -> Vec<Name> {
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
    let name = |run: Range<usize>| {
        let own = words[run.clone()].iter().filter(|word| !is_title(word));
        own.clone().next()?;
        let left = own.filter(|word| is_own(word, others));
        let (mut differs, mut surely) = (false, false);
        for word in left {
            (differs, surely) = (true, word.naming == Naming::Yes);
            if surely {
                break;
            }
        }
        Some(Name { words: run, differs, surely })
    };
    runs.into_iter().filter_map(name).collect()
}

/// Whether a name goes on from the word before: a blank, a hyphen, or the full stop of `Mr.` and `J.`
fn is_joined(word: &Word<'_>) -> bool {
    word.follows_closely() || word.before().trim_end() == "."
}

fn is_title(word: &Word<'_>) -> bool {
    let may_be = !word.is_plain() || word.raw.len() <= LONGEST_TITLE;
    may_be && TITLES.binary_search(&word.text()).is_ok()
}

/// Whether two words are one name: equal, an initial, an adjective, or alike in sound.
fn is_same(x: &Word<'_>, y: &Word<'_>) -> bool {
    if x.key == y.key {
        return true;
    }
    // What has a small letter is no name, whatever it sounds like.
    if x.naming == Naming::No || y.naming == Naming::No || !may_begin_alike(x, y) {
        return false;
    }
    let initial =
        |x: &Word<'_>, y: &Word<'_>| y.text().starts_with(x.text()) && x.text().chars().nth(1).is_none();
    x.text() == y.text()
        || initial(x, y)
        || initial(y, x)
        || is_adjective(x.text(), y.text())
        || sounds_alike(x.text(), y.text())
}

/// Whether two words begin with one letter, or with letters for one sound, which all that makes two words the same name
/// asks for; told without folding them.
fn may_begin_alike(x: &Word<'_>, y: &Word<'_>) -> bool {
    let first = |word: &Word<'_>| word.raw.chars().next().unwrap_or_default().to_ascii_lowercase();
    !x.is_plain() || !y.is_plain() || are_alike(first(x), first(y))
}

/// `armenia` and `armenian`.
fn is_adjective(x: &str, y: &str) -> bool {
    let ending = |x: &str, y: &str| {
        y.strip_prefix(x).is_some_and(|rest| ADJECTIVES.contains(&rest)) && x.chars().count() >= 4
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
    if !may_sound_alike(x, y) {
        return false;
    }
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
    let mut differ = x_sound.iter().zip(&y_sound).filter(|(x, y)| x != y);
    differ.clone().count() <= may_differ && differ.all(|(x, y)| are_close(x, y))
}

/// Whether two words begin alike and are about as long; asked first, since it costs nothing.
fn may_sound_alike(x: &str, y: &str) -> bool {
    /// Greatest difference in length, in letters.
    const LONGER: usize = 3;
    let (Some(first), Some(other)) = (x.chars().next(), y.chars().next()) else { return false };
    let length = |word: &str| if word.is_ascii() { word.len() } else { word.chars().count() };
    if length(x).abs_diff(length(y)) > LONGER {
        return false;
    }
    are_alike(first, other) || !first.is_ascii() || !other.is_ascii()
}

/// Letters that a sound may begin with.
const BEGINNINGS: [&str; 6] = ["aeiouyjəı", "cçčkqxhg", "csşšztž", "dgjz", "vwf", "fp"];

/// For each ASCII letter a bit for each of [`BEGINNINGS`] that holds it.
const HELD_BY: [u8; 128] = {
    let mut held_by = [0; 128];
    let mut set = 0;
    while set < BEGINNINGS.len() {
        let letters = BEGINNINGS[set].as_bytes();
        let mut at = 0;
        while at < letters.len() {
            if letters[at].is_ascii() {
                held_by[letters[at] as usize] |= 1 << set;
            }
            at += 1;
        }
        set += 1;
    }
    held_by
};

/// Whether two small letters are the same, or a sound may begin with either.
fn are_alike(x: char, y: char) -> bool {
    x == y
        || match x.is_ascii() && y.is_ascii() {
            true => HELD_BY[x as usize] & HELD_BY[y as usize] != 0,
            false => BEGINNINGS.iter().any(|set| set.contains(x) && set.contains(y)),
        }
}

/// Without marks, `ç` and `č` told from `c` and `ş` from `s`.
fn plain(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return word.into();
    }
    fold_plain(&word.replace(['ç', 'č'], "ch").replace(['ş', 'š'], "sh").replace('ž', "zh")).into()
}

/// A plain word as consonants and groups of vowels, each in one spelling.
fn sounds(word: &str) -> Vec<Cow<'_, str>> {
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
    let mut sounds: Vec<Cow<'_, str>> = Vec::with_capacity(word.len());
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let is_next = |written: &str| written.starts_with(c) && rest.starts_with(written);
        let (taken, sound) = match CONSONANTS.iter().find(|(written, _)| is_next(written)) {
            Some((written, sound)) => (written.len(), Cow::Borrowed(*sound)),
            None if is_vowel(&rest[..1]) => {
                let end = rest.find(|c: char| !"aeiouy".contains(c)).unwrap_or(rest.len());
                (end, vowels(&rest[..end]))
            }
            None if c == 'c' && !rest[1..].starts_with(['e', 'i', 'y']) => (1, "k".into()),
            None if c == 'j' => (1, "J".into()),
            None => (1, rest[..1].into()),
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
fn vowels(group: &str) -> Cow<'_, str> {
    if group.len() == 1 {
        return if group == "y" { "i".into() } else { group.into() };
    }
    let mut letters: Vec<char> = group.chars().map(|c| if c == 'y' { 'i' } else { c }).collect();
    letters.dedup();
    let text: String = letters.into_iter().collect();
    match text.as_str() {
        "ie" | "ei" | "ai" => "i".into(),
        _ => text.into(),
    }
}

/// Vowels that transliterations put for each other.
fn are_close(x: &str, y: &str) -> bool {
    const CLOSE: [[&str; 2]; 5] = [["a", "e"], ["a", "o"], ["e", "i"], ["o", "u"], ["o", "ou"]];
    CLOSE.iter().any(|pair| *pair == [x, y] || *pair == [y, x])
}
