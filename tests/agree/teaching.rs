//! Who teaches what, drawn by lot.

use super::dice::Dice;
use lunpai::district::World;
use lunpai::file::{ClassTeacher, Form, Part, Plan, Posting, Teaching};
use lunpai::stages::working_schools;

/// Rows for every course and role, with postings sometimes. Legality is nobody's business here.
pub fn at_random(world: &World, plan: &mut Plan, dice: &mut Dice) {
    if dice.percent(40) {
        plan.parts.push(Part::Postings);
        plan.postings = postings(world, dice);
    }
    if dice.percent(10) {
        return;
    }
    plan.parts.push(Part::Teaching);
    let school = working_schools(world, plan);
    let away = [2, 10, 35][dice.below(3)];
    for course in &world.courses {
        for role in &course.roles {
            let gone = |person: &usize| course.subject.class_meeting && role.name.is_none() && school[*person] != course.school;
            let crew: Vec<usize> = (0..world.people.len()).filter(|person| school[*person] == course.school).collect();
            let able: Vec<usize> = crew
                .iter()
                .copied()
                .filter(|person| world.certified(*person, &course.subject.id, world.classes[course.classes[0]].stage))
                .collect();
            let someone = |dice: &mut Dice| match dice.below(100) {
                chance if chance < away => Some(dice.below(world.people.len())),
                chance if chance < away + 8 => None,
                chance if chance < away + 20 => dice.pick(&crew).copied(),
                _ => dice.pick(&able).or(dice.pick(&crew)).copied(),
            };
            let row = |teacher: Option<usize>, blocks: Vec<u8>| Teaching {
                course: course.id.clone(),
                role: role.name.clone(),
                teacher: teacher.map(|person| world.people[person].file.id.clone()),
                blocks,
            };
            if let Some(person) = role.given.filter(|person| !gone(person)) {
                plan.teaching.push(row(Some(person), vec![]));
            } else if course.split && course.blocks.len() > 1 && dice.percent(60) {
                let cut = 1 + dice.below(course.blocks.len() - 1) as u8;
                plan.teaching.push(row(someone(dice), (1..=cut).collect()));
                plan.teaching.push(row(someone(dice), (cut + 1..=course.blocks.len() as u8).collect()));
            } else {
                plan.teaching.push(row(someone(dice), vec![]));
            }
        }
    }
    for class in &world.classes {
        let stays = class.class_teacher.filter(|person| school[*person] == class.school);
        let crew: Vec<usize> = (0..world.people.len()).filter(|person| school[*person] == class.school).collect();
        let named = match stays {
            Some(person) => Some(person).filter(|_| dice.percent(70)),
            None => dice.pick(&crew).copied().filter(|_| dice.percent(50)),
        };
        if let Some(person) = named {
            plan.class_teachers.push(ClassTeacher { class: class.file.id.clone(), teacher: world.people[person].file.id.clone() });
        }
    }
}

pub fn postings(world: &World, dice: &mut Dice) -> Vec<Posting> {
    let chance = [5, 15, 40][dice.below(3)];
    let mut rows = Vec::new();
    for person in &world.people {
        let to = dice.below(world.schools.len());
        if to != person.school && dice.percent(chance) {
            let forms = [Form::Rotation, Form::Support, Form::Secondment, Form::Swap, Form::Shadowing, Form::Concurrent];
            rows.push(Posting {
                person: person.file.id.clone(),
                from: world.schools[person.school].file.id.clone(),
                to: world.schools[to].file.id.clone(),
                form: forms[dice.below(forms.len())],
                from_term: "2026-1".into(),
                to_term: None,
                because: vec![],
            });
        }
    }
    rows
}
