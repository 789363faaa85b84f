//! Renders the verdict of a gate for people, for code hosts and for other tools.
//!
//! In: a [`Verdict`] and the [`Findings`] it is about. Out: one of the [`GateFormat`]s. Nothing here decides anything:
//! which findings there are, their order, level and status are the verdict's, and the format written changes no exit code.
//! News are the findings that are new or no longer allowed; formats for people show these and count the others, machine
//! formats list them all.
//!
//! A finding names its passage by an index; those that are shown are fetched in one pass over the runs that hold them.

mod comment;
mod evidence;
mod format;
mod github;
mod gitlab;
mod junit;
mod region;
mod rules;
mod sarif;
mod text;
mod wording;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

pub(super) use evidence::passage_ids;
pub use format::{FormatError, GateFormat};

use crate::model::{Findings, Silent, Verdict};
use crate::report::{RenderOptions, json};

/// Writes `verdict`, which is about `findings`, in `format`.
///
/// # Errors
///
/// Something of `findings` cannot be read back; what was written by then is not all of it. Whatever `out` reports, with
/// its kind: a closed pipe stays [`io::ErrorKind::BrokenPipe`].
pub fn write(
    verdict: &Verdict,
    findings: &dyn Findings,
    format: GateFormat,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let written = match format {
        GateFormat::Text => text::write(verdict, findings, options, out),
        GateFormat::Json => json::write_judged_object(findings, Some(verdict), out, &Silent),
        GateFormat::Jsonl => json::write_judged_lines(findings, Some(verdict), out, &Silent),
        GateFormat::Sarif => sarif::write(verdict, findings, out),
        GateFormat::Junit => junit::write(verdict, findings, out),
        GateFormat::Github => github::write(verdict, findings, out),
        GateFormat::Gitlab => gitlab::write(verdict, findings, out),
        GateFormat::Markdown => comment::write(verdict, findings, out),
    };
    findings.check()?;
    written
}

/// Writes the summary of a job as Markdown, at most `max_bytes` of it: what does not fit is left out from a section on and
/// counted.
///
/// # Errors
///
/// As [`write()`].
pub fn write_summary(
    verdict: &Verdict,
    findings: &dyn Findings,
    max_bytes: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let written = comment::write_summary(verdict, findings, max_bytes, out);
    findings.check()?;
    written
}
