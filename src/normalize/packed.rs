//! Short words as numbers, and a table of what is known about them.

/// Highest bit of every byte.
const HIGH: u64 = repeated(0x80);

/// For every length a mask of as many bytes, in two halves.
const MASKS: [[u64; 2]; 16] = {
    let mut masks = [[0; 2]; 16];
    let mut len = 1;
    while len < 16 {
        masks[len] = masks[len - 1];
        let half = &mut masks[len][(len - 1) / 8];
        *half = *half << 8 | 0xff;
        len += 1;
    }
    masks
};

const fn repeated(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// A word of 1 to 15 bytes as a number, in two halves: its bytes and, in the highest byte, their count. Zero stands for
/// none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Packed {
    low: u64,
    high: u64,
}

impl Packed {
    /// No word at all, and no empty slot either.
    pub(crate) const NONE: Packed = Packed { low: u64::MAX, high: u64::MAX };

    /// The bytes `start..end`, unless they are too many.
    #[inline]
    pub(crate) fn new(bytes: &[u8], start: usize, end: usize) -> Option<Packed> {
        let len = end - start;
        let [low, high] = *MASKS.get(len)?;
        // Most words have sixteen bytes of text from their start on, which load faster than a few.
        let halves = match bytes[start..].first_chunk::<16>() {
            Some(chunk) => u128::from_le_bytes(*chunk),
            None => {
                let mut buffer = [0; 16];
                buffer[..len].copy_from_slice(&bytes[start..end]);
                u128::from_le_bytes(buffer)
            }
        };
        Some(Packed { low: halves as u64 & low, high: (halves >> 64) as u64 & high | (len as u64) << 56 })
    }

    /// Whether all of its bytes are ASCII.
    #[inline]
    pub(crate) fn is_ascii(self) -> bool {
        (self.low | self.high) & HIGH == 0
    }

    /// A word of ASCII letters and digits in small letters, and whether its first letter is a capital.
    #[inline]
    pub(crate) fn to_lower(self) -> (Packed, bool) {
        // Byte by byte, without carries: bytes are below 128, and so is the count.
        let at_least = |half: u64, byte: u8| (half + repeated(0x80 - byte)) & HIGH;
        let letters = at_least(self.low, b'A');
        let capitals = letters & !at_least(self.low, b'Z' + 1);
        let more_letters = at_least(self.high, b'A');
        let more_capitals = more_letters & !at_least(self.high, b'Z' + 1);
        let first_is = |letters: u64, capitals: u64| letters & letters.wrapping_neg() & capitals != 0;
        let is_capital =
            if letters == 0 { first_is(more_letters, more_capitals) } else { first_is(letters, capitals) };
        let lower = Packed { low: self.low | capitals >> 2, high: self.high | more_capitals >> 2 };
        (lower, is_capital)
    }

    /// Its bytes in a buffer, and how many they are.
    pub(crate) fn bytes(self) -> ([u8; 16], usize) {
        let mut bytes = (u128::from(self.high) << 64 | u128::from(self.low)).to_le_bytes();
        let len = usize::from(std::mem::take(&mut bytes[15]));
        (bytes, len)
    }
}

/// Two words in a cache line of their own: a look-up reads one line, and which of the two it is costs no branch.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Bucket<V> {
    words: [Packed; 2],
    values: [V; 2],
}

/// Open addressing over packed words, exact: a slot holds the whole word, not its hash.
///
/// A probe looks at [`MAX_PROBED`] buckets at most and then forgets a word, so that no choice of words makes it slow.
#[derive(Debug)]
pub(crate) struct Table<V> {
    buckets: Vec<Bucket<V>>,
    n_used: usize,
}

const MAX_PROBED: usize = 4;
const MIN_BUCKETS: usize = 1 << 9;

/// At 64 bytes each 16 MiB, of keys and weights. The 300,000 words of a hundred megabytes of news still fit; half of that
/// had words forgotten and stemmed again.
const MAX_BUCKETS: usize = 1 << 18;

impl<V: Copy + Default> Table<V> {
    /// A table that grows from a few kilobytes on.
    pub(crate) fn new() -> Table<V> {
        Table::with_buckets(MIN_BUCKETS)
    }

    fn with_buckets(n_buckets: usize) -> Table<V> {
        Table { buckets: vec![Bucket::default(); n_buckets], n_used: 0 }
    }

    /// A table that holds all of these words, which differ.
    pub(crate) fn of(words: &[(Packed, V)]) -> Table<V> {
        let mut table = Table::with_buckets(words.len().next_power_of_two());
        loop {
            words.iter().for_each(|&(word, value)| table.place(word, value));
            if table.n_used == words.len() {
                return table;
            }
            table = Table::with_buckets(table.buckets.len() * 2);
        }
    }

    /// What is known about a word.
    #[inline]
    pub(crate) fn get(&self, word: Packed) -> Option<V> {
        let home = self.home(word);
        // Buckets fill from the first slot on and are never emptied.
        self.get_at(home, word).or_else(|| {
            if self.buckets[home].words[1] == Packed::default() { None } else { self.get_beyond(word, home) }
        })
    }

    /// What is known about a word, if it stands in this bucket.
    #[inline]
    pub(crate) fn get_at(&self, home: usize, word: Packed) -> Option<V> {
        let bucket = &self.buckets[home];
        let second = usize::from(bucket.words[1] == word);
        (bucket.words[second] == word).then(|| bucket.values[second])
    }

    /// Loads a bucket; what it returns says nothing.
    #[inline]
    pub(crate) fn touch(&self, home: usize) -> u64 {
        self.buckets[home].words[1].high
    }

    fn get_beyond(&self, word: Packed, home: usize) -> Option<V> {
        self.probed(home).skip(1).find_map(|at| {
            let bucket = &self.buckets[at];
            let slot = bucket.words.iter().position(|&found| found == word)?;
            Some(bucket.values[slot])
        })
    }

    /// Remembers a word that [`Table::get`] did not find.
    pub(crate) fn insert(&mut self, word: Packed, value: V) {
        if self.n_used > self.buckets.len() && self.buckets.len() < MAX_BUCKETS {
            let larger = vec![Bucket::default(); self.buckets.len() * 2];
            let old = std::mem::replace(&mut self.buckets, larger);
            self.n_used = 0;
            for bucket in old {
                for (word, value) in bucket.words.into_iter().zip(bucket.values) {
                    if word != Packed::default() {
                        self.place(word, value);
                    }
                }
            }
        }
        self.place(word, value);
    }

    fn place(&mut self, word: Packed, value: V) {
        let home = self.home(word);
        let free = self.probed(home).find_map(|at| {
            let slot = self.buckets[at].words.iter().position(|&found| found == Packed::default())?;
            Some((at, slot))
        });
        self.n_used += usize::from(free.is_some());
        let (at, slot) = free.unwrap_or((home, 0));
        self.buckets[at].words[slot] = word;
        self.buckets[at].values[slot] = value;
    }

    fn probed(&self, home: usize) -> impl Iterator<Item = usize> + use<V> {
        let mask = self.buckets.len() - 1;
        (0..MAX_PROBED).map(move |step| (home + step) & mask)
    }

    /// The bucket where a word is looked for first.
    #[inline]
    pub(crate) fn home(&self, word: Packed) -> usize {
        let (low, high) = (word.low ^ 0x9e37_79b9_7f4a_7c15, word.high ^ 0xd1b5_4a32_d192_ed03);
        let product = u128::from(low) * u128::from(high);
        (product as u64 ^ (product >> 64) as u64) as usize & (self.buckets.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn packed(word: &str) -> Packed {
        Packed::new(word.as_bytes(), 0, word.len()).unwrap()
    }

    #[test]
    fn words_of_sixteen_bytes_are_not_packed() {
        let text = "sixteen bytes it.";
        assert!(
            Packed::new(text.as_bytes(), 0, 16).is_none() && Packed::new(text.as_bytes(), 1, 16).is_some()
        );
    }

    #[test]
    fn a_table_of_given_words_holds_all_of_them_and_no_other() {
        let words: Vec<(Packed, u32)> = (0..5000).map(|n| (packed(&format!("w{n}")), n)).collect();
        let table = Table::of(&words);
        assert!(words.iter().all(|&(word, n)| table.get(word) == Some(n)));
        assert!((5000..9999).all(|n| table.get(packed(&format!("w{n}"))).is_none()));
    }

    #[test]
    fn a_table_that_grows_forgets_little_and_mistakes_nothing() {
        let mut table = Table::new();
        for n in 0..100_000_u32 {
            table.insert(packed(&n.to_string()), n);
        }
        let found: Vec<u32> = (0..100_000).filter_map(|n| table.get(packed(&n.to_string()))).collect();
        assert!(found.len() > 99_000 && found.is_sorted_by(|a, b| a < b), "{}", found.len());
    }

    proptest! {
        #[test]
        fn a_packed_word_has_its_bytes_and_case(text in "[a-zA-Z0-9]{1,15}", before in 0_usize..3, after in 0_usize..20) {
            let whole = format!("{}{text}{}", "x".repeat(before), "Y".repeat(after));
            let word = Packed::new(whole.as_bytes(), before, before + text.len()).unwrap();
            let (bytes, len) = word.bytes();
            prop_assert_eq!(&bytes[..len], text.as_bytes());
            let (lower, is_capital) = word.to_lower();
            prop_assert_eq!(lower, packed(&text.to_ascii_lowercase()));
            let first = text.chars().find(char::is_ascii_alphabetic);
            prop_assert_eq!(is_capital, first.is_some_and(|c| c.is_ascii_uppercase()));
        }

        /// The slow twin is a map; a word forgotten is no error, a wrong value is.
        #[test]
        fn a_table_tells_what_it_was_told(words in prop::collection::vec("[a-c]{1,3}", 0..80)) {
            let (mut table, mut slow) = (Table::new(), BTreeMap::new());
            for (n, word) in words.iter().enumerate() {
                prop_assert_eq!(table.get(packed(word)), slow.get(word).copied());
                if slow.insert(word.clone(), n).is_none() {
                    table.insert(packed(word), n);
                } else {
                    slow.insert(word.clone(), table.get(packed(word)).unwrap());
                }
            }
        }
    }
}
