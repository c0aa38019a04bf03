//! Ids are opaque: without a policy file the standard policy holds for subjects called as everybody calls them, and says what it cannot hold for.

use lunpai::desk;
use lunpai::file::{District, Policy, Source, read_district};
use lunpai::generate::{generate, standard_policy};
use lunpai::job::{Input, Read, STANDARD_POLICY};
use lunpai::problem::{Problem, Severity};
use serde_json::{Value, json};
use std::path::Path;

/// One school and class, with a lesson of each subject: (id, zh, en).
fn town(subjects: &[(&str, &str, &str)]) -> Value {
    let both = |words: &str| json!({ "zh": words, "en": words });
    let list = |of: &dyn Fn(&(&str, &str, &str)) -> Value| subjects.iter().map(of).collect::<Vec<Value>>();
    json!({
        "schema": "lunpai.district/1", "id": "own", "title": both("own"), "demo": true,
        "term": { "id": "2026-1", "first_day": "2026-09-01", "last_day": "2027-01-22" },
        "subjects": list(&|(id, zh, en)| json!({ "id": id, "name": { "zh": zh, "en": en } })),
        "bells": [{ "id": "b", "weekdays": [1], "cells": [
            { "start": "08:00", "end": "08:40", "half": "am" }, { "start": "08:50", "end": "09:30", "half": "am" },
            { "start": "09:40", "end": "10:20", "half": "am" }] }],
        "schools": [{ "id": "S", "name": both("S"), "stages": ["primary"] }],
        "people": [{ "id": "T", "employer": "S", "load_target": 10, "load_cap": 20,
            "subjects": list(&|(id, ..)| json!({ "subject": id, "stage": "primary" })) }],
        "classes": [{ "id": "K", "school": "S", "grade": 1, "name": both("K"), "pupils": 30, "bell": "b" }],
        "curriculum": list(&|(id, ..)| json!({ "grade": 1, "subject": id, "periods": 1 }))
    })
}

/// Reads a file as the only thing in its folder.
fn read(name: &str, bytes: &[u8], policy: Option<&[u8]>) -> (Input, Result<Read, Vec<Problem>>) {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join(name);
    std::fs::write(&place, bytes).expect("a file");
    let own = policy.map(|bytes| {
        let path = folder.path().join("own.json");
        std::fs::write(&path, bytes).expect("a file");
        path
    });
    let input = Input::read(&place, own.as_deref(), None, None).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let read = input.parse();
    (input, read)
}

fn of(subjects: &[(&str, &str, &str)]) -> Read {
    read("district.json", town(subjects).to_string().as_bytes(), None).1.unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn scope(policy: &Policy) -> Option<&[String]> {
    policy.clauses.iter().find(|clause| clause.id == "preparations" && !clause.off).map(|clause| &clause.scope.subjects[..])
}

fn left_out(read: &Read) -> Vec<&Problem> {
    read.warnings.iter().filter(|problem| problem.code == "W-REF-014").collect()
}

#[test]
fn subjects_are_known_by_their_names() {
    let known: [&[(&str, &str, &str)]; 5] = [
        &[("yuwen", "语文", "Language"), ("shuxue", "数学", "Numbers")],
        &[("1", "语 文", "1"), ("2", "数学", "2")],
        &[("01", "甲", "Chinese"), ("02", "乙", "Mathematics")],
        &[("a", "chinese", "chinese"), ("b", "maths", "maths")],
        &[("x", "小学语文", "x"), ("y", "小学数学", "y")],
    ];
    for subjects in known {
        let read = of(subjects);
        assert_eq!(scope(&read.policy).expect("the clause"), [subjects[0].0, subjects[1].0]);
        assert_eq!(left_out(&read), [] as [&Problem; 0]);
    }
    let several = of(&[("xy", "小学语文", "a"), ("cy", "初中语文", "b"), ("m", "数学", "c")]);
    assert_eq!(scope(&several.policy).expect("the clause"), ["xy", "cy", "m"]);
}

#[test]
fn what_is_not_there_is_switched_off_and_told() {
    let read = of(&[("sci", "s", "s"), ("pe", "p", "p")]);
    assert_eq!(scope(&read.policy), None);
    let [told] = left_out(&read)[..] else { panic!("{:#?}", read.warnings) };
    assert_eq!((told.severity, told.entity.as_str()), (Severity::Warning, "preparations"));
    assert!(told.found.zh.contains("“备课头数”没有采用") && told.found.zh.contains("`chinese`、`maths`"), "{told:#?}");
    assert!(told.at.starts_with("policy.json: clauses["), "{told:#?}");

    let half = of(&[("m", "数学", "m")]);
    assert_eq!(scope(&half.policy).expect("the clause"), ["m"]);
    let [told] = left_out(&half)[..] else { panic!("{:#?}", half.warnings) };
    assert!(told.found.zh.contains("`chinese`") && !told.found.zh.contains("`maths`"), "{told:#?}");
}

#[test]
fn usual_ids_leave_the_standard_policy_as_it_is() {
    let district = generate(3, 1, 0).district;
    let (input, read) = read("district.json", &serde_json::to_vec(&district).expect("JSON"), None);
    assert_eq!(input.policy.bytes, STANDARD_POLICY);
    assert_eq!(input.notes, []);
    assert_eq!(read.expect("no error").policy, standard_policy());
}

/// Whoever writes a policy means the ids in it.
#[test]
fn a_policy_of_ones_own_names_the_districts_ids() {
    let town = town(&[("yuwen", "语文", "a"), ("shuxue", "数学", "b")]);
    let refused = read("district.json", town.to_string().as_bytes(), Some(STANDARD_POLICY)).1.expect_err("an error");
    assert!(refused.iter().any(|problem| problem.code == "E-REF-005"), "{refused:#?}");
}

#[test]
fn the_same_holds_of_a_workbook() {
    let source =
        Source { name: "district.json".to_owned(), bytes: town(&[("yw", "语文", "a"), ("sx", "数学", "b")]).to_string().into_bytes() };
    let district: District = read_district(&source).unwrap_or_else(|problem| panic!("{problem:#?}"));
    let mut policy = standard_policy();
    let quota = policy.clauses.iter_mut().find(|clause| clause.id == "quota").expect("a clause");
    quota.off = true;
    let book = desk::write(&district, &policy, false).expect("a workbook");
    let (_, read) = read("学区.xlsx", &book, None);
    let read = read.unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(scope(&read.policy).expect("the clause"), ["yw", "sx"]);
    assert!(read.policy.clauses.iter().any(|clause| clause.id == "quota" && clause.off), "what the sheet changes stands");
}

#[test]
fn what_a_run_keeps_says_the_policy_that_held() {
    let (input, _) = read("district.json", town(&[("yuwen", "语文", "a"), ("shuxue", "数学", "b")]).to_string().as_bytes(), None);
    let kept = input.copies()["policy.json"].bytes.clone();
    let again = read("district.json", &input.district.bytes, Some(&kept)).1.unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(scope(&again.policy).expect("the clause"), ["yuwen", "shuxue"]);
    let (input, first) = read("district.json", town(&[("m", "数学", "m")]).to_string().as_bytes(), None);
    let again = read("district.json", &input.district.bytes, Some(&input.copies()["policy.json"].bytes)).1;
    let [first, again] = [first, again].map(|read| read.unwrap_or_else(|problems| panic!("{problems:#?}")));
    assert_eq!((first.policy, first.warnings), (again.policy, again.warnings), "a check finds what the run found");
    assert!(Path::new(&input.policy.name).ends_with("standard_policy.json"));
}
