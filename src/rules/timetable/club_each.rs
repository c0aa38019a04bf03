//! # 教师定点指导社团 · A club for each teacher
//!
//! 每位教师定点指导一个社团;干部可以不指导,但最多一个。
//! Each teacher leads exactly one club; a leader of the school at most one.
//!
//! It is about those who may lead some club of the school they work at. Whoever may lead none is exempt: workers, who is unavailable at all
//! the clubs' times, and who is on no club's list.
//! Point: a person who may lead a club. Excess: |clubs led − 1| of a teacher, max(0, clubs led − 1) of a leader.
//! Bound in: timetable, once its lessons stand.
//! Source: S2.2-19.

use crate::check::{Breach, Facts, Findings, Kind, list};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A club for each teacher: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClubEach {}

pub static LAW: Law = Law {
    id: "club_each",
    title: ("教师定点指导社团", "A club for each teacher"),
    breach: ("{person} 指导 {count} 个社团({clubs}),应指导一个", "{person} leads {count} clubs ({clubs}) instead of one"),
    source: &["S2.2-19"],
    binds: &[Stage::Timetable],
};

impl Rule for ClubEach {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let people: BTreeSet<usize> = facts.clubs.iter().flat_map(|club| &club.pool).copied().collect();
        for person in people.into_iter().filter(|person| facts.person_in(scope, *person)) {
            let led: Vec<_> = facts.clubs.iter().filter(|club| club.leaders.contains(&person)).map(|club| facts.say_club(club)).collect();
            let more = led.len() as i64 - 1;
            found.point(if facts.leads(person) { more } else { more.abs() }, || {
                let breach = Breach::at(Kind::Person, &facts.people.list[person].id).say("person", facts.say_person(person));
                breach.number("count", led.len()).say("clubs", list(&led))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::ClubEach;
    use crate::engine::{Gauge, ItemId};
    use crate::file::Category;
    use crate::stages::{Clubs, Points, person_fits};
    use std::collections::BTreeMap;

    impl crate::rules::Bind for ClubEach {
        /// Σ clubs = 1 for teachers, ≤ 1 for leaders.
        fn clubs(&self, clubs: &Clubs, points: &mut Points) {
            let mut led: BTreeMap<(usize, usize), Vec<ItemId>> = BTreeMap::new();
            for club in &clubs.list {
                for (person, leads) in &club.pool {
                    led.entry((*person, club.school)).or_default().push(leads.item);
                }
            }
            for ((person, school), items) in led {
                let file = clubs.world.people[person].file;
                if person_fits(clubs.world, points.scope, person, school) {
                    let least = i64::from(file.category != Category::Leader);
                    let links = items.into_iter().map(|item| points.count(item, 0, 1)).collect();
                    points.post(&file.id, Gauge::Sum, 1, (least, 1), links, Vec::new());
                }
            }
        }
    }
}
