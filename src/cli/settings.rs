//! From what was given to what is in effect: flags over `WIRECOPY_*` over `wirecopy.toml` over defaults.
//!
//! This is the second of two stages. The first ([`crate::cli::args`]) only finds out what was written where; here
//! the layers are put together, values are checked, and every setting remembers where its value came from.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::cli::args::ConfigChoice;
use crate::cli::config::{self, Loaded};
use crate::cli::exit::Failure;
use crate::cli::options::{self, Kind, OPTIONS, Opt};
use crate::cli::value;
use crate::gate::{Allowance, Limits};
use crate::model::Tag;
use crate::pipeline::Settings;
use crate::read::ReadParams;
use crate::report::gate::GateFormat;
use crate::report::{Format, RenderOptions, Table};

/// What precedes the name of a setting in the environment.
pub const ENV_PREFIX: &str = "WIRECOPY_";

/// When output is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ColorChoice {
    /// Every choice, in the order help lists them.
    pub const ALL: [ColorChoice; 3] = [ColorChoice::Auto, ColorChoice::Always, ColorChoice::Never];

    /// The choice's name in flags.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ColorChoice::Auto => "auto",
            ColorChoice::Always => "always",
            ColorChoice::Never => "never",
        }
    }
}

/// Where a value came from; later variants win over earlier ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A configuration file and its line, 1-based.
    File {
        /// The file as messages name it.
        name: String,
        /// The line its key stands on.
        line: usize,
    },
    /// A variable of the environment.
    Environment {
        /// The variable's name.
        name: String,
    },
    /// The command line.
    Flag,
}

impl Origin {
    /// The place for a message; a flag needs none, since its name is in the message.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        (*self != Origin::Flag).then(|| self.to_string())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::File { name, line } => write!(f, "{name}:{line}"),
            Origin::Environment { name } => f.write_str(name),
            Origin::Flag => f.write_str("flag"),
        }
    }
}

/// The values given for one setting and where they stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Values in order; several only for repeatable flags.
    pub values: Vec<OsString>,
    /// Where they stood.
    pub origin: Origin,
}

/// What one place (command line, environment, file) says, by the name of the flag.
pub type Layer = BTreeMap<&'static str, Given>;

/// Every choice in effect, checked.
#[derive(Clone, Debug)]
pub struct Choices {
    /// What decides the result. Texts of `boilerplate` are still to be read.
    pub settings: Settings,
    /// How inputs are read.
    pub read: ReadParams,
    /// A file that lists inputs, `-` for standard input.
    pub files_from: Option<PathBuf>,
    /// Inputs to compare with.
    pub against: Vec<PathBuf>,
    /// A file that lists document pairs.
    pub pairs: Option<PathBuf>,
    /// Files of known text.
    pub boilerplate: Vec<PathBuf>,
    /// Tags whose passages count even when their tag is excluded.
    pub include_tags: Vec<Tag>,
    /// Form of standard output.
    pub format: Format,
    /// The only table to write to standard output.
    pub table: Option<Table>,
    /// Files and folders to write.
    pub outputs: Vec<PathBuf>,
    /// No words of the articles in any output.
    pub redact_text: bool,
    /// How text is laid out; colour and width are still to be found out.
    pub render: RenderOptions,
    /// Where to keep what is finished.
    pub work: Option<PathBuf>,
    /// Show the passages of the articles that a search finds.
    pub show: bool,
    /// When to colour.
    pub color: ColorChoice,
    /// No progress on standard error.
    pub no_progress: bool,
    /// No notes on standard error either.
    pub quiet: bool,
    /// Every skipped input and every warning on standard error.
    pub verbose: bool,
    /// Shared passages make the exit code 1.
    pub exit_code: bool,
    /// What `check` does.
    pub gate: GateChoices,
}

/// What `check` and `allow` do.
#[derive(Clone, Debug)]
pub struct GateChoices {
    /// Only what git does not have at this commit is new.
    pub new_from_ref: Option<String>,
    /// Only what is staged is new.
    pub staged: bool,
    /// What is allowed, and how much it matters when more is found.
    pub limits: Limits,
    /// New findings at level error that do not change the exit code.
    pub max_new: usize,
    /// The file of accepted findings.
    pub baseline: Option<PathBuf>,
    /// Whether it is written.
    pub update_baseline: bool,
    /// Allowances of the configuration.
    pub allowances: Vec<Allowance>,
    /// The file of further ones, if it was named.
    pub allow_file: Option<PathBuf>,
    /// The folder where it is looked for otherwise.
    pub folder: PathBuf,
    /// Neither the baseline nor allowances are applied.
    pub no_ignores: bool,
    /// Findings leave the exit code at 0.
    pub exit_zero: bool,
    /// Form of standard output.
    pub format: GateFormat,
    /// Files to write, each perhaps with its format before it.
    pub outputs: Vec<String>,
}

impl Default for GateChoices {
    fn default() -> GateChoices {
        GateChoices {
            new_from_ref: None,
            staged: false,
            limits: Limits::default(),
            max_new: 0,
            baseline: None,
            update_baseline: false,
            allowances: Vec::new(),
            allow_file: None,
            folder: PathBuf::new(),
            no_ignores: false,
            exit_zero: false,
            format: GateFormat::Text,
            outputs: Vec::new(),
        }
    }
}

impl Default for Choices {
    fn default() -> Choices {
        Choices {
            settings: Settings::default(),
            read: ReadParams::default(),
            files_from: None,
            against: Vec::new(),
            pairs: None,
            boilerplate: Vec::new(),
            include_tags: Vec::new(),
            format: Format::Text,
            table: None,
            outputs: Vec::new(),
            redact_text: false,
            render: RenderOptions::default(),
            work: None,
            show: false,
            color: ColorChoice::Auto,
            no_progress: false,
            quiet: false,
            verbose: false,
            exit_code: false,
            gate: GateChoices::default(),
        }
    }
}

/// Choices with their origins.
#[derive(Clone, Debug, Default)]
pub struct Effective {
    /// The choices.
    pub choices: Choices,
    /// Where the value of each flag came from; a default when it is not here.
    pub origins: BTreeMap<&'static str, Origin>,
    /// Oddities that stop nothing, such as a variable nobody knows.
    pub remarks: Vec<String>,
}

/// The environment and working folder that settings are looked up in.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Variables whose name begins with [`ENV_PREFIX`], in order of name.
    pub variables: BTreeMap<String, OsString>,
    /// Where the search for a configuration begins.
    pub folder: PathBuf,
}

impl Surroundings {
    /// Those of this process.
    #[must_use]
    pub fn of_process() -> Surroundings {
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
            .filter(|(name, value)| name.starts_with(ENV_PREFIX) && !value.is_empty())
            .collect();
        Surroundings { variables, folder: std::env::current_dir().unwrap_or_default() }
    }
}

/// Puts the layers together.
///
/// # Errors
///
/// The first value that is refused, two settings that exclude one another, or a configuration that cannot be used.
pub fn resolve(
    flags: Layer,
    config: &ConfigChoice,
    surroundings: &Surroundings,
) -> Result<Effective, Failure> {
    let (variables, remarks) = environment(&surroundings.variables);
    let (file, folder) = match config_file(config, surroundings)? {
        Some((path, shown)) => {
            (config::load(&path, &shown)?, shown.parent().unwrap_or(Path::new("")).to_owned())
        }
        None => (Loaded::default(), PathBuf::new()),
    };
    let mut given = file.layer;
    given.extend(variables);
    given.extend(flags);
    settle_rivals(&mut given)?;
    let mut effective = Effective { remarks, ..Effective::default() };
    for option in OPTIONS {
        if let Some(Given { values, origin }) = given.remove(option.name) {
            (option.set)(&mut effective.choices, &values)
                .map_err(|refused| refusal(option, &origin, &refused))?;
            effective.origins.insert(option.name, origin);
        }
    }
    let Choices { settings, include_tags, gate, .. } = &mut effective.choices;
    (gate.allowances, gate.folder) = (file.allowances, folder);
    settings.exclude_tags.retain(|tag| !include_tags.contains(tag));
    Ok(effective)
}

/// The configuration to load, and what messages call it.
fn config_file(
    config: &ConfigChoice,
    surroundings: &Surroundings,
) -> Result<Option<(PathBuf, PathBuf)>, Failure> {
    let variable = |name: &str| surroundings.variables.get(name);
    let named = |path: &Path| Some((surroundings.folder.join(path), path.to_owned()));
    match config {
        ConfigChoice::Named(path) => return Ok(named(path)),
        ConfigChoice::Without => return Ok(None),
        ConfigChoice::Search => {}
    }
    if let Some(value) = variable("WIRECOPY_NO_CONFIG") {
        let off = value::switch(&value.to_string_lossy())
            .map_err(|refused| Failure::new(refused.problem).at("WIRECOPY_NO_CONFIG").help(refused.remedy))?;
        if off {
            return Ok(None);
        }
    }
    if let Some(value) = variable("WIRECOPY_CONFIG") {
        return Ok(named(Path::new(value)));
    }
    Ok(config::find(&surroundings.folder).map(|path| {
        let shown = path.strip_prefix(&surroundings.folder).unwrap_or(&path).to_owned();
        (path, shown)
    }))
}

/// The layer of the environment, and a remark for each variable that no setting goes by.
fn environment(variables: &BTreeMap<String, OsString>) -> (Layer, Vec<String>) {
    let known: Vec<String> = OPTIONS.iter().map(Opt::key).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let (mut layer, mut remarks) = (Layer::new(), Vec::new());
    for (name, value) in variables {
        let Some(option) = OPTIONS.iter().find(|option| option.variable() == *name) else {
            if !["WIRECOPY_CONFIG", "WIRECOPY_NO_CONFIG"].contains(&name.as_str()) {
                let key = name.strip_prefix(ENV_PREFIX).unwrap_or(name).to_lowercase();
                let near = value::nearest(&key, &known)
                    .map(|near| format!("; the nearest is {ENV_PREFIX}{}", near.to_uppercase()));
                remarks.push(format!("{name} is set but no setting goes by it{}", near.unwrap_or_default()));
            }
            continue;
        };
        let values = match (option.kind, value.to_str()) {
            (Kind::Many, Some(text)) => {
                text.lines().filter(|line| !line.is_empty()).map(OsString::from).collect()
            }
            _ => vec![value.clone()],
        };
        layer.insert(option.name, Given { values, origin: Origin::Environment { name: name.clone() } });
    }
    (layer, remarks)
}

/// Settings of which only one can be in effect.
const RIVALS: [(&str, &str); 4] = [
    ("pairs", "against"),
    ("quiet", "verbose"),
    ("update-baseline", "no-ignores"),
    ("new-from-ref", "staged"),
];

/// Of two rivals the one from the higher layer stays; in one layer they are an error.
fn settle_rivals(given: &mut Layer) -> Result<(), Failure> {
    for (one, other) in RIVALS {
        let (Some(first), Some(second)) = (given.get(one), given.get(other)) else { continue };
        let on = |given: &Given| given.values.last().is_some_and(|value| value != "false");
        if !on(first) || !on(second) {
            continue;
        }
        match rank(&first.origin).cmp(&rank(&second.origin)) {
            Ordering::Less => drop(given.remove(one)),
            Ordering::Greater => drop(given.remove(other)),
            Ordering::Equal => {
                let failure = Failure::new(format!("--{one} and --{other} exclude each other"))
                    .help(format!("leave out --{one} or --{other}"));
                return Err(Failure { place: second.origin.place(), ..failure });
            }
        }
    }
    settle_table(given)
}

/// `--table` means CSV: it overrides a format from a lower layer and refuses another one beside it.
fn settle_table(given: &mut Layer) -> Result<(), Failure> {
    let Some(table) = given.get("table").cloned() else { return Ok(()) };
    if let Some(format) = given.get("format")
        && format.values.last().is_some_and(|value| value != "csv" && value != "parquet")
    {
        match rank(&format.origin).cmp(&rank(&table.origin)) {
            Ordering::Greater => {
                given.remove("table");
                return Ok(());
            }
            Ordering::Equal => {
                let failure = Failure::new("--table chooses one table, but --format is one of all tables")
                    .help("write --format csv or parquet with --table NAME, or leave out --table");
                return Err(Failure { place: format.origin.place(), ..failure });
            }
            Ordering::Less => {}
        }
    }
    let in_parquet = |format: &Given| {
        rank(&format.origin) >= rank(&table.origin)
            && format.values.last().is_some_and(|value| value == "parquet")
    };
    if given.get("format").is_some_and(in_parquet) {
        return Ok(());
    }
    given.insert("format", Given { values: vec!["csv".into()], origin: table.origin });
    Ok(())
}

fn rank(origin: &Origin) -> u8 {
    match origin {
        Origin::File { .. } => 1,
        Origin::Environment { .. } => 2,
        Origin::Flag => 3,
    }
}

fn refusal(option: &options::Opt, origin: &Origin, refused: &value::Refused) -> Failure {
    let named = match origin {
        Origin::File { .. } => option.key(),
        _ => format!("--{}", option.flag),
    };
    let failure = Failure::new(format!("{named}: {}", refused.problem)).help(&refused.remedy);
    Failure { place: origin.place(), ..failure }
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
