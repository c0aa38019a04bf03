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

use super::giving_up::relieve;
use super::outcome::{Incumbent, Key, key};
use super::points::{FIRST_RANK, Levels};
use super::run::Run;
use super::timetable::{self, HARD, Starts, Weeks};
use super::travellers::Travellers;
use super::{Claim, Event, StageReport, clubs, exchange, rosters, standing_in, teach, teaching};
use crate::check::check;
use crate::file::{Part, Plan, Posting};
use crate::rules::Stage;

/// Work of the first round per lesson, in units.
const PER_LESSON: u64 = 2600;
/// Work of the first exchange per lesson: with less its postings are too poor to be worth a week.
const FIRST: u64 = 1400;
/// The same per person, where there are more people than lessons to speak of.
const PER_PERSON: u64 = 4000;
/// Least work of the first round.
const LEAST: u64 = 1_000_000;
/// Work per lesson of looking for a week that keeps what is demanded, before somebody gives up lessons.
const LEGAL: u64 = 400;
/// Parts of a round: everything hangs on who is where, until nothing that comes first can be better there.
const EXCHANGE: u64 = 6;
const EXCHANGE_AFTER: u64 = 1;
const TEACHING: u64 = 3;
const TEACHING_AFTER: u64 = 7;
const TIMETABLE: u64 = 2;
/// Work per lesson of making the first week a good one.
const GOOD: u64 = 600;
/// Each round does so much more than the one before.
const GROWTH: f64 = 2.0;
/// Rounds in a row without a better plan after which a run that may end does.
const IDLE: u32 = 3;
/// Work per lesson after which one such round is enough.
const PLENTY: u64 = 50_000;
/// Times that somebody gives up lessons in one round, at most.
const RELIEFS: u32 = 40;
/// Walks for a week of those who travel before one of them gives up lessons.
const TRIES: u32 = 2;

pub(super) struct Rounds<'r, 'a> {
    run: &'r mut Run<'a>,
    /// What is given.
    base: Plan,
    exchange: exchange::Memory,
    /// What the exchange found last, and whether no plan was made of it yet.
    postings: Option<((Vec<Posting>, StageReport), bool)>,
    teaching: teaching::Memory,
    starts: Starts,
    /// Who stood in clauses that the last week broke.
    broken: Vec<Vec<usize>>,
    best: Option<(Key, Incumbent)>,
    /// The best plan before anybody was posted, with its periods without a teacher.
    stayed: Option<(Plan, i64)>,
    idle: u32,
    /// Work up to the end of the last round.
    spent: u64,
    /// Work of the last round.
    done: u64,
}

impl<'r, 'a> Rounds<'r, 'a> {
    pub(super) fn new(run: &'r mut Run<'a>, base: Plan) -> Self {
        let (exchange, teaching) = (exchange::Memory::default(), teaching::Memory::default());
        Self {
            run,
            base,
            exchange,
            postings: None,
            teaching,
            starts: Vec::new(),
            broken: Vec::new(),
            best: None,
            stayed: None,
            idle: 0,
            spent: 0,
            done: 0,
        }
    }

    /// The best plan found; one that breaks the law is a draft.
    pub(super) fn all(mut self) -> Option<Incumbent> {
        let people = self.run.world.people.len() as u64;
        let mut work = (self.run.lessons() * PER_LESSON).max(people * PER_PERSON).max(LEAST);
        let mut round = 1;
        let exchange = if self.asks(Stage::Exchange) { work / PER_LESSON * FIRST } else { 0 };
        self.beside(exchange, Self::first);
        if self.is_exchange_alone() {
            self.decide(0, 0, 0);
        }
        while !self.is_over() {
            let before = self.best.as_ref().map(|(key, _)| key.clone());
            let begun = self.run.work;
            let went_on = self.round(round, work);
            if self.run.stopped() || !went_on {
                break;
            }
            let better = self.best.as_ref().map(|(key, _)| key) != before.as_ref();
            // A round counts as all it may do: what is soon done must not go on for ever.
            self.run.work = self.run.work.max(begun.saturating_add(work));
            (self.spent, self.done) = (self.run.work, work);
            self.idle = if better { 0 } else { self.idle + 1 };
            work = (work as f64 * GROWTH) as u64;
            round += 1;
        }
        self.best.map(|(_, incumbent)| incumbent)
    }

    fn asks(&self, stage: Stage) -> bool {
        self.run.options.stages.contains(&stage)
    }
    fn is_exchange_alone(&self) -> bool {
        self.asks(Stage::Exchange) && !self.asks(Stage::Teaching) && !self.asks(Stage::Timetable)
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
        let spent = self.run.options.work.is_some_and(|work| self.spent >= work);
        // So few lessons are walked through in one round.
        let rounds = if self.done > PLENTY * self.run.lessons().max(1) { 1 } else { IDLE };
        let idle = self.is_legal() && self.idle >= if self.run.options.stall { rounds } else { 2 * rounds };
        self.run.stopped() || spent || idle || self.is_proved() || self.run.claim == Some(Claim::Impossible)
    }

    /// A net: everybody stays but who is agreed on, teaches where they work, and somebody gives up what no week holds.
    fn first(&mut self) {
        let mut plan = self.base.clone();
        if self.asks(Stage::Exchange) {
            plan.postings = exchange::stay(self.run);
            add(&mut plan, Part::Postings);
        }
        if self.asks(Stage::Teaching) {
            (self.run.on_event)(Event::Begin(Stage::Teaching));
            let rows = teaching::first(self.run, &plan);
            teach(self.run, &mut plan, rows);
            add(&mut plan, Part::Teaching);
        }
        let good = self.run.lessons() * GOOD;
        self.week(plan, Vec::new(), 0, good);
    }

    /// One round; false when nothing can be decided any more.
    fn round(&mut self, round: u64, work: u64) -> bool {
        let settled = self.teaching.is_settled() && self.broken.is_empty() && self.postings.as_ref().is_none_or(|(_, new)| !new);
        let after = !self.is_exchange_alone() && self.exchange.is_proved(Levels::of(self.run.policy).through_first_rank());
        let (exchange, teaching) = if after { (EXCHANGE_AFTER, TEACHING_AFTER) } else { (EXCHANGE, TEACHING) };
        // Each with its parts of a round and those that it has now.
        let stages = [
            (Stage::Exchange, EXCHANGE, exchange * u64::from(!self.exchange.is_settled())),
            (Stage::Teaching, TEACHING, teaching * u64::from(!settled)),
            (Stage::Timetable, TIMETABLE, TIMETABLE),
        ];
        let stages = stages.map(|(stage, parts, now)| if self.asks(stage) { (parts, now) } else { (0, 0) });
        if stages.iter().all(|(_, now)| *now == 0) && self.postings.as_ref().is_none_or(|(_, new)| !new) {
            return false;
        }
        let parts: u64 = stages.iter().map(|(parts, _)| parts).sum();
        let share = |stage: usize| work / parts.max(1) * stages[stage].1;
        let (teaching, timetable) = (share(1), share(2));
        if self.is_exchange_alone() {
            self.beside(share(0), |_| ());
            self.decide(round, 0, 0);
        } else {
            self.beside(share(0), |rounds| rounds.decide(round, teaching, timetable));
        }
        self.run.claim != Some(Claim::Impossible)
    }

    /// The exchange is made better beside something else; its postings are those of the next round.
    fn beside(&mut self, work: u64, other: impl FnOnce(&mut Self) + Send) {
        if work == 0 || self.run.stopped() {
            return other(self);
        }
        (self.run.on_event)(Event::Begin(Stage::Exchange));
        let (world, policy, baseline) = (self.run.world, self.run.policy, self.run.baseline);
        let stop = self.run.stopper();
        let budget = self.run.budget(work, self.run.gap(), &stop);
        let mut memory = std::mem::take(&mut self.exchange);
        let ((), found) = rayon::join(|| other(self), || exchange::search(world, policy, baseline, &mut memory, &budget));
        self.exchange = memory;
        if self.run.stopped() {
            return;
        }
        if let Some(found) = exchange::tell(self.run, &found) {
            let same = |(_, best): &&mut (Key, Incumbent)| best.plan.postings == found.0;
            let reports = self.best.as_mut().filter(same).map(|(_, best)| &mut best.stages);
            for report in reports.into_iter().flatten().filter(|report| report.stage == Stage::Exchange) {
                *report = found.1.clone();
            }
            let new = self.postings.as_ref().is_none_or(|(known, _)| known.0 != found.0);
            self.postings = Some((found, new));
        }
    }

    /// Teaching and a week for the postings there are.
    fn decide(&mut self, round: u64, teaching: u64, timetable: u64) {
        let mut plan = self.base.clone();
        let mut reports = Vec::new();
        if self.asks(Stage::Exchange) {
            if let Some(((postings, report), new)) = self.postings.as_mut() {
                plan.postings.clone_from(postings);
                reports.push(report.clone());
                *new = false;
            } else {
                plan.postings = exchange::stay(self.run);
            }
            add(&mut plan, Part::Postings);
        }
        if teaching > 0 {
            (self.run.on_event)(Event::Begin(Stage::Teaching));
            let broken = std::mem::take(&mut self.broken);
            let Some((rows, report)) = teaching::solve(self.run, &plan, &mut self.teaching, &broken, teaching) else { return };
            teach(self.run, &mut plan, rows);
            reports.push(report);
            add(&mut plan, Part::Teaching);
        } else if let (true, Some((_, best))) = (self.asks(Stage::Teaching), &self.best) {
            plan.teaching.clone_from(&best.plan.teaching);
            plan.class_teachers.clone_from(&best.plan.class_teachers);
            add(&mut plan, Part::Teaching);
            reports.extend(best.stages.iter().find(|report| report.stage == Stage::Teaching).cloned());
        }
        if !self.run.stopped() {
            self.week(plan, reports, round, timetable);
        }
    }

    /// A week for a plan with postings and teaching: legal first, given up lessons if need be, then good; offered at every step.
    fn week(&mut self, mut plan: Plan, mut reports: Vec<StageReport>, round: u64, good: u64) {
        if !self.asks(Stage::Timetable) {
            self.offer(plan, reports, usize::MAX);
            return;
        }
        (self.run.on_event)(Event::Begin(Stage::Timetable));
        let levels = Levels::of(self.run.policy);
        let starts = self.travel(&mut plan, &mut reports);
        let mut weeks = Weeks::pose(self.run, &plan, &starts);
        // The first plan is a net: the law is enough.
        let legal = (self.run.lessons() * LEGAL).max(LEAST / 5) / if round == 0 { 2 } else { 1 };
        weeks.settle(self.run, round, legal);
        if self.run.stopped() {
            return;
        }
        add(&mut plan, Part::Timetable);
        let broken = if self.run.options.feedback { weeks.broken(FIRST_RANK) } else { Vec::new() };
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
            // With a plan in hand a rough week is worth showing only for what comes first.
            let first = if self.is_legal() { levels.through_first_rank() } else { usize::MAX };
            if level == 2 || times > 0 {
                self.finish(&plan, &weeks, &reports, &levels, first);
            }
        }
        if good > 0 {
            weeks.anneal(self.run, round, good);
            if round > 1 && !self.run.stopped() && weeks.score()[..HARD] == [0; HARD] {
                weeks.bound(self.run, good / 4);
            }
            if !self.run.stopped() {
                self.finish(&plan, &weeks, &reports, &levels, usize::MAX);
            }
        }
        if self.asks(Stage::Teaching) && !self.run.stopped() {
            self.stand_in(&mut plan, &mut weeks, reports, &levels);
        }
        self.run.work += weeks.work;
        if self.is_legal() {
            self.starts = weeks.starts();
        } else if !self.run.stopped() {
            timetable::explain(self.run, &plan, &weeks.broken(2));
        }
    }

    /// Whoever is free takes over what stayed open, where the best plan is the one of this teaching and these weeks.
    fn stand_in(&mut self, plan: &mut Plan, weeks: &mut Weeks<'a>, mut reports: Vec<StageReport>, levels: &Levels) {
        let this = |(_, best): &&(Key, Incumbent)| best.plan.teaching == plan.teaching && best.plan.timetable == weeks.rows();
        let open = |(_, best): &&(Key, Incumbent)| best.verdict.uncovered_periods > 0;
        let Some((_, best)) = self.best.as_ref().filter(open).filter(this) else { return };
        let mut taught = best.plan.clone();
        let courses = standing_in::stand_in(self.run, &mut taught, &key);
        if !courses.is_empty() && !self.run.stopped() {
            (plan.teaching, plan.class_teachers) = (taught.teaching, taught.class_teachers);
            reports.retain(|report| report.stage != Stage::Teaching);
            weeks.pose_again(self.run, plan, &courses);
            self.finish(plan, weeks, &reports, levels, usize::MAX);
        }
    }

    /// Where lessons begin that have a start, those of travellers as in a week of theirs; what they cannot hold even without everybody
    /// else they give up.
    fn travel(&mut self, plan: &mut Plan, reports: &mut Vec<StageReport>) -> Starts {
        let mut away = self.teaching.away().clone();
        for seed in 0..RELIEFS {
            let found = Travellers::find(self.run, plan, &away, seed.into());
            self.run.work += found.work();
            if found.fit() || !self.asks(Stage::Teaching) || self.run.stopped() {
                return found.starts(self.starts.clone());
            }
            // A walk may be unlucky: first others are tried, each from nothing.
            away = if seed < TRIES { Starts::new() } else { found.starts(Starts::new()) };
            if seed >= TRIES {
                if relieve(self.run, plan, &found.broken()).is_empty() {
                    return found.starts(self.starts.clone());
                }
                reports.retain(|report| report.stage != Stage::Teaching);
            }
        }
        self.starts.clone()
    }

    fn finish(&mut self, plan: &Plan, weeks: &Weeks, reports: &[StageReport], levels: &Levels, first: usize) {
        let mut plan = plan.clone();
        plan.timetable = weeks.rows();
        let mut report = weeks.report(self.run, levels);
        rosters::solve(self.run, &mut plan, &mut report);
        clubs::solve(self.run, &mut plan, &mut report);
        let mut reports = reports.to_vec();
        reports.push(report);
        self.offer(plan, reports, first);
    }

    /// The checker judges; what is better than everything before it, by so many `first` levels, goes out at once.
    fn offer(&mut self, plan: Plan, stages: Vec<StageReport>, first: usize) {
        let verdict = check(self.run.district, self.run.policy, &plan);
        let key = key(&verdict);
        if self.best.as_ref().is_some_and(|(best, _)| first < key.len() && best[..first] <= key[..first]) {
            return;
        }
        // Of equals the one with fewer people for the same courses, then the one of which more is known.
        let known = |stages: &[StageReport]| std::cmp::Reverse(stages.len());
        let is_beaten = |(best, held): &(Key, Incumbent)| {
            (best, held.plan.teaching.len(), known(&held.stages)) <= (&key, plan.teaching.len(), known(&stages))
        };
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
