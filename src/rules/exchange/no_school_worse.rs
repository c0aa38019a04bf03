//! # 各校师资不减 · No school is worse off
//!
//! 交流后,每所学校每个学科的教师不少于交流前;确需例外的学校逐一列明。
//! After the exchange no school has fewer teachers of a subject than before; schools excepted are named.
//!
//! holders = teachers and leaders with a certificate of the subject working at the school, before and after the postings.
//! Point: (school, subject), schools among `exceptions` left out. Excess: max(0, before − after).
//! With `wishes` (the clause on people's own consent) this is individual rationality of both sides: nobody is worse off than staying.
//! Bound in: exchange.
//! Source: S1-15, S2.8-24.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::{Category, Person, Scope};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// No school is worse off: the exceptions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoSchoolWorse {
    /// Schools that agreed to lose people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<String>,
}

pub static LAW: Law = Law {
    id: "no_school_worse",
    title: ("各校师资不减", "No school is worse off"),
    breach: (
        "{school}{subject}教师由 {before} 人减为 {after} 人,少 {excess} 人(另有 {exceptions} 所学校列为例外)",
        "{school} has {after} teachers of {subject} instead of {before}: {excess} fewer ({exceptions} schools are excepted)",
    ),
    source: &["S1-15", "S2.8-24"],
    binds: &[Stage::Exchange],
};

fn holds(person: &Person, subject: &str) -> bool {
    person.category != Category::Worker && person.subjects.iter().any(|held| held.subject == subject)
}

impl Rule for NoSchoolWorse {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let count = |at: &[Option<usize>], school: usize, subject: &str| {
            let here = facts.people.list.iter().zip(at).filter(|(_, at)| **at == Some(school));
            here.filter(|(person, _)| holds(person, subject)).count() as i64
        };
        for (school, entry) in facts.places.schools.iter().enumerate().filter(|(school, _)| facts.school_in(scope, *school)) {
            if self.exceptions.contains(&entry.id) {
                continue;
            }
            for subject in facts.district.subjects.iter().map(|subject| subject.id.as_str()) {
                if !scope.subjects.is_empty() && !scope.subjects.iter().any(|id| id == subject) {
                    continue;
                }
                let (before, after) = (count(&facts.people.before, school, subject), count(&facts.people.working, school, subject));
                found.point(before - after, || {
                    let breach = Breach::at(Kind::School, &entry.id).and(Kind::Subject, subject);
                    let breach = breach.say("school", facts.say_school(school)).say("subject", facts.say_subject(subject));
                    breach.number("before", before).number("after", after).number("exceptions", self.exceptions.len() as i64)
                });
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::{NoSchoolWorse, holds};
    use crate::stages::{Exchange, Points};

    impl crate::rules::Bind for NoSchoolWorse {
        /// Holders there ≥ holders before.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            for (school, file) in exchange.schools(points.scope) {
                if self.exceptions.contains(&file.id) {
                    continue;
                }
                for subject in &world.file.subjects {
                    if !points.scope.subjects.is_empty() && !points.scope.subjects.contains(&subject.id) {
                        continue;
                    }
                    let counts = |person: usize| holds(world.people[person].file, &subject.id);
                    let before = (0..world.people.len()).filter(|person| counts(*person) && exchange.before[*person] == school).count();
                    if before > 0 {
                        let (links, base) = exchange.staff(points, school, &counts);
                        points.at_least(&format!("{} {}", file.id, subject.id), links, base, before as i64);
                    }
                }
            }
        }
    }
}
