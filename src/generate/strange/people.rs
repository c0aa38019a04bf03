//! The staff as the file has it: ages, years, talents, wishes, hours in which somebody is not there.

use super::super::dice::Dice;
use super::bells::Span;
use super::mode::Mode;
use super::names::Names;
use super::sketch::{Hire, Sketch};
use crate::file::{
    Assessment, Category, Certificate, Clock, Deferral, DeferralCode, Half, Kin, KinTie, Means, Month, Person, PersonLocks, Post, Sex,
    Talent, Weeks, Window, Wishes,
};

/// Ids of the staff, numbered in the school that holds the post.
pub(super) fn ids(sketch: &Sketch, names: &Names) -> Vec<String> {
    let mut count = vec![0; sketch.places.len()];
    let mut id = |hire: &Hire| {
        let home = employer(sketch, hire);
        count[home] += 1;
        names.person_id(&sketch.places[home].id, count[home])
    };
    sketch.staff.iter().map(&mut id).collect()
}

/// The school that holds the post before the exchange.
pub(super) fn employer(sketch: &Sketch, hire: &Hire) -> usize {
    hire.lent_by.unwrap_or_else(|| works_at(sketch, hire))
}

/// Where the person works before the exchange.
pub(super) fn works_at(sketch: &Sketch, hire: &Hire) -> usize {
    hire.swaps_with.map_or(hire.place, |partner| sketch.staff[partner].place)
}

pub(super) fn people(sketch: &Sketch, ids: &[String], given: &[bool], dice: &mut Dice) -> Vec<Person> {
    let mut movers = 0;
    let mut people: Vec<Person> = Vec::new();
    for (number, hire) in sketch.staff.iter().enumerate() {
        let mut person = person(sketch, hire, &ids[number], dice);
        if hire.swaps_with.is_some() {
            movers += 1;
            mover(&mut person, movers, dice);
            // Whose courses are given elsewhere has been told to go there.
            let agreed = given[number] || dice.percent(10);
            person.locks.posted_to = agreed.then(|| sketch.places[hire.place].id.clone());
        } else {
            stayer(&mut person, sketch, number, dice);
        }
        people.push(person);
    }
    for number in 1..people.len() {
        let (before, here) = (&sketch.staff[number - 1], &sketch.staff[number]);
        // Two who work at different schools and stay there.
        let apart = before.place != here.place && before.swaps_with.is_none() && here.swaps_with.is_none();
        if dice.percent(4) {
            let tie = if apart { KinTie::Avoid } else { KinTie::Near };
            people[number].kin.push(Kin { person: ids[number - 1].clone(), tie });
        }
    }
    people
}

fn person(sketch: &Sketch, hire: &Hire, id: &str, dice: &mut Dice) -> Person {
    let home = employer(sketch, hire);
    let certificate = |subject: &usize| Certificate { subject: sketch.subjects[*subject].id.clone(), stage: hire.stage };
    Person {
        id: id.to_owned(),
        employer: sketch.places[home].id.clone(),
        works_at: hire.lent_by.map(|_| sketch.places[works_at(sketch, hire)].id.clone()),
        category: if hire.leader { Category::Leader } else { Category::Teacher },
        sex: dice.pick(&[Sex::Female, Sex::Female, Sex::Male, Sex::Unstated]),
        subjects: hire.subjects.iter().map(certificate).collect(),
        load_target: hire.target.min(hire.cap),
        load_cap: hire.cap,
        posts: (hire.post > 0).then(|| Post { post: "class_teacher".to_owned(), periods: hire.post }).into_iter().collect(),
        assessments: vec![dice.pick(&[Assessment::Passed, Assessment::Passed, Assessment::Excellent])],
        means: dice.pick(&[Means::Car, Means::Bus, Means::Unstated]),
        unavailable: absences(sketch, hire, dice),
        ..Person::default()
    }
}

/// Eligible whatever the retirement age is: six years here, born from 1984 on. One in five is backbone, the first at once.
fn mover(person: &mut Person, number: usize, dice: &mut Dice) {
    person.years_at_school = dice.between(6, 12) as u32;
    person.years_in_subject = person.years_at_school + dice.roll(4) as u32;
    person.born = Some(Month { year: dice.between(1984, 1994) as u16, month: dice.between(1, 12) as u8 });
    person.talent = if number % 5 == 1 { dice.pick(&[Talent::County, Talent::City]) } else { Talent::None };
}

fn stayer(person: &mut Person, sketch: &Sketch, number: usize, dice: &mut Dice) {
    let hire = &sketch.staff[number];
    let years = if hire.leader { 3 } else { dice.between(1, 14) as u32 };
    person.years_at_school = years;
    person.years_in_subject = years + dice.roll(8) as u32;
    person.born = Some(Month { year: dice.between(1968, 2000 - i64::from(years)) as u16, month: dice.between(1, 12) as u8 });
    person.talent = if dice.percent(12) { dice.pick(&[Talent::School, Talent::County, Talent::City]) } else { Talent::None };
    let code = dice.pick(&[DeferralCode::Maternity, DeferralCode::Health, DeferralCode::Carer, DeferralCode::SoleTeacher]);
    if dice.percent(6) {
        person.deferrals.push(Deferral { code, until: dice.percent(60).then_some(Month { year: 2027, month: 8 }) });
    }
    let here = works_at(sketch, hire);
    let others: Vec<usize> = (0..sketch.places.len()).filter(|place| *place != here).collect();
    if years >= 6 && !others.is_empty() && dice.percent(30) {
        person.wishes =
            Wishes { schools: vec![sketch.places[dice.pick(&others)].id.clone()], accepts_any: dice.percent(25), volunteers: false };
    }
    person.locks = PersonLocks { stays: dice.percent(3), no_visits: hire.visit.is_none() && dice.percent(5), ..PersonLocks::default() };
}

/// Hours outside the lessons of the witness: the days kept free when the person was hired, half a day, or a cell or two.
fn absences(sketch: &Sketch, hire: &Hire, dice: &mut Dice) -> Vec<Window> {
    let weeks = if sketch.traits.has(Mode::Fortnight) { dice.pick(&[Weeks::All, Weeks::All, Weeks::Odd, Weeks::Even]) } else { Weeks::All };
    let window = |span: Span, weeks: Weeks| Window { weekday: span.weekday, from: Clock(span.start), to: Clock(span.end), weeks };
    let whole_days = hire.kept.iter().filter(|span| span.end - span.start > 10 * 60);
    let mut absences: Vec<Window> = whole_days.map(|span| window(*span, Weeks::All)).collect();
    absences.dedup();
    let free = |span: Span| !hire.busy.iter().any(|other| other.meets(span));
    if !hire.leader && absences.is_empty() && dice.percent(40) {
        let halves = (1..=5).flat_map(|weekday| [(weekday, 7 * 60 + 30, 13 * 60), (weekday, 13 * 60, 18 * 60)]);
        let halves: Vec<Span> = halves.map(|(weekday, start, end)| Span { weekday, start, end }).filter(|span| free(*span)).collect();
        if halves.is_empty() {
            absences.extend(cells(sketch, hire, free, dice).map(|span| window(span, weeks)));
        } else {
            absences.push(window(dice.pick(&halves), weeks));
        }
    }
    if sketch.traits.has(Mode::Evening) && dice.percent(30) {
        let evening = Span { weekday: dice.between(1, 4) as u8, start: 18 * 60, end: 21 * 60 };
        absences.extend(free(evening).then(|| window(evening, Weeks::All)));
    }
    absences
}

/// One or two neighbouring cells of the place's own clock.
fn cells(sketch: &Sketch, hire: &Hire, free: impl Fn(Span) -> bool, dice: &mut Dice) -> Option<Span> {
    let clock = sketch.classes.iter().find(|class| class.place == hire.place)?.clock;
    let slots: Vec<_> = sketch.clocks[clock].slots.iter().filter(|slot| slot.half != Half::Eve && free(slot.time)).collect();
    if slots.is_empty() {
        return None;
    }
    let first = dice.roll(slots.len() as u64) as usize;
    let span = slots[first].time;
    let next = slots.get(first + 1).filter(|next| next.at.weekday == span.weekday && next.half == slots[first].half);
    // What lies between the two is free as well if the cells follow each other.
    let both = next.map(|next| Span { end: next.time.end, ..span }).filter(|both| free(*both));
    Some(both.unwrap_or(span))
}
