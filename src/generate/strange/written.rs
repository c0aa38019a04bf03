//! The sketch as a district file.

use super::super::dice::Dice;
use super::mode::Mode;
use super::names::Names;
use super::people;
use super::places::{Place, Size, sites, travel};
use super::sketch::{Pool, Sketch};
use super::witness::course_id;
use super::{meetings, remarks};
use crate::file::{
    Block, Clock, Course, CurriculumLine, District, Group, LockedLesson, Person, Role, Room, RoomNeed, School, Standing, Text, Weeks,
    Window,
};
use std::collections::{BTreeMap, BTreeSet};

/// What the file names, found once.
pub(super) struct Ids {
    pub people: Vec<String>,
    /// Courses that stand in the file by name, with that name.
    pub named: BTreeMap<usize, String>,
    /// Courses whose teacher is given.
    pub given: BTreeSet<usize>,
}

impl Ids {
    /// Lessons of single weeks need a course of their own; so does a given teacher.
    pub fn of(sketch: &Sketch, names: &Names, dice: &mut Dice) -> Self {
        let given: BTreeSet<usize> = (0..sketch.courses.len()).filter(|_| dice.percent(sketch.traits.given)).collect();
        let own = (0..sketch.courses.len()).filter(|course| given.contains(course) || sketch.courses[*course].partner.is_some());
        let named = own.enumerate().map(|(number, course)| (course, names.course_id(number))).collect();
        Self { people: people::ids(sketch, names), named, given }
    }
}

pub(super) fn district(sketch: &Sketch, names: &Names, ids: &Ids, groups: Vec<Group>, title: &Title, dice: &mut Dice) -> District {
    let mut given = vec![false; sketch.staff.len()];
    for course in &ids.given {
        sketch.courses[*course].teacher.into_iter().for_each(|person| given[person] = true);
    }
    let staff = people::people(sketch, &ids.people, &given, dice);
    let mut district = District {
        schema: "lunpai.district/1".to_owned(),
        id: title.id.clone(),
        title: title.words.clone(),
        demo: true,
        term: Some(super::super::term()),
        cycle_weeks: sketch.traits.cycle_weeks,
        subjects: sketch.subjects.iter().map(super::subjects::Subject::written).collect(),
        bells: sketch.clocks.iter().map(|clock| clock.bell.clone()).collect(),
        groups,
        travel: travel(&sketch.places, &sketch.traits, dice),
        curriculum: curriculum(sketch),
        courses: ids.named.iter().map(|(course, id)| named(sketch, ids, *course, id)).collect(),
        blocks: meetings::blocks(sketch, &ids.people, dice),
        ..District::default()
    };
    district.schools = sketch.places.iter().map(|place| school(sketch, names, place, &staff, dice)).collect();
    district.rooms = sketch.pools.iter().flat_map(|pool| rooms(sketch, names, pool, dice)).collect();
    district.classes = classes(sketch, names, ids, dice);
    district.locked_lessons = locked(sketch, ids, dice);
    if sketch.traits.has(Mode::Remarks) {
        district.pending = remarks::pending(&staff, sketch, dice);
    }
    district.people = staff;
    district
}

/// What the district is called.
pub(super) struct Title {
    pub id: String,
    pub words: Text,
}

fn school(sketch: &Sketch, names: &Names, place: &Place, staff: &[Person], dice: &mut Dice) -> School {
    let working = staff.iter().filter(|person| person.works_at.as_ref().unwrap_or(&person.employer) == &place.id).count() as u32;
    School {
        id: place.id.clone(),
        name: place.name.clone(),
        stages: place.stages(),
        sites: sites(place, &sketch.traits, names),
        pupils: place.stages().into_iter().map(|stage| (stage, place.pupils(stage))).collect(),
        // As many posts as there are people, or one more.
        quota: BTreeMap::from([("all".to_owned(), working + u32::from(dice.percent(30)))]),
        standing: match place.size {
            Size::Large => Standing::Supporting,
            Size::Village => Standing::Receiving,
            _ => Standing::Neither,
        },
        rural: place.size == Size::Village,
        ..School::default()
    }
}

fn classes(sketch: &Sketch, names: &Names, ids: &Ids, dice: &mut Dice) -> Vec<crate::file::Class> {
    let class = |class: &super::sketch::Class| crate::file::Class {
        id: class.id.clone(),
        school: sketch.places[class.place].id.clone(),
        site: None,
        grade: class.grade,
        name: names.class(class.grade, class.number),
        pupils: sketch.places[class.place].pupils_per_class,
        bell: Some(sketch.clocks[class.clock].bell.id.clone()),
        closed: class.closed.clone(),
        // Of some classes the plan is to find the class teacher.
        class_teacher: class.teacher.filter(|_| !dice.percent(8)).map(|teacher| ids.people[teacher].clone()),
    };
    sketch.classes.iter().map(class).collect()
}

/// Lines by grade and subject; where only some schools have the room, one line for them and one for the others.
fn curriculum(sketch: &Sketch) -> Vec<CurriculumLine> {
    let mut lines = Vec::new();
    for grade in 1..=9 {
        let schools: BTreeSet<usize> = sketch.classes.iter().filter(|class| class.grade == grade).map(|class| class.place).collect();
        for (number, subject) in sketch.subjects.iter().enumerate().filter(|(_, subject)| subject.hours(grade) > 0 && !schools.is_empty()) {
            let pool = |place: &usize| {
                let course =
                    sketch.courses.iter().enumerate().find(|(course, of)| {
                        of.subject == number && sketch.grade_of(*course) == grade && sketch.place_of(*course) == *place
                    });
                course.and_then(|(_, course)| course.blocks[0].pool)
            };
            let (with, without): (Vec<usize>, Vec<usize>) = schools.iter().copied().partition(|place| pool(place).is_some());
            for (places, room) in [(&with, true), (&without, false)] {
                let Some(first) = places.first() else { continue };
                let kind = pool(first).map(|pool| sketch.pools[pool].kind.id.clone()).filter(|_| room);
                let all = places.len() == schools.len();
                lines.push(CurriculumLine {
                    grade,
                    subject: subject.id.clone(),
                    periods: subject.hours(grade),
                    doubles: subject.doubles(grade).min(subject.hours(grade) / 2),
                    room: kind.map(|kind| RoomNeed { kind, site: None, blocks: Some(1), weeks: Weeks::All }),
                    schools: if all { Vec::new() } else { places.iter().map(|place| sketch.places[*place].id.clone()).collect() },
                });
            }
        }
    }
    lines
}

fn named(sketch: &Sketch, ids: &Ids, course: usize, id: &str) -> Course {
    let of = &sketch.courses[course];
    let kind = |pool: usize| RoomNeed { kind: sketch.pools[pool].kind.id.clone(), ..RoomNeed::default() };
    let block = |block: &super::sketch::Block| Block { periods: block.periods, weeks: block.weeks, room: block.pool.map(kind) };
    let person = of.teacher.filter(|_| ids.given.contains(&course)).map(|person| ids.people[person].clone());
    let role = |person: String| Role { role: "lead".to_owned(), person: Some(person), load_periods: None };
    Course {
        id: id.to_owned(),
        classes: vec![sketch.classes[of.class].id.clone()],
        subject: sketch.subjects[of.subject].id.clone(),
        blocks: of.blocks.iter().map(block).collect(),
        teachers: person.map(role).into_iter().collect(),
        band: None,
        split: false,
        remote: false,
    }
}

fn rooms(sketch: &Sketch, names: &Names, pool: &Pool, dice: &mut Dice) -> Vec<Room> {
    let place = &sketch.places[pool.place];
    let site = sites(place, &sketch.traits, names).first().map_or_else(|| place.id.clone(), |site| site.id.clone());
    let open = if dice.percent(40) { open(pool, dice) } else { Vec::new() };
    let room = |number: u32| Room {
        id: names.room_id(&place.id, &pool.kind.name.zh, &pool.kind.id, number),
        name: Text::new(format!("{}{number}", pool.kind.name.zh), format!("{} {number}", pool.kind.name.en)),
        site: site.clone(),
        kind: pool.kind.id.clone(),
        units: 1,
        seats: Some(place.pupils_per_class + 6),
        open: open.clone(),
        open_to: Vec::new(),
        setup_minutes: pool.setup,
        clearing_minutes: pool.clearing,
    };
    (1..=pool.rooms).map(room).collect()
}

/// The half-days in which the witness uses a room, and some others.
fn open(pool: &Pool, dice: &mut Dice) -> Vec<Window> {
    let used = |weekday: u8, from: u16, to: u16| {
        pool.uses.iter().flatten().any(|span| span.weekday == weekday && span.start < to && from < span.end)
    };
    let mut open = Vec::new();
    for weekday in 1..=5 {
        for (from, to) in [(7 * 60, NOON), (NOON, 18 * 60 + 20)] {
            if used(weekday, from, to) || dice.percent(30) {
                open.push(Window { weekday, from: Clock(from), to: Clock(to), weeks: Weeks::All });
            }
        }
    }
    open
}

/// After every morning's last lesson and before any afternoon's first.
const NOON: u16 = 13 * 60 + 25;

/// One lesson in a hundred and fifty is agreed on where the witness has it.
fn locked(sketch: &Sketch, ids: &Ids, dice: &mut Dice) -> Vec<LockedLesson> {
    let mut locked = Vec::new();
    for (number, course) in sketch.courses.iter().enumerate() {
        for (block, of) in course.blocks.iter().enumerate() {
            if let Some(start) = of.start.filter(|_| dice.roll(150) == 0) {
                let at = sketch.slots(course.class)[start].at;
                locked.push(LockedLesson { course: course_id(sketch, ids, number), block: block as u8 + 1, at });
            }
        }
    }
    locked
}
