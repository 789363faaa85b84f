//! The rules: what is looked for in new documents, how much each finding matters, what is allowed.
//!
//! | rule | a finding is | by default |
//! |---|---|---|
//! | `long-run` | a passage with more consecutive words than allowed, 60 | error |
//! | `coverage` | a pair whose share of the new document is above what is allowed, 0.4 | error |
//! | `near-duplicate` | a pair of versions of one text | error |
//! | `changed-number` | a passage with a number, time or date that became another | warning |
//! | `same-outlet-reuse` | a pair of one outlet that shares words | off |
//! | `input-unreadable` | an input that was lost | error |
//! | `missing-metadata` | a new document without outlet or date | off |
//! | `allow-expired`, `allow-unused` | an allowance | warning |
//!
//! A limit is the most that is allowed: zero allows nothing. Passages that do not count are never findings.
//!
//! A copy breaks `long-run` and `coverage`, too, and says nothing more by it: for a near-duplicate pair they are left out,
//! unless they matter more than `near-duplicate` does. `changed-number` is told all the same, since a figure that changed in
//! a text otherwise the same is what an editor would want to know. It looks at passages of the same wording alone
//! (an identity of 0.75 and more): in others the words around two numbers tell too little of whether they are the same number.
//!
//! Of two new documents, `coverage` is about the one that shares the larger part, the other rules about the one whose name
//! sorts first.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::fingerprint::content_hash;
use crate::gate::allow::{AllowList, Case, by_reference};
use crate::gate::baseline::Key;
use crate::gate::{Limits, Subject};
use crate::model::{DocId, Document, DocumentPair, Finding, Level, Passage, Rule, StableId, Status};

/// Least identity of a passage whose changed numbers are told. Of eight such findings drawn from a gate over 9,521 wire stories,
/// the one correction of a figure had .86, the seven others, forms and like events, .44 to .69. Of the forms of a later draw, two
/// had .84 and .87: the limit keeps out many of them, not all.
const SAME_STATEMENT: f64 = 0.75;

/// What a run puts before the name of a reference document while a new one has that name.
const NAMESAKE: &str = "reference/";

/// A finding before the baseline is asked.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) finding: Finding,
    /// What accepts it; none for what cannot be accepted.
    pub(super) key: Option<Key>,
    /// Which of the passages with this fingerprint in this pair it is about.
    pub(super) repeat: u32,
}

/// Findings of one run under way.
pub(super) struct Rules<'a, 'b> {
    pub(super) subject: &'a Subject<'a>,
    pub(super) limits: &'a Limits,
    /// None where allowances are not applied.
    pub(super) allow: Option<&'b mut AllowList<'a>>,
    pub(super) drafts: Vec<Draft>,
}

/// A document pair from the side of its new document.
struct View<'p> {
    pair: &'p DocumentPair,
    passages: &'p [Cow<'p, Passage>],
    a: &'p Document,
    b: &'p Document,
    a_is_new: bool,
    b_is_new: bool,
}

/// What a rule has found in a pair.
struct Found<'f> {
    rule: Rule,
    /// Whether side a is the document that it is about.
    is_a: bool,
    /// The passage: its place among those of the pair, and which of those with its fingerprint it is.
    passage: Option<(usize, u32)>,
    value: Option<f64>,
    limit: Option<f64>,
    message: String,
    /// Passages an allowance has to be about.
    about: &'f [&'f Passage],
    line: Option<u32>,
}

impl Rules<'_, '_> {
    /// Findings of all rules but those about allowances.
    pub(super) fn look(&mut self) {
        let findings = self.subject.findings;
        let mut passages = findings.passages();
        for pair in findings.pairs() {
            let passages: Vec<Cow<'_, Passage>> = passages.by_ref().take(pair.passages.len()).collect();
            self.look_at_pair(&pair, &passages);
        }
        self.look_at_metadata();
        self.look_at_skipped();
    }

    fn level(&self, rule: Rule) -> Level {
        self.limits.level(rule)
    }

    fn is_on(&self, rule: Rule) -> bool {
        self.level(rule) > Level::Off
    }

    fn look_at_pair(&mut self, pair: &DocumentPair, passages: &[Cow<'_, Passage>]) {
        let documents = &self.subject.findings.facts().documents;
        let is_new = |doc: DocId| self.subject.is_new[doc.index()];
        let view = View {
            pair,
            passages,
            a: &documents[pair.a.index()],
            b: &documents[pair.b.index()],
            a_is_new: is_new(pair.a),
            b_is_new: is_new(pair.b),
        };
        if !view.a_is_new && !view.b_is_new {
            return;
        }
        let counting: Vec<&Passage> =
            by_reference(passages).into_iter().filter(|passage| passage.excluded.is_none()).collect();
        if counting.is_empty() {
            return;
        }
        self.whole_documents(&view, &counting);
        self.single_passages(&view);
    }

    /// Rules of which a pair breaks each once at most.
    fn whole_documents(&mut self, view: &View<'_>, counting: &[&Passage]) {
        let pair = view.pair;
        let found = |rule, is_a, value, limit, message| Found {
            rule,
            is_a,
            passage: None,
            value: Some(value),
            limit,
            message,
            about: counting,
            line: None,
        };
        if pair.near_duplicate && self.is_on(Rule::NearDuplicate) {
            let is_a = view.a_is_new;
            let (own, others) = view.sided(is_a, pair.a_coverage, pair.b_coverage);
            let message = format!(
                "is a version of {}: {} of the one and {} of the other are shared",
                view.other(is_a).name,
                percent(own),
                percent(others)
            );
            self.add(view, found(Rule::NearDuplicate, is_a, own.min(others), None, message));
        }
        let is_a = view.a_is_new && (!view.b_is_new || pair.a_coverage >= pair.b_coverage);
        let (share, _) = view.sided(is_a, pair.a_coverage, pair.b_coverage);
        let limit = self.limits.max_coverage;
        if share > limit && self.is_told(Rule::Coverage, pair) {
            let message = format!(
                "{} of its words also stand in {}, {} allowed",
                percent(share),
                view.other(is_a).name,
                percent(limit)
            );
            self.add(view, found(Rule::Coverage, is_a, share, Some(limit), message));
        }
        let same_outlet = view.a.source.is_some() && view.a.source == view.b.source;
        if same_outlet && pair.matched_words > 0 && self.is_on(Rule::SameOutletReuse) {
            let is_a = view.a_is_new;
            let words = count(u64::from(pair.matched_words), "word");
            let message = format!("{words} also stand in {}, of the same outlet", view.other(is_a).name);
            let words = f64::from(pair.matched_words);
            self.add(view, found(Rule::SameOutletReuse, is_a, words, Some(0.0), message));
        }
    }

    /// Whether a rule that every copy breaks is told of this pair.
    fn is_told(&self, rule: Rule, pair: &DocumentPair) -> bool {
        let told_already = pair.near_duplicate && self.level(Rule::NearDuplicate) >= self.level(rule);
        self.is_on(rule) && !told_already
    }

    /// Rules that look at each passage.
    fn single_passages(&mut self, view: &View<'_>) {
        let is_a = view.a_is_new;
        let other = &view.other(is_a).name;
        let long_runs = self.is_told(Rule::LongRun, view.pair);
        let limit = self.limits.max_run;
        let numbers = self.is_on(Rule::ChangedNumber);
        let mut repeats: BTreeMap<StableId, u32> = BTreeMap::new();
        let mut lines = Lines::default();
        for (place, passage) in view.passages.iter().enumerate() {
            let repeat = repeats.entry(passage.fingerprint).or_default();
            let at = (place, *repeat);
            *repeat += 1;
            if passage.excluded.is_some() {
                continue;
            }
            let is_long = long_runs && passage.longest_run > limit;
            let changed = passage.edits.numbers_changed;
            let is_changed = numbers && changed > 0 && passage.identity >= SAME_STATEMENT;
            if !is_long && !is_changed {
                continue;
            }
            let line = self.line_of(view, passage, is_a, &mut lines);
            let about: &[&Passage] = &[passage];
            if is_long {
                let words = count(u64::from(passage.longest_run), "consecutive word");
                let message = format!("{words} also stand in {other}, {limit} allowed");
                let (value, limit) = (Some(f64::from(passage.longest_run)), Some(f64::from(limit)));
                let rule = Rule::LongRun;
                self.add(view, Found { rule, is_a, passage: Some(at), value, limit, message, about, line });
            }
            if is_changed {
                let numbers = count(u64::from(changed), "number");
                let message = format!("a passage that also stands in {other} has {numbers} changed");
                let (value, limit) = (Some(f64::from(changed)), Some(0.0));
                let rule = Rule::ChangedNumber;
                self.add(view, Found { rule, is_a, passage: Some(at), value, limit, message, about, line });
            }
        }
    }

    /// The line to point at: of the passage in a file that is one document.
    fn line_of(&self, view: &View<'_>, passage: &Passage, is_a: bool, lines: &mut Lines) -> Option<u32> {
        let document = view.own(is_a);
        if document.origin.record.is_some() || document.origin.path.is_empty() {
            return line_of_document(document);
        }
        let (doc, span) = if is_a { (passage.a_doc, passage.a) } else { (passage.b_doc, passage.b) };
        Some(lines.of(self.subject.findings.text(doc).as_bytes(), span.start() as usize))
    }

    fn add(&mut self, view: &View<'_>, found: Found<'_>) {
        let Found { rule, is_a, passage, value, limit, message, about, line } = found;
        let (a, b) = (view.pair.a, view.pair.b);
        let (doc, other) = if is_a { (a, b) } else { (b, a) };
        let (document, partner) = (view.own(is_a), view.other(is_a));
        let at =
            passage.map(|(place, repeat)| (&view.passages[place], view.pair.passages.start + place, repeat));
        let repeat = at.map_or(0, |(_, _, repeat)| repeat);
        let key = match at {
            Some((passage, _, _)) => {
                Key::of_passage(&self.key_name(doc), &self.key_name(other), passage.fingerprint)
            }
            None => Key::of_documents(&self.key_name(doc), &self.key_name(other), rule),
        };
        let fingerprint =
            at.map_or_else(|| about_documents(rule, &key), |(passage, _, _)| passage.fingerprint);
        let id = finding_id(rule, [&key.low, &key.high], fingerprint, repeat);
        let ids = [id, fingerprint, at.map_or(view.pair.id, |(passage, _, _)| passage.id)];
        let case = Case { rule, ids: &ids, doc: document, other: Some(partner), passages: about, is_a };
        let (status, reason) = self.standing(&case);
        let finding = Finding {
            id,
            rule,
            level: self.level(rule),
            status,
            doc: Some(doc),
            other: Some(other),
            passage: at.map(|(_, index, _)| index),
            value,
            limit,
            message,
            path: document.origin.path.clone(),
            line: line.or_else(|| line_of_document(document)),
            fingerprint: Some(fingerprint),
            reason,
        };
        self.drafts.push(Draft { finding, key: Some(key), repeat });
    }

    /// A document's name in keys and identifiers.
    ///
    /// A run shows a reference document under another name while a new one has its name. Keys keep its own, so that a new
    /// document of that name changes no other's entries, and set the new one apart instead.
    fn key_name(&self, doc: DocId) -> Cow<'_, str> {
        let Subject { findings, is_new } = *self.subject;
        let documents = &findings.facts().documents;
        let stands = |name: &str, new: bool| {
            let place = documents.binary_search_by(|document| document.name.as_str().cmp(name));
            place.is_ok_and(|place| is_new[place] == new)
        };
        let name = documents[doc.index()].name.as_str();
        if is_new[doc.index()] {
            let has_namesake = stands(&format!("{NAMESAKE}{name}"), false);
            return if has_namesake { Cow::Owned(format!("new/{name}")) } else { Cow::Borrowed(name) };
        }
        let own = name.strip_prefix(NAMESAKE).filter(|own| stands(own, true));
        Cow::Borrowed(own.unwrap_or(name))
    }

    fn standing(&mut self, case: &Case<'_>) -> (Status, Option<String>) {
        self.allow.as_mut().map_or((Status::New, None), |allow| {
            let standing = allow.judge(case);
            (standing.status, standing.reason)
        })
    }

    fn look_at_metadata(&mut self) {
        let rule = Rule::MissingMetadata;
        if !self.is_on(rule) {
            return;
        }
        let subject = self.subject;
        for (index, document) in subject.findings.facts().documents.iter().enumerate() {
            let missing = match (&document.source, document.published) {
                (None, None) => "outlet and date",
                (None, Some(_)) => "outlet",
                (Some(_), None) => "date",
                (Some(_), Some(_)) => continue,
            };
            if !subject.is_new[index] {
                continue;
            }
            let key = Key::of_documents(&self.key_name(DocId::new(index)), "", rule);
            let fingerprint = about_documents(rule, &key);
            let id = finding_id(rule, [&key.low, &key.high], fingerprint, 0);
            let ids = [id, fingerprint];
            let case = Case { rule, ids: &ids, doc: document, other: None, passages: &[], is_a: true };
            let (status, reason) = self.standing(&case);
            let finding = Finding {
                doc: Some(DocId::new(index)),
                status,
                reason,
                path: document.origin.path.clone(),
                line: line_of_document(document),
                fingerprint: Some(fingerprint),
                ..about_run(rule, self.level(rule), id, format!("lacks its {missing}"))
            };
            self.drafts.push(Draft { finding, key: Some(key), repeat: 0 });
        }
    }

    fn look_at_skipped(&mut self) {
        let rule = Rule::InputUnreadable;
        if !self.is_on(rule) {
            return;
        }
        let mut repeats: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        for skipped in self.subject.findings.facts().skipped.iter().filter(|skipped| skipped.lost) {
            let repeat = repeats.entry((&skipped.path, &skipped.reason)).or_default();
            let why = StableId(content_hash(&[skipped.reason.as_bytes()]));
            let id = finding_id(rule, [&skipped.path, ""], why, *repeat);
            *repeat += 1;
            let message = format!("was not checked: {}", skipped.reason.trim_end_matches('.'));
            let finding = Finding {
                path: skipped.path.clone(),
                line: skipped.line,
                ..about_run(rule, self.level(rule), id, message)
            };
            self.drafts.push(Draft { finding, key: None, repeat: 0 });
        }
    }

    /// Findings about allowances, once all others were judged.
    pub(super) fn look_at_allowances(&mut self) {
        let Some(allow) = self.allow.as_deref() else { return };
        let mut repeats: BTreeMap<(Rule, &str, StableId), u32> = BTreeMap::new();
        let mut made = Vec::new();
        for (rule, allowance) in allow.remarkable().filter(|(rule, _)| self.is_on(*rule)) {
            let message = match allowance.expires {
                Some(last) if rule == Rule::AllowExpired => {
                    format!("the allowance expired on {last}; give it another day or take it out")
                }
                _ => "the allowance allows nothing in this run; take it out if it is no longer needed"
                    .to_owned(),
            };
            let content = allowance.content();
            let repeat = repeats.entry((rule, &allowance.path, content)).or_default();
            let id = finding_id(rule, [&allowance.path, ""], content, *repeat);
            *repeat += 1;
            let finding = Finding {
                path: allowance.path.clone(),
                line: Some(allowance.line),
                reason: Some(allowance.reason.clone()),
                ..about_run(rule, self.level(rule), id, message)
            };
            made.push(Draft { finding, key: None, repeat: 0 });
        }
        self.drafts.extend(made);
    }
}

impl<'p> View<'p> {
    fn own(&self, is_a: bool) -> &'p Document {
        if is_a { self.a } else { self.b }
    }

    fn other(&self, is_a: bool) -> &'p Document {
        self.own(!is_a)
    }

    /// The two values, that of the document it is about first.
    fn sided(&self, is_a: bool, of_a: f64, of_b: f64) -> (f64, f64) {
        if is_a { (of_a, of_b) } else { (of_b, of_a) }
    }
}

/// A finding that is news and about no document.
fn about_run(rule: Rule, level: Level, id: StableId, message: String) -> Finding {
    Finding {
        id,
        rule,
        level,
        status: Status::New,
        doc: None,
        other: None,
        passage: None,
        value: None,
        limit: None,
        message,
        path: String::new(),
        line: None,
        fingerprint: None,
        reason: None,
    }
}

fn line_of_document(document: &Document) -> Option<u32> {
    (!document.origin.path.is_empty()).then_some(document.origin.line.max(1))
}

/// What stands for the wording where a rule is about whole documents.
fn about_documents(rule: Rule, key: &Key) -> StableId {
    StableId(content_hash(&[b"rule", rule.name().as_bytes(), key.low.as_bytes(), key.high.as_bytes()]))
}

/// Depends on nothing but the rule, the names in sorted order, the wording, and which of its places in the pair it is.
fn finding_id(rule: Rule, [low, high]: [&str; 2], fingerprint: StableId, repeat: u32) -> StableId {
    let (wording, repeat) = (fingerprint.0.to_le_bytes(), repeat.to_le_bytes());
    let parts: [&[u8]; 6] =
        [b"finding", rule.name().as_bytes(), low.as_bytes(), high.as_bytes(), &wording, &repeat];
    StableId(content_hash(&parts))
}

/// Lines of one text, asked for from the front to the back.
#[derive(Default)]
struct Lines {
    byte: usize,
    breaks: u32,
}

impl Lines {
    /// Line of the byte at `at`, 1-based. A line ends after `\n`, `\r\n`, or a `\r` that no `\n` follows.
    fn of(&mut self, text: &[u8], at: usize) -> u32 {
        let at = at.min(text.len());
        if at < self.byte {
            *self = Lines::default();
        }
        let is_break = |&index: &usize| match text[index] {
            b'\n' => true,
            b'\r' => text.get(index + 1) != Some(&b'\n'),
            _ => false,
        };
        self.breaks += (self.byte..at).filter(is_break).count() as u32;
        self.byte = at;
        self.breaks + 1
    }
}

/// A share for people: to a tenth of a per cent, without a zero behind the point.
fn percent(share: f64) -> String {
    let text = format!("{:.1}", share * 100.0);
    format!("{}%", text.strip_suffix(".0").unwrap_or(&text))
}

fn count(n: u64, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_reports() {
        let text = b"a\nb\r\nc\rd\n\n\xc3\xa9";
        let cases = [(0, 1), (1, 1), (2, 2), (4, 2), (5, 3), (7, 4), (9, 5), (10, 6), (99, 6)];
        let mut forward = Lines::default();
        for (at, line) in cases {
            assert_eq!(forward.of(text, at), line, "{at}");
            assert_eq!(Lines::default().of(text, at), line, "{at} alone");
        }
        assert_eq!(forward.of(text, 2), 2, "going back");
    }

    #[test]
    fn shares_and_counts_read_well() {
        assert_eq!([0.4, 0.405, 1.0, 0.0].map(percent), ["40%", "40.5%", "100%", "0%"]);
        assert_eq!([count(1, "word"), count(2, "word")], ["1 word", "2 words"]);
    }

    #[test]
    fn an_id_depends_on_each_of_its_parts() {
        let base = finding_id(Rule::LongRun, ["a", "b"], StableId(1), 0);
        for other in [
            finding_id(Rule::Coverage, ["a", "b"], StableId(1), 0),
            finding_id(Rule::LongRun, ["a", "c"], StableId(1), 0),
            finding_id(Rule::LongRun, ["ab", ""], StableId(1), 0),
            finding_id(Rule::LongRun, ["a", "b"], StableId(2), 0),
            finding_id(Rule::LongRun, ["a", "b"], StableId(1), 1),
        ] {
            assert_ne!(other, base);
        }
        assert_eq!(finding_id(Rule::LongRun, ["a", "b"], StableId(1), 0), base);
    }
}
