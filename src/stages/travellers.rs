//! Travellers: the weeks of those who teach away, found first, all together and without anybody else's lessons. Among the others'
//! they are hard to find: few days, whole half-days, the time of the way. Everybody else is then placed around them.

use super::components::components;
use super::points::{FIRST_RANK, LEGAL, Levels};
use super::run::Run;
use super::seating::seats;
use super::slots::{Slots, teachers};
use super::timetable::{self, Broken, HARD, Starts, breaches};
use crate::engine::{Aim, Problem, Search, SearchLimits};
use crate::file::{Force, Plan};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::collections::BTreeSet;

/// Moves per lesson.
const MOVES: u64 = 400;

/// A week of theirs, for each set of schools that share somebody.
pub(super) struct Travellers<'w> {
    parts: Vec<Part<'w>>,
}

struct Part<'w> {
    slots: Slots<'w>,
    problem: Problem,
    values: Vec<i32>,
    tried: u64,
}

impl<'w> Travellers<'w> {
    /// A week of all who teach at more than the school they work at, as near to `starts` as that goes.
    pub(super) fn find(run: &Run<'w>, plan: &Plan, starts: &Starts, seed: u64) -> Self {
        let schools = components(run.world, plan);
        Self { parts: schools.into_par_iter().filter_map(|schools| Part::find(run, plan, starts, seed, &schools)).collect() }
    }
    /// The same of those in these schools.
    pub(super) fn find_in(run: &Run<'w>, plan: &Plan, starts: &Starts, schools: &BTreeSet<usize>) -> Self {
        Self { parts: Part::find(run, plan, starts, 0, schools).into_iter().collect() }
    }
    /// Adds where their lessons begin to what is known.
    pub(super) fn starts(&self, known: Starts) -> Starts {
        self.parts.iter().fold(known, |known, part| timetable::starts(&part.slots, &part.values, known))
    }
    /// Nothing of law and policy is broken.
    pub(super) fn fit(&self) -> bool {
        self.parts.iter().all(Part::fits)
    }
    /// Who stands in what is broken of law and policy.
    pub(super) fn broken(&self) -> Vec<Broken> {
        self.parts.iter().flat_map(|part| breaches(&part.slots, &part.problem, &part.values, FIRST_RANK)).collect()
    }
    pub(super) fn work(&self) -> u64 {
        self.parts.iter().map(|part| timetable::worked(part.tried)).sum()
    }
}

impl<'w> Part<'w> {
    fn find(run: &Run<'w>, plan: &Plan, starts: &Starts, seed: u64, schools: &BTreeSet<usize>) -> Option<Self> {
        let world = run.world;
        let (works, teachers) = (super::working_schools(world, plan), teachers(world, plan));
        let taught = (0..world.courses.len()).filter(|course| schools.contains(&world.courses[*course].school));
        let taught = taught.flat_map(|course| teachers[course].iter().map(move |(_, who)| (course, *who)));
        let travel: BTreeSet<usize> =
            taught.filter(|(course, who)| works[*who] != world.courses[*course].school).map(|(_, who)| who).collect();
        if travel.is_empty() {
            return None;
        }
        let mut policy = run.policy.clone();
        policy.clauses.retain(|clause| !matches!(clause.force, Force::Prefer(_)));
        let levels = Levels::of(&policy);
        let mut problem = Problem::new(levels.engine());
        let mine = |course: usize| teachers[course].iter().any(|(_, who)| travel.contains(who));
        let mut slots = Slots::of(world, plan, &mine, &mut problem);
        slots.alone = true;
        super::bind(&policy, &levels, &mut problem, &mut |rule, points| rule.timetable(&slots, points));
        problem.tighten();
        // Whatever stays broken costs somebody lessons, law or policy.
        problem.points.iter_mut().for_each(|point| point.level = point.level.min(LEGAL));
        let mut values = vec![-1; problem.items.len()];
        for lesson in &slots.lessons {
            let start = timetable::start(starts, lesson).unwrap_or(-1);
            if problem.items[lesson.item as usize].domain.holds(start) {
                values[lesson.item as usize] = start;
            }
        }
        let seats = seats(&slots, &problem);
        let mut search = Search::new(&problem, &seats, values, run.options.seed ^ seed << 32);
        let moves = Some(MOVES * problem.items.len() as u64);
        let found = search.run(SearchLimits { deadline: None, moves, aim: Aim::Legal }, &|| run.stopped());
        Some(Self { slots, values: found.values, tried: found.tried, problem })
    }
    fn fits(&self) -> bool {
        self.problem.score(&self.values)[..HARD].iter().all(|level| *level == 0)
    }
}
