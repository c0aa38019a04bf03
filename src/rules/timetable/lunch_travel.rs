//! # 午间不奔波 · No travel over lunch
//!
//! 午休时间不安排教师赶往另一校区。
//! Nobody has to travel over lunch.
//!
//! Point: a teacher. Excess: number of (weekday, morning site A, afternoon site B), A ≠ B, with minutes(A → B) >
//! `longest_minutes`.
//! Bound in: timetable.
//! Source: S1-02.

use crate::check::{Breach, Facts, Findings, Kind, list, runs};
use crate::file::{Half, Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// No travel over lunch: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LunchTravel {
    /// Trips up to this are allowed.
    #[serde(default)]
    pub longest_minutes: u32,
}

pub static LAW: Law = Law {
    id: "lunch_travel",
    title: ("午间不奔波", "No travel over lunch"),
    breach: ("{person} 午间要赶路:{pairs}", "{person} has to travel over lunch: {pairs}"),
    source: &["S1-02"],
    binds: &[Stage::Timetable],
};

impl Rule for LunchTravel {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let longest = i64::from(self.longest_minutes);
        for (person, slots) in facts.busy_people().filter(|(person, _)| facts.person_in(scope, *person)) {
            let mut pairs = Vec::new();
            for day in runs(slots, |slot| (slot.weekday, slot.week)) {
                let sites = |half: Half| day.iter().filter(|slot| slot.half == half).filter_map(|slot| slot.site).collect::<BTreeSet<_>>();
                let (morning, afternoon) = (sites(Half::Am), sites(Half::Pm));
                for (&from, &to) in morning.iter().flat_map(|from| afternoon.iter().map(move |to| (from, to))) {
                    if from != to && facts.places.minutes(from, to) > longest {
                        pairs.push((&day[0], from, to));
                    }
                }
            }
            found.point(pairs.len() as i64, || {
                let words = pairs.iter().map(|(slot, from, to)| {
                    let (day, from, to) = (facts.say_day(slot), facts.say_site(*from), facts.say_site(*to));
                    Text::new(format!("{}从{}到{}", day.zh, from.zh, to.zh), format!("{} {} to {}", day.en, from.en, to.en))
                });
                let breach = Breach::at(Kind::Person, &facts.people.list[person].id).say("person", facts.say_person(person));
                breach.say("pairs", list(&words.collect::<Vec<_>>()))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::LunchTravel;
    use crate::engine::Gauge;
    use crate::file::Half;
    use crate::stages::{Points, Slots};

    impl crate::rules::Bind for LunchTravel {
        /// Morning at A and afternoon at B with a longer trip than allowed: pairs of a clique.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for (teacher, lessons) in slots.teachers(points.scope) {
                let sites = slots.sites(lessons);
                let group = |week: usize, weekday: u8, pm: usize, site: usize| {
                    ((week * 7 + usize::from(weekday) - 1) * 2 + pm) * sites.len() + site
                };
                let mut pairs = Vec::new();
                for (a, from) in sites.iter().enumerate() {
                    for (b, to) in sites.iter().enumerate() {
                        if from != to && slots.world.minutes(*from, *to) > self.longest_minutes {
                            for (week, weekday) in (0..slots.weeks()).flat_map(|week| (1..=7).map(move |weekday| (week, weekday))) {
                                pairs.push(vec![group(week, weekday, 0, a) as u16, group(week, weekday, 1, b) as u16]);
                            }
                        }
                    }
                }
                if pairs.is_empty() {
                    continue;
                }
                let links = lessons.iter().flat_map(|lesson| {
                    let held = &slots.lessons[*lesson];
                    let cells = slots.cells(held.bell);
                    let site = sites.iter().position(|site| *site == held.site).unwrap_or_default();
                    let half = |week: usize, cell: usize| match cells[cell].half {
                        Half::Am => Some(group(week, cells[cell].weekday, 0, site) as u16),
                        Half::Pm => Some(group(week, cells[cell].weekday, 1, site) as u16),
                        Half::Eve => None,
                    };
                    slots.links(points, *lesson, &half)
                });
                let links = links.collect();
                let groups = slots.weeks() * 14 * sites.len();
                points.post(&slots.world.people[teacher].file.id, Gauge::clique(groups as u16, pairs), groups, (0, 0), links, vec![]);
            }
        }
    }
}
