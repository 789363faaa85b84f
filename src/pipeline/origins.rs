//! What all pairs together tell of where words came from: which pair is the first match of its later document, how much of a
//! document is derived, which documents are one item.
//!
//! Pairs are seen while their rows are made, then ordered where only their family tells, then added, then asked about. What
//! is kept meanwhile are some fifty bytes a document and a pair of versions, and thirty a passage.

use std::collections::BTreeMap;

use crate::model::span::union_len;
use crate::model::{
    Cluster, DocId, DocumentFacts, DocumentPair, Evidence, EvidenceKind, Order, OriginKind, Passage,
    Published, TokenSpan,
};
use crate::pipeline::scope::Subject;
use crate::pipeline::settings::Settings;
use crate::provenance::Clock;
use crate::provenance::derivation::{Drawn, derivation, own_words};
use crate::provenance::independent::Items;
use crate::provenance::names::Attribution;
use crate::provenance::order;
use crate::provenance::texts::{Growth, VERSIONS};
use crate::provenance::versions::{self, Versions};

/// A passage that counts: what it covers of either document, and its matched words that neither side quotes.
#[derive(Clone, Copy)]
pub(crate) struct Counted {
    pub(crate) a: TokenSpan,
    pub(crate) b: TokenSpan,
    own: u32,
}

impl Counted {
    pub(crate) fn of(passage: &Passage) -> Counted {
        let (a, b) = passage.covered();
        let said = passage.a_quoted.max(passage.b_quoted).clamp(0.0, 1.0);
        Counted { a, b, own: (f64::from(passage.matched_words) * (1.0 - said)).round() as u32 }
    }
}

/// What is kept of the pairs while their rows are made.
#[derive(Default)]
pub(crate) struct Seen {
    /// Passages that count, of all pairs; and where those of each pair end.
    counted: Vec<Counted>,
    ends: Vec<usize>,
    /// Pairs of versions of one text, with their places among the pairs.
    versions: Vec<Versions>,
    places: Vec<usize>,
    growth: Vec<Option<Growth>>,
}

impl Seen {
    /// Takes in the next pair.
    pub(crate) fn add(&mut self, made: (&DocumentPair, &[Counted], Option<Growth>), n_words: &[u32]) {
        let (pair, counted, growth) = made;
        if pair.a_coverage.max(pair.b_coverage) >= VERSIONS {
            let share = |doc: DocId| f64::from(pair.matched_words) / f64::from(n_words[doc.index()].max(1));
            self.places.push(self.ends.len());
            self.versions.push(Versions {
                a: pair.a.index() as u32,
                b: pair.b.index() as u32,
                grows: growth.map(|growth| growth.says),
                difference: share(pair.a) - share(pair.b),
            });
            self.growth.push(growth);
        }
        self.counted.extend_from_slice(counted);
        self.ends.push(self.counted.len());
    }

    /// The passages of a pair that count.
    pub(crate) fn counted(&self, index: usize) -> &[Counted] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.counted[start..self.ends[index]]
    }

    /// What the families of versions tell of pairs, by place.
    fn grown(&self, n_documents: usize) -> BTreeMap<usize, Evidence> {
        let orders = versions::orders(&self.versions, n_documents).into_iter();
        let told = orders.zip(&self.places).zip(&self.growth).filter_map(|((order, &place), growth)| {
            let (says, n) = order?;
            let adds = growth.filter(|growth| growth.says == says).map(|growth| {
                format!("; adds to sentences at {} places, whole ones at {}", growth.within, growth.sentences)
            });
            let fact = format!(
                "of {n} versions of a text that grows, the later has more{}",
                adds.unwrap_or_default()
            );
            Some((place, Evidence { kind: EvidenceKind::Containment, says, fact }))
        });
        told.collect()
    }
}

/// Share of the later document that has to be in the earlier one for both to be one item.
const ONE_ITEM: f64 = 0.8;

/// What the pairs added so far tell.
pub(crate) struct Origins<'a> {
    subject: &'a Subject,
    settings: &'a Settings,
    /// Of each document, what is known of those before it with which it shares words.
    before: Vec<Before>,
    /// Of each document, what it shares with those before it.
    drawn: Vec<Sources>,
    /// Of each document, what it shares with those that may have been before it or not.
    maybe_drawn: Vec<Sources>,
    items: Items,
    /// Evidence that only a family of versions gives, by place of the pair.
    grown: BTreeMap<usize, Evidence>,
}

/// What a document shares with some of those that it can have drawn on.
#[derive(Clone, Default)]
struct Sources {
    /// Passages with them: tokens, and matched words that are no quotation.
    passages: Vec<(TokenSpan, u32)>,
    /// The one with most matched words, and how many.
    most: Option<(u32, DocId)>,
}

impl Sources {
    fn add(&mut self, passages: impl Iterator<Item = (TokenSpan, u32)>, words: u32, doc: DocId) {
        self.passages.extend(passages);
        if self.most.is_none_or(|(most, _)| words > most) {
            self.most = Some((words, doc));
        }
    }

    /// Takes in others, which come after its own where they hold as much.
    fn extend(&mut self, other: Sources) {
        let (words, doc) = other.most.map_or((0, None), |(words, doc)| (words, Some(doc)));
        self.passages.extend(other.passages);
        if let Some(doc) = doc.filter(|_| self.most.is_none_or(|(most, _)| words > most)) {
            self.most = Some((words, doc));
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Before {
    /// The earliest time.
    first: Option<Published>,
    /// Undated ones.
    undated: u32,
}

/// The documents of a pair in order of appearance, if it is known.
fn in_order(pair: &DocumentPair) -> Option<(DocId, DocId)> {
    match pair.order {
        Order::AFirst => Some((pair.a, pair.b)),
        Order::BFirst => Some((pair.b, pair.a)),
        Order::Same | Order::Unknown => None,
    }
}

/// Whether the later document of two can have taken something from the earlier one, by the least lag set for its outlet.
/// Where no order or no lag is known, it can.
pub(crate) fn in_time(settings: &Settings, later: Option<&str>, lag: Option<i64>) -> bool {
    let least = later.and_then(|source| settings.min_lag.get(source)).copied().unwrap_or(0);
    lag.is_none_or(|lag| lag.abs() >= least)
}

impl<'a> Origins<'a> {
    pub(crate) fn new(subject: &'a Subject, settings: &'a Settings, seen: &Seen) -> Origins<'a> {
        let n = subject.documents.len();
        Origins {
            subject,
            settings,
            before: vec![Before::default(); n],
            drawn: vec![Sources::default(); n],
            maybe_drawn: vec![Sources::default(); n],
            items: Items::new(n),
            grown: seen.grown(n),
        }
    }

    /// Orders the pair at `index` by its family of versions, if nothing better tells.
    pub(crate) fn order(&self, index: usize, pair: &mut DocumentPair) {
        if let Some(evidence) = self.grown.get(&index) {
            pair.provenance.evidence.push(evidence.clone());
            order::sort(&mut pair.provenance.evidence);
            pair.order = order::decide(&pair.provenance.evidence);
        }
    }

    /// The documents of a pair in order of appearance, if the later one can have taken something from the earlier one.
    fn taking(&self, pair: &DocumentPair) -> Option<(DocId, DocId)> {
        in_order(pair).filter(|(_, later)| {
            let source = self.subject.documents[later.index()].source.as_deref();
            pair.matched_words > 0 && in_time(self.settings, source, pair.lag_seconds)
        })
    }

    /// Takes in a pair with its passages that count.
    pub(crate) fn add(&mut self, pair: &DocumentPair, counted: &[Counted]) {
        let taking = self.taking(pair);
        if let Some((earlier, later)) = taking {
            let before = &mut self.before[later.index()];
            match self.subject.documents[earlier.index()].published {
                Some(at) if before.first.is_none_or(|first| at.seconds < first.seconds) => {
                    before.first = Some(at)
                }
                Some(_) => {}
                None => before.undated += 1,
            }
        }
        let ordered = in_order(pair);
        // What is compared with a reference is held to come after it, unless it is known to come before.
        let is_new = |doc: DocId| self.subject.is_new(doc.index());
        let is_checked = is_new(pair.a) != is_new(pair.b);
        let draws = |document: DocId| match (taking, ordered) {
            (Some((_, later)), _) => (later == document).then_some(true),
            (None, Some(_)) => None,
            (None, None) if is_checked => is_new(document).then_some(true),
            (None, None) => Some(false),
        };
        // What somebody said, and a few words, are nobody's copy.
        let says_something = pair.matched_words > 0
            && !matches!(pair.provenance.origin, OriginKind::Incidental | OriginKind::QuotationOnly);
        for (document, is_a) in [(pair.a, true), (pair.b, false)] {
            let Some(is_sure) = draws(document).filter(|_| says_something) else { continue };
            let spans = counted.iter().map(|it| (if is_a { it.a } else { it.b }, it.own));
            let partner = if is_a { pair.b } else { pair.a };
            let sources = if is_sure { &mut self.drawn } else { &mut self.maybe_drawn };
            sources[document.index()].add(spans, pair.matched_words, partner);
        }
        let later_coverage = match ordered {
            Some((_, later)) => {
                if later == pair.a {
                    pair.a_coverage
                } else {
                    pair.b_coverage
                }
            }
            None => 0.0,
        };
        if pair.near_duplicate || later_coverage >= ONE_ITEM {
            self.items.join(pair.a.index(), pair.b.index());
        }
    }

    /// Whether the earlier document of `pair` is the earliest of all that the later one can have taken words from. Several
    /// of one time all are; an undated one is if there is no other.
    pub(crate) fn is_first_match(&self, pair: &DocumentPair) -> bool {
        let Some((earlier, later)) = self.taking(pair) else { return false };
        let before = self.before[later.index()];
        match self.subject.documents[earlier.index()].published {
            Some(at) => self.clock().order(before.first, Some(at)) != Order::AFirst,
            None => before.first.is_none() && before.undated == 1,
        }
    }

    fn clock(&self) -> Clock {
        Clock { tolerance: self.settings.tolerance }
    }

    /// Tells of each document how much of it is derived; `n_words` are its tokens, `attributions` whom it credits.
    pub(crate) fn derive(
        &mut self,
        facts: &mut [DocumentFacts],
        n_words: &[u32],
        attributions: &[Attribution],
    ) {
        let of = |sources: &Sources, document: usize| {
            let n_words = n_words[document];
            let source = &self.subject.documents[document].source;
            let share = |words: u32| f64::from(words) / f64::from(n_words.max(1));
            let words = own_words(&sources.passages);
            let mut spans: Vec<TokenSpan> = sources.passages.iter().map(|(span, _)| *span).collect();
            let in_passages = share(union_len(&mut spans));
            let largest = sources.most.map(|(words, doc)| {
                let partner = &self.subject.documents[doc.index()];
                (partner.source.as_deref().unwrap_or(&partner.name), share(words))
            });
            let partner = sources.most.map(|(_, doc)| &self.subject.documents[doc.index()].source);
            let is_own = source.is_some() && partner == Some(source);
            Drawn { words, share: share(words), in_passages, largest, is_own }
        };
        for (document, facts) in facts.iter_mut().enumerate() {
            let mut sources = std::mem::take(&mut self.drawn[document]);
            let maybe = std::mem::take(&mut self.maybe_drawn[document]);
            let before = of(&sources, document);
            let all = match maybe.passages.is_empty() {
                true => before,
                false => {
                    sources.extend(maybe);
                    of(&sources, document)
                }
            };
            let credit = attributions[document].credits().next().map(|it| it.name.as_str());
            (facts.derivation, facts.derivation_fact) = derivation(&before, &all, credit);
        }
    }

    /// Counts the independent origins of each cluster; `attributions` are those of each document.
    pub(crate) fn count(&mut self, clusters: &mut [Cluster], attributions: &[Attribution]) {
        let agencies: Vec<Vec<u32>> = attributions.iter().map(agencies).collect();
        for cluster in clusters {
            let documents = cluster.witnesses.iter().map(|it| it.doc.index());
            cluster.n_origins = self.items.n_origins(documents.map(|it| (it, agencies[it].as_slice())));
        }
    }
}

/// The agencies that a document is by or credits.
fn agencies(attribution: &Attribution) -> Vec<u32> {
    let own = attribution.by.filter(|_| attribution.by_agency);
    attribution.credits().map(|it| it.number).chain(own).collect()
}
