//! Where results go: what an `-o` names, and what standard output gets.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::cli::choice;
use crate::cli::exit::Failure;
use crate::cli::terminal::show_path;
use crate::model::Findings;
use crate::report::{self, Format, RenderOptions, Table};

/// One `-o`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A file in the format of its extension.
    File(PathBuf, Format),
    /// A report whose texts stand in a folder beside it.
    Split(PathBuf),
    /// A folder of tables, each in a file of this format.
    Folder(PathBuf, Format),
}

impl Target {
    pub(super) fn path(&self) -> &Path {
        match self {
            Target::File(path, _) | Target::Split(path) | Target::Folder(path, _) => path,
        }
    }

    /// `options` with the table that the file is named after, if it is.
    pub(super) fn options(&self, options: &RenderOptions) -> RenderOptions {
        let stem = self.path().file_stem().map(|stem| stem.to_string_lossy().to_lowercase());
        let named = stem.and_then(|stem| stem.parse().ok());
        RenderOptions { table: named.unwrap_or(options.table), ..options.clone() }
    }

    /// Rows that are counted while it is written.
    #[must_use]
    pub fn n_rows(&self, analysis: &dyn Findings, options: &RenderOptions) -> u64 {
        match self {
            Target::File(_, format) => report::n_rows(analysis, *format, self.options(options).table),
            Target::Split(_) => report::n_rows(analysis, Format::Html, options.table),
            // The folder holds the tables that the object holds.
            Target::Folder(..) => report::n_rows(analysis, Format::Json, options.table),
        }
    }
}

/// What standard output gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// The result in a format.
    Whole(Format),
    /// One table as CSV.
    Table(Table),
}

impl Printed {
    /// The format it is in, and the table if that is a format of one; `preset` is the table of the format CSV.
    pub(super) fn format(self, preset: Table) -> (Format, Table) {
        match self {
            Printed::Whole(format) => (format, preset),
            Printed::Table(table) => (Format::Csv, table),
        }
    }

    /// Rows that are counted while it is written.
    #[must_use]
    pub fn n_rows(self, analysis: &dyn Findings, options: &RenderOptions) -> u64 {
        let (format, table) = self.format(options.table);
        report::n_rows(analysis, format, table)
    }
}

/// The targets that `outputs` name, checked before the work begins; reports among them are `split` or not.
///
/// # Errors
///
/// An extension no format goes by, a folder that does not exist, a file where a folder should be, one path twice; nothing to split.
pub fn plan(outputs: &[PathBuf], split: bool) -> Result<Vec<Target>, Failure> {
    let mut seen = BTreeSet::new();
    let mut targets = Vec::new();
    for path in outputs {
        let target = target(path)?;
        if !seen.insert(target.path().to_owned()) {
            return Err(
                Failure::new(format!("-o {} is given twice", show_path(path))).help("leave one of them out")
            );
        }
        targets.push(match target {
            Target::File(path, Format::Html) if split => Target::Split(path),
            target => target,
        });
    }
    if split && !targets.iter().any(|target| matches!(target, Target::Split(_))) {
        return Err(Failure::new("--split has no report to split")
            .help("name the report it is for: -o report.html --split"));
    }
    Ok(targets)
}

fn target(given: &Path) -> Result<Target, Failure> {
    let (format, path) = match given.to_str().map(|text| choice::prefixed(text, &Format::ALL, Format::name)) {
        Some((format @ Some(_), file)) => (format, Path::new(file)),
        _ => (None, given),
    };
    let name = show_path(path);
    if path.as_os_str() == "-" {
        return Err(Failure::new("-o - is no file")
            .help("results go to standard output without it; --format chooses their form"));
    }
    let slash = path.as_os_str().to_string_lossy().ends_with(std::path::is_separator);
    if slash || path.is_dir() || (format.is_none_or(Format::is_of_one_table) && path.extension().is_none()) {
        let format = format.unwrap_or(Format::Csv);
        if !format.is_of_one_table() {
            return Err(Failure::new(format!("-o {}: a folder holds a file a table", show_path(given)))
                .help("write csv:FOLDER/ or parquet:FOLDER/, or name a file"));
        }
        if path.exists() && !path.is_dir() {
            return Err(Failure::new(format!("-o {name}: a file is in the way of the folder of tables"))
                .help("name a new folder, or give the file an extension such as .json"));
        }
        return Ok(Target::Folder(path.to_owned(), format));
    }
    let format = format.map_or_else(|| Format::from_path(path), Ok).map_err(|_| {
        Failure::new(format!("-o {name}: no format goes by that extension")).help(format!(
            "use one of {}, write FORMAT:FILE, or a trailing slash for a folder of CSV tables",
            Format::extensions()
        ))
    })?;
    let parent = parent(path);
    if !parent.is_dir() {
        return Err(Failure::new(format!("-o {name}: the folder {} does not exist", show_path(parent)))
            .help("create it first, or write elsewhere"));
    }
    Ok(Target::File(path.to_owned(), format))
}

/// The folder of a path, as it can be asked for.
pub(super) fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use expect_test::expect;

    use super::*;

    const NAMES: [&str; 16] = [
        "a.json",
        "b.JSONL",
        "c.md",
        "new",
        "old.d",
        "x.json/",
        "a.docx",
        "no/a.json",
        "taken",
        "json:a.out",
        "parquet:p/",
        "parquet:q",
        "csv:c.d/",
        "json:d/",
        "gexf:net",
        "pdf:x.md",
    ];

    #[test]
    fn a_file_of_one_table_holds_the_one_it_is_named_after() {
        let options = RenderOptions { table: Table::Edges, ..RenderOptions::default() };
        let cases = [
            ("passages.parquet", Table::Passages),
            ("x/Clusters.CSV", Table::Clusters),
            ("my-passages.csv", Table::Edges),
            ("out.parquet", Table::Edges),
        ];
        for (path, expected) in cases {
            let target = Target::File(path.into(), Format::Csv);
            assert_eq!(target.options(&options).table, expected, "{path}");
        }
    }

    #[test]
    fn names_decide_what_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let placed = |name: &str| match choice::prefix_len(name) {
            0 => at(name),
            length => format!("{}{}", &name[..length], at(&name[length..]).display()).into(),
        };
        fs::write(at("taken"), "").unwrap();
        fs::create_dir(at("old.d")).unwrap();
        let shown: String = NAMES
            .map(|name| match target(&placed(name)) {
                Ok(Target::File(_, format)) => format!("{name}: {}\n", format.name()),
                Ok(Target::Split(_)) => format!("{name}: split\n"),
                Ok(Target::Folder(_, format)) => format!("{name}: folder of {format}\n"),
                Err(failure) => {
                    let what = failure.what.replace(&format!("{}/", folder.path().display()), "");
                    format!("{name}: refused: {what}; {}\n", failure.help.unwrap())
                }
            })
            .concat();
        expect![[r#"
            a.json: json
            b.JSONL: jsonl
            c.md: markdown
            new: folder of csv
            old.d: folder of csv
            x.json/: folder of csv
            a.docx: refused: -o a.docx: no format goes by that extension; use one of .txt .json .jsonl .csv .md .html .xlsx .parquet .gexf .graphml, write FORMAT:FILE, or a trailing slash for a folder of CSV tables
            no/a.json: refused: -o no/a.json: the folder no does not exist; create it first, or write elsewhere
            taken: refused: -o taken: a file is in the way of the folder of tables; name a new folder, or give the file an extension such as .json
            json:a.out: json
            parquet:p/: folder of parquet
            parquet:q: folder of parquet
            csv:c.d/: folder of csv
            json:d/: refused: -o json:d/: a folder holds a file a table; write csv:FOLDER/ or parquet:FOLDER/, or name a file
            gexf:net: gexf
            pdf:x.md: markdown
        "#]]
        .assert_eq(&shown);
        assert!(plan(&["-".into()], false).is_err());
        assert!(plan(&[at("a.json"), at("a.json")], false).is_err());
        assert!(plan(&[at("a.json")], true).is_err());
        let split = plan(&[at("a.json"), at("a.html")], true).ok();
        assert_eq!(split, Some(vec![Target::File(at("a.json"), Format::Json), Target::Split(at("a.html"))]));
        assert!(plan(&[at("t/"), placed("parquet:t")], false).is_err());
        assert!(plan(&[at("t/"), placed("parquet:u")], false).is_ok());
    }
}
