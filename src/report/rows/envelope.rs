//! The rows around the tables: `begin`, `warning`, `end`, `run`.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::model::{Analysis, Bound, Findings, RunFacts, SettingValue, Skipped, Warning};
use crate::report::SCHEMA_VERSION;
use crate::report::rows::rounded;

/// Opens a result: who made it and how.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BeginRow<'a> {
    /// Version of the result schema; grows when a column changes its meaning or goes away.
    pub schema_version: u32,
    /// `wirecopy`.
    pub tool: &'static str,
    /// Version of the tool.
    pub version: &'static str,
    /// Settings in effect, by name.
    #[serde(serialize_with = "setting_values")]
    pub settings: &'a BTreeMap<String, SettingValue>,
}

impl<'a> BeginRow<'a> {
    /// Fields in order.
    pub const COLUMNS: &'static [&'static str] = &["schema_version", "tool", "version", "settings"];

    pub(super) fn new(analysis: &'a Analysis) -> BeginRow<'a> {
        BeginRow {
            schema_version: SCHEMA_VERSION,
            tool: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            settings: &analysis.settings,
        }
    }

    /// The settings alone, for a place where they stand by themselves.
    #[must_use]
    pub fn setting_values(&self) -> impl Serialize + use<'a> {
        let values: BTreeMap<&'a str, SettingJson<'a>> =
            self.settings.iter().map(|(name, value)| (name.as_str(), SettingJson(value))).collect();
        values
    }
}

/// A row of the settings table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SettingRow<'a> {
    /// Name of the setting.
    pub name: &'a str,
    /// Its value; null when not set.
    #[serde(serialize_with = "setting_value")]
    pub value: SettingValue,
}

impl<'a> SettingRow<'a> {
    /// Columns in order.
    pub const COLUMNS: &'static [&'static str] = &["name", "value"];

    /// The rows of `begin`: who made the result first, then the settings by name.
    pub fn of(begin: &BeginRow<'a>) -> impl Iterator<Item = SettingRow<'a>> + use<'a> {
        let maker = [
            ("schema_version", SettingValue::Integer(i64::from(begin.schema_version))),
            ("tool", SettingValue::Text(begin.tool.to_owned())),
            ("version", SettingValue::Text(begin.version.to_owned())),
        ];
        let settings = begin.settings.iter().map(|(name, value)| (name.as_str(), value.clone()));
        maker.into_iter().chain(settings).map(|(name, value)| SettingRow { name, value })
    }
}

/// Something a user should know about an input or the run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WarningRow<'a> {
    /// File; null when it concerns the whole run.
    pub path: Option<&'a str>,
    /// Physical line, 1-based.
    pub line: Option<u32>,
    /// What is wrong and what to do.
    pub message: &'a str,
}

impl<'a> WarningRow<'a> {
    /// Columns in order.
    pub const COLUMNS: &'static [&'static str] = &["path", "line", "message"];

    pub(crate) fn new(warning: &'a Warning) -> WarningRow<'a> {
        WarningRow {
            path: (!warning.path.is_empty()).then_some(&warning.path),
            line: warning.line,
            message: &warning.message,
        }
    }
}

/// An input that was not read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SkippedRow<'a> {
    /// File.
    pub path: &'a str,
    /// Physical line, 1-based, for a record of a file.
    pub line: Option<u32>,
    /// Why.
    pub reason: &'a str,
    /// Whether something to compare was lost; false for what never was a document.
    pub lost: bool,
}

impl<'a> SkippedRow<'a> {
    /// Columns in order.
    pub const COLUMNS: &'static [&'static str] = &["path", "line", "reason", "lost"];

    fn new(skipped: &'a Skipped) -> SkippedRow<'a> {
        SkippedRow { path: &skipped.path, line: skipped.line, reason: &skipped.reason, lost: skipped.lost }
    }
}

/// A bound on work that was hit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BoundRow<'a> {
    /// The setting that would move it, or the fixed limit's name.
    pub name: &'a str,
    /// How often it was hit.
    pub count: u64,
    /// What was not done, and what still was.
    pub message: &'a str,
}

impl<'a> BoundRow<'a> {
    /// Columns in order.
    pub const COLUMNS: &'static [&'static str] = &["name", "count", "message"];

    fn new(bound: &'a Bound) -> BoundRow<'a> {
        BoundRow { name: &bound.name, count: bound.count, message: &bound.message }
    }
}

/// Closes the tables: a reader that has not seen it has not seen everything.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EndRow<'a> {
    /// Rows of each table.
    pub counts: Counts,
    /// Inputs that were not read.
    pub skipped: Vec<SkippedRow<'a>>,
    /// Bounds that were hit.
    pub bounds: Vec<BoundRow<'a>>,
}

/// Rows of each table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Documents compared.
    pub documents: usize,
    /// Document pairs.
    pub pairs: usize,
    /// Passages, excluded ones included.
    pub passages: usize,
    /// Passages that do not count.
    pub excluded_passages: usize,
    /// Clusters.
    pub clusters: usize,
    /// Witnesses of all clusters.
    pub members: usize,
    /// Outlet × outlet.
    pub edges: usize,
    /// Wording that recurs in an outlet, or fills in a form.
    pub recurring: usize,
    /// Warnings.
    pub warnings: usize,
    /// Inputs that were not read.
    pub skipped: usize,
    /// Findings, where there was a gate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub findings: Option<usize>,
}

impl<'a> EndRow<'a> {
    /// Fields in order.
    pub const COLUMNS: &'static [&'static str] = &["counts", "skipped", "bounds"];

    pub(super) fn new(findings: &'a dyn Findings) -> EndRow<'a> {
        let analysis = findings.facts();
        EndRow {
            counts: Counts {
                documents: analysis.documents.len(),
                pairs: findings.n_pairs(),
                passages: findings.n_passages(),
                excluded_passages: findings.n_excluded(),
                clusters: analysis.clusters.len(),
                members: analysis.clusters.iter().map(|cluster| cluster.witnesses.len()).sum(),
                edges: analysis.edges.len(),
                recurring: analysis.recurring.len(),
                warnings: analysis.warnings.len(),
                skipped: analysis.skipped.len(),
                findings: None,
            },
            skipped: analysis.skipped.iter().map(SkippedRow::new).collect(),
            bounds: analysis.bounds.iter().map(BoundRow::new).collect(),
        }
    }
}

/// Whatever may differ between equal runs; every other row is the same, byte for byte.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunRow<'a> {
    /// Wall time by stage, in seconds, in stage order.
    #[serde(serialize_with = "seconds_by_stage")]
    pub seconds: &'a [(String, f64)],
    /// Threads used.
    pub threads: u32,
    /// Peak resident memory in bytes.
    pub peak_memory_bytes: Option<u64>,
}

impl<'a> RunRow<'a> {
    /// Fields in order.
    pub const COLUMNS: &'static [&'static str] = &["seconds", "threads", "peak_memory_bytes"];

    pub(super) fn new(run: &'a RunFacts) -> RunRow<'a> {
        RunRow { seconds: &run.seconds, threads: run.threads, peak_memory_bytes: run.peak_memory_bytes }
    }
}

fn seconds_by_stage<S: Serializer>(seconds: &[(String, f64)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(seconds.iter().map(|(stage, seconds)| (stage, rounded(*seconds))))
}

fn setting_values<S: Serializer>(
    settings: &BTreeMap<String, SettingValue>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(settings.iter().map(|(name, value)| (name, SettingJson(value))))
}

fn setting_value<S: Serializer>(value: &SettingValue, serializer: S) -> Result<S::Ok, S::Error> {
    SettingJson(value).serialize(serializer)
}

/// A setting's value as JSON; the model itself knows no format.
struct SettingJson<'a>(&'a SettingValue);

impl Serialize for SettingJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            SettingValue::Unset => serializer.serialize_none(),
            SettingValue::Flag(on) => serializer.serialize_bool(*on),
            SettingValue::Integer(whole) => serializer.serialize_i64(*whole),
            SettingValue::Number(number) => serializer.serialize_f64(rounded(*number)),
            SettingValue::Text(text) => serializer.serialize_str(text),
            SettingValue::List(texts) => texts.serialize(serializer),
        }
    }
}
