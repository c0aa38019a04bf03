//! Cells that meetings, absences and closed rooms leave: fewer than the lessons.

use super::town::{course, put, town as small_town, usual, window};
use super::{breach, by_policy, impossible, legal, preferred, says, silent, with_force};
use lunpai::problem::Severity;
use serde_json::{Value, json};

#[test]
fn a_teacher_whose_only_cell_is_taken_by_a_meeting_or_an_absence_has_none() {
    let mut town = small_town(&[1], 2, 1, 1);
    put(&mut town, "courses", vec![course("a", "K1", "chinese", 1, Some("T1"))]);
    town["classes"][0]["closed"] = json!([{ "weekday": 1, "period": 2 }]);
    silent(&town, &usual(&[]));

    let mut away = town.clone();
    away["people"][0]["unavailable"] = json!([window(1, "08:30", "09:00")]);
    impossible(&away, &usual(&[]), "W-FIT-008", &["unavailable"], &["SK1chinese", "能用的有 1 节", "T1不能上课的时间 1"]);
    silent(&away, &with_force(usual(&[]), "unavailable", preferred()));

    let block =
        |kind: &str| json!({ "id": "m", "name": { "zh": "例会", "en": "Meeting" }, "kind": kind, "when": [window(1, "08:00", "08:20")] });
    let mut listed = town.clone();
    put(&mut listed, "blocks", vec![block("duty")]);
    listed["blocks"][0]["people"] = json!(["T1"]);
    impossible(&listed, &usual(&[]), "W-FIT-008", &["fixed_block"], &["例会 1"]);
    breach(&listed, &with_force(usual(&[]), "fixed_block", json!("policy")), "W-FIT-008", &["例会 1", "“固定活动”做不到,与规定至少差 1"]);

    let mut meeting = town.clone();
    put(&mut meeting, "blocks", vec![block("meeting")]);
    meeting["blocks"][0]["subjects"] = json!(["chinese"]);
    impossible(&meeting, &usual(&[]), "W-FIT-008", &["fixed_block"], &["例会 1"]);
    meeting["blocks"][0]["subjects"] = json!(["maths"]);
    silent(&meeting, &usual(&[]));

    let mut research = town.clone();
    put(&mut research, "blocks", vec![block("research")]);
    research["blocks"][0]["subjects"] = json!(["chinese"]);
    impossible(&research, &usual(&[legal(json!({ "research_block": {} }))]), "W-FIT-008", &["research_block"], &["例会 1"]);
    breach(&research, &usual(&[by_policy(json!({ "research_block": {} }))]), "W-FIT-008", &["“教研时间”做不到,与规定至少差 1"]);
    silent(&research, &usual(&[]));
}

#[test]
fn a_research_meeting_calls_its_teachers_from_their_other_lessons_too() {
    let mut town = small_town(&[1], 2, 1, 2);
    put(&mut town, "courses", vec![course("a", "K1", "chinese", 1, Some("T1")), course("b", "K2", "maths", 1, Some("T1"))]);
    put(
        &mut town,
        "blocks",
        vec![
            json!({ "id": "r", "name": { "zh": "语文教研", "en": "R" }, "kind": "research", "subjects": ["chinese"], "when": [window(1, "08:00", "08:40")] }),
        ],
    );
    impossible(
        &town,
        &usual(&[legal(json!({ "research_block": {} }))]),
        "W-FIT-007",
        &["teacher_clash", "research_block"],
        &["T1", "2 节课", "能用的有 2 节,减去语文教研 1,只剩 1"],
    );
    town["blocks"][0]["schools"] = json!(["elsewhere"]);
    put(&mut town, "schools", vec![json!({ "id": "elsewhere", "name": { "zh": "E", "en": "E" }, "stages": ["primary"] })]);
    put(&mut town, "people", vec![json!({ "id": "TE", "employer": "elsewhere", "load_target": 1, "load_cap": 1 })]);
    let policy = usual(&[legal(json!({ "research_block": {} }))]);
    silent(&town, &policy);
}

#[test]
fn three_teachers_who_share_two_cells_do_not_fit_one_class() {
    let mut town = small_town(&[1], 4, 3, 1);
    let subjects = ["chinese", "maths", "science"];
    let lesson = |k: usize| course(&format!("c{k}"), "K1", subjects[k], 1, Some(&format!("T{}", k + 1)));
    put(&mut town, "courses", (0..3).map(lesson).collect());
    (0..3).for_each(|k| town["people"][k]["unavailable"] = json!([window(1, "09:40", "11:10")]));
    impossible(
        &town,
        &usual(&[]),
        "W-FIT-003",
        &["class_clash", "unavailable"],
        &["SK1", "3 节课", "T1不能上课的时间", "T2", "T3", "只剩 2"],
    );
    town["people"][2]["unavailable"] = json!([window(1, "10:30", "11:10")]);
    silent(&town, &usual(&[]));
}

/// Four classes, each one science lesson in the one laboratory; four cells, science research in one of them.
fn laboratory() -> Value {
    let mut town = small_town(&[1], 4, 4, 4);
    let lesson = |k: usize| course(&format!("c{k}"), &format!("K{k}"), "science", 1, None);
    put(&mut town, "courses", (1..=4).map(lesson).collect());
    (0..4).for_each(|k| town["courses"][k]["blocks"][0]["room"] = json!({ "kind": "lab" }));
    put(&mut town, "rooms", vec![json!({ "id": "L", "name": { "zh": "实验室", "en": "Lab" }, "site": "S", "kind": "lab" })]);
    put(
        &mut town,
        "blocks",
        vec![
            json!({ "id": "r", "name": { "zh": "科学教研", "en": "R" }, "kind": "research", "subjects": ["science"], "when": [window(1, "08:00", "08:40")] }),
        ],
    );
    town
}

#[test]
fn a_room_its_hours_and_a_research_meeting_are_named_all_three() {
    let mut town = laboratory();
    let words = ["实验室(同时容 1 个班)", "4 节课", "能用的有 4 节,减去科学教研 1,只剩 3"];
    let hours = |force: Value| (json!({ "hours_in_full": {} }), force);
    let with = |force: &str, hours: (Value, Value)| usual(&[(json!({ "research_block": {} }), json!(force)), hours]);
    // Nobody is given: a lesson may stay without a teacher.
    let open = [&words[..], &["至少 1 节没有教师(待补),或者“教研时间”做不到"]].concat();
    breach(&town, &with("policy", hours(preferred())), "W-FIT-005", &open);
    let open = [&words[..], &["结果必是至少 1 节没有教师(待补)"]].concat();
    breach(&town, &with("legal", hours(preferred())), "W-FIT-005", &open);
    impossible(&town, &with("legal", hours(json!("legal"))), "W-FIT-005", &["room_clash", "research_block", "hours_in_full"], &words);
    breach(&town, &with("legal", hours(json!("policy"))), "W-FIT-005", &["“开足课时”做不到,与规定至少差 1"]);
    silent(&town, &usual(&[hours(json!("legal"))]));
    // Everybody is given.
    (0..4).for_each(|k| town["courses"][k]["teachers"] = json!([{ "role": "lead", "person": format!("T{}", k + 1) }]));
    impossible(&town, &with("legal", hours(preferred())), "W-FIT-005", &["room_clash", "research_block"], &words);
    breach(&town, &with("policy", hours(preferred())), "W-FIT-005", &["“教研时间”做不到,与规定至少差 1"]);
    // One lesson less.
    town["courses"].as_array_mut().expect("courses").pop();
    silent(&town, &with("legal", hours(json!("legal"))));
}

#[test]
fn a_room_open_for_fewer_hours_than_its_lessons_is_an_error_where_hours_are_law() {
    let mut town = laboratory();
    town["blocks"] = json!([]);
    silent(&town, &usual(&[]));
    town["rooms"][0]["open"] = json!([window(1, "08:00", "10:20")]);
    says(&town, &usual(&[]), "E-FIT-004", Severity::Error, &["4 节课", "能用的有 4 节,减去教室不开放的时间 1,只剩 3"]);
    silent(&town, &with_force(usual(&[]), "lab_windows", preferred()));
    town["courses"].as_array_mut().expect("courses").pop();
    silent(&town, &usual(&[]));
}
