//! Text for a terminal or a log: each new finding as a compiler shows an error, then one line that sums up.
//!
//! Everything from outside passes `sanitize`. A log may be read by a runner that obeys workflow commands: no line begins with
//! text from outside, and the old form of a command, `##[`, is taken apart. Colour repeats what the words say.

use std::io::{self, BufWriter, Write};

use crate::model::{Finding, Findings, Level, Status, Verdict};
use crate::report::RenderOptions;
use crate::report::gate::evidence::{Evidence, Pairs};
use crate::report::gate::wording::{self, news};
use crate::report::overview::plural;
use crate::report::rows::public_id;
use crate::report::sanitize;

/// New findings shown one by one.
const SHOWN: usize = 50;

/// Writes `verdict`.
pub(super) fn write(
    verdict: &Verdict,
    findings: &dyn Findings,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let pairs = Pairs::of(findings, news(verdict).take(SHOWN));
    let evidence = pairs.evidence(news(verdict).take(SHOWN));
    for finding in news(verdict).take(SHOWN) {
        write_finding(finding, &evidence, options, &mut out)?;
    }
    let n_news = news(verdict).count();
    if n_news > SHOWN {
        let more = plural(n_news - SHOWN, "more new finding", "more new findings");
        writeln!(out, "… and {more}; --format jsonl lists them all\n")?;
    }
    let unread = wording::not_checked(verdict, findings, news(verdict).take(SHOWN), options.top);
    if !unread.is_empty() {
        writeln!(out, "not checked:")?;
        unread.iter().try_for_each(|line| writeln!(out, "  - {}", inert(line)))?;
        writeln!(out)?;
    }
    writeln!(out, "{}", wording::outcome(verdict))?;
    out.flush()
}

fn write_finding(
    finding: &Finding,
    evidence: &Evidence<'_, '_>,
    options: &RenderOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    let analysis = evidence.analysis();
    let head = format!("{}[{}]", finding.level.name(), finding.rule.name());
    let message = sanitize::line(&finding.message);
    writeln!(out, "{}: {}", painted(&head, finding.level, options.color), inert(&message))?;
    let place = match finding.path.is_empty() {
        true => None,
        false => Some(wording::place(&finding.path, finding.line)),
    };
    let at: Vec<String> =
        place.into_iter().chain(finding.doc.map(|doc| wording::document(analysis, doc))).collect();
    if !at.is_empty() {
        writeln!(out, "  --> {}", inert(&at.join("  ")))?;
    }
    let relation = evidence.relation(finding);
    if let Some(other) = finding.other {
        let other = wording::document(analysis, other);
        let when = wording::appeared(relation);
        let when = if when.is_empty() { when } else { format!("   {when}") };
        writeln!(out, "   |  {} {}{when}", wording::verb(relation), inert(&other))?;
    }
    if let (Some(shared), Some(doc)) = (evidence.shared(finding), finding.doc) {
        let quote = evidence.quote(doc, shared.own);
        if !quote.is_empty() {
            writeln!(out, "   |  \"{}\"", inert(&quote))?;
        }
        let tags: Vec<&str> = shared.passage.tags.iter().map(|(tag, _)| tag.name()).collect();
        if !tags.is_empty() {
            writeln!(out, "   |  tags: {}", tags.join(", ").replace('_', " "))?;
        }
    }
    let coverage = wording::coverage(analysis, finding, relation).map(|said| format!("coverage: {said}"));
    let limit = wording::limit(finding).map(|said| format!("limit: {said}"));
    let measures: Vec<String> = coverage.into_iter().chain(limit).collect();
    if !measures.is_empty() {
        writeln!(out, "   = {}", inert(&measures.join("     ")))?;
    }
    if let (Status::Expired, Some(reason)) = (finding.status, &finding.reason) {
        writeln!(out, "   = was allowed until a day that is past: {}", inert(&sanitize::line(reason)))?;
    }
    let id = public_id(finding.id);
    match finding.other {
        Some(_) => {
            writeln!(out, "   = id: {id}     accept: wirecopy allow add {id} --reason \"...\"\n")
        }
        None => writeln!(out, "   = id: {id}\n"),
    }
}

/// `text` without what a runner would take for a command of the old form.
pub(super) fn inert(text: &str) -> String {
    text.replace("##[", "## [")
}

fn painted(text: &str, level: Level, color: bool) -> String {
    let code = match level {
        Level::Error => "1;31",
        Level::Warning => "1;33",
        Level::Note | Level::Off => "1",
    };
    match color {
        true => format!("\x1b[{code}m{text}\x1b[0m"),
        false => text.to_owned(),
    }
}
