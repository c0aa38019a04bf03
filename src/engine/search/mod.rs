//! Local search: simulated annealing over exchanges of places and Kempe chains, driven by the gauges' changes.
//!
//! The search walks on Σ factor · price; hard levels carry large factors that grow while they stay broken. The best plan by
//! the true, lexicographic score is kept apart. Temperatures are in units of the soft prices.

mod anneal;
mod exhaust;
mod moves;

use super::greedy::{construct, mix};
use super::problem::{Domain, ItemId, Problem};
use super::seats::{Key, Seating, Seats};
use super::state::State;
use anneal::Schedule;
use moves::Draft;
use std::time::{Duration, Instant};

/// When one run ends: whichever comes first.
#[derive(Debug, Clone, Copy)]
pub struct SearchLimits {
    pub deadline: Option<Instant>,
    /// Tried moves.
    pub moves: Option<u64>,
    pub aim: Aim,
}

/// What a walk looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// The best plan, wherever it is: hard points may break on the way and weigh more while they do.
    Best,
    /// The best plan around one that breaks no hard point: none is to break. With few moves [`Aim::Best`] would not find back.
    Near,
    /// Any plan that breaks no hard point.
    Legal,
}

#[derive(Debug, Clone)]
pub struct SearchReport {
    pub values: Vec<i32>,
    pub score: Vec<i64>,
    pub tried: u64,
    pub updates: u64,
    /// When no hard point was broken any more.
    pub legal_after: Option<Duration>,
    /// Every plan was tried, or nothing costs anything: there is no better one.
    pub proved: bool,
}

/// One walk; several run side by side with different seeds.
pub struct Search<'a> {
    seats: &'a Seats,
    shares: Shares,
    state: State<'a>,
    seating: Seating<'a>,
    draft: Draft,
    random: Random,
    best: Best,
    factors: Vec<f64>,
    /// What all hard points weigh beyond their factors.
    pressure: f64,
    /// What a unit of a hard price weighs at first.
    base: f64,
    /// Some price is soft.
    soft: bool,
    movable: Vec<ItemId>,
    /// Hard points that were broken when the walk last looked.
    broken: Vec<u32>,
    /// Soft points that cost something when it last looked.
    costly: Vec<u32>,
    /// Every plan was tried.
    exhausted: bool,
}

/// Moves of a sort, in 256ths.
#[derive(Clone, Copy)]
struct Shares {
    split: u64,
    fill: u64,
}

/// What a unit of a hard price weighs in the first plan, which is made without a scale.
const GREEDY: f64 = 30.0;
/// Broken hard points that moves are directed at, at most.
const MOST_BROKEN: usize = 64;
/// Moves tried to learn the scale of the prices.
const SAMPLE: usize = 20_000;
/// Moves between two looks at the clock and the temperature.
const PACE: u64 = 2048;

impl<'a> Search<'a> {
    pub fn new(problem: &'a Problem, seats: &'a Seats, values: Vec<i32>, seed: u64) -> Self {
        let mut state = State::new(problem, values);
        state.set_factors(|p| if problem.levels[usize::from(problem.points[p].level)].hard { GREEDY } else { 1.0 });
        construct(&mut state, seats, seed);
        let seating = Seating::new(seats, state.values());
        let moves = |item: &ItemId| !problem.items[*item as usize].domain.is_fixed() && seating.shape(*item).is_some();
        let movable = (0..problem.items.len() as ItemId).filter(moves).collect();
        let best = Best::new(&state);
        // Where most keys have one name to choose, few moves choose.
        let choices = |key: &Key| matches!(&problem.items[key.key as usize].domain, Domain::Choice(values) if values.len() > 2);
        let open = seats.keys.iter().filter(|key| choices(key)).count();
        let fill = if seats.keys.is_empty() { 0 } else { (64 * open / seats.keys.len()).max(4) as u64 };
        let shares = Shares { split: if seats.wholes.is_empty() { 0 } else { 32 }, fill };
        Self {
            seats,
            shares,
            draft: Draft::new(problem.items.len()),
            state,
            seating,
            random: Random(mix(seed)),
            best,
            factors: vec![1.0; problem.points.len()],
            pressure: 1.0,
            base: 1.0,
            soft: true,
            movable,
            broken: Vec::new(),
            costly: Vec::new(),
            exhausted: false,
        }
    }

    /// The values that the walk begins with: what was placed, and a first place for everything else.
    pub fn begun(self) -> Vec<i32> {
        self.best.values
    }

    /// Walks until a limit; `stop` is asked every few thousand moves.
    pub fn run(&mut self, limits: SearchLimits, stop: &dyn Fn() -> bool) -> SearchReport {
        let (begin, start_updates) = (Instant::now(), self.state.updates());
        let done = |score: &[i64]| score.iter().all(|level| *level == 0);
        self.exhausted = self.exhausted || (!done(&self.best.score) && self.exhaust());
        let only_legal = limits.aim == Aim::Legal;
        let legal = only_legal && self.hard() == 0;
        if self.exhausted || legal || self.movable.is_empty() || done(&self.best.score) {
            return self.report(0, start_updates, begin, None);
        }
        let total = limits.deadline.map(|end| end.saturating_duration_since(begin).as_secs_f64().max(1e-3));
        let scale = self.scale();
        // Where nothing is soft, what is broken is all that is to be cooled.
        let aim = if self.soft { limits.aim } else { Aim::Best };
        let mut schedule = Schedule::new(aim, scale);
        self.base = schedule.hard;
        self.press(false);
        let (mut temperature, mut tried) = (0.0, 0u64);
        let mut cycle = 0;
        let mut legal_after = None;
        // These cost a pass over all points.
        let points = self.factors.len() as u64;
        let press = (PACE * 16).max(points * 4).next_multiple_of(PACE);
        let look = PACE.max(points).next_multiple_of(PACE);
        while !done(&self.best.score) {
            if tried.is_multiple_of(PACE) {
                let by_time = total.map_or(0.0, |total| begin.elapsed().as_secs_f64() / total);
                let by_moves = limits.moves.map_or(0.0, |moves| tried as f64 / moves as f64);
                // With a number of moves the clock is a net only: it has no say in the temperature.
                let passed = if limits.moves.is_some() && by_time < 1.0 { by_moves } else { by_time };
                if legal_after.is_none() && self.hard() == 0 {
                    legal_after = Some(begin.elapsed());
                }
                let legal = only_legal && self.hard() == 0;
                if legal || passed >= 1.0 || stop() {
                    break;
                }
                self.look_for_broken();
                if tried.is_multiple_of(look) {
                    self.look_for_costly();
                }
                let cycle_now = schedule.at(passed).cycle;
                if cycle_now > cycle && !only_legal {
                    cycle = cycle_now;
                    // A plan that is still broken melts once; later what is broken was too cheap.
                    let broken = self.soft && self.hard() > 0;
                    schedule.melts = cycle == 1 && broken;
                    if schedule.melts {
                        self.pressure = 1.0;
                        self.factors.fill(1.0);
                    } else if broken {
                        self.pressure *= 3.0;
                    }
                    self.press(false);
                }
                if tried.is_multiple_of(press) {
                    self.press(schedule.presses(passed));
                }
                temperature = schedule.at(passed).temperature;
            }
            tried += 1;
            if !self.draft_move() {
                continue;
            }
            let limit = -temperature * self.random.unit().ln();
            if let Some(change) = self.take(limit)
                && change < -1e-9
                && self.best.is_beaten_by(&self.state)
            {
                self.best.copy(&self.state);
            }
        }
        self.report(tried, start_updates, begin, legal_after)
    }

    fn report(&self, tried: u64, start_updates: u64, begin: Instant, legal_after: Option<Duration>) -> SearchReport {
        let legal_after = legal_after.or_else(|| (self.hard() == 0).then(|| begin.elapsed()));
        let score = self.best.score.clone();
        let proved = self.exhausted || score.iter().all(|level| *level == 0);
        SearchReport { values: self.best.values.clone(), score, tried, updates: self.state.updates() - start_updates, legal_after, proved }
    }

    /// Makes the drafted move if it changes the cost by no more than `limit`.
    fn take(&mut self, limit: f64) -> Option<f64> {
        let moves = &self.draft.moves;
        for (k, (item, _)) in moves.iter().enumerate() {
            self.draft.from[k] = self.state.value(*item);
        }
        let change = self.state.propose(moves, limit)?;
        for (k, (item, _)) in moves.iter().enumerate() {
            if self.seating.shape(*item).is_some() {
                self.seating.lift(*item, self.draft.from[k]);
            }
        }
        for (item, value) in moves {
            if self.seating.shape(*item).is_some() {
                self.seating.put(*item, self.state.value(*item));
            }
            self.best.touch(*item);
            debug_assert_eq!(self.state.value(*item), *value, "an item is in a move once");
        }
        for (k, (key, value)) in moves.iter().copied().enumerate() {
            if let Some(item) = self.seating.served(key) {
                let place = self.state.value(item);
                self.seating.lift(item, place);
                self.seating.leave(item, self.draft.from[k]);
                self.seating.join(item, value);
                self.seating.put(item, place);
            }
        }
        Some(change)
    }

    fn look_for_broken(&mut self) {
        self.broken.clear();
        let problem = self.state.problem;
        let is_hard = |level: u8| problem.levels[usize::from(level)].hard;
        if self.state.score().iter().enumerate().any(|(level, score)| is_hard(level as u8) && *score > 0) {
            let broken = |p: &u32| is_hard(problem.points[*p as usize].level) && self.state.price(*p) > 0;
            self.broken.extend((0..problem.points.len() as u32).filter(broken).take(MOST_BROKEN));
        }
    }

    fn look_for_costly(&mut self) {
        let problem = self.state.problem;
        let costly = |p: &u32| !problem.levels[usize::from(problem.points[*p as usize].level)].hard && self.state.price(*p) > 0;
        self.costly.clear();
        self.costly.extend((0..problem.points.len() as u32).filter(costly));
    }

    /// Price of the broken hard points of the best plan.
    fn hard(&self) -> i64 {
        let hard = self.best.score.iter().zip(&self.state.problem.levels).filter(|(_, level)| level.hard);
        hard.map(|(score, _)| *score).sum()
    }

    /// Typical prices that soft points add in a move that makes them worse: a small, a middling and a large one.
    fn scale(&mut self) -> (f64, f64, f64) {
        let ranks: Vec<bool> = self.state.problem.levels.iter().map(|level| !level.hard).collect();
        let sum = |score: &[i64], soft: bool| -> i64 {
            score.iter().zip(&ranks).filter(|(_, rank)| **rank == soft).map(|(price, _)| price).sum()
        };
        let (mut soft, mut hard) = (Vec::new(), Vec::new());
        for _ in 0..SAMPLE {
            if !self.draft_move() {
                continue;
            }
            let moves = std::mem::take(&mut self.draft.moves);
            let back: Vec<(ItemId, i32)> = moves.iter().map(|(item, _)| (*item, self.state.value(*item))).collect();
            let before = self.state.score().to_vec();
            self.state.propose(&moves, f64::INFINITY);
            soft.push(sum(self.state.score(), true) - sum(&before, true));
            hard.push(sum(self.state.score(), false) - sum(&before, false));
            self.state.propose(&back, f64::INFINITY);
            self.draft.moves = moves;
        }
        self.soft = soft.iter().any(|change| *change != 0);
        let mut worse = if self.soft { soft } else { hard };
        worse.retain(|change| *change > 0);
        worse.sort_unstable();
        let quantile = |share: usize| worse.get(worse.len() * share / 100).map_or(1.0, |change| *change as f64);
        (quantile(10), quantile(50), quantile(90))
    }

    /// Hard points that stay broken weigh more; the others fall back.
    fn press(&mut self, harder: bool) {
        let problem = self.state.problem;
        let is_hard = |level: u8| problem.levels[usize::from(level)].hard;
        let broken = self.state.score().iter().enumerate().any(|(level, score)| is_hard(level as u8) && *score > 0);
        if !self.soft {
            self.pressure = 1.0 / self.base;
        } else if harder && broken {
            self.pressure = (self.pressure * 1.02).min(50.0);
        }
        for (p, _) in problem.points.iter().enumerate().filter(|(_, point)| is_hard(point.level)) {
            let grown = if self.state.price(p as u32) > 0 { self.factors[p] * 1.1 } else { self.factors[p] * 0.98 };
            let most = if self.soft { 100.0 } else { 3.0 };
            self.factors[p] = grown.clamp(1.0, most);
        }
        let (factors, weight) = (&self.factors, self.base * self.pressure);
        // Weights of hard points far apart leave no temperature that suits both: what they weigh in the walk is 1 + ln(weight).
        let even = |weight: i64| if weight > 1 { (1.0 + (weight as f64).ln()) / weight as f64 } else { 1.0 };
        self.state
            .set_factors(|p| if is_hard(problem.points[p].level) { factors[p] * weight * even(problem.points[p].weight) } else { 1.0 });
    }
}

/// The best plan met so far; items that the walk has moved since are copied only when it is beaten.
struct Best {
    values: Vec<i32>,
    score: Vec<i64>,
    moved: Vec<ItemId>,
    is_moved: Vec<bool>,
}

impl Best {
    fn new(state: &State) -> Self {
        let (values, score) = (state.values().to_vec(), state.score().to_vec());
        Self { is_moved: vec![false; values.len()], values, score, moved: Vec::new() }
    }
    fn touch(&mut self, item: ItemId) {
        if !std::mem::replace(&mut self.is_moved[item as usize], true) {
            self.moved.push(item);
        }
    }
    fn is_beaten_by(&self, state: &State) -> bool {
        state.score() < self.score.as_slice()
    }
    fn copy(&mut self, state: &State) {
        for item in self.moved.drain(..) {
            self.values[item as usize] = state.value(item);
            self.is_moved[item as usize] = false;
        }
        self.score.copy_from_slice(state.score());
    }
    /// The same, whatever has moved since.
    fn take(&mut self, state: &State) {
        self.values.copy_from_slice(state.values());
        self.score.copy_from_slice(state.score());
    }
}

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }
    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.draw()) * n as u128) >> 64) as usize
    }
    /// In (0, 1].
    fn unit(&mut self) -> f64 {
        ((self.draw() >> 11) + 1) as f64 / (1u64 << 53) as f64
    }
}
