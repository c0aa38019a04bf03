//! # 每日课时 · Daily load
//!
//! 教师一天的课时不过多。
//! Nobody teaches too many periods on one day.
//!
//! Point: a teacher. Excess: Σ over weekdays max(0, periods that day − max).
//! Bound in: timetable. XHSTT cousin: `LimitBusyTimes`.

use crate::check::{Breach, Facts, Findings, Kind, beside, list, runs};
use crate::file::{Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Daily load: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DailyLoad {
    pub max: u32,
}

pub static LAW: Law = Law {
    id: "daily_load",
    title: ("每日课时", "Daily load"),
    breach: ("{person} 一天最多 {max} 节,{days}", "{person}: at most {max} periods a day, {days}"),
    source: &[],
    binds: &[Stage::Timetable],
};

impl Rule for DailyLoad {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let max = i64::from(self.max);
        for (person, slots) in facts.busy_people().filter(|(person, _)| facts.person_in(scope, *person)) {
            let over: Vec<_> = runs(slots, |slot| (slot.weekday, slot.week)).filter(|day| day.len() as i64 > max).collect();
            found.point(over.iter().map(|day| day.len() as i64 - max).sum(), || {
                let count = |day: &[_]| Text::new(format!(" {} 节", day.len()), format!("{}", day.len()));
                let days: Vec<_> = over.iter().map(|day| beside(&facts.say_day(&day[0]), &count(day))).collect();
                let breach = Breach::at(Kind::Person, &facts.people.list[person].id).say("person", facts.say_person(person));
                breach.number("max", self.max).say("days", list(&days))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::DailyLoad;
    use crate::engine::Gauge;
    use crate::stages::{Points, Slots};

    impl crate::rules::Bind for DailyLoad {
        /// Periods per weekday.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for (teacher, lessons) in slots.teachers(points.scope) {
                let links = lessons
                    .iter()
                    .flat_map(|lesson| {
                        let cells = slots.cells(slots.lessons[*lesson].bell);
                        slots.links(points, *lesson, &|week, cell| Some((week * 7) as u16 + u16::from(cells[cell].weekday) - 1))
                    })
                    .collect();
                let gauge = Gauge::at_most(self.max as i32);
                points.post(&slots.world.people[teacher].file.id, gauge, 7 * slots.weeks(), (0, 0), links, vec![]);
            }
        }
    }
}
