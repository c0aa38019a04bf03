//! What a count proves is said at once, with people, classes, rooms and numbers; one period less and nothing is said.

use lunpai::district::validate::{Conflict, Counted, counted, validate};
use lunpai::problem::{Problem, Severity};
use lunpai::rules::Stage;
use serde_json::{Value, json};

#[path = "counts/cells.rs"]
mod cells;
#[path = "counts/every_plan.rs"]
mod every_plan;
#[path = "counts/random.rs"]
mod random;
#[cfg(feature = "solve")]
#[path = "counts/runs.rs"]
mod runs;
#[path = "counts/town.rs"]
mod town;
#[path = "counts/weeks.rs"]
mod weeks;

use town::{course, put, read, town as small_town, usual};

const WEEK: [Stage; 2] = [Stage::Teaching, Stage::Timetable];

/// Problems that a count tells: everything but holes in a class's week and who is there beside a research meeting.
fn told(town: &Value, policy: &Value) -> Vec<Problem> {
    let (district, policy) = read(town, policy);
    let mut found = validate("district.json", &district, Some(("policy.json", &policy)), None);
    found.retain(|problem| !["W-CLASS-007", "W-FIT-002"].contains(&problem.code));
    found
}

fn proofs(town: &Value, policy: &Value) -> Vec<Conflict> {
    let (district, policy) = read(town, policy);
    counted(&district, &policy, None, &WEEK).conflicts
}

/// One problem of this code and severity, whose Chinese words hold all of these.
fn says(town: &Value, policy: &Value, code: &str, severity: Severity, words: &[&str]) {
    let found = told(town, policy);
    let [problem] = &found[..] else { panic!("one problem expected: {found:#?}") };
    assert_eq!((problem.code, problem.severity), (code, severity), "{problem:#?}");
    for word in words {
        assert!(problem.found.zh.contains(word), "{word} is not in {problem:#?}");
    }
}

/// A warning, and a run that ends at once for these clauses.
fn impossible(town: &Value, policy: &Value, code: &str, clauses: &[&str], words: &[&str]) {
    says(town, policy, code, Severity::Warning, words);
    let found = proofs(town, policy);
    let [conflict] = &found[..] else { panic!("one conflict expected: {found:#?}") };
    assert_eq!(conflict.code, code);
    assert_eq!(
        conflict.clauses.iter().map(String::as_str).collect::<std::collections::BTreeSet<_>>(),
        clauses.iter().copied().collect(),
        "{conflict:#?}"
    );
    assert!(conflict.needed > conflict.there, "{conflict:#?}");
}

/// A warning, and a plan with the breach.
fn breach(town: &Value, policy: &Value, code: &str, words: &[&str]) {
    says(town, policy, code, Severity::Warning, words);
    assert_eq!(proofs(town, policy), []);
}

fn silent(town: &Value, policy: &Value) {
    assert_eq!(told(town, policy), []);
    assert_eq!(proofs(town, policy), []);
}

fn legal(rule: Value) -> (Value, Value) {
    (rule, json!("legal"))
}
fn by_policy(rule: Value) -> (Value, Value) {
    (rule, json!("policy"))
}

/// The policy with the force of one clause changed.
fn with_force(mut policy: Value, rule: &str, force: Value) -> Value {
    let clauses = policy["clauses"].as_array_mut().expect("clauses");
    clauses.iter_mut().find(|clause| clause["id"] == rule).expect("the clause")["force"] = force;
    policy
}

fn preferred() -> Value {
    json!({ "prefer": { "rank": 1, "weight": 1 } })
}

// Data that contradict themselves.

#[test]
fn three_periods_of_a_given_teacher_do_not_fit_two_cells() {
    let mut town = small_town(&[1], 2, 2, 2);
    put(&mut town, "courses", vec![course("a", "K1", "chinese", 2, Some("T1")), course("b", "K2", "chinese", 1, Some("T1"))]);
    says(&town, &usual(&[]), "E-FIT-006", Severity::Error, &["T1", "3 节课", "K1chinese 2", "K2chinese 1", "只有 2 节"]);
    town["courses"][0]["blocks"].as_array_mut().expect("blocks").pop();
    silent(&town, &usual(&[]));
}

#[test]
fn a_given_teacher_may_be_in_two_lessons_where_no_clause_forbids_it() {
    let mut town = small_town(&[1], 2, 2, 2);
    put(&mut town, "courses", vec![course("a", "K1", "chinese", 2, Some("T1")), course("b", "K2", "chinese", 1, Some("T1"))]);
    let usual = usual(&[]);
    breach(&town, &with_force(usual.clone(), "teacher_clash", json!("policy")), "W-FIT-007", &["T1", "与规定至少差 1"]);
    silent(&town, &with_force(usual.clone(), "teacher_clash", preferred()));
    let mut off = usual.clone();
    off["clauses"].as_array_mut().expect("clauses").iter_mut().find(|it| it["id"] == "teacher_clash").expect("it")["off"] = json!(true);
    silent(&town, &off);
    let mut others = usual;
    let clauses = others["clauses"].as_array_mut().expect("clauses");
    clauses.iter_mut().find(|it| it["id"] == "teacher_clash").expect("it")["scope"] = json!({ "people": ["T2"] });
    silent(&town, &others);
}

#[test]
fn a_lesson_of_odd_weeks_and_one_of_even_weeks_share_a_cell() {
    let mut town = small_town(&[1], 2, 1, 2);
    town["cycle_weeks"] = json!(2);
    put(&mut town, "courses", vec![course("a", "K1", "chinese", 2, Some("T1")), course("b", "K2", "chinese", 1, Some("T1"))]);
    town["courses"][0]["blocks"][1]["weeks"] = json!("odd");
    town["courses"][1]["blocks"][0]["weeks"] = json!("even");
    silent(&town, &usual(&[]));
    town["courses"][1]["blocks"][0]["weeks"] = json!("odd");
    says(&town, &usual(&[]), "E-FIT-006", Severity::Error, &["单周有 3 节课", "只有 2 节"]);
}

fn locks(town: &mut Value, at: &[(&str, u8)]) {
    let lock = |(course, period): &(&str, u8)| json!({ "course": course, "block": 1, "at": { "weekday": 1, "period": period } });
    put(town, "locked_lessons", at.iter().map(lock).collect());
}

#[test]
fn two_locks_of_one_teacher_or_class_or_room_at_one_time_are_both_named() {
    let mut town = small_town(&[1], 2, 2, 2);
    put(&mut town, "courses", vec![course("a", "K1", "chinese", 1, Some("T1")), course("b", "K2", "maths", 1, Some("T1"))]);
    let mut one = town.clone();
    locks(&mut one, &[("a", 1), ("b", 1)]);
    says(&one, &usual(&[]), "E-LOCK-007", Severity::Error, &["T1", "K1chinese", "K2maths", "周一第1节"]);
    says(&one, &with_force(usual(&[]), "locked", json!("policy")), "E-LOCK-007", Severity::Warning, &["T1"]);
    let mut apart = town.clone();
    locks(&mut apart, &[("a", 1), ("b", 2)]);
    silent(&apart, &usual(&[]));

    let mut class = town.clone();
    class["courses"][1]["classes"] = json!(["K1"]);
    class["courses"][1]["teachers"] = json!([]);
    let mut twice = class.clone();
    locks(&mut twice, &[("a", 1), ("b", 1)]);
    says(&twice, &usual(&[]), "E-LOCK-006", Severity::Error, &["SK1", "K1chinese", "K1maths"]);
    locks(&mut class, &[("a", 1), ("b", 2)]);
    silent(&class, &usual(&[]));

    let mut room = town;
    room["courses"][1]["teachers"] = json!([{ "role": "lead", "person": "T2" }]);
    for course in [0, 1] {
        room["courses"][course]["blocks"][0]["room"] = json!({ "kind": "lab" });
    }
    locks(&mut room, &[("a", 1), ("b", 1)]);
    let lab = |units: u32| json!({ "id": "L", "name": { "zh": "实验室", "en": "Lab" }, "site": "S", "kind": "lab", "units": units });
    let mut two = room.clone();
    put(&mut room, "rooms", vec![lab(1)]);
    says(&room, &usual(&[]), "E-LOCK-009", Severity::Error, &["实验室(同时容 1 个班)", "K1chinese", "K2maths"]);
    put(&mut two, "rooms", vec![lab(2)]);
    silent(&two, &usual(&[]));
}

#[test]
fn a_room_with_fewer_seats_than_pupils_is_an_error_where_seats_are_law() {
    let mut town = small_town(&[1], 2, 1, 1);
    put(&mut town, "courses", vec![course("a", "K1", "science", 1, Some("T1"))]);
    town["courses"][0]["blocks"][0]["room"] = json!({ "kind": "lab" });
    put(&mut town, "rooms", vec![json!({ "id": "L", "name": { "zh": "实验室", "en": "Lab" }, "site": "S", "kind": "lab", "seats": 10 })]);
    says(&town, &usual(&[]), "E-ROOM-004", Severity::Error, &["实验室", "10 座", "SK1 30 人"]);
    says(&town, &with_force(usual(&[]), "room_fit", json!("policy")), "E-ROOM-004", Severity::Warning, &["10 座"]);
    town["rooms"][0]["seats"] = json!(30);
    silent(&town, &usual(&[]));
}

/// Two classes of 30 and one of 10; a room of 40 and one of 20 are open one cell.
#[test]
fn only_the_larger_rooms_count_for_the_larger_classes() {
    let mut town = small_town(&[1], 1, 3, 3);
    let lesson = |k: usize| course(&format!("c{k}"), &format!("K{k}"), "science", 1, Some(&format!("T{k}")));
    put(&mut town, "courses", (1..=3).map(lesson).collect());
    (0..3).for_each(|k| town["courses"][k]["blocks"][0]["room"] = json!({ "kind": "lab" }));
    town["classes"][2]["pupils"] = json!(10);
    let room = |id: &str, seats: u32, units: u32| json!({ "id": id, "name": { "zh": id, "en": id }, "site": "S", "kind": "lab", "seats": seats, "units": units });
    put(&mut town, "rooms", vec![room("大", 40, 1), room("小", 20, 2)]);
    says(&town, &usual(&[]), "E-FIT-004", Severity::Error, &["多于 20 座的(同时容 1 个班)", "2 节课", "只有 1 节"]);
    town["rooms"][0]["units"] = json!(2);
    silent(&town, &usual(&[]));
}

/// What is not to be decided is not asked for; what an approved plan says is as certain as the file.
#[test]
fn a_run_of_some_stages_is_judged_by_what_it_decides() {
    let mut town = small_town(&[1], 2, 2, 2);
    put(&mut town, "courses", vec![course("a", "K1", "chinese", 2, None), course("b", "K2", "chinese", 1, None)]);
    let (district, policy) = read(&town, &usual(&[]));
    let row = |course: &str, teacher: &str| lunpai::file::Teaching {
        course: course.into(),
        role: None,
        teacher: Some(teacher.into()),
        blocks: vec![],
    };
    let mut plan = lunpai::file::Plan { parts: vec![lunpai::file::Part::Teaching], district: "town".into(), ..Default::default() };
    plan.teaching = vec![row("a", "T1"), row("b", "T1")];
    let week = |plan: &lunpai::file::Plan| counted(&district, &policy, Some(plan), &[Stage::Timetable]).conflicts;
    assert_eq!(week(&plan)[0].code, "E-FIT-006");
    assert_eq!(counted(&district, &policy, Some(&plan), &WEEK), Counted::default(), "the teaching is decided again");
    assert_eq!(counted(&district, &policy, Some(&plan), &[Stage::Exchange]), Counted::default());
    plan.teaching[1] = row("b", "T2");
    assert_eq!(week(&plan), []);
}

#[test]
fn the_demo_districts_contradict_no_clause() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("instances");
    let source = |path: std::path::PathBuf| lunpai::file::Source::read(&path).unwrap_or_else(|problem| panic!("{problem:#?}"));
    for name in ["huayuankou", "beizhangzhuang", "liqing", "xian"] {
        let district = lunpai::file::read_district(&source(folder.join(name).join("district.json"))).expect("a district");
        let policy = lunpai::file::read_policy(&source(folder.join(name).join("policy.json"))).expect("a policy");
        let found = counted(&district, &policy, None, &[Stage::Exchange, Stage::Teaching, Stage::Timetable]).conflicts;
        assert_eq!(found, [], "{name}");
    }
}
