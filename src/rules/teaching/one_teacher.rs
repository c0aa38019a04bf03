//! # 一科一师 · One teacher per course
//!
//! 一个班的一门课由一位教师担任,不拆给几个人(允许分担的课程除外)。
//! A course has one teacher, unless it may be split.
//!
//! Point: a course role that is not `split`. Excess: number of distinct teachers (待补 counts as one) − 1.
//! Bound in: teaching. XHSTT cousin: `AvoidSplitAssignments`.

use crate::check::{Breach, Facts, Findings, Kind, list};
use crate::file::{Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One teacher per course: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OneTeacher {}

pub static LAW: Law = Law {
    id: "one_teacher",
    title: ("一科一师", "One teacher per course"),
    breach: ("{class}{subject}由 {count} 人分担({people}),应为一人", "{class} {subject} is shared by {count} ({people}), should be one"),
    source: &[],
    binds: &[Stage::Teaching],
};

impl Rule for OneTeacher {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (course, fact) in facts.courses.list.iter().enumerate() {
            if fact.split || !facts.course_in(scope, course) {
                continue;
            }
            for (role, rows) in fact.roles.iter().zip(&facts.teaching.rows[course]) {
                let teachers: BTreeSet<_> = rows.iter().map(|row| row.teacher).collect();
                found.point(teachers.len() as i64 - 1, || {
                    let nobody = || Text::new("待补", "nobody");
                    let people: Vec<_> =
                        teachers.iter().map(|person| person.map_or_else(nobody, |person| facts.say_person(person))).collect();
                    let breach = Breach::at(Kind::Course, &fact.id).and(Kind::Role, role.name.unwrap_or(""));
                    let breach = breach.say("class", facts.say_classes(course)).say("subject", facts.say_subject(fact.subject));
                    breach.number("count", teachers.len()).say("people", list(&people))
                });
            }
        }
    }
}

#[cfg(feature = "solve")]
impl crate::rules::Bind for OneTeacher {}
