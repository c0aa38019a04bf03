//! Timetable: greedy start, local search per component of schools, rooms dealt afterwards.

use super::points::Levels;
use super::probe::{Verdict, probe_class, probe_teacher};
use super::run::Run;
use super::seating::seats;
use super::slots::Slots;
use super::{Claim, Event, StageReport, bounds, rooms};
use crate::engine::{Problem, Search, SearchLimits, SearchReport, Seats};
use crate::file::{CellRef, Lesson as Row, Plan, Text};
use crate::rules::Stage;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Who stands in a clause that stayed broken.
type Broken = (Vec<usize>, Vec<usize>);

pub(super) struct Week {
    pub rows: Vec<Row>,
    pub report: StageReport,
    /// Prices of the hard levels.
    pub hard: Vec<i64>,
    /// (teachers, classes) of each hard point that is broken.
    pub broken: Vec<Broken>,
}

/// Decides when and where every lesson is; `plan` holds postings and teaching. While the run may go back to the teaching
/// `again` times, a walk that finds nothing legal ends early.
pub(super) fn solve(run: &mut Run, plan: &Plan, again: u32) -> Week {
    let (world, policy) = (run.world, run.policy);
    let levels = Levels::of(policy);
    let started = Instant::now();
    let parts = super::components::components(world, plan);
    let seed = run.options.seed;
    let (mut models, mut outcomes) = (Vec::new(), Vec::new());
    for schools in &parts {
        let mut problem = Problem::new(levels.engine());
        let slots = Slots::of(world, plan, &|course| schools.contains(&world.courses[course].school), &mut problem);
        super::bind(policy, &levels, &mut problem, &mut |rule, points| rule.timetable(&slots, points));
        problem.tighten();
        run.export(&format!("timetable-{}", models.len() + 1), &problem);
        models.push((slots, problem));
    }
    // Threads share the parts; what is left over walks the same part with another seed.
    // Under a work limit the number of walkers is fixed, so that the plan does not depend on the threads.
    let threads = run.options.threads;
    let walkers = if run.options.work.is_some() { 2 } else { (threads / parts.len().max(1)).max(1) as u64 };
    let seats: Vec<Seats> = models.iter().map(|(slots, problem)| seats(slots, problem)).collect();
    let jobs: Vec<(usize, u64)> = (0..models.len()).flat_map(|part| (0..walkers).map(move |w| (part, w))).collect();
    let moves = run.options.work;
    let open = run.options.feedback && run.options.stages.contains(&Stage::Teaching) && again > 0;
    let legal_by = if open { 0.3 } else { 1.0 };
    // What is left at the end is for the bounds: ten milliseconds per item, a seventh of the time at most.
    let all: usize = models.iter().map(|(_, problem)| problem.items.len()).sum();
    let keep = Duration::from_millis(10 * all as u64).min(run.deadline.saturating_duration_since(Instant::now()) / 7);
    let deadline = run.deadline.checked_sub(keep).unwrap_or(run.deadline);
    // A job's part of the time that all threads have until then.
    let walked: usize = jobs.iter().map(|(part, _)| models[*part].1.items.len()).sum();
    let share = |part: usize, left: Duration, of: f64| {
        let share = models[part].1.items.len() as f64 * threads as f64 / walked.max(1) as f64;
        // Under a work limit the clock is a net only.
        if moves.is_some() { deadline } else { deadline.min(Instant::now() + left.mul_f64(of * share.min(1.0))) }
    };
    // First something legal everywhere, where that is soon found; then something good.
    let left = deadline.saturating_duration_since(Instant::now());
    let begin = |(part, walker): (usize, u64)| {
        let problem = &models[part].1;
        let mut search = Search::new(problem, &seats[part], vec![-1; problem.items.len()], seed ^ (walker << 32) ^ part as u64);
        let moves = moves.map(|moves| moves / 8);
        let limits = SearchLimits { deadline: Some(share(part, left, 0.15)), moves, legal_by: 1.0, only_legal: true };
        let before = started.elapsed();
        let mut report = search.run(limits, &|| run.stopped());
        report.legal_after = report.legal_after.map(|after| before + after);
        (part, search, report)
    };
    let mut begun: Vec<(usize, Search, SearchReport)> = jobs.into_par_iter().with_max_len(1).map(begin).collect();
    // What is not yet legal does not wait for the annealing of the others.
    begun.sort_by_key(|(_, _, report)| report.legal_after.is_some());
    let left = deadline.saturating_duration_since(Instant::now());
    let go_on = |(part, mut search, first): (usize, Search, SearchReport)| {
        let limits = SearchLimits { deadline: Some(share(part, left, 1.0)), moves, legal_by, only_legal: false };
        let before = started.elapsed();
        let mut report = search.run(limits, &|| run.stopped());
        report.updates += first.updates;
        report.legal_after = first.legal_after.or(report.legal_after.map(|after| before + after));
        (part, report)
    };
    // One by one: the first half of the parts is the larger one.
    outcomes.extend(begun.into_par_iter().with_max_len(1).map(go_on).collect::<Vec<(usize, SearchReport)>>());
    let mut rows = Vec::new();
    let mut total = vec![0; levels.engine().len()];
    let (mut items, mut points, mut work) = (0, 0, 0);
    // Legal is what every part is.
    let mut legal_after = Some(Duration::ZERO);
    let mut broken = Vec::new();
    let mut found = Vec::new();
    for (part, (slots, problem)) in models.iter().enumerate() {
        let mine = outcomes.iter().filter(|(p, _)| *p == part).map(|(_, report)| report);
        work += mine.clone().map(|report| report.updates).sum::<u64>();
        let first = mine.clone().filter_map(|report| report.legal_after).min();
        legal_after = legal_after.zip(first).map(|(all, one)| all.max(one));
        let Some(best) = mine.min_by(|a, b| a.score.cmp(&b.score)) else { continue };
        for (sum, level) in total.iter_mut().zip(&best.score) {
            *sum += level;
        }
        items += problem.items.len();
        points += problem.points.len();
        found.push((slots, problem, best.values.as_slice()));
        rows.extend(lessons(slots, &best.values));
        if best.score[..3].iter().any(|level| *level > 0) {
            broken.extend(breaches(slots, problem, &best.values));
        }
    }
    rooms::deal(world, &mut rows);
    run.work += work;
    let stop = run.stopper();
    let mut budget = run.budget(1.0, 0.0, &stop);
    if !broken.is_empty() {
        // Another staffing may follow; its bounds would be others.
        budget.until = Instant::now();
    }
    let (reached, tables) = bounds::bounds(policy, &found, &total, &budget);
    let blank = Problem::new(levels.engine());
    let mut report = run.report(Stage::Timetable, &blank, &reached, started, work);
    for (level, terms) in report.levels.iter_mut().zip(tables) {
        level.terms = terms;
    }
    (report.items, report.points, report.legal_after) = (items, points, legal_after.map(|after| after.as_secs_f64()));
    let hard = total[..3].to_vec();
    (run.on_event)(Event::Better { stage: Stage::Timetable, score: total });
    Week { rows, report, hard, broken }
}

fn lessons(slots: &Slots, values: &[i32]) -> Vec<Row> {
    let row = |lesson: &super::slots::Lesson| {
        let start = usize::try_from(values[lesson.item as usize]).ok()?;
        let cell = slots.cells(lesson.bell).get(start)?;
        let course = slots.world.courses[lesson.course].id.clone();
        let at = CellRef { weekday: cell.weekday, period: cell.period };
        Some(Row { course, block: lesson.block as u8 + 1, at, room: None })
    };
    slots.lessons.iter().filter_map(row).collect()
}

/// Teachers and classes whose lessons touch a broken hard point.
fn breaches(slots: &Slots, problem: &Problem, values: &[i32]) -> Vec<Broken> {
    let mut found = Vec::new();
    for point in problem.points.iter().filter(|point| point.level < 3) {
        if point.excess(point.gauge.raw(&problem.totals(point, values))) == 0 {
            continue;
        }
        let items: BTreeSet<u32> = point.links.iter().map(|link| link.item).collect();
        let hit = || slots.lessons.iter().filter(|lesson| items.contains(&lesson.item));
        let teachers: BTreeSet<usize> = hit().flat_map(|lesson| lesson.teachers.iter().copied()).collect();
        let classes: BTreeSet<usize> = hit().flat_map(|lesson| slots.world.courses[lesson.course].classes.iter().copied()).collect();
        found.push((teachers.into_iter().collect(), classes.into_iter().collect()));
    }
    found
}

/// The plan with only those teachers that no other division of the work could change.
fn certain(run: &Run, plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    if !run.options.stages.contains(&Stage::Teaching) {
        return plan;
    }
    let world = run.world;
    for row in &mut plan.teaching {
        let course = world.course(&row.course).map(|course| &world.courses[course]);
        let role = course.and_then(|course| course.roles.iter().find(|role| role.name == row.role));
        // A class meeting goes with its class teacher, who may be posted away.
        let moves = |person: &usize| {
            let meeting = course.is_some_and(|course| course.subject.class_meeting) && row.role.is_none();
            meeting && run.options.stages.contains(&Stage::Exchange) && !world.people[*person].file.locks.stays
        };
        let given = role.and_then(|role| role.given).filter(|person| !moves(person));
        row.teacher = given.map(|person| world.people[person].file.id.clone());
    }
    plan
}

/// What stays broken is impossible only if some teacher or class alone cannot be held with what is certain; else undecided.
pub(super) fn explain(run: &mut Run, plan: &Plan, broken: &[Broken]) {
    let world = run.world;
    let plan = &certain(run, plan);
    run.claim = Some(Claim::Undecided);
    let teachers: BTreeSet<usize> = broken.iter().filter(|(t, _)| t.len() == 1).flat_map(|(t, _)| t.iter().copied()).take(20).collect();
    let classes: BTreeSet<usize> = broken.iter().filter(|(_, c)| c.len() == 1).flat_map(|(_, c)| c.iter().copied()).take(20).collect();
    let say = |who: (String, String), verdict: Verdict, claim: &mut Option<Claim>, reasons: &mut Vec<Text>| {
        if let Verdict::Impossible(clauses) = verdict {
            *claim = Some(Claim::Impossible);
            let ids = clauses.join("、");
            reasons.push(Text::new(
                format!("{}的课无法同时满足这些要求:{ids}", who.0),
                format!("the lessons of {} cannot meet these together: {ids}", who.1),
            ));
        }
    };
    for teacher in teachers {
        let id = world.people[teacher].file.id.clone();
        let rows: Vec<_> = plan.teaching.iter().filter(|row| row.teacher.as_ref() == Some(&id)).cloned().collect();
        let courses = rows.iter().filter_map(|row| world.course(&row.course)).collect();
        let verdict = probe_teacher(run, plan, &rows, &courses);
        say((id.clone(), id), verdict, &mut run.claim, &mut run.reasons);
    }
    for class in classes {
        let class_file = world.classes[class].file;
        let school = &world.schools[world.classes[class].school].file.name;
        let name = (format!("{}{}", school.zh, class_file.name.zh), format!("{} {}", school.en, class_file.name.en));
        let verdict = probe_class(run, plan, class);
        say(name, verdict, &mut run.claim, &mut run.reasons);
    }
    if run.claim == Some(Claim::Undecided) {
        run.reasons.push(Text::new(
            "规定时间内未能排出满足全部硬性要求的课表,也没有证明排不出来",
            "no timetable meeting every hard clause was found in the time given, nor proved impossible",
        ));
    }
}
