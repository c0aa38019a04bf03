//! The commands with a workbook where a district goes.

use super::described::Described;
use super::instance;
use super::messy::BASE;
#[cfg(feature = "solve")]
use super::repo;
use assert_cmd::Command;
use lunpai::file::{Source, read_district};
use std::path::Path;

/// Exit code and what was printed, both streams.
fn lunpai(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let done = Command::cargo_bin("lunpai").expect("the binary").args(arguments).current_dir(folder).output().expect("it runs");
    let text = [done.stdout, done.stderr].concat();
    (done.status.code().unwrap_or(-1), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn a_template_is_validated_converted_and_never_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| lunpai(folder.path(), arguments);
    assert_eq!(run(&["template", "--out", "district.xlsx"]).0, 0);
    assert_eq!(run(&["template", "--empty", "--out", "district.xlsx"]).0, 73, "somebody may have filled it");
    let (exit, told) = run(&["validate", "district.xlsx"]);
    assert_eq!(exit, 0, "{told}");
    assert!(told.contains("W-TRAVEL-004") && told.contains("district.xlsx: 路程!A"), "places are cells: {told}");
    assert_eq!(run(&["convert", "district.xlsx", "--out", "district.json"]).0, 0);
    let json = Source::read(&folder.path().join("district.json")).expect("a file");
    assert_eq!(read_district(&json).expect("a district"), instance("huayuankou/district.json"));
    assert_eq!(run(&["convert", "district.json", "--out", "again.xlsx"]).0, 0);
    assert_eq!(run(&["validate", "again.xlsx"]).0, 0);
    assert_eq!(run(&["convert", "district.json", "--out", "district.txt"]).0, 64);
    assert_eq!(run(&["template", "--per-school", "--out", "schools"]).0, 0);
    assert_eq!(run(&["collect", "schools", "--out", "all.xlsx"]).0, 0);
    let (exit, told) = run(&["validate", "all.xlsx"]);
    assert_eq!(exit, 0, "trips, groups and rules come with the district's own workbook: {told}");
    std::fs::remove_file(folder.path().join("schools/BB.xlsx")).expect("removed");
    let (exit, told) = run(&["collect", "schools", "--out", "five.xlsx"]);
    assert!(exit == 1 && told.contains("E-COLLECT-001") && told.contains("八堡小学"), "{exit} {told}");
}

#[test]
fn a_workbook_or_a_folder_of_tables_is_a_district_for_check_and_validate() {
    let folder = tempfile::tempdir().expect("a folder");
    let base = Described::parse(BASE);
    std::fs::write(folder.path().join("base.xlsx"), base.workbook().bytes).expect("written");
    std::fs::create_dir(folder.path().join("tables")).expect("a folder");
    for (file, text) in base.tables() {
        std::fs::write(folder.path().join("tables").join(file), text).expect("written");
    }
    let plan = r#"{"schema": "lunpai.plan/1", "district": "base", "parts": []}"#;
    std::fs::write(folder.path().join("plan.json"), plan).expect("written");
    for district in ["base.xlsx", "tables"] {
        let (exit, told) = lunpai(folder.path(), &["validate", district]);
        assert_eq!(exit, 0, "{told}");
        let (exit, told) = lunpai(folder.path(), &["check", "plan.json", "--district", district]);
        assert_eq!(exit, 0, "{told}");
    }
    std::fs::write(folder.path().join("old.xls"), [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).expect("written");
    let (exit, told) = lunpai(folder.path(), &["validate", "old.xls"]);
    assert!(exit == 65 && told.contains("另存为 .xlsx"), "{exit} {told}");
    assert_eq!(lunpai(folder.path(), &["validate", "none.xlsx"]).0, 66);
}

/// Remarks that nobody has confirmed stand on the first page, and the plan is the same to the byte.
#[cfg(feature = "solve")]
#[test]
fn a_workbook_is_solved_and_its_remarks_change_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let classes =
        "= 班级\n学校 | 年级 | 班级 | 班主任\n甲小学 | 1 | 1 | 张甲\n= 课时计划\n年级 | 学科 | 周课时\n1 | 语文 | 5\n1 | 数学 | 4\n";
    for remark in ["remark-pregnant", "remark-second-child", "remark-couple", "remark-injury"] {
        let text = std::fs::read_to_string(repo(&format!("tests/workbooks/messy/{remark}.txt"))).expect("the case");
        // The same sheet with its remark dismissed.
        let dismissed = text.replace(" | 备注\n", " | 备注 | 备注处理\n");
        let dismissed: Vec<String> =
            dismissed.lines().map(|line| if line.starts_with("T1") { format!("{line} | 不影响") } else { line.to_owned() }).collect();
        let mut plans = Vec::new();
        for (name, text) in [("open", text.clone()), ("dismissed", dismissed.join("\n"))] {
            let book = Described::parse(&format!("{text}\n{classes}")).over(BASE).workbook();
            // One name for both: a district without an id is called by its file.
            std::fs::write(folder.path().join("case.xlsx"), book.bytes).expect("written");
            let out = format!("{remark}-{name}");
            let (exit, told) = lunpai(folder.path(), &["solve", "case.xlsx", "--work", "2000", "--threads", "1", "--out", &out]);
            assert_eq!(exit, 0, "{remark} {name}: {told}");
            assert_eq!(lunpai(folder.path(), &["check", &out]).0, 0, "{remark} {name}");
            let read = |file: &str| std::fs::read_to_string(folder.path().join(&out).join(file)).expect("a file");
            assert_eq!(read("report.html").contains("W-NOTE-001"), name == "open", "{remark} {name}");
            assert!(!read("inputs/district.json").contains("腿伤"), "the story stays in the workbook");
            plans.push(read("plan.json"));
        }
        assert_eq!(plans[0], plans[1], "{remark}");
    }
}
