//! The run itself.

use super::deliver::{Answer, Ask, Delivery, Searched};
use super::manifest::{Claim, CutFigures, LevelFigures, StageFigures, Stopped, TermFigures};
use super::progress::{Phase, Progress, Reporter};
use super::refusal::{defect, panic_words};
use super::running::Running;
use super::watch::{Post, Watch};
use super::{ExitCode, Input, Output, Read};
use crate::district::validate::{Conflict, Counted, counted};
use crate::file::Text;
use crate::problem::Problem;
use crate::rules::Stage;
use crate::stages::{self, Cancel, Outcome};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::Instant;

/// Where the files go.
#[derive(Debug, Clone)]
pub enum Place {
    /// No files: the plan is in the [`Answer`].
    Nowhere,
    Directory {
        path: PathBuf,
        replace: bool,
    },
}

impl Answer {
    fn refused(exit: ExitCode, problems: Vec<Problem>) -> Self {
        Self { exit, problems, screen: Text::default(), plan: None, decisions_needed: 0, folder: None }
    }
}

/// Reads, validates, solves, checks and writes. Never panics: a panic below is exit 70.
pub fn run(input: &Input, ask: &Ask, place: &Place, cancel: &Cancel, events: &mut (dyn FnMut(&Progress) + Send)) -> Answer {
    let start = Instant::now();
    let reporter = Reporter::new(start, events);
    std::thread::scope(|scope| {
        scope.spawn(|| reporter.heartbeat());
        let job = Job { input, ask, place, cancel, start, reporter: &reporter };
        let answer = catch_unwind(AssertUnwindSafe(|| job.go())).unwrap_or_else(|panic| {
            let words = panic_words(panic.as_ref());
            Answer::refused(ExitCode::Internal, vec![defect(&words)])
        });
        reporter.end(answer.last_words());
        answer
    })
}

struct Job<'a> {
    input: &'a Input,
    ask: &'a Ask,
    place: &'a Place,
    cancel: &'a Cancel,
    start: Instant,
    reporter: &'a Reporter<'a>,
}

impl Job<'_> {
    fn go(&self) -> Answer {
        self.reporter.phase(Phase::Read);
        // The place first: better told now than after a minute of search.
        let output = match self.place {
            Place::Nowhere => None,
            Place::Directory { path, replace } => match Output::begin(path, *replace) {
                Ok(output) => Some(output),
                Err(refusal) => return Answer::refused(refusal.exit, vec![refusal.problem]),
            },
        };
        self.reporter.phase(Phase::Validate);
        let read = match self.input.parse() {
            Ok(read) => read,
            Err(problems) => return Answer::refused(ExitCode::BadInput, problems),
        };
        let mut ask = self.ask.clone();
        if ask.stages.is_empty() {
            ask.stages = stages_of(&read);
        }
        self.reporter.stages(&ask.stages);
        let running = if let Place::Directory { path, .. } = self.place { Running::beside(path) } else { None };
        let searched = self.search(&read, &ask, running.as_ref());
        self.reporter.phase(Phase::Check);
        let delivery = Delivery::judge(self.input, &read, &ask, searched, self.start.elapsed().as_secs_f64());
        self.reporter.phase(Phase::Write);
        let mut answer = delivery.answer();
        if let Some(output) = output {
            delivery.leave(output, &mut answer);
        }
        answer
    }

    fn search(&self, read: &Read, ask: &Ask, running: Option<&Running>) -> Searched {
        // What a count proves needs no search.
        let counted = counted(&read.district, &read.policy, read.fixed.as_ref(), &ask.stages);
        if !counted.conflicts.is_empty() {
            return contradicted(counted);
        }
        let post = Post { ask, cancel: self.cancel, reporter: self.reporter, running, start: self.start };
        Searched { counted, ..Watch::begin(&post, read).until_the_end() }
    }
}

/// The clauses that are never relaxed contradict each other, by these counts.
fn contradicted(counted: Counted) -> Searched {
    let reason = |conflict: &Conflict| {
        let (text, remedy) = (&conflict.text, &conflict.remedy);
        Text::new(format!("{};{}", text.zh, remedy.zh), format!("{}; {}", text.en, remedy.en))
    };
    Searched {
        plan: None,
        without_postings: None,
        trace: Vec::new(),
        claim: Claim::Impossible,
        stopped: Stopped::Proved,
        stages: Vec::new(),
        cuts: Vec::new(),
        reasons: counted.conflicts.iter().map(reason).collect(),
        counted,
        models: Vec::new(),
        solver: crate::engine::solver_version().to_owned(),
    }
}

/// A stage needs its own parts: people and schools; classes and courses; bells.
fn stages_of(read: &Read) -> Vec<Stage> {
    let district = &read.district;
    let none = district.classes.is_empty() || (district.curriculum.is_empty() && district.courses.is_empty());
    let courses = !none;
    let asked = [
        (Stage::Exchange, !district.people.is_empty() && district.schools.len() > 1),
        (Stage::Teaching, courses && !district.people.is_empty()),
        (Stage::Timetable, courses && !district.bells.is_empty()),
    ];
    asked.into_iter().filter_map(|(stage, has)| has.then_some(stage)).collect()
}

pub(super) fn searched(outcome: Outcome) -> Searched {
    let claim = match outcome.claim {
        stages::Claim::Optimal => Claim::Optimal,
        stages::Claim::Feasible => Claim::Feasible,
        stages::Claim::Impossible => Claim::Impossible,
        stages::Claim::Undecided => Claim::Undecided,
    };
    let stopped = match outcome.stopped {
        stages::Stopped::Proved => Stopped::Proved,
        stages::Stopped::Gap => Stopped::Gap,
        stages::Stopped::Stall => Stopped::Stall,
        stages::Stopped::Time => Stopped::Time,
        stages::Stopped::Work => Stopped::Work,
        stages::Stopped::Cancelled => Stopped::Cancelled,
    };
    let (stages, cuts) = figures(outcome.stages, outcome.cuts);
    Searched {
        plan: outcome.plan,
        without_postings: outcome.without_postings,
        trace: Vec::new(),
        claim,
        stopped,
        stages,
        cuts,
        reasons: outcome.reasons,
        counted: Counted::default(),
        models: outcome.models,
        solver: crate::engine::solver_version().to_owned(),
    }
}

/// What the stages reached, for the manifest.
pub(super) fn figures(stages: Vec<stages::StageReport>, cuts: Vec<stages::Cut>) -> (Vec<StageFigures>, Vec<CutFigures>) {
    let term = |term: stages::TermReport| TermFigures {
        gap_permille: LevelFigures::gap(term.value, term.bound),
        clause: term.clause,
        value: term.value,
        bound: term.bound,
    };
    let level = |level: stages::LevelReport| LevelFigures {
        gap_permille: LevelFigures::gap(level.value, level.bound),
        name: level.name,
        value: level.value,
        bound: level.bound,
        proved: level.proved,
        terms: level.terms.into_iter().map(term).collect(),
    };
    let stage = |stage: stages::StageReport| StageFigures {
        stage: stage.stage,
        levels: stage.levels.into_iter().map(level).collect(),
        seconds: (stage.seconds * 1000.0).round() / 1000.0,
        work: stage.work,
        items: stage.items as u64,
        points: stage.points as u64,
        legal_after: stage.legal_after,
    };
    let cut = |cut: stages::Cut| CutFigures {
        round: cut.round,
        from: cut.from,
        to: cut.to,
        sentence: cut.sentence,
        because: cut.because,
        exact: cut.exact,
    };
    (stages.into_iter().map(stage).collect(), cuts.into_iter().map(cut).collect())
}
