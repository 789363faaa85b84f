//! What the README shows is what the program prints.

use std::path::Path;
use std::process::Command;

/// A command of the README with the lines shown under it.
struct Example {
    arguments: Vec<String>,
    shown: Vec<String>,
}

fn examples(readme: &str) -> Vec<Example> {
    readme
        .split("```console\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .filter_map(|block| block.strip_prefix("$ wirecopy "))
        .map(|block| {
            let mut lines = block.lines().map(str::to_owned);
            let command = lines.next().unwrap();
            let arguments = command.split(' ').map(|word| word.trim_matches('\'').to_owned()).collect();
            Example { arguments, shown: lines.collect() }
        })
        .collect()
}

/// What the program prints for `arguments`, run where the files it names are.
fn printed(arguments: &[String]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = if arguments.iter().any(|a| a.starts_with("samples/")) {
        root.to_owned()
    } else {
        root.join("samples/ceasefire/articles")
    };
    let output = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
        .args(arguments)
        .args(["--no-config", "--no-progress"])
        .env("COLUMNS", "100")
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Whether `shown` is `printed`, but for stretches left out at a line `…`.
pub(crate) fn is_shown(shown: &[String], printed: &str) -> bool {
    let lines: Vec<&str> = printed.lines().collect();
    let mut at = 0;
    let mut anywhere = false;
    for line in shown {
        if line == "…" {
            anywhere = true;
            continue;
        }
        let found = lines[at..].iter().position(|printed| printed == line);
        match found {
            Some(offset) if anywhere || offset == 0 => at += offset + 1,
            _ => return false,
        }
        // A blank line after a stretch left out may be any blank line.
        anywhere = line.is_empty() && anywhere;
    }
    anywhere || at == lines.len()
}

#[test]
fn shows_what_the_program_prints() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let examples = examples(&readme);
    assert!(examples.len() >= 2, "the README shows no example");
    for example in examples {
        let printed = printed(&example.arguments);
        assert!(
            is_shown(&example.shown, &printed),
            "README.md shows something else for `wirecopy {}`; it prints:\n{printed}",
            example.arguments.join(" ")
        );
    }
}

#[test]
fn the_comparison_catches_a_changed_line() {
    let shown = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    assert!(is_shown(&shown(&["one", "two"]), "one\ntwo\n"));
    assert!(is_shown(&shown(&["one", "…", "three"]), "one\ntwo\nthree\n"));
    assert!(is_shown(&shown(&["one", "…"]), "one\ntwo\nthree\n"));
    assert!(!is_shown(&shown(&["one"]), "one\ntwo\n"));
    assert!(!is_shown(&shown(&["one", "too"]), "one\ntwo\n"));
    assert!(!is_shown(&shown(&["one", "…", "two", "four"]), "one\ntwo\nthree\nfour\n"));
}
