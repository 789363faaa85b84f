//! Real repositories, made by the git command in folders of their own.

use std::ffi::OsStr;

use expect_test::expect;
use tempfile::TempDir;

use super::*;
use crate::model::Silent;

/// A repository whose working tree is `tree`.
struct Clone {
    _folder: TempDir,
    tree: PathBuf,
}

/// Runs git in `folder`, apart from whatever this machine and a calling hook have set.
#[track_caller]
fn git_in(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"] {
        command.env_remove(name);
    }
    let output = command
        .env("GIT_CONFIG_GLOBAL", if cfg!(windows) { "NUL" } else { "/dev/null" })
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .args([
            "-c",
            "user.name=Test",
            "-c",
            "user.email=test@example.org",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

impl Clone {
    fn empty() -> Clone {
        let folder = tempfile::tempdir().unwrap();
        let tree = folder.path().join("tree");
        fs::create_dir(&tree).unwrap();
        git_in(&tree, &["init", "--quiet"]);
        Clone { _folder: folder, tree }
    }

    /// One whose branch main holds `files`, checked out as the branch work.
    fn of(files: &[(&str, &str)]) -> Clone {
        let clone = Clone::empty();
        clone.write(files);
        clone.commit();
        clone.git(&["branch", "--quiet", "-M", "main"]);
        clone.git(&["checkout", "--quiet", "-b", "work"]);
        clone
    }

    #[track_caller]
    fn git(&self, arguments: &[&str]) -> String {
        git_in(&self.tree, arguments)
    }

    fn write(&self, files: &[(&str, &str)]) {
        for (name, text) in files {
            let path = self.tree.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    #[track_caller]
    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "more"]);
    }

    /// The documents under `paths`, divided.
    fn split_under(&self, paths: &[&str], since: &Since) -> Result<(Corpus, Corpus), Failure> {
        let params = ReadParams::default();
        let inputs =
            Inputs { paths: paths.iter().map(|path| self.tree.join(path)).collect(), files_from: None };
        let corpus = read::read(&inputs, &params, &Silent).unwrap();
        Repository::around(&self.tree)?.split(corpus, since, &params, &Silent)
    }

    fn split(&self, since: &Since) -> Result<(Corpus, Corpus), Failure> {
        self.split_under(&["articles"], since)
    }

    /// Names of the new documents and of the others.
    #[track_caller]
    fn names(&self, since: &Since) -> (Vec<String>, Vec<String>) {
        let names = |corpus: Corpus| corpus.documents.into_iter().map(|document| document.name).collect();
        let (new, rest) = self.split(since).unwrap();
        (names(new), names(rest))
    }

    /// Names of the new documents, and a check that none is lost.
    #[track_caller]
    fn new_names(&self, since: &Since) -> Vec<String> {
        self.names(since).0
    }
}

fn main_branch() -> Since {
    Since::Ref("main".to_owned())
}

/// A text long enough that git takes it for renamed rather than for another one.
fn long(name: &str) -> String {
    (0..60).map(|n| format!("Line {n} of the article about {name}.\n")).collect()
}

/// A line of JSON Lines.
fn record(id: Option<&str>, text: &str) -> String {
    match id {
        Some(id) => serde_json::json!({"id": id, "text": text}).to_string() + "\n",
        None => serde_json::json!({"text": text}).to_string() + "\n",
    }
}

#[test]
fn what_was_added_or_changed_is_new() {
    let clone = Clone::of(&[
        ("articles/changed.txt", "Before."),
        ("articles/gone.txt", "Soon deleted."),
        ("articles/kept.txt", "As it was."),
        ("articles/renamed.txt", &long("bees")),
        ("articles/edited-and-renamed.txt", &long("tides")),
        ("articles/copied.txt", &long("ferries")),
    ]);
    clone.write(&[("articles/added.txt", "New."), ("articles/changed.txt", "After.")]);
    clone.git(&["rm", "--quiet", "articles/gone.txt"]);
    clone.git(&["mv", "articles/renamed.txt", "articles/other-name.txt"]);
    clone.git(&["mv", "articles/edited-and-renamed.txt", "articles/another-name.txt"]);
    clone.write(&[("articles/another-name.txt", &(long("tides") + "One line more.\n"))]);
    clone.write(&[("articles/copy.txt", &long("ferries"))]);
    clone.commit();
    let (new, rest) = clone.names(&main_branch());
    assert_eq!(new, ["added.txt", "another-name.txt", "changed.txt", "copy.txt"]);
    assert_eq!(rest, ["copied.txt", "kept.txt", "other-name.txt"]);
    assert_eq!(clone.new_names(&Since::Staged), [""; 0], "nothing is staged");
}

#[test]
fn the_working_tree_counts_with_a_commit_and_the_index_when_staged() {
    let clone = Clone::of(&[
        ("articles/staged.txt", "Before."),
        ("articles/unstaged.txt", "Before."),
        ("articles/kept.txt", "As it was."),
    ]);
    clone.write(&[("articles/committed.txt", "On the branch.")]);
    clone.commit();
    clone.write(&[
        ("articles/staged.txt", "After."),
        ("articles/staged-new.txt", "New."),
        ("articles/unstaged.txt", "After."),
        ("articles/untracked.txt", "Never added."),
    ]);
    clone.git(&["add", "articles/staged.txt", "articles/staged-new.txt"]);
    assert_eq!(clone.new_names(&Since::Staged), ["staged-new.txt", "staged.txt"]);
    assert_eq!(
        clone.new_names(&main_branch()),
        ["committed.txt", "staged-new.txt", "staged.txt", "unstaged.txt", "untracked.txt"]
    );
    assert_eq!(
        clone.new_names(&Since::Ref("HEAD".to_owned())),
        ["staged-new.txt", "staged.txt", "unstaged.txt", "untracked.txt"]
    );
}

/// The text in the working tree is not the one that will be committed.
#[test]
fn a_file_with_staged_and_unstaged_changes_is_refused() {
    let clone = Clone::of(&[("articles/a.txt", "Before.")]);
    clone.write(&[("articles/a.txt", "Staged.")]);
    clone.git(&["add", "--all"]);
    clone.write(&[("articles/a.txt", "Not staged.")]);
    let failure = clone.split(&Since::Staged).unwrap_err();
    assert!(failure.what.ends_with("a.txt has staged and unstaged changes"), "{}", failure.what);
    assert_eq!(clone.new_names(&main_branch()), ["a.txt"]);
}

#[test]
fn the_first_commit_can_be_checked() {
    let clone = Clone::empty();
    clone.write(&[("articles/a.txt", "New."), ("articles/b.txt", "Not staged.")]);
    clone.git(&["add", "articles/a.txt"]);
    assert_eq!(clone.new_names(&Since::Staged), ["a.txt"]);
    let failure = clone.split(&Since::Ref("HEAD".to_owned())).unwrap_err();
    assert_eq!(failure.what, "--new-from-ref: git knows no commit 'HEAD'");
}

/// What went on at main since the branch left it is no work of the branch.
#[test]
fn the_common_commit_counts_not_the_tip() {
    let clone = Clone::of(&[("articles/a.txt", "Base.")]);
    clone.write(&[("articles/branch.txt", "Of the branch.")]);
    clone.commit();
    clone.git(&["checkout", "--quiet", "main"]);
    clone.write(&[("articles/a.txt", "Changed at main.")]);
    clone.commit();
    clone.git(&["checkout", "--quiet", "work"]);
    assert_eq!(clone.new_names(&main_branch()), ["branch.txt"]);
}

#[test]
fn only_new_records_of_a_file_are_new() {
    let old = [record(Some("a"), "One."), record(Some("b"), "Two."), record(Some("twice"), "Three.")];
    let clone = Clone::of(&[("articles/news.jsonl", &old.concat())]);
    let now = [
        record(Some("first"), "Put before the others."),
        record(Some("b"), "Two."),
        record(Some("a"), "One, corrected."),
        record(Some("twice"), "Three."),
        record(Some("twice"), "Three."),
        record(Some("c"), "Two."),
    ];
    clone.write(&[("articles/news.jsonl", &now.concat())]);
    // The second of two equal records is one more than there was.
    let (new, rest) = clone.names(&main_branch());
    assert_eq!(new, ["a", "c", "first", "twice#2"]);
    assert_eq!(rest, ["b", "twice"]);
    // A file that was renamed and added to is compared with what it was.
    clone.write(&[("articles/news.jsonl", &(old.concat() + &record(Some("d"), "Four.")))]);
    clone.git(&["mv", "articles/news.jsonl", "articles/renamed.jsonl"]);
    clone.git(&["add", "--all"]);
    assert_eq!(clone.new_names(&Since::Staged), ["d"]);
}

/// Records without an id are called after their number, which moves.
#[test]
fn records_without_an_id_are_known_by_their_text() {
    let old: String = ["One.", "Two."].map(|text| record(None, text)).concat();
    let clone =
        Clone::of(&[("articles/news.jsonl", &old), ("articles/table.csv", "text,desk\nOne.,x\nTwo.,y\n")]);
    clone.write(&[
        ("articles/news.jsonl", &(record(None, "Before all.") + &old + &record(None, "One."))),
        ("articles/table.csv", "text,desk\nOne.,x\nNew.,z\nTwo.,y\n"),
    ]);
    assert_eq!(clone.new_names(&main_branch()), ["news.jsonl#0", "news.jsonl#3", "table.csv#1"]);
}

#[test]
fn names_of_any_kind_are_kept_apart() {
    let names = ["with blanks.txt", "ünïcode–停火.txt", "-dash.txt", "quote\"s'.txt"];
    let unix = ["line\nbreak.txt", "tab\tand\u{7f}.txt", ":(glob)*.txt"];
    let names: Vec<&str> =
        names.into_iter().chain(if cfg!(unix) { &unix[..] } else { &[] }.iter().copied()).collect();
    let paths: Vec<String> = names.iter().map(|name| format!("articles/{name}")).collect();
    let files = |text| paths.iter().map(|path| (path.as_str(), text)).collect::<Vec<_>>();
    let clone = Clone::of(&files("Before."));
    assert_eq!(clone.new_names(&main_branch()), [""; 0]);
    clone.write(&files("After."));
    let mut expected = names.clone();
    expected.sort_unstable();
    assert_eq!(clone.new_names(&main_branch()), expected);
    clone.git(&["add", "--all"]);
    assert_eq!(clone.new_names(&Since::Staged), expected);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8_is_found() {
    use std::os::unix::ffi::OsStrExt;
    let clone = Clone::of(&[("articles/kept.txt", "As it was.")]);
    let path = clone.tree.join("articles").join(OsStr::from_bytes(b"caf\xe9.jsonl"));
    fs::write(&path, record(Some("a"), "One.")).unwrap();
    clone.commit();
    assert_eq!(clone.new_names(&main_branch()), ["a"]);
    fs::write(&path, record(Some("a"), "One.") + &record(Some("b"), "Two.")).unwrap();
    assert_eq!(clone.new_names(&Since::Ref("HEAD".to_owned())), ["b"]);
}

/// Paths are those of the given folder, however it is reached.
#[test]
fn what_git_does_not_know_is_new() {
    let clone = Clone::of(&[("articles/deep/a.txt", "As it was."), (".gitignore", "ignored.txt\n")]);
    clone.write(&[("articles/deep/ignored.txt", "Ignored.")]);
    let outside = clone.tree.with_file_name("outside.txt");
    fs::write(&outside, "Elsewhere.").unwrap();
    let mut corpus = Corpus::default();
    for path in [
        "articles/deep/a.txt",
        "articles/../articles/deep/a.txt",
        "articles/deep/ignored.txt",
        "-",
        "",
        "../outside.txt",
    ] {
        let origin = Origin { path: path.to_owned(), ..Default::default() };
        corpus.documents.push(Document { name: path.to_owned(), origin, ..Document::default() });
    }
    let params = ReadParams::default();
    let repository = Repository::around(&clone.tree).unwrap();
    let (new, rest) = repository.split(corpus, &main_branch(), &params, &Silent).unwrap();
    let names = |corpus: &Corpus| corpus.documents.iter().map(|d| d.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&new), ["articles/deep/ignored.txt", "-", "", "../outside.txt"]);
    assert_eq!(names(&rest), ["articles/deep/a.txt", "articles/../articles/deep/a.txt"]);
    // From a folder below the root, too.
    let below = Repository::around(&clone.tree.join("articles")).unwrap();
    let origin = Origin { path: "deep/a.txt".to_owned(), ..Default::default() };
    let corpus = Corpus { documents: vec![Document { origin, ..Document::default() }], ..Corpus::default() };
    assert_eq!(below.split(corpus, &main_branch(), &params, &Silent).unwrap().1.documents.len(), 1);
}

/// A file taken out of git but left in its folder is compared with what git had.
#[test]
fn a_file_that_git_forgot_is_not_new() {
    let clone = Clone::of(&[("articles/a.txt", "As it was."), ("articles/b.txt", "As it was, too.")]);
    clone.git(&["rm", "--quiet", "--cached", "articles/a.txt", "articles/b.txt"]);
    clone.write(&[("articles/b.txt", "Changed.")]);
    assert_eq!(clone.new_names(&main_branch()), ["b.txt"]);
}

#[test]
fn what_could_not_be_read_goes_with_the_new() {
    let clone = Clone::of(&[("articles/a.txt", "As it was.")]);
    clone.write(&[("articles/broken.jsonl", "{\"text\": \"x\"}\n{\n")]);
    let (new, rest) = clone.split(&main_branch()).unwrap();
    assert_eq!((new.skipped.len(), rest.skipped.len()), (1, 0));
}

/// Line ends that a checkout adds are no change.
#[test]
fn the_old_version_is_read_as_a_checkout_would_write_it() {
    let clone = Clone::of(&[
        (".gitattributes", "*.jsonl text eol=crlf\n"),
        ("articles/news.jsonl", &record(Some("a"), "One.").replace('\n', "\r\n")),
    ]);
    let both = record(Some("a"), "One.") + &record(Some("b"), "Two.");
    clone.write(&[("articles/news.jsonl", &both.replace('\n', "\r\n"))]);
    assert_eq!(clone.new_names(&main_branch()), ["b"]);
}

#[test]
fn what_cannot_be_told_is_refused_with_a_remedy() {
    let clone = Clone::of(&[("articles/a.txt", "As it was.")]);
    clone.git(&["checkout", "--quiet", "--orphan", "other"]);
    clone.write(&[("other.txt", "Another history.")]);
    clone.commit();
    clone.git(&["checkout", "--quiet", "work"]);
    let cases = ["nowhere", "--help", "-", "", "main..work", "other", "main:articles", "x\u{1b}[2J"];
    let told = cases.map(|name| {
        let failure = clone.split(&Since::Ref(name.to_owned())).unwrap_err();
        assert_eq!(failure.exit.code(), 2);
        format!("{}\n  {}\n", failure.what, failure.help.unwrap())
    });
    expect![[r#"
        --new-from-ref: git knows no commit 'nowhere'
          fetch it first, as in: git fetch origin; for a shallow clone: git fetch --unshallow (with actions/checkout: fetch-depth: 0; on GitLab: GIT_DEPTH: 0)
        --new-from-ref: '--help' is not the name of a commit
          name a branch, tag or commit, such as origin/main
        --new-from-ref: '-' is not the name of a commit
          name a branch, tag or commit, such as origin/main
        --new-from-ref: '' is not the name of a commit
          name a branch, tag or commit, such as origin/main
        --new-from-ref: git knows no commit 'main..work'
          fetch it first, as in: git fetch origin; for a shallow clone: git fetch --unshallow (with actions/checkout: fetch-depth: 0; on GitLab: GIT_DEPTH: 0)
        --new-from-ref: other and HEAD have no commit in common
          name a branch that this one came from, such as origin/main
        --new-from-ref: git knows no commit 'main:articles'
          fetch it first, as in: git fetch origin; for a shallow clone: git fetch --unshallow (with actions/checkout: fetch-depth: 0; on GitLab: GIT_DEPTH: 0)
        --new-from-ref: git knows no commit 'x�[2J'
          fetch it first, as in: git fetch origin; for a shallow clone: git fetch --unshallow (with actions/checkout: fetch-depth: 0; on GitLab: GIT_DEPTH: 0)
    "#]].assert_eq(&told.concat());
}

#[test]
fn a_shallow_clone_says_how_to_fetch() {
    let origin = Clone::of(&[("articles/a.txt", "Base.")]);
    origin.write(&[("articles/b.txt", "Of the branch.")]);
    origin.commit();
    origin.write(&[("articles/c.txt", "Later.")]);
    origin.commit();
    origin.git(&["checkout", "--quiet", "main"]);
    origin.write(&[("articles/a.txt", "Changed at main.")]);
    origin.commit();
    origin.git(&["checkout", "--quiet", "work"]);
    let folder = tempfile::tempdir().unwrap();
    let url = format!("file://{}", origin.tree.display());
    git_in(folder.path(), &["clone", "--quiet", "--depth", "1", "--no-single-branch", &url, "tree"]);
    let tree = folder.path().join("tree");
    let clone = Clone { tree, _folder: folder };
    let failure = clone.split(&Since::Ref("origin/main".to_owned())).unwrap_err();
    expect![[r#"
        --new-from-ref: this shallow clone does not reach the commit that origin/main and HEAD have in common
        fetch the history: git fetch --unshallow (with actions/checkout: fetch-depth: 0; on GitLab: GIT_DEPTH: 0)
    "#]].assert_eq(&format!("{}\n{}\n", failure.what, failure.help.unwrap()));
    clone.git(&["fetch", "--quiet", "--unshallow"]);
    assert_eq!(clone.new_names(&Since::Ref("origin/main".to_owned())), ["b.txt", "c.txt"]);
}

#[test]
fn a_folder_without_a_repository_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let failure = Repository::around(folder.path()).unwrap_err();
    assert!(failure.what.contains("not a git repository"), "{}", failure.what);
    assert_eq!(failure.exit.code(), 2);
    let missing = not_started(&io::Error::from(io::ErrorKind::NotFound));
    assert_eq!(missing.help.unwrap(), "install git, or leave out --new-from-ref and --staged");
}

#[test]
fn an_answer_of_another_form_is_no_list_of_changes() {
    let object = "1".repeat(40);
    let head = |status: &str| format!(":100644 100644 {object} {object} {status}\0");
    let fine = format!("{}a\0{}old\0new\0{}c\0", head("M"), head("R090"), head("D"));
    let found = changes_in(fine.as_bytes()).unwrap();
    assert_eq!(found.keys().collect::<Vec<_>>(), ["a", "c", "new"]);
    assert!(!found["new"].is_renamed && found["new"].old.is_some());
    assert_eq!(changes_in(b""), Some(Changes::new()));
    for broken in
        [format!("{}\0", head("M")), head("M"), format!("{}old\0", head("R100")), "words\0".to_owned()]
    {
        assert_eq!(changes_in(broken.as_bytes()), None, "{broken:?}");
    }
}

#[test]
fn what_the_reference_holds_is_not_added_twice() {
    let document = |name: &str, path: &str, record| Document {
        name: name.to_owned(),
        origin: Origin { path: path.to_owned(), record, ..Origin::default() },
        ..Document::default()
    };
    let corpus = |documents| Corpus { documents, ..Corpus::default() };
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("x.jsonl"), "").unwrap();
    let mut reference =
        corpus(vec![document("a", &path("a.txt"), None), document("r", &path("x.jsonl"), Some(0))]);
    let rest = vec![
        document("a", &path("other/a.txt"), None),
        document("r", &path("./x.jsonl"), Some(0)),
        document("s", &path("./x.jsonl"), Some(1)),
        document("unchanged/a", &path("b.txt"), None),
    ];
    reference.documents.push(document("new", &path("./new.txt"), None));
    let new = corpus(vec![document("new", &path("new.txt"), None)]);
    fs::write(path("new.txt"), "").unwrap();
    complete(&mut reference, &new, corpus(rest));
    let names: Vec<&str> = reference.documents.iter().map(|document| document.name.as_str()).collect();
    assert_eq!(names, ["a", "r", "s", "unchanged/a", "unchanged/unchanged/a"]);
}
