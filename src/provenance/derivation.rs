//! How much of a document derives from others in this corpus, in the three degrees of the METER corpus (Gaizauskas et al.
//! 2001): wholly, partly, not.
//!
//! In: the share of a document's words that lie in passages with documents it can have drawn on: those that appeared before
//! it and, where no order is known, all. METER's editors judged by reading; by share, "wholly" is what takes all its content
//! from the source, so no more than an attribution or a sentence may be its own, and one other document has to have most of
//! it: what takes a paragraph each from four is its own text. Rewriting leaves words that match nothing, but passages span
//! them. "Not" are a few words: METER's unrelated articles on one event share names and figures.

use crate::model::Derivation;

/// Share from which a document is wholly derived: that from which two documents are versions of one text.
pub const WHOLLY: f64 = 0.8;

/// Share of it that one other document has to hold.
pub const ONE_HOLDS: f64 = 0.5;

/// Share from which it is partly derived.
pub const PARTLY: f64 = 0.05;

/// Words from which it is, whatever the share: a paragraph of a long article.
pub const PARTLY_WORDS: u32 = 50;

/// The degree of a document of which `words`, `share` of all its own, are in others that it can have drawn on; and the fact,
/// where it is any. `largest` is the one that holds most of it, and the share that this one matches.
#[must_use]
pub fn derivation(words: u32, share: f64, largest: Option<(&str, f64)>) -> (Derivation, String) {
    let of_one = largest.map_or(0.0, |(_, share)| share);
    let degree = match () {
        () if words == 0 => Derivation::Not,
        () if share >= WHOLLY && of_one >= ONE_HOLDS => Derivation::Wholly,
        () if share >= PARTLY || words >= PARTLY_WORDS => Derivation::Partly,
        () => Derivation::Not,
    };
    if degree == Derivation::Not {
        return (degree, String::new());
    }
    let most = largest.map(|(name, _)| format!(", most with {name}")).unwrap_or_default();
    (
        degree,
        format!("{:.0} % of its words ({words}) are in others not known to be later{most}", share * 100.0),
    )
}
