//! Believes a short or loose passage in company.
//!
//! Six words with a name in them, or a third of the words of a sentence, are found in texts that have nothing to do with
//! each other. In two texts that share a passage beyond doubt the same words were most likely taken along with it. So the
//! evidence asked for depends on the company: `alone_bits` (`score`) of a passage on its own, `least_bits` of one
//! near another that stands alone. It depends on the two texts only.

use crate::align::chain::Box2;
use crate::align::{Miss, Raw, Rule};
use crate::model::TokenSpan;

/// Tokens between two passages that keep each other company, at most, on either side: they stand in one article.
const NEAR: u32 = 1_024;

/// Passages looked at before and after each; keeps a pair with thousands of them linear.
const LOOK: usize = 64;

/// Drops from `found` what neither stands alone nor has company; the dropped as misses.
pub(super) fn drop_strays(found: &mut Vec<Raw>) -> Vec<Miss> {
    if found.iter().all(Raw::stands_alone) {
        return Vec::new();
    }
    let mut strong: Vec<Box2> = found.iter().filter(|raw| raw.stands_alone()).map(Raw::place).collect();
    strong.sort_unstable();
    let strays = found.extract_if(.., |raw| !raw.stands_alone() && !has_company(raw.place(), &strong));
    strays.map(|raw| Miss::at(raw.place(), Rule::Company, raw.score.bits, raw.alone_bits)).collect()
}

fn has_company(place: Box2, strong: &[Box2]) -> bool {
    let next = strong.partition_point(|other| *other < place);
    let around = next.saturating_sub(LOOK)..(next + LOOK).min(strong.len());
    strong[around].iter().any(|other| gap(place.a, other.a) <= NEAR && gap(place.b, other.b) <= NEAR)
}

/// Tokens between two spans; 0 when they touch or overlap.
pub(super) fn gap(x: TokenSpan, y: TokenSpan) -> u32 {
    x.start().max(y.start()).saturating_sub(x.end().min(y.end()))
}
