//! What a count proves ends a run before any search, or is said of the breach that its plan has.

use super::town::{course, policy, put, town, usual, window};
use super::{by_policy, legal, with_force};
use lunpai::desk::Origin;
use lunpai::file::Source;
use lunpai::job::{Answer, Ask, ExitCode, Input, Manifest, Place, run, verify};
use lunpai::rules::Stage;
use lunpai::stages::Cancel;
use serde_json::{Value, json};
use std::path::Path;

fn input(town: &Value, policy: &Value) -> Input {
    let source = |name: &str, value: &Value| Source { name: name.to_owned(), bytes: serde_json::to_vec(value).expect("JSON") };
    let (district, policy) = (source("district.json", town), source("policy.json", policy));
    Input { district, policy, fixed: None, baseline: None, origin: Origin::default(), notes: Vec::new() }
}

fn solve(town: &Value, policy: &Value, folder: &Path) -> Answer {
    let ask = Ask {
        time: None,
        cpu: None,
        work: Some(100_000),
        seed: 0,
        threads: 1,
        gap_permille: 10,
        stages: vec![Stage::Teaching, Stage::Timetable],
        feedback: true,
        export: false,
        papers: false,
    };
    let place = Place::Directory { path: folder.join("plan"), replace: true };
    run(&input(town, policy), &ask, &place, &Cancel::new(false), &mut |_| ())
}

fn json_of(folder: &Path, name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(folder.join(name)).expect(name)).expect("JSON")
}

fn manifest(folder: &Path) -> Manifest {
    serde_json::from_value(json_of(folder, "manifest.json")).expect("a manifest")
}

/// Nothing in the directory is other than it can be computed again.
fn is_true(folder: &Path) {
    let verified = verify(folder, None).expect("an output");
    assert!(verified.falsified.is_empty(), "{:?}", verified.falsified);
}

/// Six lessons of a teacher who is there on two days of five.
fn six_on_two_days() -> Value {
    let mut town = town(&[1, 2, 3, 4, 5], 5, 1, 1);
    put(&mut town, "courses", vec![course("m", "K1", "maths", 6, Some("T1"))]);
    town["people"][0]["unavailable"] = json!((1..=3).map(|day| window(day, "08:00", "15:00")).collect::<Vec<_>>());
    town
}

#[test]
fn a_legal_clause_that_cannot_hold_ends_a_run_without_any_search() {
    let folder = tempfile::tempdir().expect("a folder");
    let answer = solve(&six_on_two_days(), &usual(&[legal(json!({ "spread": {} }))]), folder.path());
    assert_eq!(answer.exit, ExitCode::Impossible);
    assert!(answer.screen.zh.contains("只有 2 天能上(周四、周五),最多排 4 次"), "{}", answer.screen.zh);
    let failed = folder.path().join("plan.failed");
    let manifest = manifest(&failed);
    assert!(manifest.stages.is_empty() && manifest.trace.is_empty(), "nothing was searched");
    let told = &json_of(&failed, "conflict.json")["conflicts"][0];
    assert_eq!((&told["needed"], &told["there"]), (&json!(6), &json!(4)));
    assert_eq!((&told["people"], &told["courses"]), (&json!(["T1"]), &json!(["m"])));
    assert_eq!(told["clauses"], json!(["unavailable", "spread"]));
    is_true(&failed);
}

#[test]
fn a_policy_clause_that_cannot_hold_is_foretold_and_the_plan_says_that_it_is_unavoidable() {
    let folder = tempfile::tempdir().expect("a folder");
    let answer = solve(&six_on_two_days(), &usual(&[by_policy(json!({ "spread": {} }))]), folder.path());
    assert_eq!(answer.exit, ExitCode::Done);
    assert!(answer.problems.iter().any(|problem| problem.code == "W-FIT-010"), "{:?}", answer.problems);
    assert!(answer.decisions_needed > 0);
    let made = folder.path().join("plan");
    let manifest = manifest(&made);
    assert_eq!(manifest.unavoidable.get("spread"), Some(&2));
    assert!(manifest.decisions.iter().all(|decision| decision.proved), "{:?}", manifest.decisions);
    assert!(answer.screen.zh.contains("与规定合计差 2,已证明避免不了"), "{}", answer.screen.zh);
    is_true(&made);
}

#[test]
fn a_bound_that_no_count_gives_is_a_false_figure() {
    let folder = tempfile::tempdir().expect("a folder");
    let answer = solve(&six_on_two_days(), &usual(&[by_policy(json!({ "spread": {} }))]), folder.path());
    assert_eq!(answer.exit, ExitCode::Done);
    let made = folder.path().join("plan");
    let mut manifest = json_of(&made, "manifest.json");
    manifest["unavoidable"]["spread"] = json!(3);
    std::fs::write(made.join("manifest.json"), manifest.to_string()).expect("a manifest");
    let falsified = verify(&made, None).expect("an output").falsified;
    assert!(falsified.iter().any(|it| it.figure == "unavoidable.spread"), "{falsified:?}");
}

#[test]
fn contradictions_of_the_data_are_refused_and_never_searched() {
    let mut town = town(&[1], 2, 2, 2);
    put(&mut town, "courses", vec![course("a", "K1", "chinese", 2, Some("T1")), course("b", "K2", "chinese", 1, Some("T1"))]);
    let folder = tempfile::tempdir().expect("a folder");
    let answer = solve(&town, &usual(&[]), folder.path());
    assert_eq!(answer.exit, ExitCode::BadInput);
    assert!(answer.problems.iter().any(|problem| problem.code == "E-FIT-006"), "{:?}", answer.problems);
    // Where a meeting may let a teacher be at two places, it is foretold and planned.
    let answer = solve(&town, &with_force(usual(&[]), "teacher_clash", json!("policy")), folder.path());
    assert_eq!((answer.exit, answer.decisions_needed), (ExitCode::Done, 1));
    assert!(answer.screen.zh.contains("已证明避免不了"), "{}", answer.screen.zh);
    let nothing = policy(&[legal(json!({ "one_teacher": {} }))]);
    assert_eq!(solve(&town, &nothing, folder.path()).exit, ExitCode::Done);
}
