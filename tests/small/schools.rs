//! Teachers whom the file gives at two schools tie their weeks, also where the teaching is no stage of the run.

use super::town::{Town, policy, rank, run};
use lunpai::file::Plan;
use lunpai::rules::Stage;
use serde_json::{Value, json};

const EARLY: [(&str, &str); 2] = [("08:00", "08:40"), ("08:50", "09:30")];
const LATE: [(&str, &str); 2] = [("09:00", "09:40"), ("09:50", "10:30")];
const HALVES: [(&str, &str); 4] = [("08:00", "08:40"), ("08:50", "09:30"), ("14:00", "14:40"), ("14:50", "15:30")];

/// T1 teaches art at S and at Z, each with one class and with this many more lessons that anybody gives.
fn two_schools(minutes: u32, days: u8, times: [&[(&str, &str)]; 2], others: &str) -> Town {
    let mut town = Town::new();
    town.school("S", 1, days, times[0]);
    town.school("Z", 1, days, times[1]);
    town.trip("S", "Z", minutes);
    town.person("T1", "S", &["art"], 40);
    town.course("a1", "S1", "art", "1", Some("T1"));
    town.course("a2", "Z1", "art", "1", Some("T1"));
    if !others.is_empty() {
        town.course("z1", "S1", "zh", others, None);
        town.course("z2", "Z1", "zh", others, None);
    }
    town
}
/// In order under the law and this clause, whatever the seed.
fn in_order(town: &Town, rule: &Value, force: &Value) -> Plan {
    let policy = policy(&[(json!({"travel_time": {}}), json!("legal")), (rule.clone(), force.clone())]);
    let mut plans: Vec<Plan> = (1..=4)
        .map(|seed| {
            let (_, plan, verdict) = run(town, &policy, &[Stage::Timetable], seed);
            assert!(verdict.is_in_order(), "seed {seed}: {:?}", verdict.findings);
            plan
        })
        .collect();
    plans.pop().expect("four plans")
}
fn at(plan: &Plan, course: &str) -> (u8, u8) {
    let lesson = plan.timetable.iter().find(|lesson| lesson.course == course).expect("placed");
    (lesson.at.weekday, lesson.at.period)
}

#[test]
fn a_trip_that_fits_from_one_cell_only_is_found() {
    let town = two_schools(16, 1, [&EARLY, &LATE], "1");
    let plan = in_order(&town, &json!({"spread": {}}), &json!("policy"));
    assert_eq!((at(&plan, "a1"), at(&plan, "a2")), ((1, 1), (1, 2)));
}

#[test]
fn lessons_at_the_same_time_do_not_overlap() {
    let plan = in_order(&two_schools(0, 1, [&EARLY, &EARLY], "1"), &json!({"spread": {}}), &json!("policy"));
    assert_ne!(at(&plan, "a1"), at(&plan, "a2"));
}

#[test]
fn daily_load_is_counted_over_both_schools() {
    let town = two_schools(5, 2, [&EARLY, &LATE], "1 1 1");
    let plan = in_order(&town, &json!({"daily_load": {"max": 1}}), &json!("legal"));
    assert_ne!(at(&plan, "a1").0, at(&plan, "a2").0);
}

#[test]
fn a_half_day_is_for_one_school() {
    let town = two_schools(5, 1, [&HALVES, &HALVES], "1 1 1");
    let plan = in_order(&town, &json!({"half_day_school": {}}), &json!("legal"));
    assert_ne!(at(&plan, "a1").1 <= 2, at(&plan, "a2").1 <= 2);
}

#[test]
fn a_locked_lesson_at_one_school_moves_the_one_at_the_other() {
    let mut town = two_schools(0, 1, [&EARLY, &EARLY], "1");
    town.lock("a1", 1, 1, 2);
    assert_eq!(at(&in_order(&town, &json!({"spread": {}}), &json!("policy")), "a2"), (1, 1));
}

#[test]
fn gaps_between_lessons_of_both_schools_are_seen() {
    let town = two_schools(0, 1, [&HALVES, &HALVES], "1 1 1");
    let plan = in_order(&town, &json!({"idle_periods": {"max": 0}}), &rank(4));
    assert_eq!(at(&plan, "a1").1.abs_diff(at(&plan, "a2").1), 1, "one after the other");
}
