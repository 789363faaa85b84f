//! `datapackage.json`: the codebook that lies beside the tables of a folder, as the Data Package standard has it.
//!
//! In: the tables' entries in the codebook and what was written of each. Out: one JSON object that tells of every table its
//! file with size and SHA-256, how it is to be read, its columns with type, bounds and description, and which columns lead
//! to other tables. Readers of the standard (frictionless in Python and R, and others) load the folder typed by it; people
//! read it as it is. It names no licence: that is the affair of who gives the result away.

use std::io::{self, Write};

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::report::SCHEMA_VERSION;
use crate::report::codebook::{Entry, Field, FieldKind};
use crate::report::rows::hexadecimal;
use crate::report::table::Table;

/// Name of the file in a folder of tables.
pub const FILE_NAME: &str = "datapackage.json";

/// Name of the package, which tells ours from others.
const PACKAGE: &str = "wirecopy-result";

/// Columns that name a row of another table: the column, perhaps with a side before it (`a_doc_id`), the table and its column.
const REFERENCES: [(&str, &str, &str); 4] = [
    ("doc_id", "documents", "doc_id"),
    ("representative", "documents", "doc_id"),
    ("pair_id", "pairs", "pair_id"),
    ("cluster_id", "clusters", "cluster_id"),
];

/// The form of the files of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Comma-separated values.
    Csv,
    /// Apache Parquet.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// A file of a folder.
pub(super) struct Resource {
    /// Its table.
    pub(super) entry: Entry,
    /// Its size.
    pub(super) bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub(super) sha256: String,
}

impl Form {
    /// What the name of a file ends in.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Form::Csv => "csv",
            #[cfg(feature = "parquet")]
            Form::Parquet => "parquet",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Form::Csv => "text/csv",
            #[cfg(feature = "parquet")]
            Form::Parquet => "application/vnd.apache.parquet",
        }
    }
}

/// Writes the codebook of `resources`, which are files in `form`.
///
/// # Errors
///
/// Whatever `out` reports.
pub(super) fn write(form: Form, resources: &[Resource], out: &mut dyn Write) -> io::Result<()> {
    let package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": PACKAGE,
        "title": format!("Wording that articles share: a result of wirecopy {}", env!("CARGO_PKG_VERSION")),
        "description": format!(
            "Result schema {SCHEMA_VERSION}. Offsets are 0-based and half-open into the text as given, _char in Unicode code \
             points, _byte in bytes of UTF-8 (in R: substr(text, start_char + 1, end_char)); ratios lie between 0 and 1."
        ),
        "resources": resources.iter().map(|it| resource(form, it)).collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &package)?;
    out.write_all(b"\n")
}

/// The files of tables that `codebook` names, if it is one of ours: no other name, and no path.
pub(super) fn files_of(codebook: &[u8]) -> Vec<String> {
    let package: Value = serde_json::from_slice(codebook).unwrap_or_default();
    if package["name"] != PACKAGE {
        return Vec::new();
    }
    let is_ours = |path: &&str| {
        let (stem, extension) = path.split_once('.').unwrap_or_default();
        matches!(extension, "csv" | "parquet") && Table::ALL.iter().any(|table| table.name() == stem)
    };
    let resources = package["resources"].as_array().into_iter().flatten();
    resources.filter_map(|it| it["path"].as_str()).filter(is_ours).map(str::to_owned).collect()
}

fn resource(form: Form, resource: &Resource) -> Value {
    let name = resource.entry.table.name();
    let mut told = json!({
        "name": name,
        "type": "table",
        "path": format!("{name}.{}", form.extension()),
        "description": resource.entry.description,
        "format": form.extension(),
        "mediatype": form.media_type(),
        "bytes": resource.bytes,
        "hash": format!("sha256:{}", resource.sha256),
        "schema": table_schema(form, &resource.entry),
    });
    if form == Form::Csv {
        told["encoding"] = json!("utf-8");
        told["dialect"] = json!({
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": "\"",
            "doubleQuote": true,
            "header": true,
        });
    }
    told
}

/// The columns of a table as a Table Schema.
pub(super) fn table_schema(form: Form, entry: &Entry) -> Value {
    let mut schema = json!({
        "fields": entry.fields.iter().map(|it| field(form, it)).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if !entry.primary_key.is_empty() {
        schema["primaryKey"] = json!(entry.primary_key);
    }
    let keys: Vec<Value> = entry.fields.iter().filter_map(|field| foreign_key(entry, field)).collect();
    if !keys.is_empty() {
        schema["foreignKeys"] = json!(keys);
    }
    schema
}

fn foreign_key(entry: &Entry, field: &Field) -> Option<Value> {
    let names = |word: &str| match field.name.strip_suffix(word) {
        Some(side) => side.is_empty() || (word.ends_with("_id") && side.ends_with('_')),
        None => false,
    };
    let (_, table, column) = REFERENCES.into_iter().find(|(word, _, _)| names(word))?;
    let is_other = entry.table.name() != table || field.name != column;
    is_other
        .then(|| json!({"fields": [field.name], "reference": {"resource": if entry.table.name() == table { "" } else { table }, "fields": [column]}}))
}

fn field(form: Form, field: &Field) -> Value {
    let kind = match (field.kind, form) {
        (FieldKind::Integer, _) => "integer",
        (FieldKind::Number, _) => "number",
        (FieldKind::Boolean, _) => "boolean",
        (FieldKind::Object, _) => "object",
        (FieldKind::Objects, _) => "array",
        #[cfg(feature = "parquet")]
        (FieldKind::Words, Form::Parquet) => "array",
        (FieldKind::List, _) => "array",
        (FieldKind::Text | FieldKind::Words, _) => "string",
    };
    let joined = field.kind == FieldKind::Words && form == Form::Csv;
    let mut described = field.description.clone();
    described.push_str(if joined { " Several stand with | between them." } else { "" });
    let is_json = field.kind == FieldKind::List && form == Form::Csv;
    described.push_str(if is_json { " A JSON array of texts." } else { "" });
    let mut told = json!({"name": field.name, "type": kind, "description": described});
    let bounds = constraints(field);
    if !bounds.is_empty() {
        told["constraints"] = Value::Object(bounds);
    }
    told
}

/// What holds of every cell. Text that must be there may be empty, which this form takes for missing.
fn constraints(field: &Field) -> Map<String, Value> {
    let mut all: Map<String, Value> =
        field.bounds.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    // A pattern of any number of parts is one of none, too.
    let admits_none =
        all.get("pattern").and_then(Value::as_str).is_some_and(|pattern| pattern.ends_with(")*$"));
    let is_full = field.kind != FieldKind::Text || !(all.is_empty() || admits_none);
    let is_single =
        matches!(field.kind, FieldKind::Text | FieldKind::Integer | FieldKind::Number | FieldKind::Boolean);
    if !field.nullable && is_full && is_single {
        all.insert("required".to_owned(), json!(true));
    }
    all
}

/// Passes bytes on, counts and digests them.
pub(super) struct Digesting<W> {
    inner: W,
    bytes: u64,
    digest: Sha256,
}

impl<W> Digesting<W> {
    pub(super) fn new(inner: W) -> Digesting<W> {
        Digesting { inner, bytes: 0, digest: Sha256::new() }
    }

    /// What was written as the file of `entry`.
    pub(super) fn finish(self, entry: Entry) -> Resource {
        Resource { entry, bytes: self.bytes, sha256: hexadecimal(&self.digest.finalize()) }
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.inner.write(bytes)?;
        self.bytes += n as u64;
        self.digest.update(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
