//! # 轮流交流 · Taking turns
//!
//! 同校同类人员中还有符合条件而没有交流过的,就不安排交流过的人再去。
//! Nobody of a school goes a second time while somebody of the same kind is eligible and has never gone.
//!
//! Kind: the first of leaders, backbone teachers, young teachers (35 or younger), teachers that the person is.
//! gone = has a record (`exchanges`) from the school they work at; waiting = eligible, works there, has no such record, and
//! the plan does not post them.
//! Point: a posted person who has gone, unless it was agreed (`locks.posted_to`). Excess: 1 if somebody of their kind waits.
//! Bound in: exchange.
//! Source: S2.5-21.

use crate::check::{Breach, Facts, Findings, Kind, changes_school, list};
use crate::file::{Scope, SentAs};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Taking turns: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Turns {}

pub static LAW: Law = Law {
    id: "turns",
    title: ("轮流交流", "Taking turns"),
    breach: (
        "{person} 已经交流过,又被安排到{to},而同校同类的 {waiting} 还没有去过",
        "{person} has gone before and is posted to {to}, while {waiting} of the same school and kind have never gone",
    ),
    source: &["S2.5-21"],
    binds: &[Stage::Exchange],
};

impl Rule for Turns {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let people = &facts.people;
        let role = |person: usize| SentAs::ALL.into_iter().find(|role| facts.fits_role(person, *role));
        let gone =
            |person: usize, from: usize| people.list[person].exchanges.iter().any(|past| facts.places.school(&past.from) == Some(from));
        let mut waiting: BTreeMap<(usize, Option<SentAs>), Vec<usize>> = BTreeMap::new();
        for (person, at) in people.before.iter().enumerate() {
            let Some(at) = at.filter(|at| people.working[person] == Some(*at) && !gone(person, *at)) else { continue };
            if facts.not_eligible(person).is_none() {
                waiting.entry((at, role(person))).or_default().push(person);
            }
        }
        for (person, row, to) in people.posted().filter(|(person, ..)| facts.mover_in(scope, *person)) {
            let agreed = people.list[person].locks.posted_to.as_deref().is_some_and(|id| facts.places.school(id) == Some(to));
            let Some(from) = people.before[person].filter(|from| *from != to && changes_school(row.form) && gone(person, *from)) else {
                continue;
            };
            if let Some(others) = waiting.get(&(from, role(person))).filter(|_| !agreed) {
                found.point(1, || {
                    let others: Vec<_> = others.iter().map(|other| facts.say_person(*other)).collect();
                    let breach = Breach::at(Kind::Person, &row.person).and(Kind::School, &row.to).say("person", facts.say_person(person));
                    breach.say("to", facts.say_school(to)).say("waiting", list(&others))
                });
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Turns;
    use crate::engine::{Gauge, Link};
    use crate::file::SentAs;
    use crate::stages::{Exchange, Points};
    use std::collections::BTreeMap;

    impl crate::rules::Bind for Turns {
        /// Of two groups, this person posted and others waiting, at most one is busy.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            let kind = |person: usize| (exchange.before[person], world.sent_as(person, SentAs::ALL.into_iter()));
            let gone = |person: usize| {
                let from = exchange.before[person];
                world.people[person].file.exchanges.iter().any(|past| world.school(&past.from) == Some(from))
            };
            let mut waiting: BTreeMap<(usize, Option<SentAs>), (Vec<Link>, i32)> = BTreeMap::new();
            for person in (0..world.people.len()).filter(|person| exchange.eligible[*person] && !gone(*person)) {
                let (links, base) = waiting.entry(kind(person)).or_default();
                match exchange.posts.get(&person) {
                    Some((item, _)) => links.push(Link { item: *item, map: points.problem.map(vec![1]), coef: 1 }),
                    None => *base += 1,
                }
            }
            for (person, _) in exchange.people(points.scope) {
                let file = world.people[person].file;
                let Some((others, base)) = waiting.get(&kind(person)).filter(|_| gone(person)) else { continue };
                let agreed = file.locks.posted_to.as_deref().and_then(|id| world.school(id));
                let away: Vec<usize> = exchange.others(person).filter(|school| Some(*school) != agreed).collect();
                let mut links = exchange.works_in(points, person, &away, 1);
                links.extend(others);
                points.post(&file.id, Gauge::Busy, 2, (0, 1), links, vec![(1, *base)]);
            }
        }
    }
}
