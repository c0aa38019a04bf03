//! # 教研时间 · Research meetings
//!
//! 学科教研时间内,该学科教师(含跨校兼课的)不排课。
//! While a subject's research meeting runs, its teachers (those who teach across schools too) have no lesson.
//!
//! Who attends: teachers with a course of the block's subjects (with `schools`: one at these schools, or working there), and
//! the people listed.
//! Point: (block of kind research, teacher). Excess: number of the teacher's lesson cells that overlap it.
//! Bound in: timetable. XHSTT cousin: `AvoidUnavailableTimes`.
//! Source: S0-09, S2.2-01, S2.4-02, S2.6-04.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::{BlockKind, Scope};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Research meetings: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResearchBlock {}

pub static LAW: Law = Law {
    id: "research_block",
    title: ("教研时间", "Research meetings"),
    breach: ("{block}时间内 {person} 有 {excess} 节课:{cells}", "{person} teaches {excess} period(s) during {block}: {cells}"),
    source: &["S0-09", "S2.2-01", "S2.4-02", "S2.6-04"],
    binds: &[Stage::Timetable],
};

impl Rule for ResearchBlock {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for block in facts.district.blocks.iter().filter(|block| block.kind == BlockKind::Research) {
            for (person, slots) in facts.busy_people().filter(|(person, _)| facts.person_in(scope, *person)) {
                let entry = &facts.people.list[person];
                let hit = facts.during(slots, &block.when);
                if hit.is_empty() || !(block.people.contains(&entry.id) || facts.attends(&block.subjects, &block.schools, person)) {
                    continue;
                }
                found.point(hit.len() as i64, || {
                    let breach = Breach::at(Kind::FixedBlock, &block.id).and(Kind::Person, &entry.id).say("block", block.name.clone());
                    breach.say("person", facts.say_person(person)).say("cells", facts.say_cells(hit))
                });
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::ResearchBlock;
    use crate::file::BlockKind;
    use crate::stages::{Points, Slots};

    impl crate::rules::Bind for ResearchBlock {
        /// Nobody who attends teaches meanwhile.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            for block in slots.world.file.blocks.iter().filter(|block| block.kind == BlockKind::Research) {
                for (teacher, lessons) in slots.teachers(points.scope) {
                    if slots.attends(block, teacher, lessons) {
                        let links = slots.links_in(points, lessons, &block.when);
                        points.at_most(&format!("{} {}", block.id, slots.world.people[teacher].file.id), links, 0, 0);
                    }
                }
            }
        }
    }
}
