//! Several walks of the search side by side, and the best of them.

use super::archive::Instance;
use super::solve::{Limits, Solved, solve};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a fleet found.
#[derive(Debug, Clone)]
pub struct Fleet {
    /// The lowest hard cost, then the lowest soft cost, then the first of the walks.
    pub best: Solved,
    /// The seed of the best walk: alone it finds the same under the same limit of moves.
    pub seed: u64,
    /// Moves of all walks.
    pub tried: u64,
}

/// Runs `walks` walks, at least one, with the seeds `limits.seed`, `limits.seed + 1`, …, each within the limits. Where moves alone
/// limit them, what is found does not depend on how fast or how busy the machine is.
///
/// A walk that costs nothing ends those that cannot do better: all of them, or under a limit of moves the later ones,
/// because an earlier one may still find the plan that goes before.
pub fn solve_side_by_side(instance: &Instance, limits: &Limits, walks: usize, stop: &(dyn Fn() -> bool + Sync)) -> Fleet {
    let walks = walks.max(1);
    let free = AtomicUsize::new(usize::MAX); // the first walk that cost nothing
    let walk = |k: usize| {
        let seed = limits.seed.wrapping_add(k as u64);
        let beaten = || {
            let free = free.load(Ordering::Relaxed);
            if limits.moves.is_some() { free < k } else { free < usize::MAX }
        };
        let solved = solve(instance, &Limits { seed, ..*limits }, &|| beaten() || stop());
        if solved.cost.hard == 0 && solved.cost.soft == 0 {
            free.fetch_min(k, Ordering::Relaxed);
        }
        (seed, solved)
    };
    let all = || (0..walks).into_par_iter().with_max_len(1).map(walk).collect::<Vec<_>>();
    let found = match rayon::ThreadPoolBuilder::new().num_threads(walks).build() {
        Ok(pool) => pool.install(all),
        // No threads to be had: one walk in the caller's own.
        Err(_) => vec![walk(0)],
    };
    let tried = found.iter().map(|(_, solved)| solved.tried).sum();
    let best = found.into_iter().min_by_key(|(_, solved)| (solved.cost.hard, solved.cost.soft));
    let (seed, best) = best.unwrap_or_else(|| walk(0));
    Fleet { best, seed, tried }
}
