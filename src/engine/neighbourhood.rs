//! Neighbourhoods by model: a few items free, the rest as they are; all levels of a small model instead of one of a large.

use super::levels::{Budget, solve_levels};
use super::model::Binding;
use super::problem::{Domain, ItemId, Problem};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Frees one set of items after the other, `seconds` each at most, and keeps what is better. Returns simplex iterations.
pub fn improve(problem: &Problem, values: &mut Vec<i32>, sets: &[BTreeSet<ItemId>], seconds: f64, budget: &Budget) -> u64 {
    let mut work = 0;
    for free in sets {
        if (budget.stop)() || Instant::now() >= budget.until {
            break;
        }
        let mut local = problem.clone();
        for (item, value) in values.iter().enumerate().filter(|(item, _)| !free.contains(&(*item as ItemId))) {
            local.items[item].domain = match local.items[item].domain {
                Domain::Choice(_) => Domain::Choice(vec![*value as u16]),
                Domain::Count { .. } => Domain::Count { lo: *value, hi: *value },
            };
        }
        let soon = budget.until.min(Instant::now() + Duration::from_secs_f64(seconds));
        let until = if budget.nodes.is_some() { budget.until } else { soon };
        let solved = solve_levels(&local, Binding::Firm, Some(values.clone()), &Budget { until, gap: 0.0, ..*budget });
        work += solved.work;
        if !solved.values.is_empty() && problem.score(&solved.values) < problem.score(values) {
            *values = solved.values;
        }
    }
    work
}
