//! # 社团有人指导 · Clubs are led
//!
//! 每个社团有规定人数的指导教师。
//! Every club has the leaders it wants.
//!
//! More may lead it. Who may: leaders and teachers who work at its school, of the `people` and with one of the `subjects` where it names
//! any, and not unavailable when it meets.
//! Point: a club. Excess: max(0, leaders wanted − who lead it).
//! Bound in: timetable, once its lessons stand.
//! Source: S2.2-19.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Clubs are led: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClubLed {}

pub static LAW: Law = Law {
    id: "club_led",
    title: ("社团有人指导", "Clubs are led"),
    breach: ("{club}有 {count} 名指导教师,应有 {wanted} 名", "{club} is led by {count}, {wanted} wanted"),
    source: &["S2.2-19"],
    binds: &[Stage::Timetable],
};

impl Rule for ClubLed {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for club in facts.clubs_in(scope) {
            let (wanted, count) = (club.file.wanted(), club.leaders.len());
            found.point(i64::from(wanted) - count as i64, || {
                let breach = Breach::at(Kind::Club, &club.file.id).say("club", facts.say_club(club));
                breach.number("count", count).number("wanted", wanted)
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::ClubLed;
    use crate::stages::{Clubs, Points};

    impl crate::rules::Bind for ClubLed {
        /// Σ people ≥ wanted.
        fn clubs(&self, clubs: &Clubs, points: &mut Points) {
            for club in clubs.of(points.scope) {
                let links = club.pool.values().map(|leads| points.count(leads.item, 0, 1)).collect();
                points.at_least(&club.file.id, links, 0, i64::from(club.file.wanted()));
            }
        }
    }
}
