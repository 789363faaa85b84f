//! What recurs in which outlet, and what it adds up to: the table of boilerplate and formulas.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Cluster, Document, Passage, Precision, Recurring, Tag};

/// Cluster, tag, and the outlet if both sides are of one.
type Key = (usize, Tag, Option<String>);

/// Passages tagged boilerplate or formula, added up.
#[derive(Debug, Default)]
pub(crate) struct Recurrences(BTreeMap<Key, Sum>);

#[derive(Debug, Default)]
struct Sum {
    matched_words: u64,
    is_excluded: bool,
    /// That of its first passage.
    fact: String,
}

impl Recurrences {
    /// Takes in a passage.
    pub(crate) fn add(&mut self, passage: &Passage, documents: &[Document]) {
        let Some(cluster) = passage.cluster else { return };
        let Some((tag, fact)) =
            passage.tags.iter().find(|(tag, _)| matches!(tag, Tag::Boilerplate | Tag::Formula))
        else {
            return;
        };
        let [a, b] = [passage.a_doc, passage.b_doc].map(|doc| documents[doc.index()].source.as_ref());
        let source = a.filter(|_| a == b).cloned();
        let sum = self
            .0
            .entry((cluster, *tag, source))
            .or_insert_with(|| Sum { fact: fact.clone(), ..Sum::default() });
        sum.matched_words += u64::from(passage.matched_words);
        sum.is_excluded |= passage.excluded.is_some();
    }

    /// Takes in what another one added up, of passages after its own.
    pub(crate) fn extend(&mut self, other: Recurrences) {
        for (key, more) in other.0 {
            let sum = self.0.entry(key).or_insert_with(|| Sum { fact: more.fact, ..Sum::default() });
            sum.matched_words += more.matched_words;
            sum.is_excluded |= more.is_excluded;
        }
    }

    /// The table: most documents first, then most words, then in the order of the clusters.
    pub(crate) fn finish(self, clusters: &[Cluster], documents: &[Document]) -> Vec<Recurring> {
        let mut rows: Vec<Recurring> =
            self.0.into_iter().map(|(key, sum)| row(key, sum, clusters, documents)).collect();
        rows.sort_by(|one, two| {
            let larger = (two.n_docs, two.words).cmp(&(one.n_docs, one.words));
            larger.then_with(|| (one.cluster, one.tag, &one.source).cmp(&(two.cluster, two.tag, &two.source)))
        });
        rows
    }
}

fn row((cluster, tag, source): Key, sum: Sum, clusters: &[Cluster], documents: &[Document]) -> Recurring {
    let (mut docs, mut days, mut words) = (BTreeSet::new(), BTreeSet::new(), 0);
    for witness in &clusters[cluster].witnesses {
        let document = &documents[witness.doc.index()];
        if source.is_some() && document.source != source {
            continue;
        }
        docs.insert(witness.doc);
        words += u64::from(witness.tokens.len());
        days.extend(
            document
                .published
                .filter(|it| it.precision >= Precision::Day)
                .map(|it| it.seconds.div_euclid(86_400)),
        );
    }
    Recurring {
        cluster,
        tag,
        source,
        n_docs: docs.len() as u32,
        n_days: days.len() as u32,
        words,
        matched_words: sum.matched_words,
        excluded: sum.is_excluded,
        fact: sum.fact,
    }
}
