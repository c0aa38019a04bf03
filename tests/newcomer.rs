//! A newcomer's first hour: the empty template, a school of twelve classes, a checked plan, a timetable to print.
#![cfg(feature = "solve")]

mod sessions;

use assert_cmd::Command;
use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::Workbook;
use std::path::Path;

type Sheets = Vec<(String, Vec<Vec<String>>)>;

fn read(path: &Path) -> Sheets {
    let mut book: Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let names = book.sheet_names();
    let sheet = |name: String| {
        let range = book.worksheet_range(&name).expect("a sheet");
        (name, range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect())
    };
    names.into_iter().map(sheet).collect()
}

fn save(sheets: &Sheets, path: &Path) {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (row, cells) in (0..).zip(rows) {
            for (column, text) in (0..).zip(cells) {
                sheet.write_string(row, column, text).expect("a cell");
            }
        }
    }
    book.save(path).expect("written");
}

fn lunpai(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let done = Command::cargo_bin("lunpai").expect("the binary").args(arguments).current_dir(folder).output().expect("it runs");
    (done.status.code(), String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned())
}

/// Fills the empty template as the tutorial says, and counts the cells.
fn fill(empty: &Path, filled: &Path) -> usize {
    let mut sheets = read(empty);
    let mut edits = 0;
    let mut fill = |sheet: &str, row: usize, head: &str, text: &str| {
        let rows = &mut sheets.iter_mut().find(|(name, _)| name == sheet).expect("the sheet").1;
        let column = rows[0].iter().position(|known| known == head).expect("the column");
        let width = rows[0].len();
        rows.resize(rows.len().max(row + 1), vec![String::new(); width]);
        text.clone_into(&mut rows[row][column]);
        edits += 1;
    };
    fill("学校", 1, "学校", "丁小学");
    fill("学校", 1, "学段", "小学");
    fill("学校", 1, "各年级班数", "2");
    let subjects = ["语文、道法", "语文、道法", "数学、科学", "数学、科学", "英语", "体育", "音乐、美术", "科学、信息"];
    for number in 0..24 {
        fill("教师", number + 1, "姓名", &format!("教师{number}"));
        fill("教师", number + 1, "任教学科", subjects[number % subjects.len()]);
    }
    save(&sheets, filled);
    edits
}

#[test]
fn sixty_cells_are_enough_for_a_timetable_of_twelve_classes() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(lunpai(folder.path(), &["template", "--empty", "--out", "空白.xlsx"]).0, Some(0));
    let edits = fill(&folder.path().join("空白.xlsx"), &folder.path().join("我校.xlsx"));
    assert!(edits <= 60, "{edits} cells");

    let (exit, told) = lunpai(folder.path(), &["solve", "我校.xlsx", "--out", "方案", "--work", "20000", "--threads", "1", "--papers"]);
    assert_eq!(exit, Some(0), "{told}");
    assert!(told.contains("12 班") && told.contains("独立复核通过"), "{told}");
    let (exit, told) = lunpai(folder.path(), &["check", "方案"]);
    assert_eq!(exit, Some(0), "{told}");
    let plan = read(&folder.path().join("方案/plan.xlsx"));
    let classes = &plan.iter().find(|(name, _)| name == "班级课表").expect("the timetables").1;
    let names: std::collections::BTreeSet<&str> = classes[1..].iter().map(|row| row[1].as_str()).collect();
    assert_eq!(names.len(), 12, "{names:?}");
    let filled = classes[1..].iter().flat_map(|row| &row[4..]).filter(|cell| !cell.is_empty()).count();
    assert!(filled >= 12 * 25, "{filled} lessons stand in the grids");
    assert_eq!(lunpai(folder.path(), &["check", "方案/plan.xlsx"]).0, Some(0), "the printed workbook is the plan");
}

/// Both tutorials: each command in its turn, with the template filled after the first.
#[test]
fn the_tutorials_commands_do_what_they_show() {
    let text = |name: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).expect("a tutorial");
    let [english, chinese] = ["tutorial.md", "tutorial.zh.md"].map(|name| sessions::steps(&text(name)));
    let commands = |steps: &[sessions::Step]| steps.iter().map(|step| step.command.replace(" --lang en", "")).collect::<Vec<_>>();
    assert_eq!(commands(&english), commands(&chinese));
    for steps in [english, chinese] {
        let folder = tempfile::tempdir().expect("a folder");
        for step in steps {
            let mut arguments: Vec<&str> = step.command.split_whitespace().collect();
            assert_eq!(arguments.remove(0), "lunpai");
            if arguments[0] == "solve" {
                // By work, not by the clock.
                arguments.extend(["--work", "20000", "--threads", "1"]);
            }
            let (exit, told) = lunpai(folder.path(), &arguments);
            assert_eq!(exit, Some(step.exit), "{}: {told}", step.command);
            assert_eq!(step.missing(&told), None, "{}: {told}", step.command);
            if arguments[0] == "template" {
                let book = folder.path().join("我校.xlsx");
                fill(&book, &book);
            }
        }
        for shown in ["方案/report.html", "方案/plan.xlsx", "方案/papers/方案说明.docx", "对照/tables/changes.csv"] {
            assert!(folder.path().join(shown).is_file(), "{shown}");
        }
    }
}
