//! A small town in a few words: one school (or two) with one bell each, courses given by name, and the clauses in force.

use lunpai::file::{District, Policy, Source, read_district, read_policy};
use serde_json::{Value, json};

fn both(words: &str) -> Value {
    json!({ "zh": words, "en": words })
}

/// Cells of 40 minutes every 50 from eight o'clock; the morning has four, the afternoon begins at two. All of a half are joined.
pub fn cells(count: usize) -> Vec<Value> {
    let clock = |minutes: usize| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let cell = |k: usize| {
        let (half, from) = if k < 4 { ("am", 480 + 50 * k) } else { ("pm", 840 + 50 * (k - 4)) };
        json!({ "start": clock(from), "end": clock(from + 40), "half": half, "joins_next": k != 3 && k + 1 < count })
    };
    (0..count).map(cell).collect()
}

/// School S, its bell `b` with so many cells on each of the days, teachers T1…, classes K1… of grade 1.
pub fn town(days: &[u8], count: usize, teachers: usize, classes: usize) -> Value {
    let subject = |id: &str| json!({ "id": id, "name": both(id) });
    let all = ["chinese", "maths", "science"];
    let certificates: Vec<Value> = all.iter().map(|id| json!({ "subject": id, "stage": "primary" })).collect();
    let person = |k: usize| json!({ "id": format!("T{k}"), "employer": "S", "subjects": certificates, "load_target": 10, "load_cap": 30 });
    let class =
        |k: usize| json!({ "id": format!("K{k}"), "school": "S", "grade": 1, "name": both(&format!("K{k}")), "pupils": 30, "bell": "b" });
    json!({
        "schema": "lunpai.district/1",
        "id": "town",
        "title": both("town"),
        "demo": true,
        "term": { "id": "2026-1", "first_day": "2026-09-01", "last_day": "2027-01-22" },
        "subjects": all.map(subject),
        "bells": [{ "id": "b", "weekdays": days, "cells": cells(count) }],
        "schools": [{ "id": "S", "name": both("S"), "stages": ["primary"] }],
        "people": (1..=teachers).map(person).collect::<Vec<_>>(),
        "classes": (1..=classes).map(class).collect::<Vec<_>>(),
        "courses": [],
        "rooms": [],
        "blocks": [],
        "locked_lessons": []
    })
}

/// A course of single lessons; without a teacher it is open who teaches it.
pub fn course(id: &str, class: &str, subject: &str, lessons: usize, teacher: Option<&str>) -> Value {
    let teachers: Vec<Value> = teacher.map(|person| json!({ "role": "lead", "person": person })).into_iter().collect();
    json!({ "id": id, "classes": [class], "subject": subject, "blocks": vec![json!({ "periods": 1 }); lessons], "teachers": teachers })
}

pub fn window(weekday: u8, from: &str, to: &str) -> Value {
    json!({ "weekday": weekday, "from": from, "to": to })
}

/// Puts more into a list of the town.
pub fn put(town: &mut Value, list: &str, more: Vec<Value>) {
    town[list].as_array_mut().expect("a list").extend(more);
}

/// What nearly every policy has as law.
pub const NATURE: [&str; 12] = [
    "qualified",
    "load_cap",
    "one_teacher",
    "class_clash",
    "teacher_clash",
    "room_clash",
    "room_fit",
    "lab_windows",
    "unavailable",
    "fixed_block",
    "doubles",
    "locked",
];

/// (rule with its numbers, force) → a policy; its clauses are called after their rules.
pub fn policy(clauses: &[(Value, Value)]) -> Value {
    let clause = |(rule, force): &(Value, Value)| {
        let id = rule.as_object().and_then(|rule| rule.keys().next()).expect("a rule");
        json!({ "id": id, "rule": rule, "force": force })
    };
    json!({ "schema": "lunpai.policy/1", "id": "p", "title": both("p"), "clauses": clauses.iter().map(clause).collect::<Vec<_>>() })
}

/// All of [`NATURE`], and these.
pub fn usual(more: &[(Value, Value)]) -> Value {
    let nature = NATURE.iter().map(|rule| (json!({ *rule: {} }), json!("legal")));
    policy(&nature.chain(more.iter().cloned()).collect::<Vec<_>>())
}

pub fn read(town: &Value, policy: &Value) -> (District, Policy) {
    let source = |name: &str, value: &Value| Source { name: name.to_owned(), bytes: serde_json::to_vec(value).expect("JSON") };
    let district = read_district(&source("district.json", town)).unwrap_or_else(|problem| panic!("{problem:#?}"));
    (district, read_policy(&source("policy.json", policy)).unwrap_or_else(|problem| panic!("{problem:#?}")))
}
