//! # 值班时无课 · Nobody on duty teaches
//!
//! 值周、课后服务的人员在值班时间里没有课。
//! Whoever takes a turn of a roster has no lesson at its times.
//!
//! Two rosters at the same time are not compared.
//! Point: (roster, turn, person who takes it). Excess: the person's lesson cells that overlap the turn's times.
//! Bound in: timetable, once its lessons stand.
//! Source: S2.1-07, S3-07.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Nobody on duty teaches: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RosterFree {}

pub static LAW: Law = Law {
    id: "roster_free",
    title: ("值班时无课", "Nobody on duty teaches"),
    breach: (
        "{roster}第 {turn} 次值班的 {person} 有 {excess} 节课:{cells}",
        "{roster}, turn {turn}: {person} teaches {excess} period(s): {cells}",
    ),
    source: &["S2.1-07", "S3-07"],
    binds: &[Stage::Timetable],
};

impl Rule for RosterFree {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for roster in facts.rosters.iter().filter(|roster| roster.school.is_some_and(|school| facts.school_in(scope, school))) {
            for (turn, people) in roster.turns.iter().enumerate() {
                for &person in people {
                    let hit = facts.during(&facts.lessons.of_person[person], roster.file.windows(turn));
                    found.point(hit.len() as i64, || {
                        let place = Breach::at(Kind::Roster, &roster.file.id).and(Kind::Person, &facts.people.list[person].id);
                        let breach = place.say("roster", roster.file.name.clone()).number("turn", turn + 1);
                        breach.say("person", facts.say_person(person)).say("cells", facts.say_cells(hit))
                    });
                }
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::RosterFree;
    use crate::stages::{Points, Rosters};

    impl crate::rules::Bind for RosterFree {
        /// Lesson cells meanwhile · [takes the turn] ≤ 0.
        fn roster(&self, rosters: &Rosters, points: &mut Points) {
            for roster in rosters.of(points.scope) {
                for (turn, items) in roster.items.iter().enumerate() {
                    for (k, item) in items.iter().enumerate().filter(|(k, _)| roster.busy[turn][*k] > 0) {
                        let links = vec![points.count(*item, 0, roster.busy[turn][k])];
                        let person = &rosters.world.people[roster.pool[k]].file.id;
                        points.at_most(&format!("{} turn {} {person}", roster.file.id, turn + 1), links, 0, 0);
                    }
                }
            }
        }
    }
}
