//! A result without the words of the articles, to be given to people who may not have them.
//!
//! In: any [`Findings`]. Out: the same findings as every renderer sees them, so that none needs to know. Texts are masked,
//! a letter by an `x` of as many bytes, so spans, lines and lengths stay; rows hold null instead of the words of passages
//! and clusters. Free text that a run writes or passes through (facts of tags, evidence, zones, warnings, further
//! columns of the input) loses what it has of any article (`scrub`); a further column whose very
//! name is an article's words goes as a whole. Names of documents, outlets, titles, addresses and paths stay: they are
//! what the result is about. So do numbers, offsets, hashes of whole texts and fingerprints: whoever has the same texts can
//! put the words back.
//!
//! A result that was written without words is not scrubbed again, so it is the same with and without the articles.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use crate::model::{
    Analysis, DocId, Document, DocumentFacts, DocumentPair, Findings, Held, Passage, SettingValue, Tokens,
    Warning,
};
use crate::report::overview::plural;
pub use crate::report::scrub::RUN;
use crate::report::scrub::{Scrub, is_long};

/// Name of the setting that says so in the result.
const SETTING: &str = "redact";

/// Findings that show no words of the articles.
pub struct Redacted<'a> {
    inner: &'a dyn Findings,
    facts: Analysis,
    scrub: Scrub,
}

impl<'a> Redacted<'a> {
    /// `inner` without the words of its articles.
    #[must_use]
    pub fn new(inner: &'a dyn Findings) -> Redacted<'a> {
        let mut shown = inner.facts().clone_without_lists();
        if is_redacted(&shown) {
            return Redacted { inner, facts: shown, scrub: Scrub::Done };
        }
        let scrub = Scrub::against(inner);
        let documents = shown.documents.par_iter_mut().zip(&mut shown.facts);
        documents.for_each(|(document, facts)| scrub_document(&scrub, document, facts));
        shown.recurring.iter_mut().for_each(|recurring| scrub.text(&mut recurring.fact));
        let of_run = shown.warnings.iter_mut().map(|warning| &mut warning.message);
        let of_run = of_run.chain(shown.skipped.iter_mut().map(|skipped| &mut skipped.reason));
        of_run.for_each(|message| scrub.text(message));
        shown.bounds.iter_mut().for_each(|bound| scrub.own_words(&mut bound.message));
        shown.settings.insert(SETTING.to_owned(), SettingValue::Text("text".to_owned()));
        shown.warnings.insert(0, Warning { path: String::new(), line: None, message: told(&scrub) });
        Redacted { inner, facts: shown, scrub }
    }

    fn pair<'p>(&self, pair: Cow<'p, DocumentPair>) -> Cow<'p, DocumentPair> {
        let provenance = &pair.provenance;
        let facts = provenance.evidence.iter().map(|evidence| &evidence.fact);
        if !facts.chain([&provenance.origin_fact]).any(|fact| is_long(fact)) {
            return pair;
        }
        let mut pair = pair.into_owned();
        let provenance = &mut pair.provenance;
        let facts = provenance.evidence.iter_mut().map(|evidence| &mut evidence.fact);
        facts.chain([&mut provenance.origin_fact]).for_each(|fact| self.scrub.text(fact));
        Cow::Owned(pair)
    }

    fn passage<'p>(&self, passage: Cow<'p, Passage>) -> Cow<'p, Passage> {
        if !passage.tags.iter().any(|(_, fact)| is_long(fact)) {
            return passage;
        }
        let mut passage = passage.into_owned();
        passage.tags.iter_mut().for_each(|(_, fact)| self.scrub.text(fact));
        Cow::Owned(passage)
    }
}

/// What the result says of being without words.
fn told(scrub: &Scrub) -> String {
    let and = match scrub {
        Scrub::Blind(gone) => format!(
            ", and all remarks of {RUN} words or more, since {} could not be read whole to tell its words from others",
            plural(*gone, "article", "articles")
        ),
        Scrub::Done | Scrub::Known(_) => String::new(),
    };
    format!("the words of the articles were left out of this result (--redact text){and}.")
}

/// Whether the words were left out when this result was written.
#[must_use]
pub fn is_redacted(analysis: &Analysis) -> bool {
    analysis.settings.get(SETTING) == Some(&SettingValue::Text("text".to_owned()))
}

impl Findings for Redacted<'_> {
    fn facts(&self) -> &Analysis {
        &self.facts
    }

    fn hidden(&self) -> Option<&dyn Findings> {
        Some(self.inner)
    }

    fn text(&self, doc: DocId) -> Held<'_, str> {
        Held::Shared(Arc::from(masked(&self.inner.text(doc))))
    }

    fn n_words(&self, doc: DocId) -> usize {
        self.inner.n_words(doc)
    }

    fn tokens(&self, doc: DocId) -> Held<'_, Tokens> {
        self.inner.tokens(doc)
    }

    fn pairs(&self) -> Box<dyn Iterator<Item = Cow<'_, DocumentPair>> + '_> {
        Box::new(self.inner.pairs().map(|pair| self.pair(pair)))
    }

    fn n_pairs(&self) -> usize {
        self.inner.n_pairs()
    }

    fn passages(&self) -> Box<dyn Iterator<Item = Cow<'_, Passage>> + '_> {
        Box::new(self.inner.passages().map(|passage| self.passage(passage)))
    }

    fn n_passages(&self) -> usize {
        self.inner.n_passages()
    }

    fn n_excluded(&self) -> usize {
        self.inner.n_excluded()
    }

    fn pair_runs(&self) -> usize {
        self.inner.pair_runs()
    }

    fn pair_run(&self, run: usize) -> Vec<Cow<'_, DocumentPair>> {
        self.inner.pair_run(run).into_iter().map(|pair| self.pair(pair)).collect()
    }

    fn passage_runs(&self) -> Vec<usize> {
        self.inner.passage_runs()
    }

    fn passage_run(&self, run: usize) -> Vec<Cow<'_, Passage>> {
        self.inner.passage_run(run).into_iter().map(|passage| self.passage(passage)).collect()
    }

    fn whole(&self) -> io::Result<Cow<'_, Analysis>> {
        let mut analysis = self.facts.clone();
        analysis.tokens = self.inner.whole()?.into_owned().tokens;
        analysis.pairs = self.pairs().map(Cow::into_owned).collect();
        analysis.passages = self.passages().map(Cow::into_owned).collect();
        for (index, document) in analysis.documents.iter_mut().enumerate() {
            document.text = masked(&self.inner.text(DocId::new(index)));
        }
        Ok(Cow::Owned(analysis))
    }

    fn check(&self) -> io::Result<()> {
        self.inner.check()
    }
}

/// Scrubs the texts for people among what is known of a document.
fn scrub_document(scrub: &Scrub, document: &mut Document, facts: &mut DocumentFacts) {
    document.meta.retain(|name, _| scrub.leaves(name));
    let given = document.remarks.iter_mut().chain(document.meta.values_mut());
    let zones = facts.zones.iter_mut().flat_map(|zone| zone.name.iter_mut().chain([&mut zone.fact]));
    given.chain(zones).chain([&mut facts.derivation_fact]).for_each(|text| scrub.text(text));
}

/// `text` with every character but white space as an x of as many bytes.
fn masked(text: &str) -> String {
    let mask = |c: char| match c {
        c if c.is_whitespace() => c,
        c => ['x', '×', '⨯', '𝗑'][c.len_utf8() - 1],
    };
    text.chars().map(mask).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_mask_keeps_places_and_nothing_else() {
        assert_eq!(masked("No, 12\n é 停 🕊"), "xxx xx\n × ⨯ 𝗑");
    }

    proptest! {
        #[test]
        fn a_mask_keeps_the_places_of_all_characters(text in any::<String>()) {
            let shown = masked(&text);
            let places = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            prop_assert_eq!(places(&shown), places(&text));
            prop_assert!(shown.chars().all(|c| c.is_whitespace() || "x×⨯𝗑".contains(c)));
        }
    }
}
