//! # 交流资格 · Who may be asked to move
//!
//! 只安排符合条件的人员交流;暂缓、服务期内、临近退休、任职年限不足的人员,除非本人自愿,不作安排。
//! Only eligible people are posted; people deferred, bound by a service period, near retirement or too short at their
//! school are not, unless they volunteer or it was agreed with them.
//!
//! Eligible: category listed; years at the school ≥ `min_years_at_school`; no deferral in force in the term's first month;
//! service period over; months to retirement > 12 × `more_than_years_to_retirement` (retirement by the gradual table of
//! 2025); age within the maximum, if given; latest assessment not failed; not locked to stay. Where `leaders` is given, its years
//! and ages hold for leaders instead.
//! Point: a posted person. Excess: 1 if neither eligible, nor a volunteer, nor agreed (`locks.posted_to`).
//! Where a policy has no such clause, the usual numbers hold if it asks for postings (`quota`, `balance`,
//! `mutual_dispatch`, `helpers_per_year`, `everyone_gives`, `posts_held`, `new_school`); else only volunteers
//! and agreed postings move. Other clauses take the numbers of eligibility from here. Bound in: exchange.
//! Source: S1-10, S2.3-03.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::{Category, Scope, Sex};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who may be asked to move: the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Eligible {
    #[serde(default = "six")]
    pub min_years_at_school: u32,
    #[serde(default = "five")]
    pub more_than_years_to_retirement: u32,
    /// In full years; sex unstated counts as male.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age_male: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age_female: Option<u32>,
    #[serde(default = "teachers_and_leaders")]
    pub categories: Vec<Category>,
    /// What leaders need instead of the numbers above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaders: Option<Leaders>,
}

/// Numbers of eligibility for leaders (校长、副校长).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leaders {
    pub min_years_at_school: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age_male: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age_female: Option<u32>,
}

impl Eligible {
    /// Least years at the school and greatest age of a person.
    pub(crate) fn numbers_for(&self, category: Category, sex: Sex) -> (u32, Option<u32>) {
        let own = self.leaders.as_ref().filter(|_| category == Category::Leader);
        let (years, male, female) = own.map_or((self.min_years_at_school, self.max_age_male, self.max_age_female), |leaders| {
            (leaders.min_years_at_school, leaders.max_age_male, leaders.max_age_female)
        });
        (years, if sex == Sex::Female { female } else { male })
    }
}

fn six() -> u32 {
    6
}
fn five() -> u32 {
    5
}
fn teachers_and_leaders() -> Vec<Category> {
    vec![Category::Teacher, Category::Leader]
}
impl Default for Eligible {
    fn default() -> Self {
        Self {
            min_years_at_school: six(),
            more_than_years_to_retirement: five(),
            max_age_male: None,
            max_age_female: None,
            categories: teachers_and_leaders(),
            leaders: None,
        }
    }
}

pub static LAW: Law = Law {
    id: "eligible",
    title: ("交流资格", "Who may be asked to move"),
    breach: (
        "{person} 不符合交流条件({why}),也没有本人自愿,却被安排到{to}",
        "{person} is not eligible ({why}) and no volunteer, yet is posted to {to}",
    ),
    source: &["S1-10", "S2.3-03"],
    binds: &[Stage::Exchange],
};

impl Rule for Eligible {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (person, _, to) in facts.people.posted().filter(|(person, _, _)| facts.mover_in(scope, *person)) {
            let entry = &facts.people.list[person];
            let agreed = entry.locks.posted_to.as_deref().is_some_and(|id| facts.places.school(id) == Some(to));
            if entry.wishes.volunteers || agreed {
                continue;
            }
            if let Some(why) = facts.not_eligible_by(self, person) {
                found.point(1, || {
                    let breach = Breach::at(Kind::Person, &entry.id).and(Kind::School, &facts.places.schools[to].id);
                    breach.say("person", facts.say_person(person)).say("why", why).say("to", facts.say_school(to))
                });
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Eligible;
    use crate::stages::{Exchange, Points};

    impl crate::rules::Bind for Eligible {
        /// Nobody moves who is neither eligible, nor a volunteer, nor agreed on.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            for (person, _) in exchange.people(points.scope) {
                let file = exchange.world.people[person].file;
                if exchange.world.eligible(person, self) || file.wishes.volunteers {
                    continue;
                }
                let agreed = file.locks.posted_to.as_deref().and_then(|id| exchange.world.school(id));
                let others = exchange.others(person).filter(|school| Some(*school) != agreed);
                let links = exchange.works_in(points, person, &others.collect::<Vec<_>>(), 1);
                points.at_most(&file.id, links, 0, 0);
            }
        }
    }
}
