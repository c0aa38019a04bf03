//! # 校校有输出 · Every school gives
//!
//! 集团内每所学校都是资源输出方:都有人派到其他学校。
//! Every school of a group gives something: it has people at other schools.
//!
//! Point: a school that is in a group. gives = people whose post is at the school and who work elsewhere after the postings.
//! Excess: max(0, min − gives). Hours taught elsewhere, courses and rooms shared are not counted here.
//! Bound in: exchange.
//! Source: S2.8-25, S4-20.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::Scope;
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Every school gives: the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EveryoneGives {
    /// People.
    #[serde(default = "one")]
    pub min: u32,
}

fn one() -> u32 {
    1
}

pub static LAW: Law = Law {
    id: "everyone_gives",
    title: ("校校有输出", "Every school gives"),
    breach: (
        "{school}应有 {min} 人在其他学校,方案只有 {gives} 人,还差 {excess} 人",
        "{school} must have {min} people at other schools, the plan has {gives}: {excess} short",
    ),
    source: &["S2.8-25", "S4-20"],
    binds: &[Stage::Exchange],
};

impl Rule for EveryoneGives {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let (people, places) = (&facts.people, &facts.places);
        for (school, entry) in places.schools.iter().enumerate().filter(|(school, _)| facts.school_in(scope, *school)) {
            if !places.group_schools.iter().any(|schools| schools.contains(&school)) {
                continue;
            }
            let own = (0..people.list.len()).filter(|person| people.home[*person] == Some(school));
            let gives = own.filter(|person| people.working[*person] != Some(school)).count() as i64;
            found.point(i64::from(self.min) - gives, || {
                let breach = Breach::at(Kind::School, &entry.id).say("school", facts.say_school(school));
                breach.number("min", self.min).number("gives", gives)
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::EveryoneGives;
    use crate::stages::{Exchange, Points};

    impl crate::rules::Bind for EveryoneGives {
        /// Own people at home ≤ own − min.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            for (school, file) in exchange.schools(points.scope) {
                let holds = |group: &crate::file::Group| group.lead.as_ref() == Some(&file.id) || group.members.contains(&file.id);
                if world.file.groups.iter().any(holds) {
                    let mine = |person: usize| world.people[person].file.employer == file.id;
                    let own = (0..world.people.len()).filter(|person| mine(*person)).count() as i64;
                    let (links, base) = exchange.staff(points, school, &mine);
                    points.at_most(&file.id, links, base, own - i64::from(self.min));
                }
            }
        }
    }
}
