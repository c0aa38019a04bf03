//! The only file that knows the solver. Models are written with `good_lp` and solved through `highs`, serially.

use super::model::{Model, Row};
use good_lp::{Expression, ProblemVariables, Solver, SolverModel, Variable, constraint, variable};
use highs::{HighsModelStatus, HighsSolutionStatus};
use std::cell::Cell;
use std::ffi::{c_char, c_int, c_void};
use std::time::Instant;

/// How far one solve may go.
#[derive(Clone, Copy)]
pub struct Effort<'s> {
    /// Units of work (`work`) after which it is called off: the same point on every machine.
    pub work: u64,
    /// A net for what the callbacks cannot reach. What it cuts short has no claim to be repeatable.
    pub until: Option<Instant>,
    /// Stop when value − bound is at most this.
    pub gap: f64,
    pub seed: u32,
    /// Without the solver's own searches for plans, which cannot be called off: for proofs.
    pub plain: bool,
    /// Asked all the time; whoever answers yes discards what comes of it.
    pub stop: &'s (dyn Fn() -> bool + Sync),
}

/// What a solve says, with its bound read from the solver and its status as data.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Solution vector, if one was found.
    pub x: Option<Vec<f64>>,
    pub value: f64,
    /// Nothing is below this.
    pub bound: f64,
    /// The solver says that no solution exists.
    pub infeasible: bool,
    /// Units of work, see `work`.
    pub work: u64,
}

impl Answer {
    fn nothing() -> Self {
        Self { x: None, value: f64::INFINITY, bound: f64::NEG_INFINITY, infeasible: false, work: 0 }
    }
}

/// Version of the solver for manifests, as the linked crate names it.
pub fn solver_version() -> &'static str {
    "HiGHS 1.15"
}

/// Units of work: nominal microseconds. A simplex iteration over m rows counts (200 + m) / 40, and every model one for ten of its
/// entries, for what is done to it before the first iteration. Fitted on two cores; the unit is the same everywhere, its seconds are not.
pub(super) fn work(rows: usize, entries: usize, iterations: u64) -> u64 {
    100 + entries as u64 * 3 / 5 + iterations * (200 + rows as u64 / 20)
}

/// The least work that gets a model anywhere: its first linear program cannot be called off.
pub(super) fn least_work(model: &Model, extra: usize) -> u64 {
    let rows = model.rows.len() + extra;
    work(rows, entries(model), rows as u64 / 4)
}

/// Iterations that so much work allows, one at least.
fn iterations(rows: usize, entries: usize, work: u64) -> u64 {
    (work.saturating_sub(100 + entries as u64 * 3 / 5) / (200 + rows as u64 / 20)).max(1)
}

/// Minimises `objective` (column, price) over the model and `extra` rows, with columns in `held` fixed.
pub(super) fn minimise(
    model: &Model,
    objective: &[(u32, f64)],
    extra: &[Row],
    held: &[(u32, i64)],
    start: Option<&[f64]>,
    effort: &Effort,
) -> Answer {
    if model.columns.is_empty() {
        return Answer { x: Some(Vec::new()), value: 0.0, bound: 0.0, ..Answer::nothing() };
    }
    let mut bounds: Vec<(f64, f64)> = model.columns.iter().map(|column| (column.lo as f64, column.hi as f64)).collect();
    for (column, value) in held {
        bounds[*column as usize] = (*value as f64, *value as f64);
    }
    let mut variables = ProblemVariables::new();
    let columns: Vec<Variable> = model
        .columns
        .iter()
        .zip(&bounds)
        .map(|(column, (lo, hi))| {
            let definition = variable().min(*lo).max(*hi);
            variables.add(if column.integer { definition.integer() } else { definition })
        })
        .collect();
    let line = |terms: &mut dyn Iterator<Item = (u32, f64)>| {
        let mut sum = Expression::with_capacity(terms.size_hint().0);
        for (column, coef) in terms {
            sum.add_mul(coef, columns[column as usize]);
        }
        sum
    };
    let goal = line(&mut objective.iter().copied());
    let mut problem = good_lp::solvers::highs::highs.create_model(variables.minimise(goal));
    for row in model.rows.iter().chain(extra) {
        let sum = || line(&mut row.terms.iter().map(|(column, coef)| (*column, *coef as f64)));
        match (row.lo, row.hi) {
            (Some(lo), Some(hi)) if lo == hi => drop(problem.add_constraint(constraint!(sum() == lo as f64))),
            (lo, hi) => {
                if let Some(lo) = lo {
                    problem.add_constraint(constraint!(sum() >= lo as f64));
                }
                if let Some(hi) = hi {
                    problem.add_constraint(constraint!(sum() <= hi as f64));
                }
            }
        }
    }
    let size = (model.rows.len() + extra.len(), model.rows.iter().chain(extra).map(|row| row.terms.len()).sum());
    run(problem, start, effort, size, model.columns.iter().any(|column| column.integer)).unwrap_or_else(Answer::nothing)
}

/// Looks into a running solve: calls it off after so many iterations, or when the run is to stop.
struct Watch<'s> {
    most: u64,
    asked: Cell<u32>,
    stop: &'s (dyn Fn() -> bool + Sync),
}

/// Iterations of the simplex method between two looks at the clock.
const PACE: u32 = 32;

impl Watch<'_> {
    fn is_over(&self, iterations: u64, always: bool) -> bool {
        self.asked.set(self.asked.get().wrapping_add(1));
        iterations >= self.most || ((always || self.asked.get().is_multiple_of(PACE)) && (self.stop)())
    }
}

/// # Safety
/// `data` is the [`Watch`] that [`watched`] handed over; the solver passes its own structures.
#[allow(unsafe_code)] // the solver's C interface
unsafe extern "C" fn look(
    kind: c_int,
    _: *const c_char,
    out: *const highs_sys::HighsCallbackDataOut,
    answer: *mut highs_sys::HighsCallbackDataIn,
    data: *mut c_void,
) {
    // SAFETY: the pointers are valid for the call; the watch outlives the solve.
    let (Some(watch), Some(out), Some(answer)) =
        (unsafe { data.cast::<Watch>().as_ref() }, unsafe { out.as_ref() }, unsafe { answer.as_mut() })
    else {
        return;
    };
    let simplex = kind == highs_sys::kHighsCallbackSimplexInterrupt;
    let done = if simplex { i64::from(out.simplex_iteration_count) } else { out.mip_total_lp_iterations };
    answer.user_interrupt = c_int::from(watch.is_over(u64::try_from(done).unwrap_or(0), !simplex));
}

/// Solves under a watch.
#[allow(unsafe_code)] // callbacks are set through the solver's C interface only
fn watched(mut model: highs::Model, watch: &Watch) -> Option<highs::SolvedModel> {
    let kinds = [highs_sys::kHighsCallbackSimplexInterrupt, highs_sys::kHighsCallbackIpmInterrupt, highs_sys::kHighsCallbackMipInterrupt];
    let solver = model.as_mut_ptr();
    let data: *const Watch = watch;
    // SAFETY: `solver` is this model's own; `watch` is borrowed until the solve has returned.
    unsafe {
        highs_sys::Highs_setCallback(solver, Some(look), data.cast_mut().cast());
        for kind in kinds {
            highs_sys::Highs_startCallback(solver, kind);
        }
    }
    let mut solved = model.try_solve().ok()?;
    // SAFETY: as above; whoever reads the solution later finds no callback.
    unsafe {
        for kind in kinds {
            highs_sys::Highs_stopCallback(solved.as_mut_ptr(), kind);
        }
    }
    Some(solved)
}

/// Seconds until the net, for the solver's own clock.
fn net(until: Option<Instant>) -> f64 {
    until.map_or(f64::INFINITY, |until| until.saturating_duration_since(Instant::now()).as_secs_f64().max(0.01))
}

/// A bare solver: one column and one row for each of the model's, so that prices of rows can be read back.
fn load(model: &Model, objective: &[f64], whole: bool, effort: &Effort) -> Option<highs::Model> {
    let mut problem = highs::RowProblem::new();
    let column = |(column, price): (&super::model::Column, &f64)| {
        problem.add_column_with_integrality(*price, column.lo as f64..=column.hi as f64, whole && column.integer)
    };
    let columns: Vec<highs::Col> = model.columns.iter().zip(objective).map(column).collect();
    for row in &model.rows {
        let terms = row.terms.iter().map(|(column, coef)| (columns[*column as usize], *coef as f64));
        let (lo, hi) = (row.lo.map_or(f64::NEG_INFINITY, |lo| lo as f64), row.hi.map_or(f64::INFINITY, |hi| hi as f64));
        problem.add_row(lo..=hi, terms.collect::<Vec<_>>());
    }
    let mut solver = problem.try_optimise(highs::Sense::Minimise).ok()?;
    solver.make_quiet();
    solver.try_set_option("threads", 1).ok()?;
    solver.try_set_option("parallel", "off").ok()?;
    solver.try_set_option("time_limit", net(effort.until)).ok()?;
    Some(solver)
}

fn entries(model: &Model) -> usize {
    model.rows.iter().map(|row| row.terms.len()).sum()
}

/// Iterations of the interior point method that a linear program is counted as: most take 20 to 60.
const INTERIOR: u64 = 40;

/// Work of the linear program of a model by the interior point method: an iteration factors what the rows have in common.
pub(super) fn linear_work(model: &Model) -> u64 {
    INTERIOR * (entries(model) as u64 + model.rows.len() as u64) / 4
}

/// Prices of the rows (dual values) at the least `objective` (one price per column) with every column cut into fractions. The work is
/// that of [`linear_work`], whatever is allowed: callers ask before.
pub(super) fn row_prices(model: &Model, objective: &[f64], effort: &Effort) -> Option<Vec<f64>> {
    let mut solver = load(model, objective, false, effort)?;
    // An interior point is found several times faster than a vertex, and its prices prove as much.
    solver.try_set_option("solver", "ipm").ok()?;
    solver.try_set_option("run_crossover", "off").ok()?;
    let watch = Watch { most: u64::MAX, asked: Cell::new(0), stop: effort.stop };
    let solved = watched(solver, &watch)?;
    let prices = solved.get_solution().dual_rows().to_vec();
    prices.iter().all(|price| price.is_finite()).then_some(prices)
}

/// What the least `objective` in whole numbers is not below, and the work; nothing is spent on looking for solutions.
pub(super) fn whole_bound(model: &Model, objective: &[f64], effort: &Effort) -> Option<(f64, u64)> {
    let mut solver = load(model, objective, true, effort)?;
    solver.try_set_option("mip_heuristic_effort", 0.0).ok()?;
    solver.try_set_option("mip_rel_gap", 0.0).ok()?;
    solver.try_set_option("mip_abs_gap", 0.99).ok()?;
    let (rows, entries) = (model.rows.len(), entries(model));
    if effort.work < work(rows, entries, 2 * rows as u64) {
        return None;
    }
    let watch = Watch { most: iterations(rows, entries, effort.work), asked: Cell::new(0), stop: effort.stop };
    let solved = watched(solver, &watch)?;
    let done = u64::try_from(solved.simplex_iteration_count()).unwrap_or(0);
    let bound = solved.double_info_value(c"mip_dual_bound").ok().filter(|bound| bound.is_finite())?;
    Some((bound, work(rows, entries, done)))
}

/// `None` when the solver refuses the model or an option: the caller then knows nothing. `size`: rows and entries.
fn run(
    problem: good_lp::solvers::highs::HighsProblem,
    start: Option<&[f64]>,
    effort: &Effort,
    size: (usize, usize),
    whole: bool,
) -> Option<Answer> {
    let mut model = problem.try_into_inner().ok()?;
    model.make_quiet();
    model.try_set_option("threads", 1).ok()?;
    model.try_set_option("parallel", "off").ok()?;
    model.try_set_option("random_seed", i32::try_from(effort.seed & 0x7fff_ffff).unwrap_or(0)).ok()?;
    model.try_set_option("time_limit", net(effort.until)).ok()?;
    model.try_set_option("mip_rel_gap", 0.0).ok()?;
    model.try_set_option("mip_abs_gap", effort.gap.max(1e-6)).ok()?;
    if effort.plain {
        model.try_set_option("mip_heuristic_effort", 0.0).ok()?;
    }
    if let Some(start) = start {
        model.try_set_solution(Some(start), None, None, None).ok()?;
    }
    let watch = Watch { most: iterations(size.0, size.1, effort.work), asked: Cell::new(0), stop: effort.stop };
    let solved = watched(model, &watch)?;
    let status = solved.status();
    let mut answer = Answer::nothing();
    answer.work = work(size.0, size.1, u64::try_from(solved.simplex_iteration_count()).unwrap_or(0));
    answer.infeasible = status == HighsModelStatus::Infeasible;
    if solved.primal_solution_status() == HighsSolutionStatus::Feasible {
        answer.x = Some(solved.get_solution().columns().to_vec());
        answer.value = solved.objective_value();
    }
    if whole {
        answer.bound = solved.double_info_value(c"mip_dual_bound").unwrap_or(f64::NEG_INFINITY);
    } else if status == HighsModelStatus::Optimal {
        answer.bound = answer.value;
    }
    Some(answer)
}
