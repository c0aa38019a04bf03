//! # 岗位配备 · Posts held
//!
//! 每所学校(或每个集团)的某一岗位由规定人数的人担任:执行校长、党组织书记、校长助理、学科指导员等。
//! So many people hold a post at each school, or in each group: executive principal, secretary, assistant, instructor …
//!
//! Unit, by `at`: each school; each `lead`; each (group, `member`); each `group` with all its schools.
//! has = people working in the unit after the postings whose `posts` name `post` (and `also`, if given); with `from_lead` only
//! those whose own post (编制) is at the lead. A post is what somebody holds, or would take up where they are sent.
//! most = max(min, `max` + `per_member` · members of the group (groups only)); without `max` there is no limit.
//! Point: the unit; with `each_subject` (unit, subject of the scope), counting holders with a certificate of the subject.
//! Excess: max(0, min − has) + max(0, has − most).
//! Bound in: exchange.
//! Source: S0-28, S2.3-05, S2.3-06, S2.3-07, S2.5-05, S2.5-17, S2.8-08, S2.8-23, S4-12.

use crate::check::{Breach, Facts, Findings, Kind, post};
use crate::file::{Person, Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Posts held: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostsHeld {
    /// As in `people.posts`.
    pub post: String,
    #[serde(default)]
    pub at: HeldAt,
    #[serde(default)]
    pub min: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// More for each member of a group.
    #[serde(default)]
    pub per_member: u32,
    /// Only people of the lead count (members only).
    #[serde(default)]
    pub from_lead: bool,
    /// What the holder must be besides, for example `party_member`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<String>,
    #[serde(default)]
    pub each_subject: bool,
}

/// Where the post is held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HeldAt {
    #[default]
    School,
    Lead,
    Member,
    Group,
}

pub static LAW: Law = Law {
    id: "posts_held",
    title: ("岗位配备", "Posts held"),
    breach: (
        "{unit}{subject}{post}应有{wanted} 人,方案中 {has} 人,相差 {excess} 人",
        "{unit}: {wanted} must be {post}{subject}, the plan has {has}: {excess} off",
    ),
    source: &["S0-28", "S2.3-05", "S2.3-06", "S2.3-07", "S2.5-05", "S2.5-17", "S2.8-08", "S2.8-23", "S4-12"],
    binds: &[Stage::Exchange],
};

/// Where a post is held: place, words, schools, the lead whose people alone count, members of the group.
struct Unit {
    place: (Kind, String),
    name: Text,
    schools: BTreeSet<usize>,
    lead: Option<usize>,
    members: u32,
}

impl Rule for PostsHeld {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        let subjects: Vec<Option<&str>> = if self.each_subject {
            let named = |id: &str| scope.subjects.is_empty() || scope.subjects.iter().any(|subject| subject == id);
            facts.district.subjects.iter().map(|subject| subject.id.as_str()).filter(|id| named(id)).map(Some).collect()
        } else {
            vec![None]
        };
        for unit in self.units(facts, scope) {
            for subject in &subjects {
                let counts = |person: &usize| {
                    let works = facts.people.working[*person].is_some_and(|school| unit.schools.contains(&school));
                    let sent = unit.lead.is_none_or(|lead| facts.people.home[*person] == Some(lead));
                    works && sent && self.fits(&facts.people.list[*person], *subject)
                };
                let has = (0..facts.people.list.len()).filter(counts).count() as i64;
                let (least, most) = (i64::from(self.min), self.most(unit.members));
                found.point((least - has).max(0) + most.map_or(0, |most| (has - most).max(0)), || {
                    let breach = Breach::at(unit.place.0, &unit.place.1).say("unit", unit.name.clone());
                    let wanted = match most {
                        None => Text::new(format!("至少 {least}"), format!("at least {least}")),
                        Some(most) if most == least => Text::new(format!(" {least}"), least.to_string()),
                        Some(most) => Text::new(format!(" {least}–{most}"), format!("{least} to {most}")),
                    };
                    let of = subject.map_or_else(Text::default, |id| {
                        let name = facts.say_subject(id);
                        Text::new(name.zh, format!(" of {}", name.en))
                    });
                    breach.say("post", post(&self.post)).say("subject", of).say("wanted", wanted).number("has", has)
                });
            }
        }
    }
}

impl PostsHeld {
    fn holds(&self, person: &Person) -> bool {
        let named = |post: &String| person.posts.iter().any(|held| held.post == *post);
        named(&self.post) && self.also.as_ref().is_none_or(named)
    }
    fn fits(&self, person: &Person, subject: Option<&str>) -> bool {
        self.holds(person) && subject.is_none_or(|subject| person.subjects.iter().any(|held| held.subject == subject))
    }
    fn most(&self, members: u32) -> Option<i64> {
        self.max.map(|max| (i64::from(max) + i64::from(self.per_member) * i64::from(members)).max(i64::from(self.min)))
    }

    fn units(&self, facts: &Facts, scope: &Scope) -> Vec<Unit> {
        let places = &facts.places;
        let school = |school: usize, lead: Option<usize>| Unit {
            place: (Kind::School, places.schools[school].id.clone()),
            name: facts.say_school(school),
            schools: BTreeSet::from([school]),
            lead: lead.filter(|_| self.from_lead),
            members: 0,
        };
        match self.at {
            HeldAt::School => (0..places.schools.len()).filter(|s| facts.school_in(scope, *s)).map(|s| school(s, None)).collect(),
            HeldAt::Member => facts.pairs(scope).iter().map(|pair| school(pair.member, Some(pair.lead))).collect(),
            HeldAt::Lead => {
                let leads: BTreeSet<usize> = facts.pairs(scope).iter().map(|pair| pair.lead).collect();
                leads.into_iter().map(|s| school(s, None)).collect()
            }
            HeldAt::Group => {
                let groups = places.groups.iter().zip(&places.group_schools);
                let judged = groups.filter(|(group, _)| scope.groups.is_empty() || scope.groups.contains(&group.id));
                let unit = |(group, schools): (&crate::file::Group, &BTreeSet<usize>)| Unit {
                    place: (Kind::Group, group.id.clone()),
                    name: group.name.clone().unwrap_or_else(|| Text::new(&group.id, &group.id)),
                    schools: schools.iter().copied().filter(|s| facts.school_in(scope, *s)).collect(),
                    lead: None,
                    members: u32::try_from(group.members.len()).unwrap_or(u32::MAX),
                };
                judged.map(unit).collect()
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::{HeldAt, PostsHeld};
    use crate::engine::Gauge;
    use crate::stages::{Exchange, FREE, Points};
    use std::collections::BTreeSet;

    /// Name, schools, the lead whose people alone count, members of the group.
    type Unit = (String, Vec<usize>, Option<usize>, u32);

    impl crate::rules::Bind for PostsHeld {
        /// min ≤ Σ holders working there ≤ most.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            let scope = points.scope;
            let in_scope = |id: &String| scope.subjects.is_empty() || scope.subjects.contains(id);
            let every = world.file.subjects.iter().map(|subject| &subject.id).filter(|id| in_scope(id));
            let subjects: Vec<Option<&String>> = if self.each_subject { every.map(Some).collect() } else { vec![None] };
            for (name, schools, lead, members) in self.places(exchange, points) {
                let high = self.most(members).unwrap_or(FREE);
                for subject in &subjects {
                    let counts = |person: usize| {
                        let file = world.people[person].file;
                        let own = lead.is_none_or(|lead| file.employer == world.schools[lead].file.id);
                        own && self.fits(file, subject.map(String::as_str))
                    };
                    let (links, base) = exchange.staff_of(points, &schools, &counts);
                    let at = subject.map_or_else(|| name.clone(), |subject| format!("{name} {subject}"));
                    points.post(&at, Gauge::Sum, 1, (i64::from(self.min), high), links, vec![(0, base)]);
                }
            }
        }
    }

    impl PostsHeld {
        fn places(&self, exchange: &Exchange, points: &Points) -> Vec<Unit> {
            let world = exchange.world;
            let id = |school: usize| world.schools[school].file.id.clone();
            let pairs = || exchange.pairs(points.scope).into_iter();
            match self.at {
                HeldAt::School => exchange.schools(points.scope).into_iter().map(|(s, _)| (id(s), vec![s], None, 0)).collect(),
                HeldAt::Member => {
                    pairs().map(|pair| (id(pair.member), vec![pair.member], Some(pair.lead).filter(|_| self.from_lead), 0)).collect()
                }
                HeldAt::Lead => {
                    let leads: BTreeSet<usize> = pairs().map(|pair| pair.lead).collect();
                    leads.into_iter().map(|s| (id(s), vec![s], None, 0)).collect()
                }
                HeldAt::Group => {
                    let judged = |group: &&crate::file::Group| points.scope.groups.is_empty() || points.scope.groups.contains(&group.id);
                    let schools = exchange.schools(points.scope);
                    let of = |group: &crate::file::Group| {
                        let inside = |file: &crate::file::School| group.lead.as_ref() == Some(&file.id) || group.members.contains(&file.id);
                        schools.iter().filter(|(_, file)| inside(file)).map(|(s, _)| *s).collect()
                    };
                    let groups = world.file.groups.iter().filter(judged);
                    groups.map(|group| (group.id.clone(), of(group), None, group.members.len() as u32)).collect()
                }
            }
        }
    }
}
