//! Cells of rows to what they mean: names to values, texts to times and identifiers.

use crate::model::{
    Derivation, DocId, Document, DocumentFacts, DocumentPair, EditCounts, EditKind, Evidence, EvidenceKind,
    ExcludeReason, Order, Origin, OriginKind, PairProvenance, Passage, PublishedFrom, Span, StableId, Tag,
    TokenSpan, TypedEdit, Zone, ZoneKind,
};
use crate::report::names::{EVIDENCE, KINDS, ORDERS, TAGS};
use crate::report::rows::{exclude_reason_name, kind_name, order_name};
use crate::report::stored::fault::Fault;
use crate::report::stored::rows::{DocumentRow, PairRow, PassageRow};
use crate::report::stored::script;
use crate::report::time;

/// The one of `all` that goes by `name`.
fn named<T: Copy>(all: &[T], of: impl Fn(T) -> &'static str, name: &str) -> Result<T, Fault> {
    all.iter()
        .copied()
        .find(|&one| of(one) == name)
        .ok_or_else(|| format!("{name} is no value of its column"))
}

/// An identifier.
pub(super) fn id(text: &str) -> Result<StableId, Fault> {
    StableId::from_public(text).ok_or_else(|| format!("{text} is no identifier"))
}

/// A range that does not run backwards.
pub(super) fn span<U>(start: u32, end: u32) -> Result<Span<U>, Fault> {
    match start <= end {
        true => Ok(Span::new(start, end)),
        false => Err(format!("{start} to {end} runs backwards")),
    }
}

fn words(start: u32, n: u32) -> Result<TokenSpan, Fault> {
    span(start, start.checked_add(n).ok_or("a place is beyond all texts")?)
}

pub(super) fn evidence_kind(name: &str) -> Result<EvidenceKind, Fault> {
    named(&EVIDENCE, EvidenceKind::name, name)
}

pub(super) fn tag(name: &str) -> Result<Tag, Fault> {
    named(&TAGS, Tag::name, name)
}

pub(super) fn document(row: DocumentRow) -> Document {
    Document {
        name: row.doc_id,
        source: row.source,
        title: row.title,
        url: row.url,
        language: row.language,
        published: row.published_at.as_deref().and_then(time::from_iso),
        published_from: row
            .published_from
            .as_deref()
            .and_then(|name| PublishedFrom::ALL.into_iter().find(|from| from.name() == name)),
        meta: row.meta,
        origin: Origin {
            path: row.path.unwrap_or_default(),
            record: row.record,
            line: row.line.unwrap_or(0),
            encoding: row.encoding.unwrap_or_default(),
        },
        remarks: row.warnings,
        ..Document::default()
    }
}

pub(super) fn facts(row: &DocumentRow) -> Result<DocumentFacts, Fault> {
    let zones = row.zones.iter().map(|zone| {
        Ok(Zone {
            kind: named(&ZoneKind::ALL, ZoneKind::name, &zone.kind)?,
            span: span(zone.start_byte, zone.end_byte)?,
            name: zone.name.clone(),
            fact: zone.fact.clone(),
        })
    });
    Ok(DocumentFacts {
        matched_words: row.matched_words,
        matched_share: row.matched_share,
        exact_copy_of: row.copy_of.clone(),
        is_reference: row.reference,
        zones: zones.collect::<Result<_, Fault>>()?,
        derivation: named(&Derivation::ALL, Derivation::name, &row.derivation)?,
        derivation_fact: row.derivation_evidence.clone().unwrap_or_default(),
        matched_by_third: [row.matched_lead, row.matched_middle, row.matched_tail],
    })
}

/// A pair without its passages.
pub(super) fn pair(row: &PairRow, (a, b): (DocId, DocId)) -> Result<DocumentPair, Fault> {
    let tag = |name: &String| tag(name);
    Ok(DocumentPair {
        id: id(&row.pair_id)?,
        a,
        b,
        passages: 0..0,
        matched_words: row.matched_words,
        longest_words: row.longest_words,
        a_coverage: row.a_coverage,
        b_coverage: row.b_coverage,
        a_coverage_all: row.a_coverage_all,
        b_coverage_all: row.b_coverage_all,
        near_duplicate: row.near_duplicate,
        order: order(&row.order)?,
        lag_seconds: row.lag_seconds,
        excluded_words: row.excluded_words,
        tags: row.tags.iter().map(tag).collect::<Result<_, Fault>>()?,
        provenance: PairProvenance {
            evidence: row.order_evidence.iter().map(|text| evidence(text)).collect::<Result<_, Fault>>()?,
            origin: named(&OriginKind::ALL, OriginKind::name, &row.origin)?,
            origin_fact: row.origin_evidence.clone().unwrap_or_default(),
            first_match: row.first_match,
        },
    })
}

fn order(name: &str) -> Result<Order, Fault> {
    named(&ORDERS, order_name, name)
}

/// `kind: says: fact`.
fn evidence(text: &str) -> Result<Evidence, Fault> {
    let mut parts = text.splitn(3, ": ");
    let (Some(kind), Some(says), Some(fact)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(format!("{text} is no evidence"));
    };
    Ok(Evidence { kind: evidence_kind(kind)?, says: order(says)?, fact: fact.to_owned() })
}

/// A passage without its cluster, and without what a result does not tell of it: evidence in bits, its longest run, its blocks.
pub(super) fn passage(row: &PassageRow, (a_doc, b_doc): (DocId, DocId)) -> Result<Passage, Fault> {
    let (a_tokens, b_tokens) = (words(row.a_start_word, row.a_words)?, words(row.b_start_word, row.b_words)?);
    if row.tags.len() != row.tag_facts.len() {
        return Err("tags and their facts are not of one number".to_owned());
    }
    let tags = row.tags.iter().zip(&row.tag_facts);
    let tags = tags.map(|(name, fact)| Ok((tag(name)?, fact.clone())));
    let edits = &row.edits;
    Ok(Passage {
        id: id(&row.passage_id)?,
        a_doc,
        b_doc,
        a: span(row.a_start_byte, row.a_end_byte)?,
        b: span(row.b_start_byte, row.b_end_byte)?,
        a_tokens,
        b_tokens,
        steps: script::steps(&row.steps, a_tokens, b_tokens).ok_or("its steps do not fit its words")?,
        matched_words: row.matched_words,
        longest_run: 0,
        identity: row.identity,
        bits: 0.0,
        kind: named(&KINDS, kind_name, &row.kind)?,
        edits: EditCounts {
            inserted: edits.inserted,
            deleted: edits.deleted,
            replaced: edits.replaced,
            moved: edits.moved,
            numbers_changed: edits.numbers_changed,
            names_changed: edits.names_changed,
        },
        typed_edits: row
            .typed_edits
            .split_ascii_whitespace()
            .map(typed_edit)
            .collect::<Result<_, Fault>>()?,
        a_quoted: row.a_quoted,
        b_quoted: row.b_quoted,
        blocks: Vec::new(),
        tags: tags.collect::<Result<_, Fault>>()?,
        cluster: None,
        excluded: row.exclude_reason.as_deref().map(reason).transpose()?,
        fingerprint: id(&row.fingerprint)?,
    })
}

/// `kind@start-end/start-end`.
fn typed_edit(text: &str) -> Result<TypedEdit, Fault> {
    let parts = || {
        let (kind, places) = text.split_once('@')?;
        let (a, b) = places.split_once('/')?;
        let bytes = |place: &str| {
            let (start, end) = place.split_once('-')?;
            span(start.parse().ok()?, end.parse().ok()?).ok()
        };
        let kind = EditKind::ALL.into_iter().find(|one| one.name() == kind)?;
        Some(TypedEdit { kind, a: bytes(a)?, b: bytes(b)? })
    };
    parts().ok_or_else(|| format!("{text} is no edit"))
}

fn reason(name: &str) -> Result<ExcludeReason, Fault> {
    if name == exclude_reason_name(ExcludeReason::SameSource) {
        return Ok(ExcludeReason::SameSource);
    }
    tag(name).map(ExcludeReason::Tag)
}
