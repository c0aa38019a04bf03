//! What is wrong with the input, all at once. One function per kind of problem, in files by what they look at; each
//! kind has a stable code and a section in `docs/problems.md`, made from the same words.
//!
//! An **error** stops the run: the data contradict themselves or cannot be planned in any way. A **warning** does not:
//! a shortage, an odd number, a meeting that will have to move. Nothing here needs a solver.

mod agreements;
mod bells;
mod classes;
mod clauses;
mod clubs;
mod counts;
mod courses;
mod evaluation;
mod fit;
mod given;
mod ids;
mod index;
mod limits;
mod locks;
mod numbers;
mod organisation;
mod pending;
mod people;
mod plan;
mod policy;
mod references;
mod rooms;
mod rosters;
mod schools;
mod times;
mod travel;

use crate::file::{District, Plan, Policy};
use crate::problem::{Kind, Problem, READING};
pub use counts::{Conflict, Counted, counted};
use index::Index;
pub use plan::of_another_district;

/// Every problem of a district and, if given, of the policy and the plan that go with it. Each file comes with the name
/// under which its problems are told. Errors first, then by place of discovery; never only the first.
///
/// When a size is over its limit nothing else is looked at.
pub fn validate(name: &str, district: &District, policy: Option<(&str, &Policy)>, plan: Option<(&str, &Plan)>) -> Vec<Problem> {
    let mut found = Vec::new();
    limits::judge(name, district, policy, plan, &mut found);
    if !found.is_empty() {
        return found;
    }
    let index = Index::new(name, district, policy);
    ids::judge(&index, &mut found);
    references::judge(&index, &mut found);
    numbers::judge(&index, &mut found);
    times::judge(&index, &mut found);
    bells::judge(&index, &mut found);
    schools::judge(&index, &mut found);
    agreements::judge(&index, &mut found);
    travel::judge(&index, &mut found);
    people::judge(&index, &mut found);
    classes::judge(&index, &mut found);
    courses::judge(&index, &mut found);
    rooms::judge(&index, &mut found);
    rosters::judge(&index, &mut found);
    clubs::judge(&index, &mut found);
    locks::judge(&index, &mut found);
    given::judge(&index, &mut found);
    pending::judge(&index, &mut found);
    organisation::judge(&index, &mut found);
    policy::judge(&index, &mut found);
    evaluation::judge(&index, &mut found);
    fit::judge(&index, &mut found);
    counts::judge(&index, &mut found);
    if let Some((file, plan)) = plan {
        plan::judge(&index, file, plan, &mut found);
        organisation::judge_plan(file, plan, &mut found);
    }
    plan::judge_baseline(&index, &mut found);
    found.sort_by_key(|problem| problem.severity);
    found
}

/// Every kind of problem with the input, in the order of the book.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    let parts: [&'static [&'static Kind]; 25] = [
        READING,
        limits::KINDS,
        ids::KINDS,
        references::KINDS,
        numbers::KINDS,
        times::KINDS,
        bells::KINDS,
        schools::KINDS,
        agreements::KINDS,
        travel::KINDS,
        people::KINDS,
        classes::KINDS,
        courses::KINDS,
        rooms::KINDS,
        rosters::KINDS,
        clubs::KINDS,
        locks::KINDS,
        given::KINDS,
        pending::KINDS,
        organisation::KINDS,
        policy::KINDS,
        evaluation::KINDS,
        fit::KINDS,
        counts::KINDS,
        plan::KINDS,
    ];
    parts.into_iter().flatten().copied()
}
