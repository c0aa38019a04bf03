//! What no timetable can beat, level by level and clause by clause: each school a block of the relaxed problem.

use super::TermReport;
use super::slots::Slots;
use crate::engine::{Budget, Point, Problem, Reached, Relaxed};
use crate::file::Policy;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::collections::BTreeMap;

/// One part of the district: its lessons, its points, the plan found.
pub(super) type Part<'m, 'w> = (&'m Slots<'w>, &'m Problem, &'m [i32]);

/// Level, part, clause alone.
type Asked = (usize, usize, Option<u32>);

/// Bounds of the blocks of what was asked.
type Bounded = (Vec<(u32, i64)>, Asked);

/// The levels of a timetable with these `values` (levels of the whole) and, per level, the clauses that cost something. A level is
/// bounded over the timetables that keep every earlier level which this one keeps. What is not proved within the budget has bound 0.
pub(super) fn bounds(policy: &Policy, parts: &[Part], values: &[i64], budget: &Budget) -> (Vec<Reached>, Vec<Vec<TermReport>>, u64) {
    let mut terms: Vec<BTreeMap<u32, i64>> = vec![BTreeMap::new(); values.len()];
    for (_, problem, found) in parts {
        for point in &problem.points {
            let price = point.price(point.gauge.raw(&problem.totals(point, found)));
            if price > 0 {
                *terms[usize::from(point.level)].entry(point.owner).or_default() += price;
            }
        }
    }
    let (mut together, mut alone) = (Vec::new(), Vec::new());
    for level in (0..values.len()).filter(|level| values[*level] > 0) {
        together.extend((0..parts.len()).map(|part| (level, part, None)));
        alone.extend(terms[level].keys().flat_map(|owner| (0..parts.len()).map(move |part| (level, part, Some(*owner)))));
    }
    let relaxed = |level: usize, part: usize| {
        let (slots, problem, _) = &parts[part];
        let held = values.iter().enumerate().map(|(earlier, value)| earlier < level && *value == 0).collect();
        Relaxed::new(problem, blocks(slots, problem), held)
    };
    let mut left = *budget;
    let bound = |(level, part, owner): Asked, each: &Budget| {
        let (bounds, work) = if each.is_over() { Default::default() } else { relaxed(level, part).bound(&priced(level, owner), each) };
        ((bounds, (level, part, owner)), work)
    };
    // First all clauses of a level together, then each alone; what is left is for whole numbers.
    let (asked, singles) = (together.len(), alone.len());
    let each = left.part(1, asked);
    let (mut joint, work): (Vec<Bounded>, Vec<u64>) = together.into_par_iter().map(|asked| bound(asked, &each)).unzip();
    left.spend(work.into_iter().sum());
    let each = left.share(0.5).part(1, singles);
    let (single, work): (Vec<Bounded>, Vec<u64>) = alone.into_par_iter().map(|asked| bound(asked, &each)).unzip();
    left.spend(work.into_iter().sum());
    for (done, (bounds, (level, part, _))) in joint.iter_mut().enumerate() {
        if left.is_over() {
            break;
        }
        let mine = left.part(1, asked - done);
        left.spend(relaxed(*level, *part).raise(bounds, &priced(*level, None), parts[*part].2, &mine));
    }
    let mut proved: BTreeMap<(usize, Option<u32>), i64> = BTreeMap::new();
    for (bounds, (level, _, owner)) in joint.into_iter().chain(single) {
        *proved.entry((level, owner)).or_default() += bounds.iter().map(|(_, bound)| bound).sum::<i64>();
    }
    let bound_of = |level: usize, owner: Option<u32>| proved.get(&(level, owner)).copied().unwrap_or(0);
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
    (levels, tables, budget.work - left.work)
}

/// The levels of one part as they are, with nothing proved of them.
pub(super) fn unproved(policy: &Policy, slots: &Slots, problem: &Problem, values: &[i32]) -> (Vec<Reached>, Vec<Vec<TermReport>>) {
    let never = || true;
    let (levels, terms, _) = bounds(policy, &[(slots, problem, values)], &problem.score(values), &Budget::new(0, &never));
    (levels, terms)
}

/// The points of a level, or of one clause of it.
fn priced(level: usize, owner: Option<u32>) -> impl Fn(&Point) -> bool + Sync {
    move |point| usize::from(point.level) == level && owner.is_none_or(|owner| point.owner == owner)
}

/// The school of each lesson.
fn blocks(slots: &Slots, problem: &Problem) -> Vec<u32> {
    let mut blocks = vec![0; problem.items.len()];
    for (l, lesson) in slots.lessons.iter().enumerate() {
        blocks[lesson.item as usize] = slots.school_of(l) as u32;
    }
    blocks
}
