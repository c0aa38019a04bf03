//! # 社团名额 · Places of a club
//!
//! 社团人数不超过名额。
//! A club has no more pupils than places.
//!
//! Point: a club. Excess: max(0, pupils of all classes in it − `places`).
//! Bound in: timetable, once its lessons stand.
//! Source: S2.2-19.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Places of a club: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClubPlaces {}

pub static LAW: Law = Law {
    id: "club_places",
    title: ("社团名额", "Places of a club"),
    breach: ("{club}有 {pupils} 名学生,名额 {places} 个", "{club} has {pupils} pupils for {places} places"),
    source: &["S2.2-19"],
    binds: &[Stage::Timetable],
};

impl Rule for ClubPlaces {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for club in facts.clubs_in(scope) {
            let pupils = club.pupils_in_all();
            found.point(pupils - i64::from(club.file.places), || {
                let breach = Breach::at(Kind::Club, &club.file.id).say("club", facts.say_club(club));
                breach.number("pupils", pupils).number("places", club.file.places)
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::ClubPlaces;
    use crate::stages::{Clubs, Points};

    impl crate::rules::Bind for ClubPlaces {
        /// Σ pupils of the classes ≤ places.
        fn clubs(&self, clubs: &Clubs, points: &mut Points) {
            for club in clubs.of(points.scope) {
                let links = club.pupils.values().map(|item| points.count(*item, 0, 1)).collect();
                points.at_most(&club.file.id, links, 0, i64::from(club.file.places));
            }
        }
    }
}
