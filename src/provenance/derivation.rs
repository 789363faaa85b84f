//! How much of a document derives from others in this corpus, in the three degrees of the METER corpus (Gaizauskas et al.
//! 2001): wholly, partly, not.
//!
//! In: the share of a document's words that lie in passages with documents that appeared before it, and with all that it can
//! have drawn on, which are those where no order is known too. Out: the degree by what was before; where that is "not" and by
//! all it would be more, nothing tells who drew on whom. METER's editors knew the source and judged by reading; by share,
//! "wholly" is what takes all its content from the source, so no more than an attribution or a sentence may be its own, and
//! one other document has to have most of it: what takes a paragraph each from four is its own text. Rewriting leaves words
//! that match nothing, but passages span them. "Not" are a few words: METER's unrelated articles on one event share names and
//! figures.

use crate::model::Derivation;

/// Share from which a document is wholly derived: that from which two documents are versions of one text.
pub const WHOLLY: f64 = 0.8;

/// Share of it that one other document has to hold.
pub const ONE_HOLDS: f64 = 0.5;

/// Share from which it is partly derived.
pub const PARTLY: f64 = 0.05;

/// Words from which it is, whatever the share: a paragraph of a long article.
pub const PARTLY_WORDS: u32 = 50;

/// What a document has in common with some others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Drawn<'d> {
    /// Its words in passages with them.
    pub words: u32,
    /// The same as a share of all its words.
    pub share: f64,
    /// The one that holds most of it, and the share that matches this one.
    pub largest: Option<(&'d str, f64)>,
}

impl Drawn<'_> {
    fn degree(&self) -> Derivation {
        let of_one = self.largest.map_or(0.0, |(_, share)| share);
        match () {
            () if self.words == 0 => Derivation::Not,
            () if self.share >= WHOLLY && of_one >= ONE_HOLDS => Derivation::Wholly,
            () if self.share >= PARTLY || self.words >= PARTLY_WORDS => Derivation::Partly,
            () => Derivation::Not,
        }
    }

    fn fact(&self, others: &str) -> String {
        let most = self.largest.map(|(name, _)| format!(", most with {name}")).unwrap_or_default();
        format!(
            "{:.0} % of its words ({}) stand in passages shared with {others}{most}",
            self.share * 100.0,
            self.words
        )
    }
}

/// The degree of a document by what it shares with those `before` it and with `all` that are not known to be later, and the
/// fact, where there is one. What it `credits` is part of the fact and no more: how much of it is an agency's copy that is not
/// in this corpus, nothing here tells.
#[must_use]
pub fn derivation(before: &Drawn<'_>, all: &Drawn<'_>, credits: Option<&str>) -> (Derivation, String) {
    let (degree, shared) = match (before.degree(), all.degree()) {
        (Derivation::Not, Derivation::Not) => (Derivation::Not, None),
        (Derivation::Not, _) => {
            let fact = all.fact("others");
            (Derivation::Undetermined, Some(format!("{fact}; nothing tells whether these were before it")))
        }
        (degree, _) => (degree, Some(before.fact("others that were before it"))),
    };
    let credit = credits.map(|name| format!("it credits {name}"));
    (degree, shared.into_iter().chain(credit).collect::<Vec<String>>().join("; "))
}
