//! Probes: the timetable of one teacher or one class alone. What cannot be held alone cannot be held among others.
//!
//! A short walk finds a week for nearly everybody; only where it does not, the firm rows are asked for a proof.

use super::points::Levels;
use super::run::Run;
use super::seating::seats;
use super::slots::Slots;
use crate::engine::{Aim, Binding, Budget, Point, Problem, Search, SearchLimits, solve_levels};
use crate::file::{Force, Plan, Policy, Teaching};
use std::collections::BTreeSet;

pub(super) enum Verdict {
    Fits,
    /// Proved; with the ids of the clauses that the best week found still breaks.
    Impossible(Vec<String>),
    Unknown,
}

/// What a probe counts as: its walk, and its proof where it came to that.
pub(super) const WORK: u64 = 50_000;

/// Tried moves before the rows are asked.
const MOVES: u64 = 15_000;

/// Work of a proof at most.
const PROOF: u64 = 200_000;

/// Whether the teacher's own lessons of these courses fit a week under the hard clauses; `rows`: all the teaching of the teacher.
pub(super) fn probe_teacher(run: &Run, plan: &Plan, rows: &[Teaching], courses: &BTreeSet<usize>) -> Verdict {
    probe(run, &alone(plan, rows), &|course| courses.contains(&course))
}

/// Whether the lessons of one class fit its week under the hard clauses.
pub(super) fn probe_class(run: &Run, plan: &Plan, class: usize) -> Verdict {
    probe(run, plan, &|course| run.world.courses[course].classes.contains(&class))
}

/// The clauses that the best week breaks which a walk finds for these courses of the teacher's; none = they fit.
pub(super) fn walk_teacher(run: &Run, plan: &Plan, rows: &[Teaching], courses: &BTreeSet<usize>) -> BTreeSet<String> {
    Walked::new(run, &alone(plan, rows), &|course| courses.contains(&course)).broken()
}

/// Postings and class teachers of the plan with nothing but this teaching.
fn alone(plan: &Plan, rows: &[Teaching]) -> Plan {
    let (parts, postings, class_teachers) = (plan.parts.clone(), plan.postings.clone(), plan.class_teachers.clone());
    Plan { parts, postings, class_teachers, teaching: rows.to_vec(), ..Plan::default() }
}

fn probe(run: &Run, plan: &Plan, mine: &dyn Fn(usize) -> bool) -> Verdict {
    let walked = Walked::new(run, plan, mine);
    if walked.fits {
        return Verdict::Fits;
    }
    let stop = run.stopper();
    let proof = solve_levels(&walked.problem, Binding::Firm, None, &Budget { plain: true, ..run.budget(PROOF, 0.0, &stop) });
    match () {
        () if proof.infeasible => Verdict::Impossible(walked.broken().into_iter().collect()),
        () if proof.found => Verdict::Fits,
        () => Verdict::Unknown,
    }
}

/// A short walk under what is demanded.
struct Walked {
    policy: Policy,
    problem: Problem,
    values: Vec<i32>,
    fits: bool,
}

impl Walked {
    fn new(run: &Run, plan: &Plan, mine: &dyn Fn(usize) -> bool) -> Self {
        let mut policy = run.policy.clone();
        policy.clauses.retain(|clause| !matches!(clause.force, Force::Prefer(_)));
        let levels = Levels::of(&policy);
        let mut hard = levels.engine();
        for level in &mut hard {
            level.firm = true;
        }
        let mut problem = Problem::new(hard);
        let mut slots = Slots::of(run.world, plan, mine, &mut problem);
        slots.alone = true;
        super::bind(&policy, &levels, &mut problem, &mut |rule, points| rule.timetable(&slots, points));
        let whole = problem.clone();
        problem.tighten();
        let seats = seats(&slots, &problem);
        let mut search = Search::new(&problem, &seats, vec![-1; problem.items.len()], 1);
        let found = search.run(SearchLimits { deadline: None, moves: Some(MOVES), aim: Aim::Best }, &|| run.stopped());
        let fits = found.score.iter().all(|level| *level == 0);
        Self { policy, problem: whole, values: found.values, fits }
    }
    /// Ids of the clauses that stay broken.
    fn broken(&self) -> BTreeSet<String> {
        let excess = |point: &&Point| point.excess(point.gauge.raw(&self.problem.totals(point, &self.values))) > 0;
        let broken = self.problem.points.iter().filter(excess);
        broken.filter_map(|point| self.policy.clauses.get(point.owner as usize)).map(|clause| clause.id.clone()).collect()
    }
}
