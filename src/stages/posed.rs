//! The exchange posed: posts with the teaching hours that every posting leaves and brings, as one problem, and the best that so much
//! work finds of it.

use super::exchange::Exchange;
use super::foresight::foresee;
use super::placing::{EACH, bound, place, posts_alone};
use super::points::Levels;
use super::shortage::{may_visit, short_subjects};
use super::staffing::{Grain, Kind, Staffing};
use super::visiting::cover;
use crate::district::World;
use crate::engine::{Binding, Budget, ItemId, Problem, Reached, Solved, improve_beside, loosen, solve_levels};
use crate::file::{Plan, Policy, Posting};
use std::collections::{BTreeMap, BTreeSet};

/// Per cluster of schools: the holders of each subject, with all they teach and may be posted to, where most exchanges are found.
fn swaps(exchange: &Exchange, staffing: &Staffing) -> Vec<Vec<BTreeSet<ItemId>>> {
    let clusters = staffing.clusters();
    let mut holders: BTreeMap<usize, BTreeMap<&str, BTreeSet<usize>>> = BTreeMap::new();
    for (person, of) in exchange.world.people.iter().enumerate() {
        for certificate in &of.file.subjects {
            let cluster = holders.entry(clusters[exchange.before[person]]).or_default();
            cluster.entry(&certificate.subject).or_default().insert(person);
        }
    }
    let set = |people: &BTreeSet<usize>| {
        let mut set = staffing.items_of(people);
        set.extend(people.iter().filter_map(|person| exchange.posts.get(person)).map(|(item, _)| *item));
        set
    };
    let moves = |people: &&BTreeSet<usize>| people.iter().any(|person| exchange.posts.contains_key(person));
    holders.values().map(|subjects| subjects.values().filter(moves).map(set).collect()).collect()
}

/// Items of a district of several clusters up to which the whole is tried: at 20 schools and 19,000 it found nothing in a minute.
const WHOLE: usize = 10_000;

/// The exchange with its staffing as one problem.
pub struct Posed<'w> {
    pub exchange: Exchange<'w>,
    pub policy: &'w Policy,
    pub staffing: Staffing<'w>,
    pub problem: Problem,
    pub levels: Levels,
}

/// Every clause of exchange and teaching over posts, takes and visits. With whole courses in the place of periods it is exchange and teaching at once.
pub fn pose<'w>(world: &'w World<'w>, policy: &'w Policy, baseline: Option<&'w Plan>, grain: Grain) -> Posed<'w> {
    let levels = Levels::of(policy);
    let mut problem = Problem::new(levels.engine());
    let exchange = Exchange::new(world, policy, baseline, false, &mut problem);
    let short = short_subjects(world, policy, &exchange.before);
    let may_visit = |person: usize, kind: &Kind| may_visit(world, policy, &short, person, exchange.before[person], kind);
    let staffing = Staffing::new(world, policy, grain, exchange.before.clone(), exchange.posts.clone(), &may_visit, &mut problem);
    super::bind(policy, &levels, &mut problem, &mut |rule, points| {
        rule.exchange(&exchange, points);
        rule.staffing(&staffing, points);
    });
    // Of whole courses foresight speaks where everybody's school is decided.
    if grain == Grain::Periods {
        foresee(&staffing, policy, &mut problem);
    }
    problem.tighten();
    Posed { exchange, policy, staffing, problem, levels }
}

impl Posed<'_> {
    /// Everybody stays but those agreed on, or else all do, where that breaks nothing that is firm.
    pub fn at_home(&self) -> Option<Vec<i32>> {
        let start = |posted| self.staffing.in_place(&self.problem, &posted);
        [self.exchange.agreed(), BTreeMap::new()].into_iter().map(start).find(|values| self.problem.score(values)[..2] == [0, 0])
    }
    /// The postings that these item values mean.
    pub fn postings(&self, values: &[i32]) -> Vec<Posting> {
        let term = self.exchange.world.file.term.as_ref().map_or("", |term| term.id.as_str());
        self.exchange.postings(values, term)
    }
    /// The plan with what posts alone say of its levels. Hours are no proof: not every visit is offered that somebody could make from
    /// where they are posted.
    fn bounded(&self, values: Vec<i32>, budget: &Budget) -> Solved {
        let unproved = |value: i64| Reached { value, bound: 0, proved: false };
        let mut levels: Vec<Reached> = self.problem.score(&values).into_iter().map(unproved).collect();
        let work = bound(self, &values, &mut levels, budget);
        Solved { values, found: true, levels, infeasible: false, work }
    }
    /// Proved of posts alone: no plan keeps what is firm.
    fn is_infeasible(&self, budget: &Budget) -> bool {
        let (_, posts) = loosen(&self.problem, &posts_alone(self));
        solve_levels(&posts, Binding::Firm, None, &Budget { plain: true, ..*budget }).infeasible
    }
    /// The best item values found, with a bound for each level; from `start`, or else from everybody where they are.
    pub fn best(&self, start: Option<Vec<i32>>, budget: &Budget) -> Solved {
        self.best_from(start, true, budget).0
    }
    /// The same, and whether posts decided first (not `posts_first`: they are not tried) made it better.
    pub(super) fn best_from(&self, start: Option<Vec<i32>>, posts_first: bool, budget: &Budget) -> (Solved, bool) {
        let Self { exchange, staffing, problem, .. } = self;
        let mut start = start.or_else(|| self.at_home());
        // A district of several clusters is too large for one model: most is found subject by subject.
        let several = staffing.clusters().into_iter().collect::<BTreeSet<usize>>().len() > 1;
        let (mut left, mut placed) = (*budget, false);
        if let Some(values) = start.as_mut() {
            if posts_first {
                let before = problem.score(values);
                left.spend(place(self, values, &left.share(if several { 0.8 } else { 0.5 })));
                placed = problem.score(values) < before;
            }
            cover(staffing, problem, values);
            left.spend(improve_beside(problem, values, &swaps(exchange, staffing), EACH, &left.share(0.6)));
        }
        // While posts are still found better there, the whole can wait.
        let large = several && (placed || problem.items.len() > WHOLE);
        let found = match start {
            Some(values) if large => Solved { values, found: true, levels: Vec::new(), infeasible: false, work: 0 },
            start => solve_levels(problem, Binding::Firm, start, &left.share(0.8)),
        };
        left.spend(found.work);
        let mut solved =
            if found.found { self.bounded(found.values, &left) } else { Solved { infeasible: self.is_infeasible(&left), ..found } };
        solved.work += budget.work - left.work;
        (solved, placed)
    }
}
