//! Components: schools tied by a shared teacher, class, room, mentor or observed lesson are planned together; the others side by
//! side.

use super::slots::teachers;
use crate::district::World;
use crate::file::Plan;
use petgraph::unionfind::UnionFind;
use std::collections::{BTreeMap, BTreeSet};

/// Sets of schools that share nobody and nothing with each other, the largest first.
pub(super) fn components(world: &World, plan: &Plan) -> Vec<BTreeSet<usize>> {
    let mut ties = UnionFind::<usize>::new(world.schools.len());
    // Who teaches what is read where the lessons read it: the file's, where the plan leaves teaching out.
    let rows = teachers(world, plan);
    let teaches = || rows.iter().enumerate().flat_map(|(course, rows)| rows.iter().map(move |(_, teacher)| (*teacher, course)));
    let mut of_teacher: BTreeMap<usize, usize> = BTreeMap::new();
    for (teacher, course) in teaches() {
        let school = world.courses[course].school;
        ties.union(*of_teacher.entry(teacher).or_insert(school), school);
    }
    let mut bands: BTreeMap<&str, usize> = BTreeMap::new();
    for course in &world.courses {
        for class in &course.classes {
            ties.union(course.school, world.classes[*class].school);
        }
        for block in &course.blocks {
            if let Some(need) = &block.room {
                ties.union(course.school, world.sites[need.site].school);
            }
        }
        if let Some(band) = course.band {
            ties.union(*bands.entry(band).or_insert(course.school), course.school);
        }
    }
    for (class, teacher) in world.classes.iter().zip(super::class_teachers(world, plan)) {
        // The class teacher's lessons elsewhere bear on the class.
        if let Some(school) = teacher.and_then(|teacher| of_teacher.get(&teacher)) {
            ties.union(class.school, *school);
        }
    }
    for (number, person) in world.people.iter().enumerate() {
        // Mentor and apprentice must be able to hear each other.
        let mentor = person.file.mentor.as_deref().and_then(|id| of_teacher.get(&world.person(id)?));
        if let (Some(one), Some(other)) = (mentor, of_teacher.get(&number)) {
            ties.union(*one, *other);
        }
    }
    let school = super::working_schools(world, plan);
    for block in world.file.blocks.iter().filter(|block| block.observed) {
        // Whoever attends may teach the lesson that is observed.
        let calls = |teacher: usize, course: usize| {
            let here = |school: usize| block.schools.contains(&world.schools[school].file.id);
            let of = &world.courses[course];
            let there = block.schools.is_empty() || here(school[teacher]) || here(of.school);
            block.people.contains(&world.people[teacher].file.id) || (block.subjects.contains(&of.subject.id) && there)
        };
        let called = teaches().filter(|(teacher, course)| calls(*teacher, *course));
        let called: Vec<usize> = called.map(|(teacher, _)| of_teacher[&teacher]).collect();
        for pair in called.windows(2) {
            ties.union(pair[0], pair[1]);
        }
    }
    let mut parts: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for school in 0..world.schools.len() {
        parts.entry(ties.find(school)).or_default().insert(school);
    }
    let mut parts: Vec<BTreeSet<usize>> = parts.into_values().collect();
    parts.sort_by_key(|part| (std::cmp::Reverse(part.len()), part.first().copied()));
    parts
}
