//! # 少跑路 · Few and short trips
//!
//! 跨校兼课尽量少、尽量近。
//! Cross-school teaching is rare and near.
//!
//! Point: (person, host school). Excess: minutes one way from the working school to the host (first sites).
//! Bound in: teaching.
//! Source: S1-02, S1-18.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Few and short trips: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Visits {}

pub static LAW: Law = Law {
    id: "visits",
    title: ("少跑路", "Few and short trips"),
    breach: ("{person} 到{school}兼课,单程 {excess} 分钟", "{person} teaches at {school}, {excess} minutes one way"),
    source: &["S1-02", "S1-18"],
    binds: &[Stage::Teaching],
};

impl Rule for Visits {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, entry) in facts.people.list.iter().enumerate().filter(|(person, _)| facts.person_in(scope, *person)) {
            let Some(home) = facts.people.working[person] else { continue };
            for school in facts.hosts(person).into_keys() {
                found.point(facts.places.school_minutes(home, school), || {
                    let breach = Breach::at(Kind::Person, &entry.id).and(Kind::School, &facts.places.schools[school].id);
                    breach.say("person", facts.say_person(person)).say("school", facts.say_school(school))
                });
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Visits;
    use crate::stages::{Points, Staffing};

    impl crate::rules::Bind for Visits {
        /// Minutes of the way to each school visited.
        fn staffing(&self, staffing: &Staffing, points: &mut Points) {
            for person in staffing.people(points.scope) {
                let from = staffing.school[person];
                let given = staffing.given_hosts(person);
                for school in &given {
                    let minutes = staffing.world.school_minutes(from, *school) as i32;
                    points.at_most(&staffing.at(person, *school), vec![], minutes, 0);
                }
                for (school, visit) in staffing.visits_of(person).filter(|(school, _)| !given.contains(school)) {
                    let link = points.count(visit, 0, staffing.world.school_minutes(from, school) as i32);
                    points.at_most(&staffing.at(person, school), vec![link], 0, 0);
                }
            }
        }
    }
}
