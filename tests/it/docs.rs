//! The pages of docs/ say what is: their commands are run, their YAML and TOML are read, the action's script is tried.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use yaml_rust2::{Yaml, YamlLoader};

use crate::changes::{apart, git};
use crate::readme::is_shown;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// `program`, which finds this build's wirecopy on its path, in `folder`.
fn beside(program: &str, folder: &Path) -> Command {
    let built = Path::new(env!("CARGO_BIN_EXE_wirecopy")).parent().unwrap().to_owned();
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::env::join_paths(std::iter::once(built).chain(std::env::split_paths(&paths))).unwrap();
    let mut command = apart(program, folder);
    command.env("PATH", paths).env("WIRECOPY_NO_PROGRESS", "true");
    command
}

/// A folder with a copy of the samples.
fn with_samples() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let copied =
        Command::new("cp").arg("-r").arg(root().join("samples")).arg(folder.path()).status().unwrap();
    assert!(copied.success());
    folder
}

/// What stands between lines "```LANGUAGE" and "```".
fn fenced<'t>(page: &'t str, language: &str) -> Vec<&'t str> {
    let open = format!("```{language}\n");
    page.split(&open).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// A command of a page with the lines shown under it.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    line: String,
    output: Vec<String>,
    code: i32,
}

/// The commands of a page in order; `echo $?` tells the exit code of the one before it.
fn commands(page: &str) -> Vec<Shown> {
    let mut commands: Vec<Shown> = Vec::new();
    let mut of_code = false;
    for line in fenced(page, "console").into_iter().flat_map(str::lines) {
        match line.strip_prefix("$ ") {
            Some("echo $?") => of_code = true,
            Some(line) => {
                of_code = false;
                commands.push(Shown { line: line.to_owned(), output: Vec::new(), code: 0 });
            }
            None if of_code => commands.last_mut().unwrap().code = line.parse().unwrap(),
            None => commands.last_mut().unwrap().output.push(line.to_owned()),
        }
    }
    commands
}

#[test]
fn commands_are_taken_off_a_page() {
    let page = "```console\n$ one\nsays\n$ echo $?\n1\n```\n```yaml\n$ no\n```\n```console\n$ two\n```\n";
    let shown = |line: &str, output: &[&str], code| Shown {
        line: line.to_owned(),
        output: output.iter().map(|line| (*line).to_owned()).collect(),
        code,
    };
    assert_eq!(commands(page), [shown("one", &["says"], 1), shown("two", &[], 0)]);
}

#[test]
fn the_page_for_ci_shows_what_happens() {
    assert_shows_what_happens("docs/ci.md", "wirecopy check", 10);
}

#[test]
fn the_page_on_the_report_shows_what_happens() {
    assert_shows_what_happens("docs/report.md", "wirecopy ", 4);
}

/// The rules that the page shows are taken, all of them.
#[test]
fn rules_as_the_page_on_the_report_shows_them_are_read() {
    let folder = with_samples();
    let page = read("docs/report.md");
    let [rules] = fenced(&page, "toml")[..] else { panic!("one file of rules is shown") };
    fs::write(folder.path().join("es.toml"), rules).unwrap();
    let text = "El muelle se cierra hasta el lunes, según Cadena SER.\n";
    fs::write(folder.path().join("a.txt"), text.repeat(3)).unwrap();
    fs::write(folder.path().join("b.txt"), "nada").unwrap();
    let line = "wirecopy compare a.txt b.txt --no-config --rules es.toml --format jsonl -q";
    let output = beside("sh", folder.path()).args(["-c", line]).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && printed.contains("\"name\":\"Cadena SER\""), "{printed}");
}

/// Every command of `page`, one after another, ends and says what the page shows; at least `n` begin with `command`.
#[track_caller]
fn assert_shows_what_happens(page: &str, command: &str, n: usize) {
    let folder = with_samples();
    let commands = commands(&read(page));
    assert!(commands.iter().filter(|shown| shown.line.starts_with(command)).count() >= n);
    for Shown { line, output, code } in commands {
        let Output { status, stdout, .. } =
            beside("sh", folder.path()).args(["-c", &format!("{{ {line}; }} 2>&1")]).output().unwrap();
        let printed = String::from_utf8(stdout).unwrap();
        assert_eq!(status.code(), Some(code), "{line}\n{printed}");
        // A line that is wider than a page is shown up to some place.
        let printed: String = printed.lines().map(|line| clipped(line, &output) + "\n").collect();
        assert!(output.is_empty() || is_shown(&output, &printed), "{page}: {line} prints\n{printed}");
    }
}

/// An annotation as long as the page shows it.
fn clipped(line: &str, shown: &[String]) -> String {
    let is_begin = |shown: &&String| shown.starts_with("::") && line.starts_with(shown.as_str());
    shown.iter().find(is_begin).map_or_else(|| line.to_owned(), Clone::clone)
}

#[track_caller]
fn yaml(text: &str) -> Yaml {
    let mut documents = YamlLoader::load_from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

/// The keys of a mapping.
fn keys(of: &Yaml) -> Vec<&str> {
    of.as_hash().unwrap().keys().map(|key| key.as_str().unwrap()).collect()
}

fn steps(action: &Yaml) -> &[Yaml] {
    action["runs"]["steps"].as_vec().unwrap()
}

/// Values of the environment of `steps`.
fn environment(steps: &[Yaml]) -> Vec<&str> {
    steps
        .iter()
        .filter_map(|step| step["env"].as_hash())
        .flat_map(|env| env.values().map(|value| value.as_str().unwrap()))
        .collect()
}

#[test]
fn inputs_of_the_action_go_through_the_environment_alone() {
    let action = yaml(&read("action.yml"));
    assert_eq!(action["runs"]["using"].as_str(), Some("composite"));
    for step in steps(&action) {
        assert_eq!(step["shell"].as_str(), Some("bash"));
        let script = step["run"].as_str().unwrap();
        assert!(!script.contains("${{"), "{script}");
    }
    let environment = environment(steps(&action));
    for input in keys(&action["inputs"]) {
        let used = format!("${{{{ inputs.{input} }}}}");
        let is_folder = input == "working-directory";
        assert!(environment.contains(&used.as_str()) != is_folder, "{input}");
        let described = action["inputs"][input]["description"].as_str().unwrap();
        assert!(described.ends_with('.'), "{input}: {described}");
    }
    let script = read("action/check.sh");
    for step in steps(&action) {
        for name in keys(&step["env"]).into_iter().filter(|name| name.starts_with("INPUT_")) {
            assert!(script.contains(&format!("${{{name}:-")), "action/check.sh does not read {name}");
        }
    }
    for output in keys(&action["outputs"]) {
        let value = action["outputs"][output]["value"].as_str().unwrap();
        assert_eq!(value, format!("${{{{ steps.check.outputs.{output} }}}}"));
        assert!(script.contains(&format!("echo \"{output}=")), "action/check.sh does not write {output}");
    }
    assert_eq!(keys(&action["outputs"]), ["findings", "new-findings", "report-path"]);
}

#[test]
fn the_yaml_of_the_page_names_what_there_is() {
    let action = yaml(&read("action.yml"));
    let hooks = yaml(&read(".pre-commit-hooks.yaml"));
    let (mut n_actions, mut n_hooks) = (0, 0);
    for part in fenced(&read("docs/ci.md"), "yaml") {
        let part = yaml(part);
        for step in part["jobs"]["wirecopy"]["steps"].as_vec().into_iter().flatten() {
            if step["uses"].as_str().unwrap().starts_with("OWNER/wirecopy@") {
                n_actions += 1;
                for input in keys(&step["with"]) {
                    assert!(keys(&action["inputs"]).contains(&input), "{input}");
                }
            }
        }
        for hook in part["repos"][0]["hooks"].as_vec().into_iter().flatten() {
            n_hooks += 1;
            assert_eq!(hook["id"], hooks[0]["id"]);
        }
    }
    assert_eq!((n_actions, n_hooks), (2, 1));
}

/// A repository with an archive and one staged article that repeats much of it.
fn newsroom() -> TempDir {
    let folder = with_samples();
    let path = folder.path();
    fs::rename(path.join("samples/ceasefire/articles"), path.join("articles")).unwrap();
    fs::rename(path.join("articles/lake-tribune_2031-04-10.txt"), path.join("draft")).unwrap();
    git(path, &["init", "--quiet", "--initial-branch=main"]);
    git(path, &["add", "articles"]);
    git(path, &["commit", "--quiet", "--message", "archive"]);
    fs::rename(path.join("draft"), path.join("articles/lake-tribune_2031-04-10.txt")).unwrap();
    folder
}

#[test]
fn the_hook_stops_what_is_staged() {
    let hooks = yaml(&read(".pre-commit-hooks.yaml"));
    let hooks = hooks.as_vec().unwrap();
    assert_eq!(hooks.len(), 1);
    let hook = &hooks[0];
    assert_eq!(hook["id"].as_str(), Some("wirecopy-check"));
    assert_eq!((hook["language"].as_str(), hook["require_serial"].as_bool()), (Some("rust"), Some(true)));
    assert_eq!(hook["pass_filenames"].as_bool(), Some(false));
    let folder = newsroom();
    let ends = |more: &str| {
        let line = format!("{} articles/ {more}", hook["entry"].as_str().unwrap());
        beside("sh", folder.path()).args(["-c", &line]).output().unwrap().status.code()
    };
    assert_eq!(ends(""), Some(0), "nothing is staged");
    git(folder.path(), &["add", "articles"]);
    assert_eq!(ends(""), Some(1));
    assert_eq!(ends("--max-coverage 60%"), Some(0));
}

/// What the action's script did: exit code, what it said, outputs of the step.
struct Acted {
    code: Option<i32>,
    stdout: String,
    stderr: String,
    outputs: String,
}

fn act(folder: &Path, inputs: &[(&str, &str)]) -> Acted {
    let outputs = folder.join("outputs");
    let _ = fs::remove_file(&outputs);
    let mut command = beside("bash", folder);
    command.arg(root().join("action/check.sh")).env("GITHUB_OUTPUT", &outputs);
    command.env("GITHUB_STEP_SUMMARY", folder.join("summary"));
    command.envs(inputs.iter().map(|(name, value)| (format!("INPUT_{name}"), value)));
    let output = command.output().unwrap();
    Acted {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        outputs: fs::read_to_string(outputs).unwrap_or_default(),
    }
}

#[test]
fn the_action_annotates_counts_and_fails() {
    let folder = newsroom();
    let path = folder.path();
    let acted = act(path, &[("PATHS", "articles\n"), ("NEW_FROM_REF", "main")]);
    assert_eq!(acted.code, Some(1), "{}", acted.stdout);
    assert!(
        acted.stdout.starts_with("::error file=articles/lake-tribune_2031-04-10.txt"),
        "{}",
        acted.stdout
    );
    assert_eq!(acted.outputs, "findings=3\nnew-findings=3\nreport-path=wirecopy.json\n");
    let summary = fs::read_to_string(path.join("summary")).unwrap();
    assert!(summary.contains("coverage"), "{summary}");
    let report: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(path.join("wirecopy.json")).unwrap()).unwrap();
    assert_eq!(report["findings"].as_array().unwrap().len(), 3);
    let levels = "coverage=warning\r\nlong-run=off\n";
    let acted = act(path, &[("PATHS", "articles"), ("NEW_FROM_REF", "main"), ("LEVEL", levels)]);
    assert_eq!((acted.code, acted.outputs.lines().nth(1)), (Some(0), Some("new-findings=3")));
}

#[test]
fn the_action_writes_sarif_without_failing() {
    let folder = newsroom();
    let inputs = [("PATHS", "articles"), ("NEW_FROM_REF", "main"), ("MODE", "sarif")];
    let acted = act(folder.path(), &inputs);
    assert_eq!(acted.code, Some(0), "{}", acted.stdout);
    assert_eq!(acted.outputs, "findings=3\nnew-findings=3\nreport-path=wirecopy.sarif\n");
    let sarif: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("wirecopy.sarif")).unwrap()).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 3);
}

/// No input becomes a flag, a command or a further output.
#[test]
fn hostile_inputs_of_the_action_stay_values() {
    let folder = newsroom();
    let path = folder.path();
    let on_main = [("PATHS", "articles"), ("NEW_FROM_REF", "main")];
    let command = "$(touch owned)`touch owned`; touch owned";
    let cases = [
        (("PATHS", "--version"), "cannot read --version"),
        (("NEW_FROM_REF", "--exit-zero"), "'--exit-zero' is not the name of a commit"),
        (("NEW_FROM_REF", command), "git knows no commit"),
        (("BASELINE", "x --update-baseline"), "cannot read the baseline x --update-baseline"),
        (("AGAINST", "-h"), "cannot read -h"),
        (("REPORT_PATH", "x\nfindings=0"), "report-path has several lines"),
        (("MODE", "other"), "mode is neither summary nor sarif"),
    ];
    for (input, said) in cases {
        let acted = act(path, &[&on_main[..], &[input]].concat());
        assert_eq!((acted.code, acted.outputs.as_str()), (Some(2), ""), "{input:?} {}", acted.stdout);
        assert!(acted.stderr.contains(said), "{input:?}: {}", acted.stderr);
        assert!(!path.join("owned").exists(), "{input:?}");
    }
}
