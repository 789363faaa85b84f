//! What an index tells of a document without its text or its row.

use crate::index::row::MOST_SECONDS;
use crate::model::{Precision, Published};
use crate::store::Record;
use crate::store::codec::{get_bytes, get_fixed};

/// Bytes of a digest.
pub(super) const DIGEST_BYTES: usize = 56;

/// What is known of a document without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest {
    /// Derived from its stems.
    pub content: u64,
    /// Derived from its words: equal for exact copies.
    pub wording: u64,
    /// Derived from its name.
    pub name: u64,
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
    pub(super) start: u32,
    /// Bytes stored.
    pub(super) bytes: u32,
}

impl Record for Digest {
    fn put(&self, out: &mut Vec<u8>) {
        [self.content, self.wording, self.name].iter().for_each(|it| out.extend(it.to_le_bytes()));
        let seconds = self.published.map_or(0, |it| it.seconds);
        out.extend(seconds.to_le_bytes());
        out.extend(self.n_words.to_le_bytes());
        let kind = self.published.map_or(0, |it| 1 + it.precision as u8 * 2 + u8::from(it.zone_known));
        out.extend([kind, u8::from(self.has_language), 0, 0]);
        out.extend(self.text.at.to_le_bytes());
        out.extend(self.text.start.to_le_bytes());
        out.extend(self.text.bytes.to_le_bytes());
    }

    fn get(from: &mut &[u8]) -> Option<Digest> {
        let (content, wording, name) = (get_fixed(from)?, get_fixed(from)?, get_fixed(from)?);
        let seconds = get_fixed(from).map(|it| it as i64).filter(|it| it.unsigned_abs() <= MOST_SECONDS)?;
        let [n0, n1, n2, n3, kind, has_language @ (0 | 1), 0, 0] = get_bytes(8, from)? else { return None };
        let published = match kind.checked_sub(1) {
            None => None,
            Some(kind) => {
                use Precision::{Day, Minute, Month, Second, Year};
                let precision = *[Year, Month, Day, Minute, Second].get(usize::from(kind / 2))?;
                Some(Published { seconds, precision, zone_known: kind % 2 == 1 })
            }
        };
        let (at, within) = (get_fixed(from)?, get_fixed(from)?);
        Some(Digest {
            content,
            wording,
            name,
            published,
            n_words: u32::from_le_bytes([*n0, *n1, *n2, *n3]),
            has_language: *has_language == 1,
            text: TextPlace { at, start: within as u32, bytes: (within >> 32) as u32 },
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MOST: i64 = MOST_SECONDS as i64;

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
            numbers in any::<[u64; 4]>(), places in any::<[u32; 3]>(), published in published(), has_language: bool,
        ) {
            let [content, wording, name, at] = numbers;
            let [n_words, start, bytes] = places;
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
