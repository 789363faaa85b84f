//! `compare`: inputs in, results out.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::exit::{Exit, Failure};
use crate::cli::interrupt::Interrupt;
use crate::cli::machine;
use crate::cli::output;
use crate::cli::pairs;
use crate::cli::progress::{Display, Progress};
use crate::cli::settings::Choices;
use crate::cli::target::{self, Printed, Target};
use crate::cli::terminal::{self, Notes, show_path, wants_color};
use crate::index::{self, Snapshot};
use crate::model::{Analysis, Corpus, Findings, Observer, Silent, Skipped, Stage, Warning};
use crate::pipeline::{self, Comparison, Forecast, Means, Scope, Settings, Work};
use crate::provenance::zones::Rules;
use crate::read::{self, Inputs, ReadParams};
use crate::report::{Format, Redacted, RenderOptions, View, is_redacted};
use crate::store::{Folder, Intake, Store};

/// One command at work: what was chosen, where it speaks, whether it should stop.
#[derive(Clone, Debug)]
pub struct Session<'a> {
    /// The settings in effect.
    pub choices: &'a Choices,
    /// Where it speaks.
    pub notes: Notes,
    /// Whether it should stop.
    pub interrupt: Arc<Interrupt>,
}

impl Session<'_> {
    /// Finds what the documents under `paths` share.
    ///
    /// # Errors
    ///
    /// No input, an input or output that cannot be used, or a run that was refused or stopped.
    pub fn compare(&self, paths: Vec<PathBuf>) -> Result<Exit, Failure> {
        let inputs = self.inputs(paths)?;
        let targets = target::plan(&self.choices.outputs, self.choices.split)?;
        let listed = match &self.choices.pairs {
            Some(path) => Some((path, pairs::read(path)?)),
            None => None,
        };
        let progress = self.progress();
        let settings = self.settings_of_run(&progress)?;
        let taken = self.choices.work.as_deref().map(Work::take).transpose();
        let work = taken.map_err(|error| self.failure(&error))?;
        let intake = self.intake(&inputs, &settings, work.as_ref())?;
        let mut corpus = self.read_into(&intake, &inputs, &progress)?;
        let scope = match listed {
            Some((path, listed)) => Scope::Listed { pairs: pairs::select(listed, path, &mut corpus)? },
            None if self.choices.against.is_empty() => Scope::AllPairs,
            None => self.against(&intake, &progress, false)?.0,
        };
        let alone = matches!(scope, Scope::AllPairs) && corpus.documents.len() == 1;
        let means = Means { intake, work: work.as_ref() };
        let comparison = self.find(corpus, &scope, &settings, means, &progress)?;
        self.write(&comparison, View::Shared, &targets, &progress)?;
        if let Some(work) = work {
            work.finish();
        }
        if alone {
            self.notes.note("there is one document only, so there is nothing to compare it with");
        }
        self.remark(comparison.facts());
        Ok(self.verdict(&comparison))
    }

    /// What the documents of `corpus` share, as `scope` says.
    pub(super) fn find(
        &self,
        corpus: Corpus,
        scope: &Scope,
        settings: &Settings,
        means: Means<'_>,
        progress: &Progress,
    ) -> Result<Comparison, Failure> {
        let mut comparison = pipeline::compare_large(corpus, scope, settings, means, progress)
            .map_err(|error| self.failure(&error))?;
        comparison.run_mut().peak_memory_bytes = machine::peak_bytes();
        Ok(comparison)
    }

    /// How a run ends for which these inputs were `skipped`.
    pub(super) fn completeness(&self, skipped: &[Skipped]) -> Exit {
        match skipped.iter().filter(|skipped| skipped.lost).count() {
            0 => Exit::Done,
            n => {
                self.notes.note(&format!("the run is incomplete, {} lost: exit code 2", count(n, "input")));
                Exit::Failed
            }
        }
    }

    /// A result without all of its input is no verdict, so an incomplete run outranks findings.
    pub(super) fn verdict(&self, findings: &dyn Findings) -> Exit {
        if self.completeness(&findings.facts().skipped) == Exit::Failed {
            return Exit::Failed;
        }
        let found = || findings.pairs().any(|pair| pair.matched_words > 0);
        if self.choices.exit_code && found() { Exit::Findings } else { Exit::Done }
    }

    /// Lists the files that `paths` stand for.
    ///
    /// # Errors
    ///
    /// A path that cannot be read.
    pub fn list_inputs(&self, paths: Vec<PathBuf>) -> Result<Exit, Failure> {
        let inputs = self.inputs(paths)?;
        let files = read::list(&inputs, &self.choices.read).map_err(|error| self.failure(&error))?;
        if files.is_empty() {
            return Err(self.nothing(&inputs, &Corpus::default()));
        }
        self.print(|to| files.iter().try_for_each(|file| writeln!(to, "{}", show_path(file))))
    }

    /// Writes to standard output what `render` writes.
    ///
    /// # Errors
    ///
    /// Standard output cannot be written; a closed pipe is no error.
    pub fn print(&self, render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Exit, Failure> {
        output::to_stdout(&self.interrupt, render).map(|()| Exit::Done)
    }

    /// Documents under `inputs`, at least one.
    ///
    /// # Errors
    ///
    /// What the reader says, or that there is none.
    pub fn read(&self, inputs: &Inputs, progress: &Progress) -> Result<Corpus, Failure> {
        self.read_into(&Intake::in_memory(), inputs, progress)
    }

    /// The same, with texts handed to `intake`.
    pub(super) fn read_into(
        &self,
        intake: &Intake,
        inputs: &Inputs,
        progress: &Progress,
    ) -> Result<Corpus, Failure> {
        let corpus = read::read_into(intake, inputs, &self.choices.read, progress)
            .map_err(|error| self.failure(&error))?;
        if corpus.documents.is_empty() {
            return Err(self.nothing(inputs, &corpus));
        }
        Ok(corpus)
    }

    /// What `--against` names, an index or documents that are read, and how many documents that are; new documents are
    /// compared `among` themselves, too, or not.
    ///
    /// # Errors
    ///
    /// An index that cannot be used or stands beside other references; no document in what is read.
    pub(super) fn against(
        &self,
        intake: &Intake,
        progress: &Progress,
        among: bool,
    ) -> Result<(Scope, usize), Failure> {
        let Some(index) = self.reference_index()? else {
            let reference = self.read_into(intake, &self.reference(), progress)?;
            let n = reference.documents.len();
            return Ok((Scope::Against { reference, among }, n));
        };
        let snapshot = Snapshot::open(index).map_err(|error| self.failure(&error))?;
        let n = snapshot.n_documents() as usize;
        Ok((Scope::AgainstIndex { index: Arc::new(snapshot), among }, n))
    }

    /// The index that `--against` names, if it names one.
    fn reference_index(&self) -> Result<Option<&Path>, Failure> {
        match &self.choices.against[..] {
            [path] if index::is_index(path) => Ok(Some(path)),
            paths => match paths.iter().find(|path| index::is_index(path)) {
                None => Ok(None),
                Some(path) => Err(Failure::new(format!(
                    "--against names the index {} and something else",
                    show_path(path)
                ))
                .help(format!(
                    "put the rest into the index first: wirecopy index PATH... -o {}",
                    show_path(path)
                ))),
            },
        }
    }

    /// The documents of `--against`.
    pub(super) fn reference(&self) -> Inputs {
        Inputs { paths: self.choices.against.clone(), files_from: None }
    }

    /// What takes the texts while they are read. Says beforehand what the run will need, where that is much.
    pub(super) fn intake(
        &self,
        inputs: &Inputs,
        settings: &Settings,
        work: Option<&Work>,
    ) -> Result<Intake, Failure> {
        let expected = |inputs: &Inputs| {
            read::expected_bytes(inputs, &self.choices.read).map_err(|error| self.failure(&error))
        };
        let own = expected(inputs)?;
        let reference = match self.choices.against.is_empty() || self.reference_index()?.is_some() {
            true => Some(0),
            false => expected(&self.reference())?,
        };
        let folder = work.map_or_else(Folder::temporary, |work| Folder::at(work.path()));
        let forecast = Forecast::of(own.unwrap_or(0) + reference.unwrap_or(0), settings.memory_bytes);
        let is_known = own.is_some() && reference.is_some();
        if is_known && (forecast.need_bytes >= MUCH || forecast.disk_bytes > 0) {
            let allowed = settings.memory_bytes.map(|bytes| format!(", {} allowed", size(bytes)));
            let disk = match forecast.disk_bytes {
                0 => "nothing goes to disk".to_owned(),
                bytes => format!("about {} go to disk in {}", size(bytes), show_path(folder.path())),
            };
            let need = size(forecast.need_bytes);
            self.notes.note(&format!("about {need} of memory needed{}; {disk}", allowed.unwrap_or_default()));
        }
        Ok(Intake::new(&Store::new(folder, 0), forecast.text_bytes))
    }

    /// Progress as the choices and the terminal have it.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let display = match self.choices {
            Choices { quiet: true, .. } | Choices { no_progress: true, .. } => Display::Nowhere,
            _ if io::stderr().is_terminal() => Display::Bar,
            _ => Display::Lines,
        };
        Progress::new(Arc::clone(&self.interrupt), display, self.notes)
    }

    /// The settings with the texts of `--boilerplate` read.
    ///
    /// # Errors
    ///
    /// A file of known text that cannot be read or holds none.
    pub fn settings(&self, progress: &Progress) -> Result<Settings, Failure> {
        let mut settings = self.choices.settings.clone();
        let params = ReadParams { encoding: self.choices.read.encoding.clone(), ..ReadParams::default() };
        for path in &self.choices.boilerplate {
            let inputs = Inputs { paths: vec![path.clone()], files_from: None };
            let known = read::read(&inputs, &params, progress).map_err(|error| self.failure(&error))?;
            if known.documents.is_empty() {
                return Err(Failure::new(format!("--boilerplate {} holds no text", show_path(path)))
                    .help("name a text file with the words to recognise"));
            }
            let texts = known.documents.into_iter().map(|document| (document.name, document.text));
            settings.boilerplate.extend(texts);
        }
        if !self.choices.rules.is_empty() {
            settings.rules = Some(Arc::new(self.rules()?));
        }
        Ok(settings)
    }

    /// The built-in rules with those of `--rules`.
    fn rules(&self) -> Result<Rules, Failure> {
        let mut files = Vec::new();
        for path in &self.choices.rules {
            let text = fs::read_to_string(path).map_err(|error| {
                Failure::new(format!("cannot read the rules file {}: {error}", show_path(path)))
                    .help("name a TOML file in UTF-8 that may be read")
            })?;
            files.push((show_path(path), text));
        }
        Rules::with(&files).map_err(|error| Failure::from_error(&error))
    }

    /// The same with the memory that a run may use.
    pub(super) fn settings_of_run(&self, progress: &Progress) -> Result<Settings, Failure> {
        let mut settings = self.settings(progress)?;
        settings.memory_bytes = settings.memory_bytes.or_else(machine::default_memory_bytes);
        Ok(settings)
    }

    /// The failure that `error` tells of; that of a stopped run when the user stopped it.
    #[must_use]
    pub fn failure(&self, error: &dyn std::error::Error) -> Failure {
        match (self.interrupt.is_set(), &self.choices.work) {
            (false, _) => Failure::from_error(error),
            (true, None) => self.interrupt.failure(),
            (true, Some(work)) => self
                .interrupt
                .failure()
                .help(format!("the same command goes on from what {} holds", show_path(work))),
        }
    }

    pub(super) fn inputs(&self, paths: Vec<PathBuf>) -> Result<Inputs, Failure> {
        let files_from = self.choices.files_from.clone();
        if paths.is_empty() && files_from.is_none() {
            return Err(Failure::new("no input is given")
                .help("name files or folders: wirecopy compare articles/ ('-' reads standard input)"));
        }
        Ok(Inputs { paths, files_from })
    }

    /// Says what was looked at when no document was found.
    pub(super) fn nothing(&self, inputs: &Inputs, corpus: &Corpus) -> Failure {
        let mut looked: Vec<String> = inputs.paths.iter().map(|path| show_path(path)).collect();
        looked.extend(inputs.files_from.iter().map(|path| format!("the list {}", show_path(path))));
        let mut what = format!("no documents in {}", looked.join(", "));
        if let Some(first) = corpus.skipped.first() {
            what.push_str(&format!(
                "; {} skipped, first {}: {}",
                count(corpus.skipped.len(), "input"),
                located(&first.path, first.line),
                first.reason.trim_end_matches('.')
            ));
        }
        let globs = &self.choices.read.globs;
        let help = match globs.is_empty() {
            true => {
                "wirecopy reads text, JSON Lines, JSON and CSV; --list-inputs shows what it sees".to_owned()
            }
            false => format!("check --glob {}; --list-inputs shows what it sees", globs.join(" --glob ")),
        };
        Failure::new(what).help(help).ending(Exit::NoInput)
    }

    /// Writes files first, so that a closed pipe on standard output loses none.
    pub(super) fn write(
        &self,
        analysis: &dyn Findings,
        view: View,
        targets: &[Target],
        progress: &Progress,
    ) -> Result<(), Failure> {
        // What was left out once stays so in whatever is made of it.
        let hides = self.choices.redact_text || is_redacted(analysis.facts());
        let redacted = hides.then(|| Redacted::new(analysis));
        let analysis = redacted.as_ref().map_or(analysis, |redacted| redacted as &dyn Findings);
        let preset = &self.choices.render;
        let table = self.choices.table.unwrap_or(preset.table);
        let chosen = RenderOptions { view, table, ..preset.clone() };
        let plain = RenderOptions { color: false, width: terminal::DEFAULT_WIDTH, ..chosen.clone() };
        let variable = |name: &str| std::env::var_os(name);
        let is_terminal = io::stdout().is_terminal();
        let options = RenderOptions {
            color: wants_color(self.choices.color, &variable, is_terminal),
            width: terminal::width(&variable),
            ..chosen
        };
        let printed = match self.choices.table {
            Some(table) if self.choices.format != Format::Parquet => Printed::Table(table),
            _ => Printed::Whole(self.choices.format),
        };
        if is_terminal && self.choices.format.is_binary() {
            let format = self.choices.format;
            return Err(Failure::new(format!("a terminal cannot show the format {format}")).help(format!(
                "write it to a file, -o result{}, or redirect standard output",
                format.extension()
            )));
        }
        let in_files: u64 = targets.iter().map(|target| target.n_rows(analysis, &plain)).sum();
        // A bar would stand among the rows of a terminal.
        let on_output = if is_terminal { 0 } else { printed.n_rows(analysis, &options) };
        let total = in_files + on_output;
        progress.begin(Stage::Report, (total > 0).then_some(total));
        let written = targets
            .iter()
            .try_for_each(|target| output::write(target, analysis, &plain, &self.interrupt, progress));
        if is_terminal {
            progress.finish();
        }
        written?;
        let printed = match is_terminal {
            true => output::print(printed, analysis, &options, &self.interrupt, &Silent),
            false => output::print(printed, analysis, &options, &self.interrupt, progress),
        };
        progress.finish();
        printed
    }

    /// What a user should know about the run besides its results.
    pub(super) fn remark(&self, analysis: &Analysis) {
        for bound in &analysis.bounds {
            self.notes.note(&bound.message);
        }
        self.remark_on_inputs(&analysis.skipped, &analysis.warnings);
        if !self.choices.verbose {
            return;
        }
        let run = &analysis.run;
        let mut facts: Vec<String> =
            run.seconds.iter().map(|(stage, seconds)| format!("{stage} {seconds:.2} s")).collect();
        facts.push(count(run.threads as usize, "thread"));
        facts.extend(run.peak_memory_bytes.map(|bytes| format!("{} MiB at most", bytes >> 20)));
        self.notes.note(&facts.join(", "));
    }

    /// The first input that was skipped and the first warning, or each of them.
    pub(super) fn remark_on_inputs(&self, skipped: &[Skipped], warnings: &[Warning]) {
        if self.choices.verbose {
            for skipped in skipped {
                let place = located(&skipped.path, skipped.line);
                self.notes.note(&format!("skipped {place}: {}", skipped.reason));
            }
            for warning in warnings {
                self.notes.note(&format!("{}: {}", located(&warning.path, warning.line), warning.message));
            }
            return;
        }
        let told = |n: usize, what: &str, path: &str, line: Option<u32>, text: &str| {
            let rest = if n > 1 { " (-v lists all)" } else { "" };
            self.notes.note(&format!("{what}: {}: {text}{rest}", located(path, line)));
        };
        if let Some(first) = skipped.first() {
            let n = skipped.len();
            let what = format!("{} skipped, first", count(n, "input"));
            told(n, &what, &first.path, first.line, &first.reason);
        }
        if let Some(first) = warnings.first() {
            let n = warnings.len();
            told(n, &format!("{}, first", count(n, "warning")), &first.path, first.line, &first.message);
        }
    }
}

/// `path:line`, or what stands for an input without a file.
fn located(path: &str, line: Option<u32>) -> String {
    let path = if path.is_empty() { "this run" } else { path };
    line.map_or_else(|| path.to_owned(), |line| format!("{path}:{line}"))
}

/// No bound on the pairs of one widely carried passage: each has a new document, so there are no more than the reference has
/// for each.
pub(super) const ALL_PAIRS: usize = usize::MAX;

/// Memory in bytes from which a run says beforehand what it will need.
const MUCH: u64 = 512 << 20;

/// Bytes for people.
fn size(bytes: u64) -> String {
    match bytes >> 20 {
        mb @ 0..1_000 => format!("{} MB", mb.max(1)),
        mb => format!("{:.1} GB", mb as f64 / 1024.0),
    }
}

/// A number of things.
pub(super) fn count(n: usize, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_counts_read_well() {
        assert_eq!(located("a.csv", Some(7)), "a.csv:7");
        assert_eq!(located("a.txt", None), "a.txt");
        assert_eq!(located("", None), "this run");
        assert_eq!(
            [count(0, "input"), count(1, "input"), count(2, "input")],
            ["0 inputs", "1 input", "2 inputs"]
        );
    }

    #[test]
    fn sizes_read_well() {
        let cases = [(0, "1 MB"), (300 << 20, "300 MB"), (1_000 << 20, "1.0 GB"), (5 << 30, "5.0 GB")];
        for (bytes, expected) in cases {
            assert_eq!(size(bytes), expected);
        }
    }
}
