//! Where a rule posts: one clause's points, with its level, weight and cost already known.

use crate::engine::{Cost, Gauge, Level, Link, Point, Problem};
use crate::file::{self, Force, Policy, Scope};
use std::collections::BTreeSet;

/// Lower end of a range that has none.
pub const FREE: i64 = 1 << 40;

/// The positions of the score: structure, legal, policy, then the ranks in use, each with its `then`.
#[derive(Debug, Clone)]
pub struct Levels {
    ranks: Vec<(u8, u8)>,
}

/// Level of what can never be otherwise: a class's lesson count, one teacher per course.
pub const STRUCTURE: u8 = 0;
pub(super) const LEGAL: u8 = 1;
pub(super) const POLICY: u8 = 2;
/// Level of the first rank in use.
pub(super) const FIRST_RANK: u8 = POLICY + 1;

impl Levels {
    pub fn of(policy: &Policy) -> Self {
        let rank = |clause: &file::Clause| match clause.force {
            Force::Prefer(preference) if !clause.off => Some((preference.rank, preference.then)),
            _ => None,
        };
        Self { ranks: policy.clauses.iter().filter_map(rank).collect::<BTreeSet<_>>().into_iter().collect() }
    }
    pub fn of_force(&self, force: Force) -> u8 {
        match force {
            Force::Legal => LEGAL,
            Force::Policy => POLICY,
            Force::Prefer(p) => self.ranks.binary_search(&(p.rank, p.then)).unwrap_or_else(|k| k) as u8 + FIRST_RANK,
        }
    }
    /// Positions up to and with the first rank in use, whatever its `then`.
    pub fn through_first_rank(&self) -> usize {
        usize::from(FIRST_RANK) + self.ranks.iter().filter(|(rank, _)| *rank == self.ranks[0].0).count()
    }
    pub fn engine(&self) -> Vec<Level> {
        let hard = |name: &str, firm| Level { name: name.into(), firm, hard: true };
        let rank = |&(rank, then): &(u8, u8)| {
            let name = if then == 0 { format!("rank{rank}") } else { format!("rank{rank}.{then}") };
            Level { name, firm: false, hard: false }
        };
        [hard("structure", true), hard("legal", true), hard("policy", false)].into_iter().chain(self.ranks.iter().map(rank)).collect()
    }
}

/// One clause while its rule binds.
pub struct Points<'p> {
    pub problem: &'p mut Problem,
    pub scope: &'p Scope,
    clause: &'p file::Clause,
    owner: u32,
    level: u8,
}

impl<'p> Points<'p> {
    pub fn new(problem: &'p mut Problem, levels: &Levels, clause: &'p file::Clause, owner: usize) -> Self {
        let level = levels.of_force(clause.force);
        Self { problem, scope: &clause.scope, clause, owner: owner as u32, level }
    }
    /// A gauge over `groups` groups that should stay within lo..=hi.
    pub fn post(&mut self, at: &str, gauge: Gauge, groups: usize, range: (i64, i64), links: Vec<Link>, base: Vec<(u16, i32)>) {
        let weight = if let Force::Prefer(preference) = self.clause.force { i64::from(preference.weight) } else { 1 };
        let cost = match self.clause.cost {
            file::Cost::Linear => Cost::Linear,
            file::Cost::Quadratic => Cost::Quadratic,
            file::Cost::Step => Cost::Step,
        };
        self.problem.post(Point {
            name: format!("{} {at}", self.clause.id),
            owner: self.owner,
            level: self.level,
            gauge,
            groups: groups.max(1) as u16,
            lo: range.0,
            hi: range.1,
            weight,
            cost,
            links,
            gated: Vec::new(),
            base,
        });
    }
    /// Σ links + base ≤ most.
    pub fn at_most(&mut self, at: &str, links: Vec<Link>, base: i32, most: i64) {
        self.post(at, Gauge::Sum, 1, (-FREE, most), links, vec![(0, base)]);
    }
    /// No unit of this count: each is a point of its own with an excess of `size`, so that u of them cost u · cost(size).
    pub fn none_of(&mut self, at: &str, item: u32, size: i32) {
        // With h the size: (h·u)·1, (h·u)·h and u·1 are u times the cost of h.
        let (coef, factor) = match self.clause.cost {
            file::Cost::Linear => (size, 1),
            file::Cost::Quadratic => (size, i64::from(size)),
            file::Cost::Step => (i32::from(size > 0), 1),
        };
        let link = self.count(item, 0, coef);
        self.at_most(at, vec![link], 0, 0);
        if let Some(point) = self.problem.points.last_mut() {
            (point.weight, point.cost) = (point.weight * factor, Cost::Linear);
        }
    }
    /// Σ links + base ≥ least.
    pub fn at_least(&mut self, at: &str, links: Vec<Link>, base: i32, least: i64) {
        self.post(at, Gauge::Sum, 1, (least, FREE), links, vec![(0, base)]);
    }
    /// Σ links + base = value.
    pub fn exactly(&mut self, at: &str, links: Vec<Link>, base: i32, value: i64) {
        self.post(at, Gauge::Sum, 1, (value, value), links, vec![(0, base)]);
    }
    /// The link by which a count adds itself to group `group`.
    pub fn count(&mut self, item: u32, group: u16, coef: i32) -> Link {
        Link { item, map: self.problem.map(vec![group]), coef }
    }
    /// The link by which an item adds `coef` to group 0 when it takes `value`.
    pub fn atom(&mut self, item: u32, value: u16, coef: i32) -> Link {
        Link { item, map: self.problem.map_of(value), coef }
    }
}
