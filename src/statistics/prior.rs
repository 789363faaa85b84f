//! Surprisal where no table helps: numbers, character grams, words of languages without a table, and words that a
//! small table lacks.
//!
//! All results are in eighths of a bit. The constants are means by token over the six corpora behind the English
//! table, rounded down, as printed by `cargo run --release --example background`.

/// A function word of a language without a table: 6.9 bits in English, where a list of two hundred covers 41 % of the
/// tokens; lists of other languages are shorter, so a bit less.
const STOP: u8 = 6 * 8;

/// A word of a language without a table but with a list of function words, by its number of letters after folding
/// and stemming, when the list lacks it: 11.5 bits and a quarter more a letter, at most 15.
///
/// English: 12.3 bits at three letters, 12.4 at five, 13.3 at eight, 14.4 at twelve.
#[must_use]
pub fn content_word(letters: usize) -> u8 {
    let quarters = u8::try_from(letters.min(14)).unwrap_or(14);
    92 + 2 * quarters
}

/// A function word of a language without a table.
#[must_use]
pub fn function_word() -> u8 {
    STOP
}

/// A word of a language without table and list, by its number of letters after folding: short ones may be function
/// words.
///
/// English, function words included: 7 bits up to three letters, 10 at four, 12 at five, 13 to 14 beyond.
#[must_use]
pub fn any_word(letters: usize) -> u8 {
    const BITS: [u8; 6] = [7, 7, 7, 7, 10, 12];
    BITS.get(letters).map_or_else(|| content_word(letters), |bits| bits * 8)
}

/// A number in its folded form, by its digits and what follows them.
///
/// The means of the six corpora behind the English table, by token: a year of today 11 bits; otherwise 12 bits for
/// one digit, 14 for two, 17 for three and four, 20 for more. Letters (`10th`, `3.5bn`) add nothing.
#[must_use]
pub fn number(folded: &str) -> u8 {
    const BITS: [u8; 5] = [12, 12, 14, 17, 17];
    let is_year = matches!(
        folded.as_bytes(),
        [b'1', b'9', b'0'..=b'9', b'0'..=b'9'] | [b'2', b'0', b'0'..=b'9', b'0'..=b'9']
    );
    let digits = folded.chars().filter(|c| c.is_ascii_digit()).count();
    8 * if is_year { 11 } else { BITS.get(digits).copied().unwrap_or(20) }
}

/// One character of a run written without spaces, matched together with its successor.
///
/// Consecutive grams overlap, so each adds only what the next character tells given this one: about 6 bits for
/// ideographs (some 3,000 in use), about 4 for the syllabaries and alphabets of 40 to 90 letters.
#[must_use]
pub fn gram(ideograph: bool) -> u8 {
    if ideograph { 6 * 8 } else { 4 * 8 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_is_rarer_up_to_a_bound() {
        assert_eq!([0, 1, 4, 8, 14, 1000].map(content_word), [92, 94, 100, 108, 120, 120]);
        assert_eq!([0, 1, 3, 4, 5, 6, 1000].map(any_word), [56, 56, 56, 80, 96, 104, 120]);
        let numbers: Vec<u8> = ["5", "10th", "150", "1500", "2023", "192.168.0.1"].map(number).into();
        assert_eq!(numbers, [96, 112, 136, 136, 88, 160]);
        assert!(function_word() < any_word(1) && gram(false) < gram(true));
    }
}
