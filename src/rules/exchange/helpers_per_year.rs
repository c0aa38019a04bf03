//! # 对口帮扶人数 · Helpers a year
//!
//! 每所支援校每学年安排若干位优秀教师到受援校对口帮扶。
//! Every supporting school has a number of excellent teachers at receiving schools each year.
//!
//! Point: a school with standing `supporting`. helpers = teachers and leaders of talent ≥ `talent` whose post is at the
//! school and who work at a school with standing `receiving` after the postings.
//! Excess: max(0, min − helpers).
//! Bound in: exchange.
//! Source: S4-08.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::{Category, Scope, Standing, Talent};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Helpers a year: the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HelpersPerYear {
    /// People.
    #[serde(default = "four")]
    pub min: u32,
    /// Counted from this level up.
    #[serde(default = "county")]
    pub talent: Talent,
}

fn four() -> u32 {
    4
}
fn county() -> Talent {
    Talent::County
}

pub static LAW: Law = Law {
    id: "helpers_per_year",
    title: ("对口帮扶人数", "Helpers a year"),
    breach: (
        "{school}本学年应有 {min} 位优秀教师在受援校帮扶,方案安排 {helpers} 位,还差 {excess} 位",
        "{school}: {min} excellent teachers must help at receiving schools this year, the plan has {helpers}: {excess} short",
    ),
    source: &["S4-08"],
    binds: &[Stage::Exchange],
};

impl Rule for HelpersPerYear {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let schools = facts.places.schools;
        let receiving = |school: &usize| schools[*school].standing == Standing::Receiving;
        let helps = |person: &usize| {
            let entry = &facts.people.list[*person];
            entry.category != Category::Worker && entry.talent >= self.talent
        };
        for (school, entry) in schools.iter().enumerate().filter(|(school, _)| facts.school_in(scope, *school)) {
            if entry.standing != Standing::Supporting {
                continue;
            }
            let hosts = (0..schools.len()).filter(receiving);
            let helpers = hosts.flat_map(|host| facts.sent(scope, school, host)).filter(helps).count() as i64;
            found.point(i64::from(self.min) - helpers, || {
                let breach = Breach::at(Kind::School, &entry.id).say("school", facts.say_school(school));
                breach.number("min", self.min).number("helpers", helpers)
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::HelpersPerYear;
    use crate::file::{Category, Standing};
    use crate::stages::{Exchange, Points};

    impl crate::rules::Bind for HelpersPerYear {
        /// Σ at receiving schools ≥ min.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            let receiving = (0..world.schools.len()).filter(|school| world.schools[*school].file.standing == Standing::Receiving);
            let receiving: Vec<usize> = receiving.collect();
            let helps = |person: usize| {
                let file = world.people[person].file;
                file.category != Category::Worker && file.talent >= self.talent
            };
            for (school, file) in exchange.schools(points.scope) {
                if file.standing == Standing::Supporting {
                    let (links, base) = exchange.sent_to(points, school, &receiving, &helps);
                    points.at_least(&file.id, links, base, i64::from(self.min));
                }
            }
        }
    }
}
