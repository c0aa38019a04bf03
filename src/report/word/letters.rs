//! 交流通知书: a page for each person, with a place for number, date and stamp.

use super::super::grids::call;
use super::super::tables::form;
use super::super::{View, demo_mark};
use super::docx::Document;
use super::{Posted, terms};
use crate::check::Facts;

pub(super) fn document(view: &View, facts: &Facts, posted: &[Posted]) -> Document {
    let mut document = Document::default();
    for (number, posted) in posted.iter().enumerate() {
        if number > 0 {
            document.page_break();
        }
        letter(&mut document, view, facts, posted);
    }
    document
}

fn letter(document: &mut Document, view: &View, facts: &Facts, posted: &Posted) {
    let (from, to) = (facts.say_home(posted.from).zh, facts.say_school(posted.to).zh);
    document.title(&format!("教师交流轮岗通知书{}", demo_mark(view)));
    document.right("    〔    〕    号");
    document.line(&format!("{} 老师:", call(facts, posted.person)));
    document.text(&format!("经集体研究,决定安排您从{from}到{to}{},期限为{}。", form(posted.row.form).zh, terms(posted.row)));
    document.text("请于    年  月  日前办好工作交接,于    年  月  日到交流学校报到。交流期间的考核、待遇按有关规定执行。");
    document.text("如对本安排有异议,请于收到通知之日起    日内书面提出。");
    document.text("特此通知。");
    document.right("                (盖章)");
    document.right("    年  月  日");
    document.line(&format!("抄送:{from}、{to}"));
}
