//! How two documents come to share words: an agency's copy, a press release, one from the other, a third text.
//!
//! In: both [`Side`]s with their zones, what they share, their order, and whether a third document had it before. Out: an
//! [`OriginKind`] with the fact that decided it. The kinds are those of studies of news agencies and public relations: agency
//! copy, press release, outlet to outlet, common source; and two that keep chance out of them: shared quotations and a few
//! words. Each rests on something that stands in the corpus. That one was earlier is not enough: both may have drawn on what
//! the corpus does not hold, so what has no such fact stays undetermined.
//!
//! Rules are asked in order, the first that holds decides. Pure; constant cost.

use crate::model::{Order, OriginKind, Zone, ZoneKind};
use crate::provenance::order::Side;

/// Matched words below which, and a tenth of either text, sharing says nothing about where they came from.
pub const FEW_WORDS: u32 = 25;

/// See [`FEW_WORDS`].
const SLIGHT: f64 = 0.1;

/// Share of the matched words inside quotations on both sides from which nothing else is shared, and matched words below
/// which that is a phrase and no quotation.
const ALL_QUOTED: (f64, u32) = (0.8, 12);

/// Words shared with a press release, and share of either text, from which one ran the other.
const RELEASE_WORDS: u32 = 40;

/// See [`RELEASE_WORDS`].
const OF_RELEASE: f64 = 0.5;

/// Share of a document that has to be shared before its credit line covers the shared words; or of the other one, for which
/// that is all it says.
const CREDITED: (f64, f64) = (0.5, 0.8);

/// Seconds from a press release to what ran it, at most: four weeks. What comes later repeats a form or an old matter.
const RELEASED: u64 = 28 * 86_400;

/// Share of the matched words that a third document has to hold to be where both drew on.
pub const THIRD_HOLDS: f64 = 0.8;

/// A document that held shared words before either of two others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Third<'d> {
    /// Its name, for facts.
    pub name: &'d str,
    /// Its outlet.
    pub source: Option<&'d str>,
    /// Share of the words that the two share.
    pub share: f64,
}

/// What two documents share and what is known about it.
#[derive(Clone, Copy)]
pub struct Shared<'d> {
    /// One document.
    pub a: Side<'d>,
    /// The other.
    pub b: Side<'d>,
    /// Which was first.
    pub order: Order,
    /// Seconds from a to b, where the dates tell.
    pub lag: Option<i64>,
    /// Whether the later one can have taken it from the earlier one, by the least lag of its outlet.
    pub in_time: bool,
    /// Words matched.
    pub matched_words: u32,
    /// The document that held most of them before both.
    pub third: Option<Third<'d>>,
}

/// How the two come to share words, and the fact that decided it; no fact where nothing did.
#[must_use]
pub fn origin(shared: &Shared<'_>) -> (OriginKind, String) {
    let rules = [quotation_only, incidental, press_release, agency_copy, outlet_to_outlet, common_source];
    let found = rules.into_iter().find_map(|rule| rule(shared));
    found.unwrap_or((OriginKind::Undetermined, String::new()))
}

type Found = Option<(OriginKind, String)>;

fn incidental(it: &Shared<'_>) -> Found {
    let larger = it.a.coverage.max(it.b.coverage);
    (it.matched_words < FEW_WORDS && larger < SLIGHT).then(|| {
        let fact = format!("{} words, at most {:.0} % of either", it.matched_words, larger * 100.0);
        (OriginKind::Incidental, fact)
    })
}

fn quotation_only(it: &Shared<'_>) -> Found {
    let share = it.a.quoted_words.min(it.b.quoted_words) / f64::from(it.matched_words.max(1));
    (share >= ALL_QUOTED.0 && it.matched_words >= ALL_QUOTED.1).then(|| {
        let fact = format!("{:.0} % of the shared words stand in quotations on both sides", share * 100.0);
        (OriginKind::QuotationOnly, fact)
    })
}

fn press_release(it: &Shared<'_>) -> Found {
    let is_release = |zone: &&Zone| matches!(zone.kind, ZoneKind::Contact | ZoneKind::Release);
    let signs = [&it.a, &it.b].map(|side| side.zones.iter().find(is_release));
    // Of two releases neither ran the other; and the release comes first, if that is known.
    let (release, article, zone, later) = match signs {
        [Some(zone), None] => (&it.a, &it.b, zone, Order::BFirst),
        [None, Some(zone)] => (&it.b, &it.a, zone, Order::AFirst),
        _ => return None,
    };
    let is_much = it.matched_words >= RELEASE_WORDS && release.coverage.max(article.coverage) >= OF_RELEASE;
    let differ = release.source.is_none() || release.source != article.source;
    let is_near = it.lag.is_none_or(|lag| lag.unsigned_abs() <= RELEASED);
    (is_much && is_near && differ && !article.attribution.by_office && it.order != later).then(|| {
        (
            OriginKind::PressRelease,
            format!("{} is marked as a press release: {}", release.called(), zone.fact),
        )
    })
}

fn agency_copy(it: &Shared<'_>) -> Found {
    for (one, other) in [(&it.a, &it.b), (&it.b, &it.a)] {
        if let Some(name) = one.attribution.credit_of(other.attribution) {
            let fact = format!("{} credits {name}, which the other is by", one.called());
            return Some((OriginKind::AgencyCopy, fact));
        }
    }
    if let Some(name) = it.a.attribution.credit_with(it.b.attribution) {
        return Some((OriginKind::AgencyCopy, format!("both credit {name}")));
    }
    [(&it.a, &it.b), (&it.b, &it.a)].into_iter().find_map(|(side, other)| {
        let name = &side.attribution.credits().next()?.name;
        let (whose, share) = match (side.coverage >= CREDITED.0, other.coverage >= CREDITED.1) {
            (true, _) => ("it", side.coverage),
            (false, true) => (other.called_beside(side), other.coverage),
            (false, false) => return None,
        };
        let fact = format!(
            "{} credits {name}; {:.0} % of {whose} is shared",
            side.called_beside(other),
            share * 100.0
        );
        Some((OriginKind::AgencyCopy, fact))
    })
}

fn outlet_to_outlet(it: &Shared<'_>) -> Found {
    let (earlier, later) = match it.order {
        Order::AFirst => (&it.a, &it.b),
        Order::BFirst => (&it.b, &it.a),
        Order::Same | Order::Unknown => return None,
    };
    let name = later.attribution.source_in(earlier.attribution).filter(|_| it.in_time)?;
    Some((OriginKind::OutletToOutlet, format!("{} names {name} as its source", later.called())))
}

fn common_source(it: &Shared<'_>) -> Found {
    let third = it.third.filter(|third| third.share >= THIRD_HOLDS && it.matched_words >= FEW_WORDS)?;
    let called = third.source.unwrap_or(third.name);
    let fact = format!("{called} had {:.0} % of the shared words before both", third.share * 100.0);
    Some((OriginKind::CommonSource, fact))
}
