//! The columns of documents.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::model::{Analysis, DocId, Document, DocumentFacts, Findings, Precision, Zone, ZoneKind};
use crate::report::html::strings::{Strings, place_or_none};
use crate::report::html::utf16::Places;
use crate::report::names::Named;
use crate::report::rows::{hexadecimal, text_sha256};
use crate::report::time;

/// See `Documents` in `page/src/data.ts`.
#[derive(Default, Serialize)]
pub(super) struct Documents<'a> {
    id: Vec<&'a str>,
    title: Vec<Option<Cow<'a, str>>>,
    source: Vec<i64>,
    published: Vec<Option<String>>,
    seconds: Vec<Option<i64>>,
    precision: Vec<Option<i64>>,
    zone_known: Vec<bool>,
    url: Vec<Option<&'a str>>,
    language: Vec<Option<&'a str>>,
    path: Vec<Option<&'a str>>,
    line: Vec<Option<u32>>,
    n_words: Vec<usize>,
    n_chars: Vec<usize>,
    matched_words: Vec<u32>,
    copy_of: Vec<i64>,
    reference: Vec<bool>,
    derivation: Vec<u32>,
    derivation_fact: Vec<Option<&'a str>>,
    remarks: Vec<&'a [String]>,
    zones: Vec<Vec<i64>>,
    zone_names: Strings,
    zone_facts: Strings,
    pub(super) text: Vec<Option<(String, u32)>>,
}

/// The columns of all documents, and the digest of the corpus.
pub(super) fn documents<'a>(
    findings: &'a dyn Findings,
    sources: &[&str],
    places: &Places<'_>,
) -> (Documents<'a>, String) {
    let analysis = findings.facts();
    let by_name: BTreeMap<&str, usize> =
        analysis.documents.iter().enumerate().map(|(index, it)| (it.name.as_str(), index)).collect();
    let mut columns = Documents::default();
    let mut corpus = Sha256::new();
    for (index, (document, facts)) in analysis.documents.iter().zip(&analysis.facts).enumerate() {
        let doc = DocId::new(index);
        let text = findings.text(doc);
        let as_read = findings.hidden().unwrap_or(findings).text(doc);
        corpus.update(format!("{}\t{}\n", document.name, text_sha256(document, &as_read)));
        columns.add_given(document, sources);
        let headline = || if findings.hidden().is_none() { headline(&text, facts) } else { None };
        columns
            .title
            .push(document.title.as_deref().map(Cow::Borrowed).or_else(|| headline().map(Cow::Owned)));
        columns.n_words.push(findings.n_words(doc));
        columns.n_chars.push(text.chars().count());
        columns.add_facts(facts, &by_name);
        let zones = facts.zones.iter().flat_map(|zone| {
            let (start, end) = places.within(&text, doc, zone.span);
            columns.zone(zone, start, end)
        });
        let zones = zones.collect();
        columns.zones.push(zones);
    }
    columns.text = vec![None; analysis.documents.len()];
    (columns, hexadecimal(&corpus.finalize()))
}

/// The headline that stands in a text whose title nobody gave, in one line; a long one is cut.
fn headline(text: &str, facts: &DocumentFacts) -> Option<String> {
    let zone = facts.zones.iter().find(|zone| zone.kind == ZoneKind::Headline)?;
    let line = text.get(zone.span.range())?.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = line.char_indices().nth(LONGEST_TITLE).map(|(at, _)| &line[..at]);
    match cut {
        Some(cut) => Some(format!("{}…", cut.trim_end())),
        None => Some(line).filter(|line| !line.is_empty()),
    }
}

/// Characters of a headline that stands for a title.
const LONGEST_TITLE: usize = 140;

/// The outlets in order of name.
pub(super) fn sources(analysis: &Analysis) -> Vec<&str> {
    let mut sources: Vec<&str> =
        analysis.documents.iter().filter_map(|document| document.source.as_deref()).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

impl<'a> Documents<'a> {
    /// What the input says of a document.
    fn add_given(&mut self, document: &'a Document, sources: &[&str]) {
        self.id.push(&document.name);
        self.source.push(place_or_none(sources, document.source.as_deref()));
        let published = document.published.filter(|&published| time::iso(published).is_some());
        self.published.push(published.and_then(time::iso));
        self.seconds.push(published.map(|it| it.seconds));
        self.precision.push(published.map(|it| it.precision.seconds()));
        // The zone of a day is not written anywhere, so a report made of a written result could not tell it.
        self.zone_known.push(published.is_some_and(|it| it.zone_known && it.precision >= Precision::Minute));
        self.url.push(document.url.as_deref());
        self.language.push(document.language.as_deref());
        let known = (!document.origin.path.is_empty()).then_some(document.origin.path.as_str());
        self.path.push(known);
        self.line.push((document.origin.line > 0).then_some(document.origin.line));
        self.remarks.push(&document.remarks);
    }

    fn add_facts(&mut self, facts: &'a DocumentFacts, by_name: &BTreeMap<&str, usize>) {
        self.matched_words.push(facts.matched_words);
        let copied = facts.exact_copy_of.as_deref().and_then(|name| by_name.get(name));
        self.copy_of.push(copied.map_or(-1, |&index| index as i64));
        self.reference.push(facts.is_reference);
        self.derivation.push(facts.derivation.place());
        let fact = facts.derivation_fact.as_str();
        self.derivation_fact.push((!fact.is_empty()).then_some(fact));
    }

    fn zone(&mut self, zone: &'a Zone, start: u32, end: u32) -> [i64; 5] {
        let name = zone.name.as_deref().map_or(-1, |name| i64::from(self.zone_names.place(name)));
        let fact = i64::from(self.zone_facts.place(&zone.fact));
        [i64::from(zone.kind.place()), i64::from(start), i64::from(end), name, fact]
    }
}
