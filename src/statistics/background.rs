//! Built-in tables of word surprisal, one per language.
//!
//! English has two, of news: of words and of the shapes of their letters, 40,000 words and 200 KB each. Thirteen other
//! languages have one of 1,000 to 7,100 words each, 270 KB together, made of free manuals and a game's stories by
//! `cargo run --release --example background -- --language`; `benches/background/languages.rs` tells how and why it is no
//! table of computing. What they tell of everyday words is sound; words they lack keep the prior of their length
//! ([`super::prior`]). An English table made the same way is 0.9 bits off the table of news by token, the prior 1.8:
//! function words 0.5 against 1.9, other words 1.4 against 1.7.

use crate::model::Profile;
use crate::statistics::eighths;

const ENGLISH: &[u8] = include_bytes!("english.bin");
const ENGLISH_SHAPES: &[u8] = include_bytes!("english_shapes.bin");

/// Tables of free texts, for the other languages that have enough of them; by code.
const LANGUAGES: [(&str, &[u8]); 13] = [
    ("ar", include_bytes!("languages/ar.bin")),
    ("de", include_bytes!("languages/de.bin")),
    ("el", include_bytes!("languages/el.bin")),
    ("es", include_bytes!("languages/es.bin")),
    ("fr", include_bytes!("languages/fr.bin")),
    ("it", include_bytes!("languages/it.bin")),
    ("nl", include_bytes!("languages/nl.bin")),
    ("pl", include_bytes!("languages/pl.bin")),
    ("pt", include_bytes!("languages/pt.bin")),
    ("ru", include_bytes!("languages/ru.bin")),
    ("sv", include_bytes!("languages/sv.bin")),
    ("tr", include_bytes!("languages/tr.bin")),
    ("uk", include_bytes!("languages/uk.bin")),
];

/// First bytes of a table: its kind and the version of its format.
const MAGIC: [u8; 4] = *b"wbg1";

/// Magic, surprisal of words not in the table, three zero bytes, number of words.
const HEADER_BYTES: usize = 12;

/// Surprisal of the words of one language.
///
/// Layout of a table, little endian: `wbg1`, the surprisal of absent words or 0, three zero bytes, the number of words
/// n as `u32`, n truncated key hashes as rising `u32`, n surprisals as `u8`. A truncated hash mistakes an absent
/// word for one of 40,000 present ones with probability 10⁻⁵, which costs a few bits of evidence in one word.
#[derive(Clone, Copy, Debug)]
pub struct Background {
    keys: &'static [u8],
    surprisals: &'static [u8],
    rarest: u8,
}

impl Background {
    /// The table of a language, by its two-letter code; of its words, or of their shapes for print read by a machine.
    #[must_use]
    pub fn of(code: &str, profile: Profile) -> Option<Background> {
        match (code, profile) {
            ("en", Profile::News) => Some(Background::parse(ENGLISH)),
            ("en", Profile::Ocr) => Some(Background::parse(ENGLISH_SHAPES)),
            (_, Profile::News) => {
                LANGUAGES.iter().find(|table| table.0 == code).map(|table| Background::parse(table.1))
            }
            _ => None,
        }
    }

    /// Surprisal of the word with this key, in eighths of a bit; `None` when the table lacks it.
    #[must_use]
    pub fn surprisal(&self, key: u64) -> Option<u8> {
        let wanted = truncate(key);
        let (mut low, mut len) = self.neighbourhood(wanted);
        // Halved without a branch: which half it is, is a coin's toss.
        while len > 1 {
            let half = len / 2;
            low += if self.key(low + half) <= wanted { half } else { 0 };
            len -= half;
        }
        (len == 1 && self.key(low) == wanted).then(|| self.surprisals[low])
    }

    /// First place and number of the entries among which a truncated key is, if it is anywhere. Keys are hashes, so
    /// that their size tells their place up to the square root of their number, and rarely twice that.
    fn neighbourhood(&self, wanted: u32) -> (usize, usize) {
        const REACH: usize = 256;
        let n = self.len();
        let guess = ((u64::from(wanted) * n as u64) >> 32) as usize;
        let (low, high) = (guess.saturating_sub(REACH), (guess + REACH).min(n));
        let is_inside = (low == 0 || self.key(low) <= wanted) && (high == n || self.key(high) > wanted);
        if is_inside { (low, high - low) } else { (0, n) }
    }

    /// Surprisal of words the table lacks, in eighths of a bit: the mean of the words that were too rare for it.
    /// `None` if it knows too little of its language to tell.
    #[must_use]
    pub fn rarest(&self) -> Option<u8> {
        (self.rarest > 0).then_some(self.rarest)
    }

    /// Number of words in the table.
    #[must_use]
    pub fn len(&self) -> usize {
        self.surprisals.len()
    }

    /// Whether the table holds no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.surprisals.is_empty()
    }

    /// The bytes of a table, from the bits of absent words (0: unknown) and (key, bits) of the others; the counterpart of the
    /// reader, used by the program that builds tables.
    ///
    /// Of words whose truncated keys are equal, the more frequent one is kept.
    #[must_use]
    pub fn encode(rarest_bits: f64, words: &[(u64, f64)]) -> Vec<u8> {
        let mut entries: Vec<(u32, u8)> =
            words.iter().map(|&(key, bits)| (truncate(key), eighths(bits))).collect();
        entries.sort_unstable();
        entries.dedup_by_key(|entry| entry.0);
        let count = u32::try_from(entries.len()).expect("a table holds fewer than 2^32 words");
        let mut bytes = MAGIC.to_vec();
        bytes.extend([eighths(rarest_bits), 0, 0, 0]);
        bytes.extend(count.to_le_bytes());
        bytes.extend(entries.iter().flat_map(|entry| entry.0.to_le_bytes()));
        bytes.extend(entries.iter().map(|entry| entry.1));
        bytes
    }

    /// What a table holds, from its bytes: keys, of which only the stored half is set, and surprisals in eighths of a
    /// bit. For the program that builds tables.
    pub fn entries(bytes: &[u8]) -> impl Iterator<Item = (u64, u8)> {
        let body = bytes.get(HEADER_BYTES..).unwrap_or_default();
        let (keys, surprisals) = body.split_at(body.len() / 5 * 4);
        let key = |bytes: &[u8]| bytes.iter().rev().fold(0, |key, &byte| key << 8 | u64::from(byte)) << 32;
        keys.chunks_exact(4).map(key).zip(surprisals.iter().copied())
    }

    pub(super) fn parse(bytes: &'static [u8]) -> Background {
        let (header, body) = bytes.split_at(HEADER_BYTES);
        assert!(header.starts_with(&MAGIC), "a built-in table starts with its magic");
        let (keys, surprisals) = body.split_at(body.len() / 5 * 4);
        Background { keys, surprisals, rarest: header[4] }
    }

    /// All surprisals, in order of key.
    #[cfg(test)]
    pub(super) fn surprisals(&self) -> impl Iterator<Item = u8> {
        self.surprisals.iter().copied()
    }

    fn key(&self, index: usize) -> u32 {
        let bytes = &self.keys[index * 4..index * 4 + 4];
        u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
    }
}

/// The part of a key that tables store: its upper half.
fn truncate(key: u64) -> u32 {
    (key >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoded_table_reads_back() {
        let words = [(5 << 32, 3.5), (1 << 32, 10.25), ((5 << 32) | 9, 7.0), (u64::MAX, 40.0)];
        let table = Background::parse(Background::encode(20.0, &words).leak());
        assert_eq!((table.len(), table.rarest()), (3, Some(160)));
        let found: Vec<Option<u8>> =
            [0, 1 << 32, (1 << 32) | 7, 5 << 32, u64::MAX].map(|key| table.surprisal(key)).into();
        assert_eq!(found, [None, Some(82), Some(82), Some(28), Some(255)]);
        let entries: Vec<(u64, u8)> = Background::entries(&Background::encode(20.0, &words)).collect();
        assert_eq!(entries, [(1 << 32, 82), (5 << 32, 28), (u64::from(u32::MAX) << 32, 255)]);
    }

    #[test]
    fn the_english_tables_rise_and_fit_their_budget() {
        for (profile, bytes) in [(Profile::News, ENGLISH), (Profile::Ocr, ENGLISH_SHAPES)] {
            let table = Background::of("en", profile).unwrap();
            assert!((1..table.len()).all(|index| table.key(index - 1) < table.key(index)));
            assert!(bytes.len() <= 250_000, "{} bytes", bytes.len());
        }
    }

    #[test]
    fn the_other_tables_rise_and_fit_their_budget_together() {
        for (code, _) in LANGUAGES {
            let table = Background::of(code, Profile::News).unwrap();
            assert!((1..table.len()).all(|index| table.key(index - 1) < table.key(index)), "{code}");
            assert!((1_000..=8_000).contains(&table.len()), "{code}: {}", table.len());
            // Four bits are said by the most frequent word there is; one that says 17 is as rare as the prior has any.
            assert!(table.surprisals().all(|bits| (4 * 8..=17 * 8).contains(&bits)), "{code}");
            assert_eq!(table.rarest(), None, "{code}");
            assert!(Background::of(code, Profile::Ocr).is_none(), "{code}");
        }
        let bytes: usize = LANGUAGES.iter().map(|table| table.1.len()).sum();
        assert!(bytes <= 300_000, "{bytes} bytes");
    }

    #[test]
    fn a_language_without_a_table_has_none() {
        assert!(Background::of("xx", Profile::News).is_none());
    }
}
