//! What the confrontation counts, and the one comparison it makes: clause by clause, model against checker.

use lunpai::check::Verdict;
use lunpai::engine::{Point, Problem};
use lunpai::file::{Clause, Cost, Policy};
use lunpai::rules::{AnyRule, Stage};
use std::collections::{BTreeMap, BTreeSet};

/// Excess and penalty of every clause, by its place in the policy.
pub type Sums = Vec<(i64, i64)>;

/// Adds what the points of every clause cost under these values.
pub fn add(sums: &mut Sums, problem: &Problem, values: &[i32]) {
    add_where(sums, problem, values, &|_| true);
}

/// The same for some owners only.
pub fn add_where(sums: &mut Sums, problem: &Problem, values: &[i32], of: &dyn Fn(u32) -> bool) {
    for point in &problem.points {
        if let Some(sum) = sums.get_mut(point.owner as usize).filter(|_| of(point.owner)) {
            let raw = point.gauge.raw(&problem.totals(point, values));
            sum.0 += point.excess(raw);
            sum.1 += point.price(raw);
        }
    }
}

/// The broken points of one clause, in words.
pub fn detail(problem: &Problem, values: &[i32], owner: usize) -> String {
    let mine = problem.points.iter().filter(|point| point.owner as usize == owner);
    let excess = |point: &Point| point.excess(point.gauge.raw(&problem.totals(point, values)));
    let broken: Vec<String> = mine.filter(|point| excess(point) > 0).map(|point| format!("{} {}", point.name, excess(point))).collect();
    broken.join("; ")
}

#[derive(Debug, Default)]
pub struct Tally {
    pub plans: u64,
    /// Clause of the tiny policy → plans with excess 0, 1, more.
    pub clauses: BTreeMap<String, [u64; 3]>,
    /// Rules that posted a point, by stage.
    pub bound: BTreeSet<(&'static str, Stage)>,
    pub differences: u64,
    /// The first few, in words.
    pub examples: Vec<String>,
    /// Listed relaxations met: name → plans.
    pub relaxed: BTreeMap<&'static str, u64>,
}

impl Tally {
    pub fn join(mut self, other: Self) -> Self {
        self.plans += other.plans;
        for (clause, counts) in other.clauses {
            let mine = self.clauses.entry(clause).or_default();
            for (sum, count) in mine.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        self.bound.extend(other.bound);
        self.differences += other.differences;
        self.examples.extend(other.examples);
        for (name, count) in other.relaxed {
            *self.relaxed.entry(name).or_default() += count;
        }
        self
    }

    pub fn binds(&mut self, policy: &Policy, problem: &Problem, stage: Stage) {
        let rule = |owner: u32| policy.clauses.get(owner as usize).map(|clause| clause.rule.rule().law().id);
        self.bound.extend(problem.points.iter().filter_map(|point| rule(point.owner)).map(|rule| (rule, stage)));
    }

    /// Model and checker on one plan. `judged`: the clauses this stage has a full say on.
    pub fn confront(
        &mut self,
        story: &str,
        policy: &Policy,
        sums: &Sums,
        verdict: &Verdict,
        judged: &dyn Fn(&Clause) -> bool,
        detail: &dyn Fn(usize) -> String,
    ) {
        self.plans += 1;
        for (owner, (clause, (excess, penalty))) in policy.clauses.iter().zip(sums).enumerate() {
            if clause.off || !judged(clause) {
                continue;
            }
            let told = verdict.by_clause.get(&clause.id).copied().unwrap_or_default();
            if (told.excess, told.penalty) != (*excess, *penalty) {
                if let Some(row) = relaxed(clause, (*excess, *penalty), (told.excess, told.penalty)) {
                    *self.relaxed.entry(row).or_default() += 1;
                } else {
                    let found = verdict.findings.iter().filter(|finding| finding.clause == clause.id);
                    let found: Vec<_> = found.map(|finding| (&finding.place, finding.excess)).collect();
                    let (rule, scope) = (&clause.rule, &clause.scope);
                    let model = format!("model {excess}/{penalty} ({})", detail(owner));
                    let checker = format!("checker {}/{} ({found:?})", told.excess, told.penalty);
                    self.differ(format!("{story}: {} {rule:?} {scope:?}: {model}, {checker}", clause.id));
                }
            }
            if !clause.id.contains('~') {
                let counts = self.clauses.entry(clause.id.clone()).or_default();
                counts[told.excess.clamp(0, 2) as usize] += 1;
            }
        }
    }

    /// The rows make a plan: what the models draw is never broken as such.
    pub fn well_formed(&mut self, story: &str, verdict: &Verdict) {
        if let Some(broken) = verdict.findings.iter().find(|finding| finding.rule == "structure") {
            self.differ(format!("{story}: structure {} {:?} {}", broken.clause, broken.place, broken.text.en));
        }
    }

    pub fn differ(&mut self, words: String) {
        self.differences += 1;
        if self.examples.len() < 3 {
            self.examples.push(words);
        }
    }
}

/// Where the model says less than the checker, and why. Everything else must agree to the last integer.
pub const RELAXED: &[(&str, &str)] = &[
    ("class_teacher_course", "bound over numbers of classes it only foresees; who gets which class is compared in the dealing"),
    ("room_fit, room_clash", "the model counts a pool's units and its largest room; which lesson gets which room is dealt afterwards"),
    ("teacher_clash", "cells of one bell and pairs across bells are two points: another cost than linear prices them apart"),
    ("hours_in_full, fair_shortage", "a scope of single classes: interchangeable classes have no names before the dealing"),
    ("hours_in_full", "priced by steps: the model counts courses, the checker periods; the penalty is the same"),
    ("one_teacher", "structure: a course role is one item; no plan of ours breaks it"),
];

/// Whether a difference is one of [`RELAXED`]; its row.
fn relaxed(clause: &Clause, model: (i64, i64), told: (i64, i64)) -> Option<&'static str> {
    match &clause.rule {
        AnyRule::TeacherClash(_) if model.0 == told.0 && clause.cost != Cost::Linear => Some(RELAXED[2].0),
        // All of a kind is counted as soon as one of its classes is meant.
        AnyRule::HoursInFull(_) if !clause.scope.classes.is_empty() && model.1 >= told.1 => Some(RELAXED[3].0),
        AnyRule::FairShortage(_) if !clause.scope.classes.is_empty() => Some(RELAXED[3].0),
        AnyRule::HoursInFull(_) if model.1 == told.1 && clause.cost == Cost::Step => Some(RELAXED[4].0),
        _ => None,
    }
}

/// Whether any of the clauses differs.
pub fn differs(policy: &Policy, sums: &Sums, verdict: &Verdict, judged: &dyn Fn(&Clause) -> bool) -> bool {
    let told = |clause: &Clause| verdict.by_clause.get(&clause.id).map_or((0, 0), |told| (told.excess, told.penalty));
    policy.clauses.iter().zip(sums).any(|(clause, sum)| !clause.off && judged(clause) && told(clause) != *sum)
}
