//! The `wirecopy` program: command line in, exit code out.
//!
//! Two stages, after ripgrep: [`args`] takes the command line apart without judging it, [`settings`] lays it over
//! environment, file and defaults and checks every value; then [`run`], [`check`] and [`explain`] call the library. Results
//! go to standard output, everything else to standard error. All the settings stand in one table, [`options`].

pub mod allow;
pub mod allow_file;
pub mod args;
mod args_gate;
mod args_index;
pub mod changes;
pub mod check;
pub mod choice;
pub mod config;
pub mod exit;
pub mod explain;
pub mod generate;
pub mod index;
pub mod interrupt;
pub mod machine;
pub mod opt;
pub mod options;
mod options_check;
pub mod output;
pub mod pairs;
pub mod progress;
pub mod report;
pub mod run;
pub mod search;
pub mod settings;
mod swap;
pub mod target;
pub mod terminal;
pub mod value;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::cli::args::{Action, Invocation};
use crate::cli::exit::{Exit, Failure};
use crate::cli::interrupt::Interrupt;
use crate::cli::run::Session;
use crate::cli::settings::{ColorChoice, Surroundings};
use crate::cli::terminal::{Notes, printable_lines, wants_color};

/// Runs the program with the arguments of this process.
#[must_use]
pub fn main() -> ExitCode {
    let exit = match args::parse(std::env::args_os()) {
        Ok(invocation) => perform(invocation),
        Err(error) => usage(&error),
    };
    exit.into()
}

fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// Does what was asked, and says why when it could not.
fn perform(invocation: Invocation) -> Exit {
    let Invocation { action, flags, config } = invocation;
    let effective = match settings::resolve(flags, &config, &Surroundings::of_process()) {
        Ok(effective) => effective,
        Err(failure) => {
            Notes::from_env(&variable).failure(&failure);
            return failure.exit;
        }
    };
    let choices = &effective.choices;
    let color = wants_color(choices.color, &variable, io::stderr().is_terminal());
    let notes = Notes { quiet: choices.quiet, color };
    for remark in &effective.remarks {
        notes.note(remark);
    }
    if choices.settings.threads > 0 {
        // Reading works on the global pool. A system that refuses the threads leaves it at one a processor.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(choices.settings.threads).build_global();
    }
    let done = Interrupt::listening().and_then(|interrupt| {
        let session = Session { choices, notes, interrupt };
        match action {
            Action::Compare { paths, list_inputs: true } | Action::Check { paths, list_inputs: true } => {
                session.list_inputs(paths)
            }
            Action::Compare { paths, list_inputs: false } => session.compare(paths),
            Action::Index { paths, index, prune, has_text } => session.index(paths, &index, prune, has_text),
            Action::Info { index, verify, as_json } => session.info(&index, verify, as_json),
            Action::Report { result } => report::report(&session, &result),
            Action::Search { text } => search::search(&session, &text),
            Action::Check { paths, list_inputs: false } => check::check(&session, paths),
            Action::AllowList { expiring } => allow::list(&session, expiring.as_deref()),
            Action::AllowAdd { id, reason, expires } => {
                allow::add(&session, &id, &reason, expires.as_deref())
            }
            Action::AllowPrune => allow::prune(&session),
            Action::Explain { a, b, within } => explain::explain(&session, &a, &b, within),
            Action::ConfigShow => session.print(|to| generate::show_config(&effective, to)),
            Action::Completions { shell } => session.print(|to| generate::completions(shell, to)),
            Action::Man { command } => session.print(|to| generate::man(command.as_deref(), to)),
        }
    });
    done.unwrap_or_else(|failure| {
        notes.failure(&failure);
        failure.exit
    })
}

/// Shows what clap has to say: help and version on standard output, mistakes on standard error.
fn usage(error: &clap::Error) -> Exit {
    if let Some(failure) = forgotten_command(error) {
        Notes::from_env(&variable).failure(&failure);
        return failure.exit;
    }
    let is_terminal =
        if error.use_stderr() { io::stderr().is_terminal() } else { io::stdout().is_terminal() };
    let rendered = error.render();
    let plain = rendered.to_string();
    let harmless = printable_lines(&plain);
    let text = match wants_color(ColorChoice::Auto, &variable, is_terminal) && harmless == plain {
        true => rendered.ansi().to_string(),
        false => harmless,
    };
    if error.use_stderr() {
        // Nobody is left to tell when standard error is closed.
        let _ = io::stderr().lock().write_all(text.as_bytes());
        return Exit::Failed;
    }
    let shown = output::to_stdout(&Interrupt::default(), |to| to.write_all(text.as_bytes()));
    shown.map_or_else(|failure| failure.exit, |()| Exit::Done)
}

/// `wirecopy articles/`: a path where a command should be.
fn forgotten_command(error: &clap::Error) -> Option<Failure> {
    let context = error.get(clap::error::ContextKind::InvalidSubcommand)?;
    let name = context.to_string();
    Path::new(&name).exists().then(|| {
        Failure::new(format!("'{name}' is a path, not a command"))
            .help(format!("to find what its documents share: wirecopy compare {name}"))
    })
}
