//! The committed schemas are the ones the types generate, and they accept what the program reads and writes.
//! `UPDATE=1 cargo test --test schemas` writes them anew.

mod desk;

use lunpai::job::{SCHEMAS, schema};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn errors(name: &str, instance: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(&schema(name).expect("a schema")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_committed_schemas_are_in_step() {
    for name in SCHEMAS {
        let path = root().join("schemas").join(format!("{name}.json"));
        let text = schema(name).expect("a schema");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &text).expect("written");
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == text, "schemas/{name}.json is out of step; run UPDATE=1 cargo test --test schemas");
    }
}

#[test]
fn the_shipped_instances_fit_their_schemas() {
    let mut seen = 0;
    let mut folders = vec![root().join("instances")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("instances").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "json") {
                let instance = json(&path);
                let schema = instance["schema"].as_str().unwrap_or_default();
                let name = schema.strip_prefix("lunpai.").and_then(|name| name.strip_suffix("/1")).unwrap_or_default();
                if SCHEMAS.contains(&name) {
                    assert_eq!(errors(name, &instance), Vec::<String>::new(), "{}", path.display());
                    seen += 1;
                }
            }
        }
    }
    assert!(seen >= 6, "only {seen} instances found");
}

#[test]
fn what_a_run_writes_fits_the_schemas() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("p");
    desk::deliver(&folder);
    for (name, file) in
        [("manifest", "manifest.json"), ("plan", "plan.json"), ("district", "inputs/district.json"), ("policy", "inputs/policy.json")]
    {
        assert_eq!(errors(name, &json(&folder.join(file))), Vec::<String>::new(), "{file}");
    }
    let clash = serde_json::to_value(desk::clashing_plan()).expect("JSON");
    assert_eq!(errors("plan", &clash), Vec::<String>::new(), "a schema judges the shape, not the plan");
}

#[test]
fn a_schema_refuses_an_unknown_field() {
    let mut district: Value = serde_json::from_str(desk::DISTRICT).expect("JSON");
    district["colour"] = Value::from("green");
    assert_ne!(errors("district", &district), Vec::<String>::new());
    assert!(schema("timetable").is_none());
}
