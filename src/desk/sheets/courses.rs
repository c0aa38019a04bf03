//! 课程: lessons that differ from the plan: combined classes, shared courses, odd and even weeks, 走班, 专递课堂.

use super::super::column::{Column, Misread, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::lookup::Lookup;
use super::super::values::labels::Labelled;
use super::super::values::week::bracket;
use super::super::values::{join, list, plain, yes};
use super::put;
use crate::file::{Block, Course, District, Policy, Role, RoomNeed, Weeks};
use crate::problem::Words;

pub(in super::super) struct Courses;

impl Sheet for Courses {
    type Row = Course;
    const NAME: &'static str = "课程";
    const ALSO: &'static [&'static str] = &["单列课程", "特殊课程"];
    const ABOUT: Words = (
        "与课时计划不同的课:合班、单双周、走班、专递课堂",
        "lessons that differ from the plan: combined classes, odd weeks, bands, remote",
    );

    fn columns() -> Vec<Column<Course>> {
        vec![
            Self::column(
                "编号",
                &[],
                ("空着自动编", "blank: made from class and subject"),
                |row, cell, _| put(&mut row.id, cell.text()),
                |row, _| Value::text(&row.id),
            ),
            Self::column(
                "班级",
                &["上课班级"],
                ("几个班一起上用顿号隔开", "several classes together separated by 、"),
                |row, cell, lookup| put(&mut row.classes, lookup.classes.find_all(&cell.text())?),
                |row, lookup| Value::text(lookup.classes.say_all(&row.classes)),
            )
            .needed(),
            Self::column(
                "学科",
                &["科目"],
                ("学科名称", "name of the subject"),
                |row, cell, lookup| put(&mut row.subject, lookup.subjects.find(&cell.text())?),
                |row, lookup| Value::text(lookup.subjects.say(&row.subject)),
            )
            .needed(),
            Self::column(
                "课次",
                &["周课时", "节数"],
                (
                    "每次几节,如 1、1、2;单双周写 1(单周);要教室写 2@科学实验室",
                    "periods of each lesson, such as 1、1、2; odd weeks 1(单周); with a room 2@科学实验室",
                ),
                |row, cell, lookup| {
                    put(&mut row.blocks, list(&plain(cell)).iter().map(|text| block(text, lookup)).collect::<Result<_, _>>()?)
                },
                |row, lookup| Value::text(join(row.blocks.iter().map(|block| say_block(block, lookup)))),
            )
            .needed(),
            Self::column(
                "教师分工",
                &["任课教师", "教师"],
                (
                    "空着由软件安排;给定的写 lead:编号;两人同上写 lead:编号、helper:编号",
                    "blank: chosen; given: lead:id; two together: lead:id、helper:id",
                ),
                |row, cell, lookup| {
                    put(&mut row.teachers, list(&cell.text()).iter().map(|text| role(text, lookup)).collect::<Result<_, _>>()?)
                },
                |row, lookup| Value::text(join(row.teachers.iter().map(|role| say_role(role, lookup)))),
            ),
            Self::column(
                "走班组",
                &["走班"],
                ("同组课程同时上", "courses of one band run at the same time"),
                |row, cell, _| put(&mut row.band, Some(cell.text())),
                |row, _| Value::maybe(row.band.as_deref()),
            ),
            Self::column(
                "可分给几人",
                &[],
                ("是:各次课可由不同教师上", "是: its lessons may be shared between teachers"),
                |row, cell, _| put(&mut row.split, yes(cell)?),
                |row, _| Value::yes(row.split),
            )
            .offers(Offer::Words(|| vec!["是"])),
            Self::column(
                "专递课堂",
                &["远程"],
                ("是:一位教师同时给几所学校上", "是: one teacher, classes of several schools at one time"),
                |row, cell, _| put(&mut row.remote, yes(cell)?),
                |row, _| Value::yes(row.remote),
            )
            .offers(Offer::Words(|| vec!["是"])),
        ]
    }
}

/// `2(单周)@科学实验室[惠济六中][1次][双周]`.
fn block(text: &str, lookup: &Lookup) -> Result<Block, Misread> {
    let misread = || Misread::wants("如 1、2(单周)、2@科学实验室", "such as 1、2(单周)、2@科学实验室");
    let (lesson, room) = text.split_once('@').map_or((text, None), |(lesson, room)| (lesson, Some(room)));
    let (periods, weeks) = bracket(lesson);
    let periods = periods.trim_end_matches('节').trim().parse().map_err(|_| misread())?;
    let weeks = weeks.map_or(Some(Weeks::All), Weeks::parse).ok_or_else(misread)?;
    let room = room.map(|room| room_need(room, lookup).ok_or_else(misread)).transpose()?;
    Ok(Block { periods, weeks, room })
}

fn room_need(text: &str, lookup: &Lookup) -> Option<RoomNeed> {
    let mut parts = text.split('[');
    let mut need = RoomNeed { kind: lookup.kind(parts.next()?.trim()), ..RoomNeed::default() };
    for part in parts {
        let part = part.strip_suffix(']')?;
        match (part.strip_suffix('次'), Weeks::parse(part)) {
            (Some(count), _) => need.blocks = Some(count.parse().ok()?),
            (_, Some(weeks)) => need.weeks = weeks,
            _ => need.site = Some(lookup.place(part).ok()?),
        }
    }
    Some(need)
}

fn say_block(block: &Block, lookup: &Lookup) -> String {
    let mut parts = vec![block.periods.to_string()];
    let odd = |weeks: Weeks| Some(weeks.label()).filter(|_| weeks != Weeks::All);
    parts.extend(odd(block.weeks).map(|weeks| format!("({weeks})")));
    if let Some(room) = &block.room {
        parts.push(format!("@{}", lookup.kinds.say(&room.kind)));
        let site = room.site.as_ref().map(|site| lookup.say_place(site));
        let blocks = room.blocks.map(|blocks| format!("{blocks}次"));
        let weeks = odd(room.weeks).map(str::to_owned);
        parts.extend([site, blocks, weeks].into_iter().flatten().map(|part| format!("[{part}]")));
    }
    parts.concat()
}

/// `lead:张三(2节)`; both parts behind the role may be missing.
fn role(text: &str, lookup: &Lookup) -> Result<Role, Misread> {
    let misread = || Misread::wants("分工:教师(节数),如 lead:T01", "role:teacher(periods), such as lead:T01");
    let (text, load) = bracket(text);
    let load = load.map(|load| load.trim_end_matches('节').parse().map_err(|_| misread())).transpose()?;
    let (role, person) = text.split_once([':', ':']).unwrap_or(("lead", text));
    let person = Some(person.trim()).filter(|person| !person.is_empty());
    Ok(Role { role: role.trim().to_owned(), person: person.map(|name| lookup.people.find(name)).transpose()?, load_periods: load })
}

fn say_role(role: &Role, lookup: &Lookup) -> String {
    let person = role.person.as_ref().map(|id| lookup.people.say(id)).unwrap_or_default();
    let load = role.load_periods.map(|load| format!("({load}节)")).unwrap_or_default();
    format!("{}:{person}{load}", role.role)
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Course> {
    district.courses.clone()
}

pub(super) fn read(draft: &mut Draft) {
    for found in draft.rows::<Courses>() {
        let mut course = found.row;
        if course.id.is_empty() {
            course.id = format!("{}.{}-{}", course.classes.join("+"), course.subject, draft.district.courses.len() + 1);
        }
        draft.came_from("courses", draft.district.courses.len(), &found.at);
        draft.district.courses.push(course);
    }
}
