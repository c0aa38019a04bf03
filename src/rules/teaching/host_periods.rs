//! # 兼课起点课时 · Periods per host school
//!
//! 跨校兼课一校不少于规定课时,避免为一两节课奔波。
//! Whoever teaches at another school has at least so many periods there.
//!
//! Point: (person, host school). Excess: max(0, min − periods there).
//! Bound in: teaching.
//! Source: S1-18, S4-21.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Periods per host school: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HostPeriods {
    pub min: u32,
}

pub static LAW: Law = Law {
    id: "host_periods",
    title: ("兼课起点课时", "Periods per host school"),
    breach: ("{person} 在{school}只兼 {count} 节,至少 {min} 节", "{person} teaches only {count} period(s) at {school}, at least {min}"),
    source: &["S1-18", "S4-21"],
    binds: &[Stage::Teaching],
};

impl Rule for HostPeriods {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, entry) in facts.people.list.iter().enumerate().filter(|(person, _)| facts.person_in(scope, *person)) {
            for (school, count) in facts.hosts(person) {
                found.point(i64::from(self.min) - count, || {
                    let breach = Breach::at(Kind::Person, &entry.id).and(Kind::School, &facts.places.schools[school].id);
                    let breach = breach.say("person", facts.say_person(person)).say("school", facts.say_school(school));
                    breach.number("count", count).number("min", self.min)
                });
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::HostPeriods;
    use crate::stages::{Points, Staffing};

    impl crate::rules::Bind for HostPeriods {
        /// Σ h·n − min·v ≥ 0 at every school visited.
        fn staffing(&self, staffing: &Staffing, points: &mut Points) {
            let min = self.min as i32;
            for person in staffing.people(points.scope) {
                let hosts = staffing.given_hosts(person);
                let visits: Vec<_> = staffing.visits_of(person).collect();
                for school in hosts.iter().copied().filter(|school| visits.iter().all(|(other, _)| other != school)) {
                    let given = staffing.given_load(person, &|other| other == school) as i32;
                    points.at_least(&staffing.at(person, school), vec![], given, i64::from(min));
                }
                for (school, visit) in visits {
                    let given = staffing.given_load(person, &|other| other == school) as i32;
                    let mut links = Vec::new();
                    for take in staffing.takes_of(person) {
                        let kind = &staffing.kinds[take.kind];
                        if kind.school == school {
                            links.push(points.count(take.item, 0, kind.load as i32));
                        }
                    }
                    // Given courses make the visit certain.
                    let least = if hosts.contains(&school) { i64::from(min) } else { 0 };
                    if least == 0 {
                        links.push(points.count(visit, 0, -min));
                    }
                    points.at_least(&staffing.at(person, school), links, given, least);
                }
            }
        }
    }
}
