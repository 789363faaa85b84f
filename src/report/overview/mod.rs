//! What the first screen says, before any format: one sentence, tables of cells, remarks.
//!
//! Text and Markdown draw the same overview. Cells hold text that is safe for a terminal but not yet escaped for a
//! format. Nothing is left out without being counted.

mod articles;
mod grid;
mod hits;
mod nested;
mod remarks;
mod sentence;
mod tables;
mod wording;

pub(crate) use articles::articles;
pub(crate) use grid::{Align, Grid};
pub(crate) use hits::Hits;
pub(crate) use remarks::{Remark, remarks};
pub(crate) use sentence::{pair_sentence, sentence};
pub(crate) use tables::{PairLayout, clusters, edges, pairs, recurring};
pub(crate) use wording::{amount, around, dated, document_line, outlet, passage_head, percent, plural};

use std::borrow::Cow;

use crate::model::{ByteSpan, Cluster, DocId, DocumentPair, ExcludeReason, Findings, Witness};

/// The two documents of a run that compared just two, to be shown side by side.
#[derive(Clone, Debug)]
pub(crate) struct TwoDocuments {
    /// Side a.
    pub(crate) a: DocId,
    /// Side b.
    pub(crate) b: DocId,
    /// What they share; `None` when that is nothing.
    pub(crate) pair: Option<DocumentPair>,
}

impl TwoDocuments {
    /// `None` when `findings` are about fewer or more documents, or show no texts.
    pub(crate) fn of(findings: &dyn Findings) -> Option<TwoDocuments> {
        if findings.facts().documents.len() != 2 || findings.hidden().is_some() {
            return None;
        }
        let pair = findings.pairs().next().map(Cow::into_owned);
        let (a, b) = pair.as_ref().map_or((DocId::new(0), DocId::new(1)), |pair| (pair.a, pair.b));
        Some(TwoDocuments { a, b, pair })
    }
}

/// For each cluster whether it is no news that travelled: none of its passages counts, or most of them carry a tag that is left
/// out. `page/src/data/lists.ts` has the same rule.
pub(crate) fn left_out(findings: &dyn Findings) -> Vec<bool> {
    // All passages of each cluster, those that count, those with a tag that is left out.
    let mut of_cluster = vec![[0_usize; 3]; findings.facts().clusters.len()];
    for passage in findings.passages() {
        let Some([all, counting, tagged]) = passage.cluster.and_then(|index| of_cluster.get_mut(index))
        else {
            continue;
        };
        *all += 1;
        *counting += usize::from(passage.excluded.is_none());
        *tagged += usize::from(matches!(passage.excluded, Some(ExcludeReason::Tag(_))));
    }
    of_cluster
        .into_iter()
        .map(|[all, counting, tagged]| (counting == 0 && all > 0) || tagged * 2 > all)
        .collect()
}

/// For each cluster the part of its representative's version that most others have: what a table shows of it. The whole
/// version may hold what only the representative says.
pub(crate) fn cores(findings: &dyn Findings) -> Vec<ByteSpan> {
    let clusters = &findings.facts().clusters;
    // Where the passages with others begin (1) and end (−1) in the representative's version.
    let mut ends: Vec<Vec<(u32, i32)>> = vec![Vec::new(); clusters.len()];
    for passage in findings.passages() {
        let Some((index, cluster)) = passage.cluster.and_then(|index| Some((index, clusters.get(index)?)))
        else {
            continue;
        };
        let own = representative(cluster);
        for (_, span) in
            [(passage.a_doc, passage.a), (passage.b_doc, passage.b)].iter().filter(|it| it.0 == own.doc)
        {
            let (start, end) = (span.start().max(own.span.start()), span.end().min(own.span.end()));
            if start < end {
                ends[index].extend([(start, 1), (end, -1)]);
            }
        }
    }
    clusters.iter().zip(ends).map(|(cluster, ends)| core(representative(cluster).span, ends)).collect()
}

fn representative(cluster: &Cluster) -> &Witness {
    &cluster.witnesses[cluster.representative]
}

/// The first stretch of `whole` that reaches the greatest depth of the spans with these `ends` and nowhere falls below half
/// of it.
fn core(whole: ByteSpan, mut ends: Vec<(u32, i32)>) -> ByteSpan {
    ends.sort_unstable();
    let mut depth = 0;
    let depths: Vec<(u32, i32)> = ends
        .chunk_by(|one, other| one.0 == other.0)
        .map(|here| {
            depth += here.iter().map(|(_, change)| change).sum::<i32>();
            (here[0].0, depth)
        })
        .collect();
    let deepest = depths.iter().map(|&(_, depth)| depth).max().unwrap_or(0);
    let Some(first) = depths.iter().position(|&(_, depth)| depth == deepest && depth > 0) else {
        return whole;
    };
    let is_below = |&(_, depth): &(u32, i32)| 2 * depth < deepest;
    let start = depths[..first].iter().rposition(is_below).map_or(0, |below| below + 1);
    let end = depths[first..].iter().find(|it| is_below(it)).map_or(whole.end(), |&(at, _)| at);
    ByteSpan::new(depths[start].0, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_is_what_most_have() {
        // Spans of the others in the representative's version 10..90, and what most of them have.
        type Bytes = (u32, u32);
        let cases: [(&[Bytes], Bytes); 6] = [
            (&[], (10, 90)),
            (&[(10, 90)], (10, 90)),
            (&[(10, 90), (30, 50), (30, 50)], (30, 50)),
            (&[(30, 50), (50, 60)], (30, 60)),
            (&[(10, 20), (40, 60), (40, 60), (40, 50)], (40, 60)),
            (&[(20, 40), (30, 60), (50, 70), (10, 12)], (20, 70)),
        ];
        for (spans, expected) in cases {
            let ends = spans.iter().flat_map(|&(start, end)| [(start, 1), (end, -1)]).collect();
            let core = core(ByteSpan::new(10, 90), ends);
            assert_eq!((core.start(), core.end()), expected, "{spans:?}");
        }
    }
}
