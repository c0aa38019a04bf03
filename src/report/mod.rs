//! What people read: the first screen, one HTML page, the tables and a workbook of them. Everything here is a function
//! of the inputs, the plan, the checker's verdict and the manifest, so that `lunpai check` can make it again and compare
//! the bytes.

mod exchange;
mod facts;
mod free;
mod grids;
mod home;
mod html;
mod journeys;
mod lists;
mod moves;
mod scores;
mod screen;
mod sharing;
mod table;
mod tables;
mod week;
mod workbook;

use crate::check::Facts;
use crate::file::{Clause, District, Plan, Policy, Text};
use crate::job::{Judgement, Manifest, pretty};
use crate::problem::Problem;
use crate::rules::AnyRule;
use facts::Figures;
pub use free::Finder;
use serde_json::json;

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub district: &'a District,
    pub policy: &'a Policy,
    /// Only a plan that the checker has passed.
    pub plan: Option<&'a Plan>,
    pub judgement: Option<&'a Judgement>,
    pub manifest: &'a Manifest,
    /// What validation wants confirmed.
    pub warnings: &'a [Problem],
}

/// Words that end every output.
const CLOSING: (&str, &str) =
    ("本方案由软件辅助生成,须经集体研究确定", "Made with the help of software; to be decided by the responsible meeting");
/// Words on every output of invented data.
const DEMO: (&str, &str) = ("演示数据:除校名外均为虚构", "Demo data: everything but the schools' names is invented");

/// The first screen, in plain words.
pub fn screen(view: &View) -> Text {
    view.look(|view, facts, figures| screen::text(view, &screen::rows(view, facts, figures)))
}

/// Every derived file of the output directory, by name.
pub fn files(view: &View) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    if let Some(plan) = view.plan {
        files.push(("plan.json".to_owned(), pretty(plan)));
    }
    if let Some(Judgement { verdict, .. }) = view.judgement {
        let findings = json!({
            "schema": "lunpai.findings/1",
            "findings": verdict.findings,
            "by_clause": verdict.by_clause,
            "not_judged": verdict.not_judged,
            "relaxed": verdict.relaxed,
        });
        files.push(("findings.json".to_owned(), pretty(&findings)));
    }
    if view.plan.is_none() {
        use crate::job::Status;
        let (name, schema) = match view.manifest.status {
            Status::Impossible => ("conflict.json", "lunpai.conflict/1"),
            _ => ("error.json", "lunpai.error/1"),
        };
        let trouble = json!({ "schema": schema, "exit_code": view.manifest.exit_code, "reasons": view.manifest.reasons });
        files.push((name.to_owned(), pretty(&trouble)));
    }
    view.look(|view, facts, figures| {
        if let Some(plan) = view.plan {
            let mut tables = tables::all(facts, figures);
            tables.extend(scores::tables(view, facts));
            files.extend(tables.iter().map(|(name, table)| (format!("tables/{name}.csv"), table.bytes())));
            files.extend(workbook::bytes(view, plan, &tables).map(|bytes| ("plan.xlsx".to_owned(), bytes)));
        }
        files.push(("report.html".to_owned(), html::page(view, facts, figures).into_bytes()));
    });
    files
}

impl View<'_> {
    /// Looks the plan up once and counts once.
    fn look<T>(&self, tell: impl FnOnce(&Self, &Facts, &Figures) -> T) -> T {
        let empty = Plan::default();
        let eligible = self.policy.clauses.iter().filter(|clause| !clause.off).find_map(|clause| match self.rule(clause) {
            AnyRule::Eligible(numbers) => Some(numbers.clone()),
            _ => None,
        });
        let facts = Facts::of(self.district, self.plan.unwrap_or(&empty), eligible.unwrap_or_default());
        let figures = Figures::of(self, &facts);
        tell(self, &facts, &figures)
    }

    /// The clause's rule with the numbers a meeting decided on last, if it did.
    fn rule<'p>(&'p self, clause: &'p Clause) -> &'p AnyRule {
        let relaxed = self.judgement.is_none_or(|judgement| judgement.verdict.relaxed.contains_key(&clause.id));
        let decision = self.policy.decisions.iter().rev().filter(|_| relaxed).find(|decision| decision.clause == clause.id);
        decision.map_or(&clause.rule, |decision| &decision.relaxed_to)
    }

    /// Clauses in force, with their rules.
    fn clauses(&self) -> impl Iterator<Item = (&Clause, &AnyRule)> {
        self.policy.clauses.iter().filter(|clause| !clause.off).map(|clause| (clause, self.rule(clause)))
    }

    /// Whether a rule was judged as one of force (legal or policy).
    fn enforced(&self, rule: &str) -> bool {
        let judged = |id: &str| self.judgement.is_some_and(|judgement| judgement.verdict.by_clause.contains_key(id));
        let mut clauses = self.clauses();
        clauses.any(|(clause, any)| {
            any.rule().law().id == rule && !matches!(clause.force, crate::file::Force::Prefer(_)) && judged(&clause.id)
        })
    }
}
