//! The exact cost of a solution, from the archive's types alone.
//!
//! At each point of application a constraint has a deviation, which is the sum of its parts; the point costs
//! `weight · f(deviation)`. Source: the XHSTT format; the cost functions are in [`CostFunction`].

mod events;
mod facts;
mod groups;
mod pairs;
mod resources;
mod tally;

use super::archive::{Constraint, Instance, Kind, Solution};
use facts::Facts;
use tally::Bill;

/// Infeasibility value and objective value; less is better, the hard part first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// Sum over the constraints with `required`.
    pub hard: i64,
    /// Sum over the others.
    pub soft: i64,
}

/// What one constraint adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge<'a> {
    pub constraint: &'a Constraint,
    /// Points of application with a deviation.
    pub points: usize,
    /// Sum of the deviations of all points.
    pub deviation: i64,
    pub cost: i64,
}

/// Cost of a solution of this instance. Figures beyond `i64` stop at its ends.
///
/// The solution is taken to be complete, as [`read_archive`](super::read_archive) makes it.
pub fn evaluate(instance: &Instance, solution: &Solution) -> Cost {
    let mut cost = Cost::default();
    for charge in breakdown(instance, solution) {
        let side = if charge.constraint.required { &mut cost.hard } else { &mut cost.soft };
        *side = side.saturating_add(charge.cost);
    }
    cost
}

/// The same constraint by constraint, in the order of the file.
pub fn breakdown<'a>(instance: &'a Instance, solution: &Solution) -> Vec<Charge<'a>> {
    let facts = Facts::new(instance, solution);
    instance.constraints.iter().map(|constraint| charge(&facts, constraint)).collect()
}

fn charge<'a>(facts: &Facts<'_>, constraint: &'a Constraint) -> Charge<'a> {
    let mut bill = Bill::new(constraint.function);
    match &constraint.kind {
        Kind::AssignTime { events } => events::assign_time(facts, events, &mut bill),
        Kind::AssignResource { slots } => events::assign_resource(facts, slots, &mut bill),
        Kind::PreferTimes { events, times, duration } => events::prefer_times(facts, events, times, *duration, &mut bill),
        Kind::PreferResources { slots, resources } => events::prefer_resources(facts, slots, resources, &mut bill),
        Kind::SplitEvents { events, durations, amount } => events::split(facts, events, *durations, *amount, &mut bill),
        Kind::DistributeSplitEvents { events, duration, amount } => events::distribute(facts, events, *duration, *amount, &mut bill),
        Kind::AvoidSplitAssignments { groups } => groups::avoid_split_assignments(facts, groups, &mut bill),
        Kind::SpreadEvents { event_groups, spread } => groups::spread(facts, event_groups, spread, &mut bill),
        Kind::LinkEvents { event_groups } => groups::link(facts, event_groups, &mut bill),
        Kind::OrderEvents { pairs } => pairs::order(facts, pairs, &mut bill),
        Kind::AvoidClashes { resources } => resources::clashes(facts, resources, &mut bill),
        Kind::AvoidUnavailableTimes { resources, times } => resources::unavailable(facts, resources, times, &mut bill),
        Kind::LimitIdleTimes { resources, time_groups, range } => resources::idle(facts, resources, time_groups, *range, &mut bill),
        Kind::ClusterBusyTimes { resources, time_groups, range } => resources::cluster(facts, resources, time_groups, *range, &mut bill),
        Kind::LimitBusyTimes { resources, time_groups, range } => resources::busy(facts, resources, time_groups, *range, &mut bill),
        Kind::LimitWorkload { resources, range } => resources::workload(facts, resources, *range, &mut bill),
    }
    Charge { constraint, points: bill.points(), deviation: bill.deviation(), cost: bill.cost().saturating_mul(constraint.weight) }
}
