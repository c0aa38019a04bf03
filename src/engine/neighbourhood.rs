//! Neighbourhoods by model: a few items free, the rest as they are; all levels of a small model instead of one of a large.

use super::gauge::Gauge;
use super::levels::{Budget, solve_levels};
use super::model::Binding;
use super::parts::solve_parts;
use super::problem::{Domain, Gated, Item, ItemId, Link, Point, PointId, Problem};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::collections::{BTreeMap, BTreeSet};

/// Frees one set of items after the other, `each` units of work at most, and keeps what is better. Returns the work.
pub fn improve(problem: &Problem, values: &mut [i32], sets: &[BTreeSet<ItemId>], each: u64, budget: &Budget) -> u64 {
    let touching = touching(problem);
    let mut work = 0;
    for free in sets {
        let left = budget.work.saturating_sub(work);
        if (budget.stop)() || left == 0 {
            break;
        }
        let points: BTreeSet<PointId> = free.iter().flat_map(|item| touching[*item as usize].iter().copied()).collect();
        let (items, local) = local(problem, values, free, &points);
        let before: Vec<i32> = items.iter().map(|item| values[*item as usize]).collect();
        // Prices are never below 0.
        if local.score(&before).iter().take(budget.levels).all(|price| *price == 0) {
            continue;
        }
        let solved = solve_levels(&local, Binding::Firm, Some(before.clone()), &Budget { work: each.min(left), gap: 0.0, ..*budget });
        work += solved.work;
        if !solved.found || local.score(&solved.values) >= local.score(&before) {
            continue;
        }
        // Of a largest share the local problem knows a part only.
        let score = score(problem, &points, values);
        let mut put = |new: &[i32]| items.iter().zip(new).for_each(|(item, value)| values[*item as usize] = *value);
        put(&solved.values);
        if self::score(problem, &points, values) > score {
            items.iter().zip(&before).for_each(|(item, value)| values[*item as usize] = *value);
        }
    }
    work
}

/// As [`improve`] for lists of sets that have no item in common, side by side, each as if the others stood still. What two of them found is
/// kept together only where that is better. Returns the work.
pub fn improve_beside(problem: &Problem, values: &mut [i32], lists: &[Vec<BTreeSet<ItemId>>], each: u64, budget: &Budget) -> u64 {
    let touching = touching(problem);
    let free: Vec<BTreeSet<ItemId>> = lists.iter().map(|sets| sets.iter().flatten().copied().collect()).collect();
    let all: usize = free.iter().map(BTreeSet::len).sum();
    let start = values.to_vec();
    let tried = |(sets, free): (&Vec<BTreeSet<ItemId>>, &BTreeSet<ItemId>)| {
        let points: BTreeSet<PointId> = free.iter().flat_map(|item| touching[*item as usize].iter().copied()).collect();
        let (items, local) = local(problem, &start, free, &points);
        let place: BTreeMap<ItemId, ItemId> = (0..).zip(&items).map(|(k, item)| (*item, k)).collect();
        let here: Vec<BTreeSet<ItemId>> = sets.iter().map(|set| set.iter().map(|item| place[item]).collect()).collect();
        let mut mine: Vec<i32> = items.iter().map(|item| start[*item as usize]).collect();
        let work = improve(&local, &mut mine, &here, each, &budget.part(free.len(), all));
        (items, mine, work)
    };
    let found: Vec<(Vec<ItemId>, Vec<i32>, u64)> = lists.par_iter().zip(free.par_iter()).map(tried).collect();
    for (items, mine, _) in &found {
        let mut put = values.to_vec();
        items.iter().zip(mine).for_each(|(item, value)| put[*item as usize] = *value);
        if problem.score(&put) < problem.score(values) {
            values.copy_from_slice(&put);
        }
    }
    found.iter().map(|(_, _, work)| work).sum()
}

/// Frees all these items at once, part by part where nothing that is free ties them, and keeps what is better. Returns the work.
pub fn improve_apart(problem: &Problem, values: &mut [i32], free: &BTreeSet<ItemId>, budget: &Budget) -> u64 {
    let touching = touching(problem);
    let points: BTreeSet<PointId> = free.iter().flat_map(|item| touching[*item as usize].iter().copied()).collect();
    let (items, local) = local(problem, values, free, &points);
    let before: Vec<i32> = items.iter().map(|item| values[*item as usize]).collect();
    let solved = solve_parts(&local, Binding::Firm, &before, &|_, _, _, _| 0, budget);
    if solved.found {
        let mut put = values.to_vec();
        items.iter().zip(&solved.values).for_each(|(item, value)| put[*item as usize] = *value);
        if problem.score(&put) < problem.score(values) {
            values.copy_from_slice(&put);
        }
    }
    solved.work
}

/// Per item: the points that its value may change.
fn touching(problem: &Problem) -> Vec<Vec<PointId>> {
    let mut touching = vec![Vec::new(); problem.items.len()];
    for (p, point) in (0..).zip(&problem.points) {
        let gated = point.gated.iter().flat_map(|gated| [gated.key, gated.link.item]);
        for item in point.links.iter().map(|link| link.item).chain(gated) {
            touching[item as usize].push(p);
        }
    }
    touching
}

/// What these points cost, level by level.
fn score(problem: &Problem, points: &BTreeSet<PointId>, values: &[i32]) -> Vec<i64> {
    let mut score = vec![0; problem.levels.len()];
    for point in points.iter().map(|p| &problem.points[*p as usize]) {
        score[usize::from(point.level)] += point.price(point.gauge.raw(&problem.totals(point, values)));
    }
    score
}

/// The problem of the free items: their points, with what all others contribute as decided. With its items' ids in the whole.
fn local(problem: &Problem, values: &[i32], free: &BTreeSet<ItemId>, points: &BTreeSet<PointId>) -> (Vec<ItemId>, Problem) {
    let points: Vec<&Point> = points.iter().map(|p| &problem.points[*p as usize]).collect();
    let tied = |gated: &&Gated| free.contains(&gated.key);
    let kept: BTreeSet<ItemId> = points.iter().flat_map(|point| point.gated.iter().filter(tied).map(|gated| gated.link.item)).collect();
    let items: Vec<ItemId> = free.union(&kept).copied().collect();
    let place: BTreeMap<ItemId, ItemId> = (0..).zip(&items).map(|(k, item)| (*item, k)).collect();
    let held = |item: &ItemId| {
        let (item, value) = (&problem.items[*item as usize], values[*item as usize]);
        let fixed = match item.domain {
            Domain::Choice(_) => Domain::Choice(vec![value as u16]),
            Domain::Count { .. } => Domain::Count { lo: value, hi: value },
        };
        Item { name: item.name.clone(), domain: fixed }
    };
    let item = |item: &ItemId| if free.contains(item) { problem.items[*item as usize].clone() } else { held(item) };
    let here = |link: &Link| Link { item: place[&link.item], ..*link };
    let part = |point: &&Point| {
        let (mut links, mut gated, mut base) = (Vec::new(), Vec::new(), point.base.clone());
        let mut plain = |link: &Link| {
            if free.contains(&link.item) {
                links.push(here(link));
            } else {
                base.extend(problem.gives(link, values[link.item as usize]));
            }
        };
        point.links.iter().for_each(&mut plain);
        for each in &point.gated {
            if tied(&each) {
                gated.push(Gated { link: here(&each.link), key: place[&each.key], ..*each });
            } else if problem.group(each.open, values[each.key as usize]) != super::problem::NONE {
                plain(&each.link);
            }
        }
        Point { links, gated, base, ..(*point).clone() }
    };
    let mut local = problem.with(items.iter().map(item).collect(), points.iter().map(part).collect());
    narrow(&mut local);
    (items, local)
}

/// A largest share is measured over the groups that the free items touch: a worse one elsewhere would hide every gain.
fn narrow(local: &mut Problem) {
    let mut points = std::mem::take(&mut local.points);
    for point in points.iter_mut().filter(|point| matches!(point.gauge, Gauge::Peak { spread: false, .. })) {
        let groups = |link: &Link| -> Vec<u16> {
            let domain = &local.items[link.item as usize].domain;
            let values: Vec<i32> = if let Domain::Count { lo, .. } = domain { vec![*lo] } else { domain.values().collect() };
            values.into_iter().filter_map(|value| Some(local.gives(link, value)?.0)).collect()
        };
        let touched: BTreeSet<u16> = point.links.iter().flat_map(groups).collect();
        point.base.retain(|(group, _)| touched.contains(group));
    }
    local.points = points;
}
