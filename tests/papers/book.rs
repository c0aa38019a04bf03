//! `plan.xlsx`: what it says, how it prints, and lessons moved in it.

use super::desk::{DISTRICT, POLICY, clashing_plan, deliver, plan};
use assert_cmd::Command;
use calamine::{Data, Reader, Xlsx};
use lunpai::desk::read_plan;
use lunpai::file::{Plan, Source, read_district};
use rust_xlsxwriter::Workbook;
use std::io::Cursor;
use std::path::Path;

const SHEETS: [&str; 19] = [
    "说明",
    "任课表",
    "班级课表",
    "教师课表",
    "教室课表",
    "学校总课表",
    "学区总课表",
    "走教行程",
    "社团",
    "各班社团",
    "待补",
    "问题",
    "数据-方案",
    "数据-任课",
    "数据-班主任",
    "数据-课表",
    "数据-值班",
    "数据-社团教师",
    "数据-社团学生",
];

type Sheets = Vec<(String, Vec<Vec<String>>)>;

fn sheets(bytes: &[u8]) -> Sheets {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names();
    let read = |name: String| {
        let range = book.worksheet_range(&name).expect("a sheet");
        assert!(book.worksheet_formula(&name).expect("a sheet").is_empty(), "{name}: a formula");
        (name, range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect())
    };
    names.into_iter().map(read).collect()
}

/// The workbook as somebody saved it who changed some cells.
fn saved(sheets: &Sheets) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (row, cells) in (0..).zip(rows) {
            for (column, text) in (0..).zip(cells) {
                sheet.write_string(row, column, text).expect("a cell");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn district() -> lunpai::file::District {
    read_district(&Source { name: "d".to_owned(), bytes: DISTRICT.into() }).expect("a district")
}

fn back(bytes: Vec<u8>) -> Plan {
    read_plan(&Source { name: "plan.xlsx".to_owned(), bytes }, &district()).unwrap_or_else(|problems| panic!("{problems:#?}")).0
}

fn lunpai(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let done = Command::cargo_bin("lunpai").expect("the binary").args(arguments).current_dir(folder).output().expect("it runs");
    (done.status.code(), String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned())
}

/// Read by another program: the sheets are there, nothing is computed, and the plan comes back to the word.
#[test]
fn the_workbook_of_a_plan_says_what_the_plan_says() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("p");
    deliver(&folder);
    let bytes = std::fs::read(folder.join("plan.xlsx")).expect("the workbook");
    let sheets = sheets(&bytes);
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, SHEETS);
    assert_eq!(back(bytes), plan());
    assert_eq!(back(saved(&sheets)), plan(), "and again when an office saved it");
    let sheet = |name: &str| &sheets.iter().find(|(known, _)| known == name).expect(name).1;
    assert!(sheet("任课表").concat().iter().any(|cell| cell.starts_with("=cmd")), "the name is there as it is written");
    assert_eq!(sheet("各班社团")[1], ["甲小学", "一(1)班", "30", "合唱 28", "2", "2"], "two pupils are in no club");
    assert_eq!(sheet("学校总课表")[0][..4], ["学校", "班级", "周一1", "周一2"]);
    let music = &sheet("学校总课表")[1][5];
    assert_eq!(music, "音乐 T2", "周二2 of 一(1)班");
    let of_t2: Vec<_> = sheet("教师课表").iter().filter(|row| row[0] == "T2").collect();
    assert_eq!(of_t2[1][2..], ["第2节", "", "音乐 甲小学一(1)班", "", "音乐 甲小学一(1)班", ""]);
    let district: Vec<_> = sheet("学区总课表")[1..].iter().map(|row| (row[0].as_str(), row[5].as_str())).collect();
    assert_eq!(district, [("甲小学", ""), ("乙小学", "甲小学一(1)班 音乐")]);
}

#[test]
fn periods_are_numbers_that_a_planner_can_add_up_and_ids_stay_text() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("p");
    deliver(&folder);
    let mut book: Xlsx<_> = calamine::open_workbook(folder.join("plan.xlsx")).expect("a workbook");
    let range = book.worksheet_range("任课表").expect("a sheet");
    let rows: Vec<&[Data]> = range.rows().collect();
    let column = |head: &str| rows[0].iter().position(|cell| *cell == Data::String(head.to_owned())).expect("a column");
    let (periods, course) = (column("课时"), column("课程编号"));
    assert!(
        rows.len() > 1 && rows[1..].iter().all(|row| matches!((&row[periods], &row[course]), (Data::Float(_), Data::String(_)))),
        "{rows:?}"
    );
}

/// Cells of a sheet by row, from its XML alone: nothing of this program or of its reader is asked.
fn cells(zip: &mut zip::ZipArchive<std::fs::File>, sheet: &str) -> Vec<Vec<String>> {
    let mut part = |name: &str| std::io::read_to_string(zip.by_name(name).expect(name)).expect("text");
    let (book, strings) = (part("xl/workbook.xml"), part("xl/sharedStrings.xml"));
    let of = |text: &str, tag: &str, attribute: &str| -> Vec<String> {
        let xml = roxmltree::Document::parse(text).expect("XML");
        let text =
            |node: &roxmltree::Node| node.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect::<String>();
        let found = xml.descendants().filter(|node| node.tag_name().name() == tag);
        found
            .map(|node| if attribute.is_empty() { text(&node) } else { node.attribute(attribute).unwrap_or_default().to_owned() })
            .collect()
    };
    let (names, strings) = (of(&book, "sheet", "name"), of(&strings, "si", ""));
    let number = names.iter().position(|name| name == sheet).expect(sheet) + 1;
    let text = part(&format!("xl/worksheets/sheet{number}.xml"));
    let xml = roxmltree::Document::parse(&text).expect("XML");
    let value = |cell: roxmltree::Node| {
        let value = cell.descendants().find(|node| node.tag_name().name() == "v").and_then(|node| node.text()).unwrap_or_default();
        if cell.attribute("t") == Some("s") { strings[value.parse::<usize>().expect("a number")].clone() } else { value.to_owned() }
    };
    let column = |cell: &roxmltree::Node| usize::from(cell.attribute("r").expect("a place").as_bytes()[0] - b'A');
    let row = |row: roxmltree::Node| {
        let mut line = vec![String::new(); 8];
        row.children().filter(roxmltree::Node::is_element).for_each(|cell| line[column(&cell)] = value(cell));
        line
    };
    xml.descendants().filter(|node| node.tag_name().name() == "row").map(row).collect()
}

#[test]
fn an_independent_reader_finds_plan_json_in_the_cells() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("p");
    deliver(&folder);
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("plan.json")).expect("the plan")).expect("JSON");
    let mut zip = zip::ZipArchive::new(std::fs::File::open(folder.join("plan.xlsx")).expect("a file")).expect("a zip");
    let mut rows = |sheet: &str, heads: &[&str]| -> Vec<Vec<String>> {
        let all = cells(&mut zip, sheet);
        let at: Vec<usize> = heads.iter().map(|head| all[0].iter().position(|known| known == head).expect("a column")).collect();
        all[1..].iter().map(|row| at.iter().map(|at| row[*at].clone()).collect()).collect()
    };
    let list = |name: &str| json[name].as_array().expect("a list").clone();
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let lessons: Vec<Vec<String>> = list("timetable")
        .iter()
        .map(|row| {
            let day = ["周一", "周二", "周三", "周四", "周五"][row["at"]["weekday"].as_u64().expect("a day") as usize - 1];
            vec![text(&row["course"]), text(&row["block"]), day.to_owned(), text(&row["at"]["period"])]
        })
        .collect();
    assert_eq!(rows("数据-课表", &["课程编号", "第几次课", "星期", "节次"]), lessons);
    // T1 has a name that looks like a formula: it stands there as text.
    let name = |id: String| if id == "T1" { "=cmd|' /C calc'!A0 <script>alert(1)</script>".to_owned() } else { id };
    let teaching: Vec<Vec<String>> = list("teaching").iter().map(|row| vec![text(&row["course"]), name(text(&row["teacher"]))]).collect();
    assert_eq!(rows("数据-任课", &["课程编号", "教师"]), teaching);
    assert_eq!(rows("数据-方案", &["学区", "状态"]), [[text(&json["district"]), "草案".to_owned()]]);
}

/// What belongs on a page fits on it at the scale the sheet has, and a page begins where it should.
#[test]
fn pages_begin_with_each_class_and_school_and_fit_on_their_paper() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("p");
    deliver(&folder);
    let mut zip = zip::ZipArchive::new(std::fs::File::open(folder.join("plan.xlsx")).expect("a file")).expect("a zip");
    for (index, name) in (1..).zip(SHEETS).take(10) {
        let text = std::io::read_to_string(zip.by_name(&format!("xl/worksheets/sheet{index}.xml")).expect("a sheet")).expect("text");
        let xml = roxmltree::Document::parse(&text).expect("XML");
        let all = |tag: &str| xml.descendants().filter(|node| node.tag_name().name() == tag).collect::<Vec<_>>();
        let number = |node: &roxmltree::Node, name: &str| node.attribute(name).and_then(|text| text.parse::<f64>().ok());
        let setup = all("pageSetup")[0];
        let a3 = name.ends_with("总课表");
        assert_eq!((setup.attribute("paperSize"), setup.attribute("orientation")), (Some(if a3 { "8" } else { "9" }), Some("landscape")));
        assert_eq!(all("sheetProtection").len(), 1, "{name}");
        if setup.attribute("fitToHeight") == Some("0") {
            assert!(["说明", "任课表", "待补", "问题"].contains(&name), "{name}");
            continue;
        }
        let scale = number(&setup, "scale").unwrap_or(100.0) / 100.0;
        let wide: f64 = all("col")
            .iter()
            .map(|col| {
                let columns = number(col, "max").expect("max") - number(col, "min").expect("min") + 1.0;
                // The width in the file is that of the characters and five pixels.
                columns * (number(col, "width").expect("width") * 7.0) / 96.0
            })
            .sum();
        let heights: Vec<f64> = all("row").iter().map(|row| number(row, "ht").unwrap_or(15.0) / 72.0).collect();
        let breaks: Vec<usize> = all("brk").iter().map(|brk| number(brk, "id").expect("id") as usize).collect();
        let (paper_wide, paper_high) = if a3 { (15.13, 10.19) } else { (10.29, 6.77) };
        assert!(wide * scale <= paper_wide + 0.1, "{name}: {wide} inches at {scale}");
        let ends: Vec<usize> = breaks.iter().copied().chain([heights.len()]).collect();
        let mut start = 1;
        for end in ends {
            let high: f64 = heights[0] + heights[start.min(end)..end].iter().sum::<f64>();
            assert!(high * scale <= paper_high + 0.1, "{name}: {high} inches at {scale}");
            start = end;
        }
        if name == "学区总课表" {
            assert_eq!(breaks, [2], "a page for each school");
        }
    }
    let titles = std::io::read_to_string(zip.by_name("xl/workbook.xml").expect("a part")).expect("text");
    assert_eq!(titles.matches("_xlnm.Print_Titles").count(), SHEETS.len(), "{titles}");
}

/// A lesson moved in the workbook is judged; a row that is not understood is told with its cell.
#[test]
fn a_lesson_moved_in_the_workbook_is_judged() {
    let place = tempfile::tempdir().expect("a folder");
    deliver(&place.path().join("p"));
    let path = place.path().join("p/plan.xlsx");
    assert_eq!(lunpai(place.path(), &["check", "p/plan.xlsx"]).0, Some(0), "the district is found beside it");
    let original = sheets(&std::fs::read(path).expect("the workbook"));
    let change = |sheet: &str, row: usize, head: &str, text: &str| {
        let mut sheets = original.clone();
        let rows = &mut sheets.iter_mut().find(|(name, _)| name == sheet).expect("the sheet").1;
        let column = rows[0].iter().position(|known| known == head).expect("the column");
        text.clone_into(&mut rows[row][column]);
        saved(&sheets)
    };
    std::fs::write(place.path().join("district.json"), DISTRICT).expect("written");
    std::fs::write(place.path().join("policy.json"), POLICY).expect("written");
    let check = |bytes: Vec<u8>| {
        std::fs::write(place.path().join("改过的.xlsx"), bytes).expect("written");
        lunpai(place.path(), &["check", "改过的.xlsx", "--district", "district.json", "--policy", "policy.json"])
    };
    // Row 7 is the first music lesson: Tuesday period 2.
    assert_eq!(back(change("数据-课表", 6, "节次", "1")), clashing_plan());
    let (exit, told) = check(change("数据-课表", 6, "节次", "1"));
    assert!(exit == Some(1) && told.contains("一(1)班"), "{exit:?} {told}");
    let (exit, told) = check(change("数据-课表", 6, "星期", "周四"));
    assert!(exit == Some(1), "two lessons at once: {told}");
    let (exit, told) = check(change("数据-任课", 2, "教师", "待补"));
    assert!(exit == Some(0) && told.contains("待补 2 课时"), "{told}");
    for (sheet, row, head, text, code, cell) in [
        ("数据-课表", 6, "星期", "周十", "E-CELL-001", "数据-课表!E7"),
        ("数据-课表", 3, "节次", "上午", "E-CELL-001", "数据-课表!F4"),
        ("数据-课表", 2, "节次", "9", "E-PLAN-005", "数据-课表!A3"),
        ("数据-课表", 4, "课程编号", "A-1.art", "E-REF-", "数据-课表!A5"),
        ("数据-任课", 1, "教师", "无此人", "E-CELL-003", "数据-任课!E2"),
        ("数据-方案", 1, "学区", "other", "E-PLAN-001", "数据-方案!A2"),
    ] {
        let (exit, told) = check(change(sheet, row, head, text));
        assert!(exit == Some(65) && told.contains(code) && told.contains(&format!("改过的.xlsx: {cell}")), "{sheet} {text}: {told}");
    }
    let (exit, told) = check(saved(&original.iter().filter(|(name, _)| !name.starts_with("数据")).cloned().collect()));
    assert!(exit == Some(65) && told.contains("E-BOOK-006"), "{told}");
}
