//! What a meeting has to decide: every place where a plan breaks a policy clause, and what the run proved of it.

use super::manifest::{Manifest, StageFigures};
use crate::check::{self, Kind};
use crate::file::{Force, Policy, Text};
use crate::rules::Stage;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One place where a policy clause is broken beyond what a meeting decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenDecision {
    pub clause: String,
    /// What it is about, most important first: kind and id.
    pub place: Vec<(Kind, String)>,
    pub excess: i64,
    pub text: Text,
    /// No plan breaks this clause, or policy clauses of its stage in all, by less.
    pub proved: bool,
}

/// What a run proved of the breaches of a policy clause, in units of excess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Least {
    /// No plan has less.
    Proved(i64),
    /// No plan has less with what was decided before this stage; another decision there might.
    ProvedGiven(i64),
    /// No plan has less than this; the plan has more.
    NotBelow(i64),
    /// Nothing.
    Open,
}

/// The level of the score that holds policy clauses.
const POLICY: &str = "policy";

/// What is proved of a clause that a plan breaks by `excess`: by the stages that bind it, or by counting before them.
pub(crate) fn least(manifest: &Manifest, clause: &str, binds: &[Stage], excess: i64) -> Least {
    let found = searched(manifest, clause, binds);
    let counted = manifest.unavoidable.get(clause).copied().unwrap_or(0);
    match found {
        Least::Proved(_) => found,
        _ if counted > 0 && counted >= excess => Least::Proved(counted),
        Least::ProvedGiven(_) => found,
        Least::NotBelow(bound) if bound >= counted => found,
        _ if counted > 0 => Least::NotBelow(counted),
        _ => found,
    }
}

/// What the stages that bind a clause proved of it. Where the clause was bounded alone that holds, else its whole level.
fn searched(manifest: &Manifest, clause: &str, binds: &[Stage]) -> Least {
    let first = manifest.limits.stages.iter().min();
    let mut found = Least::Open;
    for stage in manifest.stages.iter().filter(|stage| binds.contains(&stage.stage)) {
        let Some((value, bound)) = bounded(stage, clause) else { continue };
        let alone = first.is_none_or(|first| *first >= stage.stage);
        let now = match (value == bound, alone) {
            (true, true) => Least::Proved(bound),
            (true, false) => Least::ProvedGiven(bound),
            // A bound that holds for what was decided before says nothing of all plans.
            (false, true) => Least::NotBelow(bound),
            (false, false) => continue,
        };
        found = if found == Least::Open { now } else { found };
    }
    found
}

/// Value and bound of the clause, or of its level; only where the bound says something.
fn bounded(stage: &StageFigures, clause: &str) -> Option<(i64, i64)> {
    let level = stage.levels.iter().find(|level| level.name == POLICY)?;
    let alone = level.terms.iter().find(|term| term.clause == clause).map(|term| (term.value, term.bound));
    alone.filter(|(_, bound)| *bound > 0).or((level.bound > 0).then_some((level.value, level.bound)))
}

/// Every open decision of a verdict, in the checker's order.
pub(super) fn open_decisions(manifest: &Manifest, policy: &Policy, verdict: &check::Verdict) -> Vec<OpenDecision> {
    let binds = |id: &str| policy.clauses.iter().find(|clause| clause.id == id).map_or(&[][..], |clause| clause.rule.rule().law().binds);
    let broken = || verdict.findings.iter().filter(|finding| finding.force == Force::Policy);
    let excess = |id: &str| broken().filter(|finding| finding.clause == id).map(|finding| finding.excess).fold(0, i64::saturating_add);
    let open = |finding: &check::Finding| OpenDecision {
        clause: finding.clause.clone(),
        place: finding.place.clone(),
        excess: finding.excess,
        text: finding.text.clone(),
        proved: matches!(least(manifest, &finding.clause, binds(&finding.clause), excess(&finding.clause)), Least::Proved(_)),
    };
    broken().map(open).collect()
}
