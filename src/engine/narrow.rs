//! Narrower domains: what a plan keeps of "few at a time" is then kept by every plan within them.
//!
//! A walk loses such a point with one move and finds back only with many: whoever is away on two days has to leave the third with
//! everything at once.

use super::Gauge;
use super::problem::{Domain, ItemId, Link, Point, Problem};
use std::collections::BTreeMap;

/// Items with the domains in which no hard point on busy groups that `values` keeps can be broken: they open no further group. Points
/// with items that are not placed say nothing.
pub fn narrow(problem: &Problem, values: &[i32]) -> BTreeMap<ItemId, Domain> {
    let mut narrowed: BTreeMap<ItemId, Domain> = BTreeMap::new();
    for point in problem.points.iter().filter(|point| is_kept(problem, point, values)) {
        let totals = problem.totals(point, values);
        for link in &point.links {
            let of = narrowed.entry(link.item).or_insert_with(|| problem.items[link.item as usize].domain.clone());
            if let Domain::Choice(kept) = of {
                kept.retain(|value| problem.gives(link, i32::from(*value)).is_none_or(|(group, _)| totals[usize::from(group)] > 0));
            }
        }
    }
    narrowed.retain(|item, domain| *domain != problem.items[*item as usize].domain);
    narrowed
}

fn is_kept(problem: &Problem, point: &Point, values: &[i32]) -> bool {
    let few = point.gauge == Gauge::Busy && point.lo <= 0 && point.gated.is_empty();
    let placed = |link: &Link| link.coef > 0 && problem.items[link.item as usize].domain.holds(values[link.item as usize]);
    few && problem.levels[usize::from(point.level)].hard
        && point.links.iter().all(placed)
        && point.excess(point.gauge.raw(&problem.totals(point, values))) == 0
}
