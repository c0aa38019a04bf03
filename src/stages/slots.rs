//! The timetable as items: one item per lesson block (shared by a band), its value the first cell in the week of its bell.

use super::points::Points;
use crate::district::{BellCell, Need, World};
use crate::engine::{ItemId, Link, NONE, Problem};
use crate::file::{self, Part, Plan, Weeks};
use std::collections::{BTreeMap, BTreeSet};

/// What the rules of the timetable see.
pub struct Slots<'w> {
    pub world: &'w World<'w>,
    pub lessons: Vec<Lesson>,
    /// Teacher → lessons.
    pub by_teacher: BTreeMap<usize, Vec<usize>>,
    /// Class → lessons.
    pub by_class: Vec<Vec<usize>>,
    /// Course → lessons.
    pub by_course: Vec<Vec<usize>>,
    /// Class teacher, given or chosen.
    pub class_teacher: Vec<Option<usize>>,
    /// Working school of each person, postings applied.
    pub school: Vec<usize>,
    pub pools: BTreeMap<(usize, String), Pool<'w>>,
    /// A probe of somebody's own lessons: what asks that people teach at some time cannot be asked of it.
    pub alone: bool,
}

/// One block of a course.
#[derive(Debug, Clone)]
pub struct Lesson {
    pub course: usize,
    /// From 0.
    pub block: usize,
    pub item: ItemId,
    pub bell: usize,
    pub periods: u8,
    pub weeks: Weeks,
    pub site: usize,
    pub need: Option<Need>,
    pub teachers: Vec<usize>,
}

/// The rooms of one kind at one site.
#[derive(Debug, Default)]
pub struct Pool<'w> {
    pub rooms: Vec<&'w file::Room>,
    pub lessons: Vec<usize>,
}

/// Group numbers for the cells of several bells in every week of the cycle.
pub struct Axis {
    first: BTreeMap<usize, usize>,
    per_week: usize,
    pub groups: usize,
}

impl Axis {
    pub fn group(&self, week: usize, bell: usize, cell: usize) -> u16 {
        (week * self.per_week + self.first[&bell] + cell) as u16
    }
    pub fn bells(&self) -> impl Iterator<Item = usize> + '_ {
        self.first.keys().copied()
    }
}

impl<'w> Slots<'w> {
    /// Posts one item per lesson block of every course with a bell. Teachers are read from `plan`.
    pub fn new(world: &'w World<'w>, plan: &Plan, problem: &mut Problem) -> Self {
        Self::of(world, plan, &|_| true, problem)
    }

    /// The same for some courses only: what they cannot do alone they cannot do among others.
    pub fn of(world: &'w World<'w>, plan: &Plan, mine: &dyn Fn(usize) -> bool, problem: &mut Problem) -> Self {
        let school = super::working_schools(world, plan);
        let teachers = teachers(world, plan);
        let mut slots = Self {
            world,
            lessons: Vec::new(),
            by_teacher: BTreeMap::new(),
            by_class: vec![Vec::new(); world.classes.len()],
            by_course: vec![Vec::new(); world.courses.len()],
            class_teacher: super::class_teachers(world, plan),
            school,
            pools: BTreeMap::new(),
            alone: false,
        };
        for room in &world.file.rooms {
            if let Some(site) = world.site(&room.site) {
                slots.pools.entry((site, room.kind.clone())).or_default().rooms.push(room);
            }
        }
        let mut bands: BTreeMap<(&str, usize), ItemId> = BTreeMap::new();
        for (c, course) in world.courses.iter().enumerate().filter(|(c, _)| mine(*c)) {
            let Some(bell) = world.classes[course.classes[0]].bell else { continue };
            for (b, block) in course.blocks.iter().enumerate() {
                let mut item = || problem.choice(format!("{}#{}", course.id, b + 1), starts(world, &course.classes, bell, block.periods));
                let item = match course.band {
                    Some(band) => *bands.entry((band, b)).or_insert_with(item),
                    None => item(),
                };
                let lesson = slots.lessons.len();
                let mut present: Vec<usize> = teachers[c]
                    .iter()
                    .filter(|(blocks, _)| blocks.is_empty() || blocks.contains(&(b as u8 + 1)))
                    .map(|(_, t)| *t)
                    .collect();
                present.sort_unstable();
                present.dedup();
                for teacher in &present {
                    slots.by_teacher.entry(*teacher).or_default().push(lesson);
                }
                for class in &course.classes {
                    slots.by_class[*class].push(lesson);
                }
                slots.by_course[c].push(lesson);
                if let Some(need) = &block.room {
                    slots.pools.entry((need.site, need.kind.clone())).or_default().lessons.push(lesson);
                }
                slots.lessons.push(Lesson {
                    course: c,
                    block: b,
                    item,
                    bell,
                    periods: block.periods,
                    weeks: block.weeks,
                    site: block.room.as_ref().map_or(world.classes[course.classes[0]].site, |need| need.site),
                    need: block.room.clone(),
                    teachers: present,
                });
            }
        }
        slots
    }

    pub fn weeks(&self) -> usize {
        usize::from(self.world.cycle)
    }
    pub fn cells(&self, bell: usize) -> &'w [BellCell] {
        &self.world.bells[bell].cells
    }
    /// School of a lesson: of its first class, even when the lab is elsewhere.
    pub fn school_of(&self, lesson: usize) -> usize {
        self.world.courses[self.lessons[lesson].course].school
    }
    /// Whether the lesson is held in week 0 (odd) or 1 (even) of the cycle.
    pub fn held(&self, weeks: Weeks, week: usize) -> bool {
        self.weeks() == 1 || meets(weeks, week)
    }
    /// Where a class is in a lesson: in a remote one without a room each class stays at its own site.
    pub fn site_for(&self, class: usize, lesson: usize) -> usize {
        let held = &self.lessons[lesson];
        let stays = self.world.courses[held.course].remote && held.need.is_none();
        if stays { self.world.classes[class].site } else { held.site }
    }
    pub fn axis(&self, lessons: &[usize]) -> Axis {
        let bells: BTreeSet<usize> = lessons.iter().map(|lesson| self.lessons[*lesson].bell).collect();
        let mut axis = Axis { first: BTreeMap::new(), per_week: 0, groups: 0 };
        for bell in bells {
            axis.first.insert(bell, axis.per_week);
            axis.per_week += self.cells(bell).len();
        }
        axis.groups = axis.per_week * self.weeks();
        axis
    }
    /// Links that add 1 per covered cell to the group that `group(week, cell)` names.
    pub fn links(&self, points: &mut Points, lesson: usize, group: &dyn Fn(usize, usize) -> Option<u16>) -> Vec<Link> {
        let held = &self.lessons[lesson];
        let cells = self.cells(held.bell);
        let mut links = Vec::new();
        for week in (0..self.weeks()).filter(|week| self.held(held.weeks, *week)) {
            for k in 0..usize::from(held.periods) {
                let of = |start: usize| {
                    let covered = start + k;
                    (covered < cells.len() && cells[covered].weekday == cells[start].weekday).then(|| group(week, covered)).flatten()
                };
                Self::push(points, &mut links, held.item, (0..cells.len()).map(of).collect());
            }
        }
        links
    }
    /// Links that add 1 to the group that `group(week, start)` names.
    pub fn start_links(&self, points: &mut Points, lesson: usize, group: &dyn Fn(usize, usize) -> Option<u16>) -> Vec<Link> {
        let held = &self.lessons[lesson];
        let mut links = Vec::new();
        for week in (0..self.weeks()).filter(|week| self.held(held.weeks, *week)) {
            Self::push(points, &mut links, held.item, (0..self.cells(held.bell).len()).map(|start| group(week, start)).collect());
        }
        links
    }
    /// One link adding 1 when the start is one that `hit` names, whatever the weeks.
    pub fn once(&self, points: &mut Points, lesson: usize, hit: &dyn Fn(usize) -> bool) -> Vec<Link> {
        let held = &self.lessons[lesson];
        let mut links = Vec::new();
        Self::push(points, &mut links, held.item, (0..self.cells(held.bell).len()).map(|start| hit(start).then_some(0)).collect());
        links
    }
    fn push(points: &mut Points, links: &mut Vec<Link>, item: ItemId, groups: Vec<Option<u16>>) {
        if groups.iter().any(Option::is_some) {
            let map = points.problem.map(groups.into_iter().map(|group| group.unwrap_or(NONE)).collect());
            links.push(Link { item, map, coef: 1 });
        }
    }
    /// Cells overlapped by a window in this week.
    pub fn overlaps(&self, window: &file::Window, week: usize, cell: &BellCell) -> bool {
        window.weekday == cell.weekday && self.held(window.weeks, week) && window.from.0 < cell.end && cell.start < window.to.0
    }
}

/// Odd weeks are week 0 of the cycle.
pub fn meets(weeks: Weeks, week: usize) -> bool {
    match weeks {
        Weeks::All => true,
        Weeks::Odd => week == 0,
        Weeks::Even => week == 1,
    }
}

/// Starts from which the block fits one half-day with every cell open in every class that shares the bell.
fn starts(world: &World, classes: &[usize], bell: usize, periods: u8) -> Vec<u16> {
    let cells = &world.bells[bell].cells;
    // In a class on another bell every cell that the lesson overlaps must be open.
    let meets = |one: &BellCell, other: &BellCell| one.weekday == other.weekday && one.start < other.end && other.start < one.end;
    let open_in = |class: usize, cell: usize| match world.classes[class].bell {
        Some(own) if own == bell => world.classes[class].open[cell],
        Some(own) => {
            let theirs = world.bells[own].cells.iter().enumerate();
            theirs.into_iter().all(|(k, other)| !meets(&cells[cell], other) || world.classes[class].open[k])
        }
        None => true,
    };
    let open = |cell: usize| classes.iter().all(|class| open_in(*class, cell));
    // A lesson outside the whole day of a class on another bell is closed to it as well.
    let rings = |class: usize, start: usize| {
        let own = world.classes[class].bell.filter(|own| *own != bell);
        let lesson = &cells[start..start + usize::from(periods)];
        own.is_none_or(|own| world.bells[own].cells.iter().any(|other| lesson.iter().any(|cell| meets(cell, other))))
    };
    let fits = |start: &usize| {
        let inside = (*start..start + usize::from(periods))
            .all(|k| k < cells.len() && open(k) && (cells[k].weekday, cells[k].half) == (cells[*start].weekday, cells[*start].half));
        inside && classes.iter().all(|class| rings(*class, *start))
    };
    (0..cells.len()).filter(fits).map(|start| start as u16).collect()
}

/// Per course: (blocks it is limited to, teacher). Where the plan leaves teaching out, those given by the file.
pub(super) fn teachers(world: &World, plan: &Plan) -> Vec<Vec<(Vec<u8>, usize)>> {
    let mut teachers = vec![Vec::new(); world.courses.len()];
    if plan.teaching.is_empty() && !plan.parts.contains(&Part::Teaching) {
        let given = world.courses.iter().map(|course| course.roles.iter().filter_map(|role| Some((vec![], role.given?))).collect());
        return given.collect();
    }
    for row in &plan.teaching {
        let teacher = row.teacher.as_deref().and_then(|id| world.person(id));
        if let (Some(course), Some(teacher)) = (world.course(&row.course), teacher) {
            teachers[course].push((row.blocks.clone(), teacher));
        }
    }
    teachers
}
