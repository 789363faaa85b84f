//! `allow list`, `add` and `prune`: the upkeep of the allow-list.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};
use unicode_width::UnicodeWidthStr;

use crate::cli::allow_file;
use crate::cli::exit::{Exit, Failure};
use crate::cli::output;
use crate::cli::run::{Session, count};
use crate::cli::settings::GateChoices;
use crate::cli::terminal::{printable, show_path};
use crate::cli::value;
use crate::gate::Allowance;
use crate::model::Rule;

/// Today in UTC, so that an allowance ends at the same moment on every machine.
#[must_use]
pub fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// All allowances: those of the configuration, then those of the file.
///
/// # Errors
///
/// The file cannot be read, or an allowance in it cannot be used; a file that was named is not there.
pub fn allowances(gate: &GateChoices) -> Result<Vec<Allowance>, Failure> {
    let mut all = gate.allowances.clone();
    let file = AllowFile::read(gate)?;
    if file.text.is_none() && gate.allow_file.is_some() {
        return Err(Failure::new(format!(
            "cannot read the allow-list {}: there is no such file",
            file.shown
        ))
        .help("check the path after --allow, or make the file with 'wirecopy allow add'"));
    }
    all.extend(allow_file::parse(file.text.as_deref().unwrap_or_default(), &file.shown)?);
    Ok(all)
}

/// The file of allowances, which may not be there.
struct AllowFile {
    path: PathBuf,
    shown: String,
    text: Option<String>,
}

impl AllowFile {
    fn read(gate: &GateChoices) -> Result<AllowFile, Failure> {
        let path = gate.allow_file.clone().unwrap_or_else(|| gate.folder.join(allow_file::FILE_NAME));
        let shown = show_path(&path);
        let text = match fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                let help = match error.kind() {
                    io::ErrorKind::InvalidData => "save the file as UTF-8",
                    _ => "make the file readable, or name another one with --allow",
                };
                return Err(Failure::new(format!("cannot read the allow-list {shown}: {error}")).help(help));
            }
        };
        Ok(AllowFile { path, shown, text })
    }
}

/// Lists the allowances, or those that end within `expiring`.
///
/// # Errors
///
/// A length of time that is none, an allow-list that cannot be used, standard output that cannot be written.
pub fn list(session: &Session<'_>, expiring: Option<&str>) -> Result<Exit, Failure> {
    let within = expiring
        .map(value::duration)
        .transpose()
        .map_err(|refused| Failure::new(format!("--expiring: {}", refused.problem)).help(refused.remedy))?;
    let all = allowances(&session.choices.gate)?;
    let today = today();
    let is_wanted = |allowance: &&Allowance| match (within, allowance.expires) {
        (None, _) => true,
        (Some(seconds), Some(last)) => {
            days_between(today, last) <= seconds.unsigned_abs().div_ceil(86_400) as i64
        }
        (Some(_), None) => false,
    };
    let wanted: Vec<&Allowance> = all.iter().filter(is_wanted).collect();
    if wanted.is_empty() {
        let which = if within.is_some() { " that ends within that time" } else { "" };
        session.notes.note(&format!("there is no allowance{which}"));
    }
    session.print(|to| write_table(&wanted, today, to))
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to)).map_or(0, |span| i64::from(span.get_days()))
}

fn write_table(allowances: &[&Allowance], today: Date, to: &mut dyn Write) -> io::Result<()> {
    if allowances.is_empty() {
        return Ok(());
    }
    let header = ["where", "what", "until", "reason"].map(str::to_owned);
    let row = |allowance: &&Allowance| {
        let place = format!("{}:{}", allowance.path, allowance.line);
        [place, selectors(allowance), until(allowance, today), allowance.reason.clone()]
            .map(|cell| printable(&cell))
    };
    let rows: Vec<[String; 4]> = std::iter::once(header).chain(allowances.iter().map(row)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2)];
    for [place, what, until, reason] in &rows {
        let pad = |cell: &str, width: usize| " ".repeat(width - cell.width());
        let [first, second, third] = [(place, widths[0]), (what, widths[1]), (until, widths[2])]
            .map(|(cell, width)| format!("{cell}{}", pad(cell, width)));
        writeln!(to, "{first}  {second}  {third}  {reason}")?;
    }
    Ok(())
}

/// What an allowance names, in one line.
fn selectors(allowance: &Allowance) -> String {
    let mut parts = Vec::new();
    parts.extend(allowance.passage.map(|id| id.public()));
    parts.extend(allowance.phrase.as_ref().map(|phrase| format!("\"{}\"", short(phrase))));
    parts.extend(
        (!allowance.documents.is_empty()).then(|| format!("documents {}", allowance.documents.join(" + "))),
    );
    parts.extend(
        (!allowance.sources.is_empty()).then(|| format!("sources {}", allowance.sources.join(" + "))),
    );
    let rules: Vec<&str> = allowance.rules.iter().map(|rule: &Rule| rule.name()).collect();
    parts.extend((!rules.is_empty()).then(|| format!("({})", rules.join(", "))));
    parts.join(", ")
}

/// Characters of a phrase that are shown.
const PHRASE_CHARS: usize = 40;

fn short(phrase: &str) -> String {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(PHRASE_CHARS) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

fn until(allowance: &Allowance, today: Date) -> String {
    let Some(last) = allowance.expires else { return "-".to_owned() };
    match days_between(today, last) {
        ..0 => format!("{last} (expired)"),
        0 => format!("{last} (today)"),
        days => format!("{last} ({})", count(usize::try_from(days).unwrap_or_default(), "day")),
    }
}

/// Adds an allowance to the file.
///
/// # Errors
///
/// An id, reason or day that is none, an id that is allowed there already, a file that cannot be read or written.
pub fn add(session: &Session<'_>, id: &str, reason: &str, expires: Option<&str>) -> Result<Exit, Failure> {
    let id = allow_file::id(id)?;
    if reason.trim().is_empty() {
        return Err(Failure::new("--reason is empty").help("say in a few words why this may be shared"));
    }
    let expires = expires.map(|day| allow_file::date("--expires", day)).transpose()?;
    if let Some(day) = expires.filter(|day| *day < today()) {
        return Err(
            Failure::new(format!("--expires: {day} is past")).help("name a day to come, or leave it out")
        );
    }
    let file = AllowFile::read(&session.choices.gate)?;
    let text = file.text.unwrap_or_default();
    let there = allow_file::parse(&text, &file.shown)?;
    if let Some(twin) = there.iter().find(|allowance| allowance.passage == Some(id)) {
        return Err(Failure::new(format!("{} is in the allow-list already", id.public()))
            .at(format!("{}:{}", twin.path, twin.line))
            .help("change its reason or its last day there"));
    }
    let more = allow_file::with(&text, id, reason, expires);
    if allow_file::parse(&more, &file.shown).is_err() {
        return Err(Failure::new(format!("{} holds its allowances in one list", file.shown))
            .at(format!("{}:1", file.shown))
            .help("write each as a table [[allow]], or add this one by hand"));
    }
    output::replace(&file.path, &session.interrupt, |to| to.write_all(more.as_bytes()))?;
    session.notes.note(&format!("added {} to {}", id.public(), file.shown));
    Ok(Exit::Done)
}

/// Takes allowances that have expired out of the file, and lists them.
///
/// # Errors
///
/// A file that cannot be read, edited or written.
pub fn prune(session: &Session<'_>) -> Result<Exit, Failure> {
    let gate = &session.choices.gate;
    let file = AllowFile::read(gate)?;
    let text = file.text.unwrap_or_default();
    let today = today();
    let all = allow_file::parse(&text, &file.shown)?;
    let gone: Vec<usize> = (0..all.len()).filter(|&index| all[index].has_expired(today)).collect();
    if !gone.is_empty() {
        let left = allow_file::without(&text, &file.shown, &gone)?;
        output::replace(&file.path, &session.interrupt, |to| to.write_all(left.as_bytes()))?;
    }
    session.notes.note(&format!("took {} out of {}", count(gone.len(), "expired allowance"), file.shown));
    let elsewhere = gate.allowances.iter().filter(|allowance| allowance.has_expired(today));
    for allowance in elsewhere {
        let Allowance { path, line, .. } = allowance;
        session.notes.note(&format!("an expired allowance stands at {path}:{line}; take it out by hand"));
    }
    let gone: Vec<&Allowance> = gone.iter().map(|&index| &all[index]).collect();
    session.print(|to| write_table(&gone, today, to))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::model::StableId;

    #[test]
    fn the_table_shows_what_is_allowed_and_until_when() {
        let day = |day| Some(Date::new(2026, 3, day).unwrap());
        let base = Allowance {
            path: "a.toml".into(),
            line: 3,
            reason: "agreed\u{1b}[2J".into(),
            ..Allowance::default()
        };
        let phrase = "All rights are\nreserved by the agency and may not be reproduced";
        let all = [
            Allowance { passage: Some(StableId(255)), expires: day(9), ..base.clone() },
            Allowance {
                phrase: Some(phrase.into()),
                rules: vec![Rule::LongRun],
                expires: day(10),
                ..base.clone()
            },
            Allowance {
                sources: vec!["世界".into(), "Post".into()],
                expires: day(11),
                line: 120,
                ..base.clone()
            },
            Allowance { documents: vec!["wire/*".into()], expires: day(30), ..base.clone() },
            Allowance { documents: vec!["wire/*".into()], ..base },
        ];
        let mut shown = Vec::new();
        write_table(&all.each_ref(), Date::new(2026, 3, 10).unwrap(), &mut shown).unwrap();
        expect![[r#"
            where       what                                                     until                 reason
            a.toml:3    wc1-00000000000000ff                                     2026-03-09 (expired)  agreed�[2J
            a.toml:3    "All rights are reserved by the agency an…", (long-run)  2026-03-10 (today)    agreed�[2J
            a.toml:120  sources 世界 + Post                                      2026-03-11 (1 day)    agreed�[2J
            a.toml:3    documents wire/*                                         2026-03-30 (20 days)  agreed�[2J
            a.toml:3    documents wire/*                                         -                     agreed�[2J
        "#]].assert_eq(&String::from_utf8(shown).unwrap());
    }
}
