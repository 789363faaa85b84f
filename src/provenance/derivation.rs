//! How much of a document derives from others in this corpus, in the three degrees of the METER corpus (Gaizauskas et al.
//! 2001): wholly, partly, not.
//!
//! In: what a document shares with documents that appeared before it, and with all that it can have drawn on, which are those
//! where no order is known too. Out: the degree by what was before; where that is "not" and by all it would be more, nothing
//! tells who drew on whom. METER's editors knew the source and judged by reading; by share, "wholly" is what takes all its
//! content from the source, so no more than an attribution or a sentence may stand outside of passages, and one other document
//! has to match half of it, or two thirds if it is of the same outlet: what takes a paragraph each from four is its own text, and
//! so is a form filled in anew. "Partly" goes by the words that match,
//! quotations left out ([`own_words`]): the gaps of a reworded passage are not the other's words, and what somebody said is
//! nobody's copy. "Not" are a few words: METER's unrelated articles on one event share names and figures.

use std::collections::BTreeMap;

use crate::model::{Derivation, TokenSpan};

/// Share in passages from which a document is wholly derived: that from which two documents are versions of one text.
pub const WHOLLY: f64 = 0.8;

/// Share of it that one other document has to match; and that one of its own outlet has to: of a form filled in anew, what it
/// is filled in with does not.
pub const ONE_HOLDS: (f64, f64) = (0.5, 2.0 / 3.0);

/// Fewest of its words that match: two tables of a line are alike by their headings.
pub const WHOLLY_WORDS: u32 = 25;

/// Share of matching words from which it is partly derived.
pub const PARTLY: f64 = 0.05;

/// Matching words from which it is, whatever the share: a paragraph of a long article.
pub const PARTLY_WORDS: u32 = 50;

/// What a document has in common with some others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Drawn<'d> {
    /// Its words that match theirs, without quotations.
    pub words: u32,
    /// The same as a share of all its words.
    pub share: f64,
    /// Share of its words that lie in passages with them.
    pub in_passages: f64,
    /// The one that matches most of it, and the share that does.
    pub largest: Option<(&'d str, f64)>,
    /// Whether that one is of its own outlet.
    pub is_own: bool,
}

impl Drawn<'_> {
    fn degree(&self) -> Derivation {
        let of_one = self.largest.map_or(0.0, |(_, share)| share);
        let enough = if self.is_own { ONE_HOLDS.1 } else { ONE_HOLDS.0 };
        match () {
            () if self.share < PARTLY && self.words < PARTLY_WORDS => Derivation::Not,
            () if self.words < WHOLLY_WORDS => Derivation::Partly,
            () if self.in_passages >= WHOLLY && of_one >= enough => Derivation::Wholly,
            () => Derivation::Partly,
        }
    }

    fn fact(&self, others: &str) -> String {
        let most = self.largest.map(|(name, _)| format!(", most with {name}")).unwrap_or_default();
        format!(
            "{:.0} % of its words ({}), quotations left out, match {others}{most}",
            self.share * 100.0,
            self.words
        )
    }
}

/// Words of a document that match others, by its passages with them: the tokens of each, and how many of these match and are
/// no quotation. Where passages overlap, that counts which matches most there. Cost: their number times its logarithm.
#[must_use]
pub fn own_words(passages: &[(TokenSpan, u32)]) -> u32 {
    let mut ends: Vec<(u32, bool, u64)> = Vec::with_capacity(2 * passages.len());
    for &(span, words) in passages.iter().filter(|(span, _)| !span.is_empty()) {
        let density = u64::from(words.min(span.len())) * DENSE / u64::from(span.len());
        ends.extend([(span.start(), true, density), (span.end(), false, density)]);
    }
    ends.sort_unstable();
    let mut open: BTreeMap<u64, usize> = BTreeMap::new();
    let (mut at, mut sum) = (0, 0_u64);
    for (place, begins, density) in ends {
        let most = open.last_key_value().map_or(0, |(density, _)| *density);
        sum += most * u64::from(place - at);
        at = place;
        let n = open.entry(density).or_default();
        *n = if begins { *n + 1 } else { *n - 1 };
        if *n == 0 {
            open.remove(&density);
        }
    }
    ((sum + DENSE / 2) / DENSE) as u32
}

/// The density of a passage all of whose words match, in parts of a million.
const DENSE: u64 = 1_000_000;

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
