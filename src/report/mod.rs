//! What people read: the first screen, one HTML page, the tables and a workbook of them. Everything here is a function
//! of the inputs, the plan, the checker's verdict and the manifest, so that `lunpai check` can make it again and compare
//! the bytes.

mod audience;
mod balance;
mod calendars;
mod changes;
mod clubs;
mod conclusion;
mod confidence;
mod data;
mod decisions;
mod exchange;
mod facts;
mod first_page;
mod flow;
mod free;
mod grids;
mod home;
mod html;
mod journeys;
mod lists;
mod moves;
mod order;
mod overviews;
mod person;
mod print;
mod proof;
mod rooms;
mod scores;
mod screen;
mod sharing;
mod strip;
mod table;
mod tables;
mod to_relax;
mod uneven;
mod week;
mod word;
mod workbook;

use crate::check::Facts;
use crate::file::{Clause, District, Force, Plan, Policy, Text};
use crate::job::{Judgement, Manifest, pretty, safe_name};
use crate::problem::Problem;
use crate::rules::AnyRule;
use audience::Audience;
use facts::Figures;
pub use free::Finder;
pub use order::Order;
pub use person::person;
use serde_json::json;
use std::collections::BTreeSet;

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub district: &'a District,
    pub policy: &'a Policy,
    /// A plan that breaks nothing legal; where none leaves the run, the draft that breaks least.
    pub plan: Option<&'a Plan>,
    pub judgement: Option<&'a Judgement>,
    pub manifest: &'a Manifest,
    /// What validation wants confirmed.
    pub warnings: &'a [Problem],
    /// An earlier version of the plan: what changed since is told.
    pub before: Option<&'a Plan>,
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
    if !view.delivered() {
        use crate::job::Status;
        let (name, schema) = match view.manifest.status {
            Status::Impossible => ("conflict.json", "lunpai.conflict/1"),
            _ => ("error.json", "lunpai.error/1"),
        };
        let mut trouble = json!({ "schema": schema, "exit_code": view.manifest.exit_code, "reasons": view.manifest.reasons });
        if !view.manifest.conflicts.is_empty() {
            trouble["conflicts"] = json!(view.manifest.conflicts);
        }
        files.push((name.to_owned(), pretty(&trouble)));
    }
    view.look(|view, facts, figures| {
        if view.plan.is_some() {
            let mut tables = tables::all(facts, figures);
            tables.extend(scores::tables(view, facts));
            // A table is passed on by itself and has no place for a mark: of a draft there are none.
            if view.delivered() {
                files.extend(tables.iter().map(|(name, table)| (format!("tables/{name}.csv"), table.bytes())));
            }
            files.extend(workbook::bytes(view, facts, &tables).map(|bytes| ("plan.xlsx".to_owned(), bytes)));
        }
        files.push(("report.html".to_owned(), html::page(view, facts, figures, Audience::Bureau).into_bytes()));
    });
    files
}

/// Folder of the papers within an output directory.
pub(crate) const PAPERS: &str = "papers/";

/// Papers for the meeting, the notice board and the people concerned, and the report's versions for each school and the
/// public, by name; none without a plan, never of a draft.
pub fn papers(view: &View, order: Order) -> Vec<(String, Vec<u8>)> {
    if !view.delivered() {
        return Vec::new();
    }
    let papers = view.look(|view, facts, figures| {
        let mut papers = word::documents(view, facts, figures, order);
        let page = |audience| html::page(view, facts, figures, audience).into_bytes();
        papers.push(("report.public.html".to_owned(), page(Audience::Public)));
        for (number, school) in view.district.schools.iter().enumerate() {
            papers.push((format!("report.school-{}.html", safe_name(&school.id)), page(Audience::School(number))));
        }
        papers
    });
    apart(papers).into_iter().map(|(name, bytes)| (format!("{PAPERS}{name}"), bytes)).collect()
}

/// An iCalendar for each teacher and class, by name; none without a timetable or the term's dates, never of a draft.
pub fn calendars(view: &View) -> Vec<(String, Vec<u8>)> {
    if !view.delivered() {
        return Vec::new();
    }
    apart(view.look(|view, facts, _| calendars::files(view, facts)))
}

/// Names are made of ids, and two ids may look alike in a file name: the second gets a number.
fn apart(mut files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let mut seen = BTreeSet::new();
    for (name, _) in &mut files {
        let (stem, ending) =
            name.rsplit_once('.').map_or((name.clone(), String::new()), |(stem, ending)| (stem.to_owned(), format!(".{ending}")));
        let mut number = 2;
        while !seen.insert(name.clone()) {
            *name = format!("{stem}-{number}{ending}");
            number += 1;
        }
    }
    files
}

/// What stands behind the title of invented data.
fn demo_mark(view: &View) -> &'static str {
    if view.district.demo { "(演示数据)" } else { "" }
}

impl View<'_> {
    /// There is a plan, and it is no draft.
    pub(crate) fn delivered(&self) -> bool {
        self.plan.is_some() && self.manifest.delivered()
    }

    /// What every page and sheet of a draft says; nothing where there is a plan, or not even a draft.
    fn draft(&self) -> Option<Text> {
        let refused = self.judgement.is_some_and(|judgement| judgement.legal > 0);
        let mark = if refused {
            ("未通过复核 草案", "draft, not passed by the check")
        } else {
            ("未完成 草案", "draft, not finished")
        };
        self.plan.filter(|_| !self.delivered()).map(|_| Text::new(mark.0, mark.1))
    }

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

    /// Whether a rule was judged as one of force (legal or policy) and is kept everywhere.
    fn enforced(&self, rule: &str) -> bool {
        let total = |id: &str| self.judgement.and_then(|judgement| judgement.verdict.by_clause.get(id));
        let mine = self.clauses().filter(|(clause, any)| any.rule().law().id == rule && !matches!(clause.force, Force::Prefer(_)));
        let judged: Vec<_> = mine.filter_map(|(clause, _)| total(&clause.id)).collect();
        !judged.is_empty() && judged.iter().all(|total| total.points_broken == 0)
    }
}
