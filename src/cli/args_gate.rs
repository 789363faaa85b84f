//! The commands of the gate, `check` and `allow`, as help describes them.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, ValueHint, value_parser};

use crate::cli::args::with_options;
use crate::cli::opt::{Opt, Taken};

/// Settings that `check` takes: of `compare` it has no use for tables, nor for a floor under what pairs share.
fn checks(option: &Opt) -> bool {
    !matches!(option.taken, Taken::Comparing | Taken::Finding | Taken::Restoring | Taken::Searching)
}

/// Settings that `allow` takes: where allowances are.
fn allows(option: &Opt) -> bool {
    option.taken == Taken::Always || option.name == "allow-file"
}

/// Settings of `compare` that the short help of `check` has no room for.
const RARE: [&str; 5] = ["profile", "min-words", "min-identity", "skip-same", "files-from"];

/// `wirecopy check`.
pub(super) fn check() -> Command {
    let path = Arg::new("path")
        .value_name("PATH")
        .num_args(0..)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::AnyPath)
        .help("Files and folders with the new documents; '-' for standard input");
    let list = Arg::new("list-inputs")
        .long("list-inputs")
        .action(ArgAction::SetTrue)
        .hide_short_help(true)
        .help_heading("Input")
        .help("Only list the files that would be read");
    let command = with_options(Command::new("check"), checks);
    RARE.into_iter()
        .fold(command, |command, name| command.mut_arg(name, |arg| arg.hide_short_help(true)))
        .about("Judge new documents: may they be added to those there are?")
        .long_about(
            "Judge new documents: may they be added to those there are?\n\n\
             Each is compared with the reference and with the other new ones. Rules say what is a finding; \
             a baseline and an allow-list hold what is known.\n\n\
             Examples:\n  \
             wirecopy check incoming/ --against archive/\n  \
             wirecopy check incoming/ --against archive/ --max-run 40 --level changed-number=error\n  \
             wirecopy check incoming/ --against archive/ --baseline accepted.json --update-baseline\n  \
             wirecopy check incoming/ --against archive/ --baseline accepted.json --format github -o check.sarif\n  \
             wirecopy check new.jsonl --against archive/ --exit-zero -o gitlab:quality.json -o check.md",
        )
        .override_usage("wirecopy check [OPTIONS] --against PATH PATH...")
        .arg(path)
        .arg(list)
        .after_help("'wirecopy check --help' shows every option, with examples")
        .after_long_help(
            "Levels and limits can stand in wirecopy.toml: max_run = 40, level = [\"changed-number=error\"]; so can\n\
             allowances, as tables [[allow]] (see 'wirecopy allow --help'). The keys of --format, --output and --allow\n\
             are check_format, check_output and allow_file.\n\n\
             Exit codes: 0 nothing new at level error (or no more than --max-new), 1 new findings at level error,\n\
             2 wrong usage, failure or an input lost (the rest is still judged), 3 no new documents, 130 stopped.\n\
             Warnings and notes never change it, nor does the form of the output.",
        )
}

/// `wirecopy allow`.
pub(super) fn allow() -> Command {
    Command::new("allow")
        .about("List, add or prune what may be shared")
        .long_about(
            "List, add or prune what may be shared\n\n\
             An allowance is a table in wirecopy.toml or in wirecopy-allow.toml beside it:\n\n  \
             [[allow]]\n  \
             phrase = \"The bank is regulated by the central bank of the republic.\"\n  \
             reason = \"disclaimer, agreed with legal\"\n  \
             expires = 2027-03-01\n\n\
             It names what may be shared by one of these, or by several that must all hold: passage, the id of a \
             finding or a passage, or a fingerprint; phrase; documents, one or two patterns over their names; \
             sources, outlets. With rule, it holds for these rules alone. A reason is required; expires is the last \
             day on which it holds, in UTC. 'wirecopy check' tells of expired and of unused ones.\n\n\
             Examples:\n  \
             wirecopy allow list --expiring 30d\n  \
             wirecopy allow add wc1-3f9a2c7100b4d2e8 --reason \"our own wire copy\" --expires 2027-03-01\n  \
             wirecopy allow prune",
        )
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(list())
        .subcommand(add())
        .subcommand(prune())
}

fn list() -> Command {
    let expiring = Arg::new("expiring")
        .long("expiring")
        .value_name("TIME")
        .help("Only those that have expired or will within this time (30d)");
    with_options(Command::new("list"), allows)
        .about("List the allowances")
        .long_about(
            "List the allowances\n\n\
             Examples:\n  \
             wirecopy allow list\n  \
             wirecopy allow list --expiring 30d",
        )
        .arg(expiring)
}

fn add() -> Command {
    let id = Arg::new("id")
        .value_name("ID")
        .required(true)
        .help("Id of a finding or a passage, or a fingerprint, as results show it");
    let reason =
        Arg::new("reason").long("reason").value_name("TEXT").required(true).help("Why it may be shared");
    let expires = Arg::new("expires")
        .long("expires")
        .value_name("DATE")
        .help("The last day on which it holds (2027-03-01)");
    with_options(Command::new("add"), allows)
        .about("Add an allowance to wirecopy-allow.toml")
        .long_about(
            "Add an allowance to wirecopy-allow.toml\n\n\
             What the file holds stays as it is; it is made if it is not there.\n\n\
             Examples:\n  \
             wirecopy allow add wc1-3f9a2c7100b4d2e8 --reason \"our own wire copy\"\n  \
             wirecopy allow add wc1-3f9a2c7100b4d2e8 --reason \"press release\" --expires 2027-03-01",
        )
        .arg(id)
        .arg(reason)
        .arg(expires)
}

fn prune() -> Command {
    with_options(Command::new("prune"), allows)
        .about("Take allowances that have expired out of wirecopy-allow.toml")
        .long_about(
            "Take allowances that have expired out of wirecopy-allow.toml\n\n\
             All else in the file stays as it is, comments included. Those of wirecopy.toml are only told of.\n\n\
             Examples:\n  \
             wirecopy allow prune",
        )
}
