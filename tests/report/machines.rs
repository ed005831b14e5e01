//! JSON, JSON Lines and the published schema, field by field as the contract has them.

use std::collections::BTreeSet;

use onrecord::report::{Format, Style, render, schema};
use serde_json::{Map, Value};

use crate::samples;

fn json() -> Value {
    serde_json::from_slice(&render(&samples::every_verdict(), Format::Json, &Style::default())).unwrap()
}

fn assert_fields(value: &Value, fields: &str) {
    let found: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    for field in fields.split_whitespace() {
        assert!(found.contains(field), "{field} is missing in {value}");
    }
}

#[test]
fn every_field_of_the_contract_is_always_there() {
    let report = json();
    assert_eq!(report["schema"], "onrecord/report/1");
    assert_fields(&report, "schema summary conflicts claims");
    assert_fields(
        &report["summary"],
        "claims passed failed open signed on-record partly review unsourced unavailable out-of-context altered \
         mismatch absent",
    );
    assert_fields(&report["conflicts"][0], "claims about values");
    for claim in report["claims"].as_array().unwrap() {
        assert_fields(claim, "id statement verdict passes signed unchecked checks");
        for check in claim["checks"].as_array().unwrap() {
            let fields = "kind text verdict score source reason detail capture passage changes flags others";
            assert_fields(check, fields);
            for list in ["changes", "flags", "others"] {
                assert!(check[list].is_array());
            }
            if !check["capture"].is_null() {
                assert_fields(&check["capture"], "url captured status media_type sha256 origin");
            }
            if !check["passage"].is_null() {
                assert_fields(&check["passage"], "text before after start end parts where zone page time");
            }
            for change in check["changes"].as_array().unwrap() {
                assert_fields(change, "quote source");
            }
        }
    }
}

#[test]
fn words_are_those_of_the_contract() {
    let report = json();
    let claim = |id: &str| {
        report["claims"].as_array().unwrap().iter().find(|claim| claim["id"] == id).cloned().unwrap_or_default()
    };
    assert_eq!(claim("club-money")["verdict"], "out-of-context");
    assert_eq!(claim("club-money")["checks"][0]["flags"][0], "denied");
    assert_eq!(claim("club-money")["checks"][0]["passage"]["zone"], "live-entry");
    assert_eq!(claim("toll-60")["checks"][0]["reason"], "not-captured");
    assert_eq!(claim("ferry")["checks"][0]["passage"]["where"], "caption");
    assert_eq!(claim("surrendered")["checks"][0]["capture"]["origin"], "live");
    assert_eq!(claim("fish-market")["signed"], Value::Null);
}

#[test]
fn one_claim_a_line() {
    let lines = String::from_utf8(render(&samples::every_verdict(), Format::Jsonl, &Style::default())).unwrap();
    let claims: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::Array(claims), json()["claims"]);
    assert!(lines.ends_with('\n'));
}

#[test]
fn the_schema_describes_the_report() {
    let schema = schema();
    assert_eq!(schema["properties"]["schema"]["const"], "onrecord/report/1");
    assert_eq!(violations(&schema, &schema, &json(), "report"), Vec::<String>::new());
}

#[test]
fn the_schema_in_the_repository_is_this_one() {
    let written: Value = serde_json::from_str(include_str!("../../schemas/report.schema.json")).unwrap();
    assert_eq!(written, schema(), "write it again: onrecord schema report >schemas/report.schema.json");
}

#[test]
fn the_schema_finds_what_is_wrong() {
    let schema = schema();
    type Breaks = fn(&mut Value);
    let broken: [(&str, Breaks); 5] = [
        ("a missing nullable field", |report| {
            report["claims"][0].as_object_mut().unwrap().remove("signed");
        }),
        ("an unknown verdict", |report| report["claims"][0]["verdict"] = "fine".into()),
        ("a word for a number", |report| report["summary"]["open"] = "1".into()),
        ("an unknown kind", |report| report["claims"][0]["checks"][0]["kind"] = "picture".into()),
        ("another version", |report| report["schema"] = "onrecord/report/2".into()),
    ];
    for (what, breaks) in broken {
        let mut report = json();
        breaks(&mut report);
        assert!(!violations(&schema, &schema, &report, "report").is_empty(), "{what}");
    }
}

/// Checks a value against the part of JSON Schema that our schema uses; an unknown keyword is a violation, and so is
/// a field that the schema does not describe.
fn violations(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let empty = Map::new();
    let (mut found, mut said) = (Vec::new(), Vec::new());
    let mut wrong = |what: String| said.push(format!("{at}: {what}"));
    for (keyword, rule) in schema.as_object().unwrap_or(&empty) {
        let list = || rule.as_array().cloned().unwrap_or_default();
        let fits = |schema: &Value, value: &Value| violations(root, schema, value, at).is_empty();
        match keyword.as_str() {
            "$schema" | "$id" | "title" | "description" | "$defs" | "format" => {}
            "const" if value != rule => wrong(format!("is not {rule}")),
            "enum" if !list().contains(value) => wrong(format!("{value} is not one of {rule}")),
            "const" | "enum" => {}
            "type" => {
                let names = if rule.is_array() { list() } else { vec![rule.clone()] };
                if !names.iter().any(|name| is_of_type(value, name.as_str().unwrap_or_default())) {
                    wrong(format!("{value} is not of type {rule}"));
                }
            }
            "$ref" => {
                let pointer = rule.as_str().unwrap().trim_start_matches('#');
                found.extend(violations(root, root.pointer(pointer).unwrap(), value, at));
            }
            "anyOf" if !list().iter().any(|one| fits(one, value)) => wrong("fits none of several".to_owned()),
            "oneOf" if list().iter().filter(|one| fits(one, value)).count() != 1 => {
                wrong(format!("{value} fits not exactly one of several"));
            }
            "anyOf" | "oneOf" => {}
            "required" => {
                for name in list() {
                    if value.is_object() && value.get(name.as_str().unwrap()).is_none() {
                        wrong(format!("{name} is missing"));
                    }
                }
            }
            "properties" => {
                for (name, inner) in value.as_object().unwrap_or(&empty) {
                    match rule.get(name) {
                        Some(schema) => found.extend(violations(root, schema, inner, &format!("{at}.{name}"))),
                        None => found.push(format!("{at}: {name} is not described")),
                    }
                }
            }
            "items" => {
                for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(violations(root, rule, inner, &format!("{at}[{index}]")));
                }
            }
            "minItems" | "maxItems" => {
                let (length, bound) = (value.as_array().map_or(0, Vec::len), rule.as_u64().unwrap());
                let fits = if keyword == "minItems" { length as u64 >= bound } else { length as u64 <= bound };
                if value.is_array() && !fits {
                    wrong(format!("{length} items against {keyword} {bound}"));
                }
            }
            "minimum" | "maximum" => {
                let (number, bound) = (value.as_f64().unwrap_or_default(), rule.as_f64().unwrap());
                if value.is_number() && (if keyword == "minimum" { number < bound } else { number > bound }) {
                    wrong(format!("{number} against {keyword} {bound}"));
                }
            }
            unknown => wrong(format!("keyword {unknown} is not understood")),
        }
    }
    found.extend(said);
    found
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}
