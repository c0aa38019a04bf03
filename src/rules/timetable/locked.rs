//! # 已定的课 · Locked lessons
//!
//! 已经定好的课不移动。
//! Lessons already agreed on are not moved.
//!
//! Point: a locked lesson. Excess: 1 if it is placed elsewhere.
//! Bound in: timetable. XHSTT cousin: `PreferTimes`.

use crate::check::{Breach, Facts, Findings, Kind, cell};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Locked lessons: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Locked {}

pub static LAW: Law = Law {
    id: "locked",
    title: ("已定的课", "Locked lessons"),
    breach: ("{class}{subject}已定在{cell},方案排在{placed}", "{class} {subject} is agreed at {cell}, the plan has it at {placed}"),
    source: &[],
    binds: &[Stage::Timetable],
};

impl Rule for Locked {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for lock in &facts.district.locked_lessons {
            let Some(course) = facts.courses.find(&lock.course).filter(|course| facts.course_in(scope, *course)) else { continue };
            let block = usize::from(lock.block).wrapping_sub(1);
            let Some(lesson) = facts.lessons.find(course, block).map(|lesson| &facts.lessons.list[lesson]) else { continue };
            let moved = (lesson.weekday, lesson.period) != (lock.at.weekday, lock.at.period);
            found.point(i64::from(moved), || {
                let breach = Breach::at(Kind::Course, &lock.course).and(Kind::Lesson, lock.block.to_string());
                let subject = facts.say_subject(facts.courses.list[course].subject);
                let breach = breach.say("class", facts.say_classes(course)).say("subject", subject);
                breach.say("cell", cell(lock.at.weekday, lock.at.period)).say("placed", cell(lesson.weekday, lesson.period))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Locked;
    use crate::stages::{Points, Slots, course_fits};

    impl crate::rules::Bind for Locked {
        /// A locked lesson anywhere else.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for lock in &slots.world.file.locked_lessons {
                let Some(course) = slots.world.course(&lock.course) else { continue };
                if !course_fits(slots.world, points.scope, &slots.world.courses[course]) {
                    continue;
                }
                for lesson in &slots.by_course[course] {
                    let held = &slots.lessons[*lesson];
                    let cells = slots.cells(held.bell);
                    if held.block + 1 == usize::from(lock.block) {
                        let elsewhere = |start: usize| (cells[start].weekday, cells[start].period) != (lock.at.weekday, lock.at.period);
                        let links = slots.once(points, *lesson, &elsewhere);
                        points.at_most(&format!("{}#{}", lock.course, lock.block), links, 0, 0);
                    }
                }
            }
        }
    }
}
