//! Courses: the curriculum spread over the classes, less what the file gives by name.

use super::world::World;
use crate::file::{self, Weeks};
use std::collections::BTreeSet;

/// What a teacher is assigned to.
#[derive(Debug, Clone)]
pub struct Course<'a> {
    pub id: String,
    /// Class indices; the first names the school and the bell.
    pub classes: Vec<usize>,
    pub subject: &'a file::Subject,
    pub grade: u8,
    pub school: usize,
    pub blocks: Vec<Block>,
    pub roles: Vec<Role>,
    pub band: Option<&'a str>,
    pub split: bool,
    pub remote: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    pub periods: u8,
    pub weeks: Weeks,
    pub room: Option<Need>,
}

/// A room of this kind at this site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    pub kind: String,
    pub site: usize,
    pub weeks: Weeks,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    pub name: Option<String>,
    pub given: Option<usize>,
    /// Periods per cycle in the teacher's load.
    pub load: u32,
}

impl Course<'_> {
    /// Periods per cycle.
    pub fn periods(&self, cycle: u8) -> u32 {
        self.blocks.iter().map(|block| block.load(cycle)).sum()
    }
}

impl Block {
    pub fn load(&self, cycle: u8) -> u32 {
        u32::from(self.periods) * if cycle == 2 && self.weeks == Weeks::All { 2 } else { 1 }
    }
}

pub(super) fn courses<'a>(world: &World<'a>) -> Vec<Course<'a>> {
    let mut all: Vec<Course> = world.file.courses.iter().filter_map(|course| given(world, course)).collect();
    let taken: BTreeSet<(usize, &str)> =
        all.iter().flat_map(|course| course.classes.iter().map(|class| (*class, course.subject.id.as_str()))).collect();
    for (c, class) in world.classes.iter().enumerate() {
        for line in &world.file.curriculum {
            let here = line.grade == class.file.grade && (line.schools.is_empty() || line.schools.contains(&class.file.school));
            let Some(subject) = world.subject(&line.subject).filter(|_| here && line.periods > 0) else { continue };
            if taken.contains(&(c, subject.id.as_str())) {
                continue;
            }
            let doubles = line.doubles.min(line.periods / 2);
            let count = line.periods - doubles;
            let blocks: Vec<Block> = (0..count)
                .map(|k| Block {
                    periods: if k < doubles { 2 } else { 1 },
                    weeks: Weeks::All,
                    room: line
                        .room
                        .as_ref()
                        .filter(|room| room.blocks.is_none_or(|first| k < first))
                        .and_then(|room| need(world, c, room, Weeks::All)),
                })
                .collect();
            let load = blocks.iter().map(|block| block.load(world.cycle)).sum();
            let given = class.class_teacher.filter(|_| subject.class_meeting);
            all.push(Course {
                id: format!("{}.{}", class.file.id, subject.id),
                classes: vec![c],
                subject,
                grade: class.file.grade,
                school: class.school,
                blocks,
                roles: vec![Role { name: None, given, load }],
                band: None,
                split: false,
                remote: false,
            });
        }
    }
    all
}

/// A need whose weeks miss the block's does not apply.
fn need(world: &World, class: usize, room: &file::RoomNeed, block: Weeks) -> Option<Need> {
    if world.cycle == 2 && block != Weeks::All && room.weeks != Weeks::All && block != room.weeks {
        return None;
    }
    let site = match &room.site {
        Some(id) => world.site(id)?,
        None => world.classes[class].site,
    };
    Some(Need { kind: room.kind.clone(), site, weeks: room.weeks })
}

fn given<'a>(world: &World<'a>, course: &'a file::Course) -> Option<Course<'a>> {
    let index = |id: &String| world.classes.iter().position(|class| class.file.id == *id);
    let classes: Vec<usize> = course.classes.iter().filter_map(index).collect();
    let first = *classes.first()?;
    let subject = world.subject(&course.subject)?;
    let blocks: Vec<Block> = course
        .blocks
        .iter()
        .map(|block| Block {
            periods: block.periods,
            weeks: block.weeks,
            room: block.room.as_ref().and_then(|room| need(world, first, room, block.weeks)),
        })
        .collect();
    let periods = blocks.iter().map(|block| block.load(world.cycle)).sum();
    let role = |role: &file::Role| Role {
        name: Some(role.role.clone()),
        given: role.person.as_deref().and_then(|id| world.person(id)),
        load: role.load_periods.map_or(periods, u32::from),
    };
    let mut roles: Vec<Role> = course.teachers.iter().map(role).collect();
    if roles.is_empty() {
        roles.push(Role { name: None, given: None, load: periods });
    }
    Some(Course {
        id: course.id.clone(),
        grade: world.classes[first].file.grade,
        school: world.classes[first].school,
        classes,
        subject,
        blocks,
        roles,
        band: course.band.as_deref(),
        split: course.split,
        remote: course.remote,
    })
}
