//! JUnit XML: a case for each new document that was checked, and one for whatever else there is to say.
//!
//! What fails a gate fails here: a case has a failure if its document has a new finding at level error, whose text shows
//! the worst three; warnings and notes are its output. An input that was not read is an error, and a case of its own.
//! XML 1.0 has no place for control characters, not even escaped: they become `�`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, Write};

use crate::model::{DocId, Finding, Findings, Level, Rule, Skipped, Verdict};
use crate::report::gate::evidence::{Evidence, Pairs};
use crate::report::gate::wording;
use crate::report::overview::plural;
use crate::report::rows::public_id;
use crate::report::sanitize;
use crate::report::xml::escaped;

/// Findings that a case shows in full.
const SHOWN: usize = 3;

/// Documents whose findings are looked up together, so that their passages never stand in memory all at once.
const BATCH: usize = 256;

/// One case.
struct Case<'v> {
    class: &'static str,
    name: &'v str,
    path: &'v str,
    line: Option<u32>,
    /// New findings of its document, or about one file of the run.
    news: Vec<&'v Finding>,
    /// An input that was not read.
    unread: Option<&'v Skipped>,
}

/// Writes `verdict`.
pub(super) fn write(verdict: &Verdict, findings: &dyn Findings, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let cases = cases(verdict, findings);
    let n_failures = cases.iter().filter(|case| case.fails()).count();
    let n_errors = cases.iter().filter(|case| case.is_unread()).count();
    let counts = format!("tests=\"{}\" failures=\"{n_failures}\" errors=\"{n_errors}\"", cases.len());
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"wirecopy check\" {counts}>")?;
    writeln!(out, "<testsuite name=\"wirecopy check\" {counts}>")?;
    let pairs = Pairs::of(findings, cases.iter().flat_map(Case::told));
    for batch in cases.chunks(BATCH) {
        let evidence = pairs.evidence(batch.iter().flat_map(Case::told));
        batch.iter().try_for_each(|case| write_case(case, &evidence, &mut out))?;
    }
    writeln!(out, "<system-out>{}</system-out>", escaped(&wording::outcome(verdict)))?;
    writeln!(out, "</testsuite>\n</testsuites>")?;
    out.flush()
}

/// Documents in their order, then inputs not read, then whatever else there are findings about.
fn cases<'v>(verdict: &'v Verdict, findings: &'v dyn Findings) -> Vec<Case<'v>> {
    let mut of_document: BTreeMap<DocId, Vec<&Finding>> =
        verdict.checked.iter().map(|&doc| (doc, Vec::new())).collect();
    let mut others: Vec<Case<'v>> = Vec::new();
    let mut told = BTreeSet::new();
    for finding in &verdict.findings {
        match finding.doc {
            Some(doc) => {
                let news = of_document.entry(doc).or_default();
                news.extend(finding.status.is_news().then_some(finding));
            }
            None if finding.status.is_news() => {
                if finding.rule == Rule::InputUnreadable {
                    told.insert((finding.path.as_str(), finding.line));
                }
                let (path, line) = (finding.path.as_str(), finding.line);
                let name = if path.is_empty() { finding.rule.name() } else { path };
                others.push(Case {
                    class: "wirecopy.run",
                    name,
                    path,
                    line,
                    news: vec![finding],
                    unread: None,
                });
            }
            None => {}
        }
    }
    let documents = of_document.into_iter().map(|(doc, news)| {
        let document = &findings.facts().documents[doc.index()];
        let (path, line) =
            (document.origin.path.as_str(), Some(document.origin.line).filter(|&line| line > 0));
        Case { class: "wirecopy.document", name: &document.name, path, line, news, unread: None }
    });
    let unread = wording::unread(verdict, findings).into_iter().filter(|skipped| skipped.lost);
    let unread = unread.filter(|skipped| !told.contains(&(skipped.path.as_str(), skipped.line)));
    let unread = unread.map(|skipped| Case {
        class: "wirecopy.input",
        name: &skipped.path,
        path: &skipped.path,
        line: skipped.line,
        news: Vec::new(),
        unread: Some(skipped),
    });
    documents.chain(unread).chain(others).collect()
}

impl<'v> Case<'v> {
    fn errors(&self) -> impl Iterator<Item = &'v Finding> + '_ {
        self.news.iter().copied().filter(|finding| finding.level == Level::Error)
    }

    fn is_unread(&self) -> bool {
        self.unread.is_some() || self.errors().any(|finding| finding.rule == Rule::InputUnreadable)
    }

    fn fails(&self) -> bool {
        !self.is_unread() && self.errors().next().is_some()
    }

    /// What is shown in full.
    fn told(&self) -> impl Iterator<Item = &'v Finding> + '_ {
        let lesser = self.news.iter().copied().filter(|finding| finding.level != Level::Error);
        self.errors().take(SHOWN).chain(lesser.take(SHOWN))
    }
}

fn write_case(case: &Case<'_>, evidence: &Evidence<'_, '_>, out: &mut impl Write) -> io::Result<()> {
    write!(out, "<testcase classname=\"{}\" name=\"{}\"", case.class, escaped(case.name))?;
    if !case.path.is_empty() {
        write!(out, " file=\"{}\"", escaped(case.path))?;
    }
    if let Some(line) = case.line {
        write!(out, " line=\"{line}\"")?;
    }
    if case.news.is_empty() && case.unread.is_none() {
        return writeln!(out, "/>");
    }
    writeln!(out, ">")?;
    if let Some(skipped) = case.unread {
        writeln!(out, "<error type=\"not-checked\" message=\"{}\"/>", escaped(&skipped.reason))?;
    }
    let errors: Vec<&Finding> = case.errors().collect();
    if let Some(worst) = errors.first() {
        let element = if case.is_unread() { "error" } else { "failure" };
        let (kind, message) = (worst.rule.name(), escaped(&worst.message));
        let text = escaped(&told(&errors, evidence)).replace("&#10;", "\n");
        writeln!(out, "<{element} type=\"{kind}\" message=\"{message}\">{text}</{element}>")?;
    }
    let lesser: Vec<&Finding> =
        case.news.iter().copied().filter(|finding| finding.level != Level::Error).collect();
    if !lesser.is_empty() {
        let text = escaped(&told(&lesser, evidence)).replace("&#10;", "\n");
        writeln!(out, "<system-out>{text}</system-out>")?;
    }
    writeln!(out, "</testcase>")
}

/// The first of `news` in words, one paragraph each, and how many more there are.
fn told(news: &[&Finding], evidence: &Evidence<'_, '_>) -> String {
    let mut said = String::new();
    for finding in news.iter().take(SHOWN) {
        let (level, rule) = (finding.level.name(), finding.rule.name());
        said += &format!("{level}[{rule}]: {}\n", sanitize::line(&finding.message));
        if let Some(other) = finding.other {
            let relation = evidence.relation(finding);
            let other = wording::document(evidence.analysis(), other);
            said += &format!("{} {other}", wording::verb(relation));
            let when = wording::appeared(relation);
            said += &if when.is_empty() { "\n".to_owned() } else { format!(", which {when}\n") };
        }
        if let (Some(shared), Some(doc)) = (evidence.shared(finding), finding.doc) {
            said += &format!("\"{}\"\n", evidence.quote(doc, shared.own));
        }
        said += &format!("id: {}\n", public_id(finding.id));
    }
    if news.len() > SHOWN {
        said += &format!("… and {}\n", plural(news.len() - SHOWN, "more finding", "more findings"));
    }
    said
}
