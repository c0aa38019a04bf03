//! A small town built line by line: schools with one bell each, people, classes, courses.

use lunpai::check::{Verdict, check};
use lunpai::file::{District, Plan, Policy, Source, read_district, read_policy};
use lunpai::rules::Stage;
use lunpai::stages::{Cancel, Event, Options, Outcome, solve};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

/// Tried moves of the timetable: no test waits for a clock.
const WORK: u64 = 200_000;

pub struct Town {
    file: Value,
    subjects: BTreeSet<String>,
}

/// Times of a day's cells, `HH:MM` from and to, the afternoon from 12:00 on.
fn cells(times: &[(&str, &str)]) -> Value {
    let half = |from: &str| if from < "12:00" { "am" } else { "pm" };
    let joins = |k: usize| times.get(k + 1).is_some_and(|next| half(next.0) == half(times[k].0));
    let cell = |(k, (from, to)): (usize, &(&str, &str))| json!({"start": from, "end": to, "half": half(from), "joins_next": joins(k)});
    times.iter().enumerate().map(cell).collect()
}

/// Blocks by their words: `2` is a double, `1o` one period in odd weeks, `1e` one in even weeks.
fn blocks(words: &str) -> Value {
    let block = |word: &str| {
        let weeks = if word.ends_with('o') {
            "odd"
        } else if word.ends_with('e') {
            "even"
        } else {
            "all"
        };
        json!({"periods": word.trim_end_matches(['o', 'e']).parse::<u8>().expect("periods"), "weeks": weeks})
    };
    words.split(' ').map(block).collect()
}

impl Town {
    pub fn new() -> Self {
        let term = json!({"id": "2026-1", "first_day": "2026-09-01", "last_day": "2027-01-22"});
        let (title, empty) = (json!({"zh": "小镇", "en": "town"}), json!([]));
        let mut file = json!({"schema": "lunpai.district/1", "id": "town", "title": title, "demo": true, "term": term});
        for list in ["subjects", "bells", "schools", "people", "classes", "courses", "groups", "locked_lessons"] {
            file[list] = empty.clone();
        }
        Self { file, subjects: BTreeSet::new() }
    }
    pub fn two_weeks(mut self) -> Self {
        self.file["cycle_weeks"] = json!(2);
        self
    }
    fn push(&mut self, list: &str, entry: Value) -> &mut Value {
        let list = self.file[list].as_array_mut().expect("a list");
        list.push(entry);
        list.last_mut().expect("just pushed")
    }
    pub fn subject(&mut self, id: &str) -> Option<&mut Value> {
        if !self.subjects.insert(id.to_owned()) {
            return None;
        }
        Some(self.push("subjects", json!({"id": id, "name": {"zh": id, "en": id}})))
    }
    /// Any teacher of the class's school may give this new subject.
    pub fn any_teacher(&mut self, id: &str) {
        self.subject(id).expect("a new subject")["any_teacher"] = json!(true);
    }
    /// A school with classes of one grade, each called by the school and a number from 1.
    pub fn school(&mut self, id: &str, classes: usize, days: u8, times: &[(&str, &str)]) {
        let name = |id: &str| json!({"zh": id, "en": id});
        self.push("schools", json!({"id": id, "name": name(id), "stages": ["primary"]}));
        if classes == 0 {
            return;
        }
        let bell = format!("bell-{id}");
        self.push("bells", json!({"id": bell, "weekdays": (1..=days).collect::<Vec<u8>>(), "cells": cells(times)}));
        for k in 1..=classes {
            let class = format!("{id}{k}");
            self.push("classes", json!({"id": class, "school": id, "grade": 1, "name": name(&class), "pupils": 30, "bell": bell}));
        }
    }
    pub fn trip(&mut self, from: &str, to: &str, minutes: u32) {
        self.file["travel"] = json!({"trips": [{"from": from, "to": to, "minutes": minutes, "both_ways": true}]});
        self.push("groups", json!({"id": "group", "kind": "alliance", "members": [from, to]}));
    }
    /// Somebody who may teach these subjects, with this many periods at most.
    pub fn person(&mut self, id: &str, school: &str, subjects: &[&str], cap: u32) -> &mut Value {
        for subject in subjects {
            self.subject(subject);
        }
        let subjects: Vec<Value> = subjects.iter().map(|subject| json!({"subject": subject, "stage": "primary"})).collect();
        self.push("people", json!({"id": id, "employer": school, "subjects": subjects, "load_target": cap, "load_cap": cap}))
    }
    pub fn course(&mut self, id: &str, class: &str, subject: &str, words: &str, given: Option<&str>) -> &mut Value {
        self.subject(subject);
        let teachers: Vec<Value> = given.iter().map(|person| json!({"role": "lead", "person": person})).collect();
        self.push("courses", json!({"id": id, "classes": [class], "subject": subject, "blocks": blocks(words), "teachers": teachers}))
    }
    pub fn lock(&mut self, course: &str, block: u8, weekday: u8, period: u8) {
        self.push("locked_lessons", json!({"course": course, "block": block, "at": {"weekday": weekday, "period": period}}));
    }
    pub fn people(&mut self) -> &mut Vec<Value> {
        self.file["people"].as_array_mut().expect("a list")
    }
    pub fn courses(&mut self) -> &mut Vec<Value> {
        self.file["courses"].as_array_mut().expect("a list")
    }
    pub fn classes(&mut self) -> &mut Vec<Value> {
        self.file["classes"].as_array_mut().expect("a list")
    }
    pub fn district(&self) -> District {
        let source = Source { name: "town.json".into(), bytes: self.file.to_string().into_bytes() };
        let district = read_district(&source).unwrap_or_else(|problems| panic!("{problems:?}"));
        let found = lunpai::district::validate::validate("town.json", &district, None, None);
        let errors: Vec<_> = found.iter().filter(|problem| problem.severity == lunpai::problem::Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:?}");
        district
    }
}

/// The law of a school day and hours in full as the first wish; then what is added, as (rule with its numbers, force).
pub fn policy(more: &[(Value, Value)]) -> Policy {
    let law = [
        "qualified",
        "load_cap",
        "one_teacher",
        "class_clash",
        "teacher_clash",
        "room_clash",
        "room_fit",
        "lab_windows",
        "unavailable",
        "fixed_block",
        "research_block",
        "doubles",
        "locked",
    ];
    let clause = |id: String, rule: Value, force: Value| json!({"id": id, "rule": rule, "force": force});
    let mut clauses: Vec<Value> = law.iter().map(|rule| clause(rule.replace('_', "-"), json!({(*rule): {}}), json!("legal"))).collect();
    clauses.push(clause("hours-in-full".into(), json!({"hours_in_full": {}}), rank(1)));
    clauses.extend(more.iter().enumerate().map(|(k, (rule, force))| clause(format!("more-{k}"), rule.clone(), force.clone())));
    let file = json!({"schema": "lunpai.policy/1", "id": "p", "title": {"zh": "p", "en": "p"}, "clauses": clauses});
    read_policy(&Source { name: "policy.json".into(), bytes: file.to_string().into_bytes() }).expect("a policy")
}
pub fn rank(rank: u8) -> Value {
    json!({"prefer": {"rank": rank, "weight": 1}})
}

pub fn run(town: &Town, policy: &Policy, stages: &[Stage], seed: u64) -> (Outcome, Plan, Verdict) {
    let district = town.district();
    let outcome = solve(&district, policy, None, &options(stages, seed), &Cancel::new(false), &mut |_: Event| ());
    let plan = outcome.plan.clone().unwrap_or_else(|| panic!("no plan: {:?} {:?}", outcome.claim, outcome.reasons));
    let verdict = check(&district, policy, &plan);
    (outcome, plan, verdict)
}

pub fn options(stages: &[Stage], seed: u64) -> Options {
    Options {
        time: Some(Duration::from_secs(3600)),
        enough: None,
        stall: true,
        work: Some(WORK),
        seed,
        threads: 2,
        gap_permille: 0,
        stages: stages.to_vec(),
        fixed: None,
        feedback: true,
        export: false,
    }
}

/// Every level of every stage is proved.
pub fn is_proved(outcome: &Outcome) -> bool {
    outcome.stages.iter().all(|stage| stage.levels.iter().all(|level| level.proved))
}
