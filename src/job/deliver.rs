//! From the search's answer to the files: the plan is judged, the manifest filled in, the directory written.
//!
//! No solver is needed here: a plan made by hand is delivered the same way.

use super::manifest::{Checked, Claim, CutFigures, Limits, Manifest, SCHEMA, StageFigures, Stopped, Verdict, pretty};
use super::settle::settle;
use super::{ExitCode, Input, Judgement, Output, Read, Refusal, judge};
use crate::file::{Plan, Text};
use crate::problem::Problem;
use crate::report::{self, Order, View};
use crate::rules::Stage;
use std::collections::BTreeMap;
use std::time::Duration;

/// What is asked of the search.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Wall clock of the whole run, reading and writing included.
    pub time: Duration,
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
}

/// What the search says; nothing of it is believed before the checker has spoken.
#[derive(Debug, Clone)]
pub struct Searched {
    pub plan: Option<Plan>,
    pub claim: Claim,
    pub stopped: Stopped,
    pub stages: Vec<StageFigures>,
    pub cuts: Vec<CutFigures>,
    pub reasons: Vec<Text>,
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

impl<'a> Delivery<'a> {
    /// Lets the checker judge the plan and settles the exit code. `seconds` is what the run took so far.
    pub fn judge(input: &'a Input, read: &'a Read, ask: &Ask, searched: Searched, seconds: f64) -> Self {
        let judgement = searched.plan.as_ref().map(|plan| judge(&read.district, &read.policy, plan));
        let (status, exit) = settle(searched.claim, searched.stopped, judgement.as_ref().map(|judgement| judgement.hard));
        let versions = [("lunpai", env!("CARGO_PKG_VERSION")), ("solver", &searched.solver)];
        let manifest = Manifest {
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
            score: judgement.as_ref().map_or_else(BTreeMap::new, |judgement| judgement.score.clone()),
            stages: searched.stages.clone(),
            cuts: searched.cuts.clone(),
            reasons: searched.reasons.clone(),
            limits: Limits {
                seconds: ask.time.as_secs(),
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
        Self { input, read, searched, judgement, manifest, exit, papers: ask.papers }
    }

    fn view(&self) -> View<'_> {
        View {
            district: &self.read.district,
            policy: &self.read.policy,
            // A plan that broke a rule stays here; its findings go out, so that the defect can be found.
            plan: self.searched.plan.as_ref().filter(|_| self.manifest.check.verdict == Verdict::Passed),
            judgement: self.judgement.as_ref(),
            manifest: &self.manifest,
            warnings: &self.read.warnings,
            before: None,
        }
    }

    pub fn answer(&self) -> Answer {
        let view = self.view();
        Answer { exit: self.exit, problems: self.read.warnings.clone(), screen: report::screen(&view), plan: view.plan.map(pretty) }
    }

    /// Writes every file and puts the directory into place.
    ///
    /// # Errors
    /// 73 or 74; what was there before is untouched.
    pub fn write(&self, mut output: Output) -> Result<(), Refusal> {
        for (name, source) in self.input.copies() {
            output.write(&format!("inputs/{name}"), &source.bytes)?;
        }
        let view = self.view();
        let papers = if self.papers { report::papers(&view, Order::default()) } else { Vec::new() };
        for (name, bytes) in report::files(&view).iter().chain(&papers) {
            output.write(name, bytes)?;
        }
        for (name, text) in &self.searched.models {
            let name = super::output::safe_name(name.trim_end_matches(".mps"));
            output.write(&format!("models/{name}.mps"), text.as_bytes())?;
        }
        let manifest = Manifest { files: output.files().clone(), ..self.manifest.clone() };
        output.commit("manifest.json", &manifest.bytes())
    }
}
