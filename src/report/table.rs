//! The tables of a result.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// One table of a result; a CSV file each, an array of the JSON object each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// The documents compared.
    Documents,
    /// Document pairs that share wording.
    Pairs,
    /// Shared passages, one row a pair of spans.
    Passages,
    /// Passages over all documents.
    Clusters,
    /// Which document carries which cluster, and where.
    Members,
    /// Outlet × outlet.
    Edges,
    /// Wording that recurs in an outlet, or fills in a form.
    Recurring,
    /// Remarks on inputs and on the run.
    Warnings,
    /// Inputs that were not read.
    Skipped,
    /// Bounds on work that were hit.
    Bounds,
    /// Schema version, tool, version and the settings in effect.
    Settings,
}

/// No table of the name asked for.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error(
    "unknown table `{name}`; use one of documents, pairs, passages, clusters, members, edges, recurring, warnings, \
     skipped, bounds, settings"
)]
pub struct UnknownTable {
    /// What was asked for.
    pub name: String,
}

impl Table {
    /// Every table, in the order of the result.
    pub const ALL: [Table; 11] = [
        Table::Settings,
        Table::Documents,
        Table::Pairs,
        Table::Passages,
        Table::Clusters,
        Table::Members,
        Table::Edges,
        Table::Recurring,
        Table::Warnings,
        Table::Skipped,
        Table::Bounds,
    ];

    /// The name in flags, files and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Table::Documents => "documents",
            Table::Pairs => "pairs",
            Table::Passages => "passages",
            Table::Clusters => "clusters",
            Table::Members => "members",
            Table::Edges => "edges",
            Table::Recurring => "recurring",
            Table::Warnings => "warnings",
            Table::Skipped => "skipped",
            Table::Bounds => "bounds",
            Table::Settings => "settings",
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Table {
    type Err = UnknownTable;

    fn from_str(name: &str) -> Result<Table, UnknownTable> {
        Table::ALL
            .into_iter()
            .find(|table| table.name() == name)
            .ok_or_else(|| UnknownTable { name: name.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_table() {
        for table in Table::ALL {
            assert_eq!(table.name().parse(), Ok(table));
        }
        let refusal = "edge".parse::<Table>().unwrap_err().to_string();
        let names: Vec<&str> = Table::ALL.iter().map(|table| table.name()).collect();
        assert!(names.iter().all(|name| refusal.contains(name)), "{refusal}");
    }
}
