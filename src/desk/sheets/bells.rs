//! 作息: one line a period; without this sheet the standard bells of the stages that there are.

use super::super::column::{Column, Misread, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::lookup::bell_name;
use super::super::values::labels::Labelled;
use super::super::values::{week, yes};
use super::put;
use crate::file::{Bell, Cell, Clock, District, Half, Policy, Stage};
use crate::generate::standard;
use crate::problem::Words;

pub(in super::super) struct Bells;

#[derive(Default)]
pub(in super::super) struct Row {
    bell: String,
    weekdays: Vec<u8>,
    only: Option<u8>,
    start: Option<Clock>,
    end: Option<Clock>,
    half: Option<Half>,
    joins_next: bool,
}

impl Sheet for Bells {
    type Row = Row;
    const NAME: &'static str = "作息";
    const ALSO: &'static [&'static str] = &["作息时间", "作息时间表"];
    const ABOUT: Words = (
        "没有这张表时:小学每天 6 节 40 分钟,初中 7 节 45 分钟",
        "without this sheet: primary 6 periods of 40 minutes a day, junior 7 of 45",
    );

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "作息",
                &["作息名称", "名称"],
                ("如 小学作息;同一作息的各节连着写", "such as 小学作息; its periods one after another"),
                |row, cell, _| put(&mut row.bell, cell.text()),
                |row, _| Value::text(bell_name(&row.bell)),
            )
            .needed(),
            Self::column(
                "上课日",
                &[],
                ("写在第一行,默认周一至周五", "on the first line; default Monday to Friday"),
                |row, cell, _| put(&mut row.weekdays, week::read_days(cell)?),
                |row, _| if row.weekdays.is_empty() { Value::Blank } else { Value::text(week::say_days(&row.weekdays)) },
            ),
            Self::column(
                "仅星期",
                &["星期"],
                ("这一天的节次与平时不同时填", "for a day whose periods differ"),
                |row, cell, _| put(&mut row.only, Some(week::read_day(cell)?)),
                |row, _| Value::maybe(row.only.map(week::say_day)),
            ),
            Self::column(
                "开始",
                &["上课时间", "开始时间", "上课"],
                ("如 08:30", "such as 08:30"),
                |row, cell, _| put(&mut row.start, Some(week::read_clock(cell)?)),
                |row, _| Value::maybe(row.start.map(|clock| clock.to_string())),
            )
            .needed(),
            Self::column(
                "结束",
                &["下课时间", "结束时间", "下课"],
                ("如 09:10", "such as 09:10"),
                |row, cell, _| put(&mut row.end, Some(week::read_clock(cell)?)),
                |row, _| Value::maybe(row.end.map(|clock| clock.to_string())),
            )
            .needed(),
            Self::column(
                "时段",
                &["半天"],
                ("上午、下午、晚上;空着按 12:30、18:00 分", "上午, 下午, 晚上; blank: split at 12:30 and 18:00"),
                |row, cell, _| put(&mut row.half, Some(Half::read(cell)?)),
                |row, _| Value::maybe(row.half.map(Half::label)),
            )
            .offers(Offer::Words(Half::labels)),
            Self::column(
                "可连下一节",
                &["连堂"],
                ("是:连堂课可以接到下一节", "是: a double lesson may run on into the next"),
                |row, cell, _| put(&mut row.joins_next, yes(cell)?),
                |row, _| Value::yes(row.joins_next),
            )
            .offers(Offer::Words(|| vec!["是"])),
        ]
    }
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    let mut rows = Vec::new();
    for bell in &district.bells {
        let from = rows.len();
        let days = std::iter::once((None, &bell.cells)).chain(bell.days.iter().map(|(day, cells)| (Some(*day), cells)));
        for (only, cells) in days {
            rows.extend(cells.iter().map(|cell| Row {
                bell: bell.id.clone(),
                weekdays: Vec::new(),
                only,
                start: Some(cell.start),
                end: Some(cell.end),
                half: Some(cell.half),
                joins_next: cell.joins_next,
            }));
        }
        if let Some(first) = rows.get_mut(from) {
            first.weekdays.clone_from(&bell.weekdays);
        }
    }
    rows
}

pub(super) fn read(draft: &mut Draft) {
    if !draft.has::<Bells>() {
        let has = |stage| draft.district.schools.iter().any(|school| school.stages.contains(&stage));
        let standard = [(Stage::Primary, standard::primary_bell()), (Stage::Junior, standard::junior_bell())];
        draft.district.bells = standard.into_iter().filter(|(stage, _)| has(*stage)).map(|(_, bell)| bell).collect();
    }
    for found in draft.rows::<Bells>() {
        let Row { bell: name, weekdays, only, start, end, half, joins_next } = found.row;
        let id = ["primary", "junior"].into_iter().find(|id| bell_name(id) == name).unwrap_or(&name).to_owned();
        let bells = &mut draft.district.bells;
        let at = bells.iter().position(|bell| bell.id == id).unwrap_or_else(|| {
            bells.push(Bell { id, weekdays: vec![1, 2, 3, 4, 5], cells: Vec::new(), days: [].into() });
            bells.len() - 1
        });
        let bell = &mut bells[at];
        if !weekdays.is_empty() {
            bell.weekdays = weekdays;
        }
        if let Some((start, end)) = start.zip(end) {
            let noon = if start < Clock(12 * 60 + 30) { Half::Am } else { Half::Pm };
            let half = half.unwrap_or(if start >= Clock(18 * 60) { Half::Eve } else { noon });
            let cell = Cell { start, end, half, joins_next };
            only.map_or(&mut bell.cells, |day| bell.days.entry(day).or_default()).push(cell);
        }
        draft.origins.entry(format!("bells[{at}]")).or_insert(found.at);
    }
    for bell in &draft.district.bells {
        draft.lookup.bells.learn(&bell.id, bell_name(&bell.id));
    }
}

/// An exchange runs without bells; classes do not. Asked once the classes are known.
pub(super) fn judge(draft: &mut Draft) {
    if draft.district.bells.is_empty() && !draft.district.classes.is_empty() && draft.has::<Bells>() {
        draft.refuse("作息", "开始", Misread::empty());
    }
}
