//! Shortage: what some school cannot cover with its own people, and who may visit there.

use super::dealing::clauses;
use super::scope::person_fits;
use super::staffing::Kind;
use crate::district::World;
use crate::file::{Force, Policy, Stage as Level};
use crate::rules::AnyRule;
use std::collections::{BTreeMap, BTreeSet};

/// Subjects of a stage.
pub(super) type Short<'w> = BTreeSet<(&'w str, Level)>;

/// Whether somebody who works at a school may visit another for a kind of courses.
pub(super) fn may_visit(world: &World, policy: &Policy, short: &Short, person: usize, school: usize, kind: &Kind) -> bool {
    let willing = !world.people[person].file.locks.no_visits && short.contains(&(kind.subject.id.as_str(), kind.stage));
    willing && super::foresight::may_take(world, policy, person, school, kind)
}

/// (subject, stage) that some school cannot cover with its own people, where everybody is or where they are posted: only there are
/// visits offered.
pub(super) fn short_subjects<'w>(world: &'w World, policy: &Policy, posted: &[usize]) -> Short<'w> {
    let before: Vec<usize> = world.people.iter().map(|person| person.school).collect();
    let mut short = short_where(world, policy, &before);
    if posted != before {
        short.extend(short_where(world, policy, posted));
    }
    short
}

fn short_where<'w>(world: &'w World, policy: &Policy, works: &[usize]) -> Short<'w> {
    let mut short = BTreeSet::new();
    let mut given = vec![0; world.people.len()];
    for role in world.courses.iter().flat_map(|course| &course.roles) {
        if let Some(person) = role.given {
            given[person] += role.load;
        }
    }
    for school in 0..world.schools.len() {
        let mut need: BTreeMap<(&str, Level), u32> = BTreeMap::new();
        for course in world.courses.iter().filter(|course| course.school == school && !course.subject.any_teacher) {
            let stage = world.classes[course.classes[0]].stage;
            let open = course.roles.iter().filter(|role| role.given.is_none()).map(|role| role.load);
            *need.entry((course.subject.id.as_str(), stage)).or_default() += open.sum::<u32>();
        }
        // Subjects that share teachers are short together.
        let mut parts: Vec<(BTreeSet<(&str, Level)>, u32)> = need.keys().map(|key| (BTreeSet::from([*key]), 0)).collect();
        for (index, person) in world.people.iter().enumerate().filter(|(index, _)| works[*index] == school) {
            let holds = |key: &(&str, Level)| person.file.subjects.iter().any(|c| c.subject == key.0 && c.stage >= key.1);
            let (mine, others): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(keys, _)| keys.iter().any(holds));
            parts = others;
            if !mine.is_empty() {
                let spare = load_limit(world, policy, index, school).saturating_sub(person.posts + given[index]);
                let keys = mine.iter().flat_map(|(keys, _)| keys.iter().copied()).collect();
                parts.push((keys, mine.iter().map(|(_, capacity)| capacity).sum::<u32>() + spare));
            }
        }
        for (keys, capacity) in parts {
            if keys.iter().map(|key| need[key]).sum::<u32>() > capacity {
                short.extend(keys);
            }
        }
    }
    short
}

/// The most that the hard clauses let a person carry.
pub(super) fn load_limit(world: &World, policy: &Policy, person: usize, school: usize) -> u32 {
    let file = world.people[person].file;
    let limit = |(_, clause, _): (usize, &crate::file::Clause, &dyn crate::rules::Rule)| match super::effective(policy, clause) {
        AnyRule::LoadCap(rule) if !matches!(clause.force, Force::Prefer(_)) && person_fits(world, &clause.scope, person, school) => {
            Some(rule.over_target.map_or(file.load_cap, |over| file.load_target + over))
        }
        _ => None,
    };
    clauses(policy).filter_map(limit).fold(file.load_cap, u32::min)
}
