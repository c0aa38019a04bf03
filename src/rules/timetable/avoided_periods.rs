//! # 不宜的节次 · Avoided periods
//!
//! 体育课不排第一节和午后第一节等不宜的节次。
//! Some lessons avoid some periods: sport neither first thing nor straight after lunch.
//!
//! Point: a course of the kind `of`. Excess: number of its cells that are the day's first, the day's last, the first of the
//! afternoon (as asked), or among `periods`.
//! Bound in: timetable. XHSTT cousin: `PreferTimes`.
//! Source: S2.2-21.

use super::SubjectKind;
use crate::check::{Breach, Facts, Findings, Kind, Slot};
use crate::file::{Half, Scope};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Avoided periods: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AvoidedPeriods {
    /// Which courses; the scope may narrow it by subject.
    #[serde(default)]
    pub of: SubjectKind,
    /// The day's first cell.
    #[serde(default)]
    pub first: bool,
    /// The day's last cell.
    #[serde(default)]
    pub last: bool,
    /// The first cell of the afternoon.
    #[serde(default)]
    pub after_lunch: bool,
    /// These periods, counted from 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<u8>,
}

pub static LAW: Law = Law {
    id: "avoided_periods",
    title: ("不宜的节次", "Avoided periods"),
    breach: ("{class}{subject}有 {excess} 节在不宜的节次:{cells}", "{class} {subject}: {excess} period(s) where it should not be: {cells}"),
    source: &["S2.2-21"],
    binds: &[Stage::Timetable],
};

impl Rule for AvoidedPeriods {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (course, fact) in facts.courses.list.iter().enumerate().filter(|(course, _)| facts.course_in(scope, *course)) {
            if !facts.courses.subject_of(course).is_some_and(|subject| self.of.has(subject)) {
                continue;
            }
            let slots = facts.lessons.of_course[course].iter().flat_map(|&lesson| facts.lessons.list[lesson].slots(lesson));
            let avoided: Vec<_> = slots.filter(|slot| self.avoids(facts, slot)).collect();
            found.point(avoided.len() as i64, || {
                let breach = Breach::at(Kind::Course, &fact.id).say("class", facts.say_classes(course));
                breach.say("subject", facts.say_subject(fact.subject)).say("cells", facts.say_cells(&avoided))
            });
        }
    }
}

impl AvoidedPeriods {
    fn avoids(&self, facts: &Facts, slot: &Slot) -> bool {
        let day = facts.courses.bells[slot.bell].cells(slot.weekday);
        let period = usize::from(slot.period);
        let after_lunch = day.iter().position(|cell| cell.half == Half::Pm).map(|first| first + 1);
        self.first && period == 1
            || self.last && period == day.len()
            || self.after_lunch && after_lunch == Some(period)
            || self.periods.contains(&slot.period)
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::AvoidedPeriods;
    use crate::file::Half;
    use crate::stages::{Points, Slots};

    impl crate::rules::Bind for AvoidedPeriods {
        /// Periods of a course in the cells to avoid.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for (course, lessons) in slots.courses(points.scope) {
                if !self.of.has(slots.world.courses[course].subject) {
                    continue;
                }
                let cells = slots.cells(slots.lessons[lessons[0]].bell);
                let after_lunch = |k: usize| {
                    let earlier = k > 0 && cells[k - 1].weekday == cells[k].weekday && cells[k - 1].half == Half::Pm;
                    cells[k].half == Half::Pm && !earlier
                };
                let avoided = |_: usize, k: usize| {
                    let hit = (self.first && cells[k].period == 1)
                        || (self.last && cells[k].last)
                        || (self.after_lunch && after_lunch(k))
                        || self.periods.contains(&cells[k].period);
                    hit.then_some(0)
                };
                let links = lessons.iter().flat_map(|lesson| slots.links(points, *lesson, &avoided)).collect();
                points.at_most(&slots.world.courses[course].id, links, 0, 0);
            }
        }
    }
}
