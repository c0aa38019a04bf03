//! One run: its input, its budget, and what it has to tell.

use super::{Cancel, Claim, Cut, Event, LevelReport, Options, StageReport};
use crate::district::World;
use crate::engine::{Binding, Budget, Model, Problem, Reached, mps, solve_levels};
use crate::file::{District, Plan, Policy, Posting, Standing, Text};
use crate::rules::{AnyRule, Stage};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::Ordering;
use std::time::Instant;

pub(super) struct Run<'a> {
    pub(super) world: &'a World<'a>,
    pub(super) district: &'a District,
    pub(super) policy: &'a Policy,
    pub(super) baseline: Option<&'a Plan>,
    pub(super) options: &'a Options,
    begun: Instant,
    deadline: Option<Instant>,
    cancel: &'a Cancel,
    pub(super) on_event: &'a mut (dyn FnMut(Event) + Send + Sync),
    pub(super) cuts: Vec<Cut>,
    pub(super) reasons: Vec<Text>,
    pub(super) models: Vec<(String, String)>,
    pub(super) work: u64,
    pub(super) claim: Option<Claim>,
    before: BTreeMap<(String, usize), usize>,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        world: &'a World<'a>,
        policy: &'a Policy,
        baseline: Option<&'a Plan>,
        options: &'a Options,
        cancel: &'a Cancel,
        on_event: &'a mut (dyn FnMut(Event) + Send + Sync),
    ) -> Self {
        let mut before = BTreeMap::new();
        for row in baseline.iter().flat_map(|plan| &plan.teaching) {
            let course = world.course(&row.course).map(|course| &world.courses[course]);
            if let (Some(course), Some(person)) = (course, row.teacher.as_deref().and_then(|id| world.person(id))) {
                let role = course.roles.iter().position(|role| role.name == row.role).unwrap_or(0);
                before.insert((row.course.clone(), role), person);
            }
        }
        Self {
            world,
            district: world.file,
            policy,
            baseline,
            options,
            begun: Instant::now(),
            deadline: options.time.map(|time| Instant::now() + time),
            cancel,
            on_event,
            cuts: Vec::new(),
            reasons: Vec::new(),
            models: Vec::new(),
            work: 0,
            claim: None,
            before,
        }
    }
    /// Lessons of the cycle.
    pub(super) fn lessons(&self) -> u64 {
        self.world.courses.iter().map(|course| course.blocks.len() as u64).sum()
    }
    /// From now on there is something to end with.
    pub(super) fn has_plan(&mut self) {
        if let Some(enough) = self.options.enough {
            let end = self.begun + enough;
            self.deadline = Some(self.deadline.map_or(end, |deadline| deadline.min(end)));
        }
    }
    /// Called to the end from outside. What is in the making then is dropped: it would not be the same on another machine.
    pub(super) fn stopped(&self) -> bool {
        self.stopper()()
    }
    pub(super) fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
    /// Calls for the end: asked by everything that takes long.
    pub(super) fn stopper(&self) -> impl Fn() -> bool + Sync + use<'a> {
        let (cancel, deadline) = (self.cancel, self.deadline);
        move || cancel.load(Ordering::Relaxed) || deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }
    /// So much work, each level as close to its bound as `gap` says.
    pub(super) fn budget<'s>(&self, work: u64, gap: f64, stop: &'s (dyn Fn() -> bool + Sync)) -> Budget<'s> {
        Budget { gap, until: self.deadline, ..Budget::new(work, stop) }
    }
    pub(super) fn gap(&self) -> f64 {
        f64::from(self.options.gap_permille) / 1000.0
    }
    /// Last term's teacher of a course role.
    pub(super) fn taught_before(&self, course: &str, role: usize) -> Option<usize> {
        self.before.get(&(course.to_owned(), role)).copied()
    }
    /// Ids of the clauses that a posting serves.
    pub(super) fn reasons_for(&self, posting: &Posting) -> Vec<String> {
        let person = self.world.person(&posting.person).map(|person| self.world.people[person].file);
        let ends = (self.world.school(&posting.from), self.world.school(&posting.to));
        // Some agreement of the two schools names a role for the direction; `both`: in the other one, too.
        let owed = |both: bool| {
            self.world.pairs().iter().any(|pair| {
                let ways = pair.owed(true);
                let mut here = ways.iter().filter(|(from, to, roles)| (Some(*from), Some(*to)) == ends && !roles.is_empty());
                here.next().is_some() && (!both || pair.swaps())
            })
        };
        let serves = |rule: &AnyRule| match rule {
            AnyRule::Quota(_) | AnyRule::Balance(_) => person.is_some_and(|person| match rule {
                AnyRule::Balance(balance) => person.talent >= balance.talent,
                _ => true,
            }),
            AnyRule::AgreedPostings(_) => person.is_some_and(|person| person.locks.posted_to.as_ref() == Some(&posting.to)),
            AnyRule::MutualDispatch(_) => owed(false),
            AnyRule::Swap(_) => owed(true),
            AnyRule::HelpersPerYear(rule) => {
                let standing = |id: &str| self.world.school(id).map(|school| self.world.schools[school].file.standing);
                let ends = (standing(&posting.from), standing(&posting.to));
                ends == (Some(Standing::Supporting), Some(Standing::Receiving)) && person.is_some_and(|p| p.talent >= rule.talent)
            }
            AnyRule::PostsHeld(rule) => person.is_some_and(|person| person.posts.iter().any(|held| held.post == rule.post)),
            AnyRule::NewSchool(_) => self.world.school(&posting.to).is_some_and(|school| self.world.schools[school].file.new_school),
            AnyRule::HoursInFull(_) => true,
            _ => false,
        };
        let on = self.policy.clauses.iter().filter(|clause| !clause.off && serves(&clause.rule));
        on.map(|clause| clause.id.clone()).collect()
    }
    pub(super) fn export(&mut self, stage: &str, problem: &Problem) {
        // Once a model: a stage that is run again has the same but for cuts.
        if self.options.export && self.models.iter().all(|(name, _)| *name != format!("{stage}.mps")) {
            // Levels as one objective: each unit of a rank outweighs a hundred of the next, each of a hard level all of them.
            let count = problem.levels.len();
            let power = |level: usize| if level < 3 { 7 } else { (count - 1 - level).min(6) as i32 };
            let factors: Vec<f64> = (0..count).map(|level| 100_f64.powi(power(level))).collect();
            let model = Model::build(problem, Binding::Elastic);
            // What the columns cannot say goes before them as comments.
            let mut text = String::new();
            for ((level, factor), (_, paid)) in problem.levels.iter().zip(&factors).zip(&model.costs) {
                let _ = writeln!(text, "* level {} {factor} {paid}", level.name);
            }
            for item in problem.items.iter().filter(|item| item.domain.is_fixed()) {
                let _ = writeln!(text, "* decided {}={}", item.name, item.domain.first());
            }
            text.push_str(&mps::text(&model, stage, &factors));
            self.models.push((format!("{stage}.mps"), text));
        }
    }
    pub(super) fn report(&mut self, stage: Stage, problem: &Problem, levels: &[Reached], started: Instant, work: u64) -> StageReport {
        let level = |(reached, level): (&Reached, &crate::engine::Level)| LevelReport {
            name: level.name.clone(),
            value: reached.value,
            bound: reached.bound,
            proved: reached.proved,
            terms: Vec::new(),
        };
        let report = StageReport {
            stage,
            levels: levels.iter().zip(&problem.levels).map(level).collect(),
            seconds: started.elapsed().as_secs_f64(),
            work,
            items: problem.items.len(),
            points: problem.points.len(),
            legal_after: None,
        };
        (self.on_event)(Event::End(report.clone()));
        report
    }
    /// Whether a bound of this stage holds whatever the run decided before it.
    fn speaks_for_all(&self, stage: Stage) -> bool {
        self.options.stages.iter().all(|other| *other >= stage)
    }
    /// A stage found nothing that keeps the law: the elastic model, which always has a solution, says what stands against it.
    pub(super) fn refuse(&mut self, stage: Stage, problem: &Problem, infeasible: bool) {
        let stop = self.stopper();
        let solved = solve_levels(problem, Binding::Elastic, None, &self.budget(REASON, 0.0, &stop));
        let proved = infeasible && self.speaks_for_all(stage) && solved.levels.iter().take(2).any(|level| level.bound >= 1);
        self.claim = Some(if proved { Claim::Impossible } else { Claim::Undecided });
        self.reasons.clear();
        for point in problem.points.iter().filter(|point| point.level < 2 && solved.found) {
            let excess = point.excess(point.gauge.raw(&problem.totals(point, &solved.values)));
            let Some(clause) = self.policy.clauses.get(point.owner as usize).filter(|_| excess > 0) else { continue };
            let title = clause.rule.rule().law().title;
            let at = &point.name;
            // One point may give way to another: only that something is short is proved.
            self.reasons.push(Text::new(
                format!("{}({at})还差 {excess}(未能证明无法避免)", title.0),
                format!("{} ({at}) is {excess} short, not proved unavoidable", title.1),
            ));
        }
    }
}

/// Work of looking for what stands against a plan.
const REASON: u64 = 5_000_000;
