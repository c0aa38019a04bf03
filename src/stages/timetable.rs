//! Timetable: greedy start, local search per component of schools, rooms dealt afterwards.

use super::points::{FIRST_RANK, Levels};
use super::probe::{Verdict, probe_class, probe_teacher};
use super::run::Run;
use super::seating::seats;
use super::slots::{Lesson, Slots};
use super::travellers::Travellers;
use super::{Claim, StageReport, TermReport, bounds, rooms};
use crate::engine::{Aim, Domain, ItemId, Problem, Reached, Search, SearchLimits, Seats, narrow};
use crate::file::{CellRef, Lesson as Row, Plan, Text};
use crate::rules::Stage;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, IntoParallelRefMutIterator, ParallelIterator};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// Who stands in a clause that stayed broken: teachers, classes.
pub(super) type Broken = (Vec<usize>, Vec<usize>);

/// Where lessons start, by course and block: the cell in the week of the bell, −1 where there is none yet.
pub(super) type Starts = Vec<Vec<i32>>;

/// The weeks of a teaching, one per set of schools that share somebody or something.
pub(super) struct Weeks<'w> {
    parts: Vec<Part<'w>>,
    begun: Instant,
    /// Units of work so far.
    pub(super) work: u64,
}

struct Part<'w> {
    schools: BTreeSet<usize>,
    slots: Slots<'w>,
    problem: Problem,
    seats: Seats,
    values: Vec<i32>,
    score: Vec<i64>,
    /// What the domains were before travellers were kept to their days.
    wide: BTreeMap<ItemId, Domain>,
    /// Bounds of the levels, and of the clauses that cost something.
    reached: Option<(Vec<Reached>, Vec<Vec<TermReport>>)>,
}

/// Moves that one unit of work tries.
const MOVES: f64 = 0.6;

/// Moves per lesson under which a walk stays near where it begins.
const NEAR: u64 = 500;

/// Walks side by side over a district that does not fall apart.
const WALKERS: u64 = 2;

impl<'w> Weeks<'w> {
    /// `plan` holds postings and teaching; lessons that `starts` places begin there.
    pub(super) fn pose(run: &mut Run<'w>, plan: &Plan, starts: &Starts) -> Self {
        let begun = Instant::now();
        let components = super::components::components(run.world, plan);
        let mut posed: Vec<Part> = components.into_par_iter().map(|schools| Part::pose(run, plan, schools)).collect();
        for (k, part) in (1..).zip(&posed) {
            run.export(&format!("timetable-{k}"), &part.problem);
        }
        posed.par_iter_mut().for_each(|part| part.begin(run, plan, starts));
        Self { parts: posed, begun, work: 0 }
    }

    /// Poses the parts anew in which the teaching of these courses changed.
    pub(super) fn pose_again(&mut self, run: &Run<'w>, plan: &Plan, courses: &BTreeSet<usize>) {
        let starts = self.starts();
        for part in &mut self.parts {
            if courses.iter().any(|course| part.schools.contains(&run.world.courses[*course].school)) {
                *part = Part::pose(run, plan, part.schools.clone());
                part.begin(run, plan, &starts);
            }
        }
    }

    /// Walks in every part that breaks a hard clause, until it does not; travellers are set free where they are in the way.
    pub(super) fn settle(&mut self, run: &Run, seed: u64, work: u64) {
        self.walk(run, seed, work / 2, true);
        self.parts.iter_mut().filter(|part| part.score[..HARD] != [0; HARD]).for_each(Part::widen);
        self.walk(run, seed ^ 1 << 20, work / 2, true);
    }

    /// Anneals every part, each from the heat on, and keeps what is better.
    pub(super) fn anneal(&mut self, run: &Run, seed: u64, work: u64) {
        self.walk(run, seed, work, false);
    }

    fn walk(&mut self, run: &Run, seed: u64, work: u64, only_legal: bool) {
        let open = |part: &Part| part.score[if only_legal { ..HARD } else { ..part.score.len() }].iter().any(|level| *level > 0);
        let all: usize = self.parts.iter().filter(|part| open(part)).map(|part| part.problem.items.len()).sum();
        let walkers = if self.parts.len() == 1 { WALKERS } else { 1 };
        let jobs: Vec<(usize, u64)> =
            (0..self.parts.len()).filter(|part| open(&self.parts[*part])).flat_map(|part| (0..walkers).map(move |w| (part, w))).collect();
        let one = |(number, walker): (usize, u64)| {
            let part = &self.parts[number];
            let share = part.problem.items.len() as f64 / all.max(1) as f64;
            let moves = (work as f64 * MOVES * share / walkers as f64).max(1000.0) as u64;
            let few = moves < NEAR * part.problem.items.len() as u64;
            // With many moves every other walk may go far.
            let aim = match () {
                () if only_legal => Aim::Legal,
                () if part.score[..HARD] == [0; HARD] && (few || (seed + walker).is_multiple_of(2)) => Aim::Near,
                () => Aim::Best,
            };
            let mut search = Search::new(
                &part.problem,
                &part.seats,
                part.values.clone(),
                run.options.seed ^ (seed << 40) ^ (walker << 32) ^ number as u64,
            );
            let report = search.run(SearchLimits { deadline: None, moves: Some(moves), aim }, &|| run.stopped());
            (number, report)
        };
        let found: Vec<_> = jobs.into_par_iter().with_max_len(1).map(one).collect();
        for (number, report) in found {
            let part = &mut self.parts[number];
            self.work += worked(report.tried);
            if report.score < part.score {
                (part.values, part.score, part.reached) = (report.values, report.score, None);
            }
        }
    }

    /// What no week of this teaching can beat, as far as so much work proves it.
    pub(super) fn bound(&mut self, run: &Run, work: u64) {
        let all: usize = self.parts.iter().map(|part| part.problem.items.len()).sum();
        let stop = run.stopper();
        let bound = |part: &mut Part| {
            part.widen();
            let budget = run.budget(work, 0.0, &stop).part(part.problem.items.len(), all);
            let (levels, terms, work) = bounds::bounds(run.policy, &[(&part.slots, &part.problem, &part.values)], &part.score, &budget);
            part.reached = Some(match part.reached.take() {
                Some((before, tables)) if before.iter().map(|level| level.bound).ge(levels.iter().map(|level| level.bound)) => {
                    (before, tables)
                }
                _ => (levels, terms),
            });
            work
        };
        self.work += self.parts.par_iter_mut().map(bound).sum::<u64>();
    }

    pub(super) fn score(&self) -> Vec<i64> {
        let mut total = vec![0; self.parts.first().map_or(0, |part| part.score.len())];
        for part in &self.parts {
            part.score.iter().zip(&mut total).for_each(|(level, sum)| *sum += level);
        }
        total
    }
    pub(super) fn starts(&self) -> Starts {
        self.parts.iter().fold(Vec::new(), |known, part| starts(&part.slots, &part.values, known))
    }
    pub(super) fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = self.parts.iter().flat_map(|part| lessons(&part.slots, &part.values)).collect();
        if let Some(part) = self.parts.first() {
            rooms::deal(part.slots.world, &mut rows);
        }
        rows
    }
    /// Everybody who stands in a broken point of the first `levels` levels.
    pub(super) fn broken(&self, levels: u8) -> Vec<Broken> {
        self.parts.par_iter().flat_map_iter(|part| breaches(&part.slots, &part.problem, &part.values, levels)).collect()
    }
    pub(super) fn report(&self, run: &mut Run, policy_levels: &Levels) -> StageReport {
        let blank = Problem::new(policy_levels.engine());
        let mut levels: Vec<Reached> = blank.levels.iter().map(|_| Reached { value: 0, bound: 0, proved: true }).collect();
        let mut tables: Vec<Vec<TermReport>> = vec![Vec::new(); levels.len()];
        for part in &self.parts {
            let (reached, terms) = match &part.reached {
                Some(reached) => reached.clone(),
                None => bounds::unproved(run.policy, &part.slots, &part.problem, &part.values),
            };
            for (sum, level) in levels.iter_mut().zip(&reached) {
                *sum = Reached { value: sum.value + level.value, bound: sum.bound + level.bound, proved: sum.proved && level.proved };
            }
            for (table, terms) in tables.iter_mut().zip(terms) {
                for term in terms {
                    match table.iter_mut().find(|known| known.clause == term.clause) {
                        Some(known) => (known.value, known.bound) = (known.value + term.value, known.bound + term.bound),
                        None => table.push(term),
                    }
                }
            }
        }
        let mut report = run.report(Stage::Timetable, &blank, &levels, self.begun, self.work);
        for (level, terms) in report.levels.iter_mut().zip(tables) {
            level.terms = terms;
        }
        report.items = self.parts.iter().map(|part| part.problem.items.len()).sum();
        report.points = self.parts.iter().map(|part| part.problem.points.len()).sum();
        report
    }
}

/// Structure, law, policy.
pub(super) const HARD: usize = FIRST_RANK as usize;

impl<'w> Part<'w> {
    fn pose(run: &Run<'w>, plan: &Plan, schools: BTreeSet<usize>) -> Self {
        let levels = Levels::of(run.policy);
        let mut problem = Problem::new(levels.engine());
        let slots = Slots::of(run.world, plan, &|course| schools.contains(&run.world.courses[course].school), &mut problem);
        super::bind(run.policy, &levels, &mut problem, &mut |rule, points| rule.timetable(&slots, points));
        problem.tighten();
        let seats = seats(&slots, &problem);
        let values = vec![-1; problem.items.len()];
        Self { schools, slots, seats, score: problem.score(&values), values, wide: BTreeMap::new(), problem, reached: None }
    }

    /// Travellers first, then what has a start, then everybody else.
    fn begin(&mut self, run: &Run<'w>, plan: &Plan, starts: &Starts) {
        let away = Travellers::find_in(run, plan, starts, &self.schools).starts(Starts::new());
        self.place(|lesson| start(&away, lesson).unwrap_or(-1));
        for (item, domain) in narrow(&self.problem, &self.values) {
            self.wide.insert(item, std::mem::replace(&mut self.problem.items[item as usize].domain, domain));
        }
        self.place(|lesson| start(&away, lesson).or_else(|| start(starts, lesson)).unwrap_or(-1));
        self.construct(run);
    }
    fn construct(&mut self, run: &Run) {
        self.values = Search::new(&self.problem, &self.seats, std::mem::take(&mut self.values), run.options.seed).begun();
        self.score = self.problem.score(&self.values);
    }
    fn place(&mut self, start: impl Fn(&Lesson) -> i32) {
        for lesson in &self.slots.lessons {
            let start = start(lesson);
            let holds = self.problem.items[lesson.item as usize].domain.holds(start);
            self.values[lesson.item as usize] = if holds { start } else { -1 };
        }
    }
    /// Travellers may come on any day again.
    fn widen(&mut self) {
        for (item, domain) in std::mem::take(&mut self.wide) {
            self.problem.items[item as usize].domain = domain;
        }
    }
}

/// Adds where these lessons begin to what is known.
pub(super) fn starts(slots: &Slots, values: &[i32], mut known: Starts) -> Starts {
    known.resize(slots.world.courses.len(), Vec::new());
    for lesson in &slots.lessons {
        let of = &mut known[lesson.course];
        of.resize(of.len().max(lesson.block + 1), -1);
        of[lesson.block] = values[lesson.item as usize];
    }
    known
}

/// Where a lesson begins, if that is known.
pub(super) fn start(starts: &Starts, lesson: &Lesson) -> Option<i32> {
    starts.get(lesson.course).and_then(|of| of.get(lesson.block)).copied()
}

/// What so many tried moves count as.
pub(super) fn worked(tried: u64) -> u64 {
    (tried as f64 / MOVES) as u64
}

fn lessons(slots: &Slots, values: &[i32]) -> Vec<Row> {
    let row = |lesson: &Lesson| {
        let start = usize::try_from(values[lesson.item as usize]).ok()?;
        let cell = slots.cells(lesson.bell).get(start)?;
        let course = slots.world.courses[lesson.course].id.clone();
        let at = CellRef { weekday: cell.weekday, period: cell.period };
        Some(Row { course, block: lesson.block as u8 + 1, at, room: None })
    };
    slots.lessons.iter().filter_map(row).collect()
}

/// Teachers and classes whose lessons touch a broken point of these levels.
pub(super) fn breaches(slots: &Slots, problem: &Problem, values: &[i32], levels: u8) -> Vec<Broken> {
    let mut found = Vec::new();
    for point in problem.points.iter().filter(|point| point.level < levels) {
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
    if run.claim == Some(Claim::Undecided) && run.reasons.is_empty() {
        run.reasons.push(Text::new(
            "规定时间内未能排出满足全部硬性要求的课表,也没有证明排不出来",
            "no timetable meeting every hard clause was found in the time given, nor proved impossible",
        ));
    }
}
