//! What one setting is: a flag, a key of `wirecopy.toml` and a `WIRECOPY_*` variable at once.

use std::ffi::OsString;

use crate::cli::choice;
use crate::cli::settings::Choices;
use crate::cli::value::Refused;
use crate::model::SettingValue;

/// How many values a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// None: it is on or off.
    Switch,
    /// One; the last given counts.
    One,
    /// Several, each with its own flag.
    Many,
    /// Several words, parted by commas or each with its own flag.
    Words,
}

/// The commands that take a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Every command.
    Always,
    /// Those that read documents.
    Reading,
    /// Those that find passages.
    Matching,
    /// `compare`, `check` and `explain`, whose operands may be any number of documents.
    Gathering,
    /// `compare`, `check` and `search`, which know a reference.
    Against,
    /// `compare` and `check`.
    Pairing,
    /// `compare`, `search` and `report`, which write tables.
    Finding,
    /// `report`, which reads a result.
    Restoring,
    /// `compare`.
    Comparing,
    /// `check`, which gives a verdict.
    Checking,
    /// `search`, which looks for carriers of one text.
    Searching,
}

/// What is set by a flag.
pub type Set = fn(&mut Choices, &[OsString]) -> Result<(), Refused>;

/// How the value in effect is shown.
pub type Show = fn(&Choices) -> SettingValue;

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Opt {
    /// Its name: key and variable are made from it.
    pub name: &'static str,
    /// Its flag without dashes: the name, but where two commands have a flag of one name and differ in what it takes.
    pub flag: &'static str,
    /// One-letter form.
    pub short: Option<char>,
    /// The flag that turns a switch off again.
    pub opposite: Option<&'static str>,
    /// Placeholder of the value in help.
    pub value: &'static str,
    /// How many values.
    pub kind: Kind,
    /// Words it takes, when they are few.
    pub words: fn() -> Vec<&'static str>,
    /// Whether values are paths, which in a file start at the file's folder.
    pub path: bool,
    /// Whether a path may have a format before it, `FORMAT:FILE`.
    pub prefixed: bool,
    /// Whether `-h` shows it.
    pub brief: bool,
    /// The commands that take it.
    pub taken: Taken,
    /// Heading it stands under.
    pub heading: &'static str,
    /// One sentence, without a full stop; more sentences follow a line break and show with `--help` only.
    pub help: &'static str,
    /// Sets it.
    pub set: Set,
    /// Shows it.
    pub show: Show,
}

impl Opt {
    pub(super) const fn new(
        kind: Kind,
        name: &'static str,
        value: &'static str,
        set: Set,
        show: Show,
    ) -> Opt {
        Opt {
            name,
            flag: name,
            short: None,
            opposite: None,
            value,
            kind,
            words: Vec::new,
            path: false,
            prefixed: false,
            brief: false,
            taken: Taken::Reading,
            heading: "",
            help: "",
            set,
            show,
        }
    }

    pub(super) const fn help(self, heading: &'static str, help: &'static str) -> Opt {
        Opt { heading, help, ..self }
    }

    pub(super) const fn opposite(self, name: &'static str) -> Opt {
        Opt { opposite: Some(name), ..self }
    }

    pub(super) const fn short(self, letter: char) -> Opt {
        Opt { short: Some(letter), ..self }
    }

    pub(super) const fn words(self, words: fn() -> Vec<&'static str>) -> Opt {
        Opt { words, ..self }
    }

    pub(super) const fn path(self) -> Opt {
        Opt { path: true, ..self }
    }

    pub(super) const fn prefixed(self) -> Opt {
        Opt { prefixed: true, ..self }
    }

    pub(super) const fn flag(self, flag: &'static str) -> Opt {
        Opt { flag, ..self }
    }

    pub(super) const fn brief(self) -> Opt {
        Opt { brief: true, ..self }
    }

    pub(super) const fn taken(self, taken: Taken) -> Opt {
        Opt { taken, ..self }
    }

    /// Its key in `wirecopy.toml`.
    #[must_use]
    pub fn key(&self) -> String {
        self.name.replace('-', "_")
    }

    /// Its variable in the environment.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("{}{}", crate::cli::settings::ENV_PREFIX, self.key().to_uppercase())
    }

    /// A value it takes, as TOML.
    #[must_use]
    pub fn example(&self) -> String {
        if let Some(value) = choice::to_toml(&(self.show)(&Choices::default())).filter(|value| value != "[]")
        {
            return value;
        }
        let words = (self.words)();
        let word = words.first().copied().unwrap_or(match self.value {
            "TIME" => "72h",
            "SIZE" => "2G",
            "FIELD" => "column",
            "PATTERN" => "{source}_{date}.txt",
            "GLOB" => "*.txt",
            "CODE" => "en",
            "NAME" => "windows-1251",
            "OUTLET=TIME" => "Daily Herald=6h",
            "RULE=LEVEL" => "changed-number=error",
            _ => "path/to/file",
        });
        format!("\"{word}\"")
    }
}
