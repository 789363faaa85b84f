//! Markdown for a comment on a pull request and for the summary of a job: one sentence, what was not checked, the worst new
//! findings with both texts side by side, how to accept one, what is accepted.
//!
//! A code host refuses a text beyond its limit, so one is made of sections and ends before the first that no longer fits;
//! a last line says how much is missing. Text from outside is escaped as in every Markdown report and
//! begins no line.

use std::io::{self, Write};

use crate::model::{ByteSpan, DocId, Finding, Findings, Rule, Status, Verdict};
use crate::report::gate::evidence::{Evidence, Pairs};
use crate::report::gate::wording::{self, Tally, news};
use crate::report::markdown::{block, escaped};
use crate::report::overview::{amount, plural};
use crate::report::rows::public_id;
use crate::report::sanitize;

/// Bytes of a comment: code hosts take 65,536 characters.
const COMMENT_BYTES: usize = 65_536;

/// New findings that a comment shows side by side, and those that it names in a line.
const COMMENT: Extent = Extent { quoted: 3, named: 30 };

/// The same of a summary.
const SUMMARY: Extent = Extent { quoted: 1_000, named: 10_000 };

/// Inputs not checked, and allowances, that are named.
const NAMED: usize = 10;

/// Findings looked up together, and of one section where each takes a line.
const CHUNK: usize = 25;

/// Code points of a name or message, which may be of any length in an input.
const NAME_CHARS: usize = 200;

/// How much is told.
#[derive(Clone, Copy, Debug)]
struct Extent {
    quoted: usize,
    named: usize,
}

/// Writes `verdict` as a comment.
pub(super) fn write(verdict: &Verdict, findings: &dyn Findings, out: &mut dyn Write) -> io::Result<()> {
    write_within(verdict, findings, COMMENT, COMMENT_BYTES, out)
}

/// Writes `verdict` as the summary of a job, in at most `max_bytes`.
pub(super) fn write_summary(
    verdict: &Verdict,
    findings: &dyn Findings,
    max_bytes: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_within(verdict, findings, SUMMARY, max_bytes, out)
}

/// A part of the text that stands or is left out as a whole.
struct Section {
    text: String,
    /// New findings in it.
    n_news: usize,
}

fn write_within(
    verdict: &Verdict,
    findings: &dyn Findings,
    extent: Extent,
    max_bytes: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let n_news = news(verdict).count();
    let (mut told, mut left, mut is_cut) = (0, max_bytes, false);
    for section in sections(verdict, findings, extent) {
        // Room for the note that the rest is missing is kept free until the end.
        if section.text.len() + rest(n_news - told, Some(max_bytes)).len() > left {
            is_cut = true;
            break;
        }
        left -= section.text.len();
        told += section.n_news;
        out.write_all(section.text.as_bytes())?;
    }
    let note = rest(n_news - told, is_cut.then_some(max_bytes));
    if note.len() <= left {
        out.write_all(note.as_bytes())?;
    }
    out.flush()
}

/// What is missing at the end: `n_news` findings, and whatever else did not fit into `max_bytes` if that was the reason.
fn rest(n_news: usize, max_bytes: Option<usize>) -> String {
    let more = match n_news {
        0 => String::new(),
        n => format!(
            "{} not shown; `--format jsonl` lists all",
            match n {
                1 => "1 new finding is".to_owned(),
                _ => format!("{} new findings are", amount(n as u64)),
            }
        ),
    };
    match max_bytes {
        Some(max_bytes) => {
            let colon = if more.is_empty() { "" } else { ": " };
            format!("\nCut here to stay within {} bytes{colon}{more}.\n", amount(max_bytes as u64))
        }
        None if more.is_empty() => String::new(),
        None => format!("\n{more}.\n"),
    }
}

/// The text, made section by section.
fn sections<'v>(
    verdict: &'v Verdict,
    findings: &'v dyn Findings,
    extent: Extent,
) -> impl Iterator<Item = Section> + 'v {
    let plain = |text| Section { text, n_news: 0 };
    let head = [Some(headline(verdict)), not_checked(verdict, findings)];
    let all: Vec<&Finding> = news(verdict).collect();
    let n_quoted = all.len().min(extent.quoted);
    let (worst, further) = all[..n_quoted].split_at(n_quoted.min(COMMENT.quoted));
    let after = [accepting(&all), accepted(verdict), allowances(verdict)];
    let named = all[n_quoted..].iter().take(extent.named).copied().collect();
    let named = in_chunks(named).enumerate().map(move |(index, chunk)| {
        let heading = if index == 0 { "\n### Further new findings\n\n" } else { "" };
        let lines: String = chunk.iter().map(|finding| one_line(finding, findings)).collect();
        Section { text: format!("{heading}{lines}"), n_news: chunk.len() }
    });
    let (worst, further) = (quoted(worst.to_vec(), findings), quoted(further.to_vec(), findings));
    let (head, after) = (head.into_iter().flatten().map(plain), after.into_iter().flatten().map(plain));
    head.chain(worst).chain(after).chain(further).chain(named)
}

/// A section a finding. Passages are fetched for some findings at a time, so that no summary holds them all.
fn quoted<'v>(list: Vec<&'v Finding>, findings: &'v dyn Findings) -> impl Iterator<Item = Section> + 'v {
    let pairs = Pairs::of(findings, list.iter().copied());
    in_chunks(list).flat_map(move |chunk| {
        let evidence = pairs.evidence(chunk.iter().copied());
        let section = |finding: &&Finding| Section { text: side_by_side(finding, &evidence), n_news: 1 };
        chunk.iter().map(section).collect::<Vec<Section>>()
    })
}

fn in_chunks(list: Vec<&Finding>) -> impl Iterator<Item = Vec<&Finding>> {
    let mut list = list.into_iter();
    std::iter::from_fn(move || {
        let chunk: Vec<&Finding> = list.by_ref().take(CHUNK).collect();
        (!chunk.is_empty()).then_some(chunk)
    })
}

/// The verdict in a heading and a sentence.
fn headline(verdict: &Verdict) -> String {
    let title = match Tally::of(verdict) {
        Tally { errors: 0, warnings: 0, notes: 0, .. } => "No new shared wording",
        Tally { errors: 0, .. } => "Remarks on shared wording",
        _ => "New shared wording",
    };
    let outcome = wording::outcome(verdict);
    let mut sentence = outcome.chars();
    let first = sentence.next().map(|c| c.to_ascii_uppercase().to_string()).unwrap_or_default();
    format!("## wirecopy: {title}\n\n{}.\n", escaped(&format!("{first}{}", sentence.as_str())))
}

fn not_checked(verdict: &Verdict, findings: &dyn Findings) -> Option<String> {
    let lines = wording::not_checked(verdict, findings, std::iter::empty(), NAMED);
    listed("Not checked", lines.iter().map(|line| escaped(&sanitize::excerpt(line, 2 * NAME_CHARS))))
}

/// A finding with its two texts in a table.
fn side_by_side(finding: &Finding, evidence: &Evidence<'_, '_>) -> String {
    let mut said = format!("\n### {}\n\n{}\n", heading(finding), place(finding));
    if let (Some(doc), Some(other)) = (finding.doc, finding.other) {
        let name = |doc: DocId| {
            escaped(&sanitize::excerpt(&wording::document(evidence.analysis(), doc), NAME_CHARS))
        };
        let relation = evidence.relation(finding);
        let when = match wording::appeared(relation).as_str() {
            "" => String::new(),
            when => format!(", {when}"),
        };
        said += &format!("\n| {} | {}{when} |\n| --- | --- |\n", name(doc), name(other));
        if let Some(shared) = evidence.shared(finding) {
            let quote = |doc: DocId, span: ByteSpan| escaped(&evidence.quote(doc, span));
            said += &format!("| {} | {} |\n", quote(doc, shared.own), quote(other, shared.theirs));
        }
        let coverage = wording::coverage(evidence.analysis(), finding, relation);
        let coverage = coverage.map(|said| format!("Coverage: {}", sanitize::excerpt(&said, 2 * NAME_CHARS)));
        let limit = wording::limit(finding).map(|said| format!("limit: {said}"));
        let measures: Vec<String> = coverage.into_iter().chain(limit).collect();
        if !measures.is_empty() {
            said += &format!("\n{}.\n", escaped(&measures.join("; ")));
        }
    }
    if let (Status::Expired, Some(reason)) = (finding.status, &finding.reason) {
        let reason = escaped(&sanitize::excerpt(reason, NAME_CHARS));
        said += &format!("\nWas allowed until a day that is past: {reason}\n");
    }
    said
}

/// `error: long-run: 84 consecutive words …`.
fn heading(finding: &Finding) -> String {
    let message = sanitize::excerpt(&finding.message, NAME_CHARS);
    escaped(&format!("{} ({}): {message}", finding.level.name(), finding.rule.name()))
}

/// The name of a finding, and where it is.
fn place(finding: &Finding) -> String {
    let id = public_id(finding.id);
    match finding.path.is_empty() {
        true => format!("`{id}`"),
        false => {
            let place = wording::place(&sanitize::excerpt(&finding.path, NAME_CHARS), finding.line);
            format!("`{id}` · {}", escaped(&place))
        }
    }
}

/// A finding as an item of a list.
fn one_line(finding: &Finding, findings: &dyn Findings) -> String {
    let other = match finding.other {
        Some(other) => {
            format!(
                ": {}",
                escaped(&sanitize::excerpt(&wording::document(findings.facts(), other), NAME_CHARS))
            )
        }
        None => String::new(),
    };
    format!("- {}{other} · {}\n", heading(finding), place(finding))
}

/// The command that accepts the worst finding that can be accepted.
fn accepting(news: &[&Finding]) -> Option<String> {
    let id = public_id(news.iter().find(|finding| finding.other.is_some())?.id);
    Some(format!(
        "\n### To accept one\n\n```console\n$ wirecopy allow add {id} --reason \"why it is right\"\n```\n\n\
         Put the id of the finding in the place of this one. `--expires YYYY-MM-DD` ends it.\n"
    ))
}

fn accepted(verdict: &Verdict) -> Option<String> {
    let tally = Tally::of(verdict);
    let baseline = plural(tally.baseline, "finding is in the baseline", "findings are in the baseline");
    let allowed = plural(tally.allowed, "is allowed", "are allowed");
    (tally.accepted() > 0).then(|| format!("\n### Accepted\n\n{baseline}, {allowed}.\n"))
}

/// Allowances that have expired or allow nothing.
fn allowances(verdict: &Verdict) -> Option<String> {
    let about =
        news(verdict).filter(|finding| matches!(finding.rule, Rule::AllowExpired | Rule::AllowUnused));
    let mut lines: Vec<String> = about
        .map(|finding| {
            let message = escaped(&sanitize::excerpt(&finding.message, NAME_CHARS));
            match finding.path.is_empty() {
                true => message,
                false => {
                    let path = sanitize::excerpt(&finding.path, NAME_CHARS);
                    format!("{}: {message}", escaped(&wording::place(&path, finding.line)))
                }
            }
        })
        .collect();
    if lines.len() > NAMED + 1 {
        let more = lines.len() - NAMED;
        lines.truncate(NAMED);
        lines.push(format!("… and {} more", amount(more as u64)));
    }
    listed("Allowances to look at", lines.into_iter())
}

fn listed(title: &str, lines: impl Iterator<Item = String>) -> Option<String> {
    let items: String = lines.map(|line| format!("- {}\n", block(&line))).collect();
    (!items.is_empty()).then(|| format!("\n### {title}\n\n{items}"))
}
