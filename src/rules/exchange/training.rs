//! # 先培训后上岗 · Trained first
//!
//! 岗前培训未完成的人员不派出:不培训不上岗。
//! Whoever has not completed the training before the term is not posted: no training, no post.
//!
//! Point: a person with `training_due`. Excess: 1 if posted to another school than that of the own post, volunteers included.
//! Bound in: exchange.
//! Source: S2.7-06.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Trained first: it has no numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Training {}

pub static LAW: Law = Law {
    id: "training",
    title: ("先培训后上岗", "Trained first"),
    breach: ("{person} 岗前培训未完成,不能派往{school}", "{person} has not completed the training and may not be posted to {school}"),
    source: &["S2.7-06"],
    binds: &[Stage::Exchange],
};

impl Rule for Training {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, _, to) in facts.people.posted().filter(|(person, ..)| facts.mover_in(scope, *person)) {
            let entry = &facts.people.list[person];
            if entry.training_due && facts.people.before[person] != Some(to) {
                found.point(1, || {
                    let breach = Breach::at(Kind::Person, &entry.id).and(Kind::School, &facts.places.schools[to].id);
                    breach.say("person", facts.say_person(person)).say("school", facts.say_school(to))
                });
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Training;
    use crate::stages::{Exchange, Points};

    impl crate::rules::Bind for Training {
        /// Not away.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let open: Vec<usize> = exchange.people(points.scope).into_iter().map(|(person, _)| person).collect();
            for person in open.into_iter().filter(|person| exchange.world.people[*person].file.training_due) {
                let links = exchange.away(points, person, 1);
                points.at_most(&exchange.world.people[person].file.id, links, 0, 0);
            }
        }
    }
}
