//! # 教研前听课 · A lesson observed before the meeting
//!
//! 教研活动按“听课、交流、反思”进行:会前一节有参加者上课供大家去听,同时上课的参加者不过多。
//! A research meeting talks about a lesson heard just before it: somebody who attends teaches then, and not too many others.
//!
//! Of the research blocks marked `observed`. Who attends: as in `research_block`, of the teachers with lessons; a meeting that
//! nobody attends is passed over. n = those of them with a lesson cell that ends 0 to `within_minutes` minutes before the window.
//! Point: (block, window, week of the cycle). Excess: 1 if n = 0, else max(0, n − most).
//! Bound in: timetable.
//! Source: S2.2-02.

use crate::check::{Breach, Facts, Findings, Kind, list, weekday};
use crate::file::{BlockKind, FixedBlock, Scope, Text, Window};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A lesson observed before the meeting: the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObservedLesson {
    /// Of those who attend at most so many teach before it: the others can listen. Absent = any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
    /// Longest break between lesson and meeting.
    #[serde(default = "half_an_hour")]
    pub within_minutes: u16,
}
fn half_an_hour() -> u16 {
    30
}

impl ObservedLesson {
    /// Whether a cell of this weekday with this end is the one before the window.
    fn before(&self, window: Window, weekday: u8, end: u16) -> bool {
        window.weekday == weekday && window.from.0.checked_sub(end).is_some_and(|minutes| minutes <= self.within_minutes)
    }
}

fn observed(blocks: &[FixedBlock]) -> impl Iterator<Item = &FixedBlock> {
    blocks.iter().filter(|block| block.observed && block.kind == BlockKind::Research)
}

pub static LAW: Law = Law {
    id: "observed_lesson",
    title: ("教研前听课", "A lesson observed before the meeting"),
    breach: (
        "{block}({day})会前一节有 {count} 名参加者上课({people}),应有 1 至 {most} 名",
        "{block} ({day}): {count} who attend teach just before it ({people}), wanted 1 to {most}",
    ),
    source: &["S2.2-02"],
    binds: &[Stage::Timetable],
};

impl Rule for ObservedLesson {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for block in observed(&facts.district.blocks) {
            let calls = |person: usize| {
                block.people.contains(&facts.people.list[person].id) || facts.attends(&block.subjects, &block.schools, person)
            };
            let all = facts.busy_people().filter(|(person, _)| facts.person_in(scope, *person) && calls(*person));
            let all: Vec<_> = all.collect();
            for window in block.when.iter().filter(|_| !all.is_empty()) {
                for week in (0..2).filter(|week| facts.courses.mask(window.weeks) & (1 << week) != 0) {
                    let here = |slot: &crate::check::Slot| slot.week == week && self.before(*window, slot.weekday, slot.end);
                    let teach: BTreeSet<usize> =
                        all.iter().filter(|(_, slots)| slots.iter().any(here)).map(|(person, _)| *person).collect();
                    let over = self.most.map_or(0, |most| teach.len() as i64 - i64::from(most));
                    found.point(if teach.is_empty() { 1 } else { over }, || {
                        let breach = Breach::at(Kind::FixedBlock, &block.id).and(Kind::Weekday, window.weekday.to_string());
                        let day = facts.in_week(1 << week, &weekday(window.weekday));
                        let breach = breach.say("block", block.name.clone()).say("day", day).number("count", teach.len());
                        let people: Vec<_> = teach.iter().map(|person| facts.say_person(*person)).collect();
                        let nobody = Text::new("无", "nobody");
                        let breach = breach.say("people", if people.is_empty() { nobody } else { list(&people) });
                        breach.number("most", self.most.map_or(all.len(), |most| most as usize))
                    });
                }
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::{ObservedLesson, observed};
    use crate::engine::Gauge;
    use crate::stages::{FREE, Points, Slots};

    impl crate::rules::Bind for ObservedLesson {
        /// Different people who attend with a lesson in the cell before: 1..=most.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for block in observed(&slots.world.file.blocks).filter(|_| !slots.alone) {
                let called = slots.teachers(points.scope).filter(|(teacher, lessons)| slots.attends(block, *teacher, lessons));
                let called: Vec<_> = called.collect();
                for (w, window) in block.when.iter().enumerate().filter(|_| !called.is_empty()) {
                    for week in (0..slots.weeks()).filter(|week| slots.held(window.weeks, *week)) {
                        let mut links = Vec::new();
                        for (group, (_, lessons)) in called.iter().enumerate() {
                            for lesson in *lessons {
                                let cells = slots.cells(slots.lessons[*lesson].bell);
                                let hit = |at: usize, k: usize| {
                                    (at == week && self.before(*window, cells[k].weekday, cells[k].end)).then_some(group as u16)
                                };
                                links.extend(slots.links(points, *lesson, &hit));
                            }
                        }
                        let at = format!("{} window {} week {}", block.id, w + 1, week + 1);
                        points.post(&at, Gauge::Busy, called.len(), (1, self.most.map_or(FREE, i64::from)), links, vec![]);
                    }
                }
            }
        }
    }
}
