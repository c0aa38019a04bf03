//! Probes: the timetable of one teacher or one class alone. What cannot be held alone cannot be held among others.
//!
//! A short walk finds a week for nearly everybody; only where it does not, the firm rows are asked for a proof.

use super::points::Levels;
use super::run::Run;
use super::seating::seats;
use super::slots::Slots;
use crate::engine::{Binding, Budget, Problem, Search, SearchLimits, solve_levels};
use crate::file::{Force, Plan, Teaching};
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
    let (parts, postings, class_teachers) = (plan.parts.clone(), plan.postings.clone(), plan.class_teachers.clone());
    let alone = Plan { parts, postings, class_teachers, teaching: rows.to_vec(), ..Plan::default() };
    probe(run, &alone, &|course| courses.contains(&course))
}

/// Whether the lessons of one class fit its week under the hard clauses.
pub(super) fn probe_class(run: &Run, plan: &Plan, class: usize) -> Verdict {
    probe(run, plan, &|course| run.world.courses[course].classes.contains(&class))
}

fn probe(run: &Run, plan: &Plan, mine: &dyn Fn(usize) -> bool) -> Verdict {
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
    let found = search.run(SearchLimits { deadline: None, moves: Some(MOVES), legal_by: 1.0, only_legal: false }, &|| run.stopped());
    if found.score.iter().all(|level| *level == 0) {
        return Verdict::Fits;
    }
    let stop = run.stopper();
    let proof = solve_levels(&whole, Binding::Firm, None, &Budget { plain: true, ..run.budget(PROOF, 0.0, &stop) });
    if !proof.infeasible {
        return if !proof.found { Verdict::Unknown } else { Verdict::Fits };
    }
    let mut broken: Vec<String> = Vec::new();
    for point in &whole.points {
        let raw = point.gauge.raw(&whole.totals(point, &found.values));
        if point.excess(raw) > 0 && (point.owner as usize) < policy.clauses.len() {
            broken.push(policy.clauses[point.owner as usize].id.clone());
        }
    }
    broken.sort();
    broken.dedup();
    Verdict::Impossible(broken)
}
