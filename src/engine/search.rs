//! Local search: simulated annealing over exchanges of places and Kempe chains, driven by the gauges' changes.
//!
//! The search walks on Σ factor · price; hard levels carry large factors that grow while they stay broken. The best plan by
//! the true, lexicographic score is kept apart. Temperatures are in units of the soft prices.

use super::greedy::mix;
use super::problem::{Domain, ItemId, Problem};
use super::seats::{Seating, Seats};
use super::state::State;
use std::collections::BTreeSet;
use std::time::Instant;

/// When one run ends: whichever comes first.
#[derive(Debug, Clone, Copy)]
pub struct SearchLimits {
    pub deadline: Option<Instant>,
    /// Tried moves.
    pub moves: Option<u64>,
    /// Share of the budget after which a walk gives up that is stuck at a few broken hard points; 1 = never.
    pub legal_by: f64,
}

#[derive(Debug, Clone)]
pub struct SearchReport {
    pub values: Vec<i32>,
    pub score: Vec<i64>,
    pub tried: u64,
    pub updates: u64,
}

/// One walk; several run side by side with different seeds.
pub struct Search<'a> {
    state: State<'a>,
    seating: Seating<'a>,
    random: u64,
    best: Vec<i32>,
    best_score: Vec<i64>,
    factors: Vec<f64>,
    movable: Vec<ItemId>,
    /// Items and values before the move under trial.
    undo: Vec<(ItemId, i32)>,
}

/// Share of Kempe chains among the moves, in 256ths.
const CHAINS: u64 = 64;
/// Price of broken hard points at which a walk may be stuck.
const FEW: i64 = 12;
/// Longest Kempe chain.
const CHAIN: usize = 24;

impl<'a> Search<'a> {
    /// `scale`: price of a typical soft unit; temperatures run from 4 to 0.15 of it.
    pub fn new(problem: &'a Problem, seats: &'a Seats, values: Vec<i32>, seed: u64) -> Self {
        let mut state = State::new(problem, values);
        let factors: Vec<f64> = problem.points.iter().map(|point| level_factor(problem, point.level)).collect();
        state.set_factors(|p| factors[p]);
        super::greedy::construct(&mut state, seats, seed);
        let seating = Seating::new(seats, state.values());
        let movable = (0..problem.items.len() as ItemId).filter(|item| !problem.items[*item as usize].domain.is_fixed()).collect();
        let (best, best_score) = (state.values().to_vec(), state.score().to_vec());
        Self { state, seating, random: mix(seed), best, best_score, factors, movable, undo: Vec::new() }
    }

    /// Walks until a limit; `stop` is asked every few thousand moves.
    pub fn run(&mut self, limits: SearchLimits, stop: &dyn Fn() -> bool) -> SearchReport {
        let begin = Instant::now();
        let total = limits.deadline.map(|end| end.saturating_duration_since(begin).as_secs_f64().max(1e-3));
        let (hot, cold) = (4.0_f64, 0.15_f64);
        let (mut temperature, mut tried, start_updates) = (hot, 0u64, self.state.updates());
        // Share of the budget passed when the best plan was found.
        let mut found_at = 0.0_f64;
        let mut passed = 0.0_f64;
        let done = |score: &[i64]| score.iter().all(|level| *level == 0);
        while !self.movable.is_empty() && !done(&self.best_score) {
            if tried.is_multiple_of(2048) {
                let by_time = total.map_or(0.0, |total| begin.elapsed().as_secs_f64() / total);
                let by_moves = limits.moves.map_or(0.0, |moves| tried as f64 / moves as f64);
                passed = by_time.max(by_moves);
                // Stall: cold, and no gain in a third of the budget.
                let stuck = passed > limits.legal_by && self.is_stuck();
                if stuck || passed >= 1.0 || passed - found_at > 0.34 && passed > 0.7 || stop() {
                    break;
                }
                temperature = hot * (cold / hot).powf(passed);
                if tried.is_multiple_of(2048 * 16) {
                    self.press();
                }
            }
            tried += 1;
            let before = self.state.cost();
            let moved = if self.draw() % 256 < CHAINS { self.chain() } else { self.exchange() };
            if !moved {
                self.rollback();
                continue;
            }
            let change = self.state.cost() - before;
            let keep = change <= 1e-9 || self.unit() < (-change / temperature).exp();
            if keep {
                self.undo.clear();
                if change < -1e-9 && self.state.score() < self.best_score.as_slice() {
                    self.best.copy_from_slice(self.state.values());
                    self.best_score.copy_from_slice(self.state.score());
                    found_at = passed;
                }
            } else {
                self.rollback();
            }
        }
        SearchReport { values: self.best.clone(), score: self.best_score.clone(), tried, updates: self.state.updates() - start_updates }
    }

    /// A few hard points are broken: many mean that the walk is still on its way.
    fn is_stuck(&self) -> bool {
        let hard = self.best_score.iter().zip(&self.state.problem.levels).filter(|(_, level)| level.factor > 1.0);
        (1..=FEW).contains(&hard.map(|(score, _)| *score).sum::<i64>())
    }

    /// Hard points that stay broken weigh more; the others fall back.
    fn press(&mut self) {
        let problem = self.state.problem;
        for (p, point) in problem.points.iter().enumerate() {
            let base = level_factor(problem, point.level);
            if base > 1.0 {
                let grown = if self.state.price(p as u32) > 0 { self.factors[p] * 1.1 } else { self.factors[p] * 0.98 };
                self.factors[p] = grown.clamp(base, base * 100.0);
            }
        }
        let factors = std::mem::take(&mut self.factors);
        self.state.set_factors(|p| factors[p]);
        self.factors = factors;
    }

    fn draw(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.random)
    }
    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.draw()) * n as u128) >> 64) as usize
    }
    fn unit(&mut self) -> f64 {
        (self.draw() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn assign(&mut self, item: ItemId, value: i32) {
        let old = self.state.value(item);
        self.undo.push((item, old));
        self.seating.lift(item, old);
        self.state.set(item, value);
        self.seating.put(item, value);
    }
    fn rollback(&mut self) {
        while let Some((item, old)) = self.undo.pop() {
            self.seating.lift(item, self.state.value(item));
            self.state.set(item, old);
            self.seating.put(item, old);
        }
    }
    fn random_target(&mut self) -> Option<(ItemId, i32)> {
        let problem = self.state.problem;
        let pick = self.below(self.movable.len());
        let item = self.movable[pick];
        let Domain::Choice(values) = &problem.items[item as usize].domain else { return None };
        let value = i32::from(values[self.below(values.len())]);
        (value != self.state.value(item)).then_some((item, value))
    }

    /// An item goes to another place; whoever sat there goes to where it came from.
    fn exchange(&mut self) -> bool {
        let Some((item, to)) = self.random_target() else { return false };
        let from = self.state.value(item);
        let span = self.seating.span(item);
        let outside = |first: i32, place: i32| place < first || place >= first + span;
        let wanted: Vec<i32> = (to..to + span).filter(|place| outside(from, *place)).collect();
        let freed: Vec<i32> = (from..from + span).filter(|place| outside(to, *place)).collect();
        let mut goers: Vec<(ItemId, i32)> = Vec::new();
        for k in 0..self.seating.boards_of[item as usize].len() {
            let board = self.seating.boards_of[item as usize][k];
            for place in &wanted {
                for other in self.seating.at(board, *place) {
                    if *other == item || goers.iter().any(|(goer, _)| goer == other) {
                        continue;
                    }
                    let (start, length) = (self.state.value(*other), self.seating.span(*other));
                    let Some(first) = wanted.iter().position(|place| *place == start) else { return false };
                    let Some(last) = wanted.get(first + length as usize - 1) else { return false };
                    let (target, end) = (freed[first], freed[first + length as usize - 1]);
                    if *last != start + length - 1 || end != target + length - 1 {
                        return false;
                    }
                    if !self.state.problem.items[*other as usize].domain.holds(target) {
                        return false;
                    }
                    goers.push((*other, target));
                }
            }
        }
        self.assign(item, to);
        for (goer, target) in goers {
            self.assign(goer, target);
        }
        true
    }

    /// Everything that an item meets at its new place, on its boards or in its crews, changes places with it, and so on.
    fn chain(&mut self) -> bool {
        let Some((first, b)) = self.random_target() else { return false };
        let a = self.state.value(first);
        let space = self.seating.space(first);
        let mut members: BTreeSet<ItemId> = BTreeSet::from([first]);
        let mut queue = vec![first];
        while let Some(item) = queue.pop() {
            if self.seating.span(item) != 1 || self.seating.space(item) != space || members.len() > CHAIN {
                return false;
            }
            let target = if self.state.value(item) == a { b } else { a };
            if !self.state.problem.items[item as usize].domain.holds(target) {
                return false;
            }
            let on_boards = self.seating.boards_of[item as usize].iter().flat_map(|board| self.seating.at(*board, target));
            let in_crews = self.seating.crews_of[item as usize].iter().flat_map(|crew| &self.seating.seats.crews[*crew as usize]);
            let met = |other: &&ItemId| {
                let (value, span) = (self.state.value(**other), self.seating.span(**other));
                self.seating.space(**other) == space && value <= target && target < value + span
            };
            for other in on_boards.chain(in_crews.filter(met)) {
                if members.insert(*other) {
                    queue.push(*other);
                }
            }
        }
        for item in members {
            let target = if self.state.value(item) == a { b } else { a };
            self.assign(item, target);
        }
        true
    }
}

fn level_factor(problem: &Problem, level: u8) -> f64 {
    problem.levels[usize::from(level)].factor
}
