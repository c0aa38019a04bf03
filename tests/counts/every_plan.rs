//! Every plan of a tiny town, judged by the checker: who takes the open courses, when each lesson starts, in which room.

use lunpai::check::check;
use lunpai::file::{CellRef, ClassTeacher, District, Form, Lesson, Part, Plan, Policy, Posting, Teaching};
use std::collections::BTreeMap;

/// One thing to be decided, and each of its values as a change of the plan.
type Choice = Vec<Box<dyn Fn(&mut Plan)>>;

/// What is to be decided beside the timetable.
pub enum Asked {
    Postings,
    Teaching,
    /// Nothing: the teaching of this plan stands.
    Fixed(Box<Plan>),
}

/// The best that any plan reaches: (structure + legal, policy, periods without a teacher), and whether all were looked at.
pub struct Best {
    /// Fewest breaches of what is never relaxed.
    pub legal: i64,
    /// Of the legal plans: fewest breaches of policy clauses; fewest periods without a teacher where no policy clause is broken.
    pub policy: Option<i64>,
    pub open: Option<i64>,
    /// Of the legal plans: clause → the least by which any of them breaks it.
    pub by_clause: BTreeMap<String, i64>,
}

/// `None`: too many plans to look at.
pub fn best(district: &District, policy: &Policy, asked: &Asked, most: usize) -> Option<Best> {
    let mut choices = if matches!(asked, Asked::Postings) { moves(district) } else { Vec::new() };
    if !matches!(asked, Asked::Fixed(_)) {
        choices.extend(teachers(district));
    }
    choices.extend(lessons(district));
    let plans = choices.iter().try_fold(1_usize, |all, choice| all.checked_mul(choice.len()))?;
    if plans > most {
        return None;
    }
    let mut best = Best { legal: i64::MAX, policy: None, open: None, by_clause: BTreeMap::new() };
    for number in 0..plans {
        let mut plan = match asked {
            Asked::Fixed(plan) => (**plan).clone(),
            _ => empty(district),
        };
        plan.parts = vec![Part::Teaching, Part::Timetable];
        if matches!(asked, Asked::Postings) {
            plan.parts.insert(0, Part::Postings);
        }
        let mut rest = number;
        for choice in &choices {
            choice[rest % choice.len()](&mut plan);
            rest /= choice.len();
        }
        let verdict = check(district, policy, &plan);
        let legal = verdict.score.structure + verdict.score.legal;
        best.legal = best.legal.min(legal);
        if legal == 0 {
            for clause in &policy.clauses {
                let excess = verdict.by_clause.get(&clause.id).map_or(0, |total| total.excess);
                best.by_clause.entry(clause.id.clone()).and_modify(|old| *old = excess.min(*old)).or_insert(excess);
            }
            best.policy = Some(best.policy.map_or(verdict.score.policy, |old| old.min(verdict.score.policy)));
            if verdict.score.policy == 0 {
                best.open = Some(best.open.map_or(verdict.uncovered_periods, |old| old.min(verdict.uncovered_periods)));
            }
        }
    }
    Some(best)
}

fn empty(district: &District) -> Plan {
    Plan { schema: "lunpai.plan/1".into(), district: district.id.clone(), ..Plan::default() }
}

/// One teaching of all there are; `pick` chooses a number below the one given.
pub fn some_teaching(district: &District, mut pick: impl FnMut(usize) -> usize) -> Plan {
    let mut plan = Plan { parts: vec![Part::Teaching], ..empty(district) };
    for choice in teachers(district) {
        choice[pick(choice.len())](&mut plan);
    }
    plan
}

/// Everybody stays or goes to any other school.
fn moves(district: &District) -> Vec<Choice> {
    let of = |person: &lunpai::file::Person| -> Choice {
        let mut choice: Choice = vec![Box::new(|_: &mut Plan| ())];
        let from = person.works_at.as_ref().unwrap_or(&person.employer);
        for school in district.schools.iter().filter(|school| school.id != *from) {
            let (person, from, to) = (person.id.clone(), from.clone(), school.id.clone());
            let (form, from_term) = (Form::Rotation, "2026-1".to_owned());
            let row = Posting { person, from, to, form, from_term, to_term: None, because: Vec::new() };
            choice.push(Box::new(move |plan| plan.postings.push(row.clone())));
        }
        choice
    };
    district.people.iter().map(of).collect()
}

/// Given roles as they are; an open role anybody or nobody; the class teacher of the file, or anybody in that place.
fn teachers(district: &District) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for course in &district.courses {
        let roles: Vec<(Option<String>, Option<String>)> = match &course.teachers[..] {
            [] => vec![(None, None)],
            roles => roles.iter().map(|role| (Some(role.role.clone()), role.person.clone())).collect(),
        };
        for (role, given) in roles {
            let anybody = || district.people.iter().map(|person| Some(person.id.clone())).chain([None]).collect::<Vec<_>>();
            let who = given.map_or_else(anybody, |given| vec![Some(given)]);
            let of = |teacher: Option<String>| -> Box<dyn Fn(&mut Plan)> {
                let row = Teaching { course: course.id.clone(), role: role.clone(), teacher, blocks: Vec::new() };
                Box::new(move |plan| plan.teaching.push(row.clone()))
            };
            choices.push(who.into_iter().map(of).collect());
        }
    }
    for class in &district.classes {
        if let Some(teacher) = &class.class_teacher {
            let other = |id: &String| district.schools.len() > 1 || id == teacher;
            let of = |teacher: &String| -> Box<dyn Fn(&mut Plan)> {
                let row = ClassTeacher { class: class.id.clone(), teacher: teacher.clone() };
                Box::new(move |plan| plan.class_teachers.push(row.clone()))
            };
            choices.push(district.people.iter().map(|person| &person.id).filter(|id| other(id)).map(of).collect());
        }
    }
    choices
}

/// Every cell of the first class's bell, in every room if the block needs one.
fn lessons(district: &District) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for course in &district.courses {
        let class = district.classes.iter().find(|class| class.id == course.classes[0]).expect("a class");
        let bell = district.bells.iter().find(|bell| Some(&bell.id) == class.bell.as_ref()).expect("a bell");
        for (block, number) in course.blocks.iter().zip(1..) {
            let rooms: Vec<Option<String>> = match &block.room {
                None => vec![None],
                Some(_) => district.rooms.iter().map(|room| Some(room.id.clone())).collect(),
            };
            let mut choice: Choice = Vec::new();
            for &weekday in &bell.weekdays {
                for period in 1..=bell.cells.len() as u8 {
                    for room in &rooms {
                        let row = Lesson { course: course.id.clone(), block: number, at: CellRef { weekday, period }, room: room.clone() };
                        choice.push(Box::new(move |plan| plan.timetable.push(row.clone())));
                    }
                }
            }
            choices.push(choice);
        }
    }
    choices
}
