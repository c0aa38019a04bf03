//! Workbooks of schools, put together.

use super::described::Described;
use super::instance;
use lunpai::desk::{collect, per_school};
use lunpai::generate::standard_policy;
use std::path::Path;

/// Kinds of problems these tests meet.
pub const CODES: [&str; 6] = ["E-COLLECT-001", "E-COLLECT-002", "E-COLLECT-003", "E-COLLECT-004", "E-COLLECT-005", "E-COLLECT-006"];

const SCHOOLS: [&str; 6] = ["一小", "二小", "三小", "四小", "五小", "六小"];

/// A school's workbook with one person, made from a template of this version.
fn book(school: &str, version: u32, person: &str, born: &str) -> Vec<u8> {
    let schools = SCHOOLS.map(|name| format!("{name} | 小学\n")).concat();
    let text = format!(
        "= 学校\n学校 | 学段\n{schools}= 教师\n姓名 | 编制校 | 任教学科 | 出生年月\n{person} | {school} | 语文 | {born}\n= 学期\n项目 | 内容\n填报学校 | {school}\n模板版本 | {version}\n"
    );
    Described::parse(&text).workbook().bytes
}

fn codes(folder: &Path) -> Vec<(String, String)> {
    let collected = collect(folder, &standard_policy()).expect("workbooks");
    let mut codes: Vec<_> = collected.problems.iter().map(|problem| (problem.code.to_owned(), problem.entity.clone())).collect();
    codes.sort();
    codes
}

#[test]
fn who_is_missing_who_is_old_and_who_is_in_two_schools_is_all_that_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let people = ["张甲", "李乙", "王丙", "赵丁", "张甲", "孙己"];
    for (number, school) in SCHOOLS.into_iter().enumerate().filter(|(number, _)| *number != 5) {
        let version = u32::from(number != 1);
        std::fs::write(folder.path().join(format!("{school}.xlsx")), book(school, version, people[number], "1985-03")).expect("written");
    }
    let told = codes(folder.path());
    let expected = [("E-COLLECT-001", "六小"), ("E-COLLECT-002", "二小"), ("E-COLLECT-003", "五小-T001")];
    assert_eq!(told, expected.map(|(code, entity)| (code.to_owned(), entity.to_owned())));
    let collected = collect(folder.path(), &standard_policy()).expect("workbooks");
    assert_eq!((collected.workbooks, collected.district.people.len()), (5, 5), "nobody is left out");
}

#[test]
fn a_second_workbook_and_one_of_nobody_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    for (number, school) in SCHOOLS.into_iter().enumerate() {
        std::fs::write(folder.path().join(format!("{school}.xlsx")), book(school, 1, "张甲", &format!("198{number}-03"))).expect("written");
    }
    std::fs::write(folder.path().join("一小新.xlsx"), book("一小", 1, "钱戊", "1990-01")).expect("written");
    std::fs::write(folder.path().join("外校.xlsx"), book("外校", 1, "周庚", "1991-01")).expect("written");
    let told: Vec<String> = codes(folder.path()).into_iter().map(|(code, _)| code).collect();
    // 外校 is no school of the list: its person's school is unknown too.
    assert_eq!(told, ["E-CELL-003", "E-COLLECT-004", "E-COLLECT-005"]);
}

#[test]
fn the_demo_comes_together_again_from_its_schools() {
    let demo = instance("huayuankou/district.json");
    let folder = tempfile::tempdir().expect("a folder");
    for (school, bytes) in per_school(Some(&demo), false).expect("workbooks") {
        std::fs::write(folder.path().join(format!("{school}.xlsx")), bytes).expect("written");
    }
    let collected = collect(folder.path(), &standard_policy()).expect("workbooks");
    assert_eq!(collected.problems, []);
    let sorted = |mut ids: Vec<String>| {
        ids.sort();
        ids
    };
    let people = |district: &lunpai::file::District| sorted(district.people.iter().map(|person| person.id.clone()).collect());
    assert_eq!(people(&collected.district), people(&demo));
    assert_eq!((collected.district.classes.len(), collected.district.rooms.len()), (demo.classes.len(), demo.rooms.len()));
    let sorted = |district: &lunpai::file::District| {
        let mut trips = district.travel.trips.clone();
        trips.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
        trips
    };
    assert_eq!(sorted(&collected.district), sorted(&demo), "trips come with the district's own workbook");
    assert_eq!((&collected.district.groups, &collected.district.title), (&demo.groups, &demo.title));
    assert_eq!(collected.policy, standard_policy());
}

/// Trips, groups and clauses are taken from every workbook that has them; where two differ the first stands and it is told.
#[test]
fn trips_groups_and_rules_are_collected_and_must_agree() {
    let folder = tempfile::tempdir().expect("a folder");
    let common = |reporter: &str, minutes: u32, lead: &str, percent: u32| {
        let schools = SCHOOLS.map(|name| format!("{name} | 小学\n")).concat();
        let text = format!(
            "= 学校\n学校 | 学段\n{schools}= 学期\n项目 | 内容\n填报学校 | {reporter}\n模板版本 | 1\n\
             = 路程\n从 | 到 | 分钟\n一小 | 二小 | {minutes}\n= 共同体\n编号 | 牵头校 | 成员校\n东片 | {lead} | 三小\n\
             = 规则\n条款 | 数值名称 | 数值\nquota | 百分比 | {percent}\n"
        );
        Described::parse(&text).workbook().bytes
    };
    for (number, school) in SCHOOLS.into_iter().enumerate() {
        let person = format!("教师{number}");
        std::fs::write(folder.path().join(format!("{school}.xlsx")), book(school, 1, &person, "1985-03")).expect("written");
    }
    std::fs::write(folder.path().join("学区.xlsx"), common("学区", 12, "一小", 15)).expect("written");
    let collected = collect(folder.path(), &standard_policy()).expect("workbooks");
    assert_eq!(collected.problems, []);
    assert_eq!((collected.workbooks, collected.district.people.len()), (7, 6));
    let trips: Vec<_> = collected.district.travel.trips.iter().map(|trip| (trip.from.as_str(), trip.to.as_str(), trip.minutes)).collect();
    assert_eq!(trips, [("一小", "二小", 12)]);
    let groups: Vec<_> = collected.district.groups.iter().map(|group| (group.id.as_str(), group.lead.as_deref())).collect();
    assert_eq!(groups, [("东片", Some("一小"))], "not the default group of the schools' workbooks");
    let quota = |policy: &lunpai::file::Policy| {
        let clause = policy.clauses.iter().find(|clause| clause.id == "quota").expect("a clause");
        serde_json::to_value(&clause.rule).expect("JSON")["quota"]["percent"].clone()
    };
    assert_eq!(quota(&collected.policy), 15);

    std::fs::write(folder.path().join("学区补充.xlsx"), common("学区", 20, "二小", 20)).expect("written");
    let again = collect(folder.path(), &standard_policy()).expect("workbooks");
    let told: Vec<_> = again.problems.iter().map(|problem| (problem.code, problem.at.split(": ").last().unwrap_or_default())).collect();
    let place = again.problems[2].at.as_str();
    assert_eq!(told, [("E-COLLECT-006", "路程!A2"), ("E-COLLECT-006", "共同体!A2"), ("E-COLLECT-006", place)]);
    assert!(place.ends_with("学区补充.xlsx"), "{place}");
    assert_eq!((&again.district.travel, &again.policy), (&collected.district.travel, &collected.policy), "the first one read stands");
}
