//! # 值班到位 · Turns of duty are filled
//!
//! 每次值周、课后服务都有规定人数的干部和教师。
//! Every turn of a roster has the leaders and the teachers it wants.
//!
//! Point: (roster, turn, leaders or others). Excess: max(0, wanted − people of the roster who take the turn).
//! Bound in: timetable, once its lessons stand.
//! Source: S2.1-07, S3-07.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::{Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Turns of duty are filled: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RosterFilled {}

pub static LAW: Law = Law {
    id: "roster_filled",
    title: ("值班到位", "Turns of duty are filled"),
    breach: ("{roster}第 {turn} 次只有{who} {count} 人,应有 {wanted} 人", "{roster}, turn {turn}: {count} {who}, {wanted} wanted"),
    source: &["S2.1-07", "S3-07"],
    binds: &[Stage::Timetable],
};

impl Rule for RosterFilled {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for roster in facts.rosters.iter().filter(|roster| roster.school.is_some_and(|school| facts.school_in(scope, school))) {
            for (turn, people) in roster.turns.iter().enumerate() {
                for (leaders, wanted) in [(true, roster.file.leaders), (false, roster.file.teachers)] {
                    let count = people.iter().filter(|person| facts.leads(**person) == leaders).count() as i64;
                    found.point(i64::from(wanted) - count, || {
                        let breach = Breach::at(Kind::Roster, &roster.file.id).say("roster", roster.file.name.clone());
                        let who = if leaders { Text::new("干部", "leader(s)") } else { Text::new("教师", "teacher(s)") };
                        breach.number("turn", turn + 1).say("who", who).number("count", count).number("wanted", wanted)
                    });
                }
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::RosterFilled;
    use crate::stages::{Points, Rosters};

    impl crate::rules::Bind for RosterFilled {
        /// Σ people ≥ wanted, leaders and others apart.
        fn roster(&self, rosters: &Rosters, points: &mut Points) {
            for roster in rosters.of(points.scope) {
                for (turn, items) in roster.items.iter().enumerate() {
                    for (leaders, wanted) in [(true, roster.file.leaders), (false, roster.file.teachers)] {
                        let who = (0..items.len()).filter(|k| rosters.leads(roster.pool[*k]) == leaders);
                        let links = who.map(|k| points.count(items[k], 0, 1)).collect();
                        let role = if leaders { "leaders" } else { "teachers" };
                        points.at_least(&format!("{} turn {} {role}", roster.file.id, turn + 1), links, 0, i64::from(wanted));
                    }
                }
            }
        }
    }
}
