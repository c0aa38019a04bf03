//! # 互派 · Mutual dispatch
//!
//! 牵头校和成员校按协议互派干部、骨干教师、青年教师和教师,人数正好(或不少于)协议数。
//! Lead and member send each other as many leaders, backbone, young and other teachers as their agreement says.
//!
//! sent(a → b) = people whose post (编制) is at a and who work at b after the postings: sent now, or still there.
//! Each counts once, for the first of `leaders`, `backbone` (county and above), `young` (35 or younger), `teachers` that the
//! agreement names for the direction and the person is.
//! agreed = `each_way` + `lead_sends` (from the lead) or + `member_sends` (to the lead).
//! Point: (group, member, direction, role). Excess: |sent − agreed|; with `at_least`: max(0, agreed − sent).
//! With `in_total` roles of `each_way` count both directions together, `each_way` once.
//! With `nobody_else` also, where the agreement names any role: (group, member, direction). Excess: people sent who are in none.
//! Bound in: exchange.
//! Source: S2.5-18, S2.5-19, S2.5-21, S2.8-09.

use crate::check::{Breach, Facts, Findings, Kind, sent_as};
use crate::file::{Scope, SentAs, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Mutual dispatch: the numbers; the counts stand in the groups' agreements.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MutualDispatch {
    /// More may be sent than agreed.
    #[serde(default)]
    pub at_least: bool,
    /// `each_way` is the number of both directions together.
    #[serde(default)]
    pub in_total: bool,
    /// Nobody is sent who is in none of the roles agreed.
    #[serde(default)]
    pub nobody_else: bool,
}

pub static LAW: Law = Law {
    id: "mutual_dispatch",
    title: ("互派", "Mutual dispatch"),
    breach: (
        "{from}{way}{to}按协议应派{role} {agreed} 人,方案派出 {sent} 人,相差 {excess} 人",
        "{from} {way} {to}: {agreed} {role} agreed, {sent} sent: {excess} off",
    ),
    source: &["S2.5-18", "S2.5-19", "S2.5-21", "S2.8-09"],
    binds: &[Stage::Exchange],
};

impl Rule for MutualDispatch {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for pair in facts.pairs(scope) {
            let agreement = pair.agreement;
            if agreement.each_way.is_empty() && agreement.lead_sends.is_empty() && agreement.member_sends.is_empty() {
                continue;
            }
            let mut judge = |from: usize, to: usize, way: (&str, &str), role: Text, agreed: i64, sent: i64| {
                let excess = if self.at_least && way != EXTRA { agreed - sent } else { (sent - agreed).abs() };
                found.point(excess, || {
                    let breach = Breach::at(Kind::School, &facts.places.schools[from].id).and(Kind::Group, pair.group);
                    let breach = breach.say("from", facts.say_school(from)).say("to", facts.say_school(to)).say("role", role);
                    breach.say("way", Text::new(way.0, way.1)).number("agreed", agreed).number("sent", sent)
                });
            };
            let mut both = [0; SentAs::ALL.len()];
            for (from, to, lead_sends) in pair.directions() {
                let mut sent = [0; SentAs::ALL.len()];
                let mut others = 0;
                for person in facts.sent(scope, from, to) {
                    match pair.roles(lead_sends).find(|role| facts.fits_role(person, *role)) {
                        Some(role) => sent[role as usize] += 1,
                        None => others += 1,
                    }
                }
                for role in pair.roles(lead_sends) {
                    if self.in_total && agreement.each_way.contains_key(role.id()) {
                        both[role as usize] += sent[role as usize];
                    } else {
                        let agreed = pair.owes(role, lead_sends) + pair.each_way(role);
                        judge(from, to, ("向", "to"), sent_as(role), agreed, sent[role as usize]);
                    }
                }
                if self.nobody_else {
                    judge(from, to, EXTRA, Text::new("协议以外的人员", "people outside the agreement"), 0, others);
                }
            }
            for role in SentAs::ALL.into_iter().filter(|role| self.in_total && agreement.each_way.contains_key(role.id())) {
                let agreed = pair.each_way(role) + pair.owes(role, true) + pair.owes(role, false);
                judge(pair.lead, pair.member, ("和", "and"), sent_as(role), agreed, both[role as usize]);
            }
        }
    }
}

/// People in none of the roles agreed: more is never better.
const EXTRA: (&str, &str) = ("另向", "besides to");

#[cfg(feature = "solve")]
mod bind {
    use super::MutualDispatch;
    use crate::engine::Link;
    use crate::file::SentAs;
    use crate::stages::{Exchange, Points};
    use std::collections::BTreeMap;

    impl crate::rules::Bind for MutualDispatch {
        /// Σ sent within [agreed, agreed], or from agreed up.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            for pair in exchange.pairs(points.scope) {
                let mut both: BTreeMap<SentAs, (Vec<Link>, i32, i64)> = BTreeMap::new();
                let in_total = |role: &SentAs| self.in_total && pair.agreement.each_way.contains_key(role.id());
                let any = pair.owed(true).iter().any(|(.., roles)| !roles.is_empty());
                for (from, to, roles) in pair.owed(true) {
                    let at = format!("{} {}", pair.group, world.schools[from].file.id);
                    let role_of = |person: usize| world.sent_as(person, roles.keys().copied());
                    for (role, agreed) in &roles {
                        let (links, base) = exchange.sent(points, from, to, &|person| role_of(person) == Some(*role));
                        if in_total(role) {
                            let sum = both.entry(*role).or_default();
                            sum.0.extend(links);
                            sum.1 += base;
                        } else {
                            self.post(points, &format!("{at} {}", role.id()), links, base, *agreed);
                        }
                    }
                    if self.nobody_else && any {
                        let (links, base) = exchange.sent(points, from, to, &|person| role_of(person).is_none());
                        points.at_most(&format!("{at} else"), links, base, 0);
                    }
                }
                for (_, _, roles) in pair.owed(false) {
                    for (role, own) in roles {
                        both.entry(role).and_modify(|sum| sum.2 += own);
                    }
                }
                for (role, (links, base, own)) in both {
                    let agreed = own + pair.agreement.each_way.get(role.id()).map_or(0, |count| i64::from(*count));
                    self.post(points, &format!("{} {} both", pair.group, role.id()), links, base, agreed);
                }
            }
        }
    }

    impl MutualDispatch {
        fn post(&self, points: &mut Points, at: &str, links: Vec<Link>, base: i32, agreed: i64) {
            if self.at_least {
                points.at_least(at, links, base, agreed);
            } else {
                points.exactly(at, links, base, agreed);
            }
        }
    }
}
