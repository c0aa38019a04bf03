//! # 教师不冲突 · No teacher twice
//!
//! 一位教师同一时间只上一节课(合班、专递课堂算一节)。
//! A teacher has one lesson at a time (a combined or remote lesson is one).
//!
//! Point: a teacher. Excess: Σ over cells (bell, weekday, period) max(0, lessons − 1) + number of unordered pairs of occupied
//! cells of different bells that overlap in clock time.
//! Bound in: timetable. XHSTT cousin: `AvoidClashes`.
//! Source: S0-16.

use crate::check::{Breach, Facts, Findings, Kind, Slot, runs};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// No teacher twice: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TeacherClash {}

pub static LAW: Law = Law {
    id: "teacher_clash",
    title: ("教师不冲突", "No teacher twice"),
    breach: ("{person} 同一时间有多节课:{cells}", "{person} has several lessons at once: {cells}"),
    source: &["S0-16"],
    binds: &[Stage::Timetable],
};

impl Rule for TeacherClash {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, slots) in facts.busy_people().filter(|(person, _)| facts.person_in(scope, *person)) {
            let (excess, cells) = clashes(slots);
            found.point(excess, || {
                let breach = Breach::at(Kind::Person, &facts.people.list[person].id).say("person", facts.say_person(person));
                breach.say("cells", facts.say_cells(cells))
            });
        }
    }
}

/// The excess of sorted slots, and the slots where something else is going on too.
fn clashes(slots: &[Slot]) -> (i64, Vec<&Slot>) {
    let same = |a: &Slot, b: &Slot| (a.bell, a.period) == (b.bell, b.period);
    let mut excess = 0;
    let mut cells = Vec::new();
    for day in runs(slots, |slot| (slot.weekday, slot.week)) {
        for (number, slot) in day.iter().enumerate() {
            // Slots are sorted by start: once one begins after this one ends, so do the rest.
            let later = || day[number + 1..].iter().take_while(|other| other.start < slot.end || same(slot, other));
            let again = later().any(|other| same(slot, other));
            let first_of_cell = number == 0 || !same(&day[number - 1], slot);
            let mut across: Vec<_> = later().filter(|other| first_of_cell && other.bell != slot.bell && other.overlaps(slot)).collect();
            across.dedup_by(|a, b| same(a, b));
            if again || !across.is_empty() {
                cells.push(slot);
            }
            excess += i64::from(again) + across.len() as i64;
        }
    }
    (excess, cells)
}

#[cfg(test)]
mod tests {
    use super::{Slot, clashes};
    use crate::file::Half;
    use std::collections::BTreeSet;

    /// The rule's words, taken literally.
    fn literally(slots: &[Slot]) -> i64 {
        let cell = |slot: &Slot| (slot.weekday, slot.week, slot.bell, slot.period, slot.start, slot.end);
        let cells: Vec<_> = slots.iter().map(cell).collect::<BTreeSet<_>>().into_iter().collect();
        let lessons = slots.iter().map(|slot| (cell(slot), slot.lesson)).collect::<BTreeSet<_>>().len();
        let pairs = cells.iter().enumerate().flat_map(|(number, a)| cells[number + 1..].iter().map(move |b| (a, b)));
        let overlap = pairs.filter(|(a, b)| (a.0, a.1) == (b.0, b.1) && a.2 != b.2 && a.4 < b.5 && b.4 < a.5).count();
        (lessons - cells.len() + overlap) as i64
    }

    #[test]
    fn clashes_are_counted_as_the_rule_says() {
        // Two bells: periods of 40 minutes every 50 from 8:00, and of 45 every 55 from 8:10.
        let slot = |lesson: usize, week: u8, bell: usize, period: u8| {
            let (length, every, first) = if bell == 0 { (40, 50, 480) } else { (45, 55, 490) };
            let start = first + every * u16::from(period - 1);
            let (end, half) = (start + length, Half::Am);
            Slot { weekday: 1, week, start, end, bell, period, half, site: None, lesson }
        };
        let mut seed = 1_u32;
        let mut next = |below: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) % below
        };
        for _ in 0..500 {
            let mut slots: Vec<_> = (0..6).map(|lesson| slot(lesson, next(2) as u8, next(2) as usize, 1 + next(5) as u8)).collect();
            slots.sort_unstable();
            assert_eq!(clashes(&slots).0, literally(&slots), "{slots:?}");
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::TeacherClash;
    use crate::engine::Gauge;
    use crate::stages::{Points, Slots};

    impl crate::rules::Bind for TeacherClash {
        /// One lesson per cell of each bell; cells of different bells that overlap by the clock are pairs of a clique.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for (teacher, lessons) in slots.teachers(points.scope) {
                let name = &slots.world.people[teacher].file.id;
                let axis = slots.axis(lessons);
                let links: Vec<_> = lessons
                    .iter()
                    .flat_map(|lesson| {
                        let bell = slots.lessons[*lesson].bell;
                        slots.links(points, *lesson, &|week, cell| Some(axis.group(week, bell, cell)))
                    })
                    .collect();
                points.post(name, Gauge::at_most(1), axis.groups, (0, 0), links.clone(), vec![]);
                let mut pairs = Vec::new();
                let bells: Vec<usize> = axis.bells().collect();
                for (k, a) in bells.iter().enumerate() {
                    for b in &bells[k + 1..] {
                        for (i, one) in slots.cells(*a).iter().enumerate() {
                            for (j, other) in slots.cells(*b).iter().enumerate() {
                                if one.weekday == other.weekday && one.start < other.end && other.start < one.end {
                                    pairs.extend((0..slots.weeks()).map(|week| vec![axis.group(week, *a, i), axis.group(week, *b, j)]));
                                }
                            }
                        }
                    }
                }
                if !pairs.is_empty() {
                    points.post(name, Gauge::clique(axis.groups as u16, pairs), axis.groups, (0, 0), links, vec![]);
                }
            }
        }
    }
}
