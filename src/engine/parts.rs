//! Parts: items that no point ties together are solved apart, side by side, and their levels add up.
//!
//! A `Peak` without spread ties nothing: the least largest share of the whole is the largest of the parts' least. For the levels
//! after it every part may go as far as the worst.

use super::gauge::Gauge;
use super::levels::{Budget, Reached, Solved, solve_after, solve_levels};
use super::model::Binding;
use super::problem::{ItemId, Point, Problem};
use petgraph::unionfind::UnionFind;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::collections::BTreeMap;

/// Makes a part's start better before the part is solved: the part, its items in the whole, its values. Returns its work.
pub type Warm<'w> = dyn Fn(&Problem, &[ItemId], &mut Vec<i32>, &Budget) -> u64 + Sync + 'w;

/// As [`solve_levels`], part by part, the smallest first. `start` holds one value per item or is empty. A part may spend as much of
/// the work as its share of the items says.
pub fn solve_parts(problem: &Problem, binding: Binding, start: &[i32], warm: &Warm, budget: &Budget) -> Solved {
    let mut parts = split(problem);
    parts.sort_by_key(|(items, _)| items.len());
    let all: usize = parts.iter().map(|(items, _)| items.len()).sum();
    let peaked: Vec<bool> =
        (0..problem.levels.len()).map(|level| problem.points.iter().any(|p| usize::from(p.level) == level && is_peak(p))).collect();
    // A level whose largest share stands in one part only leaves the others room: it is decided everywhere before those after it.
    let ends: Vec<usize> = (1..problem.levels.len()).filter(|level| peaked[level - 1]).chain([problem.levels.len()]).collect();
    let mut found: Vec<Option<Solved>> = parts.iter().map(|_| None).collect();
    for (s, end) in ends.iter().enumerate() {
        let last = s + 1 == ends.len() || *end >= budget.levels;
        let whole = peaks(&found, &peaked);
        let spent: u64 = found.iter().flatten().map(|solved| solved.work).sum();
        let mut stretch = *budget;
        stretch.spend(spent);
        let stretch = stretch.share(if last { 1.0 } else { 0.5 });
        let solve_part = |items: &Vec<ItemId>, part: &Problem, before: Option<&Solved>, budget: &Budget| {
            let Some(before) = before else {
                let mut mine: Option<Vec<i32>> = (!start.is_empty()).then(|| items.iter().map(|item| start[*item as usize]).collect());
                let work = mine.as_mut().map_or(0, |values| warm(part, items, values, budget));
                let mut rest = *budget;
                rest.spend(work);
                let mut solved = solve_levels(part, binding, mine, &rest);
                solved.work += work;
                return solved;
            };
            // Nothing is asked for after what is decided.
            if !before.found || ends[s - 1] >= budget.levels {
                return before.clone();
            }
            let held = before.levels.iter().zip(&whole).take(ends[s - 1]);
            let decided: Vec<i64> = held.map(|(reached, peak)| peak.unwrap_or(reached.value)).collect();
            let (mut values, mut rest) = (before.values.clone(), *budget);
            let work = warm(part, items, &mut values, budget);
            rest.spend(work);
            let mut solved = solve_after(part, binding, Some(values), &decided, &rest);
            let reached: Vec<Reached> = before.levels[..decided.len()].iter().chain(&solved.levels[decided.len()..]).copied().collect();
            solved.levels = reached;
            solved.work += before.work + work;
            solved
        };
        let solve = |((items, part), before): (&(Vec<ItemId>, Problem), &Option<Solved>)| {
            let budget = Budget { levels: budget.levels.min(*end), ..stretch.part(items.len(), all) };
            solve_part(items, part, before.as_ref(), &budget)
        };
        found = parts.par_iter().zip(found.par_iter()).map(solve).map(Some).collect();
    }
    let solved: Vec<Solved> = found.into_iter().flatten().collect();
    let mut values: Vec<i32> = problem.items.iter().map(|item| item.domain.first()).collect();
    let mut work = 0;
    for ((items, _), part) in parts.iter().zip(&solved) {
        work += part.work;
        if !part.found {
            let infeasible = solved.iter().any(|part| part.infeasible);
            return Solved { values: Vec::new(), found: false, levels: Vec::new(), infeasible, work };
        }
        for (item, value) in items.iter().zip(&part.values) {
            values[*item as usize] = *value;
        }
    }
    let constant = constants(problem);
    let mut proved = true;
    let mut levels = Vec::new();
    for (level, value) in problem.score(&values).into_iter().enumerate() {
        let bounds = solved.iter().map(|part| part.levels.get(level).map_or(0, |reached| reached.bound));
        let bound = if peaked[level] { bounds.max().unwrap_or(0) } else { bounds.sum::<i64>() + constant[level] }.min(value);
        proved &= bound >= value;
        levels.push(Reached { value, bound, proved });
    }
    Solved { values, found: true, levels, infeasible: false, work }
}

/// Per level that has a largest share: that of all parts.
fn peaks(found: &[Option<Solved>], peaked: &[bool]) -> Vec<Option<i64>> {
    let of = |level: usize| found.iter().flatten().filter_map(|part| part.levels.get(level)).map(|reached| reached.value).max();
    peaked.iter().enumerate().map(|(level, peak)| of(level).filter(|_| *peak)).collect()
}

pub(super) fn is_peak(point: &Point) -> bool {
    matches!(point.gauge, Gauge::Peak { spread: false, .. }) && point.lo <= 0
}

/// What points without items already cost.
pub(super) fn constants(problem: &Problem) -> Vec<i64> {
    let mut constant = vec![0; problem.levels.len()];
    for point in problem.points.iter().filter(|point| point.links.is_empty()) {
        constant[usize::from(point.level)] += point.price(point.gauge.raw(&problem.totals(point, &[])));
    }
    constant
}

/// The parts with more than nothing to decide, each with the items it holds, in order.
pub(super) fn split(problem: &Problem) -> Vec<(Vec<ItemId>, Problem)> {
    let mut ties = UnionFind::<usize>::new(problem.items.len());
    for point in problem.points.iter().filter(|point| !is_peak(point)) {
        for pair in point.links.windows(2) {
            ties.union(pair[0].item as usize, pair[1].item as usize);
        }
    }
    let mut parts: BTreeMap<usize, Vec<ItemId>> = BTreeMap::new();
    for item in 0..problem.items.len() {
        parts.entry(ties.find(item)).or_default().push(item as ItemId);
    }
    let roots: Vec<usize> = parts.keys().copied().collect();
    let mut place = vec![0; problem.items.len()];
    for items in parts.values() {
        for (k, item) in items.iter().enumerate() {
            place[*item as usize] = k as ItemId;
        }
    }
    let mut points: Vec<Vec<Point>> = vec![Vec::new(); roots.len()];
    for point in &problem.points {
        let mut split: BTreeMap<usize, Point> = BTreeMap::new();
        for link in &point.links {
            let root = ties.find(link.item as usize);
            let part = split.entry(root).or_insert_with(|| Point { links: Vec::new(), ..point.clone() });
            part.links.push(super::problem::Link { item: place[link.item as usize], ..*link });
        }
        for (root, point) in split {
            if let Ok(part) = roots.binary_search(&root) {
                points[part].push(point);
            }
        }
    }
    let build = |(items, points): (Vec<ItemId>, Vec<Point>)| {
        let held = items.iter().map(|item| problem.items[*item as usize].clone()).collect();
        (items, problem.with(held, points))
    };
    parts.into_values().zip(points).map(build).collect()
}

#[cfg(test)]
mod tests {
    use super::{Budget, solve_parts};
    use crate::{Binding, Gauge, Level, Link, Point, Problem, solve_levels};

    fn budget(stop: &(dyn Fn() -> bool + Sync)) -> Budget<'_> {
        Budget::new(u64::MAX, stop)
    }
    fn problem() -> Problem {
        let level = |name: &str, firm| Level { name: name.to_owned(), firm, hard: firm };
        Problem::new(vec![level("law", true), level("wish", false)])
    }
    /// Exactly `value` where `base` stands already.
    fn exactly(level: u8, base: i32, value: i64, links: Vec<Link>) -> Point {
        Point { base: vec![(0, base)], ..Point::plain("exactly", level, Gauge::Sum, 1, (value, value), links) }
    }

    #[test]
    fn a_problem_without_items_has_the_empty_plan_and_it_is_the_best() {
        let mut problem = problem();
        problem.post(exactly(1, 3, 5, Vec::new()));
        for binding in [Binding::Firm, Binding::Elastic] {
            let parts = solve_parts(&problem, binding, &[], &|_, _, _, _| 0, &budget(&|| false));
            for solved in [parts, solve_levels(&problem, binding, None, &budget(&|| false))] {
                let levels: Vec<(i64, i64, bool)> = solved.levels.iter().map(|level| (level.value, level.bound, level.proved)).collect();
                assert!(solved.found && !solved.infeasible && solved.values.is_empty(), "{solved:?}");
                assert_eq!(levels, [(0, 0, true), (2, 2, true)]);
            }
        }
    }

    #[test]
    fn a_part_is_warmed_again_for_what_follows_a_largest_share_and_is_asked_for() {
        let level = |name: &str, firm| Level { name: name.to_owned(), firm, hard: firm };
        let mut problem = Problem::new(vec![level("law", true), level("share", false), level("wish", false)]);
        let (one, other) = (problem.count("one", 0, 4), problem.count("other", 0, 4));
        let map = problem.map(vec![0]);
        let links: Vec<Link> = [one, other].into_iter().map(|item| Link { item, map, coef: 1 }).collect();
        problem.post(Point::plain("share", 1, Gauge::Peak { size: vec![4], spread: false }, 1, (0, 0), links.clone()));
        problem.post(exactly(2, 0, 3, links));
        for (levels, wanted) in [(3, vec![2, 3]), (2, vec![2])] {
            let asked = std::sync::Mutex::new(Vec::new());
            let warm = |_: &Problem, _: &[u32], _: &mut Vec<i32>, budget: &Budget| {
                asked.lock().expect("nobody panicked").push(budget.levels);
                0
            };
            let stop = || false;
            let solved = solve_parts(&problem, Binding::Firm, &[1, 1], &warm, &Budget { levels, ..budget(&stop) });
            assert!(solved.found);
            assert_eq!(asked.into_inner().expect("nobody panicked"), wanted);
        }
    }

    #[test]
    fn items_with_one_value_are_the_plan_unless_a_firm_row_says_no() {
        let mut problem = problem();
        let item = problem.count("two", 2, 2);
        let map = problem.map(vec![0]);
        problem.post(exactly(1, 0, 5, vec![Link { item, map, coef: 1 }]));
        let solved = solve_levels(&problem, Binding::Firm, None, &budget(&|| false));
        assert!(solved.found && solved.levels.iter().all(|level| level.proved), "{solved:?}");
        assert_eq!((solved.values, solved.levels[1].value), (vec![2], 3));
        problem.post(exactly(0, 0, 1, vec![Link { item, map, coef: 1 }]));
        let solved = solve_levels(&problem, Binding::Firm, None, &budget(&|| false));
        assert!(!solved.found && solved.infeasible && solved.values.is_empty(), "{solved:?}");
        let solved = solve_levels(&problem, Binding::Elastic, None, &budget(&|| false));
        assert!(solved.found && !solved.infeasible, "{solved:?}");
        assert_eq!(solved.levels[0].bound, 1);
    }
}
