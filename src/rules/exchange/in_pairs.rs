//! # 两校对等交流 · Exchange in pairs
//!
//! 两校之间互派的人数相等:只有两校对调,没有三校以上的轮转,也没有单向派出。
//! Any two schools send each other as many: swaps only, no walks of three schools and more, no chains.
//!
//! Point: a pair of schools. Excess: max(0, |posted a → b − posted b → a| − apart). It caps the length of closed walks at two.
//! Bound in: exchange.
//! Source: S2.5-21.

use crate::check::{Breach, Facts, Findings, Kind, changes_school};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Exchange in pairs: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InPairs {
    /// People that one side may send more.
    #[serde(default)]
    pub apart: u32,
}

pub static LAW: Law = Law {
    id: "in_pairs",
    title: ("两校对等交流", "Exchange in pairs"),
    breach: (
        "{one}派往{other} {out} 人,{other}派往{one} {back} 人,相差超过 {apart} 人的部分为 {excess} 人",
        "{one} sends {out} to {other} and gets {back} from there: {excess} more than {apart} apart",
    ),
    source: &["S2.5-21"],
    binds: &[Stage::Exchange],
};

impl Rule for InPairs {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let mut pairs: BTreeMap<(usize, usize), (i64, i64)> = BTreeMap::new();
        for (person, row, to) in facts.people.posted() {
            let Some(from) = facts.people.before[person].filter(|from| *from != to && changes_school(row.form)) else { continue };
            if facts.school_in(scope, from) && facts.school_in(scope, to) {
                let sent = pairs.entry((from.min(to), from.max(to))).or_default();
                if from < to { sent.0 += 1 } else { sent.1 += 1 }
            }
        }
        for ((one, other), (out, back)) in pairs {
            found.point((out - back).abs() - i64::from(self.apart), || {
                let schools = facts.places.schools;
                let breach = Breach::at(Kind::School, &schools[one].id).and(Kind::School, &schools[other].id);
                let breach = breach.say("one", facts.say_school(one)).say("other", facts.say_school(other));
                breach.number("out", out).number("back", back).number("apart", self.apart)
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::InPairs;
    use crate::engine::{Gauge, Link};
    use crate::stages::{Exchange, Points};
    use std::collections::BTreeMap;

    impl crate::rules::Bind for InPairs {
        /// −apart ≤ Σ a → b − Σ b → a ≤ apart.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            let inside: Vec<usize> = exchange.schools(points.scope).into_iter().map(|(school, _)| school).collect();
            let mut pairs: BTreeMap<(usize, usize), Vec<Link>> = BTreeMap::new();
            for person in exchange.posts.keys().copied() {
                let from = exchange.before[person];
                if !inside.contains(&from) {
                    continue;
                }
                for to in exchange.others(person).filter(|to| *to != from && inside.contains(to)).collect::<Vec<_>>() {
                    let links = exchange.works_in(points, person, &[to], if from < to { 1 } else { -1 });
                    pairs.entry((from.min(to), from.max(to))).or_default().extend(links);
                }
            }
            let apart = i64::from(self.apart);
            for ((one, other), links) in pairs {
                let at = format!("{} {}", world.schools[one].file.id, world.schools[other].file.id);
                points.post(&at, Gauge::Sum, 1, (-apart, apart), links, Vec::new());
            }
        }
    }
}
