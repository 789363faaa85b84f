//! The program from outside: arguments and files in; standard output, standard error, exit code and files out.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use expect_test::expect;
use serde_json::Value;
use tempfile::TempDir;

/// A statement of our own that two outlets carry, one of them with another figure.
const STATEMENT: &str = "The harbour authority of Port Lindwall announced on Tuesday evening that all nine northern \
    berths will stay closed until the damaged breakwater has been surveyed by divers. Ferries to the outer islands \
    leave from the fish market instead, and passengers holding tickets may travel on any later sailing without \
    paying a surcharge, the statement said.";

const UNRELATED: &str = "Beekeepers in the valley expect a modest honey crop after an unusually cold spring. Lime and \
    clover flowered three weeks late, and several colonies had to be fed with syrup well into the month of June.";

/// What one run left behind.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        Ran {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The program in `folder`, with an environment that says nothing about settings, colour or width.
pub(crate) fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("WIRECOPY_") {
            command.env_remove(name);
        }
    }
    for name in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM", "GITHUB_STEP_SUMMARY"] {
        command.env_remove(name);
    }
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Ran {
    program(folder, arguments).output().unwrap().into()
}

/// A folder with three articles in `articles/`, the first two of which share a statement.
fn articles() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    // The search for a configuration ends here.
    fs::create_dir(folder.path().join(".git")).unwrap();
    let at = folder.path().join("articles");
    fs::create_dir(&at).unwrap();
    fs::write(at.join("courier.txt"), format!("From our own desk.\n\n{STATEMENT}\n")).unwrap();
    fs::write(at.join("gazette.txt"), format!("{}\n\nMore follows.\n", STATEMENT.replace("nine", "seven")))
        .unwrap();
    fs::write(at.join("valley.txt"), UNRELATED).unwrap();
    folder
}

/// A JSON Lines corpus of `n` documents that all carry the statement.
fn carriers(n: usize) -> String {
    (0..n).map(|i| format!("{{\"id\": \"d{i}\", \"text\": \"Report {i}. {STATEMENT}\"}}\n")).collect()
}

pub(crate) fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The pairs of a JSON result as `a b`.
fn pairs(result: &Value) -> Vec<String> {
    let name = |pair: &Value, side: &str| pair[side].as_str().unwrap().to_owned();
    let pairs = result["pairs"].as_array().unwrap();
    pairs.iter().map(|pair| format!("{} {}", name(pair, "a_doc_id"), name(pair, "b_doc_id"))).collect()
}

/// What a mistaken command says, after its exit code; it must print nothing.
fn said(arguments: &str) -> String {
    let folder = articles();
    let ran = run(folder.path(), &arguments.split(' ').collect::<Vec<_>>());
    assert_eq!(ran.stdout, "", "{arguments}");
    format!("$ wirecopy {arguments}\n{}[{}]\n", ran.stderr, ran.code.unwrap())
}

#[test]
fn finds_the_pair_that_shares_a_statement() {
    let folder = articles();
    let ran = run(folder.path(), &["compare", "articles", "--format", "json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_eq!(pairs(&json(&ran.stdout)), ["courier.txt gazette.txt"]);
}

#[test]
fn the_exit_code_tells_findings_only_when_asked_to() {
    let folder = articles();
    let code = |arguments: &[&str]| run(folder.path(), arguments).code;
    assert_eq!(code(&["compare", "articles"]), Some(0));
    assert_eq!(code(&["compare", "articles", "--exit-code"]), Some(1));
    assert_eq!(code(&["compare", "articles", "--exit-code", "--format", "json"]), Some(1));
    assert_eq!(code(&["compare", "articles/courier.txt", "articles/valley.txt", "--exit-code"]), Some(0));
}

#[test]
fn every_format_is_written() {
    let folder = articles();
    let print = |format: &str| {
        let ran = run(folder.path(), &["compare", "articles", "--format", format]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{format}");
        ran.stdout
    };
    assert!(print("text").contains("courier.txt"));
    assert!(print("markdown").contains('|'));
    assert!(print("csv").starts_with("pair_id,"));
    assert_eq!(json(&print("json"))["documents"].as_array().unwrap().len(), 3);
    let types: Vec<String> =
        print("jsonl").lines().map(|line| json(line)["type"].as_str().unwrap().to_owned()).collect();
    assert_eq!((types.first().unwrap().as_str(), types.last().unwrap().as_str()), ("begin", "run"));
}

#[test]
fn every_table_is_written() {
    let folder = articles();
    for (table, column) in [
        ("documents", "doc_id"),
        ("pairs", "pair_id"),
        ("passages", "passage_id"),
        ("clusters", "cluster_id"),
        ("members", "cluster_id"),
        ("edges", "a_source"),
        ("recurring", "cluster_id"),
        ("warnings", "path"),
    ] {
        let ran = run(folder.path(), &["compare", "articles", "--table", table]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(ran.stdout.lines().next().unwrap().starts_with(column), "{table}: {}", ran.stdout);
    }
}

#[test]
fn several_outputs_are_written_whole_beside_the_text() {
    let folder = articles();
    let outputs =
        ["-o", "r.json", "-o", "r.jsonl", "-o", "r.md", "-o", "r.csv", "-o", "r.txt", "-o", "tables/"];
    let ran = run(folder.path(), &[&["compare", "articles", "--color", "always"][..], &outputs].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(ran.stdout.contains("courier.txt"));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(pairs(&json(&read("r.json"))).len(), 1);
    assert!(read("r.jsonl").lines().count() > 5);
    assert!(read("r.md").contains('|'));
    assert!(read("r.csv").starts_with("pair_id,"));
    assert!(read("r.txt").contains("courier.txt") && !read("r.txt").contains('\u{1b}'));
    assert!(read("tables/passages.csv").starts_with("passage_id,"));
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".part"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn against_compares_the_new_with_the_old_only() {
    let folder = articles();
    fs::create_dir(folder.path().join("new")).unwrap();
    fs::write(folder.path().join("new/one.txt"), STATEMENT).unwrap();
    fs::write(folder.path().join("new/two.txt"), STATEMENT).unwrap();
    let ran = run(folder.path(), &["compare", "new", "--against", "articles", "--format", "json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let expected =
        ["one.txt courier.txt", "one.txt gazette.txt", "two.txt courier.txt", "two.txt gazette.txt"];
    let mut found = pairs(&json(&ran.stdout));
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn listed_pairs_are_compared_and_nothing_else() {
    let folder = articles();
    fs::write(folder.path().join("more.jsonl"), carriers(4)).unwrap();
    for (name, list) in [
        ("p.csv", "note,a,b\n1,d0,d3\n2,d0,nobody\n3,d1,d2\n"),
        (
            "p.jsonl",
            "{\"susp\":\"d0\",\"src\":\"d3\"}\n{\"susp\":\"d0\",\"src\":\"nobody\"}\n{\"susp\":\"d1\",\"src\":\"d2\"}\n",
        ),
    ] {
        fs::write(folder.path().join(name), list).unwrap();
        let ran = run(folder.path(), &["compare", "more.jsonl", "--pairs", name, "--format", "json"]);
        assert_eq!(ran.code, Some(2), "{}", ran.stderr);
        assert_eq!(pairs(&json(&ran.stdout)), ["d0 d3", "d1 d2"]);
        let line = if name == "p.csv" { 3 } else { 2 };
        let said = format!(
            "note: 1 input skipped, first: {name}:{line}: 1 of 3 listed pairs name a document that is not in the input \
             and were left out, first 'nobody'.\nnote: the run is incomplete, 1 input lost: exit code 2\n"
        );
        assert_eq!(ran.stderr, said);
    }
}

#[test]
fn a_list_of_strangers_is_refused() {
    let folder = articles();
    fs::write(folder.path().join("p.csv"), "a,b\nx,y\n").unwrap();
    let ran = run(folder.path(), &["compare", "articles", "--pairs", "p.csv"]);
    assert_eq!(ran.code, Some(2));
    expect![[r#"
        error: none of the 1 listed pairs names two documents of the input (p.csv)
        help: the ids must be document names such as 'courier.txt'; --list-inputs shows the files read
    "#]]
    .assert_eq(&ran.stderr);
}

#[test]
fn mistakes_of_the_command_line_are_told_with_their_remedy() {
    let cases = [
        "compare",
        "articles",
        "compare articles --min-identity 40",
        "compare articles --min-wods 4",
        "compare articles -o result.docx",
        "compare articles -o gone/result.json",
        "compare articles --table pairs --format json",
    ];
    expect![[r#"
        $ wirecopy compare
        error: no input is given
        help: name files or folders: wirecopy compare articles/ ('-' reads standard input)
        [2]
        $ wirecopy articles
        error: 'articles' is a path, not a command
        help: to find what its documents share: wirecopy compare articles
        [2]
        $ wirecopy compare articles --min-identity 40
        error: --min-identity: '40' is not a share from 0 to 1
        help: write 40% or 0.4 for 40 per cent
        [2]
        $ wirecopy compare articles --min-wods 4
        error: unexpected argument '--min-wods' found

          tip: a similar argument exists: '--min-words'

        Usage: wirecopy compare [OPTIONS] PATH...

        For more information, try '--help'.
        [2]
        $ wirecopy compare articles -o result.docx
        error: -o result.docx: no format goes by that extension
        help: use one of .txt .json .jsonl .csv .md .html .xlsx .parquet .gexf .graphml, write FORMAT:FILE, or a trailing slash for a folder of CSV tables
        [2]
        $ wirecopy compare articles -o gone/result.json
        error: -o gone/result.json: the folder gone does not exist
        help: create it first, or write elsewhere
        [2]
        $ wirecopy compare articles --table pairs --format json
        error: --table chooses one table, but --format is one of all tables
        help: write --format csv or parquet with --table NAME, or leave out --table
        [2]
    "#]]
    .assert_eq(&cases.map(said).concat());
}

#[test]
fn files_that_are_not_there_are_named() {
    let cases = [
        "compare nowhere",
        "compare articles --config gone.toml",
        "compare articles --pairs gone.csv",
        "compare articles --boilerplate gone.txt",
        "compare articles --against gone",
        "compare articles --glob *.pdf",
        "explain articles/courier.txt articles/gone.txt",
        "explain courier.tx gazette.txt articles",
    ];
    expect![[r#"
        $ wirecopy compare nowhere
        error: cannot read nowhere: No such file or directory (os error 2)
        help: check the path
        [2]
        $ wirecopy compare articles --config gone.toml
        error: cannot read the configuration gone.toml: No such file or directory (os error 2)
        help: check the path after --config, or leave the flag out
        [2]
        $ wirecopy compare articles --pairs gone.csv
        error: cannot read the pairs gone.csv: No such file or directory (os error 2)
        help: check the path after --pairs
        [2]
        $ wirecopy compare articles --boilerplate gone.txt
        error: cannot read gone.txt: No such file or directory (os error 2)
        help: check the path
        [2]
        $ wirecopy compare articles --against gone
        error: cannot read gone: No such file or directory (os error 2)
        help: check the path
        [2]
        $ wirecopy compare articles --glob *.pdf
        error: no documents in articles
        help: check --glob *.pdf; --list-inputs shows what it sees
        [3]
        $ wirecopy explain articles/courier.txt articles/gone.txt
        error: cannot read articles/gone.txt: No such file or directory (os error 2)
        help: check the path
        [2]
        $ wirecopy explain courier.tx gazette.txt articles
        error: no document is called 'courier.tx'
        help: the nearest name is 'courier.txt'
        [2]
    "#]]
    .assert_eq(&cases.map(said).concat());
}

#[test]
fn an_empty_folder_is_no_input() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    let ran = run(folder.path(), &["compare", "empty"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(3), ""));
    assert!(ran.stderr.starts_with("error: no documents in empty\nhelp: "), "{}", ran.stderr);
}

#[test]
fn a_broken_configuration_is_refused_with_its_line() {
    let folder = articles();
    fs::write(folder.path().join("wirecopy.toml"), "min_words = 8\nmin_identitty = 0.4\n").unwrap();
    let ran = run(folder.path(), &["compare", "articles"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    expect![[r#"
        error: unknown key 'min_identitty' (wirecopy.toml:2)
        help: the nearest key is min_identity
    "#]]
    .assert_eq(&ran.stderr);
    assert_eq!(run(folder.path(), &["compare", "articles", "--no-config"]).code, Some(0));
}

#[test]
fn settings_of_file_and_environment_reach_the_run() {
    let folder = articles();
    let set = |name: &str| {
        let mut command = program(folder.path(), &["compare", "articles", "--format", "json"]);
        let ran: Ran = command.env("WIRECOPY_MIN_WORDS", name).output().unwrap().into();
        ran
    };
    assert_eq!(pairs(&json(&set("10").stdout)).len(), 1);
    assert_eq!(pairs(&json(&set("500").stdout)).len(), 0);
    assert_eq!(
        set("ten").stderr,
        "error: --min-words: 'ten' is not a whole number (WIRECOPY_MIN_WORDS)\nhelp: write a number such as 8\n"
    );
    fs::write(folder.path().join("wirecopy.toml"), "min_words = 500\n").unwrap();
    let deeper = folder.path().join("articles");
    let ran = run(&deeper, &["compare", ".", "--format", "json"]);
    assert_eq!(pairs(&json(&ran.stdout)).len(), 0, "{}", ran.stderr);
}

#[test]
fn colour_is_off_in_a_pipe_and_on_when_forced() {
    let folder = articles();
    let colored = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = program(folder.path(), &[&["compare", "articles"][..], arguments].concat());
        let ran: Ran = command.envs(variables.iter().copied()).output().unwrap().into();
        ran.stdout.contains('\u{1b}')
    };
    assert!(!colored(&[], &[]));
    assert!(colored(&["--color", "always"], &[]));
    assert!(colored(&[], &[("FORCE_COLOR", "1")]));
    assert!(colored(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&[], &[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]));
    assert!(!colored(&["--color", "never"], &[("FORCE_COLOR", "1")]));
    assert!(!colored(&["--format", "json", "--color", "always"], &[]));
}

#[test]
fn columns_set_the_width() {
    let folder = articles();
    let widest = |columns: &str| {
        let mut command = program(folder.path(), &["compare", "articles"]);
        let ran: Ran = command.env("COLUMNS", columns).output().unwrap().into();
        ran.stdout.lines().map(|line| line.chars().count()).max().unwrap()
    };
    assert!(widest("60") <= 60);
    assert!(widest("120") > 60);
}

#[cfg(unix)]
#[test]
fn hostile_names_and_texts_do_not_reach_the_terminal() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = articles();
    let at = folder.path().join("articles");
    let hostile = "\u{1b}]0;pwned\u{7}\u{1b}[2J\u{9b}31m \u{202e}desrever";
    fs::write(at.join("evil\u{1b}[31m\nname\u{202e}.txt"), format!("{hostile} {STATEMENT} {hostile}"))
        .unwrap();
    fs::write(at.join(OsStr::from_bytes(b"broken\xff\xfe.txt")), format!("{STATEMENT} {hostile}")).unwrap();
    fs::write(at.join(OsStr::from_bytes(b"\x1b[2J.png")), b"\x89PNG\x00\x00\x01\x02").unwrap();
    let hostile_bytes = |text: &str| text.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}');
    for arguments in [
        &["compare", "articles"][..],
        &["compare", "articles", "-v"],
        &["compare", "articles", "--list-inputs"],
        &["compare", "articles", "--format", "markdown"],
        &["explain", "articles/courier.txt", "articles/gazette.txt"],
        &["compare", "articles/\u{1b}[31mgone"],
        &["compare", "--\u{1b}[31mgone"],
    ] {
        let ran = run(folder.path(), arguments);
        assert!(!hostile_bytes(&ran.stdout), "{arguments:?}: {:?}", ran.stdout);
        assert!(!hostile_bytes(&ran.stderr), "{arguments:?}: {:?}", ran.stderr);
    }
}

#[test]
fn what_was_skipped_is_told_in_one_line() {
    let folder = articles();
    for name in ["a.txt", "b.txt"] {
        fs::write(folder.path().join("articles").join(name), " ").unwrap();
    }
    let ran = run(folder.path(), &["compare", "articles"]);
    assert_eq!(ran.code, Some(0));
    assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
    assert!(ran.stderr.starts_with("note: 2 inputs skipped, first: "), "{}", ran.stderr);
    assert!(ran.stderr.ends_with("(-v lists all)\n"), "{}", ran.stderr);
    assert_eq!(run(folder.path(), &["compare", "articles", "-q"]).stderr, "");
    let verbose = run(folder.path(), &["compare", "articles", "-v"]).stderr;
    assert_eq!(verbose.matches("note: skipped ").count(), 2, "{verbose}");
}

/// An input that was lost makes the run incomplete, whatever was found; what never was a document does not.
#[test]
fn a_lost_input_ends_in_code_2_after_all_was_written() {
    let broken = "{\"text\": \"One two three.\"}\n{\"text\": \n";
    let no_text = "{\"text\": \"One two three.\"}\n{\"title\": \"Two\"}\n";
    let truth = "{\"a\": 1}\n{\"a\": 2}\n";
    for (name, content, extra, code) in [
        ("README.md", "About.", &[][..], 0),
        ("photo.jpg", "\u{0}\u{1}", &[], 0),
        ("truth.jsonl", truth, &[], 0),
        ("empty.txt", "", &[], 0),
        ("records.jsonl", broken, &[], 2),
        ("records.jsonl", broken, &["--exit-code"], 2),
        ("records.jsonl", no_text, &[], 2),
        ("binary.txt", "\u{0}\u{1}\u{0}\u{2}\u{0}", &[], 2),
        ("../truth.jsonl", truth, &["truth.jsonl"], 2),
        ("list", "articles/gone.txt\n", &["--files-from", "articles/list"], 2),
        ("long.txt", &"word ".repeat(2000), &["--max-document-bytes", "5000"], 2),
        (
            "pairs.csv",
            "a,b\ncourier.txt,gazette.txt\ncourier.txt,gone\n",
            &["--pairs", "articles/pairs.csv"],
            2,
        ),
    ] {
        let folder = articles();
        fs::write(folder.path().join("articles").join(name), content).unwrap();
        let arguments = [&["compare", "articles", "-o", "out.jsonl"], extra].concat();
        let ran = run(folder.path(), &arguments);
        assert_eq!(ran.code, Some(code), "{name} {extra:?}: {}", ran.stderr);
        let told = ran.stderr.contains("the run is incomplete, ");
        assert_eq!(told, code == 2, "{name}: {}", ran.stderr);
        let written = fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
        assert!(written.lines().any(|line| line.contains("\"counts\"")), "{name}: {written}");
    }
}

#[test]
fn explain_takes_files_or_names() {
    let folder = articles();
    let files = run(folder.path(), &["explain", "articles/courier.txt", "articles/gazette.txt"]);
    assert_eq!((files.code, files.stderr.as_str()), (Some(0), ""));
    assert!(!files.stdout.is_empty());
    let names = run(folder.path(), &["explain", "courier.txt", "gazette.txt", "articles"]);
    assert_eq!(names.stdout, files.stdout);
    fs::write(folder.path().join("more.jsonl"), carriers(4)).unwrap();
    let several = run(folder.path(), &["explain", "more.jsonl", "articles/courier.txt"]);
    assert_eq!(several.code, Some(2));
    expect![[r#"
        error: more.jsonl holds 4 documents, not one
        help: name two of them: wirecopy explain 'd0' 'd1' more.jsonl
    "#]]
    .assert_eq(&several.stderr);
}

#[test]
fn inputs_are_listed_without_a_run() {
    let folder = articles();
    let ran = run(folder.path(), &["compare", "articles", "--list-inputs"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(ran.stdout, "articles/courier.txt\narticles/gazette.txt\narticles/valley.txt\n");
}

#[test]
fn standard_input_and_lists_of_files_are_read() {
    let folder = articles();
    let feed = |arguments: &[&str], input: &str| -> Ran {
        let mut child =
            program(folder.path(), arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap().into()
    };
    let listed = feed(
        &["compare", "--files-from", "-", "--format", "json"],
        "articles/courier.txt\narticles/gazette.txt\n",
    );
    assert_eq!(listed.code, Some(0));
    assert_eq!(pairs(&json(&listed.stdout)).len(), 1);
    let piped = feed(&["compare", "-", "articles/courier.txt", "--format", "json"], STATEMENT);
    assert_eq!(pairs(&json(&piped.stdout)).len(), 1);
}

#[test]
fn help_comes_with_examples_first() {
    let folder = articles();
    let first = |arguments: &[&str], n: usize| {
        let ran = run(folder.path(), arguments);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        ran.stdout.lines().take(n).map(|line| format!("{line}\n")).collect::<String>()
    };
    expect![[r#"
        Finds the passages that articles share: where, how they differ, and who ran them first

        Examples:
          wirecopy compare articles/
          wirecopy compare monday.txt tuesday.txt
          wirecopy index archive/ -o archive.wcx
          wirecopy check incoming/ --against archive.wcx
          wirecopy search release.txt --against articles/
          wirecopy report result.jsonl -o report.html
          wirecopy explain monday.txt tuesday.txt

        Usage: wirecopy <COMMAND>

        Commands:
          compare      Find the passages that documents share
          index        Build an index of documents, or bring it up to date
    "#]]
    .assert_eq(&first(&["--help"], 16));
    expect![[r#"
        Find the passages that documents share

        Examples:
          wirecopy compare articles/
          wirecopy compare monday.txt tuesday.txt
          wirecopy compare new.jsonl --against archive/ --within 72h
          wirecopy compare news.csv --text-field body --source-field outlet -o result.json -o tables/
          wirecopy compare docs.jsonl --pairs pairs.csv --format jsonl > result.jsonl

        Usage: wirecopy compare [OPTIONS] PATH...
    "#]]
    .assert_eq(&first(&["compare", "--help"], 10));
    expect![[r#"
        Find the passages that documents share

        Usage: wirecopy compare [OPTIONS] PATH...

        Arguments:
          [PATH]...  Files and folders to compare; '-' for standard input

        Options:
          -h, --help  Print help (see more with '--help')

    "#]]
    .assert_eq(&first(&["compare", "-h"], 10));
}

#[test]
fn completions_and_manual_are_written() {
    let folder = articles();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run(folder.path(), &["completions", shell]);
        assert_eq!(ran.code, Some(0));
        assert!(ran.stdout.contains("min-words") && ran.stdout.contains("explain"), "{shell}");
    }
    let page = run(folder.path(), &["man"]).stdout;
    assert!(page.contains(".TH wirecopy 1"), "{page}");
    let page = run(folder.path(), &["man", "compare"]).stdout;
    assert!(page.contains(".TH wirecopy\\-compare 1") || page.contains(".TH wirecopy-compare 1"), "{page}");
    assert!(page.contains("\\-\\-min\\-words"), "{page}");
}

#[test]
fn shown_settings_name_their_origin() {
    let folder = articles();
    fs::write(folder.path().join("wirecopy.toml"), "max_gap = 7\n").unwrap();
    let ran = run(folder.path(), &["config", "show", "--min-words", "9"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let line = |key: &str| ran.stdout.lines().find(|line| line.starts_with(key)).unwrap().split_whitespace();
    assert_eq!(line("min_words").collect::<Vec<_>>(), ["min_words", "=", "9", "#", "flag"]);
    assert_eq!(line("max_gap").collect::<Vec<_>>(), ["max_gap", "=", "7", "#", "wirecopy.toml:1"]);
    assert_eq!(line("threads").collect::<Vec<_>>(), ["threads", "=", "0", "#", "default"]);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = articles();
    fs::write(folder.path().join("more.jsonl"), carriers(60)).unwrap();
    let arguments = ["compare", "more.jsonl", "--format", "jsonl", "--max-pairs", "10000"];
    let whole = run(folder.path(), &arguments);
    assert!(whole.stdout.len() > 400_000, "too short to fill a pipe: {}", whole.stdout.len());
    let mut child =
        program(folder.path(), &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.contains("\"begin\""), "{first}");
    let ran: Ran = child.wait_with_output().unwrap().into();
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
}

#[cfg(unix)]
fn interrupt(child: &Child) {
    let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(status.success());
}

#[cfg(unix)]
#[track_caller]
fn ends_with_130(child: Child) {
    let said = said_by_130(child);
    assert_eq!(said, "error: stopped before the work was done; no unfinished file is left behind\n");
}

/// What a run says that Ctrl-C ends.
#[cfg(unix)]
#[track_caller]
fn said_by_130(mut child: Child) -> String {
    let since = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if since.elapsed() > Duration::from_secs(20) => {
                child.kill().unwrap();
                panic!("the run goes on after Ctrl-C");
            }
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    };
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(status.code(), Some(130), "{said}");
    said
}

#[cfg(unix)]
#[test]
fn ctrl_c_tells_which_results_are_whole() {
    let folder = articles();
    fs::write(folder.path().join("more.jsonl"), carriers(60)).unwrap();
    let arguments = ["compare", "more.jsonl", "-o", "out.json", "--format", "jsonl", "--max-pairs", "10000"];
    let mut child =
        program(folder.path(), &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Files come first; nobody reads on what is printed then.
    let mut printed = BufReader::with_capacity(64, child.stdout.take().unwrap());
    printed.read_line(&mut String::new()).unwrap();
    interrupt(&child);
    let said = said_by_130(child);
    drop(printed);
    assert_eq!(
        said,
        "error: stopped before the work was done; whole: out.json; no unfinished file is left behind\n"
    );
    assert!(fs::read_to_string(folder.path().join("out.json")).unwrap().ends_with("}\n"));
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_run_that_waits_for_input() {
    let folder = articles();
    let mut child = program(folder.path(), &["compare", "-", "articles", "-o", "out.json"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let input = child.stdin.take();
    std::thread::sleep(Duration::from_millis(300));
    interrupt(&child);
    ends_with_130(child);
    drop(input);
    assert!(!folder.path().join("out.json").exists());
}

/// JSON Lines of `n` documents of 300 words each, drawn from 5,000 made-up words.
fn noise(n: usize) -> String {
    let mut state = 1_u64;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let number = (state >> 33) % 5000;
        let letters = [number % 26, number / 26 % 26, number / 676].map(|n| (b'a' + n as u8) as char);
        format!("{}{}{}x ", letters[0], letters[1], letters[2])
    };
    (0..n)
        .map(|i| {
            let text: String = (0..300).map(|_| word()).collect();
            format!("{{\"id\":\"d{i}\",\"text\":\"{text}\"}}\n")
        })
        .collect()
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_run_at_work_and_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("noise.jsonl"), noise(20_000)).unwrap();
    let child = program(folder.path(), &["compare", "noise.jsonl", "-o", "out.json", "-o", "tables/"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(200));
    interrupt(&child);
    ends_with_130(child);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["noise.jsonl"]);
}
