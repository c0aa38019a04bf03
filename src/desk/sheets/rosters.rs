//! 值班: duty that people of a school take in turn.

use super::super::column::{Column, Misread, Sheet, Value};
use super::super::draft::Draft;
use super::super::values::{week, whole};
use super::{english, or_same, put};
use crate::file::{District, Policy, Roster};
use crate::problem::Words;

pub(in super::super) struct Rosters;

impl Sheet for Rosters {
    type Row = Roster;
    const NAME: &'static str = "值班";
    const ALSO: &'static [&'static str] = &["值班安排", "值周", "课后服务"];
    const ABOUT: Words = ("值周、课后服务:要轮流安排的值班", "week and after-school duty to be dealt out in turn");

    fn columns() -> Vec<Column<Roster>> {
        vec![
            Self::column(
                "名称",
                &["值班名称"],
                ("如 值周", "such as 值周"),
                |row, cell, _| put(&mut row.name.zh, cell.text()),
                |row, _| Value::text(&row.name.zh),
            )
            .needed(),
            Self::column(
                "学校",
                &[],
                ("名称或编号", "name or id"),
                |row, cell, lookup| put(&mut row.school, lookup.schools.find(&cell.text())?),
                |row, lookup| Value::text(lookup.schools.say(&row.school)),
            )
            .needed(),
            Self::column(
                "时间",
                &["值班时间"],
                ("如 周一 07:30-08:00", "such as 周一 07:30-08:00"),
                |row, cell, _| put(&mut row.when, week::read_windows(cell)?),
                |row, _| Value::text(week::say_windows(&row.when)),
            )
            .needed(),
            Self::column(
                "周数",
                &["几周"],
                (
                    "填了:各时间合为一次,每周一次;空着:每个时间各是一次",
                    "with a number all times are one turn a week; blank: each time is a turn",
                ),
                |row, cell, _| put(&mut row.weeks, Some(few(cell)?)),
                |row, _| Value::maybe(row.weeks.map(u32::from)),
            ),
            Self::column(
                "干部人数",
                &[],
                ("每次要几名干部,默认 0", "leaders in each turn, default 0"),
                |row, cell, _| put(&mut row.leaders, whole(cell, 1000)?),
                |row, _| Value::maybe((row.leaders > 0).then_some(row.leaders)),
            ),
            Self::column(
                "教师人数",
                &[],
                ("每次要几名教师,默认 0", "others in each turn, default 0"),
                |row, cell, _| put(&mut row.teachers, whole(cell, 1000)?),
                |row, _| Value::maybe((row.teachers > 0).then_some(row.teachers)),
            ),
            Self::column(
                "人员",
                &["值班人员"],
                ("谁参加轮值;空着:本校干部和教师", "who takes turns; blank: the leaders and teachers of the school"),
                |row, cell, lookup| put(&mut row.people, lookup.people.find_all(&cell.text())?),
                |row, lookup| Value::text(lookup.people.say_all(&row.people)),
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

fn few(cell: &super::Cell) -> Result<u8, Misread> {
    Ok(u8::try_from(whole(cell, u32::from(u8::MAX))?).unwrap_or(u8::MAX))
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Roster> {
    district.rosters.clone()
}

pub(super) fn read(draft: &mut Draft) {
    for found in draft.rows::<Rosters>() {
        let mut roster = found.row;
        or_same(&mut roster.name);
        if roster.id.is_empty() {
            roster.id.clone_from(&roster.name.zh);
        }
        draft.came_from("rosters", draft.district.rosters.len(), &found.at);
        draft.district.rosters.push(roster);
    }
}
