//! 数据-课表: when every lesson is; here a planner moves lessons.

use super::super::column::{Column, Offer, Sheet, Value};
use super::super::sheets::put;
use super::super::values::{week, whole};
use super::optional;
use crate::check::Facts;
use crate::file::{CellRef, Lesson};
use crate::problem::Words;

pub(super) struct Lessons;

#[derive(Default)]
pub(super) struct Row {
    course: String,
    /// To be read by people only.
    classes: String,
    subject: String,
    block: u8,
    at: CellRef,
    room: Option<String>,
}

impl Sheet for Lessons {
    type Row = Row;
    const NAME: &'static str = "数据-课表";
    /// The name as it is compared: without 表 at its end.
    const ALSO: &'static [&'static str] = &["数据-课"];
    const ABOUT: Words = (
        "每行一次课;调课请改「星期」「节次」「教室」,再用 lunpai check 复核",
        "one line a lesson; move it by 星期 and 节次, then run lunpai check",
    );

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "课程编号",
                &[],
                ("请勿改动", "leave as it is"),
                |row, cell, _| put(&mut row.course, cell.text()),
                |row, _| Value::text(&row.course),
            )
            .needed(),
            Self::column("班级", &[], ("只供查看", "to be read only"), |_, _, _| Ok(()), |row, _| Value::text(&row.classes)),
            Self::column("学科", &[], ("只供查看", "to be read only"), |_, _, _| Ok(()), |row, _| Value::text(&row.subject)),
            Self::column(
                "第几次课",
                &[],
                ("请勿改动", "leave as it is"),
                |row, cell, _| put(&mut row.block, whole(cell, 60)? as u8),
                |row, _| Value::from(u32::from(row.block)),
            )
            .needed(),
            Self::column(
                "星期",
                &[],
                ("周一 … 周日", "周一 (Monday) … 周日 (Sunday)"),
                |row, cell, _| put(&mut row.at.weekday, week::read_day(cell)?),
                |row, _| if row.at.weekday == 0 { Value::Blank } else { Value::text(week::say_day(row.at.weekday)) },
            )
            .needed()
            .offers(Offer::Words(|| vec!["周一", "周二", "周三", "周四", "周五", "周六", "周日"])),
            Self::column(
                "节次",
                &[],
                ("第几节;连堂写第一节", "number of the period; of a double the first"),
                |row, cell, _| {
                    let text = cell.text();
                    let number = text.strip_prefix('第').map_or_else(|| cell.clone(), super::super::book::Cell::from_text);
                    put(&mut row.at.period, whole(&number, 60)? as u8)
                },
                |row, _| Value::from(u32::from(row.at.period)),
            )
            .needed(),
            Self::column(
                "教室",
                &[],
                ("专用教室的编号;空着在本班教室", "id of the special room; blank: the class's own"),
                |row, cell, _| put(&mut row.room, Some(cell.text())),
                |row, _| optional(row.room.as_ref()),
            ),
        ]
    }
}

pub(super) fn write(facts: &Facts) -> Vec<Row> {
    let row = |lesson: &Lesson| {
        let course = facts.courses.find(&lesson.course);
        Row {
            course: lesson.course.clone(),
            classes: course.map(|course| facts.say_classes(course).zh).unwrap_or_default(),
            subject: course.map(|course| facts.say_subject(facts.courses.list[course].subject).zh).unwrap_or_default(),
            block: lesson.block,
            at: lesson.at,
            room: lesson.room.clone(),
        }
    };
    facts.plan.timetable.iter().map(row).collect()
}

pub(super) fn row(Row { course, block, at, room, .. }: Row) -> Option<Lesson> {
    (!course.is_empty()).then_some(Lesson { course, block, at, room })
}
