//! # 备课头数 · Preparations
//!
//! 每位教师任教的不同学科、年级(备课头)不过多。
//! Nobody prepares too many different lessons.
//!
//! n = distinct (subject, grade) among the courses taught whose subject is not for any teacher.
//! Point: a person. Excess: max(0, n − max).
//! Bound in: teaching.

use crate::check::{Breach, Facts, Findings, Kind, list};
use crate::file::{Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Preparations: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Preparations {
    pub max: u32,
}

pub static LAW: Law = Law {
    id: "preparations",
    title: ("备课头数", "Preparations"),
    breach: ("{person} 备课 {count} 头({list}),最多 {max} 头", "{person} prepares {count} different lessons ({list}), at most {max}"),
    source: &[],
    binds: &[Stage::Teaching],
};

impl Rule for Preparations {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, entry) in facts.people.list.iter().enumerate().filter(|(person, _)| facts.person_in(scope, *person)) {
            let mut different: BTreeSet<(&str, u8)> = BTreeSet::new();
            for task in &facts.teaching.tasks[person] {
                let fact = &facts.courses.list[task.course];
                let any = facts.courses.subject_of(task.course).is_some_and(|subject| subject.any_teacher);
                if let Some(&class) = fact.classes.first().filter(|_| !any) {
                    different.insert((fact.subject, facts.district.classes[class].grade));
                }
            }
            found.point(different.len() as i64 - i64::from(self.max), || {
                let words = different.iter().map(|(subject, grade)| {
                    let subject = facts.say_subject(subject);
                    Text::new(format!("{grade} 年级{}", subject.zh), format!("grade {grade} {}", subject.en))
                });
                let breach = Breach::at(Kind::Person, &entry.id).say("person", facts.say_person(person));
                breach.number("count", different.len()).number("max", self.max).say("list", list(&words.collect::<Vec<_>>()))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Preparations;
    use crate::engine::Gauge;
    use crate::stages::{Grain, Points, Staffing};
    use std::collections::BTreeSet;

    impl crate::rules::Bind for Preparations {
        /// Distinct (subject, grade) among the courses that not every teacher may give.
        fn staffing(&self, staffing: &Staffing, points: &mut Points) {
            let world = staffing.world;
            if staffing.grain != Grain::Courses {
                return;
            }
            for person in staffing.people(points.scope) {
                let mine = staffing.given.iter().filter(|(p, _, _)| *p == person).map(|(_, course, _)| &world.courses[*course]);
                let given: Vec<(&str, u8)> =
                    mine.filter(|course| !course.subject.any_teacher).map(|course| (course.subject.id.as_str(), course.grade)).collect();
                let takes = staffing.takes_of(person).iter().filter(|take| !staffing.kinds[take.kind].subject.any_teacher);
                let takes: Vec<_> = takes.map(|take| (take.item, &staffing.kinds[take.kind])).collect();
                let all = takes.iter().map(|(_, kind)| (kind.subject.id.as_str(), kind.grade)).chain(given.iter().copied());
                let groups: BTreeSet<(&str, u8)> = all.collect();
                let group = |key: (&str, u8)| groups.iter().position(|other| *other == key).unwrap_or_default() as u16;
                let links =
                    takes.iter().map(|(item, kind)| points.count(*item, group((kind.subject.id.as_str(), kind.grade)), 1)).collect();
                let base = given.iter().map(|key| (group(*key), 1)).collect();
                let id = &world.people[person].file.id;
                points.post(id, Gauge::Busy, groups.len(), (0, i64::from(self.max)), links, base);
            }
        }
    }
}
