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
    use crate::stages::{Dealing, Grain, Points, Staffing, class_fits};

    impl crate::rules::Bind for ClassTeacherCourse {
        /// Foresight: a class teacher takes some other course in each grade of which a class is theirs.
        fn staffing(&self, staffing: &Staffing, points: &mut Points) {
            let world = staffing.world;
            if staffing.grain == Grain::Periods {
                return;
            }
            for (class, of) in world.classes.iter().enumerate().filter(|(class, _)| class_fits(world, points.scope, *class)) {
                let Some(teacher) = of.class_teacher.filter(|teacher| staffing.school[*teacher] == of.school) else { continue };
                let other = |course: &Course| course.classes.contains(&class) && !course.subject.class_meeting;
                let given =
                    staffing.given.iter().filter(|(person, course, _)| *person == teacher && other(&world.courses[*course])).count();
                let mut links = Vec::new();
                for take in staffing.takes_of(teacher) {
                    if staffing.kinds[take.kind].courses.iter().any(|(course, _)| other(&world.courses[*course])) {
                        links.push(points.count(take.item, 0, 1));
                    }
                }
                points.at_least(&of.file.id, links, given as i32, 1);
            }
        }

        /// The class meeting is the class teacher's, and so is some other course of the class.
        fn dealing(&self, dealing: &Dealing, points: &mut Points) {
            let world = dealing.world;
            for (class, teacher) in dealing.class_teacher.iter().enumerate() {
                let Some(teacher) = teacher.filter(|_| class_fits(world, points.scope, class)) else { continue };
                let (mut meeting, mut others) = (Vec::new(), Vec::new());
                let (mut meetings, mut led, mut taught) = (0, 0, 0);
                for (c, course) in world.courses.iter().enumerate().filter(|(_, course)| course.classes.contains(&class)) {
                    let given = course.roles.iter().any(|role| role.given == Some(teacher));
                    let mine = dealing.deals.iter().filter(|deal| deal.course == c);
                    let atoms: Vec<(u32, u16)> = mine.filter_map(|deal| Some((deal.item, deal.value_of(Some(teacher))?))).collect();
                    let links = atoms.into_iter().map(|(item, value)| points.atom(item, value, 1));
                    if course.subject.class_meeting {
                        meetings = 1;
                        led += i32::from(given);
                        meeting.extend(links);
                    } else {
                        taught += i32::from(given);
                        others.extend(links);
                    }
                }
                let name = &world.classes[class].file.id;
                points.at_least(&format!("{name} meeting"), meeting, led, meetings);
                points.at_least(&format!("{name} course"), others, taught, 1);
            }
        }
    }
}
