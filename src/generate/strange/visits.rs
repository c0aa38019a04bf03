//! Who teaches across schools: specialists of a larger school of the group who come to a village on whole days.
//!
//! They are drawn before anybody else, with their lessons, so that their days are theirs.

use super::super::dice::Dice;
use super::places::{Size, teaches_across};
use super::sketch::{Hire, Sketch, Visit};
use crate::file::{Group, Stage};
use std::collections::BTreeSet;

/// Most periods a week at the host, as in the standard policy, and least.
const MOST: u32 = 12;
const LEAST: u32 = 4;

pub(super) fn visitors(sketch: &mut Sketch, groups: &[Group], dice: &mut Dice) {
    for host in 0..sketch.places.len() {
        if sketch.places[host].size != Size::Village || !teaches_across(&groups[sketch.places[host].group]) {
            continue;
        }
        for subject in 0..sketch.subjects.len() {
            if !sketch.subjects[subject].visited || !dice.percent(55) {
                continue;
            }
            let Some(sender) = sender(sketch, host, subject, dice) else { continue };
            visitor(sketch, host, sender, subject, dice);
        }
    }
}

/// A larger school of the group that teaches the subject to children of that age.
fn sender(sketch: &Sketch, host: usize, subject: usize, dice: &mut Dice) -> Option<usize> {
    let fits = |place: &usize| {
        let (here, there) = (&sketch.places[*place], &sketch.places[host]);
        let taught = (1..=6).any(|grade| here.classes[usize::from(grade) - 1] > 0 && sketch.subjects[subject].hours(grade) > 0);
        here.group == there.group && here.size != Size::Village && here.stages().contains(&Stage::Primary) && taught
    };
    let senders: Vec<usize> = (0..sketch.places.len()).filter(fits).collect();
    (!senders.is_empty()).then(|| dice.pick(&senders))
}

/// One day more than a course has lessons, at most three; courses of the host until [`MOST`] periods.
fn visitor(sketch: &mut Sketch, host: usize, sender: usize, subject: usize, dice: &mut Dice) {
    let cycle = sketch.traits.cycle();
    let wanted = |course: &usize| {
        let of = &sketch.courses[*course];
        of.subject == subject && of.teacher.is_none() && of.partner.is_none() && of.blocks.len() <= 3 && sketch.place_of(*course) == host
    };
    let mut courses = Vec::new();
    let (mut periods, mut lessons) = (0, 0);
    for course in (0..sketch.courses.len()).filter(wanted) {
        let more = sketch.load(course) / cycle;
        if periods + more <= MOST {
            periods += more;
            lessons = lessons.max(sketch.courses[course].blocks.len());
            courses.push(course);
        }
    }
    if periods < LEAST {
        return;
    }
    let count = (lessons + 1).min(3);
    let mut days: Vec<u8> = vec![1, 2, 3, 4, 5];
    while days.len() > count {
        days.remove(dice.roll(days.len() as u64) as usize);
    }
    let kept = [sender, host].iter().filter_map(|place| sketch.meetings.get(&(*place, subject)).copied()).collect();
    sketch.staff.push(Hire {
        place: sender,
        lent_by: None,
        swaps_with: None,
        subjects: vec![subject],
        stage: Stage::Primary,
        leader: false,
        target: 17 * cycle,
        cap: 20 * cycle,
        post: 0,
        load: 0,
        waiting: 0,
        visit: Some(Visit { host, days: days.into_iter().collect::<BTreeSet<u8>>() }),
        busy: Vec::new(),
        kept,
        preparations: BTreeSet::new(),
        main: false,
    });
    let person = sketch.staff.len() - 1;
    for course in courses {
        sketch.give(course, person);
    }
}
