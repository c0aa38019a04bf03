//! # 交流年限 · Terms of postings
//!
//! 交流未满年限的留在交流学校,期满的回原校。
//! Whoever is away on an exchange stays until the term is over, and then comes home.
//!
//! away = a person who works elsewhere than at the school of their post and has a record (`exchanges`) of it: from the one
//! to the other, begun, not ended before the term's first month. years = full years from the latest such `start` to that month.
//! The term is `agreement.term_years` of a group of both schools (the longest); without one from `min_years` to `max_years`.
//! Point: a person away. Excess: 1 if years < the least and the plan takes them from there; 1 if years ≥ the most and the
//! plan does not bring them home. Coming home is no exchange: no other clause counts it as a posting.
//! Bound in: exchange.
//! Source: S2.5-20, S2.5-21.

use crate::check::{Breach, Facts, Findings, Kind};
use crate::file::{Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Terms of postings: the numbers where no agreement has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    #[serde(default = "one")]
    pub min_years: u32,
    #[serde(default = "three")]
    pub max_years: u32,
}

fn one() -> u32 {
    1
}
fn three() -> u32 {
    3
}

pub static LAW: Law = Law {
    id: "terms",
    title: ("交流年限", "Terms of postings"),
    breach: (
        "{person} 在{host}交流已满 {years} 年,年限 {term} 年,{what}",
        "{person} has been at {host} for {years} full years of {term}, {what}",
    ),
    source: &["S2.5-20", "S2.5-21"],
    binds: &[Stage::Exchange],
};

impl Rule for Terms {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for person in (0..facts.people.list.len()).filter(|&person| facts.mover_in(scope, person)) {
            let Some((home, host, years)) = facts.away(person) else { continue };
            let agreed = facts.term_years(home, host);
            let (least, most) = agreed.map_or((i64::from(self.min_years), i64::from(self.max_years)), |years| (years, years));
            let works = facts.people.working[person];
            let early = years < least && works != Some(host);
            let late = years >= most && works != Some(home);
            found.point(i64::from(early) + i64::from(late), || {
                let term = if least == most { most.to_string() } else { format!("{least}–{most}") };
                let what =
                    if early { ("未满期不应离开", "and should stay") } else { ("期满应当回原校", "and should come home") };
                let breach = Breach::at(Kind::Person, &facts.people.list[person].id).say("person", facts.say_person(person));
                let breach = breach.and(Kind::School, &facts.places.schools[host].id).say("host", facts.say_school(host));
                breach.number("years", years).say("term", Text::new(&term, &term)).say("what", Text::new(what.0, what.1))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Terms;
    use crate::stages::{Exchange, Points};

    impl crate::rules::Bind for Terms {
        /// Not elsewhere before the least, nowhere but home from the most on.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            for (person, host) in exchange.before.iter().copied().enumerate() {
                if !crate::stages::person_fits(world, points.scope, person, host) {
                    continue;
                }
                let Some((home, years)) = world.away(person) else { continue };
                let agreed = world.term_years(home, host);
                let (least, most) = agreed.map_or((i64::from(self.min_years), i64::from(self.max_years)), |years| (years, years));
                let decided = exchange.posts.get(&person);
                let schools = decided.map_or(vec![host], |(_, schools)| schools.clone());
                let (mut links, mut base) = (Vec::new(), 0);
                for (_, right) in [(years < least, host), (years >= most, home)].into_iter().filter(|(holds, _)| *holds) {
                    let others: Vec<usize> = schools.iter().copied().filter(|school| *school != right).collect();
                    links.extend(exchange.works_in(points, person, &others, 1));
                    base += i32::from(decided.is_none() && right != host);
                }
                points.at_most(&world.people[person].file.id, links, base, 0);
            }
        }
    }
}
