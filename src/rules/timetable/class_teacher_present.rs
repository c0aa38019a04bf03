//! # 班主任在校 · The class teacher is there
//!
//! 本班第一节和最后一节时,班主任不在别处上课。
//! In the class's first and last period of a day its class teacher is not teaching elsewhere.
//!
//! Point: a class with a known class teacher. Excess: number of the class teacher's lesson cells at another site that overlap
//! the class's first or last open cell of the weekday.
//! Bound in: timetable.

use crate::check::{Breach, Facts, Findings, Kind, Slot};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The class teacher is there: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassTeacherPresent {}

pub static LAW: Law = Law {
    id: "class_teacher_present",
    title: ("班主任在校", "The class teacher is there"),
    breach: (
        "{class}首末节时,班主任 {person} 有 {excess} 节在别处上课:{cells}",
        "{class}: class teacher {person} teaches elsewhere in the first or last period: {cells}",
    ),
    source: &[],
    binds: &[Stage::Timetable],
};

impl Rule for ClassTeacherPresent {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (class, fact) in facts.courses.classes.iter().enumerate().filter(|(class, _)| facts.class_in(scope, *class)) {
            let (Some(person), Some(bell)) = (facts.teaching.class_teachers[class], fact.bell) else { continue };
            // The first and the last cell in which the class is taught on a weekday.
            let ends = |day: u8| {
                let open = facts.courses.bells[bell]
                    .cells(day)
                    .iter()
                    .zip(1..=u8::MAX)
                    .filter(|(_, period)| !fact.closed.contains(&(day, *period)));
                let open: Vec<_> = open.map(|(cell, _)| cell).collect();
                [open.first().copied(), open.last().copied()]
            };
            let meets =
                |slot: &Slot| ends(slot.weekday).into_iter().flatten().any(|cell| slot.start < cell.end.0 && cell.start.0 < slot.end);
            let elsewhere = facts.lessons.of_person[person].iter().filter(|slot| slot.site != fact.site);
            let hit: Vec<_> = elsewhere.filter(|slot| meets(slot)).collect();
            found.point(hit.len() as i64, || {
                let breach = Breach::at(Kind::Class, &facts.district.classes[class].id).and(Kind::Person, &facts.people.list[person].id);
                breach.say("class", facts.say_class(class)).say("person", facts.say_person(person)).say("cells", facts.say_cells(hit))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::ClassTeacherPresent;
    use crate::stages::{Points, Slots, class_fits};

    impl crate::rules::Bind for ClassTeacherPresent {
        /// Lesson cells of the class teacher at another site while the class has its first or last open cell of the day.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            let world = slots.world;
            for (class, teacher) in slots.class_teacher.iter().enumerate() {
                let (Some(teacher), Some(bell)) = (teacher, world.classes[class].bell) else { continue };
                if !class_fits(world, points.scope, class) {
                    continue;
                }
                let open = &world.classes[class].open;
                let ends = |weekday: u8| {
                    let mut day = slots.cells(bell).iter().enumerate().filter(move |(k, cell)| open[*k] && cell.weekday == weekday);
                    let first = day.next();
                    [first, day.next_back().or(first)].into_iter().flatten().map(|(_, cell)| (cell.start, cell.end))
                };
                let mut links = Vec::new();
                for lesson in slots.by_teacher.get(teacher).into_iter().flatten() {
                    let held = &slots.lessons[*lesson];
                    if held.site == world.classes[class].site {
                        continue;
                    }
                    let cells = slots.cells(held.bell);
                    let hit = |_: usize, k: usize| {
                        ends(cells[k].weekday).any(|(from, to)| from < cells[k].end && cells[k].start < to).then_some(0)
                    };
                    links.extend(slots.links(points, *lesson, &hit));
                }
                points.at_most(&world.classes[class].file.id, links, 0, 0);
            }
        }
    }
}
