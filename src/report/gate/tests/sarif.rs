//! SARIF against a subset of the public schema of version 2.1.0, written down here: what is written, with the
//! requirements, types, bounds and words that the standard lays down for it, and nothing else allowed.

use expect_test::expect_file;
use serde_json::{Value, json};

use crate::model::{Analysis, Finding, Level, Rule, Status, Verdict};
use crate::report::gate::GateFormat;
use crate::report::gate::tests::{fixture, rendered, rich, verdict};

/// An object with these properties, of which the named ones must be there.
fn object(required: &[&str], properties: Value) -> Value {
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn array(items: Value, min: usize) -> Value {
    json!({ "type": "array", "items": items, "minItems": min })
}

/// Definitions of places, results and rules.
fn definitions() -> Value {
    let text = json!({ "type": "string" });
    let from = |minimum: i64| json!({ "type": "integer", "minimum": minimum });
    json!({
        "message": object(&["text"], json!({ "text": text })),
        "level": { "enum": ["none", "note", "warning", "error"] },
        "artifactLocation": object(&[], json!({ "uri": { "type": "string", "format": "uri-reference" } })),
        "region": object(&[], json!({
            "startLine": from(1), "startColumn": from(1), "endLine": from(1), "endColumn": from(1),
            "charOffset": from(-1), "charLength": from(0),
        })),
        "physicalLocation": object(&["artifactLocation"], json!({
            "artifactLocation": defined("artifactLocation"), "region": defined("region"),
        })),
        "logicalLocation": object(&[], json!({ "fullyQualifiedName": text, "kind": text })),
        "location": object(&[], json!({
            "id": from(-1),
            "physicalLocation": defined("physicalLocation"),
            "logicalLocations": array(defined("logicalLocation"), 0),
            "message": defined("message"),
        })),
        "suppression": object(&["kind"], json!({
            "kind": { "enum": ["inSource", "external"] }, "justification": text,
        })),
        "result": object(&["message"], json!({
            "ruleId": text,
            "ruleIndex": from(-1),
            "level": defined("level"),
            "message": defined("message"),
            "locations": array(defined("location"), 0),
            "relatedLocations": array(defined("location"), 0),
            "partialFingerprints": { "type": "object", "additionalProperties": { "type": "string" } },
            "baselineState": { "enum": ["new", "unchanged", "updated", "absent"] },
            "suppressions": array(defined("suppression"), 0),
            "properties": { "type": "object" },
        })),
        "reportingDescriptor": object(&["id"], json!({
            "id": text,
            "shortDescription": defined("message"),
            "fullDescription": defined("message"),
            "help": defined("message"),
            "defaultConfiguration": object(&[], json!({
                "enabled": { "type": "boolean" }, "level": defined("level"),
            })),
        })),
    })
}

fn defined(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn schema() -> Value {
    let text = json!({ "type": "string" });
    let driver = object(
        &["name"],
        json!({
            "name": text, "version": text, "semanticVersion": text,
            "rules": array(defined("reportingDescriptor"), 0),
        }),
    );
    let notification = object(
        &["message"],
        json!({
            "level": defined("level"), "message": defined("message"), "locations": array(defined("location"), 0),
        }),
    );
    let invocation = object(
        &["executionSuccessful"],
        json!({
            "executionSuccessful": { "type": "boolean" },
            "toolExecutionNotifications": array(notification, 0),
        }),
    );
    let run = object(
        &["tool"],
        json!({
            "tool": object(&["driver"], json!({ "driver": driver })),
            "invocations": array(invocation, 0),
            "columnKind": { "enum": ["utf16CodeUnits", "unicodeCodePoints"] },
            "newlineSequences": array(text, 1),
            "results": array(defined("result"), 0),
        }),
    );
    let mut schema = object(
        &["version", "runs"],
        json!({
            "$schema": { "type": "string", "format": "uri" },
            "version": { "const": "2.1.0" },
            "runs": array(run, 0),
        }),
    );
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["$defs"] = definitions();
    schema
}

/// Links to the first related location in `message`, by the standard's rules for what a backslash takes.
fn links(message: &str) -> usize {
    let (mut n_links, mut is_open, mut rest) = (0, false, message);
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..],
            '[' => is_open = true,
            ']' => {
                n_links += usize::from(is_open && rest.starts_with("(1)"));
                is_open = false;
            }
            _ => {}
        }
    }
    n_links
}

/// The log, which satisfies the schema and refers to nothing that is not there.
#[track_caller]
pub(super) fn valid(text: &str) -> Value {
    let log: Value = serde_json::from_str(text).unwrap();
    let options = jsonschema::options().should_validate_formats(true);
    let validator = options.build(&schema()).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(faults, [""; 0]);
    let rules = &log["runs"][0]["tool"]["driver"]["rules"];
    for result in log["runs"][0]["results"].as_array().unwrap() {
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
        let n_links = usize::from(result["relatedLocations"][0]["id"] == 1);
        assert_eq!(links(result["message"]["text"].as_str().unwrap()), n_links, "{result}");
    }
    log
}

#[test]
fn a_log_satisfies_the_standard() {
    let analysis = rich();
    let text = rendered(&verdict(&analysis), &analysis, GateFormat::Sarif);
    valid(&text);
    expect_file!["snapshots/rich.sarif"].assert_eq(&text);
    let text = rendered(&Verdict::default(), &Analysis::default(), GateFormat::Sarif);
    assert_eq!(valid(&text)["runs"][0]["results"], json!([]));
    assert_eq!(valid(&text)["runs"][0]["invocations"][0]["executionSuccessful"], json!(true));
}

/// The region of a result holds the words of the passage.
#[test]
fn regions_lead_back_to_the_words() {
    let analysis = rich();
    let log = valid(&rendered(&verdict(&analysis), &analysis, GateFormat::Sarif));
    let result = &log["runs"][0]["results"][0];
    let passage = &analysis.passages[0];
    let sides = [("locations", passage.a_doc, passage.a), ("relatedLocations", passage.b_doc, passage.b)];
    for (side, doc, span) in sides {
        let text = &analysis.documents[doc.index()].text;
        let region = &result[side][0]["physicalLocation"]["region"];
        let number = |name: &str| region[name].as_u64().unwrap() as usize;
        let words: String = text.chars().skip(number("charOffset")).take(number("charLength")).collect();
        assert_eq!(words, text[span.range()]);
        let lines: Vec<&str> = text.lines().collect();
        let (first, last) = (lines[number("startLine") - 1], lines[number("endLine") - 1]);
        let rest: String = first.chars().skip(number("startColumn") - 1).collect();
        let begin: String = last.chars().take(number("endColumn") - 1).collect();
        assert!(words.starts_with(&rest) || rest.starts_with(&words), "{words:?} {rest:?}");
        assert!(words.ends_with(&begin) || begin.ends_with(&words), "{words:?} {begin:?}");
    }
}

/// The schema above would refuse what the standard refuses.
#[test]
fn the_schema_refuses_what_is_wrong() {
    let analysis = rich();
    let log: Value =
        serde_json::from_str(&rendered(&verdict(&analysis), &analysis, GateFormat::Sarif)).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema()).unwrap();
    let broken = [
        ("/version", json!("2.1")),
        ("/runs/0/tool/driver/name", json!(1)),
        ("/runs/0/columnKind", json!("bytes")),
        ("/runs/0/results/0/level", json!("off")),
        ("/runs/0/results/0/message", json!("text")),
        ("/runs/0/results/0/baselineState", json!("known")),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", json!(0)),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", json!("a b")),
        ("/runs/0/results/0/partialFingerprints", json!({ "x": 1 })),
        ("/runs/0/results/0/partialFingerprint", json!({})),
    ];
    assert!(validator.is_valid(&log));
    for (place, value) in broken {
        let mut log = log.clone();
        match log.pointer_mut(place) {
            Some(place) => *place = value,
            None => log["runs"][0]["results"][0]["partialFingerprint"] = value,
        }
        assert!(!validator.is_valid(&log), "{place}");
    }
}

/// Beyond 5,000 findings the worst are kept and the others counted.
#[test]
fn a_log_holds_five_thousand_results_and_says_what_is_missing() {
    let findings: Vec<Finding> = (0..6_000)
        .map(|n| {
            let level = if n < 4_990 { Level::Error } else { Level::Note };
            fixture::finding(n, Rule::LongRun, level, Status::New)
        })
        .collect();
    let verdict = Verdict { findings, ..Verdict::default() };
    let log = valid(&rendered(&verdict, &Analysis::default(), GateFormat::Sarif));
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 5_000);
    assert_eq!(results.iter().filter(|result| result["level"] == "note").count(), 10);
    let said = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(
        said[0]["message"]["text"],
        "1,000 of 6,000 findings are left out: a file holds the first 5,000, new ones and errors first. \
         --format jsonl lists them all."
    );
    assert_eq!(said.as_array().unwrap().len(), 1);
}
