//! # 专用教室不超用 · Rooms not overbooked
//!
//! 实验室等专用教室同一时间的使用不超过容量(含准备和整理时间)。
//! Rooms are not used beyond their capacity, set-up and clearing included.
//!
//! A pool = (site, kind). A use = [start − setup, end + clearing), with the largest set-up and clearing of the pool's rooms.
//! Point: a pool. Excess: Σ over instants (starts of cells of the bells of classes that need the pool) max(0, uses − units).
//! Point: a room of a pool that is not over capacity. Excess: the same Σ for the uses of that very room.
//! Bound in: timetable. XHSTT cousin: `AvoidClashes`.
//! Source: S1-12, S2.8-14, S4-15.

use crate::check::{Breach, Facts, Findings, Kind, LessonFact, beside, list, weekday};
use crate::file::{Clock, Room, Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Rooms not overbooked: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoomClash {}

pub static LAW: Law = Law {
    id: "room_clash",
    title: ("专用教室不超用", "Rooms not overbooked"),
    breach: ("{room}同时使用 {uses} 次,只能容纳 {units} 次:{cells}", "{room}: {uses} uses at once, room for {units}: {cells}"),
    source: &["S1-12", "S2.8-14", "S4-15"],
    binds: &[Stage::Timetable],
};

impl Rule for RoomClash {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for ((site, kind), pool) in pools(facts) {
            let school = facts.places.sites[site].school;
            if !facts.school_in(scope, school) {
                continue;
            }
            let units: u64 = pool.rooms.iter().map(|&room| u64::from(facts.district.rooms[room].units)).sum();
            let over = pool.over(facts, units, |_| true);
            found.point(over.iter().map(|busy| busy.excess).sum(), || {
                let place = Breach::at(Kind::Site, facts.places.sites[site].id).and(Kind::RoomKind, kind);
                said(facts, place, facts.say_pool(Some(site), kind), units, &over)
            });
            for &room in pool.rooms.iter().filter(|_| over.is_empty()) {
                let units = u64::from(facts.district.rooms[room].units);
                let over = pool.over(facts, units, |lesson| lesson.room == Some(room));
                found.point(over.iter().map(|busy| busy.excess).sum(), || {
                    said(facts, Breach::at(Kind::Room, &facts.district.rooms[room].id), facts.say_room(room), units, &over)
                });
            }
        }
    }
}

/// Rooms of one kind at one site, the lessons that use them, and the bells of the classes whose courses need them.
#[derive(Default)]
struct Pool {
    rooms: Vec<usize>,
    lessons: Vec<usize>,
    bells: BTreeSet<usize>,
}

/// An instant at which too many use a room.
struct Busy {
    weekday: u8,
    clock: Clock,
    week: u8,
    uses: u64,
    excess: i64,
}

fn pools<'a>(facts: &Facts<'a>) -> BTreeMap<(usize, &'a str), Pool> {
    let mut pools: BTreeMap<(usize, &str), Pool> = BTreeMap::new();
    let bell = |class: &usize| facts.courses.classes[*class].bell;
    for course in &facts.courses.list {
        let own = course.classes.first().and_then(|&class| facts.courses.classes[class].site);
        for need in course.blocks.iter().filter_map(|block| block.room) {
            let site = need.site.as_deref().map_or(own, |id| facts.places.site(id));
            if let Some(site) = site {
                pools.entry((site, need.kind.as_str())).or_default().bells.extend(course.classes.iter().filter_map(bell));
            }
        }
    }
    for (number, lesson) in facts.lessons.list.iter().enumerate() {
        let key = lesson.need.and_then(|need| Some((lesson.site?, need.kind.as_str())));
        if let Some(pool) = key.and_then(|key| pools.get_mut(&key)) {
            pool.lessons.push(number);
        }
    }
    for (number, room) in facts.district.rooms.iter().enumerate() {
        let key = facts.places.site(&room.site).map(|site| (site, room.kind.as_str()));
        if let Some(pool) = key.and_then(|key| pools.get_mut(&key)) {
            pool.rooms.push(number);
        }
    }
    pools
}

impl Pool {
    /// The instants at which more than `units` of the pool's lessons `of` interest use it.
    fn over(&self, facts: &Facts, units: u64, of: impl Fn(&LessonFact) -> bool) -> Vec<Busy> {
        let longest = |minutes: fn(&Room) -> u32| self.rooms.iter().map(|&room| minutes(&facts.district.rooms[room])).max().unwrap_or(0);
        let (setup, clearing) = (i64::from(longest(|room| room.setup_minutes)), i64::from(longest(|room| room.clearing_minutes)));
        let uses: Vec<_> = self.lessons.iter().map(|&lesson| &facts.lessons.list[lesson]).filter(|lesson| of(lesson)).collect();
        let mut over = Vec::new();
        for (weekday, clock) in self.instants(facts) {
            for week in 0..2_u8 {
                let uses_then = |lesson: &&&LessonFact| {
                    let weeks = lesson.weeks & lesson.need.map_or(0, |need| facts.courses.mask(need.weeks));
                    let (Some(first), Some(last)) = (lesson.cells.first(), lesson.cells.last()) else { return false };
                    let (from, to) = (i64::from(first.start.0) - setup, i64::from(last.end.0) + clearing);
                    lesson.weekday == weekday && weeks & (1 << week) != 0 && (from..to).contains(&i64::from(clock.0))
                };
                let uses = uses.iter().filter(uses_then).count() as u64;
                if uses > units {
                    over.push(Busy { weekday, clock, week, uses, excess: (uses - units) as i64 });
                }
            }
        }
        over
    }

    fn instants(&self, facts: &Facts) -> BTreeSet<(u8, Clock)> {
        let bells = self.bells.iter().map(|&bell| &facts.courses.bells[bell]);
        let days = bells.flat_map(|bell| bell.weekdays.iter().map(move |day| (bell, *day)));
        days.flat_map(|(bell, day)| bell.cells(day).iter().map(move |cell| (day, cell.start))).collect()
    }
}

fn said(facts: &Facts, place: Breach, room: Text, units: u64, over: &[Busy]) -> Breach {
    let time = |busy: &Busy| {
        let clock = Text::new(format!(" {}", busy.clock), busy.clock.to_string());
        facts.in_week(1 << busy.week, &beside(&weekday(busy.weekday), &clock))
    };
    let uses = over.iter().map(|busy| busy.uses).max().unwrap_or(0);
    let cells: Vec<_> = over.iter().map(time).collect();
    place.say("room", room).number("uses", uses).number("units", units).say("cells", list(&cells))
}

#[cfg(feature = "solve")]
mod bind {
    use super::RoomClash;
    use crate::engine::Gauge;
    use crate::stages::{Points, Slots, place_fits};
    use std::collections::BTreeSet;

    impl crate::rules::Bind for RoomClash {
        /// Uses of a pool at every instant at which a cell starts: at most its units.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for ((site, kind), pool) in &slots.pools {
                if !place_fits(slots.world, points.scope, slots.world.sites[*site].school) {
                    continue;
                }
                let (setup, clearing) = pool.margins();
                let classes = pool.lessons.iter().flat_map(|lesson| &slots.world.courses[slots.lessons[*lesson].course].classes);
                let bells: BTreeSet<usize> = classes.filter_map(|class| slots.world.classes[*class].bell).collect();
                let instants: BTreeSet<(u8, u16)> =
                    bells.iter().flat_map(|bell| slots.cells(*bell).iter().map(|cell| (cell.weekday, cell.start))).collect();
                let instants: Vec<(u8, u16)> = instants.into_iter().collect();
                let mut links = Vec::new();
                for lesson in &pool.lessons {
                    let held = &slots.lessons[*lesson];
                    let cells = slots.cells(held.bell);
                    let covers = |start: usize| -> Vec<usize> {
                        let Some(last) = cells.get(start + usize::from(held.periods) - 1) else { return vec![] };
                        let (from, to) = (i32::from(cells[start].start) - setup, i32::from(last.end) + clearing);
                        let within =
                            |at: &usize| instants[*at].0 == cells[start].weekday && (from..to).contains(&i32::from(instants[*at].1));
                        (0..instants.len()).filter(within).collect()
                    };
                    let covered: Vec<Vec<usize>> = (0..cells.len()).map(covers).collect();
                    let used = |week: &usize| held.need.as_ref().is_some_and(|need| slots.held(need.weeks, *week));
                    for week in (0..slots.weeks()).filter(used) {
                        for k in 0..covered.iter().map(Vec::len).max().unwrap_or(0) {
                            let group = |at: usize, start: usize| (at == week).then(|| covered[start].get(k)).flatten();
                            let group = |at: usize, start: usize| group(at, start).map(|instant| (week * instants.len() + instant) as u16);
                            links.extend(slots.start_links(points, *lesson, &group));
                        }
                    }
                }
                let groups = instants.len() * slots.weeks();
                if !links.is_empty() {
                    let at = format!("{} {kind}", slots.world.sites[*site].id);
                    points.post(&at, Gauge::at_most(pool.units()), groups, (0, 0), links, vec![]);
                }
            }
        }
    }
}
