//! Words as they are compared: folded, without a possessive.

use crate::normalize::fold;

/// A folded word. Short ones, which most are, need no room on the heap.
#[derive(Clone, Debug)]
pub(super) enum Folded<'t> {
    /// As it stands in the text.
    AsGiven(&'t str),
    /// ASCII alone: the bytes, and how many of them count.
    Short([u8; SHORT], u8),
    /// Any other.
    Long(String),
}

/// Bytes of the longest word that is kept in place: as many as a `String` takes.
const SHORT: usize = 22;

impl<'t> Folded<'t> {
    /// Of ASCII characters, at most `most`.
    fn of_ascii(most: usize, ascii: impl Iterator<Item = u8>) -> Folded<'t> {
        if most > SHORT {
            return Folded::Long(ascii.map(char::from).collect());
        }
        let (mut bytes, mut len) = ([0; SHORT], 0);
        for byte in ascii {
            bytes[len] = byte;
            len += 1;
        }
        Folded::Short(bytes, len as u8)
    }

    /// The word.
    pub(super) fn as_str(&self) -> &str {
        match self {
            Folded::AsGiven(text) => text,
            Folded::Short(bytes, len) => {
                std::str::from_utf8(&bytes[..usize::from(*len)]).expect("what is kept in place is ASCII")
            }
            Folded::Long(text) => text,
        }
    }
}

/// Folds a word; what most words and numbers fold to is told without [`fold`].
pub(super) fn folded(raw: &str) -> Folded<'_> {
    let bytes = raw.as_bytes();
    if bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Folded::AsGiven(raw);
    }
    if is_plain(raw) {
        return Folded::of_ascii(bytes.len(), bytes.iter().map(u8::to_ascii_lowercase));
    }
    if bytes[0].is_ascii_digit() {
        if is_decimal(bytes) {
            return Folded::AsGiven(raw);
        }
        if is_grouped(bytes) {
            return Folded::of_ascii(bytes.len(), bytes.iter().copied().filter(|&b| b != b','));
        }
    }
    let mut text = fold(raw);
    if text.ends_with("'s") {
        text.truncate(text.len() - 2);
    }
    Folded::Long(text)
}

/// Whether a word is folded by making its letters small.
pub(super) fn is_plain(raw: &str) -> bool {
    raw.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn are_digits(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit)
}

/// What stands before the first point, and what after it.
fn at_point(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let point = bytes.iter().position(|&b| b == b'.')?;
    Some((&bytes[..point], &bytes[point + 1..]))
}

/// Whether a word is digits around one point, which is the folded form already.
fn is_decimal(bytes: &[u8]) -> bool {
    at_point(bytes).is_some_and(|(whole, fraction)| are_digits(whole) && are_digits(fraction))
}

/// Whether a word is a number with commas between its thousands, such as `1,000` and `1,000.5`.
fn is_grouped(bytes: &[u8]) -> bool {
    let (whole, fraction) = at_point(bytes).unwrap_or((bytes, b"0"));
    let mut groups = whole.split(|&b| b == b',');
    let first = groups.next().unwrap_or_default();
    are_digits(first)
        && first.len() <= 3
        && first[0] != b'0'
        && first.len() < whole.len()
        && groups.all(|group| are_digits(group) && group.len() == 3)
        && are_digits(fraction)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What [`folded`] says by the long way.
    fn folded_slowly(raw: &str) -> String {
        let text = fold(raw);
        text.strip_suffix("'s").map_or(text.clone(), str::to_owned)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_096))]

        #[test]
        fn numbers_and_words_fold_as_ever(
            raw in "[0-9]{1,4}([,.'][0-9]{2,3}){0,9}[a-z]?|[A-Za-z1.'’é]{1,12}('s)?|[A-Za-z]{20,26}"
        ) {
            let folded = folded(&raw);
            prop_assert_eq!(folded.as_str(), folded_slowly(&raw));
        }
    }
}
