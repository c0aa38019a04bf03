//! # 轮流值班 · Turns of duty go round
//!
//! 值周、课后服务由大家轮流承担,次数相差不多。
//! The turns of a roster go round: nobody takes many more than another.
//!
//! Point: (roster, leaders or others of those who may take turns). Excess: max(0, most turns − fewest turns − apart).
//! Bound in: timetable, once its lessons stand.
//! Source: S2.1-07.

use crate::check::{Breach, Facts, Findings, Kind, list};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Turns of duty go round: the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RosterFair {
    /// Turns between who has most and who has fewest.
    #[serde(default = "one")]
    pub apart: u32,
}
fn one() -> u32 {
    1
}

pub static LAW: Law = Law {
    id: "roster_fair",
    title: ("轮流值班", "Turns of duty go round"),
    breach: (
        "{roster}:最多的 {most} 次({people}),最少的 {fewest} 次,相差应不超过 {apart} 次",
        "{roster}: {most} turns at most ({people}), {fewest} at least, wanted within {apart}",
    ),
    source: &["S2.1-07"],
    binds: &[Stage::Timetable],
};

impl Rule for RosterFair {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for roster in facts.rosters.iter().filter(|roster| roster.school.is_some_and(|school| facts.school_in(scope, school))) {
            for leaders in [true, false] {
                let pool = roster.pool.iter().filter(|person| facts.leads(**person) == leaders);
                let counts: Vec<(usize, i64)> =
                    pool.map(|person| (*person, roster.turns.iter().filter(|turn| turn.contains(person)).count() as i64)).collect();
                let (Some(most), Some(fewest)) = (counts.iter().map(|it| it.1).max(), counts.iter().map(|it| it.1).min()) else { continue };
                found.point(most - fewest - i64::from(self.apart), || {
                    let people: Vec<_> = counts.iter().filter(|it| it.1 == most).map(|it| facts.say_person(it.0)).collect();
                    let breach = Breach::at(Kind::Roster, &roster.file.id).say("roster", roster.file.name.clone());
                    let breach = breach.number("most", most).number("fewest", fewest).number("apart", self.apart);
                    breach.say("people", list(&people))
                });
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::RosterFair;
    use crate::engine::Gauge;
    use crate::stages::{FREE, Points, Rosters};

    impl crate::rules::Bind for RosterFair {
        /// Most turns − fewest turns ≤ apart; group = person.
        fn roster(&self, rosters: &Rosters, points: &mut Points) {
            for roster in rosters.of(points.scope) {
                for (leaders, role) in [(true, "leaders"), (false, "teachers")] {
                    let who: Vec<usize> = (0..roster.pool.len()).filter(|k| rosters.leads(roster.pool[*k]) == leaders).collect();
                    let mut links = Vec::new();
                    for items in &roster.items {
                        links.extend(who.iter().enumerate().map(|(group, k)| points.count(items[*k], group as u16, 1)));
                    }
                    if !who.is_empty() {
                        let gauge = Gauge::Peak { size: vec![1000; who.len()], spread: true };
                        let range = (-FREE, i64::from(self.apart));
                        points.post(&format!("{} {role}", roster.file.id), gauge, who.len(), range, links, vec![]);
                    }
                }
            }
        }
    }
}
