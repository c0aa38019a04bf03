//! Who teaches what: colleagues with hours left first, and a new one where nobody has.

use super::super::dice::Dice;
use super::places::{Size, stage_of};
use super::sketch::{Hire, Sketch};
use super::subjects::Part;
use crate::file::Stage;
use std::collections::BTreeSet;

/// Teachers for all courses of a school that have none yet, class teachers among them.
pub(super) fn staff(sketch: &mut Sketch, place: usize, dice: &mut Dice) {
    leaders(sketch, place, dice);
    let classes: Vec<usize> = (0..sketch.classes.len()).filter(|class| sketch.classes[*class].place == place).collect();
    for &class in &classes {
        class_teacher(sketch, class, dice);
    }
    let open = |sketch: &Sketch, part: fn(Part) -> bool| -> Vec<usize> {
        let courses = classes.iter().flat_map(|class| &sketch.classes[*class].courses).copied();
        courses.filter(|course| sketch.courses[*course].teacher.is_none() && part(sketch.subject_of(*course).part)).collect()
    };
    // Subjects with a certificate first: whoever has hours left then takes what anybody may teach.
    for course in open(sketch, |part| !matches!(part, Part::Anybody | Part::Meeting)) {
        let person = colleague(sketch, course, &BTreeSet::new(), dice).unwrap_or_else(|| hire(sketch, course, dice));
        sketch.give(course, person);
    }
    for course in open(sketch, |part| matches!(part, Part::Anybody | Part::Meeting)) {
        let person = colleague(sketch, course, &BTreeSet::new(), dice).unwrap_or_else(|| hire(sketch, course, dice));
        sketch.give(course, person);
    }
}

/// A principal and, in larger schools, a deputy, with a few periods; now and then one who teaches nothing.
fn leaders(sketch: &mut Sketch, place: usize, dice: &mut Dice) {
    let count = if sketch.places[place].size == Size::Village { 1 } else { 2 };
    let stage = *sketch.places[place].stages().last().unwrap_or(&Stage::Primary);
    let others: Vec<usize> = (0..sketch.subjects.len()).filter(|subject| sketch.subjects[*subject].part == Part::Other).collect();
    for _ in 0..count {
        let cap = if dice.percent(12) { 0 } else { 6 * sketch.traits.cycle() };
        let subjects = vec![dice.pick(&others)];
        let leader = Hire { leader: true, target: cap / 2, cap, ..new(sketch, place, stage, subjects) };
        sketch.staff.push(leader);
    }
}

fn new(sketch: &Sketch, place: usize, stage: Stage, subjects: Vec<usize>) -> Hire {
    let kept = subjects.iter().filter_map(|subject| sketch.meetings.get(&(place, *subject)).copied()).collect();
    let main = subjects.iter().any(|subject| matches!(sketch.subjects[*subject].part, Part::Language | Part::Maths));
    Hire {
        place,
        lent_by: None,
        swaps_with: None,
        subjects,
        stage,
        leader: false,
        target: 0,
        cap: 0,
        post: 0,
        load: 0,
        waiting: 0,
        visit: None,
        busy: Vec::new(),
        kept,
        preparations: BTreeSet::new(),
        main,
    }
}

/// Target and cap a week.
fn loads(part: Part, stage: Stage, dice: &mut Dice) -> (u32, u32) {
    let target = match (part, stage) {
        (Part::Language | Part::Maths, Stage::Junior) => 12,
        (Part::Language | Part::Maths, _) | (_, Stage::Junior) => 14,
        _ => 17,
    };
    (target, target + dice.between(2, 4) as u32)
}

/// Somebody new for this course, with a second subject now and then.
pub(super) fn hire(sketch: &mut Sketch, course: usize, dice: &mut Dice) -> usize {
    let (place, grade) = (sketch.place_of(course), sketch.grade_of(course));
    let mut subject = sketch.courses[course].subject;
    if sketch.subjects[subject].any_teacher() {
        let taught = |other: &usize| sketch.subjects[*other].part == Part::Other && sketch.subjects[*other].hours(grade) > 0;
        let others: Vec<usize> = (0..sketch.subjects.len()).filter(taught).collect();
        subject = if others.is_empty() { subject } else { dice.pick(&others) };
    }
    let (part, stage) = (sketch.subjects[subject].part, stage_of(grade));
    let (target, cap) = loads(part, stage, dice);
    let cycle = sketch.traits.cycle();
    let subjects = certificates(sketch, place, grade, subject, dice);
    // An own course may be longer than any load: 语文 with its class meeting.
    let least = sketch.load(course);
    let (target, cap) = ((target * cycle).max(least), (cap * cycle).max(least));
    let mut hired = Hire { target, cap, ..new(sketch, place, stage, subjects) };
    if dice.percent(4) {
        // Two days of the week elsewhere: training, the bureau, an illness.
        let days = [dice.between(1, 5) as u8, dice.between(1, 5) as u8];
        hired.kept.extend(days.map(|weekday| super::bells::Span { weekday, start: 7 * 60, end: 22 * 60 }));
        hired.cap = hired.cap.min(12 * cycle).max(least);
        hired.target = hired.target.min(hired.cap);
    }
    sketch.staff.push(hired);
    sketch.staff.len() - 1
}

/// In a village the teacher of 语文 holds 数学 as well; elsewhere one in five has a second subject of the grade.
fn certificates(sketch: &Sketch, place: usize, grade: u8, subject: usize, dice: &mut Dice) -> Vec<usize> {
    let mut subjects = vec![subject];
    let part = sketch.subjects[subject].part;
    let village = sketch.places[place].size == Size::Village;
    match part {
        Part::Language | Part::Maths if village => {
            let other = sketch.part(if part == Part::Language { Part::Maths } else { Part::Language });
            subjects.extend(other.filter(|_| dice.percent(70)));
        }
        Part::Other if dice.percent(20) => {
            let second = |other: &usize| {
                *other != subject && sketch.subjects[*other].part == Part::Other && sketch.subjects[*other].hours(grade) > 0
            };
            let others: Vec<usize> = (0..sketch.subjects.len()).filter(second).collect();
            subjects.extend((!others.is_empty()).then(|| dice.pick(&others)));
        }
        _ => {}
    }
    subjects
}

/// A class teacher who teaches the class one of its longer courses and has room for the post and the class meeting.
fn class_teacher(sketch: &mut Sketch, class: usize, dice: &mut Dice) {
    let junior = sketch.classes[class].grade > 6;
    let wanted = |part: Part| match (part, junior) {
        (Part::Language | Part::Maths, _) => true,
        (Part::Other, junior) => junior,
        _ => false,
    };
    let long = |course: &usize| wanted(sketch.subject_of(*course).part) && sketch.load(*course) >= 2 * sketch.traits.cycle();
    let courses: Vec<usize> = sketch.classes[class].courses.iter().copied().filter(long).collect();
    let language = courses.iter().copied().find(|course| sketch.subject_of(*course).part == Part::Language);
    let Some(course) = language.filter(|_| !junior || dice.percent(40)).or_else(|| (!courses.is_empty()).then(|| dice.pick(&courses)))
    else {
        return;
    };
    let meeting = sketch.classes[class].courses.iter().copied().find(|course| sketch.subject_of(*course).part == Part::Meeting);
    let post = if junior { 4 } else { 3 } * sketch.traits.cycle();
    let needed = post + meeting.map_or(0, |meeting| sketch.load(meeting)) + sketch.load(course);
    let fits = |person: &usize| {
        let hire = &sketch.staff[*person];
        let known = sketch.qualified(*person, course) && !sketch.over_prepared(*person, course);
        known && hire.post == 0 && !hire.leader && hire.visit.is_none() && hire.room() >= needed
    };
    let found = (0..sketch.staff.len()).find(fits);
    let person = found.unwrap_or_else(|| hire(sketch, course, dice));
    let teacher = &mut sketch.staff[person];
    teacher.post = post;
    teacher.cap = teacher.cap.max(teacher.load + needed);
    sketch.give(course, person);
    if let Some(meeting) = meeting {
        sketch.give(meeting, person);
    }
    sketch.classes[class].teacher = Some(person);
}

/// Who has room for the course and is not among those tried: mostly the busiest, so that loads fill up; for what anybody
/// may teach the one with most room.
pub(super) fn colleague(sketch: &Sketch, course: usize, tried: &BTreeSet<usize>, dice: &mut Dice) -> Option<usize> {
    let (load, any) = (sketch.load(course), sketch.subject_of(course).any_teacher());
    let able = |person: &usize| {
        let hire = &sketch.staff[*person];
        let visitor = hire.visit.as_ref().is_some_and(|visit| visit.host == sketch.place_of(course));
        !tried.contains(person)
            && !visitor
            && hire.room() >= load
            && sketch.qualified(*person, course)
            && !sketch.over_prepared(*person, course)
            && open_slots(sketch, *person, course) > sketch.courses[course].blocks.len()
    };
    let able: Vec<usize> = (0..sketch.staff.len()).filter(able).collect();
    if able.is_empty() {
        return None;
    }
    if dice.percent(20) {
        return Some(dice.pick(&able));
    }
    able.into_iter().min_by_key(|person| {
        let room = sketch.staff[*person].room();
        if any { u32::MAX - room } else { room }
    })
}

/// Slots of the class in which the person could teach it.
fn open_slots(sketch: &Sketch, person: usize, course: usize) -> usize {
    let class = sketch.courses[course].class;
    let (place, slots) = (sketch.classes[class].place, sketch.slots(class));
    let own = &sketch.classes[class].slots;
    let free = own.iter().filter(|slot| sketch.staff[person].free(place, slots[**slot].time)).count();
    // Lessons that wait for their place will take theirs.
    free.saturating_sub(sketch.staff[person].waiting)
}
