//! Surprisal where no table helps: numbers, character grams, and words of languages without a table.
//!
//! All constants are in eighths of a bit.

/// A function word of a language without a table: the mean of the English stop list, which makes up half of a
/// text with some two hundred words, is 5 to 6 bits by token.
const STOP: u8 = 5 * 8;
/// Shortest content words: as `WORD_BASE` + 1 bit a letter runs through 12 bits at four letters, the English
/// table's mean for words of that length.
const WORD_BASE: u8 = 8 * 8;
const WORD_LETTER: u8 = 8;
const WORD_MAX: u8 = 17 * 8;

/// A word of a language without a table, by its number of letters after folding and stemming.
#[must_use]
pub fn word(letters: usize) -> u8 {
    let letters = u8::try_from(letters).unwrap_or(u8::MAX);
    WORD_BASE.saturating_add(letters.saturating_mul(WORD_LETTER)).min(WORD_MAX)
}

/// A function word of a language without a table.
#[must_use]
pub fn stop_word() -> u8 {
    STOP
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
        let words: Vec<u8> = [1, 4, 9, 10, 1000].map(word).into();
        assert_eq!(words, [72, 96, 136, 136, 136]);
        let numbers: Vec<u8> = ["5", "10th", "150", "1500", "2023", "192.168.0.1"].map(number).into();
        assert_eq!(numbers, [96, 112, 136, 136, 88, 160]);
        assert!(stop_word() < word(1) && gram(false) < gram(true));
    }
}
