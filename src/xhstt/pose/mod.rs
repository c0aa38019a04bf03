//! An instance as a problem of the engine: meets and the resources that fill their places are items, constraints are points.
//!
//! Level 0 is structure (the durations of an event's meets sum to its duration), 1 the hard costs, 2 the soft ones, so that
//! the last two positions of a score are the evaluator's cost.

mod events;
mod meets;
mod pools;
mod resources;

pub(super) use meets::Meets;

use super::archive::{Constraint, CostFunction, Instance, Kind, Range};
use crate::engine::{Cost, Gated, Gauge, Level, Link, Point, Problem, Seats};

/// Lower end of a range that has none.
const FREE: i64 = 1 << 40;
const HARD: u8 = 1;
const SOFT: u8 = 2;

/// A posed instance.
pub(super) struct Posed<'i> {
    pub problem: Problem,
    pub meets: Meets<'i>,
}

/// How the resources that no constraint tells apart are seen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Alike {
    /// Each by itself, so that every solution can be written in values.
    Apart,
    /// Together, as many as they are.
    Pooled,
}

/// The problem whose best values are the best solutions of the instance.
pub(super) fn pose(instance: &Instance, alike: Alike) -> Posed<'_> {
    let level = |name: &str, firm, hard| Level { name: name.into(), firm, hard };
    let levels = vec![level("structure", true, true), level("hard", false, true), level("soft", false, false)];
    let mut problem = Problem::new(levels);
    let meets = Meets::new(instance, alike, &mut problem);
    for (owner, constraint) in instance.constraints.iter().enumerate().filter(|(_, constraint)| constraint.weight > 0) {
        let mut clause = Clause { meets: &meets, problem: &mut problem, constraint, owner: owner as u32 };
        match &constraint.kind {
            Kind::AssignTime { .. }
            | Kind::PreferTimes { .. }
            | Kind::SplitEvents { .. }
            | Kind::DistributeSplitEvents { .. }
            | Kind::SpreadEvents { .. }
            | Kind::LinkEvents { .. }
            | Kind::OrderEvents { .. } => events::post(&mut clause),
            _ => resources::post(&mut clause),
        }
    }
    Posed { problem, meets }
}

impl Posed<'_> {
    pub(super) fn seats(&self) -> Seats {
        self.meets.seats(&self.problem)
    }
}

/// A constraint while it posts its points.
struct Clause<'p, 'i> {
    meets: &'p Meets<'i>,
    problem: &'p mut Problem,
    constraint: &'i Constraint,
    owner: u32,
}

/// What contributes to a point.
#[derive(Default)]
struct Parts {
    links: Vec<Link>,
    gated: Vec<Gated>,
    base: Vec<(u16, i32)>,
}

impl Clause<'_, '_> {
    fn instance(&self) -> &Instance {
        self.meets.instance
    }
    /// One point of application.
    fn point(&mut self, gauge: Gauge, groups: usize, range: Range, parts: Parts) {
        let cost = match self.constraint.function {
            CostFunction::Linear => Cost::Linear,
            CostFunction::Quadratic | CostFunction::SumSquares => Cost::Quadratic,
            CostFunction::Step | CostFunction::SumSteps => Cost::Step,
        };
        self.problem.post(Point {
            name: format!("{}.{}", self.constraint.id, self.problem.points.len()),
            owner: self.owner,
            level: if self.constraint.required { HARD } else { SOFT },
            gauge,
            groups: groups.max(1) as u16,
            lo: range.min.max(-FREE),
            hi: range.max.min(FREE),
            weight: self.constraint.weight,
            cost,
            links: parts.links,
            gated: parts.gated,
            base: parts.base,
        });
    }
    /// Whether the cost function is applied to the parts of the deviation one by one.
    fn by_parts(&self) -> bool {
        matches!(self.constraint.function, CostFunction::SumSquares | CostFunction::SumSteps)
    }
}

const NONE_AT_ALL: Range = Range { min: -FREE, max: 0 };
