//! The clauses that a count may lean on: those in force, with the numbers that hold, and whom they are about.

use super::index::{Index, stage_of};
use crate::file::{Clause, Force, Policy, Scope, Stage};
use crate::rules::AnyRule;
use std::collections::BTreeMap;

/// How firmly something holds, the firmest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// One thing at one place at a time, in the cells and rooms there are, where the policy makes it law.
    Nature,
    /// Another clause that is never relaxed.
    Law,
    /// A clause that a meeting may relax: a plan can break it.
    Policy,
    /// Nothing forbids the way out: a lesson stays without a teacher, or somebody is posted elsewhere.
    Unless,
}

impl Hold {
    pub const ALL: [Self; 4] = [Self::Nature, Self::Law, Self::Policy, Self::Unless];
}

/// Rules of which only the data can be the cause when they cannot be met.
const NATURE: [&str; 7] = ["class_clash", "teacher_clash", "room_clash", "room_fit", "lab_windows", "doubles", "locked"];

/// Why something holds: the clauses it needs, and the ways out that no clause closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ground {
    pub hold: Hold,
    clauses: [Option<u16>; 4],
    /// Unless the lesson stays without a teacher.
    pub untaught: bool,
    /// Unless the person is posted elsewhere.
    pub posted: bool,
}

impl Ground {
    /// The data say so.
    pub const GIVEN: Self = Self { hold: Hold::Nature, clauses: [None; 4], untaught: false, posted: false };
    pub const UNTAUGHT: Self = Self { hold: Hold::Unless, untaught: true, ..Self::GIVEN };
    pub const POSTED: Self = Self { hold: Hold::Unless, posted: true, ..Self::GIVEN };

    /// Both are needed.
    pub fn and(self, other: Self) -> Self {
        let mut clauses = self.clauses;
        for clause in other.clauses() {
            if !clauses.contains(&Some(clause))
                && let Some(free) = clauses.iter_mut().find(|held| held.is_none())
            {
                *free = Some(clause);
            }
        }
        Self { hold: self.hold.max(other.hold), clauses, untaught: self.untaught || other.untaught, posted: self.posted || other.posted }
    }
    /// The same where none was left out for want of room.
    pub fn all_clauses(&self) -> Option<Vec<u16>> {
        self.clauses.contains(&None).then(|| self.clauses().collect())
    }
    /// Positions in the policy.
    pub fn clauses(&self) -> impl Iterator<Item = u16> {
        self.clauses.into_iter().flatten()
    }
}

/// A clause that is kept, with the numbers that a meeting may have given it.
#[derive(Clone, Copy)]
pub struct InForce<'a> {
    pub scope: &'a Scope,
    pub rule: &'a AnyRule,
    pub ground: Ground,
}

pub struct Clauses<'a> {
    by_rule: BTreeMap<&'static str, Vec<InForce<'a>>>,
    /// No policy is known: everything may be asked, nothing is law.
    unknown: bool,
}

impl<'a> Clauses<'a> {
    pub fn of(policy: Option<&'a Policy>) -> Self {
        let mut by_rule: BTreeMap<&'static str, Vec<InForce<'a>>> = BTreeMap::new();
        for (number, clause) in policy.iter().flat_map(|policy| policy.clauses.iter().enumerate()) {
            let Some(policy) = policy.filter(|_| !clause.off) else { continue };
            let rule = decided(policy, clause);
            let id = rule.rule().law().id;
            let hold = match clause.force {
                Force::Legal if NATURE.contains(&id) => Hold::Nature,
                Force::Legal => Hold::Law,
                Force::Policy => Hold::Policy,
                Force::Prefer(_) => continue,
            };
            let clauses = [u16::try_from(number).ok(), None, None, None];
            let ground = Ground { hold, clauses, ..Ground::GIVEN };
            by_rule.entry(id).or_default().push(InForce { scope: &clause.scope, rule, ground });
        }
        Self { by_rule, unknown: policy.is_none() }
    }

    /// The firmest clause of a rule that is about something.
    pub fn ground(&self, rule: &str, about: impl Fn(&Scope) -> bool) -> Option<Ground> {
        if self.unknown {
            return Some(Ground { hold: Hold::Policy, ..Ground::GIVEN });
        }
        self.of_rule(rule).filter(|clause| about(clause.scope)).map(|clause| clause.ground).min_by_key(|ground| ground.hold)
    }
    pub fn of_rule(&self, rule: &str) -> impl Iterator<Item = InForce<'a>> {
        self.by_rule.get(rule).into_iter().flatten().copied()
    }
}

/// The rule a clause is judged by: its own, or for a policy clause the one that a meeting decided on last.
fn decided<'a>(policy: &'a Policy, clause: &'a Clause) -> &'a AnyRule {
    let same = |rule: &AnyRule| rule.rule().law().id == clause.rule.rule().law().id;
    let decisions = policy.decisions.iter().rev().filter(|decision| decision.clause == clause.id && clause.force == Force::Policy);
    decisions.map(|decision| &decision.relaxed_to).find(|rule| same(rule)).unwrap_or(&clause.rule)
}

fn fits<T: PartialEq<U>, U: ?Sized>(list: &[T], value: &U) -> bool {
    list.is_empty() || list.iter().any(|item| item == value)
}

/// Whom a clause is about, as the checker reads a scope.
impl Index<'_> {
    fn place_in(&self, scope: &Scope, school: Option<usize>, stages: &[Stage]) -> bool {
        let school = school.map(|school| &self.district.schools[school]);
        let in_group = |id: &String| {
            let group = self.groups.get(id.as_str()).map(|group| &self.district.groups[*group]);
            school.is_some_and(|school| group.is_some_and(|group| group.lead.iter().chain(&group.members).any(|id| *id == school.id)))
        };
        fits(&scope.schools, school.map_or("", |school| school.id.as_str()))
            && (scope.stages.is_empty() || stages.iter().any(|stage| scope.stages.contains(stage)))
            && (scope.groups.is_empty() || scope.groups.iter().any(in_group))
    }
    pub fn school_in(&self, scope: &Scope, school: usize) -> bool {
        self.place_in(scope, Some(school), &self.district.schools[school].stages)
    }
    pub fn class_in(&self, scope: &Scope, class: usize) -> bool {
        let entry = &self.district.classes[class];
        let stage = stage_of(entry.grade).map(|stage| [stage]);
        fits(&scope.classes, &entry.id)
            && fits(&scope.grades, &entry.grade)
            && self.place_in(scope, self.school_of(entry), stage.as_ref().map_or(&[], |stage| &stage[..]))
    }
    pub fn course_in(&self, scope: &Scope, course: usize) -> bool {
        let course = &self.courses[course];
        fits(&scope.subjects, course.subject) && course.classes.iter().any(|class| self.class_in(scope, *class))
    }
    /// A person who works at that school; `None`: nobody knows yet where, so that only a scope without places is sure to fit.
    pub fn person_in(&self, scope: &Scope, person: usize, school: Option<usize>) -> bool {
        let entry = &self.district.people[person];
        let nowhere = scope.schools.is_empty() && scope.stages.is_empty() && scope.groups.is_empty();
        fits(&scope.people, &entry.id)
            && (scope.subjects.is_empty() || entry.subjects.iter().any(|held| scope.subjects.contains(&held.subject)))
            && (nowhere || school.is_some_and(|school| self.school_in(scope, school)))
    }
}
