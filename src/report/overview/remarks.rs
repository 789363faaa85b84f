//! What was skipped, left out, not done and remarked: counted, with the first few of each.

use std::collections::BTreeMap;

use crate::model::{Analysis, ExcludeReason, Findings};
use crate::report::View;
use crate::report::overview::TwoDocuments;
use crate::report::overview::wording::{amount, plural, reason_words};
use crate::report::sanitize;

/// A paragraph of remarks: what it is about, and single items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remark {
    /// A sentence with the count; ends in a colon when items follow.
    pub(crate) head: String,
    /// Items, one line each.
    pub(crate) items: Vec<String>,
}

/// All remarks on `findings` as `view` shows them, at most `top` items each; what is beyond is counted and said where to
/// find.
pub(crate) fn remarks(findings: &dyn Findings, view: View, top: usize) -> Vec<Remark> {
    let analysis = findings.facts();
    [
        skipped(analysis, top),
        excluded(findings),
        (view == View::Shared).then(|| unnamed(findings)).flatten(),
        copies(analysis),
        bounds(analysis, top),
        warnings(analysis, top),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn skipped(analysis: &Analysis, top: usize) -> Option<Remark> {
    let (lost, passed): (Vec<_>, Vec<_>) = analysis.skipped.iter().partition(|skipped| skipped.lost);
    let n_lost = lost.len();
    let items = lost.into_iter().chain(passed).map(|skipped| {
        format!("{}: {}", place(&skipped.path, skipped.line), sanitize::line(&skipped.reason))
    });
    let mut head = format!("{} not read", were(analysis.skipped.len(), "input", "inputs"));
    if n_lost > 0 {
        head.push_str(&format!(", {} lost, so the run is incomplete", amount(n_lost as u64)));
    }
    listed(head, items, top)
}

/// Passages that do not count, by reason.
fn excluded(findings: &dyn Findings) -> Option<Remark> {
    let mut by_reason: BTreeMap<ExcludeReason, (usize, u64)> = BTreeMap::new();
    for passage in findings.passages() {
        if let Some(reason) = passage.excluded {
            let (n_passages, words) = by_reason.entry(reason).or_default();
            *n_passages += 1;
            *words += u64::from(passage.matched_words);
        }
    }
    let n_passages = by_reason.values().map(|(n_passages, _)| n_passages).sum();
    let items = by_reason.iter().map(|(&reason, &(n_passages, words))| {
        format!(
            "{}: {}, {} words",
            reason_words(reason),
            plural(n_passages, "passage", "passages"),
            amount(words)
        )
    });
    let head = format!("{} found but left out of the totals", were(n_passages, "passage", "passages"));
    listed(head, items, usize::MAX)
}

/// Articles that the tables of outlets lack.
fn unnamed(findings: &dyn Findings) -> Option<Remark> {
    let documents = &findings.facts().documents;
    let n = documents.iter().filter(|document| document.source.is_none()).count();
    let lacking = match n {
        0 => return None,
        n if n == documents.len() => {
            "No article names its outlet, so there is no table of outlets".to_owned()
        }
        1 => "1 article names no outlet, so no table of outlets has it".to_owned(),
        n => format!("{} articles name no outlet, so no table of outlets has them", amount(n as u64)),
    };
    let has_tables = findings.pairs().next().is_some() && TwoDocuments::of(findings).is_none();
    has_tables.then(|| Remark {
        head: format!(
            "{lacking}; --source-field FIELD or --name-pattern '{{source}}_{{date}}' tells the outlet."
        ),
        items: Vec::new(),
    })
}

fn copies(analysis: &Analysis) -> Option<Remark> {
    let n = analysis.facts.iter().filter(|facts| facts.exact_copy_of.is_some()).count();
    (n > 0).then(|| Remark {
        head: match n {
            1 => "1 article is an exact copy of another.".to_owned(),
            _ => format!("{} articles are exact copies of others.", amount(n as u64)),
        },
        items: Vec::new(),
    })
}

fn bounds(analysis: &Analysis, top: usize) -> Option<Remark> {
    let items = analysis.bounds.iter().map(|bound| {
        let times = plural(usize::try_from(bound.count).unwrap_or(usize::MAX), "time", "times");
        format!("{} ({times}): {}", sanitize::line(&bound.name), sanitize::line(&bound.message))
    });
    let head = format!("{} hit, so some work was not done", were(analysis.bounds.len(), "bound", "bounds"));
    listed(head, items, top)
}

/// Warnings and the reader's remarks on documents, equal messages together, the most frequent first.
fn warnings(analysis: &Analysis, top: usize) -> Option<Remark> {
    let run = analysis
        .warnings
        .iter()
        .map(|warning| (warning.path.as_str(), warning.line, warning.message.as_str()));
    let documents = analysis.documents.iter().flat_map(|document| {
        document.remarks.iter().map(|remark| (document.name.as_str(), None, remark.as_str()))
    });
    // By message: how often, and the place of the first.
    let mut by_message: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    let mut n = 0;
    for (path, line, message) in run.chain(documents) {
        by_message.entry(message).or_insert_with(|| (0, place(path, line))).0 += 1;
        n += 1;
    }
    let mut ranked: Vec<(&str, usize, String)> =
        by_message.into_iter().map(|(message, (count, first))| (message, count, first)).collect();
    ranked.sort_by(|one, two| two.1.cmp(&one.1).then(one.0.cmp(two.0)));
    let items = ranked.into_iter().map(|(message, count, first)| {
        let message = sanitize::line(message);
        match (count, first.is_empty()) {
            (1, true) => message.into_owned(),
            (1, false) => format!("{first}: {message}"),
            (_, true) => format!("{message} ({} times)", amount(count as u64)),
            (_, false) => {
                format!("{message} ({first} and {} more)", amount(count as u64 - 1))
            }
        }
    });
    listed(plural(n, "warning", "warnings"), items, top)
}

fn were(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", plural(n, one, many), if n == 1 { "was" } else { "were" })
}

fn place(path: &str, line: Option<u32>) -> String {
    let path = sanitize::line(path);
    line.map_or_else(|| path.to_string(), |line| format!("{path}:{line}"))
}

fn listed(head: String, items: impl Iterator<Item = String>, top: usize) -> Option<Remark> {
    let mut items: Vec<String> = items.collect();
    if items.is_empty() {
        return None;
    }
    // One more line would be no shorter than the item it stands for.
    if items.len() > top.saturating_add(1) {
        let more = items.len() - top;
        items.truncate(top);
        items.push(format!("… and {} more; --format jsonl lists them all", amount(more as u64)));
    }
    Some(Remark { head: head + ":", items })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Skipped, Warning};

    #[test]
    fn long_lists_are_counted_and_equal_warnings_stand_together() {
        let skipped = |n: u32| Skipped {
            path: format!("f{n}"),
            line: Some(n),
            reason: "bad\x1b".to_owned(),
            lost: n == 2,
        };
        let warning = |path: &str, message: &str| Warning {
            path: path.to_owned(),
            line: None,
            message: message.to_owned(),
        };
        let analysis = Analysis {
            skipped: (1..=5).map(skipped).collect(),
            warnings: vec![warning("", "b"), warning("x", "a"), warning("y", "c"), warning("z", "c")],
            ..Analysis::default()
        };
        let remarks = remarks(&analysis, View::Shared, 2);
        let head = |index: usize| remarks[index].head.as_str();
        assert_eq!(head(0), "5 inputs were not read, 1 lost, so the run is incomplete:");
        assert_eq!(
            remarks[0].items,
            ["f2:2: bad�", "f1:1: bad�", "… and 3 more; --format jsonl lists them all"]
        );
        assert_eq!(head(1), "4 warnings:");
        assert_eq!(remarks[1].items, ["c (y and 1 more)", "x: a", "b"]);
        assert_eq!(super::remarks(&Analysis::default(), View::Shared, 2), []);
    }
}
