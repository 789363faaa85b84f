//! The schema file and the rows say the same.

use serde_json::{Value, json};

use crate::model::Analysis;
use crate::report::rows::{
    BeginRow, ClusterRow, DocumentRow, EdgeRow, EditsRow, EndRow, MemberRow, PairRow, PassageRow,
    RecurringRow, RunRow, WarningRow,
};
use crate::report::tests::{fixture, rendered};
use crate::report::{Format, RenderOptions, SCHEMA};

fn schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

/// What `definition` of the schema finds wrong with `value`.
pub(crate) fn faults(definition: &str, value: &Value) -> Vec<String> {
    let mut schema = schema();
    schema.as_object_mut().unwrap().remove("anyOf");
    schema["$ref"] = json!(format!("#/$defs/{definition}"));
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn rows(analysis: &Analysis) -> Vec<Value> {
    let lines = rendered(analysis, Format::Jsonl, &RenderOptions::default());
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const COLUMNS: [(&str, &[&str]); 11] = [
    ("begin", BeginRow::COLUMNS),
    ("document", DocumentRow::COLUMNS),
    ("pair", PairRow::COLUMNS),
    ("passage", PassageRow::COLUMNS),
    ("cluster", ClusterRow::COLUMNS),
    ("member", MemberRow::COLUMNS),
    ("edge", EdgeRow::COLUMNS),
    ("recurring", RecurringRow::COLUMNS),
    ("warning", WarningRow::COLUMNS),
    ("end", EndRow::COLUMNS),
    ("run", RunRow::COLUMNS),
];

#[test]
fn every_line_and_the_object_satisfy_the_schema() {
    for analysis in [fixture::rich(), Analysis::default()] {
        for row in rows(&analysis) {
            assert_eq!(faults("line", &row), [""; 0], "{row}");
        }
        let object = rendered(&analysis, Format::Json, &RenderOptions::default());
        assert_eq!(faults("result", &serde_json::from_str(&object).unwrap()), [""; 0]);
    }
}

#[test]
fn rows_columns_and_schema_agree_in_names_and_order() {
    let schema = schema();
    let rows = rows(&fixture::rich());
    let names = |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    for (kind, columns) in COLUMNS {
        let row = rows.iter().find(|row| row["type"] == kind).unwrap();
        assert_eq!(names(row)[0], "type");
        assert_eq!(names(row)[1..], *columns, "row {kind}");
        let definition = &schema["$defs"][kind];
        assert_eq!(names(&definition["properties"]), columns, "properties of {kind}");
        assert_eq!(definition["required"], json!(columns), "required of {kind}");
        let described = definition["properties"].as_object().unwrap().values();
        assert!(described.clone().all(|column| column["description"].is_string()), "descriptions of {kind}");
    }
    let edits = rows.iter().find_map(|row| row.get("edits")).unwrap();
    assert_eq!(names(edits), EditsRow::COLUMNS);
}

/// The object holds the rows of the stream, no more and no less.
#[test]
fn the_object_holds_the_rows_of_the_stream() {
    let rich = fixture::rich();
    let object: Value =
        serde_json::from_str(&rendered(&rich, Format::Json, &RenderOptions::default())).unwrap();
    let tables = [
        ("document", "documents"),
        ("pair", "pairs"),
        ("passage", "passages"),
        ("cluster", "clusters"),
        ("member", "members"),
        ("edge", "edges"),
        ("recurring", "recurring"),
        ("warning", "warnings"),
    ];
    let stream = rows(&rich);
    for (kind, table) in tables {
        let mut rows: Vec<Value> = stream.iter().filter(|row| row["type"] == kind).cloned().collect();
        for row in &mut rows {
            row.as_object_mut().unwrap().shift_remove("type");
        }
        assert!(!rows.is_empty(), "{kind}");
        assert_eq!(object[table], json!(rows), "{table}");
        let end = stream.iter().find(|row| row["type"] == "end").unwrap();
        assert_eq!(end["counts"][table], json!(rows.len()), "count of {table}");
    }
}

/// A schema that lets everything through would hold no promise.
#[test]
fn refuses_rows_that_break_the_contract() {
    let rows = rows(&fixture::rich());
    let passage = rows.iter().find(|row| row["type"] == "passage").unwrap();
    let broken: [(&str, Value); 8] = [
        ("identity", json!(1.5)),
        ("kind", json!("copied")),
        ("a_start_char", json!(-1)),
        ("a_start_line", json!(0)),
        ("a_end_byte", json!(1.5)),
        ("passage_id", json!("0000000000000001")),
        ("tags", json!("quoted")),
        ("edits", json!({})),
    ];
    for (column, value) in broken {
        let mut row = passage.clone();
        row[column] = value;
        assert_ne!(faults("line", &row), [""; 0], "{column}");
        row.as_object_mut().unwrap().shift_remove(column);
        assert_ne!(faults("line", &row), [""; 0], "{column} missing");
    }
}
