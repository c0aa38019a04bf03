//! Worlds built here, for what the tiny instances cannot show.

use lunpai::file::District;
use serde_json::{Value, json};

fn name(word: &str) -> Value {
    json!({ "zh": word, "en": word })
}
fn read(value: Value) -> District {
    serde_json::from_value(value).expect("a district")
}

/// A school with a thousand periods: there one uncovered period is a share of exactly 1 ‰. One minute from the other.
pub fn thousand() -> District {
    let course = |class: &str, number: u32, blocks: usize| json!({ "id": format!("{class}.{number}"), "classes": [class], "subject": "maths", "blocks": vec![json!({ "periods": 1 }); blocks] });
    let person = |id: &str, school: &str, talent: &str| {
        let subjects = json!([{ "subject": "maths", "stage": "primary" }, { "subject": "pe", "stage": "primary" }]);
        json!({ "id": id, "employer": school, "subjects": subjects, "load_target": 499, "load_cap": 1200, "talent": talent, "years_at_school": 8 })
    };
    let class = |school: &str| json!({ "id": format!("{school}-1"), "school": school, "grade": 1, "name": name("1"), "pupils": 40 });
    let school =
        |id: &str| json!({ "id": id, "name": name(id), "stages": ["primary"], "pupils": { "primary": 100 }, "quota": { "all": 2 } });
    read(json!({
        "schema": "lunpai.district/1", "id": "thousand", "title": name("thousand"),
        "subjects": [{ "id": "maths", "name": name("maths") }, { "id": "pe", "name": name("pe"), "sport": true }],
        "schools": [school("A"), school("B")],
        "travel": { "trips": [{ "from": "A", "to": "B", "minutes": 1, "both_ways": true }] },
        "people": [person("A-1", "A", "county"), person("A-2", "A", "none"), person("B-1", "B", "none"), person("B-2", "B", "none")],
        "classes": [class("A"), class("B")],
        "courses": [course("A-1", 1, 499), course("A-1", 2, 499), course("A-1", 3, 1), course("A-1", 4, 1), course("B-1", 1, 500), course("B-1", 2, 499), course("B-1", 3, 1)],
    }))
}

/// A high school with evenings and lessons of three periods, a primary school on another clock, lessons by screen in a
/// studio, and three sites in a town.
pub fn evening() -> District {
    let cell = |start: &str, end: &str, half: &str, joins: bool| json!({ "start": start, "end": end, "half": half, "joins_next": joins });
    let high = [
        cell("08:00", "08:40", "am", true),
        cell("08:50", "09:30", "am", true),
        cell("09:40", "10:20", "am", false),
        cell("14:00", "14:40", "pm", true),
        cell("14:50", "15:30", "pm", false),
        cell("19:00", "19:40", "eve", true),
        cell("19:50", "20:30", "eve", false),
    ];
    let small = [cell("08:20", "09:00", "am", true), cell("09:10", "09:50", "am", false), cell("14:30", "15:10", "pm", false)];
    let person = |id: &str, school: &str, subjects: &[&str]| {
        let held: Vec<Value> = subjects.iter().map(|subject| json!({ "subject": subject, "stage": "senior" })).collect();
        json!({ "id": id, "employer": school, "subjects": held, "load_target": 6, "load_cap": 14, "years_at_school": 7 })
    };
    let class = |id: &str, school: &str, site: &str, grade: u8, bell: &str, teacher: &str| json!({ "id": id, "school": school, "site": site, "grade": grade, "name": name(id), "pupils": 30, "bell": bell, "class_teacher": teacher });
    let line = |grade: u8, subject: &str, periods: u8, doubles: u8| json!({ "grade": grade, "subject": subject, "periods": periods, "doubles": doubles });
    read(json!({
        "schema": "lunpai.district/1", "id": "evening", "title": name("evening"), "cycle_weeks": 2,
        "term": { "id": "2026-1", "first_day": "2026-09-01", "last_day": "2027-01-20" },
        "subjects": [
            { "id": "physics", "name": name("physics"), "main": true }, { "id": "pe", "name": name("pe"), "sport": true },
            { "id": "art", "name": name("art") }, { "id": "talk", "name": name("talk"), "any_teacher": true, "class_meeting": true },
        ],
        "bells": [{ "id": "high", "weekdays": [1, 2], "cells": high }, { "id": "small", "weekdays": [1, 2, 6], "cells": small }],
        "schools": [
            { "id": "H", "name": name("H"), "stages": ["senior"], "sites": [{ "id": "H1", "name": name("H1"), "east_north_m": [0, 0] }, { "id": "H2", "name": name("H2"), "east_north_m": [900, 400] }], "pupils": { "senior": 120 } },
            { "id": "S", "name": name("S"), "stages": ["primary"], "sites": [{ "id": "S1", "name": name("S1"), "east_north_m": [-4000, 2500] }], "pupils": { "primary": 80 } },
        ],
        "groups": [{ "id": "both", "kind": "alliance", "lead": "H", "members": ["S"] }],
        "travel": { "estimate_base_minutes": 3, "estimate_minutes_per_km": 2 },
        "people": [person("H-1", "H", &["physics"]), person("H-2", "H", &["pe", "art"]), person("H-3", "H", &["physics", "pe"]), person("S-1", "S", &["art"]), person("S-2", "S", &["pe", "physics"])],
        "curriculum": [line(10, "physics", 4, 1), line(10, "pe", 2, 0), line(10, "talk", 1, 0), line(3, "pe", 2, 0), line(3, "talk", 1, 0)],
        "classes": [class("H-10-1", "H", "H1", 10, "high", "H-1"), class("H-10-2", "H", "H2", 10, "high", "H-3"), class("S-3-1", "S", "S1", 3, "small", "S-1")],
        "courses": [
            { "id": "studio", "classes": ["H-10-1", "S-3-1"], "subject": "art", "blocks": [{ "periods": 1, "room": { "kind": "studio", "weeks": "odd" } }, { "periods": 1, "weeks": "even" }], "teachers": [{ "role": "lead" }, { "role": "helper", "person": "S-1" }], "remote": true },
            { "id": "long", "classes": ["H-10-2"], "subject": "art", "blocks": [{ "periods": 3, "weeks": "odd" }, { "periods": 2, "weeks": "even", "room": { "kind": "studio", "site": "H1" } }], "split": true },
        ],
        "rooms": [{ "id": "studio-a", "name": name("a"), "site": "H1", "kind": "studio", "seats": 40, "clearing_minutes": 15 }, { "id": "studio-b", "name": name("b"), "site": "H1", "kind": "studio", "seats": 70, "setup_minutes": 10, "open": [{ "weekday": 1, "from": "08:00", "to": "21:00" }] }],
        "blocks": [{ "id": "assembly", "name": name("assembly"), "kind": "assembly", "schools": ["H"], "when": [{ "weekday": 1, "from": "19:00", "to": "19:40", "weeks": "odd" }] }],
    }))
}
