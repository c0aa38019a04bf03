//! The confrontation: the models and the checker read the same words apart from each other; on every plan drawn here both
//! say the same, clause by clause. `LUNPAI_AGREE_PLANS` sets how many plans (20,000 if unset).
#![cfg(feature = "solve")]

mod agree {
    pub mod dice;
    pub mod policies;
    pub mod rooms;
    pub mod tally;
    pub mod teaching;
    pub mod timetable;
    pub mod worlds;
}

use agree::tally::Tally;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

fn plans() -> usize {
    std::env::var("LUNPAI_AGREE_PLANS").ok().and_then(|count| count.parse().ok()).unwrap_or(20_000)
}

/// Plans drawn for one world and policy.
const EACH: usize = 20;

fn confront(share: usize, batch: fn(u64, usize) -> Tally) -> Tally {
    let batches = (plans() * share / 100).div_ceil(EACH).max(1) as u64;
    let only = std::env::var("LUNPAI_AGREE_SEED").ok().and_then(|seed| seed.parse().ok());
    let seeds: Vec<u64> = only.map_or_else(|| (0..batches).collect(), |seed| vec![seed]);
    seeds.into_par_iter().map(|seed| batch(seed, EACH)).reduce(Tally::default, Tally::join)
}

#[test]
fn models_and_checker_agree_on_every_timetable() {
    let tally = confront(50, agree::timetable::batch);
    let mut text = String::new();
    for (clause, counts) in &tally.clauses {
        text += &format!("{clause:24} {counts:?}\n");
    }
    for example in tally.examples.iter().take(400) {
        text += &format!("{example}\n");
    }
    std::fs::write("/tmp/lp/agree-timetable.txt", format!("{text}{} differences in {} plans", tally.differences, tally.plans)).expect("written");
    assert!(tally.differences == 0, "{} differences in {} plans", tally.differences, tally.plans);
}
