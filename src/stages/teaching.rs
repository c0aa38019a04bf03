//! Teaching: who teaches which course, at home or across schools. Numbers first (interchangeable classes are one integer),
//! names after; what the timetable could never hold is sent back as a cut before a timetable is tried.

use super::coarse::{raise, solve_coarse};
use super::cuts::{NoGood, Probed, blame, conflicts, forbid};
use super::dealing::deal;
use super::foresight::{caps_everybody, foresee};
use super::placing::EACH;
use super::points::{FREE, Levels, STRUCTURE};
use super::probe::WORK;
use super::repair::{PASSES, polish, repair};
use super::run::Run;
use super::shortage::{may_visit, short_subjects};
use super::staffing::{Grain, Kind, Staffing, Take};
use super::timetable::Starts;
use super::{Cut, Event, StageReport, closing, visiting, working_schools};
use crate::engine::{Binding, Budget, ItemId, Point, Problem, Reached, Solved, Warm, improve, solve_parts};
use crate::file::{Plan, Teaching};
use crate::rules::Stage;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// Rounds of cuts before what cannot be held is left to the timetable to name.
const ROUNDS: u32 = 20;

/// Probes that somebody takes who does not fit a week.
const SHRINK: u64 = 8;

/// People who are probed however little work is left.
const FEW: usize = 8;

/// Share of the work, one part in so many, that mending what a cut hit may take though none is left: a lesson given up later costs more.
const MENDING: u64 = 20;

/// Rounds without a gain after which the teaching is left as it is.
const IDLE: u32 = 3;

/// What later rounds keep of earlier ones.
#[derive(Default)]
pub(super) struct Memory {
    round: u32,
    /// Where everybody worked.
    school: Vec<usize>,
    no_goods: Vec<NoGood>,
    /// So many of them the last plan keeps.
    kept: usize,
    /// The model without grades found nothing better than what was there.
    coarse_is_beaten: bool,
    /// The last plan, and what it reached.
    start: Vec<i32>,
    last: Vec<Reached>,
    probed: Probed,
    /// Levels of the last round in which the whole model was solved before a heuristic cut: their bounds hold.
    sound: Vec<Reached>,
    /// The last plan in words that hold whatever is posted: person, a course of the kind, units.
    taken: Vec<(usize, (usize, usize), u32)>,
    /// Calls in a row that found nothing better.
    idle: u32,
}

/// Decides the teaching, or decides it better than before, with so much work; `plan` holds the postings. `broken`: of an earlier
/// call's teaching no timetable was found; who stands in each clause that stayed broken.
pub(super) fn solve(
    run: &mut Run,
    plan: &Plan,
    memory: &mut Memory,
    broken: &[Vec<usize>],
    work: u64,
) -> Option<(Vec<Teaching>, StageReport)> {
    let (world, policy) = (run.world, run.policy);
    let levels = Levels::of(policy);
    let school = working_schools(world, plan);
    memory.work_at(&school);
    memory.probed.suspects = broken.iter().filter(|teachers| teachers.len() <= 2).flatten().copied().collect();
    let short = short_subjects(world, policy, &school);
    let started = Instant::now();
    let stop = run.stopper();
    // As much again is for mending what a cut hit: a round stays a round.
    let mut left = run.budget(2 * work, run.gap(), &stop);
    let regular = |left: &Budget| left.work.saturating_sub(work);
    // A first teaching is to be had soon: what may be worse than what comes first is for later calls.
    let first = levels.through_first_rank();
    if memory.is_new() {
        left.levels = first;
    }
    let mut broken = Some(broken).filter(|broken| !broken.is_empty());
    let before = memory.last.clone();
    for round in 1..=ROUNDS {
        memory.round += 1;
        let mut problem = Problem::new(levels.engine());
        let may_visit = |person: usize, kind: &Kind| may_visit(world, policy, &short, person, school[person], kind);
        let staffing = Staffing::new(world, policy, Grain::Courses, school.clone(), BTreeMap::new(), &may_visit, &mut problem);
        super::bind(policy, &levels, &mut problem, &mut |rule, points| rule.staffing(&staffing, points));
        foresee(&staffing, policy, &mut problem);
        if let Some(broken) = broken.take().filter(|_| !memory.start.is_empty()) {
            let found = blame(run, plan, &staffing, &memory.start, broken, memory.round);
            memory.learn(run, found);
        }
        for no_good in &memory.no_goods {
            forbid(&staffing, no_good, &mut problem);
        }
        run.export("teaching", &problem);
        let kept = memory.begin(&staffing, &problem);
        // Later rounds start from the plan that the cut hit: they need less, and get it whatever is left.
        let ready = Budget { work: regular(&left), ..left };
        let budget = if round == 1 { ready.share(0.7) } else { Budget { work: ready.share(0.2).work.max(work / MENDING), ..left } };
        let passes: Vec<Vec<BTreeSet<ItemId>>> = (0..PASSES).map(|pass| staffing.neighbourhoods(pass)).collect();
        let warm =
            |part: &Problem, items: &[ItemId], values: &mut Vec<i32>, budget: &Budget| polish(part, items, values, &passes, first, budget);
        let mended = if round == 1 { None } else { memory.mend(&staffing, &problem, &kept, &passes, first, &budget) };
        let whole = mended.is_none() && memory.is_exact();
        let coarse = if round == 1 && !kept.is_empty() && !memory.coarse_is_beaten {
            solve_coarse(policy, &staffing, &problem, &may_visit, &budget.share(0.6))
        } else {
            None
        };
        let mut rest = budget;
        let coarse = coarse.map(|mut coarse| {
            closing::mend(&staffing, &problem, &mut coarse.values);
            // What dealing over grades left open is often closed by a small model, and what it says of later ranks is worth that.
            coarse.work += repair(&staffing, &problem, &mut coarse.values, first, &budget.share(0.3));
            memory.coarse_is_beaten = problem.score(&coarse.values) >= problem.score(&kept);
            coarse
        });
        rest.spend(coarse.as_ref().map_or(0, |coarse| coarse.work));
        left.spend(coarse.as_ref().map_or(0, |coarse| coarse.work));
        let mut solved = mended.unwrap_or_else(|| whole_model(&staffing, &problem, &kept, coarse.as_ref(), &warm, first, &rest));
        left.spend(solved.work);
        if !solved.found {
            run.refuse(Stage::Teaching, &problem, solved.infeasible && memory.is_exact() && caps_everybody(policy));
            return None;
        }
        memory.bound(whole, &mut solved.levels);
        left.spend(repair(&staffing, &problem, &mut solved.values, first, &budget));
        visiting::cover(&staffing, &problem, &mut solved.values);
        closing::finish(&staffing, &problem, &mut solved);
        if !caps_everybody(policy) {
            solved.levels.iter_mut().filter(|level| level.value > 0).for_each(|level| (level.bound, level.proved) = (0, false));
        }
        let mut rows = deal(run, &staffing, &solved.values, true);
        let found = if run.options.feedback && !run.stopped() {
            // Whoever does not fit is asked again for every course.
            let most = ((regular(&left) / (SHRINK * WORK)) as usize).max(FEW);
            let taught = Plan { teaching: rows.clone(), ..plan.clone() };
            let (found, work) = conflicts(run, &taught, &staffing, &solved.values, memory.round, most, &mut memory.probed);
            left.spend(work);
            found
        } else {
            vec![]
        };
        let holds = found.is_empty();
        // Nothing is left to teach it anew: what no week holds is given up, to whoever has room.
        if !holds && (round == ROUNDS || left.is_over()) {
            for (no_good, _) in &found {
                forbid(&staffing, no_good, &mut problem);
            }
            let kept = release(&staffing, &problem, solved.values.clone());
            if problem.score(&kept)[..2] == [0, 0] {
                solved.values = kept;
                visiting::cover(&staffing, &problem, &mut solved.values);
                closing::close_gaps(&staffing, &problem, &mut solved.values);
                let value = |value: i64| Reached { value, bound: 0, proved: false };
                solved.levels = problem.score(&solved.values).into_iter().map(value).collect();
                rows = deal(run, &staffing, &solved.values, true);
            }
        }
        memory.keep(&staffing, &solved);
        memory.learn(run, found);
        if holds || round == ROUNDS || left.is_over() || run.stopped() {
            let work = 2 * work - left.work;
            run.work += work;
            let gained = before.is_empty() || memory.last.iter().map(|level| level.value).lt(before.iter().map(|level| level.value));
            memory.idle = if gained { 0 } else { memory.idle + 1 };
            let report = run.report(Stage::Teaching, &problem, &solved.levels, started, work);
            return Some((rows, report));
        }
    }
    None
}

/// A teaching made in one go, from everybody teaching where they work; what that leaves open is offered to whoever has room.
pub(super) fn first(run: &mut Run, plan: &Plan) -> Vec<Teaching> {
    let (world, policy) = (run.world, run.policy);
    let levels = Levels::of(policy);
    let school = working_schools(world, plan);
    let short = short_subjects(world, policy, &school);
    let mut problem = Problem::new(levels.engine());
    let may_visit = |person: usize, kind: &Kind| may_visit(world, policy, &short, person, school[person], kind);
    let staffing = Staffing::new(world, policy, Grain::Courses, school.clone(), BTreeMap::new(), &may_visit, &mut problem);
    super::bind(policy, &levels, &mut problem, &mut |rule, points| rule.staffing(&staffing, points));
    foresee(&staffing, policy, &mut problem);
    let mut values = staffing.at_home(&problem);
    if problem.score(&values)[..2] == [0, 0] {
        visiting::cover(&staffing, &problem, &mut values);
        closing::close_gaps(&staffing, &problem, &mut values);
        closing::gather(&staffing, &problem, &mut values);
    }
    deal(run, &staffing, &values, false)
}

impl Memory {
    /// A week of those who travel, with nobody else's lessons.
    pub(super) fn away(&self) -> &Starts {
        &self.probed.away
    }
    /// Nothing more is to be expected.
    pub(super) fn is_settled(&self) -> bool {
        self.idle >= IDLE || (!self.last.is_empty() && self.last.iter().all(|level| level.proved))
    }
    /// No teaching was decided yet.
    fn is_new(&self) -> bool {
        self.start.is_empty() && self.taken.is_empty()
    }
    fn is_exact(&self) -> bool {
        self.no_goods.iter().all(|no_good| no_good.exact)
    }
    /// Other postings make another model: what was proved of the old one and its cuts are forgotten, its teaching is not.
    fn work_at(&mut self, school: &[usize]) {
        if self.school != school {
            let (taken, mut probed) = (std::mem::take(&mut self.taken), std::mem::take(&mut self.probed));
            probed.forget(&|person| self.school.get(person) != school.get(person));
            *self = Self { school: school.to_vec(), taken, probed, round: self.round, ..Self::default() };
        }
    }
    /// Where the search begins: the last plan, as far as cuts and postings leave it; empty when nothing keeps every limit.
    fn begin(&mut self, staffing: &Staffing, problem: &Problem) -> Vec<i32> {
        let keeps = |values: &Vec<i32>| problem.score(values)[..2] == [0, 0];
        // The model is the same but for the cuts: a start that they do not touch stays a start.
        let kept = std::mem::take(&mut self.start);
        let kept = match () {
            () if !kept.is_empty() => kept,
            () if !self.taken.is_empty() => staffing.resume(problem, &self.taken),
            () => staffing.at_home(problem),
        };
        let kept = if problem.score(&kept)[0] == 0 { kept } else { release(staffing, problem, kept) };
        let kept = if keeps(&kept) { kept } else { staffing.at_home(problem) };
        if keeps(&kept) { kept } else { Vec::new() }
    }
    fn keep(&mut self, staffing: &Staffing, solved: &Solved) {
        self.start.clone_from(&solved.values);
        self.last.clone_from(&solved.levels);
        self.kept = self.no_goods.len();
        let units = |take: &Take| (take.person, staffing.kinds[take.kind].courses[0], solved.values[take.item as usize] as u32);
        self.taken = staffing.takes.iter().map(units).filter(|(_, _, units)| *units > 0).collect();
    }
    /// The last plan, released where it is cut, with those around the newest cuts decided anew and everybody else as they were;
    /// `None` when that costs more of the first rank than the last plan did.
    fn mend(
        &self,
        staffing: &Staffing,
        problem: &Problem,
        kept: &[i32],
        passes: &[Vec<BTreeSet<ItemId>>],
        first: usize,
        budget: &Budget,
    ) -> Option<Solved> {
        if self.last.is_empty() || kept.is_empty() {
            return None;
        }
        let cut: BTreeSet<ItemId> = self.no_goods[self.kept..].iter().flat_map(|no_good| no_good.items(staffing)).collect();
        let mut values = kept.to_vec();
        // The first pass frees whole subjects.
        let near = |sets: &Vec<BTreeSet<ItemId>>| sets.iter().filter(|set| !set.is_disjoint(&cut)).cloned().collect::<Vec<_>>();
        let as_good = |score: &[i64]| score.iter().zip(&self.last).take(first).all(|(now, last)| *now <= last.value);
        let mut left = *budget;
        left.spend(repair(staffing, problem, &mut values, first, &left));
        for sets in passes[1..].iter().map(near) {
            let before = problem.score(&values);
            left.spend(improve(problem, &mut values, &sets, EACH, &left));
            let score = problem.score(&values);
            if as_good(&score) && score == before {
                break;
            }
        }
        let score = problem.score(&values);
        let levels = score.iter().map(|value| Reached { value: *value, bound: 0, proved: false }).collect();
        as_good(&score).then_some(Solved { values, found: true, levels, infeasible: false, work: budget.work - left.work })
    }
    fn learn(&mut self, run: &mut Run, found: Vec<(NoGood, Cut)>) {
        for (no_good, cut) in found {
            (run.on_event)(Event::Cut(cut.clone()));
            run.cuts.push(cut);
            self.no_goods.push(no_good);
        }
    }
    /// Cuts only take plans away: bounds of the whole model hold on, each while the levels before it reach no more than they
    /// did then.
    fn bound(&mut self, whole: bool, levels: &mut [Reached]) {
        if whole {
            self.sound = levels.to_vec();
            return;
        }
        let mut proved = true;
        let mut holds = true;
        for (level, sound) in levels.iter_mut().zip(&self.sound) {
            level.bound = if holds { level.value.min(sound.bound) } else { 0 };
            holds &= level.value <= sound.value;
            proved &= level.bound >= level.value;
            level.proved = proved;
        }
    }
}

/// The whole model from the better of two plans; nothing is left to decide where grades cost no more than what stands without.
fn whole_model(
    staffing: &Staffing,
    problem: &Problem,
    kept: &[i32],
    coarse: Option<&Solved>,
    warm: &Warm,
    first: usize,
    budget: &Budget,
) -> Solved {
    if kept.is_empty() {
        return solve_parts(problem, Binding::Firm, kept, warm, budget);
    }
    let better = coarse.filter(|coarse| problem.score(&coarse.values) < problem.score(kept));
    let mut start = better.map_or(kept, |coarse| &coarse.values).to_vec();
    let score = problem.score(&start);
    let alike = |coarse: &&Solved| score.iter().zip(&coarse.levels).all(|(value, level)| *value == level.value);
    let mut solved = if let Some(coarse) = coarse.filter(alike) {
        Solved { values: start, work: 0, ..coarse.clone() }
    } else {
        let mut left = *budget;
        // The other one was repaired before it was compared.
        if better.is_none() {
            left.spend(repair(staffing, problem, &mut start, first, &left.share(0.6)));
        }
        // Nothing is asked for that could be better.
        let score = problem.score(&start);
        let bound = |level: usize| coarse.map_or(0, |coarse| coarse.levels[level].bound);
        let solved = if (0..score.len().min(budget.levels)).all(|level| score[level] <= bound(level)) {
            let levels = score.iter().map(|value| Reached { value: *value, bound: 0, proved: false }).collect();
            Solved { values: start, found: true, levels, infeasible: false, work: 0 }
        } else {
            solve_parts(problem, Binding::Firm, &start, warm, &left)
        };
        Solved { work: solved.work + budget.work - left.work, ..solved }
    };
    if let Some(coarse) = coarse {
        raise(&mut solved.levels, &coarse.levels);
    }
    solved
}

/// The plan less the units that cuts and foresight forbid: they go uncovered until the model finds another teacher.
fn release(staffing: &Staffing, problem: &Problem, mut values: Vec<i32>) -> Vec<i32> {
    let takes: BTreeMap<u32, &Take> = staffing.takes.iter().map(|take| (take.item, take)).collect();
    let limits = |point: &&Point| point.level == STRUCTURE && point.lo <= -FREE && point.links.iter().all(|link| link.coef > 0);
    for point in problem.points.iter().filter(limits) {
        while point.excess(point.gauge.raw(&problem.totals(point, &values))) > 0 {
            let held = point.links.iter().filter_map(|link| takes.get(&link.item)).find(|take| values[take.item as usize] > 0);
            let Some(take) = held else { break };
            values[take.item as usize] -= 1;
            values[staffing.uncovered[take.kind] as usize] += 1;
        }
    }
    for ((person, school), visit) in &staffing.visits {
        let there = |take: &&Take| staffing.kinds[take.kind].school == *school && values[take.item as usize] > 0;
        if !staffing.takes_of(*person).iter().any(|take| there(&take)) {
            values[*visit as usize] = 0;
        }
    }
    values
}
