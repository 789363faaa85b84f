//! Alignments, groups and copies to the final tables.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::align::{self, AlignParams, Alignment};
use crate::cluster::{Grouping, Member, likenesses};
use crate::edits;
use crate::fingerprint::content_hash;
use crate::model::span::union_len;
use crate::model::{
    Cluster, DocId, DocumentFacts, DocumentPair, EvidenceKind, ExcludeReason, Order, PairProvenance, Passage,
    Span, StableId, Tag, Times, TokenSpan, Tokens, TokensOf, Witness,
};
use crate::pipeline::boilerplate::KnownText;
use crate::pipeline::carriers::Carriers;
use crate::pipeline::copies::Copies;
use crate::pipeline::engine::Emitted;
use crate::pipeline::formulas::Judged;
use crate::pipeline::found::Found;
use crate::pipeline::scope::Subject;
use crate::pipeline::settings::Settings;
use crate::pipeline::tags::Tagged;
use crate::pipeline::zones::Zoned;
use crate::provenance::names::ranks_by_credit;
use crate::provenance::texts::{Growth, VERSIONS, growth};
use crate::store::{Library, StoreError};

/// What the tables are made from.
pub(crate) struct Assembly<'a> {
    pub(crate) subject: &'a Subject,
    pub(crate) library: &'a Library,
    pub(crate) found: &'a Found,
    pub(crate) settings: &'a Settings,
    pub(crate) params: AlignParams,
    pub(crate) known: &'a KnownText,
    pub(crate) formulas: &'a Judged,
    pub(crate) zoned: &'a Zoned,
    pub(crate) manner: &'a edits::Manner,
}

/// A pair with its passages, and what one document adds to the other.
pub(crate) struct OnePair {
    pub(crate) pair: DocumentPair,
    pub(crate) passages: Vec<Passage>,
    pub(crate) growth: Option<Growth>,
}

impl Assembly<'_> {
    /// The cluster table: one entry a group that some passage belongs to, widest first; and for each group its
    /// place in it.
    pub(crate) fn clusters(
        &self,
        grouping: &Grouping,
        carriers: &[Carriers],
        used: &BTreeSet<usize>,
    ) -> (Vec<Cluster>, BTreeMap<usize, usize>) {
        let mut clusters: Vec<(usize, Cluster)> = grouping
            .groups
            .par_iter()
            .enumerate()
            .filter(|(group, _)| used.contains(group))
            .map(|(group, _)| (group, self.cluster(&carriers[group])))
            .collect();
        clusters.sort_by(|(_, x), (_, y)| {
            (y.n_sources, y.n_docs)
                .cmp(&(x.n_sources, x.n_docs))
                .then_with(|| y.words_median.total_cmp(&x.words_median))
                .then_with(|| x.id.cmp(&y.id))
                .then_with(|| self.first_place(x).cmp(&self.first_place(y)))
        });
        number_repeated_ids(clusters.iter_mut().map(|(_, cluster)| cluster));
        let places = clusters.iter().enumerate().map(|(place, (group, _))| (*group, place)).collect();
        (clusters.into_iter().map(|(_, cluster)| cluster).collect(), places)
    }

    fn first_place(&self, cluster: &Cluster) -> (DocId, TokenSpan) {
        cluster.witnesses.first().map_or((DocId::new(0), Span::new(0, 0)), |w| (w.doc, w.tokens))
    }

    fn cluster(&self, carriers: &Carriers) -> Cluster {
        let documents = &self.subject.documents;
        let times: Vec<Times> =
            carriers.members.iter().map(|member| documents[member.document as usize].times()).collect();
        let clock = self.clock();
        let mut ranks = clock.ranks(&times);
        let mut evidence = EvidenceKind::Date;
        if ranks.iter().all(Option::is_none) {
            let attribution = |member: &Member| self.zoned.attribution(member.document as usize);
            ranks = ranks_by_credit(&carriers.members.iter().map(attribution).collect::<Vec<_>>());
            evidence = EvidenceKind::Credit;
        }
        let is_dated = |at: &Times| at.published.is_some();
        let first = times.first().copied().unwrap_or_default();
        let last = times.iter().rev().copied().find(is_dated).unwrap_or_default();
        let representative = carriers.members[carriers.representative];
        let witnesses: Vec<Witness> = carriers
            .members
            .iter()
            .zip(&times)
            .zip(&ranks)
            .zip(likenesses(self.library, representative, &carriers.members))
            .map(|(((member, &at), &rank), identity_to_representative)| Witness {
                doc: DocId::new(member.document as usize),
                span: self.library.of(member.document as usize).byte_span(member.span),
                tokens: member.span,
                rank,
                rank_evidence: rank.map(|_| evidence),
                lag_seconds: clock.lag(first, at),
                identity_to_representative,
            })
            .collect();
        let sources: BTreeSet<&str> =
            witnesses.iter().filter_map(|w| documents[w.doc.index()].source.as_deref()).collect();
        let lengths: Vec<f64> = witnesses.iter().map(|w| f64::from(w.tokens.len())).collect();
        // With one carrier undated, nobody knows which was first.
        let is_told = times.iter().all(is_dated);
        let ranked_first = || witnesses.iter().filter(|w| w.rank == Some(1)).map(|w| w.doc);
        let dated = witnesses.iter().zip(&times).filter(|(_, at)| is_dated(at)).map(|(w, _)| w.doc);
        let several_dated = are_several(dated);
        Cluster {
            id: self.cluster_id(representative),
            representative: carriers.representative,
            n_docs: carriers.n_docs as u32,
            n_sources: sources.len() as u32,
            n_origins: carriers.n_docs as u32,
            first_doc: ranked_first().next().filter(|_| is_told && !are_several(ranked_first())),
            first_published: first.published,
            span_seconds: clock.lag(first, last).filter(|_| several_dated),
            words_median: median(lengths).unwrap_or(0.0),
            witnesses,
        }
    }

    fn cluster_id(&self, representative: Member) -> StableId {
        let document = representative.document as usize;
        let words: Vec<u8> = self.library.of(document).keys[representative.span.range()]
            .iter()
            .flat_map(|key| key.to_le_bytes())
            .collect();
        let name = self.subject.documents[document].name.as_bytes();
        StableId(content_hash(&[b"cluster", &words, name, &representative.span.start().to_le_bytes()]))
    }

    /// Sorts `emitted` by document pair and place, without repeats, and leaves out the pairs whose larger coverage, by what
    /// counts, is below the least one asked for; their number. Before clusters are written, so that none is left without a
    /// passage.
    pub(crate) fn drop_below_coverage(&self, emitted: &mut Vec<Emitted>) -> Result<u64, StoreError> {
        emitted.par_sort_by_key(|e| (e.a, e.b, e.spans(self.found), e.group));
        emitted.dedup_by_key(|e| (e.a, e.b, e.spans(self.found)));
        if self.settings.min_coverage <= 0.0 {
            return Ok(0);
        }
        let runs: Vec<&[Emitted]> = emitted.chunk_by(|x, y| (x.a, x.b) == (y.a, y.b)).collect();
        let below: Vec<bool> =
            runs.into_par_iter().map(|run| self.is_below(run)).collect::<Result<_, _>>()?;
        let mut of_pair = below.iter();
        let (mut last, mut is_below) = (None, false);
        emitted.retain(|e| {
            if last.replace((e.a, e.b)) != Some((e.a, e.b)) {
                is_below = of_pair.next().copied().unwrap_or(false);
            }
            !is_below
        });
        Ok(below.iter().filter(|&&is_below| is_below).count() as u64)
    }

    /// Whether what counts of the passages `run` covers less of either document than asked for.
    fn is_below(&self, run: &[Emitted]) -> Result<bool, StoreError> {
        let sides = (run[0].a as usize, run[0].b as usize);
        let reaches = |(a, b): (f64, f64)| a.max(b) >= self.settings.min_coverage;
        // No part covers more than all of it.
        if !reaches(self.coverage(sides, run.iter().map(|e| e.spans(self.found)))) {
            return Ok(true);
        }
        let words = (self.library.of(sides.0), self.library.of(sides.1));
        let mut counted = Vec::with_capacity(run.len());
        for e in run {
            let alignment = self.alignment(e)?;
            if self.tagged(e, (&words.0, &words.1), &alignment).1.is_none() {
                counted.push(alignment.covered());
            }
        }
        Ok(!reaches(self.coverage(sides, counted.into_iter())))
    }

    fn alignment(&self, e: &Emitted) -> Result<Alignment, StoreError> {
        let alignment = self.found.get(e.passage as usize)?;
        Ok(if e.turned { alignment.swapped() } else { alignment })
    }

    /// The tags of a passage, and why it does not count, if it does not.
    fn tagged(
        &self,
        e: &Emitted,
        words: (&Tokens, &Tokens),
        alignment: &Alignment,
    ) -> (Tagged, Option<ExcludeReason>) {
        let tagged = Tagged::of(self, e, words, alignment);
        let mut tags = tagged.tags.iter().map(|(tag, _)| *tag);
        let excluded_tag = tags.find(|tag| self.settings.exclude_tags.contains(tag));
        let [a, b] = [e.a, e.b].map(|document| &self.subject.documents[document as usize].source);
        let same_source = self.settings.skip_same_source && a.is_some() && a == b;
        let excluded = excluded_tag.map(ExcludeReason::Tag);
        (tagged, excluded.or(same_source.then_some(ExcludeReason::SameSource)))
    }

    /// The pair that the passages `run` belong to, and these passages in order, with what is told of each; `place_of` maps
    /// groups to clusters. The place of the passages in their table is still to be filled in.
    pub(crate) fn one_pair(
        &self,
        run: &[Emitted],
        (clusters, place_of): (&[Cluster], &BTreeMap<usize, usize>),
    ) -> Result<OnePair, StoreError> {
        let (a, b) = (run[0].a as usize, run[0].b as usize);
        let texts = (self.library.text(a), self.library.text(b));
        let words = (self.library.of(a), self.library.of(b));
        let sides = ((&*words.0, &*texts.0), (&*words.1, &*texts.1));
        let mut repeats: BTreeMap<StableId, u32> = BTreeMap::new();
        let mut passages = Vec::with_capacity(run.len());
        let occasion = self.occasion(a, b);
        for e in run {
            let mut alignment = self.alignment(e)?;
            let facts = align::describe(&mut alignment, sides.0, sides.1, &self.params);
            let repeat = repeats.entry(alignment.fingerprint).or_default();
            *repeat += 1;
            let cluster = place_of.get(&(e.group as usize)).copied();
            let mut passage = self.passage(*e, (&words.0, &words.1), alignment, *repeat, cluster);
            // What does not count is a form or the page; its changes say nothing of an article.
            if passage.excluded.is_none() && occasion.may_be_one_item() {
                let side = |(tokens, text), span| edits::Side { text, tokens, span };
                let both = (side(sides.0, passage.a_tokens), side(sides.1, passage.b_tokens));
                passage.typed_edits = edits::typed(&passage.steps, &facts, both, occasion, self.manner);
                passage
                    .typed_edits
                    .retain(|it| !self.zoned.is_apart(a, it.a) && !self.zoned.is_apart(b, it.b));
            }
            passages.push(passage);
        }
        let article =
            |(tokens, text), document| edits::Article { text, tokens, apart: self.zoned.apart(document) };
        if occasion.may_be_one_item() {
            cut_at_end(&mut passages, article(sides.0, a), article(sides.1, b));
        }
        let mut pair = self.pair(run[0].a, run[0].b, &passages);
        self.trace(&mut pair, &passages, clusters);
        if pair.order == Order::BFirst {
            passages.iter_mut().for_each(turn_edits);
        }
        let growth = match pair.a_coverage.max(pair.b_coverage) >= VERSIONS {
            true => growth(&words.0, &words.1, &passages),
            false => None,
        };
        Ok(OnePair { pair, passages, growth })
    }

    fn occasion(&self, a: usize, b: usize) -> edits::Occasion {
        let (a, b) = (&self.subject.documents[a], &self.subject.documents[b]);
        edits::Occasion {
            same_source: a.source.is_some() && a.source == b.source,
            lag: self.clock().lag(a.times(), b.times()).map(i64::unsigned_abs),
        }
    }

    fn passage(
        &self,
        e: Emitted,
        (a_words, b_words): (&Tokens, &Tokens),
        alignment: Alignment,
        repeat: u32,
        cluster: Option<usize>,
    ) -> Passage {
        let (a, b) = (e.a as usize, e.b as usize);
        let documents = &self.subject.documents;
        let (tagged, excluded) = self.tagged(&e, (a_words, b_words), &alignment);
        let [low, high] = sorted_names(&documents[a].name, &documents[b].name);
        let id = [b"passage", low, high, &alignment.fingerprint.0.to_le_bytes(), &repeat.to_le_bytes()];
        Passage {
            id: StableId(content_hash(&id)),
            a_doc: DocId::new(a),
            b_doc: DocId::new(b),
            a: a_words.byte_span(alignment.a),
            b: b_words.byte_span(alignment.b),
            a_tokens: alignment.a,
            b_tokens: alignment.b,
            steps: alignment.steps,
            matched_words: alignment.matched,
            longest_run: alignment.longest_run,
            identity: alignment.identity,
            bits: alignment.bits,
            kind: alignment.kind,
            edits: alignment.edits,
            typed_edits: Vec::new(),
            a_quoted: tagged.a_quoted,
            b_quoted: tagged.b_quoted,
            blocks: alignment.blocks,
            tags: tagged.tags,
            cluster,
            excluded,
            fingerprint: alignment.fingerprint,
        }
    }

    fn pair(&self, a: u32, b: u32, passages: &[Passage]) -> DocumentPair {
        let (a, b) = (a as usize, b as usize);
        let documents = &self.subject.documents;
        let counted = || passages.iter().filter(|p| p.excluded.is_none());
        let (a_coverage, b_coverage) = self.coverage((a, b), counted().map(Passage::covered));
        let (a_coverage_all, b_coverage_all) = self.coverage((a, b), passages.iter().map(Passage::covered));
        let tags: BTreeSet<Tag> = passages.iter().flat_map(|p| p.tags.iter().map(|(tag, _)| *tag)).collect();
        let [low, high] = sorted_names(&documents[a].name, &documents[b].name);
        DocumentPair {
            id: StableId(content_hash(&[b"pair", low, high])),
            a: DocId::new(a),
            b: DocId::new(b),
            passages: 0..passages.len(),
            matched_words: counted().map(|p| p.matched_words).sum(),
            longest_words: counted().map(|p| p.matched_words).max().unwrap_or(0),
            a_coverage,
            b_coverage,
            a_coverage_all,
            b_coverage_all,
            near_duplicate: a_coverage.min(b_coverage) >= NEAR_DUPLICATE,
            order: Order::Unknown,
            lag_seconds: self.clock().lag(documents[a].times(), documents[b].times()),
            excluded_words: passages.iter().filter(|p| p.excluded.is_some()).map(|p| p.matched_words).sum(),
            tags: tags.into_iter().collect(),
            provenance: PairProvenance::default(),
        }
    }

    /// Totals of each document; `spans` are those of its passages that count.
    pub(crate) fn facts(&self, spans: Vec<Vec<TokenSpan>>, copies: &Copies) -> Vec<DocumentFacts> {
        let documents = spans.into_iter().enumerate();
        documents
            .map(|(document, mut spans)| {
                let matched_words = union_len(&mut spans);
                let head = copies.stand_in[document] as usize;
                DocumentFacts {
                    matched_words,
                    matched_share: self.share(matched_words, document),
                    exact_copy_of: (head != document).then(|| self.subject.documents[head].name.clone()),
                    is_reference: !self.subject.is_new(document),
                    matched_by_third: by_third(&spans, self.library.n_words()[document]),
                    ..DocumentFacts::default()
                }
            })
            .collect()
    }

    /// The outlets in order of name, and for each document the place of its own.
    pub(crate) fn sources(&self) -> (Vec<&str>, Vec<Option<u32>>) {
        let documents = &self.subject.documents;
        let named: BTreeSet<&str> =
            documents.iter().filter_map(|document| document.source.as_deref()).collect();
        let named: Vec<&str> = named.into_iter().collect();
        let rank = |source: &str| named.binary_search(&source).ok().map(|place| place as u32);
        let ranks = documents.iter().map(|document| document.source.as_deref().and_then(rank)).collect();
        (named, ranks)
    }

    /// The share of each of two documents that `spans` cover.
    fn coverage(
        &self,
        (a, b): (usize, usize),
        spans: impl Iterator<Item = (TokenSpan, TokenSpan)>,
    ) -> (f64, f64) {
        let (mut of_a, mut of_b): (Vec<TokenSpan>, Vec<TokenSpan>) = spans.unzip();
        (self.share(union_len(&mut of_a), a), self.share(union_len(&mut of_b), b))
    }

    pub(super) fn share(&self, words: u32, document: usize) -> f64 {
        f64::from(words) / f64::from(self.library.n_words()[document].max(1))
    }
}

/// Whether there are two different ones among `docs`.
fn are_several(mut docs: impl Iterator<Item = DocId>) -> bool {
    docs.next().is_some_and(|first| docs.any(|other| other != first))
}

/// Notes where one document goes on to the end and the other was cut, with the passage that ends there.
fn cut_at_end(passages: &mut [Passage], a: edits::Article<'_>, b: edits::Article<'_>) {
    let shared = |it: &Passage| edits::Shared { a: it.a_tokens, b: it.b_tokens, matched: it.matched_words };
    let shared: Vec<_> = passages.iter().map(shared).collect();
    if let Some((at, edit)) = edits::cut_at_end(&shared, a, b)
        && passages[at].excluded.is_none()
    {
        passages[at].typed_edits.push(edit);
        passages[at].typed_edits.sort_unstable();
    }
}

/// Tells the edits of a passage, found on the way from a to b, on the way from b to a.
fn turn_edits(passage: &mut Passage) {
    passage.typed_edits.iter_mut().for_each(|edit| edit.kind = edit.kind.turned());
    passage.typed_edits.sort_unstable();
}

/// Coverage on both sides from which two documents are versions of one text.
pub(super) const NEAR_DUPLICATE: f64 = 0.8;

/// Tokens held by at least one of `spans`, which are sorted, in each third of `n` tokens.
fn by_third(spans: &[TokenSpan], n: u32) -> [u32; 3] {
    let bound = |third: u32| (u64::from(n) * u64::from(third) / 3) as u32;
    [0, 1, 2].map(|third| {
        let (start, end) = (bound(third), bound(third + 1));
        let mut cut: Vec<TokenSpan> = spans
            .iter()
            .filter(|span| span.start() < end && span.end() > start)
            .map(|span| Span::new(span.start().max(start), span.end().min(end)))
            .collect();
        union_len(&mut cut)
    })
}

/// Gives clusters that one place represents names of their own: the first keeps the name that all of them have.
fn number_repeated_ids<'c>(clusters: impl Iterator<Item = &'c mut Cluster>) {
    let mut repeats: BTreeMap<StableId, u32> = BTreeMap::new();
    for cluster in clusters {
        let repeat = repeats.entry(cluster.id).or_default();
        *repeat += 1;
        if *repeat > 1 {
            let parts: [&[u8]; 3] = [b"cluster", &cluster.id.0.to_le_bytes(), &repeat.to_le_bytes()];
            cluster.id = StableId(content_hash(&parts));
        }
    }
}

fn sorted_names<'n>(x: &'n str, y: &'n str) -> [&'n [u8]; 2] {
    if x <= y { [x.as_bytes(), y.as_bytes()] } else { [y.as_bytes(), x.as_bytes()] }
}

/// The middle value, or the mean of the two middle ones.
pub(crate) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        n if n % 2 == 1 => Some(values[middle]),
        _ => Some((values[middle - 1] + values[middle]) / 2.0),
    }
}
