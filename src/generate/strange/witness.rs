//! The plan that the sketch is: nobody needs to find it, it only has to pass the checker.

use super::people::works_at;
use super::sketch::{Class, Sketch};
use super::written::Ids;
use crate::file::{ClassTeacher, Form, Lesson, Part, Plan, PlanState, Posting, Teaching};

pub(super) fn course_id(sketch: &Sketch, ids: &Ids, course: usize) -> String {
    let of = &sketch.courses[course];
    let derived = || format!("{}.{}", sketch.classes[of.class].id, sketch.subjects[of.subject].id);
    ids.named.get(&course).cloned().unwrap_or_else(derived)
}

/// `rooms`: ids of the rooms, pool by pool.
pub(super) fn plan(sketch: &Sketch, ids: &Ids, district: &str, rooms: &[Vec<String>]) -> Plan {
    let mut plan = Plan {
        schema: "lunpai.plan/1".to_owned(),
        district: district.to_owned(),
        state: PlanState::Draft,
        parts: vec![Part::Postings, Part::Teaching, Part::Timetable],
        ..Plan::default()
    };
    for (hire, person) in sketch.staff.iter().zip(&ids.people).filter(|(hire, _)| hire.swaps_with.is_some()) {
        plan.postings.push(Posting {
            person: person.clone(),
            from: sketch.places[works_at(sketch, hire)].id.clone(),
            to: sketch.places[hire.place].id.clone(),
            form: Form::Rotation,
            from_term: "2026-1".to_owned(),
            to_term: None,
            because: Vec::new(),
        });
    }
    for (number, course) in sketch.courses.iter().enumerate() {
        let id = course_id(sketch, ids, number);
        let teacher = course.teacher.map(|person| ids.people[person].clone());
        for (block, of) in course.blocks.iter().enumerate() {
            if let Some(start) = of.start {
                let room = of.pool.map(|pool| rooms[pool][of.room].clone());
                let at = sketch.slots(course.class)[start].at;
                plan.timetable.push(Lesson { course: id.clone(), block: block as u8 + 1, at, room });
            }
        }
        plan.teaching.push(Teaching { course: id, role: None, teacher, blocks: Vec::new() });
    }
    let led = |class: &Class| Some(ClassTeacher { class: class.id.clone(), teacher: ids.people[class.teacher?].clone() });
    plan.class_teachers = sketch.classes.iter().filter_map(led).collect();
    plan
}
