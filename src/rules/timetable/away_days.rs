//! # 外出天数 · Days away
//!
//! 跨校兼课的教师每周外出天数不过多。
//! Nobody teaches away on too many days.
//!
//! Point: a teacher. Excess: days with a lesson at a school other than the working school, over `max_days`.
//! Bound in: timetable. XHSTT cousin: `ClusterBusyTimes`.
//! Source: S1-02, S1-18.

use crate::check::{Breach, Facts, Findings, Kind, Slot, list};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Days away: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AwayDays {
    pub max_days: u32,
}

pub static LAW: Law = Law {
    id: "away_days",
    title: ("外出天数", "Days away"),
    breach: ("{person} 有 {count} 天外出上课({days}),最多 {max} 天", "{person} teaches away on {count} days ({days}), at most {max}"),
    source: &["S1-02", "S1-18"],
    binds: &[Stage::Timetable],
};

impl Rule for AwayDays {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, slots) in facts.busy_people().filter(|(person, _)| facts.person_in(scope, *person)) {
            let Some(home) = facts.people.working[person] else { continue };
            let school = |slot: &Slot| facts.courses.school_of(facts.lessons.list[slot.lesson].course);
            let away = slots.iter().filter(|slot| school(slot).is_some_and(|school| school != home));
            let days: BTreeMap<_, _> = away.map(|slot| ((slot.weekday, slot.week), slot)).collect();
            found.point(days.len() as i64 - i64::from(self.max_days), || {
                let names: Vec<_> = days.values().map(|slot| facts.say_day(slot)).collect();
                let breach = Breach::at(Kind::Person, &facts.people.list[person].id).say("person", facts.say_person(person));
                breach.number("count", days.len()).number("max", self.max_days).say("days", list(&names))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::AwayDays;
    use crate::engine::Gauge;
    use crate::stages::{Points, Slots};

    impl crate::rules::Bind for AwayDays {
        /// Days with a lesson at a school that is not the working school; in each week of the cycle.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for (teacher, lessons) in slots.teachers(points.scope) {
                let away: Vec<usize> = lessons.iter().copied().filter(|lesson| slots.school_of(*lesson) != slots.school[teacher]).collect();
                if away.is_empty() {
                    continue;
                }
                let links = away.iter().flat_map(|lesson| {
                    let cells = slots.cells(slots.lessons[*lesson].bell);
                    slots.links(points, *lesson, &|week, cell| Some((week * 7) as u16 + u16::from(cells[cell].weekday) - 1))
                });
                let links = links.collect();
                let range = (0, i64::from(self.max_days));
                points.post(&slots.world.people[teacher].file.id, Gauge::Busy, 7 * slots.weeks(), range, links, vec![]);
            }
        }
    }
}
