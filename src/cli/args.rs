//! The command line as written: which command, its operands, and the values of flags, unchecked.
//!
//! First of two stages. Nothing here reads a file or an environment variable; [`crate::cli::settings`] does and
//! decides what is in effect.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use clap_complete::Shell;

use crate::cli::choice;
use crate::cli::options::{self, Kind, OPTIONS, Opt, Taken};
use crate::cli::settings::{Choices, Given, Layer, Origin};
use crate::cli::{args_gate, args_index};
use crate::model::SettingValue;

/// Name of the program.
pub const PROGRAM: &str = "wirecopy";

/// Columns help is never wider than; lines longer than this are hard to read.
const HELP_WIDTH: usize = 100;

/// What the user wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Find what documents share.
    Compare {
        /// Files and folders.
        paths: Vec<PathBuf>,
        /// Only say which files would be read.
        list_inputs: bool,
    },
    /// Find the articles that carry words of one text.
    Search {
        /// Where the text is.
        text: Sought,
    },
    /// Write a result again.
    Report {
        /// The result, `-` for standard input.
        result: PathBuf,
    },
    /// Tell why two documents match or do not.
    Explain {
        /// A file, or a document's name inside `within`.
        a: PathBuf,
        /// The other one.
        b: PathBuf,
        /// Files and folders the two are looked up in; none when they are files themselves.
        within: Vec<PathBuf>,
    },
    /// Build an index, or bring it up to date.
    Index {
        /// Files and folders with the documents.
        paths: Vec<PathBuf>,
        /// The index.
        index: PathBuf,
        /// Whether to drop what is gone.
        prune: bool,
        /// Whether a new index stores texts; as it is there, if nothing is said.
        has_text: Option<bool>,
    },
    /// Tell what an index holds.
    Info {
        /// The index.
        index: PathBuf,
        /// Whether to read all of it.
        verify: bool,
        /// Whether to tell it as JSON.
        as_json: bool,
    },
    /// Judge new documents against a reference.
    Check {
        /// Files and folders with the new documents.
        paths: Vec<PathBuf>,
        /// Only say which files would be read.
        list_inputs: bool,
    },
    /// Show the allowances.
    AllowList {
        /// Only those that end within this time.
        expiring: Option<String>,
    },
    /// Add an allowance.
    AllowAdd {
        /// What is allowed.
        id: String,
        /// Why.
        reason: String,
        /// The last day on which it holds.
        expires: Option<String>,
    },
    /// Take out allowances that have expired.
    AllowPrune,
    /// Show the settings in effect.
    ConfigShow,
    /// Write a completion script.
    Completions {
        /// For this shell.
        shell: Shell,
    },
    /// Write a manual page.
    Man {
        /// Of this command; of the whole program without one.
        command: Option<String>,
    },
}

/// The text of a search as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// These words.
    Words(String),
    /// A file, or `-` for standard input.
    File(PathBuf),
    /// Not at all.
    Nothing,
}

/// Which configuration file counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ConfigChoice {
    /// The nearest one.
    #[default]
    Search,
    /// This one.
    Named(PathBuf),
    /// None.
    Without,
}

/// A command line taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// The command.
    pub action: Action,
    /// The flags given.
    pub flags: Layer,
    /// The configuration to use.
    pub config: ConfigChoice,
}

/// Takes a command line apart; the first argument is the program's name.
///
/// # Errors
///
/// What clap says about a wrong one, or the help or version that was asked for.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Invocation, clap::Error> {
    let matches = command().try_get_matches_from(arguments)?;
    let (name, sub) = matches.subcommand().expect("clap requires a command");
    let (name, sub) = match sub.subcommand() {
        Some((inner, sub)) => (inner, sub),
        None => (name, sub),
    };
    let action = match name {
        "compare" => Action::Compare { paths: paths(sub, "path"), list_inputs: sub.get_flag("list-inputs") },
        "report" => Action::Report {
            result: sub.get_one::<PathBuf>("result").cloned().expect("clap requires the result"),
        },
        "search" => Action::Search { text: sought(sub) },
        "explain" => {
            let one = |id| sub.get_one::<PathBuf>(id).cloned().expect("clap requires both documents");
            Action::Explain { a: one("a"), b: one("b"), within: paths(sub, "path") }
        }
        "index" => args_index::to_index(sub, paths(sub, "path")),
        "info" => args_index::to_info(sub),
        "check" => Action::Check { paths: paths(sub, "path"), list_inputs: sub.get_flag("list-inputs") },
        "list" => Action::AllowList { expiring: sub.get_one::<String>("expiring").cloned() },
        "add" => {
            let one = |id| sub.get_one::<String>(id).cloned();
            Action::AllowAdd {
                id: one("id").expect("clap requires the id"),
                reason: one("reason").expect("clap requires the reason"),
                expires: one("expires"),
            }
        }
        "prune" => Action::AllowPrune,
        "show" => Action::ConfigShow,
        "completions" => {
            Action::Completions { shell: *sub.get_one::<Shell>("shell").expect("clap requires the shell") }
        }
        _ => Action::Man { command: sub.get_one::<String>("command").cloned() },
    };
    Ok(Invocation { action, flags: layer(sub), config: config_choice(sub) })
}

fn sought(matches: &ArgMatches) -> Sought {
    match (matches.get_one::<String>("text"), matches.get_one::<PathBuf>("file")) {
        (Some(words), _) => Sought::Words(words.clone()),
        (None, Some(file)) => Sought::File(file.clone()),
        (None, None) => Sought::Nothing,
    }
}

fn paths(matches: &ArgMatches, id: &str) -> Vec<PathBuf> {
    matches.get_many::<PathBuf>(id).unwrap_or_default().cloned().collect()
}

fn config_choice(matches: &ArgMatches) -> ConfigChoice {
    let named = matches.try_get_one::<PathBuf>("config").ok().flatten();
    match named {
        Some(path) => ConfigChoice::Named(path.clone()),
        None if matches.try_get_one::<bool>("no-config").ok().flatten() == Some(&true) => {
            ConfigChoice::Without
        }
        None => ConfigChoice::Search,
    }
}

/// The flags that were given.
fn layer(matches: &ArgMatches) -> Layer {
    let switched = |id: &str| matches.try_get_one::<bool>(id).ok().flatten() == Some(&true);
    let mut layer = Layer::new();
    for option in OPTIONS {
        let values: Vec<OsString> = if let Some(opposite) = option.opposite {
            match (switched(option.name), switched(opposite)) {
                (true, _) => vec!["true".into()],
                (_, true) => vec!["false".into()],
                _ => continue,
            }
        } else {
            match matches.try_get_raw(option.name) {
                Ok(Some(raw)) => raw.map(OsString::from).collect(),
                _ => continue,
            }
        };
        layer.insert(option.name, Given { values, origin: Origin::Flag });
    }
    layer
}

/// The whole command line, as help, completions and the manual describe it.
#[must_use]
pub fn command() -> Command {
    Command::new(PROGRAM)
        .version(env!("CARGO_PKG_VERSION"))
        .about("Finds the passages that articles share: where, how they differ, and who ran them first")
        .long_about(
            "Finds the passages that articles share: where, how they differ, and who ran them first\n\n\
             Examples:\n  \
             wirecopy compare articles/\n  \
             wirecopy compare monday.txt tuesday.txt\n  \
             wirecopy index archive/ -o archive.wcx\n  \
             wirecopy check incoming/ --against archive.wcx\n  \
             wirecopy search release.txt --against articles/\n  \
             wirecopy report result.jsonl -o report.html\n  \
             wirecopy explain monday.txt tuesday.txt",
        )
        .after_help("'wirecopy COMMAND -h' shows a command's main options, '--help' all of them")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .max_term_width(HELP_WIDTH)
        .subcommand(compare())
        .subcommand(args_index::index())
        .subcommand(args_index::info())
        .subcommand(args_gate::check())
        .subcommand(args_gate::allow())
        .subcommand(search())
        .subcommand(report())
        .subcommand(explain())
        .subcommand(config())
        .subcommand(completions())
        .subcommand(man())
}

fn compare() -> Command {
    let path = Arg::new("path")
        .value_name("PATH")
        .num_args(0..)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::AnyPath)
        .help("Files and folders to compare; '-' for standard input");
    let list = Arg::new("list-inputs")
        .long("list-inputs")
        .action(ArgAction::SetTrue)
        .hide_short_help(true)
        .help_heading("Input")
        .help("Only list the files that would be read");
    with_options(Command::new("compare"), |option| {
        !matches!(option.taken, Taken::Checking | Taken::Searching | Taken::Restoring)
    })
        .about("Find the passages that documents share")
        .long_about(
            "Find the passages that documents share\n\n\
             Examples:\n  \
             wirecopy compare articles/\n  \
             wirecopy compare monday.txt tuesday.txt\n  \
             wirecopy compare new.jsonl --against archive/ --within 72h\n  \
             wirecopy compare news.csv --text-field body --source-field outlet -o result.json -o tables/\n  \
             wirecopy compare docs.jsonl --pairs pairs.csv --format jsonl > result.jsonl",
        )
        .override_usage("wirecopy compare [OPTIONS] PATH...")
        .arg(path)
        .arg(list)
        .after_help("'wirecopy compare --help' shows every option, with examples")
        .after_long_help(
            "Every option but --config, --no-config and --list-inputs can stand in wirecopy.toml (min_words = 8)\n\
             or in the environment (WIRECOPY_MIN_WORDS=8; lists take one value a line). The command line wins\n\
             over the environment, the environment over the file; 'wirecopy config show' tells what is in effect.\n\
             A switch is turned off again by its opposite: --no-hidden, --ignore, --progress.\n\n\
             Exit codes: 0 done, 1 findings with --exit-code, 2 wrong usage, failure or an\n\
             input lost (the rest is still written), 3 no documents, 130 stopped.",
        )
}

fn search() -> Command {
    let file = Arg::new("file")
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::FilePath)
        .help("The text to look for, a file with one document; '-' for standard input");
    let text = Arg::new("text")
        .long("text")
        .value_name("TEXT")
        .conflicts_with("file")
        .help_heading("Input")
        .help("The text to look for, instead of FILE");
    let takes = |option: &Opt| {
        use Taken::{Against, Always, Finding, Matching, Reading, Searching};
        matches!(option.taken, Always | Reading | Matching | Against | Finding | Searching)
    };
    with_options(Command::new("search"), takes)
        .about("Find the articles that carry words of one text, such as a press release")
        .long_about(
            "Find the articles that carry words of one text, such as a press release\n\n\
             Examples:\n  \
             wirecopy search release.txt --against articles/\n  \
             wirecopy search release.txt --against articles/ --show --min-coverage 20%\n  \
             wirecopy search --text 'all nine northern berths will stay closed' --against news.jsonl\n  \
             pdftotext release.pdf - | wirecopy search - --against articles/ -o carriers.md",
        )
        .override_usage("wirecopy search [OPTIONS] --against PATH... <FILE|--text TEXT>")
        .arg(file)
        .arg(text)
        .after_help("'wirecopy search --help' shows every option, with examples")
        .after_long_help(
            "Articles are ranked by the share of the text that they carry. The options can stand in wirecopy.toml\n\
             or in the environment, as with 'wirecopy compare'.\n\n\
             Exit codes: 0 done, whether anything was found or not, 1 articles found with --exit-code,\n\
             2 wrong usage, failure or an input lost, 3 no documents, 130 stopped.",
        )
}

fn report() -> Command {
    let result = Arg::new("result")
        .value_name("RESULT")
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::FilePath)
        .help("A result that wirecopy wrote, .json or .jsonl; '-' for standard input");
    let takes = |option: &Opt| match option.taken {
        Taken::Always | Taken::Restoring => true,
        // Of the flags of those who read documents: how to find the texts again. What is found, the result tells.
        Taken::Finding | Taken::Reading => {
            ![options::SHARED, options::COMPARED].contains(&option.heading) && option.name != "memory"
        }
        _ => false,
    };
    with_options(Command::new("report"), takes)
        .about("Write a stored result again, as a report or in any other form")
        .long_about(
            "Write a stored result again, as a report or in any other form\n\n\
             Examples:\n  \
             wirecopy report result.jsonl -o report.html\n  \
             wirecopy report result.json -o report.html --texts archive/\n  \
             wirecopy report result.jsonl -o tables/ --format markdown > summary.md",
        )
        .arg(result)
        .after_help("'wirecopy report --help' shows every option, with examples")
        .after_long_help(
            "The texts of the articles are read again where the result says they were, or under --texts, and are known\n\
             by their digest. Where one is not found, only what the result quotes of it is shown, and that is told.\n\n\
             Exit codes: 0 done, 1 findings with --exit-code, 2 wrong usage or failure, 130 stopped.",
        )
}

fn explain() -> Command {
    let document = |id: &'static str, name: &'static str, help: &'static str| {
        Arg::new(id).value_name(name).required(true).value_parser(value_parser!(PathBuf)).help(help)
    };
    let within = Arg::new("path")
        .value_name("PATH")
        .num_args(0..)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::AnyPath)
        .help("Files and folders in which A and B are the names of documents");
    with_options(Command::new("explain"), |option| {
        use Taken::{Always, Gathering, Matching, Reading};
        matches!(option.taken, Always | Reading | Matching | Gathering)
    })
    .about("Tell why two documents match, or which rule stopped them")
    .long_about(
        "Tell why two documents match, or which rule stopped them\n\n\
             Examples:\n  \
             wirecopy explain monday.txt tuesday.txt\n  \
             wirecopy explain wire-8841 daily-0317 articles.jsonl",
    )
    .arg(
        document("a", "A", "A file, or a document's name when PATH is given").value_hint(ValueHint::FilePath),
    )
    .arg(document("b", "B", "The other document").value_hint(ValueHint::FilePath))
    .arg(within)
    .after_help("'wirecopy explain --help' shows every option, with examples")
}

fn config() -> Command {
    let show = with_options(Command::new("show"), |option| option.flag == option.name)
        .about("Show every setting, its value and where it came from, in the form of wirecopy.toml")
        .long_about(
            "Show every setting, its value and where it came from, in the form of wirecopy.toml\n\n\
             Examples:\n  \
             wirecopy config show\n  \
             wirecopy config show --min-words 8 > wirecopy.toml",
        );
    Command::new("config")
        .about("Show the settings in effect")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(show)
}

fn completions() -> Command {
    let shell = Arg::new("shell")
        .value_name("SHELL")
        .required(true)
        .value_parser(value_parser!(Shell))
        .help("The shell to write for");
    with_options(Command::new("completions"), always)
        .about("Write a completion script for a shell to standard output")
        .long_about(
            "Write a completion script for a shell to standard output\n\n\
             Examples:\n  \
             wirecopy completions bash > ~/.local/share/bash-completion/completions/wirecopy\n  \
             wirecopy completions fish > ~/.config/fish/completions/wirecopy.fish",
        )
        .arg(shell)
}

fn man() -> Command {
    let command = Arg::new("command")
        .value_name("COMMAND")
        .value_parser(PossibleValuesParser::new([
            "compare",
            "index",
            "info",
            "check",
            "allow",
            "search",
            "report",
            "explain",
            "config",
            "completions",
            "man",
        ]))
        .help("The command to write about; the whole program without one");
    with_options(Command::new("man"), always)
        .about("Write a manual page to standard output")
        .long_about(
            "Write a manual page to standard output\n\n\
             Examples:\n  \
             wirecopy man | man -l -\n  \
             wirecopy man compare > wirecopy-compare.1",
        )
        .arg(command)
}

/// Whether every command takes the flag.
pub(super) fn always(option: &Opt) -> bool {
    option.taken == Taken::Always
}

/// `command` with the flags that it takes; with those of the configuration, too, if it takes settings.
pub(super) fn with_options(mut command: Command, takes: impl Fn(&Opt) -> bool) -> Command {
    let defaults = Choices::default();
    let mut takes_settings = false;
    for option in OPTIONS.iter().filter(|option| takes(option)) {
        takes_settings |= !always(option);
        command = command.arg(argument(option, &defaults));
        if let Some(opposite) = option.opposite {
            command = command.arg(
                Arg::new(opposite)
                    .long(opposite)
                    .action(ArgAction::SetTrue)
                    .overrides_with(option.name)
                    .hide(true),
            );
        }
    }
    if takes_settings {
        command = command.args(configuration());
    }
    command.args_override_self(true).max_term_width(HELP_WIDTH)
}

fn argument(option: &Opt, defaults: &Choices) -> Arg {
    let (first, more) = option.help.split_once('\n').unwrap_or((option.help, ""));
    let mut help = first.to_owned();
    if let Some(value) = default_text(option, defaults) {
        help.push_str(&format!(" [default: {value}]"));
    }
    let mut arg = Arg::new(option.name)
        .long(option.flag)
        .help_heading(option.heading)
        .hide_short_help(!option.brief)
        .help(help.clone());
    if !more.is_empty() {
        arg = arg.long_help(format!("{help}\n\n{more}"));
    }
    if let Some(letter) = option.short {
        arg = arg.short(letter);
    }
    arg = match option.opposite {
        Some(opposite) => return arg.action(ArgAction::SetTrue).overrides_with(opposite),
        None => arg.value_name(option.value).hide_possible_values(option.kind == Kind::Words),
    };
    arg = match option.kind {
        Kind::Many => arg.action(ArgAction::Append),
        Kind::Words => arg.action(ArgAction::Append).value_delimiter(','),
        Kind::One | Kind::Switch => arg.action(ArgAction::Set),
    };
    let words = (option.words)();
    match option.path {
        _ if !words.is_empty() => arg.value_parser(PossibleValuesParser::new(words)),
        true => arg.value_parser(value_parser!(PathBuf)).value_hint(ValueHint::AnyPath),
        false => arg.value_parser(value_parser!(OsString)),
    }
}

/// The default as help shows it: nothing for what is off, unset or empty.
fn default_text(option: &Opt, defaults: &Choices) -> Option<String> {
    match (option.show)(defaults) {
        SettingValue::Unset | SettingValue::Flag(false) => None,
        SettingValue::Text(text) => Some(text),
        SettingValue::List(values) => Some(values.join(",")).filter(|text| !text.is_empty()),
        SettingValue::Number(number) => Some(number.to_string()),
        value => choice::to_toml(&value),
    }
}

fn configuration() -> [Arg; 2] {
    let heading = "Configuration";
    [
        Arg::new("config")
            .long("config")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath)
            .conflicts_with("no-config")
            .help_heading(heading)
            .hide_short_help(true)
            .help("Take settings from FILE instead of the nearest wirecopy.toml"),
        Arg::new("no-config")
            .long("no-config")
            .action(ArgAction::SetTrue)
            .help_heading(heading)
            .hide_short_help(true)
            .help("Take no settings from a file"),
    ]
}

#[cfg(test)]
#[path = "args_tests.rs"]
mod tests;
