//! The settings of `check`: what is allowed, what was accepted, how the verdict is told.

use std::path::Path;

use crate::cli::choice;
use crate::cli::opt::{Kind, Opt, Taken};
use crate::cli::value;
use crate::model::SettingValue;

const COMPARED: &str = "What is compared";
const RULES: &str = "Rules";
const ACCEPTED: &str = "What is accepted";
const VERDICT: &str = "Verdict";

/// A path that may be unset.
fn shown_path(path: Option<&Path>) -> SettingValue {
    choice::shown(path.map(choice::path_text).as_deref())
}

/// Every setting that `check` alone takes, in the order of help and of `config show`.
pub(super) const CHECK: &[Opt] = &[
    Opt::new(
        Kind::One,
        "new-from-ref",
        "REF",
        |to, values| choice::text(values).map(|name| to.gate.new_from_ref = Some(name.to_owned())),
        |of| choice::shown(of.gate.new_from_ref.as_deref()),
    )
    .brief()
    .taken(Taken::Checking)
    .help(
        COMPARED,
        "Only what a branch adds is new, the rest is reference (origin/main)\nNew is what differs from the \
         last commit that REF and the current branch have in common: committed, in the working tree, or not in git. Of \
         a file of records only the records that were not in it; a file that was only renamed is not new.",
    ),
    Opt::new(
        Kind::Switch,
        "staged",
        "",
        |to, values| choice::text(values).and_then(value::switch).map(|on| to.gate.staged = on),
        |of| SettingValue::Flag(of.gate.staged),
    )
    .opposite("no-staged")
    .brief()
    .taken(Taken::Checking)
    .help(COMPARED, "Only what is staged in git is new, the rest is reference"),
    Opt::new(
        Kind::One,
        "max-run",
        "N",
        |to, values| choice::words(values).map(|n| to.gate.limits.max_run = n),
        |of| SettingValue::Integer(of.gate.limits.max_run.into()),
    )
    .brief()
    .taken(Taken::Checking)
    .help(RULES, "Most words in a row that may be shared (long-run)\nAlso written 60w; 0 allows none."),
    Opt::new(
        Kind::One,
        "max-coverage",
        "SHARE",
        |to, values| {
            choice::text(values).and_then(value::share).map(|share| to.gate.limits.max_coverage = share)
        },
        |of| SettingValue::Number(of.gate.limits.max_coverage),
    )
    .brief()
    .taken(Taken::Checking)
    .help(RULES, "Most of a new document that another may share (coverage)\nWritten 40% or 0.4; 0 allows nothing."),
    Opt::new(
        Kind::One,
        "max-new",
        "N",
        |to, values| choice::places(values).map(|n| to.gate.max_new = n),
        |of| choice::shown_places(of.gate.max_new),
    )
    .taken(Taken::Checking)
    .help(RULES, "New findings at level error that leave the exit code at 0"),
    Opt::new(
        Kind::Many,
        "level",
        "RULE=LEVEL",
        |to, values| choice::levels(&mut to.gate.limits, values),
        |of| choice::shown_levels(&of.gate.limits),
    )
    .brief()
    .taken(Taken::Checking)
    .help(
        RULES,
        "How much a rule matters: error, warning, note or off; repeatable\nErrors make the exit code 1, warnings and \
         notes never do. By default long-run, coverage, near-duplicate and input-unreadable are errors, \
         changed-number, allow-expired and allow-unused warnings, same-outlet-reuse and missing-metadata off. \
         A copy breaks near-duplicate alone, unless another rule matters more.",
    ),
    Opt::new(
        Kind::One,
        "baseline",
        "FILE",
        |to, values| choice::path(values).map(|path| to.gate.baseline = Some(path)),
        |of| shown_path(of.gate.baseline.as_deref()),
    )
    .path()
    .brief()
    .taken(Taken::Checking)
    .help(ACCEPTED, "Findings that were accepted are in this file: they are counted, and no news"),
    Opt::new(
        Kind::Switch,
        "update-baseline",
        "",
        |to, values| {
            choice::text(values).and_then(value::switch).map(|on| to.gate.update_baseline = on)
        },
        |of| SettingValue::Flag(of.gate.update_baseline),
    )
    .opposite("no-update-baseline")
    .brief()
    .taken(Taken::Checking)
    .help(
        ACCEPTED,
        "Accept what this run finds: write it to the file of --baseline\nFindings of this run that are not allowed take \
         the place of what the file held; what was added and removed is told.",
    ),
    Opt::new(
        Kind::One,
        "allow-file",
        "FILE",
        |to, values| choice::path(values).map(|path| to.gate.allow_file = Some(path)),
        |of| shown_path(of.gate.allow_file.as_deref()),
    )
    .flag("allow")
    .path()
    .taken(Taken::Checking)
    .help(
        ACCEPTED,
        "Take allowances from FILE instead of the wirecopy-allow.toml beside wirecopy.toml\nThose of wirecopy.toml hold \
         all the same. Without a wirecopy.toml the file is looked for in the working folder.",
    ),
    Opt::new(
        Kind::Switch,
        "no-ignores",
        "",
        |to, values| choice::text(values).and_then(value::switch).map(|on| to.gate.no_ignores = on),
        |of| SettingValue::Flag(of.gate.no_ignores),
    )
    .opposite("ignores")
    .taken(Taken::Checking)
    .help(ACCEPTED, "Apply neither the baseline nor allowances, as an auditor would"),
    Opt::new(
        Kind::One,
        "check-format",
        "FORMAT",
        |to, values| choice::gate_format(values).map(|format| to.gate.format = format),
        |of| SettingValue::Text(of.gate.format.name().to_owned()),
    )
    .flag("format")
    .words(choice::gate_format_names)
    .brief()
    .taken(Taken::Checking)
    .help(
        VERDICT,
        "Form of standard output; no form changes the exit code\nWith github, a summary is appended to the file that \
         GITHUB_STEP_SUMMARY names, if it is set.",
    ),
    Opt::new(
        Kind::Many,
        "check-output",
        "FILE",
        |to, values| choice::texts(values).map(|files| to.gate.outputs = files),
        |of| SettingValue::List(of.gate.outputs.clone()),
    )
    .flag("output")
    .path()
    .prefixed()
    .short('o')
    .brief()
    .taken(Taken::Checking)
    .help(
        VERDICT,
        "Also write this file, or FORMAT:FILE (.txt .json .jsonl .sarif .xml .md)\nRepeatable. The extension decides the \
         form, .xml is JUnit; a format before a colon overrides it, as in gitlab:report.json.",
    ),
    Opt::new(
        Kind::Switch,
        "exit-zero",
        "",
        |to, values| choice::text(values).and_then(value::switch).map(|on| to.gate.exit_zero = on),
        |of| SettingValue::Flag(of.gate.exit_zero),
    )
    .opposite("no-exit-zero")
    .brief()
    .taken(Taken::Checking)
    .help(VERDICT, "End with exit code 0 instead of 1; 2 and 3 stay"),
];
