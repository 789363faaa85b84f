//! JSON and JSON Lines of a gate: what a comparison writes, and findings that the schema knows.

use serde_json::{Value, json};

use crate::model::{Analysis, Rule, Verdict};
use crate::report::gate::GateFormat;
use crate::report::gate::tests::{rendered, rich, verdict};
use crate::report::rows::FindingRow;
use crate::report::tests::schema::faults;
use crate::report::{Format, RenderOptions, SCHEMA};

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn findings_stand_between_the_tables_and_the_end() {
    let analysis = rich();
    let verdict = verdict(&analysis);
    let mut compared = Vec::new();
    crate::report::write(&analysis, Format::Jsonl, &RenderOptions::default(), &mut compared).unwrap();
    let compared = String::from_utf8(compared).unwrap();
    let judged = rendered(&verdict, &analysis, GateFormat::Jsonl);
    let (mut rest, mut rows) = (Vec::new(), Vec::new());
    for line in judged.lines() {
        let is_finding = line.starts_with(r#"{"type":"finding","#);
        if is_finding { rows.push(line) } else { rest.push(line) }
    }
    let expected = compared.replace(r#""skipped":2},"#, r#""skipped":2,"findings":10},"#);
    assert_ne!(expected, compared);
    assert_eq!(rest, expected.lines().collect::<Vec<_>>());
    let place = judged.lines().position(|line| line == rows[0]).unwrap();
    assert!(judged.lines().nth(place - 1).unwrap().starts_with(r#"{"type":"warning","#));
    assert!(judged.lines().nth(place + rows.len()).unwrap().starts_with(r#"{"type":"end","#));
    expect_test::expect_file!["snapshots/findings.jsonl"].assert_eq(&(rows.join("\n") + "\n"));
}

#[test]
fn rows_and_object_satisfy_the_schema() {
    let analysis = rich();
    for (verdict, analysis) in [(verdict(&analysis), analysis), (Verdict::default(), Analysis::default())] {
        let rows = lines(&rendered(&verdict, &analysis, GateFormat::Jsonl));
        for row in &rows {
            assert_eq!(faults("line", row), [""; 0], "{row}");
        }
        let object: Value = serde_json::from_str(&rendered(&verdict, &analysis, GateFormat::Json)).unwrap();
        assert_eq!(faults("result", &object), [""; 0]);
        let mut findings: Vec<Value> = rows.into_iter().filter(|row| row["type"] == "finding").collect();
        for row in &mut findings {
            row.as_object_mut().unwrap().shift_remove("type");
        }
        assert_eq!(object["findings"], json!(findings));
        assert_eq!(object["end"]["counts"]["findings"], json!(verdict.findings.len()));
    }
}

#[test]
fn columns_and_schema_agree_in_names_and_order() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let definition = &schema["$defs"]["finding"];
    let properties: Vec<&String> = definition["properties"].as_object().unwrap().keys().collect();
    assert_eq!(properties, FindingRow::COLUMNS);
    assert_eq!(definition["required"], json!(FindingRow::COLUMNS));
    let rules: Vec<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    assert_eq!(definition["properties"]["rule"]["enum"], json!(rules));
    let analysis = rich();
    let rows = lines(&rendered(&verdict(&analysis), &analysis, GateFormat::Jsonl));
    let row = rows.iter().find(|row| row["type"] == "finding").unwrap();
    let names: Vec<&String> = row.as_object().unwrap().keys().skip(1).collect();
    assert_eq!(names, FindingRow::COLUMNS);
    for (column, value) in
        [("rule", json!("x")), ("line", json!(0)), ("value", json!("84")), ("status", json!(null))]
    {
        let mut broken = row.clone();
        broken[column] = value;
        assert_ne!(faults("line", &broken), [""; 0], "{column}");
    }
}
