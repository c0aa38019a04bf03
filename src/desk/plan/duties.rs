//! 数据-值班: who is on duty when.

use super::super::column::{Column, Sheet, Value};
use super::super::sheets::put;
use super::super::values::whole;
use super::optional;
use crate::file::{Duty, Plan};
use crate::problem::Words;

pub(super) struct Duties;

fn duty(row: &mut Option<Duty>) -> &mut Duty {
    row.get_or_insert_with(|| Duty { roster: String::new(), turn: 0, person: String::new() })
}

impl Sheet for Duties {
    type Row = Option<Duty>;
    const NAME: &'static str = "数据-值班";
    const ALSO: &'static [&'static str] = &[];
    const ABOUT: Words = ("每行一人一次", "one line a turn and person");

    fn columns() -> Vec<Column<Self::Row>> {
        vec![
            Self::column(
                "值班编号",
                &[],
                ("请勿改动", "leave as it is"),
                |row, cell, _| put(&mut duty(row).roster, cell.text()),
                |row, _| optional(row.as_ref().map(|row| &row.roster)),
            )
            .needed(),
            Self::column(
                "第几次",
                &[],
                ("第几周,或第几个时间", "number of the week or time"),
                |row, cell, _| put(&mut duty(row).turn, whole(cell, 255)? as u8),
                |row, _| Value::maybe(row.as_ref().map(|row| u32::from(row.turn))),
            )
            .needed(),
            Self::column(
                "教师",
                &[],
                ("姓名或编号", "name or id"),
                |row, cell, lookup| put(&mut duty(row).person, lookup.people.find(&cell.text())?),
                |row, lookup| Value::maybe(row.as_ref().map(|row| lookup.people.say(&row.person))),
            )
            .needed(),
        ]
    }
}

pub(super) fn write(plan: &Plan) -> Vec<Option<Duty>> {
    plan.duties.iter().map(|row| Some(row.clone())).collect()
}
