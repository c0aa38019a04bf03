//! `plan.xlsx`: the tables as sheets to read and print, and the rows of the plan itself. Text stays text.

use super::print::{FLOWS, Paper, add};
use super::table::Table;
use super::{CLOSING, DEMO, View, overviews};
use crate::check::Facts;
use crate::desk::add_plan;
use crate::file::Part;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Workbook, XlsxError};

/// The tables before and after the timetables, each with the name of its sheet and its paper.
const BEFORE: [(&str, &str, Paper); 12] = [
    ("changes", "改动", FLOWS),
    ("postings", "交流名单", FLOWS),
    ("quotas", "交流比例", FLOWS),
    ("flows", "各校进出", FLOWS),
    ("walks", "置换与轮转", FLOWS),
    ("blocking", "彼此更合意", FLOWS),
    ("balance", "校际均衡", FLOWS),
    ("service", "任教经历", FLOWS),
    ("bodies", "机构席位", FLOWS),
    ("reserve", "后备干部", FLOWS),
    ("teaching", "任课表", FLOWS),
    ("class_timetables", "班级课表", CLASSES),
];
const AFTER: [(&str, &str, Paper); 7] = [
    ("scores", "学校考核", EACH),
    ("group_scores", "集团考核", FLOWS),
    ("travellers", "走教行程", EACH),
    ("duties", "值班", EACH),
    ("clubs", "社团", EACH),
    ("club_classes", "各班社团", EACH),
    ("shortages", "待补", FLOWS),
];
const EACH: Paper = Paper { together: 1, ..FLOWS };
const CLASSES: Paper = Paper { together: 2, ..FLOWS };
const TEACHERS: Paper = Paper { together: 1, on_a_page: 4, ..FLOWS };
const WALL: Paper = Paper { a3: true, together: 1, on_a_page: 1, widest: 12 };

/// The workbook, or nothing when a sheet would be larger than a workbook can hold. The same plan is the same bytes.
pub(super) fn bytes(view: &View, facts: &Facts, tables: &[(&'static str, Table)]) -> Option<Vec<u8>> {
    let write = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let moment = ExcelDateTime::from_ymd(2026, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&moment));
        let footer = if view.district.demo { format!("{}  {}", DEMO.0, CLOSING.0) } else { CLOSING.0.to_owned() };
        let mut sheet = |name: &str, table: &Table, paper: Paper| add(&mut book, name, table, paper, &footer);
        sheet("说明", &cover(view), FLOWS)?;
        let known = |id: &str| tables.iter().find(|(known, _)| *known == id).map(|(_, table)| table);
        for (id, name, paper) in BEFORE {
            known(id).map_or(Ok(()), |table| sheet(name, table, paper))?;
        }
        if facts.plan.parts.contains(&Part::Timetable) {
            sheet("教师课表", &overviews::of_teachers(facts), TEACHERS)?;
            sheet("教室课表", &overviews::of_rooms(facts), EACH)?;
            sheet("学校总课表", &overviews::of_schools(facts), WALL)?;
            sheet("学区总课表", &overviews::of_district(facts), WALL)?;
        }
        for (id, name, paper) in AFTER {
            known(id).map_or(Ok(()), |table| sheet(name, table, paper))?;
        }
        sheet("问题", &findings(view), FLOWS)?;
        add_plan(&mut book, facts)?;
        if let Some(draft) = view.draft() {
            mark(&mut book, &draft.zh)?;
        }
        book.save_to_buffer()
    };
    write().ok()
}

/// A draft says what it is on every sheet: on its tab and in its printed head. The sheets that are read back keep their names.
fn mark(book: &mut Workbook, draft: &str) -> Result<(), XlsxError> {
    for sheet in book.worksheets_mut() {
        let name = sheet.name();
        if !name.starts_with(DATA) {
            sheet.set_name(format!("草案 {name}"))?;
        }
        sheet.set_tab_color(Color::Red).set_header(format!("&C&B{draft}&B  {}", name.replace('&', "&&")));
    }
    Ok(())
}

/// How the names of the sheets begin that a plan is read from.
const DATA: &str = "数据-";

/// Title, state, indicators, closing words.
fn cover(view: &View) -> Table {
    let mut table = Table::new(&["项目", "内容"]);
    if let Some(draft) = view.draft() {
        table.row(["状态", &draft.zh]);
    }
    table.row(["标题", &view.district.title.zh]);
    if view.district.demo {
        table.row(["注意", DEMO.0]);
    }
    table.row(["办法", &view.policy.title.zh]);
    for (level, penalty) in &view.manifest.score {
        table.row([&format!("指标 {level}"), &penalty.to_string()]);
    }
    if view.manifest.decisions_needed > 0 {
        table.row(["须经会议决定", &format!("{} 处(见「问题」)", view.manifest.decisions_needed)]);
    }
    if let Some(short) = view.manifest.shortfall_periods {
        table.row(["待补课时", &short.to_string()]);
    }
    table.row([
        "怎样调课",
        "在「数据-课表」改星期、节次、教室,在「数据-任课」换教师,存盘后运行:lunpai check 本文件。其他各表是照这些数据印的,已加锁(无密码)",
    ]);
    table.row(["声明", CLOSING.0]);
    table
}

/// What the checker found, in words, and what waits to be confirmed.
fn findings(view: &View) -> Table {
    let mut table = Table::new(&["类别", "条款", "内容"]);
    for warning in view.warnings {
        table.row(["待您确认", warning.code, &warning.found.zh]);
    }
    for finding in view.judgement.iter().flat_map(|judgement| &judgement.verdict.findings) {
        table.row(["复核", &finding.clause, &finding.text.zh]);
    }
    table
}
