//! Days, trips, bands and class teachers.

use super::town::{course, put, town as small_town, usual, window};
use super::{breach, by_policy, impossible, legal, preferred, proofs, silent, told, with_force};
use lunpai::problem::Problem;
use serde_json::{Value, json};

#[test]
fn lessons_that_are_spread_need_days() {
    let mut town = small_town(&[1, 2, 3, 4, 5], 5, 1, 1);
    put(&mut town, "courses", vec![course("m", "K1", "maths", 6, Some("T1"))]);
    town["people"][0]["unavailable"] = json!([1, 2, 3].map(|day| window(day, "08:00", "16:00")));
    let words = ["SK1maths", "6 次课", "一天最多 2 次", "T1不能上课的时间", "只有 2 天", "周四、周五", "最多排 4 次"];
    let spread = json!({ "spread": {} });
    let told = [&words[..], &["“课时均匀分布”做不到,与规定至少差 2"]].concat();
    breach(&town, &usual(&[by_policy(spread.clone())]), "W-FIT-010", &told);
    impossible(&town, &usual(&[legal(spread.clone())]), "W-FIT-010", &["spread", "unavailable"], &words);
    silent(&town, &usual(&[(spread.clone(), preferred())]));
    town["people"][0]["unavailable"].as_array_mut().expect("windows").pop();
    silent(&town, &usual(&[legal(spread)]));
}

#[test]
fn a_teacher_with_few_periods_a_day_needs_days() {
    let mut town = small_town(&[1, 2], 5, 1, 2);
    put(&mut town, "courses", vec![course("a", "K1", "maths", 3, Some("T1")), course("b", "K2", "maths", 2, Some("T1"))]);
    let load = |max: u32| json!({ "daily_load": { "max": max } });
    impossible(&town, &usual(&[legal(load(2))]), "W-FIT-010", &["daily_load"], &["T1", "5 节课", "一天最多 2 节", "最多排 4 节"]);
    let mut decided = usual(&[by_policy(load(2))]);
    breach(&town, &decided, "W-FIT-010", &["“每日课时”做不到,与规定至少差 1"]);
    decided["decisions"] =
        json!([{ "clause": "daily_load", "relaxed_to": load(3), "meeting": "会", "date": "2026-07-01", "document": "1" }]);
    silent(&town, &decided);
    silent(&town, &usual(&[legal(load(3))]));
}

#[test]
fn both_halves_of_a_band_need_two_teachers() {
    let mut town = small_town(&[1], 2, 2, 2);
    put(&mut town, "courses", vec![course("a", "K1", "chinese", 1, Some("T1")), course("b", "K2", "maths", 1, Some("T1"))]);
    (0..2).for_each(|k| town["courses"][k]["band"] = json!("band"));
    impossible(&town, &usual(&[]), "W-FIT-009", &["teacher_clash"], &["T1", "SK1chinese、SK2maths", "要 2 位教师"]);
    breach(&town, &with_force(usual(&[]), "teacher_clash", json!("policy")), "W-FIT-009", &["与规定至少差 1"]);
    town["courses"][1]["teachers"][0]["person"] = json!("T2");
    silent(&town, &usual(&[]));
}

#[test]
fn double_lessons_need_cells_in_a_row_that_the_teacher_has() {
    let mut town = small_town(&[1], 8, 1, 3);
    let lesson = |k: usize| course(&format!("c{k}"), &format!("K{k}"), "maths", 1, Some("T1"));
    put(&mut town, "courses", (1..=3).map(lesson).collect());
    (0..3).for_each(|k| town["courses"][k]["blocks"][0]["periods"] = json!(2));
    silent(&town, &usual(&[]));
    // Six cells are left, in runs of three.
    town["people"][0]["unavailable"] = json!([window(1, "10:30", "11:10"), window(1, "16:30", "17:10")]);
    impossible(
        &town,
        &usual(&[]),
        "W-FIT-007",
        &["teacher_clash", "unavailable"],
        &["T1", "3 次 2 节以上的连堂", "T1不能上课的时间", "只剩 2"],
    );
    (0..3).for_each(|k| town["courses"][k]["blocks"][0]["periods"] = json!(1));
    silent(&town, &usual(&[]));
}

/// A second school Z with one cell at the given time; T1 teaches one lesson at each.
fn two_schools(from: &str, to: &str) -> Value {
    let mut town = small_town(&[1], 1, 1, 1);
    put(&mut town, "schools", vec![json!({ "id": "Z", "name": { "zh": "Z", "en": "Z" }, "stages": ["primary"] })]);
    put(&mut town, "bells", vec![json!({ "id": "z", "weekdays": [1], "cells": [{ "start": from, "end": to, "half": "am" }] })]);
    put(
        &mut town,
        "classes",
        vec![json!({ "id": "Z1", "school": "Z", "grade": 1, "name": { "zh": "Z1", "en": "Z1" }, "pupils": 30, "bell": "z" })],
    );
    put(&mut town, "courses", vec![course("a", "K1", "chinese", 1, Some("T1")), course("z", "Z1", "chinese", 1, Some("T1"))]);
    put(&mut town, "people", vec![json!({ "id": "TZ", "employer": "Z", "load_target": 1, "load_cap": 1 })]);
    town["travel"] = json!({ "trips": [{ "from": "S", "to": "Z", "minutes": 20, "both_ways": true }] });
    town
}

#[test]
fn a_teacher_at_two_schools_needs_a_pair_of_cells_and_the_trip_between() {
    let travel = legal(json!({ "travel_time": { "margin_minutes": 5 } }));
    let policy = usual(&[travel]);
    let trip = |town: &Value| -> Vec<Problem> {
        let mut found = told(town, &policy);
        found.retain(|problem| problem.code.starts_with("W-FIT") || problem.code.starts_with("E-"));
        found
    };
    // 08:00 to 08:40 here; 08:20 there is the same time, 09:00 too soon, 09:05 just right.
    let found = trip(&two_schools("08:20", "09:00"));
    assert!(found.len() == 1 && found[0].code == "E-FIT-006", "{found:#?}");
    let found = trip(&two_schools("09:00", "09:40"));
    assert!(found.len() == 1 && found[0].code == "W-FIT-011" && found[0].found.zh.contains("路上 20 分钟"), "{found:#?}");
    let conflict = proofs(&two_schools("09:00", "09:40"), &policy);
    assert_eq!(conflict[0].clauses, ["teacher_clash", "travel_time"]);
    assert_eq!(trip(&two_schools("09:05", "09:45")), []);
    let half = usual(&[legal(json!({ "half_day_school": {} }))]);
    let conflict = proofs(&two_schools("09:05", "09:45"), &half);
    assert_eq!(conflict[0].clauses, ["teacher_clash", "half_day_school"]);
}

/// K1's class teacher T1, cap 4, holds a post of 2 and has one lesson in K2; the meeting takes one, maths of K1 two.
fn class_teacher() -> Value {
    let mut town = small_town(&[1], 4, 2, 2);
    put(
        &mut town,
        "subjects",
        vec![json!({ "id": "meeting", "name": { "zh": "班会", "en": "Meeting" }, "any_teacher": true, "class_meeting": true })],
    );
    put(
        &mut town,
        "courses",
        vec![course("a", "K2", "chinese", 1, Some("T1")), course("m", "K1", "maths", 2, None), course("b", "K1", "meeting", 1, None)],
    );
    town["people"][0]["load_cap"] = json!(4);
    town["people"][0]["load_target"] = json!(4);
    town["people"][0]["posts"] = json!([{ "post": "principal", "periods": 2 }]);
    town["classes"][0]["class_teacher"] = json!("T1");
    town
}

#[test]
fn a_class_teacher_needs_room_for_the_meeting_and_another_course() {
    let mut town = class_teacher();
    let words = ["SK1", "班主任T1", "课时上限 4", "职务折算 2", "已指定的课 1", "还剩 1", "班会 1", "另一门课最少 2"];
    let clause = json!({ "class_teacher_course": {} });
    breach(&town, &usual(&[by_policy(clause.clone())]), "W-FIT-012", &words);
    impossible(&town, &usual(&[legal(clause.clone())]), "W-FIT-012", &["load_cap", "class_teacher_course"], &words);
    silent(&town, &usual(&[]));
    town["people"][0]["load_cap"] = json!(6);
    silent(&town, &usual(&[legal(clause)]));
}

#[test]
fn a_class_teacher_on_loan_is_followed_by_somebody_who_can() {
    let mut town = class_teacher();
    put(&mut town, "schools", vec![json!({ "id": "Z", "name": { "zh": "乙校", "en": "Z" }, "stages": ["primary"] })]);
    town["people"][0]["works_at"] = json!("Z");
    town["courses"].as_array_mut().expect("courses").remove(0);
    let policy = usual(&[by_policy(json!({ "class_teacher_course": {} }))]);
    let codes = |town: &Value| told(town, &policy).iter().map(|problem| (problem.code, problem.found.zh.clone())).collect::<Vec<_>>();
    let found = codes(&town);
    assert!(found.len() == 1 && found[0].0 == "W-GIVEN-002" && found[0].1.contains("SK1班主任T1现在乙校任教"), "{found:?}");
    // T2 has no room either.
    town["people"][1]["load_cap"] = json!(2);
    town["people"][1]["load_target"] = json!(2);
    let found = codes(&town);
    let told = found.iter().any(|(code, words)| *code == "W-FIT-012" && words.contains("没有一位教师能上班会又任教本班另一门课"));
    assert!(found.len() == 2 && told, "{found:?}");
}

#[test]
fn courses_given_above_the_limit_or_without_a_certificate_end_the_run_at_once() {
    let mut town = small_town(&[1], 4, 1, 1);
    put(&mut town, "courses", vec![course("a", "K1", "chinese", 3, Some("T1"))]);
    silent(&town, &usual(&[]));
    let mut over = town.clone();
    over["people"][0]["load_cap"] = json!(2);
    over["people"][0]["load_target"] = json!(2);
    // The subject is short of teachers as well.
    let found = told(&over, &usual(&[]));
    assert!(
        found.iter().any(|it| it.code == "W-GIVEN-004" && it.found.zh.contains("指定 3 课时") && it.found.zh.contains("排不出来")),
        "{found:#?}"
    );
    assert_eq!(proofs(&over, &usual(&[]))[0].clauses, ["load_cap"]);
    town["people"][0]["subjects"] = json!([{ "subject": "maths", "stage": "primary" }]);
    let found = told(&town, &usual(&[]));
    assert!(found.iter().any(|it| it.code == "W-GIVEN-003" && it.found.zh.contains("排不出来")), "{found:#?}");
    assert_eq!(proofs(&town, &usual(&[]))[0].clauses, ["qualified"]);
    assert_eq!(proofs(&town, &with_force(usual(&[]), "qualified", json!("policy"))), []);
}
