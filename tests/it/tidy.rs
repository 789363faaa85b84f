//! House rules, held by tests. Each rule is a function over text, and has a case that plants a violation.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::source;

/// Modules of the library, lowest first. A module uses itself and the ones before it, never one after it.
const LAYERS: [&str; 17] = [
    "model",
    "store",
    "statistics",
    "read",
    "normalize",
    "fingerprint",
    "matching",
    "index",
    "edits",
    "align",
    "cluster",
    "provenance",
    "gate",
    "report",
    "error",
    "pipeline",
    "cli",
];

/// Longest source file, in lines without its tests.
const MAX_FILE_LINES: usize = 600;

/// Longest function, in lines from `fn` to its closing brace. Clippy warns at 60 lines of code; this one counts
/// blank lines and comments and cannot be allowed away.
const MAX_FUNCTION_LINES: usize = 100;

/// File names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 6] = ["util.rs", "utils.rs", "helper.rs", "helpers.rs", "common.rs", "misc.rs"];

// The rules.

/// The layer a source file belongs to; `None` for the crate's roots.
fn layer_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    let name = inside.split('/').next()?.trim_end_matches(".rs");
    (!matches!(name, "lib" | "main")).then_some(name)
}

/// Uses of a layer above, or of no layer at all.
fn layer_violations(path: &str, text: &str) -> Vec<String> {
    let Some(layer) = layer_of(path) else { return Vec::new() };
    let Some(level) = LAYERS.iter().position(|&name| name == layer) else {
        return vec![format!("{path}: `{layer}` is not in the layer order")];
    };
    let code = source::shipped_code(text);
    let mut used = source::paths_under(&code, "crate");
    let at_root = path == format!("src/{layer}.rs") || path == format!("src/{layer}/mod.rs");
    if at_root {
        used.extend(
            source::paths_under(&code, "super")
                .into_iter()
                .filter(|(_, head)| LAYERS.contains(&head.as_str()) && head != layer),
        );
    }
    let mut found = Vec::new();
    for (line, head) in used {
        match LAYERS.iter().position(|&name| name == head) {
            Some(other) if other <= level => {}
            Some(_) => found.push(format!("{path}:{line}: `{layer}` uses `{head}`, a layer above it")),
            None => found
                .push(format!("{path}:{line}: `crate::{head}` names no layer; name the module it stands in")),
        }
    }
    found
}

/// Paths that climb two modules.
fn climbing_paths(path: &str, text: &str) -> Vec<String> {
    let code = source::code_only(text);
    source::paths_under(&code, "super")
        .into_iter()
        .filter(|(_, head)| head == "super")
        .map(|(line, _)| format!("{path}:{line}: climbs two modules; write the path from the crate"))
        .collect()
}

/// A file longer than [`MAX_FILE_LINES`] without its tests.
fn long_file(path: &str, text: &str) -> Option<String> {
    let tests: usize =
        source::test_items(&source::code_only(text)).into_iter().map(|item| text[item].lines().count()).sum();
    let lines = text.lines().count() - tests;
    (lines > MAX_FILE_LINES)
        .then(|| format!("{path}: {lines} lines, at most {MAX_FILE_LINES}; split it by concept"))
}

/// Functions longer than [`MAX_FUNCTION_LINES`].
fn long_functions(path: &str, text: &str) -> Vec<String> {
    let code = source::shipped_code(text);
    source::functions(&code)
        .into_iter()
        .map(|(name, range)| (name, source::line_of(&code, range.start), code[range].lines().count()))
        .filter(|&(_, _, lines)| lines > MAX_FUNCTION_LINES)
        .map(|(name, line, lines)| {
            format!("{path}:{line}: `{name}` has {lines} lines, at most {MAX_FUNCTION_LINES}")
        })
        .collect()
}

/// A file whose name could hold anything.
fn empty_name(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?;
    EMPTY_NAMES.contains(&name).then(|| format!("{path}: name it after the concept inside"))
}

/// Sample folders without the two files every sample has. Takes the paths of all files.
fn incomplete_samples(files: &[String]) -> Vec<String> {
    let folders: BTreeSet<&str> = files
        .iter()
        .filter_map(|path| path.strip_prefix("samples/")?.split_once('/'))
        .map(|(name, _)| name)
        .collect();
    let mut found = Vec::new();
    for folder in folders {
        for needed in ["README.md", "truth.jsonl"] {
            let path = format!("samples/{folder}/{needed}");
            if !files.contains(&path) {
                found.push(format!("{path} is missing"));
            }
        }
    }
    found
}

/// The test command of the CI script: its first line that runs `cargo test`, without redirections.
fn test_command(script: &str) -> Option<&str> {
    let line = script.lines().map(str::trim).find(|line| line.starts_with("cargo test"))?;
    let end = ["|", ">", "2>", "&&"].iter().filter_map(|mark| line.find(mark)).min().unwrap_or(line.len());
    Some(line[..end].trim_end())
}

/// Whether the README shows the CI script's test command on a line of its own (a prompt before it is allowed).
fn readme_shows_test_command(readme: &str, script: &str) -> Result<(), String> {
    let command = test_command(script).ok_or("the CI script runs no `cargo test` on a line of its own")?;
    let shown = readme.lines().any(|line| line.trim().trim_start_matches("$ ") == command);
    shown.then_some(()).ok_or_else(|| format!("README.md does not show `{command}` on a line of its own"))
}

/// Paths that exist on one machine only.
fn machine_paths(path: &str, text: &str) -> Vec<String> {
    // Put together here, so that this file does not break its own rule.
    let folders = ["work", "farm", "root", "home", "tmp", "Users", "var/folders"];
    let needles: Vec<String> = folders.iter().map(|folder| format!("/{folder}/")).collect();
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let absolute = |needle: &String| {
            line.match_indices(needle.as_str()).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                !before.is_some_and(|c| {
                    c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '}' | ')' | '~')
                })
            })
        };
        if needles.iter().any(absolute) {
            found.push(format!("{path}:{}: a path of one machine", number + 1));
        }
    }
    found
}

/// Whether a lock file pins this package.
fn lock_file_pins(lock: &str, package: &str) -> bool {
    lock.split("[[package]]").any(|entry| entry.lines().any(|line| line == format!("name = \"{package}\"")))
}

// The repository, held against them.

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file that git would track, relative to the root, in order.
fn files() -> Vec<String> {
    let mut builder = WalkBuilder::new(root());
    builder.hidden(false).require_git(false).filter_entry(|entry| entry.file_name() != ".git");
    let mut paths: Vec<String> = builder
        .build()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_file())
        .map(|entry| slashed(entry.path().strip_prefix(root()).unwrap()))
        .collect();
    paths.sort_unstable();
    assert!(paths.contains(&"src/lib.rs".to_owned()), "the walk finds the sources");
    paths
}

fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_str().unwrap()).collect::<Vec<_>>().join("/")
}

/// Source files that ship: below src, without the ones that only tests declare.
fn sources() -> Vec<(String, String)> {
    let all: Vec<(String, String)> = files()
        .into_iter()
        .filter(|path| path.starts_with("src/") && path.ends_with(".rs"))
        .map(|path| (path.clone(), read(&path)))
        .collect();
    let mut test_only = BTreeSet::new();
    for (path, text) in &all {
        let (folder, name) = path.rsplit_once('/').unwrap();
        let stem = name.trim_end_matches(".rs");
        let below = if matches!(stem, "mod" | "lib" | "main") {
            folder.to_owned()
        } else {
            format!("{folder}/{stem}")
        };
        for module in source::test_modules(text) {
            test_only.insert(format!("{below}/{module}.rs"));
            test_only.insert(format!("{below}/{module}/"));
        }
    }
    let is_test = |path: &str| test_only.iter().any(|place| path.starts_with(place.as_str()));
    all.into_iter().filter(|(path, _)| !is_test(path)).collect()
}

#[track_caller]
fn assert_none(violations: &[String]) {
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

#[test]
fn layers_point_down() {
    assert_none(&sources().iter().flat_map(|(path, text)| layer_violations(path, text)).collect::<Vec<_>>());
}

#[test]
fn no_path_climbs_two_modules() {
    assert_none(&sources().iter().flat_map(|(path, text)| climbing_paths(path, text)).collect::<Vec<_>>());
}

#[test]
fn files_and_functions_fit_a_reader() {
    let sources = sources();
    let mut found: Vec<String> = sources.iter().filter_map(|(path, text)| long_file(path, text)).collect();
    found.extend(sources.iter().flat_map(|(path, text)| long_functions(path, text)));
    found.extend(files().iter().filter_map(|path| empty_name(path)));
    assert_none(&found);
}

#[test]
fn every_sample_says_what_it_is_and_what_is_true() {
    assert_none(&incomplete_samples(&files()));
}

#[test]
fn the_readme_shows_the_test_command_of_ci() {
    assert_eq!(readme_shows_test_command(&read("README.md"), &read(".ci/run")), Ok(()));
}

#[test]
fn no_file_names_a_path_of_one_machine() {
    let mut found = Vec::new();
    for path in files() {
        let bytes = fs::read(root().join(&path)).unwrap();
        if let Ok(text) = String::from_utf8(bytes) {
            found.extend(machine_paths(&path, &text));
        }
    }
    assert_none(&found);
}

#[test]
fn dependencies_are_pinned() {
    assert!(
        lock_file_pins(&read("Cargo.lock"), env!("CARGO_PKG_NAME")),
        "Cargo.lock does not hold this package"
    );
}

// Each rule catches what it is for.

#[test]
fn the_layer_rule_catches_what_points_up() {
    let caught: [(&str, &str); 8] = [
        ("src/align/chain.rs", "use crate::cluster::Witness;"),
        ("src/align/chain.rs", "use crate::{model, report::Row};"),
        ("src/align/chain.rs", "use crate::{\n    model::{Span, DocId},\n    cli,\n};"),
        ("src/align.rs", "fn f() { crate::pipeline::run() }"),
        ("src/align/mod.rs", "use super::report::Row;"),
        ("src/align/chain.rs", "use crate::Document;"),
        ("src/align/chain.rs", "use crate::*;"),
        ("src/toolbox/mod.rs", ""),
    ];
    for (path, text) in caught {
        assert_eq!(layer_violations(path, text).len(), 1, "{path}: {text}");
    }
    let allowed = [
        ("src/cluster/mod.rs", "use crate::align::Passage;\nuse crate::{cluster::union, model};"),
        ("src/align/chain.rs", "// see crate::report\nconst S: &str = \"crate::cli::x\";"),
        ("src/align/chain.rs", "#[cfg(test)]\nmod tests { use crate::report::Row; }"),
        ("src/lib.rs", "pub use crate::cli::run;"),
        ("src/main.rs", "fn main() { wirecopy::cli::main() }"),
        ("src/align/chain.rs", "use super::report;"),
    ];
    for (path, text) in allowed {
        assert_eq!(layer_violations(path, text), [""; 0], "{path}: {text}");
    }
}

#[test]
fn the_climbing_rule_catches_two_steps() {
    assert_eq!(
        climbing_paths("x.rs", "\nuse super::super::a;"),
        ["x.rs:2: climbs two modules; write the path from the crate"]
    );
    assert_eq!(climbing_paths("x.rs", "use super :: super\n::a;").len(), 1);
    assert_eq!(climbing_paths("x.rs", "use super::a; // super::super::b").len(), 0);
}

#[test]
fn the_length_rules_count_without_tests() {
    let line = "const A: u8 = 0;\n";
    assert_eq!(long_file("x.rs", &line.repeat(600)), None);
    assert!(long_file("x.rs", &line.repeat(601)).is_some_and(|text| text.contains("601 lines")));
    let tested = format!("{}#[cfg(test)]\nmod tests {{\n{}}}\n", line.repeat(600), line.repeat(900));
    assert_eq!(long_file("x.rs", &tested), None);

    let function = |lines: usize| format!("\nfn long() {{\n{}}}\n", "    f();\n".repeat(lines - 2));
    assert_eq!(long_functions("x.rs", &function(100)), [""; 0]);
    assert_eq!(long_functions("x.rs", &function(101)), ["x.rs:2: `long` has 101 lines, at most 100"]);
    let in_tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", function(200));
    assert_eq!(long_functions("x.rs", &in_tests), [""; 0]);
}

#[test]
fn the_name_rule_catches_a_drawer_of_odds_and_ends() {
    assert!(empty_name("src/align/utils.rs").is_some());
    assert!(empty_name("src/align/chain.rs").is_none());
}

#[test]
fn the_sample_rule_catches_a_missing_file() {
    let files =
        ["samples/a/README.md", "samples/a/truth.jsonl", "samples/b/README.md", "samples/b/x/one.txt"];
    let files: Vec<String> = files.iter().map(|&path| path.to_owned()).collect();
    assert_eq!(incomplete_samples(&files), ["samples/b/truth.jsonl is missing"]);
    assert_eq!(incomplete_samples(&files[..2]), [""; 0]);
}

#[test]
fn the_readme_rule_catches_another_command() {
    let script = "#!/usr/bin/env bash\n# cargo test first\ncargo test --locked 2>&1 | tee log\n";
    assert_eq!(test_command(script), Some("cargo test --locked"));
    assert_eq!(readme_shows_test_command("```\n$ cargo test --locked\n```", script), Ok(()));
    assert!(readme_shows_test_command("cargo test", script).is_err());
    assert!(readme_shows_test_command("run cargo test --locked now", script).is_err());
    assert!(readme_shows_test_command("cargo test --locked", "cargo build\n").is_err());
}

#[test]
fn the_path_rule_catches_absolute_paths_alone() {
    let of_machine = |folder: &str| format!("see /{folder}/x, and go on");
    for folder in ["work", "root", "home", "tmp", "farm", "Users"] {
        assert_eq!(machine_paths("a.md", &of_machine(folder)), ["a.md:1: a path of one machine"], "{folder}");
    }
    let beside = of_machine("work").replace("see ", "see ..");
    for fine in [&beside, "https://example.org/home/x", "$HOME/tmp/x", "read /etc/x", "the work/life"] {
        assert_eq!(machine_paths("a.md", fine), [""; 0], "{fine}");
    }
}

#[test]
fn the_lock_rule_catches_an_empty_or_foreign_lock() {
    assert!(lock_file_pins("[[package]]\nname = \"wirecopy\"\nversion = \"0.1.0\"\n", "wirecopy"));
    assert!(!lock_file_pins("", "wirecopy"));
    assert!(!lock_file_pins("[[package]]\nname = \"wirecopy-extra\"\n", "wirecopy"));
}
