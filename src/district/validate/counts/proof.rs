//! A count under some of the causes, and the search for the fewest and firmest of them under which it still proves something.

use super::super::clauses::{Ground, Hold};
use super::What;
use std::collections::BTreeSet;

/// The causes that a count may use.
pub struct Active<'s> {
    pub reach: Hold,
    pub without: &'s BTreeSet<What>,
}

impl Active<'_> {
    pub fn holds(&self, what: Option<What>, ground: Ground) -> bool {
        ground.hold <= self.reach && what.is_none_or(|what| !self.without.contains(&what))
    }
}

/// What is left when every cause that is not needed is left out.
pub struct Proof<T> {
    pub reach: Hold,
    pub without: BTreeSet<What>,
    pub found: T,
}

impl<T> Proof<T> {
    pub fn active(&self) -> Active<'_> {
        Active { reach: self.reach, without: &self.without }
    }
}

/// Tries firm causes first; of those that suffice the weakest are left out first. `test` sees what was found before, so that
/// it may keep to it; `causes` tells those that had a part in it.
pub fn firmest<T>(test: impl Fn(&Active<'_>, Option<&T>) -> Option<T>, causes: impl Fn(&T) -> Vec<(Hold, What)>) -> Option<Proof<T>> {
    let all = BTreeSet::new();
    test(&Active { reach: Hold::Unless, without: &all }, None)?;
    let (reach, mut found) = Hold::ALL.into_iter().find_map(|reach| Some((reach, test(&Active { reach, without: &all }, None)?)))?;
    let mut causes: Vec<_> = causes(&found).into_iter().filter(|(hold, _)| *hold <= reach).collect();
    causes.sort_unstable();
    causes.dedup_by_key(|(_, what)| *what);
    let mut without = all;
    for (_, what) in causes.into_iter().rev() {
        without.insert(what);
        match test(&Active { reach, without: &without }, Some(&found)) {
            Some(still) => found = still,
            None => {
                without.remove(&what);
            }
        }
    }
    Some(Proof { reach, without, found })
}
