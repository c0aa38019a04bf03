//! A plan of any district, dealt without looking at a rule: for what only has to be shown.

use lunpai::file::{CellRef, District, Lesson, Part, Plan, Teaching};
use lunpai::job::Manifest;
use lunpai::report::{View, files};
use serde_json::json;

/// Each class's lessons one after the other; each course to somebody of the school, the last of each class to nobody.
pub fn dealt(district: &District) -> Plan {
    let parts = vec![Part::Teaching, Part::Timetable];
    let mut plan = Plan { schema: "lunpai.plan/1".to_owned(), district: district.id.clone(), parts, ..Plan::default() };
    for (number, class) in district.classes.iter().enumerate() {
        let people: Vec<&str> =
            district.people.iter().filter(|person| person.employer == class.school).map(|person| person.id.as_str()).collect();
        let lines = district.curriculum.iter().filter(|line| line.grade == class.grade);
        let lines: Vec<_> = lines.filter(|line| line.schools.is_empty() || line.schools.contains(&class.school)).collect();
        let mut cells = (1..=5).flat_map(|weekday| (1..=6).map(move |period| CellRef { weekday, period })).cycle();
        for (at, line) in lines.iter().enumerate() {
            let course = format!("{}.{}", class.id, line.subject);
            let teacher = Some(people[(number * 7 + at) % people.len()].to_owned()).filter(|_| at + 1 < lines.len());
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
    let view = View { district, policy: &policy, plan: Some(&plan), judgement: None, manifest: &manifest, warnings: &[] };
    let page = files(&view).into_iter().find(|(name, _)| name == "report.html").expect("the report");
    String::from_utf8(page.1).expect("text")
}
