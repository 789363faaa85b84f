//! Writings that differ by no more than a machine that reads print gets wrong.

use crate::edits::Side;
use crate::edits::folded::folded;

/// Letters for each of which one may be misread: `Bcssurnhinn` for `Bessarabian`. Of a number any figure may be, and one that
/// is misread looks like any other, so that `12` for `15` tells nothing.
const PER_ERROR: usize = 2;

/// Longest writing that is compared, in letters: longer ones are no names, and comparing takes the square of their length.
const LONGEST: usize = 64;

/// Whether `x` is what a machine may have read for `y`: the same letters and digits, whatever stands between them, but for
/// one in [`PER_ERROR`] that is another, missing or too many, and at least one.
pub(super) fn are_misread(x: &str, y: &str) -> bool {
    let (x, y) = (plain(x), plain(y));
    let most = (x.len().max(y.len()) / PER_ERROR).max(1);
    x.len().max(y.len()) <= LONGEST && x.len().abs_diff(y.len()) <= most && distance(&x, &y) <= most
}

/// Fewest letters of a name of which one may be misprinted: `Iran` is not `Iraq`.
const LEAST_PRINTED: usize = 6;

/// Whether two names are one but for a letter that is another, missing, too many or in the place of its neighbour, the first aside:
/// `Birkwood` is not `Kirkwood`.
pub(super) fn are_misprinted(x: &[char], y: &[char]) -> bool {
    let swapped = || {
        let differ: Vec<usize> = (0..x.len()).filter(|&at| x[at] != y[at]).collect();
        matches!(differ[..], [i, j] if j == i + 1 && x[i] == y[j] && x[j] == y[i])
    };
    x.len().min(y.len()) >= LEAST_PRINTED
        && x[0] == y[0]
        && (distance(x, y) <= 1 || x.len() == y.len() && swapped())
}

/// Its letters and digits, small, whatever stands between them, as far as they are looked at.
pub(super) fn plain(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(LONGEST + 1).collect()
}

/// Letters of a word for each of which one may differ in its echo, and the most that may.
const PER_SLIP: usize = 3;
const MOST_SLIPS: usize = 2;

/// Fewest letters of a word that is looked for so: half of the short ones are like another.
const LEAST_ECHOED: usize = 5;

/// Whether `words` of the other text have the word `at` of `side`, or one that is hardly another: `arcording` for `according`,
/// `continue` for `continued`, `beli eved` for `believed`.
pub(super) fn is_echoed(
    (side, at): (Side<'_>, u32),
    other: Side<'_>,
    mut words: impl Iterator<Item = u32>,
) -> bool {
    let letters = |side: Side<'_>, at: u32| -> Vec<char> {
        let word = folded(&side.text[side.tokens.bytes(at as usize).range()]);
        word.as_str().chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let sought = letters(side, at);
    if sought.len() < LEAST_ECHOED {
        return false;
    }
    let most = (sought.len() / PER_SLIP).min(MOST_SLIPS);
    let is_echo =
        |word: &[char]| word.len().abs_diff(sought.len()) <= most && distance(word, &sought) <= most;
    let mut before: Vec<char> = Vec::new();
    words.any(|at| {
        let word = letters(other, at);
        before.extend(&word);
        let found = is_echo(&word) || is_echo(&before);
        before = word;
        found
    })
}

/// Characters to put in, take out or replace to make `y` of `x`. Cost: the product of their lengths.
pub(crate) fn distance(x: &[char], y: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=y.len()).collect();
    for (i, a) in x.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in y.iter().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[y.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_letters_may_be_misread() {
        let cases = [
            ("Birkwood", "Kirkwood", true),
            ("Jan. 1 1", "Jan. 11", true),
            ("1916", "1910", true),
            ("Mc Adoo", "McAdoo", true),
            ("12", "15", true),
            ("3", "5", true),
            ("A", "H", true),
            ("12", "1500", false),
            ("Lorbsk", "Tarbak", true),
            ("Villa", "Carranza", false),
            ("Wilson", "Hughes", false),
            ("London", "England", false),
            // Too long to be a name.
            (&"kirkwood".repeat(8), &"kirkwood".repeat(8), true),
            (&"kirkwood".repeat(9), &"kirkwood".repeat(9), false),
        ];
        for (x, y, expected) in cases {
            assert_eq!((are_misread(x, y), are_misread(y, x)), (expected, expected), "{x} {y}");
        }
    }
}
