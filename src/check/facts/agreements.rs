//! What groups owe each other, and who was sent under it.

use super::Facts;
use crate::file::{Agreement, Category, PastExchange, Scope, SentAs, Talent};

/// A lead and one of its members: a direction of sending is the pair or its reverse.
pub struct Pair<'a> {
    pub(crate) group: &'a str,
    pub(crate) agreement: &'a Agreement,
    pub(crate) lead: usize,
    pub(crate) member: usize,
}

impl Pair<'_> {
    /// (from, to, whether it is the lead that sends) of both directions.
    pub(crate) fn directions(&self) -> [(usize, usize, bool); 2] {
        [(self.lead, self.member, true), (self.member, self.lead, false)]
    }
    /// People of a role owed in a direction besides `each_way`.
    pub(crate) fn owes(&self, role: SentAs, lead_sends: bool) -> i64 {
        let counts = if lead_sends { &self.agreement.lead_sends } else { &self.agreement.member_sends };
        counts.get(role.id()).map_or(0, |count| i64::from(*count))
    }
    /// People of a role owed in each direction.
    pub(crate) fn each_way(&self, role: SentAs) -> i64 {
        self.agreement.each_way.get(role.id()).map_or(0, |count| i64::from(*count))
    }
    fn names(&self, role: SentAs, lead_sends: bool) -> bool {
        let counts = if lead_sends { &self.agreement.lead_sends } else { &self.agreement.member_sends };
        self.agreement.each_way.contains_key(role.id()) || counts.contains_key(role.id())
    }
    /// Roles that the agreement names in a direction, the narrowest first.
    pub(crate) fn roles(&self, lead_sends: bool) -> impl Iterator<Item = SentAs> + '_ {
        SentAs::ALL.into_iter().filter(move |role| self.names(*role, lead_sends))
    }
}

impl<'a> Facts<'a> {
    /// Pairs of the groups in scope, both schools in scope.
    pub(crate) fn pairs(&self, scope: &Scope) -> Vec<Pair<'a>> {
        let mut pairs = Vec::new();
        for group in self.places.groups.iter().filter(|group| scope.groups.is_empty() || scope.groups.contains(&group.id)) {
            let Some(lead) = group.lead.as_deref().and_then(|id| self.places.school(id)) else { continue };
            let members = group.members.iter().filter_map(|id| self.places.school(id));
            let fits = |school: usize| self.school_in(scope, school);
            let kept = members.filter(|member| *member != lead && fits(*member) && fits(lead));
            pairs.extend(kept.map(|member| Pair { group: &group.id, agreement: &group.agreement, lead, member }));
        }
        pairs
    }

    /// People in scope whose post is at `from` and who work at `to` after the postings: sent now or still there.
    pub(crate) fn sent(&self, scope: &Scope, from: usize, to: usize) -> Vec<usize> {
        let away = |&person: &usize| self.people.home[person] == Some(from) && self.people.working[person] == Some(to);
        (0..self.people.list.len()).filter(away).filter(|&person| self.person_at(scope, person, Some(from))).collect()
    }

    /// Where a person is away on an exchange as the term begins: (school of their post, host, full years).
    pub(crate) fn away(&self, person: usize) -> Option<(usize, usize, i64)> {
        let (home, host) = (self.people.home[person]?, self.people.before[person]?);
        let start = self.people.term_start?;
        let open = |past: &&PastExchange| {
            let ends = (self.places.school(&past.from), self.places.school(&past.to));
            ends == (Some(home), Some(host)) && past.start <= start && past.end.is_none_or(|end| end >= start)
        };
        let since = self.people.list[person].exchanges.iter().filter(open).map(|past| past.start).max()?;
        (home != host).then(|| (home, host, (start.count() - since.count()).div_euclid(12)))
    }

    /// Groups that hold both schools.
    fn common(&self, a: usize, b: usize) -> impl Iterator<Item = &'a Agreement> + '_ {
        let groups = self.places.groups.iter().zip(&self.places.group_schools);
        groups.filter(move |(_, schools)| schools.contains(&a) && schools.contains(&b)).map(|(group, _)| &group.agreement)
    }
    /// Years of a posting by agreement, the longest of several.
    pub(crate) fn term_years(&self, a: usize, b: usize) -> Option<i64> {
        self.common(a, b).filter_map(|agreement| agreement.term_years).max().map(i64::from)
    }
    /// Yuan a year that the sending school pays for one person, the most of several agreements.
    pub(crate) fn allowance(&self, a: usize, b: usize) -> i64 {
        let paid = self.common(a, b).filter(|agreement| agreement.pooled_budget != Some(true));
        paid.filter_map(|agreement| agreement.yuan_per_person).max().map_or(0, i64::from)
    }

    /// Whether a person can be sent as this.
    pub(crate) fn fits_role(&self, person: usize, role: SentAs) -> bool {
        let entry = &self.people.list[person];
        let teacher = entry.category == Category::Teacher;
        match role {
            SentAs::Leaders => entry.category == Category::Leader,
            SentAs::Backbone => teacher && entry.talent >= Talent::County,
            SentAs::Young => teacher && self.is_young(person),
            SentAs::Teachers => teacher,
        }
    }

    /// 35 or younger in the term's first month.
    pub(crate) fn is_young(&self, person: usize) -> bool {
        let born = self.people.list[person].born;
        born.zip(self.people.term_start).is_some_and(|(born, start)| start.count() - born.count() < 36 * 12)
    }
}
