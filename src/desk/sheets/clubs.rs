//! 社团: pupils' clubs, their places, and who may lead them.

use super::super::column::{Column, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::values::labels::Labelled;
use super::super::values::{grade, join, list, whole};
use super::{cell as part, english, or_same, put};
use crate::file::{Club, ClubKind, District, Policy};
use crate::problem::Words;

pub(in super::super) struct Clubs;

impl Sheet for Clubs {
    type Row = Club;
    const NAME: &'static str = "社团";
    const ALSO: &'static [&'static str] = &["学生社团", "社团活动"];
    const ABOUT: Words = ("学生社团:名额、招收的年级、谁可以指导", "pupils' clubs: places, grades, who may lead them");

    fn columns() -> Vec<Column<Club>> {
        vec![
            Self::column(
                "名称",
                &["社团名称", "社团"],
                ("如 合唱团", "such as 合唱团"),
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
            .needed()
            .offers(Offer::From("学校", "学校")),
            Self::column(
                "类别",
                &["社团类别"],
                ("体育、艺术、其他;空着为其他", "体育 sport, 艺术 arts, 其他 other; blank: other"),
                |row, cell, _| put(&mut row.kind, ClubKind::read(cell)?),
                |row, _| Value::text(row.kind.label()),
            )
            .offers(Offer::Words(ClubKind::labels)),
            Self::column(
                "名额",
                &["人数上限", "容量"],
                ("最多几名学生", "pupils it has room for"),
                |row, cell, _| put(&mut row.places, whole(cell, 100_000)?),
                |row, _| Value::from(row.places),
            )
            .needed(),
            Self::column(
                "年级",
                &["招收年级"],
                ("如 三、四;空着为各年级", "such as 三、四; blank: every grade"),
                |row, cell, lookup| {
                    let stage = lookup.stage(&row.school);
                    let grades = list(&cell.text()).into_iter().map(|text| grade::read(&part(&text), lookup.year, stage));
                    put(&mut row.grades, grades.collect::<Result<_, _>>()?)
                },
                |row, _| Value::text(join(row.grades.iter().map(|number| grade::say(*number)))),
            ),
            Self::column(
                "指导教师人数",
                &["指导人数"],
                ("至少几名,默认 1", "at least so many leaders, default 1"),
                |row, cell, _| put(&mut row.leaders, Some(whole(cell, 1000)?)),
                |row, _| Value::maybe(row.leaders),
            ),
            Self::column(
                "指导教师",
                &["可指导的教师"],
                ("谁可以指导;空着:本校干部和教师", "who may lead it; blank: the leaders and teachers of the school"),
                |row, cell, lookup| put(&mut row.people, lookup.people.find_all(&cell.text())?),
                |row, lookup| Value::text(lookup.people.say_all(&row.people)),
            ),
            Self::column(
                "指导学科",
                &["学科"],
                ("只由能教这些学科的教师指导;空着不限", "only by who may teach one of these; blank: any"),
                |row, cell, lookup| put(&mut row.subjects, lookup.subjects.find_all(&cell.text())?),
                |row, lookup| Value::text(lookup.subjects.say_all(&row.subjects)),
            ),
            Self::column(
                "时间",
                &["社团时间"],
                ("「固定安排」里类别为社团的名称或编号;空着:都在同一时间", "name or id of a 社团 in 固定安排; blank: all at one time"),
                |row, cell, _| put(&mut row.block, Some(cell.text())),
                |row, _| Value::maybe(row.block.as_deref()),
            ),
            Self::column(
                "编号",
                &[],
                ("空着用学校+名称", "blank: school and name"),
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

pub(super) fn write(district: &District, _: &Policy) -> Vec<Club> {
    district.clubs.clone()
}

pub(super) fn read(draft: &mut Draft) {
    for found in draft.rows::<Clubs>() {
        let mut club = found.row;
        or_same(&mut club.name);
        if club.id.is_empty() {
            club.id = format!("{}-{}", club.school, club.name.zh);
        }
        // A time by its name; an unknown one is told with the rest of the district.
        let blocks = &draft.district.blocks;
        if let Some(time) = club.block.as_mut().filter(|time| blocks.iter().all(|block| block.id != **time))
            && let Some(block) = blocks.iter().find(|block| block.name.zh == *time)
        {
            time.clone_from(&block.id);
        }
        draft.came_from("clubs", draft.district.clubs.len(), &found.at);
        draft.district.clubs.push(club);
    }
}
