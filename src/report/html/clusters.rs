//! The columns of clusters, of what outlets share, and of what recurs in them.

use std::collections::HashSet;

use serde::Serialize;

use crate::model::{ByteSpan, Cluster, Edge, Findings, Recurring, StableId, Witness};
use crate::report::html::pairs::parts_of;
use crate::report::html::strings::place_or_none;
use crate::report::html::utf16::{Places, units};
use crate::report::names::Named;
use crate::report::overview;
use crate::report::rows::{PublicId, rounded};
use crate::report::time;

/// UTF-16 units of the beginning of a cluster's words that tables show.
const EXCERPT: u32 = 300;

/// See `Clusters` in `page/src/data.ts`.
#[derive(Default, Serialize)]
pub(super) struct Clusters {
    id: Vec<PublicId>,
    n_docs: Vec<u32>,
    n_sources: Vec<u32>,
    n_origins: Vec<u32>,
    words_median: Vec<f64>,
    first_doc: Vec<i64>,
    first_published: Vec<Option<String>>,
    span_seconds: Vec<Option<i64>>,
    representative: Vec<usize>,
    left_out: Vec<bool>,
    excerpt: Vec<String>,
    members: Vec<Members>,
}

/// See `Members` in `page/src/data.ts`.
#[derive(Default, Serialize)]
struct Members {
    doc: Vec<u32>,
    start: Vec<u32>,
    end: Vec<u32>,
    rank: Vec<Option<u32>>,
    rank_evidence: Vec<i64>,
    lag: Vec<Option<i64>>,
    identity: Vec<u32>,
}

impl Clusters {
    /// The columns of the clusters of `findings`, which are some of those `told`.
    pub(super) fn of((findings, told): (&dyn Findings, &dyn Findings), places: &Places<'_>) -> Clusters {
        let all = told.facts().clusters.iter().zip(overview::left_out(told));
        let left_out: HashSet<StableId> =
            all.filter(|(_, is_out)| *is_out).map(|(cluster, _)| cluster.id).collect();
        let is_out = |cluster: &Cluster| left_out.contains(&cluster.id);
        let mut columns = Clusters {
            left_out: findings.facts().clusters.iter().map(is_out).collect(),
            ..Clusters::default()
        };
        for (cluster, core) in findings.facts().clusters.iter().zip(overview::cores(findings)) {
            columns.add((cluster, core), findings, places);
        }
        columns
    }

    fn add(&mut self, (cluster, core): (&Cluster, ByteSpan), findings: &dyn Findings, places: &Places<'_>) {
        self.id.push(PublicId(cluster.id));
        self.n_docs.push(cluster.n_docs);
        self.n_sources.push(cluster.n_sources);
        self.n_origins.push(cluster.n_origins);
        self.words_median.push(rounded(cluster.words_median));
        self.first_doc.push(cluster.first_doc.map_or(-1, |doc| doc.index() as i64));
        self.first_published.push(cluster.first_published.and_then(time::iso));
        self.span_seconds.push(cluster.span_seconds);
        self.representative.push(representative(cluster, findings));
        let chosen = &cluster.witnesses[cluster.representative];
        self.excerpt.push(match findings.hidden() {
            Some(_) => String::new(),
            None => beginning(&findings.text(chosen.doc)[core.range()]).to_owned(),
        });
        let mut members = Members::default();
        for witness in &cluster.witnesses {
            members.add(witness, places);
        }
        self.members.push(members);
    }
}

impl Members {
    fn add(&mut self, witness: &Witness, places: &Places<'_>) {
        let (start, end) = places.of(witness.doc, witness.span);
        self.doc.push(witness.doc.index() as u32);
        self.start.push(start);
        self.end.push(end);
        self.rank.push(witness.rank);
        self.rank_evidence.push(witness.rank_evidence.map_or(-1, |kind| i64::from(kind.place())));
        self.lag.push(witness.lag_seconds);
        self.identity.push(parts_of(witness.identity_to_representative, 10_000.0));
    }
}

/// The place of the first witness that is the representative's document with its very words: what a written result tells.
fn representative(cluster: &Cluster, findings: &dyn Findings) -> usize {
    let chosen = &cluster.witnesses[cluster.representative];
    let text = findings.text(chosen.doc);
    let is_it = |witness: &Witness| {
        witness.doc == chosen.doc && text[witness.span.range()] == text[chosen.span.range()]
    };
    cluster.witnesses.iter().position(is_it).unwrap_or(cluster.representative)
}

/// As much of `text` as a table shows, cut between characters.
fn beginning(text: &str) -> &str {
    let mut n = 0;
    let end = text.char_indices().find(|(_, c)| {
        n += c.len_utf16() as u32;
        n > EXCERPT
    });
    debug_assert!(end.is_some() || units(text) <= EXCERPT);
    end.map_or(text, |(at, _)| &text[..at])
}

/// See `Edges` in `page/src/data.ts`.
#[derive(Default, Serialize)]
pub(super) struct Edges {
    a: Vec<i64>,
    b: Vec<i64>,
    n_pairs: Vec<u32>,
    n_passages: Vec<u64>,
    matched_words: Vec<u64>,
    a_docs: Vec<u32>,
    b_docs: Vec<u32>,
    a_share: Vec<f64>,
    b_share: Vec<f64>,
    median_coverage: Vec<f64>,
    share_a_first: Vec<Option<f64>>,
    median_lag: Vec<Option<i64>>,
    n_first_matches: Vec<u32>,
}

impl Edges {
    /// The columns of `edges`; `sources` are sorted.
    pub(super) fn of(edges: &[Edge], sources: &[&str]) -> Edges {
        let mut columns = Edges::default();
        for edge in edges {
            columns.a.push(place_or_none(sources, Some(&edge.a_source)));
            columns.b.push(place_or_none(sources, Some(&edge.b_source)));
            columns.n_pairs.push(edge.n_pairs);
            columns.n_passages.push(edge.n_passages);
            columns.matched_words.push(edge.matched_words);
            columns.a_docs.push(edge.a_docs);
            columns.b_docs.push(edge.b_docs);
            columns.a_share.push(rounded(edge.a_share));
            columns.b_share.push(rounded(edge.b_share));
            columns.median_coverage.push(rounded(edge.median_coverage));
            columns.share_a_first.push(edge.share_a_first.map(rounded));
            columns.median_lag.push(edge.median_lag_seconds);
            columns.n_first_matches.push(edge.n_first_matches);
        }
        columns
    }
}

/// See `Recurring` in `page/src/data.ts`.
#[derive(Default, Serialize)]
pub(super) struct RecurringColumns<'a> {
    cluster: Vec<usize>,
    tag: Vec<u32>,
    source: Vec<i64>,
    n_docs: Vec<u32>,
    n_days: Vec<u32>,
    words: Vec<u64>,
    matched_words: Vec<u64>,
    excluded: Vec<bool>,
    fact: Vec<&'a str>,
}

impl<'a> RecurringColumns<'a> {
    /// The columns of `all`; `sources` are sorted.
    pub(super) fn of(all: &'a [Recurring], sources: &[&str]) -> RecurringColumns<'a> {
        let mut columns = RecurringColumns::default();
        for recurring in all {
            columns.cluster.push(recurring.cluster);
            columns.tag.push(recurring.tag.place());
            columns.source.push(place_or_none(sources, recurring.source.as_deref()));
            columns.n_docs.push(recurring.n_docs);
            columns.n_days.push(recurring.n_days);
            columns.words.push(recurring.words);
            columns.matched_words.push(recurring.matched_words);
            columns.excluded.push(recurring.excluded);
            columns.fact.push(&recurring.fact);
        }
        columns
    }
}
