//! Which documents are new since a commit, or about to be committed: asked of the `git` command.
//!
//! A plain file is new when git's record of it is another than before, or none; a file that was only renamed is not. Of a
//! file of records those are new whose text did not stand in the old version under the same id, a record without an id
//! under any: both versions pass the same reader. What git does not know, such as standard input or a file that was
//! never added, is new.
//!
//! The `git` command is used, not a library: it is there wherever there is a repository, and it alone follows every
//! setting of that repository (filters, line ends, sparse and partial clones). It is called with vectors of arguments,
//! answers divided by NUL bytes, and never through a shell. Cost: one comparison of trees by git, which looks at the
//! content of changed files only; each changed file of records is read twice more.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use sha2::{Digest, Sha256};

use crate::cli::exit::Failure;
use crate::cli::terminal::{printable, show_path};
use crate::model::{Corpus, Document, Observer, Origin};
use crate::read::{self, Inputs, ReadParams};

/// What is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// What the working tree has and the last commit that this branch has in common with a branch, tag or commit does
    /// not: committed since, or not yet.
    Ref(String),
    /// What is staged for the next commit.
    Staged,
}

/// Makes of `reference` what the documents of `new` are compared with: it loses them, by whatever path they were read,
/// and gets those of `rest` that it does not hold already. One whose name is taken gets another.
pub fn complete(reference: &mut Corpus, new: &Corpus, rest: Corpus) {
    let mut files: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut place = |document: &Document| {
        let Origin { path, record, .. } = &document.origin;
        let real = || fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path));
        (files.entry(path.clone()).or_insert_with(real).clone(), *record)
    };
    let mut held: BTreeSet<(PathBuf, Option<u32>)> = new.documents.iter().map(&mut place).collect();
    reference.documents.retain(|document| held.insert(place(document)));
    let mut names: BTreeSet<String> = reference.documents.iter().map(|d| d.name.clone()).collect();
    for mut document in rest.documents {
        if held.contains(&place(&document)) {
            continue;
        }
        while !names.insert(document.name.clone()) {
            document.name.insert_str(0, "unchanged/");
        }
        reference.documents.push(document);
    }
    reference.documents.sort_by(|a, b| a.name.cmp(&b.name));
}

/// The repository that a folder lies in.
#[derive(Clone, Debug)]
pub struct Repository {
    /// Where relative paths of documents start.
    folder: PathBuf,
    /// The root of its working tree, without symbolic links.
    root: PathBuf,
}

/// A file that differs from what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    /// Its path below the root, as git has it.
    path: PathBuf,
    /// The object that held it before; `None` if it was no file.
    old: Option<String>,
    /// Whether only its name differs.
    is_renamed: bool,
}

/// Changed files, by path below the root as [`name_of`] writes it.
type Changes = BTreeMap<String, Change>;

/// Which documents of one file are new.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    All,
    None,
    /// Those with these numbers; `None` stands for a file that is one document.
    Some(BTreeSet<Option<u32>>),
}

impl Verdict {
    fn is_new(&self, document: &Document) -> bool {
        match self {
            Verdict::All => true,
            Verdict::None => false,
            Verdict::Some(records) => records.contains(&document.origin.record),
        }
    }
}

impl Repository {
    /// The repository that `folder` lies in; relative paths of documents start there.
    ///
    /// # Errors
    ///
    /// There is none, or no git.
    pub fn around(folder: &Path) -> Result<Repository, Failure> {
        let mut found = Repository { folder: folder.to_owned(), root: folder.to_owned() };
        let root = found.ask(["rev-parse", "--show-toplevel"])?.map_err(|said| {
            Failure::new(format!("only git can tell which documents are new, and it says: {said}")).help(
                "run this inside a clone, or leave out --new-from-ref and --staged to check every document",
            )
        })?;
        let root = path_from(root.strip_suffix(b"\n").unwrap_or(&root));
        found.root = fs::canonicalize(&root).unwrap_or(root);
        Ok(found)
    }

    /// Divides `corpus` into the documents that are new and those that are not, each in order of name. What could not
    /// be read, and every remark, goes with the new ones. `params` are those that `corpus` was read with.
    ///
    /// # Errors
    ///
    /// An unknown commit, history that is not there, an old version that cannot be read, a file with staged and unstaged
    /// changes, or the observer's wish to stop.
    pub fn split(
        &self,
        corpus: Corpus,
        since: &Since,
        params: &ReadParams,
        observer: &dyn Observer,
    ) -> Result<(Corpus, Corpus), Failure> {
        let state = State::of(self, since)?;
        let reading = Versions { repository: self, params: &without_tables(params), observer };
        let mut places = Places { repository: self, folders: BTreeMap::new() };
        let mut verdicts: BTreeMap<String, Verdict> = BTreeMap::new();
        let Corpus { documents, skipped, warnings } = corpus;
        let (mut new, mut rest) = (Corpus { skipped, warnings, ..Corpus::default() }, Corpus::default());
        for document in documents {
            let path = &document.origin.path;
            if !verdicts.contains_key(path) {
                let verdict = state.judge(path, places.of(path), &reading)?;
                verdicts.insert(path.clone(), verdict);
            }
            let side = if verdicts[path].is_new(&document) { &mut new } else { &mut rest };
            side.documents.push(document);
        }
        Ok((new, rest))
    }

    /// The last commit that `name` and the current branch have in common.
    fn base(&self, name: &str) -> Result<String, Failure> {
        let shown = printable(name);
        if name.is_empty() || name.starts_with('-') {
            return Err(Failure::new(format!("--new-from-ref: '{shown}' is not the name of a commit"))
                .help("name a branch, tag or commit, such as origin/main"));
        }
        let commit = self.ask(["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])?;
        let commit = commit.map_err(|_| {
            let failure = Failure::new(format!("--new-from-ref: git knows no commit '{shown}'"));
            failure.help(format!("fetch it first, as in: git fetch origin; for a shallow clone: {UNSHALLOW}"))
        })?;
        let base = self.ask(["merge-base", line(&commit).as_ref(), "HEAD"])?;
        base.map(|base| line(&base).into_owned()).map_err(|_| {
            let is_shallow = matches!(
                self.ask(["rev-parse", "--is-shallow-repository"]),
                Ok(Ok(answer)) if line(&answer) == "true"
            );
            match is_shallow {
                true => Failure::new(format!(
                    "--new-from-ref: this shallow clone does not reach the commit that {shown} and HEAD have in common"
                ))
                .help(format!("fetch the history: {UNSHALLOW}")),
                false => Failure::new(format!("--new-from-ref: {shown} and HEAD have no commit in common"))
                    .help("name a branch that this one came from, such as origin/main"),
            }
        })
    }

    /// What `git diff` lists for `what`: a commit against the working tree, `--cached` for the last commit against what
    /// is staged, nothing for what is staged against the working tree.
    fn changes(&self, what: &[&str]) -> Result<Changes, Failure> {
        let mut arguments = vec!["diff", "--raw", "-z", "--no-abbrev", "--find-renames", "--no-relative"];
        arguments.extend(["--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all"]);
        arguments.extend(what);
        arguments.push("--");
        let listed = self.ask(arguments)?.map_err(|said| refused("cannot list the changed files", &said))?;
        changes_in(&listed)
            .ok_or_else(|| refused("cannot list the changed files", "an answer of another form"))
    }

    /// The files that git tracks.
    fn tracked(&self) -> Result<BTreeSet<String>, Failure> {
        let listed = self.ask(["ls-files", "-z", "--full-name"])?;
        let listed = listed.map_err(|said| refused("cannot list the tracked files", &said))?;
        let paths = listed.split(|&byte| byte == 0).filter(|path| !path.is_empty());
        Ok(paths.map(|path| name_of(&path_from(path))).collect())
    }

    /// What git answers on standard output, or the first line of what it says when it refuses.
    fn ask<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
    ) -> Result<Result<Vec<u8>, String>, Failure> {
        let output = self.git().args(arguments).output().map_err(|error| not_started(&error))?;
        Ok(answer(output))
    }

    /// The git command at the root, which takes no lock, asks nothing and runs no hook of the repository.
    fn git(&self) -> Command {
        let mut command = Command::new("git");
        command.current_dir(&self.root).stdin(Stdio::null());
        command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
        command.args(["--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false"]);
        #[cfg(test)]
        for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX"] {
            // A test that a hook starts is about its own repository.
            command.env_remove(name);
        }
        command
    }
}

/// How to get the history that a shallow clone lacks.
const UNSHALLOW: &str =
    "git fetch --unshallow (with actions/checkout: fetch-depth: 0; on GitLab: GIT_DEPTH: 0)";

/// What git knows about the files of the working tree.
struct State<'s> {
    since: &'s Since,
    changes: Changes,
    tracked: BTreeSet<String>,
    /// Files that differ from what is staged, where that is asked for.
    unstaged: Changes,
}

impl State<'_> {
    fn of<'s>(repository: &Repository, since: &'s Since) -> Result<State<'s>, Failure> {
        let (changes, unstaged) = match since {
            Since::Ref(name) => (repository.changes(&[&repository.base(name)?])?, Changes::new()),
            Since::Staged => (repository.changes(&["--cached"])?, repository.changes(&[])?),
        };
        Ok(State { since, changes, tracked: repository.tracked()?, unstaged })
    }

    /// Which documents of the file at `path` are new; `place` is its path below the root.
    fn judge(&self, path: &str, place: Option<String>, reading: &Versions<'_>) -> Result<Verdict, Failure> {
        let Some(place) = place else { return Ok(Verdict::All) };
        let staged = *self.since == Since::Staged;
        let Some(change) = self.changes.get(&place) else {
            // What is not staged is no part of the next commit.
            let is_old = staged || self.tracked.contains(&place);
            return Ok(if is_old { Verdict::None } else { Verdict::All });
        };
        if staged && self.unstaged.contains_key(&place) {
            return Err(Failure::new(format!("{} has staged and unstaged changes", printable(path))).help(
                "stage the rest (git add) or put it aside (git stash push --keep-index), then check again",
            ));
        }
        match (&change.old, change.is_renamed) {
            (None, _) => Ok(Verdict::All),
            (Some(_), true) => Ok(Verdict::None),
            (Some(old), false) => reading.compare(change, old),
        }
    }
}

/// Reads a file as it is and as it was.
struct Versions<'a> {
    repository: &'a Repository,
    params: &'a ReadParams,
    observer: &'a dyn Observer,
}

/// What makes a document the same as before: its id, unless it has none of its own, and its text.
type Identity = (Option<String>, [u8; 32]);

impl Versions<'_> {
    /// The documents of a changed file that its old version does not hold as often.
    fn compare(&self, change: &Change, old: &str) -> Result<Verdict, Failure> {
        let mut left: BTreeMap<Identity, usize> = BTreeMap::new();
        for document in self.old(change, old)?.documents {
            *left.entry(identity(&document, &change.path)).or_default() += 1;
        }
        let now = self.read(&self.repository.root.join(&change.path))?;
        let mut documents = now.documents;
        documents.sort_by_key(|document| document.origin.record);
        let is_new = |document: &Document| match left.get_mut(&identity(document, &change.path)) {
            Some(n) if *n > 0 => {
                *n -= 1;
                None
            }
            _ => Some(document.origin.record),
        };
        Ok(Verdict::Some(documents.iter().filter_map(is_new).collect()))
    }

    /// The documents of the old version, read from a file of the same name.
    fn old(&self, change: &Change, object: &str) -> Result<Corpus, Failure> {
        let what = format!("cannot read the old version of {}", show_path(&change.path));
        let full = |error: io::Error| {
            Failure::new(format!("{what}: {error}"))
                .help("check the free space in the folder for temporary files")
        };
        let folder = tempfile::tempdir().map_err(full)?;
        let path = folder.path().join(change.path.file_name().unwrap_or_default());
        let file = File::create_new(&path).map_err(full)?;
        // As a checkout would write it: line ends and filters of the repository apply.
        let mut place = OsString::from("--path=");
        place.push(&change.path);
        let mut command = self.repository.git();
        command.args(["cat-file", "--filters"]).arg(place).arg(object).stdout(file).stderr(Stdio::piped());
        let child = command.spawn().map_err(|error| not_started(&error))?;
        let output = child.wait_with_output().map_err(|error| not_started(&error))?;
        answer(output).map_err(|said| refused(&what, &said))?;
        self.read(&path)
    }

    fn read(&self, path: &Path) -> Result<Corpus, Failure> {
        let inputs = Inputs { paths: vec![path.to_owned()], files_from: None };
        read::read(&inputs, self.params, self.observer).map_err(|error| Failure::from_error(&error))
    }
}

/// The parameters for one file alone, about which only ids and texts are asked.
fn without_tables(params: &ReadParams) -> ReadParams {
    ReadParams { meta: None, globs: Vec::new(), ..params.clone() }
}

/// A record without an id is called after its number, which moves when another is put before it.
fn identity(document: &Document, path: &Path) -> Identity {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let is_numbered =
        document.origin.record.is_some_and(|record| document.name == format!("{file}#{record}"));
    let id = (!is_numbered).then(|| document.name.clone());
    (id, Sha256::digest(document.text.as_bytes()).into())
}

/// Where documents lie in the repository.
struct Places<'a> {
    repository: &'a Repository,
    /// Folders without symbolic links, by folder as given.
    folders: BTreeMap<PathBuf, Option<PathBuf>>,
}

impl Places<'_> {
    /// The path below the root of a document's file; `None` for standard input and what lies elsewhere.
    fn of(&mut self, path: &str) -> Option<String> {
        if path.is_empty() || path == "-" {
            return None;
        }
        let whole = self.repository.folder.join(path);
        let is_link = fs::symlink_metadata(&whole).is_ok_and(|facts| facts.is_symlink());
        let whole = match is_link {
            true => fs::canonicalize(&whole).ok()?,
            false => {
                let (folder, name) = (whole.parent()?.to_owned(), whole.file_name()?);
                let real =
                    self.folders.entry(folder).or_insert_with_key(|folder| fs::canonicalize(folder).ok());
                real.as_ref()?.join(name)
            }
        };
        Some(name_of(whole.strip_prefix(&self.repository.root).ok()?))
    }
}

/// A path below the root as text: `/` between its parts, broken bytes replaced, as the reader writes it.
fn name_of(path: &Path) -> String {
    path.iter().map(OsStr::to_string_lossy).collect::<Vec<_>>().join("/")
}

/// Reads `:MODE MODE OBJECT OBJECT STATUS NUL PATH NUL`, with a second path where the file was renamed; `None` for
/// anything else.
fn changes_in(listed: &[u8]) -> Option<Changes> {
    let mut changes = Changes::new();
    let mut parts = listed.split(|&byte| byte == 0);
    while let Some(head) = parts.next().filter(|head| !head.is_empty()) {
        let head = std::str::from_utf8(head).ok()?.strip_prefix(':')?;
        let mut fields = head.split(' ');
        let (mode, object) = (fields.next()?, fields.nth(1)?);
        let status = fields.nth(1)?;
        let mut path = parts.next().filter(|path| !path.is_empty())?;
        if status.starts_with(['R', 'C']) {
            path = parts.next().filter(|path| !path.is_empty())?;
        }
        let path = path_from(path);
        // A link, a submodule, and a file that both sides of a merge changed have no old text.
        let is_file = mode.starts_with("100") && object.bytes().any(|digit| digit != b'0');
        let old = (is_file && !status.starts_with('C')).then(|| object.to_owned());
        let change = Change { is_renamed: status == "R100", old, path };
        changes.insert(name_of(&change.path), change);
    }
    Some(changes)
}

/// Standard output of a command that went well, else the first line of what it says.
fn answer(output: Output) -> Result<Vec<u8>, String> {
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("nothing");
    Err(printable(first.trim_start_matches("fatal: ").trim_start_matches("error: ")))
}

/// The first line of an answer.
fn line(answer: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(answer.split(|&byte| byte == b'\n').next().unwrap_or_default())
}

fn not_started(error: &io::Error) -> Failure {
    let help = match error.kind() {
        io::ErrorKind::NotFound => "install git, or leave out --new-from-ref and --staged",
        _ => "check that git can be run",
    };
    Failure::new(format!("cannot run git: {error}")).help(help)
}

fn refused(what: &str, said: &str) -> Failure {
    Failure::new(format!("{what}: git says {said}")).help("check the repository with: git status")
}

#[cfg(unix)]
fn path_from(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_from(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
#[path = "changes_tests.rs"]
mod tests;
