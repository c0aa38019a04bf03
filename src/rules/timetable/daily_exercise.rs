//! # 每天锻炼 · Exercise every day
//!
//! 每个班每天体育课和大课间合计不少于规定分钟(每天锻炼一小时)。
//! Every class exercises so many minutes on every day: PE lessons and break exercise together.
//!
//! Minutes of break exercise: windows of the blocks of kind exercise that list the class or its school. Minutes of PE: cells
//! with a lesson of a `sport` subject.
//! Point: a class with lessons, a weekday on which it has an open cell, a week of the cycle. Excess: max(0, min_minutes − minutes of both).
//! Bound in: timetable.
//! Source: S2.2-21.

use crate::check::{Breach, Facts, Findings, Kind, weekday};
use crate::file::{BlockKind, Scope};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Exercise every day: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DailyExercise {
    pub min_minutes: u32,
}

pub static LAW: Law = Law {
    id: "daily_exercise",
    title: ("每天锻炼", "Exercise every day"),
    breach: ("{class}{day}锻炼 {minutes} 分钟,至少 {min} 分钟", "{class} exercises {minutes} minutes on {day}, at least {min}"),
    source: &["S2.2-21"],
    binds: &[Stage::Timetable],
};

impl Rule for DailyExercise {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (class, slots) in facts.lessons.of_class.iter().enumerate() {
            let (fact, entry) = (&facts.courses.classes[class], &facts.district.classes[class]);
            let Some(bell) = fact.bell.filter(|_| !slots.is_empty() && facts.class_in(scope, class)) else { continue };
            let bell = &facts.courses.bells[bell];
            let goes = |day: u8| (1..).zip(bell.cells(day)).any(|(period, _)| !fact.closed.contains(&(day, period)));
            let blocks = facts.district.blocks.iter().filter(|block| block.kind == BlockKind::Exercise);
            let breaks = blocks.filter(|block| block.classes.contains(&entry.id) || block.schools.contains(&entry.school));
            let breaks: Vec<_> = breaks.flat_map(|block| &block.when).collect();
            for day in bell.weekdays.iter().copied().filter(|day| goes(*day)) {
                for week in (0..2).filter(|week| facts.courses.every_week() & (1 << week) != 0) {
                    let here = breaks.iter().filter(|w| w.weekday == day && facts.courses.mask(w.weeks) & (1 << week) != 0);
                    let outside: i64 = here.map(|w| i64::from(w.to.0) - i64::from(w.from.0)).sum();
                    let sport = |lesson: usize| facts.courses.subject_of(facts.lessons.list[lesson].course).is_some_and(|it| it.sport);
                    let held = slots.iter().filter(|slot| (slot.weekday, slot.week) == (day, week) && sport(slot.lesson));
                    // Groups of one class that exercise in the same cell count once.
                    let cells: BTreeSet<_> = held.map(|slot| (slot.bell, slot.period, slot.start, slot.end)).collect();
                    let minutes = outside + cells.iter().map(|(_, _, start, end)| i64::from(*end) - i64::from(*start)).sum::<i64>();
                    found.point(i64::from(self.min_minutes) - minutes, || {
                        let breach = Breach::at(Kind::Class, &entry.id).and(Kind::Weekday, day.to_string());
                        let breach = breach.say("class", facts.say_class(class)).say("day", facts.in_week(1 << week, &weekday(day)));
                        breach.number("minutes", minutes).number("min", self.min_minutes)
                    });
                }
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::{BTreeSet, BlockKind, DailyExercise};
    use crate::engine::Gauge;
    use crate::stages::{FREE, Points, Slots, class_fits};
    use std::collections::BTreeMap;

    impl crate::rules::Bind for DailyExercise {
        /// Σ over the day's cells with a sport lesson of their minutes ≥ what the break exercise leaves.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            let world = slots.world;
            let curtailed = slots.curtailed();
            for (class, lessons) in slots.by_class.iter().enumerate() {
                let of = &world.classes[class];
                let whole = !lessons.is_empty() && !curtailed.contains(&class) && class_fits(world, points.scope, class);
                let Some(bell) = of.bell.filter(|_| whole) else { continue };
                let sport = |lesson: &&usize| world.courses[slots.lessons[**lesson].course].subject.sport;
                let sport: Vec<usize> = lessons.iter().filter(sport).copied().collect();
                let days: BTreeSet<u8> =
                    slots.cells(bell).iter().zip(&of.open).filter(|(_, open)| **open).map(|(cell, _)| cell.weekday).collect();
                let breaks = world.file.blocks.iter().filter(|block| block.kind == BlockKind::Exercise);
                let breaks = breaks.filter(|block| block.classes.contains(&of.file.id) || block.schools.contains(&of.file.school));
                let breaks: Vec<_> = breaks.flat_map(|block| &block.when).collect();
                for day in days {
                    for week in 0..slots.weeks() {
                        let here = breaks.iter().filter(|w| w.weekday == day && slots.held(w.weeks, week));
                        let least = i64::from(self.min_minutes) - here.map(|w| i64::from(w.to.0) - i64::from(w.from.0)).sum::<i64>();
                        if least <= 0 {
                            continue;
                        }
                        // (bell, cell) → group
                        let mut groups: BTreeMap<(usize, usize), u16> = BTreeMap::new();
                        let mut weight = Vec::new();
                        for bell in sport.iter().map(|lesson| slots.lessons[*lesson].bell).collect::<BTreeSet<usize>>() {
                            for (k, cell) in slots.cells(bell).iter().enumerate().filter(|(_, cell)| cell.weekday == day) {
                                groups.insert((bell, k), weight.len() as u16);
                                weight.push(i32::from(cell.end) - i32::from(cell.start));
                            }
                        }
                        let mut links = Vec::new();
                        for lesson in &sport {
                            let bell = slots.lessons[*lesson].bell;
                            let group = |w: usize, k: usize| groups.get(&(bell, k)).copied().filter(|_| w == week);
                            links.extend(slots.links(points, *lesson, &group));
                        }
                        weight.resize(weight.len().max(1), 0);
                        let (at, count) = (format!("{} day {day} week {}", of.file.id, week + 1), weight.len());
                        points.post(&at, Gauge::BusyWeight { weight }, count, (least, FREE), links, vec![]);
                    }
                }
            }
        }
    }
}
