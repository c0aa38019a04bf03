//! Neighbourhoods by model: a few items free, the rest as they are; all levels of a small model instead of one of a large.

use super::gauge::Gauge;
use super::levels::{Budget, solve_levels};
use super::model::Binding;
use super::problem::{Domain, ItemId, Link, Problem};
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
        narrow(&mut local, free);
        let soon = budget.until.min(Instant::now() + Duration::from_secs_f64(seconds));
        let until = if budget.nodes.is_some() { budget.until } else { soon };
        let solved = solve_levels(&local, Binding::Firm, Some(values.clone()), &Budget { until, gap: 0.0, ..*budget });
        work += solved.work;
        let better = |found: &[i32]| local.score(found) < local.score(values) && problem.score(found) <= problem.score(values);
        if !solved.values.is_empty() && better(&solved.values) {
            *values = solved.values;
        }
    }
    work
}

/// A largest share is measured over the groups that the free items touch: a worse one elsewhere would hide every gain.
fn narrow(local: &mut Problem, free: &BTreeSet<ItemId>) {
    let mut points = std::mem::take(&mut local.points);
    for point in points.iter_mut().filter(|point| matches!(point.gauge, Gauge::Peak { spread: false, .. })) {
        let groups = |link: &Link| -> Vec<u16> {
            let values: Vec<i32> = match &local.items[link.item as usize].domain {
                Domain::Choice(values) => values.iter().map(|value| i32::from(*value)).collect(),
                Domain::Count { lo, .. } => vec![*lo],
            };
            values.into_iter().filter_map(|value| Some(local.gives(link, value)?.0)).collect()
        };
        let touched: BTreeSet<u16> = point.links.iter().filter(|link| free.contains(&link.item)).flat_map(groups).collect();
        point.links.retain(|link| groups(link).iter().any(|group| touched.contains(group)));
        point.base.retain(|(group, _)| touched.contains(group));
    }
    local.points = points;
}
