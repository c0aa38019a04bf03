//! The smallest world a desk needs: one class, a teacher of its own, one who comes from the other school, and a plan.

use lunpai::desk::Origin;
use lunpai::file::{Plan, Source};
use lunpai::job::{Ask, Claim, Delivery, Input, LevelFigures, Output, Read, Searched, StageFigures, Stopped};
use lunpai::rules::Stage;
use std::path::Path;
use std::time::Duration;

pub const DISTRICT: &str = r#"{
  "schema": "lunpai.district/1", "id": "desk", "demo": true,
  "title": {"zh": "书桌学区", "en": "Desk district"},
  "term": {"id": "2026-1", "first_day": "2026-09-01", "last_day": "2027-01-22"},
  "subjects": [
    {"id": "chinese", "name": {"zh": "语文", "en": "Chinese"}, "main": true},
    {"id": "music", "name": {"zh": "音乐", "en": "Music"}}
  ],
  "bells": [{"id": "day", "cells": [
    {"start": "08:30", "end": "09:10", "half": "am"}, {"start": "09:25", "end": "10:05", "half": "am"}
  ]}],
  "schools": [
    {"id": "A", "name": {"zh": "甲小学", "en": "School A"}, "stages": ["primary"], "pupils": {"primary": 30}},
    {"id": "B", "name": {"zh": "乙小学", "en": "School B"}, "stages": ["primary"]}
  ],
  "travel": {"trips": [{"from": "A", "to": "B", "minutes": 10, "both_ways": true}]},
  "people": [
    {"id": "T1", "employer": "A", "subjects": [{"subject": "chinese", "stage": "primary"}], "load_target": 4, "load_cap": 6},
    {"id": "T2", "employer": "B", "subjects": [{"subject": "music", "stage": "primary"}], "load_target": 6, "load_cap": 6}
  ],
  "names": {"T1": "=cmd|' /C calc'!A0 <script>alert(1)</script>"},
  "curriculum": [{"grade": 1, "subject": "chinese", "periods": 5}, {"grade": 1, "subject": "music", "periods": 2}],
  "classes": [{"id": "A-1", "school": "A", "grade": 1, "name": {"zh": "一(1)班", "en": "1(1)"}, "pupils": 30, "bell": "day",
    "closed": [{"weekday": 1, "period": 2}, {"weekday": 3, "period": 2}, {"weekday": 5, "period": 2}]}],
  "clubs": [{"id": "choir", "name": {"zh": "合唱", "en": "Choir"}, "school": "A", "kind": "arts", "places": 30}]
}"#;

pub const POLICY: &str = r#"{
  "schema": "lunpai.policy/1", "id": "desk-policy", "title": {"zh": "书桌政策", "en": "Desk policy"},
  "clauses": [
    {"id": "class", "rule": {"class_clash": {}}, "force": "legal"},
    {"id": "teacher", "rule": {"teacher_clash": {}}, "force": "legal"},
    {"id": "qualified", "rule": {"qualified": {}}, "force": "legal"},
    {"id": "travel", "rule": {"travel_time": {}}, "force": "policy"},
    {"id": "hours", "rule": {"hours_in_full": {}}, "force": {"prefer": {"rank": 1, "weight": 1}}},
    {"id": "visits", "rule": {"visits": {}}, "force": {"prefer": {"rank": 3, "weight": 1}}}
  ]
}"#;

pub const PLAN: &str = r#"{
  "schema": "lunpai.plan/1", "district": "desk", "parts": ["teaching", "timetable"],
  "teaching": [{"course": "A-1.chinese", "teacher": "T1"}, {"course": "A-1.music", "teacher": "T2"}],
  "timetable": [
    {"course": "A-1.chinese", "block": 1, "at": {"weekday": 1, "period": 1}},
    {"course": "A-1.chinese", "block": 2, "at": {"weekday": 2, "period": 1}},
    {"course": "A-1.chinese", "block": 3, "at": {"weekday": 3, "period": 1}},
    {"course": "A-1.chinese", "block": 4, "at": {"weekday": 4, "period": 1}},
    {"course": "A-1.chinese", "block": 5, "at": {"weekday": 5, "period": 1}},
    {"course": "A-1.music", "block": 1, "at": {"weekday": 2, "period": 2}},
    {"course": "A-1.music", "block": 2, "at": {"weekday": 4, "period": 2}}
  ],
  "club_leaders": [{"club": "choir", "person": "T1"}],
  "club_pupils": [{"club": "choir", "class": "A-1", "pupils": 28}]
}"#;

pub fn plan() -> Plan {
    serde_json::from_str(PLAN).expect("the plan")
}

/// The plan with music on top of Chinese on Tuesday: the class has two lessons at once.
pub fn clashing_plan() -> Plan {
    let mut plan = plan();
    plan.timetable[5].at.period = 1;
    plan
}

pub fn input() -> Input {
    let source = |name: &str, text: &str| Source { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    Input {
        district: source("district.json", DISTRICT),
        policy: source("policy.json", POLICY),
        fixed: None,
        baseline: None,
        origin: Origin::default(),
        notes: Vec::new(),
    }
}

pub fn read(input: &Input) -> Read {
    input.parse().unwrap_or_else(|problems| panic!("{problems:#?}"))
}

pub fn ask() -> Ask {
    Ask {
        time: Some(Duration::from_secs(60)),
        cpu: None,
        work: None,
        seed: 7,
        threads: 1,
        gap_permille: 10,
        stages: vec![Stage::Teaching, Stage::Timetable],
        feedback: true,
        export: false,
        papers: false,
    }
}

/// What a search might say with this plan.
pub fn searched(plan: Option<Plan>, claim: Claim, stopped: Stopped) -> Searched {
    let level = |value, bound| LevelFigures {
        name: "rank3".to_owned(),
        value,
        bound,
        proved: value == bound,
        gap_permille: LevelFigures::gap(value, bound),
        terms: vec![],
    };
    let stage = StageFigures {
        stage: Stage::Teaching,
        levels: vec![level(10, if claim == Claim::Optimal { 10 } else { 8 })],
        seconds: 0.1,
        work: 5,
        items: 2,
        points: 3,
        legal_after: None,
    };
    Searched {
        plan,
        without_postings: None,
        trace: vec![],
        claim,
        stopped,
        stages: vec![stage],
        cuts: vec![],
        reasons: vec![],
        counted: lunpai::district::validate::Counted::default(),
        models: vec![],
        solver: "none".to_owned(),
    }
}

/// Writes an output directory with the clean plan.
pub fn deliver(to: &Path) {
    let input = input();
    let read = read(&input);
    let searched = searched(Some(plan()), Claim::Feasible, Stopped::Time);
    let delivery = Delivery::judge(&input, &read, &ask(), searched, 1.0);
    delivery.write(Output::begin(to, false).expect("a place")).expect("written");
}
