//! What the confrontation counts, and the one comparison it makes: clause by clause, model against checker.

use lunpai::check::Verdict;
use lunpai::engine::Problem;
use lunpai::file::{Clause, Policy};
use lunpai::rules::Stage;
use std::collections::{BTreeMap, BTreeSet};

/// Excess and penalty of every clause, by its place in the policy.
pub type Sums = Vec<(i64, i64)>;

/// Adds what the points of every clause cost under these values.
pub fn add(sums: &mut Sums, problem: &Problem, values: &[i32]) {
    for point in &problem.points {
        if let Some(sum) = sums.get_mut(point.owner as usize) {
            let raw = point.gauge.raw(&problem.totals(point, values));
            sum.0 += point.excess(raw);
            sum.1 += point.price(raw);
        }
    }
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
    pub fn confront(&mut self, story: &str, policy: &Policy, sums: &Sums, verdict: &Verdict, judged: &dyn Fn(&Clause) -> bool) {
        self.plans += 1;
        for (clause, (excess, penalty)) in policy.clauses.iter().zip(sums) {
            if clause.off || !judged(clause) {
                continue;
            }
            let told = verdict.by_clause.get(&clause.id).copied().unwrap_or_default();
            if (told.excess, told.penalty) != (*excess, *penalty) {
                let rule = clause.rule.rule().law().id;
                if relaxed(rule, clause, (*excess, *penalty), (told.excess, told.penalty)) {
                    *self.relaxed.entry(rule).or_default() += 1;
                } else {
                    self.differ(format!("{story}: {} {:?} {:?}: model {excess}/{penalty}, checker {}/{}: {:?}",
                        clause.id, clause.rule, clause.scope, told.excess, told.penalty,
                        verdict.findings.iter().filter(|f| f.clause == clause.id).map(|f| format!("{:?} {}", f.place, f.excess)).collect::<Vec<_>>()));
                }
            }
            if !clause.id.contains('~') {
                let counts = self.clauses.entry(clause.id.clone()).or_default();
                counts[told.excess.clamp(0, 2) as usize] += 1;
            }
        }
    }

    pub fn differ(&mut self, words: String) {
        self.differences += 1;
        if self.examples.len() < 3 {
            self.examples.push(words);
        }
    }
}

fn relaxed(_rule: &str, _clause: &Clause, _model: (i64, i64), _checker: (i64, i64)) -> bool {
    false
}
