//! Classes, bells, and the courses that follow from curriculum and named courses.

use super::{People, Places};
use crate::file::{Cell, Course, District, Role, RoomNeed, Stage, Subject, Weeks};
use std::collections::{BTreeMap, BTreeSet};

pub struct ClassFact {
    /// Position in the district's list.
    pub(crate) school: Option<usize>,
    pub(crate) site: Option<usize>,
    pub(crate) stage: Stage,
    pub(crate) bell: Option<usize>,
    pub(crate) closed: BTreeSet<(u8, u8)>,
    /// Given class teacher.
    pub(crate) teacher: Option<usize>,
}

pub struct BlockFact<'a> {
    pub(crate) periods: u8,
    /// Weeks of the cycle as a bit mask.
    pub(crate) weeks: u8,
    /// Periods per cycle.
    pub(crate) load: i64,
    pub(crate) room: Option<&'a RoomNeed>,
}

pub struct RoleFact<'a> {
    pub(crate) name: Option<&'a str>,
    pub(crate) given: Option<usize>,
    /// Periods per cycle counted for whoever has the role.
    pub(crate) load: i64,
}

pub struct CourseFact<'a> {
    pub(crate) id: String,
    /// Known classes, in order; the first gives school, bell and site.
    pub(crate) classes: Vec<usize>,
    pub(crate) subject: &'a str,
    pub(crate) blocks: Vec<BlockFact<'a>>,
    pub(crate) roles: Vec<RoleFact<'a>>,
    pub(crate) band: Option<&'a str>,
    pub(crate) split: bool,
    pub(crate) remote: bool,
    /// Periods per cycle.
    pub(crate) periods: i64,
}

pub struct Courses<'a> {
    pub(crate) list: Vec<CourseFact<'a>>,
    at: BTreeMap<String, usize>,
    pub(crate) classes: Vec<ClassFact>,
    class_at: BTreeMap<&'a str, usize>,
    subject_at: BTreeMap<&'a str, &'a Subject>,
    pub(crate) bells: Vec<BellFact<'a>>,
    /// By class: its courses.
    pub(crate) of_class: Vec<Vec<usize>>,
    every_week: u8,
}

pub struct BellFact<'a> {
    pub(crate) weekdays: BTreeSet<u8>,
    cells: &'a [Cell],
    days: &'a BTreeMap<u8, Vec<Cell>>,
}

impl<'a> BellFact<'a> {
    /// Cells of a weekday, none if the bell does not ring then.
    pub(crate) fn cells(&self, weekday: u8) -> &'a [Cell] {
        if self.weekdays.contains(&weekday) { self.days.get(&weekday).map_or(self.cells, Vec::as_slice) } else { &[] }
    }
}

fn stage(grade: u8) -> Stage {
    match grade {
        0..=6 => Stage::Primary,
        7..=9 => Stage::Junior,
        _ => Stage::Senior,
    }
}

impl<'a> Courses<'a> {
    pub(super) fn of(district: &'a District, places: &Places, people: &People) -> Self {
        let mut bell_at = BTreeMap::new();
        let mut class_at = BTreeMap::new();
        let mut subject_at = BTreeMap::new();
        for (number, bell) in district.bells.iter().enumerate() {
            bell_at.entry(bell.id.as_str()).or_insert(number);
        }
        for (number, class) in district.classes.iter().enumerate() {
            class_at.entry(class.id.as_str()).or_insert(number);
        }
        for subject in &district.subjects {
            subject_at.entry(subject.id.as_str()).or_insert(subject);
        }
        let bells = district.bells.iter().map(|bell| BellFact {
            weekdays: bell.weekdays.iter().copied().collect(),
            cells: &bell.cells,
            days: &bell.days,
        });
        let classes = district.classes.iter().map(|class| {
            let school = places.school(&class.school);
            let site = class.site.as_deref().map_or_else(|| school.map(|school| places.first_site(school)), |id| places.site(id));
            ClassFact {
                school,
                site,
                stage: stage(class.grade),
                bell: class.bell.as_deref().and_then(|id| bell_at.get(id).copied()),
                closed: class.closed.iter().map(|cell| (cell.weekday, cell.period)).collect(),
                teacher: class.class_teacher.as_deref().and_then(|id| people.find(id)),
            }
        });
        let mut courses = Self {
            list: Vec::new(),
            at: BTreeMap::new(),
            classes: classes.collect(),
            class_at,
            subject_at,
            bells: bells.collect(),
            of_class: vec![Vec::new(); district.classes.len()],
            every_week: if district.cycle_weeks == 2 { 0b11 } else { 0b1 },
        };
        let named: BTreeSet<(&str, &str)> = district
            .courses
            .iter()
            .flat_map(|course| course.classes.iter().map(|class| (class.as_str(), course.subject.as_str())))
            .collect();
        for course in &district.courses {
            courses.name(course, people);
        }
        courses.derive(district, &named);
        courses
    }

    fn derive(&mut self, district: &'a District, named: &BTreeSet<(&str, &str)>) {
        for line in &district.curriculum {
            let has_line = |school: &String| line.schools.is_empty() || line.schools.contains(school);
            for (number, class) in district.classes.iter().enumerate() {
                let replaced = || named.contains(&(class.id.as_str(), line.subject.as_str()));
                if class.grade != line.grade || !has_line(&class.school) || replaced() {
                    continue;
                }
                let id = format!("{}.{}", class.id, line.subject);
                if self.at.contains_key(&id) {
                    continue;
                }
                let doubles = usize::from(line.doubles);
                let singles = usize::from(line.periods).saturating_sub(2 * doubles);
                let needs = |block: usize| line.room.as_ref().filter(|need| need.blocks.is_none_or(|first| block < usize::from(first)));
                let lengths = std::iter::repeat_n(2, doubles).chain(std::iter::repeat_n(1, singles));
                let blocks = lengths.enumerate().map(|(block, periods)| self.block(periods, Weeks::All, needs(block))).collect();
                let meeting = self.subject_at.get(line.subject.as_str()).is_some_and(|subject| subject.class_meeting);
                let given = self.classes[number].teacher.filter(|_| meeting);
                self.add(id, vec![number], &line.subject, blocks, &[(None, given, None)]);
            }
        }
    }

    fn name(&mut self, course: &'a Course, people: &People) {
        let blocks = course.blocks.iter().map(|block| self.block(block.periods, block.weeks, block.room.as_ref())).collect();
        let classes = course.classes.iter().filter_map(|id| self.class(id)).collect();
        let given = |role: &'a Role| role.person.as_deref().and_then(|id| people.find(id));
        let roles: Vec<_> = course.teachers.iter().map(|role| (Some(role.role.as_str()), given(role), role.load_periods)).collect();
        let one = [(None, None, None)];
        let fact = self.add(course.id.clone(), classes, &course.subject, blocks, if roles.is_empty() { &one } else { &roles });
        (fact.band, fact.split, fact.remote) = (course.band.as_deref(), course.split, course.remote);
    }

    fn block(&self, periods: u8, weeks: Weeks, room: Option<&'a RoomNeed>) -> BlockFact<'a> {
        let weeks = self.mask(weeks);
        BlockFact { periods, weeks, load: i64::from(periods) * i64::from(weeks.count_ones()), room }
    }

    fn add(
        &mut self,
        id: String,
        classes: Vec<usize>,
        subject: &'a str,
        blocks: Vec<BlockFact<'a>>,
        roles: &[(Option<&'a str>, Option<usize>, Option<u8>)],
    ) -> &mut CourseFact<'a> {
        let number = self.list.len();
        for &class in &classes {
            if !self.of_class[class].contains(&number) {
                self.of_class[class].push(number);
            }
        }
        self.at.entry(id.clone()).or_insert(number);
        let periods = blocks.iter().map(|block| block.load).sum();
        let role = |&(name, given, load): &(_, _, Option<u8>)| RoleFact { name, given, load: load.map_or(periods, i64::from) };
        let roles = roles.iter().map(role).collect();
        self.list.push(CourseFact { id, classes, subject, blocks, roles, band: None, split: false, remote: false, periods });
        &mut self.list[number]
    }

    /// The weeks of the cycle as a bit mask; in a cycle of one week every lesson is in it.
    pub(crate) fn mask(&self, weeks: Weeks) -> u8 {
        match weeks {
            Weeks::Odd => 0b01,
            Weeks::Even if self.every_week == 0b11 => 0b10,
            Weeks::All | Weeks::Even => self.every_week,
        }
    }
    pub(crate) fn every_week(&self) -> u8 {
        self.every_week
    }
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.at.get(id).copied()
    }
    pub(crate) fn class(&self, id: &str) -> Option<usize> {
        self.class_at.get(id).copied()
    }
    pub(crate) fn subject(&self, id: &str) -> Option<&'a Subject> {
        self.subject_at.get(id).copied()
    }
    /// The course's subject, if the district has it.
    pub(crate) fn subject_of(&self, course: usize) -> Option<&'a Subject> {
        self.subject(self.list[course].subject)
    }
    /// School of the course: of its first class.
    pub(crate) fn school_of(&self, course: usize) -> Option<usize> {
        self.list[course].classes.first().and_then(|&class| self.classes[class].school)
    }
}
