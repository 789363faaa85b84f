//! A result without the words of the articles, to be given to people who may not have them.
//!
//! In: any [`Findings`]. Out: the same findings as every renderer sees them, so that none needs to know. Texts are masked,
//! a letter by an `x` of as many bytes, so spans, lines and lengths stay; rows hold null instead of the words of passages
//! and clusters. In free text that a run writes or passes through (facts of tags, evidence, zones, warnings, further
//! columns of the input) every stretch of [`RUN`] words or more that the article has in a row becomes `…`, and so does
//! what stands in quotation marks and is as long. Names of documents, outlets, titles, addresses and paths stay: they are
//! what the result is about. So do numbers, offsets, hashes of whole texts and fingerprints: whoever has the same texts can
//! put the words back.
//!
//! Looking for stretches takes a search through the text of the article for each word of a fact, and none where there is no
//! fact. The words of an article are made when the first fact about it asks for them, and kept.

use std::borrow::Cow;
use std::io;
use std::sync::{Arc, OnceLock};

use memchr::memmem;
use unicode_segmentation::UnicodeSegmentation;

use crate::model::{
    Analysis, DocId, DocumentFacts, DocumentPair, Findings, Held, Passage, SettingValue, Tokens, Warning,
};

/// Words in a row that are taken to be the article's.
pub const RUN: usize = 4;

/// What stands for words that were left out.
const ELLIPSIS: char = '…';

/// Name of the setting that says so in the result.
const SETTING: &str = "redact";

/// Findings that show no words of the articles.
pub struct Redacted<'a> {
    inner: &'a dyn Findings,
    facts: Analysis,
    /// The words of each article, once they were asked for.
    words: Vec<OnceLock<Words>>,
}

impl<'a> Redacted<'a> {
    /// `inner` without the words of its articles.
    #[must_use]
    pub fn new(inner: &'a dyn Findings) -> Redacted<'a> {
        let mut shown = inner.facts().clone_without_lists();
        let words: Vec<OnceLock<Words>> = shown.documents.iter().map(|_| OnceLock::new()).collect();
        let words_of = |doc: DocId| words[doc.index()].get_or_init(|| Words::of(&inner.text(doc)));
        for (index, (document, facts)) in shown.documents.iter_mut().zip(&mut shown.facts).enumerate() {
            let strings = document.remarks.iter_mut().chain(document.meta.values_mut());
            scrub_all(strings.chain(strings_of(facts)), || vec![words_of(DocId::new(index))]);
        }
        for recurring in &mut shown.recurring {
            let cluster = &shown.clusters[recurring.cluster];
            let doc = cluster.witnesses[cluster.representative].doc;
            scrub_all([&mut recurring.fact].into_iter(), || vec![words_of(doc)]);
        }
        let of_run = shown.warnings.iter_mut().map(|warning| &mut warning.message);
        let of_run = of_run.chain(shown.skipped.iter_mut().map(|skipped| &mut skipped.reason));
        scrub_all(of_run.chain(shown.bounds.iter_mut().map(|bound| &mut bound.message)), Vec::new);
        let is_new = !is_redacted(&shown);
        shown.settings.insert(SETTING.to_owned(), SettingValue::Text("text".to_owned()));
        if is_new {
            shown.warnings.insert(
                0,
                Warning {
                    path: String::new(),
                    line: None,
                    message: "the words of the articles were left out of this result (--redact text)."
                        .to_owned(),
                },
            );
        }
        Redacted { inner, facts: shown, words }
    }

    fn words(&self, docs: [DocId; 2]) -> Vec<&Words> {
        docs.map(|doc| self.words[doc.index()].get_or_init(|| Words::of(&self.inner.text(doc)))).into()
    }

    fn pair<'p>(&self, pair: Cow<'p, DocumentPair>) -> Cow<'p, DocumentPair> {
        let provenance = &pair.provenance;
        let facts = provenance.evidence.iter().map(|evidence| &evidence.fact);
        if !facts.chain([&provenance.origin_fact]).any(|fact| is_long(fact)) {
            return pair;
        }
        let mut pair = pair.into_owned();
        let docs = [pair.a, pair.b];
        let provenance = &mut pair.provenance;
        let facts = provenance.evidence.iter_mut().map(|evidence| &mut evidence.fact);
        scrub_all(facts.chain([&mut provenance.origin_fact]), || self.words(docs));
        Cow::Owned(pair)
    }

    fn passage<'p>(&self, passage: Cow<'p, Passage>) -> Cow<'p, Passage> {
        if !passage.tags.iter().any(|(_, fact)| is_long(fact)) {
            return passage;
        }
        let mut passage = passage.into_owned();
        let docs = [passage.a_doc, passage.b_doc];
        scrub_all(passage.tags.iter_mut().map(|(_, fact)| fact), || self.words(docs));
        Cow::Owned(passage)
    }
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

/// The texts for people among what is known of a document.
fn strings_of(facts: &mut DocumentFacts) -> impl Iterator<Item = &mut String> {
    let zones = facts.zones.iter_mut().flat_map(|zone| zone.name.iter_mut().chain([&mut zone.fact]));
    zones.chain([&mut facts.derivation_fact])
}

/// `text` with every character but white space as an x of as many bytes.
fn masked(text: &str) -> String {
    let mask = |c: char| match c {
        c if c.is_whitespace() => c,
        c => ['x', '×', '⨯', '𝗑'][c.len_utf8() - 1],
    };
    text.chars().map(mask).collect()
}

/// The words of a text, folded, each between blanks.
struct Words(String);

impl Words {
    fn of(text: &str) -> Words {
        let mut words = String::with_capacity(text.len() + 2);
        for (_, word) in words_of(text) {
            words.push(' ');
            match word.is_ascii() {
                true => words.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase()))),
                false => words.extend(word.chars().flat_map(char::to_lowercase)),
            }
        }
        words.push(' ');
        Words(words)
    }

    fn has(&self, run: &Words) -> bool {
        memmem::find(self.0.as_bytes(), run.0.as_bytes()).is_some()
    }
}

/// The words of `text` and where they begin: parted by whatever is neither letter nor digit, so that half of `312,500` is a
/// word, too; where a script writes no blanks, as Unicode has it.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = |c: char| !c.is_alphanumeric();
    let places = text.split_inclusive(parts).scan(0, |end, part| {
        *end += part.len();
        Some((*end - part.len(), part))
    });
    places.flat_map(move |(at, part)| {
        let part = part.trim_end_matches(parts);
        let whole = (part.is_ascii() && !part.is_empty()).then_some((at, part));
        let several = (!part.is_ascii()).then(|| part.unicode_word_indices());
        whole.into_iter().chain(several.into_iter().flatten().map(move |(place, word)| (at + place, word)))
    })
}

/// Whether `text` has room for a run of words.
fn is_long(text: &str) -> bool {
    words_of(text).nth(RUN - 1).is_some()
}

/// Takes out of each of `strings` what stands in a row in one of the texts that `texts` makes the words of, if need be.
fn scrub_all<'s, 'w>(strings: impl Iterator<Item = &'s mut String>, texts: impl FnOnce() -> Vec<&'w Words>) {
    let long: Vec<&mut String> = strings.filter(|string| is_long(string)).collect();
    if long.is_empty() {
        return;
    }
    let texts = texts();
    for string in long {
        *string = scrubbed(string, &texts);
    }
}

/// `text` with what is in quotation marks, and what stands in a row in one of `texts`, as an ellipsis each.
fn scrubbed(text: &str, texts: &[&Words]) -> String {
    let words: Vec<(usize, &str)> = words_of(text).collect();
    let mut is_theirs = vec![false; words.len()];
    for (first, run) in words.windows(RUN).enumerate() {
        let (start, end) = (run[0].0, run[RUN - 1].0 + run[RUN - 1].1.len());
        let run = Words::of(&text[start..end]);
        if texts.iter().any(|text| text.has(&run)) {
            is_theirs[first..first + RUN].fill(true);
        }
    }
    for quoted in quotations(text) {
        let inside = |place: &usize| quoted.contains(&words[*place].0);
        let places: Vec<usize> = (0..words.len()).filter(inside).collect();
        if places.len() >= RUN {
            places.into_iter().for_each(|place| is_theirs[place] = true);
        }
    }
    let mut shown = String::new();
    let mut at = 0;
    for stretch in is_theirs.iter().enumerate().collect::<Vec<_>>().chunk_by(|x, y| x.1 == y.1) {
        let (first, last) = (stretch[0].0, stretch[stretch.len() - 1].0);
        if !is_theirs[first] {
            continue;
        }
        shown.push_str(&text[at..words[first].0]);
        shown.push(ELLIPSIS);
        at = words[last].0 + words[last].1.len();
    }
    shown.push_str(&text[at..]);
    shown
}

/// Where `text` stands in quotation marks, the marks themselves left out.
fn quotations(text: &str) -> Vec<std::ops::Range<usize>> {
    const PAIRS: [(char, char); 6] = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’'), ('`', '`')];
    let mut found = Vec::new();
    for (open, close) in PAIRS {
        let mut at = 0;
        while let Some(start) = text[at..].find(open).map(|place| at + place + open.len_utf8()) {
            let end = text[start..].find(close).map_or(text.len(), |place| start + place);
            found.push(start..end);
            at = (end + close.len_utf8()).min(text.len());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_of_the_article_go_and_others_stay() {
        let article = "The minister said on Monday that all roads were open. 停火协议今天生效. Ferry tickets cost 312,500 crowns.";
        let cases = [
            ("date: a is earlier by 2 h", "date: a is earlier by 2 h"),
            ("credit: the minister said on monday, it reads", "credit: …, it reads"),
            ("all roads were", "all roads were"),
            ("that ALL roads, were open!", "…!"),
            ("Monday that all roads were open and shut", "… and shut"),
            ("it reads “words of somebody else entirely” there", "it reads “…” there"),
            ("it reads “two words” there", "it reads “two words” there"),
            ("said so: 停火协议 and more", "said so: … and more"),
            ("it cost 1,250,0", "it cost 1,250,0"),
            ("will pay them 312", "will pay them 312"),
            ("ferry tickets cost 312", "…"),
            ("an open \"quote that never comes to an end", "an open \"…"),
            ("", ""),
        ];
        for (text, expected) in cases {
            let (mut shown, words) = (text.to_owned(), Words::of(article));
            scrub_all([&mut shown].into_iter(), || vec![&words]);
            assert_eq!(shown, expected, "{text}");
        }
    }

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

        /// No run of words of an article is left in what was scrubbed.
        #[test]
        fn no_run_survives(words in prop::collection::vec("[abc]{1,2}", 4..20), start in 0usize..10, extra in "[abc ]{0,12}") {
            let article = words.join(" ");
            let fact = format!("{extra} {} {extra}", words[start.min(words.len() - 1)..].join(", "));
            let shown = scrubbed(&fact, &[&Words::of(&article)]);
            let all: Vec<&str> = shown.split('…').flat_map(|part| {
                let words: Vec<&str> = words_of(part).map(|(_, word)| word).collect();
                words.windows(RUN).map(|run| run.join(" ")).collect::<Vec<_>>()
            }).map(|run| if Words::of(&article).has(&Words::of(&run)) { "theirs" } else { "" }).collect();
            prop_assert!(!all.contains(&"theirs"), "{} -> {}", fact, shown);
        }
    }
}
