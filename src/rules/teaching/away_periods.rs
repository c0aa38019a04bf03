//! # 外校课时上限 · Periods away
//!
//! 每位教师在外校的课时不超过规定数。
//! Nobody teaches too many periods at other schools.
//!
//! Point: a person. Excess: periods (load) taught at schools other than the working school, over `max`.
//! Bound in: teaching. XHSTT cousin: `LimitWorkload`.
//! Source: S1-18, S4-21.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Periods away: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AwayPeriods {
    pub max: u32,
}

pub static LAW: Law = Law {
    id: "away_periods",
    title: ("外校课时上限", "Periods away"),
    breach: (
        "{person} 在外校 {count} 节,最多 {max} 节,超出 {excess} 节",
        "{person} teaches {count} period(s) away, at most {max}: {excess} over",
    ),
    source: &["S1-18", "S4-21"],
    binds: &[Stage::Teaching],
};

impl Rule for AwayPeriods {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, entry) in facts.people.list.iter().enumerate().filter(|(person, _)| facts.person_in(scope, *person)) {
            let count: i64 = facts.hosts(person).values().sum();
            found.point(count - i64::from(self.max), || {
                let breach = Breach::at(Kind::Person, &entry.id).say("person", facts.say_person(person));
                breach.number("count", count).number("max", self.max)
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::AwayPeriods;
    use crate::stages::{Points, Staffing};

    impl crate::rules::Bind for AwayPeriods {
        /// Σ h·n over schools where the person does not work.
        fn staffing(&self, staffing: &Staffing, points: &mut Points) {
            for person in staffing.people(points.scope) {
                let mut links = Vec::new();
                for take in staffing.takes_of(person) {
                    let kind = &staffing.kinds[take.kind];
                    if !staffing.works_at(person, kind.school) {
                        links.push(points.count(take.item, 0, kind.load as i32));
                    }
                }
                let given = staffing.given_load(person, &|school| school != staffing.school[person]);
                points.at_most(&staffing.world.people[person].file.id, links, given as i32, i64::from(self.max));
            }
        }
    }
}
