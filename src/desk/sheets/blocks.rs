//! 固定安排: research meetings, flag raising, exams: times taken before any lesson is placed.

use super::super::column::{Column, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::values::labels::Labelled;
use super::super::values::{week, yes};
use super::{english, or_same, put};
use crate::file::{BlockKind, District, FixedBlock, Policy, Text, Window};
use crate::problem::Words;

pub(in super::super) struct Blocks;

#[derive(Default)]
pub(in super::super) struct Row {
    id: String,
    name: Text,
    kind: Option<BlockKind>,
    when: Vec<Window>,
    subjects: Vec<String>,
    schools: Vec<String>,
    people: Vec<String>,
    classes: Vec<String>,
    observed: bool,
}

impl Sheet for Blocks {
    type Row = Row;
    const NAME: &'static str = "固定安排";
    const ALSO: &'static [&'static str] = &["固定活动", "教研安排", "会议活动", "活动安排"];
    const ABOUT: Words = ("教研、升旗、会议等先占住的时间", "research, flag raising, meetings: times taken first");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "名称",
                &["活动", "活动名称", "内容"],
                ("如 小学数学教研", "such as 小学数学教研"),
                |row, cell, _| put(&mut row.name.zh, cell.text()),
                |row, _| Value::text(&row.name.zh),
            )
            .needed(),
            Self::column(
                "类别",
                &["类型"],
                (
                    "教研(相关学科教师不上课)、集会(全校)、社团、考试、大课间、值班、会议",
                    "教研 research, 集会 assembly, 社团 club, 考试 exam, 大课间 exercise, 值班 duty, 会议 meeting",
                ),
                |row, cell, _| put(&mut row.kind, Some(BlockKind::read(cell)?)),
                |row, _| Value::maybe(row.kind.map(BlockKind::label)),
            )
            .needed()
            .offers(Offer::Words(BlockKind::labels)),
            Self::column(
                "时间",
                &["安排时间"],
                ("如 周三 14:00-15:35", "such as 周三 14:00-15:35"),
                |row, cell, _| put(&mut row.when, week::read_windows(cell)?),
                |row, _| Value::text(week::say_windows(&row.when)),
            )
            .needed(),
            Self::column(
                "学科",
                &["科目"],
                ("教研的学科", "subjects of a research meeting"),
                |row, cell, lookup| put(&mut row.subjects, lookup.subjects.find_all(&cell.text())?),
                |row, lookup| Value::text(lookup.subjects.say_all(&row.subjects)),
            ),
            Self::column(
                "学校",
                &["参加学校"],
                ("空着不限", "blank: no limit"),
                |row, cell, lookup| put(&mut row.schools, lookup.schools.find_all(&cell.text())?),
                |row, lookup| Value::text(lookup.schools.say_all(&row.schools)),
            ),
            Self::column(
                "人员",
                &["参加人员", "教师"],
                ("编号或姓名", "ids or names"),
                |row, cell, lookup| put(&mut row.people, lookup.people.find_all(&cell.text())?),
                |row, lookup| Value::text(lookup.people.say_all(&row.people)),
            ),
            Self::column(
                "班级",
                &["参加班级"],
                ("这些班不上普通课", "these classes have no ordinary lesson"),
                |row, cell, lookup| put(&mut row.classes, lookup.classes.find_all(&cell.text())?),
                |row, lookup| Value::text(lookup.classes.say_all(&row.classes)),
            ),
            Self::column(
                "听课",
                &["先听课"],
                ("是 = 教研之前听一节课", "是 (yes): a lesson before it is observed"),
                |row, cell, _| put(&mut row.observed, yes(cell)?),
                |row, _| Value::yes(row.observed),
            ),
            Self::column(
                "编号",
                &[],
                ("空着用名称", "blank: the name"),
                |row, cell, _| put(&mut row.id, cell.text()),
                |row, _| Value::text(&row.id),
            ),
            Self::column(
                "英文名",
                &[],
                ("可不填", "may be blank"),
                |row, cell, _| put(&mut row.name.en, cell.text()),
                |row, _| Value::text(english(&row.name)),
            ),
        ]
    }
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    let row = |block: &FixedBlock| {
        let FixedBlock { id, name, kind, subjects, schools, people, classes, observed, when } = block.clone();
        Row { id, name, kind: Some(kind), when, subjects, schools, people, classes, observed }
    };
    district.blocks.iter().map(row).collect()
}

pub(super) fn read(draft: &mut Draft) {
    for found in draft.rows::<Blocks>() {
        let Row { mut id, mut name, kind, when, subjects, schools, people, classes, observed } = found.row;
        let Some(kind) = kind else { continue };
        or_same(&mut name);
        if id.is_empty() {
            id.clone_from(&name.zh);
        }
        draft.came_from("blocks", draft.district.blocks.len(), &found.at);
        draft.district.blocks.push(FixedBlock { id, name, kind, subjects, schools, people, classes, observed, when });
    }
}
