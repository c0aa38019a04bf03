//! # 已商定的去留 · Agreed postings
//!
//! 已经商定的去向要落实;商定留任的不交流。
//! Postings already agreed on are carried out; people agreed to stay are not posted.
//!
//! Point: a person with locks. Excess: 1 if `locks.posted_to` is not honoured, 1 if `locks.stays` but posted.
//! Bound in: exchange.
//! Source: S2.3-06, S2.3-12.

use crate::check::{Breach, Facts, Findings, Kind, list};
use crate::file::{Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Agreed postings: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreedPostings {}

pub static LAW: Law = Law {
    id: "agreed_postings",
    title: ("已商定的去留", "Agreed postings"),
    breach: ("{person}:{what}", "{person}: {what}"),
    source: &["S2.3-06", "S2.3-12"],
    binds: &[Stage::Exchange],
};

impl Rule for AgreedPostings {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, entry) in facts.people.list.iter().enumerate().filter(|(person, _)| facts.mover_in(scope, *person)) {
            let posted = facts.people.posting[person].map(|(_, to)| to);
            // Agreed on where they already are: honoured by no posting.
            let at = posted.or(facts.people.before[person]);
            let missed =
                entry.locks.posted_to.as_deref().map(|id| (id, facts.places.school(id))).filter(|(_, to)| to.is_none() || *to != at);
            let leaves = posted.filter(|_| entry.locks.stays);
            found.point(i64::from(missed.is_some()) + i64::from(leaves.is_some()), || {
                let unmet = missed.map(|(id, to)| {
                    let to = to.map_or_else(|| Text::new(id, id), |to| facts.say_school(to));
                    Text::new(format!("已商定到{},方案没有落实", to.zh), format!("agreed to go to {}, not carried out", to.en))
                });
                let left = leaves.map(|to| {
                    let to = facts.say_school(to);
                    Text::new(format!("已商定留任,却被安排到{}", to.zh), format!("agreed to stay, yet posted to {}", to.en))
                });
                let what: Vec<_> = unmet.into_iter().chain(left).collect();
                Breach::at(Kind::Person, &entry.id).say("person", facts.say_person(person)).say("what", list(&what))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::AgreedPostings;
    use crate::stages::{Exchange, Points};

    impl crate::rules::Bind for AgreedPostings {
        /// Anything but what was agreed.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            for (person, (_, schools)) in exchange.people(points.scope) {
                let file = exchange.world.people[person].file;
                let agreed = file.locks.posted_to.as_deref().and_then(|id| exchange.world.school(id));
                let agreed = agreed.or(file.locks.stays.then_some(exchange.before[person]));
                let Some(agreed) = agreed else { continue };
                let other: Vec<usize> = schools.iter().copied().filter(|school| *school != agreed).collect();
                let links = exchange.works_in(points, person, &other, 1);
                points.at_most(&file.id, links, 0, 0);
            }
        }
    }
}
