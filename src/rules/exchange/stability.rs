//! # 少作新的调整 · Few new postings
//!
//! 尽量保持上学期的安排,少作新的调整。
//! The fewest new postings: what was decided last term stays.
//!
//! Point: a person posted in this plan without the same posting (person, to) in the baseline. Excess: 1.
//! Bound in: exchange. Counts stay at 0 without postings.
//! Source: S2.3-03, S2.5-20.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Few new postings: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stability {}

pub static LAW: Law = Law {
    id: "stability",
    title: ("少作新的调整", "Few new postings"),
    breach: ("{person} 新调整到{to}(上学期没有这一安排)", "{person} is newly posted to {to} (not so last term)"),
    source: &["S2.3-03", "S2.5-20"],
    binds: &[Stage::Exchange],
};

impl Rule for Stability {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let rows = facts.district.baseline.as_ref().map_or(&[][..], |plan| &plan.postings);
        let known: BTreeSet<(&str, &str)> = rows.iter().map(|row| (row.person.as_str(), row.to.as_str())).collect();
        for (person, row, to) in facts.people.posted().filter(|(person, _, _)| facts.mover_in(scope, *person)) {
            found.point(i64::from(!known.contains(&(row.person.as_str(), row.to.as_str()))), || {
                let breach = Breach::at(Kind::Person, &row.person).and(Kind::School, &row.to);
                breach.say("person", facts.say_person(person)).say("to", facts.say_school(to))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Stability;
    use crate::stages::{Exchange, Points};

    impl crate::rules::Bind for Stability {
        /// Every posting that last term's plan does not already have.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            for (person, _) in exchange.people(points.scope) {
                let id = &world.people[person].file.id;
                let kept =
                    |school: &str| exchange.baseline.is_some_and(|plan| plan.postings.iter().any(|p| p.person == *id && p.to == school));
                let new = exchange.others(person).filter(|school| !kept(&world.schools[*school].file.id));
                let links = exchange.works_in(points, person, &new.collect::<Vec<_>>(), 1);
                points.at_most(id, links, 0, 0);
            }
        }
    }
}
