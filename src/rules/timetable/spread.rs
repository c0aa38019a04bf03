//! # 课时均匀分布 · Lessons spread over the week
//!
//! 同一门课在一周内均匀分布,不集中在一天。
//! A course's lessons are spread over the week.
//!
//! cap = ⌈blocks / weekdays of the bell⌉.
//! Point: a course. Excess: Σ over weekdays max(0, blocks that day − cap).
//! Bound in: timetable. XHSTT cousin: `SpreadEvents`.

use crate::check::{Breach, Facts, Findings, Kind, beside, list, weekday};
use crate::file::{Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Lessons spread over the week: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spread {}

pub static LAW: Law = Law {
    id: "spread",
    title: ("课时均匀分布", "Lessons spread over the week"),
    breach: ("{class}{subject}一天最多 {cap} 次,{days}", "{class} {subject}: at most {cap} a day, {days}"),
    source: &[],
    binds: &[Stage::Timetable],
};

impl Rule for Spread {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (course, fact) in facts.courses.list.iter().enumerate().filter(|(course, _)| facts.course_in(scope, *course)) {
            let bell = fact.classes.first().and_then(|&class| facts.courses.classes[class].bell);
            let days = bell.map_or(0, |bell| facts.courses.bells[bell].weekdays.len());
            if days == 0 {
                continue;
            }
            let cap = fact.blocks.len().div_ceil(days) as i64;
            let mut by_day: BTreeMap<u8, i64> = BTreeMap::new();
            for &lesson in &facts.lessons.of_course[course] {
                *by_day.entry(facts.lessons.list[lesson].weekday).or_default() += 1;
            }
            by_day.retain(|_, count| *count > cap);
            found.point(by_day.values().map(|count| count - cap).sum(), || {
                let days: Vec<_> = by_day
                    .iter()
                    .map(|(day, count)| beside(&weekday(*day), &Text::new(format!(" {count} 次"), format!("{count}"))))
                    .collect();
                let breach = Breach::at(Kind::Course, &fact.id).say("class", facts.say_classes(course));
                breach.say("subject", facts.say_subject(fact.subject)).number("cap", cap).say("days", list(&days))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Spread;
    use crate::engine::Gauge;
    use crate::stages::{Points, Slots};

    impl crate::rules::Bind for Spread {
        /// Blocks of a course per weekday: at most ⌈blocks / days⌉.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for (course, lessons) in slots.courses(points.scope) {
                let bell = slots.lessons[lessons[0]].bell;
                let days = &slots.world.bells[bell].weekdays;
                let most = lessons.len().div_ceil(days.len().max(1));
                let cells = slots.cells(bell);
                let day = |cell: usize| days.iter().position(|day| *day == cells[cell].weekday).map(|day| day as u16);
                let links = lessons.iter().flat_map(|lesson| slots.placed(points, *lesson, &day)).collect();
                points.post(&slots.world.courses[course].id, Gauge::at_most(most as i32), days.len(), (0, 0), links, vec![]);
            }
        }
    }
}
