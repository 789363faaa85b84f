//! How much of a document derives from others in this corpus, in the three degrees of the METER corpus (Gaizauskas et al.
//! 2001): wholly, partly, not.
//!
//! In: the share of a document's words that lie in passages with documents it can have drawn on: those that appeared before
//! it and, where no order is known, all. METER's editors judged by reading; by share, "wholly" is what takes all its content
//! from the source, so no more than an attribution or a sentence may be its own. Rewriting leaves words that match nothing,
//! but passages span them. "Not" are a few words: METER's unrelated articles on one event share names and figures.

use crate::model::Derivation;

/// Share from which a document is wholly derived: that from which two documents are versions of one text.
pub const WHOLLY: f64 = 0.8;

/// Share from which it is partly derived.
pub const PARTLY: f64 = 0.05;

/// Words from which it is, whatever the share: a paragraph of a long article.
pub const PARTLY_WORDS: u32 = 50;

/// The degree of a document of which `words`, `share` of all its own, are in others that it can have drawn on; and the fact,
/// where it is any.
#[must_use]
pub fn derivation(words: u32, share: f64, largest: Option<&str>) -> (Derivation, String) {
    let degree = match () {
        () if words == 0 => Derivation::Not,
        () if share >= WHOLLY => Derivation::Wholly,
        () if share >= PARTLY || words >= PARTLY_WORDS => Derivation::Partly,
        () => Derivation::Not,
    };
    if degree == Derivation::Not {
        return (degree, String::new());
    }
    let most = largest.map(|name| format!(", most with {name}")).unwrap_or_default();
    (
        degree,
        format!("{:.0} % of its words ({words}) are in others not known to be later{most}", share * 100.0),
    )
}
