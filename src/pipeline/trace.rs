//! Where the words of one pair came from: its order, its kind of origin.

use std::collections::BTreeMap;

use crate::model::{Cluster, DocId, DocumentPair, Order, PairProvenance, Passage};
use crate::pipeline::assemble::Assembly;
use crate::pipeline::origins::in_time;
use crate::provenance::Clock;
use crate::provenance::order::{Side, decide, evidence};
use crate::provenance::origin::{Shared, Third, origin};

/// Carriers of a passage's cluster that are looked at for one before both documents of a pair.
const EARLIEST: usize = 4;

/// Share of a passage inside quotations from which it is quoted, and outside of them from which it is not.
const QUOTED: f64 = 0.8;

impl Assembly<'_> {
    /// How times are taken.
    pub(crate) fn clock(&self) -> Clock {
        Clock { tolerance: self.settings.tolerance }
    }

    /// Fills in the order and the origin of `pair`, and what they rest on.
    pub(super) fn trace(&self, pair: &mut DocumentPair, passages: &[Passage], clusters: &[Cluster]) {
        let side = |doc: DocId, is_a: bool| self.side(doc, is_a, pair, passages);
        let (a, b) = (side(pair.a, true), side(pair.b, false));
        let evidence = evidence(self.clock(), &a, &b);
        let order = decide(&evidence);
        let later = if order == Order::BFirst { a.source } else { b.source };
        let shared = Shared {
            a,
            b,
            order,
            in_time: in_time(self.settings, later, pair.lag_seconds),
            matched_words: pair.matched_words,
            third: self.third(pair, passages, clusters),
        };
        // Where nothing counts, nothing came from anywhere.
        let (origin, origin_fact) = if pair.matched_words > 0 { origin(&shared) } else { <_>::default() };
        pair.order = order;
        pair.provenance = PairProvenance { evidence, origin, origin_fact, first_match: false };
    }

    fn side(&self, doc: DocId, is_a: bool, pair: &DocumentPair, passages: &[Passage]) -> Side<'_> {
        let document = &self.subject.documents[doc.index()];
        let counted = || passages.iter().filter(|it| it.excluded.is_none());
        let quoted =
            |it: &Passage| if is_a { (it.a_quoted, it.b_quoted) } else { (it.b_quoted, it.a_quoted) };
        let words = |it: &Passage| f64::from(it.matched_words);
        Side {
            name: &document.name,
            source: document.source.as_deref(),
            published: document.published,
            published_from: document.published_from,
            zones: self.zoned.zones(doc.index()),
            attribution: self.zoned.attribution(doc.index()),
            coverage: if is_a { pair.a_coverage } else { pair.b_coverage },
            quoted_words: counted().map(|it| words(it) * quoted(it).0).sum(),
            quotes_other: counted()
                .filter(|it| quoted(it).0 >= QUOTED && quoted(it).1 <= 1.0 - QUOTED)
                .map(words)
                .sum(),
        }
    }

    /// The document that carried most of the words of `pair` before both.
    fn third(&self, pair: &DocumentPair, passages: &[Passage], clusters: &[Cluster]) -> Option<Third<'_>> {
        let documents = &self.subject.documents;
        let (clock, published) = (self.clock(), |doc: DocId| documents[doc.index()].published);
        let is_before = |doc: DocId| {
            let before = |other| clock.order(published(doc), published(other)) == Order::AFirst;
            before(pair.a) && before(pair.b)
        };
        let mut words: BTreeMap<DocId, u32> = BTreeMap::new();
        for passage in passages.iter().filter(|it| it.excluded.is_none()) {
            let Some(cluster) = passage.cluster.and_then(|at| clusters.get(at)) else { continue };
            let mut earliest: Vec<DocId> = cluster
                .witnesses
                .iter()
                .take(EARLIEST)
                .map(|it| it.doc)
                .filter(|&doc| is_before(doc))
                .collect();
            earliest.dedup();
            for doc in earliest {
                *words.entry(doc).or_default() += passage.matched_words;
            }
        }
        // Of several that carried as much, the earliest.
        let (doc, words) = words
            .into_iter()
            .max_by_key(|&(doc, words)| (words, std::cmp::Reverse((published(doc), doc))))?;
        let document = &documents[doc.index()];
        let share = f64::from(words) / f64::from(pair.matched_words.max(1));
        Some(Third { name: &document.name, source: document.source.as_deref(), share })
    }
}
