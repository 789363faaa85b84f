//! Exact copies: documents with the same words. One of them stands for all in the engine.

use std::collections::BTreeMap;

use crate::fingerprint::content_hash;
use crate::matching::postings::OrderKey;
use crate::model::{Tokens, TokensOf};
use crate::normalize::{push_folded_word, surface_equal};
use crate::pipeline::scope::Subject;
use crate::store::Library;

/// Which documents are copies of which.
pub(crate) struct Copies {
    /// For each document the one that stands for it: itself, or the first with the same words.
    pub(crate) stand_in: Vec<u32>,
    /// For each document that stands for others, all of them in order, itself first; empty elsewhere.
    pub(crate) groups: BTreeMap<u32, Vec<u32>>,
}

impl Copies {
    /// Groups documents with the same words in the same order; other forms of a word are other words, and so are words of
    /// another language. Texts without a token are copies of nothing.
    pub(crate) fn find(library: &Library, order_keys: &[OrderKey], subject: &Subject) -> Copies {
        let mut stand_in: Vec<u32> = (0..library.len() as u32).collect();
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        if subject.folds_copies() {
            let mut by_hash: Vec<u32> =
                (0..library.len() as u32).filter(|&d| library.n_words()[d as usize] > 0).collect();
            by_hash.sort_unstable_by_key(|&d| (order_keys[d as usize].0, d));
            for run in by_hash.chunk_by(|&x, &y| order_keys[x as usize].0 == order_keys[y as usize].0) {
                let mut heads: Vec<u32> = Vec::new();
                for &document in run {
                    let is_copy = |&head: &u32| {
                        let (head, document) = (head as usize, document as usize);
                        subject.same_side(head, document) && same_words(library, head, document)
                    };
                    match heads.iter().copied().find(is_copy) {
                        Some(head) => {
                            stand_in[document as usize] = head;
                            groups.entry(head).or_insert_with(|| vec![head]).push(document);
                        }
                        None => heads.push(document),
                    }
                }
            }
        }
        Copies { stand_in, groups }
    }

    /// The documents that `document` stands for, itself first.
    pub(crate) fn of(&self, document: u32) -> Vec<u32> {
        self.groups.get(&document).cloned().unwrap_or_else(|| vec![document])
    }

    /// Whether each document stands for itself.
    pub(crate) fn standing(&self) -> Vec<bool> {
        self.stand_in.iter().enumerate().map(|(index, &head)| head as usize == index).collect()
    }
}

/// Whether the documents `x` and `y` have the same words, not only the same stems, and these say as much.
fn same_words(library: &Library, x: usize, y: usize) -> bool {
    let (x_text, y_text) = (library.text(x), library.text(y));
    let (x, y) = (library.of(x), library.of(y));
    let surprisals = |tokens: &Tokens| tokens.places.iter().map(|place| place.surprisal).collect::<Vec<u8>>();
    x.keys == y.keys
        && surprisals(&x) == surprisals(&y)
        && (*x_text == *y_text
            || (0..x.len())
                .all(|index| surface_equal(&x_text[x.bytes(index).range()], &y_text[y.bytes(index).range()])))
}

/// A number derived from what makes documents copies of each other: equal for copies, and for others by chance alone.
pub(crate) fn wording(text: &str, tokens: &Tokens) -> u64 {
    let mut words = String::with_capacity(text.len());
    let mut surprisals = Vec::with_capacity(tokens.len());
    for (index, place) in tokens.places.iter().enumerate() {
        push_folded_word(&text[tokens.bytes(index).range()], &mut words);
        words.push(' ');
        surprisals.push(place.surprisal);
    }
    content_hash(&[words.as_bytes(), &surprisals])
}
