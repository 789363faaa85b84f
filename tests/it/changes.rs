//! `wirecopy check` on what is new according to git, from outside.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::cli::Ran;

/// A statement of our own, longer than the runs that are allowed.
const STATEMENT: &str = "The harbour authority of Port Lindwall announced on Tuesday evening that all nine northern \
    berths will stay closed until the damaged breakwater has been surveyed by divers. Ferries to the outer islands \
    leave from the fish market instead, and passengers holding tickets may travel on any later sailing without \
    paying a surcharge, the statement said. Cargo is sent on by rail from the southern quay, where two cranes were \
    put back to work after the storm of last November had torn off their cabins.";

/// The git command or the program in `folder`, apart from what this machine and a calling hook have set.
pub(crate) fn apart(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let shown = name.to_string_lossy();
        if ["WIRECOPY_", "GIT_", "GITHUB_"].iter().any(|prefix| shown.starts_with(prefix)) {
            command.env_remove(name);
        }
    }
    for name in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM"] {
        command.env_remove(name);
    }
    for (role, name) in [("GIT_AUTHOR", "Test"), ("GIT_COMMITTER", "Test")] {
        command.env(format!("{role}_NAME"), name).env(format!("{role}_EMAIL"), "test@example.org");
    }
    let nothing = if cfg!(windows) { "NUL" } else { "/dev/null" };
    command.env("GIT_CONFIG_GLOBAL", nothing).env("GIT_CONFIG_NOSYSTEM", "1").env("COLUMNS", "100");
    command.current_dir(folder);
    command
}

#[track_caller]
pub(crate) fn git(folder: &Path, arguments: &[&str]) {
    let Output { status, stderr, .. } = apart("git", folder).args(arguments).output().unwrap();
    assert!(status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&stderr));
}

fn check(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = apart(env!("CARGO_BIN_EXE_wirecopy"), folder);
    command.arg("check").args(arguments).output().unwrap().into()
}

/// A repository whose branch main holds an article.
fn archive() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    fs::create_dir(folder.path().join("articles")).unwrap();
    fs::write(folder.path().join("articles/old.txt"), format!("Our own words first. {STATEMENT}")).unwrap();
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message", "archive"]);
    git(folder.path(), &["checkout", "--quiet", "-b", "work"]);
    folder
}

#[test]
fn what_a_branch_adds_is_compared_with_the_rest() {
    let folder = archive();
    let path = folder.path();
    // A branch that adds nothing is fine, and needs no other reference.
    let ran = check(path, &["articles", "--new-from-ref", "main"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stdout);
    assert!(ran.stdout.starts_with("checked 0 new articles against 1:"), "{}", ran.stdout);
    fs::write(path.join("articles/new.txt"), STATEMENT).unwrap();
    let ran = check(path, &["articles", "--new-from-ref", "main"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
    assert!(ran.stdout.contains("--> articles/new.txt:1"), "{}", ran.stdout);
    assert!(ran.stdout.contains("checked 1 new article against 1:"), "{}", ran.stdout);
    // It is not staged; then it is.
    assert_eq!(check(path, &["articles", "--staged"]).code, Some(0));
    git(path, &["add", "articles/new.txt"]);
    assert_eq!(check(path, &["articles", "--staged"]).code, Some(1));
    // New ones are compared with each other, too.
    let folder = archive();
    for name in ["one.txt", "two.txt"] {
        let text = STATEMENT.replace("Port Lindwall", "Lower Sandoe").replace("Tuesday", "Friday");
        fs::write(folder.path().join("articles").join(name), text).unwrap();
    }
    fs::remove_file(folder.path().join("articles/old.txt")).unwrap();
    let ran = check(folder.path(), &["articles", "--new-from-ref", "main"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
    assert!(ran.stdout.contains("checked 2 new articles against 0:"), "{}", ran.stdout);
}

/// What the reference holds by another path is not compared twice, nor with itself.
#[test]
fn a_reference_may_hold_the_given_paths() {
    let folder = archive();
    let path = folder.path();
    fs::write(path.join("articles/new.txt"), STATEMENT).unwrap();
    for against in ["articles", "./articles", "articles/old.txt"] {
        let ran = check(path, &["articles", "--against", against, "--new-from-ref", "main"]);
        assert_eq!(ran.code, Some(1), "{}", ran.stdout);
        assert!(ran.stdout.contains("checked 1 new article against 1:"), "{against}: {}", ran.stdout);
    }
}

#[test]
fn what_git_cannot_tell_is_no_pass() {
    let folder = archive();
    let plain = tempfile::tempdir().unwrap();
    fs::write(plain.path().join("a.txt"), STATEMENT).unwrap();
    let cases: [(&Path, &[&str]); 5] = [
        (folder.path(), &["articles", "--new-from-ref", "nowhere"]),
        (folder.path(), &["articles", "--new-from-ref=--output=x"]),
        (folder.path(), &["articles", "--new-from-ref", "main", "--staged"]),
        (folder.path(), &["articles"]),
        (plain.path(), &["a.txt", "--staged"]),
    ];
    for (folder, arguments) in cases {
        let ran = check(folder, arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.stderr.contains("\nhelp: "), "{arguments:?}: {}", ran.stderr);
    }
}
