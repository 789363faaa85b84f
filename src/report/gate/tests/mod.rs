//! All formats on the same verdicts: snapshots a person can judge, and that hostile text stays inside its place.

mod evidence;
mod fixture;
mod hostile;
mod rows;
mod sarif;

use expect_test::{ExpectFile, expect, expect_file};

use crate::model::{Analysis, DocId, Finding, Findings, Level, Rule, Status, Verdict};
use crate::report::RenderOptions;
use crate::report::gate::{GateFormat, write, write_summary};
use fixture::{about_passage, finding, rich, verdict};

/// `verdict` on `findings` in `format`.
fn rendered(verdict: &Verdict, findings: &dyn Findings, format: GateFormat) -> String {
    let mut bytes = Vec::new();
    write(verdict, findings, format, &RenderOptions::default(), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The summary in at most `max_bytes`.
fn summary(verdict: &Verdict, findings: &dyn Findings, max_bytes: usize) -> String {
    let mut bytes = Vec::new();
    write_summary(verdict, findings, max_bytes, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[track_caller]
fn check(format: GateFormat, expected: ExpectFile) {
    let analysis = rich();
    expected.assert_eq(&rendered(&verdict(&analysis), &analysis, format));
}

/// `n` new findings about the first passage, one in three a warning.
fn many(analysis: &Analysis, n: u64) -> Verdict {
    let one = |n: u64| {
        let level = if n % 3 == 2 { Level::Warning } else { Level::Error };
        let base = Finding {
            message: format!("finding {n} of many"),
            ..finding(n, Rule::LongRun, level, Status::New)
        };
        about_passage(analysis, 0, false, base)
    };
    let mut findings: Vec<Finding> = (0..n).map(one).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    Verdict { findings, checked: vec![DocId::new(0)], n_checked: 1, n_reference: 4, ..Verdict::default() }
}

#[test]
fn text_reads_as_agreed() {
    check(GateFormat::Text, expect_file!["snapshots/rich.txt"]);
}

#[test]
fn formats_of_code_hosts_read_as_agreed() {
    check(GateFormat::Junit, expect_file!["snapshots/rich.junit.xml"]);
    check(GateFormat::Github, expect_file!["snapshots/rich.github.txt"]);
    check(GateFormat::Gitlab, expect_file!["snapshots/rich.gitlab.json"]);
    check(GateFormat::Markdown, expect_file!["snapshots/rich.md"]);
    let analysis = rich();
    let whole = summary(&verdict(&analysis), &analysis, 900 << 10);
    expect_file!["snapshots/rich.summary.md"].assert_eq(&whole);
}

/// Colour repeats what the words say.
#[test]
fn colour_adds_nothing_but_colour() {
    let analysis = rich();
    let options = RenderOptions { color: true, ..RenderOptions::default() };
    let mut bytes = Vec::new();
    write(&verdict(&analysis), &analysis, GateFormat::Text, &options, &mut bytes).unwrap();
    let colored = String::from_utf8(bytes).unwrap();
    assert!(colored.starts_with("\x1b[1;31merror[long-run]\x1b[0m: 36 consecutive"), "{colored}");
    let plain = ["0", "1", "1;31", "1;33"]
        .iter()
        .fold(colored, |text, code| text.replace(&format!("\x1b[{code}m"), ""));
    assert_eq!(plain, rendered(&verdict(&analysis), &analysis, GateFormat::Text));
}

/// A run without news says so, and whether anything was left unchecked.
#[test]
fn a_pass_says_what_was_not_checked() {
    let analysis = Analysis::default();
    let clean = Verdict { n_checked: 214, n_reference: 58_310, ..Verdict::default() };
    expect![[r#"
        checked 214 new articles against 58,310: no new findings, nothing left unchecked
    "#]]
    .assert_eq(&rendered(&clean, &analysis, GateFormat::Text));
    let rich = rich();
    let all = verdict(&rich);
    let known = all.findings.iter().filter(|finding| !finding.status.is_news()).cloned().collect();
    let pass = Verdict { findings: known, ..all };
    expect![[r#"
        not checked:
          - in/e-records.jsonl:9: no text field; name it with --text-field.
          - in/broken.pdf: not a text; convert it first.
          - … and 1 more; --format jsonl lists all inputs that were not read

        checked 3 new articles against 2: no new findings, 2 accepted, 3 not checked
    "#]]
    .assert_eq(&rendered(&pass, &rich, GateFormat::Text));
    for format in [GateFormat::Github, GateFormat::Markdown, GateFormat::Junit] {
        let shown = rendered(&pass, &rich, format);
        assert!(shown.contains("no text field; name it with --text-field."), "{format}: {shown}");
        assert!(shown.contains("3 not checked"), "{format}: {shown}");
    }
}

/// An input that a finding tells of is not told again below.
#[test]
fn an_unread_input_is_told_once() {
    let analysis = rich();
    let skipped = &analysis.skipped[1];
    let unread = Finding {
        path: skipped.path.clone(),
        line: skipped.line,
        message: "not read".to_owned(),
        ..finding(1, Rule::InputUnreadable, Level::Error, Status::New)
    };
    let verdict = Verdict { findings: vec![unread], n_not_checked: 1, ..Verdict::default() };
    let text = rendered(&verdict, &analysis, GateFormat::Text);
    assert_eq!(text.matches("in/e-records.jsonl:9").count(), 1, "{text}");
    assert!(!text.contains("not checked:"), "{text}");
    let junit = rendered(&verdict, &analysis, GateFormat::Junit);
    assert_eq!(junit.matches("<testcase").count(), 1, "{junit}");
    assert!(junit.contains("<error type=\"input-unreadable\" message=\"not read\">"), "{junit}");
}

#[test]
fn long_lists_are_cut_and_counted() {
    let analysis = rich();
    let text = rendered(&many(&analysis, 60), &analysis, GateFormat::Text);
    assert_eq!(text.matches("[long-run]: ").count(), 50);
    assert!(text.contains("… and 10 more new findings; --format jsonl lists them all\n"), "{text}");
    let github = rendered(&many(&analysis, 12), &analysis, GateFormat::Github);
    let commands: Vec<&str> = github.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(commands.len(), 10, "{github}");
    assert!(commands[..8].iter().all(|line| line.starts_with("::error file=in/a-wire.txt,line=1,")));
    assert_eq!(commands[9], "::warning title=wirecopy::and 3 more new findings; see the job summary");
    let github = rendered(&many(&analysis, 9), &analysis, GateFormat::Github);
    assert_eq!(github.lines().filter(|line| line.starts_with("::")).count(), 9, "{github}");
    let junit = rendered(&many(&analysis, 9), &analysis, GateFormat::Junit);
    assert_eq!(junit.matches("error[long-run]").count(), 3, "{junit}");
    assert_eq!(junit.matches("… and 3 more findings").count(), 1, "{junit}");
}

/// The names in a GitLab report are unique even if two findings have one.
#[test]
fn a_repeated_fingerprint_gets_an_ordinal() {
    let base = || finding(7, Rule::LongRun, Level::Error, Status::New);
    let verdict = Verdict { findings: vec![base(), base(), base()], ..Verdict::default() };
    let report = rendered(&verdict, &Analysis::default(), GateFormat::Gitlab);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let names: Vec<&str> =
        report.as_array().unwrap().iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(names, ["wc1-0000000000000007", "wc1-0000000000000007-2", "wc1-0000000000000007-3"]);
}

/// Nothing is written beyond the limit; what is cut is cut between sections and counted.
#[test]
fn a_summary_stays_below_its_limit() {
    let analysis = rich();
    let verdict = many(&analysis, 3_000);
    let whole = summary(&verdict, &analysis, usize::MAX);
    assert!(whole.len() > 900 << 10, "the fixture is large enough: {}", whole.len());
    for max_bytes in [0, 10, 100, 1_000, 5_000, 65_536, 900 << 10] {
        let cut = summary(&verdict, &analysis, max_bytes);
        assert!(cut.len() <= max_bytes, "{} of {max_bytes}", cut.len());
        if max_bytes >= 1_000 {
            let (text, note) = cut.rsplit_once("\nCut here to stay within ").unwrap();
            assert!(whole.starts_with(text), "{max_bytes}");
            // What follows is the beginning of a section.
            assert!(whole[text.len()..].starts_with("\n### ") || whole[text.len()..].starts_with("- "));
            let told = text.matches("of many\n").count() + text.matches("of many: ").count();
            let told = u64::try_from(3_000 - told).unwrap();
            let told = crate::report::overview::amount(told);
            assert!(note.contains(&format!(": {told} new findings are not shown;")), "{note}");
        }
    }
    let comment = rendered(&verdict, &analysis, GateFormat::Markdown);
    assert!(comment.len() <= 65_536);
    assert!(
        comment.ends_with("\n2,967 new findings are not shown; `--format jsonl` lists all.\n"),
        "{comment}"
    );
}

/// A closed pipe comes back as what it is, whatever the format.
#[test]
fn a_closed_pipe_keeps_its_kind() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let analysis = rich();
    for format in GateFormat::ALL {
        let written = write(&verdict(&analysis), &analysis, format, &RenderOptions::default(), &mut Closed);
        assert_eq!(written.unwrap_err().kind(), std::io::ErrorKind::BrokenPipe, "{format}");
    }
}
