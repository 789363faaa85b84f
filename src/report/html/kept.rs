//! A result without the pairs that a report of limited size has no room to list.
//!
//! In: findings and which of their pairs stay. Out: findings of those pairs, their passages, and the clusters these stand in, with
//! places counted anew; documents, outlets and everything else stay as they are. A view: nothing is copied but what stays.

use std::borrow::Cow;
use std::io;

use crate::model::{Analysis, DocId, DocumentPair, Findings, Held, Passage, Tokens};

/// Findings of some of the pairs of others.
pub(super) struct Kept<'f> {
    inner: &'f dyn Findings,
    /// Everything but lists of pairs and passages.
    facts: Analysis,
    /// Which pairs stay, by their place in `inner`.
    keep: Vec<bool>,
    /// The place of each cluster that stays.
    clusters: Vec<Option<usize>>,
    n_pairs: usize,
    n_passages: usize,
    n_excluded: usize,
}

impl<'f> Kept<'f> {
    /// The pairs of `inner` that `keep` tells, in their order.
    pub(super) fn of(inner: &'f dyn Findings, keep: Vec<bool>) -> Kept<'f> {
        let mut facts = inner.facts().clone_without_lists();
        let all = std::mem::take(&mut facts.clusters);
        let n_pairs = keep.iter().filter(|keep| **keep).count();
        let clusters = vec![None; all.len()];
        let mut kept = Kept { inner, facts, keep, clusters, n_pairs, n_passages: 0, n_excluded: 0 };
        let (mut n_passages, mut n_excluded) = (0, 0);
        let mut used = vec![false; all.len()];
        for passage in kept.own() {
            n_passages += 1;
            n_excluded += usize::from(passage.excluded.is_some());
            if let Some(cluster) = passage.cluster {
                used[cluster] = true;
            }
        }
        (kept.n_passages, kept.n_excluded) = (n_passages, n_excluded);
        for (index, cluster) in all.into_iter().enumerate().filter(|(index, _)| used[*index]) {
            kept.clusters[index] = Some(kept.facts.clusters.len());
            kept.facts.clusters.push(cluster);
        }
        let places = &kept.clusters;
        kept.facts.recurring.retain_mut(|recurring| {
            let place = places[recurring.cluster];
            recurring.cluster = place.unwrap_or_default();
            place.is_some()
        });
        kept
    }

    /// The passages of the pairs that stay, with the places that `inner` gives them.
    fn own(&self) -> impl Iterator<Item = Cow<'_, Passage>> {
        let mut passages = self.inner.passages();
        let runs = self.inner.pairs().zip(&self.keep).map(|(pair, &keep)| (pair.passages.len(), keep));
        runs.flat_map(move |(n, keep)| {
            let own: Vec<Cow<'_, Passage>> = passages.by_ref().take(n).filter(|_| keep).collect();
            own
        })
    }
}

impl Findings for Kept<'_> {
    fn facts(&self) -> &Analysis {
        &self.facts
    }

    fn hidden(&self) -> Option<&dyn Findings> {
        self.inner.hidden()
    }

    fn text(&self, doc: DocId) -> Held<'_, str> {
        self.inner.text(doc)
    }

    fn tokens(&self, doc: DocId) -> Held<'_, Tokens> {
        self.inner.tokens(doc)
    }

    fn n_words(&self, doc: DocId) -> usize {
        self.inner.n_words(doc)
    }

    fn pairs(&self) -> Box<dyn Iterator<Item = Cow<'_, DocumentPair>> + '_> {
        let mut next = 0;
        let pairs = self.inner.pairs().zip(&self.keep).filter(|(_, keep)| **keep);
        Box::new(pairs.map(move |(pair, _)| {
            let mut pair = pair.into_owned();
            pair.passages = next..next + pair.passages.len();
            next = pair.passages.end;
            Cow::Owned(pair)
        }))
    }

    fn n_pairs(&self) -> usize {
        self.n_pairs
    }

    fn passages(&self) -> Box<dyn Iterator<Item = Cow<'_, Passage>> + '_> {
        Box::new(self.own().map(|passage| {
            let mut passage = passage.into_owned();
            passage.cluster = passage.cluster.and_then(|cluster| self.clusters[cluster]);
            Cow::Owned(passage)
        }))
    }

    fn n_passages(&self) -> usize {
        self.n_passages
    }

    fn n_excluded(&self) -> usize {
        self.n_excluded
    }

    fn pair_runs(&self) -> usize {
        1
    }

    fn pair_run(&self, run: usize) -> Vec<Cow<'_, DocumentPair>> {
        self.pairs().filter(|_| run == 0).collect()
    }

    fn passage_runs(&self) -> Vec<usize> {
        vec![self.n_passages]
    }

    fn passage_run(&self, run: usize) -> Vec<Cow<'_, Passage>> {
        self.passages().filter(|_| run == 0).collect()
    }

    fn whole(&self) -> io::Result<Cow<'_, Analysis>> {
        let mut analysis = self.facts.clone();
        let all = self.inner.whole()?;
        analysis.tokens = all.tokens.clone();
        analysis.documents = all.documents.clone();
        analysis.pairs = self.pairs().map(Cow::into_owned).collect();
        analysis.passages = self.passages().map(Cow::into_owned).collect();
        Ok(Cow::Owned(analysis))
    }

    fn check(&self) -> io::Result<()> {
        self.inner.check()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::fixture::rich;

    /// What stays is what an analysis of these pairs alone would hold.
    #[test]
    fn places_are_counted_anew() {
        let analysis = rich();
        for kept_pairs in 0_u32..1 << analysis.pairs.len() {
            let keep: Vec<bool> = (0..analysis.pairs.len()).map(|pair| kept_pairs >> pair & 1 == 1).collect();
            let kept = Kept::of(&analysis, keep.clone());
            let pairs: Vec<DocumentPair> = kept.pairs().map(Cow::into_owned).collect();
            let passages: Vec<Passage> = kept.passages().map(Cow::into_owned).collect();
            assert_eq!((pairs.len(), passages.len()), (kept.n_pairs(), kept.n_passages()));
            assert_eq!(kept.n_excluded(), passages.iter().filter(|it| it.excluded.is_some()).count());
            let expected = analysis.pairs.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(pair, _)| pair);
            let mut next = 0;
            for (pair, before) in pairs.iter().zip(expected) {
                assert_eq!((pair.id, pair.passages.start), (before.id, next));
                next = pair.passages.end;
                for (now, then) in
                    passages[pair.passages.clone()].iter().zip(&analysis.passages[before.passages.clone()])
                {
                    assert_eq!(now.id, then.id);
                    let cluster = now.cluster.map(|at| kept.facts().clusters[at].id);
                    assert_eq!(cluster, then.cluster.map(|at| analysis.clusters[at].id));
                }
            }
            let used = |cluster: usize| passages.iter().any(|it| it.cluster == Some(cluster));
            assert!((0..kept.facts().clusters.len()).all(used), "clusters that stay have a passage");
            assert!(kept.facts().recurring.iter().all(|it| it.cluster < kept.facts().clusters.len()));
            assert_eq!(kept.whole().unwrap().passages, passages);
        }
    }
}
