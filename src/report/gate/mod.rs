//! Renders the verdict of a gate for people, for code hosts and for other tools.
//!
//! In: a [`Verdict`] and the [`Findings`] it is about. Out: one of the [`GateFormat`]s. Nothing here decides anything:
//! which findings there are, their order, level and status are the verdict's, and the format written changes no exit code.
//! News are the findings that are new or no longer allowed; formats for people show these and count the others, machine
//! formats list them all.
//!
//! A finding names its passage by an index; those that are shown are fetched in one pass over the runs that hold them.

mod evidence;
mod format;
mod text;
mod wording;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

pub use format::{FormatError, GateFormat};

use crate::model::{Findings, Verdict};
use crate::report::RenderOptions;

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
        _ => {
            Err(io::Error::new(io::ErrorKind::Unsupported, format!("{format} is not written yet; use text")))
        }
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
    let line = format!("{}\n", wording::outcome(verdict));
    if line.len() <= max_bytes {
        out.write_all(line.as_bytes())?;
    }
    findings.check()
}
