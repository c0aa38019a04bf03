//! What no timetable can beat, level by level and clause by clause: each school a block of the relaxed problem.

use super::TermReport;
use super::slots::Slots;
use crate::engine::{Budget, Point, Problem, Reached, Relaxed};
use crate::file::Policy;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::collections::BTreeMap;

/// One part of the district: its lessons, its points, the plan found.
pub(super) type Part<'m, 'w> = (&'m Slots<'w>, &'m Problem, &'m [i32]);

/// The levels of a timetable with these `values` (levels of the whole) and, per level, the clauses that cost something. A level is
/// bounded over the timetables that keep every earlier level which this one keeps. What is not proved within the budget has bound 0.
pub(super) fn bounds(policy: &Policy, parts: &[Part], values: &[i64], budget: &Budget) -> (Vec<Reached>, Vec<Vec<TermReport>>) {
    let mut terms: Vec<BTreeMap<u32, i64>> = vec![BTreeMap::new(); values.len()];
    for (_, problem, found) in parts {
        for point in &problem.points {
            let price = point.price(point.gauge.raw(&problem.totals(point, found)));
            if price > 0 {
                *terms[usize::from(point.level)].entry(point.owner).or_default() += price;
            }
        }
    }
    // First all clauses of a level together, then each alone.
    let mut asked: Vec<(usize, Option<u32>)> = Vec::new();
    for (level, _) in values.iter().enumerate().filter(|(_, value)| **value > 0) {
        asked.push((level, None));
        asked.extend(terms[level].keys().map(|owner| (level, Some(*owner))));
    }
    asked.sort_by_key(|(level, owner)| (owner.is_some(), *level));
    let tasks: Vec<(usize, usize)> = (0..asked.len()).flat_map(|ask| (0..parts.len()).map(move |part| (ask, part))).collect();
    let bound = |(ask, part): (usize, usize)| {
        let ((level, owner), (slots, problem, _)) = (asked[ask], &parts[part]);
        let held = values.iter().enumerate().map(|(earlier, value)| earlier < level && *value == 0).collect();
        let relaxed = Relaxed::new(problem, blocks(slots, problem), held);
        let priced = |point: &Point| usize::from(point.level) == level && owner.is_none_or(|owner| point.owner == owner);
        (ask, relaxed.bound(&priced, budget))
    };
    let mut proved = vec![0; asked.len()];
    for (ask, bound) in tasks.into_par_iter().map(bound).collect::<Vec<_>>() {
        proved[ask] += bound;
    }
    let bound_of = |level: usize, owner: Option<u32>| asked.iter().position(|ask| *ask == (level, owner)).map_or(0, |ask| proved[ask]);
    let mut before = true;
    let (mut levels, mut tables) = (Vec::new(), Vec::new());
    for (level, value) in values.iter().enumerate() {
        let term = |(owner, value): (&u32, &i64)| TermReport {
            clause: policy.clauses.get(*owner as usize).map_or_else(String::new, |clause| clause.id.clone()),
            value: *value,
            bound: bound_of(level, Some(*owner)),
        };
        let table: Vec<TermReport> = terms[level].iter().map(term).collect();
        // Together they cost at least what each costs alone.
        let bound = bound_of(level, None).max(table.iter().map(|term| term.bound).sum());
        // A bound above a plan that was found would be a defect: then nothing is proved.
        let bound = if bound > *value { 0 } else { bound };
        before &= *value == bound;
        levels.push(Reached { value: *value, bound, proved: before });
        tables.push(table);
    }
    (levels, tables)
}

/// The school of each lesson.
fn blocks(slots: &Slots, problem: &Problem) -> Vec<u32> {
    let mut blocks = vec![0; problem.items.len()];
    for (l, lesson) in slots.lessons.iter().enumerate() {
        blocks[lesson.item as usize] = slots.school_of(l) as u32;
    }
    blocks
}
