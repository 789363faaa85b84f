//! The `--meta` table: metadata joined to documents by name.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead};
use std::path::Path;

use serde_json::Value;

use crate::model::{PublishedFrom, Warning};
use crate::read::delimited::{self, Row, Rows};
use crate::read::encoding::{self, Detector};
use crate::read::error::ReadError;
use crate::read::fields::{FieldNames, Fields, Metadata};
use crate::read::reading::counted;
use crate::read::stream::Stream;
use crate::read::table;
use crate::read::walk::InputFile;

/// Columns that may name the document, best first.
const KEY_COLUMNS: [&str; 7] = ["doc_id", "id", "document_id", "filename", "file_name", "file", "path"];

/// Largest row, in bytes.
const MAX_ROW_BYTES: u64 = 16 << 20;

/// A table of metadata.
pub(super) struct MetaTable {
    path: String,
    rows: BTreeMap<String, Metadata>,
    warnings: Vec<Warning>,
}

impl MetaTable {
    /// Reads the table; delimiter and encoding are found as for any other.
    pub(super) fn read(
        path: &Path,
        names: &FieldNames,
        forced: Option<&'static encoding_rs::Encoding>,
    ) -> Result<MetaTable, ReadError> {
        let fault = |source| ReadError::Meta { path: path.to_owned(), source };
        let raw = File::open(path).map_err(fault)?;
        let stream =
            Stream::unpack(Box::new(raw)).and_then(|stream| stream.into_records(forced)).map_err(fault)?;
        let delimiter = delimited::sniff(&stream.head, names);
        let rows = Rows::new(stream.reader, delimiter, MAX_ROW_BYTES);
        let mut table = MetaTable {
            path: path.to_string_lossy().into_owned(),
            rows: BTreeMap::new(),
            warnings: Vec::new(),
        };
        let key_missing = table.fill(rows, stream.head.starts_with(b"sep="), names).map_err(fault)?;
        match key_missing {
            Some(columns) => Err(ReadError::MetaColumn { path: path.to_owned(), columns }),
            None => Ok(table),
        }
    }

    /// Reads the rows; returns the columns if none of them is a key.
    fn fill<R: BufRead>(
        &mut self,
        mut rows: Rows<R>,
        sep_line: bool,
        names: &FieldNames,
    ) -> io::Result<Option<String>> {
        let mut detector = Detector::new();
        if sep_line {
            rows.next_row()?;
        }
        rows.next_row()?;
        let columns = table::distinct(
            decoded(&rows, &mut detector).iter().map(|name| name.trim().to_owned()).collect(),
        );
        let lower: Vec<String> = columns.iter().map(|name| name.to_lowercase()).collect();
        let Some(key_at) = KEY_COLUMNS.iter().find_map(|key| lower.iter().position(|name| name == key))
        else {
            return Ok(Some(columns.join(", ")));
        };
        loop {
            let line = match rows.next_row()? {
                Row::End => return Ok(None),
                Row::TooLong { line } => {
                    self.warn(
                        line,
                        format!("this row has more than {MAX_ROW_BYTES} bytes and was passed over"),
                    );
                    continue;
                }
                Row::Whole { line } => line,
            };
            let mut values = decoded(&rows, &mut detector);
            if values.len() > columns.len() {
                self.warn(line, "this row has more fields than the header and was passed over; quote fields that hold the delimiter".into());
                continue;
            }
            let Some(key) = values.get_mut(key_at).map(|key| std::mem::take(key).trim().to_owned()) else {
                continue;
            };
            if key.is_empty() {
                self.warn(line, "this row names no document and was passed over".into());
                continue;
            }
            let fields: Fields = columns.iter().cloned().zip(values.into_iter().map(Value::String)).collect();
            if self.rows.contains_key(&key) {
                self.warn(line, format!("{key} has a row already; this one was passed over"));
                continue;
            }
            self.rows.insert(key, names.metadata(fields).dated_by(PublishedFrom::Table));
        }
    }

    fn warn(&mut self, line: u32, message: String) {
        self.warnings.push(Warning { path: self.path.clone(), line: Some(line), message });
    }

    /// The row about a document, with its key: by its name, else by its file's path, name, or name without ending.
    pub(super) fn find(&self, name: &str, file: &InputFile) -> Option<(&str, &Metadata)> {
        let own = file.name();
        let stem = own.split_once('.').map_or(own, |(stem, _)| stem);
        [name, &file.relative, own, stem]
            .into_iter()
            .find_map(|key| self.rows.get_key_value(key))
            .map(|(key, row)| (key.as_str(), row))
    }

    /// What is to be said of the table, once the keys of all documents are known.
    pub(super) fn into_warnings(
        self,
        joined: &std::collections::BTreeSet<String>,
        n_undescribed: usize,
    ) -> Vec<Warning> {
        let MetaTable { path, rows, mut warnings } = self;
        let mut tell = |message| warnings.push(Warning { path: path.clone(), line: None, message });
        let unused: Vec<&String> = rows.keys().filter(|key| !joined.contains(*key)).collect();
        if let Some(first) = unused.first() {
            tell(format!(
                "{} without a document in this run, the first is {first}",
                counted(unused.len() as u64, "row")
            ));
        }
        if n_undescribed > 0 {
            tell(format!("{} of this run without a row here", counted(n_undescribed as u64, "document")));
        }
        warnings
    }
}

fn decoded<R: BufRead>(rows: &Rows<R>, detector: &mut Detector) -> Vec<String> {
    let joined: Vec<u8> = rows.fields().collect::<Vec<_>>().concat();
    let encoding = detector.choose(&joined);
    rows.fields().map(|field| encoding::decode(field, encoding).text.into_owned()).collect()
}
