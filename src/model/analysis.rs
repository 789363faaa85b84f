//! Everything one run found, ready for any renderer.

use std::collections::BTreeMap;

use crate::model::cluster::{Cluster, Edge};
use crate::model::document::Document;
use crate::model::passage::{DocumentPair, Passage};
use crate::model::provenance::{Derivation, Recurring};
use crate::model::tokens::Tokens;
use crate::model::warning::{Skipped, Warning};
use crate::model::zone::Zone;

/// The result of one comparison.
///
/// Every list is totally ordered: documents by name, pairs by their documents, passages by pair and place,
/// clusters by number of sources, documents and words (widest first), then id; edges by source names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// The documents, in order of name; [`crate::model::DocId`] is the place in this list.
    pub documents: Vec<Document>,
    /// Tokens of each document.
    pub tokens: Vec<Tokens>,
    /// Totals of each document.
    pub facts: Vec<DocumentFacts>,
    /// Document pairs that share at least one passage.
    pub pairs: Vec<DocumentPair>,
    /// Passages of all pairs.
    pub passages: Vec<Passage>,
    /// Clusters of passages.
    pub clusters: Vec<Cluster>,
    /// Outlet × outlet; empty when fewer than two documents name a source.
    pub edges: Vec<Edge>,
    /// Wording that recurs in one outlet or fills in a form: most documents first.
    pub recurring: Vec<Recurring>,
    /// Remarks on inputs and on the run.
    pub warnings: Vec<Warning>,
    /// Inputs that were not read.
    pub skipped: Vec<Skipped>,
    /// Bounds that were hit: work that was not done, counted.
    pub bounds: Vec<Bound>,
    /// The settings in effect, by name.
    pub settings: BTreeMap<String, SettingValue>,
    /// What may differ between equal runs.
    pub run: RunFacts,
}

impl Analysis {
    /// All of it but texts, tokens, pairs and passages: what [`crate::model::Findings::facts`] has to hold.
    #[must_use]
    pub fn clone_without_lists(&self) -> Analysis {
        Analysis {
            documents: self.documents.iter().map(Document::clone_without_text).collect(),
            facts: self.facts.clone(),
            clusters: self.clusters.clone(),
            edges: self.edges.clone(),
            recurring: self.recurring.clone(),
            warnings: self.warnings.clone(),
            skipped: self.skipped.clone(),
            bounds: self.bounds.clone(),
            settings: self.settings.clone(),
            run: self.run.clone(),
            tokens: Vec::new(),
            pairs: Vec::new(),
            passages: Vec::new(),
        }
    }
}

/// Totals of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentFacts {
    /// Tokens that lie in at least one passage that counts.
    pub matched_words: u32,
    /// The same as a share of its tokens, 0 to 1.
    pub matched_share: f64,
    /// Name of the first document (in name order) with the same normalized text, if it is another one.
    pub exact_copy_of: Option<String>,
    /// Whether it belongs to the reference, not to the new documents; no document does where there is no reference.
    pub is_reference: bool,
    /// Zones of its text, in order of place, then kind.
    pub zones: Vec<Zone>,
    /// How much of it derives from others in this corpus.
    pub derivation: Derivation,
    /// The fact that decided it, for people.
    pub derivation_fact: String,
    /// Matched words in its first, second and last third.
    pub matched_by_third: [u32; 3],
}

/// A bound on work that a run hit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bound {
    /// The setting that would move it, or the fixed limit's name.
    pub name: String,
    /// How often it was hit.
    pub count: u64,
    /// What was not done, and what still was; one sentence.
    pub message: String,
}

/// The value of a setting, for the record of the run.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingValue {
    /// Not set.
    Unset,
    /// On or off.
    Flag(bool),
    /// A whole number.
    Integer(i64),
    /// A share or another real number.
    Number(f64),
    /// A name, path or pattern.
    Text(String),
    /// Several of them.
    List(Vec<String>),
}

/// Whatever may differ between equal runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunFacts {
    /// Seconds of wall time by stage, in stage order.
    pub seconds: Vec<(String, f64)>,
    /// Threads used.
    pub threads: u32,
    /// Peak resident memory in bytes, where the system tells.
    pub peak_memory_bytes: Option<u64>,
}
