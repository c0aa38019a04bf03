//! # 师徒听课 · Mentors and apprentices hear each other
//!
//! 师徒结对的双方,每个周期各有规定节数的课可供对方去听:一方上课时另一方没有课(青蓝工程:每两周互听一节)。
//! Of a mentor and an apprentice each can hear the other: while one has a lesson the other has none, so often in a cycle.
//!
//! Whether the listener gets there in time is not looked at.
//! Point: (person with a `mentor`, who is heard), where both have lessons. Excess: max(0, min − (lesson cells of who is heard −
//! different cells of these during which the other has a lesson)).
//! Bound in: timetable.
//! Source: S2.2-16.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Mentors and apprentices hear each other: the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mentoring {
    /// Lessons that can be heard per cycle, each way.
    #[serde(default = "one")]
    pub min: u32,
}
fn one() -> u32 {
    1
}

pub static LAW: Law = Law {
    id: "mentoring",
    title: ("师徒听课", "Mentors and apprentices hear each other"),
    breach: (
        "{listener} 只能听 {teacher} 的 {count} 节课,至少 {min} 节",
        "{listener} can hear only {count} lesson(s) of {teacher}, at least {min}",
    ),
    source: &["S2.2-16"],
    binds: &[Stage::Timetable],
};

impl Rule for Mentoring {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let apprentices = (0..facts.people.list.len()).filter(|person| facts.person_in(scope, *person));
        let mentor = |person: usize| facts.people.list[person].mentor.as_deref().and_then(|id| facts.people.find(id));
        for (apprentice, mentor) in apprentices.filter_map(|person| Some((person, mentor(person)?))) {
            for (teacher, listener) in [(mentor, apprentice), (apprentice, mentor)] {
                let (taught, busy) = (&facts.lessons.of_person[teacher], &facts.lessons.of_person[listener]);
                if taught.is_empty() || busy.is_empty() {
                    continue;
                }
                let meets = |slot: &crate::check::Slot| {
                    busy.iter().any(|other| (other.week, other.weekday) == (slot.week, slot.weekday) && slot.overlaps(other))
                };
                let missed: BTreeSet<_> =
                    taught.iter().filter(|slot| meets(slot)).map(|slot| (slot.week, slot.weekday, slot.bell, slot.period)).collect();
                let count = taught.len() as i64 - missed.len() as i64;
                found.point(i64::from(self.min) - count, || {
                    let id = |person: usize| &facts.people.list[person].id;
                    let breach = Breach::at(Kind::Person, id(apprentice)).and(Kind::Person, id(teacher));
                    let breach = breach.say("listener", facts.say_person(listener)).say("teacher", facts.say_person(teacher));
                    breach.number("count", count).number("min", self.min)
                });
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Mentoring;
    use crate::engine::Gauge;
    use crate::stages::{FREE, Points, Slots, person_fits};

    impl crate::rules::Bind for Mentoring {
        /// Cells in which both teach ≤ cells of one of them − min; group: cell of the one, then the same with the other in it.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            let world = slots.world;
            for (apprentice, person) in world.people.iter().enumerate() {
                let mentor = person.file.mentor.as_deref().and_then(|id| world.person(id));
                let fits = !slots.alone && person_fits(world, points.scope, apprentice, slots.school[apprentice]);
                let Some(mentor) = mentor.filter(|_| fits) else { continue };
                for (teacher, listener) in [(mentor, apprentice), (apprentice, mentor)] {
                    let (Some(taught), Some(busy)) = (slots.by_teacher.get(&teacher), slots.by_teacher.get(&listener)) else { continue };
                    let axis = slots.axis(taught);
                    let half = axis.groups as u16;
                    let mut links = Vec::new();
                    let mut cells = 0;
                    for lesson in taught {
                        let held = &slots.lessons[*lesson];
                        let weeks = (0..slots.weeks()).filter(|week| slots.held(held.weeks, *week)).count();
                        cells += i64::from(held.periods) * weeks as i64;
                        links.extend(slots.links(points, *lesson, &|week, cell| Some(axis.group(week, held.bell, cell))));
                    }
                    for bell in axis.bells() {
                        for lesson in busy {
                            links.extend(slots.links_on(points, *lesson, bell, &|week, cell| half + axis.group(week, bell, cell)));
                        }
                    }
                    let sets = (0..half).map(|cell| vec![cell, half + cell]).collect();
                    let at = format!("{} hears {}", world.people[listener].file.id, world.people[teacher].file.id);
                    let range = (-FREE, cells - i64::from(self.min));
                    points.post(&at, Gauge::clique(2 * half, sets), 2 * axis.groups, range, links, vec![]);
                }
            }
        }
    }
}
