//! The stages on real-shaped districts: what they decide, what they prove, and what they hand back.
#![cfg(feature = "solve")]

use lunpai::check::{Verdict, check};
use lunpai::file::{District, Part, Plan, Policy, Source, read_district, read_policy};
use lunpai::rules::Stage;
use lunpai::stages::{Cancel, Claim, Event, Options, Outcome, solve};
use std::path::{Path, PathBuf};
use std::time::Duration;

fn file(path: &str) -> Source {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances").join(path);
    Source::read(&path).expect("a committed instance")
}
fn district(path: &str) -> District {
    read_district(&file(path)).expect("a district")
}
fn policy(path: &str) -> Policy {
    read_policy(&file(path)).expect("a policy")
}
fn options(seconds: u64, stages: &[Stage]) -> Options {
    Options {
        time: Duration::from_secs(seconds),
        work: None,
        seed: 1,
        threads: 2,
        gap_permille: 10,
        stages: stages.to_vec(),
        fixed: None,
        feedback: true,
        export: false,
    }
}
fn run(district: &District, policy: &Policy, options: &Options) -> (Outcome, Verdict) {
    let outcome = solve(district, policy, None, options, &Cancel::new(false), &mut |_: Event| ());
    let verdict = outcome.plan.as_ref().map(|plan| check(district, policy, plan)).unwrap_or_default();
    (outcome, verdict)
}
/// (value, bound, proved) of a level of a stage.
fn level(outcome: &Outcome, stage: Stage, name: &str) -> (i64, i64, bool) {
    let report = outcome.stages.iter().find(|report| report.stage == stage).expect("the stage ran");
    let level = report.levels.iter().find(|level| level.name == name).expect("the level is in use");
    (level.value, level.bound, level.proved)
}

/// The staffing study of `huayuankou`: uncovered periods with specialists only, each proved.
fn study(name: &str, uncovered: i64) -> Plan {
    let (district, policy) = (district("huayuankou/district.json"), policy(&format!("huayuankou/study/{name}.json")));
    let (outcome, verdict) = run(&district, &policy, &options(60, &[Stage::Teaching]));
    assert_eq!(level(&outcome, Stage::Teaching, "rank1"), (uncovered, uncovered, true), "policy {name}");
    assert_eq!(verdict.uncovered_periods, uncovered, "policy {name}: the checker counts the same");
    assert!(verdict.is_in_order(), "policy {name}: {:?}", verdict.findings.first());
    outcome.plan.expect("a plan")
}

#[test]
fn without_visits_134_periods_stay_uncovered() {
    study("A", 134);
}

#[test]
fn with_visits_and_overload_nothing_stays_uncovered() {
    study("C", 0);
}

#[test]
fn with_three_away_days_8_periods_stay_uncovered_all_of_them_sport_at_shiqiao() {
    let plan = study("D", 8);
    let open: Vec<&str> = plan.teaching.iter().filter(|row| row.teacher.is_none()).map(|row| row.course.as_str()).collect();
    assert_eq!(open.len(), 2);
    assert!(open.iter().all(|course| course.starts_with("SQ-") && course.rsplit('.').next() == Some("pe")), "{open:?}");
}

#[test]
fn a_week_that_cannot_be_held_sends_a_cut_back_and_round_two_is_legal() {
    let (district, policy) = (district("tiny/feedback.json"), policy("tiny/feedback-policy.json"));
    let stages = [Stage::Teaching, Stage::Timetable];
    let (outcome, verdict) = run(&district, &policy, &options(20, &stages));
    let cut = outcome.cuts.first().expect("round 1 fails");
    assert_eq!((cut.round, cut.from, cut.to, cut.exact), (1, Stage::Timetable, Stage::Teaching, true));
    assert!(cut.sentence.zh.contains("课表排不下"), "{}", cut.sentence.zh);
    assert!(verdict.is_in_order() && verdict.uncovered_periods == 0, "{:?}", verdict.findings);

    let (alone, broken) = run(&district, &policy, &Options { feedback: false, ..options(8, &stages) });
    assert!(alone.cuts.is_empty());
    assert!(!broken.is_in_order() && !matches!(alone.claim, Claim::Optimal | Claim::Feasible), "without feedback it ends otherwise");
}

#[test]
fn an_exchange_needs_only_schools_and_people() {
    let mut district = district("huayuankou/district.json");
    (district.classes, district.courses, district.curriculum) = (vec![], vec![], vec![]);
    (district.bells, district.rooms, district.blocks, district.locked_lessons) = (vec![], vec![], vec![], vec![]);
    let policy = policy("huayuankou/policy.json");
    let (outcome, verdict) = run(&district, &policy, &options(30, &[Stage::Exchange]));
    let plan = outcome.plan.expect("a plan");
    assert_eq!(plan.parts, [Part::Postings]);
    assert!(plan.postings.len() >= 9, "a tenth of 84, rounded up");
    assert!(verdict.is_in_order(), "{:?}", verdict.findings.first());
}

#[test]
fn fixed_parts_stay_as_they_are() {
    let (district, policy) = (district("tiny/feedback.json"), policy("tiny/feedback-policy.json"));
    let (first, _) = run(&district, &policy, &options(10, &[Stage::Teaching]));
    let fixed = first.plan.expect("a plan");
    let (second, verdict) = run(&district, &policy, &Options { fixed: Some(fixed.clone()), ..options(10, &[Stage::Timetable]) });
    let plan = second.plan.expect("a plan");
    assert_eq!((&plan.postings, &plan.teaching, &plan.class_teachers), (&fixed.postings, &fixed.teaching, &fixed.class_teachers));
    assert!(!plan.timetable.is_empty() && verdict.is_in_order());
}
