//! 待确认: remarks of an earlier workbook that nobody has confirmed yet.

use super::super::column::{Column, Misread, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::remarks::{self, Handled};
use super::put;
use crate::file::{District, Pending, Policy, Proposal};
use crate::problem::Words;

pub(in super::super) struct PendingList;

#[derive(Default)]
pub(in super::super) struct Row {
    at: String,
    about: String,
    proposals: Vec<Proposal>,
    handled: Handled,
}

impl Sheet for PendingList {
    type Row = Row;
    const NAME: &'static str = "待确认";
    const ALSO: &'static [&'static str] = &["待确认的备注"];
    const ABOUT: Words =
        ("还没有人确认的备注;登记后把「处理」改成 已登记", "remarks nobody has confirmed; set 处理 to 已登记 once entered");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "原处",
                &[],
                ("备注写在哪里", "where the remark stands"),
                |row, cell, _| put(&mut row.at, cell.text()),
                |row, _| Value::text(&row.at),
            )
            .needed(),
            Self::column(
                "教师",
                &[],
                ("说的是谁", "whom it speaks of"),
                |row, cell, lookup| put(&mut row.about, lookup.people.find(&cell.text())?),
                |row, lookup| if row.about.is_empty() { Value::Blank } else { Value::text(lookup.people.say(&row.about)) },
            ),
            Self::column(
                "建议",
                &[],
                ("可能的意思", "what it may mean"),
                |row, cell, lookup| {
                    let misread =
                        || Misread::wants("缓交流:原因、不跨校、留校、志愿:学校、亲属、服务期、请阅读原文", "as the program wrote it");
                    put(&mut row.proposals, remarks::parse(&cell.text(), lookup).ok_or_else(misread)?)
                },
                |row, lookup| Value::text(remarks::say(&row.proposals, lookup)),
            )
            .needed(),
            Self::column(
                "处理",
                &["备注处理"],
                ("待确认(默认)、采用建议、已登记、不影响", "待确认 open (default), 采用建议 do it, 已登记 entered, 不影响 irrelevant"),
                |row, cell, _| {
                    let misread = || Misread::wants(Handled::words().join(" "), Handled::words().join(" "));
                    put(&mut row.handled, Handled::parse(&cell.text()).ok_or_else(misread)?)
                },
                |row, _| Value::text(row.handled.label()),
            )
            .offers(Offer::Words(Handled::words)),
        ]
    }
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    let row = |it: &Pending| Row { at: it.at.clone(), about: it.about.clone(), proposals: it.proposals.clone(), handled: Handled::Open };
    district.pending.iter().map(row).collect()
}

pub(super) fn read(draft: &mut Draft) {
    for found in draft.rows::<PendingList>() {
        let Row { at, about, proposals, handled } = found.row;
        match handled {
            Handled::Open => draft.pend(&at, &about, proposals),
            Handled::Accept => {
                let person = draft.district.people.iter_mut().find(|person| person.id == about);
                if !person.is_some_and(|person| remarks::accept(person, &proposals)) {
                    draft.refuse(&found.at, "处理", remarks::not_alone());
                }
            }
            Handled::Entered | Handled::Irrelevant => {}
        }
    }
}
