//! How results are written: to standard output, and to the files and folders of `-o`, which appear whole or not at all.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::cli::exit::Failure;
use crate::cli::interrupt::Interrupt;
use crate::cli::swap;
use crate::cli::target::{Printed, Target, parent};
use crate::cli::terminal::show_path;
use crate::model::{Findings, Observer};
use crate::report::html::{self, Beside};
use crate::report::{self, RenderOptions};

/// Writes one target under a temporary name beside it, then puts it in its place.
///
/// # Errors
///
/// The file system refuses, or the user stops the run; the target is then as it was.
pub fn write(
    target: &Target,
    analysis: &dyn Findings,
    options: &RenderOptions,
    interrupt: &Interrupt,
    observer: &dyn Observer,
) -> Result<(), Failure> {
    let options = &target.options(options);
    match target {
        Target::File(path, format) => {
            write_file(path, interrupt, |to| report::write_observed(analysis, *format, options, to, observer))
        }
        Target::Split(path) => write_split(path, interrupt, options, analysis, observer),
        Target::Folder(path, format) => {
            write_folder(path, interrupt, |to| report::write_folder(analysis, *format, to, observer))
        }
    }
    .map_err(|error| refused(target.path(), interrupt, &error))?;
    interrupt.finish_writing(target.path());
    Ok(())
}

/// Writes a file under a temporary name beside it, then puts it in its place.
///
/// # Errors
///
/// The file system refuses, or the user stops the run; the file is then as it was.
pub(super) fn replace(
    path: &Path,
    interrupt: &Interrupt,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    write_file(path, interrupt, render).map_err(|error| refused(path, interrupt, &error))
}

fn refused(path: &Path, interrupt: &Interrupt, error: &io::Error) -> Failure {
    if interrupt.is_set() {
        return interrupt.failure();
    }
    if error.kind() == io::ErrorKind::FileTooLarge {
        return Failure::new(format!("cannot write {}: {error}", show_path(path)))
            .help("give it more room with --max-size, or write its texts beside it with --split");
    }
    Failure::new(format!("cannot write {}: {error}", show_path(path)))
        .help("check the disk's free space and the folder's permissions")
}

fn write_file(
    path: &Path,
    interrupt: &Interrupt,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    write_file_after(path, interrupt, render, || Ok(()))
}

/// The same; `place` is called between the writing of the file and its coming to its place.
fn write_file_after(
    path: &Path,
    interrupt: &Interrupt,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    place: impl FnOnce() -> io::Result<()>,
) -> io::Result<()> {
    // A link keeps pointing where it does; what it points to is replaced.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let unfinished = Unfinished::beside(&path, interrupt);
    let file = File::create_new(&unfinished.path)?;
    let mut writer = Stoppable { inner: BufWriter::new(file), interrupt };
    render(&mut writer)?;
    writer.flush()?;
    place()?;
    fs::rename(&unfinished.path, &path)
}

/// Writes a report, and what it loads when it is asked to into a folder beside it: `report.html` and `report-data`. Files there are named
/// after what they hold, so those of the report before stay until this one stands, and go then.
fn write_split(
    path: &Path,
    interrupt: &Interrupt,
    options: &RenderOptions,
    analysis: &dyn Findings,
    observer: &dyn Observer,
) -> io::Result<()> {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push("-data");
    let Some(folder) = name.to_str() else {
        return Err(io::Error::other("with --split, its name has to be one that a page can write"));
    };
    let data = path.with_file_name(&name);
    let unfinished = Unfinished::beside(&data, interrupt);
    let render = |to: &mut dyn Write| {
        let mut put = |file: &str, content: &str| {
            fs::create_dir_all(&unfinished.path)?;
            fs::write(unfinished.path.join(file), content)
        };
        html::write_split(analysis, &options.html, Beside { folder, put: &mut put }, to, observer)
    };
    let (mut names, mut added) = (Vec::new(), Vec::new());
    let written = write_file_after(path, interrupt, render, || {
        if !unfinished.path.is_dir() {
            return Ok(());
        }
        names = swap::names_in(&unfinished.path)?;
        fs::create_dir_all(&data)?;
        for name in &names {
            let place = data.join(name);
            let is_new = !place.exists();
            fs::rename(unfinished.path.join(name), &place)?;
            added.extend(is_new.then_some(place));
        }
        Ok(())
    });
    let gone = match &written {
        Ok(()) => swap::old_blocks(&data, &names)?,
        Err(_) => added,
    };
    gone.iter().try_for_each(fs::remove_file)?;
    if !gone.is_empty() || written.is_err() {
        // A folder that is not empty stays.
        let _ = fs::remove_dir(&data);
    }
    written
}

/// Writes a folder of tables: all its files come to their places, or none. Those of the folder before that are not among them go,
/// by what its codebook says; other files stay.
fn write_folder(
    path: &Path,
    interrupt: &Interrupt,
    render: impl FnOnce(&Path) -> io::Result<()>,
) -> io::Result<()> {
    fs::create_dir_all(parent(path))?;
    // A link keeps pointing where it does.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let unfinished = Unfinished::beside(path, interrupt);
    fs::create_dir(&unfinished.path)?;
    render(&unfinished.path)?;
    if interrupt.is_set() {
        return Err(io::Error::other("stopped"));
    }
    if !path.exists() {
        return fs::rename(&unfinished.path, path);
    }
    let stale: Vec<OsString> = report::tables_in(path).into_iter().map(OsString::from).collect();
    let aside = beside(path, "old");
    swap::swap(&unfinished.path, path, &stale, (&aside, OsStr::new(report::CODEBOOK)))
}

/// A temporary name beside `path`.
fn beside(path: &Path, kind: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.{kind}", std::process::id()));
    parent(path).join(name)
}

/// A temporary name whose file or folder goes when this does.
struct Unfinished<'a> {
    path: PathBuf,
    interrupt: &'a Interrupt,
}

impl<'a> Unfinished<'a> {
    fn beside(path: &Path, interrupt: &'a Interrupt) -> Unfinished<'a> {
        let path = beside(path, "part");
        interrupt.begin_writing(&path);
        Unfinished { path, interrupt }
    }
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        // After success there is nothing left to remove; after failure the failure is what the user hears of.
        let _ = if self.path.is_dir() { fs::remove_dir_all(&self.path) } else { fs::remove_file(&self.path) };
        self.interrupt.end_writing(&self.path);
    }
}

/// A writer that fails once the user wants to stop.
struct Stoppable<'a, W> {
    inner: W,
    interrupt: &'a Interrupt,
}

impl<W: Write> Write for Stoppable<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.interrupt.is_set() { Err(io::Error::other("stopped")) } else { self.inner.write(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Writes the result to standard output.
///
/// # Errors
///
/// The system refuses, or the user stops the run. A closed pipe is no error.
pub fn print(
    printed: Printed,
    analysis: &dyn Findings,
    options: &RenderOptions,
    interrupt: &Interrupt,
    observer: &dyn Observer,
) -> Result<(), Failure> {
    let (format, table) = printed.format(options.table);
    let options = RenderOptions { table, ..options.clone() };
    to_stdout(interrupt, |to| report::write_observed(analysis, format, &options, to, observer))
}

/// Writes to standard output what `render` writes.
///
/// # Errors
///
/// The system refuses, or the user stops the run. A closed pipe is no error.
pub fn to_stdout(
    interrupt: &Interrupt,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let mut writer = Stoppable { inner: BufWriter::with_capacity(1 << 16, io::stdout().lock()), interrupt };
    let result = render(&mut writer).and_then(|()| writer.flush());
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            // What is buffered has no reader either; dropping it unwritten avoids a second try.
            let _ = writer.inner.into_parts();
            Ok(())
        }
        Err(_) if interrupt.is_set() => {
            let _ = writer.inner.into_parts();
            Err(interrupt.failure())
        }
        Err(error) => Err(Failure::new(format!("cannot write to standard output: {error}"))
            .help("check where standard output leads, and that disk's free space")),
        Ok(()) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Dice, document, salad};
    use crate::model::{Corpus, Silent};
    use crate::pipeline::{self, Scope, Settings};
    use crate::report::Format;

    #[test]
    fn a_failed_write_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, "old").unwrap();
        let interrupt = Interrupt::default();
        let failed = write_file(&path, &interrupt, |to| {
            to.write_all(b"half")?;
            Err(io::Error::other("disk on fire"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        write_file(&path, &interrupt, |to| to.write_all(b"new")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_stopped_run_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let interrupt = Interrupt::default();
        let path = folder.path().join("a.json");
        let stopped = write_file(&path, &interrupt, |to| {
            to.write_all(b"half")?;
            interrupt.ask();
            to.write_all(b"the rest")
        });
        assert!(stopped.is_err());
        assert!(write_folder(&path, &interrupt, |_| Ok(())).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    /// Blocks and page come together: those of the page before stay until the new one stands, and go then.
    #[test]
    fn a_split_report_is_never_half_old() {
        let folder = tempfile::tempdir().unwrap();
        let (path, data) = (folder.path().join("r.html"), folder.path().join("r-data"));
        let compared = |seed| {
            let text = salad(&mut Dice::new(seed), 80).join(" ");
            let documents = vec![document("a", text.clone()), document("b", text)];
            let corpus = Corpus { documents, ..Corpus::default() };
            pipeline::compare(corpus, &Scope::AllPairs, &Settings::default(), &Silent).unwrap()
        };
        let (interrupt, options) = (Interrupt::default(), RenderOptions::default());
        let write = |seed| write_split(&path, &interrupt, &options, &compared(seed), &Silent);
        write(1).unwrap();
        let first = swap::names_in(&data).unwrap();
        assert_eq!(first.len(), 2);
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(write(2).is_err());
        assert_eq!(swap::names_in(&data).unwrap(), first);
        fs::remove_dir(&path).unwrap();
        write(2).unwrap();
        let second = swap::names_in(&data).unwrap();
        assert!(second.len() == 2 && !second.iter().any(|name| first.contains(name)), "{second:?}");
        assert_eq!(swap::names_in(folder.path()).unwrap(), ["r-data", "r.html"]);
    }

    #[test]
    fn a_folder_loses_its_old_tables_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t");
        let interrupt = Interrupt::default();
        let analysis = crate::model::Analysis::default();
        let write = |format| {
            write_folder(&path, &interrupt, |to| {
                report::write_folder(&analysis, format, to, &crate::model::Silent)
            })
        };
        write(Format::Csv).unwrap();
        fs::write(path.join("own.csv"), "mine").unwrap();
        write(Format::Parquet).unwrap();
        let names = swap::names_in(&path).unwrap();
        let of = |end: &str| names.iter().filter(|name| name.to_string_lossy().ends_with(end)).count();
        assert_eq!((of(".parquet"), of(".csv"), of(".json")), (11, 1, 1), "{names:?}");
        // What nobody's codebook names is foreign, whatever it is called.
        fs::write(
            path.join("datapackage.json"),
            "{\"name\":\"other\",\"resources\":[{\"path\":\"pairs.parquet\"}]}",
        )
        .unwrap();
        write(Format::Csv).unwrap();
        assert!(path.join("pairs.parquet").exists());
        // A folder where a table has to go stops the whole.
        let old = fs::read(path.join("datapackage.json")).unwrap();
        fs::remove_file(path.join("pairs.csv")).unwrap();
        fs::create_dir(path.join("pairs.csv")).unwrap();
        fs::write(path.join("documents.csv"), "as it was").unwrap();
        let refused = write(Format::Csv).unwrap_err().to_string();
        assert_eq!(refused, "pairs.csv in it is a folder, where a file has to go");
        assert_eq!(fs::read_to_string(path.join("documents.csv")).unwrap(), "as it was");
        assert_eq!(fs::read(path.join("datapackage.json")).unwrap(), old);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_replaced_table_by_table() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/tables");
        let interrupt = Interrupt::default();
        for content in ["one", "two"] {
            write_folder(&path, &interrupt, |to| fs::write(to.join("pairs.csv"), content)).unwrap();
            assert_eq!(fs::read_to_string(path.join("pairs.csv")).unwrap(), content);
            assert_eq!(fs::read_dir(folder.path().join("deep")).unwrap().count(), 1);
        }
        let failed = write_folder(&path, &interrupt, |_| Err(io::Error::other("disk on fire")));
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(path.join("pairs.csv")).unwrap(), "two");
        assert_eq!(fs::read_dir(folder.path().join("deep")).unwrap().count(), 1);
    }
}
