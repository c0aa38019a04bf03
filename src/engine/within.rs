//! Plans beside the best one: levels are held within limits while something else is minimised.

use super::highs::minimise;
use super::levels::{Budget, complete, hold};
use super::model::{Binding, Model};
use super::problem::Problem;

/// What is minimised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// A level's price.
    Level(usize),
    /// A price drawn for every value of a choice: another seed leads to another corner.
    Draw(u64),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within {
    /// Empty when nothing was found.
    pub values: Vec<i32>,
    /// No plan within the limits has less (of a level; 0 for a draw).
    pub bound: i64,
    /// No plan is within the limits.
    pub infeasible: bool,
}

/// A plan in which level k costs at most `limits[k]` (`None`: anything) and the goal as little as the budget finds. `start`, if
/// given, is within the limits.
pub fn solve_within(problem: &Problem, limits: &[Option<i64>], goal: Goal, start: Option<&[i32]>, budget: &Budget) -> Within {
    let model = Model::build(problem, Binding::Firm);
    let mut held = Vec::new();
    for (level, limit) in limits.iter().enumerate() {
        if let Some(limit) = limit {
            hold(&mut held, &model.costs[level].0, limit - model.costs[level].1, level);
        }
    }
    let objective: Vec<(u32, f64)> = match goal {
        Goal::Level(level) => model.costs[level].0.iter().map(|(column, price)| (*column, *price as f64)).collect(),
        Goal::Draw(seed) => model.of_choices().map(|column| (column, drawn(seed, column))).collect(),
    };
    let full = start.and_then(|values| complete(&model, &held, values, budget));
    let answer = minimise(&model, &objective, &held, &[], full.as_deref(), &budget.effort(budget.work, 0.99));
    let found = answer.x.as_deref().map(|x| model.values(x)).unwrap_or_default();
    let fits = |values: &[i32]| {
        let score = problem.score(values);
        let domains = values.iter().zip(&problem.items).all(|(value, item)| item.domain.holds(*value));
        domains && score.iter().zip(limits).all(|(value, limit)| limit.is_none_or(|limit| *value <= limit))
    };
    let values = if !found.is_empty() && fits(&found) { found } else { start.map(<[i32]>::to_vec).unwrap_or_default() };
    let bound = match goal {
        Goal::Level(level) if answer.bound.is_finite() => ((answer.bound - 1e-6).ceil() as i64 + model.costs[level].1).max(0),
        _ => 0,
    };
    Within { values, bound, infeasible: answer.infeasible }
}

/// 0 to 999.
fn drawn(seed: u64, column: u32) -> f64 {
    (super::mix(super::mix(seed) ^ u64::from(column)) % 1000) as f64
}

#[cfg(test)]
mod tests {
    use super::{Goal, solve_within};
    use crate::{Budget, Gauge, Level, Link, Point, Problem};
    use std::collections::BTreeSet;

    /// Six choices of 0 or 1: level 0 costs 5 less the ones, level 1 the ones.
    fn problem() -> Problem {
        let level = |name: &str| Level { name: name.to_owned(), firm: false, hard: false };
        let mut problem = Problem::new(vec![level("short"), level("dear")]);
        let items: Vec<u32> = (0..6).map(|k| problem.choice(format!("x{k}"), vec![0, 1])).collect();
        let one = problem.map_of(1);
        let links: Vec<Link> = items.into_iter().map(|item| Link { item, map: one, coef: 1 }).collect();
        problem.post(Point::plain("enough", 0, Gauge::Sum, 1, (5, 99), links.clone()));
        problem.post(Point::plain("cheap", 1, Gauge::Sum, 1, (-99, 0), links));
        problem
    }
    fn budget(stop: &(dyn Fn() -> bool + Sync)) -> Budget<'_> {
        Budget::new(u64::MAX, stop)
    }

    #[test]
    fn what_is_held_is_kept_and_the_goal_is_least() {
        let problem = problem();
        let never = || false;
        let found = solve_within(&problem, &[None, Some(3)], Goal::Level(0), None, &budget(&never));
        assert_eq!((problem.score(&found.values), found.bound), (vec![2, 3], 2));
        let none = solve_within(&problem, &[Some(4), Some(0)], Goal::Level(0), None, &budget(&never));
        assert!(none.infeasible && none.values.is_empty());
    }

    #[test]
    fn draws_find_other_plans_within_the_limits() {
        let problem = problem();
        let never = || false;
        let mut seen = BTreeSet::new();
        for seed in 0..12 {
            let found = solve_within(&problem, &[Some(3), Some(3)], Goal::Draw(seed), None, &budget(&never)).values;
            let score = problem.score(&found);
            assert!(score[0] <= 3 && score[1] <= 3, "{found:?}");
            seen.insert(found);
        }
        assert!(seen.len() > 1, "{seen:?}");
    }
}
