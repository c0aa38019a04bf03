//! Courses that differ by class and grade only, counted together: how much of which subject everybody teaches where, and whom
//! that sends across schools. The model is a fraction of the one with grades and nothing costs more in it, so that its bounds hold
//! for that one. What it decides is dealt over the grades, and where that costs something every school is decided anew.

use super::blocks::{fill, solve_apart};
use super::closing::close_gaps;
use super::foresight::foresee;
use super::points::Levels;
use super::repair::{PASSES, polish};
use super::staffing::{Grain, Kind, Staffing, Take};
use super::visiting::cover;
use crate::engine::{Binding, Budget, ItemId, Problem, Reached, Solved, linear_bound, solve_parts};
use crate::file::Policy;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::collections::{BTreeMap, BTreeSet};

/// Items up to which the whole is tried after its blocks.
const WHOLE: usize = 5_000;

/// Solves the model without grades and deals what it found over those of `fine`, whose model is `problem`. Its levels say what was
/// reached without grades. `None` when nothing was found that keeps every limit.
pub(super) fn solve_coarse(
    policy: &Policy,
    fine: &Staffing,
    problem: &Problem,
    may_visit: &dyn Fn(usize, &Kind) -> bool,
    budget: &Budget,
) -> Option<Solved> {
    let levels = Levels::of(policy);
    let mut merged = Problem::new(levels.engine());
    let coarse = Staffing::new(fine.world, policy, Grain::Subjects, fine.school.clone(), BTreeMap::new(), may_visit, &mut merged);
    super::bind(policy, &levels, &mut merged, &mut |rule, points| rule.staffing(&coarse, points));
    foresee(&coarse, policy, &mut merged);
    let found = solve_by_subject(policy, &coarse, &merged, budget)?;
    let mut work = found.work;
    let mut values = over_grades(&coarse, &found.values, fine, problem);
    if problem.score(&values)[..2] == [0, 0] {
        cover(fine, problem, &mut values);
        close_gaps(fine, problem, &mut values);
    }
    let score = problem.score(&values);
    if score.iter().zip(&problem.levels).any(|(price, level)| level.firm && *price > 0) {
        return None;
    }
    if score.iter().zip(&found.levels).any(|(price, level)| *price > level.value) {
        let mut rest = *budget;
        rest.spend(work);
        work += fill(fine, problem, &mut values, &rest.share(0.5));
    }
    Some(Solved { values, work, ..found })
}

/// Solves a model in which everybody's school is decided, from everybody teaching where they
/// work; `None` when nothing was found that keeps every limit.
pub(super) fn solve_by_subject(policy: &Policy, staffing: &Staffing, problem: &Problem, budget: &Budget) -> Option<Solved> {
    let passes: Vec<Vec<BTreeSet<ItemId>>> = (0..PASSES).map(|pass| staffing.neighbourhoods(pass)).collect();
    let first = Levels::of(policy).through_first_rank();
    let whole = problem.items.len() <= WHOLE;
    let rough = Budget { levels: 0, ..budget.share(0.1) };
    let rank =
        |part: &Problem, items: &[ItemId], values: &mut Vec<i32>, budget: &Budget| polish(part, items, values, &passes, first, budget);
    let found = solve_parts(problem, Binding::Firm, &staffing.at_home(problem), &rank, &rough);
    if !found.found {
        return None;
    }
    let mut left = *budget;
    left.spend(found.work);
    let mut solved = solve_apart(staffing, problem, found.values, &passes[1..], &left.share(if whole { 0.5 } else { 0.97 }));
    left.spend(solved.work);
    let score = problem.score(&solved.values);
    let open: Vec<usize> = (0..score.len().min(budget.levels)).filter(|level| solved.levels[*level].bound < score[*level]).collect();
    if whole && !open.is_empty() {
        let apart = solved;
        solved = solve_parts(problem, Binding::Firm, &apart.values, &|_, _, _, _| 0, &left);
        raise(&mut solved.levels, &apart.levels);
        left.spend(solved.work);
    } else {
        // What ties the blocks may say more than they do.
        let each = left.part(1, open.len());
        let linear: Vec<(i64, u64)> = open.par_iter().map(|level| linear_bound(problem, &score[..*level], &each)).collect();
        for (level, (bound, work)) in open.iter().zip(linear) {
            solved.levels[*level].bound = solved.levels[*level].bound.max(bound);
            left.spend(work);
        }
    }
    solved.work = budget.work.saturating_sub(left.work);
    let mut proved = true;
    for (level, value) in solved.levels.iter_mut().zip(problem.score(&solved.values)) {
        level.value = value;
        level.bound = level.bound.min(value);
        proved &= level.bound == value;
        level.proved = proved;
    }
    Some(solved)
}

/// Takes over the bounds of the model without grades, as far as the levels before cost the same in both.
pub(super) fn raise(levels: &mut [Reached], coarse: &[Reached]) {
    let mut proved = true;
    for (level, coarse) in levels.iter_mut().zip(coarse) {
        level.bound = level.bound.max(coarse.bound.min(level.value));
        proved &= level.bound >= level.value;
        level.proved = proved;
        if coarse.value != level.value {
            break;
        }
    }
}

/// The numbers of `coarse` dealt over the kinds of `fine`: first every class teacher gets a course of the own class, then each
/// person whole grades, as far as they go.
fn over_grades(coarse: &Staffing, numbers: &[i32], fine: &Staffing, problem: &Problem) -> Vec<i32> {
    let world = coarse.world;
    let mut values: Vec<i32> = problem.items.iter().map(|item| item.domain.first()).collect();
    for (at, visit) in &fine.visits {
        values[*visit as usize] = coarse.visits.get(at).map_or(0, |visit| numbers[*visit as usize]);
    }
    let items: BTreeMap<(usize, usize), ItemId> = fine.takes.iter().map(|take| ((take.person, take.kind), take.item)).collect();
    let of_kind = |(k, kind): (usize, &Kind)| kind.parts().map(|part| (part, k)).collect::<Vec<_>>();
    let kind_of: BTreeMap<(usize, usize, usize), usize> = fine.kinds.iter().enumerate().flat_map(of_kind).collect();
    let mut open: Vec<u32> = fine.kinds.iter().map(|kind| kind.units).collect();
    let mut left: Vec<u32> = coarse.takes.iter().map(|take| numbers[take.item as usize] as u32).collect();
    let mut give = |take: &Take, left: &mut u32, kind: usize, most: u32| {
        let Some(item) = items.get(&(take.person, kind)) else { return };
        let units = most.min(*left).min(open[kind]);
        values[*item as usize] += units as i32;
        *left -= units;
        open[kind] -= units;
    };
    for (class, of) in world.classes.iter().enumerate() {
        let own = |(course, ..): &(usize, usize, usize)| world.courses[*course].classes.contains(&class);
        let course = |(t, take): (usize, &Take)| {
            let kind = &coarse.kinds[take.kind];
            let mine = Some(take.person) == of.led_by && left[t] > 0 && !kind.subject.class_meeting;
            kind.parts().filter(|_| mine).find(own).map(|part| (kind.load, t, part))
        };
        if let Some((_, t, course)) = coarse.takes.iter().enumerate().filter_map(course).max() {
            give(&coarse.takes[t], &mut left[t], kind_of[&course], 1);
        }
    }
    // Who leads a class hangs on what they teach it: that is decided when all else is.
    let others = coarse.takes.iter().zip(&mut left).filter(|(take, _)| !coarse.kinds[take.kind].subject.class_meeting);
    for (take, left) in others {
        let kinds: BTreeSet<usize> = coarse.kinds[take.kind].parts().map(|part| kind_of[&part]).collect();
        for kind in kinds {
            give(take, left, kind, u32::MAX);
        }
    }
    for (open, item) in open.iter().zip(&fine.uncovered) {
        values[*item as usize] = *open as i32;
    }
    values
}
