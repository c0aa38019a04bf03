//! # 课时标准 · Load target
//!
//! 教师工作量尽量不超过标准课时。
//! Loads stay at or below the target.
//!
//! Point: a person. Excess: max(0, load − `load_target`).
//! Bound in: teaching. XHSTT cousin: `LimitWorkload`.
//! Source: S1-08.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Load target: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoadTarget {}

pub static LAW: Law = Law {
    id: "load_target",
    title: ("课时标准", "Load target"),
    breach: ("{person} 工作量 {load} 节,标准 {target} 节,超出 {excess} 节", "{person}: load {load}, target {target}: {excess} over"),
    source: &["S1-08"],
    binds: &[Stage::Teaching],
};

impl Rule for LoadTarget {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, entry) in facts.people.list.iter().enumerate().filter(|(person, _)| facts.person_in(scope, *person)) {
            let (load, target) = (facts.teaching.loads[person], i64::from(entry.load_target));
            found.point(load - target, || {
                let breach = Breach::at(Kind::Person, &entry.id).say("person", facts.say_person(person));
                breach.number("load", load).number("target", target)
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::LoadTarget;
    use crate::stages::{Points, Staffing};

    impl crate::rules::Bind for LoadTarget {
        /// Σ h·n + given + posts − over ≤ target.
        fn staffing(&self, staffing: &Staffing, points: &mut Points) {
            for person in staffing.people(points.scope) {
                let file = staffing.world.people[person].file;
                let (links, base) = staffing.load(points, person);
                points.at_most(&file.id, links, base, i64::from(file.load_target));
            }
        }
    }
}
