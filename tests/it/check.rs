//! The gate from outside: `check` and `allow`.

use std::fs;
use std::path::Path;

use expect_test::expect;
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{Ran, json, program, run};

/// A statement of our own, which an agency sent out.
const STATEMENT: &str = "The harbour authority of Port Lindwall announced on Tuesday evening that all nine northern \
    berths will stay closed until the damaged breakwater has been surveyed by divers. Ferries to the outer islands \
    leave from the fish market instead, and passengers holding tickets may travel on any later sailing without \
    paying a surcharge, the statement said.";

/// Another one.
const NOTICE: &str = "Residents of Quarry Street are asked to boil their drinking water until Saturday, because a \
    burst main near the old brickworks let muddy river water into the supply. Bottled water is handed out free of \
    charge at the sports hall, two cases for each household.";

const FILLER: &str = "Beekeepers in the valley expect a modest honey crop after an unusually cold spring. Lime and \
    clover flowered three weeks late, and several colonies had to be fed with syrup well into the month of June. \
    Prices at the autumn fair should rise a little, growers reckon, while exports to the coast hold steady.";

const MORE: &str = "Rehearsals for the municipal orchestra resume in the refurbished granary, where the acoustics \
    have puzzled three conductors in a row. Tickets for the opening concert sold out within forty minutes, mostly to \
    schoolchildren whose teachers had queued since breakfast with flasks of cocoa.";

/// A folder with an archive of two articles and a new one that holds what the agency sent out.
fn newsroom() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    // The search for a configuration ends here.
    fs::create_dir(folder.path().join(".git")).unwrap();
    put(&folder, "archive/wire.txt", &format!("{STATEMENT}\n\n{MORE}\n"));
    put(&folder, "archive/valley.txt", FILLER);
    put(&folder, "incoming/post.txt", &format!("{FILLER_OF_POST}\n\n{STATEMENT}\n"));
    folder
}

/// Enough words of its own for the statement to be less than half of the article.
const FILLER_OF_POST: &str = "A retired signalman has rebuilt the level crossing bell of Oster Halt from drawings he \
    found in a biscuit tin. It rings again every evening at six, to the delight of cyclists and the dismay of one \
    neighbour, who works nights at the bakery and has asked the parish council for double glazing. The council will \
    vote on the matter in the second week of October, after the harvest supper and before the clocks go back, when \
    most of its members have returned from the hop fields and the chairwoman is home from her sister's wedding.";

fn put(folder: &TempDir, name: &str, text: &str) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn get(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

/// `check incoming --against archive` with further arguments, parted by blanks.
fn check(folder: &Path, more: &str) -> Ran {
    let arguments = ["check", "incoming", "--against", "archive", "--no-progress"];
    run(folder, &arguments.into_iter().chain(more.split_whitespace()).collect::<Vec<_>>())
}

/// The findings of a run, and its exit code.
fn findings(folder: &TempDir, more: &str) -> (Vec<Value>, Option<i32>) {
    let ran = check(folder.path(), &format!("{more} --format json"));
    let found = json(&ran.stdout)["findings"].as_array().unwrap_or_else(|| panic!("{}", ran.stderr)).clone();
    (found, ran.code)
}

/// Rule, level, status and documents of each finding, a line each, and the exit code.
fn told(folder: &TempDir, more: &str) -> String {
    let (found, code) = findings(folder, more);
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let line = |f: &Value| {
        let [rule, level, status] = ["rule", "level", "status"].map(|key| text(&f[key]));
        format!("{status} {level}[{rule}] {} {}\n", text(&f["doc_id"]), text(&f["other_doc_id"]))
    };
    format!("{}[{}]\n", found.iter().map(line).collect::<String>(), code.unwrap())
}

/// The value of the only finding of a rule.
fn value(folder: &TempDir, more: &str, rule: &str) -> f64 {
    let (found, _) = findings(folder, more);
    let of: Vec<&Value> = found.iter().filter(|finding| finding["rule"] == rule).collect();
    assert_eq!(of.len(), 1, "{found:?}");
    of[0]["value"].as_f64().unwrap()
}

fn id_of(folder: &TempDir, more: &str, rule: &str) -> String {
    let (found, _) = findings(folder, more);
    found.iter().find(|finding| finding["rule"] == rule).unwrap()["finding_id"].as_str().unwrap().to_owned()
}

#[test]
fn a_limit_is_the_most_that_is_allowed() {
    let folder = newsroom();
    let run = value(&folder, "--max-run 0 --max-coverage 1", "long-run");
    assert!(run > 40.0, "{run}");
    assert_eq!(told(&folder, &format!("--max-run {run} --max-coverage 1")), "[0]\n");
    let beyond = told(&folder, &format!("--max-run {}w --max-coverage 1", run - 1.0));
    assert_eq!(beyond, "new error[long-run] post.txt wire.txt\n[1]\n");

    let share = value(&folder, "--max-coverage 0 --max-run 999", "coverage");
    assert!((0.2..0.5).contains(&share), "{share}");
    assert_eq!(told(&folder, &format!("--max-coverage {} --max-run 999", share + 0.001)), "[0]\n");
    let beyond = told(&folder, &format!("--max-coverage {} --max-run 999", share - 0.001));
    assert_eq!(beyond, "new error[coverage] post.txt wire.txt\n[1]\n");
}

#[test]
fn a_copy_is_one_finding_and_new_documents_are_compared_with_each_other() {
    let folder = newsroom();
    put(&folder, "incoming/copy.txt", &format!("{STATEMENT}\n\n{MORE}\n"));
    expect![[r#"
        new error[coverage] copy.txt post.txt
        new error[near-duplicate] copy.txt wire.txt
        [1]
    "#]]
    .assert_eq(&told(&folder, ""));
    fs::remove_file(folder.path().join("archive/wire.txt")).unwrap();
    expect![[r#"
        new error[long-run] copy.txt post.txt
        new error[coverage] copy.txt post.txt
        [1]
    "#]]
    .assert_eq(&told(&folder, "--max-run 40"));
}

#[test]
fn a_changed_number_is_a_warning_and_levels_are_as_set() {
    let folder = newsroom();
    put(
        &folder,
        "incoming/post.txt",
        &format!("{FILLER_OF_POST}\n\n{}\n", STATEMENT.replace("nine", "seven")),
    );
    let changed = "warning[changed-number] post.txt wire.txt\n";
    assert_eq!(told(&folder, "--max-run 99"), format!("new {changed}[0]\n"));
    let error = "new error[changed-number] post.txt wire.txt\n[1]\n";
    assert_eq!(told(&folder, "--max-run 99 --level changed-number=error"), error);
    assert_eq!(told(&folder, "--max-run 99 --level changed-number=off"), "[0]\n");
    put(&folder, "wirecopy.toml", "max_run = 99\nlevel = [\"changed-number=error\"]\n");
    assert_eq!(told(&folder, ""), error);
    assert_eq!(told(&folder, "--level changed-number=note").lines().last(), Some("[0]"));
}

#[test]
fn rules_that_are_off_are_turned_on_by_name() {
    let folder = newsroom();
    let line = |id: &str, source: &str, text: &str| {
        format!("{}\n", serde_json::json!({ "id": id, "source": source, "text": text }))
    };
    fs::remove_file(folder.path().join("incoming/post.txt")).unwrap();
    put(&folder, "incoming/new.jsonl", &line("n1", "Post", &format!("{FILLER_OF_POST} {NOTICE}")));
    put(&folder, "archive/old.jsonl", &line("o1", "Post", &format!("{FILLER} {NOTICE} {MORE}")));
    assert_eq!(told(&folder, ""), "[0]\n");
    let on = "--level same-outlet-reuse=error --level missing-metadata=note";
    expect![[r#"
        new error[same-outlet-reuse] n1 o1
        new note[missing-metadata] n1 -
        [1]
    "#]]
    .assert_eq(&told(&folder, on));
}

#[test]
fn tolerated_findings_and_exit_zero_change_the_code_alone() {
    let folder = newsroom();
    let found = "new error[coverage] post.txt wire.txt\nnew error[long-run] post.txt wire.txt\n";
    for (more, code) in [("", 1), ("--max-new 1", 1), ("--max-new 2", 0), ("--exit-zero", 0)] {
        let limits = "--max-run 10 --max-coverage 10%";
        assert_eq!(told(&folder, &format!("{limits} {more}")), format!("{found}[{code}]\n"), "{more}");
    }
}

/// Words of `--format`.
const FORMATS: [&str; 8] = ["text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown"];

#[test]
fn codes_tell_findings_from_failures_whatever_the_format() {
    let folder = newsroom();
    let codes = |more: &str| -> Vec<Option<i32>> {
        FORMATS.map(|format| check(folder.path(), &format!("{more} --format {format}")).code).into()
    };
    assert_eq!(codes("--max-run 99"), [Some(0); FORMATS.len()]);
    assert_eq!(codes("--max-run 9"), [Some(1); FORMATS.len()]);
    let empty = ["check", "none", "--against", "archive", "--exit-zero"];
    fs::create_dir(folder.path().join("none")).unwrap();
    assert_eq!(run(folder.path(), &empty).code, Some(3));
    assert_eq!(run(folder.path(), &["check", "incoming"]).code, Some(2));
    assert_eq!(check(folder.path(), "--level long-run").code, Some(2));

    put(&folder, "incoming/broken.jsonl", "{\"id\": \"x\", \"text\": \"Fine and short.\"}\n{\"id\": \n");
    assert_eq!(codes("--max-run 99"), [Some(2); FORMATS.len()]);
    assert_eq!(codes("--max-run 9 --exit-zero"), [Some(2); FORMATS.len()]);
    assert!(told(&folder, "--max-run 99").starts_with("new error[input-unreadable] - -\n"));
}

#[test]
fn a_pass_says_what_was_not_checked() {
    let folder = newsroom();
    let calm = "--max-run 99 --level input-unreadable=off";
    let ran = check(folder.path(), calm);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(ran.stdout.contains("nothing left unchecked"), "{}", ran.stdout);
    put(&folder, "incoming/broken.jsonl", "{\"id\": \"x\", \"text\": \"Fine and short.\"}\n{\"id\": \n");
    let ran = check(folder.path(), calm);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stdout.contains("1 not checked") && ran.stdout.contains("broken.jsonl"), "{}", ran.stdout);
    assert!(ran.stderr.contains("the run is incomplete, 1 input lost: exit code 2"), "{}", ran.stderr);
}

#[test]
fn a_baseline_is_made_held_against_and_kept() {
    let folder = newsroom();
    let limits = "--max-run 20 --baseline accepted.json";
    let missing = check(folder.path(), limits);
    assert_eq!((missing.code, missing.stdout.as_str()), (Some(2), ""));
    expect![[r#"
        error: cannot read the baseline accepted.json: No such file or directory (os error 2)
        help: check the path after --baseline, or make the file with --update-baseline
    "#]]
    .assert_eq(&missing.stderr);

    let made = check(folder.path(), &format!("{limits} --update-baseline"));
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let shown = |text: &str| -> String {
        let ids = text.split("wc1-").enumerate().map(|(i, part)| if i == 0 { part } else { &part[16..] });
        ids.collect::<Vec<_>>().join("ID")
    };
    expect![[r#"
        note: baseline accepted.json: 1 added, 0 removed, 1 entry in all
        note: added: post.txt and wire.txt: ID
    "#]]
    .assert_eq(&shown(&made.stderr));
    let accepted = get(&folder, "accepted.json");
    expect![[r#"
        {
          "version": 1,
          "normalizer": 1,
          "entries": [
            ["post.txt", "wire.txt", "ID", 1]
          ]
        }
    "#]]
    .assert_eq(&shown(&accepted));
    assert!(!accepted.contains("harbour"));
    assert_eq!(told(&folder, limits), "baseline error[long-run] post.txt wire.txt\n[0]\n");
    assert_eq!(
        told(&folder, &format!("{limits} --no-ignores")),
        "new error[long-run] post.txt wire.txt\n[1]\n"
    );
}

#[test]
fn growth_changes_no_entry_and_a_third_copy_is_news() {
    let folder = newsroom();
    let limits = "--max-run 20 --baseline accepted.json";
    assert_eq!(check(folder.path(), &format!("{limits} --update-baseline")).code, Some(0));
    let accepted = get(&folder, "accepted.json");

    // Unrelated growth on both sides changes nothing, byte for byte.
    put(&folder, "archive/aaa.txt", &NOTICE.repeat(2));
    // One has the name of a reference document.
    put(
        &folder,
        "incoming/wire.txt",
        "Eleven hot-air balloons drifted over the reservoir, startling a lone heron.",
    );
    put(
        &folder,
        "incoming/zzz.txt",
        "Fog delayed the milk train by an hour and nobody in the village minded much.",
    );
    assert_eq!(told(&folder, limits), "baseline error[long-run] post.txt reference/wire.txt\n[0]\n");
    let again = check(folder.path(), &format!("{limits} --update-baseline"));
    assert_eq!(get(&folder, "accepted.json"), accepted);
    let unchanged = "note: baseline accepted.json: 0 added, 0 removed, 1 entry in all\n";
    assert!(again.stderr.starts_with(unchanged), "{}", again.stderr);
    fs::remove_file(folder.path().join("incoming/wire.txt")).unwrap();

    // A third copy is news.
    put(&folder, "archive/second.txt", &format!("{FILLER}\n\n{STATEMENT}\n"));
    assert_eq!(
        told(&folder, limits),
        "new error[long-run] post.txt second.txt\nbaseline error[long-run] post.txt wire.txt\n[1]\n"
    );

    // What is gone is removed.
    fs::remove_file(folder.path().join("archive/second.txt")).unwrap();
    fs::remove_file(folder.path().join("incoming/post.txt")).unwrap();
    let removed = check(folder.path(), &format!("{limits} --update-baseline"));
    assert!(removed.stderr.contains("0 added, 1 removed, 0 entries in all"), "{}", removed.stderr);
}

#[test]
fn a_baseline_that_cannot_be_used_is_refused_and_can_be_made_anew() {
    let folder = newsroom();
    let check = |more: &str| check(folder.path(), &format!("--max-run 20 --baseline b.json {more}"));
    put(&folder, "b.json", "{\"version\": 1, \"normalizer\": 999, \"entries\": []}\n");
    expect![[r#"
        error: the baseline was made with version 999 of the normalizer, this program has version 1 (b.json)
        help: write it anew with --update-baseline
    "#]]
    .assert_eq(&check("").stderr);
    assert_eq!(check("").code, Some(2));
    put(&folder, "b.json", "{\"version\": 1, \"normalizer\": 1,\n \"entries\": [3]}\n");
    expect![[r#"
        error: the baseline cannot be read: invalid type: integer `3`, expected a tuple of size 4 at line 2 column 14 (b.json:2)
        help: restore it, or write it anew with --update-baseline
    "#]].assert_eq(&check("").stderr);
    let anew = check("--update-baseline");
    assert_eq!(anew.code, Some(0), "{}", anew.stderr);
    assert_eq!(check("").code, Some(0));

    let before = get(&folder, "b.json");
    put(&folder, "incoming/broken.jsonl", "{\"id\": \"x\", \"text\": \"Fine and short.\"}\n{\"id\": \n");
    let incomplete = check("--update-baseline --max-run 99");
    assert_eq!(incomplete.code, Some(2));
    assert!(incomplete.stderr.contains("the baseline was not written"), "{}", incomplete.stderr);
    assert_eq!(get(&folder, "b.json"), before);
    let unnamed =
        crate::cli::run(folder.path(), &["check", "incoming", "--against", "archive", "--update-baseline"]);
    expect![[r#"
        error: --update-baseline has no file to write
        help: name it: --baseline accepted.json --update-baseline
    "#]]
    .assert_eq(&unnamed.stderr);
}

#[test]
fn an_allowance_is_added_holds_and_expires() {
    let folder = newsroom();
    let limits = "--max-run 20";
    let id = id_of(&folder, limits, "long-run");
    let at = |arguments: &[&str]| run(folder.path(), arguments);
    put(&folder, "wirecopy-allow.toml", "# Agreed wording.\n");
    let added = at(&["allow", "add", &id, "--reason", "our own \"wire\"", "--expires", "2999-01-01"]);
    assert_eq!((added.code, added.stdout.as_str()), (Some(0), ""), "{}", added.stderr);
    expect![[r##"
        # Agreed wording.

        [[allow]]
        passage = "ID"
        reason = 'our own "wire"'
        expires = 2999-01-01
    "##]]
    .assert_eq(&get(&folder, "wirecopy-allow.toml").replace(&id, "ID"));
    assert_eq!(told(&folder, limits), "allowed error[long-run] post.txt wire.txt\n[0]\n");
    assert_eq!(
        told(&folder, &format!("{limits} --no-ignores")),
        "new error[long-run] post.txt wire.txt\n[1]\n"
    );
    let twice = at(&["allow", "add", &id, "--reason", "again"]);
    assert_eq!(twice.code, Some(2));
    assert!(twice.stderr.contains("(wirecopy-allow.toml:3)"), "{}", twice.stderr);

    let listed = at(&["allow", "list"]);
    expect![[r#"
        where                  what                  until                     reason
        wirecopy-allow.toml:3  ID  2999-01-01 (N days)  our own "wire"
    "#]]
    .assert_eq(&blank_days(&listed.stdout.replace(&id, "ID")));
    assert_eq!(at(&["allow", "list", "--expiring", "30d"]).stdout, "");

    let text = get(&folder, "wirecopy-allow.toml").replace("2999", "2020");
    put(
        &folder,
        "wirecopy-allow.toml",
        &format!("{text}\n[[allow]]\nsources = [\"Nobody\"]\nreason = \"leftover\"\n"),
    );
    expect![[r#"
        expired error[long-run] post.txt wire.txt
        new warning[allow-expired] - -
        new warning[allow-unused] - -
        [1]
    "#]]
    .assert_eq(&told(&folder, limits));
    let pruned = at(&["allow", "prune"]);
    assert_eq!(pruned.code, Some(0));
    assert_eq!(pruned.stderr, "note: took 1 expired allowance out of wirecopy-allow.toml\n");
    assert!(pruned.stdout.contains("(expired)"), "{}", pruned.stdout);
    expect![[r##"
        # Agreed wording.

        [[allow]]
        sources = ["Nobody"]
        reason = "leftover"
    "##]]
    .assert_eq(&get(&folder, "wirecopy-allow.toml"));
    let kept = get(&folder, "wirecopy-allow.toml");
    assert_eq!(at(&["allow", "prune"]).code, Some(0));
    assert_eq!(get(&folder, "wirecopy-allow.toml"), kept);
}

/// `text` with the days left, which depend on the day, made `N`.
fn blank_days(text: &str) -> String {
    match text.split_once('(') {
        Some((before, after)) => {
            let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
            format!("{before}(N{rest}")
        }
        None => text.to_owned(),
    }
}

#[test]
fn allowances_stand_in_the_configuration_beside_it_or_in_a_named_file() {
    let folder = newsroom();
    let entry = format!("[[allow]]\nphrase = \"\"\"\n{STATEMENT}\"\"\"\nreason = \"statement\"\n");
    let allowed = "allowed error[long-run] post.txt wire.txt\n[0]\n";
    let new = "new error[long-run] post.txt wire.txt\n[1]\n";
    put(&folder, "wirecopy.toml", &format!("max_run = 20\n{entry}"));
    assert_eq!(told(&folder, ""), allowed);
    let listed = run(folder.path(), &["allow", "list"]).stdout;
    assert!(listed.contains("wirecopy.toml:2") && listed.contains("\"The harbour authority"), "{listed}");

    put(&folder, "wirecopy.toml", "max_run = 20\n");
    assert_eq!(told(&folder, ""), new);
    put(&folder, "wirecopy-allow.toml", &entry);
    assert_eq!(told(&folder, ""), allowed);
    put(&folder, "other.toml", "");
    assert_eq!(told(&folder, "--allow other.toml"), new);
    let gone = check(folder.path(), "--allow gone.toml");
    assert_eq!(gone.code, Some(2));
    assert!(gone.stderr.contains("cannot read the allow-list gone.toml"), "{}", gone.stderr);

    put(&folder, "wirecopy-allow.toml", "\n[[allow]]\nsources = [\"Wire\"]\n");
    expect![[r#"
        error: an allowance without a reason (wirecopy-allow.toml:2)
        help: add reason = "..."
    "#]]
    .assert_eq(&check(folder.path(), "").stderr);
    assert_eq!(check(folder.path(), "").code, Some(2));
    put(&folder, "wirecopy-allow.toml", "");
    put(&folder, "wirecopy.toml", "max_run = 20\n\n[[allow]]\nsources = [\"Wire\"]\n");
    expect![[r#"
        error: an allowance without a reason (wirecopy.toml:3)
        help: add reason = "..."
    "#]]
    .assert_eq(&check(folder.path(), "").stderr);
}

#[test]
fn verdicts_are_written_to_files_beside_the_text() {
    let folder = newsroom();
    let ran =
        check(folder.path(), "--max-run 20 -o v.json -o v.jsonl -o json:forced -o v.txt --color always");
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert_eq!(json(&get(&folder, "v.json"))["findings"].as_array().unwrap().len(), 1);
    assert_eq!(json(&get(&folder, "forced"))["findings"].as_array().unwrap().len(), 1);
    assert!(get(&folder, "v.jsonl").lines().any(|line| json(line)["type"] == "finding"));
    assert!(get(&folder, "v.txt").contains("long-run") && !get(&folder, "v.txt").contains('\u{1b}'));
    assert!(ran.stdout.contains('\u{1b}'));
    for (output, said) in [
        ("v.pdf", "no format goes by that extension"),
        ("gone/v.json", "the folder gone does not exist"),
        ("archive", "is a folder"),
    ] {
        let ran = check(folder.path(), &format!("-o {output}"));
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
}

#[test]
fn a_step_on_github_gets_its_summary_behind_what_is_there() {
    let folder = newsroom();
    put(&folder, "summary.md", "# Earlier\n");
    let with = |format: &str| {
        let arguments = [
            "check",
            "incoming",
            "--against",
            "archive",
            "--max-run",
            "20",
            "--no-progress",
            "--format",
            format,
        ];
        let mut command = program(folder.path(), &arguments);
        command.env("GITHUB_STEP_SUMMARY", "summary.md").output().unwrap().status.code()
    };
    assert_eq!(with("text"), Some(1));
    assert_eq!(get(&folder, "summary.md"), "# Earlier\n");
    assert_eq!(with("github"), Some(1));
    let summary = get(&folder, "summary.md");
    assert!(summary.starts_with("# Earlier\n") && summary.contains("1 new finding"), "{summary}");
}

#[test]
fn the_verdict_is_the_same_for_any_number_of_threads() {
    let folder = newsroom();
    put(&folder, "incoming/copy.txt", &format!("{STATEMENT}\n\n{MORE}\n"));
    let with = |threads: &str| check(folder.path(), &format!("--max-run 9 --threads {threads}")).stdout;
    assert_eq!(with("1"), with("4"));
}

#[test]
fn hostile_names_and_reasons_do_not_reach_the_terminal() {
    let folder = newsroom();
    put(&folder, "incoming/e\u{1b}[2Jvil.txt", &format!("{STATEMENT}\n"));
    put(
        &folder,
        "wirecopy-allow.toml",
        "[[allow]]\nsources = [\"\\u001b[31m\"]\nreason = \"\\u001b]0;x\\u0007\"\n",
    );
    for more in ["--max-run 9", "--max-run 9 -v --baseline b.json --update-baseline"] {
        let ran = check(folder.path(), more);
        assert!(
            !ran.stdout.contains('\u{1b}') && !ran.stderr.contains('\u{1b}'),
            "{}{}",
            ran.stdout,
            ran.stderr
        );
    }
    let listed = run(folder.path(), &["allow", "list"]).stdout;
    assert!(!listed.contains(['\u{1b}', '\u{7}']), "{listed}");
}

#[test]
fn help_comes_with_examples() {
    let folder = newsroom();
    for (arguments, example) in [
        (&["check", "--help"][..], "wirecopy check incoming/ --against archive/"),
        (&["allow", "--help"], "wirecopy allow list --expiring 30d"),
        (&["allow", "add", "--help"], "--reason \"our own wire copy\""),
        (&["man", "check"], "max\\-run"),
        (&["man", "allow"], "prune"),
    ] {
        let ran = program(folder.path(), arguments).output().unwrap();
        let shown = String::from_utf8(ran.stdout).unwrap();
        assert!(ran.status.success() && shown.contains(example), "{shown}");
    }
}
