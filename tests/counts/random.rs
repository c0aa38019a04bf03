//! Random tiny towns: what a count claims is held against every plan there is.

use super::every_plan::{Asked, best, some_teaching};
use super::town::{course, put, read, town, usual, window};
use lunpai::district::validate::{counted, validate};
use lunpai::problem::{Problem, Severity};
use lunpai::rules::Stage;
use serde_json::{Value, json};

struct Dice(u64);

impl Dice {
    fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }
    /// One chance in so many.
    fn once_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
    fn force(&mut self) -> Value {
        match self.below(4) {
            0 => json!({ "prefer": { "rank": 1, "weight": 1 } }),
            1 => json!("policy"),
            _ => json!("legal"),
        }
    }
}

const CLOCKS: [(&str, &str); 4] = [("08:00", "08:40"), ("08:50", "09:30"), ("09:40", "10:20"), ("10:30", "11:10")];

fn random(dice: &mut Dice) -> (Value, Value) {
    let days: Vec<u8> = (1..=1 + dice.below(2) as u8).collect();
    let count = 2 + dice.below(2);
    let mut town = town(&days, count, 2, 1 + dice.below(2));
    let subjects = ["chinese", "maths", "science"];
    let times = |dice: &mut Dice, most: usize| -> Vec<Value> {
        let one = |dice: &mut Dice| {
            let (from, to) = CLOCKS[dice.below(count)];
            window(1 + dice.below(days.len()) as u8, from, to)
        };
        (0..=dice.below(most)).map(|_| one(dice)).collect()
    };
    two_weeks(dice, &mut town);
    let classes = town["classes"].as_array().expect("classes").len();
    let mut courses = Vec::new();
    for class in 1..=classes {
        for subject in &subjects[..=dice.below(if classes == 1 { 3 } else { 2 })] {
            let who = ["T1", "T2"][dice.below(2)];
            let teacher = (!dice.once_in(4)).then_some(who);
            courses.push(course(&format!("{subject}{class}"), &format!("K{class}"), subject, 1 + usize::from(dice.once_in(3)), teacher));
        }
    }
    for course in &mut courses {
        odd_and_long(dice, course, town["cycle_weeks"] == 2);
        helped(dice, course);
    }
    if classes == 2 && dice.once_in(4) {
        let last = courses.len() - 1;
        courses[last]["blocks"] = courses[0]["blocks"].clone();
        courses[0]["band"] = json!("band");
        courses[last]["band"] = json!("band");
    }
    put(&mut town, "courses", courses);
    if classes == 2 {
        together(dice, &mut town);
    }
    if dice.once_in(3) {
        town["classes"][0]["closed"] = json!([{ "weekday": 1, "period": 1 + dice.below(count) }]);
    }
    for person in [0, 1] {
        if dice.once_in(2) {
            town["people"][person]["unavailable"] = json!(times(dice, 2));
        }
        if dice.once_in(4) {
            town["people"][person]["load_cap"] = json!(1 + dice.below(3));
            town["people"][person]["load_target"] = json!(1);
        }
        if dice.once_in(6) {
            town["people"][person]["subjects"].as_array_mut().expect("certificates").pop();
        }
    }
    blocks(dice, &mut town, &mut |dice| times(dice, 1));
    without_teacher(dice, &mut town);
    rooms(dice, &mut town, &mut |dice| times(dice, 3));
    locks(dice, &mut town, &days, count);
    meeting(dice, &mut town);
    second_school(dice, &mut town, &days);
    (town, clauses(dice))
}

fn two_weeks(dice: &mut Dice, town: &mut Value) {
    if dice.once_in(4) {
        town["cycle_weeks"] = json!(2);
    }
}

/// A second person is in the lesson, given or open.
fn helped(dice: &mut Dice, course: &mut Value) {
    let roles = course["teachers"].as_array_mut().expect("roles");
    if dice.once_in(6) {
        if roles.is_empty() {
            roles.push(json!({ "role": "lead" }));
        }
        let helper = json!({ "role": "helper", "person": (["T1", "T2"][dice.below(2)]) });
        roles.push(if dice.once_in(3) { json!({ "role": "helper" }) } else { helper });
    }
}

/// One course for both classes.
fn together(dice: &mut Dice, town: &mut Value) {
    let first = &mut town["courses"][0];
    if dice.once_in(4) && first["band"].is_null() {
        first["classes"] = json!(["K1", "K2"]);
    }
}

fn odd_and_long(dice: &mut Dice, course: &mut Value, two: bool) {
    for block in course["blocks"].as_array_mut().expect("blocks") {
        if two && dice.once_in(2) {
            block["weeks"] = json!(["odd", "even"][dice.below(2)]);
        }
        if dice.once_in(5) {
            block["periods"] = json!(2);
        }
    }
}

fn blocks(dice: &mut Dice, town: &mut Value, times: &mut dyn FnMut(&mut Dice) -> Vec<Value>) {
    for number in 0..dice.below(3) {
        let kind = ["research", "meeting", "duty", "assembly", "club"][dice.below(5)];
        let mut block = json!({ "id": format!("B{number}"), "name": { "zh": "活动", "en": "B" }, "kind": kind, "when": times(dice) });
        match kind {
            "research" | "meeting" => block["subjects"] = json!([(["chinese", "maths", "science"][dice.below(3)])]),
            "duty" => block["people"] = json!([(["T1", "T2"][dice.below(2)])]),
            "assembly" => block["schools"] = json!(["S"]),
            _ => block["classes"] = json!(["K1"]),
        }
        put(town, "blocks", vec![block]);
    }
}

/// Research in the first subject all day: whoever teaches it has no time for it, and nobody is given.
fn without_teacher(dice: &mut Dice, town: &mut Value) {
    if !dice.once_in(6) {
        return;
    }
    let first = &mut town["courses"][0];
    first["teachers"] = json!([]);
    let when: Vec<Value> = (1..=2).map(|day| window(day, "08:00", "12:00")).collect();
    let block =
        json!({ "id": "all-day", "name": { "zh": "教研", "en": "R" }, "kind": "research", "when": when, "subjects": [first["subject"]] });
    put(town, "blocks", vec![block]);
}

fn rooms(dice: &mut Dice, town: &mut Value, times: &mut dyn FnMut(&mut Dice) -> Vec<Value>) {
    if !dice.once_in(2) {
        return;
    }
    for number in 0..=dice.below(2) {
        let mut room = json!({ "id": format!("L{number}"), "name": { "zh": "实验室", "en": "Lab" }, "site": "S", "kind": "lab" });
        if dice.once_in(2) {
            room["open"] = json!(times(dice));
        }
        if dice.once_in(3) {
            room["seats"] = json!([10, 30, 60][dice.below(3)]);
        }
        put(town, "rooms", vec![room]);
    }
    for course in town["courses"].as_array_mut().expect("courses") {
        for block in course["blocks"].as_array_mut().expect("blocks") {
            if dice.once_in(2) {
                block["room"] = json!({ "kind": "lab" });
            }
        }
    }
}

fn locks(dice: &mut Dice, town: &mut Value, days: &[u8], count: usize) {
    for number in 0..town["courses"].as_array().expect("courses").len() {
        if dice.once_in(5) {
            let at = json!({ "weekday": 1 + dice.below(days.len()), "period": 1 + dice.below(count) });
            let lock = json!({ "course": town["courses"][number]["id"], "block": 1, "at": at });
            put(town, "locked_lessons", vec![lock]);
        }
    }
}

fn meeting(dice: &mut Dice, town: &mut Value) {
    if dice.once_in(3) {
        put(
            town,
            "subjects",
            vec![json!({ "id": "meeting", "name": { "zh": "班会", "en": "M" }, "any_teacher": true, "class_meeting": true })],
        );
        put(town, "courses", vec![course("meeting", "K1", "meeting", 1, None)]);
        town["classes"][0]["class_teacher"] = json!("T1");
    }
}

/// T1 teaches at Z too, whose two cells begin some minutes later.
fn second_school(dice: &mut Dice, town: &mut Value, days: &[u8]) {
    if !dice.once_in(4) {
        return;
    }
    let late = [0, 20, 45, 70][dice.below(4)];
    let clock = |minutes: usize| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let cell = |from: usize, half: &str| json!({ "start": clock(from), "end": clock(from + 40), "half": half });
    put(town, "bells", vec![json!({ "id": "z", "weekdays": days, "cells": [cell(480 + late, "am"), cell(840 + late, "pm")] })]);
    put(town, "schools", vec![json!({ "id": "Z", "name": { "zh": "Z", "en": "Z" }, "stages": ["primary"] })]);
    let class = json!({ "id": "Z1", "school": "Z", "grade": 1, "name": { "zh": "Z1", "en": "Z1" }, "pupils": 30, "bell": "z" });
    put(town, "classes", vec![class]);
    let mut there = course("z", "Z1", "chinese", 1 + dice.below(2), Some("T1"));
    if dice.once_in(4) {
        there["classes"] = json!([["K1", "Z1"], ["Z1", "K1"]][dice.below(2)]);
        there["remote"] = json!(true);
    }
    put(town, "courses", vec![there]);
    for person in [0, 1] {
        if dice.once_in(3) {
            town["people"][person]["locks"] = json!({ "stays": true });
        }
    }
    town["travel"] = json!({ "trips": [{ "from": "S", "to": "Z", "minutes": ([5, 20, 40][dice.below(3)]), "both_ways": true }] });
}

fn clauses(dice: &mut Dice) -> Value {
    let ways = ["half_day_school", "lunch_travel"].map(|rule| (json!({ rule: {} }), dice.force()));
    let travel = (json!({ "travel_time": { "margin_minutes": 5 } }), dice.force());
    let away = (json!({ "away_days": { "max_days": dice.below(2) } }), dice.force());
    let more = ["research_block", "spread", "hours_in_full", "class_teacher_course", "agreed_postings"]
        .map(|rule| (json!({ rule: {} }), dice.force()));
    let load = (json!({ "daily_load": { "max": 1 + dice.below(3) } }), dice.force());
    let mut policy = usual(&more.into_iter().chain(ways).chain([load, travel, away]).collect::<Vec<_>>());
    for clause in policy["clauses"].as_array_mut().expect("clauses") {
        if clause["id"] == "hours_in_full" && dice.once_in(2) {
            clause["force"] = json!({ "prefer": { "rank": 1, "weight": 1 } });
        }
        if dice.once_in(7) {
            clause["force"] = dice.force();
        }
        if dice.once_in(20) {
            clause["off"] = json!(true);
        }
        if dice.once_in(20) {
            clause["scope"] = json!({ "schools": ["S"] });
        }
    }
    policy
}

/// The number after a word of a sentence.
fn number(words: &str, before: &str) -> Option<i64> {
    let (_, rest) = words.split_once(before)?;
    rest.trim_start().chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
}

/// Errors of the data that a count or a clash of locks tells.
const CONTRADICTIONS: [&str; 6] = ["E-FIT-004", "E-FIT-006", "E-LOCK-006", "E-LOCK-007", "E-LOCK-009", "E-ROOM-004"];

/// What the claims say, against every plan; how many claims of each sort there were.
fn held(seed: u64, counts: &mut [usize; 5]) {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let (town, policy) = random(&mut dice);
    let (district, policy) = read(&town, &policy);
    let found = validate("district.json", &district, Some(("policy.json", &policy)), None);
    let errors: Vec<&Problem> = found.iter().filter(|problem| problem.severity == Severity::Error).collect();
    // A town that is refused for other reasons is no example.
    if errors.iter().any(|problem| !CONTRADICTIONS.contains(&problem.code)) {
        return;
    }
    let stages = [Stage::Exchange, Stage::Teaching, Stage::Timetable];
    let (asked, claimed) = match dice.below(4) {
        0 => {
            let plan = some_teaching(&district, |below| dice.below(below));
            let claimed = counted(&district, &policy, Some(&plan), &stages[2..]);
            (Asked::Fixed(Box::new(plan)), claimed)
        }
        1 | 2 if district.schools.len() > 1 => (Asked::Postings, counted(&district, &policy, None, &stages)),
        _ => (Asked::Teaching, counted(&district, &policy, None, &stages[1..])),
    };
    let postings = matches!(asked, Asked::Postings);
    let conflicts = claimed.conflicts;
    let soft: Vec<&Problem> =
        found.iter().filter(|problem| problem.found.zh.contains("与规定至少差") || problem.found.zh.contains("结果必是")).collect();
    if errors.is_empty() && conflicts.is_empty() && soft.is_empty() && !seed.is_multiple_of(8) {
        return;
    }
    let Some(best) = best(&district, &policy, &asked, 8_000) else { return };
    let impossible = best.legal > 0;
    let shown = || format!("seed {seed}: {found:#?}\n{conflicts:#?}\n{town:#}\n{policy:#?}");
    if !errors.is_empty() || !conflicts.is_empty() {
        assert!(impossible, "a plan exists, seed {seed}: {}", shown());
        counts[0] += 1;
    } else if impossible {
        counts[1] += 1;
    }
    for (clause, least) in &claimed.unavoidable {
        let fewest = best.by_clause.get(clause).copied();
        assert!(best.policy.is_none() || fewest.unwrap_or(0) >= *least, "{clause} {least}: {fewest:?}, {}", shown());
        counts[4] += 1;
    }
    for problem in soft {
        let words = &problem.found.zh;
        if let Some(least) = number(words, "与规定至少差") {
            assert!(best.policy.is_none_or(|policy| policy >= least), "{words}: {:?}, {}", best.policy, shown());
            counts[2] += 1;
        } else if let Some(least) = number(words, "结果必是至少").filter(|_| !postings || !words.contains("改派")) {
            assert!(best.open.is_none_or(|open| open >= least), "{words}: {:?}, {}", best.open, shown());
            counts[3] += 1;
        }
    }
}

#[test]
fn no_claim_is_refuted_by_any_plan_of_a_tiny_town() {
    let seeds = std::env::var("SEEDS").ok().and_then(|range| {
        let (from, to) = range.split_once("..")?;
        Some(from.parse().ok()?..to.parse().ok()?)
    });
    let mut counts = [0; 5];
    for seed in seeds.unwrap_or(0..1_500_u64) {
        held(seed, &mut counts);
    }
    assert!(
        counts[0] > 100 && counts[2] > 50 && counts[3] > 5 && counts[4] > 50,
        "proved impossible, impossible unseen, policy, without a teacher, of one clause: {counts:?}"
    );
}
