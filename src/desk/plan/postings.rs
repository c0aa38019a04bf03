//! 数据-交流: the plan's postings.

use super::super::column::{Column, Sheet, Value};
use super::super::lookup::Lookup;
use super::super::sheets::put;
use super::super::values::labels::Labelled;
use super::super::values::{join, list};
use super::optional;
use crate::file::{Form, Posting};
use crate::problem::Words;

pub(super) struct Postings;

/// The posting of a row that is being read.
fn posting(row: &mut Option<Posting>) -> &mut Posting {
    row.get_or_insert_with(|| Posting {
        person: String::new(),
        from: String::new(),
        to: String::new(),
        form: Form::Rotation,
        from_term: String::new(),
        to_term: None,
        because: Vec::new(),
    })
}

fn school(lookup: &Lookup, id: Option<&String>) -> Value {
    Value::maybe(id.map(|id| lookup.schools.say(id)))
}

impl Sheet for Postings {
    type Row = Option<Posting>;
    const NAME: &'static str = "数据-交流";
    const ALSO: &'static [&'static str] = &[];
    const ABOUT: Words = ("每行一人", "one line a person");

    fn columns() -> Vec<Column<Self::Row>> {
        vec![
            Self::column(
                "教师",
                &[],
                ("姓名或编号", "name or id"),
                |row, cell, lookup| put(&mut posting(row).person, lookup.people.find(&cell.text())?),
                |row, lookup| Value::maybe(row.as_ref().map(|row| lookup.people.say(&row.person))),
            )
            .needed(),
            Self::column(
                "从",
                &[],
                ("现在任教的学校", "school worked at now"),
                |row, cell, lookup| put(&mut posting(row).from, lookup.schools.find(&cell.text())?),
                |row, lookup| school(lookup, row.as_ref().map(|row| &row.from)),
            )
            .needed(),
            Self::column(
                "到",
                &[],
                ("交流到的学校", "school posted to"),
                |row, cell, lookup| put(&mut posting(row).to, lookup.schools.find(&cell.text())?),
                |row, lookup| school(lookup, row.as_ref().map(|row| &row.to)),
            )
            .needed(),
            Self::column(
                "形式",
                &[],
                ("轮岗、支教、挂职等", "form of the posting"),
                |row, cell, _| put(&mut posting(row).form, Form::read(cell)?),
                |row, _| Value::maybe(row.as_ref().map(|row| row.form.label())),
            )
            .needed(),
            Self::column(
                "起始学期",
                &[],
                ("如 2026-1", "such as 2026-1"),
                |row, cell, _| put(&mut posting(row).from_term, cell.text()),
                |row, _| optional(row.as_ref().map(|row| &row.from_term)),
            )
            .needed(),
            Self::column(
                "结束学期",
                &[],
                ("空着为未定", "blank: open"),
                |row, cell, _| put(&mut posting(row).to_term, Some(cell.text())),
                |row, _| optional(row.as_ref().and_then(|row| row.to_term.as_ref())),
            ),
            Self::column(
                "依据条款",
                &[],
                ("条款编号,用顿号隔开", "ids of clauses, separated by 、"),
                |row, cell, _| put(&mut posting(row).because, list(&cell.text())),
                |row, _| Value::text(row.as_ref().map(|row| join(&row.because)).unwrap_or_default()),
            ),
        ]
    }
}
