//! The field's nouns: document, token, span, passage, alignment, cluster, witness, coverage.
//!
//! Nothing here reads, hashes or prints. Every other module stands on these types, so their invariants are
//! stated where they are defined. Units: bytes for places in a text, tokens for what the engine compares; code
//! points and lines are worked out by `report` when a result is written.

pub mod analysis;
pub mod cluster;
pub mod document;
pub mod finding;
pub mod findings;
pub mod id;
pub mod observer;
pub mod passage;
pub mod profile;
pub mod provenance;
pub mod span;
pub mod statistics;
pub mod tokens;
pub mod warning;
pub mod zone;

pub use analysis::{Analysis, Bound, DocumentFacts, RunFacts, SettingValue};
pub use cluster::{Cluster, Edge, Witness};
pub use document::{
    Corpus, Document, Origin, Precision, Published, PublishedFrom, Rebuilt, TextPlace, Times,
};
pub use finding::{Finding, Level, Rule, Status, Verdict};
pub use findings::Findings;
pub use id::{DocId, StableId};
pub use observer::{Observer, Silent, Stage};
pub use passage::{
    Block, DocumentPair, EditCounts, ExcludeReason, Kind, Operation, Order, Passage, Step, Tag, covered,
};
pub use profile::Profile;
pub use provenance::{
    Derivation, EditKind, Evidence, EvidenceKind, OriginKind, PairProvenance, Recurring, TypedEdit,
};
pub use span::{ByteSpan, Bytes, Span, TokenSpan, TokenUnit};
pub use statistics::Statistics;
pub use tokens::{Flags, Held, Place, Tokens, TokensOf};
pub use warning::{Skipped, Warning};
pub use zone::{Zone, ZoneKind};
