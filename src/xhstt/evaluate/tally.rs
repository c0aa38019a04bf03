//! Deviations of points and what they cost before the weight.

use crate::xhstt::archive::{CostFunction, Range};

/// Distance of a value from the range: `min − value` below it, `value − max` above it.
pub fn off(value: i64, range: Range) -> i64 {
    if value < range.min {
        range.min.saturating_sub(value)
    } else if value > range.max {
        value.saturating_sub(range.max)
    } else {
        0
    }
}

/// The parts of one point's deviation.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    sum: i128,
    squares: i128,
    above_zero: i128,
}

impl Tally {
    /// A deviation of one part.
    pub fn of(part: i64) -> Self {
        let mut tally = Self::default();
        tally.add(part);
        tally
    }
    /// Counts a part; parts are never negative.
    pub fn add(&mut self, part: i64) {
        let part = i128::from(part.max(0));
        self.sum = self.sum.saturating_add(part);
        self.squares = self.squares.saturating_add(part * part);
        self.above_zero += i128::from(part > 0);
    }
}

/// The points of one constraint summed up.
#[derive(Debug)]
pub struct Bill {
    function: CostFunction,
    points: usize,
    deviation: i128,
    cost: i128,
}

impl Bill {
    pub fn new(function: CostFunction) -> Self {
        Self { function, points: 0, deviation: 0, cost: 0 }
    }
    pub fn point(&mut self, tally: Tally) {
        let cost = match self.function {
            CostFunction::Linear => tally.sum,
            CostFunction::Quadratic => tally.sum.saturating_mul(tally.sum),
            CostFunction::Step => i128::from(tally.sum > 0),
            CostFunction::SumSquares => tally.squares,
            CostFunction::SumSteps => tally.above_zero,
        };
        self.points += usize::from(tally.sum > 0);
        self.deviation = self.deviation.saturating_add(tally.sum);
        self.cost = self.cost.saturating_add(cost);
    }
    pub fn points(&self) -> usize {
        self.points
    }
    pub fn deviation(&self) -> i64 {
        narrow(self.deviation)
    }
    pub fn cost(&self) -> i64 {
        narrow(self.cost)
    }
}

/// The nearest `i64`.
pub fn narrow(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}
