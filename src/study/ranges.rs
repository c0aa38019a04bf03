//! How far apart the metrics are of plans that are as good as the best, or nearly: what a policy leaves open.

use super::{Study, Trial, is_valid, postings_only};
use crate::check::{check, metrics};
use crate::district::World;
use crate::engine::{Budget, Goal, solve_within};
use crate::file::{District, Policy};
use crate::stages::{Cancel, Grain, pose};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// Share of the work for one of the other plans: any corner will do.
const CORNER: f64 = 0.05;

#[derive(Debug, Clone, Copy)]
pub struct Near {
    /// Other plans to look for, each by prices drawn at random.
    pub plans: u64,
    /// Each level may cost so many thousandths more than the best plan found.
    pub permille: u32,
}

/// One metric over the plans near the best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    pub district: String,
    pub policy: String,
    pub metric: String,
    /// Plans looked at, the best among them.
    pub plans: usize,
    pub best: i64,
    pub least: i64,
    pub greatest: i64,
}

impl Study<'_> {
    /// Of every district and policy for which an exchange is found that keeps what is demanded. The ranges are those seen: the true ones are no narrower.
    pub fn ranges(&self, near: &Near, cancel: &Cancel) -> Vec<Range> {
        let mut ranges = Vec::new();
        for (district_name, district) in self.districts {
            for (policy_name, policy) in self.policies {
                let seen = if is_valid(district, policy) { self.trial.near(district, policy, near, cancel) } else { Vec::new() };
                let Some(best) = seen.first() else { continue };
                for (metric, value) in best {
                    let values = || seen.iter().filter_map(|metrics| metrics.get(metric).copied());
                    ranges.push(Range {
                        district: district_name.clone(),
                        policy: policy_name.clone(),
                        metric: metric.clone(),
                        plans: seen.len(),
                        best: *value,
                        least: values().min().unwrap_or(*value),
                        greatest: values().max().unwrap_or(*value),
                    });
                }
            }
        }
        ranges
    }
}

impl Trial<'_> {
    /// Work as a run of the exchange has it.
    pub(super) fn budget<'s>(&self, stop: &'s (dyn Fn() -> bool + Sync)) -> Budget<'s> {
        Budget { until: Some(Instant::now() + self.net), ..Budget::new(self.work, stop) }
    }

    /// Metrics of the best exchange found, then of others whose levels cost little more; none if what is demanded cannot be kept.
    fn near(&self, district: &District, policy: &Policy, near: &Near, cancel: &Cancel) -> Vec<BTreeMap<String, i64>> {
        let world = World::new(district);
        let posed = pose(&world, policy, district.baseline.as_deref(), Grain::Periods);
        let stop = || cancel.load(Ordering::Relaxed);
        let budget = self.budget(&stop);
        let best = posed.best(None, &budget);
        let broken = |(value, level): (i64, &crate::engine::Level)| level.hard && value > 0;
        if !best.found {
            return Vec::new();
        }
        let score = posed.problem.score(&best.values);
        if score.iter().copied().zip(&posed.problem.levels).any(broken) {
            return Vec::new();
        }
        let limits: Vec<Option<i64>> = score.iter().map(|value| Some(value + value * i64::from(near.permille) / 1000)).collect();
        let few = budget.share(CORNER);
        let other = |seed: u64| solve_within(&posed.problem, &limits, Goal::Draw(seed), Some(&best.values), &few).values;
        let others = (1..=near.plans).take_while(|_| !stop()).map(other);
        let plans = std::iter::once(best.values.clone()).chain(others).map(|values| postings_only(district, posed.postings(&values)));
        plans.filter(|plan| check(district, policy, plan).is_legal()).map(|plan| metrics(district, self.yardstick, &plan)).collect()
    }
}
