//! Aligned pairs of spans, the unit of truth, and the document pairs they add up to.

use std::ops::Range;

use crate::model::id::{DocId, StableId};
use crate::model::provenance::{PairProvenance, TypedEdit};
use crate::model::span::{ByteSpan, TokenSpan};

/// Wording that two documents share: one span in each, aligned word by word.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// Content-derived name of this passage in this pair.
    pub id: StableId,
    /// The two documents, as in the [`DocumentPair`].
    pub a_doc: DocId,
    /// See `a_doc`.
    pub b_doc: DocId,
    /// Place in document a.
    pub a: ByteSpan,
    /// Place in document b.
    pub b: ByteSpan,
    /// The same place in tokens of document a.
    pub a_tokens: TokenSpan,
    /// The same place in tokens of document b.
    pub b_tokens: TokenSpan,
    /// Word-by-word alignment, in the order of a; blocks that moved stand where they stand in a.
    pub steps: Vec<Step>,
    /// Tokens matched (moved ones included).
    pub matched_words: u32,
    /// Longest run of consecutive matched tokens with the same surface, in tokens.
    pub longest_run: u32,
    /// 2 × matched / (tokens of a + tokens of b); 0 to 1.
    pub identity: f64,
    /// Evidence in bits: surprisal of what matched minus the cost of what did not.
    pub bits: f64,
    /// How the two sides differ.
    pub kind: Kind,
    /// Edits counted.
    pub edits: EditCounts,
    /// Edits that say something, in order of kind, then place.
    pub typed_edits: Vec<TypedEdit>,
    /// Share of its words in a that stand inside quotations, 0 to 1.
    pub a_quoted: f64,
    /// The same for b.
    pub b_quoted: f64,
    /// The statements it holds, in order of place on both sides; none where it is one.
    pub blocks: Vec<Block>,
    /// Tags with the fact that decided each, in tag order.
    pub tags: Vec<(Tag, String)>,
    /// Index of the cluster in [`crate::model::Analysis::clusters`].
    pub cluster: Option<usize>,
    /// Why it does not count towards coverage; `None` when it counts.
    pub excluded: Option<ExcludeReason>,
    /// Content-derived name of the shared wording itself: equal for equal matched words, whatever the documents.
    pub fingerprint: StableId,
}

/// A side of a passage of which less than one word in so many matches is summed up by the other, not carried by it. Passages
/// other than summaries match at least a fifth of both sides together by default.
const CARRIED: u64 = 5;

/// The tokens of `a` and of `b` that stand in the other too when `matched` match: all, or none of a side that the other only
/// sums up. A long text that a few lines sum up does not stand there.
#[must_use]
pub fn covered(a: TokenSpan, b: TokenSpan, matched: u32) -> (TokenSpan, TokenSpan) {
    let of = |span: TokenSpan| match u64::from(matched) * CARRIED >= u64::from(span.len()) {
        true => span,
        false => TokenSpan::new(span.start(), span.start()),
    };
    (of(a), of(b))
}

impl Passage {
    /// The tokens of a and of b that count towards coverage; none of a side that is only summed up.
    #[must_use]
    pub fn covered(&self) -> (TokenSpan, TokenSpan) {
        covered(self.a_tokens, self.b_tokens, self.matched_words)
    }
}

/// A part of a passage that is a statement of its own: an unshared sentence parts it from its neighbours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// Tokens of document a.
    pub a: TokenSpan,
    /// Tokens of document b.
    pub b: TokenSpan,
    /// Its part of the passage's evidence, in bits.
    pub bits: f64,
}

/// One step of a word alignment; ranges are token indices into the whole document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What happened.
    pub operation: Operation,
    /// Tokens of a (empty for an insertion).
    pub a: TokenSpan,
    /// Tokens of b (empty for a deletion).
    pub b: TokenSpan,
}

/// What happened to a run of words on the way from a to b.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// The same words in the same order (up to inflection).
    Equal,
    /// Words of b that a lacks.
    Insert,
    /// Words of a that b lacks.
    Delete,
    /// Words of a stand as other words in b.
    Replace,
    /// The same words, elsewhere in the passage.
    Move,
}

/// How the two sides of a passage differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The same words; case, spacing and punctuation may differ.
    Verbatim,
    /// Mostly the same words in runs.
    Edited,
    /// The same statement in largely other words.
    Reworded,
}

/// Edits of one passage, in words except where said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EditCounts {
    /// Words of b without a counterpart.
    pub inserted: u32,
    /// Words of a without a counterpart.
    pub deleted: u32,
    /// Words of a that stand as other words in b.
    pub replaced: u32,
    /// Words that moved.
    pub moved: u32,
    /// Replacements in which a number, time or date became another.
    pub numbers_changed: u32,
    /// Replacements in which a name became another; the same name in another form is none.
    pub names_changed: u32,
}

/// A property of a passage that may take it out of the totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// Known text given with `--boilerplate`, or recurring within one outlet.
    Boilerplate,
    /// Words so common that sharing them says little.
    Common,
    /// Attributed to an agency or author.
    Credited,
    /// Inside quotation marks.
    Quoted,
    /// The two documents are the same text.
    ExactCopy,
    /// Wording that a newsroom uses again and again: a form filled in anew each time, a standing name.
    Formula,
    /// In the headline of either document.
    Headline,
    /// Under a picture in either document.
    Caption,
}

/// Why a passage does not count towards coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExcludeReason {
    /// It carries an excluded tag.
    Tag(Tag),
    /// Both documents are of one source and `--skip-same source` was given.
    SameSource,
}

/// Everything two documents share.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentPair {
    /// Content-derived name.
    pub id: StableId,
    /// In `--against`: the new document; otherwise the one whose name sorts first.
    pub a: DocId,
    /// The other one.
    pub b: DocId,
    /// Its passages in [`crate::model::Analysis::passages`], in order of a.
    pub passages: Range<usize>,
    /// Sum of matched words of the passages that count.
    pub matched_words: u32,
    /// Matched words of the longest passage that counts.
    pub longest_words: u32,
    /// Share of a's tokens that passages which count cover ([`Passage::covered`]); a union, 0 to 1.
    pub a_coverage: f64,
    /// The same for b.
    pub b_coverage: f64,
    /// Share of a's tokens in any passage, before exclusions.
    pub a_coverage_all: f64,
    /// The same for b.
    pub b_coverage_all: f64,
    /// Whether the two are versions of one text: both coverages at least 0.8.
    pub near_duplicate: bool,
    /// Which appeared first in this corpus.
    pub order: Order,
    /// b's time minus a's, in seconds; `None` when either is unknown.
    pub lag_seconds: Option<i64>,
    /// Matched words of the passages that do not count.
    pub excluded_words: u32,
    /// Tags of its passages, without repeats.
    pub tags: Vec<Tag>,
    /// Where the shared words came from.
    pub provenance: PairProvenance,
}

/// Which of two documents appeared first in this corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Order {
    /// a did.
    AFirst,
    /// b did.
    BFirst,
    /// At the same time, as exactly as the dates say.
    Same,
    /// Evidence is missing or contradicts.
    Unknown,
}

impl Order {
    /// The same order seen from the other side.
    #[must_use]
    pub fn swapped(self) -> Order {
        match self {
            Order::AFirst => Order::BFirst,
            Order::BFirst => Order::AFirst,
            other => other,
        }
    }
}

impl Block {
    /// The same block seen from the other side.
    #[must_use]
    pub fn swapped(self) -> Block {
        Block { a: self.b, b: self.a, bits: self.bits }
    }
}

impl Tag {
    /// The tag's name in flags and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Tag::Boilerplate => "boilerplate",
            Tag::Common => "common",
            Tag::Credited => "credited",
            Tag::Quoted => "quoted",
            Tag::ExactCopy => "exact_copy",
            Tag::Formula => "formula",
            Tag::Headline => "headline",
            Tag::Caption => "caption",
        }
    }
}
