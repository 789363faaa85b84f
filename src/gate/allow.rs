//! The allow-list: wording that may be shared, who said so, why, and until when.
//!
//! An allowance names what it is about by selectors, all of which must hold: an identifier, a phrase, documents,
//! outlets. An expired one allows nothing: what it allowed comes back as [`Status::Expired`], and the allowance itself
//! is told of; so is one that allows nothing.
//!
//! **A phrase** covers a passage if a run of consecutive words stands in both that makes up at least four fifths of the
//! passage's words in the new document ([`PHRASE_SHARE`]): a passage that lies inside the phrase, or one that is the
//! phrase and little more, as where a sentence's first word happens to be shared, too. Words are compared as the engine
//! compares them. A finding about whole documents is allowed if the phrase covers every passage that counts in their pair.
//!
//! **Documents** are patterns over names, in which `*` stays inside a folder and `**` does not: one names either
//! document of a pair, two name both, in either order. **Outlets** likewise: one is that of either document, several hold
//! those of both.

use std::borrow::Cow;

use globset::{GlobBuilder, GlobMatcher};
use jiff::civil::Date;
use thiserror::Error;

use crate::fingerprint::content_hash;
use crate::model::{Document, Findings, Passage, Rule, StableId, Status};
use crate::normalize::{Language, Normalizer};

/// Least share of a passage's words that a phrase has to cover with one run of words.
///
/// Passages end where the wording ends, give or take a word that chance has put there on both sides. A passage of ten
/// words, about the shortest there is, may have two such words.
pub const PHRASE_SHARE: f64 = 0.8;

/// One entry of an allow-list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowance {
    /// File it stands in, as messages name it.
    pub path: String,
    /// Its line there, 1-based.
    pub line: u32,
    /// Identifier of a finding, a passage, a document pair, or fingerprint of a passage.
    pub passage: Option<StableId>,
    /// Words that may be shared.
    pub phrase: Option<String>,
    /// Patterns over names of documents, at most two.
    pub documents: Vec<String>,
    /// Outlets.
    pub sources: Vec<String>,
    /// The rules it is restricted to; none for all.
    pub rules: Vec<Rule>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub expires: Option<Date>,
}

/// Why an allowance was refused. The place is that of the allowance.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum AllowError {
    /// It gives no reason.
    #[error("an allowance without a reason; add reason = \"...\"")]
    NoReason,
    /// It would allow everything.
    #[error("an allowance that names nothing; add passage, phrase, documents or sources")]
    NoSelector,
    /// It names more than two documents.
    #[error("documents has {n} patterns, but a pair has two documents; write an allowance for each pair")]
    TooManyDocuments {
        /// How many.
        n: usize,
    },
    /// A pattern that is none.
    #[error(
        "documents has a pattern that cannot be used, '{pattern}': {problem}; write for example \"wire/*.txt\""
    )]
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A phrase without words.
    #[error("phrase holds no word; write the words that may be shared")]
    NoWords,
}

impl Allowance {
    /// Whether it no longer holds on the day `today`.
    #[must_use]
    pub fn has_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|last| last < today)
    }

    /// What it allows and why, as one number; the place and the last day are no part of it.
    pub(super) fn content(&self) -> StableId {
        let passage = self.passage.map_or_else(String::new, StableId::public);
        let rules: Vec<String> = self.rules.iter().map(|rule| rule.name().to_owned()).collect();
        let one = |text: &str| vec![text.to_owned()];
        let phrase = self.phrase.as_deref().unwrap_or_default();
        let lists = [
            one(&passage),
            one(phrase),
            self.documents.clone(),
            self.sources.clone(),
            rules,
            one(&self.reason),
        ];
        let hashes = lists.map(|list| {
            let parts: Vec<&[u8]> = list.iter().map(String::as_bytes).collect();
            content_hash(&parts).to_le_bytes()
        });
        StableId(content_hash(&hashes.each_ref().map(|hash| &hash[..])))
    }

    /// Whether it can be used.
    ///
    /// # Errors
    ///
    /// What is missing or wrong.
    pub fn check(&self) -> Result<(), AllowError> {
        self.patterns()?;
        if self.reason.trim().is_empty() {
            return Err(AllowError::NoReason);
        }
        let selects = self.passage.is_some() || self.phrase.is_some();
        if !selects && self.documents.is_empty() && self.sources.is_empty() {
            return Err(AllowError::NoSelector);
        }
        if self.documents.len() > 2 {
            return Err(AllowError::TooManyDocuments { n: self.documents.len() });
        }
        let is_word = |phrase: &String| phrase.chars().any(char::is_alphanumeric);
        if self.phrase.as_ref().is_some_and(|phrase| !is_word(phrase)) {
            return Err(AllowError::NoWords);
        }
        Ok(())
    }

    fn patterns(&self) -> Result<Vec<GlobMatcher>, AllowError> {
        let matcher = |pattern: &String| {
            let glob = GlobBuilder::new(pattern).literal_separator(true).build();
            glob.map(|glob| glob.compile_matcher()).map_err(|error| AllowError::Pattern {
                pattern: pattern.clone(),
                problem: error.kind().to_string(),
            })
        };
        self.documents.iter().map(matcher).collect()
    }
}

/// A finding to be judged.
pub(super) struct Case<'a> {
    pub(super) rule: Rule,
    /// All identifiers it goes by.
    pub(super) ids: &'a [StableId],
    /// The new document, if it is about one.
    pub(super) doc: &'a Document,
    /// The other one.
    pub(super) other: Option<&'a Document>,
    /// What it is about: one passage, or those of a pair that count.
    pub(super) passages: &'a [&'a Passage],
    /// Whether the new document is side a.
    pub(super) is_a: bool,
}

/// What the allow-list says about a finding.
pub(super) struct Standing {
    pub(super) status: Status,
    pub(super) reason: Option<String>,
}

/// Allowances at work: which of them hold today, and which were of use.
pub(super) struct AllowList<'a> {
    findings: &'a dyn Findings,
    normalizer: &'a Normalizer,
    entries: Vec<Entry<'a>>,
}

struct Entry<'a> {
    allowance: &'a Allowance,
    patterns: Vec<GlobMatcher>,
    has_expired: bool,
    is_used: bool,
}

/// Words of a new document and their language.
struct Words {
    keys: Vec<u64>,
    language: Language,
}

impl<'a> AllowList<'a> {
    pub(super) fn new(
        allowances: &'a [Allowance],
        findings: &'a dyn Findings,
        normalizer: &'a Normalizer,
        today: Date,
    ) -> Result<AllowList<'a>, AllowError> {
        let entry = |allowance: &'a Allowance| {
            allowance.check()?;
            let has_expired = allowance.has_expired(today);
            Ok(Entry { allowance, patterns: allowance.patterns()?, has_expired, is_used: false })
        };
        let entries = allowances.iter().map(entry).collect::<Result<_, AllowError>>()?;
        Ok(AllowList { findings, normalizer, entries })
    }

    /// Whether `case` is allowed, or was. Of several allowances the first that holds is given as the reason; all of them
    /// are of use.
    pub(super) fn judge(&mut self, case: &Case<'_>) -> Standing {
        let mut words: Option<Vec<Words>> = None;
        let mut entries = std::mem::take(&mut self.entries);
        let (mut allowed, mut expired) = (None, None);
        for entry in &mut entries {
            if entry.names(case) && self.phrase_covers(entry.allowance, case, &mut words) {
                entry.is_used = true;
                let reason = &entry.allowance.reason;
                (if entry.has_expired { &mut expired } else { &mut allowed })
                    .get_or_insert_with(|| reason.clone());
            }
        }
        self.entries = entries;
        match (allowed, expired) {
            (Some(reason), _) => Standing { status: Status::Allowed, reason: Some(reason) },
            (None, Some(reason)) => Standing { status: Status::Expired, reason: Some(reason) },
            (None, None) => Standing { status: Status::New, reason: None },
        }
    }

    /// Allowances that are to be told of: expired ones, and those that allowed nothing.
    pub(super) fn remarkable(&self) -> impl Iterator<Item = (Rule, &'a Allowance)> {
        self.entries.iter().filter_map(|entry| match (entry.has_expired, entry.is_used) {
            (true, _) => Some((Rule::AllowExpired, entry.allowance)),
            (false, false) => Some((Rule::AllowUnused, entry.allowance)),
            (false, true) => None,
        })
    }

    /// Whether the phrase covers every passage; `words` keeps theirs for the next allowance.
    fn phrase_covers(&self, allowance: &Allowance, case: &Case<'_>, words: &mut Option<Vec<Words>>) -> bool {
        let Some(phrase) = &allowance.phrase else { return true };
        let words = words.get_or_insert_with(|| self.words(case));
        !words.is_empty()
            && words.iter().all(|words| {
                let mut lexicon = self.normalizer.lexicon();
                covers(&self.normalizer.tokens(phrase, words.language, &mut lexicon).keys, &words.keys)
            })
    }

    /// The words of each passage in the new document.
    fn words(&self, case: &Case<'_>) -> Vec<Words> {
        let Some(first) = case.passages.first() else { return Vec::new() };
        let text = self.findings.text(if case.is_a { first.a_doc } else { first.b_doc });
        let language = self.normalizer.language(&text, case.doc.language.as_deref());
        let mut lexicon = self.normalizer.lexicon();
        let mut of = |passage: &&Passage| {
            let span = if case.is_a { passage.a } else { passage.b };
            // A text that cannot be read back is blank, and the run ends in an error.
            let text = text.get(span.range()).unwrap_or_default();
            Words { keys: self.normalizer.tokens(text, language, &mut lexicon).keys, language }
        };
        case.passages.iter().map(&mut of).collect()
    }
}

impl Entry<'_> {
    /// Whether all selectors but the phrase hold.
    fn names(&self, case: &Case<'_>) -> bool {
        let Allowance { passage, sources, rules, .. } = self.allowance;
        (rules.is_empty() || rules.contains(&case.rule))
            && passage.is_none_or(|id| case.ids.contains(&id))
            && self.names_documents(case)
            && (sources.is_empty() || names_outlets(sources, case))
    }

    fn names_documents(&self, case: &Case<'_>) -> bool {
        let is = |pattern: &GlobMatcher, document: Option<&Document>| {
            document.is_some_and(|document| pattern.is_match(&document.name))
        };
        let (doc, other) = (Some(case.doc), case.other);
        match &self.patterns[..] {
            [] => true,
            [either] => is(either, doc) || is(either, other),
            [one, two, ..] => is(one, doc) && is(two, other) || is(one, other) && is(two, doc),
        }
    }
}

fn names_outlets(sources: &[String], case: &Case<'_>) -> bool {
    let is = |document: Option<&Document>| {
        document.and_then(|document| document.source.as_ref()).is_some_and(|source| sources.contains(source))
    };
    match sources {
        [_] => is(Some(case.doc)) || is(case.other),
        _ => is(Some(case.doc)) && is(case.other),
    }
}

/// Whether one run of words of `phrase` makes up enough of `passage`.
fn covers(phrase: &[u64], passage: &[u64]) -> bool {
    let run = longest_common_run(phrase, passage);
    run > 0 && run as f64 >= PHRASE_SHARE * passage.len() as f64
}

/// Length of the longest run of equal neighbours in both. Takes time proportional to the product of the lengths.
fn longest_common_run(one: &[u64], other: &[u64]) -> usize {
    let mut runs = vec![0_usize; other.len() + 1];
    let mut longest = 0;
    for key in one {
        // From the end, so that a run grows by one only.
        for at in (0..other.len()).rev() {
            runs[at + 1] = if *key == other[at] { runs[at] + 1 } else { 0 };
            longest = longest.max(runs[at + 1]);
        }
    }
    longest
}

/// Passages by reference, as a case takes them.
pub(super) fn by_reference<'a>(passages: &'a [Cow<'_, Passage>]) -> Vec<&'a Passage> {
    passages.iter().map(AsRef::as_ref).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn the_longest_common_run_is_found() {
        let keys = |text: &str| text.bytes().map(u64::from).collect::<Vec<u64>>();
        let cases = [
            ("", "", 0),
            ("abc", "", 0),
            ("abc", "xabcx", 3),
            ("abab", "babab", 4),
            ("ab", "ba", 1),
            ("aaa", "aa", 2),
        ];
        for (one, other, expected) in cases {
            assert_eq!(longest_common_run(&keys(one), &keys(other)), expected, "{one} {other}");
            assert_eq!(longest_common_run(&keys(other), &keys(one)), expected, "{other} {one}");
        }
    }

    #[test]
    fn a_phrase_covers_what_lies_inside_it_or_is_little_more() {
        let words = |range: std::ops::Range<u64>| range.collect::<Vec<u64>>();
        let cases = [
            (words(0..10), words(0..10), true),
            (words(0..100), words(30..40), true),
            (words(2..10), words(0..10), true),
            (words(3..10), words(0..10), false),
            (words(0..10), words(20..30), false),
            (words(0..0), words(0..10), false),
            (words(0..10), words(0..0), false),
        ];
        for (phrase, passage, expected) in cases {
            assert_eq!(covers(&phrase, &passage), expected, "{phrase:?} {passage:?}");
        }
    }

    #[test]
    fn allowances_that_cannot_be_used_are_refused() {
        let fine =
            Allowance { reason: "agreed".into(), sources: vec!["Wire".into()], ..Allowance::default() };
        let cases = [
            fine.clone(),
            Allowance { reason: " ".into(), ..fine.clone() },
            Allowance { sources: Vec::new(), rules: vec![Rule::Coverage], ..fine.clone() },
            Allowance { documents: ["a", "b", "c"].map(str::to_owned).into(), ..fine.clone() },
            Allowance { documents: vec!["a[".into()], ..fine.clone() },
            Allowance { phrase: Some("...".into()), ..fine },
        ];
        let shown: String = cases
            .map(|allowance| {
                format!("{}\n", allowance.check().map_or_else(|e| e.to_string(), |()| "fine".into()))
            })
            .concat();
        expect![[r#"
            fine
            an allowance without a reason; add reason = "..."
            an allowance that names nothing; add passage, phrase, documents or sources
            documents has 3 patterns, but a pair has two documents; write an allowance for each pair
            documents has a pattern that cannot be used, 'a[': unclosed character class; missing ']'; write for example "wire/*.txt"
            phrase holds no word; write the words that may be shared
        "#]].assert_eq(&shown);
    }

    #[test]
    fn an_allowance_holds_through_its_last_day() {
        let day = |day| Date::new(2026, 3, day).unwrap();
        let allowance = Allowance { expires: Some(day(10)), ..Allowance::default() };
        assert_eq!([9, 10, 11].map(|today| allowance.has_expired(day(today))), [false, false, true]);
        assert!(!Allowance::default().has_expired(day(1)));
    }
}
