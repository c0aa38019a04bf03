//! Teaching: who teaches which course, at home or across schools. Numbers first (interchangeable classes are one integer),
//! names after; what the timetable could never hold is sent back as a cut before a timetable is tried.

use super::dealing::{clauses, deal};
use super::foresight::{days_allow, foresee};
use super::points::{FREE, Levels, STRUCTURE};
use super::probe::{Verdict, probe_teacher};
use super::run::Run;
use super::scope::person_fits;
use super::staffing::{Grain, Kind, Staffing, Take};
use super::{Cut, Event, StageReport, working_schools};
use crate::district::World;
use crate::engine::{Binding, Budget, Cost, Gauge, Link, Point, Problem, improve, solve_parts};
use crate::file::{Force, Plan, Policy, Stage as Level, Teaching, Text};
use crate::rules::{AnyRule, Stage};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// These units of these kinds cannot all be one person's: (kind name, units).
#[derive(Debug, Clone, PartialEq, Eq)]
struct NoGood {
    person: usize,
    kinds: Vec<(usize, u32)>,
}

/// Rounds of cuts before what cannot be held is left to the timetable to name.
const ROUNDS: u32 = 20;

/// Neighbourhood passes per round.
const PASSES: u64 = 12;

/// Decides the teaching; `plan` holds the postings.
pub(super) fn solve(run: &mut Run, plan: &Plan) -> Option<(Vec<Teaching>, StageReport)> {
    let (world, policy) = (run.world, run.policy);
    let levels = Levels::of(policy);
    let school = working_schools(world, plan);
    let short = short_subjects(world, policy);
    let mut no_goods: Vec<NoGood> = Vec::new();
    let started = Instant::now();
    let mut work = 0;
    let mut start: Option<Vec<i32>> = None;
    for round in 1..=ROUNDS {
        let mut problem = Problem::new(levels.engine());
        let may_visit = |person: usize, kind: &Kind| {
            let willing = !world.people[person].file.locks.no_visits;
            willing && short.contains(&(kind.subject.id.as_str(), kind.stage)) && days_allow(world, policy, person, school[person], kind)
        };
        let staffing = Staffing::new(world, policy, Grain::Courses, school.clone(), BTreeMap::new(), &may_visit, &mut problem);
        super::bind(policy, &levels, &mut problem, &mut |rule, points| rule.staffing(&staffing, points));
        foresee(&staffing, policy, &mut problem);
        for no_good in &no_goods {
            forbid(&staffing, no_good, &mut problem);
        }
        if round == 1 {
            run.export("teaching", &problem);
        }
        // The model is the same but for the cuts: a start that they do not touch stays a start.
        let kept = start.take().unwrap_or_else(|| staffing.at_home(&problem));
        let kept = if problem.score(&kept)[0] == 0 { kept } else { release(&staffing, &problem, kept) };
        let mut kept = if problem.score(&kept)[..2] == [0, 0] { kept } else { Vec::new() };
        let stop = run.stopper();
        // Later rounds start from the plan that the cut hit: they need less.
        let portion = run.portion(Stage::Teaching) / f64::from(round.min(3));
        let budget = run.budget(portion, run.gap(), &stop);
        if !kept.is_empty() {
            work += polish(&problem, &mut kept, &staffing, levels.through_first_rank(), &budget);
        }
        let solved = solve_parts(&problem, Binding::Firm, &kept, &budget);
        work += solved.work;
        if solved.values.is_empty() {
            run.refuse(Stage::Teaching, &problem, solved.infeasible);
            return None;
        }
        let rows = deal(run, &staffing, &solved.values);
        let found =
            if run.options.feedback && !run.stopped() { conflicts(run, plan, &rows, &staffing, &solved.values, round) } else { vec![] };
        if found.is_empty() || round == ROUNDS {
            run.work += work;
            run.judge(&problem, &solved);
            let report = run.report(Stage::Teaching, &problem, &solved.levels, started, work);
            return Some((rows, report));
        }
        for (no_good, cut) in found {
            (run.on_event)(Event::Cut(cut.clone()));
            run.cuts.push(cut);
            no_goods.push(no_good);
        }
        start = Some(solved.values);
    }
    None
}

/// Neighbourhood passes, until two in a row gain nothing or half of the budget is used. The first is for the first rank
/// alone (`first` levels), and may take longer: what comes later in the order can wait for the others.
fn polish(problem: &Problem, values: &mut Vec<i32>, staffing: &Staffing, first: usize, budget: &Budget) -> u64 {
    let now = Instant::now();
    let left = budget.until.saturating_duration_since(now);
    let part = |share: f64| if budget.nodes.is_some() { budget.until } else { now + left.mul_f64(share) };
    let (mut work, mut idle) = (0, 0);
    for pass in 0..PASSES {
        let before = problem.score(values);
        let (until, levels) = if pass == 0 { (part(0.7), first) } else { (part(0.5), usize::MAX) };
        work += improve(problem, values, &staffing.neighbourhoods(pass), 3.0, &Budget { until, levels, ..*budget });
        idle = if problem.score(values) < before { 0 } else { idle + 1 };
        if idle > 1 || Instant::now() >= part(0.5) {
            break;
        }
    }
    work
}

/// Teachers away from home or not always available whose own lessons do not fit a week, each with the smallest part that does not.
fn conflicts(run: &Run, plan: &Plan, rows: &[Teaching], staffing: &Staffing, numbers: &[i32], round: u32) -> Vec<(NoGood, Cut)> {
    let world = run.world;
    let taken = |take: &&Take| numbers[take.item as usize] > 0;
    let away: BTreeSet<usize> = staffing
        .takes
        .iter()
        .filter(taken)
        .filter(|take| {
            let bound = !world.people[take.person].file.unavailable.is_empty();
            bound || staffing.school[take.person] != staffing.kinds[take.kind].school
        })
        .map(|take| take.person)
        .collect();
    let mut with_teaching = plan.clone();
    with_teaching.teaching = rows.to_vec();
    let judge = |person: usize| {
        let courses: Vec<&str> = rows
            .iter()
            .filter(|row| row.teacher.as_deref() == Some(world.people[person].file.id.as_str()))
            .map(|row| row.course.as_str())
            .collect();
        let Verdict::Impossible(clauses) = probe_teacher(run, &with_teaching, person, &courses) else { return None };
        let smallest = shrink(run, &with_teaching, person, courses);
        let mut kinds: BTreeMap<usize, u32> = BTreeMap::new();
        for take in staffing.takes_of(person) {
            let of = &staffing.kinds[take.kind];
            let hit = of.courses.iter().filter(|(course, _)| smallest.contains(&world.courses[*course].id.as_str())).count() as u32;
            if hit > 0 {
                kinds.insert(take.kind, hit);
            }
        }
        if kinds.is_empty() {
            return None;
        }
        let kinds: Vec<(usize, u32)> = kinds.into_iter().collect();
        let exact = kinds.len() == 1 || kinds.iter().all(|(_, units)| *units == 1);
        let cut = Cut {
            round,
            from: Stage::Timetable,
            to: Stage::Teaching,
            sentence: sentence(world, person, &smallest, &clauses),
            because: clauses.into_iter().chain([world.people[person].file.id.clone()]).collect(),
            exact,
        };
        Some((NoGood { person, kinds }, cut))
    };
    away.into_iter().collect::<Vec<_>>().into_par_iter().filter_map(judge).collect()
}

/// Leaves courses out one by one as long as the rest still cannot be held.
fn shrink<'c>(run: &Run, plan: &Plan, person: usize, mut courses: Vec<&'c str>) -> Vec<&'c str> {
    let mut k = 0;
    while k < courses.len() && courses.len() > 1 {
        let mut fewer = courses.clone();
        fewer.remove(k);
        if matches!(probe_teacher(run, plan, person, &fewer), Verdict::Impossible(_)) {
            courses = fewer;
        } else {
            k += 1;
        }
    }
    courses
}

fn sentence(world: &World, person: usize, courses: &[&str], clauses: &[String]) -> Text {
    let id = &world.people[person].file.id;
    let name = |zh: bool| {
        let of = |course: &crate::district::Course| {
            let (school, class) = (&world.schools[course.school].file.name, &world.classes[course.classes[0]].file.name);
            let subject = &course.subject.name;
            if zh { format!("{}{}{}", school.zh, class.zh, subject.zh) } else { format!("{} {} {}", school.en, class.en, subject.en) }
        };
        let named = world.courses.iter().filter(|course| courses.contains(&course.id.as_str()));
        named.map(of).collect::<Vec<_>>().join(if zh { "、" } else { ", " })
    };
    let clauses = clauses.join("、");
    Text::new(
        format!("{id} 不能同时承担{}:课表排不下({clauses}),改由他人承担", name(true)),
        format!("{id} cannot teach {} together: no week holds it ({clauses}); others take over", name(false)),
    )
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

/// One kind: n ≤ units − 1. Several kinds of one unit each: not all of them. Else the sum: only a heuristic.
fn forbid(staffing: &Staffing, no_good: &NoGood, problem: &mut Problem) {
    let item = |kind: usize| staffing.takes_of(no_good.person).iter().find(|take| take.kind == kind).map(|take| take.item);
    let items: Vec<(u32, u32)> = no_good.kinds.iter().filter_map(|(kind, units)| Some((item(*kind)?, *units))).collect();
    let ones = items.len() > 1 && items.iter().all(|(_, units)| *units == 1);
    let most = if ones { items.len() as i64 - 1 } else { items.iter().map(|(_, units)| i64::from(*units)).sum::<i64>() - 1 };
    let links = items.iter().enumerate().map(|(k, (item, _))| Link {
        item: *item,
        map: problem.map(vec![if ones { k as u16 } else { 0 }]),
        coef: 1,
    });
    let links = links.collect();
    let (gauge, groups) = if ones { (Gauge::Busy, items.len() as u16) } else { (Gauge::Sum, 1) };
    let name = format!("cut {}", staffing.world.people[no_good.person].file.id);
    let (level, weight, cost) = (STRUCTURE, 1, Cost::Linear);
    problem.post(Point { name, owner: u32::MAX, level, gauge, groups, lo: -FREE, hi: most, weight, cost, links, base: vec![] });
}

/// (subject, stage) that some school cannot cover with its own people: only there are visits offered.
pub(super) fn short_subjects<'w>(world: &'w World, policy: &Policy) -> BTreeSet<(&'w str, Level)> {
    let mut short = BTreeSet::new();
    for school in 0..world.schools.len() {
        let mut need: BTreeMap<(&str, Level), u32> = BTreeMap::new();
        for course in world.courses.iter().filter(|course| course.school == school && !course.subject.any_teacher) {
            let stage = world.classes[course.classes[0]].stage;
            *need.entry((course.subject.id.as_str(), stage)).or_default() += course.periods(world.cycle);
        }
        // Subjects that share teachers are short together.
        let mut parts: Vec<(BTreeSet<(&str, Level)>, u32)> = need.keys().map(|key| (BTreeSet::from([*key]), 0)).collect();
        for (index, person) in world.people.iter().enumerate().filter(|(_, person)| person.school == school) {
            let holds = |key: &(&str, Level)| person.file.subjects.iter().any(|c| c.subject == key.0 && c.stage >= key.1);
            let (mine, others): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(keys, _)| keys.iter().any(holds));
            parts = others;
            if !mine.is_empty() {
                let spare = load_limit(world, policy, index, person.school).saturating_sub(person.posts);
                let keys = mine.iter().flat_map(|(keys, _)| keys.iter().copied()).collect();
                parts.push((keys, mine.iter().map(|(_, capacity)| capacity).sum::<u32>() + spare));
            }
        }
        for (keys, capacity) in parts {
            if keys.iter().map(|key| need[key]).sum::<u32>() > capacity {
                short.extend(keys);
            }
        }
    }
    short
}

/// The most that the hard clauses let a person carry.
pub(super) fn load_limit(world: &World, policy: &Policy, person: usize, school: usize) -> u32 {
    let file = world.people[person].file;
    let limit = |(_, clause, _): (usize, &crate::file::Clause, &dyn crate::rules::Rule)| match super::effective(policy, clause) {
        AnyRule::LoadCap(rule) if !matches!(clause.force, Force::Prefer(_)) && person_fits(world, &clause.scope, person, school) => {
            Some(rule.over_target.map_or(file.load_cap, |over| file.load_target + over))
        }
        _ => None,
    };
    clauses(policy).filter_map(limit).fold(file.load_cap, u32::min)
}
