//! Schools, sites, bells, people and classes by index.

use super::courses::{Course, courses};
use super::travel;
use crate::file;
use std::collections::BTreeMap;

#[derive(Debug)]
pub struct World<'a> {
    pub file: &'a file::District,
    pub schools: Vec<School<'a>>,
    pub sites: Vec<Site>,
    pub bells: Vec<Bell>,
    pub people: Vec<Person<'a>>,
    pub classes: Vec<Class<'a>>,
    pub courses: Vec<Course<'a>>,
    pub cycle: u8,
    minutes: Vec<Vec<u32>>,
    school_of: BTreeMap<&'a str, usize>,
    person_of: BTreeMap<&'a str, usize>,
    site_of: BTreeMap<&'a str, usize>,
    subject_of: BTreeMap<&'a str, &'a file::Subject>,
    course_of: BTreeMap<String, usize>,
}

#[derive(Debug)]
pub struct School<'a> {
    pub file: &'a file::School,
    /// First of its sites.
    pub site: usize,
}

#[derive(Debug, Clone)]
pub struct Site {
    pub id: String,
    pub school: usize,
    pub east_north_m: Option<(i64, i64)>,
}

#[derive(Debug)]
pub struct Bell {
    pub id: String,
    /// All cells of the week in order of time.
    pub cells: Vec<BellCell>,
    pub weekdays: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BellCell {
    pub weekday: u8,
    /// From 1.
    pub period: u8,
    pub start: u16,
    pub end: u16,
    pub half: file::Half,
    pub joins_next: bool,
    /// Last cell of its day.
    pub last: bool,
}

#[derive(Debug)]
pub struct Person<'a> {
    pub file: &'a file::Person,
    /// School where the person works before any posting of this plan.
    pub school: usize,
    /// Periods that posts count for.
    pub posts: u32,
}

#[derive(Debug)]
pub struct Class<'a> {
    pub file: &'a file::Class,
    pub school: usize,
    pub site: usize,
    pub bell: Option<usize>,
    pub stage: file::Stage,
    pub class_teacher: Option<usize>,
    /// The class teacher; where the file names none, whoever it gives the class meeting.
    pub led_by: Option<usize>,
    /// Per cell of the bell: may hold a lesson.
    pub open: Vec<bool>,
}

impl<'a> World<'a> {
    /// Builds the world of a file that validation has accepted; references to unknown ids are left out.
    pub fn new(file: &'a file::District) -> Self {
        let school_of: BTreeMap<&str, usize> = file.schools.iter().enumerate().map(|(i, s)| (s.id.as_str(), i)).collect();
        let (schools, sites) = places(file);
        let mut site_of: BTreeMap<&str, usize> = BTreeMap::new();
        for (i, school) in file.schools.iter().enumerate() {
            site_of.insert(&school.id, schools[i].site);
            site_of.extend(school.sites.iter().enumerate().map(|(k, site)| (site.id.as_str(), schools[i].site + k)));
        }
        let minutes = travel::matrix(&file.travel, &sites, &site_of);
        let bells: Vec<Bell> = file.bells.iter().map(bell).collect();
        let people: Vec<Person> = file
            .people
            .iter()
            .filter_map(|person| {
                let school = *school_of.get(person.works_at.as_deref().unwrap_or(&person.employer))?;
                Some(Person { file: person, school, posts: person.posts.iter().map(|post| post.periods).sum() })
            })
            .collect();
        let person_of = people.iter().enumerate().map(|(i, p)| (p.file.id.as_str(), i)).collect();
        let subject_of = file.subjects.iter().map(|subject| (subject.id.as_str(), subject)).collect();
        let mut world = Self {
            file,
            schools,
            sites,
            bells,
            people,
            classes: Vec::new(),
            courses: Vec::new(),
            cycle: file.cycle_weeks.clamp(1, 2),
            minutes,
            school_of,
            person_of,
            site_of,
            subject_of,
            course_of: BTreeMap::new(),
        };
        world.classes = file.classes.iter().filter_map(|class| world.class(class)).collect();
        world.courses = courses(&world);
        for course in world.courses.iter().filter(|course| course.subject.class_meeting && course.classes.len() == 1) {
            let class = &mut world.classes[course.classes[0]];
            class.led_by = class.led_by.or_else(|| course.roles.first()?.given);
        }
        world.course_of = world.courses.iter().enumerate().map(|(c, course)| (course.id.clone(), c)).collect();
        world
    }

    fn class(&self, class: &'a file::Class) -> Option<Class<'a>> {
        let school = self.school(&class.school)?;
        let site = class.site.as_deref().and_then(|site| self.site(site)).unwrap_or(self.schools[school].site);
        let bell = class.bell.as_deref().and_then(|id| self.bells.iter().position(|bell| bell.id == id));
        let open = bell.map_or_else(Vec::new, |bell| {
            let closed = |cell: &BellCell| class.closed.contains(&file::CellRef { weekday: cell.weekday, period: cell.period });
            self.bells[bell].cells.iter().map(|cell| !closed(cell)).collect()
        });
        let class_teacher = class.class_teacher.as_deref().and_then(|id| self.person(id));
        Some(Class { file: class, school, site, bell, stage: stage_of(class.grade), class_teacher, led_by: class_teacher, open })
    }

    pub fn school(&self, id: &str) -> Option<usize> {
        self.school_of.get(id).copied()
    }
    pub fn person(&self, id: &str) -> Option<usize> {
        self.person_of.get(id).copied()
    }
    pub fn course(&self, id: &str) -> Option<usize> {
        self.course_of.get(id).copied()
    }
    /// Site by its id, or a school's first site by the school's id.
    pub fn site(&self, id: &str) -> Option<usize> {
        self.site_of.get(id).copied()
    }
    pub fn subject(&self, id: &str) -> Option<&'a file::Subject> {
        self.subject_of.get(id).copied()
    }
    /// Minutes from site to site.
    pub fn minutes(&self, from: usize, to: usize) -> u32 {
        self.minutes[from][to]
    }
    /// Minutes between the first sites of two schools.
    pub fn school_minutes(&self, from: usize, to: usize) -> u32 {
        self.minutes(self.schools[from].site, self.schools[to].site)
    }
    /// Whether some group holds both schools (and permits teaching across, where that is asked). No groups at all permit everything.
    pub fn share_group(&self, a: usize, b: usize, teaching: bool) -> bool {
        let apart = |kind| matches!(kind, file::GroupKind::NameBranch | file::GroupKind::Cooperation | file::GroupKind::HsZone);
        self.file.groups.is_empty()
            || self.file.groups.iter().any(|group| {
                let holds = |school: usize| {
                    let id = &self.schools[school].file.id;
                    group.lead.as_ref() == Some(id) || group.members.contains(id)
                };
                holds(a) && holds(b) && (!teaching || group.agreement.teach_across.unwrap_or(!apart(group.kind)))
            })
    }
    /// First month of the term; a district without a term is read as of September of no year: nothing has ended.
    pub fn first_month(&self) -> Option<file::Month> {
        let first = &self.file.term.as_ref()?.first_day;
        file::Month::parse(first.get(..7)?)
    }
    /// Whether a certificate lets the person teach the subject at the stage.
    pub fn certified(&self, person: usize, subject: &str, stage: file::Stage) -> bool {
        self.people[person].file.subjects.iter().any(|c| c.subject == subject && c.stage >= stage)
    }
}

/// Grades 1–6, 7–9, 10–12.
pub(super) fn stage_of(grade: u8) -> file::Stage {
    match grade {
        ..=6 => file::Stage::Primary,
        7..=9 => file::Stage::Junior,
        _ => file::Stage::Senior,
    }
}

fn places(file: &file::District) -> (Vec<School<'_>>, Vec<Site>) {
    let (mut schools, mut sites) = (Vec::new(), Vec::new());
    for (s, school) in file.schools.iter().enumerate() {
        schools.push(School { file: school, site: sites.len() });
        if school.sites.is_empty() {
            sites.push(Site { id: school.id.clone(), school: s, east_north_m: None });
        }
        sites.extend(school.sites.iter().map(|site| Site { id: site.id.clone(), school: s, east_north_m: site.east_north_m }));
    }
    (schools, sites)
}

fn bell(bell: &file::Bell) -> Bell {
    let mut weekdays = bell.weekdays.clone();
    weekdays.sort_unstable();
    weekdays.dedup();
    let day = |weekday: &u8| {
        let cells = bell.days.get(weekday).unwrap_or(&bell.cells);
        let weekday = *weekday;
        cells.iter().enumerate().map(move |(k, cell)| BellCell {
            weekday,
            period: k as u8 + 1,
            start: cell.start.0,
            end: cell.end.0,
            half: cell.half,
            joins_next: cell.joins_next,
            last: k + 1 == cells.len(),
        })
    };
    Bell { id: bell.id.clone(), cells: weekdays.iter().flat_map(day).collect(), weekdays }
}
