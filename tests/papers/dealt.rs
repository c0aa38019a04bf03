//! A plan of any district, dealt without looking at a rule: for what only has to be shown.

use lunpai::file::{CellRef, District, Form, Lesson, Part, Plan, Posting, Teaching};
use lunpai::job::Manifest;
use lunpai::report::{View, files};
use serde_json::json;
use std::collections::BTreeSet;

/// Each class's lessons one after the other; each course to somebody of the school, the first of each school's first class to
/// somebody of the next school, the last of each class to nobody. Two people of each school go to one next to it.
pub fn dealt(district: &District) -> Plan {
    let parts = vec![Part::Postings, Part::Teaching, Part::Timetable];
    let mut plan = Plan { schema: "lunpai.plan/1".to_owned(), district: district.id.clone(), parts, ..Plan::default() };
    let of = |school: &str| {
        district.people.iter().filter(|person| person.employer == school).map(|person| person.id.as_str()).collect::<Vec<_>>()
    };
    let schools = &district.schools;
    for (number, school) in schools.iter().enumerate() {
        // Two schools swap one each, three in turn send one on; who has no partner sends to a vacancy.
        let next = [number ^ 1, number / 3 * 3 + (number + 1) % 3].map(|next| schools.get(next).unwrap_or(&schools[0]).id.clone());
        for (person, to) in of(&school.id).into_iter().rev().zip(next).filter(|(_, to)| *to != school.id) {
            let (person, from, form) = (person.to_owned(), school.id.clone(), Form::Rotation);
            plan.postings.push(Posting { person, from, to, form, from_term: "2026-1".to_owned(), to_term: None, because: Vec::new() });
        }
    }
    let mut met = BTreeSet::new();
    for (number, class) in district.classes.iter().enumerate() {
        let people = of(&class.school);
        let place = schools.iter().position(|school| school.id == class.school).expect("a school");
        let visitor = of(&schools[(place + 1) % schools.len()].id)[0].to_owned();
        let visits = met.insert(&class.school);
        let lines = district.curriculum.iter().filter(|line| line.grade == class.grade);
        let lines: Vec<_> = lines.filter(|line| line.schools.is_empty() || line.schools.contains(&class.school)).collect();
        let mut cells = (1..=5).flat_map(|weekday| (1..=6).map(move |period| CellRef { weekday, period })).cycle();
        for (at, line) in lines.iter().enumerate() {
            let course = format!("{}.{}", class.id, line.subject);
            let own = people[(number * 7 + at) % people.len()].to_owned();
            let teacher = Some(if visits && at == 0 { visitor.clone() } else { own }).filter(|_| at + 1 < lines.len());
            plan.teaching.push(Teaching { course: course.clone(), role: None, teacher, blocks: Vec::new() });
            for block in 1..=line.periods - line.doubles {
                let at = cells.next().expect("a cycle");
                plan.timetable.push(Lesson { course: course.clone(), block, at, room: None });
            }
        }
    }
    plan
}

/// The report of a dealt plan: no checker has seen it.
pub fn page(district: &District) -> String {
    let plan = dealt(district);
    let policy = lunpai::generate::standard_policy();
    let manifest: Manifest = serde_json::from_value(json!({
        "schema": "lunpai.manifest/1", "district": district.id, "policy": policy.id, "demo": true, "status": "done", "exit_code": 0,
        "claim": "feasible", "stopped": "time", "check": { "verdict": "passed", "hard": 0, "findings": 0 },
        "limits": { "seconds": 60, "gap_permille": 10, "stages": [], "feedback": true }, "seed": 0, "threads": 1, "seconds": 1.0,
        "versions": {}, "inputs": {}, "files": {},
    }))
    .expect("a manifest");
    let view = View { district, policy: &policy, plan: Some(&plan), judgement: None, manifest: &manifest, warnings: &[], before: None };
    let page = files(&view).into_iter().find(|(name, _)| name == "report.html").expect("the report");
    String::from_utf8(page.1).expect("text")
}
