//! Whom a clause is about, on the side of the models.

use crate::district::{Course, World};
use crate::file::Scope;

/// Schools of the scope: those listed and those of the groups listed; all that are given must fit.
fn school_fits(world: &World, scope: &Scope, school: usize) -> bool {
    let id = &world.schools[school].file.id;
    let in_group = |group: &str| {
        let of = |g: &&crate::file::Group| g.id == group && (g.lead.as_ref() == Some(id) || g.members.contains(id));
        world.file.groups.iter().any(|g| of(&g))
    };
    (scope.schools.is_empty() || scope.schools.contains(id))
        && (scope.groups.is_empty() || scope.groups.iter().any(|group| in_group(group)))
}

/// A course: its subject, and any of its classes.
pub fn course_fits(world: &World, scope: &Scope, course: &Course) -> bool {
    (scope.subjects.is_empty() || scope.subjects.contains(&course.subject.id))
        && course.classes.iter().any(|class| class_fits(world, scope, *class))
}

/// A school by itself: any of its stages.
pub fn place_fits(world: &World, scope: &Scope, school: usize) -> bool {
    let stages = &world.schools[school].file.stages;
    school_fits(world, scope, school) && (scope.stages.is_empty() || stages.iter().any(|stage| scope.stages.contains(stage)))
}

pub fn class_fits(world: &World, scope: &Scope, class: usize) -> bool {
    let class = &world.classes[class];
    school_fits(world, scope, class.school)
        && (scope.stages.is_empty() || scope.stages.contains(&class.stage))
        && (scope.grades.is_empty() || scope.grades.contains(&class.file.grade))
        && (scope.classes.is_empty() || scope.classes.contains(&class.file.id))
}

/// `school`: where the person works as the stage sees it.
pub fn person_fits(world: &World, scope: &Scope, person: usize, school: usize) -> bool {
    let file = world.people[person].file;
    place_fits(world, scope, school)
        && (scope.subjects.is_empty() || file.subjects.iter().any(|c| scope.subjects.contains(&c.subject)))
        && (scope.people.is_empty() || scope.people.contains(&file.id))
}
