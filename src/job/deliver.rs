//! From the search's answer to the files: the plan is judged, the manifest filled in, the directory written.
//!
//! No solver is needed here: a plan made by hand is delivered the same way. A plan that breaks nothing legal goes to the place asked
//! for; what else there is goes beside it, as a draft that says so on every page.

use super::manifest::{
    Checked, Claim, CutFigures, Limits, Manifest, SCHEMA, StageFigures, Stopped, TracePoint, Verdict, WithoutPostings, pretty,
};
use super::settle::settle;
use super::to_decide::open_decisions;
use super::verify::WITHOUT_POSTINGS;
use super::{ExitCode, Input, Judgement, Output, Read, Refusal, judge};
use crate::district::validate::Counted;
use crate::file::{Plan, Text};
use crate::problem::Problem;
use crate::report::{self, Order, View};
use crate::rules::Stage;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

/// A run without a time limit ends after this long, with a plan.
pub(super) const ENOUGH: Duration = Duration::from_secs(60);

/// What is asked of the search.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Wall clock of the whole run, reading and writing included; `None`: as long as it gets better, see the job contract.
    pub time: Option<Duration>,
    /// Processor time of the whole run.
    pub cpu: Option<Duration>,
    /// Deterministic limit in the engine's work units.
    pub work: Option<u64>,
    pub seed: u64,
    pub threads: usize,
    /// Relative gap per level, in thousandths.
    pub gap_permille: u32,
    /// Stages to decide; empty = all that the district has data for.
    pub stages: Vec<Stage>,
    pub feedback: bool,
    /// Also write every stage's model as MPS.
    pub export: bool,
    /// Also write the papers for the meeting, the notice board and the people concerned.
    pub papers: bool,
}

/// What a run returns besides the files it wrote.
#[derive(Debug, Clone)]
pub struct Answer {
    pub exit: ExitCode,
    /// Problems with input or output; warnings when the run went through.
    pub problems: Vec<Problem>,
    /// The first screen, in plain words; empty when the run did not get that far.
    pub screen: Text,
    /// The checked plan as it stands in `plan.json`.
    pub plan: Option<Vec<u8>>,
    /// Places of the plan where a policy clause is broken: a meeting has to decide.
    pub decisions_needed: u64,
    /// Where the files stand: the place asked for, or beside it what a run without a plan left.
    pub folder: Option<PathBuf>,
}

/// What the search says; nothing of it is believed before the checker has spoken.
#[derive(Debug, Clone)]
pub struct Searched {
    /// The best plan, or the one that breaks least.
    pub plan: Option<Plan>,
    /// The best plan in which nobody is posted who need not be, where it leaves fewer periods without a teacher.
    pub without_postings: Option<Plan>,
    pub trace: Vec<TracePoint>,
    pub claim: Claim,
    pub stopped: Stopped,
    pub stages: Vec<StageFigures>,
    pub cuts: Vec<CutFigures>,
    pub reasons: Vec<Text>,
    /// What was proved by counting, before the search.
    pub counted: Counted,
    /// (name, MPS text)
    pub models: Vec<(String, String)>,
    /// Name and version of the solver.
    pub solver: String,
}

/// A judged answer, ready to be written.
#[derive(Debug)]
pub struct Delivery<'a> {
    input: &'a Input,
    read: &'a Read,
    searched: Searched,
    judgement: Option<Judgement>,
    manifest: Manifest,
    exit: ExitCode,
    papers: bool,
}

/// 乙, where it is a plan and leaves fewer periods without a teacher than the plan with postings.
fn without_postings(read: &Read, searched: &Searched, with: Option<&Judgement>) -> Option<WithoutPostings> {
    let judgement = judge(&read.district, &read.policy, searched.without_postings.as_ref()?);
    let shortfall_periods = judgement.shortfall_periods;
    let fewer = with.is_some_and(|with| with.legal == 0 && shortfall_periods < with.shortfall_periods);
    (judgement.legal == 0 && fewer).then_some(WithoutPostings { shortfall_periods })
}

impl<'a> Delivery<'a> {
    /// Lets the checker judge the plan and settles the exit code. `seconds` is what the run took so far.
    pub fn judge(input: &'a Input, read: &'a Read, ask: &Ask, searched: Searched, seconds: f64) -> Self {
        let judgement = searched.plan.as_ref().map(|plan| judge(&read.district, &read.policy, plan));
        let (status, exit) = settle(searched.claim, searched.stopped, judgement.as_ref().map(Judgement::broken));
        let versions = [("lunpai", env!("CARGO_PKG_VERSION")), ("solver", &searched.solver)];
        let mut manifest = Manifest {
            schema: SCHEMA.to_owned(),
            district: read.district.id.clone(),
            policy: read.policy.id.clone(),
            demo: read.district.demo,
            status,
            exit_code: exit.code(),
            claim: searched.claim,
            stopped: searched.stopped,
            check: judgement.as_ref().map_or(Checked { verdict: Verdict::NoPlan, hard: 0, findings: 0 }, Judgement::checked),
            shortfall_periods: judgement.as_ref().map(|judgement| judgement.shortfall_periods),
            decisions_needed: judgement.as_ref().map_or(0, |judgement| judgement.policy),
            decisions: Vec::new(),
            without_postings: without_postings(read, &searched, judgement.as_ref()),
            score: judgement.as_ref().map_or_else(BTreeMap::new, |judgement| judgement.score.clone()),
            stages: searched.stages.clone(),
            trace: searched.trace.clone(),
            cuts: searched.cuts.clone(),
            reasons: searched.reasons.clone(),
            conflicts: searched.counted.conflicts.clone(),
            unavoidable: searched.counted.unavoidable.clone(),
            limits: Limits {
                seconds: ask.time.unwrap_or(ENOUGH).as_secs(),
                work: ask.work,
                gap_permille: ask.gap_permille,
                stages: ask.stages.clone(),
                feedback: ask.feedback,
            },
            seed: ask.seed,
            threads: ask.threads.max(1) as u64,
            seconds: (seconds * 10.0).round() / 10.0,
            versions: versions.map(|(name, version)| (name.to_owned(), version.to_owned())).into(),
            inputs: input.fingerprints(),
            files: BTreeMap::new(),
        };
        if let Some(judgement) = &judgement {
            manifest.decisions = open_decisions(&manifest, &read.policy, &judgement.verdict);
        }
        Self { input, read, searched, judgement, manifest, exit, papers: ask.papers }
    }

    fn view(&self) -> View<'_> {
        View {
            district: &self.read.district,
            policy: &self.read.policy,
            plan: self.searched.plan.as_ref(),
            judgement: self.judgement.as_ref(),
            manifest: &self.manifest,
            warnings: &self.read.warnings,
            before: None,
        }
    }

    pub fn answer(&self) -> Answer {
        let view = self.view();
        Answer {
            exit: self.exit,
            problems: self.read.warnings.clone(),
            screen: report::screen(&view),
            plan: view.plan.filter(|_| self.manifest.delivered()).map(pretty),
            decisions_needed: if self.manifest.delivered() { self.manifest.decisions_needed } else { 0 },
            folder: None,
        }
    }

    /// Writes everything and says in the answer where, or why not.
    pub fn leave(&self, output: Output, answer: &mut Answer) {
        match self.write(output) {
            Ok(folder) => answer.folder = Some(folder),
            Err(refusal) => {
                // That a stranger's file keeps a draft out changes nothing about how the run ended; a disk that refuses does.
                if self.manifest.delivered() || refusal.exit == ExitCode::CannotWrite {
                    answer.exit = refusal.exit;
                }
                answer.problems.push(refusal.problem);
            }
        }
    }

    /// Writes every file and puts the directory into place: a plan where it was asked for, a draft beside that. Returns where it stands.
    ///
    /// # Errors
    /// 73, 74 or 75; what was there before is untouched.
    pub fn write(&self, output: Output) -> Result<PathBuf, Refusal> {
        let mut output = if self.manifest.delivered() { output } else { output.failed()? };
        for (name, source) in self.input.copies() {
            output.write(&format!("inputs/{name}"), &source.bytes)?;
        }
        let view = self.view();
        let papers = if self.papers { report::papers(&view, Order::default()) } else { Vec::new() };
        for (name, bytes) in report::files(&view).iter().chain(&papers) {
            output.write(name, bytes)?;
        }
        if let Some(plan) = self.searched.without_postings.as_ref().filter(|_| self.manifest.without_postings.is_some()) {
            output.write(WITHOUT_POSTINGS, &pretty(plan))?;
        }
        for (name, text) in &self.searched.models {
            let name = super::output::safe_name(name.trim_end_matches(".mps"));
            output.write(&format!("models/{name}.mps"), text.as_bytes())?;
        }
        let manifest = Manifest { files: output.files().clone(), ..self.manifest.clone() };
        let place = output.target().to_owned();
        output.commit("manifest.json", &manifest.bytes())?;
        Ok(place)
    }
}

#[cfg(feature = "solve")]
impl Answer {
    /// What the last line of progress says.
    pub(super) fn last_words(&self) -> Text {
        let (zh, en) = match self.exit {
            ExitCode::Done if self.decisions_needed > 0 => {
                let count = self.decisions_needed;
                return Text::new(format!("完成,有 {count} 处须经会议决定"), format!("done; {count} places need a meeting's decision"));
            }
            ExitCode::Done => ("完成", "done"),
            ExitCode::CutShort => ("被中途停止,已保留当时最好的方案", "cut short; the best plan so far is kept"),
            ExitCode::Impossible => ("这些要求无法同时满足", "these requirements cannot all be met"),
            ExitCode::Undecided => ("规定时间内未能判定", "not decided within the limits"),
            ExitCode::BadInput | ExitCode::NoInput => ("数据有问题,未开始安排", "the data has problems; nothing was planned"),
            ExitCode::CannotCreate | ExitCode::CannotWrite | ExitCode::Busy => {
                ("未能写出,原有内容未改动", "nothing written; what was there is untouched")
            }
            _ => ("未完成", "not finished"),
        };
        match &self.folder {
            Some(folder) if !matches!(self.exit, ExitCode::Done | ExitCode::CutShort) => {
                let folder = folder.display();
                Text::new(format!("{zh};留下的内容在 {folder}/"), format!("{en}; what is left stands in {folder}/"))
            }
            _ => Text::new(zh, en),
        }
    }
}
