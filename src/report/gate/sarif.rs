//! SARIF 2.1.0 (OASIS, 2020): one run, a result a finding.
//!
//! The place of a result is the passage in the new document where that is a file of its own, else the line of its record;
//! the first related location is the other document, which the message links to. What the baseline knows is `unchanged`,
//! what is allowed is suppressed with its reason. Readers refuse files beyond some thousands of results, so the first
//! 5,000 findings are written, news and errors first, and a notification counts the others. Inputs that were not checked
//! are notifications too.

use std::io::{self, BufWriter, Write};

use serde_json::{Map, Value, json};

use crate::model::{ByteSpan, DocId, Finding, Findings, Level, Rule, Skipped, Status, Verdict};
use crate::report::encode;
use crate::report::gate::evidence::{Evidence, Pairs};
use crate::report::gate::region::{Region, Regions};
use crate::report::gate::rules::about;
use crate::report::gate::wording;
use crate::report::overview::{amount, plural};
use crate::report::rows::public_id;

/// Results of one file; code hosts refuse more.
const MAX_RESULTS: usize = 5_000;

/// Inputs not checked that are named one by one.
const MAX_NOTIFICATIONS: usize = 1_000;

/// Writes `verdict`.
pub(super) fn write(verdict: &Verdict, findings: &dyn Findings, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let shown = &verdict.findings[..verdict.findings.len().min(MAX_RESULTS)];
    let pairs = Pairs::of(findings, shown.iter());
    let evidence = pairs.evidence(shown.iter());
    let mut places = Places { evidence: &evidence, regions: Regions::new(findings) };
    out.write_all(
        b"{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\n",
    )?;
    write_member("tool", &json!({ "driver": driver() }), &mut out)?;
    write_member("invocations", &json!([invocation(verdict, findings)]), &mut out)?;
    write_member("columnKind", &json!("unicodeCodePoints"), &mut out)?;
    write_member("newlineSequences", &json!(["\r\n", "\n", "\r"]), &mut out)?;
    out.write_all(b"\"results\":[")?;
    for (index, finding) in shown.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        put(&result(finding, &mut places), &mut out)?;
    }
    out.write_all(b"]}]}\n")?;
    out.flush()
}

fn write_member(name: &str, value: &Value, out: &mut impl Write) -> io::Result<()> {
    write!(out, "\"{name}\":")?;
    put(value, out)?;
    out.write_all(b",\n")
}

fn put(value: &Value, out: &mut impl Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    encode::put(value, &mut bytes)?;
    out.write_all(&bytes)
}

/// The program and its rules, in the order of [`Rule::ALL`].
fn driver() -> Value {
    let rules: Vec<Value> = Rule::ALL
        .iter()
        .map(|&rule| {
            let words = about(rule);
            // A rule that is off says at which level it would speak.
            let (enabled, level) = match rule.default_level() {
                Level::Off => (false, Level::Warning),
                level => (true, level),
            };
            json!({
                "id": rule.name(),
                "shortDescription": { "text": words.title },
                "fullDescription": { "text": words.short },
                "help": { "text": words.help },
                "defaultConfiguration": { "enabled": enabled, "level": level_name(level) },
            })
        })
        .collect();
    json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    })
}

/// How the run went: what was not checked, and what was not written.
fn invocation(verdict: &Verdict, findings: &dyn Findings) -> Value {
    let unread = wording::unread(verdict, findings);
    let mut notifications: Vec<Value> =
        unread.iter().take(MAX_NOTIFICATIONS).map(|skipped| not_checked(skipped)).collect();
    let more = verdict.n_not_checked.saturating_sub(notifications.len());
    if more > 0 {
        let more = plural(more, "more input was", "more inputs were");
        notifications.push(notification(Level::Warning, &format!("{more} not checked.")));
    }
    let n = verdict.findings.len();
    if n > MAX_RESULTS {
        let (left_out, n, shown) =
            (amount((n - MAX_RESULTS) as u64), amount(n as u64), amount(MAX_RESULTS as u64));
        let said = format!(
            "{left_out} of {n} findings are left out: a file holds the first {shown}, new ones and errors first. \
             --format jsonl lists them all."
        );
        notifications.push(notification(Level::Warning, &said));
    }
    json!({
        "executionSuccessful": !findings.facts().skipped.iter().any(|skipped| skipped.lost),
        "toolExecutionNotifications": notifications,
    })
}

fn notification(level: Level, text: &str) -> Value {
    json!({ "level": level_name(level), "message": { "text": plain(text) } })
}

fn not_checked(skipped: &Skipped) -> Value {
    let level = if skipped.lost { Level::Error } else { Level::Note };
    let mut notification = notification(level, &format!("Not checked: {}", skipped.reason));
    if let Some(place) = physical(&skipped.path, skipped.line.map(line_region)) {
        notification["locations"] = json!([{ "physicalLocation": place }]);
    }
    notification
}

/// Makes locations.
struct Places<'e, 'f> {
    evidence: &'e Evidence<'e, 'f>,
    regions: Regions<'f>,
}

impl Places<'_, '_> {
    /// Where `finding` lies; `None` if it is about no file and no document.
    fn own(&mut self, finding: &Finding, span: Option<ByteSpan>) -> Option<Value> {
        let region =
            finding.doc.and_then(|doc| self.region(doc, span)).or_else(|| finding.line.map(line_region));
        self.location(&finding.path, region, finding.doc)
    }

    /// Where the shared wording lies in the other document.
    fn other(&mut self, other: DocId, span: Option<ByteSpan>) -> Option<Value> {
        let origin = &self.evidence.document(other).origin;
        let region = self.region(other, span).or_else(|| (origin.line > 0).then(|| line_region(origin.line)));
        self.location(&origin.path, region, Some(other))
    }

    /// The region of `span` in a document that is a file of its own: offsets of a record's text are not those of its file.
    fn region(&mut self, doc: DocId, span: Option<ByteSpan>) -> Option<Value> {
        let is_file = self.evidence.document(doc).origin.record.is_none();
        let region = span.filter(|_| is_file).and_then(|span| self.regions.of(doc, span))?;
        let Region { start_line, start_column, end_line, end_column, char_offset, char_length } = region;
        Some(json!({
            "startLine": start_line,
            "startColumn": start_column,
            "endLine": end_line,
            "endColumn": end_column,
            "charOffset": char_offset,
            "charLength": char_length,
        }))
    }

    fn location(&self, path: &str, region: Option<Value>, doc: Option<DocId>) -> Option<Value> {
        let mut location = Map::new();
        if let Some(place) = physical(path, region) {
            location.insert("physicalLocation".to_owned(), place);
        }
        if let Some(doc) = doc {
            let name = &self.evidence.document(doc).name;
            let names = json!([{ "fullyQualifiedName": name, "kind": "document" }]);
            location.insert("logicalLocations".to_owned(), names);
        }
        (!location.is_empty()).then_some(Value::Object(location))
    }
}

fn result(finding: &Finding, places: &mut Places<'_, '_>) -> Value {
    let shared = places.evidence.shared(finding);
    let (own, theirs) = (shared.map(|shared| shared.own), shared.map(|shared| shared.theirs));
    let related = finding.other.and_then(|other| places.other(other, theirs));
    let level = level_name(finding.level);
    let mut result = json!({
        "ruleId": finding.rule.name(),
        "ruleIndex": Rule::ALL.iter().position(|&rule| rule == finding.rule),
        "level": level,
        "message": { "text": message(finding, places.evidence, related.is_some()) },
    });
    if let Some(location) = places.own(finding, own) {
        result["locations"] = json!([location]);
    }
    if let Some(mut related) = related {
        related["id"] = json!(1);
        related["message"] = json!({ "text": "The other article." });
        result["relatedLocations"] = json!([related]);
    }
    let mut fingerprints = Map::new();
    if let Some(fingerprint) = finding.fingerprint {
        fingerprints.insert("wirecopyPassage/v1".to_owned(), json!(public_id(fingerprint)));
    }
    fingerprints.insert("wirecopyFinding/v1".to_owned(), json!(public_id(finding.id)));
    result["partialFingerprints"] = Value::Object(fingerprints);
    result["baselineState"] = json!(if finding.status.is_news() { "new" } else { "unchanged" });
    // All results have the list or none has: it is empty where nothing is suppressed.
    result["suppressions"] = match (finding.status, &finding.reason) {
        (Status::Allowed, Some(reason)) => json!([{ "kind": "external", "justification": reason }]),
        (Status::Allowed, None) => json!([{ "kind": "external" }]),
        _ => json!([]),
    };
    result["properties"] = json!({
        "findingId": public_id(finding.id),
        "status": finding.status.name(),
        "value": finding.value,
        "limit": finding.limit,
    });
    result
}

/// What `finding` says, with a link to the first related location if there is one.
fn message(finding: &Finding, evidence: &Evidence<'_, '_>, linked: bool) -> String {
    let mut said = plain(&finding.message);
    if let Some(other) = finding.other {
        let other = plain(&wording::document(evidence.analysis(), other));
        said += &if linked { format!(": [{other}](1)") } else { format!(": {other}") };
    }
    let relation = evidence.relation(finding);
    let facts =
        [Some(wording::appeared(relation)), wording::coverage(evidence.analysis(), finding, relation)];
    for fact in facts.into_iter().flatten().filter(|fact| !fact.is_empty()) {
        said += &format!("; {}", plain(&fact));
    }
    said
}

/// `text` in a message, where brackets would begin a link and braces a placeholder.
fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '[' | ']' => shown.extend(['\\', c]),
            '{' | '}' => shown.extend([c, c]),
            _ => shown.push(c),
        }
    }
    shown
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Off => "none",
        level => level.name(),
    }
}

fn line_region(line: u32) -> Value {
    json!({ "startLine": line })
}

fn physical(path: &str, region: Option<Value>) -> Option<Value> {
    if path.is_empty() {
        return None;
    }
    let mut place = json!({ "artifactLocation": { "uri": uri(path) } });
    if let Some(region) = region {
        place["region"] = region;
    }
    Some(place)
}

/// `path` as a reference that is relative where the path is.
fn uri(path: &str) -> String {
    let has_drive = path.starts_with(|c: char| c.is_ascii_alphabetic()) && path[1..].starts_with(":/");
    let (begin, path) = match path.trim_start_matches("./") {
        absolute if absolute.starts_with('/') => ("file://".to_owned(), absolute),
        drive if has_drive => (format!("file:///{}", &drive[..2]), &drive[2..]),
        "" => (String::new(), "."),
        relative => (String::new(), relative),
    };
    path.bytes().fold(begin, |mut uri, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte as char)
            }
            _ => uri += &format!("%{byte:02X}"),
        }
        uri
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        let cases = [
            ("in/a.txt", "in/a.txt"),
            ("./in/a.txt", "in/a.txt"),
            ("../a b.txt", "../a%20b.txt"),
            ("in/é#?%:.txt", "in/%C3%A9%23%3F%25%3A.txt"),
            ("a\n\u{202e}", "a%0A%E2%80%AE"),
            ("/srv/a.txt", "file:///srv/a.txt"),
            ("C:/in/a.txt", "file:///C:/in/a.txt"),
            ("é:/x", "%C3%A9%3A/x"),
            ("|:/x", "%7C%3A/x"),
            ("-", "-"),
            ("./", "."),
        ];
        for (path, expected) in cases {
            assert_eq!(uri(path), expected, "{path}");
        }
    }

    #[test]
    fn no_text_becomes_a_link_or_a_placeholder() {
        assert_eq!(plain(r"[x](http://e) {0} \ é"), r"\[x\](http://e) {{0}} \\ é");
    }
}
