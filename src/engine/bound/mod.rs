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

use super::highs::{linear_work, row_prices, whole_bound};
use super::levels::Budget;
use super::model::{Binding, Model, Row};
use super::problem::{Domain, Link, Point, Problem};
use faces::Piece;
pub(super) use faces::grows;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use std::collections::BTreeMap;

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
    /// programs. What is not proved within the budget counts as nothing. Returns the work, too.
    pub fn bound(&self, priced: &Priced, budget: &Budget) -> (Vec<(u32, i64)>, u64) {
        let pieces = self.pieces(priced);
        let all: usize = pieces.iter().map(|(_, pieces)| pieces.len()).sum();
        let bound = |(block, pieces): (u32, Vec<Piece>)| {
            let mine = budget.part(pieces.len(), all);
            if mine.is_over() {
                return ((block, 0), 0);
            }
            let (model, objective, paid) = self.model(&pieces);
            let work = linear_work(&model);
            if work > mine.work {
                return ((block, 0), 0);
            }
            let prices = row_prices(&model, &objective, &mine.effort(mine.work, 0.0)).unwrap_or_default();
            ((block, whole(proved(&model, objective, &prices)) + paid), work)
        };
        let (mut bounds, work): (Vec<(u32, i64)>, Vec<u64>) = pieces.into_par_iter().map(bound).unzip();
        // What is paid for what is already decided.
        let free = self.problem.points.iter().filter(|point| point.links.is_empty() && point.gated.is_empty() && priced(point));
        bounds.push((u32::MAX, free.map(|point| point.price(point.gauge.raw(&self.problem.totals(point, &[])))).sum()));
        (bounds, work.into_iter().sum())
    }

    /// Raises such bounds in whole numbers, where `plan` pays more than they say. Returns the work.
    pub fn raise(&self, bounds: &mut [(u32, i64)], priced: &Priced, plan: &[i32], budget: &Budget) -> u64 {
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
        let all: usize = open.iter().map(|(_, pieces)| pieces.len()).sum();
        let raise = |(bound, pieces): (&mut i64, Vec<Piece>)| {
            let mine = budget.part(pieces.len(), all);
            if mine.is_over() {
                return 0;
            }
            let (model, objective, paid) = self.model(&pieces);
            whole_bound(&model, &objective, &mine.effort(mine.work, 0.0)).map_or(0, |(found, work)| {
                *bound = (*bound).max(whole(found) + paid);
                work
            })
        };
        open.into_par_iter().with_max_len(1).map(raise).sum()
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
/// nothing if that is more than the budget. With the work.
pub fn linear_bound(problem: &Problem, decided: &[i64], budget: &Budget) -> (i64, u64) {
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
    let work = linear_work(&model);
    if work > budget.work || (budget.stop)() {
        return (0, 0);
    }
    let prices = row_prices(&model, &objective, &budget.effort(budget.work, 0.0));
    (prices.map_or(0, |prices| whole(proved(&model, objective, &prices)) + paid), work)
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
