//! What a run tells while it works: one [`Progress`] per event, at least one every five seconds, so that silence means
//! death. The command prints them as JSON lines or draws a bar.

use crate::file::Text;
use crate::rules::Stage;
use crate::stages::Event;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// One line of progress. `best`, `bound` and `gap` belong to the `level` being worked on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Progress {
    pub seq: u64,
    /// Seconds since the start.
    pub t: f64,
    pub event: Kind,
    pub phase: Phase,
    pub phase_no: usize,
    pub phase_total: usize,
    pub level: Option<String>,
    pub best: Option<i64>,
    pub bound: Option<i64>,
    /// (best − bound) / best.
    pub gap: Option<f64>,
    /// Does the best answer so far keep every legal rule?
    pub legal: Option<bool>,
    pub message: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A phase begins.
    Phase,
    Level,
    Better,
    Cut,
    /// A stage ended.
    Stage,
    Heartbeat,
    /// The last line of a run.
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    Read,
    Validate,
    Exchange,
    Teaching,
    Timetable,
    Check,
    Write,
}

impl Phase {
    pub fn words(self) -> Text {
        let (zh, en) = match self {
            Self::Read => ("读入", "reading"),
            Self::Validate => ("核对数据", "validating the data"),
            Self::Exchange => ("安排交流轮岗", "planning exchanges"),
            Self::Teaching => ("安排任课", "assigning teachers"),
            Self::Timetable => ("编排课表", "making the timetable"),
            Self::Check => ("独立复核", "checking independently"),
            Self::Write => ("写出文件", "writing the files"),
        };
        Text::new(zh, en)
    }
}

impl From<Stage> for Phase {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Exchange => Self::Exchange,
            Stage::Teaching => Self::Teaching,
            Stage::Timetable => Self::Timetable,
        }
    }
}

/// Silence is broken after this long.
const HEARTBEAT: Duration = Duration::from_secs(4);
/// Levels and better answers come by the thousand: no more than one line in this time.
const THROTTLE: Duration = Duration::from_millis(200);

/// Turns what happens into numbered lines. Shared by the run and its heartbeat thread.
pub(super) struct Reporter<'a> {
    state: Mutex<State<'a>>,
    ended: Condvar,
}

struct State<'a> {
    sink: &'a mut (dyn FnMut(&Progress) + Send),
    phases: Vec<Phase>,
    start: Instant,
    sent: Option<Instant>,
    now: Progress,
    ended: bool,
}

impl State<'_> {
    fn send(&mut self, event: Kind) {
        let moment = Instant::now();
        self.now.seq += 1;
        self.now.t = (moment.duration_since(self.start).as_secs_f64() * 1000.0).round() / 1000.0;
        self.now.event = event;
        self.sent = Some(moment);
        (self.sink)(&self.now);
    }

    fn enter(&mut self, phase: Phase) {
        let seq = self.now.seq;
        self.now = blank(phase, self.phases.len());
        self.now.seq = seq;
        self.now.phase_no = self.phases.iter().position(|known| *known == phase).map_or(0, |at| at + 1);
    }

    fn quiet_for(&self) -> Duration {
        self.sent.map_or(Duration::MAX, |sent| sent.elapsed())
    }
}

fn blank(phase: Phase, phase_total: usize) -> Progress {
    Progress {
        seq: 0,
        t: 0.0,
        event: Kind::Phase,
        phase,
        phase_no: 1,
        phase_total,
        level: None,
        best: None,
        bound: None,
        gap: None,
        legal: None,
        message: phase.words(),
    }
}

fn phases(stages: &[Stage]) -> Vec<Phase> {
    let mut phases = vec![Phase::Read, Phase::Validate];
    phases.extend(stages.iter().map(|stage| Phase::from(*stage)));
    phases.extend([Phase::Check, Phase::Write]);
    phases
}

impl<'a> Reporter<'a> {
    pub(super) fn new(start: Instant, sink: &'a mut (dyn FnMut(&Progress) + Send)) -> Self {
        let phases = phases(&[Stage::Exchange, Stage::Teaching, Stage::Timetable]);
        let now = blank(Phase::Read, phases.len());
        Self { state: Mutex::new(State { sink, phases, start, sent: None, now, ended: false }), ended: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State<'a>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Only these stages will run.
    pub(super) fn stages(&self, stages: &[Stage]) {
        self.state().phases = phases(stages);
    }

    pub(super) fn phase(&self, phase: Phase) {
        let mut state = self.state();
        state.enter(phase);
        state.send(Kind::Phase);
    }

    /// The last line; the heartbeat ends with it.
    pub(super) fn end(&self, message: Text) {
        let mut state = self.state();
        state.now.message = message;
        state.send(Kind::End);
        state.ended = true;
        self.ended.notify_all();
    }

    /// Runs in its own thread until [`Reporter::end`].
    pub(super) fn heartbeat(&self) {
        let mut state = self.state();
        while !state.ended {
            let quiet = state.quiet_for();
            if quiet >= HEARTBEAT {
                state.send(Kind::Heartbeat);
                continue;
            }
            state = self.ended.wait_timeout(state, HEARTBEAT.saturating_sub(quiet)).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    pub(super) fn solver(&self, event: Event) {
        let mut state = self.state();
        let throttled = state.quiet_for() < THROTTLE;
        match event {
            Event::Begin(stage) => {
                state.enter(stage.into());
                state.send(Kind::Phase);
            }
            Event::Level { stage, level, value, bound } => {
                if state.now.phase != stage.into() {
                    state.enter(stage.into());
                }
                if level == "structure" || level == "legal" {
                    state.now.legal = Some(value == 0);
                }
                let fresh = state.now.level.as_deref() != Some(level.as_str());
                state.now.message = level_words(&level);
                state.now.level = Some(level);
                state.now.best = Some(value);
                state.now.bound = Some(bound);
                state.now.gap = Some((value.saturating_sub(bound)).max(0) as f64 / value.unsigned_abs().max(1) as f64);
                if fresh || !throttled {
                    state.send(Kind::Level);
                }
            }
            Event::Better { stage, score } => {
                if state.now.phase != stage.into() {
                    state.enter(stage.into());
                }
                state.now.legal = Some(score.iter().take(HARD_LEVELS).all(|level| *level == 0));
                if !throttled {
                    state.send(Kind::Better);
                }
            }
            Event::Cut(cut) => {
                state.now.message = cut.sentence;
                state.send(Kind::Cut);
            }
            Event::Incumbent(incumbent) => {
                state.now.legal = Some(true);
                let open = incumbent.verdict.uncovered_periods;
                state.now.message = Text::new(
                    format!("已有完整方案,待补 {open} 课时,继续改进"),
                    format!("a whole plan, {open} periods without a teacher; going on"),
                );
                state.send(Kind::Better);
            }
            Event::End(report) => {
                let proved = report.levels.iter().all(|level| level.proved);
                let words = Phase::from(report.stage).words();
                state.now.message = if proved {
                    Text::new(format!("{}:完成,已证明最好", words.zh), format!("{}: done, proved best", words.en))
                } else {
                    Text::new(format!("{}:完成", words.zh), format!("{}: done", words.en))
                };
                state.send(Kind::Stage);
            }
        }
    }
}

/// `structure`, `legal` and `policy` lead every score.
const HARD_LEVELS: usize = 3;

fn level_words(level: &str) -> Text {
    let known: BTreeMap<&str, (&str, &str)> = BTreeMap::from([
        ("structure", ("先排得出来", "a complete answer")),
        ("legal", ("必须遵守的规定", "rules that must be kept")),
        ("policy", ("经集体研究可调整的规定", "rules a meeting may relax")),
        ("rank1", ("课时开足、缺口均衡", "hours covered and shortage shared fairly")),
        ("rank2", ("校际均衡", "balance between schools")),
        ("rank3", ("少变动、少奔波", "few changes, little travel")),
        ("rank4", ("课表质量", "quality of the timetable")),
        ("rank5", ("个人意愿", "wishes")),
    ]);
    let rank = level.split('.').next().unwrap_or(level);
    known.get(rank).map_or_else(|| Text::new(level, level), |(zh, en)| Text::new(*zh, *en))
}
