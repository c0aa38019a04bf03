//! # 主科在上午 · Preferred half-day
//!
//! 主要学科尽量安排在上午(或指定半天)。
//! Main subjects are taught in the morning (or another half-day given).
//!
//! Point: a course of the kind `of`. Excess: number of its cells outside the half-day.
//! Bound in: timetable. XHSTT cousin: `PreferTimes`.

use super::SubjectKind;
use crate::check::{Breach, Facts, Findings, Kind, half};
use crate::file::{Half, Scope};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Preferred half-day: the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreferredHalf {
    /// `am` or `pm`.
    pub half: Half,
    /// Which courses; the scope may narrow it by subject.
    #[serde(default)]
    pub of: SubjectKind,
}

pub static LAW: Law = Law {
    id: "preferred_half",
    title: ("主科在上午", "Preferred half-day"),
    breach: ("{class}{subject}有 {excess} 节不在{half}:{cells}", "{class} {subject}: {excess} period(s) not in the {half}: {cells}"),
    source: &[],
    binds: &[Stage::Timetable],
};

impl Rule for PreferredHalf {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (course, fact) in facts.courses.list.iter().enumerate().filter(|(course, _)| facts.course_in(scope, *course)) {
            if !facts.courses.subject_of(course).is_some_and(|subject| self.of.has(subject)) {
                continue;
            }
            let slots = facts.lessons.of_course[course].iter().flat_map(|&lesson| facts.lessons.list[lesson].slots(lesson));
            let outside: Vec<_> = slots.filter(|slot| slot.half != self.half).collect();
            found.point(outside.len() as i64, || {
                let breach = Breach::at(Kind::Course, &fact.id).say("class", facts.say_classes(course));
                let breach = breach.say("subject", facts.say_subject(fact.subject)).say("half", half(self.half));
                breach.say("cells", facts.say_cells(&outside))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::PreferredHalf;
    use crate::stages::{Points, Slots};

    impl crate::rules::Bind for PreferredHalf {
        /// Periods of a course outside the half.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for (course, lessons) in slots.courses(points.scope) {
                if !self.of.has(slots.world.courses[course].subject) {
                    continue;
                }
                let cells = slots.cells(slots.lessons[lessons[0]].bell);
                let outside = |_: usize, cell: usize| (cells[cell].half != self.half).then_some(0);
                let links = lessons.iter().flat_map(|lesson| slots.links(points, *lesson, &outside)).collect();
                points.at_most(&slots.world.courses[course].id, links, 0, 0);
            }
        }
    }
}
