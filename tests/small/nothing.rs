//! Nothing to decide: the only plan is the best.

use super::town::{Town, is_proved, options, policy, run};
use lunpai::check::Verdict;
use lunpai::file::Plan;
use lunpai::rules::Stage;
use lunpai::stages::{Cancel, Claim, Outcome, solve};
use serde_json::json;

const ALL: [Stage; 3] = [Stage::Exchange, Stage::Teaching, Stage::Timetable];
const DAY: [(&str, &str); 3] = [("08:00", "08:40"), ("08:40", "09:20"), ("09:20", "10:00")];

fn in_order((outcome, _, verdict): &(Outcome, Plan, Verdict)) {
    assert!(verdict.is_in_order(), "{:?}", verdict.findings);
    assert!(is_proved(outcome) && outcome.claim == Claim::Optimal, "{:?} {:?}", outcome.claim, outcome.stages);
    assert!(outcome.reasons.is_empty(), "{:?}", outcome.reasons);
}

/// Two teachers given; the first is there in the second period only.
fn all_given(days: u8) -> Town {
    let mut town = Town::new();
    town.school("S", 1, days, &DAY);
    let away = |from: &str, to: &str| json!({"weekday": 1, "from": from, "to": to});
    town.person("T1", "S", &["chinese"], 40)["unavailable"] = json!([away("08:00", "08:40"), away("09:20", "10:00")]);
    town.person("T2", "S", &["maths"], 40);
    town.course("zh", "S1", "chinese", "1", Some("T1"));
    town.course("ma", "S1", "maths", "1 1", Some("T2"));
    town
}

#[test]
fn where_every_teacher_is_given_the_plan_has_them() {
    let found = run(&all_given(1), &policy(&[]), &ALL, 1);
    in_order(&found);
    let (_, plan, _) = found;
    let who: Vec<_> = plan.teaching.iter().map(|row| (row.course.as_str(), row.teacher.as_deref())).collect();
    assert_eq!(who, [("zh", Some("T1")), ("ma", Some("T2"))]);
    let mut week: Vec<(u8, &str)> = plan.timetable.iter().map(|lesson| (lesson.at.period, lesson.course.as_str())).collect();
    week.sort_unstable();
    assert_eq!(week, [(1, "ma"), (2, "zh"), (3, "ma")]);
}

#[test]
fn the_same_with_a_class_teacher_of_a_class_meeting() {
    let mut town = all_given(2);
    let meeting = town.subject("meeting").expect("a new subject");
    (meeting["class_meeting"], meeting["any_teacher"]) = (json!(true), json!(true));
    town.classes()[0]["class_teacher"] = json!("T2");
    town.course("me", "S1", "meeting", "1", Some("T2"));
    in_order(&run(&town, &policy(&[(json!({"class_teacher_course": {}}), json!("policy"))]), &ALL, 1));
}

#[test]
fn a_given_teacher_above_the_cap_is_no_plan() {
    let mut town = all_given(1);
    town.people()[1]["load_target"] = json!(1);
    town.people()[1]["load_cap"] = json!(1);
    let found = solve(&town.district(), &policy(&[]), None, &options(&[Stage::Teaching], 1), &Cancel::new(false), &mut |_| ());
    assert!(!matches!(found.claim, Claim::Feasible | Claim::Optimal), "{:?}", found.claim);
}

#[test]
fn where_nobody_may_move_the_exchange_is_without_postings() {
    let quota = json!({"quota": {"percent": 10}});
    for teaches in [false, true] {
        let mut town = Town::new();
        town.school("S", usize::from(teaches), 1, &DAY);
        town.school("Z", usize::from(teaches), 1, &DAY);
        town.trip("S", "Z", 15);
        town.person("T1", "S", &["art"], 40)["deferrals"] = json!([{"code": "just_exchanged"}]);
        town.person("T2", "Z", &["art"], 40)["deferrals"] = json!([{"code": "health"}]);
        if teaches {
            town.course("a", "S1", "art", "1", Some("T1"));
        }
        let eligible = json!({"eligible": {"min_years_at_school": 6, "more_than_years_to_retirement": 5}});
        let policy = policy(&[(eligible, json!("policy")), (quota.clone(), json!("policy"))]);
        let found = run(&town, &policy, &[Stage::Exchange], 1);
        in_order(&found);
        assert!(found.1.postings.is_empty());
    }
}

#[test]
fn one_person_and_everybody_who_stays_are_plans() {
    let mut alone = Town::new();
    alone.school("A", 0, 1, &DAY);
    alone.school("B", 0, 1, &DAY);
    alone.trip("A", "B", 10);
    alone.person("a", "A", &[], 0);
    in_order(&run(&alone, &policy(&[(json!({"headcount": {}}), json!("policy"))]), &[Stage::Exchange], 1));
    alone.person("b", "B", &["art"], 10);
    for person in alone.people() {
        person["locks"] = json!({"stays": true});
    }
    in_order(&run(&alone, &policy(&[(json!({"headcount": {}}), json!("policy"))]), &[Stage::Exchange, Stage::Teaching], 1));
}

/// Three lessons in two cells: the two of odd and even weeks share the one in which their teacher is there.
#[test]
fn three_lessons_of_which_two_share_a_cell() {
    let mut town = Town::new().two_weeks();
    town.school("S", 1, 1, &DAY[..2]);
    town.person("T1", "S", &["chinese"], 40);
    town.person("T2", "S", &["lab", "art"], 40)["unavailable"] = json!([{"weekday": 1, "from": "08:00", "to": "08:40", "weeks": "odd"}]);
    town.course("zh", "S1", "chinese", "1", Some("T1"));
    town.course("lab", "S1", "lab", "1o", Some("T2"));
    town.course("art", "S1", "art", "1e", Some("T2"));
    let found = run(&town, &policy(&[]), &[Stage::Timetable], 1);
    in_order(&found);
    let at = |id: &str| found.1.timetable.iter().find(|lesson| lesson.course == id).expect("placed").at.period;
    assert_eq!((at("zh"), at("lab"), at("art")), (1, 2, 2));
}
