//! The score of a set of values, kept up to date change by change.
//!
//! The layout is for speed: one [`Meter`] of a cache line per point, all maps in one array, each item's hard points before
//! its soft ones, so that a move which breaks something is given up before its soft prices are looked at.

mod layout;

use super::gauge::{Gauge, Memo};
use super::problem::{Domain, ItemId, NONE, Problem};
use layout::{Gate, Kind, Layout, Meter, Touch};

/// What a counter was before a change.
#[derive(Debug, Clone, Copy)]
struct Before {
    point: u32,
    group: u16,
    total: i32,
    raw: i64,
    price: i64,
    guide: i64,
}

/// Values of all items with every counter and level total they imply.
#[derive(Debug, Clone)]
pub struct State<'a> {
    pub problem: &'a Problem,
    values: Vec<i32>,
    counters: Vec<i32>,
    meters: Vec<Meter>,
    /// Busy groups of the gauges over ordered groups.
    masks: Vec<u128>,
    score: Vec<i64>,
    /// What the search minimises: Σ factor(point) · price(point).
    cost: f64,
    groups: Vec<u16>,
    touches: Vec<Touch>,
    /// Per item: its first touch, its first soft one, the end.
    ranges: Vec<[u32; 3]>,
    gates: Vec<Gate>,
    gates_of: Vec<Vec<u32>>,
    keys_of: Vec<Vec<u32>>,
    log: Vec<Before>,
    olds: Vec<i32>,
    held: Vec<i64>,
    /// The most that soft prices gave back in an accepted move, fading.
    relief: f64,
    updates: u64,
}

impl<'a> State<'a> {
    /// # Panics
    /// If `values` does not name one value for every item.
    pub fn new(problem: &'a Problem, values: Vec<i32>) -> Self {
        assert_eq!(values.len(), problem.items.len(), "one value for every item");
        let Layout { meters, size, groups, touches, ranges, gates, gates_of, keys_of } = Layout::new(problem);
        let mut state = Self {
            problem,
            values,
            counters: vec![0; size],
            masks: vec![0; meters.len()],
            meters,
            score: vec![0; problem.levels.len()],
            cost: 0.0,
            groups,
            touches,
            ranges,
            gates,
            gates_of,
            keys_of,
            log: Vec::new(),
            olds: Vec::new(),
            held: vec![0; problem.levels.len()],
            relief: 0.0,
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
            let meter = &mut self.meters[p];
            let (start, groups) = (meter.first as usize, usize::from(point.groups));
            let (mine, extra) = self.counters[start..start + groups + point.gauge.extra()].split_at_mut(groups);
            mine.copy_from_slice(&totals);
            let memo = point.gauge.settle(mine, extra);
            self.masks[p] = memo.mask;
            meter.raw = memo.raw;
            meter.price = point.price(memo.raw);
            meter.guide = guide(meter, mine);
            self.score[usize::from(point.level)] += meter.price;
            self.cost += meter.factor * pull(meter.price, meter.guide);
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
        self.meters[point as usize].price
    }
    /// Group totals of a point.
    pub fn totals(&self, point: u32) -> &[i32] {
        let meter = &self.meters[point as usize];
        &self.counters[meter.first as usize..meter.first as usize + usize::from(meter.groups)]
    }
    /// Counter updates so far: the search's unit of work.
    pub fn updates(&self) -> u64 {
        self.updates
    }
    /// Points that an item contributes to whatever the others are.
    pub fn points_of(&self, item: ItemId) -> impl Iterator<Item = u32> + '_ {
        let [first, _, end] = self.ranges[item as usize];
        self.touches[first as usize..end as usize].iter().map(|touch| touch.point)
    }
    /// Sets what a point counts for in [`Self::cost`].
    pub fn set_factors(&mut self, factor: impl Fn(usize) -> f64) {
        self.cost = 0.0;
        for (p, meter) in self.meters.iter_mut().enumerate() {
            meter.factor = factor(p);
            self.cost += meter.factor * pull(meter.price, meter.guide);
        }
    }

    /// Gives the item another value; O(atoms touched).
    pub fn set(&mut self, item: ItemId, value: i32) {
        let old = self.values[item as usize];
        self.first_half(item, value);
        self.second_half(item, old, value);
        self.log.clear();
    }

    /// Makes the moves if they change the cost by no more than `limit` and returns the change; else all is as before.
    ///
    /// The hard half comes first: a move is given up there when soft prices have never yet given back what is missing.
    pub fn propose(&mut self, moves: &[(ItemId, i32)], limit: f64) -> Option<f64> {
        let (hard, change) = self.propose_within(moves, limit + self.relief, limit)?;
        self.relief = (self.relief * 0.9999).max(hard - change);
        Some(change)
    }

    /// The same with a limit of its own for what hard prices and whatever depends on other items change; returns that too.
    pub(super) fn propose_within(&mut self, moves: &[(ItemId, i32)], most_hard: f64, limit: f64) -> Option<(f64, f64)> {
        let before = self.cost;
        self.held.copy_from_slice(&self.score);
        self.olds.clear();
        for (item, value) in moves {
            self.olds.push(self.values[*item as usize]);
            self.first_half(*item, *value);
        }
        let hard = self.cost - before;
        if hard > most_hard {
            self.roll_back(moves, before);
            return None;
        }
        for (k, (item, value)) in moves.iter().enumerate() {
            self.second_half(*item, self.olds[k], *value);
        }
        let change = self.cost - before;
        if change > limit {
            self.roll_back(moves, before);
            return None;
        }
        self.log.clear();
        Some((hard, change))
    }

    fn roll_back(&mut self, moves: &[(ItemId, i32)], cost: f64) {
        while let Some(before) = self.log.pop() {
            let p = before.point as usize;
            let meter = &mut self.meters[p];
            let at = meter.first as usize + usize::from(before.group);
            let total = std::mem::replace(&mut self.counters[at], before.total);
            (meter.raw, meter.price, meter.guide) = (before.raw, before.price, before.guide);
            if meter.kind == Kind::Other && (total > 0) != (before.total > 0) {
                let (start, groups) = (meter.first as usize, usize::from(meter.groups));
                self.masks[p] ^= 1u128.checked_shl(u32::from(before.group)).unwrap_or_default();
                if let gauge @ Gauge::Clique { .. } = &self.problem.points[p].gauge {
                    let mut memo = Memo::default();
                    let counters = &mut self.counters[start..start + groups + gauge.extra()];
                    gauge.touch(counters, groups, &mut memo, usize::from(before.group), total);
                }
            }
        }
        for (k, (item, _)) in moves.iter().enumerate().rev() {
            self.values[*item as usize] = self.olds[k];
        }
        self.score.copy_from_slice(&self.held);
        self.cost = cost;
    }

    /// The value itself, the hard points and whatever depends on another item.
    fn first_half(&mut self, item: ItemId, value: i32) {
        let old = std::mem::replace(&mut self.values[item as usize], value);
        if old == value {
            return;
        }
        let [first, middle, _] = self.ranges[item as usize];
        self.move_all(first, middle, item, old, value);
        for g in 0..self.gates_of[item as usize].len() {
            let gate = &self.gates[self.gates_of[item as usize][g] as usize];
            let key = self.values[gate.key as usize];
            if let Some((first, end)) = gate.ranges.get((key + 1) as usize).copied() {
                self.move_all(first, end, item, old, value);
            }
        }
        for k in 0..self.keys_of[item as usize].len() {
            let gate = &self.gates[self.keys_of[item as usize][k] as usize];
            let (other, range) = (gate.item, |key: i32| gate.ranges.get((key + 1) as usize).copied().unwrap_or_default());
            let (closes, opens) = (range(old), range(value));
            let at = self.values[other as usize];
            self.add_all(closes, other, at, -1);
            self.add_all(opens, other, at, 1);
        }
    }
    fn second_half(&mut self, item: ItemId, old: i32, value: i32) {
        if old != value {
            let [_, middle, end] = self.ranges[item as usize];
            self.move_all(middle, end, item, old, value);
        }
    }

    fn move_all(&mut self, first: u32, end: u32, item: ItemId, old: i32, value: i32) {
        let choice = matches!(self.problem.items[item as usize].domain, Domain::Choice(_));
        for t in first as usize..end as usize {
            let touch = self.touches[t];
            if choice {
                let (from, to) = (self.group(touch, old), self.group(touch, value));
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
                self.add(touch.point, self.group(touch, 0), touch.coef * (value - old));
            }
        }
    }
    fn add_all(&mut self, (first, end): (u32, u32), item: ItemId, value: i32, sign: i32) {
        let choice = matches!(self.problem.items[item as usize].domain, Domain::Choice(_));
        for t in first as usize..end as usize {
            let touch = self.touches[t];
            let (group, amount) = if choice { (self.group(touch, value), touch.coef) } else { (self.group(touch, 0), touch.coef * value) };
            if group != NONE {
                self.add(touch.point, group, sign * amount);
            }
        }
    }
    #[inline]
    fn group(&self, touch: Touch, value: i32) -> u16 {
        self.groups[touch.map as usize + (value + 1) as usize]
    }

    #[inline]
    fn add(&mut self, p: u32, group: u16, amount: i32) {
        let meter = &mut self.meters[p as usize];
        let start = meter.first as usize;
        let total = &mut self.counters[start + usize::from(group)];
        let old = *total;
        let new = old + amount;
        *total = new;
        self.log.push(Before { point: p, group, total: old, raw: meter.raw, price: meter.price, guide: meter.guide });
        self.updates += 1;
        let raw = match meter.kind {
            Kind::Sum => i64::from(new),
            Kind::Busy => meter.raw + i64::from(new > 0) - i64::from(old > 0),
            Kind::Load { lo, hi } => {
                let distance = |total: i32| if total > 0 { i64::from((lo - total).max(total - hi).max(0)) } else { 0 };
                meter.raw + distance(new) - distance(old)
            }
            Kind::Other => {
                let gauge = &self.problem.points[p as usize].gauge;
                let groups = usize::from(meter.groups);
                let counters = &mut self.counters[start..start + groups + gauge.extra()];
                let mut memo = Memo { raw: meter.raw, mask: self.masks[p as usize] };
                gauge.touch(counters, groups, &mut memo, usize::from(group), old);
                self.masks[p as usize] = memo.mask;
                memo.raw
            }
        };
        if raw != meter.raw {
            meter.raw = raw;
            let excess = (meter.lo - raw).max(raw - meter.hi).max(0);
            let price = meter.weight * meter.cost.of(excess);
            let change = price - meter.price;
            if change != 0 {
                meter.price = price;
                self.score[usize::from(meter.level)] += change;
                self.cost += meter.factor * change as f64;
            }
        }
        if meter.kind == Kind::Busy && meter.hi > 0 && (meter.guide > 0 || raw > meter.hi) {
            let guide = guide(meter, &self.counters[start..start + usize::from(meter.groups)]);
            let change = guide - std::mem::replace(&mut meter.guide, guide);
            self.cost += meter.factor * pull(0, change);
        }
    }
}

/// What a point pulls with: its price, and a third of its guide.
fn pull(price: i64, guide: i64) -> f64 {
    price as f64 + guide as f64 / 3.0
}

/// A `Busy` with k groups too many does not change until a whole group is empty: Σ of its k smallest busy totals says
/// how far that is, so that the search feels each step. It is no part of the score.
fn guide(meter: &Meter, totals: &[i32]) -> i64 {
    let over = meter.raw - meter.hi;
    // Where nothing may be busy, each group counts for itself.
    if over <= 0 || meter.hi == 0 || meter.kind != Kind::Busy {
        return 0;
    }
    let mut busy: Vec<i32> = totals.iter().copied().filter(|total| *total > 0).collect();
    busy.sort_unstable();
    meter.weight * busy.iter().take(over as usize).map(|total| i64::from(*total)).sum::<i64>()
}
