//! Levels one after the other: each is minimised with those before it held at the value reached.

use super::highs::{Answer, Effort, least_work, minimise};
use super::model::{Binding, Model, Row};
use super::problem::{Item, Problem};
use std::time::Instant;

/// One level after it was minimised. `proved` only if this and all before it are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    pub value: i64,
    pub bound: i64,
    pub proved: bool,
}

#[derive(Debug, Clone)]
pub struct Solved {
    /// Item values; empty when nothing was found, or when there is no item.
    pub values: Vec<i32>,
    /// Whether `values` is a plan: that of a problem without items is empty.
    pub found: bool,
    pub levels: Vec<Reached>,
    /// The firm model has no solution.
    pub infeasible: bool,
    /// Units of work.
    pub work: u64,
}

/// How much may be done, and how good is good enough.
#[derive(Clone, Copy)]
pub struct Budget<'s> {
    /// Units of work (nominal microseconds) that may be spent: the same on every machine.
    pub work: u64,
    /// A net for what is stuck inside the solver; `stop` has said yes by then.
    pub until: Option<Instant>,
    /// Levels before this one are held at what they cost in the start.
    pub from: usize,
    /// Levels from this one on are what they come to be.
    pub levels: usize,
    /// Accepted relative gap per level.
    pub gap: f64,
    /// Only proofs are wanted.
    pub plain: bool,
    /// Asked all the time, also inside a solve. What is found after it has said yes is not the same on every machine.
    pub stop: &'s (dyn Fn() -> bool + Sync),
}

impl<'s> Budget<'s> {
    /// So much work and nothing else said.
    pub fn new(work: u64, stop: &'s (dyn Fn() -> bool + Sync)) -> Self {
        Self { work, until: None, from: 0, levels: usize::MAX, gap: 0.0, plain: false, stop }
    }
    /// This share of the work.
    #[must_use]
    pub fn share(&self, share: f64) -> Self {
        Self { work: (self.work as f64 * share) as u64, ..*self }
    }
    /// The share of one of several things done side by side, by its size.
    #[must_use]
    pub fn part(&self, size: usize, all: usize) -> Self {
        self.share((size as f64 / all.max(1) as f64).clamp(0.02, 1.0))
    }
    /// Takes off what was done.
    pub fn spend(&mut self, work: u64) {
        self.work = self.work.saturating_sub(work);
    }
    pub fn is_over(&self) -> bool {
        self.work == 0 || (self.stop)()
    }
    pub(super) fn effort(&self, work: u64, gap: f64) -> Effort<'s> {
        Effort { work, until: self.until, gap, seed: 1, plain: self.plain, stop: self.stop }
    }
}

/// Minimises the levels in order. Start values, if given, must be a solution of the model.
pub fn solve_levels(problem: &Problem, binding: Binding, start: Option<Vec<i32>>, budget: &Budget) -> Solved {
    solve_after(problem, binding, start, &[], budget)
}

/// As [`solve_levels`], after levels that are decided: what they may cost, no less than in the start.
pub fn solve_after(problem: &Problem, binding: Binding, start: Option<Vec<i32>>, decided: &[i64], budget: &Budget) -> Solved {
    if let Some(solved) = only_plan(problem, binding) {
        return solved;
    }
    let model = Model::build(problem, binding);
    let mut solved = Solved { values: start.unwrap_or_default(), found: false, levels: Vec::new(), infeasible: false, work: 0 };
    let mut held: Vec<Row> = Vec::new();
    let mut proved = true;
    let levels = problem.levels.len();
    for level in 0..levels {
        let (costs, constant) = &model.costs[level];
        let now = score_of(problem, &solved.values, level);
        let most = decided.get(level).copied().or((level < budget.from).then_some(0));
        if let (Some(value), Some(most)) = (now, most) {
            solved.levels.push(Reached { value, bound: *constant, proved });
            hold(&mut held, costs, most.max(value) - constant, level);
            continue;
        }
        if let Some(value) = now.filter(|_| level >= budget.levels) {
            proved = false;
            solved.levels.push(Reached { value, bound: *constant, proved });
            continue;
        }
        // Nothing to gain: every price is ≥ 0.
        if now == Some(0) || (costs.is_empty() && now.is_some()) {
            let value = now.unwrap_or_default();
            solved.levels.push(Reached { value, bound: value, proved });
            hold(&mut held, costs, value - constant, level);
            continue;
        }
        if costs.is_empty() && level + 1 < levels {
            // No plan yet: the next level with a price will find one.
            solved.levels.push(Reached { value: *constant, bound: *constant, proved });
            continue;
        }
        let open = model.costs[level..budget.levels.min(levels)].iter().filter(|(costs, _)| !costs.is_empty()).count().max(1);
        let left = budget.work.saturating_sub(solved.work);
        if (budget.stop)() || left == 0 {
            let Some(value) = now else { break };
            solved.levels.push(Reached { value, bound: *constant, proved: false });
            proved = false;
            continue;
        }
        // The first levels are the ones that matter: each may take half of what is left, a later one a third.
        let part = if proved { 0.5 } else { 0.33 };
        let share = if open == 1 { left } else { (left as f64 * part) as u64 };
        // What would not get anywhere leaves its work to the levels after it.
        if let Some(value) = now.filter(|_| share < least_work(&model, held.len())) {
            solved.levels.push(Reached { value, bound: *constant, proved: false });
            proved = false;
            hold(&mut held, costs, value - constant, level);
            continue;
        }
        let start = (!solved.values.is_empty()).then(|| complete(&model, &held, &solved.values, budget)).flatten();
        let allowed = now.map_or(0.0, |value| value as f64 * budget.gap);
        let effort = budget.effort(share, allowed.clamp(0.99, 1e9));
        let objective: Vec<(u32, f64)> = costs.iter().map(|(column, price)| (*column, *price as f64)).collect();
        let answer = minimise(&model, &objective, &held, &[], start.as_deref(), &effort);
        solved.work += answer.work;
        if answer.infeasible {
            solved.infeasible = true;
            solved.values.clear();
            return solved;
        }
        take(problem, &model, &answer, &mut solved.values, level);
        let Some(value) = score_of(problem, &solved.values, level) else { break };
        let bound = (answer.bound - 1e-6).ceil();
        let bound = if bound.is_finite() { (bound as i64 + constant).clamp(0, value) } else { 0 };
        proved &= bound >= value;
        solved.levels.push(Reached { value, bound, proved });
        hold(&mut held, costs, value - constant, level);
    }
    // Levels later in the order may have been lowered by the way: say what the plan really costs.
    solved.found = !solved.values.is_empty();
    if solved.found {
        let score = problem.score(&solved.values);
        for (level, reached) in solved.levels.iter_mut().enumerate() {
            reached.value = score[level];
        }
    }
    solved
}

/// Where nothing is left to decide, the only plan is the best; with firm rows that it breaks there is none.
fn only_plan(problem: &Problem, binding: Binding) -> Option<Solved> {
    let decided = |item: &Item| item.domain.is_fixed() && item.domain.holds(item.domain.first());
    if !problem.items.iter().all(decided) {
        return None;
    }
    let values: Vec<i32> = problem.items.iter().map(|item| item.domain.first()).collect();
    let score = problem.score(&values);
    let broken = score.iter().zip(&problem.levels).any(|(value, level)| level.firm && *value > 0);
    let infeasible = binding == Binding::Firm && broken;
    let levels = score.into_iter().map(|value| Reached { value, bound: value, proved: true }).collect();
    Some(Solved { values: if infeasible { Vec::new() } else { values }, found: !infeasible, levels, infeasible, work: 0 })
}

pub(super) fn hold(held: &mut Vec<Row>, costs: &std::collections::BTreeMap<u32, i64>, most: i64, level: usize) {
    if !costs.is_empty() {
        let terms = costs.iter().map(|(column, price)| (*column, *price)).collect();
        held.push(Row { name: format!("hold level {level}"), lo: None, hi: Some(most), terms });
    }
}

fn score_of(problem: &Problem, values: &[i32], level: usize) -> Option<i64> {
    (!values.is_empty()).then(|| problem.score(values)[level])
}

/// Takes the solver's plan unless the old one is better by recomputation.
fn take(problem: &Problem, model: &Model, answer: &Answer, values: &mut Vec<i32>, level: usize) {
    let Some(x) = &answer.x else { return };
    let found = model.values(x);
    let legal = found.iter().zip(&problem.items).all(|(value, item)| item.domain.holds(*value));
    let better = values.is_empty() || problem.score(&found)[..=level] <= problem.score(values)[..=level];
    if legal && better {
        *values = found;
    }
}

/// A full start vector: the atoms held, the auxiliaries completed by a small linear program.
pub(super) fn complete(model: &Model, extra: &[Row], values: &[i32], budget: &Budget) -> Option<Vec<f64>> {
    minimise(model, &[], extra, &model.holding(values), None, &budget.effort(u64::MAX, 1e9)).x
}

/// Price of each level when the items have these values, by the rows alone: the other half of the agreement test.
pub fn fixed_price(problem: &Problem, values: &[i32]) -> Option<Vec<i64>> {
    let model = Model::build(problem, Binding::Elastic);
    let held = model.holding(values);
    let effort = Budget::new(u64::MAX, &|| false).effort(u64::MAX, 1e-6);
    // Levels share no auxiliary column, so one sum finds the least of each.
    let objective: Vec<(u32, f64)> =
        model.costs.iter().flat_map(|(costs, _)| costs.iter().map(|(column, price)| (*column, *price as f64))).collect();
    let answer = minimise(&model, &objective, &[], &held, None, &effort);
    let x = answer.x?;
    let price = |(costs, constant): &(std::collections::BTreeMap<u32, i64>, i64)| {
        constant + costs.iter().map(|(column, price)| *price as f64 * x[*column as usize]).sum::<f64>().round() as i64
    };
    Some(model.costs.iter().map(price).collect())
}
