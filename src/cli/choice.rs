//! Between the words of a flag and the library's types, for the rows of [`crate::cli::options::OPTIONS`].

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::cli::settings::{Choices, ColorChoice};
use crate::cli::value::{self, Refused};
use crate::gate::Limits;
use crate::model::{Level, Profile, Rule, SettingValue, Statistics, Tag};
use crate::read::NamePatternError;
use crate::report::gate::GateFormat;
use crate::report::{Format, Graph, Table};

/// The tags that the engine gives today.
const TAGS: [Tag; 3] = [Tag::Boilerplate, Tag::ExactCopy, Tag::Formula];

/// Words for tags in flags; `none` stands for no tag.
#[must_use]
pub fn tag_names() -> Vec<&'static str> {
    vec!["boilerplate", "exact-copy", "formula", "none"]
}

/// The last of `values` as text.
///
/// # Errors
///
/// Refuses what is not UTF-8.
pub fn text(values: &[OsString]) -> Result<&str, Refused> {
    let last = values.last().map(OsString::as_os_str).unwrap_or_default();
    last.to_str().ok_or_else(|| Refused::new(&last.to_string_lossy(), "UTF-8", "write it in UTF-8"))
}

/// All `values` as texts.
///
/// # Errors
///
/// Refuses what is not UTF-8.
pub fn texts(values: &[OsString]) -> Result<Vec<String>, Refused> {
    values.iter().map(|value| text(std::slice::from_ref(value)).map(str::to_owned)).collect()
}

/// The last of `values` as a path.
///
/// # Errors
///
/// Refuses an empty one.
pub fn path(values: &[OsString]) -> Result<PathBuf, Refused> {
    let last = values.last().cloned().unwrap_or_default();
    match last.is_empty() {
        true => Err(Refused::new("", "a path", "name a file")),
        false => Ok(last.into()),
    }
}

/// All `values` as paths.
///
/// # Errors
///
/// Refuses an empty one.
pub fn paths(values: &[OsString]) -> Result<Vec<PathBuf>, Refused> {
    values.iter().map(|value| path(std::slice::from_ref(value))).collect()
}

/// A count of at least `least`.
///
/// # Errors
///
/// Refuses other numbers and what is no number.
pub fn count(values: &[OsString], least: u32) -> Result<u32, Refused> {
    let text = text(values)?;
    let number = value::whole(text)?;
    match u32::try_from(number) {
        Ok(count) if count >= least => Ok(count),
        _ => Err(Refused::new(
            text,
            &format!("between {least} and {}", u32::MAX),
            format!("write {} or more", least.max(1)),
        )),
    }
}

/// A count of things in memory.
///
/// # Errors
///
/// Refuses what is no whole number of that size.
pub fn places(values: &[OsString]) -> Result<usize, Refused> {
    let text = text(values)?;
    let too_large = || Refused::new(text, "a count this machine can hold", "write a smaller number");
    value::whole(text).and_then(|number| usize::try_from(number).map_err(|_| too_large()))
}

/// Threads that help no machine there is; far more only hang the run.
const MOST_THREADS: usize = 512;

/// A number of worker threads.
///
/// # Errors
///
/// Refuses what is no whole number, and more than 512.
pub fn threads(values: &[OsString]) -> Result<usize, Refused> {
    match places(values)? {
        n if n > MOST_THREADS => {
            Err(Refused::new(text(values)?, "at most 512 threads", "leave it out for one a processor"))
        }
        n => Ok(n),
    }
}

/// Tags from words parted by commas; `none` stands for no tag.
///
/// # Errors
///
/// Refuses unknown words.
pub fn tags(values: &[OsString]) -> Result<Vec<Tag>, Refused> {
    let mut tags = Vec::new();
    for value in texts(values)? {
        for word in value.split(',').map(str::trim).filter(|word| !word.is_empty() && *word != "none") {
            let name = word.to_lowercase().replace('-', "_");
            let tag = TAGS.into_iter().find(|tag| tag.name() == name);
            tags.push(tag.ok_or_else(|| unknown(word, "a tag", &tag_names()))?);
        }
    }
    tags.sort_unstable();
    tags.dedup();
    Ok(tags)
}

/// A language code: two or three letters, perhaps with a region.
///
/// # Errors
///
/// Refuses other words.
pub fn language(values: &[OsString]) -> Result<String, Refused> {
    let text = text(values)?;
    let primary = text.split(['-', '_']).next().unwrap_or_default();
    let plain = primary.bytes().all(|byte| byte.is_ascii_alphabetic()) && (2..=3).contains(&primary.len());
    match plain {
        true => Ok(text.to_owned()),
        false => Err(Refused::new(text, "a language code", "write a code such as en, az or pt-BR")),
    }
}

/// Words for `--skip-same`.
#[must_use]
pub fn skip_same_names() -> Vec<&'static str> {
    vec!["source", "none"]
}

/// Whether `--skip-same` names the source.
///
/// # Errors
///
/// Refuses other fields.
pub fn skip_same(values: &[OsString]) -> Result<bool, Refused> {
    match text(values)? {
        "source" => Ok(true),
        "none" => Ok(false),
        other => Err(unknown(other, "a field to tell documents apart by", &skip_same_names())),
    }
}

/// A pattern for file names.
///
/// # Errors
///
/// Refuses a pattern that cannot be understood.
pub fn name_pattern(to: &mut Choices, values: &[OsString]) -> Result<(), Refused> {
    let text = text(values)?;
    let pattern = text.parse().map_err(|error: NamePatternError| {
        let message = error.to_string();
        let (problem, remedy) = message.split_once("; ").unwrap_or((&message, "see --help for an example"));
        let problem = problem.strip_prefix("--name-pattern ").unwrap_or(problem);
        Refused { problem: problem.to_owned(), remedy: remedy.to_owned() }
    })?;
    to.read.name_pattern = Some(pattern);
    Ok(())
}

/// A format by its word.
///
/// # Errors
///
/// Refuses unknown words.
pub fn format(values: &[OsString]) -> Result<Format, Refused> {
    pick(text(values)?, "a format", &format_names(), &Format::ALL)
}

/// Words for formats.
#[must_use]
pub fn format_names() -> Vec<&'static str> {
    Format::ALL.iter().map(|format| format.name()).collect()
}

/// A network by its word.
///
/// # Errors
///
/// Refuses unknown words.
pub fn graph(values: &[OsString]) -> Result<Graph, Refused> {
    pick(text(values)?, "a network", &graph_names(), &Graph::ALL)
}

/// Words for networks.
#[must_use]
pub fn graph_names() -> Vec<&'static str> {
    Graph::ALL.iter().map(|graph| graph.name()).collect()
}

/// Words for `--redact`.
#[must_use]
pub fn redact_names() -> Vec<&'static str> {
    vec!["text", "none"]
}

/// Whether `--redact` leaves the texts out.
///
/// # Errors
///
/// Refuses other words.
pub fn redact(values: &[OsString]) -> Result<bool, Refused> {
    pick(text(values)?, "what can be left out", &redact_names(), &[true, false])
}

/// A format of verdicts by its word.
///
/// # Errors
///
/// Refuses unknown words.
pub fn gate_format(values: &[OsString]) -> Result<GateFormat, Refused> {
    pick(text(values)?, "a format", &gate_format_names(), &GateFormat::ALL)
}

/// Words for formats of verdicts.
#[must_use]
pub fn gate_format_names() -> Vec<&'static str> {
    GateFormat::ALL.iter().map(|format| format.name()).collect()
}

/// The format and the file of `FORMAT:FILE`; the whole is the file where no name of one of `all` stands before a colon.
#[must_use]
pub fn prefixed<'t, F: Copy>(text: &'t str, all: &[F], name: fn(F) -> &'static str) -> (Option<F>, &'t str) {
    let named = |word: &str| all.iter().copied().find(|&format| name(format) == word);
    match text.split_once(':') {
        Some((word, file)) if named(word).is_some() => (named(word), file),
        _ => (None, text),
    }
}

/// The length of what stands before the file in `FORMAT:FILE`, for whatever kind of format; none where no format does.
#[must_use]
pub fn prefix_len(text: &str) -> usize {
    let gate = prefixed(text, &GateFormat::ALL, GateFormat::name).1.len();
    text.len() - gate.min(prefixed(text, &Format::ALL, Format::name).1.len())
}

/// A number of words, which may end in `w`.
///
/// # Errors
///
/// Refuses what is no whole number.
pub fn words(values: &[OsString]) -> Result<u32, Refused> {
    let text = text(values)?.trim();
    let refused = || Refused::new(text, "a number of words", "write 60 or 60w");
    let number = value::whole(text.strip_suffix('w').unwrap_or(text)).map_err(|_| refused())?;
    u32::try_from(number).map_err(|_| refused())
}

/// Levels of rules, each as `RULE=LEVEL`, over the defaults.
///
/// # Errors
///
/// Refuses what has another form, unknown rules and unknown levels.
pub fn levels(to: &mut Limits, values: &[OsString]) -> Result<(), Refused> {
    let (mut limits, defaults) = (to.clone(), Limits::default());
    for rule in Rule::ALL {
        limits.set_level(rule, defaults.level(rule));
    }
    for value in texts(values)? {
        let (rule, level) = value.split_once('=').ok_or_else(|| {
            Refused::new(&value, "a rule with its level", "write for example changed-number=error")
        })?;
        let rules = Rule::ALL.map(Rule::name);
        let rule = pick(rule.trim(), "a rule", &rules, &Rule::ALL)?;
        let levels = Level::ALL.map(Level::name);
        limits.set_level(rule, pick(level.trim(), "a level", &levels, &Level::ALL)?);
    }
    *to = limits;
    Ok(())
}

/// Levels that are not the defaults, each as `RULE=LEVEL`.
#[must_use]
pub fn shown_levels(limits: &Limits) -> SettingValue {
    let defaults = Limits::default();
    let changed = Rule::ALL.into_iter().filter(|&rule| limits.level(rule) != defaults.level(rule));
    SettingValue::List(changed.map(|rule| format!("{}={}", rule.name(), limits.level(rule).name())).collect())
}

/// A table by its word.
///
/// # Errors
///
/// Refuses unknown words.
pub fn table(values: &[OsString]) -> Result<Table, Refused> {
    pick(text(values)?, "a table", &table_names(), &Table::ALL)
}

/// Words for tables.
#[must_use]
pub fn table_names() -> Vec<&'static str> {
    Table::ALL.iter().map(|table| table.name()).collect()
}

/// Words for `--color`.
#[must_use]
pub fn color_names() -> Vec<&'static str> {
    ColorChoice::ALL.iter().map(|choice| choice.name()).collect()
}

/// When to colour.
///
/// # Errors
///
/// Refuses unknown words.
pub fn color(values: &[OsString]) -> Result<ColorChoice, Refused> {
    pick(text(values)?, "a choice of colour", &color_names(), &ColorChoice::ALL)
}

/// Words for `--profile`.
#[must_use]
pub fn profile_names() -> Vec<&'static str> {
    Profile::ALL.iter().map(|profile| profile.name()).collect()
}

/// The kind of text.
///
/// # Errors
///
/// Refuses unknown words.
pub fn profile(values: &[OsString]) -> Result<Profile, Refused> {
    pick(text(values)?, "a kind of text", &profile_names(), &Profile::ALL)
}

/// Words for `--statistics`.
#[must_use]
pub fn statistics_names() -> Vec<&'static str> {
    Statistics::ALL.iter().map(|statistics| statistics.name()).collect()
}

/// Whose word frequencies decide.
///
/// # Errors
///
/// Refuses unknown words.
pub fn statistics(values: &[OsString]) -> Result<Statistics, Refused> {
    pick(text(values)?, "a kind of statistics", &statistics_names(), &Statistics::ALL)
}

fn pick<T: Copy>(word: &str, kind: &str, names: &[&str], values: &[T]) -> Result<T, Refused> {
    let place = names.iter().position(|name| *name == word);
    place.map(|place| values[place]).ok_or_else(|| unknown(word, kind, names))
}

fn unknown(word: &str, kind: &str, names: &[&str]) -> Refused {
    let remedy = match value::nearest(word, names) {
        Some(near) => format!("did you mean {near}? There are: {}", names.join(", ")),
        None => format!("there are: {}", names.join(", ")),
    };
    Refused::new(word, kind, remedy)
}

/// A text that may be unset.
#[must_use]
pub fn shown(text: Option<&str>) -> SettingValue {
    text.map_or(SettingValue::Unset, |text| SettingValue::Text(text.to_owned()))
}

/// A count.
#[must_use]
pub fn shown_places(count: usize) -> SettingValue {
    SettingValue::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Tags by their words.
#[must_use]
pub fn shown_tags(tags: &[Tag]) -> SettingValue {
    SettingValue::List(tags.iter().map(|tag| tag.name().replace('_', "-")).collect())
}

/// Paths as texts.
#[must_use]
pub fn shown_paths(paths: &[PathBuf]) -> SettingValue {
    SettingValue::List(paths.iter().map(|path| path_text(path)).collect())
}

/// A path as text, broken bytes replaced.
#[must_use]
pub fn path_text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A value as `wirecopy.toml` would have it; nothing for one that is not set.
#[must_use]
pub fn to_toml(value: &SettingValue) -> Option<String> {
    let text = |text: &String| toml::Value::String(text.clone());
    Some(match value {
        SettingValue::Unset => return None,
        SettingValue::Flag(on) => on.to_string(),
        SettingValue::Integer(number) => number.to_string(),
        SettingValue::Number(number) => toml::Value::Float(*number).to_string(),
        SettingValue::Text(value) => text(value).to_string(),
        SettingValue::List(values) => toml::Value::Array(values.iter().map(text).collect()).to_string(),
    })
}
