//! Exchange: who is posted where, with the teaching hours that every posting leaves and brings (periods per subject).

use super::points::{Levels, Points};
use super::run::Run;
use super::scope::{person_fits, place_fits};
use super::staffing::{Grain, Staffing};
use super::{StageReport, effective};
use crate::district::World;
use crate::engine::{Binding, Budget, ItemId, Link, NONE, Problem, improve, solve_levels};
use crate::file::{self, Form, Plan, Policy, Posting, Scope};
use crate::rules::exchange::eligible::Eligible;
use crate::rules::{AnyRule, Stage};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// What the rules of exchange see.
pub struct Exchange<'w> {
    pub world: &'w World<'w>,
    /// Working school before any posting of this plan.
    pub before: Vec<usize>,
    /// Meets the numbers of the policy's `eligible` clause.
    pub eligible: Vec<bool>,
    /// Person → (item, schools by value; the first is the present one).
    pub posts: BTreeMap<usize, (ItemId, Vec<usize>)>,
    pub baseline: Option<&'w Plan>,
}

impl<'w> Exchange<'w> {
    /// Posts one item per person who may move. `everyone`: also those who may not, so that the rules alone decide.
    pub fn new(world: &'w World<'w>, policy: &Policy, baseline: Option<&'w Plan>, everyone: bool, problem: &mut Problem) -> Self {
        let numbers = eligibility(policy);
        let before: Vec<usize> = world.people.iter().map(|person| person.school).collect();
        // Where the policy asks for no exchange, only those who volunteer or are agreed on may move.
        let eligible = |person: usize| numbers.as_ref().is_some_and(|numbers| world.eligible(person, numbers));
        let eligible: Vec<bool> = (0..world.people.len()).map(eligible).collect();
        let grouped = super::foresight::within_groups(policy);
        let mut posts = BTreeMap::new();
        for person in 0..world.people.len() {
            let file = world.people[person].file;
            let asked = eligible[person] || file.wishes.volunteers || file.locks.posted_to.is_some();
            if !everyone && (!asked || file.locks.stays) {
                continue;
            }
            let fits = |school: &usize| {
                let stages = &world.schools[*school].file.stages;
                let permitted = everyone || !grouped || world.share_group(before[person], *school, false);
                *school != before[person]
                    && permitted
                    && (everyone || file.subjects.iter().any(|c| stages.iter().any(|stage| c.stage >= *stage)))
            };
            let mut schools = vec![before[person]];
            schools.extend((0..world.schools.len()).filter(fits));
            if schools.len() > 1 {
                let item = problem.choice(format!("post of {}", file.id), (0..schools.len() as u16).collect());
                posts.insert(person, (item, schools));
            }
        }
        Self { world, before, eligible, posts, baseline }
    }
    /// Posts that are open, of people in scope.
    pub fn people(&self, scope: &Scope) -> Vec<(usize, (ItemId, &Vec<usize>))> {
        let open = self.posts.iter().filter(|(person, _)| person_fits(self.world, scope, **person, self.before[**person]));
        open.map(|(person, (item, schools))| (*person, (*item, schools))).collect()
    }
    /// Schools in scope.
    pub fn schools(&self, scope: &Scope) -> Vec<(usize, &'w file::School)> {
        let schools = self.world.schools.iter().enumerate().map(|(s, school)| (s, school.file));
        schools.filter(|(s, _)| place_fits(self.world, scope, *s)).collect()
    }
    /// The link that adds `coef` when the person works at one of these schools.
    pub fn works_in(&self, points: &mut Points, person: usize, schools: &[usize], coef: i32) -> Vec<Link> {
        let Some((item, values)) = self.posts.get(&person) else { return vec![] };
        let table: Vec<u16> = values.iter().map(|school| if schools.contains(school) { 0 } else { NONE }).collect();
        if table.iter().all(|group| *group == NONE) {
            return vec![];
        }
        vec![Link { item: *item, map: points.problem.map(table), coef }]
    }
    /// The link that adds `coef` when the person is posted away.
    pub fn away(&self, points: &mut Points, person: usize, coef: i32) -> Vec<Link> {
        let others: Vec<usize> = self.posts.get(&person).map_or(vec![], |(_, schools)| schools[1..].to_vec());
        self.works_in(points, person, &others, coef)
    }
    /// The postings that these item values mean.
    pub fn postings(&self, values: &[i32], term: &str) -> Vec<Posting> {
        let id = |school: usize| self.world.schools[school].file.id.clone();
        let moved = self.posts.iter().filter(|(_, (item, _))| values[*item as usize] != 0);
        let posting = |(person, (item, schools)): (&usize, &(ItemId, Vec<usize>))| {
            let to = schools[values[*item as usize] as usize];
            let standing = self.world.schools[to].file.standing;
            Posting {
                person: self.world.people[*person].file.id.clone(),
                from: id(self.before[*person]),
                to: id(to),
                form: if standing == file::Standing::Receiving { Form::Support } else { Form::Rotation },
                from_term: term.to_owned(),
                to_term: None,
                because: Vec::new(),
            }
        };
        moved.map(posting).collect()
    }
}

/// Numbers of the first `eligible` clause that is on; the usual ones where a clause asks for postings without it.
fn eligibility(policy: &Policy) -> Option<Eligible> {
    let on = || policy.clauses.iter().filter(|clause| !clause.off).map(|clause| effective(policy, clause));
    let numbers = |rule: &AnyRule| if let AnyRule::Eligible(numbers) = rule { Some(numbers.clone()) } else { None };
    let asks = |rule: &AnyRule| matches!(rule, AnyRule::Quota(_) | AnyRule::Balance(_));
    on().find_map(numbers).or_else(|| on().any(asks).then(Eligible::default))
}

/// Schools that share people are a neighbourhood: quotas tie the district together, all else stays among them.
fn by_cluster(problem: &Problem, exchange: &Exchange, staffing: &Staffing, values: &mut Vec<i32>, budget: &Budget) -> u64 {
    let clusters = staffing.clusters();
    let count = clusters.iter().copied().collect::<BTreeSet<usize>>().len();
    if count < 2 {
        return 0;
    }
    let mut sets: BTreeMap<usize, BTreeSet<ItemId>> = BTreeMap::new();
    for (person, (item, _)) in &exchange.posts {
        sets.entry(clusters[exchange.before[*person]]).or_default().insert(*item);
    }
    for (school, items) in staffing.items_by_school() {
        sets.entry(clusters[school]).or_default().extend(items);
    }
    let sets: Vec<BTreeSet<ItemId>> = sets.into_values().collect();
    let left = budget.until.saturating_duration_since(Instant::now());
    let seconds = left.as_secs_f64() * 0.7 / count as f64;
    improve(problem, values, &sets, seconds, budget)
}

/// Decides the postings.
pub(super) fn solve(run: &mut Run) -> Option<(Vec<Posting>, StageReport)> {
    let (world, policy) = (run.world, run.policy);
    let levels = Levels::of(policy);
    let mut problem = Problem::new(levels.engine());
    let exchange = Exchange::new(world, policy, run.baseline, false, &mut problem);
    let short = super::teaching::short_subjects(world, policy);
    let may_visit = |person: usize, kind: &super::staffing::Kind| {
        let willing = !world.people[person].file.locks.no_visits && short.contains(&(kind.subject.id.as_str(), kind.stage));
        willing && super::foresight::may_take(world, policy, person, exchange.before[person], kind)
    };
    let staffing = Staffing::new(world, policy, Grain::Periods, exchange.before.clone(), exchange.posts.clone(), &may_visit, &mut problem);
    super::bind(policy, &levels, &mut problem, &mut |rule, points| {
        rule.exchange(&exchange, points);
        rule.staffing(&staffing, points);
    });
    problem.tighten();
    run.export("exchange", &problem);
    let started = Instant::now();
    let mut start = Some(staffing.at_home(&problem)).filter(|values| problem.score(values)[..2] == [0, 0]);
    let stop = run.stopper();
    // Each cluster of schools is a model of its own size.
    let clusters = staffing.clusters().into_iter().collect::<BTreeSet<usize>>().len();
    let budget = run.budget((run.portion(Stage::Exchange) * clusters.clamp(1, 3) as f64).min(0.9), run.gap(), &stop);
    if let Some(values) = &mut start {
        run.work += by_cluster(&problem, &exchange, &staffing, values, &budget);
    }
    let solved = solve_levels(&problem, Binding::Firm, start, &budget);
    run.work += solved.work;
    if solved.values.is_empty() {
        run.refuse(Stage::Exchange, &problem, solved.infeasible);
        return None;
    }
    run.judge(Stage::Exchange, &problem, &solved);
    let term = world.file.term.as_ref().map_or("", |term| term.id.as_str());
    let mut postings = exchange.postings(&solved.values, term);
    for posting in &mut postings {
        posting.because = run.reasons_for(posting);
    }
    let report = run.report(Stage::Exchange, &problem, &solved.levels, started, solved.work);
    Some((postings, report))
}
