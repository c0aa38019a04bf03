//! A problem loosened into parts that are solved apart, level by level: a start for the whole, and bounds of its levels.

use super::levels::{Budget, Reached, solve_after};
use super::loose::loosen;
use super::model::Binding;
use super::parts::{constants, is_peak, split};
use super::problem::{ItemId, Problem};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

/// The parts, each with the best that was found of it. A plan of the whole costs at least what they cost together.
pub struct Apart {
    parts: Vec<Part>,
    /// Levels that a largest share decides: that of the worst part.
    peaks: Vec<bool>,
    /// What every plan costs.
    constants: Vec<i64>,
    /// The level that is minimised next.
    level: usize,
}

struct Part {
    /// Ids in the whole.
    items: Vec<ItemId>,
    problem: Problem,
    values: Vec<i32>,
    /// What it may cost at the levels before, as far as plans of the whole are concerned.
    held: Vec<i64>,
    reached: Reached,
}

impl Apart {
    /// `block`: per item, the block it stands in; what ties blocks is loosened. `plan` keeps every firm level.
    pub fn new(problem: &Problem, block: &[Option<usize>], plan: &[i32]) -> Self {
        let (items, loose) = loosen(problem, block);
        let reached = Reached { value: 0, bound: 0, proved: false };
        let part = |(local, problem): (Vec<ItemId>, Problem)| {
            let items: Vec<ItemId> = local.into_iter().map(|item| items[item as usize]).collect();
            let values = items.iter().map(|item| plan[*item as usize]).collect();
            Part { items, problem, values, held: Vec::new(), reached }
        };
        let mut parts: Vec<Part> = split(&loose).into_iter().map(part).collect();
        parts.sort_by_key(|part| part.items.len());
        let mut peaks = vec![false; problem.levels.len()];
        problem.points.iter().filter(|point| is_peak(point)).for_each(|point| peaks[usize::from(point.level)] = true);
        Self { parts, peaks, constants: constants(problem), level: 0 }
    }

    /// Minimises the next level in every part. No plan of the whole that costs no more than was held of the levels before costs less
    /// than this. Returns it with the work done.
    pub fn minimise(&mut self, budget: &Budget) -> (i64, u64) {
        let level = self.level;
        let solve = |part: &mut Part, budget: &Budget| {
            let budget = Budget { levels: level + 1, gap: 0.0, ..*budget };
            let solved = solve_after(&part.problem, Binding::Firm, Some(part.values.clone()), &part.held, &budget);
            // A solver that finds nothing has proved nothing either; a bound of an earlier round holds on.
            if let Some(reached) = solved.levels.get(level).filter(|_| solved.found) {
                part.reached = Reached { bound: reached.bound.max(part.reached.bound), ..*reached };
                part.values = solved.values;
            }
            solved.work
        };
        let mut work = 0;
        self.parts.iter_mut().for_each(|part| part.reached = Reached { value: i64::MAX, bound: 0, proved: false });
        // What is soon done first: the others share what is left.
        for round in [0.1, 0.3, 1.0] {
            let mut rest = *budget;
            rest.spend(work);
            let rest = rest.share(round);
            let open: Vec<&mut Part> = self.parts.iter_mut().filter(|part| part.reached.bound < part.reached.value).collect();
            if open.is_empty() || rest.is_over() {
                break;
            }
            let all = open.len();
            work += open.into_par_iter().with_max_len(1).map(|part| solve(part, &rest.part(1, all))).sum::<u64>();
        }
        (self.bound(level), work)
    }

    fn bound(&self, level: usize) -> i64 {
        let bounds = self.parts.iter().map(|part| part.reached.bound);
        if self.peaks[level] { bounds.max().unwrap_or(0) } else { bounds.sum::<i64>() + self.constants[level] }
    }

    /// From now on of plans that cost no more than `value` at the level just minimised, as `plan` does. A part that costs at least L of it
    /// leaves the others V − L: each is held at its own L + V − Σ L. Parts go on from `plan` where it is better than what they found.
    pub fn hold(&mut self, value: i64, plan: &[i32]) {
        let level = self.level;
        let bound = self.bound(level);
        self.level += 1;
        for part in &mut self.parts {
            let planned: Vec<i32> = part.items.iter().map(|item| plan[*item as usize]).collect();
            if part.problem.score(&planned) < part.problem.score(&part.values) {
                part.values = planned;
            }
            part.held.push(if self.peaks[level] { value } else { part.reached.bound + (value - bound).max(0) });
        }
    }

    /// Puts what the parts found into a plan.
    pub fn write(&self, plan: &mut [i32]) {
        for part in &self.parts {
            part.items.iter().zip(&part.values).for_each(|(item, value)| plan[*item as usize] = *value);
        }
    }
}
