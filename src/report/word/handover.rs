//! 交接清单: a page for each person who leaves a school.

use super::super::grids::call;
use super::super::{View, demo_mark};
use super::docx::Document;
use super::{Posted, terms};
use crate::check::Facts;
use crate::file::Plan;
use std::collections::BTreeMap;

const HEADER: [&str; 4] = ["事项", "内容", "移交人", "接收人"];
const WIDTHS: [usize; 4] = [14, 46, 12, 12];

pub(super) fn document<'a>(view: &View, facts: &Facts, posted: impl Iterator<Item = &'a Posted<'a>>) -> Document {
    let mut document = Document::default();
    for (number, posted) in posted.enumerate() {
        if number > 0 {
            document.page_break();
        }
        page(&mut document, view, facts, posted);
    }
    document
}

fn page(document: &mut Document, view: &View, facts: &Facts, posted: &Posted) {
    let id = &posted.row.person;
    let last = view.district.baseline.as_deref();
    let taught = last.map(|plan| taught(facts, plan, id)).unwrap_or_default();
    let class = class_of(facts, last, posted);
    let posts = &facts.people.list[posted.person].posts;
    let posts = posts.iter().map(|post| post_name(&post.post)).collect::<Vec<_>>().join("、");
    let row = |matter: &str, content: String| vec![matter.to_owned(), content, String::new(), String::new()];
    document.title(&format!("工作交接清单{}", demo_mark(view)));
    document.line(&format!(
        "{}   {} → {}   {}",
        call(facts, posted.person),
        facts.say_home(posted.from).zh,
        facts.say_school(posted.to).zh,
        terms(posted.row)
    ));
    document.table(
        &HEADER,
        &WIDTHS,
        &[
            row("任教班级和学科", taught),
            row("班主任工作", class),
            row("其他岗位", posts),
            row("教学资料", "教学计划、教案、试卷、成绩册".to_owned()),
            row("学生情况", String::new()),
            row("课题和项目", String::new()),
            row("设备和钥匙", String::new()),
            row("其他", String::new()),
        ],
    );
    document.right("监交人:            日期:    年  月  日");
}

/// What the person taught last term: 一(1)班、一(2)班语文.
fn taught(facts: &Facts, plan: &Plan, id: &str) -> String {
    let mut by_subject: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in plan.teaching.iter().filter(|row| row.teacher.as_deref() == Some(id)) {
        if let Some(course) = facts.courses.find(&row.course) {
            by_subject.entry(facts.courses.list[course].subject).or_default().push(facts.class_names(course));
        }
    }
    let lines = by_subject.into_iter().map(|(subject, classes)| format!("{}{}", classes.join("、"), facts.say_subject(subject).zh));
    lines.collect::<Vec<_>>().join(";")
}

/// The class the person leads now at the school that is left.
fn class_of(facts: &Facts, last: Option<&Plan>, posted: &Posted) -> String {
    let id = &posted.row.person;
    let led = |class: &str| last.is_some_and(|plan| plan.class_teachers.iter().any(|row| row.class == class && row.teacher == *id));
    let classes = facts.district.classes.iter().enumerate();
    let own = classes.filter(|(number, class)| {
        facts.courses.classes[*number].school == posted.from && (class.class_teacher.as_ref() == Some(id) || led(&class.id))
    });
    own.map(|(number, _)| facts.class_name(number).to_owned()).collect::<Vec<_>>().join("、")
}

fn post_name(id: &str) -> &str {
    match id {
        "class_teacher" => "班主任",
        "group_head" => "教研组长",
        "district_head" => "学区教研组长",
        other => other,
    }
}
