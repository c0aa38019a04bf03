//! A timetable for an instance, by the engine's search.

use super::archive::{Instance, Solution};
use super::pose::{Alike, pose};
use super::{Cost, evaluate};
use crate::engine::{Aim, Search, SearchLimits};
use std::time::{Duration, Instant};

/// When to stop: whichever comes first.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub time: Option<Duration>,
    /// Tried moves.
    pub moves: Option<u64>,
    pub seed: u64,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Solved {
    pub solution: Solution,
    /// By the evaluator.
    pub cost: Cost,
    /// What the engine's own counters say; equal, or the engine is wrong.
    pub engine: Cost,
    pub tried: u64,
}

/// The cost of a solution by the engine's counters; `None` when it has meets or resources that the engine does not offer.
pub fn engine_cost(instance: &Instance, solution: &Solution) -> Option<Cost> {
    let posed = pose(instance, Alike::Apart);
    let values = posed.meets.values_of(&posed.problem, solution)?;
    let score = posed.problem.score(&values);
    (score[0] == 0).then_some(Cost { hard: score[1], soft: score[2] })
}

/// Searches until a limit, until `stop` says so or until nothing is left to gain.
pub fn solve(instance: &Instance, limits: &Limits, stop: &(dyn Fn() -> bool + Sync)) -> Solved {
    let deadline = limits.time.map(|time| Instant::now() + time);
    let posed = pose(instance, Alike::Pooled);
    let seats = posed.seats();
    let begin = posed.meets.begin(&posed.problem);
    let mut search = Search::new(&posed.problem, &seats, begin, limits.seed);
    let report = search.run(SearchLimits { deadline, moves: limits.moves, aim: Aim::Best }, stop);
    let solution = posed.meets.solution(&report.values);
    let cost = evaluate(instance, &solution);
    // With who was dealt what; a pool asked for too much may cost more than the search counted.
    let engine = engine_cost(instance, &solution).expect("meets and resources of the engine's own");
    Solved { solution, cost, engine, tried: report.tried }
}
