//! What an index tells of a document without its text or its row.

use crate::model::{Precision, Published};
use crate::store::Record;
use crate::store::codec::{get_bytes, get_fixed};

/// Bytes of a digest.
pub(super) const DIGEST_BYTES: usize = 43;

/// Bytes of times and of places in a file: enough for four million years, and for 280 terabytes.
const SHORT: usize = 6;

/// What is known of a document without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest {
    /// Derived from its stems.
    pub content: u64,
    /// Derived from its words: equal for exact copies.
    pub wording: u64,
    /// Derived from its name: tells apart documents of the same stems.
    pub name: u32,
    /// When it was published.
    pub published: Option<Published>,
    /// Its tokens.
    pub n_words: u32,
    /// Whether it declares a language.
    pub has_language: bool,
    /// Where its text stands, once it does.
    pub text: TextPlace,
}

/// Where the text of a document stands in its segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextPlace {
    /// Where its block begins.
    pub(super) at: u64,
    /// First byte in the block.
    pub(super) start: u16,
    /// Bytes stored.
    pub(super) bytes: u32,
}

impl Record for Digest {
    fn put(&self, out: &mut Vec<u8>) {
        [self.content, self.wording].iter().for_each(|it| out.extend(it.to_le_bytes()));
        out.extend(self.name.to_le_bytes());
        // Six bytes of a number with sign: the upper ones repeat the sign.
        let seconds = self.published.map_or(0, |it| it.seconds);
        out.extend(&seconds.to_le_bytes()[..SHORT]);
        out.extend(self.n_words.to_le_bytes());
        let kind = self.published.map_or(0, |it| 1 + it.precision as u8 * 2 + u8::from(it.zone_known));
        out.push(kind * 2 + u8::from(self.has_language));
        out.extend(&self.text.at.to_le_bytes()[..SHORT]);
        out.extend(self.text.start.to_le_bytes());
        out.extend(self.text.bytes.to_le_bytes());
    }

    fn get(from: &mut &[u8]) -> Option<Digest> {
        let (content, wording) = (get_fixed(from)?, get_fixed(from)?);
        let name = get_whole(4, from)? as u32;
        let seconds = (get_whole(SHORT, from)? << 16) as i64 >> 16;
        let n_words = get_whole(4, from)? as u32;
        let [kind] = get_bytes(1, from)? else { return None };
        let published = match (kind / 2).checked_sub(1) {
            None => None,
            Some(kind) => {
                use Precision::{Day, Minute, Month, Second, Year};
                let precision = *[Year, Month, Day, Minute, Second].get(usize::from(kind / 2))?;
                Some(Published { seconds, precision, zone_known: kind % 2 == 1 })
            }
        };
        let at = get_whole(SHORT, from)?;
        let start = get_whole(2, from)? as u16;
        let bytes = get_whole(4, from)? as u32;
        let has_language = kind % 2 == 1;
        Some(Digest {
            content,
            wording,
            name,
            published,
            n_words,
            has_language,
            text: TextPlace { at, start, bytes },
        })
    }
}

/// Takes `n` bytes, at most eight, as a number.
fn get_whole(n: usize, from: &mut &[u8]) -> Option<u64> {
    let mut eight = [0; 8];
    eight[..n].copy_from_slice(get_bytes(n, from)?);
    Some(u64::from_le_bytes(eight))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MOST: i64 = crate::index::row::MOST_SECONDS as i64;

    fn published() -> impl Strategy<Value = Option<Published>> {
        use Precision::{Day, Minute, Month, Second, Year};
        let precision = prop::sample::select(vec![Year, Month, Day, Minute, Second]);
        prop::option::of(
            (-MOST..=MOST, precision, any::<bool>()).prop_map(|(seconds, precision, zone_known)| Published {
                seconds,
                precision,
                zone_known,
            }),
        )
    }

    proptest! {
        #[test]
        fn a_digest_comes_back_from_as_many_bytes_as_any_other(
            numbers in any::<[u64; 2]>(), at in 0..1_u64 << 48, start: u16, places in any::<[u32; 3]>(), published in published(), has_language: bool,
        ) {
            let [content, wording] = numbers;
            let [name, n_words, bytes] = places;
            let text = TextPlace { at, start, bytes };
            let digest = Digest { content, wording, name, published, n_words, has_language, text };
            let mut out = Vec::new();
            digest.put(&mut out);
            prop_assert_eq!(out.len(), DIGEST_BYTES);
            prop_assert_eq!(Digest::get(&mut &out[..]), Some(digest));
            prop_assert_eq!(Digest::get(&mut &out[..DIGEST_BYTES - 1]), None);
        }
    }
}
