//! # 亲属回避 · Kin at one school
//!
//! 应当回避的亲属不安排到同一所学校。
//! Relatives who must not serve together are not brought to one school.
//!
//! Point: an unordered pair with an `avoid` tie, named on either side.
//! Excess: 1 if both work at one school after the postings although not both worked there before.
//! Bound in: exchange.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::{KinTie, Scope};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Kin at one school: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KinAvoid {}

pub static LAW: Law = Law {
    id: "kin_avoid",
    title: ("亲属回避", "Kin at one school"),
    breach: (
        "{person} 与 {other} 应当回避,交流后同在{school}",
        "{person} and {other} must not serve together, yet both are at {school} after the exchange",
    ),
    source: &[],
    binds: &[Stage::Exchange],
};

impl Rule for KinAvoid {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let people = &facts.people;
        let avoid = |person: usize| people.list[person].kin.iter().filter(|kin| kin.tie == KinTie::Avoid);
        let pairs: BTreeSet<(usize, usize)> = (0..people.list.len())
            .flat_map(|one| avoid(one).filter_map(move |kin| Some((one, people.find(&kin.person)?))))
            .filter(|(one, other)| one != other)
            .map(|(one, other)| (one.min(other), one.max(other)))
            .collect();
        for (one, other) in pairs.into_iter().filter(|(one, other)| facts.mover_in(scope, *one) || facts.mover_in(scope, *other)) {
            let together = |schools: &[Option<usize>]| schools[one].filter(|school| schools[other] == Some(*school));
            let Some(school) = together(&people.working).filter(|school| together(&people.before) != Some(*school)) else { continue };
            found.point(1, || {
                let breach = Breach::at(Kind::Person, &people.list[one].id).and(Kind::Person, &people.list[other].id);
                let breach = breach.say("person", facts.say_person(one)).say("other", facts.say_person(other));
                breach.say("school", facts.say_school(school))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::KinAvoid;
    use crate::engine::{Gauge, Link};
    use crate::file::KinTie;
    use crate::stages::{Exchange, Points, person_fits};
    use std::collections::BTreeSet;

    impl crate::rules::Bind for KinAvoid {
        /// Two people who avoid each other never meet at a school where they were not together before: nor do they move there together.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
            for (p, person) in world.people.iter().enumerate() {
                let ties = person.file.kin.iter().filter(|kin| kin.tie == KinTie::Avoid);
                pairs.extend(ties.filter_map(|kin| world.person(&kin.person)).filter(|q| *q != p).map(|q| (p.min(q), p.max(q))));
            }
            for (p, q) in pairs {
                let scoped = |person: usize| person_fits(world, points.scope, person, exchange.before[person]);
                if !(scoped(p) || scoped(q)) {
                    continue;
                }
                // Where both were before, both may stay.
                let together = |school: usize| exchange.before[p] == school && exchange.before[q] == school;
                let hi: Vec<i32> = (0..world.schools.len()).map(|school| 1 + i32::from(together(school))).collect();
                let schools = hi.len();
                let (mut links, mut base) = (Vec::new(), Vec::new());
                for person in [p, q] {
                    match exchange.posts.get(&person) {
                        Some((item, schools)) => {
                            let map = points.problem.map(schools.iter().map(|school| *school as u16).collect());
                            links.push(Link { item: *item, map, coef: 1 });
                        }
                        None => base.push((exchange.before[person] as u16, 1)),
                    }
                }
                let at = format!("{} {}", world.people[p].file.id, world.people[q].file.id);
                points.post(&at, Gauge::BusyLoad { lo: vec![0], hi }, schools, (0, 0), links, base);
            }
        }
    }
}
