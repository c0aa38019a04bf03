//! # 干部上课 · Leaders teach
//!
//! 学校领导干部回到课堂,每人上课不少于规定课时。
//! School leaders go back to the classroom: each teaches at least so many periods.
//!
//! Point: a leader (with `rank`: of that rank). Excess: max(0, min − periods taught); posts are not periods taught.
//! Bound in: teaching. XHSTT cousin: `LimitWorkload`.
//! Source: S2.6-05.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::{Category, Person, Scope};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Leaders teach: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadersTeach {
    /// Periods per cycle.
    pub min: u32,
    /// Only leaders of this rank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<String>,
}

impl LeadersTeach {
    fn means(&self, person: &Person) -> bool {
        person.category == Category::Leader && (self.rank.is_none() || person.rank == self.rank)
    }
}

pub static LAW: Law = Law {
    id: "leaders_teach",
    title: ("干部上课", "Leaders teach"),
    breach: ("干部 {person} 上课 {count} 节,至少 {min} 节", "leader {person} teaches {count} period(s), at least {min}"),
    source: &["S2.6-05"],
    binds: &[Stage::Teaching],
};

impl Rule for LeadersTeach {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let leaders = facts.people.list.iter().enumerate().filter(|(_, entry)| self.means(entry));
        for (person, entry) in leaders.filter(|(person, _)| facts.person_in(scope, *person)) {
            let count: i64 = facts.teaching.tasks[person].iter().map(|task| task.load).sum();
            found.point(i64::from(self.min) - count, || {
                let breach = Breach::at(Kind::Person, &entry.id).say("person", facts.say_person(person));
                breach.number("count", count).number("min", self.min)
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::LeadersTeach;
    use crate::stages::{Points, Staffing};

    impl crate::rules::Bind for LeadersTeach {
        /// Σ h·n + given ≥ min.
        fn staffing(&self, staffing: &Staffing, points: &mut Points) {
            let world = staffing.world;
            for person in staffing.people(points.scope).into_iter().filter(|person| self.means(world.people[*person].file)) {
                let (links, base) = staffing.load(points, person);
                let taught = base - world.people[person].posts as i32;
                points.at_least(&world.people[person].file.id, links, taught, i64::from(self.min));
            }
        }
    }
}
