//! A code quality report as GitLab reads it: one array, an object a new finding.
//!
//! GitLab compares the reports of two branches by `fingerprint` and shows equal ones once: a repeated name gets an ordinal.
//! An error is `major`, a warning `minor`, a note `info`. What the baseline or an allowance accepts is left out, for the
//! report has no word for it.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use serde_json::json;

use crate::model::{Finding, Findings, Level, StableId, Verdict};
use crate::report::encode;
use crate::report::gate::wording::{self, news};
use crate::report::rows::public_id;

/// Writes `verdict`.
pub(super) fn write(verdict: &Verdict, findings: &dyn Findings, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let mut repeats: BTreeMap<StableId, usize> = BTreeMap::new();
    out.write_all(b"[")?;
    for (index, finding) in news(verdict).enumerate() {
        let repeat = repeats.entry(finding.id).or_default();
        *repeat += 1;
        let fingerprint = match *repeat {
            1 => public_id(finding.id),
            n => format!("{}-{n}", public_id(finding.id)),
        };
        let issue = json!({
            "description": description(finding, findings),
            "check_name": format!("wirecopy/{}", finding.rule.name()),
            "fingerprint": fingerprint,
            "severity": severity(finding.level),
            "location": { "path": path(finding), "lines": { "begin": finding.line.unwrap_or(1) } },
        });
        let mut bytes = if index == 0 { b"\n".to_vec() } else { b",\n".to_vec() };
        encode::put(&issue, &mut bytes)?;
        out.write_all(&bytes)?;
    }
    out.write_all(b"]\n")?;
    out.flush()
}

fn description(finding: &Finding, findings: &dyn Findings) -> String {
    match finding.other {
        Some(other) => format!("{}: {}", finding.message, wording::document(findings.facts(), other)),
        None => finding.message.clone(),
    }
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "major",
        Level::Warning => "minor",
        Level::Note | Level::Off => "info",
    }
}

/// A path is required; what is about no file is about the folder.
fn path(finding: &Finding) -> &str {
    match finding.path.trim_start_matches("./") {
        "" => ".",
        path => path,
    }
}
