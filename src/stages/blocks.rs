//! Subject by subject: what is taught across schools hangs together by its teachers' visits; everything else of a school can
//! be dealt once these are known.
//!
//! A block is a group of people with all that they may take and where they may visit: those who hold a subject that is taught across
//! schools, or the others of a school. What two of them could take is loosened, which costs little: any teacher may give it. So the
//! blocks bound the whole closely, and their visits are a start for it.

use super::placing::EACH;
use super::points::FREE;
use super::staffing::{Kind, Staffing, Take};
use crate::engine::{Apart, Budget, ItemId, Link, Problem, Reached, Solved, improve_apart, improve_beside};
use petgraph::unionfind::UnionFind;
use std::collections::{BTreeMap, BTreeSet};

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

/// Per item of a subject that somebody may teach across schools: who stands with it; those that one person may take stand together.
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

/// Per item: the block of the person whose it is: of those who hold a subject that is taught across schools, else of the school.
fn by_person(staffing: &Staffing, problem: &Problem, subjects: &[Option<usize>]) -> Vec<Option<usize>> {
    let school = |school: usize| problem.items.len() + school;
    let mut of: Vec<usize> = staffing.school.iter().map(|at| school(*at)).collect();
    for take in &staffing.takes {
        of[take.person] = subjects[take.item as usize].unwrap_or(of[take.person]);
    }
    let mut block: Vec<Option<usize>> = vec![None; problem.items.len()];
    let mut takers: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); staffing.kinds.len()];
    for take in &staffing.takes {
        block[take.item as usize] = Some(of[take.person]);
        takers[take.kind].insert(of[take.person]);
    }
    for ((person, _), visit) in &staffing.visits {
        block[*visit as usize] = Some(of[*person]);
    }
    for (kind, takers) in takers.iter().enumerate() {
        let item = staffing.uncovered[kind] as usize;
        let alone = takers.first().filter(|_| takers.len() == 1);
        block[item] = alone.copied().or(subjects[item]).or(Some(school(staffing.kinds[kind].school)));
    }
    block
}

/// Minimises level by level in blocks of people, which bounds the levels, and takes what they found into `values`, a plan that keeps
/// every limit; then `passes` of a few people at a time.
pub(super) fn solve_apart(
    staffing: &Staffing,
    problem: &Problem,
    mut values: Vec<i32>,
    passes: &[Vec<BTreeSet<ItemId>>],
    budget: &Budget,
) -> Solved {
    let subjects = labels(staffing, problem);
    let mut apart = Apart::new(problem, &by_person(staffing, problem, &subjects), &values);
    let (mut levels, mut left) = (Vec::new(), *budget);
    for level in 0..problem.levels.len() {
        let score = problem.score(&values);
        if level >= budget.levels {
            levels.push(Reached { value: score[level], bound: 0, proved: false });
            continue;
        }
        let last = score[level + 1..].iter().all(|later| *later == 0);
        let (bound, spent) = apart.minimise(&left.share(if last { 0.85 } else { 0.5 }));
        left.spend(spent);
        if bound < score[level] {
            let mut found = values.clone();
            apart.write(&mut found);
            if settle(staffing, problem, &subjects, &mut found) {
                left.spend(fill(staffing, problem, &mut found, &left.share(if last { 0.5 } else { 0.2 })));
                if problem.score(&found) < score {
                    values = found;
                }
            }
        }
        let value = problem.score(&values)[level];
        levels.push(Reached { value, bound: bound.min(value), proved: false });
        apart.hold(value, &values);
    }
    if problem.score(&values).iter().zip(&levels).take(budget.levels).any(|(value, level)| *value > level.bound) {
        left.spend(improve_few(problem, &mut values, passes, &left));
    }
    let work = budget.work - left.work;
    Solved { values, found: true, levels, infeasible: false, work }
}

/// Decides a few people at a time anew, pass by pass, until two in a row gain nothing. Returns the work.
fn improve_few(problem: &Problem, values: &mut [i32], passes: &[Vec<BTreeSet<ItemId>>], budget: &Budget) -> u64 {
    let (mut left, mut idle) = (*budget, 0);
    for sets in passes {
        let before = problem.score(values);
        left.spend(improve_beside(problem, values, &lists(problem, sets), EACH, &left));
        idle = if problem.score(values) < before { 0 } else { idle + 1 };
        if idle > 1 || left.is_over() {
            break;
        }
    }
    budget.work - left.work
}

/// Sets that have an item in common, in one list.
pub(super) fn lists(problem: &Problem, sets: &[BTreeSet<ItemId>]) -> Vec<Vec<BTreeSet<ItemId>>> {
    let mut ties = UnionFind::<usize>::new(problem.items.len());
    let first = |set: &BTreeSet<ItemId>| set.first().map(|item| *item as usize);
    for (set, first) in sets.iter().filter_map(|set| Some((set, first(set)?))) {
        for item in set {
            ties.union(first, *item as usize);
        }
    }
    let mut lists: BTreeMap<usize, Vec<BTreeSet<ItemId>>> = BTreeMap::new();
    for (set, first) in sets.iter().filter_map(|set| Some((set, first(set)?))) {
        lists.entry(ties.find(first)).or_default().push(set.clone());
    }
    lists.into_values().collect()
}

/// Makes a plan of what blocks found one by one. False if that cannot be done.
fn settle(staffing: &Staffing, problem: &Problem, subjects: &[Option<usize>], values: &mut [i32]) -> bool {
    let mut open: Vec<i32> = staffing.kinds.iter().map(|kind| kind.units as i32).collect();
    for take in &staffing.takes {
        let units = values[take.item as usize].min(open[take.kind]);
        values[take.item as usize] = units;
        open[take.kind] -= units;
    }
    for (item, open) in staffing.uncovered.iter().zip(open) {
        values[*item as usize] = open;
    }
    make_room(staffing, problem, subjects, values)
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
