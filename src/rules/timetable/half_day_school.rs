//! # 半天一地 · One site per half-day
//!
//! 跨校兼课的教师半天只在一个校区上课。
//! In one half-day a teacher teaches at one site.
//!
//! Point: (teacher, weekday, half-day). Excess: max(0, distinct sites − 1).
//! Bound in: timetable. XHSTT cousin: `ClusterBusyTimes`.
//! Source: S1-02.

use crate::check::{Breach, Facts, Findings, Kind, beside, half, list, weekday};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One site per half-day: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HalfDaySchool {}

pub static LAW: Law = Law {
    id: "half_day_school",
    title: ("半天一地", "One site per half-day"),
    breach: ("{person} {half}要在 {count} 处上课({list})", "{person} teaches at {count} sites ({list}) on {half}"),
    source: &["S1-02"],
    binds: &[Stage::Timetable],
};

impl Rule for HalfDaySchool {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, slots) in facts.busy_people().filter(|(person, _)| facts.person_in(scope, *person)) {
            // By (weekday, half): the sites of each week of the cycle.
            let mut halves: BTreeMap<_, [BTreeSet<usize>; 2]> = BTreeMap::new();
            for slot in slots {
                halves.entry((slot.weekday, slot.half)).or_default()[usize::from(slot.week)].extend(slot.site);
            }
            for ((day, of), weeks) in halves {
                let excess = weeks.iter().map(|sites| (sites.len() as i64 - 1).max(0)).sum();
                found.point(excess, || {
                    let sites: BTreeSet<_> = weeks.iter().flatten().copied().collect();
                    let names: Vec<_> = sites.iter().map(|site| facts.say_site(*site)).collect();
                    let place = Breach::at(Kind::Person, &facts.people.list[person].id).and(Kind::Weekday, day.to_string());
                    let breach = place.and(Kind::Half, half(of).en).say("person", facts.say_person(person));
                    let breach = breach.say("half", beside(&weekday(day), &half(of)));
                    breach.number("count", sites.len()).say("list", list(&names))
                });
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::HalfDaySchool;
    use crate::engine::Gauge;
    use crate::stages::{Points, Slots};

    impl crate::rules::Bind for HalfDaySchool {
        /// Sites per half-day: at most one.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for (teacher, lessons) in slots.teachers(points.scope) {
                let sites = slots.sites(lessons);
                if sites.len() < 2 {
                    continue;
                }
                let person = &slots.world.people[teacher].file.id;
                for (weekday, half) in slots.half_days(lessons) {
                    let links = lessons.iter().flat_map(|lesson| {
                        let held = &slots.lessons[*lesson];
                        let cells = slots.cells(held.bell);
                        let site = sites.iter().position(|site| *site == held.site).unwrap_or_default();
                        let here = |week: usize, cell: usize| {
                            ((cells[cell].weekday, cells[cell].half) == (weekday, half)).then_some((week * sites.len() + site) as u16)
                        };
                        slots.links(points, *lesson, &here)
                    });
                    let links = links.collect();
                    let groups = slots.weeks() * sites.len();
                    let week = |week: usize| (week * sites.len()..(week + 1) * sites.len()).map(|group| group as u16).collect();
                    let gauge = Gauge::clique(groups as u16, (0..slots.weeks()).map(week).collect());
                    points.post(&format!("{person} {weekday} {half:?}"), gauge, groups, (0, 0), links, vec![]);
                }
            }
        }
    }
}
