//! Components: schools tied by a shared teacher, class, room, mentor or observed lesson are planned together; the others side by
//! side.

use crate::district::World;
use crate::file::Plan;
use petgraph::unionfind::UnionFind;
use std::collections::{BTreeMap, BTreeSet};

/// Sets of schools that share nobody and nothing with each other, the largest first.
pub(super) fn components(world: &World, plan: &Plan) -> Vec<BTreeSet<usize>> {
    let mut ties = UnionFind::<usize>::new(world.schools.len());
    let index: BTreeMap<&str, usize> = world.courses.iter().enumerate().map(|(c, course)| (course.id.as_str(), c)).collect();
    let mut of_teacher: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &plan.teaching {
        if let (Some(teacher), Some(course)) = (row.teacher.as_deref(), index.get(row.course.as_str())) {
            let school = world.courses[*course].school;
            ties.union(*of_teacher.entry(teacher).or_insert(school), school);
        }
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
    for class in &world.classes {
        // The class teacher's lessons elsewhere bear on the class.
        if let Some(teacher) = class.class_teacher {
            let taught = of_teacher.get(world.people[teacher].file.id.as_str());
            ties.union(class.school, taught.copied().unwrap_or(class.school));
        }
    }
    for person in &world.people {
        // Mentor and apprentice must be able to hear each other.
        let mentor = person.file.mentor.as_deref().and_then(|id| of_teacher.get(id));
        if let (Some(one), Some(other)) = (mentor, of_teacher.get(person.file.id.as_str())) {
            ties.union(*one, *other);
        }
    }
    let school = super::working_schools(world, plan);
    for block in world.file.blocks.iter().filter(|block| block.observed) {
        // Whoever attends may teach the lesson that is observed.
        let calls = |teacher: &str, course: usize| {
            let here = |school: usize| block.schools.contains(&world.schools[school].file.id);
            let works = world.person(teacher).is_some_and(|person| here(school[person]));
            let of = &world.courses[course];
            let there = block.schools.is_empty() || works || here(of.school);
            block.people.iter().any(|id| id == teacher) || (block.subjects.contains(&of.subject.id) && there)
        };
        let rows = plan.teaching.iter().filter_map(|row| Some((row.teacher.as_deref()?, *index.get(row.course.as_str())?)));
        let called: Vec<usize> = rows.filter(|(teacher, course)| calls(teacher, *course)).map(|(teacher, _)| of_teacher[teacher]).collect();
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
