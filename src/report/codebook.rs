//! What every column of every table holds, for formats that say so in their own words.
//!
//! In: the JSON Schema of the result ([`SCHEMA`]), which is the one place where columns are described. Out: for a table,
//! its columns as a flat format has them, each with type, bounds and description. Objects with named members (`edits`)
//! stand as columns of their own (`edits.inserted`); other objects, and lists of them, as JSON in one cell. The schema is
//! read once a process, in under a millisecond; a table that it describes needs nothing here.

use std::sync::LazyLock;

use serde_json::Value;

use crate::report::SCHEMA;
use crate::report::rows::columns;
use crate::report::table::Table;

static DESCRIBED: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(SCHEMA).expect("the schema is JSON"));

/// A table as flat formats have it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// The table.
    pub(super) table: Table,
    /// What a row is; one sentence.
    pub(super) description: String,
    /// Columns that together tell rows apart; none where rows may be alike.
    pub(super) primary_key: Vec<String>,
    /// Its columns, in order.
    pub(super) fields: Vec<Field>,
}

/// A column of a flat table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field {
    /// Its name.
    pub(super) name: String,
    /// The column of the row, and the member of it where that is an object.
    path: (&'static str, Option<String>),
    /// What its cells are.
    pub(super) kind: FieldKind,
    /// Whether a cell may be empty.
    pub(super) nullable: bool,
    /// What it holds.
    pub(super) description: String,
    /// What JSON Schema says of its cells: `enum`, `pattern`, `minimum`, `maximum`.
    pub(super) bounds: Vec<(&'static str, Value)>,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldKind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A real number.
    Number,
    /// True or false.
    Boolean,
    /// Several words of a closed list, which `|` parts where a cell is one text.
    Words,
    /// Several texts, which are JSON where a cell is one text: any mark may stand in them.
    List,
    /// JSON as text: an object.
    Object,
    /// JSON as text: a list of objects.
    Objects,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing.
    Null,
    /// See [`FieldKind`].
    Text(String),
    /// See [`FieldKind`].
    Integer(i64),
    /// See [`FieldKind`].
    Number(f64),
    /// See [`FieldKind`].
    Boolean(bool),
    /// See [`FieldKind::Words`] and [`FieldKind::List`].
    List(Vec<String>),
}

impl Entry {
    /// What the schema says of `table`.
    pub(super) fn of(table: Table) -> Entry {
        // The definition of a row goes by the name of the table in the singular.
        let definition = &DESCRIBED["$defs"][table.name().trim_end_matches('s')];
        let key = definition["x-primary-key"].as_array().into_iter().flatten();
        Entry {
            table,
            description: text(&definition["description"]),
            primary_key: key.map(text).collect(),
            fields: columns(table)
                .iter()
                .flat_map(|&column| fields(column, &definition["properties"][column]))
                .collect(),
        }
    }
}

impl Field {
    /// The cell of this column in `row`.
    pub(super) fn cell(&self, row: &Value) -> Cell {
        let value = match &self.path {
            (column, Some(member)) => &row[*column][member],
            (column, None) => &row[*column],
        };
        match (self.kind, value) {
            (_, Value::Null) => Cell::Null,
            (FieldKind::Boolean, Value::Bool(is)) => Cell::Boolean(*is),
            (FieldKind::Integer, Value::Number(number)) => number.as_i64().map_or(Cell::Null, Cell::Integer),
            (FieldKind::Number, Value::Number(number)) => number.as_f64().map_or(Cell::Null, Cell::Number),
            (FieldKind::Words | FieldKind::List, Value::Array(values)) => {
                Cell::List(values.iter().map(text).collect())
            }
            (FieldKind::Object | FieldKind::Objects, value) if is_empty(value) => Cell::Null,
            (FieldKind::Object | FieldKind::Objects, value) => Cell::Text(value.to_string()),
            (_, value) => Cell::Text(text(value)),
        }
    }
}

fn is_empty(value: &Value) -> bool {
    value.as_object().map_or_else(|| value.as_array().is_some_and(Vec::is_empty), serde_json::Map::is_empty)
}

/// A value as text: lists as JSON, since nobody knows what stands in them.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) if values.is_empty() => String::new(),
        value => value.to_string(),
    }
}

/// The flat columns that `column` becomes.
fn fields(column: &'static str, property: &Value) -> Vec<Field> {
    match property["properties"].as_object() {
        Some(members) => members
            .iter()
            .map(|(member, property)| {
                let path = (column, Some(member.clone()));
                field(format!("{column}.{member}"), path, property)
            })
            .collect(),
        None => vec![field(column.to_owned(), (column, None), property)],
    }
}

fn field(name: String, path: (&'static str, Option<String>), property: &Value) -> Field {
    let variants = variants(property);
    let types: Vec<&str> = variants.iter().flat_map(|variant| types(variant)).collect();
    let real: Vec<&str> = types.iter().copied().filter(|kind| *kind != "null").collect();
    let bounds = ["enum", "pattern", "minimum", "maximum"].into_iter().filter_map(|name| {
        let found = variants.iter().find_map(|variant| variant.get(name))?;
        let without_null = found.as_array().map(|values| values.iter().filter(|value| !value.is_null()));
        Some((name, without_null.map_or_else(|| found.clone(), |values| values.cloned().collect())))
    });
    let described = std::iter::once(property).chain(variants.iter().copied());
    Field {
        kind: match real[..] {
            ["integer"] => FieldKind::Integer,
            ["number"] => FieldKind::Number,
            ["boolean"] => FieldKind::Boolean,
            ["object"] => FieldKind::Object,
            ["array"] => list_kind(&variants),
            _ => FieldKind::Text,
        },
        nullable: types.len() > real.len(),
        description: described
            .map(|place| text(&place["description"]))
            .find(|it| !it.is_empty())
            .unwrap_or_default(),
        bounds: bounds.collect(),
        name,
        path,
    }
}

/// Whether a list is one of objects, of words of a closed list, or of texts.
fn list_kind(variants: &[&Value]) -> FieldKind {
    let items = variants.iter().filter_map(|variant| variant.get("items")).flat_map(self::variants);
    let items: Vec<&Value> = items.collect();
    if items.iter().flat_map(|item| types(item)).any(|kind| kind == "object") {
        return FieldKind::Objects;
    }
    match items.iter().all(|item| item["enum"].is_array()) {
        true => FieldKind::Words,
        false => FieldKind::List,
    }
}

/// Several words or texts as one text; nothing where there are none.
pub(super) fn joined(kind: FieldKind, texts: &[impl AsRef<str>]) -> String {
    let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    match kind {
        _ if texts.is_empty() => String::new(),
        FieldKind::Words => texts.join("|"),
        _ => Value::from(texts).to_string(),
    }
}

/// The alternatives that `property` allows, references followed.
fn variants(property: &Value) -> Vec<&Value> {
    if let Some(reference) = property["$ref"].as_str() {
        return DESCRIBED.pointer(&reference[1..]).map(variants).unwrap_or_default();
    }
    match property["anyOf"].as_array() {
        Some(alternatives) => alternatives.iter().flat_map(variants).collect(),
        None => vec![property],
    }
}

/// The types that one alternative names; those of its words where it lists words.
fn types(variant: &Value) -> Vec<&str> {
    if let Some(words) = variant["enum"].as_array() {
        let mut types = vec!["string"];
        types.extend(words.iter().any(Value::is_null).then_some("null"));
        return types;
    }
    match &variant["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}
