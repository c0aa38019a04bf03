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
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Makes a part's start better before the part is solved: the part, its items in the whole, its values. Returns its work.
pub type Warm<'w> = dyn Fn(&Problem, &[ItemId], &mut Vec<i32>, &Budget) -> u64 + Sync + 'w;

/// As [`solve_levels`], part by part, the smallest first. `start` holds one value per item or is empty. A part may take as much of
/// the time left as its share of the items left says: the large ones have what the small ones leave over.
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
        let time = budget.until.saturating_duration_since(Instant::now()).mul_f64(if last { 1.0 } else { 0.5 });
        let solve_part = |items: &Vec<ItemId>, part: &Problem, before: Option<&Solved>, budget: &Budget| {
            let Some(before) = before else {
                let mut mine: Option<Vec<i32>> = (!start.is_empty()).then(|| items.iter().map(|item| start[*item as usize]).collect());
                let work = mine.as_mut().map_or(0, |values| warm(part, items, values, budget));
                let mut solved = solve_levels(part, binding, mine, budget);
                solved.work += work;
                return solved;
            };
            if before.values.is_empty() {
                return before.clone();
            }
            let held = before.levels.iter().zip(&whole).take(ends[s - 1]);
            let decided: Vec<i64> = held.map(|(reached, peak)| peak.unwrap_or(reached.value)).collect();
            let mut solved = solve_after(part, binding, Some(before.values.clone()), &decided, budget);
            let reached: Vec<Reached> = before.levels[..decided.len()].iter().chain(&solved.levels[decided.len()..]).copied().collect();
            solved.levels = reached;
            solved.work += before.work;
            solved
        };
        let shares = Shares::new(all, Instant::now() + time);
        let solve = |((items, part), before): (&(Vec<ItemId>, Problem), &Option<Solved>)| {
            let budget = Budget { levels: budget.levels.min(*end), ..shares.of(items.len(), budget) };
            let solved = solve_part(items, part, before.as_ref(), &budget);
            shares.done(items.len());
            solved
        };
        found = parts.par_iter().zip(found.par_iter()).map(solve).map(Some).collect();
    }
    let solved: Vec<Solved> = found.into_iter().flatten().collect();
    let mut values: Vec<i32> = problem.items.iter().map(|item| item.domain.first()).collect();
    let mut work = 0;
    for ((items, _), part) in parts.iter().zip(&solved) {
        work += part.work;
        if part.values.is_empty() {
            return Solved { values: Vec::new(), levels: Vec::new(), infeasible: solved.iter().any(|part| part.infeasible), work };
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
    Solved { values, levels, infeasible: false, work }
}

/// Time for things done side by side: each as much of what is left as its share of what is open says.
pub(super) struct Shares {
    open: AtomicUsize,
    until: Instant,
}

impl Shares {
    pub(super) fn new(all: usize, until: Instant) -> Self {
        Self { open: AtomicUsize::new(all), until }
    }
    pub(super) fn of<'s>(&self, size: usize, budget: &Budget<'s>) -> Budget<'s> {
        let open = self.open.load(Ordering::Relaxed).max(1) as f64;
        let share = (size as f64 * rayon::current_num_threads() as f64 / open).clamp(0.05, 1.0);
        let now = Instant::now();
        let until = budget.until.min(now + self.until.saturating_duration_since(now).mul_f64(share));
        Budget { until: if budget.nodes.is_some() { budget.until } else { until }, ..*budget }
    }
    pub(super) fn done(&self, size: usize) {
        self.open.fetch_sub(size, Ordering::Relaxed);
    }
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
