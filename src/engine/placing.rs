//! A first plan without clashes: the hardest item first. Where no place is free an item takes one, whoever is in the way looks
//! for another, and so on for a few steps (a chain). Where no chain ends well the item takes the place whose people have been
//! in the way least often; those wait again.
//!
//! What items on one line do to each other is seen without counting; everything else that must be kept is asked of the state:
//! a place counts as free when being there adds nothing to the hard prices. Where it does, somebody whom the broken point counts
//! is in the way as well.

use super::greedy::mix;
use super::problem::{Domain, ItemId, Problem};
use super::seats::{Seating, UNPLACED};
use super::state::State;
use smallvec::SmallVec;

/// Longest chain.
const DEEP: usize = 10;
/// Places that a chain tries at each of its steps.
const WIDTH: [usize; DEEP] = [20, 4, 3, 2, 1, 1, 1, 1, 1, 1];
/// Tries of one chain.
const TRIES: u32 = 40;
/// An item that was put out or found no place so often is left for the search.
const TROUBLE: u16 = 100;
/// Trouble of items that cannot all be placed: far beyond that.
const HOPELESS: u16 = u16::MAX / 2;
/// Places taken by force, for each item to be placed.
const FORCES: usize = 30;
/// How often those that are left are tried again, what the first included.
const ROUNDS: usize = 3;
/// What a unit of a hard price weighs: soft prices never outweigh one.
const HARD: f64 = 1e6;
/// Costs less than this apart are the same.
const SAME: f64 = 1e-3;
/// Items that leave for one that breaks a point there, at most.
const BLAMED: usize = 3;

type Met = SmallVec<[ItemId; 8]>;

pub(super) struct Placing<'s, 'p, 'q> {
    state: &'s mut State<'p>,
    seating: &'s mut Seating<'q>,
    seed: u64,
    /// Per item: how often it was put out or found no place.
    trouble: Vec<u16>,
    /// Items that the present chain has placed carry its number.
    mark: Vec<u32>,
    number: u32,
    tries: u32,
    /// How often an item may still take a place by force.
    forces: usize,
    /// What the chain has changed, with the value before.
    log: Vec<(ItemId, i32)>,
}

impl<'s, 'p, 'q> Placing<'s, 'p, 'q> {
    pub(super) fn new(state: &'s mut State<'p>, seating: &'s mut Seating<'q>, seed: u64) -> Self {
        let problem = state.problem;
        state.set_factors(|p| if is_hard(problem, p as u32) { HARD } else { 1.0 });
        let mut trouble = vec![0; problem.items.len()];
        // Where more is to be placed than there are places, little is tried.
        for item in seating.crowded(problem) {
            trouble[item as usize] = HOPELESS;
        }
        let mark = vec![0; problem.items.len()];
        Self { state, seating, seed, trouble, mark, number: 1, tries: 0, forces: 0, log: Vec::new() }
    }

    /// Takes out who breaks a hard point together with others, as few as mend it, and returns them.
    pub(super) fn lift_broken(&mut self) -> Vec<ItemId> {
        let problem = self.state.problem;
        let mut lifted = Vec::new();
        for p in (0..problem.points.len() as u32).filter(|p| is_hard(problem, *p)) {
            let links = &problem.points[p as usize].links;
            let first = self.lot(p, UNPLACED) as usize % links.len().max(1);
            for k in 0..links.len() {
                if self.state.price(p) == 0 {
                    break;
                }
                let item = links[(first + k) % links.len()].item;
                if self.helps(item, p) {
                    self.set(item, UNPLACED);
                    lifted.push(item);
                }
            }
        }
        lifted
    }

    /// Places the items, given hardest first, and returns those for which no place was free; they have none.
    pub(super) fn place(&mut self, items: Vec<ItemId>) -> Vec<ItemId> {
        self.forces = FORCES * items.len() + 10 * FORCES;
        let mut left = items;
        for _ in 0..ROUNDS {
            left = self.place_all(&left);
            for trouble in self.trouble.iter_mut().filter(|trouble| **trouble < HOPELESS) {
                *trouble = 0;
            }
        }
        left
    }
}

fn is_hard(problem: &Problem, p: u32) -> bool {
    problem.levels[usize::from(problem.points[p as usize].level)].hard
}

impl<'p> Placing<'_, 'p, '_> {
    /// Those for which no place was free.
    fn place_all(&mut self, items: &[ItemId]) -> Vec<ItemId> {
        let mut waiting: Vec<ItemId> = items.iter().rev().copied().collect();
        let mut left = Vec::new();
        while let Some(item) = waiting.pop() {
            self.begin();
            if self.find(item, 0) {
                continue;
            }
            self.trouble[item as usize] = self.trouble[item as usize].saturating_add(1);
            if self.trouble[item as usize] > TROUBLE || !self.force(item, &mut waiting) {
                left.push(item);
            }
        }
        left
    }

    fn begin(&mut self) {
        self.number += 1;
        self.tries = TRIES;
        self.log.clear();
    }

    fn set(&mut self, item: ItemId, value: i32) {
        let now = self.state.value(item);
        self.log.push((item, now));
        self.seating.lift(item, now);
        self.state.set(item, value);
        self.seating.put(item, value);
    }

    /// Takes back what the chain did since then.
    fn undo(&mut self, since: usize) {
        while self.log.len() > since {
            let Some((item, value)) = self.log.pop() else { return };
            self.seating.lift(item, self.state.value(item));
            self.state.set(item, value);
            self.seating.put(item, value);
            self.mark[item as usize] = 0;
        }
    }

    /// The values that place the item.
    fn values(&self, item: ItemId) -> &'p [u16] {
        let problem: &'p Problem = self.state.problem;
        let Domain::Choice(values) = &problem.items[item as usize].domain else { return &[] };
        let (first, end) = self.seating.shape(item).map_or((0, i32::MAX), |shape| shape.kind(UNPLACED));
        let from = values.partition_point(|value| i32::from(*value) < first);
        let to = values.partition_point(|value| i32::from(*value) < end);
        &values[from..to]
    }

    fn lot(&self, item: ItemId, value: i32) -> u64 {
        mix(self.seed ^ mix(u64::from(item) ^ u64::from(self.number) << 32) ^ value as u64)
    }

    /// The item, not placed, goes where nobody is in the way, nothing that must be kept is broken, and it costs least; half an
    /// item beside its other half, if it can.
    fn take_free(&mut self, item: ItemId) -> bool {
        let values = self.values(item);
        let first = self.lot(item, UNPLACED) as usize % values.len().max(1);
        let mut placed = None;
        for k in 0..values.len() {
            let value = i32::from(values[(first + k) % values.len()]);
            if self.seating.in_the_way(item, value).next().is_some() {
                continue;
            }
            let lonely = self.seating.lonely(item, value);
            // Once it has a place, only one that costs less will do.
            let limit = if placed.is_some_and(|held| held <= lonely) { -SAME } else { HARD / 2.0 };
            if placed.is_none_or(|held| held >= lonely) && self.state.propose_within(&[(item, value)], HARD / 2.0, limit).is_some() {
                placed = Some(lonely);
            }
        }
        if placed.is_some() {
            self.log.push((item, UNPLACED));
            self.seating.put(item, self.state.value(item));
            self.mark[item as usize] = self.number;
        }
        placed.is_some()
    }

    /// A place for an item that has none, by a chain if need be; else all is as before.
    fn find(&mut self, item: ItemId, depth: usize) -> bool {
        if self.take_free(item) {
            return true;
        }
        if depth == DEEP || self.tries == 0 {
            return false;
        }
        let mut wanted: SmallVec<[(usize, u32, u64, i32); 64]> = SmallVec::new();
        for value in self.values(item).iter().copied().map(i32::from) {
            let met = self.met(item, value);
            if met.iter().all(|other| self.mark[*other as usize] != self.number) {
                let trouble = met.iter().map(|other| u32::from(self.trouble[*other as usize])).sum();
                // Nobody in the way, and yet not free: somebody is, out of sight.
                wanted.push((met.len().max(1), trouble, self.lot(item, value), value));
            }
        }
        wanted.sort_unstable();
        for (.., value) in wanted.into_iter().take(WIDTH[depth]) {
            if self.tries == 0 {
                return false;
            }
            self.tries -= 1;
            let since = self.log.len();
            let mut met = self.met(item, value);
            if self.push_in(item, value, &mut met) && met.iter().all(|other| self.find(*other, depth + 1)) {
                return true;
            }
            self.undo(since);
        }
        false
    }

    /// Who is in the way of the item there, those with fewest places first.
    fn met(&self, item: ItemId, value: i32) -> Met {
        let mut met = Met::new();
        for other in self.seating.in_the_way(item, value) {
            if !met.contains(&other) {
                met.push(other);
            }
        }
        met.sort_by_key(|other| (self.values(*other).len(), *other));
        met
    }

    /// The item takes the place of these, and of others if what else it breaks is mended by that; they join `met`.
    fn push_in(&mut self, item: ItemId, value: i32, met: &mut Met) -> bool {
        for k in 0..met.len() {
            self.set(met[k], UNPLACED);
        }
        for _ in 0..=BLAMED {
            if self.state.propose_within(&[(item, value)], HARD / 2.0, HARD / 2.0).is_some() {
                self.log.push((item, UNPLACED));
                self.seating.put(item, value);
                self.mark[item as usize] = self.number;
                return true;
            }
            let Some(other) = self.blamed(item, value) else { return false };
            self.set(other, UNPLACED);
            met.push(other);
        }
        false
    }

    /// Somebody without whom a point would be less broken that the item breaks there.
    fn blamed(&mut self, item: ItemId, value: i32) -> Option<ItemId> {
        let problem = self.state.problem;
        let hard = self.state.points_of(item).filter(|p| is_hard(problem, *p));
        let prices: SmallVec<[(u32, i64); 32]> = hard.map(|p| (p, self.state.price(p))).collect();
        self.state.set(item, value);
        let broken = prices.iter().find(|(p, before)| self.state.price(*p) > *before).map(|(p, _)| *p);
        let found = broken.and_then(|p| {
            let links = &problem.points[p as usize].links;
            let first = self.lot(item, value) as usize % links.len();
            let mut others = (0..links.len()).map(|k| links[(first + k) % links.len()].item);
            others.find(|other| *other != item && self.helps(*other, p))
        });
        self.state.set(item, UNPLACED);
        found
    }

    /// Whether the point would be less broken if this item, which the chain has not placed, were away.
    fn helps(&mut self, other: ItemId, point: u32) -> bool {
        let now = self.state.value(other);
        if now == UNPLACED || self.mark[other as usize] == self.number || self.values(other).len() < 2 {
            return false;
        }
        let price = self.state.price(point);
        self.state.set(other, UNPLACED);
        let helps = self.state.price(point) < price;
        self.state.set(other, now);
        helps
    }

    /// The item takes the place whose people were in the way least often, and they wait.
    fn force(&mut self, item: ItemId, waiting: &mut Vec<ItemId>) -> bool {
        if self.forces == 0 {
            return false;
        }
        self.forces -= 1;
        let mut wanted: SmallVec<[(u32, u64, i32); 64]> = SmallVec::new();
        for value in self.values(item).iter().copied().map(i32::from) {
            let met = self.met(item, value);
            let trouble = met.iter().map(|other| u32::from(self.trouble[*other as usize]) + 1).sum();
            wanted.push((trouble, self.lot(item, value), value));
        }
        wanted.sort_unstable();
        for (_, _, value) in wanted {
            let since = self.log.len();
            let mut met = self.met(item, value);
            if self.push_in(item, value, &mut met) {
                for other in &met {
                    self.trouble[*other as usize] = self.trouble[*other as usize].saturating_add(1);
                }
                waiting.extend(met);
                return true;
            }
            self.undo(since);
        }
        false
    }
}
