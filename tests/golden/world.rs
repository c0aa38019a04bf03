//! Reads the golden worlds: a base district of `golden/base`, a case that patches it (RFC 7396), plans that patch each other.
//!
//! Lists are written as objects keyed by id, so that a patch can touch one member; `district`, `plan` and `policy` turn
//! them into the file's own shape:
//! * `courses`: `blocks` may hold bare numbers of periods, `teachers` a single person (role `lead`);
//! * `postings`: person → school, or person → the row's fields;
//! * `teaching`: course → teacher, course → {role: teacher}, or course → rows; `待补` is the row without a teacher;
//! * `timetable`: course → per block `weekday-period`, `weekday-period@ROOM`, or `-` for a block that is not placed.

use lunpai::file::{District, Plan, Policy};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// A case as written, with its base merged in.
#[derive(Debug, Clone)]
pub struct Case {
    /// File name without `.json`.
    pub name: String,
    /// Rule the case is about: the name up to the first dot.
    pub rule: String,
    pub district: Value,
    pub policy: Value,
    /// The legal plan.
    pub legal: Value,
    /// Every plan by name, as written (`legal` among them).
    pub plans: Map<String, Value>,
}

pub fn golden_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

pub fn read_json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All cases, by name.
pub fn cases() -> Vec<Case> {
    let entries = std::fs::read_dir(golden_dir()).expect("tests/golden exists");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files.iter().map(|path| case(path)).collect()
}

fn case(path: &Path) -> Case {
    let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
    let rule = name.split('.').next().expect("a name").to_owned();
    let written = read_json(path);
    let known = ["about", "base", "district", "rule", "clause", "clauses", "plans"];
    for key in written.as_object().expect("an object").keys() {
        assert!(known.contains(&key.as_str()), "{name}: unknown key `{key}`");
    }
    let base = read_json(&golden_dir().join(format!("base/{}.json", written["base"].as_str().expect("base"))));
    let district = merged(&base["district"], &written["district"]);
    let mut clauses = json!({ rule.clone(): { "rule": written["rule"] } });
    merge(&mut clauses[rule.as_str()], &written["clause"]);
    merge(&mut clauses, &written["clauses"]);
    let plans = written["plans"].as_object().expect("plans").clone();
    let legal = merged(&base["plan"], &plans["legal"]["plan"]);
    Case { name, rule, district, policy: json!({ "clauses": clauses }), legal, plans }
}

/// RFC 7396: an object patches member by member, `null` removes, anything else replaces. A missing patch changes nothing.
pub fn merge(base: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else { return };
    for (key, value) in patch {
        if !base.is_object() {
            *base = json!({});
        }
        let object = base.as_object_mut().expect("made above");
        match value {
            Value::Null => {
                object.shift_remove(key);
            }
            Value::Object(_) => merge(object.entry(key).or_insert(json!({})), value),
            _ => {
                object.insert(key.clone(), value.clone());
            }
        }
    }
}

pub fn merged(base: &Value, patch: &Value) -> Value {
    let mut value = if base.is_null() { json!({}) } else { base.clone() };
    merge(&mut value, patch);
    value
}

/// `{id: {…}}` → `[{"id": id, …}]`; a list stays as it is.
fn keyed(value: &mut Value, field: &str, id: &str) {
    if let Some(Value::Object(members)) = value.get(field) {
        let list = members.iter().map(|(key, member)| {
            let mut row = Map::from_iter([(id.to_owned(), json!(key))]);
            row.extend(member.as_object().unwrap_or_else(|| panic!("{field}.{key} is an object")).clone());
            Value::Object(row)
        });
        value[field] = Value::Array(list.collect());
    }
}

/// The district file of a patched world.
pub fn district(world: &Value) -> District {
    let mut file = json!({ "schema": "lunpai.district/1", "id": "golden", "title": { "zh": "样例", "en": "Golden" } });
    merge(&mut file, world);
    for field in ["subjects", "bells", "schools", "groups", "people", "classes", "courses", "rooms", "blocks", "rosters", "clubs"] {
        keyed(&mut file, field, "id");
    }
    for course in file.get_mut("courses").and_then(Value::as_array_mut).into_iter().flatten() {
        for block in course["blocks"].as_array_mut().expect("blocks") {
            if block.is_number() {
                *block = json!({ "periods": block });
            }
        }
        if let Some(person) = course.get("teachers").and_then(Value::as_str) {
            course["teachers"] = json!([{ "role": "lead", "person": person }]);
        }
    }
    if let Some(baseline) = file.get("baseline").cloned() {
        file["baseline"] = plan_rows(&file, &baseline);
    }
    parsed(&file)
}

/// The plan file of a patched plan; the district says where the people posted come from.
pub fn plan(district: &District, written: &Value) -> Plan {
    parsed(&plan_rows(&serde_json::to_value(district).expect("a value"), written))
}

fn plan_rows(district: &Value, written: &Value) -> Value {
    let mut file = json!({ "schema": "lunpai.plan/1", "district": "golden" });
    merge(&mut file, written);
    let entries = |field: &str| -> Vec<(String, Value)> {
        let Some(Value::Object(map)) = written.get(field) else { return Vec::new() };
        map.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    };
    let postings = entries("postings").into_iter().map(|(person, to)| posting(district, &person, &to));
    let postings = Value::Array(postings.collect());
    let teaching = Value::Array(entries("teaching").iter().flat_map(|(course, value)| teaching_rows(course, value)).collect());
    let class_teachers = entries("class_teachers").into_iter().map(|(class, teacher)| json!({ "class": class, "teacher": teacher }));
    let class_teachers = Value::Array(class_teachers.collect());
    let timetable = Value::Array(entries("timetable").iter().flat_map(|(course, value)| lessons(course, value)).collect());
    for (field, rows) in [("postings", postings), ("teaching", teaching), ("class_teachers", class_teachers), ("timetable", timetable)] {
        if !written.get(field).is_some_and(Value::is_array) {
            file[field] = rows;
        }
    }
    file
}

fn posting(district: &Value, person: &str, to: &Value) -> Value {
    let people = district["people"].as_array().expect("people");
    let home = people.iter().find(|row| row["id"] == *person).map_or(Value::Null, |row| match row.get("works_at") {
        Some(Value::String(school)) => json!(school),
        _ => row["employer"].clone(),
    });
    let mut row = json!({ "person": person, "from": home, "form": "rotation", "from_term": "2026-1" });
    merge(&mut row, &if to.is_string() { json!({ "to": to }) } else { to.clone() });
    row
}

fn teacher(value: &Value) -> Value {
    if *value == json!("待补") { Value::Null } else { value.clone() }
}

fn teaching_rows(course: &str, value: &Value) -> Vec<Value> {
    match value {
        Value::Array(rows) => rows
            .iter()
            .map(|written| {
                let mut row = written.clone();
                row["course"] = json!(course);
                row["teacher"] = teacher(&written["teacher"]);
                row
            })
            .collect(),
        Value::Object(roles) => {
            let row = |(role, person): (&String, &Value)| json!({ "course": course, "role": role, "teacher": teacher(person) });
            roles.iter().map(row).collect()
        }
        _ => vec![json!({ "course": course, "teacher": teacher(value) })],
    }
}

fn lessons(course: &str, value: &Value) -> Vec<Value> {
    let places = value.as_array().unwrap_or_else(|| panic!("timetable.{course} is a list")).iter();
    let row = |(index, place): (usize, &Value)| {
        let text = place.as_str().expect("weekday-period");
        if text == "-" {
            return None;
        }
        let (cell, room) = text.split_once('@').map_or((text, None), |(cell, room)| (cell, Some(room)));
        let (weekday, period) = cell.split_once('-').unwrap_or_else(|| panic!("timetable.{course}: `{text}`"));
        let at = json!({ "weekday": number(weekday), "period": number(period) });
        let mut row = json!({ "course": course, "block": index + 1, "at": at });
        if let Some(room) = room {
            row["room"] = json!(room);
        }
        Some(row)
    };
    places.enumerate().filter_map(row).collect()
}

fn number(text: &str) -> u8 {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no number"))
}

/// The policy file of patched clauses: every clause is legal unless it says otherwise.
pub fn policy(written: &Value) -> Policy {
    let mut file = json!({ "schema": "lunpai.policy/1", "id": "golden", "title": { "zh": "样例", "en": "Golden" } });
    merge(&mut file, written);
    keyed(&mut file, "clauses", "id");
    for clause in file["clauses"].as_array_mut().expect("clauses") {
        if clause.get("force").is_none() {
            clause["force"] = json!("legal");
        }
    }
    parsed(&file)
}

fn parsed<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    T::deserialize(value).unwrap_or_else(|error| panic!("{error} in\n{value:#}"))
}
