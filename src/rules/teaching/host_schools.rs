//! # 兼课学校数 · Host schools
//!
//! 每位教师跨校兼课的学校不超过规定数。
//! Nobody teaches at too many other schools.
//!
//! Point: a person. Excess: number of schools other than the working school where they teach, over `max`.
//! Bound in: teaching. XHSTT cousin: `ClusterBusyTimes`.
//! Source: S1-18, S4-21.

use crate::check::{Breach, Facts, Findings, Kind, list};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Host schools: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HostSchools {
    pub max: u32,
}

pub static LAW: Law = Law {
    id: "host_schools",
    title: ("兼课学校数", "Host schools"),
    breach: ("{person} 在 {count} 所外校兼课({list}),最多 {max} 所", "{person} teaches at {count} other schools ({list}), at most {max}"),
    source: &["S1-18", "S4-21"],
    binds: &[Stage::Teaching],
};

impl Rule for HostSchools {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, entry) in facts.people.list.iter().enumerate().filter(|(person, _)| facts.person_in(scope, *person)) {
            let hosts = facts.hosts(person);
            found.point(hosts.len() as i64 - i64::from(self.max), || {
                let names: Vec<_> = hosts.keys().map(|school| facts.say_school(*school)).collect();
                let breach = Breach::at(Kind::Person, &entry.id).say("person", facts.say_person(person));
                breach.number("count", hosts.len()).number("max", self.max).say("list", list(&names))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::HostSchools;
    use crate::stages::{Points, Staffing};

    impl crate::rules::Bind for HostSchools {
        /// Σ v ≤ max, given courses counted.
        fn staffing(&self, staffing: &Staffing, points: &mut Points) {
            for person in staffing.people(points.scope) {
                let given = staffing.given_hosts(person);
                let links = staffing.visits_of(person).filter(|(school, _)| !given.contains(school));
                let links = links.map(|(_, item)| points.count(item, 0, 1)).collect();
                points.at_most(&staffing.world.people[person].file.id, links, given.len() as i32, i64::from(self.max));
            }
        }
    }
}
