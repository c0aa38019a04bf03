//! Blocks of a problem: what ties them is loosened, so that each can be decided on its own.
//!
//! A point over several blocks, or over items of none, is held in each of them for its own items, with what the others
//! contribute at its most favourable; its price counts in one block only. What cannot be said like that is left out. So no plan
//! of the whole costs less than the cheapest plans of the blocks together.

use super::bound::grows;
use super::gauge::Gauge;
use super::parts::is_peak;
use super::problem::{Domain, ItemId, Link, Point, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// The problem of the items that stand in a block, with their ids in the whole. `block`: per item, the block it stands in.
pub fn loosen(problem: &Problem, block: &[Option<usize>]) -> (Vec<ItemId>, Problem) {
    let items: Vec<ItemId> = (0..problem.items.len() as ItemId).filter(|item| block[*item as usize].is_some()).collect();
    let place: BTreeMap<ItemId, ItemId> = (0..).zip(&items).map(|(k, item)| (*item, k)).collect();
    let mut points = Vec::new();
    for point in problem.points.iter().filter(|point| point.gated.is_empty()) {
        let mut pieces: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
        for link in &point.links {
            if let Some(block) = block[link.item as usize] {
                // A largest share ties nothing.
                pieces.entry(if is_peak(point) { 0 } else { block }).or_default().push(*link);
            }
        }
        let firm = problem.levels[usize::from(point.level)].firm;
        let mut pieces: Vec<Vec<Link>> = pieces.into_values().collect();
        if !firm {
            // What is priced counts once.
            pieces = pieces.into_iter().max_by_key(Vec::len).into_iter().collect();
        }
        for links in pieces {
            if let Some(piece) = piece(problem, point, &links) {
                let here = |link: &Link| Link { item: place[&link.item], ..*link };
                points.push(Point { links: links.iter().map(here).collect(), ..piece });
            }
        }
    }
    let held = items.iter().map(|item| problem.items[*item as usize].clone()).collect();
    (items, problem.with(held, points))
}

/// The point over these links alone; `None` when it cannot be said without the others.
fn piece(problem: &Problem, point: &Point, links: &[Link]) -> Option<Point> {
    if links.len() == point.links.len() || grows(point) {
        return Some(point.clone());
    }
    if !matches!(point.gauge, Gauge::Sum) {
        return None;
    }
    let kept: BTreeSet<&Link> = links.iter().collect();
    let others: Vec<(i64, i64)> = point.links.iter().filter(|link| !kept.contains(link)).map(|link| reach(problem, link)).collect();
    let (least, most) = (others.iter().map(|(least, _)| least).sum::<i64>(), others.iter().map(|(_, most)| most).sum::<i64>());
    Some(Point { lo: point.lo - most, hi: point.hi - least, ..point.clone() })
}

/// The least and the most that a link adds.
fn reach(problem: &Problem, link: &Link) -> (i64, i64) {
    let given = |value: i32| problem.gives(link, value).map_or(0, |(_, amount)| i64::from(amount));
    let values: Vec<i64> = match &problem.items[link.item as usize].domain {
        Domain::Count { lo, hi } => vec![given(*lo), given(*hi)],
        domain @ Domain::Choice(_) => domain.values().map(given).collect(),
    };
    (values.iter().copied().min().unwrap_or(0), values.iter().copied().max().unwrap_or(0))
}
