//! Whoever is not always there is not asked for what their own cells cannot hold, and others are.

use super::town::{Town, options, policy, run};
use lunpai::district::World;
use lunpai::engine::Problem;
use lunpai::rules::Stage;
use lunpai::stages::{Cancel, Event, Grain, Levels, Staffing, bind, solve};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const DAY: [(&str, &str); 2] = [("08:00", "08:40"), ("08:50", "09:30")];

fn away(weekday: u8, from: &str, to: &str) -> Value {
    json!({"weekday": weekday, "from": from, "to": to})
}

/// Courses that T, there on days 2 and 3 of three, is offered.
fn offered(words: &[&str], spread: &str, lock: Option<(u8, u8)>) -> Vec<String> {
    offered_in(Town::new(), words, spread, lock)
}
fn offered_in(mut town: Town, words: &[&str], spread: &str, lock: Option<(u8, u8)>) -> Vec<String> {
    town.school("S", words.len(), 3, &DAY);
    town.person("T", "S", &["zh"], 40)["unavailable"] = json!([away(1, "08:00", "12:00")]);
    for (k, words) in (1..).zip(words) {
        town.course(&format!("c{k}"), &format!("S{k}"), "zh", words, None);
    }
    if let Some((weekday, period)) = lock {
        town.lock("c1", 1, weekday, period);
    }
    let (district, rules) = (town.district(), policy(&[(json!({"spread": {}}), json!(spread))]));
    let world = World::new(&district);
    let levels = Levels::of(&rules);
    let mut problem = Problem::new(levels.engine());
    let staffing = Staffing::new(&world, &rules, Grain::Courses, vec![0], BTreeMap::new(), &|_, _| true, &mut problem);
    bind(&rules, &levels, &mut problem, &mut |rule, points| rule.staffing(&staffing, points));
    let of = |take: &lunpai::stages::Take| {
        staffing.kinds[take.kind].courses.iter().map(|(c, _)| world.courses[*c].id.clone()).collect::<Vec<_>>()
    };
    staffing.takes.iter().flat_map(of).collect()
}

#[test]
fn a_lesson_a_day_is_not_for_whoever_is_away_on_one() {
    for force in ["legal", "policy"] {
        assert!(offered(&["1 1 1"], force, None).is_empty(), "three days of the week, there on two");
        assert_eq!(offered(&["1 1"], force, None), ["c1"]);
        // Two a day may be where there are more lessons than days.
        assert_eq!(offered(&["1 1 1 1"], force, None), ["c1"]);
        assert!(offered(&["1 1 1 1 1"], force, None).is_empty(), "five lessons, four cells");
    }
}

#[test]
fn of_two_weeks_it_is_the_same() {
    let two_weeks = |words| offered_in(Town::new().two_weeks(), &[words], "policy", None);
    assert!(two_weeks("1 1 1").is_empty(), "every week has three days, there on two");
    assert!(two_weeks("1 1 1 1 1").is_empty(), "five lessons, four cells");
    assert_eq!(two_weeks("1 1 1o 1e"), ["c1"]);
}

#[test]
fn what_is_locked_into_an_absence_is_for_others() {
    assert!(offered(&["1"], "policy", Some((1, 2))).is_empty());
    assert_eq!(offered(&["1"], "policy", Some((2, 1))), ["c1"]);
}

/// Twelve people with an absence, of whom the last can hold either of two courses and not both.
#[test]
fn everybody_with_an_absence_is_asked_in_the_end() {
    let mut town = Town::new();
    town.school("S", 12, 2, &DAY);
    for k in 1..=11 {
        let subject = format!("x{k}");
        town.person(&format!("T{k:02}"), "S", &[&subject], 2)["unavailable"] = json!([away(1, "08:00", "08:40")]);
        town.course(&format!("c{k:02}"), &format!("S{k}"), &subject, "1", None);
    }
    // Two lessons of each of two classes are four; there are three cells.
    town.person("T12", "S", &["y", "z"], 4)["unavailable"] = json!([away(1, "08:00", "08:40")]);
    town.person("U", "S", &["z"], 2);
    town.course("y", "S12", "y", "1 1", None);
    town.course("z", "S1", "z", "1 1", None);
    let (district, rules) = (town.district(), policy(&[(json!({"load_target": {}}), json!({"prefer": {"rank": 2, "weight": 1}}))]));
    let options = lunpai::stages::Options { work: Some(8_000_000), ..options(&[Stage::Teaching, Stage::Timetable], 1) };
    let found = solve(&district, &rules, None, &options, &Cancel::new(false), &mut |_: Event| ());
    let cut = found.cuts.iter().any(|cut| cut.exact && cut.because.contains(&"T12".to_owned()));
    assert!(cut, "T12 was never asked: {:?}", found.cuts);
    let plan = found.plan.expect("a plan");
    let open: Vec<&str> = plan.teaching.iter().filter(|row| row.teacher.is_none()).map(|row| row.course.as_str()).collect();
    assert!(open.is_empty(), "{open:?}");
}

/// T works at S, teaches a course at Z that anybody of Z may give, and it is agreed that T is posted there.
#[test]
fn an_agreed_posting_with_a_course_at_its_end_is_where_the_exchange_begins() {
    let mut town = Town::new();
    town.school("S", 1, 2, &DAY);
    town.school("Z", 1, 2, &DAY);
    town.trip("S", "Z", 15);
    town.person("T", "S", &["zh"], 4)["locks"] = json!({"posted_to": "Z"});
    town.person("U", "Z", &["ma"], 4);
    town.any_teacher("any");
    town.course("s", "S1", "ma", "1", None);
    town.course("z", "Z1", "any", "1", Some("T"));
    let rules = policy(&[(json!({"agreed_postings": {}}), json!("policy")), (json!({"quota": {"percent": 1}}), json!("policy"))]);
    let (outcome, plan, verdict) = run(&town, &rules, &[Stage::Exchange, Stage::Teaching, Stage::Timetable], 1);
    assert!(verdict.is_in_order(), "{:?}", verdict.findings);
    assert_eq!(plan.postings.iter().map(|posting| posting.person.as_str()).collect::<Vec<_>>(), ["T"]);
    let exchange = outcome.stages.iter().find(|stage| stage.stage == Stage::Exchange).expect("the exchange was decided");
    assert!(exchange.levels[..3].iter().all(|level| level.proved && level.value == 0), "{:?}", exchange.levels);
}
