//! Class teachers who have to hold the class meeting and teach the class another course: whether anybody can.
//!
//! Somebody can whose room (limit − posts − courses given by name) is enough for the meetings and, where no other course of the
//! class is theirs already, for the smallest that is open and that they may teach. The class teacher of the file has to, while
//! working at the class's school; else it may be anybody.

use super::super::clauses::{Ground, Hold};
use super::super::index::{Index, Origin, stage_of};
use super::kinds::CLASS_TEACHER;
use super::say::both;
use super::sure::{People, named, stays};
use super::told::Count;
use super::{Ahead, What};
use crate::file::{Category, Text};
use crate::rules::AnyRule;
use std::collections::BTreeSet;

pub fn count(index: &Index<'_>, ahead: Ahead<'_>, people: &People, found: &mut Vec<Count>) {
    let desk = Desk::of(index, ahead, people);
    for class in 0..index.district.classes.len() {
        found.extend(desk.class(class));
    }
}

/// What everybody has on the desk already.
struct Desk<'k, 'a> {
    index: &'k Index<'a>,
    ahead: Ahead<'k>,
    people: &'k People,
    /// Person → posts and courses given by name.
    posts: Vec<u64>,
    given: Vec<u64>,
    /// Class → who is given a course of it other than the class meeting.
    teaches: Vec<BTreeSet<usize>>,
    /// Person → classes they are the class teacher of, at the school where they work.
    heads: Vec<Vec<usize>>,
}

/// Which clauses a test uses.
#[derive(Clone, Copy)]
struct Using {
    reach: Hold,
    cap: bool,
    certificate: bool,
}

/// What one person would need and has.
struct Room {
    /// `None`: no limit is in force.
    limit: Option<u64>,
    meetings: u64,
    /// `None`: no course that they could teach.
    other: Option<u64>,
}

impl<'k, 'a> Desk<'k, 'a> {
    fn of(index: &'k Index<'a>, ahead: Ahead<'k>, people: &'k People) -> Self {
        let count = index.district.people.len();
        let mut desk = Self {
            index,
            ahead,
            people,
            posts: index.district.people.iter().map(|person| person.posts.iter().map(|post| u64::from(post.periods)).sum()).collect(),
            given: vec![0; count],
            teaches: vec![BTreeSet::new(); index.district.classes.len()],
            heads: vec![Vec::new(); count],
        };
        for (c, course) in index.courses.iter().enumerate() {
            for (person, load) in index.given_roles(c) {
                desk.given[person] = desk.given[person].saturating_add(load);
                if !index.is_meeting(course.subject) {
                    course.classes.iter().for_each(|class| {
                        desk.teaches[*class].insert(person);
                    });
                }
            }
        }
        for (c, class) in index.district.classes.iter().enumerate() {
            let teacher = class.class_teacher.as_deref().and_then(|id| index.people.get(id).copied());
            if let Some(person) =
                teacher.filter(|person| people.working[*person].is_some() && people.working[*person] == index.school_of(class))
            {
                desk.heads[person].push(c);
            }
        }
        desk
    }

    fn clause(&self, class: usize) -> Option<Ground> {
        self.index.clauses.ground("class_teacher_course", |scope| self.index.class_in(scope, class))
    }

    fn class(&self, class: usize) -> Option<Count> {
        let index = self.index;
        let teacher = index.district.classes[class].class_teacher.as_deref().and_then(|id| index.people.get(id).copied())?;
        let clause = self.clause(class)?;
        if index.courses_of[class].is_empty() {
            return None;
        }
        let stays = self.heads[teacher].contains(&class).then(|| stays(index, self.ahead, teacher));
        let blocked = |using: Using| {
            let only = stays.is_some_and(|stays| stays.hold <= using.reach);
            clause.hold <= using.reach
                && if only { !self.can(class, teacher, using) } else { !(0..self.given.len()).any(|person| self.can(class, person, using)) }
        };
        let whole = |reach| Using { reach, cap: true, certificate: true };
        if !blocked(whole(Hold::Unless)) {
            return None;
        }
        let mut using = Hold::ALL.into_iter().map(whole).find(|using| blocked(*using))?;
        using.certificate = !blocked(Using { certificate: false, ..using });
        using.cap = !blocked(Using { cap: false, ..using });
        let ground = self.ground(class, teacher, clause, stays.filter(|stays| stays.hold <= using.reach), using);
        let at = index.at(format_args!("classes[{class}].class_teacher"));
        let mut count = Count::new(&CLASS_TEACHER, ground, at, &index.district.classes[class].id).because([What::ClassTeacher(class)]);
        count.hold = using.reach;
        count.who = vec![index.say_class(class)];
        count.people.push(teacher);
        let alone = stays.is_some_and(|stays| stays.hold <= using.reach);
        let room = self.room(class, teacher, using);
        (count.needed, count.there) = (1, 0);
        count.says = if alone { self.say(class, teacher, &room) } else { self.say_nobody(teacher) };
        Some(count)
    }

    fn ground(&self, class: usize, teacher: usize, clause: Ground, stays: Option<Ground>, using: Using) -> Ground {
        let cap = self.limit(teacher, using).map(|(_, ground)| ground);
        let certificate =
            self.index.courses_of[class].iter().filter_map(|course| self.certificate(*course, teacher)).filter(|_| using.certificate);
        let all = stays.into_iter().chain(cap).chain(certificate).filter(|ground| ground.hold <= using.reach);
        all.fold(clause, Ground::and)
    }

    /// Meetings and another course fit under the limit.
    fn can(&self, class: usize, person: usize, using: Using) -> bool {
        let room = self.room(class, person, using);
        let held = self.posts[person].saturating_add(self.given[person]).saturating_add(room.meetings);
        room.other.is_some_and(|other| room.limit.is_none_or(|limit| held.saturating_add(other) <= limit)) && self.free(class, person)
    }
    /// No class meeting of the class is given to somebody else by name.
    fn free(&self, class: usize, person: usize) -> bool {
        let meetings = self.index.courses_of[class].iter().filter(|course| self.index.is_meeting(self.index.courses[**course].subject));
        meetings.into_iter().all(|course| self.index.given_roles(*course).iter().all(|(other, _)| *other == person))
    }

    fn room(&self, class: usize, person: usize, using: Using) -> Room {
        let limit = self.limit(person, using).map(|(limit, _)| limit);
        let counts = |other: &usize| *other != class && self.clause(*other).is_some_and(|clause| clause.hold <= using.reach);
        let mine = self.heads[person].contains(&class).then(|| stays(self.index, self.ahead, person));
        let others = self.heads[person].iter().copied().filter(counts);
        let others: Vec<usize> = others.filter(|_| mine.is_some_and(|stays| stays.hold <= using.reach)).collect();
        let mut meetings: BTreeSet<usize> = BTreeSet::new();
        for class in others.iter().chain([&class]) {
            let open = |course: &usize| {
                let taught = &self.index.courses[*course];
                self.index.is_meeting(taught.subject) && !named(self.index, taught)
            };
            meetings.extend(self.index.courses_of[*class].iter().copied().filter(open));
        }
        // Of several classes the dearest alone: one course may be for all of them.
        let least = others.iter().chain([&class]).map(|class| self.least(*class, person, using));
        let other = least.collect::<Option<Vec<u64>>>().map(|all| all.into_iter().max().unwrap_or(0));
        Room { limit, meetings: meetings.into_iter().map(|course| self.index.least_load(course)).sum(), other }
    }

    /// The least load of another course of the class; 0 where one is given already.
    fn least(&self, class: usize, person: usize, using: Using) -> Option<u64> {
        if self.teaches[class].contains(&person) {
            return Some(0);
        }
        let others = self.index.courses_of[class].iter().copied();
        let others = others.filter(|course| !self.index.is_meeting(self.index.courses[*course].subject));
        let may = |course: &usize| {
            let clause = self.certificate(*course, person).filter(|ground| using.certificate && ground.hold <= using.reach);
            clause.is_none() || self.is_qualified(*course, person)
        };
        others.filter(|course| self.index.is_open(*course)).filter(may).map(|course| self.index.least_part(course)).min()
    }

    fn limit(&self, person: usize, using: Using) -> Option<(u64, Ground)> {
        let school = self.people.at(self.ahead, person);
        let clauses = self.index.clauses.of_rule("load_cap").filter(|clause| using.cap && clause.ground.hold <= using.reach);
        let clauses = clauses.filter(|clause| self.index.person_in(clause.scope, person, school));
        clauses.filter_map(|clause| Some((self.index.load_limit(person, clause.rule)?, clause.ground))).min_by_key(|(limit, _)| *limit)
    }
    fn certificate(&self, course: usize, person: usize) -> Option<Ground> {
        certificate(self.index, course, person)
    }
    fn is_qualified(&self, course: usize, person: usize) -> bool {
        is_qualified(self.index, self.people, self.ahead, course, person)
    }

    fn say(&self, class: usize, person: usize, room: &Room) -> Text {
        let who = self.index.say_person(person);
        if !self.free(class, person) {
            return both(
                format!("班会已指定由别人上,不是班主任{}", who.zh),
                format!("the class meeting is given to somebody other than {}", who.en),
            );
        }
        let (posts, given, meetings) = (self.posts[person], self.given[person], room.meetings);
        let (Some(other), Some(limit)) = (room.other, room.limit) else {
            return both(
                format!("除班会外,没有一门课可由班主任{}任教", who.zh),
                format!("no course but the meeting that the class teacher {} could teach", who.en),
            );
        };
        let left = limit.saturating_sub(posts.saturating_add(given));
        both(
            format!(
                "班主任{}课时上限 {limit},职务折算 {posts},已指定的课 {given},还剩 {left};班会 {meetings},另一门课最少 {other}",
                who.zh
            ),
            format!(
                "class teacher {}: limit {limit}, posts {posts}, courses given {given}, {left} left; meeting {meetings}, another course {other} at least",
                who.en
            ),
        )
    }

    fn say_nobody(&self, teacher: usize) -> Text {
        let who = self.index.say_person(teacher);
        let school = self.people.working[teacher].map(|school| self.index.school_name(school)).unwrap_or_default();
        both(
            format!("班主任{}现在{}任教;没有一位教师能上班会又任教本班另一门课", who.zh, school.0),
            format!("class teacher {} works at {}; nobody could hold the meeting and teach the class another course", who.en, school.1),
        )
    }
}

/// The clause by which whoever teaches the course holds a certificate.
pub fn certificate(index: &Index<'_>, course: usize, person: usize) -> Option<Ground> {
    let id = &index.district.people[person].id;
    index.clauses.ground("qualified", |scope| index.course_in(scope, course) && (scope.people.is_empty() || scope.people.contains(id)))
}

/// A certificate for the highest stage among the classes, or a subject that any teacher of the school may give.
pub fn is_qualified(index: &Index<'_>, people: &People, ahead: Ahead<'_>, course: usize, person: usize) -> bool {
    let (taught, entry) = (&index.courses[course], &index.district.people[person]);
    let Some(stage) = taught.classes.iter().map(|class| stage_of(index.district.classes[*class].grade)).max().flatten() else {
        return true;
    };
    let any = index.subjects.get(taught.subject).is_none_or(|subject| index.district.subjects[*subject].any_teacher);
    let here = || ahead.postings || people.working[person] == index.school_of_course(taught);
    entry.subjects.iter().any(|held| held.subject == taught.subject && held.stage >= stage)
        || any && entry.category != Category::Worker && here()
}

/// Loads and roles of courses.
impl Index<'_> {
    /// The most that a clause allows somebody.
    pub fn load_limit(&self, person: usize, rule: &AnyRule) -> Option<u64> {
        let AnyRule::LoadCap(numbers) = rule else { return None };
        let entry = &self.district.people[person];
        Some(match numbers.over_target {
            _ if entry.load_target == 0 && entry.load_cap == 0 => 0,
            Some(over) => u64::from(entry.load_target) + u64::from(over),
            None => u64::from(entry.load_cap),
        })
    }
    pub fn is_meeting(&self, subject: &str) -> bool {
        self.subjects.get(subject).is_some_and(|subject| self.district.subjects[*subject].class_meeting)
    }
    /// Who is given a role by name, with the least it can count for: whole, or block by block.
    pub fn given_roles(&self, course: usize) -> Vec<(usize, u64)> {
        let Origin::Given(i) = self.courses[course].origin else { return Vec::new() };
        let whole = super::super::given::cycle_periods(self, &self.courses[course]);
        let roles = self.district.courses[i].teachers.iter();
        let load = |load: Option<u8>| load.map_or(whole, u64::from).min(whole);
        roles.filter_map(|role| Some((*self.people.get(role.person.as_deref()?)?, load(role.load_periods)))).collect()
    }
    /// Is a role left to be decided?
    fn is_open(&self, course: usize) -> bool {
        match self.courses[course].origin {
            Origin::Given(i) => {
                let roles = &self.district.courses[i].teachers;
                roles.is_empty() || roles.iter().any(|role| role.person.is_none())
            }
            Origin::Line(_) => true,
        }
    }
    /// What the cheapest open role of a course counts for.
    fn least_load(&self, course: usize) -> u64 {
        let whole = super::super::given::cycle_periods(self, &self.courses[course]);
        let Origin::Given(i) = self.courses[course].origin else { return whole };
        let open = self.district.courses[i].teachers.iter().filter(|role| role.person.is_none());
        open.map(|role| role.load_periods.map_or(whole, u64::from)).min().unwrap_or(whole).min(whole)
    }
    /// The same, of a course that may be split its smallest block.
    fn least_part(&self, course: usize) -> u64 {
        let taught = &self.courses[course];
        let split = matches!(taught.origin, Origin::Given(i) if self.district.courses[i].split);
        let block = taught.blocks.iter().map(|block| u64::from(block.periods)).min().unwrap_or(0);
        if split { block.min(self.least_load(course)) } else { self.least_load(course) }
    }
}
