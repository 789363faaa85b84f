//! Clusters that lie inside wider ones: a statement whose carriers took more or less of it leads a list once.
//!
//! A cluster lies inside a listed one if at least half of its articles carry both, at places of which the shorter is mostly in
//! the longer. One look-up for each place.

use std::collections::BTreeMap;

use crate::model::{ByteSpan, Cluster, DocId};

/// Clusters as a list has them.
pub(super) struct Listed {
    /// Indices of those that stand for themselves, in the order given, at most so many as wanted; and the number of further ones
    /// that lie inside each.
    pub(super) rows: Vec<(usize, usize)>,
    /// Number of all that lie inside none of these.
    pub(super) n_all: usize,
}

/// The first `top` of the clusters at `indices` that lie inside none before them.
pub(super) fn list(clusters: &[Cluster], indices: impl Iterator<Item = usize>, top: usize) -> Listed {
    let mut listed = Listed { rows: Vec::new(), n_all: 0 };
    let mut places: BTreeMap<DocId, Vec<(usize, ByteSpan)>> = BTreeMap::new();
    for index in indices {
        let cluster = &clusters[index];
        if let Some(row) = around(cluster, &places) {
            listed.rows[row].1 += 1;
            continue;
        }
        listed.n_all += 1;
        if listed.rows.len() < top {
            for witness in &cluster.witnesses {
                places.entry(witness.doc).or_default().push((listed.rows.len(), witness.span));
            }
            listed.rows.push((index, 0));
        }
    }
    listed
}

/// The row whose cluster `cluster` lies inside.
fn around(cluster: &Cluster, places: &BTreeMap<DocId, Vec<(usize, ByteSpan)>>) -> Option<usize> {
    let mut n_inside: BTreeMap<usize, u32> = BTreeMap::new();
    for of_document in cluster.witnesses.chunk_by(|one, other| one.doc == other.doc) {
        let near = places.get(&of_document[0].doc).map_or(&[][..], Vec::as_slice);
        let holds = |span: ByteSpan| of_document.iter().any(|it| is_same_place(it.span, span));
        let mut last = None;
        for &(row, _) in near.iter().filter(|(_, span)| holds(*span)) {
            if last.replace(row) != Some(row) {
                *n_inside.entry(row).or_default() += 1;
            }
        }
    }
    let (row, most) = n_inside.into_iter().max_by_key(|&(row, n)| (n, std::cmp::Reverse(row)))?;
    (2 * most >= cluster.n_docs).then_some(row)
}

/// Whether the shorter of two places lies mostly in the other.
fn is_same_place(one: ByteSpan, other: ByteSpan) -> bool {
    2 * one.overlap(other) > one.len().min(other.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Span, StableId, TokenSpan, Witness};

    fn cluster(places: &[(usize, u32, u32)]) -> Cluster {
        let witnesses = places.iter().map(|&(doc, start, end)| Witness {
            doc: DocId::new(doc),
            span: Span::new(start, end),
            tokens: TokenSpan::new(0, 1),
            rank: None,
            rank_evidence: None,
            lag_seconds: None,
            identity_to_representative: 1.0,
        });
        Cluster {
            id: StableId(1),
            witnesses: witnesses.collect(),
            representative: 0,
            n_docs: places.len() as u32,
            n_sources: 0,
            n_origins: 0,
            first_doc: None,
            first_published: None,
            span_seconds: None,
            words_median: 9.0,
        }
    }

    #[test]
    fn a_statement_leads_a_list_once() {
        let clusters = [
            cluster(&[(0, 0, 100), (1, 0, 100), (2, 0, 100), (3, 0, 100)]),
            // Half of it, in most of the same articles.
            cluster(&[(0, 40, 90), (1, 40, 90), (4, 0, 50)]),
            // Beside it.
            cluster(&[(0, 100, 200), (1, 100, 200), (2, 100, 200)]),
            // In one of three articles.
            cluster(&[(0, 10, 90), (5, 0, 80), (6, 0, 80)]),
            // More than it.
            cluster(&[(2, 0, 300), (3, 0, 300)]),
            cluster(&[(7, 0, 9), (8, 0, 9)]),
        ];
        let listed = list(&clusters, 0..clusters.len(), 3);
        assert_eq!((listed.rows, listed.n_all), (vec![(0, 2), (2, 0), (3, 0)], 4));
        let none = list(&clusters, 0..0, 3);
        assert_eq!((none.rows, none.n_all), (vec![], 0));
    }
}
