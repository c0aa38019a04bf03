//! The classes: which cells are open to them, which of these the witness uses, and what they are taught.

use super::super::dice::Dice;
use super::bells::clockwork;
use super::mode::{Mode, Traits};
use super::names::Names;
use super::places::{Place, Size};
use super::sketch::{Block, Class, Course, Pool, Sketch};
use super::subjects::{Part, Subject};
use crate::file::{Half, Weeks};
use std::collections::BTreeMap;

/// Every school with its classes, clocks, rooms and courses; nobody teaches yet.
pub(super) fn sketch(traits: &Traits, names: &Names, subjects: Vec<Subject>, places: Vec<Place>, dice: &mut Dice) -> Sketch {
    let mut sketch = Sketch {
        traits: traits.clone(),
        subjects,
        clocks: Vec::new(),
        places,
        classes: Vec::new(),
        courses: Vec::new(),
        staff: Vec::new(),
        pools: Vec::new(),
        meetings: BTreeMap::new(),
    };
    let mut clock_of: BTreeMap<(usize, bool), usize> = BTreeMap::new();
    for place in 0..sketch.places.len() {
        for grade in 1..=9 {
            for number in 1..=sketch.places[place].classes[usize::from(grade) - 1] {
                let clock = *clock_of.entry((place, grade > 6)).or_insert_with(|| clock(&mut sketch, names, grade > 6, dice));
                let id = names.class_id(&sketch.places[place].id, grade, number);
                let class =
                    Class { id, place, grade, number, clock, closed: Vec::new(), slots: Vec::new(), courses: Vec::new(), teacher: None };
                sketch.classes.push(class);
                courses(&mut sketch, dice);
                cells(&mut sketch, dice);
            }
        }
    }
    sketch
}

/// A clock of an earlier school of the stage, or a new one with cells for the fullest class.
fn clock(sketch: &mut Sketch, names: &Names, junior: bool, dice: &mut Dice) -> usize {
    let grades = if junior { 7..=9 } else { 1..=6 };
    let periods = |grade: u8| sketch.subjects.iter().map(|subject| usize::from(subject.hours(grade))).sum::<usize>();
    let most = grades.map(periods).max().unwrap_or(30);
    // An earlier clock serves any class of its stage: each had cells for the fullest one.
    let rings = |clock: &usize| sketch.classes.iter().any(|class| class.clock == *clock && (class.grade > 6) == junior);
    let earlier: Vec<usize> = (0..sketch.clocks.len()).filter(rings).collect();
    if !earlier.is_empty() && dice.percent(50) {
        return dice.pick(&earlier);
    }
    let cells = (most * 100 / sketch.traits.fill.0 as usize).div_ceil(5).clamp(most.div_ceil(5), 9);
    let made = clockwork(sketch.clocks.len(), junior, cells as u8, cells * 5 - most, &sketch.traits, names, dice);
    sketch.clocks.push(made);
    sketch.clocks.len() - 1
}

/// What the class drawn last is taught, doubles first.
fn courses(sketch: &mut Sketch, dice: &mut Dice) {
    let class = sketch.classes.len() - 1;
    let (place, grade) = (sketch.classes[class].place, sketch.classes[class].grade);
    for subject in 0..sketch.subjects.len() {
        let of = &sketch.subjects[subject];
        let (hours, doubles) = (of.hours(grade), of.doubles(grade).min(of.hours(grade) / 2));
        if hours == 0 {
            continue;
        }
        let pool = pool(sketch, place, subject, grade, dice);
        let block = |number: u8| Block {
            periods: if number < doubles { 2 } else { 1 },
            weeks: Weeks::All,
            pool: pool.filter(|_| number == 0),
            start: None,
            room: 0,
        };
        let blocks = (0..hours - doubles).map(block).collect();
        sketch.classes[class].courses.push(sketch.courses.len());
        sketch.courses.push(Course { class, subject, blocks, teacher: None, partner: None });
    }
    if sketch.traits.has(Mode::Fortnight) {
        pairs(sketch, class, dice);
    }
}

/// The rooms of that kind in the school; villages have none. One room for eight lessons a week.
fn pool(sketch: &mut Sketch, place: usize, subject: usize, grade: u8, dice: &mut Dice) -> Option<usize> {
    let kind = sketch.subjects[subject].room.clone().filter(|kind| grade >= kind.from && sketch.places[place].size != Size::Village)?;
    let known = sketch.pools.iter().position(|pool| pool.place == place && pool.kind == kind);
    if known.is_some() {
        return known;
    }
    let taught = |grade: u8| grade >= kind.from && sketch.subjects[subject].hours(grade) > 0;
    let lessons: u32 = (1..=9).filter(|grade| taught(*grade)).map(|grade| sketch.places[place].classes[usize::from(grade) - 1]).sum();
    let rooms = lessons.div_ceil(8).max(1);
    let (setup, clearing) = if dice.percent(40) { (5, 5) } else { (0, 0) };
    sketch.pools.push(Pool { place, kind, rooms, uses: vec![Vec::new(); rooms as usize], setup, clearing });
    Some(sketch.pools.len() - 1)
}

/// Subjects of one lesson a week that any teacher may teach, two by two: the one in odd weeks, the other in even ones.
fn pairs(sketch: &mut Sketch, class: usize, dice: &mut Dice) {
    let alone = |course: &usize| sketch.courses[*course].blocks.len() == 1 && sketch.subject_of(*course).part == Part::Anybody;
    let single: Vec<usize> = sketch.classes[class].courses.iter().copied().filter(alone).collect();
    for pair in single.chunks_exact(2) {
        let [one, other] = [pair[0], pair[1]].map(|course| sketch.courses[course].blocks[0].periods);
        if one != other || !dice.percent(80) {
            continue;
        }
        for (course, partner, weeks) in [(pair[0], pair[1], Weeks::Odd), (pair[1], pair[0], Weeks::Even)] {
            sketch.courses[course].partner = Some(partner);
            sketch.courses[course].blocks[0].weeks = weeks;
        }
    }
}

/// Periods of a week; of a pair one of the two.
pub(super) fn periods(sketch: &Sketch, class: usize) -> usize {
    let counts = |course: &&usize| sketch.courses[**course].partner.is_none_or(|partner| partner > **course);
    let courses = sketch.classes[class].courses.iter().filter(counts);
    courses.map(|course| sketch.courses[*course].blocks.iter().map(|block| usize::from(block.periods)).sum::<usize>()).sum()
}

/// Opens periods · 100 / fill cells of the class drawn last, the first ones of each day, and takes as many as there are
/// periods for the witness: what stays free lies at the end of a day. Classes of a grade in a school are alike.
fn cells(sketch: &mut Sketch, dice: &mut Dice) {
    let class = sketch.classes.len() - 1;
    let wanted = periods(sketch, class);
    let like = |other: &&Class| {
        let here = &sketch.classes[class];
        other.place == here.place && other.grade == here.grade && other.slots.len() == wanted
    };
    if let Some(other) = sketch.classes[..class].iter().find(like) {
        (sketch.classes[class].closed, sketch.classes[class].slots) = (other.closed.clone(), other.slots.clone());
        return;
    }
    let fill = dice.between(sketch.traits.fill.0, sketch.traits.fill.1) as usize;
    let evening_closed = sketch.classes[class].grade <= 3 || dice.percent(40);
    let slots = sketch.slots(class);
    let day: Vec<usize> = (0..slots.len()).filter(|slot| slots[*slot].half != Half::Eve).collect();
    let mut open = day.clone();
    shorten(&mut open, slots, (wanted * 100 / fill).max(wanted), dice);
    let mut used = open.clone();
    shorten(&mut used, slots, wanted, dice);
    let closed = (0..slots.len()).filter(|slot| {
        let evening = slots[*slot].half == Half::Eve;
        !open.contains(slot) && (!evening || evening_closed)
    });
    let closed = closed.map(|slot| slots[slot].at).collect();
    (sketch.classes[class].closed, sketch.classes[class].slots) = (closed, used);
}

/// Leaves out the last slot of one of the longest days, until so many are left.
fn shorten(list: &mut Vec<usize>, slots: &[super::bells::Slot], length: usize, dice: &mut Dice) {
    while list.len() > length {
        let mut days: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
        for slot in list.iter() {
            days.entry(slots[*slot].at.weekday).or_default().push(*slot);
        }
        let longest = days.values().map(Vec::len).max().unwrap_or(0);
        let last: Vec<usize> = days.values().filter(|day| day.len() == longest).filter_map(|day| day.last().copied()).collect();
        if last.is_empty() {
            return;
        }
        let gone = dice.pick(&last);
        list.retain(|slot| *slot != gone);
    }
}
