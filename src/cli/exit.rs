//! How a command ends: its exit code, and what it says when it could not do its work.

use std::error::Error as StdError;
use std::process::ExitCode;

/// How a command ended. The output format never changes it, nor does what never was a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Did what was asked. A closed pipe on standard output is no failure.
    Done,
    /// Shared passages were found and `--exit-code` was given.
    Findings,
    /// Wrong usage, a broken configuration, a file that cannot be written, or an incomplete run: an input was lost,
    /// and the results of the rest were written.
    Failed,
    /// There was no document to compare.
    NoInput,
    /// Stopped by Ctrl-C or a termination signal: 128 + SIGINT, as shells have it.
    Cancelled,
}

impl Exit {
    /// The number the shell sees.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::Failed => 2,
            Exit::NoInput => 3,
            Exit::Cancelled => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.code())
    }
}

/// Why a command stopped: what is wrong, where, what to do about it, and the exit code that goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong, in lower case, without a full stop.
    pub what: String,
    /// File and line, variable or flag.
    pub place: Option<String>,
    /// What the user can do.
    pub help: Option<String>,
    /// How the program ends.
    pub exit: Exit,
}

impl Failure {
    /// A failure with exit code 2.
    #[must_use]
    pub fn new(what: impl Into<String>) -> Failure {
        Failure { what: what.into(), place: None, help: None, exit: Exit::Failed }
    }

    /// The failure that `error` and the errors below it tell of, each said once. What follows the last semicolon of
    /// an error of this library is its remedy.
    #[must_use]
    pub fn from_error(error: &dyn StdError) -> Failure {
        let mut what = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            let text = inner.to_string();
            if !what.contains(&text) {
                what.push_str(": ");
                what.push_str(&text);
            }
            cause = inner.source();
        }
        match what.rsplit_once("; ") {
            Some((what, remedy)) => Failure::new(what).help(remedy),
            None => Failure::new(what),
        }
    }

    /// With the place where it went wrong.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Failure {
        self.place = Some(place.into());
        self
    }

    /// With what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Failure {
        self.help = Some(help.into());
        self
    }

    /// With another exit code.
    #[must_use]
    pub fn ending(mut self, exit: Exit) -> Failure {
        self.exit = exit;
        self
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn codes_are_the_documented_ones() {
        let all = [Exit::Done, Exit::Findings, Exit::Failed, Exit::NoInput, Exit::Cancelled];
        assert_eq!(all.map(Exit::code), [0, 1, 2, 3, 130]);
    }

    #[derive(Debug, thiserror::Error)]
    #[error("{said}")]
    struct Outer {
        said: &'static str,
        source: io::Error,
    }

    #[test]
    fn a_cause_is_told_once() {
        for (said, expected) in [
            ("cannot read a.txt", "cannot read a.txt: disk on fire"),
            ("cannot read a.txt: disk on fire; buy a bucket", "cannot read a.txt: disk on fire"),
        ] {
            let error = Outer { said, source: io::Error::other("disk on fire") };
            let failure = Failure::from_error(&error);
            assert_eq!(failure.what, expected);
            assert_eq!(failure.help.as_deref(), said.contains(';').then_some("buy a bucket"));
        }
    }
}
