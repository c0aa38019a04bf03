//! # 开放时间 · Opening hours
//!
//! 专用教室只在开放时间内、向允许的学校使用。
//! Rooms are used in their opening hours and by the schools they are open to.
//!
//! Point: a lesson that needs a room. Excess: 1 if one of its periods lies outside every window of every room of the pool that
//! is open to the class's school. A room without windows is always open; `open_to` matters to other schools only.
//! Bound in: timetable. XHSTT cousin: `PreferTimes`.
//! Source: S0-19, S0-21, S4-17.

use crate::check::{Breach, Facts, Findings, Kind, cell};
use crate::file::{Cell, Room, Scope, Window};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Opening hours: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LabWindows {}

pub static LAW: Law = Law {
    id: "lab_windows",
    title: ("开放时间", "Opening hours"),
    breach: (
        "{class}{subject}安排在{cell},{room}那时不向{school}开放",
        "{class} {subject} is at {cell} when {room} is not open to {school}",
    ),
    source: &["S0-19", "S0-21", "S4-17"],
    binds: &[Stage::Timetable],
};

impl Rule for LabWindows {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (lesson, need) in facts.lessons.list.iter().filter_map(|lesson| Some((lesson, lesson.need?))) {
            if !facts.course_in(scope, lesson.course) {
                continue;
            }
            let fact = &facts.courses.list[lesson.course];
            let school = facts.courses.school_of(lesson.course);
            let in_pool = |room: &&Room| room.kind == need.kind && lesson.site.is_some() && facts.places.site(&room.site) == lesson.site;
            let opens_to = |room: &&Room| {
                let own = facts.places.site(&room.site).map(|site| facts.places.sites[site].school) == school;
                own || room.open_to.iter().any(|id| school.is_some() && facts.places.school(id) == school)
            };
            let rooms: Vec<_> = facts.district.rooms.iter().filter(in_pool).filter(opens_to).collect();
            let weeks = lesson.weeks & facts.courses.mask(need.weeks);
            let open = |cell: &Cell, week: u8| {
                let holds = |window: &Window| {
                    let in_week = facts.courses.mask(window.weeks) & (1 << week) != 0;
                    in_week && window.weekday == lesson.weekday && window.from <= cell.start && cell.end <= window.to
                };
                rooms.iter().any(|room| room.open.is_empty() || room.open.iter().any(holds))
            };
            let shut = (0..2).filter(|week| weeks & (1 << week) != 0).any(|week| lesson.cells.iter().any(|cell| !open(cell, week)));
            found.point(i64::from(shut), || {
                let breach = Breach::at(Kind::Course, &fact.id).and(Kind::Lesson, (lesson.block + 1).to_string());
                let breach = breach.say("class", facts.say_classes(lesson.course)).say("subject", facts.say_subject(fact.subject));
                let breach = breach.say("cell", cell(lesson.weekday, lesson.period)).say("school", facts.say_home(school));
                breach.say("room", facts.say_pool(lesson.site, &need.kind))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::LabWindows;
    use crate::district::BellCell;
    use crate::file::{Room, Window};
    use crate::stages::{Points, Slots};

    impl crate::rules::Bind for LabWindows {
        /// Starts from which some period lies outside every window of every room open to the class's school.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for (lesson, held) in slots.lessons.iter().enumerate().filter(|(lesson, _)| slots.lesson_fits(points.scope, *lesson)) {
                let Some(need) = &held.need else { continue };
                let world = slots.world;
                let school = slots.school_of(lesson);
                let host = world.sites[need.site].school;
                let rooms = &slots.pools[&(need.site, need.kind.clone())].rooms;
                let welcome = |room: &&&Room| host == school || room.open_to.contains(&world.schools[school].file.id);
                let open: Vec<&Room> = rooms.iter().filter(welcome).copied().collect();
                let cells = slots.cells(held.bell);
                let inside = |cell: &BellCell, week: usize| {
                    let holds =
                        |w: &Window| slots.held(w.weeks, week) && w.weekday == cell.weekday && w.from.0 <= cell.start && cell.end <= w.to.0;
                    open.iter().any(|room| room.open.is_empty() || room.open.iter().any(holds))
                };
                let weeks: Vec<usize> =
                    (0..slots.weeks()).filter(|week| slots.held(held.weeks, *week) && slots.held(need.weeks, *week)).collect();
                let outside = |start: usize| {
                    let end = cells.len().min(start + usize::from(held.periods));
                    weeks.iter().any(|week| cells[start..end].iter().any(|cell| !inside(cell, *week)))
                };
                let links = slots.once(points, lesson, &outside);
                points.at_most(&format!("{}#{}", world.courses[held.course].id, held.block + 1), links, 0, 0);
            }
        }
    }
}
