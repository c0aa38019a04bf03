//! 校区: only for schools with several, or with coordinates to estimate trips from.

use super::super::column::{Column, Misread, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::values::plain;
use super::{english, or_same, put};
use crate::file::{District, Policy, Site};
use crate::problem::Words;

pub(in super::super) struct Sites;

#[derive(Default)]
pub(in super::super) struct Row {
    school: String,
    site: Site,
}

impl Sheet for Sites {
    type Row = Row;
    const NAME: &'static str = "校区";
    const ALSO: &'static [&'static str] = &["校区一览"];
    const ABOUT: Words = ("有多个校区或要按坐标估算路程时才填", "only for several sites, or coordinates to estimate trips from");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "学校",
                &[],
                ("学校名称", "name of the school"),
                |row, cell, lookup| put(&mut row.school, lookup.schools.find(&cell.text())?),
                |row, lookup| Value::text(lookup.schools.say(&row.school)),
            )
            .needed()
            .offers(Offer::From("学校", "学校")),
            Self::column(
                "校区",
                &["名称", "校区名称"],
                ("如 东校区", "such as 东校区"),
                |row, cell, _| put(&mut row.site.name.zh, cell.text()),
                |row, _| Value::text(&row.site.name.zh),
            )
            .needed(),
            Self::column(
                "编号",
                &[],
                ("空着用校区名", "blank: the name"),
                |row, cell, _| put(&mut row.site.id, cell.text()),
                |row, _| Value::text(&row.site.id),
            ),
            Self::column(
                "坐标",
                &["位置"],
                ("向东、向北的米数,如 1200,-300", "metres east and north, such as 1200,-300"),
                |row, cell, _| put(&mut row.site.east_north_m, Some(spot(&plain(cell))?)),
                |row, _| Value::maybe(row.site.east_north_m.map(|(east, north)| format!("{east},{north}"))),
            ),
            Self::column(
                "英文名",
                &[],
                ("可不填", "may be blank"),
                |row, cell, _| put(&mut row.site.name.en, cell.text()),
                |row, _| Value::text(english(&row.site.name)),
            ),
        ]
    }
}

fn spot(text: &str) -> Result<(i64, i64), Misread> {
    let pair = text.split_once(',').and_then(|(east, north)| Some((east.trim().parse().ok()?, north.trim().parse().ok()?)));
    pair.ok_or_else(|| Misread::wants("东,北(米),如 1200,-300", "east,north in metres, such as 1200,-300"))
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    let of = |school: &crate::file::School| {
        let id = school.id.clone();
        school.sites.clone().into_iter().map(move |site| Row { school: id.clone(), site })
    };
    district.schools.iter().flat_map(of).collect()
}

pub(super) fn read(draft: &mut Draft) {
    for found in draft.rows::<Sites>() {
        let Row { school, mut site } = found.row;
        let Some(index) = draft.district.schools.iter().position(|it| it.id == school) else { continue };
        if site.id.is_empty() {
            site.id.clone_from(&site.name.zh);
        }
        or_same(&mut site.name);
        draft.lookup.sites.learn(&site.id, &site.name.zh);
        let sites = &mut draft.district.schools[index].sites;
        let path = format!("schools[{index}].sites");
        let number = sites.len();
        sites.push(site);
        draft.came_from(&path, number, &found.at);
    }
}
