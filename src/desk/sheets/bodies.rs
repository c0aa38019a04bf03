//! 机构: the bodies of a group, one seat a line, and what they are there for.

use super::super::column::{Column, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::values::labels::Labelled;
use super::people::{post, say_post};
use super::{english, or_same, put};
use crate::file::{Body, District, Policy, Seat, SeatOf, Text};
use crate::problem::Words;

pub(in super::super) struct Bodies;

#[derive(Default)]
pub(in super::super) struct Row {
    group: String,
    body: Text,
    role: Text,
    of: Option<SeatOf>,
    post: Option<String>,
    duty: Text,
}

impl Sheet for Bodies {
    type Row = Row;
    const NAME: &'static str = "机构";
    const ALSO: &'static [&'static str] = &["组织机构", "管理机构", "组织"];
    const ABOUT: Words = ("集团的领导小组、理事会等:每个席位一行", "bodies of a group such as its council: one seat a line");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "共同体",
                &["集团", "学区", "所属集团"],
                ("名称或编号", "name or id"),
                |row, cell, lookup| put(&mut row.group, lookup.groups.find(&cell.text())?),
                |row, lookup| Value::text(lookup.groups.say(&row.group)),
            )
            .needed(),
            Self::column(
                "机构",
                &["机构名称"],
                ("如 领导小组", "such as 领导小组"),
                |row, cell, _| put(&mut row.body.zh, cell.text()),
                |row, _| Value::text(&row.body.zh),
            )
            .needed(),
            Self::column(
                "席位",
                &["职务"],
                ("如 组长、副组长、成员", "such as 组长 (chair)"),
                |row, cell, _| put(&mut row.role.zh, cell.text()),
                |row, _| Value::text(&row.role.zh),
            ),
            Self::column(
                "由谁担任",
                &["来自"],
                ("牵头校、成员校(每校一名)或 教育局;默认 牵头校", "牵头校 lead, 成员校 each member, 教育局 bureau; default 牵头校"),
                |row, cell, _| put(&mut row.of, Some(SeatOf::read(cell)?)),
                |row, _| Value::maybe(row.of.map(SeatOf::label)),
            )
            .offers(Offer::Words(SeatOf::labels)),
            Self::column(
                "岗位",
                &["对应岗位"],
                ("该校任此岗位的人,如 校长;空着由教育局指定", "holders of this post, such as 校长; blank: named by the bureau"),
                |row, cell, _| put(&mut row.post, Some(post(&cell.text()))),
                |row, _| Value::maybe(row.post.as_deref().map(say_post)),
            ),
            Self::column(
                "职责",
                &["机构职责", "主要职责"],
                ("机构的职责,写在它的任一行;几条写几行", "what the body is for, in any of its lines; one each"),
                |row, cell, _| put(&mut row.duty.zh, cell.text()),
                |row, _| Value::text(&row.duty.zh),
            ),
            Self::column(
                "机构英文名",
                &[],
                ("可不填", "may be blank"),
                |row, cell, _| put(&mut row.body.en, cell.text()),
                |row, _| Value::text(english(&row.body)),
            ),
            Self::column(
                "席位英文名",
                &[],
                ("可不填", "may be blank"),
                |row, cell, _| put(&mut row.role.en, cell.text()),
                |row, _| Value::text(english(&row.role)),
            ),
            Self::column(
                "职责英文",
                &[],
                ("可不填", "may be blank"),
                |row, cell, _| put(&mut row.duty.en, cell.text()),
                |row, _| Value::text(english(&row.duty)),
            ),
        ]
    }
}

/// Seats and duties stand side by side; a body has as many lines as the longer list, and at least one.
pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    let lines = |group: &str, body: &Body| -> Vec<Row> {
        let line = |at: usize| {
            let seat = body.seats.get(at);
            Row {
                group: group.to_owned(),
                body: body.name.clone(),
                role: seat.map(|seat| seat.role.clone()).unwrap_or_default(),
                of: seat.map(|seat| seat.of),
                post: seat.and_then(|seat| seat.post.clone()),
                duty: body.duties.get(at).cloned().unwrap_or_default(),
            }
        };
        (0..body.seats.len().max(body.duties.len()).max(1)).map(line).collect()
    };
    let groups = district.groups.iter();
    groups.flat_map(|group| group.agreement.bodies.iter().flat_map(|body| lines(&group.id, body)).collect::<Vec<_>>()).collect()
}

pub(super) fn read(draft: &mut Draft) {
    for found in draft.rows::<Bodies>() {
        let Row { group, body: mut name, mut role, of, post, mut duty } = found.row;
        let Some(group) = draft.district.groups.iter_mut().find(|it| it.id == group) else { continue };
        [&mut name, &mut role, &mut duty].into_iter().for_each(or_same);
        let bodies = &mut group.agreement.bodies;
        let at = bodies.iter().position(|body| body.name.zh == name.zh).unwrap_or_else(|| {
            bodies.push(Body { name, ..Body::default() });
            bodies.len() - 1
        });
        if !role.zh.is_empty() {
            bodies[at].seats.push(Seat { role, of: of.unwrap_or_default(), post });
        }
        if !duty.zh.is_empty() {
            bodies[at].duties.push(duty);
        }
    }
}
