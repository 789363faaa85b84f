//! The formats a result can be written in.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use thiserror::Error;

/// How a result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Tables and side-by-side views for a terminal.
    Text,
    /// One object with every table as an array.
    Json,
    /// One object a line, streamed.
    Jsonl,
    /// One table as comma-separated values.
    Csv,
    /// The tables of the text format for an issue or a page.
    Markdown,
    /// A workbook with a sheet a table.
    Xlsx,
    /// One table in columns, typed and compressed.
    Parquet,
    /// A network of documents or outlets for Gephi.
    Gexf,
    /// The same for most other programs.
    Graphml,
}

/// Why no format could be told from a name.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormatError {
    /// No format of that name.
    #[error("unknown format `{name}`; use one of {}", Format::names())]
    UnknownName {
        /// What was asked for.
        name: String,
    },
    /// The file's name does not end in a known extension.
    #[error("cannot tell the format of {} from its name; end it in {}, or write FORMAT:FILE", .path.display(), Format::extensions())]
    UnknownExtension {
        /// The file asked for.
        path: PathBuf,
    },
}

impl Format {
    /// Every format, in the order help texts list them.
    pub const ALL: [Format; 9] = [
        Format::Text,
        Format::Json,
        Format::Jsonl,
        Format::Csv,
        Format::Markdown,
        Format::Xlsx,
        Format::Parquet,
        Format::Gexf,
        Format::Graphml,
    ];

    /// Every name, for a message.
    fn names() -> String {
        Format::ALL.map(Format::name).join(", ")
    }

    /// What files of each format end in, for a message.
    #[must_use]
    pub fn extensions() -> String {
        Format::ALL.map(Format::extension).join(" ")
    }

    /// What a file of this format ends in.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Format::Text => ".txt",
            Format::Json => ".json",
            Format::Jsonl => ".jsonl",
            Format::Csv => ".csv",
            Format::Markdown => ".md",
            Format::Xlsx => ".xlsx",
            Format::Parquet => ".parquet",
            Format::Gexf => ".gexf",
            Format::Graphml => ".graphml",
        }
    }

    /// Whether it is no text, so that a terminal cannot show it.
    #[must_use]
    pub fn is_binary(self) -> bool {
        matches!(self, Format::Xlsx | Format::Parquet)
    }

    /// Whether a file of it is one table.
    #[must_use]
    pub fn is_of_one_table(self) -> bool {
        matches!(self, Format::Csv | Format::Parquet)
    }

    /// The name in flags.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Markdown => "markdown",
            Format::Xlsx => "xlsx",
            Format::Parquet => "parquet",
            Format::Gexf => "gexf",
            Format::Graphml => "graphml",
        }
    }

    /// The format a file's extension asks for, in either case: [`Format::extension`], and `.ndjson` and `.markdown`.
    ///
    /// # Errors
    ///
    /// [`FormatError::UnknownExtension`] for any other extension and for none.
    pub fn from_path(path: &Path) -> Result<Format, FormatError> {
        let extension =
            path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
        match extension.as_deref() {
            Some("ndjson") => Ok(Format::Jsonl),
            Some("markdown") => Ok(Format::Markdown),
            Some(extension) => Format::ALL
                .into_iter()
                .find(|format| format.extension()[1..] == *extension)
                .ok_or_else(|| FormatError::UnknownExtension { path: path.to_owned() }),
            None => Err(FormatError::UnknownExtension { path: path.to_owned() }),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = FormatError;

    /// Reads a name as [`Format::name`] gives it, or the short forms `md` and `ndjson`.
    fn from_str(name: &str) -> Result<Format, FormatError> {
        match name {
            "md" => Ok(Format::Markdown),
            "ndjson" => Ok(Format::Jsonl),
            _ => Format::ALL
                .into_iter()
                .find(|format| format.name() == name)
                .ok_or_else(|| FormatError::UnknownName { name: name.to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_format() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        let refusal = "pdf".parse::<Format>().unwrap_err().to_string();
        assert_eq!(refusal, format!("unknown format `pdf`; use one of {}", Format::names()));
        assert!(refusal.contains("text, json, jsonl, csv"), "{refusal}");
    }

    #[test]
    fn an_extension_tells_the_format_in_either_case() {
        let cases = [
            ("out.json", Some(Format::Json)),
            ("a.b/out.JSONL", Some(Format::Jsonl)),
            ("out.ndjson", Some(Format::Jsonl)),
            ("out.md", Some(Format::Markdown)),
            ("out.csv", Some(Format::Csv)),
            ("out.txt", Some(Format::Text)),
            ("out.xlsx", Some(Format::Xlsx)),
            ("passages.Parquet", Some(Format::Parquet)),
            ("net.gexf", Some(Format::Gexf)),
            ("net.graphml", Some(Format::Graphml)),
            ("out", None),
            ("out.pdf", None),
            (".json", None),
        ];
        for (path, expected) in cases {
            assert_eq!(Format::from_path(Path::new(path)).ok(), expected, "{path}");
        }
    }
}
