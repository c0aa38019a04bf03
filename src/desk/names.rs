//! A list of names to be joined last: a workbook, a CSV file, or a JSON object of id → name.

use super::book::Book;
use super::column::{Column, Sheet, Value};
use super::draft::Draft;
use super::lookup::Lookup;
use super::open;
use super::problems::NO_SHEET;
use super::sheets::put;
use super::tabs::{Form, Tabs};
use crate::file::{District, Source, parse};
use crate::problem::{Problem, Severity, Words};
use std::collections::BTreeMap;

struct NameList;

impl Sheet for NameList {
    /// Id, name.
    type Row = (String, String);
    const NAME: &'static str = "姓名";
    const ALSO: &'static [&'static str] = &["教师", "名单", "姓名表"];
    const ABOUT: Words = ("编号和姓名", "ids and names");

    fn columns() -> Vec<Column<Self::Row>> {
        vec![
            Self::column(
                "编号",
                &["教师编号", "id"],
                ("学区文件里的编号", "id in the district file"),
                |row, cell, lookup| put(&mut row.0, lookup.people.find(&cell.text())?),
                |row, _| Value::text(&row.0),
            )
            .needed(),
            Self::column("姓名", &["name"], ("姓名", "name"), |row, cell, _| put(&mut row.1, cell.text()), |row, _| Value::text(&row.1))
                .needed(),
        ]
    }
}

/// Id → name, for people of the district.
///
/// # Errors
/// A file that cannot be read, and every row that names nobody of the district.
pub fn read_names(source: &Source, district: &District) -> Result<BTreeMap<String, String>, Vec<Problem>> {
    if source.bytes.trim_ascii_start().starts_with(b"{") {
        return parse(source).map_err(|problem| vec![problem]);
    }
    let book: Book = open::read_table(source).map_err(|problem| vec![problem])?;
    let tabs = Tabs::by_name(&book, &[Form::of::<NameList>()]);
    let mut draft = Draft::with(&book, tabs, Lookup::of(district));
    if !draft.has::<NameList>() {
        draft.tell(NO_SHEET.at(&book.name).found("没有「姓名」或「教师」表", "there is no sheet 姓名 or 教师"));
    }
    let names = draft.rows::<NameList>().into_iter().map(|found| found.row).collect();
    draft.problems.retain(|problem| problem.severity == Severity::Error);
    if draft.problems.is_empty() { Ok(names) } else { Err(draft.problems) }
}
