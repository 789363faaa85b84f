//! Workflow commands that GitHub turns into annotations, and the line that sums up.
//!
//! GitHub keeps ten annotations of a kind a step and drops the others without a word: the worst nine are written, then one
//! that counts the rest. A command is a line that begins with `::`; values are escaped as the runner undoes it, so that
//! article text begins no line and ends no value. What is printed beside them is taken apart where it holds the old form of a
//! command, `##[`.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};

use crate::model::{Finding, Findings, Level, Verdict};
use crate::report::gate::evidence::{Evidence, Pairs};
use crate::report::gate::region::Regions;
use crate::report::gate::text::inert;
use crate::report::gate::wording::{self, news};
use crate::report::overview::plural;
use crate::report::rows::public_id;
use crate::report::sanitize;

/// Findings shown as annotations; one more counts the others.
const SHOWN: usize = 9;

/// Inputs not checked that are named.
const NAMED: usize = 10;

/// Writes `verdict`.
pub(super) fn write(verdict: &Verdict, findings: &dyn Findings, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let pairs = Pairs::of(findings, news(verdict).take(SHOWN));
    let evidence = pairs.evidence(news(verdict).take(SHOWN));
    let mut regions = Regions::new(findings);
    for finding in news(verdict).take(SHOWN) {
        writeln!(out, "{}", annotation(finding, &evidence, &mut regions))?;
    }
    let rest: Vec<&Finding> = news(verdict).skip(SHOWN).collect();
    if let Some(worst) = rest.iter().map(|finding| finding.level).max() {
        let more = plural(rest.len(), "more new finding", "more new findings");
        writeln!(out, "::{} title=wirecopy::and {more}; see the job summary", command(worst))?;
    }
    for line in wording::not_checked(verdict, findings, news(verdict).take(SHOWN), NAMED) {
        writeln!(out, "not checked: {}", inert(&line))?;
    }
    writeln!(out, "{}", wording::outcome(verdict))?;
    out.flush()
}

fn annotation(finding: &Finding, evidence: &Evidence<'_, '_>, regions: &mut Regions<'_>) -> String {
    let shared = evidence.shared(finding);
    let mut properties = String::new();
    if !finding.path.is_empty() {
        properties += &format!("file={},", property(&sanitize::line(finding.path.trim_start_matches("./"))));
        if let Some(line) = finding.line {
            write!(properties, "line={line},").expect("writing to a string cannot fail");
        }
        let is_file = finding.doc.is_some_and(|doc| evidence.document(doc).origin.record.is_none());
        let region = match (shared, finding.doc) {
            (Some(shared), Some(doc)) if is_file && finding.passage.is_some() => regions.of(doc, shared.own),
            _ => None,
        };
        if let Some(region) = region.filter(|region| finding.line == Some(region.start_line)) {
            write!(properties, "endLine={},", region.end_line).expect("writing to a string cannot fail");
        }
    }
    let title = property(&format!("wirecopy {}", finding.rule.name()));
    format!("::{} {properties}title={title}::{}", command(finding.level), data(&message(finding, evidence)))
}

/// What an annotation says, in lines.
fn message(finding: &Finding, evidence: &Evidence<'_, '_>) -> String {
    let mut said = sanitize::line(&finding.message).into_owned();
    let relation = evidence.relation(finding);
    if let Some(other) = finding.other {
        let other = wording::document(evidence.analysis(), other);
        write!(said, "\n{} {other}", wording::verb(relation)).expect("writing to a string cannot fail");
        let when = wording::appeared(relation);
        if !when.is_empty() {
            said += &format!(", which {when}");
        }
    }
    if let (Some(shared), Some(doc)) = (evidence.shared(finding), finding.doc) {
        said += &format!("\n\"{}\"", evidence.quote(doc, shared.own));
    }
    said + &format!("\nid: {}", public_id(finding.id))
}

fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Off => "notice",
    }
}

/// `text` as the message of a command.
fn data(text: &str) -> String {
    inert(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// `text` as the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_ends_early() {
        let text = "a%0A::error file=x,line=1::y\r\nb ##[error]z";
        assert_eq!(data(text), "a%250A::error file=x,line=1::y%0D%0Ab ## [error]z");
        assert_eq!(property(text), "a%250A%3A%3Aerror file=x%2Cline=1%3A%3Ay%0D%0Ab ## [error]z");
    }
}
