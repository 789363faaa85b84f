//! How much of their wording two members share, each word by its weight.
//!
//! A representative is compared with one member after the other, so its words are put in a table once, and the words of a
//! member are looked up in it, in the order in which they stand.

use rapidhash::RapidHashMap;

use crate::cluster::Member;
use crate::model::{Flags, Place, TokensOf};

/// Words of representatives by group: the members of a group come one after another.
#[derive(Default)]
pub(super) struct Representatives {
    of_group: RapidHashMap<usize, Table>,
    /// Slots of all tables.
    n_slots: usize,
    /// What a member has of the words in each slot.
    seen: Vec<Words>,
}

/// Slots kept of representatives, in all: 4 MiB.
const MOST_SLOTS: usize = 1 << 18;

impl Representatives {
    /// The [`cohesion`] of `member` with the representative of `group`.
    pub(super) fn cohesion<D: TokensOf + ?Sized>(
        &mut self,
        documents: &D,
        (group, representative): (usize, Member),
        member: Member,
    ) -> f64 {
        if !self.of_group.contains_key(&group) {
            let table = Table::of(documents, representative);
            self.n_slots += table.slots.len();
            if self.n_slots > MOST_SLOTS {
                self.of_group.clear();
                self.n_slots = table.slots.len();
            }
            self.of_group.insert(group, table);
        }
        self.of_group[&group]
            .cohesion(documents, member, &mut self.seen)
            .unwrap_or_else(|| cohesion(documents, representative, member))
    }
}

/// Some equal words.
#[derive(Clone, Copy, Default)]
struct Words {
    n: u32,
    /// Of each of them.
    weight: u8,
}

/// Words of a member by key, at the first free slot from the one that the lowest bits of the key name.
struct Table {
    slots: Vec<(u64, Words)>,
    /// Weight of all words.
    sum: u64,
    /// Whether some word stands there with several weights.
    is_mixed: bool,
}

impl Table {
    fn of<D: TokensOf + ?Sized>(documents: &D, member: Member) -> Table {
        let tokens = documents.of(member.document as usize);
        let range = member.span.range();
        let slots = vec![(0, Words::default()); (2 * range.len()).next_power_of_two()];
        let mut table = Table { slots, sum: 0, is_mixed: false };
        for (&key, place) in tokens.keys[range.clone()].iter().zip(&tokens.places[range]) {
            let weight = weight_of(place);
            let slot = table.slot(key);
            let (held, words) = &mut table.slots[slot];
            table.is_mixed |= words.n > 0 && words.weight != weight;
            (*held, *words) = (key, Words { n: words.n + 1, weight });
            table.sum += u64::from(weight);
        }
        table
    }

    /// The slot of `key`, or the free one where it is to be put: there is always one, half of them are.
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = key as usize & mask;
        while self.slots[slot].1.n > 0 && self.slots[slot].0 != key {
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// The [`cohesion`] with `member`; `None` where a word that both hold has several weights on one side, since it then
    /// depends on which of them are paired.
    fn cohesion<D: TokensOf + ?Sized>(
        &self,
        documents: &D,
        member: Member,
        seen: &mut Vec<Words>,
    ) -> Option<f64> {
        if self.is_mixed {
            return None;
        }
        seen.clear();
        seen.resize(self.slots.len(), Words::default());
        let tokens = documents.of(member.document as usize);
        let range = member.span.range();
        let (mut shared, mut sum) = (0, 0);
        for (&key, place) in tokens.keys[range.clone()].iter().zip(&tokens.places[range]) {
            let weight = weight_of(place);
            sum += u64::from(weight);
            let slot = self.slot(key);
            let own = self.slots[slot].1;
            if own.n == 0 {
                continue;
            }
            let words = &mut seen[slot];
            if words.n > 0 && words.weight != weight {
                return None;
            }
            *words = Words { n: words.n + 1, weight };
            if words.n <= own.n {
                shared += u64::from(weight.min(own.weight));
            }
        }
        Some(share(shared, self.sum, sum))
    }
}

/// Share of the lighter member's word weight that the other holds too, 0 to 1.
#[must_use]
pub fn cohesion<D: TokensOf + ?Sized>(documents: &D, x: Member, y: Member) -> f64 {
    let (x, y) = (sorted(documents, x), sorted(documents, y));
    let sum = |words: &[(u64, u8)]| words.iter().map(|word| u64::from(word.1)).sum();
    share(shared(&x, &y), sum(&x), sum(&y))
}

fn share(shared: u64, x_sum: u64, y_sum: u64) -> f64 {
    shared as f64 / x_sum.min(y_sum).max(1) as f64
}

/// Keys of a member's tokens with their weights, sorted.
fn sorted<D: TokensOf + ?Sized>(documents: &D, member: Member) -> Vec<(u64, u8)> {
    let tokens = documents.of(member.document as usize);
    let range = member.span.range();
    let words = tokens.keys[range.clone()].iter().zip(&tokens.places[range]);
    let mut words: Vec<(u64, u8)> = words.map(|(&key, place)| (key, weight_of(place))).collect();
    words.sort_unstable();
    words
}

/// Surprisal in eighths of a bit, 8 for a function word.
fn weight_of(place: &Place) -> u8 {
    if place.flags.has(Flags::STOP) { 8 } else { place.surprisal }
}

/// Weight of the keys that two sorted lists have in common, as often as both hold them.
fn shared(x: &[(u64, u8)], y: &[(u64, u8)]) -> u64 {
    let (mut i, mut j, mut sum) = (0, 0, 0);
    while i < x.len() && j < y.len() {
        match x[i].0.cmp(&y[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += u64::from(x[i].1.min(y[j].1));
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Span, Tokens};

    /// Words of few kinds, so that they stand several times; now and then one has another weight than its like.
    fn document() -> impl Strategy<Value = Tokens> {
        let word = (0_u64..12, prop::bool::weighted(0.03), 0_u64..3);
        prop::collection::vec(word, 1..40).prop_map(|words| {
            let place = |&(key, differs, _): &(u64, bool, u64)| Place {
                start: 0,
                len: 1,
                surprisal: if differs { 9 } else { 40 + (key % 5) as u8 },
                flags: if key % 5 == 3 { Flags::STOP } else { Flags::default() },
            };
            // Some keys ask for the same slot.
            let key = |&(key, _, high): &(u64, bool, u64)| key % 5 + (high << 32);
            Tokens { keys: words.iter().map(key).collect(), places: words.iter().map(place).collect() }
        })
    }

    proptest! {
        #[test]
        fn a_table_says_what_sorted_words_say(documents in prop::collection::vec(document(), 2..5)) {
            let member = |document: usize| Member {
                document: document as u32,
                span: Span::new(0, documents[document].len() as u32),
            };
            let mut representatives = Representatives::default();
            let own = member(0);
            for other in (0..documents.len()).map(member) {
                let said = representatives.cohesion(&documents, (0, own), other);
                prop_assert_eq!(said, cohesion(&documents, own, other));
            }
        }
    }
}
