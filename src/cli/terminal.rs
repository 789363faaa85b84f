//! What the terminal is given: colour or not, how wide, and never a control character from an input.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::cli::exit::Failure;
use crate::cli::settings::ColorChoice;
use crate::report::sanitize;

/// Columns when neither `COLUMNS` nor a terminal tells.
pub const DEFAULT_WIDTH: usize = 100;

/// Fewer columns than this hold no table.
const LEAST_WIDTH: usize = 20;

/// The value of an environment variable.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// Whether a stream gets colour.
///
/// An explicit choice counts first; then `NO_COLOR`, then `CLICOLOR_FORCE` and `FORCE_COLOR`, each when set to
/// something (`0` does not force); then whether the stream is a terminal that is not `dumb`.
#[must_use]
pub fn wants_color(choice: ColorChoice, env: Lookup<'_>, is_terminal: bool) -> bool {
    let set = |name: &str| env(name).is_some_and(|value| !value.is_empty());
    let forced = |name: &str| set(name) && env(name).is_some_and(|value| value != "0");
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set("NO_COLOR") => false,
        ColorChoice::Auto if forced("CLICOLOR_FORCE") || forced("FORCE_COLOR") => true,
        ColorChoice::Auto => is_terminal && env("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// Columns of standard output: `COLUMNS`, else the terminal's, else [`DEFAULT_WIDTH`].
#[must_use]
pub fn width(env: Lookup<'_>) -> usize {
    let stated =
        env("COLUMNS").and_then(|value| value.to_str()?.trim().parse().ok()).filter(|&n: &usize| n > 0);
    let measured = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    stated.or_else(measured).unwrap_or(DEFAULT_WIDTH).max(LEAST_WIDTH)
}

/// `text` on one line without anything a terminal would act on.
#[must_use]
pub fn printable(text: &str) -> String {
    sanitize::line(text).into_owned()
}

/// The same for text of several lines, whose line breaks stay.
#[must_use]
pub fn printable_lines(text: &str) -> String {
    text.split('\n').map(printable).collect::<Vec<_>>().join("\n")
}

/// A path for a message: `/` as separator, broken bytes replaced, nothing that steers a terminal.
#[must_use]
pub fn show_path(path: &Path) -> String {
    printable(&path.to_string_lossy())
}

/// Standard error as the program uses it: notes unless quiet, failures always.
#[derive(Clone, Copy, Debug)]
pub struct Notes {
    /// Whether notes are held back.
    pub quiet: bool,
    /// Whether marks are coloured.
    pub color: bool,
}

impl Notes {
    /// Notes as the environment alone decides, for failures before the settings are known.
    #[must_use]
    pub fn from_env(env: Lookup<'_>) -> Notes {
        Notes { quiet: false, color: wants_color(ColorChoice::Auto, env, io::stderr().is_terminal()) }
    }

    /// Says something the user should know; the run goes on.
    pub fn note(self, text: &str) {
        if !self.quiet {
            self.say("note", "36", text);
        }
    }

    /// Says why the program stops, where, and what to do.
    pub fn failure(self, failure: &Failure) {
        let place = failure.place.as_ref().map(|place| format!(" ({place})")).unwrap_or_default();
        self.say("error", "1;31", &format!("{}{place}", failure.what));
        if let Some(help) = &failure.help {
            self.say("help", "32", help);
        }
    }

    fn say(self, mark: &str, style: &str, text: &str) {
        let text = printable(text);
        let line = match self.color {
            true => format!("\u{1b}[{style}m{mark}:\u{1b}[0m {text}\n"),
            false => format!("{mark}: {text}\n"),
        };
        // Nobody is left to tell when standard error is closed.
        let _ = io::stderr().lock().write_all(line.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn color_follows_choice_then_variables_then_terminal() {
        use ColorChoice::{Always, Auto, Never};
        type Case<'a> = (ColorChoice, &'a [(&'a str, &'a str)], bool, bool);
        let cases: [Case<'_>; 14] = [
            (Auto, &[], true, true),
            (Auto, &[], false, false),
            (Auto, &[("NO_COLOR", "1")], true, false),
            (Auto, &[("NO_COLOR", "")], true, true),
            (Auto, &[("CLICOLOR_FORCE", "1")], false, true),
            (Auto, &[("CLICOLOR_FORCE", "0")], false, false),
            (Auto, &[("FORCE_COLOR", "3")], false, true),
            (Auto, &[("FORCE_COLOR", "0")], false, false),
            (Auto, &[("NO_COLOR", "1"), ("FORCE_COLOR", "1")], true, false),
            (Auto, &[("TERM", "dumb")], true, false),
            (Auto, &[("TERM", "xterm")], true, true),
            (Always, &[("NO_COLOR", "1")], false, true),
            (Never, &[("FORCE_COLOR", "1")], true, false),
            (Always, &[], false, true),
        ];
        for (choice, vars, is_terminal, expected) in cases {
            let env = |name: &str| {
                vars.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value))
            };
            assert_eq!(wants_color(choice, &env, is_terminal), expected, "{choice:?} {vars:?} {is_terminal}");
        }
    }

    #[test]
    fn columns_decide_the_width() {
        for (columns, expected) in [("72", 72), ("3", LEAST_WIDTH), (" 132 ", 132)] {
            assert_eq!(width(&|name| (name == "COLUMNS").then(|| columns.into())), expected);
        }
    }

    #[test]
    fn line_breaks_stay_where_lines_are_wanted() {
        assert_eq!(printable_lines("a\u{7}\nb"), "a\u{fffd}\nb");
        assert_eq!(show_path(Path::new("a\nb\u{1b}[2J.txt")), "a b\u{fffd}[2J.txt");
    }
}
