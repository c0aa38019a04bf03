//! Components: schools tied by a shared teacher, class or room are planned together; the others side by side.

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
    let mut parts: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for school in 0..world.schools.len() {
        parts.entry(ties.find(school)).or_default().insert(school);
    }
    let mut parts: Vec<BTreeSet<usize>> = parts.into_values().collect();
    parts.sort_by_key(|part| (std::cmp::Reverse(part.len()), part.first().copied()));
    parts
}
