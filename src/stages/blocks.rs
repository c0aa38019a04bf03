//! Subject by subject: what is taught across schools hangs together by its teachers' visits; everything else of a school can
//! be dealt once these are known.
//!
//! A block is what the holders of a subject may take of it and where they may visit for it. Blocks are solved as if nothing else
//! were to be taught; their visits are a start for the whole.

use super::points::FREE;
use super::staffing::{Kind, Staffing, Take};
use crate::engine::{Binding, Budget, ItemId, Link, Problem, improve_apart, loosen, solve_parts};
use petgraph::unionfind::UnionFind;
use std::collections::BTreeSet;

/// Solves the blocks from `values`, a plan that keeps every limit, until `budgets.0` ends, and makes that plan better by what they
/// found, until `budgets.1` does: their visits first, then the rest of every school. Returns the work.
pub(super) fn solve_blocks(staffing: &Staffing, problem: &Problem, values: &mut Vec<i32>, budgets: (&Budget, &Budget)) -> u64 {
    let block = labels(staffing, problem);
    let (items, loose) = loosen(problem, &block);
    let start: Vec<i32> = items.iter().map(|item| values[*item as usize]).collect();
    let solved = solve_parts(&loose, Binding::Firm, &start, &|_, _, _, _| 0, budgets.0);
    let mut work = solved.work;
    let mut found = values.clone();
    items.iter().zip(&solved.values).for_each(|(item, value)| found[*item as usize] = *value);
    if make_room(staffing, problem, &block, &mut found) {
        work += fill(staffing, problem, &mut found, budgets.1);
        if problem.score(&found) < problem.score(values) {
            *values = found;
        }
    }
    work
}

/// Decides every school anew, side by side, with what is taught across schools as it is.
pub(super) fn fill(staffing: &Staffing, problem: &Problem, values: &mut [i32], budget: &Budget) -> u64 {
    let held: BTreeSet<ItemId> = away(staffing).map(|take| take.item).chain(staffing.visits.values().copied()).collect();
    let free = (0..problem.items.len() as ItemId).filter(|item| !held.contains(item)).collect();
    improve_apart(problem, values, &free, budget)
}

/// What people take at schools where they do not work.
fn away<'s>(staffing: &'s Staffing) -> impl Iterator<Item = &'s Take> + 's {
    staffing.takes.iter().filter(|take| staffing.school[take.person] != staffing.kinds[take.kind].school)
}

/// Per item: its block, if it stands in one. A subject stands in blocks if somebody may teach it across schools; those that one
/// person may take stand together.
fn labels(staffing: &Staffing, problem: &Problem) -> Vec<Option<usize>> {
    let special = |kind: &Kind| !kind.subject.any_teacher;
    let kinds = away(staffing).map(|take| &staffing.kinds[take.kind]);
    let crossing: BTreeSet<&str> = kinds.filter(|kind| special(kind)).map(|kind| kind.subject.id.as_str()).collect();
    let mut ties = UnionFind::<usize>::new(problem.items.len());
    let mut stands = vec![false; problem.items.len()];
    let mut first: Vec<Option<ItemId>> = vec![None; staffing.world.people.len()];
    for take in &staffing.takes {
        let kind = &staffing.kinds[take.kind];
        if !special(kind) || !crossing.contains(kind.subject.id.as_str()) {
            continue;
        }
        let visit = staffing.visits.get(&(take.person, kind.school)).copied();
        let mine = *first[take.person].get_or_insert(take.item);
        for item in [Some(take.item), Some(staffing.uncovered[take.kind]), visit].into_iter().flatten() {
            stands[item as usize] = true;
            ties.union(mine as usize, item as usize);
        }
    }
    (0..problem.items.len()).map(|item| stands[item].then(|| ties.find(item))).collect()
}

/// Whoever takes more than a limit allows gives back what stands in no block. False if that is not enough.
pub(super) fn make_room(staffing: &Staffing, problem: &Problem, block: &[Option<usize>], values: &mut [i32]) -> bool {
    let mut takes: Vec<Option<&Take>> = vec![None; problem.items.len()];
    for take in staffing.takes.iter().filter(|take| block[take.item as usize].is_none()) {
        takes[take.item as usize] = Some(take);
    }
    let firm = |level: u8| problem.levels[usize::from(level)].firm;
    for point in problem.points.iter().filter(|point| firm(point.level) && point.lo <= -FREE) {
        while point.excess(point.gauge.raw(&problem.totals(point, values))) > 0 {
            let held = |link: &&Link| link.coef > 0 && values[link.item as usize] > 0;
            let Some(take) = point.links.iter().filter(held).find_map(|link| takes[link.item as usize]) else { return false };
            values[take.item as usize] -= 1;
            values[staffing.uncovered[take.kind] as usize] += 1;
        }
    }
    problem.score(values).iter().zip(&problem.levels).all(|(price, level)| !level.firm || *price == 0)
}
