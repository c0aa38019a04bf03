//! # 固定活动 · Fixed blocks
//!
//! 升旗、大课间、社团、考试、会议、值班等固定活动时间内,有关班级和人员不排课。
//! While an assembly, break exercise, club, exam, meeting or duty runs, its classes and people have no lesson.
//!
//! Point: (block, class) for the classes listed and, for assembly, exercise, club and exam, all classes of the schools listed;
//! (block, teacher) for the people listed and, for meetings, the teachers of the subjects. Excess: overlapping lesson cells.
//! Bound in: timetable. XHSTT cousin: `AvoidUnavailableTimes`.
//! Source: S1-28, S2.1-01, S2.1-07, S2.2-07, S2.2-18, S2.2-22, S2.4-17, S2.7-02, S2.7-03.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::{BlockKind, FixedBlock as Block, Scope};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Fixed blocks: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FixedBlock {}

pub static LAW: Law = Law {
    id: "fixed_block",
    title: ("固定活动", "Fixed blocks"),
    breach: ("{block}时间内不应有课,{who}:{excess} 节({cells})", "{who}: {excess} period(s) during {block}: {cells}"),
    source: &["S1-28", "S2.1-01", "S2.1-07", "S2.2-07", "S2.2-18", "S2.2-22", "S2.4-17", "S2.7-02", "S2.7-03"],
    binds: &[Stage::Timetable],
};

impl Rule for FixedBlock {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for block in facts.district.blocks.iter().filter(|block| block.kind != BlockKind::Research) {
            for class in classes(facts, block).into_iter().filter(|&class| facts.class_in(scope, class)) {
                let hit = facts.during(&facts.lessons.of_class[class], &block.when);
                found.point(hit.len() as i64, || {
                    let place = Breach::at(Kind::FixedBlock, &block.id).and(Kind::Class, &facts.district.classes[class].id);
                    let breach = place.say("block", block.name.clone()).say("who", facts.say_class(class));
                    breach.say("cells", facts.say_cells(hit))
                });
            }
            for (person, slots) in facts.busy_people().filter(|(person, _)| facts.person_in(scope, *person)) {
                let entry = &facts.people.list[person];
                let hit = facts.during(slots, &block.when);
                let meets = || block.kind == BlockKind::Meeting && facts.attends(&block.subjects, &block.schools, person);
                if hit.is_empty() || !(block.people.contains(&entry.id) || meets()) {
                    continue;
                }
                found.point(hit.len() as i64, || {
                    let place = Breach::at(Kind::FixedBlock, &block.id).and(Kind::Person, &entry.id);
                    let breach = place.say("block", block.name.clone()).say("who", facts.say_person(person));
                    breach.say("cells", facts.say_cells(hit))
                });
            }
        }
    }
}

/// The classes listed; in assemblies, exercises, clubs and exams also all classes of the schools listed.
fn classes(facts: &Facts, block: &Block) -> BTreeSet<usize> {
    let whole = matches!(block.kind, BlockKind::Assembly | BlockKind::Club | BlockKind::Exam | BlockKind::Exercise);
    let schools: BTreeSet<_> = block.schools.iter().filter(|_| whole).filter_map(|id| facts.places.school(id)).collect();
    let of_school = |class: &usize| facts.courses.classes[*class].school.is_some_and(|school| schools.contains(&school));
    let of_schools = (0..facts.courses.classes.len()).filter(of_school);
    block.classes.iter().filter_map(|id| facts.courses.class(id)).chain(of_schools).collect()
}

#[cfg(feature = "solve")]
mod bind {
    use super::FixedBlock;
    use crate::file::BlockKind;
    use crate::stages::{Points, Slots, class_fits};

    impl crate::rules::Bind for FixedBlock {
        /// Classes and people of the block have no lesson meanwhile.
        fn timetable(&self, slots: &Slots, points: &mut Points) {
            let world = slots.world;
            for block in world.file.blocks.iter().filter(|block| block.kind != BlockKind::Research) {
                let whole_school = matches!(block.kind, BlockKind::Assembly | BlockKind::Club | BlockKind::Exam | BlockKind::Exercise);
                for (class, lessons) in slots.by_class.iter().enumerate().filter(|(class, _)| class_fits(world, points.scope, *class)) {
                    let school = &world.schools[world.classes[class].school].file.id;
                    if block.classes.contains(&world.classes[class].file.id) || (whole_school && block.schools.contains(school)) {
                        let links = slots.links_in(points, lessons, &block.when);
                        points.at_most(&format!("{} {}", block.id, world.classes[class].file.id), links, 0, 0);
                    }
                }
                for (teacher, lessons) in slots.teachers(points.scope) {
                    let called = match block.kind {
                        BlockKind::Meeting => slots.attends(block, teacher, lessons),
                        _ => block.people.contains(&world.people[teacher].file.id),
                    };
                    if called {
                        let links = slots.links_in(points, lessons, &block.when);
                        points.at_most(&format!("{} {}", block.id, world.people[teacher].file.id), links, 0, 0);
                    }
                }
            }
        }
    }
}
