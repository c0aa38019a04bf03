//! 亲属: couples who must be within reach of each other, relatives who must not be at one school.

use super::super::column::{Column, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::values::labels::Labelled;
use super::put;
use crate::file::{District, Kin, KinTie, Policy};
use crate::problem::Words;

pub(in super::super) struct KinList;

#[derive(Default)]
pub(in super::super) struct Row {
    person: String,
    tie: Option<KinTie>,
    other: String,
}

impl Sheet for KinList {
    type Row = Row;
    const NAME: &'static str = "亲属";
    const ALSO: &'static [&'static str] = &["亲属关系", "夫妻"];
    const ABOUT: Words = ("夫妻同在通勤范围、亲属回避", "couples within reach of each other; relatives kept apart");

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
                "关系",
                &[],
                ("同在通勤范围 或 回避", "同在通勤范围 (within reach) or 回避 (never at one school)"),
                |row, cell, _| put(&mut row.tie, Some(KinTie::read(cell)?)),
                |row, _| Value::maybe(row.tie.map(KinTie::label)),
            )
            .needed()
            .offers(Offer::Words(KinTie::labels)),
            Self::column(
                "对方",
                &["亲属", "配偶"],
                ("编号或姓名", "id or name"),
                |row, cell, lookup| put(&mut row.other, lookup.people.find(&cell.text())?),
                |row, lookup| Value::text(lookup.people.say(&row.other)),
            )
            .needed(),
        ]
    }
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    let of = |person: &crate::file::Person| {
        let id = person.id.clone();
        person.kin.clone().into_iter().map(move |kin| Row { person: id.clone(), tie: Some(kin.tie), other: kin.person })
    };
    district.people.iter().flat_map(of).collect()
}

pub(super) fn read(draft: &mut Draft) {
    for found in draft.rows::<KinList>() {
        let Row { person, tie, other } = found.row;
        let person = draft.district.people.iter_mut().find(|it| it.id == person);
        if let (Some(person), Some(tie), false) = (person, tie, other.is_empty()) {
            person.kin.push(Kin { person: other, tie });
        }
    }
}
