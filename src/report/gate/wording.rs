//! What all formats for people say of a verdict, in the same words.

use std::collections::BTreeSet;

use crate::model::{Analysis, DocId, Finding, Findings, Level, Rule, Skipped, Status, Verdict};
use crate::report::gate::evidence::{Appeared, Relation};
use crate::report::overview::{amount, dated, outlet, percent, plural};
use crate::report::{sanitize, time};

/// Words at the beginning of a passage that are quoted, and code points that they may take.
const HEAD: (usize, usize) = (20, 200);

/// The same at its end.
const TAIL: (usize, usize) = (10, 100);

/// How many findings there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// News at level error, warning and note.
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
    /// Known from the baseline.
    pub(super) baseline: usize,
    /// Allowed.
    pub(super) allowed: usize,
}

impl Tally {
    pub(super) fn of(verdict: &Verdict) -> Tally {
        let mut tally = Tally::default();
        for finding in &verdict.findings {
            let count = match (finding.status, finding.level) {
                (Status::Baseline, _) => &mut tally.baseline,
                (Status::Allowed, _) => &mut tally.allowed,
                (_, Level::Error) => &mut tally.errors,
                (_, Level::Warning) => &mut tally.warnings,
                (_, Level::Note | Level::Off) => &mut tally.notes,
            };
            *count += 1;
        }
        tally
    }

    pub(super) fn news(self) -> usize {
        self.errors + self.warnings + self.notes
    }

    pub(super) fn accepted(self) -> usize {
        self.baseline + self.allowed
    }

    /// `2 errors, 1 warning`.
    pub(super) fn levels(self) -> String {
        let counts = [
            (self.errors, "error", "errors"),
            (self.warnings, "warning", "warnings"),
            (self.notes, "note", "notes"),
        ];
        let said = counts.iter().filter(|(n, ..)| *n > 0).map(|&(n, one, many)| plural(n, one, many));
        said.collect::<Vec<String>>().join(", ")
    }
}

/// The findings that are news, in order.
pub(super) fn news(verdict: &Verdict) -> impl Iterator<Item = &Finding> + Clone {
    verdict.findings.iter().filter(|finding| finding.status.is_news())
}

/// The whole verdict in one line: `checked 214 new articles against 58,310: 1 new finding (1 error), 12 accepted, 3 not
/// checked`.
pub(super) fn outcome(verdict: &Verdict) -> String {
    let tally = Tally::of(verdict);
    let checked = plural(verdict.n_checked, "new article", "new articles");
    let mut said = format!("checked {checked} against {}: ", amount(verdict.n_reference as u64));
    said += &match tally.news() {
        0 => "no new findings".to_owned(),
        n => format!("{} ({})", plural(n, "new finding", "new findings"), tally.levels()),
    };
    if tally.accepted() > 0 {
        said += &format!(", {} accepted", amount(tally.accepted() as u64));
    }
    said += &match verdict.n_not_checked {
        0 => ", nothing left unchecked".to_owned(),
        n => format!(", {} not checked", amount(n as u64)),
    };
    said
}

/// What was not checked and why, a line each: `in/x.pdf: not a text`. At most `top`; the rest is counted in a last line.
/// What one of the findings `shown` tells is not told again.
pub(super) fn not_checked<'v>(
    verdict: &Verdict,
    findings: &dyn Findings,
    shown: impl Iterator<Item = &'v Finding>,
    top: usize,
) -> Vec<String> {
    let told: BTreeSet<(&str, Option<u32>)> = shown
        .filter(|finding| finding.rule == Rule::InputUnreadable)
        .map(|finding| (finding.path.as_str(), finding.line))
        .collect();
    let all = unread(verdict, findings);
    let untold: Vec<&Skipped> = all
        .iter()
        .copied()
        .filter(|skipped| !told.contains(&(skipped.path.as_str(), skipped.line)))
        .collect();
    let n_told = all.len() - untold.len();
    let mut lines: Vec<String> = untold.iter().take(top).map(|skipped| reason(skipped)).collect();
    let more = verdict.n_not_checked.saturating_sub(n_told + lines.len());
    if more > 0 {
        lines.push(format!(
            "{}; --format jsonl lists all inputs that were not read",
            match lines.is_empty() {
                true => plural(more, "input", "inputs"),
                false => format!("… and {} more", amount(more as u64)),
            }
        ));
    }
    lines
}

/// Inputs that were not checked, those that were lost first; no more than the verdict counts.
pub(super) fn unread<'f>(verdict: &Verdict, findings: &'f dyn Findings) -> Vec<&'f Skipped> {
    let skipped = &findings.facts().skipped;
    let (lost, passed): (Vec<&Skipped>, Vec<&Skipped>) = skipped.iter().partition(|skipped| skipped.lost);
    lost.into_iter().chain(passed).take(verdict.n_not_checked).collect()
}

/// `in/x.jsonl:9: no text field`.
fn reason(skipped: &Skipped) -> String {
    format!("{}: {}", place(&skipped.path, skipped.line), sanitize::line(&skipped.reason))
}

/// A file and a line in it: `in/x.jsonl:9`.
pub(super) fn place(path: &str, line: Option<u32>) -> String {
    let path = sanitize::line(path);
    line.map_or_else(|| path.to_string(), |line| format!("{path}:{line}"))
}

/// A document with what is known of it: `wire-8841 (Agency, 2026-03-01)`.
pub(super) fn document(analysis: &Analysis, doc: DocId) -> String {
    let name = sanitize::line(&analysis.documents[doc.index()].name).into_owned();
    match known(analysis, doc).as_str() {
        "" => name,
        known => format!("{name} ({known})"),
    }
}

/// Outlet and date of a document, as far as known.
fn known(analysis: &Analysis, doc: DocId) -> String {
    let parts = [outlet(analysis, doc), dated(analysis, doc)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<String>>().join(", ")
}

/// What the finding's document does with the wording of the other one. Only an earlier text can be reused.
pub(super) fn verb(relation: Option<Relation>) -> &'static str {
    match relation.map(|relation| relation.other) {
        Some(Appeared::Earlier) => "reuses",
        _ => "shares wording with",
    }
}

/// When the other document appeared: `appeared 19 h earlier in this corpus`; empty if that is not known.
pub(super) fn appeared(relation: Option<Relation>) -> String {
    let Some(relation) = relation else { return String::new() };
    let apart =
        relation.apart_seconds.map(|seconds| format!("{} ", time::duration(seconds))).unwrap_or_default();
    match relation.other {
        Appeared::Earlier => format!("appeared {apart}earlier in this corpus"),
        Appeared::Later => format!("appeared {apart}later in this corpus"),
        Appeared::Together => "appeared at the same time in this corpus".to_owned(),
        Appeared::Unknown => String::new(),
    }
}

/// `62% of daily-0317, 71% of wire-8841`.
pub(super) fn coverage(analysis: &Analysis, finding: &Finding, relation: Option<Relation>) -> Option<String> {
    let (relation, doc, other) = (relation?, finding.doc?, finding.other?);
    let name = |doc: DocId| sanitize::line(&analysis.documents[doc.index()].name);
    let (own, theirs) = (percent(relation.own_coverage), percent(relation.other_coverage));
    Some(format!("{own} of {}, {theirs} of {}", name(doc), name(other)))
}

/// The limit of a finding in the unit of its rule: `60 words`, `40%`.
pub(super) fn limit(finding: &Finding) -> Option<String> {
    let limit = finding.limit?;
    let counted = |one, many| plural(limit.max(0.0).round() as usize, one, many);
    Some(match finding.rule {
        Rule::LongRun | Rule::SameOutletReuse => counted("word", "words"),
        Rule::ChangedNumber => counted("changed number", "changed numbers"),
        Rule::Coverage | Rule::NearDuplicate => percent(limit),
        Rule::InputUnreadable | Rule::MissingMetadata | Rule::AllowExpired | Rule::AllowUnused => {
            limit.to_string()
        }
    })
}

/// `text` on one safe line: its first twenty and last ten words, or all of it if that is not much longer.
pub(super) fn quote(text: &str) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| sanitize::line(word).trim().to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    let whole = words.join(" ");
    let head_words = words.iter().take(HEAD.0).map(|word| word.len() + 1).sum::<usize>();
    let tail_words = words.iter().rev().take(TAIL.0).map(|word| word.len() + 1).sum::<usize>();
    let head_chars = whole.char_indices().nth(HEAD.1).map_or(whole.len(), |(at, _)| at);
    let tail_chars = whole.char_indices().nth_back(TAIL.1 - 1).map_or(0, |(at, _)| at);
    let head = head_words.saturating_sub(1).min(head_chars);
    let tail = (whole.len() + 1).saturating_sub(tail_words).max(tail_chars);
    // What is left out is longer than the mark that stands for it.
    match whole.get(head..tail).is_none_or(|left_out| left_out.chars().count() < 2) {
        true => whole,
        false => format!("{} … {}", whole[..head].trim_end(), whole[tail..].trim_start()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::StableId;

    #[test]
    fn a_limit_is_told_in_the_unit_of_its_rule() {
        let cases = [
            (Rule::LongRun, 60.0, "60 words"),
            (Rule::LongRun, 1.0, "1 word"),
            (Rule::LongRun, 12_000.0, "12,000 words"),
            (Rule::SameOutletReuse, 0.0, "0 words"),
            (Rule::ChangedNumber, 0.0, "0 changed numbers"),
            (Rule::Coverage, 0.4, "40%"),
            (Rule::NearDuplicate, 0.8, "80%"),
            (Rule::AllowUnused, 1.5, "1.5"),
        ];
        let finding = |rule, limit| Finding {
            id: StableId(1),
            rule,
            level: Level::Error,
            status: Status::New,
            doc: None,
            other: None,
            passage: None,
            value: None,
            limit,
            message: String::new(),
            path: String::new(),
            line: None,
            fingerprint: None,
            reason: None,
        };
        for (rule, value, expected) in cases {
            assert_eq!(limit(&finding(rule, Some(value))).as_deref(), Some(expected));
        }
        assert_eq!(limit(&finding(Rule::Coverage, None)), None);
    }

    #[test]
    fn a_quote_has_the_beginning_and_the_end() {
        let words = |range: std::ops::RangeInclusive<u32>| {
            range.map(|n| format!("w{n}")).collect::<Vec<String>>().join(" ")
        };
        let cases = [
            (String::new(), String::new()),
            ("one\n two\x1b".to_owned(), "one two�".to_owned()),
            (words(1..=30), words(1..=30)),
            (words(1..=31), format!("{} … {}", words(1..=20), words(22..=31))),
            (words(1..=99), format!("{} … {}", words(1..=20), words(90..=99))),
            ("停".repeat(300), "停".repeat(300)),
            ("停".repeat(301), "停".repeat(301)),
            ("停".repeat(302), format!("{} … {}", "停".repeat(200), "停".repeat(100))),
        ];
        for (text, expected) in cases {
            assert_eq!(quote(&text), expected, "{text}");
        }
    }
}
