//! `check`: new documents and a reference in, a verdict out.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::cli::allow;
use crate::cli::changes::{self, Repository, Since};
use crate::cli::choice;
use crate::cli::exit::{Exit, Failure};
use crate::cli::machine;
use crate::cli::output;
use crate::cli::progress::Progress;
use crate::cli::run::{Session, count};
use crate::cli::settings::GateChoices;
use crate::cli::target;
use crate::cli::terminal::{self, show_path, wants_color};
use crate::gate::{self, Allowance, Baseline, Judgement, Key, Permits, Subject};
use crate::model::{Corpus, Findings, Verdict};
use crate::normalize::Normalizer;
use crate::pipeline::{self, Comparison, Means, Scope, Settings, Work};
use crate::report::RenderOptions;
use crate::report::gate::{GateFormat, write as write_verdict, write_summary};
use crate::store::Intake;

/// Most bytes of a step's summary. GitHub refuses one of a mebibyte whole, so it ends well before.
const SUMMARY_BYTES: usize = 900 << 10;

/// Document pairs of a changed baseline that are named without `-v`.
const CHANGES_SHOWN: usize = 20;

/// Judges the new documents under `paths`.
///
/// # Errors
///
/// No input or no reference; an input, a baseline, an allow-list or an output that cannot be used; a run that was refused
/// or stopped.
pub fn check(session: &Session<'_>, paths: Vec<PathBuf>) -> Result<Exit, Failure> {
    let gate = &session.choices.gate;
    if session.choices.against.is_empty() && since(gate).is_none() {
        return Err(Failure::new("no reference is given")
            .help("name what the documents are compared with: wirecopy check incoming/ --against archive/"));
    }
    let targets = plan(&gate.outputs)?;
    let accepted = accepted(session)?;
    let allowances = if gate.no_ignores { Vec::new() } else { allow::allowances(gate)? };
    let Compared { comparison, is_new, settings, n_indexed } = compare(session, paths)?;
    let judgement = judge(session, &comparison, (&is_new, &allowances), &settings)?;
    let n_lost = comparison.facts().skipped.iter().filter(|skipped| skipped.lost).count();
    let accepted = match gate.update_baseline {
        true if n_lost > 0 => {
            session.notes.note("the baseline was not written, since not all inputs were read");
            accepted
        }
        true => update(session, &accepted, &judgement)?,
        false => accepted,
    };
    let mut verdict = judgement.verdict(&accepted);
    if let Some(n) = n_indexed {
        // Of an index, the result holds only the documents that are worth comparing.
        verdict.n_reference = n;
    }
    tell(session, &verdict, &comparison, &targets)?;
    session.remark(comparison.facts());
    if n_lost > 0 {
        session.notes.note(&format!("the run is incomplete, {} lost: exit code 2", count(n_lost, "input")));
        return Ok(Exit::Failed);
    }
    let fails = verdict.n_stopping() > gate.max_new && !gate.exit_zero;
    Ok(if fails { Exit::Findings } else { Exit::Done })
}

/// What is judged.
struct Compared {
    comparison: Comparison,
    /// Whether each of its documents is a new one.
    is_new: Vec<bool>,
    /// The settings it was made with.
    settings: Settings,
    /// Documents of the index, if the reference is one.
    n_indexed: Option<usize>,
}

/// Compares the new documents with the reference and with each other.
fn compare(session: &Session<'_>, paths: Vec<PathBuf>) -> Result<Compared, Failure> {
    let inputs = session.inputs(paths)?;
    let progress = session.progress();
    let mut settings = session.settings(&progress)?;
    settings.memory_bytes = settings.memory_bytes.or_else(machine::default_memory_bytes);
    // A floor that keeps the tables of `compare` short must not keep findings out.
    settings.min_coverage = 0.0;
    let taken = session.choices.work.as_deref().map(Work::take).transpose();
    let work = taken.map_err(|error| session.failure(&error))?;
    let intake = session.intake(&inputs, &settings, work.as_ref())?;
    let corpus = session.read_into(&intake, &inputs, &progress)?;
    let (corpus, rest) = match since(&session.choices.gate) {
        Some(since) => {
            let repository = Repository::around(Path::new("."))?;
            let (new, rest) = repository.split(corpus, &since, &session.choices.read, &progress)?;
            (new, Some(rest))
        }
        None => (corpus, None),
    };
    let names: BTreeSet<String> = corpus.documents.iter().map(|document| document.name.clone()).collect();
    let scope = match rest {
        Some(rest) => completed(session, &intake, &progress, &corpus, rest)?,
        None => session.against(&intake, &progress, true)?.0,
    };
    let n_indexed = match &scope {
        Scope::AgainstIndex { index, .. } => Some(index.n_documents() as usize),
        _ => None,
    };
    let means = Means { intake, work: work.as_ref() };
    let mut comparison = pipeline::compare_large(corpus, &scope, &settings, means, &progress)
        .map_err(|error| session.failure(&error))?;
    progress.finish();
    comparison.run_mut().peak_memory_bytes = machine::peak_bytes();
    if let Some(work) = work {
        work.finish();
    }
    let is_new = comparison.facts().documents.iter().map(|document| names.contains(&document.name)).collect();
    Ok(Compared { comparison, is_new, settings, n_indexed })
}

/// What the documents of `new` are compared with: themselves, the reference if one is named, and the `rest` of what the
/// paths hold. An index has the rest already.
fn completed(
    session: &Session<'_>,
    intake: &Intake,
    progress: &Progress,
    new: &Corpus,
    rest: Corpus,
) -> Result<Scope, Failure> {
    let mut reference = Corpus::default();
    if !session.choices.against.is_empty() {
        match session.against(intake, progress, true)?.0 {
            Scope::Against { reference: read, .. } => reference = read,
            index => {
                let n = count(rest.documents.len(), "document");
                session.notes.note(&format!("{n} of the paths not new: left to the index of --against"));
                return Ok(index);
            }
        }
    }
    changes::complete(&mut reference, new, rest);
    Ok(Scope::Against { reference, among: true })
}

/// What is new among the given documents; all of them unless git is asked.
fn since(gate: &GateChoices) -> Option<Since> {
    let named = gate.new_from_ref.clone().map(Since::Ref);
    gate.staged.then_some(Since::Staged).or(named)
}

fn judge(
    session: &Session<'_>,
    comparison: &Comparison,
    (is_new, allowances): (&[bool], &[Allowance]),
    settings: &Settings,
) -> Result<Judgement, Failure> {
    let gate = &session.choices.gate;
    let normalizer =
        Normalizer::new(pipeline::normalize_params(settings)).map_err(|error| Failure::from_error(&error))?;
    let permits = Permits { allowances, normalizer: &normalizer, today: allow::today() };
    let subject = Subject { findings: comparison, is_new };
    let judgement = gate::judge(&subject, &gate.limits, (!gate.no_ignores).then_some(&permits))
        .map_err(|error| Failure::from_error(&error))?;
    comparison.check().map_err(|error| Failure::new(format!("the result cannot be read back: {error}")))?;
    Ok(judgement)
}

/// The baseline to hold findings against.
fn accepted(session: &Session<'_>) -> Result<Baseline, Failure> {
    let GateChoices { baseline, update_baseline, no_ignores, .. } = &session.choices.gate;
    let path = match baseline {
        Some(_) if *no_ignores => return Ok(Baseline::default()),
        Some(path) => path,
        None if *update_baseline => {
            return Err(Failure::new("--update-baseline has no file to write")
                .help("name it: --baseline accepted.json --update-baseline"));
        }
        None => return Ok(Baseline::default()),
    };
    let shown = show_path(path);
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && *update_baseline => {
            return Ok(Baseline::default());
        }
        Err(error) => {
            let help = match error.kind() {
                io::ErrorKind::NotFound => {
                    "check the path after --baseline, or make the file with --update-baseline"
                }
                io::ErrorKind::InvalidData => "restore the file, or write it anew with --update-baseline",
                _ => "make the file readable, or name another one",
            };
            return Err(Failure::new(format!("cannot read the baseline {shown}: {error}")).help(help));
        }
    };
    match Baseline::parse(&text) {
        Ok(baseline) => Ok(baseline),
        Err(error) if *update_baseline => {
            let Failure { what, .. } = Failure::from_error(&error);
            session.notes.note(&format!("{what} ({shown}); it is written anew"));
            Ok(Baseline::default())
        }
        Err(error) => {
            let place = match &error {
                gate::BaselineError::Form { line, .. } => format!("{shown}:{line}"),
                _ => shown,
            };
            Err(Failure::from_error(&error).at(place))
        }
    }
}

/// Writes the baseline anew and tells what changed.
fn update(session: &Session<'_>, before: &Baseline, judgement: &Judgement) -> Result<Baseline, Failure> {
    let baseline = judgement.baseline();
    // `accepted` has refused a run without one.
    let path = session.choices.gate.baseline.as_deref().unwrap_or(Path::new(""));
    output::replace(path, &session.interrupt, |to| to.write_all(baseline.to_text().as_bytes()))?;
    let changes = before.changes(&baseline);
    session.notes.note(&format!(
        "baseline {}: {} added, {} removed, {} in all",
        show_path(path),
        changes.n_added(),
        changes.n_removed(),
        count(baseline.len(), "entry").replace("entrys", "entries")
    ));
    let lines: Vec<String> = [("added", &changes.added), ("removed", &changes.removed)]
        .into_iter()
        .flat_map(|(what, keys)| keys.iter().map(move |entry| change(what, entry)))
        .collect();
    let n_shown = if session.choices.verbose { lines.len() } else { CHANGES_SHOWN };
    for line in lines.iter().take(n_shown) {
        session.notes.note(line);
    }
    if lines.len() > n_shown {
        session.notes.note(&format!("{} more (-v lists all)", lines.len() - n_shown));
    }
    Ok(baseline)
}

/// One changed entry: what, the documents, and how many times if more than once.
fn change(what: &str, (key, n): &(Key, u32)) -> String {
    let Key { low, high, part } = key;
    let documents = if high.is_empty() { low.clone() } else { format!("{low} and {high}") };
    let times = if *n > 1 { format!(", {n} times") } else { String::new() };
    format!("{what}: {documents}: {part}{times}")
}

/// A file to write and its format.
struct Target {
    path: PathBuf,
    format: GateFormat,
}

/// The targets that `outputs` name, checked before the work begins.
fn plan(outputs: &[String]) -> Result<Vec<Target>, Failure> {
    let mut targets: Vec<Target> = Vec::new();
    for text in outputs {
        let target = target(text)?;
        if targets.iter().any(|other| other.path == target.path) {
            let twice = format!("-o {} is given twice", show_path(&target.path));
            return Err(Failure::new(twice).help("leave one of them out"));
        }
        targets.push(target);
    }
    Ok(targets)
}

fn target(text: &str) -> Result<Target, Failure> {
    let (format, file) = choice::prefixed(text, &GateFormat::ALL, GateFormat::name);
    let path = PathBuf::from(file);
    let name = show_path(&path);
    if file == "-" || file.is_empty() {
        return Err(Failure::new(format!("-o {text} is no file"))
            .help("the verdict goes to standard output without it; --format chooses its form"));
    }
    if file.ends_with(std::path::is_separator) || path.is_dir() {
        return Err(Failure::new(format!("-o {name} is a folder"))
            .help("name a file in it; a verdict is written as one file"));
    }
    let format = match format {
        Some(format) => format,
        None => GateFormat::from_path(&path).map_err(|_| {
            Failure::new(format!("-o {name}: no format goes by that extension"))
                .help("use .txt, .json, .jsonl, .sarif, .xml or .md, or write FORMAT:FILE, as in gitlab:report.json")
        })?,
    };
    let parent = target::parent(&path);
    if !parent.is_dir() {
        return Err(Failure::new(format!("-o {name}: the folder {} does not exist", show_path(parent)))
            .help("create it first, or write elsewhere"));
    }
    Ok(Target { path, format })
}

/// Writes the verdict: files first, so that a closed pipe on standard output loses none.
fn tell(
    session: &Session<'_>,
    verdict: &Verdict,
    findings: &dyn Findings,
    targets: &[Target],
) -> Result<(), Failure> {
    let choices = session.choices;
    let plain = RenderOptions { color: false, width: terminal::DEFAULT_WIDTH, ..choices.render.clone() };
    for Target { path, format } in targets {
        output::replace(path, &session.interrupt, |to| {
            write_verdict(verdict, findings, *format, &plain, to)
        })?;
    }
    let variable = |name: &str| std::env::var_os(name);
    if choices.gate.format == GateFormat::Github
        && let Some(path) = variable("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty())
    {
        append_summary(Path::new(&path), verdict, findings)?;
    }
    let options = RenderOptions {
        color: wants_color(choices.color, &variable, io::stdout().is_terminal()),
        width: terminal::width(&variable),
        ..choices.render.clone()
    };
    output::to_stdout(&session.interrupt, |to| {
        write_verdict(verdict, findings, choices.gate.format, &options, to)
    })
}

/// Appends the summary to the file of the step, which earlier commands of the step may have written to.
fn append_summary(path: &Path, verdict: &Verdict, findings: &dyn Findings) -> Result<(), Failure> {
    let append = || -> io::Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        let there = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
        let mut summary = Vec::new();
        write_summary(verdict, findings, SUMMARY_BYTES.saturating_sub(there), &mut summary)?;
        file.write_all(&summary)
    };
    append().map_err(|error| {
        Failure::new(format!("cannot write the summary {}: {error}", show_path(path)))
            .at("GITHUB_STEP_SUMMARY")
            .help("let it name a file that can be written, or choose another --format")
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn names_and_formats_decide_what_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        let cases = [
            ("", "a.json"),
            ("", "b.xml"),
            ("gitlab:", "c.json"),
            ("github:", "d"),
            ("pdf:", "e.json"),
            ("", "f.pdf"),
            ("sarif:", "no/g.json"),
            ("", ""),
        ];
        let shown: String = cases
            .map(|(format, name)| match target(&format!("{format}{}", at(name))) {
                Ok(target) => format!("{format}{name}: {}\n", target.format.name()),
                Err(failure) => {
                    let what = failure.what.replace(&folder.path().display().to_string(), "DIR");
                    format!("{format}{name}: refused: {what}; {}\n", failure.help.unwrap())
                }
            })
            .concat();
        expect![[r#"
            a.json: json
            b.xml: junit
            gitlab:c.json: gitlab
            github:d: github
            pdf:e.json: refused: -o pdf:DIR/e.json: the folder pdf:DIR does not exist; create it first, or write elsewhere
            f.pdf: refused: -o DIR/f.pdf: no format goes by that extension; use .txt, .json, .jsonl, .sarif, .xml or .md, or write FORMAT:FILE, as in gitlab:report.json
            sarif:no/g.json: refused: -o DIR/no/g.json: the folder DIR/no does not exist; create it first, or write elsewhere
            : refused: -o DIR/ is a folder; name a file in it; a verdict is written as one file
        "#]].assert_eq(&shown);
        assert!(target("-").is_err() && target("json:-").is_err());
        assert!(plan(&[at("a.json"), format!("gitlab:{}", at("a.json"))]).is_err());
    }
}
