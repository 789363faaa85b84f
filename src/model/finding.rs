//! What a gate has to say about new documents: findings, each of one rule.

use crate::model::id::{DocId, StableId};

/// What is looked for in new documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// More consecutive words than allowed stand in another document.
    LongRun,
    /// A larger share of the document than allowed stands in another one.
    Coverage,
    /// The document is a version of another one.
    NearDuplicate,
    /// A passage is shared but for its numbers.
    ChangedNumber,
    /// The other document is of the same outlet.
    SameOutletReuse,
    /// An input could not be read, so it was not checked.
    InputUnreadable,
    /// A new document lacks its outlet or its date.
    MissingMetadata,
    /// An allowance has expired.
    AllowExpired,
    /// An allowance allows nothing.
    AllowUnused,
}

/// How much a finding matters; the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The rule is not applied.
    Off,
    /// Told, and counts for nothing.
    Note,
    /// Told as a warning.
    Warning,
    /// Stops the addition.
    Error,
}

/// Whether a finding is news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It is.
    New,
    /// It stands in the baseline.
    Baseline,
    /// It is allowed.
    Allowed,
    /// It was allowed until a day that is past.
    Expired,
}

/// One finding about a new document, or about the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Content-derived name: of the rule, the two documents and the passage.
    pub id: StableId,
    /// The rule it breaks.
    pub rule: Rule,
    /// How much that matters.
    pub level: Level,
    /// Whether it is news.
    pub status: Status,
    /// The new document; none for an input that was not read and for allowances.
    pub doc: Option<DocId>,
    /// The document that shares the wording.
    pub other: Option<DocId>,
    /// Index of the passage in the list of passages; none where the rule is about whole documents.
    pub passage: Option<usize>,
    /// What was measured, in the unit of the rule: words, or a share from 0 to 1.
    pub value: Option<f64>,
    /// What is allowed, in the same unit.
    pub limit: Option<f64>,
    /// One sentence in lower case without a full stop; holds no text of an article.
    pub message: String,
    /// File of the new document as given, or of what the finding is about; empty if there is none.
    pub path: String,
    /// Line in it, 1-based: of the passage in a file that is one document, else of the record.
    pub line: Option<u32>,
    /// Name of what was found, which stays as documents come and go: that of the passage's wording, whatever the
    /// documents, or one derived from the rule and the names of the documents where the rule is about whole documents.
    pub fingerprint: Option<StableId>,
    /// Why it is allowed, or was, in the words of who allowed it.
    pub reason: Option<String>,
}

/// What a gate found in one run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// All findings: new ones first, then by level, errors first, then by file, line, rule and document.
    pub findings: Vec<Finding>,
    /// New documents looked at, in order of name.
    pub checked: Vec<DocId>,
    /// Their number.
    pub n_checked: usize,
    /// Documents they were compared with, besides each other.
    pub n_reference: usize,
    /// New documents and inputs that were not checked.
    pub n_not_checked: usize,
}

impl Verdict {
    /// Findings that stop the addition: news at level error.
    #[must_use]
    pub fn n_stopping(&self) -> usize {
        let stops = |finding: &&Finding| finding.level == Level::Error && finding.status.is_news();
        self.findings.iter().filter(stops).count()
    }
}

impl Rule {
    /// Every rule, in the order in which they are told.
    pub const ALL: [Rule; 9] = [
        Rule::LongRun,
        Rule::Coverage,
        Rule::NearDuplicate,
        Rule::ChangedNumber,
        Rule::SameOutletReuse,
        Rule::InputUnreadable,
        Rule::MissingMetadata,
        Rule::AllowExpired,
        Rule::AllowUnused,
    ];

    /// How much its findings matter unless a setting says otherwise.
    #[must_use]
    pub fn default_level(self) -> Level {
        match self {
            Rule::LongRun | Rule::Coverage | Rule::NearDuplicate | Rule::InputUnreadable => Level::Error,
            Rule::ChangedNumber | Rule::AllowExpired | Rule::AllowUnused => Level::Warning,
            Rule::SameOutletReuse | Rule::MissingMetadata => Level::Off,
        }
    }

    /// The rule's name in flags and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Rule::LongRun => "long-run",
            Rule::Coverage => "coverage",
            Rule::NearDuplicate => "near-duplicate",
            Rule::ChangedNumber => "changed-number",
            Rule::SameOutletReuse => "same-outlet-reuse",
            Rule::InputUnreadable => "input-unreadable",
            Rule::MissingMetadata => "missing-metadata",
            Rule::AllowExpired => "allow-expired",
            Rule::AllowUnused => "allow-unused",
        }
    }
}

impl Level {
    /// Every level, the least first.
    pub const ALL: [Level; 4] = [Level::Off, Level::Note, Level::Warning, Level::Error];

    /// The level's name in flags and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

impl Status {
    /// The status's name in outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Status::New => "new",
            Status::Baseline => "baseline",
            Status::Allowed => "allowed",
            Status::Expired => "expired",
        }
    }

    /// Whether it counts as news: what was allowed until a day that is past does.
    #[must_use]
    pub fn is_news(self) -> bool {
        matches!(self, Status::New | Status::Expired)
    }
}
