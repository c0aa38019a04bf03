//! The schedule: a first whole plan within seconds, then rounds of growing work, each a whole plan of its own. The best is kept.
//!
//! ```text
//! everybody stays ──▶ teaching in one go ──▶ a legal week ──▶ plan 1
//!    └▶ round k: postings ──▶ teaching ──▶ week ──▶ plan, if the checker finds it better      (work · GROWTH each time)
//!          ▲                    ▲           └─ who stands in what stays broken: cut
//!          └────────────────────┴──── each goes on from where it was
//! ```
//!
//! A round does a fixed amount of work, whatever the clock says, and hands on only what is finished: so a run of N units of work has
//! the plans of a run of 2 N as its first ones, on one thread as on four. What a clock or a signal cuts short is dropped.

use super::outcome::Incumbent;
use super::points::Levels;
use super::run::Run;
use super::timetable::{self, Starts, Weeks};
use super::{Claim, Event, StageReport, clubs, exchange, rosters, teach, teaching};
use crate::check::{Verdict, check};
use crate::file::{Part, Plan};
use crate::rules::Stage;
use std::collections::BTreeSet;

/// Work of the first round per lesson, in units.
const PER_LESSON: u64 = 600;
/// The same per person, where there are more people than lessons to speak of.
const PER_PERSON: u64 = 4000;
/// Least work of the first round.
const LEAST: u64 = 1_000_000;
/// Work per lesson of looking for a week that keeps what is demanded, before somebody gives up lessons.
const LEGAL: u64 = 400;
/// Each round does so much more than the one before.
const GROWTH: f64 = 2.0;
/// Rounds in a row without a better plan after which a run that may end does.
const IDLE: u32 = 3;
/// Times that somebody gives up lessons in one round, at most.
const RELIEFS: u32 = 40;

pub(super) struct Rounds<'r, 'a> {
    run: &'r mut Run<'a>,
    /// What is given.
    base: Plan,
    exchange: exchange::Memory,
    teaching: teaching::Memory,
    starts: Starts,
    /// Who stood in clauses that the last week broke.
    broken: Vec<Vec<usize>>,
    best: Option<(Key, Incumbent)>,
    /// The best plan before anybody was posted, with its periods without a teacher.
    stayed: Option<(Plan, i64)>,
    idle: u32,
}

/// Structure, law, policy, then the ranks.
type Key = Vec<i64>;

fn key(verdict: &Verdict) -> Key {
    verdict.score.levels().into_iter().map(|(_, value)| value).collect()
}

impl<'r, 'a> Rounds<'r, 'a> {
    pub(super) fn new(run: &'r mut Run<'a>, base: Plan) -> Self {
        let (exchange, teaching) = (exchange::Memory::default(), teaching::Memory::default());
        Self { run, base, exchange, teaching, starts: Vec::new(), broken: Vec::new(), best: None, stayed: None, idle: 0 }
    }

    /// The best plan found; one that breaks the law is a draft.
    pub(super) fn all(mut self) -> Option<Incumbent> {
        self.first();
        let people = self.run.world.people.len() as u64;
        let mut work = (self.run.lessons() * PER_LESSON).max(people * PER_PERSON).max(LEAST);
        let mut round = 1;
        while !self.is_over() {
            let before = self.best.as_ref().map(|(key, _)| key.clone());
            let spent = self.run.work;
            let went_on = self.round(round, work);
            if self.run.stopped() || !went_on {
                break;
            }
            let better = self.best.as_ref().map(|(key, _)| key) != before.as_ref();
            // A round counts as all it may do: what is soon done must not go on for ever.
            self.run.work = self.run.work.max(spent.saturating_add(work));
            self.idle = if better { 0 } else { self.idle + 1 };
            work = (work as f64 * GROWTH) as u64;
            round += 1;
        }
        self.best.map(|(_, incumbent)| incumbent)
    }

    fn asks(&self, stage: Stage) -> bool {
        self.run.options.stages.contains(&stage)
    }
    fn is_legal(&self) -> bool {
        self.best.as_ref().is_some_and(|(key, _)| key[..2] == [0, 0])
    }
    fn is_proved(&self) -> bool {
        let Some((_, best)) = &self.best else { return false };
        let reported = self.run.options.stages.iter().all(|stage| best.stages.iter().any(|report| report.stage == *stage));
        reported && self.is_legal() && best.stages.iter().all(StageReport::is_proved)
    }
    fn is_over(&self) -> bool {
        let spent = self.run.options.work.is_some_and(|work| self.run.work >= work);
        let idle = self.is_legal() && self.idle >= if self.run.options.stall { IDLE } else { 2 * IDLE };
        self.run.stopped() || spent || idle || self.is_proved() || self.run.claim == Some(Claim::Impossible)
    }

    /// A net: everybody stays but who is agreed on, teaches where they work, and somebody gives up what no week holds.
    fn first(&mut self) {
        let mut plan = self.base.clone();
        if self.asks(Stage::Exchange) {
            (self.run.on_event)(Event::Begin(Stage::Exchange));
            plan.postings = exchange::stay(self.run);
            add(&mut plan, Part::Postings);
        }
        if self.asks(Stage::Teaching) {
            (self.run.on_event)(Event::Begin(Stage::Teaching));
            let rows = teaching::first(self.run, &plan);
            teach(self.run, &mut plan, rows);
            add(&mut plan, Part::Teaching);
        }
        self.week(plan, Vec::new(), 0, 0);
    }

    /// One round; false when nothing can be decided any more.
    fn round(&mut self, round: u64, work: u64) -> bool {
        // Everything hangs on who is where: the exchange may do as much as the others together.
        let open = [
            (2, self.asks(Stage::Exchange) && !self.exchange.is_settled()),
            (1, self.asks(Stage::Teaching) && !(self.teaching.is_settled() && self.broken.is_empty())),
            (1, self.asks(Stage::Timetable)),
        ];
        let all: u64 = open.iter().filter(|(_, open)| *open).map(|(weight, _)| weight).sum();
        if all == 0 {
            return false;
        }
        let share = work / all;
        let mut plan = self.base.clone();
        let mut reports = Vec::new();
        let kept = |best: &Option<(Key, Incumbent)>, stage: Stage| {
            best.iter().flat_map(|(_, best)| &best.stages).find(|report| report.stage == stage).cloned()
        };
        if open[0].1 {
            (self.run.on_event)(Event::Begin(Stage::Exchange));
            let Some((postings, report)) = exchange::solve(self.run, &mut self.exchange, open[0].0 * share) else {
                return self.run.claim != Some(Claim::Impossible);
            };
            plan.postings = postings;
            reports.push(report);
        } else if self.asks(Stage::Exchange) {
            plan.postings = self.exchange.postings();
            reports.extend(kept(&self.best, Stage::Exchange));
        }
        if self.asks(Stage::Exchange) {
            add(&mut plan, Part::Postings);
        }
        if self.run.stopped() {
            return true;
        }
        if open[1].1 {
            (self.run.on_event)(Event::Begin(Stage::Teaching));
            let broken = std::mem::take(&mut self.broken);
            let Some((rows, report)) = teaching::solve(self.run, &plan, &mut self.teaching, &broken, share) else {
                return self.run.claim != Some(Claim::Impossible);
            };
            teach(self.run, &mut plan, rows);
            reports.push(report);
            add(&mut plan, Part::Teaching);
        } else if let (true, Some((_, best))) = (self.asks(Stage::Teaching), &self.best) {
            plan.teaching.clone_from(&best.plan.teaching);
            plan.class_teachers.clone_from(&best.plan.class_teachers);
            add(&mut plan, Part::Teaching);
            reports.extend(kept(&self.best, Stage::Teaching));
        }
        if !self.run.stopped() {
            self.week(plan, reports, round, share);
        }
        true
    }

    /// A week for a plan with postings and teaching: legal first, given up lessons if need be, then good; offered at every step.
    fn week(&mut self, mut plan: Plan, mut reports: Vec<StageReport>, round: u64, good: u64) {
        if !self.asks(Stage::Timetable) {
            self.offer(plan, reports);
            return;
        }
        (self.run.on_event)(Event::Begin(Stage::Timetable));
        let levels = Levels::of(self.run.policy);
        let mut weeks = Weeks::pose(self.run, &plan, &self.starts);
        // The first plan is a net: the law is enough.
        let legal = (self.run.lessons() * LEGAL).max(LEAST / 5) / if round == 0 { 2 } else { 1 };
        weeks.settle(self.run, round, legal);
        if self.run.stopped() {
            return;
        }
        add(&mut plan, Part::Timetable);
        let broken = if self.run.options.feedback { weeks.broken(3) } else { Vec::new() };
        self.broken = broken.into_iter().map(|(teachers, _)| teachers).collect();
        // First what the law says, then what a meeting could relax: a lesson without a teacher breaks neither.
        for level in [2, 3] {
            let mut times = 0;
            while self.asks(Stage::Teaching) && times < RELIEFS && !self.run.stopped() {
                let given_up = relieve(self.run, &mut plan, &weeks.broken(level));
                if given_up.is_empty() {
                    break;
                }
                times += 1;
                reports.retain(|report| report.stage != Stage::Teaching);
                weeks.pose_again(self.run, &plan, &given_up);
                weeks.settle(self.run, round + 1000, legal / 4);
            }
            if self.run.stopped() {
                return;
            }
            if level == 2 || times > 0 {
                self.finish(&plan, &weeks, &reports, &levels);
            }
        }
        if good > 0 {
            weeks.anneal(self.run, round, good);
            if !self.run.stopped() && weeks.score()[..3] == [0, 0, 0] {
                weeks.bound(self.run, good / 4);
            }
            if !self.run.stopped() {
                self.finish(&plan, &weeks, &reports, &levels);
            }
        }
        self.run.work += weeks.work;
        if self.is_legal() {
            self.starts = weeks.starts();
        } else if !self.run.stopped() {
            timetable::explain(self.run, &plan, &weeks.broken(2));
        }
    }

    fn finish(&mut self, plan: &Plan, weeks: &Weeks, reports: &[StageReport], levels: &Levels) {
        let mut plan = plan.clone();
        plan.timetable = weeks.rows();
        let mut report = weeks.report(self.run, levels);
        rosters::solve(self.run, &mut plan, &mut report);
        clubs::solve(self.run, &mut plan, &mut report);
        let mut reports = reports.to_vec();
        reports.push(report);
        self.offer(plan, reports);
    }

    /// The checker judges; what is better than everything before it goes out at once.
    fn offer(&mut self, plan: Plan, stages: Vec<StageReport>) {
        let verdict = check(self.run.district, self.run.policy, &plan);
        let key = key(&verdict);
        // Of equals the one with fewer people for the same courses.
        let is_beaten = |(best, held): &(Key, Incumbent)| (best, held.plan.teaching.len()) <= (&key, plan.teaching.len());
        // Without a week nobody sees what the net asks of it; the teaching that was probed does.
        let unprobed = |(_, held): &(Key, Incumbent)| held.work == 0 && !self.asks(Stage::Timetable) && !self.run.cuts.is_empty();
        let probed = key[..2] == [0, 0] && self.best.as_ref().is_some_and(unprobed);
        if !probed && self.best.as_ref().is_some_and(is_beaten) {
            self.proved_since(&plan, stages);
            return;
        }
        let legal = key[..2] == [0, 0];
        let open = verdict.uncovered_periods;
        if legal && self.stayed.as_ref().is_none_or(|(stayed, _)| stayed.postings == plan.postings) {
            self.stayed = Some((plan.clone(), open));
        }
        let kept = self.stayed.as_ref().filter(|(stayed, fewer)| stayed.postings != plan.postings && *fewer < open);
        let without_postings = kept.map(|(stayed, _)| stayed.clone());
        let incumbent = Incumbent { plan, verdict, stages, cuts: self.run.cuts.clone(), without_postings, work: self.run.work };
        if legal {
            self.run.has_plan();
            (self.run.on_event)(Event::Incumbent(Box::new(incumbent.clone())));
        }
        self.best = Some((key, incumbent));
    }

    /// The same plan with more proved of it.
    fn proved_since(&mut self, plan: &Plan, stages: Vec<StageReport>) {
        if let Some((_, best)) = self.best.as_mut().filter(|(_, best)| best.plan == *plan) {
            best.stages = stages;
        }
    }
}

fn add(plan: &mut Plan, part: Part) {
    if !plan.parts.contains(&part) {
        plan.parts.push(part);
    }
}

/// Somebody in each of the broken clauses gives up what they teach there, a visitor before others: the lessons stay, without a teacher.
/// Returns the courses.
fn relieve(run: &Run, plan: &mut Plan, broken: &[timetable::Broken]) -> BTreeSet<usize> {
    let world = run.world;
    let school = super::working_schools(world, plan);
    let given = |course: usize, person: usize| world.courses[course].roles.iter().any(|role| role.given == Some(person));
    let rows: Vec<Option<(usize, usize)>> = plan
        .teaching
        .iter()
        .map(|row| Some((world.course(&row.course)?, world.person(row.teacher.as_deref()?)?)))
        .map(|row| row.filter(|(course, person)| !given(*course, *person)))
        .collect();
    let mut courses = BTreeSet::new();
    let mut gave: BTreeSet<usize> = BTreeSet::new();
    for (teachers, classes) in broken {
        if teachers.iter().any(|person| gave.contains(person)) {
            continue;
        }
        let here = |person: usize| {
            let mine = rows.iter().enumerate().filter_map(|(r, row)| Some((r, (*row)?))).filter(move |(_, (_, who))| *who == person);
            let hit = mine.filter(|(_, (course, _))| world.courses[*course].classes.iter().any(|class| classes.contains(class)));
            hit.map(|(r, (course, _))| (school[person] == world.courses[course].school, world.courses[course].subject.class_meeting, r))
                .min()
        };
        let Some(((_, _, r), person)) = teachers.iter().filter_map(|person| Some((here(*person)?, *person))).min() else { continue };
        if let Some((course, _)) = rows[r] {
            plan.teaching[r].teacher = None;
            gave.insert(person);
            courses.insert(course);
        }
    }
    if !courses.is_empty() {
        let rows = std::mem::take(&mut plan.teaching);
        teach(run, plan, rows);
    }
    courses
}
