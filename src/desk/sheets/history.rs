//! 交流经历: who has been where, and when.

use super::super::column::{Column, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::values::labels::Labelled;
use super::super::values::month;
use super::put;
use crate::file::{District, Form, Month, PastExchange, Policy};
use crate::problem::Words;

pub(in super::super) struct History;

#[derive(Default)]
pub(in super::super) struct Row {
    person: String,
    from: String,
    to: String,
    start: Option<Month>,
    end: Option<Month>,
    form: Option<Form>,
}

impl Sheet for History {
    type Row = Row;
    const NAME: &'static str = "交流经历";
    const ALSO: &'static [&'static str] = &["历年交流", "交流历史", "交流情况"];
    const ABOUT: Words = ("以往的交流,防止同一个人一去再去", "past exchanges, so that nobody goes again and again");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "教师",
                &["姓名", "编号"],
                ("编号或姓名", "id or name"),
                |row, cell, lookup| put(&mut row.person, lookup.people.find(&cell.text())?),
                |row, lookup| Value::text(lookup.people.say(&row.person)),
            )
            .needed(),
            Self::column(
                "从",
                &["原学校", "派出学校"],
                ("学校;不在本学区的照写", "school; outside the district as it is called"),
                |row, cell, lookup| put(&mut row.from, lookup.schools.find(&cell.text()).unwrap_or_else(|_| cell.text())),
                |row, lookup| Value::text(lookup.schools.say(&row.from)),
            )
            .needed(),
            Self::column(
                "到",
                &["交流学校", "接收学校"],
                ("学校;不在本学区的照写", "school; outside the district as it is called"),
                |row, cell, lookup| put(&mut row.to, lookup.schools.find(&cell.text()).unwrap_or_else(|_| cell.text())),
                |row, lookup| Value::text(lookup.schools.say(&row.to)),
            )
            .needed(),
            Self::column(
                "开始",
                &["起", "开始时间"],
                ("如 2024-09", "such as 2024-09"),
                |row, cell, _| put(&mut row.start, Some(month::read(cell)?)),
                |row, _| Value::maybe(row.start.map(|month| month.to_string())),
            )
            .needed(),
            Self::column(
                "结束",
                &["止", "结束时间"],
                ("如 2025-07;空着表示仍在交流", "such as 2025-07; blank: still there"),
                |row, cell, _| put(&mut row.end, Some(month::read(cell)?)),
                |row, _| Value::maybe(row.end.map(|month| month.to_string())),
            ),
            Self::column(
                "形式",
                &["类别"],
                ("默认 轮岗", "default 轮岗 (rotation)"),
                |row, cell, _| put(&mut row.form, Some(Form::read(cell)?)),
                |row, _| Value::maybe(row.form.map(Form::label)),
            )
            .offers(Offer::Words(Form::labels)),
        ]
    }
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    let row = |id: &String, past: &PastExchange| Row {
        person: id.clone(),
        from: past.from.clone(),
        to: past.to.clone(),
        start: Some(past.start),
        end: past.end,
        form: Some(past.form),
    };
    district.people.iter().flat_map(|person| person.exchanges.iter().map(|past| row(&person.id, past)).collect::<Vec<_>>()).collect()
}

pub(super) fn read(draft: &mut Draft) {
    for found in draft.rows::<History>() {
        let Row { person, from, to, start, end, form } = found.row;
        let person = draft.district.people.iter_mut().find(|it| it.id == person);
        if let (Some(person), Some(start)) = (person, start) {
            person.exchanges.push(PastExchange { from, to, start, end, form: form.unwrap_or(Form::Rotation) });
        }
    }
}
