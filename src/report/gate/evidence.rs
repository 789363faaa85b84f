//! What findings refer to: their passages and pairs, fetched once.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::model::{
    Analysis, ByteSpan, DocId, Document, DocumentPair, Finding, Findings, Order, Passage, StableId,
};
use crate::report::gate::wording::quote;

/// The pairs of some findings, read through once.
pub(super) struct Pairs<'f> {
    findings: &'f dyn Findings,
    pairs: BTreeMap<(DocId, DocId), DocumentPair>,
}

/// Passages and pairs of some findings, in memory.
///
/// Of the runs of passages only those are read that hold one that is needed. What shows many findings fetches the passages
/// of a few at a time, on the same pairs, so that the cost is that of the findings shown and of one list of pairs.
pub(super) struct Evidence<'p, 'f> {
    of: &'p Pairs<'f>,
    passages: BTreeMap<usize, Passage>,
}

/// The wording that a finding is about, seen from its document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared<'e> {
    /// The passage itself.
    pub(super) passage: &'e Passage,
    /// Its place in the finding's document.
    pub(super) own: ByteSpan,
    /// Its place in the other one.
    pub(super) theirs: ByteSpan,
}

/// What is known of two documents, seen from the finding's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Relation {
    /// Share of the finding's document that lies in passages that count.
    pub(super) own_coverage: f64,
    /// The same for the other one.
    pub(super) other_coverage: f64,
    /// When the other one appeared.
    pub(super) other: Appeared,
    /// By how many seconds, without a sign.
    pub(super) apart_seconds: Option<i64>,
}

/// When the other document of a finding appeared in this corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Appeared {
    Earlier,
    Together,
    Later,
    Unknown,
}

impl<'f> Pairs<'f> {
    /// Those of `wanted`.
    pub(super) fn of<'v>(findings: &'f dyn Findings, wanted: impl Iterator<Item = &'v Finding>) -> Pairs<'f> {
        let keys: BTreeSet<(DocId, DocId)> =
            wanted.filter_map(|finding| Some(key(finding.doc?, finding.other?))).collect();
        let pairs = match keys.is_empty() {
            true => BTreeMap::new(),
            false => findings
                .pairs()
                .filter(|pair| keys.contains(&key(pair.a, pair.b)))
                .map(|pair| (key(pair.a, pair.b), pair.into_owned()))
                .collect(),
        };
        Pairs { findings, pairs }
    }

    /// All that `wanted` refer to, which are among those that the pairs are of.
    pub(super) fn evidence<'v>(&self, wanted: impl Iterator<Item = &'v Finding>) -> Evidence<'_, 'f> {
        let (mut indices, mut ranges) = (BTreeSet::new(), Vec::new());
        for finding in wanted {
            match (finding.passage, self.pair(finding)) {
                (Some(index), _) => indices.extend([index]),
                // A finding about whole documents shows their longest passage.
                (None, Some(pair)) => ranges.push(pair.passages.clone()),
                (None, None) => {}
            }
        }
        let mut needed = indices.clone();
        needed.extend(ranges.iter().cloned().flatten());
        let mut passages = passages_at(self.findings, &needed, Passage::clone);
        indices.extend(ranges.into_iter().filter_map(|range| longest(&passages, range)));
        passages.retain(|index, _| indices.contains(index));
        Evidence { of: self, passages }
    }

    fn pair(&self, finding: &Finding) -> Option<&DocumentPair> {
        self.pairs.get(&key(finding.doc?, finding.other?))
    }
}

impl<'f> Evidence<'_, 'f> {
    /// The result that the findings are about.
    pub(super) fn analysis(&self) -> &'f Analysis {
        self.of.findings.facts()
    }

    /// A document of it.
    pub(super) fn document(&self, doc: DocId) -> &'f Document {
        &self.analysis().documents[doc.index()]
    }

    /// The passage of `finding`, or the longest one of its two documents.
    pub(super) fn shared(&self, finding: &Finding) -> Option<Shared<'_>> {
        let index = match finding.passage {
            Some(index) => Some(index),
            None => longest(&self.passages, self.of.pair(finding)?.passages.clone()),
        };
        let passage = self.passages.get(&index?)?;
        Some(match finding.doc == Some(passage.b_doc) {
            true => Shared { passage, own: passage.b, theirs: passage.a },
            false => Shared { passage, own: passage.a, theirs: passage.b },
        })
    }

    /// What is known of the two documents of `finding`.
    pub(super) fn relation(&self, finding: &Finding) -> Option<Relation> {
        let pair = self.of.pair(finding)?;
        let is_a = finding.doc == Some(pair.a);
        let other = match (pair.order, is_a) {
            (Order::Unknown, _) => Appeared::Unknown,
            (Order::Same, _) => Appeared::Together,
            (Order::BFirst, true) | (Order::AFirst, false) => Appeared::Earlier,
            (Order::AFirst, true) | (Order::BFirst, false) => Appeared::Later,
        };
        let (own_coverage, other_coverage) = match is_a {
            true => (pair.a_coverage, pair.b_coverage),
            false => (pair.b_coverage, pair.a_coverage),
        };
        let apart_seconds = pair.lag_seconds.map(i64::saturating_abs);
        Some(Relation { own_coverage, other_coverage, other, apart_seconds })
    }

    /// The words at `span` of `doc`, shortened and on one line; empty where the text cannot be read back.
    pub(super) fn quote(&self, doc: DocId, span: ByteSpan) -> String {
        self.of.findings.text(doc).get(span.range()).map(quote).unwrap_or_default()
    }
}

/// The names of the passages that `wanted` are about, by their index.
pub(in crate::report) fn passage_ids<'v>(
    findings: &dyn Findings,
    wanted: impl Iterator<Item = &'v Finding>,
) -> BTreeMap<usize, StableId> {
    passages_at(findings, &wanted.filter_map(|finding| finding.passage).collect(), |passage| passage.id)
}

/// What `take` makes of each of the passages at `indices`.
fn passages_at<T>(
    findings: &dyn Findings,
    indices: &BTreeSet<usize>,
    take: impl Fn(&Passage) -> T,
) -> BTreeMap<usize, T> {
    let mut taken = BTreeMap::new();
    let mut start = 0;
    for (run, length) in findings.passage_runs().into_iter().enumerate() {
        let wanted = indices.range(start..start + length);
        if wanted.clone().next().is_some() {
            let passages = findings.passage_run(run);
            let found = wanted.filter_map(|&index| Some((index, take(passages.get(index - start)?))));
            taken.extend(found);
        }
        start += length;
    }
    taken
}

/// The longest passage in `range` that counts, or else the longest; the first of equals.
fn longest(passages: &BTreeMap<usize, Passage>, range: Range<usize>) -> Option<usize> {
    let rank = |(index, passage): &(&usize, &Passage)| {
        (passage.excluded.is_none(), passage.matched_words, std::cmp::Reverse(**index))
    };
    passages.range(range).max_by_key(rank).map(|(&index, _)| index)
}

/// Two documents, whatever their order.
fn key(one: DocId, two: DocId) -> (DocId, DocId) {
    (one.min(two), one.max(two))
}
