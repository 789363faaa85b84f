//! `--work` and `--memory` from outside: runs that are killed, stopped, and started again; runs that go to disk.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
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

    fn words(&mut self, n: usize) -> Vec<String> {
        let syllables = ["ka", "lo", "mer", "vin", "tor", "sel", "bra", "du", "fen", "gor", "hul", "jas"];
        let mut word = || (0..4).map(|_| syllables[self.below(12) as usize]).collect::<String>();
        (0..n).map(|_| word()).collect()
    }
}

/// A folder with a corpus of `n` articles; each carries some of twelve statements, with words of its own put in.
fn corpus(n: u64) -> TempDir {
    let statements: Vec<Vec<String>> = (0..12).map(|seed| Dice(seed).words(60)).collect();
    let mut lines = String::new();
    for index in 0..n {
        let mut dice = Dice(1_000 + index);
        let mut words = dice.words(40);
        for _ in 0..4 {
            let statement = dice.below(12) as usize;
            for word in &statements[statement] {
                words.push(if dice.below(9) == 0 { dice.words(1).remove(0) } else { word.clone() });
            }
            words.extend(dice.words(30));
        }
        writeln!(lines, "{{\"id\": \"d{index}\", \"text\": \"{}\"}}", words.join(" ")).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::write(folder.path().join("corpus.jsonl"), lines).unwrap();
    folder
}

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("WIRECOPY_") {
            command.env_remove(name);
        }
    }
    command.env("TMPDIR", folder.join("tmp"));
    fs::create_dir_all(folder.join("tmp")).unwrap();
    command.current_dir(folder).args(["compare", "corpus.jsonl", "--format", "jsonl"]).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What a run wrote, but for its last line, which holds timings.
fn result(output: &Output) -> &str {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(output));
    text.trim_end().rsplit_once('\n').unwrap().0
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    names
}

/// Runs with `--work w` and ends the program the hard way after `delay`; tells whether it was still at work.
fn kill_after(folder: &Path, delay: Duration) -> bool {
    let mut child =
        program(folder, &["--work", "w"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    thread::sleep(delay);
    let was_running = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    was_running
}

/// Kills runs until one leaves aligned pairs behind.
fn leave_unfinished(folder: &Path) {
    let started = Instant::now();
    let run = || {
        let mut command = program(folder, &["--work", "w"]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let mut child = run();
    while !has_whole_block(&folder.join("w/aligned")) {
        assert!(started.elapsed() < Duration::from_secs(120), "no run left aligned pairs behind");
        if child.try_wait().unwrap().is_some() {
            child = run();
        }
        thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Whether the file of blocks has one that a kill at this moment leaves whole: header of 16 bytes, then blocks of a header of
/// 16 bytes, whose second number is the length of what follows.
fn has_whole_block(path: &Path) -> bool {
    let bytes = fs::read(path).unwrap_or_default();
    let length = bytes.get(20..24).map(|it| u32::from_le_bytes(it.try_into().unwrap()));
    length.is_some_and(|length| bytes.len() >= 32 + length as usize)
}

#[test]
fn a_run_killed_again_and_again_ends_with_the_same_result() {
    let folder = corpus(70);
    let started = Instant::now();
    let whole = program(folder.path(), &[]).output().unwrap();
    let duration = started.elapsed();
    let mut n_killed = 0;
    for n in 1..=12 {
        n_killed += usize::from(kill_after(folder.path(), duration * n / 13));
        assert_eq!(names(&folder.path().join("tmp")), [""; 0], "temporary files have no names");
    }
    assert!(n_killed >= 4, "{n_killed} of 12 runs were killed at work");
    let resumed = program(folder.path(), &["--work", "w", "-j", "3"]).output().unwrap();
    assert_eq!(result(&resumed), result(&whole));
    assert!(!folder.path().join("w").exists(), "a finished run takes its folder away");
}

#[test]
fn a_run_goes_on_with_what_is_finished_and_says_so() {
    let folder = corpus(70);
    let whole = program(folder.path(), &[]).output().unwrap();
    leave_unfinished(folder.path());
    assert_eq!(names(&folder.path().join("w")), ["aligned", "candidates", "lock", "stamp"]);
    // A file of the user's own stays.
    fs::write(folder.path().join("w/notes.txt"), "mine").unwrap();
    let resumed = program(folder.path(), &["--work", "w", "--memory", "48M"]).output().unwrap();
    assert_eq!(result(&resumed), result(&whole));
    let said = said(&resumed);
    assert!(said.contains("goes on with the unfinished run in w"), "{said}");
    assert!(said.contains("document pairs were aligned by an earlier run"), "{said}");
    assert_eq!(names(&folder.path().join("w")), ["notes.txt"]);
}

#[test]
fn damage_costs_work_but_never_changes_the_result() {
    let folder = corpus(70);
    let whole = program(folder.path(), &[]).output().unwrap();
    for name in ["aligned", "candidates"] {
        leave_unfinished(folder.path());
        let path = folder.path().join("w").join(name);
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 4;
        fs::write(&path, bytes).unwrap();
        let resumed = program(folder.path(), &["--work", "w"]).output().unwrap();
        assert_eq!(result(&resumed), result(&whole), "{name}");
    }
}

#[test]
fn another_setting_and_another_input_are_noticed() {
    let folder = corpus(70);
    leave_unfinished(folder.path());
    let before = fs::read(folder.path().join("w/aligned")).unwrap();
    let refused = |arguments: &[&str], told: &str| {
        let output = program(folder.path(), &[&["--work", "w"], arguments].concat()).output().unwrap();
        let said = said(&output);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{said}");
        assert!(said.contains(told) && said.contains("help: ") && said.contains("--work"), "{said}");
        assert_eq!(fs::read(folder.path().join("w/aligned")).unwrap(), before);
    };
    refused(&["--min-bits", "30"], "min_bits was 40 and is 30");
    refused(&["--max-gap", "9", "--min-words", "7"], "max_gap was 25 and is 9, min_words was 5 and is 7");
    let path = folder.path().join("corpus.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("ka", "lo", 1)).unwrap();
    refused(&[], "the documents are others, or their texts");
    fs::write(&path, text.lines().skip(1).map(|line| format!("{line}\n")).collect::<String>()).unwrap();
    refused(&[], "documents was 70 and is 69");
    fs::write(&path, &text).unwrap();
    // Threads, memory and the form of the output change nothing that is kept.
    let resumed = program(folder.path(), &["--work", "w", "-j", "1"]).output().unwrap();
    assert_eq!(resumed.status.code(), Some(0), "{}", said(&resumed));
}

#[test]
fn two_runs_do_not_share_a_folder() {
    let folder = corpus(10);
    // Waits for its input, with the folder taken.
    let mut first = program(folder.path(), &["-", "--work", "w"]).stdin(Stdio::piped()).spawn().unwrap();
    let lock = folder.path().join("w/lock");
    let started = Instant::now();
    while fs::read_to_string(&lock).map_or(0, |text| text.len()) == 0 {
        assert!(started.elapsed() < Duration::from_secs(60));
        thread::sleep(Duration::from_millis(1));
    }
    let second = program(folder.path(), &["--work", "w"]).output().unwrap();
    let said = said(&second);
    assert_eq!(second.status.code(), Some(2));
    assert!(said.contains(&format!("w is in use by process {}", first.id())), "{said}");
    first.kill().unwrap();
    first.wait().unwrap();
    // Its holder is dead: the folder is free.
    assert!(program(folder.path(), &["--work", "w"]).output().unwrap().status.success());
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_what_is_finished_and_says_how_to_go_on() {
    let folder = corpus(70);
    let whole = program(folder.path(), &[]).output().unwrap();
    let child = program(folder.path(), &["--work", "w"]).spawn().unwrap();
    let started = Instant::now();
    while fs::metadata(folder.path().join("w/aligned")).map_or(0, |facts| facts.len()) < 1_000 {
        assert!(started.elapsed() < Duration::from_secs(60));
        thread::sleep(Duration::from_millis(1));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let stopped = child.wait_with_output().unwrap();
    let said = said(&stopped);
    assert_eq!(stopped.status.code(), Some(130), "{said}");
    assert!(said.contains("the same command goes on from what w holds"), "{said}");
    let resumed = program(folder.path(), &["--work", "w"]).output().unwrap();
    assert_eq!(result(&resumed), result(&whole));
}

#[test]
fn little_memory_changes_nothing_but_the_last_line() {
    let folder = corpus(70);
    let whole = program(folder.path(), &[]).output().unwrap();
    for (memory, threads) in [("48M", "1"), ("48M", "3"), ("200M", "2")] {
        let tight = program(folder.path(), &["--memory", memory, "-j", threads]).output().unwrap();
        assert_eq!(result(&tight), result(&whole), "{memory} {threads}");
        assert_eq!(names(&folder.path().join("tmp")), [""; 0]);
    }
    let refused = program(folder.path(), &["--memory", "1M"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("raise --memory"), "{}", said(&refused));
}
