//! 学科: without this sheet the subjects of the national plan.

use super::super::column::{Column, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::lookup::Lookup;
use super::super::values::yes;
use super::{english, or_same, put};
use crate::file::{District, Policy, Subject};
use crate::generate::standard;
use crate::problem::Words;

pub(in super::super) struct Subjects;

impl Sheet for Subjects {
    type Row = Subject;
    const NAME: &'static str = "学科";
    const ALSO: &'static [&'static str] = &["科目", "学科设置"];
    const ABOUT: Words = ("没有这张表时用国家课程的 19 门", "without this sheet: the 19 subjects of the national plan");

    fn columns() -> Vec<Column<Subject>> {
        let yes_no = Offer::Words(|| vec!["是"]);
        vec![
            Self::column(
                "名称",
                &["学科", "科目"],
                ("如 语文", "such as 语文"),
                |row, cell, _| put(&mut row.name.zh, cell.text()),
                |row, _| Value::text(&row.name.zh),
            )
            .needed(),
            Self::column(
                "编号",
                &["代码"],
                ("空着用默认编号或名称", "blank: the standard id or the name"),
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
            Self::column(
                "主课",
                &[],
                ("是:宜排上午", "是: better in the morning"),
                |row, cell, _| put(&mut row.main, yes(cell)?),
                |row, _| Value::yes(row.main),
            )
            .offers(yes_no),
            Self::column(
                "体育类",
                &[],
                ("是:不排第一节和午后第一节", "是: neither first nor straight after lunch"),
                |row, cell, _| put(&mut row.sport, yes(cell)?),
                |row, _| Value::yes(row.sport),
            )
            .offers(yes_no),
            Self::column(
                "艺术类",
                &[],
                ("是:与体育一起计入体艺专任教师", "是: counted with sport among the specialists"),
                |row, cell, _| put(&mut row.arts, yes(cell)?),
                |row, _| Value::yes(row.arts),
            )
            .offers(yes_no),
            Self::column(
                "特色课程",
                &["特色"],
                ("是:学校或学区的特色课程", "是: a speciality of a school or the district"),
                |row, cell, _| put(&mut row.speciality, yes(cell)?),
                |row, _| Value::yes(row.speciality),
            )
            .offers(yes_no),
            Self::column(
                "任何教师可教",
                &[],
                ("是:不需要该学科资格", "是: needs no certificate"),
                |row, cell, _| put(&mut row.any_teacher, yes(cell)?),
                |row, _| Value::yes(row.any_teacher),
            )
            .offers(yes_no),
            Self::column(
                "班会类",
                &[],
                ("是:由班主任上", "是: taught by the class teacher"),
                |row, cell, _| put(&mut row.class_meeting, yes(cell)?),
                |row, _| Value::yes(row.class_meeting),
            )
            .offers(yes_no),
        ]
    }
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Subject> {
    district.subjects.clone()
}

pub(super) fn read(draft: &mut Draft) {
    if draft.has::<Subjects>() {
        let mut standard = Lookup::new();
        for subject in standard::subjects() {
            standard.learn_subject(&subject.id, &subject.name.zh);
        }
        for found in draft.rows::<Subjects>() {
            let mut subject = found.row;
            if subject.id.is_empty() {
                subject.id = standard.subjects.find(&subject.name.zh).unwrap_or_else(|_| subject.name.zh.clone());
            }
            or_same(&mut subject.name);
            draft.came_from("subjects", draft.district.subjects.len(), &found.at);
            draft.district.subjects.push(subject);
        }
    } else {
        draft.district.subjects = standard::subjects();
    }
    for subject in &draft.district.subjects {
        draft.lookup.learn_subject(&subject.id, &subject.name.zh);
    }
}
