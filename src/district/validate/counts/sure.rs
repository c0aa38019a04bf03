//! What is certain of people before anything is decided: where they work, what they teach, which meetings call them.

use super::super::clauses::Ground;
use super::super::index::{Index, Origin, Taught};
use super::{Ahead, What};
use crate::file::{BlockKind, Form, Part, Plan};
use std::collections::BTreeMap;

/// Somebody who is there in a lesson, whatever is decided.
#[derive(Debug, Clone, Copy)]
pub struct Sure {
    pub person: usize,
    pub ground: Ground,
    /// The class teacher of this class holds its meeting.
    pub what: Option<What>,
}

pub struct People {
    /// School where each person works before whatever postings are still to be decided.
    pub working: Vec<Option<usize>>,
    /// Course → (blocks counted from 0, empty = all; who).
    pub teachers: Vec<Vec<(Vec<usize>, Sure)>>,
    /// Person → blocks of the district that call them.
    pub called: Vec<Vec<(usize, Ground)>>,
}

impl People {
    pub fn of(index: &Index<'_>, ahead: Ahead<'_>) -> Self {
        let mut people = Self {
            working: working(index, ahead),
            teachers: vec![Vec::new(); index.courses.len()],
            called: vec![Vec::new(); index.district.people.len()],
        };
        match ahead.fixed.filter(|plan| !ahead.teaching && plan.parts.contains(&Part::Teaching)) {
            Some(plan) => people.by_plan(index, plan),
            None => people.by_file(index, ahead),
        }
        people.call(index, ahead);
        people
    }

    /// The school where somebody is sure to work.
    pub fn at(&self, ahead: Ahead<'_>, person: usize) -> Option<usize> {
        self.working[person].filter(|_| !ahead.postings)
    }

    fn by_plan(&mut self, index: &Index<'_>, plan: &Plan) {
        for row in &plan.teaching {
            let person = row.teacher.as_deref().and_then(|id| index.people.get(id).copied());
            if let (Some(course), Some(person)) = (index.course(&row.course), person) {
                let blocks = row.blocks.iter().filter_map(|block| usize::from(*block).checked_sub(1)).collect();
                self.teachers[course].push((blocks, Sure { person, ground: Ground::GIVEN, what: None }));
            }
        }
    }

    fn by_file(&mut self, index: &Index<'_>, ahead: Ahead<'_>) {
        for (c, course) in index.courses.iter().enumerate() {
            if let Some(sure) = class_teacher(index, ahead, &self.working, course).filter(|_| ahead.teaching) {
                self.teachers[c].push((Vec::new(), sure));
            } else if !ahead.teaching || named(index, course) {
                let given = given(index, course).into_iter();
                self.teachers[c].extend(given.map(|person| (Vec::new(), Sure { person, ground: Ground::GIVEN, what: None })));
            }
        }
    }

    /// Who is listed; who teaches one of the subjects at one of the schools; who teaches one of them and is sure to work there.
    fn call(&mut self, index: &Index<'_>, ahead: Ahead<'_>) {
        let mut by_subject: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut called: Vec<BTreeMap<usize, Ground>> = vec![BTreeMap::new(); self.called.len()];
        let mut call = |person: usize, block: usize, ground: Ground| {
            let entry = called[person].entry(block).or_insert(ground);
            *entry = if ground.hold < entry.hold { ground } else { *entry };
        };
        for (b, block) in index.district.blocks.iter().enumerate() {
            for person in block.people.iter().filter_map(|id| index.people.get(id.as_str())) {
                call(*person, b, Ground::GIVEN);
            }
            if matches!(block.kind, BlockKind::Research | BlockKind::Meeting) {
                block.subjects.iter().for_each(|subject| by_subject.entry(subject).or_default().push(b));
            }
        }
        for (course, teachers) in index.courses.iter().zip(&self.teachers) {
            for block in by_subject.get(course.subject).into_iter().flatten() {
                let listed = |school: usize| index.district.blocks[*block].schools.contains(&index.district.schools[school].id);
                let here = index.district.blocks[*block].schools.is_empty() || index.school_of_course(course).is_some_and(listed);
                for (_, sure) in teachers {
                    if here || self.at(ahead, sure.person).is_some_and(listed) {
                        call(sure.person, *block, sure.ground);
                    }
                }
            }
        }
        for (person, blocks) in called.into_iter().enumerate() {
            self.called[person] =
                blocks.into_iter().filter_map(|(b, why)| Some((b, why.and(self.clause_of(index, ahead, b, person)?)))).collect();
        }
    }

    /// The clause that keeps somebody free for a block.
    fn clause_of(&self, index: &Index<'_>, ahead: Ahead<'_>, block: usize, person: usize) -> Option<Ground> {
        let rule = if index.district.blocks[block].kind == BlockKind::Research { "research_block" } else { "fixed_block" };
        index.clauses.ground(rule, |scope| index.person_in(scope, person, self.at(ahead, person)))
    }
}

/// The teachers of a course where no plan decides about them.
fn given(index: &Index<'_>, course: &Taught<'_>) -> Vec<usize> {
    let ids: Vec<&String> = match course.origin {
        Origin::Given(i) => index.district.courses[i].teachers.iter().filter_map(|role| role.person.as_ref()).collect(),
        Origin::Line(_) => {
            index.meeting_of(course).and_then(|class| index.district.classes[class].class_teacher.as_ref()).into_iter().collect()
        }
    };
    ids.into_iter().filter_map(|id| index.people.get(id.as_str()).copied()).collect()
}

/// Are its teachers named in the file, course by course? Such a teacher is part of the course, not of a clause.
pub fn named(index: &Index<'_>, course: &Taught<'_>) -> bool {
    matches!(course.origin, Origin::Given(i) if !index.district.courses[i].teachers.is_empty())
}

fn working(index: &Index<'_>, ahead: Ahead<'_>) -> Vec<Option<usize>> {
    let mut working: Vec<_> = index.district.people.iter().map(|person| index.working_school(person)).collect();
    let fixed = ahead.fixed.filter(|plan| !ahead.postings && plan.parts.contains(&Part::Postings));
    for posting in fixed.iter().flat_map(|plan| &plan.postings).filter(|it| !matches!(it.form, Form::Shadowing | Form::Concurrent)) {
        if let (Some(person), Some(to)) = (index.people.get(posting.person.as_str()), index.schools.get(posting.to.as_str())) {
            working[*person] = Some(*to);
        }
    }
    working
}

/// Why somebody is still there when the postings are decided.
pub fn stays(index: &Index<'_>, ahead: Ahead<'_>, person: usize) -> Ground {
    if !ahead.postings {
        return Ground::GIVEN;
    }
    let entry = &index.district.people[person];
    let agreed = || index.clauses.ground("agreed_postings", |scope| index.person_in(scope, person, index.working_school(entry)));
    entry.locks.stays.then(agreed).flatten().unwrap_or(Ground::POSTED)
}

/// The class teacher who has to hold this class meeting.
fn class_teacher(index: &Index<'_>, ahead: Ahead<'_>, working: &[Option<usize>], course: &Taught<'_>) -> Option<Sure> {
    let class = index.meeting_of(course)?;
    let entry = &index.district.classes[class];
    let person = *index.people.get(entry.class_teacher.as_deref()?)?;
    let here = working[person].is_some() && working[person] == index.school_of(entry);
    if !here || named(index, course) {
        return None;
    }
    let clause = index.clauses.ground("class_teacher_course", |scope| index.class_in(scope, class))?;
    Some(Sure { person, ground: clause.and(stays(index, ahead, person)), what: Some(What::ClassTeacher(class)) })
}
