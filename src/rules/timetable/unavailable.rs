//! # 教师不可用时间 · Unavailable times
//!
//! 教师有会议、培训、就医等不可用时间的,不排课。
//! Nobody teaches when not available.
//!
//! Point: a teacher. Excess: number of their lesson cells that overlap a window of `unavailable`.
//! Bound in: timetable. XHSTT cousin: `AvoidUnavailableTimes`.
//! Source: S0-09, S3-10.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Unavailable times: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unavailable {}

pub static LAW: Law = Law {
    id: "unavailable",
    title: ("教师不可用时间", "Unavailable times"),
    breach: ("{person} 在不可用时间有 {excess} 节课:{cells}", "{person} teaches {excess} period(s) when not available: {cells}"),
    source: &["S0-09", "S3-10"],
    binds: &[Stage::Timetable],
};

impl Rule for Unavailable {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, slots) in facts.busy_people().filter(|(person, _)| facts.person_in(scope, *person)) {
            let entry = &facts.people.list[person];
            let hit = facts.during(slots, &entry.unavailable);
            found.point(hit.len() as i64, || {
                Breach::at(Kind::Person, &entry.id).say("person", facts.say_person(person)).say("cells", facts.say_cells(hit))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Unavailable;
    use crate::stages::{Points, Slots};

    impl crate::rules::Bind for Unavailable {
        /// Lesson cells inside a window in which the teacher is unavailable: none.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for (teacher, lessons) in slots.teachers(points.scope) {
                let person = slots.world.people[teacher].file;
                if person.unavailable.is_empty() {
                    continue;
                }
                let links = slots.links_in(points, lessons, &person.unavailable);
                points.at_most(&person.id, links, 0, 0);
            }
        }
    }
}
