//! `plan.xlsx`: the tables as sheets to read and print, and the rows of the plan itself. Text stays text.

use super::table::{Table, harmless};
use super::{CLOSING, DEMO, View};
use crate::file::Plan;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use serde_json::Value;

/// Name of the sheet of each table, and in how many first columns a change begins a new page.
const SHEETS: [(&str, &str, usize); 17] = [
    ("postings", "交流名单", 0),
    ("quotas", "交流比例", 0),
    ("flows", "各校进出", 0),
    ("walks", "置换与轮转", 0),
    ("blocking", "彼此更合意", 0),
    ("balance", "校际均衡", 0),
    ("service", "任教经历", 0),
    ("bodies", "机构席位", 0),
    ("reserve", "后备干部", 0),
    ("teaching", "任课表", 0),
    ("class_timetables", "班级课表", 2),
    ("teacher_timetables", "教师课表", 1),
    ("room_timetables", "教室课表", 1),
    ("scores", "学校考核", 1),
    ("group_scores", "集团考核", 0),
    ("travellers", "走教行程", 1),
    ("shortages", "待补", 0),
];

/// The workbook, or nothing when a sheet would be larger than a workbook can hold. The same plan is the same bytes.
pub(super) fn bytes(view: &View, plan: &Plan, tables: &[(&'static str, Table)]) -> Option<Vec<u8>> {
    let write = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let moment = ExcelDateTime::from_ymd(2026, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&moment));
        sheet(book.add_worksheet(), "说明", &cover(view), 0)?;
        for (id, name, page) in SHEETS {
            if let Some((_, table)) = tables.iter().find(|(known, _)| *known == id) {
                sheet(book.add_worksheet(), name, table, page)?;
            }
        }
        sheet(book.add_worksheet(), "问题", &findings(view), 0)?;
        for (name, table) in data(plan) {
            sheet(book.add_worksheet(), name, &table, 0)?;
        }
        book.save_to_buffer()
    };
    write().ok()
}

/// Title, state, indicators, closing words.
fn cover(view: &View) -> Table {
    let mut table = Table::new(&["项目", "内容"]);
    table.row(["标题", &view.district.title.zh]);
    if view.district.demo {
        table.row(["注意", DEMO.0]);
    }
    table.row(["办法", &view.policy.title.zh]);
    for (level, penalty) in &view.manifest.score {
        table.row([&format!("指标 {level}"), &penalty.to_string()]);
    }
    if let Some(short) = view.manifest.shortfall_periods {
        table.row(["待补课时", &short.to_string()]);
    }
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

/// The rows of `plan.json`, list by list: one column for each field, in the words of the file.
fn data(plan: &Plan) -> Vec<(&'static str, Table)> {
    let json = serde_json::to_value(plan).unwrap_or_default();
    let parts = [
        ("postings", "数据-交流", &["person", "from", "to", "form", "from_term", "to_term", "because"][..]),
        ("teaching", "数据-任课", &["course", "role", "teacher", "blocks"][..]),
        ("class_teachers", "数据-班主任", &["class", "teacher"][..]),
        ("timetable", "数据-课表", &["course", "block", "weekday", "period", "room"][..]),
    ];
    let table = |list: &str, fields: &[&str]| {
        let mut table = Table::new(fields);
        for row in json[list].as_array().into_iter().flatten() {
            let field = |field: &&str| row.get(*field).or_else(|| row["at"].get(*field)).map(words).unwrap_or_default();
            table.row_of(&fields.iter().map(field).collect::<Vec<_>>());
        }
        table
    };
    parts.into_iter().map(|(list, name, fields)| (name, table(list, fields))).collect()
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(words).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

fn sheet(sheet: &mut Worksheet, name: &str, table: &Table, page: usize) -> Result<(), XlsxError> {
    let frame = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
    let head = frame.clone().set_bold().set_align(FormatAlign::Center);
    let quoted = frame.clone().set_quote_prefix();
    sheet.set_name(name)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?.set_freeze_panes(1, 0)?;
    let rows = table.rows();
    for (number, row) in (0_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(row) {
            let format = match number {
                0 => &head,
                _ if harmless(text) != *text => &quoted,
                _ => &frame,
            };
            sheet.write_string_with_format(number, column, text, format)?;
        }
    }
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|text| text.chars().count()).max().unwrap_or(0);
    for column in 0..rows.first().map_or(0, Vec::len) {
        sheet.set_column_width(column as u16, width(column).clamp(4, 18) as f64 * 2.0)?;
    }
    if page > 0 {
        let body = (1_u32..).zip(rows.windows(2).skip(1));
        let breaks: Vec<u32> = body.filter(|(_, pair)| pair[0][..page] != pair[1][..page]).map(|(number, _)| number + 1).collect();
        // A spreadsheet holds no more than 1,023 breaks by hand.
        if breaks.len() <= 1_023 {
            sheet.set_page_breaks(&breaks)?;
        }
    }
    Ok(())
}
