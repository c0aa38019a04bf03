//! 锁定: what was agreed outside the tool about a person or a lesson.

use super::super::column::{Column, Misread, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::values::{week, whole};
use super::put;
use crate::file::{CellRef, District, LockedLesson, Policy};
use crate::problem::Words;

pub(in super::super) struct Locks;

#[derive(Default)]
pub(in super::super) struct Row {
    matter: Option<Matter>,
    person: String,
    school: String,
    class: String,
    subject: String,
    course: String,
    block: Option<u32>,
    at: Option<CellRef>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Matter {
    PostedTo,
    Stays,
    NoVisits,
    Lesson,
}

const MATTERS: [(Matter, &str); 4] =
    [(Matter::PostedTo, "派往"), (Matter::Stays, "留校"), (Matter::NoVisits, "不跨校"), (Matter::Lesson, "课次固定")];

impl Sheet for Locks {
    type Row = Row;
    const NAME: &'static str = "锁定";
    const ALSO: &'static [&'static str] = &["锁定事项", "已定事项"];
    const ABOUT: Words = ("已经商定的人和课,软件不再改动", "people and lessons already agreed on");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "事项",
                &["类别"],
                ("派往、留校、不跨校(说人);课次固定(说课)", "派往 posted to, 留校 stays, 不跨校 no visits (people); 课次固定 (a lesson)"),
                |row, cell, _| {
                    let text = cell.text();
                    let known = MATTERS.iter().find(|(_, word)| *word == text || (*word == "不跨校" && text == "不走教"));
                    let words = MATTERS.map(|(_, word)| word).join(" ");
                    put(&mut row.matter, Some(known.ok_or_else(|| Misread::wants(words.clone(), words))?.0))
                },
                |row, _| Value::maybe(MATTERS.iter().find(|(matter, _)| Some(*matter) == row.matter).map(|(_, word)| *word)),
            )
            .needed()
            .offers(Offer::Words(|| MATTERS.map(|(_, word)| word).to_vec())),
            Self::column(
                "教师",
                &["姓名", "编号"],
                ("说人时填:编号或姓名", "for people: id or name"),
                |row, cell, lookup| put(&mut row.person, lookup.people.find(&cell.text())?),
                |row, lookup| if row.person.is_empty() { Value::Blank } else { Value::text(lookup.people.say(&row.person)) },
            ),
            Self::column(
                "学校",
                &["去向", "派往学校"],
                ("派往时填", "for 派往"),
                |row, cell, lookup| put(&mut row.school, lookup.schools.find(&cell.text())?),
                |row, lookup| if row.school.is_empty() { Value::Blank } else { Value::text(lookup.schools.say(&row.school)) },
            )
            .offers(Offer::From("学校", "学校")),
            Self::column(
                "班级",
                &[],
                ("课次固定时填", "for a lesson"),
                |row, cell, lookup| put(&mut row.class, lookup.classes.find(&cell.text())?),
                |row, lookup| if row.class.is_empty() { Value::Blank } else { Value::text(lookup.classes.say(&row.class)) },
            ),
            Self::column(
                "学科",
                &["科目"],
                ("课次固定时填", "for a lesson"),
                |row, cell, lookup| put(&mut row.subject, lookup.subjects.find(&cell.text())?),
                |row, lookup| if row.subject.is_empty() { Value::Blank } else { Value::text(lookup.subjects.say(&row.subject)) },
            ),
            Self::column(
                "课程编号",
                &["课程"],
                ("「课程」表里的课填编号", "id of a course of the sheet 课程"),
                |row, cell, _| put(&mut row.course, cell.text()),
                |row, _| Value::text(&row.course),
            ),
            Self::column(
                "第几次课",
                &["课次"],
                ("默认 1", "default 1"),
                |row, cell, _| put(&mut row.block, Some(whole(cell, 60)?)),
                |row, _| Value::maybe(row.block),
            ),
            Self::column(
                "节次",
                &["时间"],
                ("如 周三第6节", "such as 周三第6节"),
                |row, cell, _| match week::read_cells(cell)?.as_slice() {
                    [at] => put(&mut row.at, Some(*at)),
                    _ => Err(Misread::wants("一个节次,如 周三第6节", "one cell, such as 周三第6节")),
                },
                |row, _| Value::text(week::say_cells(row.at.as_slice())),
            ),
        ]
    }
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    let mut rows = Vec::new();
    for person in &district.people {
        let row = |matter| Row { matter: Some(matter), person: person.id.clone(), ..Row::default() };
        rows.extend(person.locks.posted_to.iter().map(|school| Row { school: school.clone(), ..row(Matter::PostedTo) }));
        rows.extend(person.locks.stays.then(|| row(Matter::Stays)));
        rows.extend(person.locks.no_visits.then(|| row(Matter::NoVisits)));
    }
    for lock in &district.locked_lessons {
        let derived = lock.course.rsplit_once('.').filter(|(class, subject)| {
            district.classes.iter().any(|it| it.id == *class)
                && district.subjects.iter().any(|it| it.id == *subject)
                && !district.courses.iter().any(|it| it.id == lock.course)
        });
        let (class, subject) = derived.unwrap_or_default();
        rows.push(Row {
            matter: Some(Matter::Lesson),
            class: class.to_owned(),
            subject: subject.to_owned(),
            course: if derived.is_some() { String::new() } else { lock.course.clone() },
            block: Some(u32::from(lock.block)),
            at: Some(lock.at),
            ..Row::default()
        });
    }
    rows
}

pub(super) fn read(draft: &mut Draft) {
    for found in draft.rows::<Locks>() {
        let Row { matter, person, school, class, subject, course, block, at } = found.row;
        let Some(matter) = matter else { continue };
        if matter == Matter::Lesson {
            let course = if course.is_empty() && !class.is_empty() && !subject.is_empty() { format!("{class}.{subject}") } else { course };
            match at {
                Some(at) if !course.is_empty() => {
                    draft.came_from("locked_lessons", draft.district.locked_lessons.len(), &found.at);
                    draft.district.locked_lessons.push(LockedLesson { course, block: block.unwrap_or(1) as u8, at });
                }
                _ => draft.refuse_once(&found.at, "班级、学科、节次", Misread::empty()),
            }
            continue;
        }
        match draft.district.people.iter_mut().find(|it| it.id == person) {
            None => draft.refuse_once(&found.at, "教师", Misread::empty()),
            Some(_) if matter == Matter::PostedTo && school.is_empty() => draft.refuse_once(&found.at, "学校", Misread::empty()),
            Some(person) => match matter {
                Matter::PostedTo => person.locks.posted_to = Some(school),
                Matter::Stays => person.locks.stays = true,
                Matter::NoVisits | Matter::Lesson => person.locks.no_visits = true,
            },
        }
    }
}
