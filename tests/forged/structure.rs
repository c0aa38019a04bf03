//! Rows that make no plan: unknown ids, missing and doubled rows, cells that are not there. Structure is no clause of the
//! policy; it is judged always and never relaxed.

use crate::world::{self, Case};
use lunpai::check::{Verdict, check};
use serde_json::{Value, json};

fn case(name: &str) -> Case {
    world::cases().into_iter().find(|case| case.name == name).expect("a golden case")
}

fn verdict(case: &Case, patch: &Value) -> Verdict {
    let district = world::district(&world::merged(&case.district, &patch["district"]));
    let mut written = case.legal.clone();
    world::merge(&mut written, &patch["plan"]);
    check(&district, &world::policy(&case.policy), &world::plan(&district, &written))
}

fn broken(verdict: &Verdict) -> usize {
    verdict.findings.iter().filter(|finding| finding.clause.starts_with("S-")).count()
}

#[test]
fn broken_structure_is_always_found() {
    let rows = [
        ("quota", "an unknown person is posted", json!({ "plan": { "postings": { "NOBODY": { "from": "HYK", "to": "BB" } } } })),
        ("quota", "to an unknown school", json!({ "plan": { "postings": { "HYK-T01": "NOWHERE" } } })),
        (
            "quota",
            "from a school the person does not work at",
            json!({ "plan": { "postings": { "HYK-T01": { "from": "SQ", "to": "BB" } } } }),
        ),
        ("load_cap", "an unknown teacher", json!({ "plan": { "teaching": { "BB-31.music": "NOBODY" } } })),
        ("load_cap", "an unknown course", json!({ "plan": { "teaching": { "BB-31.dance": "HYK-T03" } } })),
        ("load_cap", "a course without a row", json!({ "plan": { "teaching": { "BB-31.music": null } } })),
        ("class_clash", "a lesson without a cell", json!({ "plan": { "timetable": { "yu": ["1-1", "-"] } } })),
        ("class_clash", "a course without lessons", json!({ "plan": { "timetable": { "yin": null } } })),
        ("class_clash", "an unknown course", json!({ "plan": { "timetable": { "mo": ["3-1"] } } })),
        ("class_clash", "a block too many", json!({ "plan": { "timetable": { "yin": ["1-2", "2-2"] } } })),
        ("class_clash", "a cell after the last", json!({ "plan": { "timetable": { "yin": ["1-7"] } } })),
        ("class_clash", "on a Saturday", json!({ "plan": { "timetable": { "yin": ["6-1"] } } })),
        ("class_clash", "a double past the end of the day", json!({ "plan": { "timetable": { "ti": ["1-6"] } } })),
        ("class_clash", "a double over noon", json!({ "plan": { "timetable": { "ti": ["1-4"] } } })),
        (
            "class_clash",
            "a cell that is closed for the class",
            json!({ "district": { "classes": { "HYK-31": { "closed": [{ "weekday": 1, "period": 2 }] } } } }),
        ),
        (
            "roster_free",
            "duty of an unknown roster",
            json!({ "plan": { "duties": [{ "roster": "gate", "turn": 1, "person": "HYK-T01" }] } }),
        ),
        (
            "roster_free",
            "duty of an unknown person",
            json!({ "plan": { "duties": [{ "roster": "care", "turn": 1, "person": "NOBODY" }] } }),
        ),
        (
            "roster_free",
            "duty of somebody else's school",
            json!({ "plan": { "duties": [{ "roster": "care", "turn": 1, "person": "BB-T01" }] } }),
        ),
        ("roster_free", "a turn after the last", json!({ "plan": { "duties": [{ "roster": "care", "turn": 3, "person": "HYK-T01" }] } })),
        ("roster_free", "turn 0", json!({ "plan": { "duties": [{ "roster": "care", "turn": 0, "person": "HYK-T01" }] } })),
        ("club_led", "a leader of an unknown club", json!({ "plan": { "club_leaders": [{ "club": "go", "person": "HYK-T01" }] } })),
        ("club_led", "an unknown leader", json!({ "plan": { "club_leaders": [{ "club": "chess", "person": "NOBODY" }] } })),
        ("club_led", "a leader of another school", json!({ "plan": { "club_leaders": [{ "club": "chess", "person": "BB-T01" }] } })),
        ("club_led", "a leader who is not on the list", json!({ "district": { "clubs": { "chess": { "people": ["HYK-T01"] } } } })),
        ("club_places", "an unknown class", json!({ "plan": { "club_pupils": [{ "club": "ball", "class": "HYK-99", "pupils": 1 }] } })),
        (
            "club_places",
            "pupils of another school",
            json!({ "plan": { "club_pupils": [{ "club": "ball", "class": "BB-31", "pupils": 1 }] } }),
        ),
        ("club_places", "a grade not admitted", json!({ "district": { "clubs": { "ball": { "grades": [4] } } } })),
        (
            "club_places",
            "46 of 45 pupils at one time",
            json!({ "plan": { "club_pupils": [
                { "club": "ball", "class": "HYK-31", "pupils": 23 }, { "club": "chess", "class": "HYK-31", "pupils": 23 }
            ] } }),
        ),
        ("club_places", "clubs in a plan without a timetable", json!({ "plan": { "parts": ["teaching"] } })),
        ("roster_free", "duties in a plan without a timetable", json!({ "plan": { "parts": ["teaching"] } })),
    ];
    for (name, what, patch) in rows {
        let case = case(name);
        assert_eq!(broken(&verdict(&case, &json!({}))), 0, "{name}: the golden plan itself");
        let found = verdict(&case, &patch);
        assert!(broken(&found) > 0, "{name}: {what} is not found");
        assert!(!found.is_legal(), "{name}: {what} passes as legal");
        for finding in &found.findings {
            assert!(!finding.text.zh.is_empty() && !finding.text.en.is_empty(), "{what}: no words");
            assert!(!finding.text.zh.contains('{') && !finding.text.en.contains('{'), "{what}: {:?}", finding.text);
        }
    }
}

#[test]
fn a_row_given_twice_is_found() {
    for name in ["quota", "load_cap", "class_clash", "roster_filled", "club_led", "club_places"] {
        let case = case(name);
        let district = world::district(&case.district);
        let mut plan = world::plan(&district, &case.legal);
        plan.postings.extend(plan.postings.first().cloned());
        plan.teaching.extend(plan.teaching.first().cloned());
        plan.timetable.extend(plan.timetable.first().cloned());
        plan.duties.extend(plan.duties.first().cloned());
        plan.club_leaders.extend(plan.club_leaders.first().cloned());
        plan.club_pupils.extend(plan.club_pupils.first().cloned());
        let found = check(&district, &world::policy(&case.policy), &plan);
        assert!(broken(&found) > 0, "{name}: a doubled row passes");
    }
}
