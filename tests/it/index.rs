//! `index`, `info` and `--against` an index from outside: its life, two writers, readers beside a writer, and writers that are
//! killed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Numbers without a pattern, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn words(&mut self, n: usize) -> String {
        let syllables = ["ka", "lo", "mer", "vin", "tor", "sel", "bra", "du", "fen", "gor", "hul", "jas"];
        let mut word = || (0..4).map(|_| syllables[self.below(12) as usize]).collect::<String>();
        (0..n).map(|_| word()).collect::<Vec<_>>().join(" ")
    }
}

/// An article with one of six statements, and words of its own; `version` changes these.
fn article(number: u64, version: u64) -> String {
    let statement = Dice(number % 6).words(40);
    let mut own = Dice(1_000 + number + 10_000 * version);
    format!("{} {statement} {}", own.words(20), own.words(20))
}

/// A file of the articles with these numbers and versions.
fn write_articles(path: &Path, articles: impl IntoIterator<Item = (u64, u64)>) {
    let mut lines = String::new();
    for (number, version) in articles {
        let text = article(number, version);
        writeln!(lines, "{{\"id\": \"d{number}\", \"text\": \"{text}\"}}").unwrap();
    }
    fs::write(path, lines).unwrap();
}

/// A folder with `all.jsonl`, some articles, and `new.jsonl`, two more.
fn folder(n: u64) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::create_dir(folder.path().join("tmp")).unwrap();
    write_articles(&folder.path().join("all.jsonl"), (0..n).map(|it| (it, 0)));
    write_articles(&folder.path().join("new.jsonl"), [(9_000, 0), (9_001, 0)]);
    folder
}

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("WIRECOPY_") {
            command.env_remove(name);
        }
    }
    command.env("TMPDIR", folder.join("tmp")).current_dir(folder).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    program(folder.path(), arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Standard output of a command that must work.
#[track_caller]
fn told(folder: &TempDir, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// What a command that must be refused says.
#[track_caller]
fn refused(folder: &TempDir, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let said = said(&output);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}: {said}");
    said
}

const ASK: [&str; 6] = ["compare", "new.jsonl", "--against", "x.wcx", "--format", "jsonl"];

/// The pairs and passages that the new articles have with the index: rows without the facts of the run.
#[track_caller]
fn found(folder: &TempDir) -> BTreeSet<String> {
    rows(&told(folder, &ASK))
}

fn rows(text: &str) -> BTreeSet<String> {
    let kinds = ["{\"type\":\"pair\"", "{\"type\":\"passage\""];
    text.lines().filter(|line| kinds.iter().any(|kind| line.starts_with(kind))).map(str::to_owned).collect()
}

/// The files of the index but for the lock.
fn files(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path().join("x.wcx")).unwrap();
    let mut names: Vec<String> = entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != "lock");
    names.sort_unstable();
    names
}

/// The files that the manifest names, and itself.
fn named_files(folder: &TempDir) -> Vec<String> {
    let text = fs::read_to_string(folder.path().join("x.wcx/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut names = vec!["manifest.json".to_owned()];
    for segment in manifest["index"]["segments"].as_array().unwrap() {
        names.push(segment["file"].as_str().unwrap().to_owned());
        names.extend(segment["removed"]["file"].as_str().map(str::to_owned));
    }
    names.sort_unstable();
    names
}

#[test]
fn an_index_grows_and_is_asked() {
    let folder = folder(12);
    let index = |more: &[&str]| told(&folder, &[&["index", "all.jsonl", "-o", "x.wcx"], more].concat());
    assert_eq!(index(&[]), "x.wcx: 12 articles (12 added, 0 replaced, 0 unchanged, 0 removed)\n");
    assert_eq!(index(&[]), "x.wcx: 12 articles (0 added, 0 replaced, 12 unchanged, 0 removed)\n");
    let by_files = told(&folder, &["compare", "new.jsonl", "--against", "all.jsonl", "--format", "jsonl"]);
    assert!(rows(&by_files).len() >= 8, "{by_files}");
    assert_eq!(found(&folder), rows(&by_files));
    // Two are changed, one is gone, one is new.
    let articles = (0..11).chain([12]).map(|it| (it, u64::from(it < 2)));
    write_articles(&folder.path().join("all.jsonl"), articles);
    assert_eq!(index(&[]), "x.wcx: 13 articles (1 added, 2 replaced, 9 unchanged, 0 removed)\n");
    assert_eq!(index(&["--prune"]), "x.wcx: 12 articles (0 added, 0 replaced, 12 unchanged, 1 removed)\n");
    let by_files = told(&folder, &["compare", "new.jsonl", "--against", "all.jsonl", "--format", "jsonl"]);
    assert_eq!(found(&folder), rows(&by_files));
    let info: serde_json::Value =
        serde_json::from_str(&told(&folder, &["info", "x.wcx", "--verify", "--format", "json"])).unwrap();
    assert_eq!((&info["documents"], &info["has_text"]), (&12.into(), &true.into()), "{info}");
    assert!(info["verified_blocks"].as_u64().unwrap() > 10, "{info}");
    assert!(told(&folder, &["info", "x.wcx"]).contains("documents  12"));
    let check = run(&folder, &["check", "new.jsonl", "--against", "x.wcx"]);
    let by_files = run(&folder, &["check", "new.jsonl", "--against", "all.jsonl"]);
    assert_eq!(check.status.code(), by_files.status.code(), "{}", said(&check));
    assert_eq!(check.status.code(), Some(1), "{}", said(&check));
}

#[test]
fn what_cannot_be_done_is_refused_with_a_remedy() {
    let folder = folder(6);
    let cases: [(&[&str], &[&str]); 4] = [
        (&["index", "all.jsonl", "-o", "x"], &["an index is called NAME.wcx", "write -o x.wcx"]),
        (&["index", "all.jsonl", "-o", "x.wcx", "--statistics", "corpus"], &["--statistics"]),
        (&["info", "none.wcx"], &["there is no index at none.wcx", "wirecopy index PATH... -o none.wcx"]),
        (&["compare", "new.jsonl", "--against", "none.wcx"], &["there is no index at none.wcx"]),
    ];
    for (arguments, parts) in cases {
        let said = refused(&folder, arguments);
        assert!(parts.iter().all(|part| said.contains(part)), "{arguments:?}: {said}");
    }
    assert!(!folder.path().join("x").exists() && !folder.path().join("none.wcx").exists());
    told(&folder, &["index", "all.jsonl", "-o", "x.wcx"]);
    let before = files(&folder);
    for arguments in
        [&["index", "all.jsonl", "-o", "x.wcx"][..], &["compare", "new.jsonl", "--against", "x.wcx"]]
    {
        let said = refused(&folder, &[arguments, &["--profile", "ocr"]].concat());
        assert!(said.contains("profile = news, and now profile = ocr is asked for"), "{said}");
        assert!(said.contains("build it anew"), "{said}");
    }
    let said = refused(&folder, &["index", "all.jsonl", "-o", "x.wcx", "--no-text"]);
    assert!(said.contains("holds texts") && said.contains("leave out --no-text"), "{said}");
    // An index named as an input, and one inside a folder that is read.
    let output = run(&folder, &["compare", "x.wcx"]);
    assert!(said_of(&output).contains("name it after --against"), "{}", said_of(&output));
    assert_ne!(output.status.code(), Some(0));
    let whole = told(&folder, &["compare", ".", "--format", "jsonl"]);
    assert!(!whole.contains("manifest.json") && !whole.contains(".segment"));
    // Other things with the name of an index are left alone.
    fs::create_dir(folder.path().join("y.wcx")).unwrap();
    fs::write(folder.path().join("y.wcx/diary.txt"), "dear diary").unwrap();
    fs::write(folder.path().join("z.wcx"), "a file").unwrap();
    for name in ["y.wcx", "z.wcx"] {
        let said = refused(&folder, &["index", "all.jsonl", "-o", name]);
        assert!(said.contains(&format!("{name} is no index")), "{said}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("y.wcx/diary.txt")).unwrap(), "dear diary");
    assert_eq!(files(&folder), before);
}

fn said_of(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

#[test]
fn a_damaged_index_is_told_by_file() {
    let folder = folder(6);
    told(&folder, &["index", "all.jsonl", "-o", "x.wcx"]);
    let path = folder.path().join("x.wcx/00000000.segment");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    fs::write(&path, bytes).unwrap();
    let said = refused(&folder, &["info", "x.wcx", "--verify"]);
    assert!(said.contains("00000000.segment: block at byte") && said.contains("is damaged"), "{said}");
    fs::remove_file(&path).unwrap();
    let said = refused(&folder, &ASK);
    assert!(said.contains("00000000.segment is missing"), "{said}");
}

fn n_segments(folder: &TempDir) -> usize {
    named_files(folder).iter().filter(|name| name.ends_with(".segment")).count()
}

/// The files of state `a`, and of `b`, which has other articles beside some of the same, some changed.
fn two_states(folder: &TempDir, n: u64) {
    write_articles(&folder.path().join("a.jsonl"), (0..n).map(|it| (it, 0)));
    write_articles(&folder.path().join("b.jsonl"), (n / 3..n + n / 3).map(|it| (it, it % 2)));
}

/// Makes the index hold state `a` or `b` and nothing else: both are read from one file, so that what is gone is pruned.
fn to_state(folder: &TempDir, state: &str) -> Command {
    fs::copy(folder.path().join(format!("{state}.jsonl")), folder.path().join("all.jsonl")).unwrap();
    program(folder.path(), &["index", "all.jsonl", "-o", "x.wcx", "--prune", "-j", "1"])
}

fn ends(mut child: Child) -> bool {
    child.wait().unwrap().success()
}

#[test]
fn a_second_writer_is_told_who_writes() {
    let folder = folder(6);
    told(&folder, &["index", "all.jsonl", "-o", "x.wcx"]);
    // Held as the program holds it, by this process.
    let lock = fs::OpenOptions::new().read(true).write(true).open(folder.path().join("x.wcx/lock")).unwrap();
    lock.lock().unwrap();
    let said = refused(&folder, &["index", "new.jsonl", "-o", "x.wcx"]);
    assert!(
        said.contains("x.wcx is being updated by process") && said.contains("wait for it to end"),
        "{said}"
    );
    assert!(found(&folder).len() > 2, "readers do not wait");
    drop(lock);
    // The name of the last holder stands in the file; nobody holds it.
    assert!(fs::read_to_string(folder.path().join("x.wcx/lock")).unwrap().starts_with("process "));
    told(&folder, &["index", "new.jsonl", "-o", "x.wcx"]);
}

#[test]
fn readers_see_the_state_before_or_after_an_update() {
    let folder = folder(0);
    two_states(&folder, 60);
    let states = ["a", "b"].map(|state| {
        assert!(ends(to_state(&folder, state).spawn().unwrap()));
        found(&folder)
    });
    assert_ne!(states[0], states[1]);
    for turn in 0..6 {
        let mut writer = to_state(&folder, ["a", "b"][turn % 2]).spawn().unwrap();
        while writer.try_wait().unwrap().is_none() {
            assert!(states.contains(&found(&folder)));
        }
        assert_eq!(found(&folder), states[turn % 2]);
    }
}

/// Kill after kill, each at another moment of an update that adds, replaces and removes, some of which merge segments.
#[cfg(unix)]
#[test]
fn two_hundred_kills_leave_a_whole_index() {
    let folder = folder(0);
    two_states(&folder, 60);
    let mut durations = Vec::new();
    let states = ["a", "b"].map(|state| {
        let started = Instant::now();
        assert!(ends(to_state(&folder, state).spawn().unwrap()));
        durations.push(started.elapsed());
        found(&folder)
    });
    assert_ne!(states[0], states[1]);
    let longest = durations.iter().max().unwrap().as_micros() as u64;
    // Articles that no statement ties to the new ones make small segments; the update that gets killed has to merge eight.
    let more = |folder: &TempDir, turn: u64| {
        let text = Dice(70_000 + turn).words(30);
        let line = format!("{{\"id\": \"e{turn}\", \"text\": \"{text}\"}}\n");
        fs::write(folder.path().join("more.jsonl"), line).unwrap();
        program(folder.path(), &["index", "more.jsonl", "-o", "x.wcx", "-j", "1"])
    };
    let (mut dice, mut n_killed, mut n_done, mut turn) = (Dice(5), 0, 0, 0);
    let mut before = found(&folder);
    // One that ended before its time was not killed.
    while n_killed < 200 {
        turn += 1;
        let (mut command, after) = match turn % 3 {
            0 => {
                for extra in
                    (1..8).filter(|_| turn % 6 == 0).take(8_usize.saturating_sub(n_segments(&folder) + 1))
                {
                    assert!(ends(more(&folder, 1_000 * extra + turn).spawn().unwrap()));
                }
                (more(&folder, turn), before.clone())
            }
            _ => {
                let to = usize::from(before != states[1]);
                (to_state(&folder, ["a", "b"][to]), states[to].clone())
            }
        };
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_micros(dice.below(longest * 2)));
        n_killed += u64::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        told(&folder, &["info", "x.wcx", "--verify"]);
        let now = found(&folder);
        assert!(now == before || now == after, "turn {turn}: a state that never was");
        n_done += u64::from(now == after && now != before);
        before = now;
    }
    assert!(n_done > 5, "{n_done} of {turn} had changed the state");
    // Killed updates left segments unmerged; the next one merges them.
    assert!(ends(more(&folder, 1_000_000).spawn().unwrap()));
    assert!(n_segments(&folder) < 8, "{} segments", n_segments(&folder));
    for state in ["a", "b"] {
        assert!(ends(to_state(&folder, state).spawn().unwrap()));
    }
    assert_eq!(found(&folder), states[1]);
    assert_eq!(files(&folder), named_files(&folder), "no stray files");
    told(&folder, &["info", "x.wcx", "--verify"]);
}

/// A limit on the size of files is a disk that is full to the system.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_state_before() {
    let folder = folder(0);
    two_states(&folder, 60);
    assert!(ends(to_state(&folder, "a").spawn().unwrap()));
    let (before, of_before) = (found(&folder), files(&folder));
    fs::copy(folder.path().join("b.jsonl"), folder.path().join("all.jsonl")).unwrap();
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" index all.jsonl -o x.wcx --prune";
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_wirecopy")]).current_dir(folder.path());
    let output = command.env("TMPDIR", folder.path().join("tmp")).output().unwrap();
    let said = said(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("is full") && said.contains("free some space"), "{said}");
    assert_eq!((found(&folder), files(&folder)), (before, of_before));
    assert!(ends(to_state(&folder, "b").spawn().unwrap()));
    assert_eq!(files(&folder), named_files(&folder));
}
