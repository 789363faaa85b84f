//! All formats on the same verdicts: snapshots a person can judge, and that hostile text stays inside its place.

mod fixture;

use expect_test::{ExpectFile, expect, expect_file};

use crate::model::{Analysis, Findings, Verdict};
use crate::report::RenderOptions;
use crate::report::gate::{GateFormat, write};
use fixture::{rich, verdict};

/// `verdict` on `findings` in `format`.
fn rendered(verdict: &Verdict, findings: &dyn Findings, format: GateFormat) -> String {
    let mut bytes = Vec::new();
    write(verdict, findings, format, &RenderOptions::default(), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[track_caller]
fn check(format: GateFormat, expected: ExpectFile) {
    let analysis = rich();
    expected.assert_eq(&rendered(&verdict(&analysis), &analysis, format));
}

#[test]
fn text_reads_as_agreed() {
    check(GateFormat::Text, expect_file!["snapshots/rich.txt"]);
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
          in/e-records.jsonl:9: no text field; name it with --text-field.
          in/broken.pdf: not a text; convert it first.
          … and 1 more; --format jsonl lists all inputs that were not read

        checked 3 new articles against 2: no new findings, 2 accepted, 3 not checked
    "#]]
    .assert_eq(&rendered(&pass, &rich, GateFormat::Text));
}
