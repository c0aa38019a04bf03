//! What one level costs another: plans between which nothing is better for both (Pareto front), by limits on the second (epsilon-constraint).

use super::Trial;
use crate::district::World;
use crate::engine::{Budget, Goal, Within, solve_within};
use crate::file::{District, Policy};
use crate::stages::{Cancel, Grain, pose};
use std::sync::atomic::Ordering;

/// Two levels by name, and how many limits between their ends are tried.
#[derive(Debug, Clone, Copy)]
pub struct Between<'a> {
    pub first: &'a str,
    pub second: &'a str,
    pub points: u32,
}

/// A plan on the front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrontPoint {
    /// The second level was held at this or less; none where it was free.
    pub limit: Option<i64>,
    pub first: i64,
    pub second: i64,
    /// Nothing within the limit has less of the first.
    pub first_bound: i64,
    /// Nothing with this much of the first has less of the second.
    pub second_bound: i64,
    /// Both bounds are met.
    pub proved: bool,
}

impl Trial<'_> {
    /// The front of the exchange, by the first level ascending; every level before both is held at the best found, and what is proved is proved for that.
    ///
    /// # Errors
    /// The levels of the policy, if one of the two is none of them or both are the same; nothing found is an empty front.
    pub fn front(&self, district: &District, policy: &Policy, between: Between, cancel: &Cancel) -> Result<Vec<FrontPoint>, Vec<String>> {
        let world = World::new(district);
        let posed = pose(&world, policy, district.baseline.as_deref(), Grain::Periods);
        let names = || posed.problem.levels.iter().map(|level| level.name.clone());
        let place = |name: &str| names().position(|level| level == name);
        let (Some(a), Some(b)) = (place(between.first), place(between.second)) else { return Err(names().collect()) };
        if a == b {
            return Err(names().collect());
        }
        let stop = || cancel.load(Ordering::Relaxed);
        let budget = self.budget(&stop);
        let base = posed.best(None, &Budget { levels: a.min(b), ..budget });
        if !base.found {
            return Ok(Vec::new());
        }
        let score = posed.problem.score(&base.values);
        let held: Vec<Option<i64>> = score.iter().enumerate().map(|(level, value)| (level < a.min(b)).then_some(*value)).collect();
        // The least of one level within a limit on the other, and then the least of the other.
        let corner = |one: usize, other: usize, limit: Option<i64>, start: &[i32]| {
            let least = |level: usize, held: &[Option<i64>], start: &[i32]| {
                let found = solve_within(&posed.problem, held, Goal::Level(level), Some(start), &budget);
                let value = posed.problem.score(&found.values)[level];
                (found, value)
            };
            let mut limits = held.clone();
            limits[other] = limit;
            let (found, value) = least(one, &limits, start);
            limits[one] = Some(value);
            let (then, rest) = least(other, &limits, &found.values);
            Corner { one: (value, found.bound), other: (rest, then.bound), found: then }
        };
        let by_second = corner(b, a, None, &base.values);
        let by_first = corner(a, b, None, &base.values);
        let (low, high) = (by_second.one.0, by_first.other.0);
        let step = |k: u32| low + (high - low) * i64::from(k) / i64::from(between.points.max(1));
        let mut front = vec![by_first.point(None)];
        for k in (0..between.points).take_while(|_| !stop()) {
            front.push(corner(a, b, Some(step(k)), &by_second.found.values).point(Some(step(k))));
        }
        front.sort_by_key(|point| (point.first, point.second, !point.proved));
        front.dedup_by_key(|point| (point.first, point.second));
        let worse = |point: &FrontPoint, than: &FrontPoint| than != point && than.first <= point.first && than.second <= point.second;
        let all = front.clone();
        front.retain(|point| !all.iter().any(|other| worse(point, other)));
        Ok(front)
    }
}

/// (value, bound) of the level minimised first and of the other.
struct Corner {
    one: (i64, i64),
    other: (i64, i64),
    found: Within,
}

impl Corner {
    /// Of a corner that began with the first level.
    fn point(&self, limit: Option<i64>) -> FrontPoint {
        let ((first, first_bound), (second, second_bound)) = (self.one, self.other);
        let proved = first_bound >= first && second_bound >= second;
        FrontPoint { limit, first, second, first_bound, second_bound, proved }
    }
}
