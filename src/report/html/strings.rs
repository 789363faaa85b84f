//! Strings that stand once in a list and are named by their place.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

/// A list without repeats, in the order in which its strings were first asked for.
#[derive(Default)]
pub(super) struct Strings {
    list: Vec<String>,
    places: BTreeMap<String, u32>,
}

impl Strings {
    /// The place of `text`, which is added if it is new.
    pub(super) fn place(&mut self, text: &str) -> u32 {
        if let Some(&place) = self.places.get(text) {
            return place;
        }
        let place = self.list.len() as u32;
        self.list.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        place
    }
}

impl Serialize for Strings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.list.serialize(serializer)
    }
}

/// The place of `text` in a sorted list, −1 without one.
pub(super) fn place_or_none(sorted: &[&str], text: Option<&str>) -> i64 {
    text.and_then(|text| sorted.binary_search(&text).ok()).map_or(-1, |place| place as i64)
}
