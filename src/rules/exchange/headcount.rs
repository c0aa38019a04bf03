//! # 编制 · Headcount
//!
//! 交流后各校在岗人数不超过编制(或现有人数),也不低于编制(或现有人数)。
//! After the exchange no school has more staff than its authorised posts (or its present staff), nor fewer.
//!
//! staff = people whose working school it is (any category; with `rank`: of that rank); before = before the postings.
//! Point: a school with a quota for the rank (`all` if none is named).
//! Excess: distance of staff from [min(quota, before) − below, max(quota, before) + above].
//! Bound in: exchange.
//! Source: S1-15, S2.3-13, S2.5-42.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::{Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Headcount: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Headcount {
    /// People allowed above.
    #[serde(default)]
    pub above: u32,
    /// People allowed below.
    #[serde(default)]
    pub below: u32,
    /// Only posts of this rank; absent = the quota `all`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<String>,
}

pub static LAW: Law = Law {
    id: "headcount",
    title: ("编制", "Headcount"),
    breach: (
        "{school}交流后{rank}在岗 {staff} 人,应在 {low}–{high} 人之间(编制 {quota},原有 {before}),相差 {excess} 人",
        "{school}: {staff} {rank}staff after the exchange, allowed {low}–{high} (quota {quota}, before {before}): {excess} off",
    ),
    source: &["S1-15", "S2.3-13", "S2.5-42"],
    binds: &[Stage::Exchange],
};

impl Rule for Headcount {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let of_rank = |person: usize| self.rank.is_none() || facts.people.list[person].rank == self.rank;
        let count = |working: &[Option<usize>]| {
            let mut staff = vec![0_i64; facts.places.schools.len()];
            for (person, school) in working.iter().enumerate() {
                if let Some(school) = school.filter(|_| of_rank(person)) {
                    staff[school] += 1;
                }
            }
            staff
        };
        let (before, after) = (count(&facts.people.before), count(&facts.people.working));
        for (school, entry) in facts.places.schools.iter().enumerate().filter(|(school, _)| facts.school_in(scope, *school)) {
            let Some(quota) = entry.quota.get(self.rank.as_deref().unwrap_or("all")).map(|quota| i64::from(*quota)) else { continue };
            let (before, staff) = (before[school], after[school]);
            let (low, high) = (quota.min(before) - i64::from(self.below), quota.max(before) + i64::from(self.above));
            found.point((low - staff).max(staff - high), || {
                let rank = self.rank.as_deref().map_or_else(Text::default, |rank| Text::new(format!("“{rank}”"), format!("`{rank}` ")));
                let breach = Breach::at(Kind::School, &entry.id).say("school", facts.say_school(school)).say("rank", rank);
                let breach = breach.number("staff", staff).number("low", low).number("high", high);
                breach.number("quota", quota).number("before", before)
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Headcount;
    use crate::engine::Gauge;
    use crate::stages::{Exchange, Points};

    impl crate::rules::Bind for Headcount {
        /// Staff after postings between min(quota, before) − below and max(quota, before) + above.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            let ranked = |person: usize| self.rank.is_none() || world.people[person].file.rank == self.rank;
            for (school, place) in exchange.schools(points.scope) {
                let Some(quota) = place.quota.get(self.rank.as_deref().unwrap_or("all")) else { continue };
                let before = (0..world.people.len()).filter(|p| ranked(*p) && exchange.before[*p] == school).count() as i64;
                let quota = i64::from(*quota);
                let mut links = Vec::new();
                let mut stay = before as i32;
                for person in exchange.posts.keys().copied().filter(|person| ranked(*person)) {
                    stay -= i32::from(exchange.before[person] == school);
                    links.extend(exchange.works_in(points, person, &[school], 1));
                }
                let range = (quota.min(before) - i64::from(self.below), quota.max(before) + i64::from(self.above));
                points.post(&place.id, Gauge::Sum, 1, range, links, vec![(0, stay)]);
            }
        }
    }
}
