//! The file of `--pairs`: which documents to compare with which.
//!
//! CSV, TSV or JSON Lines, told apart by the first character (`{` begins JSON Lines); the two ids stand in the
//! columns `a` and `b`, or `susp` and `src`. Other columns are ignored.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use crate::cli::exit::Failure;
use crate::cli::terminal::{printable, show_path};
use crate::model::{Corpus, Skipped, Warning};

/// Column names that are understood, in the order they are looked for.
const COLUMNS: [(&str, &str); 2] = [("a", "b"), ("susp", "src")];

const HELP: &str = "give CSV with a header or JSON Lines, with the ids in columns a and b, or susp and src";

/// Two document names and the line they stand on, 1-based.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPair {
    /// The first document's name.
    pub a: String,
    /// The second document's name.
    pub b: String,
    /// Line of the file.
    pub line: u32,
}

/// Reads the pairs listed in the file at `path`, in its order.
///
/// # Errors
///
/// A file that cannot be read, is not UTF-8, lacks the columns, or has a broken line.
pub fn read(path: &Path) -> Result<Vec<ListedPair>, Failure> {
    let name = show_path(path);
    let text = fs::read_to_string(path).map_err(|error| {
        let help = match error.kind() {
            io::ErrorKind::NotFound => "check the path after --pairs",
            io::ErrorKind::InvalidData => "save the file as UTF-8",
            _ => "make the file readable",
        };
        Failure::new(format!("cannot read the pairs {name}: {error}")).help(help)
    })?;
    parse(text.trim_start_matches('\u{feff}'), &name)
}

/// The pairs whose documents are all in `corpus`, each once; a pair without its documents is lost,
/// other pairs that are left out go to the corpus's warnings.
///
/// # Errors
///
/// No pair is left.
pub fn select(
    listed: Vec<ListedPair>,
    path: &Path,
    corpus: &mut Corpus,
) -> Result<Vec<(String, String)>, Failure> {
    let total = listed.len();
    let known: BTreeSet<&str> = corpus.documents.iter().map(|document| document.name.as_str()).collect();
    let (mut unknown, mut itself, mut repeats) = (LeftOut::default(), LeftOut::default(), LeftOut::default());
    let (mut seen, mut kept) = (BTreeSet::new(), Vec::new());
    for ListedPair { a, b, line } in listed {
        let missing = [&a, &b].into_iter().find(|name| !known.contains(name.as_str()));
        if let Some(missing) = missing {
            unknown.add(line, missing);
        } else if a == b {
            itself.add(line, &a);
        } else if !seen.insert((a.clone().min(b.clone()), a.clone().max(b.clone()))) {
            repeats.add(line, &a);
        } else {
            kept.push((a, b));
        }
    }
    if kept.is_empty() {
        let example = known.first().map(|name| format!(" such as '{name}'")).unwrap_or_default();
        return Err(Failure::new(format!(
            "none of the {total} listed pairs names two documents of the input"
        ))
        .at(show_path(path))
        .help(format!("the ids must be document names{example}; --list-inputs shows the files read")));
    }
    let lost = unknown.warning(path, total, "name a document that is not in the input");
    corpus.skipped.extend(lost.map(|lost| Skipped {
        path: lost.path,
        line: lost.line,
        reason: lost.message,
        lost: true,
    }));
    for (left_out, why) in [(itself, "name one document twice"), (repeats, "repeat an earlier pair")] {
        corpus.warnings.extend(left_out.warning(path, total, why));
    }
    Ok(kept)
}

/// Pairs that were left out for one reason: how many, and the first of them.
#[derive(Default)]
struct LeftOut {
    count: usize,
    first: Option<(u32, String)>,
}

impl LeftOut {
    fn add(&mut self, line: u32, name: &str) {
        self.count += 1;
        if self.first.is_none() {
            self.first = Some((line, name.to_owned()));
        }
    }

    fn warning(self, path: &Path, total: usize, why: &str) -> Option<Warning> {
        let (line, name) = self.first?;
        let message =
            format!("{} of {total} listed pairs {why} and were left out, first '{name}'.", self.count);
        Some(Warning { path: path.to_string_lossy().into_owned(), line: Some(line), message })
    }
}

fn parse(text: &str, name: &str) -> Result<Vec<ListedPair>, Failure> {
    let pairs = match text.trim_start().chars().next() {
        None => return Err(Failure::new("the list of pairs is empty").at(name).help(HELP)),
        Some('{') => json_lines(text, name)?,
        Some('[') => {
            return Err(Failure::new("the list of pairs is a JSON array")
                .at(name)
                .help("write one object a line (JSON Lines)"));
        }
        Some(_) => table(text, name)?,
    };
    if pairs.is_empty() {
        return Err(Failure::new("the list of pairs has a header but no pairs").at(name).help(HELP));
    }
    Ok(pairs)
}

fn json_lines(text: &str, name: &str) -> Result<Vec<ListedPair>, Failure> {
    let mut pairs = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        if content.trim().is_empty() {
            continue;
        }
        let broken = |what: String| Failure::new(what).at(format!("{name}:{line}")).help(HELP);
        let record: Value = serde_json::from_str(content)
            .map_err(|error| broken(format!("not a JSON object (column {})", error.column())))?;
        let id = |column: &str| match record.get(column)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let (a, b) = COLUMNS
            .iter()
            .find_map(|(a, b)| Some((id(a)?, id(b)?)))
            .ok_or_else(|| broken("no ids in a and b, or susp and src".to_owned()))?;
        pairs.push(ListedPair { a, b, line });
    }
    Ok(pairs)
}

fn table(text: &str, name: &str) -> Result<Vec<ListedPair>, Failure> {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let delimiter = [b'\t', b';'].into_iter().find(|&mark| header.as_bytes().contains(&mark)).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let broken = |error: &csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        Failure::new(format!("broken table: {error}")).at(format!("{name}:{line}")).help(HELP)
    };
    let columns = reader.headers().map_err(|error| broken(&error))?.clone();
    let place = |wanted: &str| columns.iter().position(|column| column.trim().eq_ignore_ascii_case(wanted));
    let (a, b) = COLUMNS.iter().find_map(|(a, b)| Some((place(a)?, place(b)?))).ok_or_else(|| {
        let found: Vec<_> = columns.iter().map(printable).collect();
        Failure::new(format!("no columns a and b, or susp and src, among: {}", found.join(", ")))
            .at(format!("{name}:1"))
            .help(HELP)
    })?;
    let mut pairs = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let (Some(a), Some(b)) = (record.get(a), record.get(b)) else {
            return Err(Failure::new("a row without both ids").at(format!("{name}:{line}")).help(HELP));
        };
        pairs.push(ListedPair {
            a: a.to_owned(),
            b: b.to_owned(),
            line: u32::try_from(line).unwrap_or(u32::MAX),
        });
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::model::Document;

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        let shown = match parse(text, "pairs") {
            Ok(pairs) => pairs.iter().map(|pair| format!("{}: {} {}\n", pair.line, pair.a, pair.b)).collect(),
            Err(failure) => format!("{} ({})\n", failure.what, failure.place.unwrap()),
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn reads_csv_tsv_and_json_lines() {
        check(
            "a,b,note\nx.txt,y.txt,hm\n\"z,1\",x.txt,\n",
            expect![[r#"
            2: x.txt y.txt
            3: z,1 x.txt
        "#]],
        );
        check(
            "class\tSUSP\tsrc\n1\tx\ty\n",
            expect![[r#"
            2: x y
        "#]],
        );
        check(
            "b;a\ny;x\n",
            expect![[r#"
            2: x y
        "#]],
        );
        check(
            "{\"susp\": \"x\", \"src\": \"y\", \"class\": 2}\n\n{\"a\": 7, \"b\": \"y\"}\r\n",
            expect![[r#"
            1: x y
            3: 7 y
        "#]],
        );
    }

    #[test]
    fn refuses_what_names_no_pairs() {
        check(
            "",
            expect![[r#"
            the list of pairs is empty (pairs)
        "#]],
        );
        check(
            "a,b\n",
            expect![[r#"
            the list of pairs has a header but no pairs (pairs)
        "#]],
        );
        check(
            "left,right\nx,y\n",
            expect![[r#"
            no columns a and b, or susp and src, among: left, right (pairs:1)
        "#]],
        );
        check(
            "a,b\nx,y\nz\n",
            expect![[r#"
            a row without both ids (pairs:3)
        "#]],
        );
        check(
            "[{\"a\": 1}]",
            expect![[r#"
            the list of pairs is a JSON array (pairs)
        "#]],
        );
        check(
            "{\"a\": \"x\", \"b\": \"y\"}\n{\"a\": \"x\"}\n",
            expect![[r#"
            no ids in a and b, or susp and src (pairs:2)
        "#]],
        );
        check(
            "{\"a\": \"x\", \n",
            expect![[r#"
            not a JSON object (column 11) (pairs:1)
        "#]],
        );
    }

    #[test]
    fn counts_what_it_leaves_out() {
        let document = |name: &str| Document { name: name.to_owned(), ..Document::default() };
        let mut corpus = Corpus { documents: ["x", "y", "z"].map(document).into(), ..Corpus::default() };
        let listed = parse("a,b\nx,y\nx,q\ny,x\nz,z\nq,r\nz,x\n", "p.csv").unwrap();
        let kept = select(listed, Path::new("p.csv"), &mut corpus).unwrap();
        assert_eq!(kept, [("x".into(), "y".into()), ("z".into(), "x".into())]);
        let said: String = corpus
            .skipped
            .iter()
            .map(|lost| (&lost.path, lost.line, &lost.reason))
            .chain(corpus.warnings.iter().map(|warning| (&warning.path, warning.line, &warning.message)))
            .map(|(path, line, why)| format!("{path}:{} {why}\n", line.unwrap()))
            .collect();
        expect![[r#"
            p.csv:3 2 of 6 listed pairs name a document that is not in the input and were left out, first 'q'.
            p.csv:5 1 of 6 listed pairs name one document twice and were left out, first 'z'.
            p.csv:4 1 of 6 listed pairs repeat an earlier pair and were left out, first 'y'.
        "#]]
        .assert_eq(&said);
    }

    #[test]
    fn refuses_a_list_of_strangers() {
        let mut corpus = Corpus::default();
        let listed = parse("a,b\nx,y\n", "p.csv").unwrap();
        let failure = select(listed, Path::new("p.csv"), &mut corpus).unwrap_err();
        assert_eq!(failure.what, "none of the 1 listed pairs names two documents of the input");
    }
}
