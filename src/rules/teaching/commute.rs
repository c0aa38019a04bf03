//! # 通勤时间 · Commute
//!
//! 交流或兼课的学校不能太远。
//! No posting and no host school is too far away.
//!
//! limit = min(`max_minutes`, the person's `longest_trip_minutes`).
//! Point: (person, host school); in postings (person, to).
//! Excess: max(0, minutes(working school's first site → that school's first site) − limit); for postings from the working
//! school before the posting.
//! Bound in: exchange (postings), teaching (links).
//! Source: S1-02.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::{Part, Scope};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Commute: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commute {
    /// One way.
    pub max_minutes: u32,
}

pub static LAW: Law = Law {
    id: "commute",
    title: ("通勤时间", "Commute"),
    breach: (
        "{person} 从{from}到{to}单程 {minutes} 分钟,最多 {limit} 分钟,超出 {excess} 分钟",
        "{person}: {from} to {to} takes {minutes} minutes, at most {limit}: {excess} over",
    ),
    source: &["S1-02"],
    binds: &[Stage::Exchange, Stage::Teaching],
};

impl Rule for Commute {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let mut trip = |person: usize, from: usize, to: usize| {
            let entry = &facts.people.list[person];
            let limit = i64::from(entry.longest_trip_minutes.unwrap_or(self.max_minutes).min(self.max_minutes));
            let minutes = facts.places.school_minutes(from, to);
            found.point(minutes - limit, || {
                let breach = Breach::at(Kind::Person, &entry.id).and(Kind::School, &facts.places.schools[to].id);
                let breach = breach.say("person", facts.say_person(person)).say("from", facts.say_school(from));
                breach.say("to", facts.say_school(to)).number("minutes", minutes).number("limit", limit)
            });
        };
        for (person, _, to) in facts.people.posted().filter(|(person, _, _)| facts.mover_in(scope, *person)) {
            if let Some(from) = facts.people.before[person] {
                trip(person, from, to);
            }
        }
        if !facts.decided(Part::Teaching) {
            return;
        }
        for person in (0..facts.people.list.len()).filter(|&person| facts.person_in(scope, person)) {
            let Some(home) = facts.people.working[person] else { continue };
            for host in facts.hosts(person).into_keys() {
                trip(person, home, host);
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Commute;
    use crate::district::World;
    use crate::stages::{Exchange, Points, Staffing};

    impl crate::rules::Bind for Commute {
        /// Minutes beyond the limit, for each school that the person may be posted to.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            for (person, (item, schools)) in exchange.people(points.scope) {
                let mut links = Vec::new();
                let others: Vec<usize> = exchange.others(person).collect();
                for (value, school) in schools.iter().enumerate() {
                    let over = self.over(exchange.world, person, exchange.before[person], *school);
                    if over > 0 && others.contains(school) {
                        links.push(points.atom(item, value as u16, over));
                    }
                }
                points.at_most(&exchange.world.people[person].file.id, links, 0, 0);
            }
        }

        /// Minutes beyond the limit, for each school visited.
        fn staffing(&self, staffing: &Staffing, points: &mut Points) {
            for person in staffing.people(points.scope) {
                let from = staffing.school[person];
                let given = staffing.given_hosts(person);
                for school in &given {
                    points.at_most(&staffing.at(person, *school), vec![], self.over(staffing.world, person, from, *school), 0);
                }
                for (school, visit) in staffing.visits_of(person).filter(|(school, _)| !given.contains(school)) {
                    let over = self.over(staffing.world, person, from, school);
                    if over > 0 {
                        let link = points.count(visit, 0, over);
                        points.at_most(&staffing.at(person, school), vec![link], 0, 0);
                    }
                }
            }
        }
    }

    impl Commute {
        fn over(&self, world: &World, person: usize, from: usize, to: usize) -> i32 {
            let limit = world.people[person].file.longest_trip_minutes.map_or(self.max_minutes, |own| own.min(self.max_minutes));
            world.school_minutes(from, to).saturating_sub(limit) as i32
        }
    }
}
