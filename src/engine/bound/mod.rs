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

use super::highs::{row_prices, whole_bound};
use super::levels::Budget;
use super::model::{Binding, Model, Row};
use super::problem::{Domain, Link, Point, Problem};
use faces::Piece;
pub(super) use faces::grows;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Seconds that one block may take in whole numbers: a run that is called to its end waits no longer.
const WHOLE: f64 = 30.0;

/// Which points' prices are added up.
pub type Priced<'a> = dyn Fn(&Point) -> bool + Sync + 'a;

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

    /// None of these plans has a smaller sum of the prices of the points that `priced` names: its part per block, by linear
    /// programs. What is not proved within the budget counts as nothing.
    pub fn bound(&self, priced: &Priced, budget: &Budget) -> Vec<(u32, i64)> {
        let bound = |(block, pieces): (u32, Vec<Piece>)| {
            if over(budget) {
                return (block, 0);
            }
            let (model, objective, paid) = self.model(&pieces);
            let prices = row_prices(&model, &objective, seconds(budget)).unwrap_or_default();
            (block, whole(proved(&model, objective, &prices)) + paid)
        };
        let mut bounds: Vec<(u32, i64)> = self.pieces(priced).into_par_iter().map(bound).collect();
        // What is paid for what is already decided.
        let free = self.problem.points.iter().filter(|point| point.links.is_empty() && point.gated.is_empty() && priced(point));
        bounds.push((u32::MAX, free.map(|point| point.price(point.gauge.raw(&self.problem.totals(point, &[])))).sum()));
        bounds
    }

    /// Raises such bounds in whole numbers, where `plan` pays more than they say. Nothing happens under a limit of nodes: how far the
    /// solver comes is told by the clock alone.
    pub fn raise(&self, bounds: &mut [(u32, i64)], priced: &Priced, plan: &[i32], budget: &Budget) {
        let pays = |pieces: &[Piece]| -> i64 {
            let points = pieces.iter().filter(|piece| !piece.held).map(|piece| piece.point);
            points.map(|point| point.price(point.gauge.raw(&self.problem.totals(point, plan)))).sum()
        };
        let mut open: Vec<(&mut i64, Vec<Piece>)> = Vec::new();
        let mut pieces: BTreeMap<u32, Vec<Piece>> = self.pieces(priced).into_iter().collect();
        for (block, bound) in bounds {
            let mine = pieces.remove(block).filter(|pieces| *bound < pays(pieces));
            open.extend(mine.map(|pieces| (bound, pieces)));
        }
        // The smallest first: they are done early and leave their share to the others.
        open.reverse();
        let left = AtomicUsize::new(open.len());
        let raise = |(bound, pieces): (&mut i64, Vec<Piece>)| {
            let share = rayon::current_num_threads() as f64 / left.fetch_sub(1, Ordering::Relaxed) as f64;
            if over(budget) || budget.nodes.is_some() {
                return;
            }
            let (model, objective, paid) = self.model(&pieces);
            if let Some(found) = whole_bound(&model, &objective, (seconds(budget) * share.min(1.0)).min(WHOLE)) {
                *bound = (*bound).max(whole(found) + paid);
            }
        };
        open.into_par_iter().with_max_len(1).for_each(raise);
    }

    /// The rows of a block, the price of each column, and what is paid whatever happens.
    fn model(&self, pieces: &[Piece]) -> (Model, Vec<f64>, i64) {
        let model = Model::build(&coarse::coarsen(&self.problem, pieces), Binding::Firm);
        let (costs, paid) = &model.costs[usize::from(coarse::PRICED)];
        let mut objective = vec![0.0; model.columns.len()];
        for (column, price) in costs {
            objective[*column as usize] = *price as f64;
        }
        let paid = *paid;
        (model, objective, paid)
    }

    /// The blocks with something priced and their points, the largest first.
    fn pieces(&self, priced: &Priced) -> Vec<(u32, Vec<Piece<'_>>)> {
        let mut pieces: BTreeMap<u32, Vec<Piece>> = BTreeMap::new();
        for point in &self.problem.points {
            let held = self.held[usize::from(point.level)];
            if !held && !priced(point) {
                continue;
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
        let mut blocks: Vec<(u32, Vec<Piece>)> = pieces.into_iter().collect();
        blocks.retain(|(_, pieces)| pieces.iter().any(|piece| !piece.held));
        blocks.sort_by_key(|(block, pieces)| (std::cmp::Reverse(pieces.len()), *block));
        blocks
    }
}

/// None of the plans that cost no more than `decided` at the first levels costs less at the level after them, by one linear program;
/// nothing if that takes longer than the budget.
pub fn linear_bound(problem: &Problem, decided: &[i64], budget: &Budget) -> i64 {
    let mut model = Model::build(problem, Binding::Firm);
    for (level, value) in decided.iter().enumerate() {
        let (costs, paid) = &model.costs[level];
        let terms = costs.iter().map(|(column, price)| (*column, *price)).collect();
        model.rows.push(Row { name: format!("hold level {level}"), lo: None, hi: Some(value - paid), terms });
    }
    let (costs, paid) = &model.costs[decided.len()];
    let mut objective = vec![0.0; model.columns.len()];
    for (column, price) in costs {
        objective[*column as usize] = *price as f64;
    }
    let prices = if over(budget) { None } else { row_prices(&model, &objective, seconds(budget)) };
    prices.map_or(0, |prices| whole(proved(&model, objective, &prices)) + paid)
}

fn seconds(budget: &Budget) -> f64 {
    budget.until.saturating_duration_since(Instant::now()).as_secs_f64()
}

fn over(budget: &Budget) -> bool {
    seconds(budget) <= 0.0 || (budget.stop)()
}

/// The least whole number that is not below; all prices are whole and none is negative.
fn whole(bound: f64) -> i64 {
    (bound - 1e-6).ceil().max(0.0) as i64
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
