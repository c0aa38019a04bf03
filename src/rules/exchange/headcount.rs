//! # 编制 · Headcount
//!
//! 交流后各校在岗人数不超过编制(或现有人数),也不低于编制(或现有人数)。
//! After the exchange no school has more staff than its authorised posts (or its present staff), nor fewer.
//!
//! staff = people whose working school it is (any category; with `rank`: of that rank); before = before the postings. With
//! `hires`, the school's openings (of the rank) are staff to come: postings leave room for them.
//! Point: a school with a quota for the rank (`all` if none is named). With `pooled`, the schools of a group that has one quota
//! in common (`agreement.pooled_posts`, or by kind: `town_centre`, `strong_weak`, `community`, `group_tight`) are one point for the
//! group, with the sums of those schools that have a quota, and none by themselves.
//! Excess: distance of staff from [min(quota, before) − below, max(quota, before) + above].
//! Bound in: exchange.
//! Source: S1-15, S2.3-13, S2.5-04, S2.5-42.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::{Group, GroupKind, Opening, School, Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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
    /// Openings are staff to come.
    #[serde(default)]
    pub hires: bool,
    /// Groups with one quota in common are judged together.
    #[serde(default)]
    pub pooled: bool,
}

pub static LAW: Law = Law {
    id: "headcount",
    title: ("编制", "Headcount"),
    breach: (
        "{unit}交流后{rank}在岗 {staff} 人,应在 {low}–{high} 人之间(编制 {quota},原有 {before}),相差 {excess} 人",
        "{unit}: {staff} {rank}staff after the exchange, allowed {low}–{high} (quota {quota}, before {before}): {excess} off",
    ),
    source: &["S1-15", "S2.3-13", "S2.5-04", "S2.5-42"],
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
        let quota_of = |school: &usize| self.quota(&facts.places.schools[*school]);
        let judged = |school: &usize| facts.school_in(scope, *school) && quota_of(school).is_some();
        for (place, name, schools) in self.units(facts, scope) {
            let schools: Vec<usize> = schools.into_iter().filter(judged).collect();
            if schools.is_empty() {
                continue;
            }
            let sum = |of: &dyn Fn(usize) -> i64| schools.iter().map(|school| of(*school)).sum::<i64>();
            let quota = sum(&|school| quota_of(&school).unwrap_or(0));
            let before = sum(&|school| before[school]);
            let staff = sum(&|school| after[school] + self.openings(&facts.places.schools[school]));
            let (low, high) = (quota.min(before) - i64::from(self.below), quota.max(before) + i64::from(self.above));
            found.point((low - staff).max(staff - high), || {
                let rank = self.rank.as_deref().map_or_else(Text::default, |rank| Text::new(format!("“{rank}”"), format!("`{rank}` ")));
                let breach = Breach::at(place.0, place.1).say("unit", name).say("rank", rank);
                let breach = breach.number("staff", staff).number("low", low).number("high", high);
                breach.number("quota", quota).number("before", before)
            });
        }
    }
}

impl Headcount {
    fn quota(&self, school: &School) -> Option<i64> {
        school.quota.get(self.rank.as_deref().unwrap_or("all")).map(|quota| i64::from(*quota))
    }
    /// Posts to be filled by hiring, where they count.
    fn openings(&self, school: &School) -> i64 {
        let counted = |opening: &&Opening| self.hires && (self.rank.is_none() || opening.rank == self.rank);
        school.openings.iter().filter(counted).count() as i64
    }

    fn units(&self, facts: &Facts, scope: &Scope) -> Vec<((Kind, String), Text, BTreeSet<usize>)> {
        let places = &facts.places;
        let groups = places.groups.iter().zip(&places.group_schools);
        let pooled: Vec<_> = groups.filter(|(group, _)| self.pooled && pools_posts(group)).collect();
        let alone = (0..places.schools.len()).filter(|school| !pooled.iter().any(|(_, schools)| schools.contains(school)));
        let school =
            |school: usize| ((Kind::School, places.schools[school].id.clone()), facts.say_school(school), BTreeSet::from([school]));
        let judged = pooled.iter().filter(|(group, _)| scope.groups.is_empty() || scope.groups.contains(&group.id));
        let group = |(group, schools): &(&Group, &BTreeSet<usize>)| {
            let name = group.name.clone().unwrap_or_else(|| Text::new(&group.id, &group.id));
            ((Kind::Group, group.id.clone()), name, (*schools).clone())
        };
        alone.map(school).chain(judged.map(group)).collect()
    }
}

/// 统一核编: one quota for all its schools.
fn pools_posts(group: &Group) -> bool {
    let by_kind = matches!(group.kind, GroupKind::TownCentre | GroupKind::StrongWeak | GroupKind::Community | GroupKind::GroupTight);
    group.agreement.pooled_posts.unwrap_or(by_kind)
}

#[cfg(feature = "solve")]
mod bind {
    use super::{Headcount, pools_posts};
    use crate::engine::Gauge;
    use crate::file::School;
    use crate::stages::{Exchange, Points};

    impl crate::rules::Bind for Headcount {
        /// Staff after postings between min(quota, before) − below and max(quota, before) + above.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            let ranked = |person: usize| self.rank.is_none() || world.people[person].file.rank == self.rank;
            let places = exchange.schools(points.scope);
            let mut units: Vec<(String, Vec<(usize, &School)>)> = Vec::new();
            let mut alone = places.clone();
            for group in world.file.groups.iter().filter(|group| self.pooled && pools_posts(group)) {
                let inside = |school: &School| group.lead.as_ref() == Some(&school.id) || group.members.contains(&school.id);
                alone.retain(|(_, school)| !inside(school));
                if points.scope.groups.is_empty() || points.scope.groups.contains(&group.id) {
                    units.push((group.id.clone(), places.iter().copied().filter(|(_, school)| inside(school)).collect()));
                }
            }
            units.extend(alone.into_iter().map(|place| (place.1.id.clone(), vec![place])));
            for (name, mut schools) in units {
                schools.retain(|(_, school)| self.quota(school).is_some());
                if schools.is_empty() {
                    continue;
                }
                let inside: Vec<usize> = schools.iter().map(|(school, _)| *school).collect();
                let quota: i64 = schools.iter().filter_map(|(_, school)| self.quota(school)).sum();
                let hires: i64 = schools.iter().map(|(_, school)| self.openings(school)).sum();
                let before = (0..world.people.len()).filter(|p| ranked(*p) && inside.contains(&exchange.before[*p])).count() as i64;
                let (links, base) = exchange.staff_of(points, &inside, &ranked);
                let range = (quota.min(before) - i64::from(self.below), quota.max(before) + i64::from(self.above));
                points.post(&name, Gauge::Sum, 1, range, links, vec![(0, base + hires as i32)]);
            }
        }
    }
}
