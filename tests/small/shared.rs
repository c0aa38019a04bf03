//! Courses that may be shared: their blocks go to several people where nobody can take all of them, and to one where somebody can.

use super::town::{Town, is_proved, policy, run};
use lunpai::file::Plan;
use lunpai::rules::Stage;
use serde_json::json;
use std::collections::BTreeSet;

const DAY: [(&str, &str); 4] = [("08:00", "08:40"), ("08:50", "09:30"), ("09:40", "10:20"), ("10:30", "11:10")];
const WHOLE: [Stage; 2] = [Stage::Teaching, Stage::Timetable];

/// One class, one shared course of these blocks, people with room for so many periods each.
fn town(words: &str, caps: &[u32]) -> Town {
    let mut town = if words.contains(['o', 'e']) { Town::new().two_weeks() } else { Town::new() };
    town.school("S", 1, 2, &DAY);
    for (k, cap) in caps.iter().enumerate() {
        town.person(&format!("T{k}"), "S", &["lab"], *cap);
    }
    town.course("l", "S1", "lab", words, None)["split"] = json!(true);
    town
}
/// Different people of the course.
fn people(plan: &Plan) -> BTreeSet<Option<&str>> {
    plan.teaching.iter().map(|row| row.teacher.as_deref()).collect()
}

#[test]
fn what_no_single_person_can_take_is_shared() {
    let kinds: [(&str, &[u32]); 8] = [
        ("1 1", &[1, 1]),
        ("1 1 1 1", &[2, 2]),
        ("1 1 1 1", &[3, 1]),
        ("2 2", &[2, 2]),
        ("1o 1e", &[1, 1]),
        ("2 1", &[2, 1]),
        ("1 1o", &[2, 1]),
        ("1 1 1", &[1, 1, 1]),
    ];
    for (words, caps) in kinds {
        let (outcome, plan, verdict) = run(&town(words, caps), &policy(&[]), &WHOLE, 1);
        assert!(verdict.is_in_order(), "{words}: {:?}", verdict.findings);
        assert_eq!(verdict.uncovered_periods, 0, "{words} {caps:?}: {:?}", plan.teaching);
        assert!(is_proved(&outcome), "{words}: {:?}", outcome.stages);
        assert_eq!(people(&plan).len(), caps.len(), "{words}: {:?}", plan.teaching);
    }
}

#[test]
fn what_one_can_take_stays_with_one() {
    for (words, caps) in [("1 1", &[2, 2][..]), ("1 1 1 1", &[1, 4, 1, 1]), ("1o 1e", &[1, 2])] {
        let (_, plan, verdict) = run(&town(words, caps), &policy(&[]), &WHOLE, 1);
        assert!(verdict.is_in_order() && verdict.uncovered_periods == 0, "{words}: {:?}", verdict.findings);
        assert_eq!(plan.teaching.len(), 1, "{words}: {:?}", plan.teaching);
        assert!(plan.teaching[0].blocks.is_empty(), "one who has all of it has it as a whole");
    }
}

#[test]
fn what_is_really_short_is_proved_short() {
    for (words, caps, short) in [("1 1 1", &[1, 1][..], 1), ("2 1", &[1, 1], 2), ("2 2", &[3, 1], 2), ("1 1", &[0, 0], 2)] {
        let (outcome, plan, verdict) = run(&town(words, caps), &policy(&[]), &WHOLE, 1);
        assert!(verdict.is_in_order(), "{words}: {:?}", verdict.findings);
        assert_eq!(verdict.uncovered_periods, short, "{words} {caps:?}: {:?}", plan.teaching);
        assert!(is_proved(&outcome), "{words}: {:?}", outcome.stages);
    }
}

/// A course that may not be shared is as before: nobody has room for all of it.
#[test]
fn without_leave_a_course_is_not_shared() {
    let mut town = town("1 1", &[1, 1]);
    town.courses()[0]["split"] = json!(false);
    let (_, plan, verdict) = run(&town, &policy(&[]), &WHOLE, 1);
    assert_eq!((verdict.uncovered_periods, plan.teaching.len()), (2, 1));
}

/// Two classes, four people with two periods of room each: two of them share each course, not all four both.
#[test]
fn no_more_hands_than_needed() {
    let mut town = town("1 1 1 1", &[2, 2, 2, 2]);
    town.classes()[0]["pupils"] = json!(31);
    town.course("m", "S1", "lab2", "1 1 1 1", None)["split"] = json!(true);
    for person in town.people() {
        person["subjects"] = json!([{"subject": "lab", "stage": "primary"}, {"subject": "lab2", "stage": "primary"}]);
    }
    let (_, plan, verdict) = run(&town, &policy(&[]), &WHOLE, 1);
    assert!(verdict.is_in_order() && verdict.uncovered_periods == 0, "{:?}", verdict.findings);
    assert_eq!(plan.teaching.len(), 4, "{:?}", plan.teaching);
}

/// Each of two may be there in one of the two weeks only: who has which block is seen by the timetable.
#[test]
fn blocks_go_by_name_to_those_who_are_there_then() {
    let mut town = town("1o 1e", &[1, 1]);
    for (person, weeks) in town.people().iter_mut().zip(["even", "odd"]) {
        let all = |day: u8| json!({"weekday": day, "from": "07:00", "to": "18:00", "weeks": weeks});
        person["unavailable"] = json!([all(1), all(2)]);
    }
    let (_, plan, verdict) = run(&town, &policy(&[]), &WHOLE, 1);
    assert!(verdict.is_in_order() && verdict.uncovered_periods == 0, "{:?} {:?}", verdict.findings, plan.teaching);
}
