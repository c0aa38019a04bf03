//! # 课时上限 · Load cap
//!
//! 教师工作量(任课节数加兼职折算)不超过上限。
//! Nobody's load (periods taught plus equivalents of posts) exceeds the cap.
//!
//! load = Σ loads of the roles taught + Σ periods of posts; limit = `load_cap` of the person, or `load_target` + `over_target`
//! if given; 0 for people with neither target nor cap.
//! Point: a person. Excess: max(0, load − limit).
//! Bound in: teaching. XHSTT cousin: `LimitWorkload`.
//! Source: S1-08, S3-10.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Load cap: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoadCap {
    /// Limit = the person's target plus this, instead of the cap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over_target: Option<u32>,
}

pub static LAW: Law = Law {
    id: "load_cap",
    title: ("课时上限", "Load cap"),
    breach: ("{person} 工作量 {load} 节,上限 {limit} 节,超出 {excess} 节", "{person}: load {load}, limit {limit}: {excess} over"),
    source: &["S1-08", "S3-10"],
    binds: &[Stage::Teaching],
};

impl Rule for LoadCap {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, entry) in facts.people.list.iter().enumerate().filter(|(person, _)| facts.person_in(scope, *person)) {
            let load = facts.teaching.loads[person];
            let limit = match self.over_target {
                _ if entry.load_target == 0 && entry.load_cap == 0 => 0,
                Some(over) => i64::from(entry.load_target) + i64::from(over),
                None => i64::from(entry.load_cap),
            };
            found.point(load - limit, || {
                let breach = Breach::at(Kind::Person, &entry.id).say("person", facts.say_person(person));
                breach.number("load", load).number("limit", limit)
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::LoadCap;
    use crate::stages::{Points, Staffing};

    impl crate::rules::Bind for LoadCap {
        /// Σ h·n + given + posts ≤ cap.
        fn staffing(&self, staffing: &Staffing, points: &mut Points) {
            for person in staffing.people(points.scope) {
                let file = staffing.world.people[person].file;
                let none = file.load_cap == 0 && file.load_target == 0;
                let most = self.over_target.filter(|_| !none).map_or(file.load_cap, |over| file.load_target + over);
                let (links, base) = staffing.load(points, person);
                points.at_most(&file.id, links, base, i64::from(most));
            }
        }
    }
}
