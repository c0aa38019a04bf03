//! What groups owe each other, on the side of the models.

use super::World;
use crate::file::{Agreement, Category, Group, Month, PastExchange, Person, SentAs, Talent};
use std::collections::BTreeMap;

/// A lead and one of its members, by school.
pub struct Pair<'a> {
    pub group: &'a str,
    pub agreement: &'a Agreement,
    pub lead: usize,
    pub member: usize,
}

impl Pair<'_> {
    /// Both sides send people of their own: 置换.
    pub fn swaps(&self) -> bool {
        !self.agreement.lead_sends.is_empty() && !self.agreement.member_sends.is_empty()
    }
    /// (from, to, people owed by role) of both directions; without `each_way` only what one side sends.
    pub fn owed(&self, each_way: bool) -> [(usize, usize, BTreeMap<SentAs, i64>); 2] {
        let counts = |own: &BTreeMap<String, u32>| {
            let owed = |role: SentAs| {
                let both = self.agreement.each_way.get(role.id());
                let own = own.get(role.id());
                let sum = i64::from(own.copied().unwrap_or(0)) + both.filter(|_| each_way).map_or(0, |count| i64::from(*count));
                (both.is_some() || own.is_some()).then_some((role, sum))
            };
            SentAs::ALL.into_iter().filter_map(owed).collect()
        };
        let agreement = self.agreement;
        [(self.lead, self.member, counts(&agreement.lead_sends)), (self.member, self.lead, counts(&agreement.member_sends))]
    }
}

/// Whether a person can be sent as this; `start`: first month of the term.
pub(super) fn plays(person: &Person, role: SentAs, start: Option<Month>) -> bool {
    let teacher = person.category == Category::Teacher;
    match role {
        SentAs::Leaders => person.category == Category::Leader,
        SentAs::Backbone => teacher && person.talent >= Talent::County,
        SentAs::Young => teacher && person.born.zip(start).is_some_and(|(born, start)| start.count() - born.count() < 36 * 12),
        SentAs::Teachers => teacher,
    }
}

impl<'a> World<'a> {
    /// Every lead with each of its members.
    pub fn pairs(&self) -> Vec<Pair<'a>> {
        let mut pairs = Vec::new();
        for group in &self.file.groups {
            let Some(lead) = group.lead.as_deref().and_then(|id| self.school(id)) else { continue };
            for member in group.members.iter().filter_map(|id| self.school(id)).filter(|member| *member != lead) {
                pairs.push(Pair { group: &group.id, agreement: &group.agreement, lead, member });
            }
        }
        pairs
    }
    /// Where a person who works elsewhere has their post, and the full years since they were sent, by their record.
    pub fn away(&self, person: usize) -> Option<(usize, i64)> {
        let of = &self.people[person];
        let (home, now) = (self.school(&of.file.employer).filter(|home| *home != of.school)?, self.first_month()?);
        let here = |past: &&PastExchange| self.school(&past.from) == Some(home) && self.school(&past.to) == Some(of.school);
        let running = |past: &&PastExchange| past.start <= now && past.end.is_none_or(|end| end >= now);
        let since = of.file.exchanges.iter().filter(here).filter(running).map(|past| past.start.count()).max()?;
        Some((home, (now.count() - since).div_euclid(12)))
    }
    /// Agreements of the groups that hold both schools.
    fn agreements(&self, a: usize, b: usize) -> impl Iterator<Item = &'a Agreement> + '_ {
        let holds = |group: &Group, school: usize| {
            let id = &self.schools[school].file.id;
            group.lead.as_ref() == Some(id) || group.members.contains(id)
        };
        self.file.groups.iter().filter(move |group| holds(group, a) && holds(group, b)).map(|group| &group.agreement)
    }
    /// Agreed years of a posting, the most of several.
    pub fn term_years(&self, a: usize, b: usize) -> Option<i64> {
        self.agreements(a, b).filter_map(|agreement| agreement.term_years).max().map(i64::from)
    }
    /// Yuan a year from the sending school's own budget for one person, the most of several agreements.
    pub fn allowance(&self, a: usize, b: usize) -> u32 {
        let own = self.agreements(a, b).filter(|agreement| agreement.pooled_budget != Some(true));
        own.filter_map(|agreement| agreement.yuan_per_person).max().unwrap_or(0)
    }
    /// The narrowest of the roles that the person can be sent as.
    pub fn sent_as(&self, person: usize, mut roles: impl Iterator<Item = SentAs>) -> Option<SentAs> {
        roles.find(|role| plays(self.people[person].file, *role, self.first_month()))
    }
}
