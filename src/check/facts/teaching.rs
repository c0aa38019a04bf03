//! Who teaches what: the plan's rows, or the district's given teachers where the plan leaves teaching out.

use super::{Courses, People};
use crate::file::{Part, Plan};
use std::collections::BTreeMap;

/// Somebody (or nobody) in a role of a course.
pub struct Row {
    /// `None` = 待补.
    pub(crate) teacher: Option<usize>,
    /// Blocks of the course, counted from 0.
    pub(crate) blocks: Vec<usize>,
    /// Not restricted to some blocks.
    whole: bool,
}

/// A person's part in a role of a course.
pub struct Task {
    pub(crate) course: usize,
    /// Periods per cycle it counts for.
    pub(crate) load: i64,
}

pub struct TeachingFacts {
    /// By course, by role: the rows of the plan.
    pub(crate) rows: Vec<Vec<Vec<Row>>>,
    /// By person: what they teach.
    pub(crate) tasks: Vec<Vec<Task>>,
    /// By course, by block: the people present, sorted.
    pub(crate) present: Vec<Vec<Vec<usize>>>,
    /// By class: the class teacher, given or chosen.
    pub(crate) class_teachers: Vec<Option<usize>>,
    /// By person: periods of posts and roles.
    pub(crate) loads: Vec<i64>,
}

impl TeachingFacts {
    pub(super) fn of(plan: &Plan, people: &People, courses: &Courses) -> Self {
        let decided = plan.parts.contains(&Part::Teaching);
        let whole = |course: usize| (0..courses.list[course].blocks.len()).collect::<Vec<_>>();
        let mut rows: Vec<Vec<Vec<Row>>> = courses.list.iter().map(|course| course.roles.iter().map(|_| Vec::new()).collect()).collect();
        if decided {
            for row in &plan.teaching {
                let Some(course) = courses.find(&row.course) else { continue };
                let Some(role) = role_of(courses, course, row.role.as_deref()) else { continue };
                let count = courses.list[course].blocks.len();
                let mut blocks: Vec<_> = row.blocks.iter().map(|block| usize::from(*block)).collect();
                blocks.sort_unstable();
                blocks.dedup();
                let blocks = if blocks.is_empty() {
                    whole(course)
                } else {
                    blocks.into_iter().filter(|block| (1..=count).contains(block)).map(|block| block - 1).collect()
                };
                let teacher = row.teacher.as_deref().and_then(|id| people.find(id));
                rows[course][role].push(Row { teacher, blocks, whole: row.blocks.is_empty() });
            }
        } else {
            for (number, course) in courses.list.iter().enumerate() {
                for (role, fact) in course.roles.iter().enumerate().filter(|(_, role)| role.given.is_some()) {
                    rows[number][role].push(Row { teacher: fact.given, blocks: whole(number), whole: true });
                }
            }
        }
        let mut class_teachers: Vec<_> = courses.classes.iter().map(|class| class.teacher).collect();
        if decided {
            for row in &plan.class_teachers {
                if let Some(class) = courses.class(&row.class) {
                    // A class teacher posted away is succeeded by whom the plan names.
                    let stays = |teacher: &usize| people.working[*teacher] == courses.classes[class].school;
                    class_teachers[class] = class_teachers[class].filter(stays).or_else(|| people.find(&row.teacher));
                }
            }
        }
        let posts = |person: &crate::file::Person| person.posts.iter().map(|post| i64::from(post.periods)).sum();
        let mut facts = Self {
            rows,
            tasks: people.list.iter().map(|_| Vec::new()).collect(),
            present: courses.list.iter().map(|course| vec![Vec::new(); course.blocks.len()]).collect(),
            class_teachers,
            loads: people.list.iter().map(posts).collect(),
        };
        facts.count(courses);
        facts
    }

    fn count(&mut self, courses: &Courses) {
        for (course, fact) in courses.list.iter().enumerate() {
            for (role, rows) in self.rows[course].iter().enumerate() {
                // By teacher: `None` = the whole role, else the blocks.
                let mut taught: BTreeMap<usize, Option<Vec<usize>>> = BTreeMap::new();
                for row in rows {
                    let Some(teacher) = row.teacher else { continue };
                    for &block in &row.blocks {
                        self.present[course][block].push(teacher);
                    }
                    let mine = taught.entry(teacher).or_insert_with(|| Some(Vec::new()));
                    match mine {
                        _ if row.whole => *mine = None,
                        Some(blocks) => blocks.extend(&row.blocks),
                        None => {}
                    }
                }
                for (teacher, blocks) in taught {
                    let load = blocks.map_or(fact.roles[role].load, |mut blocks| {
                        blocks.sort_unstable();
                        blocks.dedup();
                        blocks.iter().map(|&block| fact.blocks[block].load).sum()
                    });
                    self.loads[teacher] = self.loads[teacher].saturating_add(load);
                    self.tasks[teacher].push(Task { course, load });
                }
            }
            for present in &mut self.present[course] {
                present.sort_unstable();
                present.dedup();
            }
        }
    }

    /// Periods per cycle of the course's first role that nobody teaches.
    pub(crate) fn uncovered(&self, courses: &Courses, course: usize) -> i64 {
        let Some(rows) = self.rows[course].first() else { return 0 };
        let blocks = &courses.list[course].blocks;
        let mut taught = vec![false; blocks.len()];
        for row in rows.iter().filter(|row| row.teacher.is_some()) {
            for &block in &row.blocks {
                taught[block] = true;
            }
        }
        blocks.iter().zip(taught).filter(|(_, taught)| !taught).map(|(block, _)| block.load).sum()
    }
}

/// The role a row names; a course with one role needs no name.
pub(crate) fn role_of(courses: &Courses, course: usize, name: Option<&str>) -> Option<usize> {
    let roles = &courses.list[course].roles;
    if roles.len() == 1 && name.is_none() {
        return Some(0);
    }
    roles.iter().position(|role| role.name == name)
}
