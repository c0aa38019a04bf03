//! Temperatures over the budget: a long annealing, then shorter ones from less heat.

use super::Aim;

/// Scales of one walk, in the units of its cost.
pub(super) struct Schedule {
    hot: f64,
    cold: f64,
    /// What a unit of a hard price weighs.
    pub(super) hard: f64,
    /// The present annealing begins so hot that hard prices melt.
    pub(super) melts: bool,
}

pub(super) struct Moment {
    pub(super) cycle: usize,
    pub(super) temperature: f64,
}

/// Ends of the annealings as shares of the budget, and their heat as a share of the first.
const CYCLES: [(f64, f64); 3] = [(0.55, 1.0), (0.8, 0.35), (1.0, 0.2)];
/// Heat at which hard prices melt, in units of what they weigh.
const MELT: f64 = 3.0;

impl Schedule {
    /// From a small, a middling and a large price that a move adds.
    pub(super) fn new(aim: Aim, (small, middling, large): (f64, f64, f64)) -> Self {
        let (hot, cold) = ((0.12 * middling).max(0.03 * large), 0.12 * small);
        let ever = (2.0 * middling).max(0.5 * large);
        match aim {
            Aim::Best => Self { hot, cold, hard: 0.6 * middling, melts: false },
            Aim::Near => Self { hot, cold, hard: 5.0 * middling, melts: false },
            // Hard prices far beyond the heat, which stays.
            Aim::Legal => Self { hot: ever, cold: ever, hard: 15.0 * middling, melts: false },
        }
    }
    /// Whether broken hard points are to weigh more: late, and not while they are meant to melt.
    pub(super) fn presses(&self, passed: f64) -> bool {
        passed > 0.4 && !(self.melts && self.at(passed).temperature > self.hot)
    }
    pub(super) fn at(&self, passed: f64) -> Moment {
        let cycle = CYCLES.iter().position(|(end, _)| passed < *end).unwrap_or(CYCLES.len() - 1);
        let begin = if cycle == 0 { 0.0 } else { CYCLES[cycle - 1].0 };
        let (end, heat) = CYCLES[cycle];
        let hot = if self.melts { MELT * self.hard } else { self.hot * heat };
        let hot = hot.max(self.cold);
        Moment { cycle, temperature: hot * (self.cold / hot).powf((passed - begin) / (end - begin)) }
    }
}
