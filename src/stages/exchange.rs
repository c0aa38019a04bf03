//! Exchange: who is posted where.

use super::coarse::raise;
use super::points::{Levels, Points};
use super::posed::{Posed, pose};
use super::run::Run;
use super::scope::{person_fits, place_fits};
use super::staffing::Grain;
use super::{StageReport, effective};
use crate::district::{Pair, World};
use crate::engine::{Budget, Domain, ItemId, Level, Link, NONE, Problem, Reached, Solved};
use crate::file::{self, Form, Plan, Policy, Posting, Scope};
use crate::rules::exchange::eligible::Eligible;
use crate::rules::{AnyRule, Stage};
use std::collections::BTreeMap;
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
        let terms = policy.clauses.iter().any(|clause| !clause.off && matches!(clause.rule, AnyRule::Terms(_)));
        let grouped = super::foresight::within_groups(policy);
        let mut posts = BTreeMap::new();
        for person in 0..world.people.len() {
            let file = world.people[person].file;
            let asked = eligible[person] || file.wishes.volunteers || file.locks.posted_to.is_some();
            // Whoever is away may come home, where the policy has a say on terms.
            let home = world.away(person).map(|(home, _)| home).filter(|_| terms);
            if !everyone && (!asked && home.is_none() || file.locks.stays) {
                continue;
            }
            let fits = |school: &usize| {
                let stages = &world.schools[*school].file.stages;
                let permitted = !grouped || world.share_group(before[person], *school, false);
                let able = file.subjects.iter().any(|c| stages.iter().any(|stage| c.stage >= *stage));
                // What was agreed is offered whatever speaks against it, so that the clauses weigh one against the other.
                let agreed = file.locks.posted_to.as_ref() == Some(&world.schools[*school].file.id);
                *school != before[person] && (everyone || agreed || (permitted && asked && able))
            };
            let mut schools = vec![before[person]];
            schools.extend((0..world.schools.len()).filter(|school| home == Some(*school) || fits(school)));
            if schools.len() > 1 {
                let item = problem.choice(format!("post of {}", file.id), (0..schools.len() as u16).collect());
                posts.insert(person, (item, schools));
            }
        }
        Self { world, before, eligible, posts, baseline }
    }
    /// Whom it is agreed to post, each with the number of the school in their list.
    pub(super) fn agreed(&self) -> BTreeMap<usize, usize> {
        let number = |(person, (_, schools)): (&usize, &(ItemId, Vec<usize>))| {
            let to = self.world.people[*person].file.locks.posted_to.as_deref().and_then(|to| self.world.school(to));
            schools.iter().position(|school| Some(*school) == to).map(|number| (*person, number))
        };
        self.posts.iter().filter_map(number).collect()
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
    /// Schools where the person may be posted; coming home to the school of one's post is no posting.
    pub fn others(&self, person: usize) -> impl Iterator<Item = usize> + '_ {
        let home = self.world.school(&self.world.people[person].file.employer);
        let schools = self.posts.get(&person).map_or(&[][..], |(_, schools)| &schools[1..]);
        schools.iter().copied().filter(move |school| Some(*school) != home)
    }
    /// People working at the school: links of those not decided, number of the others.
    pub fn staff(&self, points: &mut Points, school: usize, keep: &dyn Fn(usize) -> bool) -> (Vec<Link>, i32) {
        self.staff_of(points, &[school], keep)
    }
    /// The same for several schools together.
    pub fn staff_of(&self, points: &mut Points, schools: &[usize], keep: &dyn Fn(usize) -> bool) -> (Vec<Link>, i32) {
        let (mut links, mut base) = (Vec::new(), 0);
        for person in (0..self.world.people.len()).filter(|person| keep(*person)) {
            match self.posts.get(&person) {
                Some(_) => links.extend(self.works_in(points, person, schools, 1)),
                None => base += i32::from(schools.contains(&self.before[person])),
            }
        }
        (links, base)
    }
    /// The link that adds `coef` when the person is posted away.
    pub fn away(&self, points: &mut Points, person: usize, coef: i32) -> Vec<Link> {
        let others: Vec<usize> = self.others(person).collect();
        self.works_in(points, person, &others, coef)
    }
    /// Pairs of the groups in scope, both schools in scope.
    pub fn pairs(&self, scope: &Scope) -> Vec<Pair<'w>> {
        let mut pairs = self.world.pairs();
        pairs.retain(|pair| scope.groups.is_empty() || scope.groups.iter().any(|group| group == pair.group));
        pairs.retain(|pair| [pair.lead, pair.member].into_iter().all(|school| place_fits(self.world, scope, school)));
        pairs
    }
    /// People in scope whose post is at `from` and who work at one of the schools: links of those not decided, number of the others.
    pub fn sent_to(&self, points: &mut Points, from: usize, schools: &[usize], keep: &dyn Fn(usize) -> bool) -> (Vec<Link>, i32) {
        let (mut links, mut base) = (Vec::new(), 0);
        for person in (0..self.world.people.len()).filter(|person| keep(*person)) {
            let employed = self.world.school(&self.world.people[person].file.employer) == Some(from);
            if !employed || !person_fits(self.world, points.scope, person, from) {
                continue;
            }
            if self.posts.contains_key(&person) {
                links.extend(self.works_in(points, person, schools, 1));
            } else if schools.contains(&self.before[person]) {
                base += 1;
            }
        }
        (links, base)
    }
    /// The same for one school.
    pub fn sent(&self, points: &mut Points, from: usize, to: usize, keep: &dyn Fn(usize) -> bool) -> (Vec<Link>, i32) {
        self.sent_to(points, from, &[to], keep)
    }
    /// 挂职 for leaders, 置换 between partners that both send, 支教 to a receiving school, else 轮岗.
    fn form(&self, person: usize, to: usize) -> Form {
        let ends = [(self.before[person], to), (to, self.before[person])];
        match self.world.schools[to].file.standing {
            _ if self.world.school(&self.world.people[person].file.employer) == Some(to) => Form::Return,
            _ if self.world.people[person].file.category == file::Category::Leader => Form::Secondment,
            _ if self.world.pairs().iter().any(|pair| ends.contains(&(pair.lead, pair.member)) && pair.swaps()) => Form::Swap,
            file::Standing::Receiving => Form::Support,
            _ => Form::Rotation,
        }
    }
    /// The postings that these item values mean.
    pub fn postings(&self, values: &[i32], term: &str) -> Vec<Posting> {
        let id = |school: usize| self.world.schools[school].file.id.clone();
        let moved = self.posts.iter().filter(|(_, (item, _))| values[*item as usize] != 0);
        let posting = |(person, (item, schools)): (&usize, &(ItemId, Vec<usize>))| {
            let to = schools[values[*item as usize] as usize];
            Posting {
                person: self.world.people[*person].file.id.clone(),
                from: id(self.before[*person]),
                to: id(to),
                form: self.form(*person, to),
                from_term: term.to_owned(),
                to_term: None,
                because: Vec::new(),
            }
        };
        moved.map(posting).collect()
    }
}

/// The people of the exchange, and for each the values (of [`Exchange::posts`]) that no demanded clause forbids to that person alone:
/// who may be asked, and for where.
pub fn consents<'w>(world: &'w World<'w>, policy: &Policy) -> (Exchange<'w>, BTreeMap<usize, Vec<u16>>) {
    let levels = Levels::of(policy);
    let all_firm = levels.engine().into_iter().map(|level| Level { firm: level.hard, ..level });
    let mut problem = Problem::new(all_firm.collect());
    let exchange = Exchange::new(world, policy, None, false, &mut problem);
    super::bind(policy, &levels, &mut problem, &mut |rule, points| rule.exchange(&exchange, points));
    problem.tighten();
    let values = |item: ItemId| match &problem.items[item as usize].domain {
        Domain::Choice(values) => values.clone(),
        Domain::Count { .. } => Vec::new(),
    };
    let may = exchange.posts.iter().map(|(person, (item, _))| (*person, values(*item))).collect();
    (exchange, may)
}

/// Numbers of the first `eligible` clause that is on; the usual ones where a clause asks for postings without it.
fn eligibility(policy: &Policy) -> Option<Eligible> {
    let on = || policy.clauses.iter().filter(|clause| !clause.off).map(|clause| effective(policy, clause));
    let numbers = |rule: &AnyRule| if let AnyRule::Eligible(numbers) = rule { Some(numbers.clone()) } else { None };
    let asks = |rule: &AnyRule| {
        matches!(
            rule,
            AnyRule::Quota(_)
                | AnyRule::Balance(_)
                | AnyRule::MutualDispatch(_)
                | AnyRule::HelpersPerYear(_)
                | AnyRule::EveryoneGives(_)
                | AnyRule::PostsHeld(_)
                | AnyRule::NewSchool(_)
        )
    };
    on().find_map(numbers).or_else(|| on().any(asks).then(Eligible::default))
}

/// What the rounds keep of the exchange.
#[derive(Default)]
pub(super) struct Memory {
    values: Vec<i32>,
    levels: Vec<Reached>,
    /// Posts decided first were tried the last time and found nothing better: the next time others do the work.
    stuck: bool,
    /// Rounds in a row that found nothing better.
    idle: u32,
}

/// What a search found.
pub(super) struct Found<'w> {
    posed: Posed<'w>,
    solved: Solved,
    started: Instant,
}

/// Rounds without a gain after which the exchange is left as it is.
const IDLE: u32 = 3;

impl Memory {
    /// Nothing more is to be expected.
    pub(super) fn is_settled(&self) -> bool {
        self.idle >= IDLE || self.is_proved(usize::MAX)
    }
    /// The first levels cannot be better.
    pub(super) fn is_proved(&self, levels: usize) -> bool {
        !self.levels.is_empty() && self.levels.iter().take(levels).all(|level| level.proved)
    }
}

/// Decides the postings, or decides them better than before, within the budget.
pub(super) fn search<'w>(
    world: &'w World<'w>,
    policy: &'w Policy,
    baseline: Option<&'w Plan>,
    memory: &mut Memory,
    budget: &Budget,
) -> Found<'w> {
    let started = Instant::now();
    let posed = pose(world, policy, baseline, Grain::Periods);
    let start = Some(std::mem::take(&mut memory.values)).filter(|values| !values.is_empty());
    let before = start.as_ref().map(|values| posed.problem.score(values));
    let (mut solved, placed) = posed.best_from(start, !memory.stuck, budget);
    if solved.found {
        // A bound of an earlier round holds while the levels before it cost no more.
        raise(&mut solved.levels, &memory.levels);
        let gained = before.is_none_or(|before| posed.problem.score(&solved.values) < before);
        memory.idle = if gained { 0 } else { memory.idle + 1 };
        memory.stuck = !memory.stuck && !placed;
        memory.levels.clone_from(&solved.levels);
        memory.values.clone_from(&solved.values);
    }
    Found { posed, solved, started }
}

/// The postings found; `None` where there are none that keep what is firm, and the run knows why.
pub(super) fn tell(run: &mut Run, found: &Found) -> Option<(Vec<Posting>, StageReport)> {
    let Found { posed, solved, started } = found;
    run.export("exchange", &posed.problem);
    run.work += solved.work;
    if !solved.found {
        run.refuse(Stage::Exchange, &posed.problem, solved.infeasible);
        return None;
    }
    let mut postings = posed.postings(&solved.values);
    for posting in &mut postings {
        posting.because = run.reasons_for(posting);
    }
    Some((postings, run.report(Stage::Exchange, &posed.problem, &solved.levels, *started, solved.work)))
}

/// Nobody is posted but those agreed on.
pub(super) fn stay(run: &mut Run) -> Vec<Posting> {
    let mut problem = Problem::new(Levels::of(run.policy).engine());
    let exchange = Exchange::new(run.world, run.policy, run.baseline, false, &mut problem);
    let mut values: Vec<i32> = problem.items.iter().map(|item| item.domain.first()).collect();
    for (person, number) in exchange.agreed() {
        values[exchange.posts[&person].0 as usize] = number as i32;
    }
    let term = run.world.file.term.as_ref().map_or("", |term| term.id.as_str());
    let mut postings = exchange.postings(&values, term);
    for posting in &mut postings {
        posting.because = run.reasons_for(posting);
    }
    postings
}
