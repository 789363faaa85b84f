//! The columns of document pairs and of their passages.

use serde::Serialize;

use crate::model::{DocumentPair, Findings, Passage};
use crate::report::html::strings::Strings;
use crate::report::html::utf16::Places;
use crate::report::names::Named;
use crate::report::rows::{PublicId, Rows, rounded};

/// See `Pairs` in `page/src/data.ts`.
#[derive(Default, Serialize)]
pub(super) struct Pairs {
    id: Vec<PublicId>,
    pub(super) a: Vec<u32>,
    pub(super) b: Vec<u32>,
    first: Vec<usize>,
    matched_words: Vec<u32>,
    longest_words: Vec<u32>,
    a_coverage: Vec<f64>,
    b_coverage: Vec<f64>,
    near_duplicate: Vec<bool>,
    order: Vec<u32>,
    lag: Vec<Option<i64>>,
    first_match: Vec<bool>,
    origin: Vec<u32>,
    origin_fact: Vec<Option<String>>,
    evidence: Vec<Vec<(u32, u32, String)>>,
    pub(super) diffs: Vec<Option<String>>,
}

impl Pairs {
    /// The columns of all pairs.
    pub(super) fn of(findings: &dyn Findings) -> Pairs {
        let mut columns = Pairs::default();
        for pair in findings.pairs() {
            columns.add(&pair);
        }
        columns.first.push(findings.n_passages());
        columns.diffs = vec![None; columns.id.len()];
        columns
    }

    fn add(&mut self, pair: &DocumentPair) {
        self.id.push(PublicId(pair.id));
        self.a.push(pair.a.index() as u32);
        self.b.push(pair.b.index() as u32);
        self.first.push(pair.passages.start);
        self.matched_words.push(pair.matched_words);
        self.longest_words.push(pair.longest_words);
        self.a_coverage.push(rounded(pair.a_coverage));
        self.b_coverage.push(rounded(pair.b_coverage));
        self.near_duplicate.push(pair.near_duplicate);
        self.order.push(pair.order.place());
        self.lag.push(pair.lag_seconds);
        let told = &pair.provenance;
        self.first_match.push(told.first_match);
        self.origin.push(told.origin.place());
        self.origin_fact.push((!told.origin_fact.is_empty()).then(|| told.origin_fact.clone()));
        let evidence = told.evidence.iter().map(|it| (it.kind.place(), it.says.place(), it.fact.clone()));
        self.evidence.push(evidence.collect());
    }

    /// Number of pairs.
    pub(super) fn len(&self) -> usize {
        self.id.len()
    }

    /// Whether each pair counts with the settings in effect.
    pub(super) fn count(&self) -> Vec<bool> {
        self.matched_words.iter().map(|&words| words > 0).collect()
    }

    /// The pairs, most alike first: by the larger share of either text, then the other, then matched words, then place.
    pub(super) fn by_likeness(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.len()).collect();
        let shares = |pair: usize| {
            let (a, b) = (self.a_coverage[pair], self.b_coverage[pair]);
            (a.max(b), a.min(b))
        };
        order.sort_by(|&x, &y| {
            let (more, less) = (shares(x), shares(y));
            let alike = less.0.total_cmp(&more.0).then(less.1.total_cmp(&more.1));
            alike.then(self.matched_words[y].cmp(&self.matched_words[x])).then(x.cmp(&y))
        });
        order
    }
}

/// See `Passages` in `page/src/data.ts`.
#[derive(Default, Serialize)]
pub(super) struct Passages {
    id: Vec<PublicId>,
    a_start: Vec<u32>,
    a_end: Vec<u32>,
    b_start: Vec<u32>,
    b_end: Vec<u32>,
    a_word: Vec<u32>,
    a_words: Vec<u32>,
    b_word: Vec<u32>,
    b_words: Vec<u32>,
    a_line: Vec<u32>,
    b_line: Vec<u32>,
    matched: Vec<u32>,
    identity: Vec<u32>,
    kind: Vec<u32>,
    edits: Vec<[u32; 6]>,
    typed: Vec<Vec<u32>>,
    tags: Vec<Vec<u32>>,
    tag_facts: Strings,
    a_quoted: Vec<u32>,
    b_quoted: Vec<u32>,
    cluster: Vec<i64>,
    reason: Vec<i64>,
}

impl Passages {
    /// The columns of all passages.
    pub(super) fn of(findings: &dyn Findings, rows: &Rows<'_>, places: &Places<'_>) -> Passages {
        let mut columns = Passages::default();
        for passage in findings.passages() {
            columns.add(&passage, rows, places);
        }
        columns
    }

    fn add(&mut self, passage: &Passage, rows: &Rows<'_>, places: &Places<'_>) {
        let (a_doc, b_doc) = (passage.a_doc, passage.b_doc);
        self.id.push(PublicId(passage.id));
        let (a, b) = (places.of(a_doc, passage.a), places.of(b_doc, passage.b));
        self.a_start.push(a.0);
        self.a_end.push(a.1);
        self.b_start.push(b.0);
        self.b_end.push(b.1);
        self.a_word.push(passage.a_tokens.start());
        self.a_words.push(passage.a_tokens.len());
        self.b_word.push(passage.b_tokens.start());
        self.b_words.push(passage.b_tokens.len());
        self.a_line.push(rows.lines(a_doc, passage.a).0);
        self.b_line.push(rows.lines(b_doc, passage.b).0);
        self.matched.push(passage.matched_words);
        self.identity.push(parts_of(passage.identity, 10_000.0));
        self.kind.push(passage.kind.place());
        let edits = passage.edits;
        let (inserted, deleted, replaced, moved) =
            (edits.inserted, edits.deleted, edits.replaced, edits.moved);
        self.edits.push([inserted, deleted, replaced, moved, edits.numbers_changed, edits.names_changed]);
        let typed = passage.typed_edits.iter().flat_map(|edit| {
            let (a, b) = (places.in_words(a_doc, edit.a), places.in_words(b_doc, edit.b));
            [edit.kind.place(), a.0, a.1, b.0, b.1]
        });
        self.typed.push(typed.collect());
        let tags = passage.tags.iter().flat_map(|(tag, fact)| [tag.place(), self.tag_facts.place(fact)]);
        self.tags.push(tags.collect());
        self.a_quoted.push(parts_of(passage.a_quoted, 100.0));
        self.b_quoted.push(parts_of(passage.b_quoted, 100.0));
        self.cluster.push(passage.cluster.map_or(-1, |cluster| cluster as i64));
        self.reason.push(passage.excluded.map_or(-1, |reason| i64::from(reason.place())));
    }
}

/// A share in parts of `whole`, from the share as a written result has it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(super) fn parts_of(share: f64, whole: f64) -> u32 {
    (rounded(share) * whole).round() as u32
}
