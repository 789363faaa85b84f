//! How many independent origins a statement's carriers have: forty reprints of one item are one.
//!
//! In: which documents are one item, told pair by pair ([`Items::join`]), and whose copy each carries. Out: the number of
//! different ones among some documents. Two documents are one item where each is nearly all in the other, or the later one
//! nearly all in the earlier; what only contains a short statement stays an item of its own. Carriers that name the same
//! agency are one origin for the statement they share, whatever else they hold.
//!
//! Being one item is passed on along chains, as reprints of reprints are. Cost: linear, but for a factor that stays below
//! five.

use std::collections::BTreeMap;

/// Documents grouped into items.
#[derive(Clone, Debug)]
pub struct Items {
    parent: Vec<u32>,
}

impl Items {
    /// `n` documents, each an item of its own.
    #[must_use]
    pub fn new(n: usize) -> Items {
        Items { parent: (0..n as u32).collect() }
    }

    /// Notes that `a` and `b` are one item.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.item(a), self.item(b));
        // The smaller one stands for both, so that the order of joins does not matter.
        self.parent[a.max(b) as usize] = a.min(b);
    }

    /// The document that stands for the item of `document`.
    pub fn item(&mut self, document: usize) -> u32 {
        let mut at = document;
        while self.parent[at] as usize != at {
            self.parent[at] = self.parent[self.parent[at] as usize];
            at = self.parent[at] as usize;
        }
        at as u32
    }

    /// Independent origins of `documents`, each given with the agencies that it names.
    pub fn n_origins<'n>(&mut self, documents: impl Iterator<Item = (usize, &'n [u32])>) -> u32 {
        let mut origins = Items::new(0);
        let mut places: BTreeMap<(bool, u32), usize> = BTreeMap::new();
        let mut place = |key, origins: &mut Items| {
            *places.entry(key).or_insert_with(|| {
                origins.parent.push(origins.parent.len() as u32);
                origins.parent.len() - 1
            })
        };
        for (document, agencies) in documents {
            let item = place((false, self.item(document)), &mut origins);
            for &agency in agencies {
                let agency = place((true, agency), &mut origins);
                origins.join(item, agency);
            }
        }
        (0..origins.parent.len()).filter(|&at| origins.item(at) as usize == at).count() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forty_reprints_are_one_origin() {
        let mut items = Items::new(43);
        (1..40).for_each(|reprint| items.join(reprint - 1, reprint));
        let none: &[u32] = &[];
        assert_eq!(items.n_origins((0..40).map(|it| (it, none))), 1);
        assert_eq!(items.n_origins((0..43).map(|it| (it, none))), 4);
        assert_eq!(items.n_origins(std::iter::empty()), 0);
    }

    #[test]
    fn carriers_of_one_agency_are_one_origin() {
        let mut items = Items::new(6);
        let (none, wire, both): (&[u32], &[u32], &[u32]) = (&[], &[7], &[7, 8]);
        let carriers = [(0, none), (1, wire), (2, wire), (3, both), (4, &[8]), (5, none)];
        assert_eq!(items.n_origins(carriers.into_iter()), 3);
        // A document twice is one all the same.
        assert_eq!(items.n_origins([(1, wire), (1, wire)].into_iter()), 1);
    }

    proptest::proptest! {
        /// The slow twin: groups merged until none has a link to another.
        #[test]
        fn items_are_what_links_connect(links in proptest::collection::vec((0_usize..12, 0_usize..12), 0..16)) {
            let mut items = Items::new(12);
            links.iter().for_each(|&(a, b)| items.join(a, b));
            let mut label: Vec<usize> = (0..12).collect();
            for _ in 0..12 {
                for &(a, b) in &links {
                    let low = label[a].min(label[b]);
                    (label[a], label[b]) = (low, low);
                }
            }
            for (document, &label) in label.iter().enumerate() {
                proptest::prop_assert_eq!(items.item(document) as usize, label);
            }
        }
    }
}
