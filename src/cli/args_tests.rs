//! The command line as clap sees it.

use std::collections::BTreeSet;

use super::*;
use crate::cli::options;

fn parsed(line: &str) -> Result<Invocation, String> {
    let words = std::iter::once(PROGRAM).chain(line.split_whitespace()).map(OsString::from);
    parse(words).map_err(|error| error.to_string())
}

fn given(line: &str) -> Vec<(&'static str, String)> {
    let flags = parsed(line).unwrap().flags;
    let text = |given: Given| {
        given.values.iter().map(|value| value.to_string_lossy().into_owned()).collect::<Vec<_>>().join("|")
    };
    flags.into_iter().map(|(name, given)| (name, text(given))).collect()
}

#[test]
fn clap_finds_no_fault_with_the_commands() {
    command().debug_assert();
}

#[test]
fn operands_and_commands_are_told_apart() {
    let compare = Action::Compare { paths: vec!["a".into(), "-".into(), "b".into()], list_inputs: false };
    assert_eq!(parsed("compare a - b").unwrap().action, compare);
    let check = Action::Check { paths: vec!["a".into()], list_inputs: true };
    assert_eq!(parsed("check a --against b --list-inputs").unwrap().action, check);
    let list = Action::AllowList { expiring: Some("30d".into()) };
    assert_eq!(parsed("allow list --expiring 30d").unwrap().action, list);
    let add = Action::AllowAdd { id: "wc1-x".into(), reason: "why".into(), expires: None };
    assert_eq!(parsed("allow add wc1-x --reason why").unwrap().action, add);
    assert_eq!(parsed("allow prune").unwrap().action, Action::AllowPrune);
    assert!(parsed("allow add wc1-x").unwrap_err().contains("--reason"));
    let explain = |within: &[&str]| Action::Explain {
        a: "x".into(),
        b: "y".into(),
        within: within.iter().map(PathBuf::from).collect(),
    };
    assert_eq!(parsed("explain x y").unwrap().action, explain(&[]));
    assert_eq!(parsed("explain x y c.jsonl d").unwrap().action, explain(&["c.jsonl", "d"]));
    assert_eq!(parsed("config show").unwrap().action, Action::ConfigShow);
    assert_eq!(parsed("completions fish").unwrap().action, Action::Completions { shell: Shell::Fish });
    assert_eq!(parsed("man compare").unwrap().action, Action::Man { command: Some("compare".into()) });
}

#[test]
fn only_what_was_given_is_in_the_layer() {
    assert_eq!(given("compare a"), []);
    let line = "compare a --min-words 3 --min-words 4 -o x.json -o y/ --glob *.txt --hidden --exclude-tags exact-copy,boilerplate";
    let expected = [
        ("exclude-tags", "exact-copy|boilerplate"),
        ("glob", "*.txt"),
        ("hidden", "true"),
        ("min-words", "4"),
        ("output", "x.json|y/"),
    ];
    assert_eq!(given(line), expected.map(|(name, value)| (name, value.to_owned())));
}

#[test]
fn flags_of_one_name_are_settings_of_their_command() {
    assert_eq!(
        given("compare a --format json -o x.md"),
        [("format", "json".into()), ("output", "x.md".into())]
    );
    assert_eq!(
        given("check a --format sarif -o gitlab:x.json --allow y.toml"),
        [
            ("allow-file", "y.toml".into()),
            ("check-format", "sarif".into()),
            ("check-output", "gitlab:x.json".into())
        ]
    );
    assert!(parsed("compare a --format sarif").is_err());
    assert!(parsed("compare a --max-run 3").is_err());
    assert!(parsed("check a --min-coverage 0.3").is_err());
}

#[test]
fn the_last_of_a_switch_and_its_opposite_counts() {
    for (line, expected) in [
        ("compare a --hidden --no-hidden", ("hidden", "false")),
        ("compare a --no-hidden --hidden", ("hidden", "true")),
        ("compare a --no-progress", ("no-progress", "true")),
        ("compare a --progress", ("no-progress", "false")),
        ("compare a -q -q", ("quiet", "true")),
    ] {
        assert_eq!(given(line), [(expected.0, expected.1.to_owned())], "{line}");
    }
}

#[test]
fn the_configuration_is_chosen() {
    for (line, expected) in [
        ("compare a", ConfigChoice::Search),
        ("compare a --config x.toml", ConfigChoice::Named("x.toml".into())),
        ("compare a --no-config", ConfigChoice::Without),
        ("man", ConfigChoice::Search),
    ] {
        assert_eq!(parsed(line).unwrap().config, expected, "{line}");
    }
    assert!(parsed("compare a --no-config --config x.toml").is_err());
}

#[test]
fn a_mistyped_flag_is_told_the_nearest() {
    let said = parsed("compare a --min-word 3").unwrap_err();
    assert!(said.contains("a similar argument exists: '--min-words'"), "{said}");
    let said = parsed("compare a --format jsn").unwrap_err();
    assert!(said.contains("a similar value exists: 'json'"), "{said}");
}

#[test]
fn every_flag_can_stand_in_the_configuration() {
    let flag_only: BTreeSet<&str> =
        ["config", "no-config", "list-inputs", "text", "help", "version", "expiring", "reason", "expires"]
            .into();
    let mut root = command();
    root.build();
    let inner = root.get_subcommands().flat_map(clap::Command::get_subcommands);
    for command in root.get_subcommands().chain(inner).filter(|command| command.get_name() != "help") {
        for arg in command.get_arguments().filter(|arg| !arg.is_positional() && !arg.is_hide_set()) {
            let name = arg.get_long().unwrap();
            let of_one_file = ["index", "info"].contains(&command.get_name());
            if of_one_file && options::by_key(arg.get_id().as_str()).is_none() {
                // What is to be done with the one file that these two name.
                continue;
            }
            let has_key = options::by_key(arg.get_id().as_str()).is_some_and(|option| option.flag == name);
            assert!(has_key != flag_only.contains(name), "--{name} of {} has no key", command.get_name());
        }
    }
}

#[test]
fn defaults_in_help_are_the_librarys() {
    let mut root = command();
    root.build();
    let compare = root.find_subcommand_mut("compare").unwrap();
    let help = compare.render_long_help().to_string();
    let settings = crate::pipeline::Settings::default();
    for expected in [
        format!("Shortest passage, in words: the mean of its two sides [default: {}]", settings.min_words),
        format!("Least evidence of a passage, in bits [default: {}]", settings.min_bits),
        format!(
            "Rows of each table on the terminal [default: {}]",
            crate::report::RenderOptions::default().top
        ),
    ] {
        assert!(help.contains(&expected), "{expected}");
    }
}

#[test]
fn short_help_fits_a_screen() {
    let mut root = command();
    root.build();
    for command in root.get_subcommands_mut() {
        let lines = command.render_help().to_string().lines().count();
        assert!(lines <= 42, "{} -h takes {lines} lines", command.get_name());
    }
}
