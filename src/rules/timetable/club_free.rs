//! # 社团时间无课 · Nobody who leads a club teaches then
//!
//! 指导社团的教师在社团时间里没有课。
//! Whoever leads a club has no lesson when it meets.
//!
//! It meets at the times of its `block`; of a club without one nothing is asked. Turns of duty at that time are not compared.
//! Point: (club, person who leads it). Excess: the person's lesson cells that overlap the club's times.
//! Bound in: timetable, once its lessons stand.
//! Source: S2.2-18, S2.2-19.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Nobody who leads a club teaches then: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClubFree {}

pub static LAW: Law = Law {
    id: "club_free",
    title: ("社团时间无课", "Nobody who leads a club teaches then"),
    breach: ("指导{club}的 {person} 那时有 {excess} 节课:{cells}", "{person}, who leads {club}, teaches {excess} period(s) then: {cells}"),
    source: &["S2.2-18", "S2.2-19"],
    binds: &[Stage::Timetable],
};

impl Rule for ClubFree {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for club in facts.clubs_in(scope) {
            for &person in &club.leaders {
                let hit = facts.during(&facts.lessons.of_person[person], club.when);
                found.point(hit.len() as i64, || {
                    let place = Breach::at(Kind::Club, &club.file.id).and(Kind::Person, &facts.people.list[person].id);
                    let breach = place.say("club", facts.say_club(club)).say("person", facts.say_person(person));
                    breach.say("cells", facts.say_cells(hit))
                });
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::ClubFree;
    use crate::stages::{Clubs, Points};

    impl crate::rules::Bind for ClubFree {
        /// Lesson cells meanwhile · [leads the club] ≤ 0.
        fn clubs(&self, clubs: &Clubs, points: &mut Points) {
            for club in clubs.of(points.scope) {
                for (person, leads) in club.pool.iter().filter(|(_, leads)| leads.busy > 0) {
                    let links = vec![points.count(leads.item, 0, leads.busy)];
                    points.at_most(&format!("{} {}", club.file.id, clubs.world.people[*person].file.id), links, 0, 0);
                }
            }
        }
    }
}
