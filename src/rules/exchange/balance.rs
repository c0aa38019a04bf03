//! # 骨干均衡 · Balance of backbone teachers
//!
//! 骨干教师按学生数在同学段学校间均衡分布。
//! Backbone teachers are spread over the schools of a stage by number of pupils.
//!
//! `B_s` = teachers and leaders with talent ≥ `talent` working at school s after the postings; `P_s` = pupils of the stage.
//! `ideal_s = ⌊(2·B·P_s + P) / (2·P)⌋` (nearest), B and P summed over the schools having pupils of that stage.
//! Point: (stage, school). Excess: `|B_s − ideal_s|`.
//! Bound in: exchange.
//! Source: S1-17, S2.5-40, S2.8-24.

use crate::check::{Breach, Facts, Findings, Kind, stage};
use crate::file::{Category, Scope, Stage, Talent};
use crate::rules::{Law, Rule, Stage as Planning};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Balance of backbone teachers: the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Balance {
    /// Counted from this level up.
    pub talent: Talent,
}

pub static LAW: Law = Law {
    id: "balance",
    title: ("骨干均衡", "Balance of backbone teachers"),
    breach: (
        "{school}({stage})骨干教师 {has} 人,按学生数应为 {ideal} 人,相差 {excess} 人",
        "{school} ({stage}): {has} backbone teachers, {ideal} by number of pupils: {excess} off",
    ),
    source: &["S1-17", "S2.5-40", "S2.8-24"],
    binds: &[Planning::Exchange],
};

impl Rule for Balance {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let count = |place: &[Option<usize>]| {
            let mut backbone = vec![0_i64; facts.places.schools.len()];
            for (entry, school) in facts.people.list.iter().zip(place) {
                if let Some(school) = school.filter(|_| entry.category != Category::Worker && entry.talent >= self.talent) {
                    backbone[school] += 1;
                }
            }
            backbone
        };
        let (before, backbone) = (count(&facts.people.before), count(&facts.people.working));
        let pupils = |school: usize, of: Stage| facts.places.schools[school].pupils.get(&of).map_or(0, |pupils| i64::from(*pupils));
        for of in [Stage::Kindergarten, Stage::Primary, Stage::Junior, Stage::Senior] {
            if !(scope.stages.is_empty() || scope.stages.contains(&of)) {
                continue;
            }
            let schools: Vec<_> = (0..backbone.len()).filter(|&school| pupils(school, of) > 0 && facts.school_in(scope, school)).collect();
            let all: i64 = schools.iter().map(|&school| before[school]).sum();
            let total: i64 = schools.iter().map(|&school| pupils(school, of)).sum();
            for school in schools {
                let (has, ideal) = (backbone[school], (2 * all * pupils(school, of) + total) / (2 * total));
                found.point((has - ideal).abs(), || {
                    let breach = Breach::at(Kind::School, &facts.places.schools[school].id).say("school", facts.say_school(school));
                    breach.say("stage", stage(of)).number("has", has).number("ideal", ideal)
                });
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Balance;
    use crate::engine::Gauge;
    use crate::file::{Category, Stage};
    use crate::stages::{Exchange, Points};

    impl crate::rules::Bind for Balance {
        /// B_s within ideal_s = ⌊(2·B·P_s + P) / 2P⌋, exactly.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            let counted = |person: usize| {
                let file = world.people[person].file;
                file.talent >= self.talent && file.category != Category::Worker
            };
            for stage in [Stage::Kindergarten, Stage::Primary, Stage::Junior, Stage::Senior] {
                if !points.scope.stages.is_empty() && !points.scope.stages.contains(&stage) {
                    continue;
                }
                let schools: Vec<(usize, i64)> = exchange
                    .schools(points.scope)
                    .into_iter()
                    .filter_map(|(s, school)| Some((s, i64::from(*school.pupils.get(&stage)?))))
                    .filter(|(_, pupils)| *pupils > 0)
                    .collect();
                let pupils: i64 = schools.iter().map(|(_, pupils)| pupils).sum();
                // People of these schools; whom a posting brings in from others is not known before it is decided.
                let here = |person: usize| schools.iter().any(|(school, _)| *school == exchange.before[person]);
                let total = (0..world.people.len()).filter(|p| counted(*p) && here(*p)).count() as i64;
                for (school, own) in &schools {
                    let ideal = (2 * total * own + pupils).div_euclid(2 * pupils);
                    let mut links = Vec::new();
                    let mut base = (0..world.people.len()).filter(|p| counted(*p) && exchange.before[*p] == *school).count() as i32;
                    for person in exchange.posts.keys().copied().filter(|person| counted(*person)) {
                        base -= i32::from(exchange.before[person] == *school);
                        links.extend(exchange.works_in(points, person, &[*school], 1));
                    }
                    let at = format!("{stage:?} {}", world.schools[*school].file.id);
                    points.post(&at, Gauge::Sum, 1, (ideal, ideal), links, vec![(0, base)]);
                }
            }
        }
    }
}
