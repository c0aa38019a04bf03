//! # 集团范围 · The group permits it
//!
//! 人员交流和跨校兼课只在同一集团(学区、联盟)内进行;兼课还须章程允许。
//! People are posted and teach across schools only inside a common group, whose charter permits it.
//!
//! Point: a posted person (from, to); a cross-school link (person, host school).
//! Excess: 1 unless some group contains both schools; for a link the group must also permit teaching across:
//! `agreement.teach_across`, or by kind (all but `name_branch`, `cooperation`, `hs_zone`). No groups at all = everything permitted.
//! Bound in: exchange (postings), teaching (links).
//! Source: S0-18, S2.3-11, S2.5-04, S2.5-10, S2.8-02.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::{Part, Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The group permits it: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupPermits {}

pub static LAW: Law = Law {
    id: "group_permits",
    title: ("集团范围", "The group permits it"),
    breach: (
        "{person} 从{from}到{to}{what},两校不在允许这样做的同一集团",
        "{person}: {what} from {from} to {to}, and no common group permits it",
    ),
    source: &["S0-18", "S2.3-11", "S2.5-04", "S2.5-10", "S2.8-02"],
    binds: &[Stage::Exchange, Stage::Teaching],
};

impl Rule for GroupPermits {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let mut refuse = |person: usize, from: usize, to: usize, what: Text| {
            found.point(1, || {
                let breach = Breach::at(Kind::Person, &facts.people.list[person].id).and(Kind::School, &facts.places.schools[to].id);
                let breach = breach.say("person", facts.say_person(person)).say("what", what);
                breach.say("from", facts.say_school(from)).say("to", facts.say_school(to))
            });
        };
        for (person, _, to) in facts.people.posted().filter(|(person, _, _)| facts.mover_in(scope, *person)) {
            if let Some(from) = facts.people.before[person].filter(|from| *from != to && !facts.places.may_post(*from, to)) {
                refuse(person, from, to, Text::new("交流", "posting"));
            }
        }
        if !facts.decided(Part::Teaching) {
            return;
        }
        for person in (0..facts.people.list.len()).filter(|&person| facts.person_in(scope, person)) {
            let Some(home) = facts.people.working[person] else { continue };
            for host in facts.hosts(person).into_keys().filter(|host| !facts.places.may_teach(home, *host)) {
                refuse(person, home, host, Text::new("兼课", "teaching"));
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::GroupPermits;
    use crate::stages::{Exchange, Points, Staffing};

    impl crate::rules::Bind for GroupPermits {
        /// No posting between schools that share no group.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            for (person, _) in exchange.people(points.scope) {
                let from = exchange.before[person];
                let apart = exchange.others(person).filter(|to| !world.share_group(from, *to, false));
                let links = exchange.works_in(points, person, &apart.collect::<Vec<_>>(), 1);
                points.at_most(&world.people[person].file.id, links, 0, 0);
            }
        }

        /// No teaching across schools that share no group permitting it.
        fn staffing(&self, staffing: &Staffing, points: &mut Points) {
            for person in staffing.people(points.scope) {
                let from = staffing.school[person];
                let given = staffing.given_hosts(person);
                for school in given.iter().filter(|school| !staffing.world.share_group(from, **school, true)) {
                    points.at_most(&staffing.at(person, *school), vec![], 1, 0);
                }
                for (school, visit) in staffing.visits_of(person) {
                    if !given.contains(&school) && !staffing.world.share_group(from, school, true) {
                        let link = points.count(visit, 0, 1);
                        points.at_most(&staffing.at(person, school), vec![link], 0, 0);
                    }
                }
            }
        }
    }
}
