//! Plans made by simple means, to set beside those of the model: the same districts, the same people who may be asked for the same
//! schools, the same yardstick.
//!
//! Who may be posted where is what the clauses that the yardstick demands leave to a person alone (eligibility, groups, commute,
//! direction …). Who would rather be elsewhere says so by their wishes: the schools in order, then, with 服从调剂, the others by the
//! minutes from the present school. Seats change hands among people of one category and first subject, so that no school
//! gains or loses a teacher of a subject. What is agreed already is in every plan.

mod market;

use super::{Status, Trial, postings_only, turned};
use crate::district::World;
use crate::file::{Category, Clause, Cost, District, Force, Plan, Policy, Preference, Scope};
use crate::rules::exchange::stability::Stability;
use crate::rules::{AnyRule, Stage};
use crate::stages::{Cancel, Exchange, consents};
pub use market::Market;
use std::cmp::Reverse;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Baseline {
    /// What is agreed, and nothing else.
    DoNothing,
    /// Two who wish for each other's school change places, the dearest wishes first.
    GreedySwaps,
    /// As few as the quotas ask, chosen by the model without any other preference.
    QuotaOnly,
    TopTradingCycles,
    /// Deferred acceptance in which a school's own people come first.
    DeferredAcceptance,
}

impl Baseline {
    pub const ALL: [Self; 5] = [Self::DoNothing, Self::GreedySwaps, Self::QuotaOnly, Self::TopTradingCycles, Self::DeferredAcceptance];

    /// Its name in the tables.
    pub fn id(self) -> &'static str {
        match self {
            Self::DoNothing => "do-nothing",
            Self::GreedySwaps => "greedy-swaps",
            Self::QuotaOnly => "quota-only",
            Self::TopTradingCycles => "top-trading-cycles",
            Self::DeferredAcceptance => "deferred-acceptance",
        }
    }

    /// The plan, and whether it is proved best by its own measure. Stages after the exchange are solved for its postings.
    pub(super) fn plan(self, trial: &Trial, district: &District, seed: u64, cancel: &Cancel) -> Result<(Plan, bool), Status> {
        let deal = match self {
            Self::DoNothing => |market: &Market| market.home.clone(),
            Self::GreedySwaps => Market::greedy_swaps,
            Self::TopTradingCycles => Market::top_trading_cycles,
            Self::DeferredAcceptance => Market::deferred_acceptance,
            Self::QuotaOnly => return trial.solve(district, &quotas_of(trial.yardstick), None, seed, cancel),
        };
        let plan = dealt(&turned(district, seed), trial.yardstick, deal);
        if trial.stages.iter().any(|stage| *stage != Stage::Exchange) {
            return trial.solve(district, trial.yardstick, Some(plan), seed, cancel);
        }
        Ok((plan, false))
    }
}

/// Of what the policy demands only the quotas and who may be asked, and as few postings as that takes.
fn quotas_of(policy: &Policy) -> Policy {
    let mut quotas = policy.clone();
    quotas.clauses.retain(|clause| {
        let asks = matches!(clause.rule, AnyRule::Quota(_) | AnyRule::Eligible(_) | AnyRule::GroupPermits(_) | AnyRule::AgreedPostings(_));
        asks && !matches!(clause.force, Force::Prefer(_))
    });
    quotas.decisions.retain(|decision| quotas.clauses.iter().any(|clause| clause.id == decision.clause));
    quotas.clauses.push(Clause {
        id: "fewest".to_owned(),
        rule: AnyRule::Stability(Stability::default()),
        force: Force::Prefer(Preference { rank: 3, then: 0, weight: 1 }),
        scope: Scope::default(),
        cost: Cost::Linear,
        source: Vec::new(),
        off: false,
    });
    quotas
}

/// Every market of the district dealt anew, as postings.
fn dealt(district: &District, policy: &Policy, deal: impl Fn(&Market) -> Vec<usize>) -> Plan {
    let world = World::new(district);
    let (exchange, may) = consents(&world, policy);
    let mut values = vec![0; exchange.posts.len()];
    let mut markets: BTreeMap<(Category, &str), Vec<usize>> = BTreeMap::new();
    for (person, (item, schools)) in &exchange.posts {
        let file = world.people[*person].file;
        let agreed = schools.iter().position(|school| Some(&world.schools[*school].file.id) == file.locks.posted_to.as_ref());
        if let Some(value) = agreed {
            values[*item as usize] = value as i32;
        } else if world.away(*person).is_none()
            && let Some(first) = file.subjects.first()
        {
            markets.entry((file.category, &first.subject)).or_default().push(*person);
        }
    }
    for people in markets.values() {
        let market = market(&exchange, &may, people);
        for (person, school) in people.iter().zip(deal(&market)) {
            let (item, schools) = &exchange.posts[person];
            values[*item as usize] = schools.iter().position(|value| *value == school).unwrap_or(0) as i32;
        }
    }
    let term = district.term.as_ref().map_or("", |term| term.id.as_str());
    postings_only(district, exchange.postings(&values, term))
}

/// The market of these people: as many seats at each school as they hold there. A school would rather have who is of a higher level, then who
/// has served longer.
fn market(exchange: &Exchange, may: &BTreeMap<usize, Vec<u16>>, people: &[usize]) -> Market {
    let world = exchange.world;
    let home: Vec<usize> = people.iter().map(|person| exchange.before[*person]).collect();
    let wishes = |person: &usize| {
        let (file, here) = (world.people[*person].file, exchange.before[*person]);
        let others: Vec<usize> = exchange.others(*person).collect();
        let schools = &exchange.posts[person].1;
        let open = |school: &usize| {
            let value = schools.iter().position(|other| other == school);
            others.contains(school) && value.is_some_and(|value| may[person].contains(&(value as u16)))
        };
        let mut wishes: Vec<usize> = file.wishes.schools.iter().filter_map(|id| world.school(id)).filter(open).collect();
        if file.wishes.accepts_any {
            let mut rest: Vec<usize> = others.iter().copied().filter(|school| open(school) && !wishes.contains(school)).collect();
            rest.sort_by_key(|school| (world.school_minutes(here, *school), *school));
            wishes.extend(rest);
        }
        wishes
    };
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.sort_by_key(|place| {
        let file = world.people[people[*place]].file;
        (Reverse(file.talent), Reverse(file.years_at_school), &file.id)
    });
    let mut seats = vec![0; world.schools.len()];
    for school in &home {
        seats[*school] += 1;
    }
    Market { wishes: people.iter().map(wishes).collect(), priority: vec![order; seats.len()], home, seats }
}
