//! # 空堂 · Idle periods
//!
//! 教师一天的课之间空堂尽量少。
//! A teacher's day has few holes.
//!
//! holes of a day = free periods between the first and the last busy one (noon is no hole by itself).
//! Point: a teacher. Excess: max(0, holes of all days − max).
//! Bound in: timetable. XHSTT cousin: `LimitIdleTimes`.

use crate::check::{Breach, Facts, Findings, Kind, beside, list, runs};
use crate::file::{Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Idle periods: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IdlePeriods {
    pub max: u32,
}

pub static LAW: Law = Law {
    id: "idle_periods",
    title: ("空堂", "Idle periods"),
    breach: ("{person} 一周空堂 {count} 节,最多 {max} 节({days})", "{person}: {count} idle periods, at most {max} ({days})"),
    source: &[],
    binds: &[Stage::Timetable],
};

impl Rule for IdlePeriods {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, slots) in facts.busy_people().filter(|(person, _)| facts.person_in(scope, *person)) {
            let mut count = 0;
            let mut days = Vec::new();
            for day in runs(slots, |slot| (slot.weekday, slot.week)) {
                let busy: BTreeSet<_> = day.iter().map(|slot| slot.period).collect();
                let (Some(first), Some(last)) = (busy.first(), busy.last()) else { continue };
                let holes = i64::from(last - first) + 1 - busy.len() as i64;
                count += holes;
                if holes > 0 {
                    days.push((&day[0], holes));
                }
            }
            found.point(count - i64::from(self.max), || {
                let words =
                    days.iter().map(|(slot, holes)| beside(&facts.say_day(slot), &Text::new(format!(" {holes} 节"), format!("{holes}"))));
                let breach = Breach::at(Kind::Person, &facts.people.list[person].id).say("person", facts.say_person(person));
                breach.number("count", count).number("max", self.max).say("days", list(&words.collect::<Vec<_>>()))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::IdlePeriods;
    use crate::engine::Gauge;
    use crate::stages::{Points, Slots};

    impl crate::rules::Bind for IdlePeriods {
        /// Free periods between the first and the last busy one of a day, by period number, over the cycle.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for (teacher, lessons) in slots.teachers(points.scope) {
                let (of, segments, groups) = slots.periods(lessons, &|cell| (cell.weekday, 0));
                let links = slots.links_of(points, lessons, &of);
                let range = (0, i64::from(self.max));
                points.post(&slots.world.people[teacher].file.id, Gauge::Gaps { segments }, groups, range, links, vec![]);
            }
        }
    }
}
