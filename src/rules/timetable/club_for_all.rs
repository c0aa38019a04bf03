//! # 人人有社团 · A club for everybody
//!
//! 每个学生参加一个社团;写明类别的(如体育、艺术),每个学生至少参加一个这类社团。
//! Every pupil is in a club; where kinds are named (such as sports and arts), in at least one club of these kinds.
//!
//! A pupil is in one club at a time: that is structure. So of all clubs of a class's school, meeting at several times, a class needs
//! as many seats taken as it has pupils, and then they can be handed out so that nobody is left out. With one time it is exactly one
//! club for each. Pupils are counted, not named: the plan says how many of a class are in a club.
//! Classes of a school without any club are passed over (validation warns of them: W-CLUB-005).
//! Point: a class. Excess: max(0, its pupils − its pupils in clubs of the kinds, all times together).
//! Bound in: timetable, once its lessons stand.
//! Source: S2.2-19, S3-08.

use crate::check::{Breach, Facts, Findings, Kind, club_kind};
use crate::file::{ClubKind, Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A club for everybody: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClubForAll {
    /// Clubs of these kinds count; empty = all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<ClubKind>,
}

pub static LAW: Law = Law {
    id: "club_for_all",
    title: ("人人有社团", "A club for everybody"),
    breach: ("{class} {pupils} 名学生中有 {excess} 名没有参加{what}社团", "{class}: {excess} of {pupils} pupils are in no {what}club"),
    source: &["S2.2-19", "S3-08"],
    binds: &[Stage::Timetable],
};

impl Rule for ClubForAll {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let kinds: Vec<Text> = self.kinds.iter().map(|kind| club_kind(*kind)).collect();
        let words = |of: fn(&Text) -> &str, between: &str| kinds.iter().map(of).collect::<Vec<_>>().join(between);
        let space = if kinds.is_empty() { "" } else { " " };
        let what = Text::new(words(|text| &text.zh, "、"), words(|text| &text.en, " or ") + space);
        for (class, entry) in facts.district.classes.iter().enumerate().filter(|(class, _)| facts.class_in(scope, *class)) {
            let Some(placed) = facts.in_clubs(class, &self.kinds) else { continue };
            found.point(i64::from(entry.pupils) - placed, || {
                let breach = Breach::at(Kind::Class, &entry.id).say("class", facts.say_class(class));
                breach.number("pupils", entry.pupils).say("what", what.clone())
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::ClubForAll;
    use crate::stages::{Clubs, Points, class_fits};

    impl crate::rules::Bind for ClubForAll {
        /// Σ pupils of the class in the clubs ≥ pupils.
        fn clubs(&self, clubs: &Clubs, points: &mut Points) {
            for class in clubs.classes().filter(|class| class_fits(clubs.world, points.scope, *class)) {
                let entry = clubs.world.classes[class].file;
                let counted = clubs.list.iter().filter(|club| self.kinds.is_empty() || self.kinds.contains(&club.file.kind));
                let items = counted.filter_map(|club| club.pupils.get(&class));
                let links = items.map(|item| points.count(*item, 0, 1)).collect();
                points.at_least(&entry.id, links, 0, i64::from(entry.pupils));
            }
        }
    }
}
