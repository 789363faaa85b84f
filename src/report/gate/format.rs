//! The formats a verdict can be written in.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use thiserror::Error;

/// How a verdict is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GateFormat {
    /// Findings one by one for a terminal, and one line that sums them up.
    Text,
    /// One object: the tables of a comparison, and `findings`.
    Json,
    /// One object a line: the rows of a comparison, and `finding`.
    Jsonl,
    /// SARIF 2.1.0, for code scanning and editors.
    Sarif,
    /// JUnit XML, one case a new document.
    Junit,
    /// Workflow commands that GitHub shows as annotations.
    Github,
    /// A code quality report as GitLab reads it.
    Gitlab,
    /// A comment on a pull request.
    Markdown,
}

/// Why no format could be told from a name.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormatError {
    /// No format of that name.
    #[error("unknown format `{name}`; use one of text, json, jsonl, sarif, junit, github, gitlab, markdown")]
    UnknownName {
        /// What was asked for.
        name: String,
    },
    /// The file's name does not end in a known extension.
    #[error(
        "cannot tell the format of {} from its name; end it in .txt, .json, .jsonl, .sarif, .xml or .md, or write \
         FORMAT:FILE",
        .path.display()
    )]
    UnknownExtension {
        /// The file asked for.
        path: PathBuf,
    },
}

impl GateFormat {
    /// Every format, in the order help texts list them.
    pub const ALL: [GateFormat; 8] = [
        GateFormat::Text,
        GateFormat::Json,
        GateFormat::Jsonl,
        GateFormat::Sarif,
        GateFormat::Junit,
        GateFormat::Github,
        GateFormat::Gitlab,
        GateFormat::Markdown,
    ];

    /// The name in flags.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            GateFormat::Text => "text",
            GateFormat::Json => "json",
            GateFormat::Jsonl => "jsonl",
            GateFormat::Sarif => "sarif",
            GateFormat::Junit => "junit",
            GateFormat::Github => "github",
            GateFormat::Gitlab => "gitlab",
            GateFormat::Markdown => "markdown",
        }
    }

    /// The format a file's extension asks for, in either case: `.txt`, `.json`, `.jsonl` or `.ndjson`, `.sarif` or
    /// `.sarif.json`, `.xml` (JUnit), `.md` or `.markdown`.
    ///
    /// # Errors
    ///
    /// [`FormatError::UnknownExtension`] for any other extension and for none.
    pub fn from_path(path: &Path) -> Result<GateFormat, FormatError> {
        let lower =
            |part: Option<&std::ffi::OsStr>| part.and_then(|part| part.to_str()).map(str::to_ascii_lowercase);
        let is_sarif = || lower(path.file_stem()).is_some_and(|stem| stem.ends_with(".sarif"));
        match lower(path.extension()).as_deref() {
            Some("txt") => Ok(GateFormat::Text),
            Some("json") if is_sarif() => Ok(GateFormat::Sarif),
            Some("json") => Ok(GateFormat::Json),
            Some("jsonl" | "ndjson") => Ok(GateFormat::Jsonl),
            Some("sarif") => Ok(GateFormat::Sarif),
            Some("xml") => Ok(GateFormat::Junit),
            Some("md" | "markdown") => Ok(GateFormat::Markdown),
            _ => Err(FormatError::UnknownExtension { path: path.to_owned() }),
        }
    }
}

impl fmt::Display for GateFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for GateFormat {
    type Err = FormatError;

    /// Reads a name as [`GateFormat::name`] gives it, or the short forms `md` and `ndjson`.
    fn from_str(name: &str) -> Result<GateFormat, FormatError> {
        match name {
            "md" => Ok(GateFormat::Markdown),
            "ndjson" => Ok(GateFormat::Jsonl),
            _ => GateFormat::ALL
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
        for format in GateFormat::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        let refusal = "csv".parse::<GateFormat>().unwrap_err().to_string();
        let names: Vec<&str> = GateFormat::ALL.iter().map(|format| format.name()).collect();
        assert_eq!(refusal, format!("unknown format `csv`; use one of {}", names.join(", ")));
    }

    #[test]
    fn an_extension_tells_the_format_in_either_case() {
        let cases = [
            ("out.txt", Some(GateFormat::Text)),
            ("out.json", Some(GateFormat::Json)),
            ("a.b/out.JSONL", Some(GateFormat::Jsonl)),
            ("out.ndjson", Some(GateFormat::Jsonl)),
            ("out.sarif", Some(GateFormat::Sarif)),
            ("out.sarif.json", Some(GateFormat::Sarif)),
            ("a.sarif/out.json", Some(GateFormat::Json)),
            ("out.xml", Some(GateFormat::Junit)),
            ("out.MD", Some(GateFormat::Markdown)),
            ("out", None),
            ("out.csv", None),
            (".sarif", None),
        ];
        for (path, expected) in cases {
            assert_eq!(GateFormat::from_path(Path::new(path)).ok(), expected, "{path}");
        }
    }
}
