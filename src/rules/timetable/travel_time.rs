//! # 路上来得及 · Time to travel
//!
//! 教师(班级)先后在两地上课的,课间要来得及赶路。
//! Between lessons at two sites there is time for the trip.
//!
//! Point: a teacher; a class. Excess: number of unordered pairs of busy (site, bell, cell) of different sites on one weekday
//! that do not overlap and with later start − earlier end < minutes(earlier site → later site) + margin.
//! Bound in: timetable.
//! Source: S1-02.

use crate::check::{Breach, Facts, Findings, Kind, Slot, cell, list, runs};
use crate::file::{Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Time to travel: the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TravelTime {
    /// Added to every trip.
    #[serde(default = "five")]
    pub margin_minutes: u32,
}

fn five() -> u32 {
    5
}
impl Default for TravelTime {
    fn default() -> Self {
        Self { margin_minutes: five() }
    }
}

pub static LAW: Law = Law {
    id: "travel_time",
    title: ("路上来得及", "Time to travel"),
    breach: ("{who}:赶路来不及,{pairs}", "{who} cannot make the trip: {pairs}"),
    source: &["S1-02"],
    binds: &[Stage::Timetable],
};

impl Rule for TravelTime {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, slots) in facts.busy_people().filter(|(person, _)| facts.person_in(scope, *person)) {
            let pairs = self.missed(facts, slots);
            found.point(pairs.len() as i64, || {
                let breach = Breach::at(Kind::Person, &facts.people.list[person].id).say("who", facts.say_person(person));
                breach.say("pairs", list(&pairs))
            });
        }
        for (class, slots) in facts.lessons.of_class.iter().enumerate().filter(|(class, _)| facts.class_in(scope, *class)) {
            let pairs = self.missed(facts, slots);
            found.point(pairs.len() as i64, || {
                let breach = Breach::at(Kind::Class, &facts.district.classes[class].id).say("who", facts.say_class(class));
                breach.say("pairs", list(&pairs))
            });
        }
    }
}

impl TravelTime {
    /// The pairs with too little time between, in words.
    fn missed(&self, facts: &Facts, slots: &[Slot]) -> Vec<Text> {
        let mut missed = Vec::new();
        for day in runs(slots, |slot| (slot.weekday, slot.week)) {
            if day.iter().all(|slot| slot.site == day[0].site) {
                continue;
            }
            let mut busy: Vec<&Slot> = day.iter().collect();
            busy.dedup_by_key(|slot| (slot.site, slot.bell, slot.period));
            for (number, earlier) in busy.iter().enumerate() {
                for later in &busy[number + 1..] {
                    let (Some(from), Some(to)) = (earlier.site, later.site) else { continue };
                    let minutes = facts.places.minutes(from, to);
                    let gap = i64::from(later.start) - i64::from(earlier.end);
                    if from != to && !earlier.overlaps(later) && gap < minutes + i64::from(self.margin_minutes) {
                        missed.push(facts.in_week(1 << earlier.week, &self.said(facts, earlier, later, (gap, minutes))));
                    }
                }
            }
        }
        missed
    }

    fn said(&self, facts: &Facts, earlier: &Slot, later: &Slot, (gap, minutes): (i64, i64)) -> Text {
        let (one, other) = (cell(earlier.weekday, earlier.period), cell(later.weekday, later.period));
        let name = |slot: &Slot| slot.site.map(|site| facts.say_site(site)).unwrap_or_default();
        let (from, to, margin) = (name(earlier), name(later), self.margin_minutes);
        Text::new(
            format!("{}({})到{}({})间隔 {gap} 分钟,路程 {minutes} 分钟,另留 {margin} 分钟", one.zh, from.zh, other.zh, to.zh),
            format!("{} ({}) to {} ({}): {gap} minutes, trip {minutes} + {margin}", one.en, from.en, other.en, to.en),
        )
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::TravelTime;
    use crate::engine::Gauge;
    use crate::stages::{Points, Slots, class_fits};

    impl crate::rules::Bind for TravelTime {
        /// Busy cells at different sites with too little time between them are pairs of a clique; for teachers and for classes.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            let classes = slots.by_class.iter().enumerate().filter(|(class, _)| class_fits(slots.world, points.scope, *class));
            let classes: Vec<(String, Vec<(usize, usize)>)> = classes
                .map(|(class, lessons)| {
                    let sited = lessons.iter().map(|lesson| (*lesson, slots.site_for(class, *lesson)));
                    (slots.world.classes[class].file.id.clone(), sited.collect())
                })
                .collect();
            let teachers = slots.teachers(points.scope).map(|(teacher, lessons)| {
                let sited = lessons.iter().map(|lesson| (*lesson, slots.lessons[*lesson].site));
                (slots.world.people[teacher].file.id.clone(), sited.collect())
            });
            for (name, lessons) in teachers.collect::<Vec<(String, Vec<(usize, usize)>)>>().into_iter().chain(classes) {
                let mut places: Vec<(usize, usize)> = lessons.iter().map(|(l, site)| (*site, slots.lessons[*l].bell)).collect();
                places.sort_unstable();
                places.dedup();
                if places.iter().all(|(site, _)| *site == places[0].0) {
                    continue;
                }
                let mut first = Vec::new();
                let mut per_week = 0;
                for (_, bell) in &places {
                    first.push(per_week);
                    per_week += slots.cells(*bell).len();
                }
                let group = |week: usize, place: usize, cell: usize| (week * per_week + first[place] + cell) as u16;
                let mut pairs = Vec::new();
                for (p, (site, bell)) in places.iter().enumerate() {
                    for (q, (to, other)) in places.iter().enumerate().filter(|(_, (to, _))| to != site) {
                        let need = slots.world.minutes(*site, *to) + self.margin_minutes;
                        for (i, a) in slots.cells(*bell).iter().enumerate() {
                            for (j, b) in slots.cells(*other).iter().enumerate() {
                                if a.weekday == b.weekday && a.end <= b.start && u32::from(b.start - a.end) < need {
                                    pairs.extend((0..slots.weeks()).map(|week| vec![group(week, p, i), group(week, q, j)]));
                                }
                            }
                        }
                    }
                }
                let links = lessons.iter().flat_map(|(lesson, site)| {
                    let bell = slots.lessons[*lesson].bell;
                    let place = places.iter().position(|place| *place == (*site, bell)).unwrap_or_default();
                    slots.links(points, *lesson, &|week, cell| Some(group(week, place, cell)))
                });
                let links = links.collect();
                let groups = per_week * slots.weeks();
                points.post(&name, Gauge::clique(groups as u16, pairs), groups, (0, 0), links, vec![]);
            }
        }
    }
}
