//! The JSON Schema of the manifest, for editors that complete and check TOML by one.
//!
//! Made from the same table of keys as the reader, so the two cannot disagree.

use serde_json::{Map, Value, json};

use super::ids;
use super::keys::{Key, Kind, MANIFEST, Table};
use crate::model::{CheckVerdict, ClaimVerdict};

/// The address that names the schema.
const ID: &str = "https://onrecord.example/schema/manifest/1";

/// Returns the JSON Schema (2020-12) of the manifest.
pub fn json_schema() -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("$id".to_owned(), json!(ID));
    schema.insert("title".to_owned(), json!("onrecord manifest"));
    schema.extend(table(&MANIFEST));
    Value::Object(schema)
}

fn table(table: &Table) -> Map<String, Value> {
    let properties: Map<String, Value> =
        table.keys.iter().map(|key| (key.name.to_owned(), Value::Object(property(key)))).collect();
    let required: Vec<&str> = table.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = Map::new();
    schema.insert("description".to_owned(), json!(table.about));
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Value::Object(properties));
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    if table.header == super::keys::SOURCE.header {
        schema.insert("anyOf".to_owned(), json!([{ "required": ["url"] }, { "required": ["copy"] }]));
    }
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema
}

fn property(key: &Key) -> Map<String, Value> {
    let text = json!({ "type": "string", "pattern": "\\S" });
    let list = json!({ "type": "array", "items": text, "minItems": 1 });
    let value = match &key.kind {
        Kind::Text | Kind::Path => text,
        Kind::Note => json!({ "type": "string" }),
        Kind::Texts => json!({ "oneOf": [text, list] }),
        Kind::List => list,
        Kind::Url => json!({ "type": "string", "format": "uri", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^/]" }),
        // Editors show TOML dates to a schema as strings.
        Kind::Date => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}" }),
        Kind::Language => json!({ "type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$" }),
        Kind::Id => json!({ "type": "string", "pattern": "^[\\p{L}\\p{N}_-]+$", "maxLength": ids::LONGEST }),
        Kind::Need => json!({ "oneOf": [{ "enum": ["any", "all"] }, { "type": "integer", "minimum": 1 }] }),
        Kind::Verdict => json!({ "enum": verdicts() }),
        Kind::Share(most) => json!({ "type": "number", "minimum": 0, "maximum": most }),
        Kind::Table(inner) => Value::Object(table(inner)),
        Kind::Tables(inner) => json!({ "type": "array", "items": table(inner) }),
        Kind::Named(inner) => json!({ "type": "object", "additionalProperties": table(inner) }),
    };
    let mut schema = match value {
        Value::Object(schema) => schema,
        _ => Map::new(),
    };
    schema.insert("description".to_owned(), json!(key.about));
    schema
}

/// Every word that `expect` may have.
fn verdicts() -> Vec<&'static str> {
    let of_checks = [CheckVerdict::Verbatim, CheckVerdict::Edited, CheckVerdict::Match];
    ClaimVerdict::ALL
        .iter()
        .map(|verdict| verdict.word())
        .chain(of_checks.iter().map(|verdict| verdict.word()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::keys::{CLAIM, SIGNED, SOURCE, TABLES};
    use super::*;

    #[test]
    fn every_object_is_closed_and_every_key_described() {
        fn walk(value: &Value, closed: &mut usize) {
            if let Some(properties) = value.get("properties").and_then(Value::as_object) {
                assert_eq!(value["additionalProperties"], json!(false));
                *closed += 1;
                for (name, property) in properties {
                    assert!(property["description"].as_str().is_some_and(|about| about.len() > 3), "{name}");
                }
            }
            match value {
                Value::Object(map) => map.values().for_each(|inner| walk(inner, closed)),
                Value::Array(items) => items.iter().for_each(|inner| walk(inner, closed)),
                _ => {}
            }
        }
        let mut closed = 0;
        walk(&json_schema(), &mut closed);
        assert_eq!(closed, TABLES.len());
    }

    #[test]
    fn it_has_the_keys_of_the_contract() {
        let schema = json_schema();
        let names =
            |at: &str| schema.pointer(at).and_then(Value::as_object).map(|map| map.keys().cloned().collect::<Vec<_>>());
        let known = |table: &Table| {
            let mut names: Vec<String> = table.keys.iter().map(|key| key.name.to_owned()).collect();
            names.sort();
            Some(names)
        };
        let sorted = |names: Option<Vec<String>>| {
            names.map(|mut names| {
                names.sort();
                names
            })
        };
        assert_eq!(sorted(names("/properties/claim/items/properties")), known(&CLAIM));
        assert_eq!(sorted(names("/properties/sources/additionalProperties/properties")), known(&SOURCE));
        assert_eq!(sorted(names("/properties/claim/items/properties/signed/properties")), known(&SIGNED));
        assert_eq!(schema["properties"]["claim"]["items"]["required"], json!(["statement"]));
    }

    #[test]
    fn the_file_in_schemas_is_this_one() {
        let written: Value =
            serde_json::from_str(include_str!("../../schemas/manifest.schema.json")).expect("it is JSON");
        assert_eq!(written, json_schema(), "write it again: cargo test --lib write_schema -- --ignored");
    }

    #[test]
    #[ignore = "writes schemas/manifest.schema.json"]
    fn write_schema() {
        let text = serde_json::to_string_pretty(&json_schema()).expect("it is JSON") + "\n";
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/manifest.schema.json");
        std::fs::write(path, text).expect("the file can be written");
    }
}
