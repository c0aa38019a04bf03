//! 专用教室: laboratories, gyms, libraries, and who may use them when.

use super::super::column::{Column, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::values::{week, whole};
use super::{english, or_same, put};
use crate::file::{District, Policy, Room};
use crate::problem::Words;

pub(in super::super) struct Rooms;

#[derive(Default)]
pub(in super::super) struct Row {
    room: Room,
    units: Option<u32>,
}

impl Sheet for Rooms {
    type Row = Row;
    const NAME: &'static str = "专用教室";
    const ALSO: &'static [&'static str] = &["功能室", "专用教室表", "功能教室", "实验室"];
    const ABOUT: Words = ("实验室、体育馆等;没有专用教室可空着", "laboratories, gyms and the like; may be empty");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "学校",
                &["所在学校", "单位"],
                ("学校或校区", "school or site"),
                |row, cell, lookup| put(&mut row.room.site, lookup.place(&cell.text())?),
                |row, lookup| Value::text(lookup.say_place(&row.room.site)),
            )
            .needed_unless_one_school()
            .offers(Offer::From("学校", "学校")),
            Self::column(
                "名称",
                &["教室名称", "教室", "功能室名称", "功能室"],
                ("如 物理实验室", "such as 物理实验室"),
                |row, cell, _| put(&mut row.room.name.zh, cell.text()),
                |row, _| Value::text(&row.room.name.zh),
            )
            .needed(),
            Self::column(
                "类别",
                &["教室类别", "类型", "种类"],
                ("课时计划里用这个词要教室;空着取名称", "what 课时计划 calls it; blank: the name"),
                |row, cell, lookup| put(&mut row.room.kind, lookup.kind(&cell.text())),
                |row, lookup| Value::text(lookup.kinds.say(&row.room.kind)),
            ),
            Self::column(
                "同时容纳班数",
                &["可容纳班数"],
                ("默认 1", "default 1"),
                |row, cell, _| put(&mut row.units, Some(whole(cell, 100)?)),
                |row, _| Value::maybe(row.units),
            ),
            Self::column(
                "座位",
                &["座位数", "容纳人数", "容量"],
                ("空着不核", "blank: not checked"),
                |row, cell, _| put(&mut row.room.seats, Some(whole(cell, 10_000)?)),
                |row, _| Value::maybe(row.room.seats),
            ),
            Self::column(
                "开放时间",
                &[],
                ("如 周三 10:00-16:45;空着为全部上课时间", "such as 周三 10:00-16:45; blank: whenever the school is"),
                |row, cell, _| put(&mut row.room.open, week::read_windows(cell)?),
                |row, _| Value::text(week::say_windows(&row.room.open)),
            ),
            Self::column(
                "对外开放",
                &["共享学校", "开放学校"],
                ("哪些外校可用", "other schools that may use it"),
                |row, cell, lookup| put(&mut row.room.open_to, lookup.schools.find_all(&cell.text())?),
                |row, lookup| Value::text(lookup.schools.say_all(&row.room.open_to)),
            ),
            Self::column(
                "准备分钟",
                &[],
                ("默认 0", "default 0"),
                |row, cell, _| put(&mut row.room.setup_minutes, whole(cell, 600)?),
                |row, _| Value::unless_zero(row.room.setup_minutes),
            ),
            Self::column(
                "整理分钟",
                &["清理分钟"],
                ("默认 0", "default 0"),
                |row, cell, _| put(&mut row.room.clearing_minutes, whole(cell, 600)?),
                |row, _| Value::unless_zero(row.room.clearing_minutes),
            ),
            Self::column(
                "编号",
                &[],
                ("空着用学校+名称", "blank: school and name"),
                |row, cell, _| put(&mut row.room.id, cell.text()),
                |row, _| Value::text(&row.room.id),
            ),
            Self::column(
                "英文名",
                &[],
                ("可不填", "may be blank"),
                |row, cell, _| put(&mut row.room.name.en, cell.text()),
                |row, _| Value::text(english(&row.room.name)),
            ),
        ]
    }
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    district.rooms.iter().map(|room| Row { room: room.clone(), units: Some(room.units) }).collect()
}

pub(super) fn read(draft: &mut Draft) {
    for found in draft.rows::<Rooms>() {
        let Row { mut room, units } = found.row;
        if room.site.is_empty()
            && let [only] = draft.district.schools.as_slice()
        {
            room.site.clone_from(&only.id);
        }
        if room.id.is_empty() {
            room.id = format!("{}-{}", room.site, room.name.zh);
        }
        if room.kind.is_empty() {
            room.kind = draft.lookup.kind(&room.name.zh);
        }
        room.units = units.unwrap_or(1);
        or_same(&mut room.name);
        draft.came_from("rooms", draft.district.rooms.len(), &found.at);
        draft.district.rooms.push(room);
    }
}
