//! The standard policy in a district's own words. Ids are opaque, yet some of its clauses are about subjects: they hold for whatever
//! subjects of the district bear these names. The part that is about what the district does not have is switched off, so that the
//! policy that a run keeps says what held.

use crate::desk::subjects_called;
use crate::file::{Clause, District, Policy};

/// The policy used when none is given.
pub const STANDARD_POLICY: &[u8] = include_bytes!("../generate/standard_policy.json");

/// Names the district's own subjects in the clauses.
pub(super) fn suit(policy: &mut Policy, district: &District) {
    policy.clauses = std::mem::take(&mut policy.clauses).into_iter().flat_map(|clause| suited(clause, district)).collect();
}

/// The clause about the subjects that are here and, switched off, about those that are not.
fn suited(clause: Clause, district: &District) -> Vec<Clause> {
    if clause.scope.subjects.is_empty() {
        return vec![clause];
    }
    let (mut here, mut absent) = (Vec::new(), Vec::new());
    for id in &clause.scope.subjects {
        let called = subjects_called(&district.subjects, id);
        if called.is_empty() {
            absent.push(id.clone());
        }
        let fresh: Vec<String> = called.into_iter().filter(|called| !here.contains(called)).collect();
        here.extend(fresh);
    }
    let about = |id: String, subjects: Vec<String>, off: bool| {
        let mut part = Clause { id, off, ..clause.clone() };
        part.scope.subjects = subjects;
        part
    };
    match (here.is_empty(), absent.is_empty()) {
        (false, true) => vec![about(clause.id.clone(), here, clause.off)],
        (true, _) => vec![about(clause.id.clone(), absent, true)],
        (false, false) => {
            let rest = about(format!("{}-absent", clause.id), absent, true);
            vec![about(clause.id.clone(), here, clause.off), rest]
        }
    }
}
