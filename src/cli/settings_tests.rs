//! Layers, rivals and refusals.

use std::fs;

use expect_test::{Expect, expect};

use super::*;
use crate::cli::choice;
use crate::cli::generate;

fn flags(given: &[(&'static str, &str)]) -> Layer {
    let one = |(name, value): &(&'static str, &str)| {
        (*name, Given { values: value.split('|').map(OsString::from).collect(), origin: Origin::Flag })
    };
    given.iter().map(one).collect()
}

fn surroundings(folder: &Path, variables: &[(&str, &str)]) -> Surroundings {
    let variables =
        variables.iter().map(|(name, value)| ((*name).to_owned(), OsString::from(value))).collect();
    Surroundings { variables, folder: folder.to_owned() }
}

/// What a file, variables and flags say; flags with several values part them by `|`.
type Said<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [(&'static str, &'a str)]);

/// What is not a default, or why nothing is in effect.
fn outcome((file, variables, given): &Said<'_>) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".git"), "").unwrap();
    fs::write(folder.path().join(config::FILE_NAME), file).unwrap();
    let resolved = resolve(flags(given), &ConfigChoice::Search, &surroundings(folder.path(), variables));
    let shown = match resolved {
        Ok(effective) => {
            let line = |option: &Opt| {
                let origin = effective.origins.get(option.name)?;
                let value = choice::to_toml(&(option.show)(&effective.choices)).unwrap_or_default();
                Some(format!("{} = {value} # {origin}\n", option.key()))
            };
            let set: String = OPTIONS.iter().filter_map(line).collect();
            let remarks: String =
                effective.remarks.iter().map(|remark| format!("note: {remark}\n")).collect();
            set + &remarks
        }
        Err(failure) => {
            let place = failure.place.map(|place| format!(" ({place})")).unwrap_or_default();
            format!("{}{place}; {}\n", failure.what, failure.help.unwrap())
        }
    };
    shown.replace(&format!("{}/", folder.path().display()), "")
}

#[track_caller]
fn check(cases: &[Said<'_>], expected: Expect) {
    expected.assert_eq(&cases.iter().map(outcome).collect::<Vec<_>>().join("--\n"));
}

#[test]
fn flags_win_over_variables_over_file() {
    check(
        &[(
            "min_words = 6\nmin_bits = 50\nmax_gap = 7\n",
            &[("WIRECOPY_MIN_BITS", "60"), ("WIRECOPY_MIN_WORDS", "7")],
            &[("min-words", "8")],
        )],
        expect![[r#"
            min_words = 8 # flag
            min_bits = 60.0 # WIRECOPY_MIN_BITS
            max_gap = 7 # wirecopy.toml:3
        "#]],
    );
}

#[test]
fn values_are_read_in_the_units_people_write() {
    check(
        &[(
            "within = \"72h\"\nmemory = \"2G\"\nmin_coverage = \"20%\"\n",
            &[("WIRECOPY_MIN_IDENTITY", "0.4"), ("WIRECOPY_GLOB", "*.txt\n!drafts/**")],
            &[("skip-same", "source"), ("output", "a.json|tables/")],
        )],
        expect![[r#"
            min_identity = 0.4 # WIRECOPY_MIN_IDENTITY
            min_coverage = 0.2 # wirecopy.toml:3
            skip_same = "source" # flag
            within = "3d" # wirecopy.toml:1
            glob = ["*.txt", "!drafts/**"] # WIRECOPY_GLOB
            output = ["a.json", "tables/"] # flag
            memory = "2G" # wirecopy.toml:2
        "#]],
    );
}

#[test]
fn limits_and_levels_of_the_gate_are_read() {
    check(
        &[
            (
                "max_run = '40w'\nmax_coverage = 0\nlevel = ['changed-number=error', 'coverage=off']\nbaseline = 'b.json'\n\
                 check_output = ['gitlab:q.json', 'r.sarif']\nallow_file = 'a.toml'\n[[allow]]\nsources = ['Wire']\nreason = 'x'\n",
                &[("WIRECOPY_MAX_NEW", "3")],
                &[],
            ),
            ("level = ['changed-number=error']", &[], &[("level", "coverage=note|coverage=warning")]),
            ("", &[], &[("update-baseline", "true"), ("no-ignores", "true")]),
            ("update_baseline = true", &[], &[("no-ignores", "true")]),
        ],
        expect![[r#"
            max_run = 40 # wirecopy.toml:1
            max_coverage = 0.0 # wirecopy.toml:2
            max_new = 3 # WIRECOPY_MAX_NEW
            level = ["coverage=off", "changed-number=error"] # wirecopy.toml:3
            baseline = "b.json" # wirecopy.toml:4
            allow_file = "a.toml" # wirecopy.toml:6
            check_output = ["gitlab:q.json", "r.sarif"] # wirecopy.toml:5
            --
            level = ["coverage=warning"] # flag
            --
            --update-baseline and --no-ignores exclude each other; leave out --update-baseline or --no-ignores
            --
            no_ignores = true # flag
        "#]],
    );
}

#[test]
fn tags_are_replaced_and_taken_off() {
    check(
        &[
            ("", &[], &[("exclude-tags", "exact-copy,boilerplate")]),
            ("exclude_tags = ['exact-copy', 'boilerplate']", &[], &[("include-tags", "boilerplate")]),
            ("", &[], &[("exclude-tags", "none")]),
        ],
        expect![[r#"
            exclude_tags = ["boilerplate", "exact-copy"] # flag
            --
            exclude_tags = ["exact-copy"] # wirecopy.toml:1
            include_tags = ["boilerplate"] # flag
            --
            exclude_tags = [] # flag
        "#]],
    );
}

#[test]
fn a_rival_from_a_higher_layer_wins_and_equals_are_refused() {
    check(
        &[
            ("pairs = 'p.csv'", &[], &[("against", "archive")]),
            ("against = 'archive'", &[("WIRECOPY_PAIRS", "p.csv")], &[]),
            ("", &[], &[("against", "archive"), ("pairs", "p.csv")]),
            ("", &[], &[("quiet", "true"), ("verbose", "true")]),
            ("quiet = true", &[], &[("verbose", "true")]),
            ("verbose = true", &[], &[("quiet", "false")]),
        ],
        expect![[r#"
            against = ["archive"] # flag
            --
            pairs = "p.csv" # WIRECOPY_PAIRS
            --
            --pairs and --against exclude each other; leave out --pairs or --against
            --
            --quiet and --verbose exclude each other; leave out --quiet or --verbose
            --
            verbose = true # flag
            --
            quiet = false # flag
            verbose = true # wirecopy.toml:1
        "#]],
    );
}

#[test]
fn a_table_means_csv() {
    check(
        &[
            ("format = 'json'", &[], &[("table", "pairs")]),
            ("", &[], &[("table", "pairs"), ("format", "json")]),
            ("table = 'pairs'", &[], &[("format", "json")]),
        ],
        expect![[r#"
            format = "csv" # flag
            table = "pairs" # flag
            --
            --table chooses one table, but --format is one of all tables; write --format csv or parquet with --table NAME, or leave out --table
            --
            format = "json" # flag
        "#]],
    );
}

#[test]
fn refusals_name_the_place_and_the_remedy() {
    check(
        &[
            ("min_words = 0", &[], &[]),
            ("\n\nmin_identity = 40", &[], &[]),
            ("", &[("WIRECOPY_MEMORY", "much")], &[]),
            ("", &[], &[("within", "72")]),
            ("", &[], &[("language", "english please")]),
            ("format = 'pdf'", &[], &[]),
            ("exclude_tags = ['quote']", &[], &[]),
            ("name_pattern = '{source'", &[], &[]),
            ("hidden = 'maybe'", &[], &[]),
            ("min_wrods = 3", &[], &[]),
            ("max_run = 'long'", &[], &[]),
            ("level = ['coverage']", &[], &[]),
            ("level = ['long-runs=error']", &[], &[]),
            ("", &[], &[("level", "coverage=fatal")]),
            ("", &[], &[("check-format", "sarf")]),
            ("[[allow]]\nsources = ['Wire']", &[], &[]),
            ("[[allow]]\nsource = ['Wire']\nreason = 'x'", &[], &[]),
        ],
        expect![[r#"
            min_words: '0' is not between 1 and 4294967295 (wirecopy.toml:1); write 1 or more
            --
            min_identity: '40' is not a share from 0 to 1 (wirecopy.toml:3); write 40% or 0.4 for 40 per cent
            --
            --memory: 'much' is not a size (WIRECOPY_MEMORY); write 500M, 2G or 1.5G (or a number of bytes)
            --
            --within: '72' is not a length of time; write 45m, 36h, 3d or 1d12h
            --
            --language: 'english please' is not a language code; write a code such as en, az or pt-BR
            --
            format: 'pdf' is not a format (wirecopy.toml:1); there are: text, json, jsonl, csv, markdown, xlsx, parquet, gexf, graphml
            --
            exclude_tags: 'quote' is not a tag (wirecopy.toml:1); there are: boilerplate, exact-copy, formula, none
            --
            name_pattern: {source has a brace without its partner (wirecopy.toml:1); write for example {source}_{date}.txt
            --
            hidden: 'maybe' is not on or off (wirecopy.toml:1); write true or false
            --
            unknown key 'min_wrods' (wirecopy.toml:1); the nearest key is min_words
            --
            max_run: 'long' is not a number of words (wirecopy.toml:1); write 60 or 60w
            --
            level: 'coverage' is not a rule with its level (wirecopy.toml:1); write for example changed-number=error
            --
            level: 'long-runs' is not a rule (wirecopy.toml:1); did you mean long-run? There are: long-run, coverage, near-duplicate, changed-number, same-outlet-reuse, input-unreadable, missing-metadata, allow-expired, allow-unused
            --
            --level: 'fatal' is not a level; there are: off, note, warning, error
            --
            --format: 'sarf' is not a format; did you mean sarif? There are: text, json, jsonl, sarif, junit, github, gitlab, markdown
            --
            an allowance without a reason (wirecopy.toml:1); add reason = "..."
            --
            unknown key 'source' of an allowance (wirecopy.toml:2); the nearest key is sources
        "#]],
    );
}

#[test]
fn an_unknown_variable_is_remarked_on() {
    check(
        &[("", &[("WIRECOPY_MINWORDS", "8"), ("WIRECOPY_QQ", "1")], &[])],
        expect![[r#"
            note: WIRECOPY_MINWORDS is set but no setting goes by it; the nearest is WIRECOPY_MIN_WORDS
            note: WIRECOPY_QQ is set but no setting goes by it
        "#]],
    );
}

#[test]
fn the_configuration_can_be_named_or_left_out() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(config::FILE_NAME), "min_words = 6").unwrap();
    fs::write(folder.path().join("other.toml"), "min_words = 7").unwrap();
    let min_words = |choice: &ConfigChoice, variables: &[(&str, &str)]| {
        resolve(Layer::new(), choice, &surroundings(folder.path(), variables))
            .map(|effective| effective.choices.settings.min_words)
    };
    let default = Settings::default().min_words;
    let named = ConfigChoice::Named("other.toml".into());
    assert_eq!(min_words(&ConfigChoice::Search, &[]), Ok(6));
    assert_eq!(min_words(&named, &[]), Ok(7));
    assert_eq!(min_words(&ConfigChoice::Without, &[]), Ok(default));
    assert_eq!(min_words(&ConfigChoice::Search, &[("WIRECOPY_CONFIG", "other.toml")]), Ok(7));
    assert_eq!(min_words(&ConfigChoice::Search, &[("WIRECOPY_NO_CONFIG", "1")]), Ok(default));
    let missing = min_words(&ConfigChoice::Named("gone.toml".into()), &[]).unwrap_err();
    assert!(missing.what.starts_with("cannot read the configuration gone.toml"), "{}", missing.what);
}

#[test]
fn what_is_shown_can_be_used_as_a_configuration() {
    let given = flags(&[
        ("min-words", "8"),
        ("min-identity", "40%"),
        ("within", "36h"),
        ("memory", "1536M"),
        ("exclude-tags", "boilerplate,exact-copy"),
        ("glob", "*.txt|a \"quoted\" \u{1b}[2J name"),
        ("name-pattern", "{source}_{date}.txt"),
        ("hidden", "true"),
    ]);
    let here = surroundings(Path::new("/nowhere"), &[]);
    let first = resolve(given, &ConfigChoice::Without, &here).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut text = Vec::new();
    generate::show_config(&first, &mut text).unwrap();
    fs::write(folder.path().join(config::FILE_NAME), &text).unwrap();
    let second = resolve(Layer::new(), &ConfigChoice::Search, &surroundings(folder.path(), &[])).unwrap();
    assert_eq!(second.choices.settings, first.choices.settings);
    assert_eq!(second.choices.read, first.choices.read);
}

#[test]
fn every_setting_changes_something_and_takes_its_own_example() {
    for option in OPTIONS {
        let mut choices = Choices::default();
        let example = option.example();
        let text = example.trim_matches(['"', '[', ']', ' ']).trim_matches('"').replace("\", \"", ",");
        (option.set)(&mut choices, &[text.into()])
            .unwrap_or_else(|refused| panic!("{}: {refused}", option.name));
        let before = (option.show)(&Choices::default());
        let shown = choice::to_toml(&before).unwrap_or_default();
        let word = (option.words)().into_iter().find(|word| !shown.contains(word));
        let other = word.unwrap_or(match option.value {
            "" => "true",
            "N" | "BITS" => "123",
            "SHARE" => "0.123",
            "SIZE" => "123M",
            "TIME" => "123h",
            "PATTERN" => "{id}.txt",
            "CODE" => "fr",
            "RULE=LEVEL" => "coverage=off",
            _ => "other",
        });
        let mut choices = Choices::default();
        (option.set)(&mut choices, &[other.into()])
            .unwrap_or_else(|refused| panic!("{}: {refused}", option.name));
        assert_ne!((option.show)(&choices), before, "--{} changes nothing", option.name);
    }
}
