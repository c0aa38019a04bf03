//! The report's pictures, strips and questions, of plans small enough to be counted by hand.

use super::{deliver, desk, exchange};
use assert_cmd::Command;
use serde_json::{Value, json};
use std::path::Path;

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What stands under a heading, up to the next one.
fn section<'a>(page: &'a str, id: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("<h2 id=\"{id}\">")).unwrap_or_else(|| panic!("no section {id}"));
    rest.split_once("<h2").map_or(rest, |(section, _)| section)
}

/// 20 people between three schools: 6 swaps, then one chain over three schools and six moves to a vacancy.
#[test]
fn every_posting_is_an_arrow_and_a_line_beside_it() {
    let place = tempfile::tempdir().expect("a folder");
    deliver(&exchange::district(), exchange::POLICY, &exchange::plan(), &place.path().join("p"));
    let page = read(&place.path().join("p/report.html"));
    let flow = section(&page, "flow");
    let ways = ["置换 · 6 人:甲小学 → 乙小学 → 甲小学", "置换 · 4 人:甲小学 → 丙小学 → 甲小学", "置换 · 2 人:乙小学 → 丙小学 → 乙小学"];
    let chains = ["链 · 2 人:甲小学 → 乙小学 → 丙小学", "链 · 3 人:甲小学 → 乙小学", "链 · 3 人:甲小学 → 丙小学"];
    for way in ways.iter().chain(&chains) {
        assert_eq!(flow.matches(&format!("<figcaption><span lang=\"zh\">{way}<")).count(), 1, "{way}");
    }
    assert_eq!(flow.matches("<tr><td class=\"n\">").count(), 20);
    for (name, ..) in exchange::GOLDEN {
        assert!(flow.contains(name), "{name}");
    }
    let drawn: Vec<&str> = flow.split("<svg ").skip(1).map(|rest| rest.split_once("</svg>").expect("an end").0).collect();
    let counts: Vec<[usize; 3]> = drawn
        .iter()
        .map(|svg| {
            let text = format!("<svg {svg}</svg>");
            let xml = roxmltree::Document::parse(&text).expect("XML");
            ["rect", "path", "polygon"].map(|tag| xml.descendants().filter(|node| node.has_tag_name(tag)).count())
        })
        .collect();
    assert_eq!(counts, [[2, 2, 2], [2, 2, 2], [2, 2, 2], [3, 2, 2], [2, 1, 1], [2, 1, 1]], "boxes, lines, heads");
    assert!(drawn[0].contains(">1×3<") && drawn[3].contains(">2<"), "an arrow for several says how many");
    for file in std::fs::read_dir(place.path().join("p/papers")).expect("papers").flatten() {
        assert!(!String::from_utf8_lossy(&std::fs::read(file.path()).expect("a file")).contains("<svg"), "{:?}", file.file_name());
    }
}

/// T2 of school B teaches at A on Tuesday, in the hall of C, and at A on Thursday.
#[test]
fn a_strip_says_where_travellers_are_and_a_shared_room_what_is_free() {
    let place = tempfile::tempdir().expect("a folder");
    let mut district: Value = serde_json::from_str(desk::DISTRICT).expect("JSON");
    let school = json!({ "id": "C", "name": { "zh": "丙小学", "en": "School C" }, "stages": ["primary"] });
    district["schools"].as_array_mut().expect("schools").push(school);
    let trip = |from: &str| json!({ "from": from, "to": "C", "minutes": 10, "both_ways": true });
    district["travel"]["trips"].as_array_mut().expect("trips").extend([trip("A"), trip("B")]);
    district["curriculum"][1]["room"] = json!({ "kind": "hall", "site": "C", "blocks": 1 });
    district["rooms"] = json!([{ "id": "hall", "name": { "zh": "礼堂", "en": "Hall" }, "site": "C", "kind": "hall", "open_to": ["A"],
        "open": [{ "weekday": 2, "from": "08:00", "to": "12:00" }, { "weekday": 3, "from": "09:20", "to": "12:00" }] }]);
    let mut plan = desk::plan();
    plan.timetable[5].room = Some("hall".to_owned());
    deliver(&district.to_string(), desk::POLICY, &plan, &place.path().join("p"));
    let bureau = read(&place.path().join("p/report.html"));
    let marks = |page: &str| section(page, "strip").split("title=\"").skip(1).map(|rest| rest[..9].to_owned()).collect::<Vec<_>>();
    assert_eq!(marks(&bureau), ["丙小学", "甲小学"], "Tuesday, Thursday");
    assert!(section(&bureau, "strip").contains("<b class=\"at s2\" title=\"丙小学 / School C\">C</b>"), "a letter, not the shade alone");
    let version = |school: &str| read(&place.path().join(format!("p/papers/report.school-{school}.html")));
    assert_eq!(marks(&version("B")), ["丙小学", "甲小学"], "its own teacher");
    assert_eq!(marks(&version("C")), ["丙小学"], "where else a visitor goes is not its business");
    let rooms = section(&bureau, "rooms");
    let cells: Vec<&str> =
        rooms.split("<td").skip(1).map(|rest| rest.split_once('>').expect("a tag").1.split('<').next().expect("text")).collect();
    assert_eq!(cells, ["··", "□▲", "·□", "··", "··", "0", "1", "2"], "two windows of three periods, one taken by a guest");
    assert!(!read(&place.path().join("p/papers/report.public.html")).contains("id=\"strip\""));
}

fn lunpai(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let done = Command::cargo_bin("lunpai").expect("the binary").args(arguments).current_dir(folder).output().expect("it runs");
    (done.status.code(), String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned())
}

#[test]
fn a_report_against_an_earlier_version_counts_and_lists_what_changed() {
    let place = tempfile::tempdir().expect("a folder");
    desk::deliver(&place.path().join("p"));
    let report = |before: &str, out: &str| lunpai(place.path(), &["report", "p", "--before", before, "--out", out]);
    let mut plan = desk::plan();
    plan.timetable[5].at.weekday = 5;
    plan.teaching[0].teacher = Some("GONE".to_owned());
    plan.teaching[1].teacher = None;
    std::fs::write(place.path().join("old.json"), serde_json::to_vec(&plan).expect("JSON")).expect("written");
    let (exit, told) = report("old.json", "new");
    assert_eq!(exit, Some(0), "{told}");
    let page = read(&place.path().join("new/report.html"));
    let (first, _) = page.split_once("</main>").expect("page 1");
    assert!(first.contains("与上一稿相比改动 3 处:任课 2 处、课表 1 处"), "{first}");
    let table = read(&place.path().join("new/tables/changes.csv"));
    let lines: Vec<&str> = table.lines().skip(1).collect();
    let name = "'=cmd|' /C calc'!A0 <script>alert(1)</script>";
    let rows = [
        format!("任课,甲小学一(1)班 语文,GONE,{name}"),
        "任课,甲小学一(1)班 音乐,待补,T2".to_owned(),
        "课表,甲小学一(1)班 音乐 第1次,周五第2节,周二第2节".to_owned(),
    ];
    assert_eq!(lines, rows);
    assert_eq!(section(&page, "changes").matches("<tr><td>").count(), 3);
    assert_eq!(report("p", "same").0, Some(0), "an output directory will do");
    assert!(read(&place.path().join("same/report.html")).contains("与上一稿相比改动 0 处"));
    plan.district = "elsewhere".to_owned();
    std::fs::write(place.path().join("other.json"), serde_json::to_vec(&plan).expect("JSON")).expect("written");
    let (exit, told) = report("other.json", "none");
    assert!(exit == Some(65) && told.contains("E-PLAN-001") && !place.path().join("none").exists(), "{exit:?} {told}");
}

/// The lines of page 1 under a label.
fn row(page: &str, label: &str) -> Vec<String> {
    let (_, rest) = page.split_once(&format!("<span lang=\"zh\">{label}</span>")).unwrap_or_else(|| panic!("no row {label}"));
    let (_, lines) = rest.split_once("<dd>").expect("lines");
    let (lines, _) = lines.split_once("</dd>").expect("an end");
    let zh = |part: &str| {
        part.split_once("<span lang=\"zh\">").and_then(|(_, rest)| rest.split_once("</span>")).map(|(words, _)| words.to_owned())
    };
    lines.split("<br>").filter_map(zh).collect()
}

#[test]
fn questions_of_page_1_name_their_price() {
    let place = tempfile::tempdir().expect("a folder");
    let mut plan = desk::plan();
    plan.teaching[1].teacher = None;
    let mut policy: Value = serde_json::from_str(desk::POLICY).expect("JSON");
    let cap = |over: u32| json!({ "load_cap": { "over_target": over } });
    policy["clauses"].as_array_mut().expect("clauses").push(json!({ "id": "target", "rule": cap(0), "force": "policy" }));
    policy["decisions"] =
        json!([{ "clause": "target", "relaxed_to": cap(2), "meeting": "教代会", "date": "2026-07-10", "document": "纪要1号" }]);
    deliver(desk::DISTRICT, &policy.to_string(), &plan, &place.path().join("p"));
    let page = read(&place.path().join("p/report.html"));
    let asked = [
        "1. 每周还有 2 课时没有教师(甲小学音乐 2),没有证明不能再少,可以给更多时间再排,怎么补?",
        "\u{3000}甲 招聘、代课、专递课堂或支教:外来补足 2 课时",
        "\u{3000}乙 暂缺:1 门课(每班每科算一门)先空着,课表里写“待补”",
    ];
    assert_eq!(row(&page, "请您决定"), asked);
    // T1 has five periods where four are the target: what the meeting allowed is used once.
    assert_eq!(row(&page, "会议放宽的"), ["“课时上限”(target):教代会(纪要1号)同意放宽;按原规定有 1 处不符"]);

    let mut district: Value = serde_json::from_str(&exchange::district()).expect("JSON");
    // P21 is sent to B, in a swap; P20 to C.
    for person in district["people"].as_array_mut().expect("people") {
        if let Some("P21" | "P20") = person["id"].as_str() {
            person["wishes"] = json!({ "schools": ["C"] });
        }
    }
    deliver(&district.to_string(), exchange::POLICY, &exchange::plan(), &place.path().join("q"));
    let asked = row(&read(&place.path().join("q/report.html")), "请您决定");
    assert_eq!(asked[0], "1. 1 人填过志愿,去向却不在其中(P21),是否派出?");
    assert_eq!(asked[1..3], ["\u{3000}甲 派出:要逐一征得 1 人同意", "\u{3000}乙 不派:一人退出,与其对调、轮转的人要跟着重排(最多 1 人)"]);
}
