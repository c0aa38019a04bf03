//! 数据-任课 and 数据-班主任: who teaches what.

use super::super::book::key;
use super::super::column::{Column, Sheet, Value};
use super::super::sheets::put;
use super::super::values::{join, list, whole};
use super::optional;
use crate::check::Facts;
use crate::file::{ClassTeacher, Plan, Teaching};
use crate::problem::Words;

pub(super) struct Teachings;

/// A lesson without a teacher.
const MISSING: &str = "待补";

#[derive(Default)]
pub(super) struct Row {
    course: String,
    /// To be read by people only.
    classes: String,
    subject: String,
    role: Option<String>,
    teacher: Option<String>,
    blocks: Vec<u8>,
}

impl Sheet for Teachings {
    type Row = Row;
    const NAME: &'static str = "数据-任课";
    const ALSO: &'static [&'static str] = &[];
    const ABOUT: Words = ("每行一门课由谁教;换人请改「教师」", "one line a course; change 教师 to have another teacher");

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
                "角色",
                &[],
                ("几人同上一课时填写", "where several teach together"),
                |row, cell, _| put(&mut row.role, Some(cell.text())),
                |row, _| optional(row.role.as_ref()),
            ),
            Self::column(
                "教师",
                &[],
                ("姓名或编号;没有人写“待补”", "name or id; 待补 where there is nobody"),
                |row, cell, lookup| {
                    let text = cell.text();
                    put(&mut row.teacher, if key(&text) == MISSING { None } else { Some(lookup.people.find(&text)?) })
                },
                |row, lookup| Value::Text(row.teacher.as_ref().map_or_else(|| MISSING.to_owned(), |id| lookup.people.say(id))),
            )
            .needed(),
            Self::column(
                "只上第几次课",
                &[],
                ("几人分上一门课时填,如 1、2;空着为全部", "where several share the lessons, such as 1、2; blank: all"),
                |row, cell, _| {
                    let numbers = list(&cell.text()).into_iter().map(|part| whole(&super::super::book::Cell::from_text(&part), 60));
                    put(&mut row.blocks, numbers.map(|number| number.map(|n| n as u8)).collect::<Result<_, _>>()?)
                },
                |row, _| Value::text(join(row.blocks.iter().map(ToString::to_string))),
            ),
        ]
    }
}

pub(super) fn write(facts: &Facts) -> Vec<Row> {
    let row = |row: &Teaching| {
        let course = facts.courses.find(&row.course);
        Row {
            course: row.course.clone(),
            classes: course.map(|course| facts.say_classes(course).zh).unwrap_or_default(),
            subject: course.map(|course| facts.say_subject(facts.courses.list[course].subject).zh).unwrap_or_default(),
            role: row.role.clone(),
            teacher: row.teacher.clone(),
            blocks: row.blocks.clone(),
        }
    };
    facts.plan.teaching.iter().map(row).collect()
}

pub(super) fn row(Row { course, role, teacher, blocks, .. }: Row) -> Option<Teaching> {
    (!course.is_empty()).then_some(Teaching { course, role, teacher, blocks })
}

pub(super) struct ClassTeachers;

fn class_teacher(row: &mut Option<ClassTeacher>) -> &mut ClassTeacher {
    row.get_or_insert_with(|| ClassTeacher { class: String::new(), teacher: String::new() })
}

impl Sheet for ClassTeachers {
    type Row = Option<ClassTeacher>;
    const NAME: &'static str = "数据-班主任";
    const ALSO: &'static [&'static str] = &[];
    const ABOUT: Words = ("每班一行", "one line a class");

    fn columns() -> Vec<Column<Self::Row>> {
        vec![
            Self::column(
                "班级",
                &[],
                ("校名加班名,或编号", "school and class, or id"),
                |row, cell, lookup| put(&mut class_teacher(row).class, lookup.classes.find(&cell.text())?),
                |row, lookup| Value::maybe(row.as_ref().map(|row| lookup.classes.say(&row.class))),
            )
            .needed(),
            Self::column(
                "教师",
                &[],
                ("姓名或编号", "name or id"),
                |row, cell, lookup| put(&mut class_teacher(row).teacher, lookup.people.find(&cell.text())?),
                |row, lookup| Value::maybe(row.as_ref().map(|row| lookup.people.say(&row.teacher))),
            )
            .needed(),
        ]
    }
}

pub(super) fn write_class_teachers(plan: &Plan) -> Vec<Option<ClassTeacher>> {
    plan.class_teachers.iter().map(|row| Some(row.clone())).collect()
}
