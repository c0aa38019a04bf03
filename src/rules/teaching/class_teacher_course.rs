//! # 班主任任课 · The class teacher teaches the class
//!
//! 班主任上本班班会课,并任教本班另一门课程。
//! The class teacher holds the class meeting and teaches the class another course.
//!
//! Point: a class whose class teacher is known. Excess: 1 if its class meeting has a teacher other than the class teacher
//! (待补 counts as other), plus 1 if the class teacher teaches no other course of the class.
//! Bound in: teaching.
//! Source: S2.7-03.

use crate::check::{Breach, Facts, Findings, Kind, list};
use crate::file::{Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The class teacher teaches the class: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassTeacherCourse {}

pub static LAW: Law = Law {
    id: "class_teacher_course",
    title: ("班主任任课", "The class teacher teaches the class"),
    breach: ("{class}班主任 {person} {what}", "{class}: class teacher {person} {what}"),
    source: &["S2.7-03"],
    binds: &[Stage::Teaching],
};

impl Rule for ClassTeacherCourse {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for (class, person) in facts.teaching.class_teachers.iter().enumerate().filter(|(class, _)| facts.class_in(scope, *class)) {
            let Some(person) = *person else { continue };
            let is_meeting = |course: usize| facts.courses.subject_of(course).is_some_and(|subject| subject.class_meeting);
            let (meetings, others): (Vec<usize>, Vec<usize>) =
                facts.courses.of_class[class].iter().partition(|&&course| is_meeting(course));
            let by_other = meetings.iter().any(|&course| {
                let roles = &facts.teaching.rows[course];
                roles.iter().any(|rows| rows.is_empty() || rows.iter().any(|row| row.teacher != Some(person)))
            });
            let teaches = others.iter().any(|&course| facts.teachers_of(course).contains(&person));
            found.point(i64::from(by_other) + i64::from(!teaches), || {
                let meeting = by_other.then(|| Text::new("不上本班班会", "does not hold the class meeting"));
                let course = (!teaches).then(|| Text::new("不任教本班其他课程", "teaches the class no other course"));
                let what: Vec<_> = meeting.into_iter().chain(course).collect();
                let breach = Breach::at(Kind::Class, &facts.district.classes[class].id).and(Kind::Person, &facts.people.list[person].id);
                breach.say("class", facts.say_class(class)).say("person", facts.say_person(person)).say("what", list(&what))
            });
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::ClassTeacherCourse;
    use crate::district::Course;
    use crate::engine::{Gauge, Link, NONE};
    use crate::stages::{Dealing, FREE, Grain, Points, Staffing, class_fits};

    impl crate::rules::Bind for ClassTeacherCourse {
        /// Foresight: a class teacher takes some other course in each grade of which a class is theirs.
        fn staffing(&self, staffing: &Staffing, points: &mut Points) {
            let world = staffing.world;
            if staffing.grain == Grain::Periods {
                return;
            }
            for (class, of) in world.classes.iter().enumerate().filter(|(class, _)| class_fits(world, points.scope, *class)) {
                let Some(teacher) = of.led_by.filter(|teacher| staffing.school[*teacher] == of.school) else { continue };
                let other = |course: &Course| course.classes.contains(&class) && !course.subject.class_meeting;
                let given =
                    staffing.given.iter().filter(|(person, course, _)| *person == teacher && other(&world.courses[*course])).count();
                let mut links = Vec::new();
                for take in staffing.takes_of(teacher) {
                    if staffing.kinds[take.kind].courses.iter().any(|(course, _)| other(&world.courses[*course])) {
                        links.push(points.count(take.item, 0, 1));
                    }
                }
                // Posted elsewhere, nobody asks it of them.
                if let Some((item, schools)) = staffing.posts.get(&teacher) {
                    let table = schools.iter().map(|school| if *school == of.school { NONE } else { 0 }).collect();
                    links.push(Link { item: *item, map: points.problem.map(table), coef: 1 });
                }
                points.at_least(&of.file.id, links, given as i32, 1);
            }
            orphans(staffing, points);
            if staffing.grain == Grain::Courses {
                successors(staffing, points);
            }
        }

        /// The class meeting is the class teacher's, and so is some other course of the class. Where nobody is given, whoever
        /// takes the class meeting becomes the class teacher.
        fn dealing(&self, dealing: &Dealing, points: &mut Points) {
            let world = dealing.world;
            for (class, teacher) in dealing.class_teacher.iter().enumerate().filter(|(class, _)| class_fits(world, points.scope, *class)) {
                let of_class = |c: &usize| world.courses[*c].classes.contains(&class);
                // A class of another part is settled there.
                if !dealing.deals.iter().any(|deal| of_class(&deal.course)) {
                    continue;
                }
                let (meetings, others): (Vec<usize>, Vec<usize>) =
                    (0..world.courses.len()).filter(of_class).partition(|c| world.courses[*c].subject.class_meeting);
                let name = &world.classes[class].file.id;
                let alone = meetings.iter().find(|c| world.courses[**c].classes == [class]);
                let held = alone.and_then(|c| dealing.deals.iter().find(|deal| deal.course == *c && deal.role == 0));
                let given = alone.filter(|_| held.is_none()).and_then(|c| world.courses[*c].roles[0].given);
                let Some(teacher) = teacher.or(given) else {
                    for person in held.iter().flat_map(|deal| &deal.who).copied().flatten() {
                        let (mut links, taught) = taken(dealing, &others, person, 0, points);
                        links.extend(taken(dealing, &meetings[..1], person, 0, points).0.into_iter().map(|link| Link { coef: -1, ..link }));
                        points.at_least(&format!("{name} {}", world.people[person].file.id), links, taught, 0);
                    }
                    // One who was posted away and has no successor still owes both.
                    if let Some(gone) = world.classes[class].class_teacher {
                        let (mut links, taught) = taken(dealing, &others, gone, 0, points);
                        if let Some(deal) = held {
                            for group in [0, 1] {
                                let table = deal.who.iter().map(|who| if who.is_some() { group } else { NONE }).collect();
                                links.push(Link { item: deal.item, map: points.problem.map(table), coef: 1 });
                            }
                        }
                        let owed = 1 + usize::from(held.is_some());
                        points.post(name, Gauge::Busy, owed, (owed as i64, FREE), links, vec![(0, taught)]);
                    }
                    continue;
                };
                // One group for the other courses, one for each class meeting: all should hold the class teacher.
                let (mut links, taught) = taken(dealing, &others, teacher, 0, points);
                let mut base = vec![(0, taught)];
                let mut groups = 1;
                for c in meetings {
                    let (led, given) = taken(dealing, &[c], teacher, groups, points);
                    links.extend(led);
                    base.push((groups, given));
                    groups += 1;
                }
                points.post(name, Gauge::Busy, usize::from(groups), (i64::from(groups), FREE), links, base);
            }
        }
    }

    /// Foresight: where the class teacher is posted away, somebody takes the class meeting and so becomes the next one.
    fn orphans(staffing: &Staffing, points: &mut Points) {
        let world = staffing.world;
        for (k, kind) in staffing.kinds.iter().enumerate().filter(|(_, kind)| kind.subject.class_meeting) {
            let orphan = |(course, _): &&(usize, usize)| {
                let [class] = world.courses[*course].classes[..] else { return false };
                let gone = |teacher: usize| staffing.school[teacher] != kind.school;
                class_fits(world, points.scope, class) && world.classes[class].class_teacher.is_some_and(gone)
            };
            let orphans = kind.courses.iter().filter(orphan).count() as i64;
            let takes = staffing.takes.iter().filter(|take| take.kind == k);
            let links = takes.map(|take| points.count(take.item, 0, 1)).collect();
            points.at_least(&format!("{} orphans", kind.name), links, 0, orphans);
        }
    }

    /// Foresight: whoever takes open class meetings of a grade takes as many other courses of it, and one more for each class
    /// of the grade that is their own already. A combined course counts for each of its classes.
    fn successors(staffing: &Staffing, points: &mut Points) {
        let world = staffing.world;
        for take in staffing.takes.iter().filter(|take| staffing.kinds[take.kind].subject.class_meeting) {
            let meeting = &staffing.kinds[take.kind];
            let of_grade = |class: usize| (world.classes[class].school, world.classes[class].file.grade) == (meeting.school, meeting.grade);
            let given = staffing.given.iter().filter(|(person, _, _)| *person == take.person).map(|(_, course, _)| &world.courses[*course]);
            let given: Vec<&Course> = given.filter(|course| !course.subject.class_meeting).collect();
            let own = |class: &usize| {
                let mine = world.classes[*class].class_teacher == Some(take.person) && staffing.school[take.person] == meeting.school;
                mine && of_grade(*class) && !given.iter().any(|course| course.classes.contains(class))
            };
            let own = (0..world.classes.len()).filter(own).count() as i64;
            let taught = given.iter().map(|course| course.classes.iter().filter(|class| of_grade(**class)).count()).sum::<usize>();
            let mut links = vec![points.count(take.item, 0, -1)];
            for other in staffing.takes_of(take.person) {
                let kind = &staffing.kinds[other.kind];
                let counts = |(course, _): &(usize, usize)| world.courses[*course].classes.iter().filter(|class| of_grade(**class)).count();
                let most = kind.courses.iter().map(counts).max().unwrap_or(0);
                if most > 0 && !kind.subject.class_meeting {
                    links.push(points.count(other.item, 0, most as i32));
                }
            }
            points.at_least(&format!("{} successor", meeting.name), links, taught as i32, own);
        }
    }

    /// The links by which the person's courses among these count in the group, and how many the file gives.
    fn taken(dealing: &Dealing, courses: &[usize], person: usize, group: u16, points: &mut Points) -> (Vec<Link>, i32) {
        let given = |c: &usize| dealing.world.courses[*c].roles.iter().filter(|role| role.given == Some(person)).count() as i32;
        let mut links = Vec::new();
        for deal in dealing.deals.iter().filter(|deal| courses.contains(&deal.course)) {
            if let Some(value) = deal.value_of(Some(person)) {
                let mut table = vec![NONE; usize::from(value) + 1];
                table[usize::from(value)] = group;
                links.push(Link { item: deal.item, map: points.problem.map(table), coef: 1 });
            }
        }
        (links, courses.iter().map(given).sum())
    }
}
