//! 志愿: where people would like to go.

use super::super::column::{Column, Misread, Offer, Read, Sheet, Value, Write};
use super::super::draft::Draft;
use super::super::values::{join, yes};
use super::put;
use crate::file::{District, Policy, Wishes};
use crate::problem::Words;

pub(in super::super) struct WishList;

#[derive(Default)]
pub(in super::super) struct Row {
    person: String,
    wishes: Wishes,
}

/// Wishes come in the order of the columns.
#[allow(clippy::unnecessary_wraps)] // the shape of a column's reader
fn more(row: &mut Row, schools: Vec<String>) -> Result<(), Misread> {
    row.wishes.schools.extend(schools);
    Ok(())
}

/// The wish of this rank; the last column takes all that are left.
fn wish(head: &'static str, also: &'static [&'static str], read: Read<Row>, write: Write<Row>) -> Column<Row> {
    WishList::column(head, also, ("学校名称", "name of the school"), read, write).offers(Offer::From("学校", "学校"))
}

impl Sheet for WishList {
    type Row = Row;
    const NAME: &'static str = "志愿";
    const ALSO: &'static [&'static str] = &["意向", "志愿表", "交流意向", "交流志愿"];
    const ABOUT: Words = ("愿意交流的人填;没有可空着", "people who wish to move; may be empty");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "教师",
                &["姓名", "编号", "教师姓名", "工号"],
                ("编号或姓名;同名写编号", "id or name; the id where names are shared"),
                |row, cell, lookup| put(&mut row.person, lookup.people.find(&cell.text())?),
                |row, lookup| Value::text(lookup.people.say(&row.person)),
            )
            .needed(),
            wish(
                "第一志愿",
                &["志愿一", "志愿1", "意向学校", "志愿学校"],
                |row, cell, lookup| more(row, lookup.schools.find_all(&cell.text())?),
                |row, lookup| Value::maybe(row.wishes.schools.first().map(|id| lookup.schools.say(id))),
            ),
            wish(
                "第二志愿",
                &["志愿二", "志愿2"],
                |row, cell, lookup| more(row, lookup.schools.find_all(&cell.text())?),
                |row, lookup| Value::maybe(row.wishes.schools.get(1).map(|id| lookup.schools.say(id))),
            ),
            wish(
                "其他志愿",
                &["第三志愿", "志愿三", "志愿3", "更多志愿"],
                |row, cell, lookup| more(row, lookup.schools.find_all(&cell.text())?),
                |row, lookup| Value::text(join(row.wishes.schools.iter().skip(2).map(|id| lookup.schools.say(id)))),
            ),
            Self::column(
                "服从调剂",
                &["是否服从调剂", "服从", "是否服从"],
                ("是/否,默认否", "是 or 否, default 否: would also go elsewhere"),
                |row, cell, _| put(&mut row.wishes.accepts_any, yes(cell)?),
                |row, _| Value::yes(row.wishes.accepts_any),
            )
            .offers(Offer::Words(|| vec!["是", "否"])),
            Self::column(
                "免交流仍自愿",
                &["自愿", "自愿报名"],
                ("是:虽可免或缓,仍愿意去", "是: volunteers although exempt or deferred"),
                |row, cell, _| put(&mut row.wishes.volunteers, yes(cell)?),
                |row, _| Value::yes(row.wishes.volunteers),
            )
            .offers(Offer::Words(|| vec!["是", "否"])),
        ]
    }
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    let wished = district.people.iter().filter(|person| person.wishes != Wishes::default());
    wished.map(|person| Row { person: person.id.clone(), wishes: person.wishes.clone() }).collect()
}

pub(super) fn read(draft: &mut Draft) {
    for found in draft.rows::<WishList>() {
        if let Some(person) = draft.district.people.iter_mut().find(|person| person.id == found.row.person) {
            person.wishes.schools.extend(found.row.wishes.schools);
            person.wishes.accepts_any |= found.row.wishes.accepts_any;
            person.wishes.volunteers |= found.row.wishes.volunteers;
        }
    }
}
