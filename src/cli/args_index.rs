//! The commands of the index, `index` and `info`, as help describes them.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};

use crate::cli::args::{Action, always, with_options};
use crate::cli::opt::Taken;

/// `wirecopy index`.
pub(super) fn index() -> Command {
    let path = Arg::new("path")
        .value_name("PATH")
        .num_args(0..)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::AnyPath)
        .help("Files and folders with the documents; '-' for standard input");
    let output = Arg::new("index")
        .short('o')
        .long("output")
        .value_name("NAME.wcx")
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::DirPath)
        .help_heading("Index")
        .help("The index to build or to bring up to date: a folder");
    let prune = Arg::new("prune")
        .long("prune")
        .action(ArgAction::SetTrue)
        .help_heading("Index")
        .help("Drop documents whose file is gone, or that are gone from a file that is read now");
    let no_text = Arg::new("no-text")
        .long("no-text")
        .action(ArgAction::SetTrue)
        .help_heading("Index")
        .help("Build a new index without the texts, to share it where the texts may not be shared")
        .long_help(
            "Build a new index without the texts, to share it where the texts may not be shared\n\n\
             What it finds shows words of the new documents only. It holds hashes of the words in order: who has a \
             list of words can find out most of the text, so it is no secret.",
        );
    with_options(Command::new("index"), |option| matches!(option.taken, Taken::Always | Taken::Reading))
        .about("Build an index of documents, or bring it up to date")
        .long_about(
            "Build an index of documents, or bring it up to date\n\n\
             New documents are added, changed ones replaced (they are told by their id and their text), the others \
             left alone. New articles are then compared with all of it in milliseconds.\n\n\
             Examples:\n  \
             wirecopy index archive/ -o archive.wcx\n  \
             wirecopy index today.jsonl -o archive.wcx\n  \
             wirecopy index archive/ -o archive.wcx --prune\n  \
             wirecopy check incoming/ --against archive.wcx",
        )
        .override_usage("wirecopy index [OPTIONS] -o NAME.wcx PATH...")
        .arg(path)
        .arg(output)
        .arg(prune)
        .arg(no_text)
        .after_help("'wirecopy index --help' shows every option, with examples")
}

/// `wirecopy info`.
pub(super) fn info() -> Command {
    let index = Arg::new("index")
        .value_name("NAME.wcx")
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::DirPath)
        .help("The index");
    let verify = Arg::new("verify")
        .long("verify")
        .action(ArgAction::SetTrue)
        .help("Read everything in it and hold it against its checksums");
    let format = Arg::new("info-format")
        .long("format")
        .value_name("FORMAT")
        .value_parser(PossibleValuesParser::new(["text", "json"]))
        .default_value("text")
        .help("Form of standard output");
    let takes =
        |option: &crate::cli::opt::Opt| always(option) || ["threads", "no-progress"].contains(&option.name);
    with_options(Command::new("info"), takes)
        .about("Tell what an index holds and how it was built")
        .long_about(
            "Tell what an index holds and how it was built\n\n\
             Examples:\n  \
             wirecopy info archive.wcx\n  \
             wirecopy info archive.wcx --verify\n  \
             wirecopy info archive.wcx --format json",
        )
        .arg(index)
        .arg(verify)
        .arg(format)
}

/// What `index` is to do.
pub(super) fn to_index(matches: &ArgMatches, paths: Vec<PathBuf>) -> Action {
    Action::Index {
        paths,
        index: one(matches, "index"),
        prune: matches.get_flag("prune"),
        has_text: matches.get_flag("no-text").then_some(false),
    }
}

/// What `info` is to do.
pub(super) fn to_info(matches: &ArgMatches) -> Action {
    Action::Info {
        index: one(matches, "index"),
        verify: matches.get_flag("verify"),
        as_json: matches.get_one::<String>("info-format").is_some_and(|it| it == "json"),
    }
}

fn one(matches: &ArgMatches, id: &str) -> PathBuf {
    matches.get_one::<PathBuf>(id).cloned().expect("clap requires the index")
}
