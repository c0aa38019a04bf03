//! The only file that knows the solver. Models are written with `good_lp` and solved through `highs`, serially.

use super::model::{Model, Row};
use good_lp::{Expression, ProblemVariables, Solver, SolverModel, Variable, constraint, variable};
use highs::{HighsModelStatus, HighsSolutionStatus};

/// How much work one solve may take. `seconds` is only the net under `nodes` and the gap.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    pub seconds: f64,
    pub nodes: Option<i32>,
    /// Stop when value − bound is at most this.
    pub gap: f64,
    pub seed: u32,
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
    /// Stopped by the wall clock.
    pub timed_out: bool,
    /// Simplex iterations.
    pub work: u64,
}

impl Answer {
    fn nothing() -> Self {
        Self { x: None, value: f64::INFINITY, bound: f64::NEG_INFINITY, infeasible: false, timed_out: false, work: 0 }
    }
}

/// Version of the solver for manifests, as the linked crate names it.
pub fn solver_version() -> &'static str {
    "HiGHS 1.15"
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
    run(problem, start, effort, model.columns.iter().any(|column| column.integer)).unwrap_or_else(Answer::nothing)
}

/// A bare solver: one column and one row for each of the model's, so that prices of rows can be read back.
fn load(model: &Model, objective: &[f64], whole: bool, seconds: f64) -> Option<highs::Model> {
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
    solver.try_set_option("time_limit", seconds.max(0.01)).ok()?;
    Some(solver)
}

/// Prices of the rows (dual values) at the least `objective` (one price per column) with every column cut into fractions.
pub(super) fn row_prices(model: &Model, objective: &[f64], seconds: f64) -> Option<Vec<f64>> {
    let mut solver = load(model, objective, false, seconds)?;
    // An interior point is found several times faster than a vertex, and its prices prove as much.
    solver.try_set_option("solver", "ipm").ok()?;
    solver.try_set_option("run_crossover", "off").ok()?;
    let prices = solver.try_solve().ok()?.get_solution().dual_rows().to_vec();
    prices.iter().all(|price| price.is_finite()).then_some(prices)
}

/// What the least `objective` in whole numbers is not below; nothing is spent on looking for solutions.
pub(super) fn whole_bound(model: &Model, objective: &[f64], seconds: f64) -> Option<f64> {
    let mut solver = load(model, objective, true, seconds)?;
    solver.try_set_option("mip_heuristic_effort", 0.0).ok()?;
    solver.try_set_option("mip_rel_gap", 0.0).ok()?;
    solver.try_set_option("mip_abs_gap", 0.99).ok()?;
    let solved = solver.try_solve().ok()?;
    solved.double_info_value(c"mip_dual_bound").ok().filter(|bound| bound.is_finite())
}

/// `None` when the solver refuses the model or an option: the caller then knows nothing, which is the truth.
fn run(problem: good_lp::solvers::highs::HighsProblem, start: Option<&[f64]>, effort: &Effort, whole: bool) -> Option<Answer> {
    let mut model = problem.try_into_inner().ok()?;
    model.make_quiet();
    model.try_set_option("threads", 1).ok()?;
    model.try_set_option("parallel", "off").ok()?;
    model.try_set_option("random_seed", i32::try_from(effort.seed & 0x7fff_ffff).unwrap_or(0)).ok()?;
    model.try_set_option("time_limit", effort.seconds.max(0.01)).ok()?;
    model.try_set_option("mip_rel_gap", 0.0).ok()?;
    model.try_set_option("mip_abs_gap", effort.gap.max(1e-6)).ok()?;
    if let Some(nodes) = effort.nodes {
        model.try_set_option("mip_max_nodes", nodes).ok()?;
    }
    if let Some(start) = start {
        model.try_set_solution(Some(start), None, None, None).ok()?;
    }
    let solved = model.try_solve().ok()?;
    let status = solved.status();
    let mut answer = Answer::nothing();
    answer.work = u64::try_from(solved.simplex_iteration_count()).unwrap_or(0);
    answer.infeasible = status == HighsModelStatus::Infeasible;
    answer.timed_out = status == HighsModelStatus::ReachedTimeLimit;
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
