//! # 交流志愿 · Wishes
//!
//! 尽量按本人志愿安排去向。
//! People go where they wish to go, as far as possible.
//!
//! Point: a posted person. Excess: 0 if the school is among the wishes, or any is accepted, or it was agreed; else 1.
//! Bound in: exchange.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Wishes: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wishes {}

pub static LAW: Law = Law {
    id: "wishes",
    title: ("交流志愿", "Wishes"),
    breach: ("{person} 安排到{to},不在本人志愿内", "{person} is posted to {to}, not among the wishes"),
    source: &[],
    binds: &[Stage::Exchange],
};

impl Rule for Wishes {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, row, to) in facts.people.posted().filter(|(person, _, _)| facts.mover_in(scope, *person)) {
            let entry = &facts.people.list[person];
            let names = |id: &String| facts.places.school(id) == Some(to);
            let wished = entry.wishes.accepts_any || entry.wishes.schools.iter().any(names) || entry.locks.posted_to.iter().any(names);
            found.point(i64::from(!wished), || {
                let breach = Breach::at(Kind::Person, &row.person).and(Kind::School, &row.to);
                breach.say("person", facts.say_person(person)).say("to", facts.say_school(to))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Wishes;
    use crate::stages::{Exchange, Points};

    impl crate::rules::Bind for Wishes {
        /// A posting that was neither wished for, nor left open, nor agreed.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            for (person, _) in exchange.people(points.scope) {
                let file = world.people[person].file;
                let fine =
                    |id: &String| file.wishes.accepts_any || file.wishes.schools.contains(id) || file.locks.posted_to.as_ref() == Some(id);
                let unwished = exchange.others(person).filter(|to| !fine(&world.schools[*to].file.id));
                let links = exchange.works_in(points, person, &unwished.collect::<Vec<_>>(), 1);
                points.at_most(&file.id, links, 0, 0);
            }
        }
    }
}
