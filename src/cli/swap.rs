//! Files that go into a folder together, or not at all, while what else is in it stays.
//!
//! A folder of tables is used by people and programs, so it is not replaced: its files are. Old ones are moved aside and stay there until
//! all new ones stand; whatever fails brings them back. A program that is killed in these milliseconds leaves both, the old ones
//! in the folder `.NAME.PID.old` beside it, and no codebook, which is the first to go and the last to come.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The names in a folder, sorted.
///
/// # Errors
///
/// The file system refuses.
pub(super) fn names_in(folder: &Path) -> io::Result<Vec<OsString>> {
    let mut names: Vec<OsString> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<_>>()?;
    names.sort_unstable();
    Ok(names)
}

/// Moves the files of the folder `from` to the folder `to` in place of those of the same names and of the `stale` ones; the one
/// named `last` is the last to come. `aside` is a name for a folder that holds the old ones meanwhile.
///
/// # Errors
///
/// A folder has the name of a file, or the file system refuses; all is then as it was.
pub(super) fn swap(
    from: &Path,
    to: &Path,
    stale: &[OsString],
    (aside, last): (&Path, &OsStr),
) -> io::Result<()> {
    let mut names = names_in(from)?;
    names.sort_by_key(|name| name == last);
    if let Some(name) = names.iter().find(|name| to.join(name).is_dir()) {
        let name = name.to_string_lossy();
        return Err(io::Error::other(format!("{name} in it is a folder, where a file has to go")));
    }
    let is_there = |name: &&OsString| to.join(name).symlink_metadata().is_ok();
    let old = names.iter().rev().chain(stale.iter().filter(|name| !names.contains(name))).filter(is_there);
    let away = old.map(|name| (to.join(name), aside.join(name)));
    let moves: Vec<(PathBuf, PathBuf)> =
        away.chain(names.iter().map(|name| (from.join(name), to.join(name)))).collect();
    fs::create_dir(aside)?;
    let mut done: Vec<&(PathBuf, PathBuf)> = Vec::new();
    let moved = moves.iter().try_for_each(|it| {
        fs::rename(&it.0, &it.1)?;
        done.push(it);
        Ok(())
    });
    match moved {
        Ok(()) => fs::remove_dir_all(aside),
        Err(error) => {
            let back = done.iter().rev().try_for_each(|(from, to)| fs::rename(to, from));
            match back.and_then(|()| fs::remove_dir(aside)) {
                Ok(()) => Err(error),
                Err(_) => Err(io::Error::other(format!("{error}; what was there is in {}", aside.display()))),
            }
        }
    }
}

/// The files in `folder` that hold blocks of an earlier report of ours, and are not among `new`.
///
/// # Errors
///
/// The file system refuses.
pub(super) fn old_blocks(folder: &Path, new: &[OsString]) -> io::Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for name in
        names_in(folder)?.into_iter().filter(|name| !new.contains(name) && is_named_like_a_block(name))
    {
        let path = folder.join(name);
        let mut beginning = Vec::new();
        if path.is_file() {
            fs::File::open(&path)?.take(BLOCK.len() as u64).read_to_end(&mut beginning)?;
        }
        if beginning == BLOCK {
            found.push(path);
        }
    }
    Ok(found)
}

/// What every file of a block begins with.
const BLOCK: &[u8] = b"wirecopyBlock(\"";

fn is_named_like_a_block(name: &OsStr) -> bool {
    let Some(name) = name.to_str().and_then(|name| name.strip_suffix(".js")) else { return false };
    let rest = name.strip_prefix("texts-").or_else(|| name.strip_prefix("diffs-"));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names and contents of a folder.
    fn shown(folder: &Path) -> String {
        let names = names_in(folder).unwrap();
        let one = |name: &OsString| {
            let content = fs::read_to_string(folder.join(name)).unwrap_or_else(|_| "folder".to_owned());
            format!("{}={content}", name.to_string_lossy())
        };
        names.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn all_files_are_swapped_or_none() {
        let base = tempfile::tempdir().unwrap();
        let [from, to, aside] = ["new", "t", ".t.old"].map(|name| base.path().join(name));
        let put = |folder: &Path, names: &[&str], content: &str| {
            fs::create_dir_all(folder).unwrap();
            names.iter().for_each(|name| fs::write(folder.join(name), content).unwrap());
        };
        put(&to, &["a.csv", "book", "notes"], "old");
        put(&from, &["a.csv", "b.csv", "book"], "new");
        fs::create_dir(to.join("b.csv")).unwrap();
        let before = shown(&to);
        let swapped = || swap(&from, &to, &["notes".into(), "gone".into()], (&aside, OsStr::new("book")));
        assert_eq!(swapped().unwrap_err().to_string(), "b.csv in it is a folder, where a file has to go");
        assert_eq!(shown(&to), before);
        // A name that cannot be moved once some were: another file took its place aside.
        fs::remove_dir(to.join("b.csv")).unwrap();
        let before = shown(&to);
        put(&aside, &[], "");
        assert!(swapped().is_err());
        assert_eq!(shown(&to), before);
        fs::remove_dir(&aside).unwrap();
        swapped().unwrap();
        assert_eq!(shown(&to), "a.csv=new b.csv=new book=new");
        assert_eq!(shown(base.path()), "new=folder t=folder");
    }

    #[test]
    fn a_failure_in_the_middle_brings_the_old_files_back() {
        let base = tempfile::tempdir().unwrap();
        let [from, to, aside] = ["new", "t", ".t.old"].map(|name| base.path().join(name));
        fs::create_dir(&from).unwrap();
        fs::create_dir_all(to.join("sub")).unwrap();
        for (folder, name, content) in [
            (&to, "a", "old"),
            (&to, "b", "old"),
            (&to, "sub/x", "old"),
            (&from, "a", "new"),
            (&from, "b", "new"),
        ] {
            fs::write(folder.join(name), content).unwrap();
        }
        let (before, new) = (shown(&to), shown(&from));
        // There is no folder of that name to move it to, by when a and b have moved.
        let swapped = swap(&from, &to, &["sub/x".into()], (&aside, OsStr::new("")));
        assert_eq!(swapped.unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!((shown(&to), shown(&from)), (before, new));
        assert!(to.join("sub/x").exists() && !aside.exists());
    }

    #[test]
    fn blocks_of_ours_are_told_from_other_scripts() {
        let base = tempfile::tempdir().unwrap();
        for (name, content) in [
            ("texts-0.js", "wirecopyBlock(\"texts-0\",\"\");\n"),
            ("texts-1-0123456789abcdef.js", "wirecopyBlock(\"texts-1\",\"\");\n"),
            ("diffs-0.js", "wirecopyBlock(\"diffs-0\",\"\");\n"),
            ("texts-2.js", "alert(1)"),
            ("notes.js", "wirecopyBlock(\"notes\",\"\");\n"),
        ] {
            fs::write(base.path().join(name), content).unwrap();
        }
        let found = old_blocks(base.path(), &["diffs-0.js".into()]).unwrap();
        let names: Vec<_> = found.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["texts-0.js", "texts-1-0123456789abcdef.js"]);
        assert!(old_blocks(&base.path().join("none"), &[]).unwrap().is_empty());
    }
}
