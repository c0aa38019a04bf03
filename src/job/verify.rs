//! Judging a plan again, and a whole output directory: every figure of its manifest is computed anew.

use super::inventory::list;
use super::manifest::{Checked, Claim, LevelFigures, Manifest, SCHEMA, Verdict};
use super::settle::{Broken, settle};
use super::to_decide::{OpenDecision, open_decisions};
use super::{ExitCode, Fingerprint, Input, Read, reading_exit};
use crate::check::{self, check};
use crate::district::validate::{Conflict, counted};
use crate::file::{District, Force, Plan, Policy, Source, Text, parse, read_plan};
use crate::problem::Problem;
use crate::report::{self, Order, View};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;

/// The checker's verdict with the figures a manifest repeats.
#[derive(Debug, Clone)]
pub struct Judgement {
    pub verdict: check::Verdict,
    /// Findings against structure and legal clauses.
    pub legal: u64,
    /// Findings against policy clauses beyond what a meeting decided: decisions that are needed.
    pub policy: u64,
    pub shortfall_periods: u64,
    /// Level → penalty.
    pub score: BTreeMap<String, i64>,
}

/// Runs the independent checker.
pub fn judge(district: &District, policy: &Policy, plan: &Plan) -> Judgement {
    let verdict = check(district, policy, plan);
    let of = |force: Force| verdict.findings.iter().filter(|finding| finding.force == force).count() as u64;
    Judgement {
        legal: of(Force::Legal),
        policy: of(Force::Policy),
        shortfall_periods: verdict.uncovered_periods.unsigned_abs(),
        score: verdict.score.levels().into_iter().collect(),
        verdict,
    }
}

impl Judgement {
    /// Findings of force: legal, and policy without a decision.
    pub fn hard(&self) -> u64 {
        self.legal + self.policy
    }
    /// In one word.
    pub fn in_short(&self) -> Verdict {
        match (self.legal, self.policy) {
            (0, 0) => Verdict::Passed,
            (0, _) => Verdict::NeedsDecision,
            _ => Verdict::Findings,
        }
    }
    pub(super) fn checked(&self) -> Checked {
        Checked { verdict: self.in_short(), hard: self.hard(), findings: self.verdict.findings.len() as u64 }
    }
    pub(super) fn broken(&self) -> Broken {
        Broken { legal: self.legal, policy: self.policy }
    }
}

/// A figure that is not what the files say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Falsified {
    /// For example `score.rank1` or `files.plan.json`.
    pub figure: String,
    pub claimed: String,
    pub found: String,
}

impl Falsified {
    pub fn words(&self) -> Text {
        let Self { figure, claimed, found } = self;
        Text::new(
            format!("清单中的 {figure} 写的是 {claimed},重新计算得到 {found}"),
            format!("the manifest says {figure} = {claimed}, computed again it is {found}"),
        )
    }
}

/// What [`verify()`] found out about a directory.
#[derive(Debug)]
pub struct Verified {
    pub manifest: Manifest,
    pub read: Read,
    pub plan: Option<Plan>,
    pub judgement: Option<Judgement>,
    pub falsified: Vec<Falsified>,
}

/// Reads a written output directory again and computes every figure of its manifest anew: hashes, verdict, score,
/// shortage, exit code, and each derived file byte by byte. `given` replaces the inputs kept in the directory; they
/// must be the same bytes.
///
/// # Errors
/// 66 when something is missing, 65 when it does not parse or is invalid.
pub fn verify(folder: &Path, given: Option<Input>) -> Result<Verified, (ExitCode, Vec<Problem>)> {
    let missing = |problem: Problem| (reading_exit(std::slice::from_ref(&problem)), vec![problem]);
    let source = Source::read(&folder.join("manifest.json")).map_err(missing)?;
    let manifest: Manifest = parse(&source).map_err(|problem| (ExitCode::BadInput, vec![problem]))?;
    if manifest.schema != SCHEMA {
        return Err((ExitCode::BadInput, vec![Problem::schema(&source.name, &manifest.schema, SCHEMA)]));
    }
    let input = kept(folder, &manifest, given).map_err(|problems| (reading_exit(&problems), problems))?;
    let read = input.parse().map_err(|problems| (ExitCode::BadInput, problems))?;
    let plan = match Source::read(&folder.join("plan.json")) {
        Ok(source) => Some(read_plan(&source).map_err(|problem| (ExitCode::BadInput, vec![problem]))?),
        Err(_) => None,
    };
    let judgement = plan.as_ref().map(|plan| judge(&read.district, &read.policy, plan));
    let mut figures = Figures::default();
    figures.inputs(&manifest, &input);
    figures.files(&manifest, folder).map_err(|error| missing(Problem::unreadable(&folder.display().to_string(), &error.to_string())))?;
    figures.answers(&manifest, &read, judgement.as_ref());
    figures.counted(&manifest, &read);
    figures.without_postings(&manifest, &read, folder);
    figures.levels(&manifest);
    figures.trace(&manifest);
    let withheld = plan.is_none() && manifest.check.verdict == Verdict::Findings;
    let mut verified = Verified { manifest, read, plan, judgement, falsified: Vec::new() };
    if !withheld && verified.manifest.versions.get("lunpai").map(String::as_str) == Some(env!("CARGO_PKG_VERSION")) {
        figures.derived(&verified.manifest, &verified.view());
    }
    verified.falsified = figures.falsified;
    Ok(verified)
}

impl Verified {
    /// What the reports are made of.
    pub fn view(&self) -> View<'_> {
        View {
            district: &self.read.district,
            policy: &self.read.policy,
            plan: self.plan.as_ref(),
            judgement: self.judgement.as_ref(),
            manifest: &self.manifest,
            warnings: &self.read.warnings,
            before: None,
        }
    }
}

/// The inputs given, else the copies inside the directory.
fn kept(folder: &Path, manifest: &Manifest, given: Option<Input>) -> Result<Input, Vec<Problem>> {
    let path = |name: &str| folder.join("inputs").join(name);
    let optional = |name: &str| manifest.inputs.contains_key(name).then(|| path(name));
    let (fixed, baseline) = (optional("fixed.json"), optional("baseline.json"));
    let Some(given) = given else {
        return Input::read(&path("district.json"), Some(&path("policy.json")), fixed.as_deref(), baseline.as_deref());
    };
    let read = |given: Option<Source>, kept: Option<std::path::PathBuf>| match (given, kept) {
        (None, Some(kept)) => Source::read(&kept).map(Some).map_err(|problem| vec![problem]),
        (given, _) => Ok(given),
    };
    Ok(Input { fixed: read(given.fixed, fixed)?, baseline: read(given.baseline, baseline)?, ..given })
}

#[derive(Default)]
struct Figures {
    falsified: Vec<Falsified>,
}

impl Figures {
    fn same<T: ToString>(&mut self, figure: impl Into<String>, claimed: &T, found: &T) {
        let (claimed, found) = (claimed.to_string(), found.to_string());
        if claimed != found {
            self.falsified.push(Falsified { figure: figure.into(), claimed, found });
        }
    }

    fn maps<T: ToString>(&mut self, figure: &str, claimed: &BTreeMap<String, T>, found: &BTreeMap<String, T>) {
        let words = |value: Option<&T>| value.map_or_else(|| "—".to_owned(), ToString::to_string);
        let names: std::collections::BTreeSet<&String> = claimed.keys().chain(found.keys()).collect();
        for name in names {
            self.same(format!("{figure}.{name}"), &words(claimed.get(name)), &words(found.get(name)));
        }
    }

    fn inputs(&mut self, manifest: &Manifest, input: &Input) {
        self.maps("inputs", &manifest.inputs, &input.fingerprints());
    }

    fn files(&mut self, manifest: &Manifest, folder: &Path) -> std::io::Result<()> {
        let mut names = Vec::new();
        list(folder, "", &mut names)?;
        let mut found = BTreeMap::new();
        for name in names {
            // Editors and desktops leave hidden files of their own.
            let hidden = name.split('/').any(|part| part.starts_with('.') || part.starts_with("~$"));
            if name != "manifest.json" && (!hidden || manifest.files.contains_key(&name)) {
                let bytes = std::fs::read(folder.join(&name))?;
                found.insert(name, Fingerprint::of(&bytes));
            }
        }
        self.maps("files", &manifest.files, &found);
        Ok(())
    }

    fn answers(&mut self, manifest: &Manifest, read: &Read, judgement: Option<&Judgement>) {
        self.same("district", &manifest.district, &read.district.id);
        self.same("policy", &manifest.policy, &read.policy.id);
        self.same("demo", &manifest.demo, &read.district.demo);
        // Earlier versions did not write a refused plan; then its findings cannot be counted again.
        let withheld = judgement.is_none() && manifest.check.verdict == Verdict::Findings;
        if !withheld {
            let checked = judgement.map_or(Checked { verdict: Verdict::NoPlan, hard: 0, findings: 0 }, Judgement::checked);
            self.same("check.verdict", &format!("{:?}", manifest.check.verdict), &format!("{:?}", checked.verdict));
            self.same("check.hard", &manifest.check.hard, &checked.hard);
            self.same("check.findings", &manifest.check.findings, &checked.findings);
            let words = |shortfall: Option<u64>| shortfall.map_or_else(|| "—".to_owned(), |periods| periods.to_string());
            self.same("shortfall_periods", &words(manifest.shortfall_periods), &words(judgement.map(|j| j.shortfall_periods)));
            self.maps("score", &manifest.score, &judgement.map_or_else(BTreeMap::new, |j| j.score.clone()));
            self.same("decisions_needed", &manifest.decisions_needed, &judgement.map_or(0, |judgement| judgement.policy));
            let open = judgement.map_or_else(Vec::new, |judgement| open_decisions(manifest, &read.policy, &judgement.verdict));
            let words = |open: Option<&OpenDecision>| open.map_or_else(|| "—".to_owned(), |open| json!(open).to_string());
            for at in 0..manifest.decisions.len().max(open.len()) {
                self.same(format!("decisions.{at}"), &words(manifest.decisions.get(at)), &words(open.get(at)));
            }
        }
        let kept_back = withheld.then_some(Broken { legal: manifest.check.hard, policy: 0 });
        let (status, exit) = settle(manifest.claim, manifest.stopped, kept_back.or(judgement.map(Judgement::broken)));
        self.same("status", &format!("{:?}", manifest.status), &format!("{status:?}"));
        self.same("exit_code", &manifest.exit_code, &exit.code());
    }

    /// What was counted before the search can be counted again.
    fn counted(&mut self, manifest: &Manifest, read: &Read) {
        if manifest.conflicts.is_empty() && manifest.unavoidable.is_empty() {
            return;
        }
        let found = counted(&read.district, &read.policy, read.fixed.as_ref(), &manifest.limits.stages);
        self.maps("unavoidable", &manifest.unavoidable, &found.unavoidable);
        let words = |conflict: Option<&Conflict>| conflict.map_or_else(|| "—".to_owned(), |conflict| json!(conflict).to_string());
        for at in 0..manifest.conflicts.len().max(found.conflicts.len()) {
            self.same(format!("conflicts.{at}"), &words(manifest.conflicts.get(at)), &words(found.conflicts.get(at)));
        }
    }

    /// The plan kept beside this one is judged like it.
    fn without_postings(&mut self, manifest: &Manifest, read: &Read, folder: &Path) {
        let Some(claimed) = manifest.without_postings else { return };
        let found = Source::read(&folder.join(WITHOUT_POSTINGS)).and_then(|source| read_plan(&source));
        let judgement = found.ok().map(|plan| judge(&read.district, &read.policy, &plan)).filter(|judgement| judgement.legal == 0);
        let found = judgement.map_or_else(|| "—".to_owned(), |judgement| judgement.shortfall_periods.to_string());
        self.same("without_postings.shortfall_periods", &claimed.shortfall_periods.to_string(), &found);
    }

    /// Work and time go on from one plan on the way to the next.
    fn trace(&mut self, manifest: &Manifest) {
        for (number, pair) in (1..).zip(manifest.trace.windows(2)) {
            let number: usize = number;
            let back = pair[1].work < pair[0].work || pair[1].cpu < pair[0].cpu || pair[1].t < pair[0].t;
            self.same(format!("trace.{number}"), &if back { "before" } else { "after" }, &"after");
        }
    }

    /// A bound that no plan can beat cannot be worse than the plan; proved means that the two meet, optimal that all do.
    fn levels(&mut self, manifest: &Manifest) {
        for stage in &manifest.stages {
            for level in &stage.levels {
                let place = format!("stages.{:?}.{}", stage.stage, level.name).to_lowercase();
                self.same(format!("{place}.gap_permille"), &level.gap_permille, &LevelFigures::gap(level.value, level.bound));
                if level.bound > level.value {
                    self.same(format!("{place}.bound"), &level.bound.to_string(), &format!("≤ {}", level.value));
                }
                for term in &level.terms {
                    let place = format!("{place}.{}", term.clause);
                    self.same(format!("{place}.gap_permille"), &term.gap_permille, &LevelFigures::gap(term.value, term.bound));
                    if term.bound > term.value {
                        self.same(format!("{place}.bound"), &term.bound.to_string(), &format!("≤ {}", term.value));
                    }
                }
                if !level.terms.is_empty() {
                    let sum = level.terms.iter().map(|term| term.value).fold(0, i64::saturating_add);
                    self.same(format!("{place}.value"), &level.value, &sum);
                }
                self.same(format!("{place}.proved"), &level.proved, &(level.proved && level.bound == level.value));
            }
        }
        let proved = manifest.stages.iter().flat_map(|stage| &stage.levels).all(|level| level.proved);
        let optimal = manifest.claim == Claim::Optimal;
        self.same("claim.optimal", &optimal, &(optimal && proved));
    }

    /// Tables, findings and report are functions of the inputs, the plan and the manifest: same version, same bytes.
    fn derived(&mut self, manifest: &Manifest, view: &View) {
        let mut files = report::files(view);
        if manifest.files.keys().any(|name| name.starts_with(report::PAPERS)) {
            files.extend(report::papers(view, Order::default()));
        }
        for (name, bytes) in files {
            let found = Fingerprint::of(&bytes);
            let claimed = manifest.files.get(&name).map_or_else(|| "—".to_owned(), ToString::to_string);
            self.same(format!("content.{name}"), &claimed, &found.to_string());
        }
    }
}

/// The plan of [`super::WithoutPostings`].
pub(super) const WITHOUT_POSTINGS: &str = "without_postings.json";

/// Is this a directory that a run wrote?
pub fn is_output(path: &Path) -> bool {
    path.join("manifest.json").is_file()
}
