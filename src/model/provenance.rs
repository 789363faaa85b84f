//! Where shared words came from, as far as evidence tells.

use crate::model::passage::{Order, Tag};
use crate::model::span::ByteSpan;

/// One observation about which of two documents appeared first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What was looked at.
    pub kind: EvidenceKind,
    /// What it says.
    pub says: Order,
    /// The observation itself, for people.
    pub fact: String,
}

/// What was looked at to tell an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    /// Times of publication.
    Date,
    /// A credit line that names the other one, or an agency.
    Credit,
    /// One has the longer whole of which the other is a part, or words that the other adds to.
    Containment,
    /// One puts into quotation marks what the other says itself.
    Quotation,
}

/// How two documents come to share words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OriginKind {
    /// Both carry, or one is, the copy of an agency.
    AgencyCopy,
    /// One is a press release, or both carry one.
    PressRelease,
    /// One outlet took it from the other.
    OutletToOutlet,
    /// Both drew on a third text.
    CommonSource,
    /// Only somebody's quoted words are shared.
    QuotationOnly,
    /// A few words that say nothing about where they came from.
    Incidental,
    /// The evidence does not tell.
    #[default]
    Undetermined,
}

/// How much of a document derives from others in this corpus, in the terms of the METER corpus (Gaizauskas et al. 2001).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Derivation {
    /// Nearly all of it.
    Wholly,
    /// Some of it.
    Partly,
    /// It shares words with others, but no evidence tells which was first.
    Undetermined,
    /// None of it, as far as this corpus shows.
    #[default]
    Not,
}

/// What is known about where the words that two documents share came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairProvenance {
    /// All evidence on which was first, in order of kind.
    pub evidence: Vec<Evidence>,
    /// How they come to share words.
    pub origin: OriginKind,
    /// The fact that decided it, or what keeps it undetermined, for people; may be empty.
    pub origin_fact: String,
    /// Whether the earlier document is the earliest of all that the later one shares words with; `false` where no order is known.
    pub first_match: bool,
}

/// A change that says something, on the way from the earlier document to the later, and from a to b where their order is not
/// known. Spans are empty on a side that has nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypedEdit {
    /// What changed.
    pub kind: EditKind,
    /// Its words in a.
    pub a: ByteSpan,
    /// Its words in b.
    pub b: ByteSpan,
}

/// What a [`TypedEdit`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EditKind {
    /// A number, time or date became another.
    NumberChanged,
    /// A name became another.
    NameChanged,
    /// The later says by whom or where something was said, the earlier does not.
    AttributionAdded,
    /// The earlier says by whom or where something was said, the later does not.
    AttributionDropped,
    /// The later is less certain: "reportedly", "alleged".
    HedgeAdded,
    /// The earlier is less certain.
    HedgeDropped,
    /// The later lacks the last sentences of the earlier.
    CutFromEnd,
    /// The earlier lacks the last sentences of the later.
    AddedAtEnd,
    /// Words stand elsewhere.
    OrderMoved,
    /// The later explains in brackets, the earlier does not.
    GlossInserted,
    /// The earlier explains in brackets, the later does not.
    GlossDropped,
}

/// Wording that recurs in an outlet, or that a newsroom fills in anew each time.
#[derive(Clone, Debug, PartialEq)]
pub struct Recurring {
    /// Its cluster, as an index into [`crate::model::Analysis::clusters`].
    pub cluster: usize,
    /// What its passages are tagged: boilerplate or formula.
    pub tag: Tag,
    /// The outlet it recurs in; `None` for several.
    pub source: Option<String>,
    /// Documents of that outlet (or of all) that carry it.
    pub n_docs: u32,
    /// Days on which they appeared; zero when undated.
    pub n_days: u32,
    /// Its words in all of these documents.
    pub words: u64,
    /// Matched words of its passages.
    pub matched_words: u64,
    /// Whether these passages count.
    pub excluded: bool,
    /// What decided it, for people.
    pub fact: String,
}

impl EvidenceKind {
    /// The name in outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            EvidenceKind::Date => "date",
            EvidenceKind::Credit => "credit",
            EvidenceKind::Containment => "containment",
            EvidenceKind::Quotation => "quotation",
        }
    }
}

impl OriginKind {
    /// Every kind, in order.
    pub const ALL: [OriginKind; 7] = [
        OriginKind::AgencyCopy,
        OriginKind::PressRelease,
        OriginKind::OutletToOutlet,
        OriginKind::CommonSource,
        OriginKind::QuotationOnly,
        OriginKind::Incidental,
        OriginKind::Undetermined,
    ];

    /// The name in outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            OriginKind::AgencyCopy => "agency_copy",
            OriginKind::PressRelease => "press_release",
            OriginKind::OutletToOutlet => "outlet_to_outlet",
            OriginKind::CommonSource => "common_source",
            OriginKind::QuotationOnly => "quotation_only",
            OriginKind::Incidental => "incidental",
            OriginKind::Undetermined => "undetermined",
        }
    }
}

impl Derivation {
    /// Every degree, in order.
    pub const ALL: [Derivation; 4] =
        [Derivation::Wholly, Derivation::Partly, Derivation::Undetermined, Derivation::Not];

    /// The name in outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Derivation::Wholly => "wholly_derived",
            Derivation::Partly => "partly_derived",
            Derivation::Undetermined => "undetermined",
            Derivation::Not => "not_derived",
        }
    }
}

impl EditKind {
    /// Every kind, in order.
    pub const ALL: [EditKind; 11] = [
        EditKind::NumberChanged,
        EditKind::NameChanged,
        EditKind::AttributionAdded,
        EditKind::AttributionDropped,
        EditKind::HedgeAdded,
        EditKind::HedgeDropped,
        EditKind::CutFromEnd,
        EditKind::AddedAtEnd,
        EditKind::OrderMoved,
        EditKind::GlossInserted,
        EditKind::GlossDropped,
    ];

    /// The same edit on the way back.
    #[must_use]
    pub fn turned(self) -> EditKind {
        match self {
            EditKind::AttributionAdded => EditKind::AttributionDropped,
            EditKind::AttributionDropped => EditKind::AttributionAdded,
            EditKind::HedgeAdded => EditKind::HedgeDropped,
            EditKind::HedgeDropped => EditKind::HedgeAdded,
            EditKind::CutFromEnd => EditKind::AddedAtEnd,
            EditKind::AddedAtEnd => EditKind::CutFromEnd,
            EditKind::GlossInserted => EditKind::GlossDropped,
            EditKind::GlossDropped => EditKind::GlossInserted,
            EditKind::NumberChanged | EditKind::NameChanged | EditKind::OrderMoved => self,
        }
    }

    /// The name in outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            EditKind::NumberChanged => "number_changed",
            EditKind::NameChanged => "name_changed",
            EditKind::AttributionAdded => "attribution_added",
            EditKind::AttributionDropped => "attribution_dropped",
            EditKind::HedgeAdded => "hedge_added",
            EditKind::HedgeDropped => "hedge_dropped",
            EditKind::CutFromEnd => "cut_from_end",
            EditKind::AddedAtEnd => "added_at_end",
            EditKind::OrderMoved => "order_moved",
            EditKind::GlossInserted => "gloss_inserted",
            EditKind::GlossDropped => "gloss_dropped",
        }
    }
}
