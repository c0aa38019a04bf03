//! Twenty people posted between three schools, with everything in the file that is nobody's business.

use lunpai::file::Plan;
use serde_json::{Value, json};

/// Words that must not leave: a month of birth, an id that only another school's person bears.
pub const BORN: &str = "1979-11";

/// In the order of the public list, typed by hand: strokes of the surname, then first strokes, then the given name.
pub const GOLDEN: [(&str, &str, &str, &str); 20] = [
    ("丁小满", "女", "甲小学", "乙小学"),
    ("于立夏", "男", "甲小学", "丙小学"),
    ("马白露", "女", "乙小学", "丙小学"),
    ("王一鸣", "男", "甲小学", "乙小学"),
    ("王立秋", "女", "丙小学", "甲小学"),
    ("方谷雨", "男", "甲小学", "乙小学"),
    ("石霜降", "女", "乙小学", "甲小学"),
    ("冯小雪", "男", "甲小学", "丙小学"),
    ("朱大暑", "女", "乙小学", "甲小学"),
    ("孙冬至", "男", "甲小学", "乙小学"),
    ("李清明", "女", "甲小学", "丙小学"),
    ("李清明", "男", "丙小学", "甲小学"),
    ("张惊蛰", "女", "甲小学", "乙小学"),
    ("欧阳春分", "男", "乙小学", "丙小学"),
    ("周处暑", "女", "甲小学", "乙小学"),
    ("赵大寒", "男", "丙小学", "乙小学"),
    ("黄寒露", "女", "甲小学", "丙小学"),
    ("曾芒种", "男", "甲小学", "乙小学"),
    ("谢雨水", "女", "乙小学", "甲小学"),
    ("魏秋分", "男", "甲小学", "丙小学"),
];

fn school_id(name: &str) -> &'static str {
    match name {
        "甲小学" => "A",
        "乙小学" => "B",
        _ => "C",
    }
}

/// `P07` for the person of a line; the ids run against the order of the list, but for the two of one name.
fn id(line: usize) -> String {
    match line {
        10 => "P10".to_owned(),
        11 => "P11".to_owned(),
        line => format!("P{:02}", 21 - line),
    }
}

pub fn district() -> String {
    let person = |(line, (_, sex, from, _)): (usize, &(&str, &str, &str, &str))| {
        json!({
            "id": id(line), "employer": school_id(from), "sex": if *sex == "女" { "female" } else { "male" }, "born": BORN,
            "subjects": [{ "subject": "chinese", "stage": "primary" }, { "subject": "music", "stage": "primary" }],
            "talent": if line % 5 == 0 { "county" } else { "none" }, "years_at_school": 8,
            "service_until": "2031-07", "posts": [{ "post": "class_teacher", "periods": 3 }],
        })
    };
    let mut people: Vec<Value> = GOLDEN.iter().enumerate().map(person).collect();
    // They stay, and one of them for a reason that is nobody's business.
    people.push(json!({ "id": "STAYS-A", "employer": "A", "deferrals": [{ "code": "maternity", "until": "2027-03" }] }));
    people.push(json!({ "id": "STAYS-B", "employer": "B" }));
    people.push(json!({ "id": "STAYS-C", "employer": "C" }));
    let names: serde_json::Map<String, Value> = GOLDEN.iter().enumerate().map(|(line, golden)| (id(line), json!(golden.0))).collect();
    let school = |id: &str, name: &str| json!({ "id": id, "name": { "zh": name, "en": id }, "stages": ["primary"] });
    let trip = |from: &str, to: &str| json!({ "from": from, "to": to, "minutes": 15, "both_ways": true });
    let subject = |id: &str, name: &str| json!({ "id": id, "name": { "zh": name, "en": id } });
    json!({
        "schema": "lunpai.district/1", "id": "exchange", "demo": true, "title": { "zh": "节气学区", "en": "Solar terms" },
        "term": { "id": "2026-1", "first_day": "2026-09-01", "last_day": "2027-01-22" },
        "subjects": [subject("chinese", "语文"), subject("music", "音乐")],
        "schools": [school("A", "甲小学"), school("B", "乙小学"), school("C", "丙小学")],
        "travel": { "trips": [trip("A", "B"), trip("A", "C"), trip("B", "C")] },
        "people": people, "names": names,
        "pending": [{ "at": "教师!CANARY-REMARK", "about": "STAYS-A", "proposals": [{ "defer": "maternity" }] }],
    })
    .to_string()
}

pub const POLICY: &str = r#"{
  "schema": "lunpai.policy/1", "id": "short", "title": {"zh": "短办法", "en": "Short"},
  "clauses": [{"id": "agreed", "rule": {"agreed_postings": {}}, "force": "policy"}]
}"#;

pub fn plan() -> Plan {
    let posting = |(line, (_, _, from, to)): (usize, &(&str, &str, &str, &str))| {
        json!({ "person": id(line), "from": school_id(from), "to": school_id(to), "form": if line % 4 == 1 { "support" } else { "rotation" },
            "from_term": "2026-1", "to_term": if line % 4 == 1 { "2026-2" } else { "2028-2" }, "because": ["agreed"] })
    };
    let postings: Vec<Value> = GOLDEN.iter().enumerate().map(posting).collect();
    let plan = json!({ "schema": "lunpai.plan/1", "district": "exchange", "parts": ["postings"], "postings": postings });
    serde_json::from_value(plan).expect("a plan")
}
