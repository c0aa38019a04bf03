//! # 连续上课 · Longest run
//!
//! 教师连续上课的节数不过多。
//! Nobody teaches too many periods in a row.
//!
//! Point: a teacher. Excess: Σ over runs of consecutive busy periods inside a half-day max(0, length − max).
//! Bound in: timetable.

use crate::check::{Breach, Facts, Findings, Kind, Slot, beside, half, list};
use crate::file::{Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Longest run: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LongestRun {
    pub max: u32,
}

pub static LAW: Law = Law {
    id: "longest_run",
    title: ("连续上课", "Longest run"),
    breach: ("{person} 最多连上 {max} 节,{days}", "{person}: at most {max} periods in a row, {days}"),
    source: &[],
    binds: &[Stage::Timetable],
};

impl Rule for LongestRun {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let max = i64::from(self.max);
        for (person, slots) in facts.busy_people().filter(|(person, _)| facts.person_in(scope, *person)) {
            let mut halves: BTreeMap<_, (BTreeSet<u8>, &Slot)> = BTreeMap::new();
            for slot in slots {
                let entry = halves.entry((slot.weekday, slot.week, slot.half)).or_insert_with(|| (BTreeSet::new(), slot));
                entry.0.insert(slot.period);
            }
            let mut long = Vec::new();
            for (periods, slot) in halves.values() {
                let periods: Vec<_> = periods.iter().copied().collect();
                let lengths = periods.chunk_by(|a, b| *b == *a + 1).map(|run| run.len() as i64);
                long.extend(lengths.filter(|length| *length > max).map(|length| (*slot, length)));
            }
            found.point(long.iter().map(|(_, length)| length - max).sum(), || {
                let words = long.iter().map(|(slot, length)| {
                    let run = Text::new(format!("连上 {length} 节"), format!("{length}"));
                    beside(&beside(&facts.say_day(slot), &half(slot.half)), &run)
                });
                let breach = Breach::at(Kind::Person, &facts.people.list[person].id).say("person", facts.say_person(person));
                breach.number("max", self.max).say("days", list(&words.collect::<Vec<_>>()))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::LongestRun;
    use crate::engine::Gauge;
    use crate::stages::{Points, Slots};

    impl crate::rules::Bind for LongestRun {
        /// Busy periods in a row inside a half-day, by period number whatever the bell.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for (teacher, lessons) in slots.teachers(points.scope) {
                let (of, segments, groups) = slots.periods(lessons, &|cell| (cell.weekday, cell.half as u8));
                let links = slots.links_of(points, lessons, &of);
                let gauge = Gauge::Run { segments, longest: self.max.min(127) as u8 };
                points.post(&slots.world.people[teacher].file.id, gauge, groups, (0, 0), links, vec![]);
            }
        }
    }
}
