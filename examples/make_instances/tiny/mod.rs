//! `tiny/`: worlds of three schools in which every rule has something to bite on, small enough to try thousands of plans.

mod feedback;
mod hill;
mod river;
mod town;

pub use feedback::district as feedback;
pub use hill::district as hill;
pub use river::district as river;
pub use town::district as town;

use lunpai::file::{
    Bell, Block, BlockKind, Cell, CellRef, Certificate, Class, Course, CurriculumLine, District, FixedBlock, Half, LockedLesson, Month,
    Person, Post, Role, Room, RoomNeed, School, Stage, Subject, Term, Text, Weeks, Window,
};
use lunpai::generate::standard;
use std::collections::BTreeMap;

fn base(id: &str, zh: &str, en: &str) -> District {
    let term = Term {
        id: "2026-1".to_owned(),
        first_day: "2026-09-01".to_owned(),
        last_day: "2027-01-22".to_owned(),
        off: Vec::new(),
        teaches_as: BTreeMap::new(),
    };
    District {
        schema: "lunpai.district/1".to_owned(),
        id: id.to_owned(),
        title: Text::new(zh, en),
        demo: true,
        term: Some(term),
        cycle_weeks: 1,
        ..District::default()
    }
}

/// The standard subjects with these ids.
fn subjects(ids: &[&str]) -> Vec<Subject> {
    standard::subjects().into_iter().filter(|subject| ids.contains(&subject.id.as_str())).collect()
}

/// A bell with cells of equal length; `joined` counts from 1.
fn bell(id: &str, weekdays: &[u8], minutes: u16, starts: &[&str], joined: &[usize]) -> Bell {
    let cells = cells(minutes, starts, joined);
    Bell { id: id.to_owned(), weekdays: weekdays.to_vec(), cells, days: BTreeMap::new() }
}

fn cells(minutes: u16, starts: &[&str], joined: &[usize]) -> Vec<Cell> {
    let cell = |(index, text): (usize, &&str)| {
        let start = standard::clock(text);
        let half = if start.0 < 12 * 60 { Half::Am } else { Half::Pm };
        Cell { start, end: lunpai::file::Clock(start.0 + minutes), half, joins_next: joined.contains(&(index + 1)) }
    };
    starts.iter().enumerate().map(cell).collect()
}

fn school(id: &str, zh: &str, en: &str, stage: Stage, pupils: u32, posts: u32) -> School {
    School {
        id: id.to_owned(),
        name: Text::new(zh, en),
        stages: vec![stage],
        pupils: BTreeMap::from([(stage, pupils)]),
        quota: BTreeMap::from([("all".to_owned(), posts)]),
        ..School::default()
    }
}

/// A class whose `closed` cells are (weekday, period).
fn class(school: &str, grade: u8, number: u32, pupils: u32, bell: &str, closed: &[(u8, u8)], teacher: Option<&str>) -> Class {
    Class {
        bell: Some(bell.to_owned()),
        closed: closed.iter().map(|&(weekday, period)| CellRef { weekday, period }).collect(),
        class_teacher: teacher.map(str::to_owned),
        ..standard::class(school, grade, number, pupils)
    }
}

fn line(grade: u8, subject: &str, periods: u8) -> CurriculumLine {
    CurriculumLine { grade, subject: subject.to_owned(), periods, doubles: 0, room: None, schools: Vec::new() }
}

fn need(kind: &str, site: Option<&str>, blocks: Option<u8>, weeks: Weeks) -> RoomNeed {
    RoomNeed { kind: kind.to_owned(), site: site.map(str::to_owned), blocks, weeks }
}

fn course(id: &str, classes: &[&str], subject: &str, blocks: &[(u8, Weeks)], roles: &[(&str, Option<&str>, Option<u8>)]) -> Course {
    let role = |&(role, person, load_periods): &(&str, Option<&str>, Option<u8>)| Role {
        role: role.to_owned(),
        person: person.map(str::to_owned),
        load_periods,
    };
    Course {
        id: id.to_owned(),
        classes: owned(classes),
        subject: subject.to_owned(),
        blocks: blocks.iter().map(|&(periods, weeks)| Block { periods, weeks, room: None }).collect(),
        teachers: roles.iter().map(role).collect(),
        band: None,
        split: false,
        remote: false,
    }
}

fn room(id: &str, site: &str, kind: &str, units: u32, seats: u32) -> Room {
    Room {
        id: id.to_owned(),
        name: Text::new(id, id),
        site: site.to_owned(),
        kind: kind.to_owned(),
        units,
        seats: Some(seats),
        open: Vec::new(),
        open_to: Vec::new(),
        setup_minutes: 0,
        clearing_minutes: 0,
    }
}

/// A person with certificates of one stage. Working life is long enough for an exchange; the world says otherwise where it matters.
fn person(id: &str, school: &str, subjects: &[&str], stage: Stage, target: u32, cap: u32) -> Person {
    Person {
        id: id.to_owned(),
        employer: school.to_owned(),
        subjects: subjects.iter().map(|&subject| Certificate { subject: subject.to_owned(), stage }).collect(),
        load_target: target,
        load_cap: cap,
        years_at_school: 8,
        years_in_subject: 10,
        born: Some(Month { year: 1985, month: 5 }),
        ..Person::default()
    }
}

fn post(post: &str, periods: u32) -> Vec<Post> {
    vec![Post { post: post.to_owned(), periods }]
}

fn block(id: &str, kind: BlockKind, subjects: &[&str], schools: &[&str], when: &[Window]) -> FixedBlock {
    FixedBlock {
        id: id.to_owned(),
        name: Text::new(id, id),
        kind,
        subjects: owned(subjects),
        schools: owned(schools),
        people: Vec::new(),
        classes: Vec::new(),
        observed: false,
        when: when.to_vec(),
    }
}

fn locked(course: &str, block: u8, weekday: u8, period: u8) -> LockedLesson {
    LockedLesson { course: course.to_owned(), block, at: CellRef { weekday, period } }
}

fn window(weekday: u8, from: &str, to: &str) -> Window {
    Window { weekday, from: standard::clock(from), to: standard::clock(to), weeks: Weeks::All }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}
