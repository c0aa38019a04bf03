//! 公示名单: what may be shown to everybody. No month of birth, no reason, no remark, no load.

use super::super::grids::call;
use super::super::tables::form;
use super::super::{View, demo_mark};
use super::docx::Document;
use super::{Posted, terms};
use crate::check::Facts;
use crate::file::Sex;
use std::collections::BTreeSet;

const HEADER: [&str; 8] = ["序号", "姓名", "性别", "现任教学校", "交流学校", "学科", "期限", "类别"];
const WIDTHS: [usize; 8] = [5, 9, 5, 17, 17, 10, 16, 8];

pub(super) fn document(view: &View, facts: &Facts, posted: &[Posted]) -> Document {
    let mut document = Document::default();
    document.title(&format!("{}教师交流轮岗公示名单{}", view.district.title.zh, demo_mark(view)));
    document.text(&format!(
        "经研究,拟安排以下 {} 名教师交流轮岗,现予公示。公示期:    年  月  日至    年  月  日。如有意见,请在公示期内反映,联系电话:            。",
        posted.len()
    ));
    let rows: Vec<Vec<String>> = (1..).zip(posted).map(|(number, posted)| row(facts, number, posted)).collect();
    document.table(&HEADER, &WIDTHS, &rows);
    document.right("                (盖章)");
    document.right("    年  月  日");
    document
}

fn row(facts: &Facts, number: usize, posted: &Posted) -> Vec<String> {
    let entry = &facts.people.list[posted.person];
    let sex = match entry.sex {
        Sex::Female => "女",
        Sex::Male => "男",
        Sex::Unstated => "",
    };
    let mut seen = BTreeSet::new();
    let subjects = entry.subjects.iter().filter(|held| seen.insert(&held.subject)).map(|held| facts.say_subject(&held.subject).zh);
    vec![
        number.to_string(),
        call(facts, posted.person),
        sex.to_owned(),
        facts.say_home(posted.from).zh,
        facts.say_school(posted.to).zh,
        subjects.collect::<Vec<_>>().join("、"),
        terms(posted.row),
        form(posted.row.form).zh,
    ]
}
