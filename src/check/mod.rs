//! The independent checker: judges a plan from the files alone and shares no code with the models.
//!
//! [`check`] looks everything up once ([`Facts`]), sees whether the rows make a plan at all (structure), and lets every
//! clause of the policy measure it with its rule's own `check`. Exact integers, no tolerance; no plan makes it panic.

mod balance;
mod evaluation;
mod facts;
mod finding;
mod metrics;
mod say;
mod score;
mod structure;
mod walks;

use crate::file::{Clause, District, Force, Part, Plan, Policy};
use crate::rules::{AnyRule, Stage};
use serde::Serialize;
use std::collections::BTreeMap;

pub use balance::{Balance, Dispersion, balance};
pub(crate) use evaluation::{GroupScore, Scores};
pub use facts::{Facts, retirement_age_months};
pub(crate) use facts::{LessonFact, Slot, changes_school, runs};
pub(crate) use finding::Breach;
pub use finding::{ClauseTotal, Finding, Findings, Kind};
pub use metrics::metrics;
pub(crate) use say::{beside, cell, club_kind, half, list, post, sent_as, stage, weekday};
pub use score::{Rank, Score};
pub use walks::{Walk, walks};

/// What the checker says of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Sorted by force (legal, policy, ranks), clause, place.
    pub findings: Vec<Finding>,
    /// Every clause that was judged, also those kept.
    pub by_clause: BTreeMap<String, ClauseTotal>,
    /// Clauses not judged: off, or the plan lacks the part they need.
    pub not_judged: Vec<String>,
    /// Clauses judged with the numbers of a decision → the meeting and the document.
    pub relaxed: BTreeMap<String, (String, String)>,
    pub score: Score,
    /// Periods per cycle whose course has no teacher (待补), of all courses.
    pub uncovered_periods: i64,
    /// Periods per cycle of all courses.
    pub periods: i64,
    /// Lessons with a cell, of all lessons.
    pub lessons_placed: usize,
    pub lessons: usize,
}

impl Verdict {
    /// No structural finding and no legal clause broken.
    pub fn is_legal(&self) -> bool {
        self.score.structure == 0 && self.score.legal == 0
    }
    /// Legal, and no policy clause broken beyond its decision.
    pub fn is_in_order(&self) -> bool {
        self.is_legal() && self.score.policy == 0
    }
}

/// Points at which a plan exceeds a clause's own numbers, whatever a meeting decided since.
pub(crate) fn breaches(facts: &Facts, clause: &Clause) -> u64 {
    let rule = clause.rule.rule();
    let mut found = Findings::of(&clause.id, rule.law(), clause.force, clause.cost);
    rule.check(facts, &clause.scope, &mut found);
    found.total.points_broken as u64
}

/// Judges a plan. District and policy should be valid; whatever they are, this ends and does not panic.
pub fn check(district: &District, policy: &Policy, plan: &Plan) -> Verdict {
    let (rules, relaxed) = in_force(policy);
    let first = policy.clauses.iter().zip(&rules).filter(|(clause, _)| !clause.off).find_map(|(_, rule)| match rule {
        AnyRule::Eligible(numbers) => Some(numbers.clone()),
        _ => None,
    });
    let facts = Facts::of(district, plan, first.unwrap_or_default());
    let mut verdict = Verdict { findings: structure::findings(&facts), relaxed, ..Verdict::default() };
    verdict.score.structure = verdict.findings.iter().map(|finding| finding.excess).fold(0, i64::saturating_add);
    for (clause, any) in policy.clauses.iter().zip(rules) {
        let rule = any.rule();
        if clause.off || !rule.law().binds.iter().any(|stage| plan.parts.contains(&part_of(*stage))) {
            verdict.not_judged.push(clause.id.clone());
            continue;
        }
        let mut found = Findings::of(&clause.id, rule.law(), clause.force, clause.cost);
        rule.check(&facts, &clause.scope, &mut found);
        verdict.score.add(clause.force, found.total);
        let total = verdict.by_clause.entry(clause.id.clone()).or_default();
        total.excess = total.excess.saturating_add(found.total.excess);
        total.penalty = total.penalty.saturating_add(found.total.penalty);
        total.points_broken += found.total.points_broken;
        verdict.findings.append(&mut found.list);
    }
    verdict.findings.sort_by(|a, b| {
        let key = |finding: &Finding| (severity(finding.force), finding.rule != structure::RULE);
        key(a).cmp(&key(b)).then_with(|| (&a.clause, &a.place).cmp(&(&b.clause, &b.place)))
    });
    verdict.uncovered_periods = (0..facts.courses.list.len()).map(|course| facts.teaching.uncovered(&facts.courses, course)).sum();
    verdict.periods = facts.courses.list.iter().map(|course| course.periods).sum();
    verdict.lessons_placed = facts.lessons.list.len();
    verdict.lessons = facts.courses.list.iter().map(|course| course.blocks.len()).sum();
    verdict
}

/// The rule each clause is judged by: its own, or for a policy clause the one a meeting decided on last.
fn in_force(policy: &Policy) -> (Vec<&AnyRule>, BTreeMap<String, (String, String)>) {
    let mut relaxed = BTreeMap::new();
    let decided = |clause: &Clause| {
        let decisions = policy.decisions.iter().rev().filter(|decision| decision.clause == clause.id);
        let same = |rule: &AnyRule| rule.rule().law().id == clause.rule.rule().law().id;
        decisions.filter(|_| clause.force == Force::Policy).find(|decision| same(&decision.relaxed_to))
    };
    let rules = policy.clauses.iter().map(|clause| {
        decided(clause).map_or(&clause.rule, |decision| {
            relaxed.insert(clause.id.clone(), (decision.meeting.clone(), decision.document.clone()));
            &decision.relaxed_to
        })
    });
    (rules.collect(), relaxed)
}

fn part_of(stage: Stage) -> Part {
    match stage {
        Stage::Exchange => Part::Postings,
        Stage::Teaching => Part::Teaching,
        Stage::Timetable => Part::Timetable,
    }
}

fn severity(force: Force) -> (u8, u8) {
    match force {
        Force::Legal => (0, 0),
        Force::Policy => (0, 1),
        Force::Prefer(preference) => (preference.rank.max(1), preference.then),
    }
}
