//! The watch over a search. It runs in a thread of its own and hands over every better plan, judged; whatever the solver is busy with,
//! the watch ends the run in time with the best plan so far. A search that does not come back is left behind.

use super::Fingerprint;
use super::Read;
use super::deliver::{Ask, ENOUGH, Searched};
use super::manifest::{Claim, Stopped, TracePoint, pretty};
use super::progress::Reporter;
use super::refusal::panic_words;
use super::run::{figures, searched};
use super::running::{Running, Summary};
use crate::district::validate::Counted;
use crate::file::{Force, Text};
use crate::stages::{self, Cancel, Event, Incumbent, Options, Outcome};
use cpu_time::ProcessTime;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Without one it goes on, and gives up after this long.
const GIVE_UP: Duration = Duration::from_secs(600);
/// So often the clock and the signals are looked at.
const PACE: Duration = Duration::from_millis(20);
/// A search that was told to end may take so long to say what it has.
const GRACE: Duration = Duration::from_millis(300);
/// What checking and writing take at least, and per lesson of the cycle.
const WRITING: Duration = Duration::from_millis(150);
const PER_LESSON: Duration = Duration::from_micros(60);

enum Told {
    Event(Event),
    Ended(Box<Outcome>),
    Failed(String),
}

pub(super) struct Watch<'w, 'r> {
    ask: &'w Ask,
    cancel: &'w Cancel,
    reporter: &'w Reporter<'r>,
    running: Option<&'w Running>,
    start: Instant,
    /// What is kept for checking and writing.
    reserve: Duration,
    /// Told to the search: end.
    halt: Arc<Cancel>,
    told: Receiver<Told>,
    best: Option<Box<Incumbent>>,
    trace: Vec<TracePoint>,
    shown: Option<Instant>,
}

/// What a search is watched with.
pub(super) struct Post<'w, 'r> {
    pub(super) ask: &'w Ask,
    pub(super) cancel: &'w Cancel,
    pub(super) reporter: &'w Reporter<'r>,
    pub(super) running: Option<&'w Running>,
    pub(super) start: Instant,
}

impl<'w, 'r> Watch<'w, 'r> {
    pub(super) fn begin(post: &Post<'w, 'r>, read: &Read) -> Self {
        let &Post { ask, cancel, reporter, running, start, .. } = post;
        let lessons: u32 = read.district.classes.len() as u32 * 30;
        let reserve = WRITING + PER_LESSON * lessons;
        let left = |most: Duration| most.saturating_sub(start.elapsed()).saturating_sub(reserve);
        let free = ask.time.is_none() && ask.cpu.is_none() && ask.work.is_none();
        let options = Options {
            time: ask.time.or(free.then_some(GIVE_UP)).map(left),
            enough: free.then(|| left(ENOUGH)),
            work: ask.work,
            stall: free,
            seed: ask.seed,
            threads: ask.threads.max(1),
            gap_permille: ask.gap_permille,
            stages: ask.stages.clone(),
            fixed: read.fixed.clone(),
            feedback: ask.feedback,
            export: ask.export,
        };
        let (tell, told) = channel();
        let halt = Arc::new(Cancel::new(false));
        let (district, policy, stop) = (read.district.clone(), read.policy.clone(), Arc::clone(&halt));
        std::thread::spawn(move || {
            let events = tell.clone();
            let mut on_event = move |event: Event| drop(events.send(Told::Event(event)));
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                stages::solve(&district, &policy, district.baseline.as_deref(), &options, &stop, &mut on_event)
            }));
            // Nobody listens any more when the run has ended.
            drop(tell.send(match outcome {
                Ok(outcome) => Told::Ended(Box::new(outcome)),
                Err(panic) => Told::Failed(panic_words(panic.as_ref())),
            }));
        });
        Self { ask, cancel, reporter, running, start, reserve, halt, told, best: None, trace: Vec::new(), shown: None }
    }

    /// Whether time or processor time is up.
    fn is_late(&self) -> bool {
        let spent = self.start.elapsed() + self.reserve;
        let clock = match self.ask.time {
            Some(time) => spent >= time,
            None if self.ask.work.is_some() || self.ask.cpu.is_some() => false,
            None => spent >= if self.best.is_some() { ENOUGH } else { GIVE_UP },
        };
        clock || self.ask.cpu.is_some_and(|most| ProcessTime::now().as_duration() + self.reserve >= most)
    }

    pub(super) fn until_the_end(mut self) -> Searched {
        let mut called: Option<(Instant, Stopped)> = None;
        loop {
            match self.told.recv_timeout(PACE) {
                Ok(Told::Event(event)) => self.hear(event),
                Ok(Told::Ended(outcome)) => {
                    let mut answer = searched(*outcome);
                    if let Some((_, stopped)) = called.filter(|_| answer.stopped == Stopped::Cancelled) {
                        answer.stopped = stopped;
                    }
                    answer.trace = self.trace;
                    return answer;
                }
                Ok(Told::Failed(words)) => return self.with_the_best(Stopped::Failed, Some(&words)),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return self.with_the_best(Stopped::Failed, Some("the search ended without a word")),
            }
            match called {
                Some((since, stopped)) if since.elapsed() > GRACE => return self.with_the_best(stopped, None),
                None if self.cancel.load(Ordering::Relaxed) => called = Some((Instant::now(), Stopped::Cancelled)),
                None if self.is_late() => called = Some((Instant::now(), Stopped::Time)),
                _ => {}
            }
            self.halt.store(called.is_some(), Ordering::Relaxed);
        }
    }

    fn hear(&mut self, event: Event) {
        if let Event::Incumbent(incumbent) = &event {
            let now = Instant::now();
            let score = incumbent.verdict.score.levels().into_iter().collect();
            self.trace.push(TracePoint {
                work: incumbent.work,
                cpu: thousandths(ProcessTime::now().as_duration()),
                t: thousandths(self.start.elapsed()),
                score,
                bound: std::collections::BTreeMap::new(),
            });
            if self.shown.is_none_or(|shown| now.duration_since(shown) >= Duration::from_secs(1)) {
                self.shown = Some(now);
                self.show(incumbent);
            }
            self.best = Some(incumbent.clone());
        }
        self.reporter.solver(event);
    }

    fn show(&self, incumbent: &Incumbent) {
        let (Some(running), Some(point)) = (self.running, self.trace.last()) else { return };
        let plan = pretty(&incumbent.plan);
        let decisions = incumbent.verdict.findings.iter().filter(|finding| finding.force == Force::Policy).count() as u64;
        let summary = Summary {
            schema: "lunpai.running/1",
            point,
            decisions_needed: decisions,
            shortfall_periods: incumbent.verdict.uncovered_periods.unsigned_abs(),
            plan: Fingerprint::of(&plan),
        };
        running.show(&plan, &summary);
    }

    /// The search did not come back, or failed: what it had handed over stands.
    fn with_the_best(self, stopped: Stopped, failed: Option<&str>) -> Searched {
        let reasons = failed.map(|words| Text::new(format!("程序内部错误:{words}"), format!("internal error: {words}")));
        let Self { best, trace, .. } = self;
        let (plan, stages, cuts, without_postings) = match best {
            Some(best) => (Some(best.plan), best.stages, best.cuts, best.without_postings),
            None => (None, Vec::new(), Vec::new(), None),
        };
        let claim = if plan.is_some() { Claim::Feasible } else { Claim::Undecided };
        let (stages, cuts) = figures(stages, cuts);
        Searched {
            plan,
            claim,
            stopped,
            stages,
            cuts,
            reasons: reasons.into_iter().collect(),
            counted: Counted::default(),
            models: Vec::new(),
            solver: crate::engine::solver_version().to_owned(),
            trace,
            without_postings,
        }
    }
}

fn thousandths(time: Duration) -> f64 {
    (time.as_secs_f64() * 1000.0).round() / 1000.0
}
