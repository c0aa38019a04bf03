//! # 班级不冲突 · No class twice
//!
//! 一个班同一节只上一门课。
//! A class has one lesson at a time.
//!
//! Point: a class. Excess: Σ over cells max(0, lessons covering the cell − 1); courses of one band at the same start count once.
//! Bound in: timetable. XHSTT cousin: `AvoidClashes`.

use crate::check::{Breach, Facts, Findings, Kind, cell, list};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// No class twice: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassClash {}

pub static LAW: Law = Law {
    id: "class_clash",
    title: ("班级不冲突", "No class twice"),
    breach: ("{class}同一节安排了多门课:{cells}", "{class} has several lessons at once: {cells}"),
    source: &[],
    binds: &[Stage::Timetable],
};

impl Rule for ClassClash {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for class in (0..facts.courses.classes.len()).filter(|&class| facts.class_in(scope, class)) {
            let mut held = Vec::new();
            for &course in &facts.courses.of_class[class] {
                let band = facts.courses.list[course].band;
                for &number in &facts.lessons.of_course[course] {
                    let lesson = &facts.lessons.list[number];
                    // Courses of a band that start a block together are one lesson to the class; two blocks at once are two.
                    let what = band.map_or((None, number), |band| (Some((band, lesson.block, lesson.weekday, lesson.period)), 0));
                    let weeks = (0..2_u8).filter(|week| lesson.weeks & (1 << week) != 0);
                    let covered = facts.covered(class, lesson);
                    held.extend(weeks.flat_map(|week| covered.iter().map(move |cell| (*cell, week, what))));
                }
            }
            held.sort_unstable();
            held.dedup();
            let double: Vec<_> = held.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|lessons| lessons.len() > 1).collect();
            found.point(double.iter().map(|lessons| lessons.len() as i64 - 1).sum(), || {
                let cells: BTreeSet<_> = double.iter().map(|lessons| lessons[0].0).collect();
                let cells: Vec<_> = cells.into_iter().map(|(day, period)| cell(day, period)).collect();
                let breach = Breach::at(Kind::Class, &facts.district.classes[class].id);
                breach.say("class", facts.say_class(class)).say("cells", list(&cells))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::ClassClash;
    use crate::engine::Gauge;
    use crate::stages::{Points, Slots, class_fits};

    impl crate::rules::Bind for ClassClash {
        /// Lessons of one class in one cell: at most one. A band's courses share their item and count once.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for (class, lessons) in slots.by_class.iter().enumerate().filter(|(class, _)| class_fits(slots.world, points.scope, *class)) {
                let mut once: Vec<usize> = Vec::new();
                for lesson in lessons {
                    if !once.iter().any(|other| slots.lessons[*other].item == slots.lessons[*lesson].item) {
                        once.push(*lesson);
                    }
                }
                let Some(own) = slots.world.classes[class].bell else { continue };
                let per_week = slots.cells(own).len();
                let groups = per_week * slots.weeks();
                let group = |week: usize, cell: usize| (week * per_week + cell) as u16;
                let links = once.iter().flat_map(|lesson| slots.links_on(points, *lesson, own, &group));
                let links = links.collect();
                points.post(&slots.world.classes[class].file.id, Gauge::at_most(1), groups, (0, 0), links, vec![]);
            }
        }
    }
}
