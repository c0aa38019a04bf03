//! # 连堂 · Double lessons
//!
//! 连堂课的各节要真正相连,中间不隔大课间和午休。
//! The periods of a double lesson are joined, with no long break between.
//!
//! Point: a lesson of two or more periods. Excess: 1 unless each cell but the last joins the next, in the same half-day.
//! Bound in: timetable. XHSTT cousin: `PreferTimes`.

use crate::check::{Breach, Facts, Findings, Kind, cell};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Double lessons: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Doubles {}

pub static LAW: Law = Law {
    id: "doubles",
    title: ("连堂", "Double lessons"),
    breach: ("{class}{subject}{cell}是连堂课,但各节不相连", "{class} {subject} {cell} is a double lesson whose periods are not joined"),
    source: &[],
    binds: &[Stage::Timetable],
};

impl Rule for Doubles {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for lesson in facts.lessons.list.iter().filter(|lesson| facts.course_in(scope, lesson.course)) {
            let fact = &facts.courses.list[lesson.course];
            let periods = usize::from(fact.blocks[lesson.block].periods);
            let joined = lesson.cells.windows(2).all(|pair| pair[0].joins_next && pair[0].half == pair[1].half);
            let fits = joined && lesson.cells.len() == periods;
            found.point(i64::from(periods >= 2 && !fits), || {
                let breach = Breach::at(Kind::Course, &fact.id).and(Kind::Lesson, (lesson.block + 1).to_string());
                let breach = breach.say("class", facts.say_classes(lesson.course)).say("subject", facts.say_subject(fact.subject));
                breach.say("cell", cell(lesson.weekday, lesson.period))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Doubles;
    use crate::stages::{Points, Slots};

    impl crate::rules::Bind for Doubles {
        /// Starts from which the cells are not all joined.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for (lesson, held) in slots.lessons.iter().enumerate().filter(|(lesson, _)| slots.lesson_fits(points.scope, *lesson)) {
                if held.periods < 2 {
                    continue;
                }
                let cells = slots.cells(held.bell);
                let parted = |start: usize| {
                    let last = start + usize::from(held.periods) - 1;
                    last >= cells.len() || (start..last).any(|cell| !cells[cell].joins_next || cells[cell].half != cells[cell + 1].half)
                };
                let links = slots.once(points, lesson, &parted);
                points.at_most(&format!("{}#{}", slots.world.courses[held.course].id, held.block + 1), links, 0, 0);
            }
        }
    }
}
