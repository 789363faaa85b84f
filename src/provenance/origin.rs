//! How two documents come to share words: an agency's copy, a press release, one from the other, a third text.
//!
//! In: both [`Side`]s with their zones, what they share, their order, and whether a third document had it before or credits
//! it. Out: an [`OriginKind`] with the fact that decided it. The kinds are those of studies of news agencies and public relations: agency
//! copy, press release, outlet to outlet, common source; and two that keep chance out of them: shared quotations and a few
//! words. Each rests on something that stands in the corpus. That one was earlier is not enough: both may have drawn on what
//! the corpus does not hold, so what has no such fact stays undetermined; where it is plain what keeps it so, that is said.
//!
//! Rules are asked in order, the first that holds decides. Pure; constant cost.

use crate::model::{Order, OriginKind, Zone, ZoneKind};
use crate::provenance::names::Attribution;
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

/// Share of a document's words that has to match before its credit line covers the shared words; or of the other one's, for
/// which that is all it says. Matching words, not the passages around them: who rewrites has other sources too.
const CREDITED: (f64, f64) = (0.5, 0.8);

/// Seconds from a source to what ran it, at most: four weeks. What comes later repeats a form or an old matter.
pub const RELEASED: u64 = 28 * DAY;

/// Share of the matched words inside quotations on either side from which they are rather their speaker's than a third
/// outlet's.
const MOSTLY_QUOTED: f64 = 0.5;

const DAY: u64 = 86_400;

/// Share of the matched words that a third document has to hold to be where both drew on.
pub const THIRD_HOLDS: f64 = 0.8;

/// A document that has words that two others share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Third<'d> {
    /// Its name, for facts.
    pub name: &'d str,
    /// Its outlet.
    pub source: Option<&'d str>,
    /// Whom it is by and names.
    pub attribution: &'d Attribution,
    /// Share of the words that the two share.
    pub share: f64,
}

impl<'d> Third<'d> {
    fn called(&self) -> &'d str {
        self.source.unwrap_or(self.name)
    }
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
    /// Those of them in passages that stand under pictures.
    pub caption_words: u32,
    /// The document that held most of them before both, not long before.
    pub third: Option<Third<'d>>,
    /// The agency under whose credit, on pages of several items, most of them stand, and their share.
    pub on_page: Option<(&'d str, f64)>,
    /// A document with most of them that is an agency's or credits one, whenever it appeared.
    pub wire: Option<Third<'d>>,
}

impl Shared<'_> {
    /// Matched words that are neither quoted nor under a picture: those that somebody wrote.
    fn told_words(&self) -> f64 {
        let quoted = self.a.quoted_words.max(self.b.quoted_words);
        f64::from(self.matched_words) - quoted - f64::from(self.caption_words)
    }

    /// Share of the matched words inside quotations, of the side that marks more.
    fn quoted(&self) -> f64 {
        self.a.quoted_words.max(self.b.quoted_words) / f64::from(self.matched_words.max(1))
    }
}

/// How the two come to share words, and the fact that decided it, or what keeps it from being told; no fact where nothing
/// does.
#[must_use]
pub fn origin(shared: &Shared<'_>) -> (OriginKind, String) {
    if shared.matched_words == 0 {
        return (OriginKind::Undetermined, "none of the words they share counts".to_owned());
    }
    let rules = [
        quotation_only,
        incidental,
        press_release,
        agency_copy,
        on_page,
        outlet_to_outlet,
        copied_wire,
        common_source,
    ];
    let found = rules.into_iter().find_map(|rule| rule(shared));
    found.unwrap_or_else(|| (OriginKind::Undetermined, in_the_way(shared).unwrap_or_default()))
}

/// What keeps the origin from being told.
fn in_the_way(it: &Shared<'_>) -> Option<String> {
    let credit = |side: &Side<'_>| side.attribution.credits().next().map(|named| named.name.clone());
    if let Some(name) = it.a.attribution.credit_with(it.b.attribution) {
        return Some(format!("both credit {name}, but less than a tenth of either is shared"));
    }
    if let (Some(a), Some(b)) = (credit(&it.a), credit(&it.b)) {
        return Some(format!(
            "{} credits {a}, {} credits {b}",
            it.a.called_beside(&it.b),
            it.b.called_beside(&it.a)
        ));
    }
    if let Some(source) = it.a.source.filter(|_| it.a.source == it.b.source) {
        return Some(format!("both are {source}’s own"));
    }
    let are_offices = it.a.attribution.by_office && it.b.attribution.by_office;
    let is_joint = are_offices && it.lag.is_some_and(|lag| lag.unsigned_abs() < DAY);
    is_joint.then(|| {
        "both are statements of offices, of one day: none is known to be the other’s source".to_owned()
    })
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
        // Two items of one agency share what somebody said, too.
        let is_some = it.a.matched.max(it.b.matched) >= SLIGHT;
        return is_some.then(|| (OriginKind::AgencyCopy, format!("both credit {name}")));
    }
    [(&it.a, &it.b), (&it.b, &it.a)].into_iter().find_map(|(side, other)| {
        let name = &side.attribution.credits().next()?.name;
        // Another agency's copy is not this one's.
        if other.attribution.credits().next().is_some() {
            return None;
        }
        let (whose, share) = match (side.matched >= CREDITED.0, other.matched >= CREDITED.1) {
            (true, _) => ("it", side.matched),
            (false, true) => (other.called_beside(side), other.matched),
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

/// A page credits nobody for all of it, but its items do.
fn on_page(it: &Shared<'_>) -> Found {
    let (name, share) =
        it.on_page.filter(|(_, share)| *share >= THIRD_HOLDS && it.matched_words >= FEW_WORDS)?;
    let fact = format!("{:.0} % of the shared words stand under a credit of {name}", share * 100.0);
    Some((OriginKind::AgencyCopy, fact))
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

/// Neither credits anybody, but a third one that has the same words does, or is the agency itself.
fn copied_wire(it: &Shared<'_>) -> Found {
    let wire = it.wire.filter(|wire| wire.share >= THIRD_HOLDS && it.matched_words >= FEW_WORDS)?;
    let is_much = it.a.matched.max(it.b.matched) >= CREDITED.0 && it.quoted() < MOSTLY_QUOTED;
    let is_silent = [&it.a, &it.b].iter().all(|side| side.attribution.credits().next().is_none());
    (is_much && is_silent).then(|| {
        let whose = match wire.attribution.credits().next() {
            Some(credit) if !wire.attribution.by_agency => format!(", which credits {},", credit.name),
            _ => String::new(),
        };
        let fact = format!("{}{whose} has {:.0} % of the shared words", wire.called(), wire.share * 100.0);
        (OriginKind::AgencyCopy, fact)
    })
}

fn common_source(it: &Shared<'_>) -> Found {
    let third = it.third.filter(|third| third.share >= THIRD_HOLDS)?;
    // An outlet that says again what it said needs nobody else to have it from.
    let is_own = it.a.source.is_some() && it.a.source == it.b.source;
    (!is_own && it.told_words() >= f64::from(FEW_WORDS) && it.quoted() < MOSTLY_QUOTED).then(|| {
        let share = third.share * 100.0;
        (
            OriginKind::CommonSource,
            format!("{} had {share:.0} % of the shared words before both", third.called()),
        )
    })
}
