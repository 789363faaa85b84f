//! What the program writes about itself: completion scripts, manual pages, the settings in effect.

use std::io::{self, Write};

use clap_complete::Shell;
use clap_mangen::Man;

use crate::cli::args::{self, PROGRAM};
use crate::cli::choice;
use crate::cli::options::OPTIONS;
use crate::cli::settings::Effective;
use crate::cli::terminal::printable;

/// Column in which origins stand in [`show_config`], when values leave room.
const ORIGIN_COLUMN: usize = 44;

/// Writes a completion script.
///
/// # Errors
///
/// Whatever `to` says.
pub fn completions(shell: Shell, to: &mut dyn Write) -> io::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut args::command(), PROGRAM, &mut script);
    to.write_all(&script)
}

/// Writes the manual page of the program or of one command, in roff.
///
/// # Errors
///
/// Whatever `to` says.
pub fn man(command: Option<&str>, to: &mut dyn Write) -> io::Result<()> {
    let mut root = args::command();
    root.build();
    let page = command.and_then(|name| root.find_subcommand(name)).unwrap_or(&root).clone();
    Man::new(page).render(to)
}

/// Writes every setting as `wirecopy.toml` would have it, with where its value came from.
///
/// # Errors
///
/// Whatever `to` says.
pub fn show_config(effective: &Effective, to: &mut dyn Write) -> io::Result<()> {
    let mut heading = "";
    for option in OPTIONS {
        if option.heading != heading {
            let gap = if heading.is_empty() { "" } else { "\n" };
            writeln!(to, "{gap}# {}", option.heading)?;
            heading = option.heading;
        }
        let setting = match choice::to_toml(&(option.show)(&effective.choices)) {
            Some(value) => format!("{} = {value}", option.key()),
            None => format!("# {} is not set", option.key()),
        };
        let origin =
            effective.origins.get(option.name).map_or_else(|| "default".to_owned(), ToString::to_string);
        writeln!(to, "{}", printable(&format!("{setting:<ORIGIN_COLUMN$} # {origin}")))?;
    }
    Ok(())
}
