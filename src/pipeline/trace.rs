//! Where the words of one pair came from: its order, its kind of origin.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Cluster, DocId, DocumentPair, Flags, Kind, Operation, Order, PairProvenance, Passage, Step, Tag,
    TokenSpan, Tokens, TokensOf, ZoneKind,
};
use crate::pipeline::assemble::Assembly;
use crate::pipeline::origins::in_time;
use crate::provenance::Clock;
use crate::provenance::order::{Side, decide, evidence};
use crate::provenance::origin::{FEW_WORDS, RELEASED, Shared, THIRD_HOLDS, Third, origin};

/// Carriers of a passage's cluster that are looked at for one before both documents of a pair, and documents among them whose
/// words are compared.
const EARLIEST: usize = 4;

/// Carriers of a passage's cluster, the earliest, that are looked at for an agency's copy.
const CARRIERS: usize = 32;

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
        let third = |n, is_wanted: &dyn Fn(DocId) -> bool| {
            let is_enough = pair.matched_words >= FEW_WORDS;
            is_enough.then(|| self.third(pair, passages, (clusters, n), is_wanted)).flatten()
        };
        // Who names whose copy it is needs nobody else to.
        let is_silent = [&a, &b].iter().all(|side| side.attribution.credits().next().is_none());
        let shared = Shared {
            a,
            b,
            order,
            lag: pair.lag_seconds,
            in_time: in_time(self.settings, later, pair.lag_seconds),
            matched_words: pair.matched_words,
            caption_words: under_pictures(passages),
            on_page: self.credited_on_page(pair, passages),
            third: third(EARLIEST, &|doc| self.is_before(doc, pair)),
            wire: is_silent.then(|| third(CARRIERS, &|doc| self.is_wire(doc, pair))).flatten(),
        };
        let (origin, origin_fact) = origin(&shared);
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
            times: document.times(),
            published_from: document.published_from,
            zones: self.zoned.zones(doc.index()),
            attribution: self.zoned.attribution(doc.index()),
            coverage: if is_a { pair.a_coverage } else { pair.b_coverage },
            matched: self.share(pair.matched_words, doc.index()),
            quoted_words: counted().map(|it| words(it) * quoted(it).0).sum(),
            quotes_other: counted()
                .filter(|it| quoted(it).0 >= QUOTED && quoted(it).1 <= 1.0 - QUOTED)
                .map(words)
                .sum(),
        }
    }

    /// The agency under whose credit most words of `pair` stand that are on a page of several items, and their share.
    fn credited_on_page(&self, pair: &DocumentPair, passages: &[Passage]) -> Option<(&str, f64)> {
        let is_page = |doc: DocId| self.zoned.attribution(doc.index()).credits().next().is_none();
        let mut words: BTreeMap<&str, u32> = BTreeMap::new();
        for passage in passages.iter().filter(|it| it.excluded.is_none()) {
            let sides = [(passage.a_doc, passage.a), (passage.b_doc, passage.b)].into_iter();
            let on_pages = sides.filter(|(doc, _)| is_page(*doc));
            let credits = on_pages.filter_map(|(doc, span)| self.zoned.credit(doc.index(), span));
            let named =
                credits.filter(|zone| zone.kind == ZoneKind::Credit).filter_map(|zone| zone.name.as_deref());
            for name in named.collect::<BTreeSet<&str>>() {
                *words.entry(name).or_default() += passage.matched_words;
            }
        }
        let (name, most) = words.into_iter().max_by_key(|&(name, words)| (words, Reverse(name)))?;
        Some((name, f64::from(most) / f64::from(pair.matched_words.max(1))))
    }

    /// Whether `doc` appeared before both of `pair`, not long before; what the outlet of either repeats is its own.
    fn is_before(&self, doc: DocId, pair: &DocumentPair) -> bool {
        let times = |doc: DocId| self.subject.documents[doc.index()].times();
        let before = |other: DocId| {
            let clock = self.clock();
            let is_near = |lag: i64| lag.unsigned_abs() <= RELEASED;
            clock.order(times(doc), times(other)) == Order::AFirst
                && clock.lag(times(doc), times(other)).is_some_and(is_near)
        };
        self.is_of_third(doc, pair) && before(pair.a) && before(pair.b)
    }

    /// Whether `doc` is an agency's, or credits one, and of neither outlet of `pair`.
    fn is_wire(&self, doc: DocId, pair: &DocumentPair) -> bool {
        let attribution = self.zoned.attribution(doc.index());
        (attribution.by_agency || attribution.credits().next().is_some()) && self.is_of_third(doc, pair)
    }

    fn is_of_third(&self, doc: DocId, pair: &DocumentPair) -> bool {
        let source = |doc: DocId| self.subject.documents[doc.index()].source.as_deref();
        let of_either = source(doc).is_some_and(|it| [pair.a, pair.b].map(source).contains(&Some(it)));
        !of_either && doc != pair.a && doc != pair.b
    }

    /// The document that has most of the words of `pair` among those that are wanted of the first `n` carriers of each
    /// passage.
    fn third(
        &self,
        pair: &DocumentPair,
        passages: &[Passage],
        (clusters, n): (&[Cluster], usize),
        is_wanted: &dyn Fn(DocId) -> bool,
    ) -> Option<Third<'_>> {
        let of_pair = |words: f64| words / f64::from(pair.matched_words.max(1));
        let published = |doc: DocId| self.subject.documents[doc.index()].published;
        let mut likely: Vec<(DocId, (u32, Vec<Version<'_>>))> = carried(passages, (clusters, n), is_wanted)
            .into_iter()
            .filter(|(_, (words, _))| of_pair(f64::from(*words)) >= THIRD_HOLDS)
            .collect();
        likely.sort_by_key(|(doc, (words, _))| (Reverse(*words), published(*doc), *doc));
        // Versions drift: how much of these words it really has.
        likely.iter().take(EARLIEST).find_map(|(doc, (_, versions))| {
            let share = of_pair(self.words_held(pair.a, *doc, versions));
            let document = &self.subject.documents[doc.index()];
            let (name, source) = (document.name.as_str(), document.source.as_deref());
            let attribution = self.zoned.attribution(doc.index());
            (share >= THIRD_HOLDS).then_some(Third { name, source, attribution, share })
        })
    }

    /// Matched words of passages, whose first side is in `a`, that `doc` has too in its `versions` of them.
    fn words_held(&self, a: DocId, doc: DocId, versions: &[Version<'_>]) -> f64 {
        let (words, own) = (self.library.of(a.index()), self.library.of(doc.index()));
        let of_passages = versions.chunk_by(|(one, _), (other, _)| one.id == other.id);
        let best = of_passages.map(|of_one| {
            let shares = of_one.iter().map(|&(passage, span)| held(passage, &words, &own, span));
            f64::from(of_one[0].0.matched_words) * shares.fold(0.0, f64::max)
        });
        best.sum()
    }
}

/// Matched words of those of `passages` that stand under pictures.
fn under_pictures(passages: &[Passage]) -> u32 {
    let is_caption = |it: &&Passage| it.tags.iter().any(|(tag, _)| *tag == Tag::Caption);
    let counted = passages.iter().filter(|it| it.excluded.is_none());
    counted.filter(is_caption).map(|it| it.matched_words).sum()
}

/// The documents, of those wanted, that carry versions of `passages`: how many of their words that could be at most, and the
/// versions, those of one passage together.
fn carried<'p>(
    passages: &'p [Passage],
    (clusters, n): (&[Cluster], usize),
    is_wanted: &dyn Fn(DocId) -> bool,
) -> BTreeMap<DocId, (u32, Vec<Version<'p>>)> {
    let mut carried: BTreeMap<DocId, (u32, Vec<Version<'p>>)> = BTreeMap::new();
    // Largely other words are not had before by whom has a few of them.
    let tells = |it: &&Passage| it.excluded.is_none() && it.kind != Kind::Reworded;
    for passage in passages.iter().filter(tells) {
        let Some(cluster) = passage.cluster.and_then(|at| clusters.get(at)) else { continue };
        for witness in cluster.witnesses.iter().take(n).filter(|it| is_wanted(it.doc)) {
            let (words, versions) = carried.entry(witness.doc).or_default();
            // It may carry the passage twice.
            if versions.last().is_none_or(|(last, _)| last.id != passage.id) {
                *words += passage.matched_words;
            }
            versions.push((passage, witness.tokens));
        }
    }
    carried
}

/// A passage, and where another document carries a version of it.
type Version<'p> = (&'p Passage, TokenSpan);

/// Share of the content words that match in `passage`, by its tokens in a, that stand in `span` of `own` too.
fn held(passage: &Passage, words: &Tokens, own: &Tokens, span: TokenSpan) -> f64 {
    let mut keys: Vec<u64> = own.keys[span.range()].to_vec();
    keys.sort_unstable();
    let matches = |step: &&Step| matches!(step.operation, Operation::Equal | Operation::Move);
    let matched = passage.steps.iter().filter(matches).flat_map(|step| step.a.range());
    let (mut n, mut n_held) = (0_u32, 0_u32);
    for at in matched.filter(|&at| !words.is(at, Flags::STOP)) {
        n += 1;
        n_held += u32::from(keys.binary_search(&words.keys[at]).is_ok());
    }
    f64::from(n_held) / f64::from(n.max(1))
}
