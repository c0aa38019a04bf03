//! 路程: minutes between schools, as a list or as a cross table.

use super::super::book::Grid;
use super::super::column::{Column, Offer, Sheet, Value};
use super::super::cross::unfold;
use super::super::draft::Draft;
use super::super::values::labels::Labelled;
use super::super::values::{whole, yes};
use super::put;
use crate::file::{District, Policy, Provenance, Trip};
use crate::problem::Words;

pub(in super::super) struct Trips;

#[derive(Default)]
pub(in super::super) struct Row {
    trip: Trip,
    one_way: bool,
}

impl Sheet for Trips {
    type Row = Row;
    const NAME: &'static str = "路程";
    const ALSO: &'static [&'static str] = &["距离", "路程表", "校际距离", "路程时间", "学校距离"];
    const ABOUT: Words =
        ("两校之间要几分钟;也可以画成“学校×学校”的方表", "minutes between schools; a school-by-school table will do as well");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "从",
                &["出发", "出发地", "起点", "学校一", "甲校", "出发学校"],
                ("学校或校区", "school or site"),
                |row, cell, lookup| put(&mut row.trip.from, lookup.place(&cell.text())?),
                |row, lookup| Value::text(lookup.say_place(&row.trip.from)),
            )
            .needed()
            .offers(Offer::From("学校", "学校")),
            Self::column(
                "到",
                &["到达", "目的地", "终点", "学校二", "乙校", "到达学校"],
                ("学校或校区", "school or site"),
                |row, cell, lookup| put(&mut row.trip.to, lookup.place(&cell.text())?),
                |row, lookup| Value::text(lookup.say_place(&row.trip.to)),
            )
            .needed()
            .offers(Offer::From("学校", "学校")),
            Self::column(
                "分钟",
                &["路程分钟", "时间", "时间(分钟)", "用时", "单程分钟"],
                ("门到门的分钟数,不是公里", "minutes from door to door, not kilometres"),
                |row, cell, _| put(&mut row.trip.minutes, whole(cell, 600)?),
                |row, _| Value::from(row.trip.minutes),
            )
            .needed(),
            Self::column(
                "往返相同",
                &["双向"],
                ("是/否,默认是", "是 or 否, default 是"),
                |row, cell, _| put(&mut row.one_way, !yes(cell)?),
                |row, _| Value::text(if row.one_way { "否" } else { "是" }),
            )
            .offers(Offer::Words(|| vec!["是", "否"])),
            Self::column(
                "来源",
                &["数据来源"],
                ("填报(默认)、估计", "填报 given (default), 估计 estimated"),
                |row, cell, _| put(&mut row.trip.provenance, Some(Provenance::read(cell)?)),
                |row, _| Value::maybe(row.trip.provenance.map(Provenance::label)),
            )
            .offers(Offer::Words(Provenance::labels)),
        ]
    }
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    district.travel.trips.iter().map(|trip| Row { trip: trip.clone(), one_way: !trip.both_ways }).collect()
}

pub(super) fn read(draft: &mut Draft) {
    let school = |text: &str| draft.lookup.place(text).is_ok();
    let cross = |grid: &Grid| unfold(grid, school, school, ["从", "到", "分钟"], Some(("往返相同", "否")));
    let Some((sheet, grid)) = draft.list::<Trips>(cross) else { return };
    draft.stands_at("travel.trips", &sheet);
    for found in draft.rows_of::<Trips>(&sheet, &grid) {
        let trip = Trip { both_ways: !found.row.one_way, ..found.row.trip };
        // The diagonal of a cross table, and rows whose schools were not understood.
        if trip.from != trip.to {
            draft.came_from("travel.trips", draft.district.travel.trips.len(), &found.at);
            draft.district.travel.trips.push(trip);
        }
    }
}
