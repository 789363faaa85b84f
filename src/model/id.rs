//! Identifiers: dense ones inside a run, content-derived ones in files.

use std::fmt;

/// Identifies one document of a run; dense, starting at zero, in the order of document names.
///
/// Stable for one run over the same inputs, meaningless across runs: files carry the document's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(u32);

impl DocId {
    /// The document at place `index` of the run's documents.
    ///
    /// # Panics
    ///
    /// Panics at 2³² documents, which the reader refuses long before.
    #[must_use]
    pub fn new(index: usize) -> DocId {
        DocId(u32::try_from(index).expect("the reader admits fewer than 2^32 documents"))
    }

    /// The document's place among the run's documents.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An identifier derived from content alone: equal on every machine, run and thread count.
///
/// Written as sixteen hexadecimal digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StableId(pub u64);

impl StableId {
    /// What precedes the digits wherever an identifier is shown. It names the version of the derivation, so that
    /// identifiers of different versions never meet by chance.
    pub const PREFIX: &str = "wc1-";

    /// The identifier as outputs show it.
    #[must_use]
    pub fn public(self) -> String {
        format!("{}{self}", StableId::PREFIX)
    }

    /// Reads an identifier as outputs show it, in either case, with or without its prefix.
    #[must_use]
    pub fn from_public(text: &str) -> Option<StableId> {
        let text = text.to_ascii_lowercase();
        let digits = text.strip_prefix(StableId::PREFIX).unwrap_or(&text);
        let plain = digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        plain.then(|| u64::from_str_radix(digits, 16).ok().map(StableId)).flatten()
    }
}

impl fmt::Display for StableId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_identifiers_read_back() {
        for id in [0, 0xabc, u64::MAX] {
            assert_eq!(StableId::from_public(&StableId(id).public()), Some(StableId(id)));
        }
        assert_eq!(StableId::from_public("WC1-0000000000000ABC"), Some(StableId(0xabc)));
        assert_eq!(StableId::from_public("0000000000000abc"), Some(StableId(0xabc)));
        for text in
            ["", "wc1-", "wc1-abc", "wc2-0000000000000abc", "wc1-+000000000000abc", "wc1-00000000000000abc"]
        {
            assert_eq!(StableId::from_public(text), None, "{text}");
        }
    }
}
