//! Repair and polish. What a meeting would have to relax and what stays open, each decided anew with all that stands around it: a few
//! small models close what passes over a few people at a time do not.

use super::blocks::lists;
use super::placing::EACH;
use super::points::FIRST_RANK;
use super::staffing::Staffing;
use crate::engine::{Budget, ItemId, Point, Problem, improve, improve_beside};
use std::collections::{BTreeMap, BTreeSet};

/// Neighbourhood passes per round.
pub(super) const PASSES: u64 = 12;

/// Passes whose neighbourhoods are of one size.
const ALIKE: u32 = 4;

/// Makes what comes first (so many levels) better: policy by the schools concerned, then open courses. Returns the work.
pub(super) fn repair(staffing: &Staffing, problem: &Problem, values: &mut [i32], first: usize, budget: &Budget) -> u64 {
    let mut left = Budget { levels: first, ..*budget };
    left.spend(keep_policy(staffing, problem, values, &left.share(0.5)));
    left.spend(close_around(staffing, problem, values, &left));
    budget.work - left.work
}

/// The people of each school where a demand is not kept share their work out anew.
fn keep_policy(staffing: &Staffing, problem: &Problem, values: &mut [i32], budget: &Budget) -> u64 {
    let broken = |point: &&Point| point.level < FIRST_RANK && point.excess(point.gauge.raw(&problem.totals(point, values))) > 0;
    let items: BTreeSet<ItemId> = problem.points.iter().filter(broken).flat_map(|point| point.links.iter().map(|link| link.item)).collect();
    let schools = staffing.at_each_school().into_iter().filter(|school| !school.is_disjoint(&items));
    improve_beside(problem, values, &schools.map(|school| vec![school]).collect::<Vec<_>>(), EACH, budget)
}

/// Decides anew what stands around each open course, as long as that gains something.
fn close_around(staffing: &Staffing, problem: &Problem, values: &mut [i32], budget: &Budget) -> u64 {
    let mut left = *budget;
    while !left.is_over() {
        let before = problem.score(values);
        left.spend(improve_beside(problem, values, &lists(problem, &staffing.around_open(values)), EACH, &left));
        if problem.score(values) == before {
            break;
        }
    }
    budget.work - left.work
}

/// Neighbourhood passes over one part, until as many in a row as are of a size gain nothing or half of the budget is used. The first is for the first
/// rank alone (`first` levels), and may take longer: what comes later in the order can wait for the others.
pub(super) fn polish(
    part: &Problem,
    items: &[ItemId],
    values: &mut [i32],
    passes: &[Vec<BTreeSet<ItemId>>],
    first: usize,
    budget: &Budget,
) -> u64 {
    let half = budget.share(0.5).work;
    let place: BTreeMap<ItemId, ItemId> = items.iter().enumerate().map(|(k, item)| (*item, k as ItemId)).collect();
    let (mut work, mut idle) = (0, 0);
    for (pass, sets) in passes.iter().enumerate() {
        let here = |set: &BTreeSet<ItemId>| set.iter().filter_map(|item| place.get(item).copied()).collect::<BTreeSet<ItemId>>();
        let sets: Vec<BTreeSet<ItemId>> = sets.iter().map(here).filter(|set| set.len() > 1).collect();
        if sets.len() < 2 {
            break;
        }
        let before = part.score(values);
        let (most, levels) = if pass == 0 { (budget.share(0.7).work, first) } else { (half.saturating_sub(work), budget.levels) };
        work += improve(part, values, &sets, EACH, &Budget { work: most, levels, ..*budget });
        idle = if part.score(values) < before { 0 } else { idle + 1 };
        if idle >= ALIKE || work >= half {
            break;
        }
    }
    work
}
