//! Writings that differ by no more than a machine that reads print gets wrong.

/// Letters for each of which one may be misread: `Birkwood` for `Kirkwood`, not `12` for `15`.
const PER_ERROR: usize = 4;

/// Longest writing that is compared, in letters: longer ones are no names, and comparing takes the square of their length.
const LONGEST: usize = 64;

/// Whether `x` is what a machine may have read for `y`: the same letters and digits, whatever stands between them, but for
/// one in [`PER_ERROR`] that is another, missing or too many.
pub(super) fn are_misread(x: &str, y: &str) -> bool {
    let plain = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(LONGEST + 1).collect()
    };
    let (x, y) = (plain(x), plain(y));
    let most = x.len().max(y.len()) / PER_ERROR;
    x.len().max(y.len()) <= LONGEST && x.len().abs_diff(y.len()) <= most && distance(&x, &y) <= most
}

/// Characters to put in, take out or replace to make `y` of `x`.
fn distance(x: &[char], y: &[char]) -> usize {
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
    fn one_letter_in_four_may_be_misread() {
        let cases = [
            ("Birkwood", "Kirkwood", true),
            ("Jan. 1 1", "Jan. 11", true),
            ("1916", "1910", true),
            ("Mc Adoo", "McAdoo", true),
            ("12", "15", false),
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
