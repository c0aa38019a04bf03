//! 课时计划: periods by grade and subject, as a list or as a cross table; without it the national hours.

use super::super::book::Grid;
use super::super::column::{Column, Misread, Sheet, Value};
use super::super::cross::unfold;
use super::super::draft::Draft;
use super::super::values::labels::Labelled;
use super::super::values::{grade, join, list, plain, whole};
use super::put;
use crate::file::{CurriculumLine, District, Policy, RoomNeed, Weeks};
use crate::generate::standard;
use crate::problem::Words;
use std::collections::BTreeSet;

pub(in super::super) struct Curriculum;

#[derive(Default)]
pub(in super::super) struct Row {
    line: CurriculumLine,
    grades: Vec<u8>,
    room: RoomNeed,
}

impl Sheet for Curriculum {
    type Row = Row;
    const NAME: &'static str = "课时计划";
    const ALSO: &'static [&'static str] = &["课程计划", "课时", "课时安排", "教学计划", "课程设置", "周课时"];
    const ABOUT: Words = (
        "每周几节;也可以画成“学科×年级”的方表;没有这张表时用国家课程的默认课时",
        "periods a week; a subject-by-grade table will do as well; without it the default national hours",
    );

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "年级",
                &["年段"],
                ("1–12;几个年级写 3、4 或 3-6", "1–12; several as 3、4 or 3-6"),
                |row, cell, lookup| {
                    let grade = |text: &str| grade::read(&super::cell(text), lookup.year, None);
                    let mut grades = Vec::new();
                    for part in list(&plain(cell)) {
                        match part.split_once(['-', '~', '至', '—']) {
                            Some((from, to)) => grades.extend(grade(from)?..=grade(to)?),
                            None => grades.push(grade(&part)?),
                        }
                    }
                    put(&mut row.grades, grades)
                },
                |row, _| match row.grades.as_slice() {
                    [one] => Value::from(u32::from(*one)),
                    grades => Value::text(join(grades.iter().map(ToString::to_string))),
                },
            )
            .needed(),
            Self::column(
                "学科",
                &["科目", "课程"],
                ("学科名称", "name of the subject"),
                |row, cell, lookup| put(&mut row.line.subject, lookup.subjects.find(&cell.text())?),
                |row, lookup| Value::text(lookup.subjects.say(&row.line.subject)),
            )
            .needed(),
            Self::column(
                "周课时",
                &["课时", "节数", "周节数", "每周节数"],
                ("整数;隔周一节的放到「课程」表", "whole; a lesson every other week goes into the sheet 课程"),
                |row, cell, _| put(&mut row.line.periods, whole(cell, 60)? as u8),
                |row, _| Value::from(u32::from(row.line.periods)),
            )
            .needed(),
            Self::column(
                "连堂",
                &["连堂次数"],
                ("其中几次是两节连上,默认 0", "how many of them are doubles, default 0"),
                |row, cell, _| put(&mut row.line.doubles, whole(cell, 30)? as u8),
                |row, _| Value::unless_zero(u32::from(row.line.doubles)),
            ),
            Self::column(
                "专用教室",
                &["教室类别", "场地"],
                ("要用的教室类别,如 科学实验室;空着在本班上", "kind of room, such as 科学实验室; blank: at home"),
                |row, cell, lookup| put(&mut row.room.kind, lookup.kind(&cell.text())),
                |row, lookup| if row.room.kind.is_empty() { Value::Blank } else { Value::text(lookup.kinds.say(&row.room.kind)) },
            ),
            Self::column(
                "教室在",
                &["教室所在校"],
                ("借用别校教室时填学校;默认本校", "the school whose room is borrowed; default one's own"),
                |row, cell, lookup| put(&mut row.room.site, Some(lookup.place(&cell.text())?)),
                |row, lookup| Value::maybe(row.room.site.as_ref().map(|id| lookup.say_place(id))),
            ),
            Self::column(
                "用教室次数",
                &[],
                ("每周几次课要用;默认每次", "how many lessons need it; default all"),
                |row, cell, _| put(&mut row.room.blocks, Some(whole(cell, 60)? as u8)),
                |row, _| Value::maybe(row.room.blocks.map(u32::from)),
            ),
            Self::column(
                "用教室的周",
                &[],
                ("每周(默认)、单周、双周", "每周 every (default), 单周 odd, 双周 even week"),
                |row, cell, _| put(&mut row.room.weeks, Weeks::read(cell)?),
                |row, _| if row.room.weeks == Weeks::All { Value::Blank } else { Value::text(row.room.weeks.label()) },
            ),
            Self::column(
                "仅限学校",
                &["学校"],
                ("只适用于这些学校;空着全部", "only these schools; blank: all"),
                |row, cell, lookup| put(&mut row.line.schools, lookup.schools.find_all(&cell.text())?),
                |row, lookup| Value::text(lookup.schools.say_all(&row.line.schools)),
            ),
        ]
    }
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    let row = |line: &CurriculumLine| Row { line: line.clone(), grades: vec![line.grade], room: line.room.clone().unwrap_or_default() };
    district.curriculum.iter().map(row).collect()
}

pub(super) fn read(draft: &mut Draft) {
    let subject = |text: &str| draft.lookup.subjects.find(text).is_ok();
    let grade = |text: &str| grade::read(&super::cell(text), draft.lookup.year, None).is_ok();
    let cross = |grid: &Grid| {
        let by_subject = unfold(grid, subject, grade, ["学科", "年级", "周课时"], None);
        by_subject.or_else(|| unfold(grid, grade, subject, ["年级", "学科", "周课时"], None))
    };
    let Some((sheet, grid)) = draft.list::<Curriculum>(cross) else { return usual(draft) };
    for found in draft.rows_of::<Curriculum>(&sheet, &grid) {
        let Row { line, grades, room } = found.row;
        if room.kind.is_empty() && room != RoomNeed::default() {
            draft.refuse(&found.at, "专用教室", Misread::empty());
        }
        for grade in grades {
            let room = Some(room.clone()).filter(|room| !room.kind.is_empty());
            draft.came_from("curriculum", draft.district.curriculum.len(), &found.at);
            draft.district.curriculum.push(CurriculumLine { grade, room, ..line.clone() });
        }
    }
}

/// The national hours for the grades that there are, in the subjects that there are.
fn usual(draft: &mut Draft) {
    let grades: BTreeSet<u8> = draft.district.classes.iter().map(|class| class.grade).filter(|grade| *grade <= 9).collect();
    let lines = standard::curriculum(1..=9).into_iter();
    let lines = lines.filter(|line| grades.contains(&line.grade) && draft.lookup.subjects.has(&line.subject));
    draft.district.curriculum = lines.collect();
    if !grades.is_empty() {
        draft.assume("课时计划", "没有「课时计划」表:用国家课程的默认课时", "no sheet 课时计划: the default national hours are used");
    }
}
