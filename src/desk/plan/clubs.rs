//! 数据-社团教师, 数据-社团学生: who leads which club, and how many pupils of a class are in it.

use super::super::column::{Column, Sheet, Value};
use super::super::sheets::put;
use super::super::values::whole;
use crate::file::{ClubLeader, ClubPupils};
use crate::problem::Words;

pub(super) struct Leaders;
pub(super) struct Pupils;

impl Sheet for Leaders {
    type Row = ClubLeader;
    const NAME: &'static str = "数据-社团教师";
    const ALSO: &'static [&'static str] = &[];
    const ABOUT: Words = ("每行一人指导一个社团", "one line a person and club");

    fn columns() -> Vec<Column<ClubLeader>> {
        vec![
            Self::column(
                "社团编号",
                &[],
                ("社团的编号", "id of the club"),
                |row, cell, _| put(&mut row.club, cell.text()),
                |row, _| Value::text(&row.club),
            )
            .needed(),
            Self::column(
                "教师",
                &[],
                ("姓名或编号", "name or id"),
                |row, cell, lookup| put(&mut row.person, lookup.people.find(&cell.text())?),
                |row, lookup| Value::text(lookup.people.say(&row.person)),
            )
            .needed(),
        ]
    }
}

impl Sheet for Pupils {
    type Row = ClubPupils;
    const NAME: &'static str = "数据-社团学生";
    const ALSO: &'static [&'static str] = &[];
    const ABOUT: Words = ("每行一个社团里一个班的人数", "one line a club and class: how many pupils");

    fn columns() -> Vec<Column<ClubPupils>> {
        vec![
            Self::column(
                "社团编号",
                &[],
                ("社团的编号", "id of the club"),
                |row, cell, _| put(&mut row.club, cell.text()),
                |row, _| Value::text(&row.club),
            )
            .needed(),
            Self::column(
                "班级",
                &[],
                ("学校加班名,或编号", "school and name, or id"),
                |row, cell, lookup| put(&mut row.class, lookup.classes.find(&cell.text())?),
                |row, lookup| Value::text(lookup.classes.say(&row.class)),
            )
            .needed(),
            Self::column(
                "人数",
                &[],
                ("这个班参加的学生人数", "pupils of the class in the club"),
                |row, cell, _| put(&mut row.pupils, whole(cell, 1_000)?),
                |row, _| Value::from(row.pupils),
            )
            .needed(),
        ]
    }
}
