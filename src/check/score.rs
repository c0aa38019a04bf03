//! The score of a plan: integers, compared position by position.

use super::ClauseTotal;
use crate::file::Force;
use serde::Serialize;

/// (structure, legal, policy, rank 1 …). Every position is a sum of penalties; lower is better, the first difference
/// decides.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Score {
    /// Number of structural findings.
    pub structure: i64,
    /// Legal clauses.
    pub legal: i64,
    /// Policy clauses, judged with the numbers of `decisions`.
    pub policy: i64,
    /// Positions that have a judged clause, in order of (rank, then).
    pub ranks: Vec<Rank>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Rank {
    pub rank: u8,
    pub then: u8,
    pub value: i64,
}

impl Score {
    pub(super) fn add(&mut self, force: Force, total: ClauseTotal) {
        match force {
            Force::Legal => self.legal = self.legal.saturating_add(total.penalty),
            Force::Policy => self.policy = self.policy.saturating_add(total.penalty),
            Force::Prefer(preference) => {
                let key = (preference.rank, preference.then);
                let at = self.ranks.binary_search_by_key(&key, |rank| (rank.rank, rank.then)).unwrap_or_else(|at| {
                    self.ranks.insert(at, Rank { rank: key.0, then: key.1, value: 0 });
                    at
                });
                self.ranks[at].value = self.ranks[at].value.saturating_add(total.penalty);
            }
        }
    }

    /// Every position with its name: `structure`, `legal`, `policy`, `rank1`, `rank1.1` …
    pub fn levels(&self) -> Vec<(String, i64)> {
        let first = [("structure", self.structure), ("legal", self.legal), ("policy", self.policy)];
        let ranks = self.ranks.iter().map(|level| match level.then {
            0 => (format!("rank{}", level.rank), level.value),
            then => (format!("rank{}.{then}", level.rank), level.value),
        });
        first.into_iter().map(|(name, value)| (name.to_owned(), value)).chain(ranks).collect()
    }

    /// The vector of one rank, by `then`; 0 where no clause was judged.
    pub fn rank(&self, rank: u8) -> Vec<i64> {
        let levels = || self.ranks.iter().filter(|level| level.rank == rank);
        let mut values = vec![0; levels().map(|level| usize::from(level.then) + 1).max().unwrap_or(0)];
        for level in levels() {
            values[usize::from(level.then)] = level.value;
        }
        values
    }
}
