//! Finds the files to read, in an order that depends on their names alone.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, WalkBuilder};

use crate::model::{Skipped, Warning};
use crate::read::error::ReadError;
use crate::read::format;
use crate::read::params::{Inputs, ReadParams};

/// One file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InputFile {
    /// Where to open it.
    pub(super) path: PathBuf,
    /// As given by the user joined with the walk, `/` separated.
    pub(super) shown: String,
    /// Relative to the given folder, `/` separated; of a file given directly, its name.
    pub(super) relative: String,
    /// Name of the given folder, or of the folder that holds a file given directly; may be empty.
    pub(super) folder: String,
    /// Named by the user or by a glob: read whatever its extension.
    pub(super) chosen: bool,
    /// Size on disk in bytes, where known.
    pub(super) bytes: u64,
}

impl InputFile {
    /// Whether this is standard input.
    pub(super) fn is_stdin(&self) -> bool {
        self.path.as_os_str() == "-"
    }

    /// The file's own name.
    pub(super) fn name(&self) -> &str {
        self.relative.rsplit('/').next().unwrap_or(&self.relative)
    }
}

/// What there is to read, and what was met and left out.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) files: Vec<InputFile>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) warnings: Vec<Warning>,
    /// Canonical paths of the files taken, and of tables that are no documents.
    known: BTreeSet<PathBuf>,
}

/// Finds every file that `inputs` names.
pub(super) fn find(inputs: &Inputs, params: &ReadParams) -> Result<Found, ReadError> {
    check_globs(params)?;
    let is_stdin = |path: &Path| path.as_os_str() == "-";
    if inputs.paths.iter().any(|path| is_stdin(path)) && inputs.files_from.as_deref().is_some_and(is_stdin) {
        return Err(ReadError::StdinTwice);
    }
    let mut found = Found::default();
    for table in [&params.meta, &inputs.files_from].into_iter().flatten() {
        found.known.extend(fs::canonicalize(table));
    }
    for path in &inputs.paths {
        let fault = |source| ReadError::Path { path: path.clone(), source };
        if is_stdin(path) {
            found.take_file(path, 0);
        } else if fs::metadata(path).map_err(fault)?.is_dir() {
            found.take_folder(path, params)?;
        } else {
            found.take_file(path, fs::metadata(path).map_or(0, |facts| facts.len()));
        }
    }
    if let Some(list) = &inputs.files_from {
        found.take_list(list, params)?;
    }
    Ok(found)
}

/// The path with `/` between its parts, for people.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

fn check_globs(params: &ReadParams) -> Result<(), ReadError> {
    overrides(Path::new("."), params).map(|_| ())
}

fn overrides(folder: &Path, params: &ReadParams) -> Result<Override, ReadError> {
    let mut builder = OverrideBuilder::new(folder);
    for glob in &params.globs {
        let fault = |error: ignore::Error| ReadError::Glob { glob: glob.clone(), reason: bare(&error) };
        builder.add(glob).map_err(fault)?;
    }
    builder.build().map_err(|error| ReadError::Glob { glob: params.globs.join(" "), reason: bare(&error) })
}

/// What is wrong, without the path or glob that the message names already.
fn bare(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        ignore::Error::WithPath { err, .. }
        | ignore::Error::WithDepth { err, .. }
        | ignore::Error::WithLineNumber { err, .. } => bare(err),
        ignore::Error::Io(error) => error.to_string(),
        other => other.to_string(),
    }
}

impl Found {
    fn take_file(&mut self, path: &Path, bytes: u64) {
        let name = path.file_name().map_or_else(|| shown(path), |name| name.to_string_lossy().into_owned());
        let folder = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let file = InputFile {
            path: path.to_owned(),
            shown: shown(path),
            relative: name,
            folder: folder.unwrap_or_default(),
            chosen: true,
            bytes,
        };
        let canonical = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        self.take(file, canonical);
    }

    fn take(&mut self, file: InputFile, canonical: PathBuf) {
        if self.known.insert(canonical) {
            self.files.push(file);
        } else if file.chosen {
            let message = "given more than once; it is read once".to_owned();
            self.warnings.push(Warning { path: file.shown, line: None, message });
        }
    }

    fn leave(&mut self, path: String, reason: String) {
        self.skipped.push(Skipped { path, line: None, reason, lost: false });
    }

    fn lose(&mut self, path: String, reason: String) {
        self.skipped.push(Skipped { path, line: None, reason, lost: true });
    }

    fn take_folder(&mut self, folder: &Path, params: &ReadParams) -> Result<(), ReadError> {
        if is_index(folder) {
            let reason = "an index, not documents; name it after --against to compare documents with it";
            self.lose(shown(folder), reason.to_owned());
            return Ok(());
        }
        let globs = overrides(folder, params)?;
        let respect = !params.no_ignore;
        // Ignore files of the machine (global git settings) are left aside: the same folder gives the same
        // documents everywhere.
        let walk = WalkBuilder::new(folder)
            .standard_filters(false)
            .hidden(!params.hidden)
            .ignore(respect)
            .git_ignore(respect)
            .parents(respect)
            .require_git(false)
            .overrides(globs.clone())
            .filter_entry(|entry| !is_index(entry.path()))
            .build();
        let mut entries = Vec::new();
        for entry in walk {
            match entry {
                Ok(entry) => entries.push(entry),
                Err(error) => {
                    self.lose(place_of(&error, folder), format!("cannot be read: {}", bare(&error)))
                }
            }
        }
        entries.sort_by(|a, b| a.path().cmp(b.path()));
        let before = self.files.len() + self.skipped.len();
        // Links are not followed, so that what leads to a file below the folder is what leads to the folder and on.
        let whole = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        for entry in entries {
            self.take_entry((folder, &whole), &entry, &globs);
        }
        if self.files.len() + self.skipped.len() == before {
            let message = "this folder holds no file to read; hidden and ignored files are left out (--hidden, \
                           --no-ignore), and so is what --glob does not name";
            self.warnings.push(Warning { path: shown(folder), line: None, message: message.to_owned() });
        }
        Ok(())
    }

    /// Takes what was met in a folder, given as the user wrote it and in full.
    fn take_entry(&mut self, (folder, whole): (&Path, &Path), entry: &DirEntry, globs: &Override) {
        let Some(kind) = entry.file_type().filter(|kind| !kind.is_dir()) else { return };
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let relative = shown(below);
        let root = shown(folder);
        let path = format!("{}/{relative}", root.trim_end_matches('/'));
        if kind.is_symlink() {
            return self
                .leave(path, "a symbolic link, which is not followed; give it by name to read it".into());
        }
        if !kind.is_file() {
            return self.leave(path, "not a regular file (a pipe, socket or device)".into());
        }
        let chosen = globs.matched(entry.path(), false).is_whitelist();
        if let Some(reason) = unfit(&relative).filter(|_| !chosen) {
            return self.leave(path, reason);
        }
        let file = InputFile {
            path: entry.path().to_owned(),
            shown: path,
            relative,
            folder: whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            chosen,
            bytes: entry.metadata().map_or(0, |facts| facts.len()),
        };
        self.take(file, whole.join(below));
    }

    fn take_list(&mut self, list: &Path, params: &ReadParams) -> Result<(), ReadError> {
        let fault = |source| ReadError::FilesFrom { path: list.to_owned(), source };
        let mut text = Vec::new();
        if list.as_os_str() == "-" {
            std::io::stdin().lock().read_to_end(&mut text).map_err(fault)?;
        } else {
            text = fs::read(list).map_err(fault)?;
        }
        let divider = if text.contains(&0) { 0 } else { b'\n' };
        for (at, line) in text.split(|&byte| byte == divider).enumerate() {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.is_empty() {
                continue;
            }
            let path = path_from(line);
            match fs::metadata(&path) {
                Ok(facts) if facts.is_dir() => self.take_folder(&path, params)?,
                Ok(facts) => self.take_file(&path, facts.len()),
                Err(error) => {
                    let number = at as u64 + 1;
                    let reason =
                        format!("cannot be read: {error}; named by entry {number} of {}", shown(list));
                    self.lose(shown(&path), reason);
                }
            }
        }
        Ok(())
    }
}

/// Why a file met on a walk is not read; `None` if it is.
fn unfit(relative: &str) -> Option<String> {
    let name = relative.rsplit('/').next().unwrap_or(relative);
    let stem = name.split('.').next().unwrap_or(name).to_ascii_uppercase();
    if stem == "README" || stem == "LICENSE" {
        let what = "taken for a description of the folder, not an article; give it by name or with --glob to read it";
        return Some(what.to_owned());
    }
    if format::by_name(name).is_some() {
        return None;
    }
    let Some((_, extension)) = name.rsplit_once('.') else {
        return Some("has no extension; give it by name or with --glob to read it".to_owned());
    };
    Some(format!(
        "has the extension .{extension}, which is not read in a folder; give it by name or with --glob"
    ))
}

fn place_of(error: &ignore::Error, folder: &Path) -> String {
    match error {
        ignore::Error::WithPath { path, .. } => shown(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            place_of(err, folder)
        }
        _ => shown(folder),
    }
}

#[cfg(unix)]
fn path_from(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_from(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// Whether a folder is an index that this program keeps, by its name.
fn is_index(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "wcx") && path.is_dir()
}
