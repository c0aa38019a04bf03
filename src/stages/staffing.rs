//! Staffing as items: how many interchangeable classes (or periods) of each kind a person takes, what stays uncovered, and
//! who visits which school. Used at three grains.

use super::holding::Holding;
pub use super::kinds::Kind;
use super::kinds::{kinds, without_grades};
use super::points::{FREE, STRUCTURE};
use crate::district::World;
use crate::engine::{Gauge, ItemId, Link, Point, Problem};
use crate::file::{Category, Policy};
use std::collections::{BTreeMap, BTreeSet};

/// What the rules of teaching see.
pub struct Staffing<'w> {
    pub world: &'w World<'w>,
    pub grain: Grain,
    pub kinds: Vec<Kind<'w>>,
    /// Sorted by person, then kind.
    pub takes: Vec<Take>,
    /// Person → range of `takes`.
    by_person: BTreeMap<usize, std::ops::Range<usize>>,
    /// Per kind: units that nobody takes.
    pub uncovered: Vec<ItemId>,
    /// (person, school) → 1 if the person teaches there without working there.
    pub visits: BTreeMap<(usize, usize), ItemId>,
    /// Working school as far as it is decided.
    pub school: Vec<usize>,
    /// (person, course, role) given by the file.
    pub given: Vec<(usize, usize, usize)>,
    /// (person, school) where the file has somebody teach whose post is open: there they work or visit, one of both.
    pub(super) held: BTreeSet<(usize, usize)>,
    /// Specialists whose subjects are short: kept for them where the others can give what any teacher may.
    reserved: Vec<bool>,
    /// Person → (item, schools by value) where the posting is open.
    pub posts: BTreeMap<usize, (ItemId, Vec<usize>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// A unit is one period; kinds are (school, subject, stage, blocks a week).
    Periods,
    /// A unit is one whole course; kinds are courses that differ only by class and grade. Whatever it costs, it costs no less at
    /// the grain of courses.
    Subjects,
    /// A unit is one whole course, or one block of a course that may be shared; kinds are courses that differ only by their class, or
    /// the blocks of one course that are alike.
    Courses,
}

/// A person may take up to `most` units of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Take {
    pub person: usize,
    pub kind: usize,
    pub item: ItemId,
    pub most: u32,
    /// Also where the person does not work.
    pub visit: bool,
}

impl<'w> Staffing<'w> {
    /// `posts`: people whose posting is open, with the schools they may work at (their present one among them).
    pub fn new(
        world: &'w World<'w>,
        policy: &Policy,
        grain: Grain,
        school: Vec<usize>,
        posts: BTreeMap<usize, (ItemId, Vec<usize>)>,
        may_visit: &dyn Fn(usize, &Kind) -> bool,
        problem: &mut Problem,
    ) -> Self {
        let (mut kinds, given) = kinds(world, grain, &school);
        if grain == Grain::Subjects {
            kinds = without_grades(world, policy, kinds);
        }
        let open = |(person, course, role): &(usize, usize, usize)| {
            // The class meeting of somebody posted away is open again.
            let of = &world.courses[*course];
            let stays = !of.subject.class_meeting || of.roles[*role].name.is_some();
            (stays && posts.contains_key(person)).then_some((*person, of.school))
        };
        let held: BTreeSet<(usize, usize)> = given.iter().filter_map(open).collect();
        let uncovered = kinds.iter().map(|kind| problem.count(format!("open {}", kind.name), 0, kind.units as i32)).collect();
        let mut staffing = Self {
            world,
            grain,
            kinds,
            takes: Vec::new(),
            by_person: BTreeMap::new(),
            uncovered,
            visits: BTreeMap::new(),
            reserved: reserved(world, policy, &school),
            school,
            given,
            held,
            posts,
        };
        for (person, school) in staffing.held.clone() {
            staffing.visit(person, school, problem);
        }
        let holding = Holding::of(world, policy);
        for person in 0..world.people.len() {
            let first = staffing.takes.len();
            for kind in 0..staffing.kinds.len() {
                staffing.offer(person, kind, &holding, may_visit, problem);
            }
            staffing.by_person.insert(person, first..staffing.takes.len());
        }
        staffing.structure(problem);
        staffing
    }

    fn offer(&mut self, person: usize, kind: usize, holding: &Holding, may_visit: &dyn Fn(usize, &Kind) -> bool, problem: &mut Problem) {
        let at = &self.kinds[kind];
        let file = self.world.people[person].file;
        let works = self.works_at(person, at.school);
        let certified = self.world.certified(person, &at.subject.id, at.stage);
        let any = at.subject.any_teacher && works && file.load_cap > 0 && file.category != Category::Worker;
        if !certified && !any {
            return;
        }
        // Who is kept for what is short is asked for this only where visits are: something stayed open.
        if at.subject.any_teacher && !certified && self.reserved[person] && !may_visit(person, at) {
            return;
        }
        let held = self.held.contains(&(person, at.school));
        let away = self.school[person] != at.school;
        let visit = (away || held) && may_visit(person, at);
        if !works && !visit {
            return;
        }
        let each = file.load_cap.saturating_sub(self.world.people[person].posts) / at.load.max(1);
        let fits = at.courses.iter().filter(|(course, _)| holding.may(person, &self.world.courses[*course]));
        let most = match self.grain {
            // As much of every grade.
            Grain::Subjects if works && at.blocks.is_empty() => {
                let mut grades: BTreeMap<u8, u32> = BTreeMap::new();
                fits.for_each(|(course, _)| *grades.entry(self.world.courses[*course].grade).or_default() += 1);
                grades.values().map(|units| each.min(*units)).sum()
            }
            Grain::Periods => fits.map(|(course, role)| self.world.courses[*course].roles[*role].load).sum::<u32>().min(at.units).min(each),
            _ if at.blocks.is_empty() => each.min(fits.count() as u32),
            _ => at.units.min(each),
        };
        if most == 0 {
            return;
        }
        let item = problem.count(format!("{} takes {}", file.id, at.name), 0, most as i32);
        let school = at.school;
        self.takes.push(Take { person, kind, item, most, visit });
        if away && visit {
            self.visit(person, school, problem);
        }
    }

    fn visit(&mut self, person: usize, school: usize, problem: &mut Problem) {
        let (who, place) = (&self.world.people[person].file.id, &self.world.schools[school].file.id);
        self.visits.entry((person, school)).or_insert_with(|| problem.count(format!("{who} visits {place}"), 0, 1));
    }

    /// Whether the person works at the school or may be posted to it.
    pub fn works_at(&self, person: usize, school: usize) -> bool {
        self.posts.get(&person).map_or(self.school[person] == school, |(_, schools)| schools.contains(&school))
    }

    /// Cover: Σ n + u = N. Link: Σ h·n ≤ cap·(v + [posted there]) and, tighter, n ≤ most·(v + [posted there]).
    fn structure(&self, problem: &mut Problem) {
        let mut takers: Vec<Vec<Take>> = vec![Vec::new(); self.kinds.len()];
        let mut there: BTreeMap<(usize, usize), Vec<Take>> = BTreeMap::new();
        for take in &self.takes {
            takers[take.kind].push(*take);
            there.entry((take.person, self.kinds[take.kind].school)).or_default().push(*take);
        }
        let one = problem.map(vec![0]);
        for (kind, takers) in takers.iter().enumerate() {
            let mut links: Vec<Link> = takers.iter().map(|take| Link { item: take.item, map: one, coef: 1 }).collect();
            links.push(Link { item: self.uncovered[kind], map: one, coef: 1 });
            let units = i64::from(self.kinds[kind].units);
            post(problem, format!("cover {}", self.kinds[kind].name), links, (units, units));
        }
        for ((person, school), takes) in there {
            let presence = |coef: i32, visit: bool, problem: &mut Problem| self.presence(person, school, coef, visit, problem);
            let cap = self.world.people[person].file.load_cap as i32;
            let name = format!("{} at {}", self.world.people[person].file.id, self.world.schools[school].file.id);
            if presence(1, true, problem).is_empty() {
                continue;
            }
            let mut total = presence(-cap, true, problem);
            for take in takes {
                let mut links = presence(-(take.most as i32), take.visit, problem);
                links.push(Link { item: take.item, map: one, coef: 1 });
                post(problem, format!("only {name}"), links, (-FREE, 0));
                total.push(Link { item: take.item, map: one, coef: self.kinds[take.kind].load as i32 });
            }
            post(problem, format!("all {name}"), total, (-FREE, 0));
            // Posted there is no visit.
            let both = presence(1, true, problem);
            if both.len() > 1 && !self.held.contains(&(person, school)) {
                post(problem, format!("one of {name}"), both, (-FREE, 1));
            }
        }
        // What the file gives there is taught from elsewhere or from there.
        for (person, school) in &self.held {
            let links = self.presence(*person, *school, 1, true, problem);
            post(problem, format!("given {}", self.at(*person, *school)), links, (1, 1));
        }
    }

    /// `coef` times whether the person is at the school: on a visit (if that counts), or posted there.
    pub(super) fn presence(&self, person: usize, school: usize, coef: i32, visit: bool, problem: &mut Problem) -> Vec<Link> {
        let mut links = Vec::new();
        if let Some(item) = self.visits.get(&(person, school)).filter(|_| visit) {
            links.push(Link { item: *item, map: problem.map(vec![0]), coef });
        }
        if let Some((item, schools)) = self.posts.get(&person)
            && let Some(value) = schools.iter().position(|s| *s == school)
        {
            links.push(Link { item: *item, map: problem.map_of(value as u16), coef });
        }
        links
    }

    pub fn takes_of(&self, person: usize) -> &[Take] {
        self.by_person.get(&person).map_or(&[], |range| &self.takes[range.clone()])
    }
    /// Schools the person may visit, each with its item.
    pub fn visits_of(&self, person: usize) -> impl Iterator<Item = (usize, ItemId)> + '_ {
        self.visits.range((person, 0)..=(person, usize::MAX)).map(|((_, school), item)| (*school, *item))
    }
    /// Periods of load given by the file, posts included, at schools that `at` names.
    pub fn given_load(&self, person: usize, at: &dyn Fn(usize) -> bool) -> u32 {
        let courses = &self.world.courses;
        let mine = self.given.iter().filter(|(p, course, _)| *p == person && at(courses[*course].school));
        mine.map(|(_, course, role)| courses[*course].roles[*role].load).sum()
    }
}

fn post(problem: &mut Problem, name: String, links: Vec<Link>, range: (i64, i64)) {
    problem.post(Point::plain(name, STRUCTURE, Gauge::Sum, 1, range, links));
}

/// People who hold only subjects that are short, at schools where the others have room for all the rest.
fn reserved(world: &World, policy: &Policy, school: &[usize]) -> Vec<bool> {
    let short = super::shortage::short_subjects(world, policy, school);
    let only_short = |person: usize| {
        let subjects = &world.people[person].file.subjects;
        let is_short = |id: &str| short.iter().any(|(subject, _)| *subject == id);
        !subjects.is_empty() && subjects.iter().all(|c| is_short(&c.subject))
    };
    let mut room = vec![0i64; world.schools.len()];
    for course in &world.courses {
        let open = course.roles.iter().filter(|role| role.given.is_none());
        let stage = world.classes[course.classes[0]].stage;
        if !short.contains(&(course.subject.id.as_str(), stage)) {
            room[course.school] -= open.map(|role| i64::from(role.load)).sum::<i64>();
        }
        for role in &course.roles {
            if let Some(person) = role.given.filter(|person| !only_short(*person)) {
                room[school[person]] -= i64::from(role.load);
            }
        }
    }
    for (person, of) in world.people.iter().enumerate().filter(|(person, _)| !only_short(*person)) {
        room[school[person]] += i64::from(super::shortage::load_limit(world, policy, person, school[person])) - i64::from(of.posts);
    }
    (0..world.people.len()).map(|person| only_short(person) && room[school[person]] >= 0).collect()
}
