//! The score of a set of values, kept up to date change by change.

use super::gauge::Memo;
use super::problem::{Domain, ItemId, NONE, Problem};

/// One contribution of an item, in the order of its points.
#[derive(Debug, Clone, Copy)]
struct Touch {
    point: u32,
    map: u32,
    coef: i32,
}

/// Values of all items with every counter, memo and level total they imply.
#[derive(Debug, Clone)]
pub struct State<'a> {
    pub problem: &'a Problem,
    values: Vec<i32>,
    counters: Vec<i32>,
    /// First counter of each point; its totals, then its extra counters.
    first: Vec<u32>,
    memos: Vec<Memo>,
    prices: Vec<i64>,
    /// How far a broken `Busy` is from one busy group less: see [`guide`].
    guides: Vec<i64>,
    score: Vec<i64>,
    /// What the search minimises: Σ factor(point) · price(point).
    cost: f64,
    factors: Vec<f64>,
    touches: Vec<Touch>,
    touch_first: Vec<u32>,
    updates: u64,
}

impl<'a> State<'a> {
    /// # Panics
    /// If `values` does not name one value for every item.
    pub fn new(problem: &'a Problem, values: Vec<i32>) -> Self {
        assert_eq!(values.len(), problem.items.len(), "one value for every item");
        let mut per_item: Vec<Vec<Touch>> = vec![Vec::new(); problem.items.len()];
        let mut first = Vec::with_capacity(problem.points.len());
        let mut size = 0;
        for (p, point) in problem.points.iter().enumerate() {
            first.push(size as u32);
            size += usize::from(point.groups) + point.gauge.extra();
            for link in &point.links {
                per_item[link.item as usize].push(Touch { point: p as u32, map: link.map, coef: link.coef });
            }
        }
        let mut touch_first = vec![0];
        let mut touches = Vec::new();
        for list in per_item {
            touches.extend(list);
            touch_first.push(touches.len() as u32);
        }
        let mut state = Self {
            problem,
            values,
            counters: vec![0; size],
            first,
            memos: vec![Memo::default(); problem.points.len()],
            prices: vec![0; problem.points.len()],
            guides: vec![0; problem.points.len()],
            score: vec![0; problem.levels.len()],
            cost: 0.0,
            factors: vec![1.0; problem.points.len()],
            touches,
            touch_first,
            updates: 0,
        };
        state.settle();
        state
    }

    /// Recomputes everything from the values.
    fn settle(&mut self) {
        self.score.fill(0);
        self.cost = 0.0;
        for (p, point) in self.problem.points.iter().enumerate() {
            let totals = self.problem.totals(point, &self.values);
            let (start, groups) = (self.first[p] as usize, usize::from(point.groups));
            let (mine, extra) = self.counters[start..start + groups + point.gauge.extra()].split_at_mut(groups);
            mine.copy_from_slice(&totals);
            self.memos[p] = point.gauge.settle(mine, extra);
            self.prices[p] = point.price(self.memos[p].raw);
            self.score[usize::from(point.level)] += self.prices[p];
            self.guides[p] = guide(point, mine, self.memos[p].raw);
            self.cost += self.factors[p] * pull(self.prices[p], self.guides[p]);
        }
    }

    pub fn values(&self) -> &[i32] {
        &self.values
    }
    pub fn value(&self, item: ItemId) -> i32 {
        self.values[item as usize]
    }
    pub fn score(&self) -> &[i64] {
        &self.score
    }
    pub fn cost(&self) -> f64 {
        self.cost
    }
    pub fn price(&self, point: u32) -> i64 {
        self.prices[point as usize]
    }
    /// Group totals of a point.
    pub fn totals(&self, point: u32) -> &[i32] {
        let start = self.first[point as usize] as usize;
        &self.counters[start..start + usize::from(self.problem.points[point as usize].groups)]
    }
    /// Counter updates so far: the search's unit of work.
    pub fn updates(&self) -> u64 {
        self.updates
    }
    /// Points that an item contributes to.
    pub fn points_of(&self, item: ItemId) -> impl Iterator<Item = u32> + '_ {
        let range = self.touch_first[item as usize] as usize..self.touch_first[item as usize + 1] as usize;
        self.touches[range].iter().map(|touch| touch.point)
    }
    /// Sets what a point counts for in [`Self::cost`].
    pub fn set_factors(&mut self, factor: impl Fn(usize) -> f64) {
        for p in 0..self.factors.len() {
            self.factors[p] = factor(p);
        }
        let pulls = self.prices.iter().zip(&self.guides).map(|(price, guide)| pull(*price, *guide));
        self.cost = self.factors.iter().zip(pulls).map(|(factor, pull)| factor * pull).sum();
    }

    /// Gives the item another value; O(atoms touched).
    pub fn set(&mut self, item: ItemId, value: i32) {
        let old = std::mem::replace(&mut self.values[item as usize], value);
        if old == value {
            return;
        }
        let choice = matches!(self.problem.items[item as usize].domain, Domain::Choice(_));
        for t in self.touch_first[item as usize] as usize..self.touch_first[item as usize + 1] as usize {
            let touch = self.touches[t];
            if choice {
                let (from, to) = (self.problem.group(touch.map, old), self.problem.group(touch.map, value));
                if from == to {
                    continue;
                }
                if from != NONE {
                    self.add(touch.point, from, -touch.coef);
                }
                if to != NONE {
                    self.add(touch.point, to, touch.coef);
                }
            } else {
                self.add(touch.point, self.problem.group(touch.map, 0), touch.coef * (value - old));
            }
        }
    }

    #[inline]
    fn add(&mut self, p: u32, group: u16, amount: i32) {
        let point = &self.problem.points[p as usize];
        let start = self.first[p as usize] as usize;
        let groups = usize::from(point.groups);
        let counters = &mut self.counters[start..start + groups + point.gauge.extra()];
        let g = usize::from(group);
        let old = counters[g];
        counters[g] = old + amount;
        let memo = &mut self.memos[p as usize];
        let before = memo.raw;
        point.gauge.touch(counters, groups, memo, g, old);
        self.updates += 1;
        let raw = memo.raw;
        if raw != before {
            let price = point.price(raw);
            let change = price - self.prices[p as usize];
            if change != 0 {
                self.prices[p as usize] = price;
                self.score[usize::from(point.level)] += change;
                self.cost += self.factors[p as usize] * change as f64;
            }
        }
        if matches!(point.gauge, super::Gauge::Busy) && (self.guides[p as usize] > 0 || point.excess(raw) > 0) {
            let guide = guide(point, &self.counters[start..start + groups], raw);
            let change = guide - std::mem::replace(&mut self.guides[p as usize], guide);
            self.cost += self.factors[p as usize] * pull(0, change);
        }
    }
}

/// What a point pulls with: its price, and a third of its guide.
fn pull(price: i64, guide: i64) -> f64 {
    price as f64 + guide as f64 / 3.0
}

/// A `Busy` with k groups too many does not change until a whole group is empty: Σ of its k smallest busy totals says
/// how far that is, so that the search feels each step. It is no part of the score.
fn guide(point: &super::Point, totals: &[i32], raw: i64) -> i64 {
    let over = raw - point.hi;
    if over <= 0 || !matches!(point.gauge, super::Gauge::Busy) {
        return 0;
    }
    let mut busy: Vec<i32> = totals.iter().copied().filter(|total| *total > 0).collect();
    busy.sort_unstable();
    point.weight * busy.iter().take(over as usize).map(|total| i64::from(*total)).sum::<i64>()
}
