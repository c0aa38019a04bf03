//! Last term's plan as it comes out of the drawer: the witness with a year's wear.

use super::super::dice::Dice;
use crate::file::{District, Lesson, Plan, PlanState, Posting, Teaching};

/// People and classes that are gone, one school's classes called otherwise, courses with more lessons than today, lessons
/// in cells that are closed, another teacher than the witness has.
pub(super) fn baseline(district: &District, witness: &Plan, dice: &mut Dice) -> Plan {
    let mut plan = Plan { state: PlanState::Final, ..witness.clone() };
    plan.postings = postings(district, witness, dice);
    let gone = |id: &str| format!("{id}-2025");
    let renamed = district.schools.get(dice.roll(district.schools.len() as u64) as usize).map_or("", |school| school.id.as_str());
    let classes: Vec<&str> = district.classes.iter().filter(|class| class.school == renamed).map(|class| class.id.as_str()).collect();
    let people: Vec<&str> = district.people.iter().map(|person| person.id.as_str()).collect();
    for row in &mut plan.teaching {
        wear(row, &classes, &people, dice);
    }
    for row in &mut plan.class_teachers {
        if dice.percent(12) {
            row.teacher = gone(&row.teacher);
        }
        if classes.contains(&row.class.as_str()) {
            row.class = gone(&row.class);
        }
    }
    if dice.percent(40) {
        plan.timetable.clear();
        plan.parts.pop();
    }
    for lesson in &mut plan.timetable {
        worn_lesson(lesson, dice);
    }
    plan
}

/// Half of the swaps were there last term too, and somebody came back.
fn postings(district: &District, witness: &Plan, dice: &mut Dice) -> Vec<Posting> {
    let mut postings: Vec<Posting> = witness.postings.iter().filter(|_| dice.percent(50)).cloned().collect();
    for posting in &mut postings {
        "2025-2".clone_into(&mut posting.from_term);
    }
    let ends = district.schools.first().zip(district.schools.last()).filter(|(first, last)| first.id != last.id);
    if let Some(((first, last), mut back)) = ends.zip(witness.postings.first().cloned()) {
        (back.person, back.from, back.to) = (format!("{}-2025", back.person), first.id.clone(), last.id.clone());
        postings.push(back);
    }
    postings
}

fn wear(row: &mut Teaching, renamed: &[&str], people: &[&str], dice: &mut Dice) {
    match dice.roll(20) {
        0..=2 => row.teacher = row.teacher.take().map(|teacher| format!("{teacher}-2025")),
        3 | 4 => row.teacher = (!people.is_empty()).then(|| dice.pick(people).to_owned()),
        5 => row.teacher = None,
        _ => {}
    }
    let class = renamed.iter().find(|class| row.course.strip_prefix(**class).is_some_and(|rest| rest.starts_with('.')));
    if let Some(class) = class {
        row.course = format!("{class}-2025{}", &row.course[class.len()..]);
    }
}

fn worn_lesson(lesson: &mut Lesson, dice: &mut Dice) {
    match dice.roll(25) {
        // The course has lost that lesson since, or the day that cell.
        0 => lesson.block += 10,
        1 => lesson.at.period = 9,
        2 => lesson.room = lesson.room.take().map(|room| format!("{room}-2025")),
        _ => {}
    }
}
