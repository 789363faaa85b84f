//! The names of all values of a column, in the order that the small numbers in a report's tables stand for.

use serde::Serialize;

use crate::model::{
    Derivation, EditKind, EvidenceKind, ExcludeReason, Kind, Order, OriginKind, Tag, ZoneKind,
};
use crate::report::diff::Change;
use crate::report::rows::{exclude_reason_name, kind_name, order_name};

pub(super) const TAGS: [Tag; 8] = [
    Tag::Boilerplate,
    Tag::Common,
    Tag::Credited,
    Tag::Quoted,
    Tag::ExactCopy,
    Tag::Formula,
    Tag::Headline,
    Tag::Caption,
];

pub(super) const KINDS: [Kind; 3] = [Kind::Verbatim, Kind::Edited, Kind::Reworded];

pub(super) const ORDERS: [Order; 4] = [Order::AFirst, Order::BFirst, Order::Same, Order::Unknown];

pub(super) const EVIDENCE: [EvidenceKind; 4] =
    [EvidenceKind::Date, EvidenceKind::Credit, EvidenceKind::Containment, EvidenceKind::Quotation];

const CHANGES: [(Change, &str); 9] = [
    (Change::Same, "same"),
    (Change::Deleted, "deleted"),
    (Change::Inserted, "inserted"),
    (Change::Replaced, "replaced"),
    (Change::Number, "number"),
    (Change::Name, "name"),
    (Change::Form, "form"),
    (Change::MovedAway, "moved_away"),
    (Change::MovedHere, "moved_here"),
];

/// Names by place.
#[derive(Serialize)]
pub(super) struct Names {
    tags: Vec<&'static str>,
    kinds: Vec<&'static str>,
    orders: Vec<&'static str>,
    origins: Vec<&'static str>,
    derivations: Vec<&'static str>,
    zones: Vec<&'static str>,
    evidence: Vec<&'static str>,
    edits: Vec<&'static str>,
    changes: Vec<&'static str>,
    reasons: Vec<&'static str>,
}

impl Names {
    pub(super) fn all() -> Names {
        let reasons = TAGS.map(ExcludeReason::Tag).into_iter().chain([ExcludeReason::SameSource]);
        Names {
            tags: TAGS.map(Tag::name).to_vec(),
            kinds: KINDS.map(kind_name).to_vec(),
            orders: ORDERS.map(order_name).to_vec(),
            origins: OriginKind::ALL.map(OriginKind::name).to_vec(),
            derivations: Derivation::ALL.map(Derivation::name).to_vec(),
            zones: ZoneKind::ALL.map(ZoneKind::name).to_vec(),
            evidence: EVIDENCE.map(EvidenceKind::name).to_vec(),
            edits: EditKind::ALL.map(EditKind::name).to_vec(),
            changes: CHANGES.map(|(_, name)| name).to_vec(),
            reasons: reasons.map(exclude_reason_name).collect(),
        }
    }
}

/// A value that has a place in one of the lists of [`Names`].
pub(super) trait Named {
    /// That place.
    fn place(self) -> u32;
}

fn place_in<T: PartialEq>(all: &[T], value: &T) -> u32 {
    let place = all.iter().position(|one| one == value);
    place.expect("each list holds every value of its type") as u32
}

macro_rules! named {
    ($($type:ty: $all:expr;)+) => {
        $(impl Named for $type {
            fn place(self) -> u32 {
                place_in(&$all, &self)
            }
        })+
    };
}

named! {
    Tag: TAGS;
    Kind: KINDS;
    Order: ORDERS;
    OriginKind: OriginKind::ALL;
    Derivation: Derivation::ALL;
    ZoneKind: ZoneKind::ALL;
    EvidenceKind: EVIDENCE;
    EditKind: EditKind::ALL;
    Change: CHANGES.map(|(change, _)| change);
}

impl Named for ExcludeReason {
    fn place(self) -> u32 {
        match self {
            ExcludeReason::Tag(tag) => tag.place(),
            ExcludeReason::SameSource => TAGS.len() as u32,
        }
    }
}
