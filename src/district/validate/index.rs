//! The district looked up by id, its courses written out, and each class's open cells. Built from files that may be wrong:
//! whatever does not resolve is left out here and told by its own check.

use super::clauses::{Clauses, Hold};
use crate::file::{Bell, Block, Cell, CellRef, Class, Clock, District, Person, Policy, Room, RoomNeed, Scope, Stage, Weeks};
use std::cell::Cell as Counter;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Id → position in its list; of ids given twice the first counts.
pub type Ids<'a> = BTreeMap<&'a str, usize>;

pub struct Index<'a> {
    pub file: &'a str,
    pub district: &'a District,
    pub policy: Option<(&'a str, &'a Policy)>,
    pub clauses: Clauses<'a>,
    pub subjects: Ids<'a>,
    pub bells: Ids<'a>,
    pub schools: Ids<'a>,
    /// Site id → school; a school without sites is a site of its own name.
    pub sites: Ids<'a>,
    pub groups: Ids<'a>,
    pub people: Ids<'a>,
    pub classes: Ids<'a>,
    pub rooms: Ids<'a>,
    pub courses: Vec<Taught<'a>>,
    /// Course id → position in `courses`.
    pub course_ids: BTreeMap<&'a str, usize>,
    /// The same for ids derived from class and subject, which no file holds.
    pub derived_ids: BTreeMap<String, usize>,
    /// School → the people who work there.
    pub staff: Vec<Vec<usize>>,
    /// Class → its courses.
    pub courses_of: Vec<Vec<usize>>,
    /// Class → its open cells in order of time.
    pub open: Vec<Vec<Open>>,
    /// Comparisons left for "did you mean": a file of dangling references must not take quadratic time.
    pub patience: Counter<usize>,
}

/// A course as it will be taught, given or derived from the curriculum.
pub struct Taught<'a> {
    pub classes: Vec<usize>,
    pub subject: &'a str,
    pub blocks: Vec<Unit<'a>>,
    pub origin: Origin,
    pub band: Option<&'a str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Position in `courses`.
    Given(usize),
    /// Position in `curriculum`.
    Line(usize),
}

/// One block of a course.
#[derive(Clone, Copy)]
pub struct Unit<'a> {
    pub periods: u8,
    pub weeks: Weeks,
    pub room: Option<&'a RoomNeed>,
}

/// A cell in which a class may have a lesson.
#[derive(Clone, Copy)]
pub struct Open {
    pub at: CellRef,
    pub cell: Cell,
}

impl<'a> Index<'a> {
    pub fn new(file: &'a str, district: &'a District, policy: Option<(&'a str, &'a Policy)>) -> Self {
        let mut index = Self {
            file,
            district,
            policy,
            clauses: Clauses::of(policy.map(|(_, policy)| policy)),
            subjects: ids(district.subjects.iter().map(|it| it.id.as_str())),
            bells: ids(district.bells.iter().map(|it| it.id.as_str())),
            schools: ids(district.schools.iter().map(|it| it.id.as_str())),
            sites: sites(district),
            groups: ids(district.groups.iter().map(|it| it.id.as_str())),
            people: ids(district.people.iter().map(|it| it.id.as_str())),
            classes: ids(district.classes.iter().map(|it| it.id.as_str())),
            rooms: ids(district.rooms.iter().map(|it| it.id.as_str())),
            courses: Vec::new(),
            course_ids: BTreeMap::new(),
            derived_ids: BTreeMap::new(),
            staff: vec![Vec::new(); district.schools.len()],
            courses_of: vec![Vec::new(); district.classes.len()],
            open: Vec::new(),
            patience: Counter::new(2_000_000),
        };
        for (i, person) in district.people.iter().enumerate() {
            if let Some(school) = index.working_school(person) {
                index.staff[school].push(i);
            }
        }
        index.give_courses();
        index.derive_courses();
        index.open = district.classes.iter().map(|class| index.open_cells(class)).collect();
        index
    }

    /// `district.json: people[3].employer`.
    pub fn at(&self, path: fmt::Arguments<'_>) -> String {
        format!("{}: {path}", self.file)
    }

    pub fn school_name(&self, school: usize) -> (String, String) {
        let school = &self.district.schools[school];
        let or_id = |name: &str| if name.is_empty() { school.id.clone() } else { name.to_owned() };
        (or_id(&school.name.zh), or_id(&school.name.en))
    }

    /// 编制校, or where the person is lent to.
    pub fn working_school(&self, person: &Person) -> Option<usize> {
        self.schools.get(person.works_at.as_deref().unwrap_or(&person.employer)).copied()
    }

    pub fn school_of(&self, class: &Class) -> Option<usize> {
        self.schools.get(class.school.as_str()).copied()
    }

    /// The class's site: its own, else its school's first.
    pub fn site_of(&self, class: &'a Class) -> Option<&'a str> {
        match &class.site {
            Some(site) => Some(site.as_str()),
            None => self.school_of(class).map(|school| self.first_site(school)),
        }
    }

    pub fn first_site(&self, school: usize) -> &'a str {
        let school = &self.district.schools[school];
        school.sites.first().map_or(school.id.as_str(), |site| site.id.as_str())
    }

    pub fn bell(&self, class: &Class) -> Option<&'a Bell> {
        class.bell.as_deref().and_then(|id| self.bells.get(id)).map(|bell| &self.district.bells[*bell])
    }

    /// The cell of a class's bell, open or not.
    pub fn cell(&self, class: usize, at: CellRef) -> Option<Cell> {
        let bell = self.bell(&self.district.classes[class])?;
        let cells = bell.days.get(&at.weekday).unwrap_or(&bell.cells);
        let there = (1..=7).contains(&at.weekday) && bell.weekdays.contains(&at.weekday);
        if there { cells.get(usize::from(at.period).checked_sub(1)?).copied() } else { None }
    }

    /// The course of that id, given or derived.
    pub fn course(&self, id: &str) -> Option<usize> {
        self.course_ids.get(id).or_else(|| self.derived_ids.get(id)).copied()
    }

    pub fn id(&self, course: &Taught<'_>) -> String {
        match course.origin {
            Origin::Given(i) => self.district.courses[i].id.clone(),
            Origin::Line(_) => format!("{}.{}", self.district.classes[course.classes[0]].id, course.subject),
        }
    }

    /// Where a course comes from, for the place of a problem.
    pub fn origin(&self, course: &Taught<'_>) -> String {
        match course.origin {
            Origin::Given(i) => self.at(format_args!("courses[{i}]")),
            Origin::Line(i) => self.at(format_args!("curriculum[{i}]")),
        }
    }

    /// Does a legal clause of this rule speak about something? Then what breaks it is an error, not a warning.
    pub fn is_law(&self, rule: &str, about: impl Fn(&Scope) -> bool) -> bool {
        self.clauses.ground(rule, about).is_some_and(|ground| ground.hold <= Hold::Law)
    }

    /// School of a course: of its first class.
    pub fn school_of_course(&self, course: &Taught<'_>) -> Option<usize> {
        course.classes.first().and_then(|class| self.school_of(&self.district.classes[*class]))
    }
    /// The class whose class meeting the course is.
    pub fn meeting_of(&self, course: &Taught<'_>) -> Option<usize> {
        let meeting = self.subjects.get(course.subject).is_some_and(|subject| self.district.subjects[*subject].class_meeting);
        if let [class] = course.classes[..] { meeting.then_some(class) } else { None }
    }
    /// Where the room is that a course needs.
    pub fn site_of_need(&self, course: &Taught<'_>, need: &'a RoomNeed) -> Option<&'a str> {
        match &need.site {
            Some(site) => Some(site),
            None => self.site_of(&self.district.classes[*course.classes.first()?]),
        }
    }
    /// A site by its id; a school's id stands for its first site.
    pub fn site_or_first(&self, id: &'a str) -> Option<&'a str> {
        if self.sites.contains_key(id) { Some(id) } else { self.schools.get(id).map(|school| self.first_site(*school)) }
    }
    pub fn rooms_of<'s>(&self, site: &'s str, kind: &'s str) -> impl Iterator<Item = &'a Room> + use<'a, 's> {
        self.district.rooms.iter().filter(move |room| room.site == site && room.kind == kind)
    }

    fn give_courses(&mut self) {
        for (i, course) in self.district.courses.iter().enumerate() {
            let classes: Vec<_> = course.classes.iter().filter_map(|id| self.classes.get(id.as_str()).copied()).collect();
            let blocks = course.blocks.iter().map(Unit::given).collect();
            let at = self.courses.len();
            self.course_ids.entry(&course.id).or_insert(at);
            for class in classes.iter().copied().collect::<BTreeSet<_>>() {
                self.courses_of[class].push(at);
            }
            let band = course.band.as_deref();
            self.courses.push(Taught { classes, subject: &course.subject, blocks, origin: Origin::Given(i), band });
        }
    }

    fn derive_courses(&mut self) {
        let district = self.district;
        let replaced: BTreeSet<(usize, &str)> = self.courses.iter().flat_map(|it| it.classes.iter().map(|c| (*c, it.subject))).collect();
        let mut by_grade: BTreeMap<u8, Vec<(usize, BTreeSet<&str>)>> = BTreeMap::new();
        for (i, line) in district.curriculum.iter().enumerate() {
            by_grade.entry(line.grade).or_default().push((i, line.schools.iter().map(String::as_str).collect()));
        }
        for (c, class) in district.classes.iter().enumerate() {
            for (i, schools) in by_grade.get(&class.grade).into_iter().flatten() {
                let line = &district.curriculum[*i];
                let here = schools.is_empty() || schools.contains(class.school.as_str());
                if !here || replaced.contains(&(c, line.subject.as_str())) {
                    continue;
                }
                let doubles = line.doubles.min(line.periods / 2);
                let lengths = std::iter::repeat_n(2, doubles.into()).chain(std::iter::repeat_n(1, (line.periods - 2 * doubles).into()));
                let room = |block: usize| line.room.as_ref().filter(|need| need.blocks.is_none_or(|n| block < n.into()));
                let blocks = lengths.enumerate().map(|(b, periods)| Unit { periods, weeks: Weeks::All, room: room(b) }).collect();
                let at = self.courses.len();
                self.derived_ids.entry(format!("{}.{}", class.id, line.subject)).or_insert(at);
                self.courses_of[c].push(at);
                self.courses.push(Taught { classes: vec![c], subject: &line.subject, blocks, origin: Origin::Line(*i), band: None });
            }
        }
    }

    /// All cells of a bell, in order of time.
    pub fn grid(bell: &Bell) -> Vec<Open> {
        let days: BTreeSet<_> = bell.weekdays.iter().copied().filter(|day| (1..=7).contains(day)).collect();
        let of_day = |day: u8| {
            let cells = bell.days.get(&day).unwrap_or(&bell.cells).iter().zip(1..=u8::MAX);
            cells.map(move |(cell, period)| Open { at: CellRef { weekday: day, period }, cell: *cell })
        };
        days.into_iter().flat_map(of_day).collect()
    }

    fn open_cells(&self, class: &Class) -> Vec<Open> {
        let Some(bell) = self.bell(class) else { return Vec::new() };
        let closed: BTreeSet<_> = class.closed.iter().collect();
        Self::grid(bell).into_iter().filter(|open| !closed.contains(&open.at)).collect()
    }
}

impl<'a> Unit<'a> {
    fn given(block: &'a Block) -> Self {
        Self { periods: block.periods, weeks: block.weeks, room: block.room.as_ref() }
    }
}

impl Open {
    /// Do they meet in clock time on one day?
    pub fn meets(self, weekday: u8, from: Clock, to: Clock) -> bool {
        self.at.weekday == weekday && self.cell.start < to && from < self.cell.end
    }
    /// Is `next` the cell after it, of the same half-day?
    pub fn is_before(self, next: Self) -> bool {
        self.cell.half == next.cell.half && self.at.weekday == next.at.weekday && self.at.period.checked_add(1) == Some(next.at.period)
    }
    /// May a lesson run on from this cell into `next`?
    pub fn joins(self, next: Self) -> bool {
        self.cell.joins_next && self.is_before(next)
    }
}

/// Stage of a grade, if there is such a grade.
pub fn stage_of(grade: u8) -> Option<Stage> {
    match grade {
        1..=6 => Some(Stage::Primary),
        7..=9 => Some(Stage::Junior),
        10..=12 => Some(Stage::Senior),
        _ => None,
    }
}

/// Can two lessons of these weeks fall into one week?
pub fn weeks_meet(a: Weeks, b: Weeks) -> bool {
    a == b || a == Weeks::All || b == Weeks::All
}

fn ids<'a>(list: impl Iterator<Item = &'a str>) -> Ids<'a> {
    let mut ids = Ids::new();
    for (i, id) in list.enumerate() {
        ids.entry(id).or_insert(i);
    }
    ids
}

fn sites(district: &District) -> Ids<'_> {
    let mut sites = Ids::new();
    for (i, school) in district.schools.iter().enumerate() {
        if school.sites.is_empty() {
            sites.entry(&school.id).or_insert(i);
        }
        for site in &school.sites {
            sites.entry(&site.id).or_insert(i);
        }
    }
    sites
}
