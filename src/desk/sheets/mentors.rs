//! 师徒: who learns from whom.

use super::super::column::{Column, Sheet, Value};
use super::super::draft::Draft;
use super::put;
use crate::file::{District, Policy};
use crate::problem::Words;

pub(in super::super) struct Mentors;

#[derive(Default)]
pub(in super::super) struct Row {
    person: String,
    mentor: String,
}

impl Sheet for Mentors {
    type Row = Row;
    const NAME: &'static str = "师徒";
    const ALSO: &'static [&'static str] = &["师徒结对", "青蓝工程"];
    const ABOUT: Words = ("师徒结对:谁跟谁学、互相听课", "mentors: who learns from whom and hears whose lessons");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "徒弟",
                &["青方", "青年教师"],
                ("编号或姓名", "id or name"),
                |row, cell, lookup| put(&mut row.person, lookup.people.find(&cell.text())?),
                |row, lookup| Value::text(lookup.people.say(&row.person)),
            )
            .needed(),
            Self::column(
                "师傅",
                &["蓝方", "指导教师"],
                ("编号或姓名", "id or name"),
                |row, cell, lookup| put(&mut row.mentor, lookup.people.find(&cell.text())?),
                |row, lookup| Value::text(lookup.people.say(&row.mentor)),
            )
            .needed(),
        ]
    }
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    let of = |person: &crate::file::Person| Some(Row { person: person.id.clone(), mentor: person.mentor.clone()? });
    district.people.iter().filter_map(of).collect()
}

pub(super) fn read(draft: &mut Draft) {
    for found in draft.rows::<Mentors>() {
        let Row { person, mentor } = found.row;
        let person = draft.district.people.iter_mut().find(|it| it.id == person);
        if let (Some(person), false) = (person, mentor.is_empty()) {
            person.mentor = Some(mentor);
        }
    }
}
