//! Lower bounds of a problem too large for its own rows: block by block, with alike items counted and alike values merged.
//!
//! ```text
//! points ──blocks──▶ pieces ──faces──▶ coarse problem ──rows──▶ linear program ──prices of the rows──▶ bound of the block
//! ```
//!
//! Every step can only make plans cheaper: a point that ties blocks is held in each of them for its own items and priced in one
//! of them; values that nothing tells apart are merged; what needs the exact values is left out; items are cut into fractions.
//! The bound of the whole is the sum over the blocks.

mod coarse;
mod faces;
mod patterns;

use super::highs::row_prices;
use super::levels::Budget;
use super::model::{Binding, Model};
use super::problem::{Domain, Link, Point, Problem};
use faces::Piece;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::collections::BTreeMap;
use std::time::Instant;

/// A problem cut into blocks, and the plans that its bounds speak of.
pub struct Relaxed {
    problem: Problem,
    blocks: Vec<u32>,
    held: Vec<bool>,
}

impl Relaxed {
    /// Over all plans without excess at the levels `held`; `blocks` names the block of each item.
    pub fn new(problem: &Problem, blocks: Vec<u32>, held: Vec<bool>) -> Self {
        let mut problem = problem.clone();
        for (level, held) in problem.levels.iter_mut().zip(&held) {
            level.firm = *held;
        }
        problem.tighten();
        Self { problem, blocks, held }
    }

    /// None of these plans has a smaller sum of the prices of the points that `priced` names. What is not proved within the budget
    /// counts as nothing.
    pub fn bound(&self, priced: &(dyn Fn(&Point) -> bool + Sync), budget: &Budget) -> i64 {
        let (mut blocks, paid) = self.pieces(priced);
        blocks.retain(|(_, pieces)| pieces.iter().any(|piece| !piece.held));
        blocks.sort_by_key(|(block, pieces)| (std::cmp::Reverse(pieces.len()), *block));
        let bound = |(_, pieces): (u32, Vec<Piece>)| {
            let seconds = budget.until.saturating_duration_since(Instant::now()).as_secs_f64();
            if seconds <= 0.0 || (budget.stop)() {
                return 0;
            }
            let model = Model::build(&coarse::coarsen(&self.problem, &pieces), Binding::Firm);
            let (costs, constant) = &model.costs[usize::from(coarse::PRICED)];
            let mut objective = vec![0.0; model.columns.len()];
            for (column, price) in costs {
                objective[*column as usize] = *price as f64;
            }
            let prices = row_prices(&model, &objective, seconds).unwrap_or_default();
            // All prices are whole, so the block's is.
            ((proved(&model, objective, &prices) - 1e-6).ceil() as i64 + constant).max(0)
        };
        paid + blocks.into_par_iter().map(bound).sum::<i64>()
    }

    /// The points by block, and what those without items cost.
    fn pieces(&self, priced: &dyn Fn(&Point) -> bool) -> (Vec<(u32, Vec<Piece<'_>>)>, i64) {
        let mut pieces: BTreeMap<u32, Vec<Piece>> = BTreeMap::new();
        let mut paid = 0;
        for point in &self.problem.points {
            let held = self.held[usize::from(point.level)];
            if !held && !priced(point) {
                continue;
            }
            if point.links.is_empty() && point.gated.is_empty() && !held {
                paid += point.price(point.gauge.raw(&self.problem.totals(point, &[])));
            }
            let mut parts: BTreeMap<u32, Vec<Link>> = BTreeMap::new();
            for link in &point.links {
                if matches!(self.problem.items[link.item as usize].domain, Domain::Choice(_)) {
                    parts.entry(self.blocks[link.item as usize]).or_default().push(*link);
                }
            }
            // Priced once: in the block that holds most of it.
            let most = parts.iter().max_by_key(|(block, links)| (links.len(), std::cmp::Reverse(**block))).map(|(block, _)| *block);
            for (block, links) in parts {
                if held || Some(block) == most {
                    pieces.entry(block).or_default().push(Piece { point, links, held });
                }
            }
        }
        (pieces.into_iter().collect(), paid)
    }
}

/// What prices of the rows prove, whoever found them: Σ rows price · side + Σ columns (cost − Σ price · coef) · side, each with the
/// side that makes it least. The rows' own numbers are small and whole, so only the last digits are rounded.
fn proved(model: &Model, mut reduced: Vec<f64>, prices: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (row, price) in model.rows.iter().zip(prices) {
        let Some(side) = (if *price > 0.0 { row.lo } else { row.hi }) else { continue };
        sum += price * side as f64;
        for (column, coef) in &row.terms {
            reduced[*column as usize] -= price * *coef as f64;
        }
    }
    let least = |(column, cost): (&super::model::Column, f64)| cost * if cost > 0.0 { column.lo } else { column.hi } as f64;
    sum + model.columns.iter().zip(reduced).map(least).sum::<f64>()
}
