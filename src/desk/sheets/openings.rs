//! 空岗: posts to be filled by the exchange.

use super::super::column::{Column, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::values::labels::Labelled;
use super::put;
use super::schools::{rank, say_rank};
use crate::file::{District, Opening, Policy, Stage};
use crate::problem::Words;

pub(in super::super) struct Openings;

#[derive(Default)]
pub(in super::super) struct Row {
    school: String,
    opening: Opening,
}

impl Sheet for Openings {
    type Row = Row;
    const NAME: &'static str = "空岗";
    const ALSO: &'static [&'static str] = &["空岗一览", "缺岗"];
    const ABOUT: Words = ("要通过交流补上的岗位", "posts that the exchange should fill");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "学校",
                &[],
                ("学校名称", "name of the school"),
                |row, cell, lookup| put(&mut row.school, lookup.schools.find(&cell.text())?),
                |row, lookup| Value::text(lookup.schools.say(&row.school)),
            )
            .needed()
            .offers(Offer::From("学校", "学校")),
            Self::column(
                "编号",
                &[],
                ("空着自动编", "blank: numbered"),
                |row, cell, _| put(&mut row.opening.id, cell.text()),
                |row, _| Value::text(&row.opening.id),
            ),
            Self::column(
                "学科",
                &[],
                ("空着不限", "blank: any"),
                |row, cell, lookup| put(&mut row.opening.subject, Some(lookup.subjects.find(&cell.text())?)),
                |row, lookup| Value::maybe(row.opening.subject.as_ref().map(|id| lookup.subjects.say(id))),
            ),
            Self::column(
                "学段",
                &[],
                ("空着不限", "blank: any"),
                |row, cell, _| put(&mut row.opening.stage, Some(Stage::read(cell)?)),
                |row, _| Value::maybe(row.opening.stage.map(Stage::label)),
            )
            .offers(Offer::Words(Stage::labels)),
            Self::column(
                "岗位等级",
                &[],
                ("空着不限", "blank: any"),
                |row, cell, _| put(&mut row.opening.rank, Some(rank(&cell.text()))),
                |row, _| Value::maybe(row.opening.rank.as_ref().map(|id| say_rank(id))),
            ),
        ]
    }
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    let of = |school: &crate::file::School| {
        let id = school.id.clone();
        school.openings.clone().into_iter().map(move |opening| Row { school: id.clone(), opening })
    };
    district.schools.iter().flat_map(of).collect()
}

pub(super) fn read(draft: &mut Draft) {
    for found in draft.rows::<Openings>() {
        let Row { school, mut opening } = found.row;
        let Some(index) = draft.district.schools.iter().position(|it| it.id == school) else { continue };
        let openings = &mut draft.district.schools[index].openings;
        let number = openings.len();
        if opening.id.is_empty() {
            opening.id = format!("{school}-{}", number + 1);
        }
        openings.push(opening);
        draft.came_from(&format!("schools[{index}].openings"), number, &found.at);
    }
}
