//! # 学科资格 · Qualified teachers
//!
//! 任课教师须有相应学科、学段的教师资格;班会、校本等课程可由本校教师担任。
//! Whoever teaches a course holds a certificate of its subject, valid for its stage; some subjects any teacher of the
//! class's school may teach.
//!
//! Qualified: a certificate of the subject with stage ≥ the class's; or `any_teacher` and a teacher or leader working at the
//! class's school.
//! Point: (course, role, teacher). Excess: 1 if not qualified.
//! Bound in: teaching. XHSTT cousin: `PreferResources`.
//! Source: S1-23, S2.6-02, S2.7-06.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::{Category, Scope};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Qualified teachers: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Qualified {}

pub static LAW: Law = Law {
    id: "qualified",
    title: ("学科资格", "Qualified teachers"),
    breach: ("{person} 没有任教{class}{subject}的资格", "{person} is not qualified to teach {subject} to {class}"),
    source: &["S1-23", "S2.6-02", "S2.7-06"],
    binds: &[Stage::Teaching],
};

impl Rule for Qualified {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (course, fact) in facts.courses.list.iter().enumerate().filter(|(course, _)| facts.course_in(scope, *course)) {
            for (role, rows) in fact.roles.iter().zip(&facts.teaching.rows[course]) {
                let teachers: BTreeSet<_> = rows.iter().filter_map(|row| row.teacher).collect();
                for person in teachers {
                    let entry = &facts.people.list[person];
                    let in_scope = scope.people.is_empty() || scope.people.contains(&entry.id);
                    found.point(i64::from(in_scope && !qualified(facts, course, person)), || {
                        let breach =
                            Breach::at(Kind::Course, &fact.id).and(Kind::Role, role.name.unwrap_or("")).and(Kind::Person, &entry.id);
                        let breach = breach.say("person", facts.say_person(person)).say("class", facts.say_classes(course));
                        breach.say("subject", facts.say_subject(fact.subject))
                    });
                }
            }
        }
    }
}

/// A certificate of the subject for the highest stage among the classes, or a subject for any teacher of the school.
fn qualified(facts: &Facts, course: usize, person: usize) -> bool {
    let (fact, entry) = (&facts.courses.list[course], &facts.people.list[person]);
    let Some(stage) = fact.classes.iter().map(|&class| facts.courses.classes[class].stage).max() else { return true };
    let at_home = facts.people.working[person].is_some() && facts.people.working[person] == facts.courses.school_of(course);
    let any = facts.courses.subject_of(course).is_some_and(|subject| subject.any_teacher);
    entry.subjects.iter().any(|held| held.subject == fact.subject && held.stage >= stage)
        || any && at_home && entry.category != Category::Worker
}

#[cfg(feature = "solve")]
mod bind {
    use super::Qualified;
    use crate::file::Category;
    use crate::stages::{Points, Staffing, course_fits};

    impl crate::rules::Bind for Qualified {
        /// Only qualified people are offered a course; those the file names are counted as they are.
        fn staffing(&self, staffing: &Staffing, points: &mut Points) {
            let world = staffing.world;
            for (person, course, role) in &staffing.given {
                let course = &world.courses[*course];
                let stage = world.classes[course.classes[0]].stage;
                let people = &points.scope.people;
                let in_scope = people.is_empty() || people.contains(&world.people[*person].file.id);
                if !in_scope || !course_fits(world, points.scope, course) {
                    continue;
                }
                let any = course.subject.any_teacher && world.people[*person].file.category != Category::Worker;
                let certified = world.certified(*person, &course.subject.id, stage);
                let (here, fixed) = staffing.given_at_home(points, *person, course.school);
                let links = if any && !certified { here } else { vec![] };
                let fit = certified || (any && fixed);
                points.at_least(&format!("{} {role}", course.id), links, i32::from(fit), 1);
            }
        }
    }
}
