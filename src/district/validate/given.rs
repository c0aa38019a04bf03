//! Teachers named by hand: class teachers and teachers of courses.

use super::index::{Index, Origin, Taught, stage_of};
use crate::file::{Category, Person, Weeks};
use crate::problem::{Kind, Problem};
use std::collections::BTreeMap;

const TWO_SCHOOLS: Kind = Kind::error(
    "E-GIVEN-001",
    ("同一个人在两所学校当班主任", "class teacher of classes at two schools"),
    ("班主任只在一所学校", "a class teacher at one school only"),
    ("请改正其中一个班的班主任", "correct the class teacher of one of them"),
);
const OTHER_SCHOOL: Kind = Kind::warning(
    "W-GIVEN-002",
    ("班主任不在这所学校任教", "a class teacher who works at another school"),
    ("本校任教的教师", "a teacher who works at the school"),
    ("请核对班主任,另定一位,或改正教师的任教学校", "check the class teacher, name another, or correct where the teacher works"),
);
pub const UNQUALIFIED: Kind = Kind::warning(
    "W-GIVEN-003",
    ("指定的任课教师没有这门课的资格", "a given teacher without the certificate for the course"),
    ("有这门学科、这个学段或更高学段资格的教师", "a teacher certified for the subject at this stage or above"),
    ("请换一位教师,或补上资格", "name another teacher or add the certificate"),
);
pub const OVER_CAP: Kind = Kind::warning(
    "W-GIVEN-004",
    ("指定的课和职务合计超过课时上限", "given courses and posts above the cap"),
    ("指定的课时加职务折算不超过 `load_cap`", "given periods and posts at most `load_cap`"),
    ("请减少指定的课,或调高上限", "take a course away or raise the cap"),
);
const STAYS_HOME: Kind = Kind::warning(
    "W-GIVEN-005",
    ("约定不跨校上课的教师被指定了外校的课", "a given course at another school for somebody who does not travel"),
    ("`no_visits` 的教师只上本校的课", "only courses of the own school under `no_visits`"),
    ("请换一位教师,或取消 `no_visits`", "name another teacher or drop `no_visits`"),
);

pub const KINDS: &[&Kind] = &[&TWO_SCHOOLS, &OTHER_SCHOOL, &UNQUALIFIED, &OVER_CAP, &STAYS_HOME];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    class_teachers(index, found);
    unqualified(index, found);
    over_cap(index, found);
    stays_home(index, found);
}

/// People already named for a course: its roles, or the class teacher for the class meeting.
pub fn given_teachers(index: &Index<'_>, course: &Taught<'_>) -> Vec<usize> {
    let ids: Vec<&String> = match course.origin {
        Origin::Given(i) if !index.district.courses[i].teachers.is_empty() => {
            index.district.courses[i].teachers.iter().filter_map(|role| role.person.as_ref()).collect()
        }
        _ => {
            let meeting = index.subjects.get(course.subject).is_some_and(|subject| index.district.subjects[*subject].class_meeting);
            let class = course.classes.first().filter(|_| meeting).map(|class| &index.district.classes[*class]);
            class.and_then(|class| class.class_teacher.as_ref()).into_iter().collect()
        }
    };
    ids.into_iter().filter_map(|id| index.people.get(id.as_str()).copied()).collect()
}

/// Periods per cycle of a course: an every-week block counts in each week of the cycle.
pub fn cycle_periods(index: &Index<'_>, course: &Taught<'_>) -> u64 {
    let weeks = |weeks: Weeks| if weeks == Weeks::All && index.district.cycle_weeks == 2 { 2 } else { 1 };
    course.blocks.iter().map(|block| u64::from(block.periods) * weeks(block.weeks)).sum()
}

fn class_teachers(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, class) in index.district.classes.iter().enumerate() {
        let Some(teacher) = class.class_teacher.as_deref() else { continue };
        let at = index.at(format_args!("classes[{i}].class_teacher"));
        let other = &index.district.classes[*first.entry(teacher).or_insert(i)];
        let person = index.people.get(teacher).map(|person| &index.district.people[*person]);
        if other.school != class.school {
            let words = (format!("`{teacher}` 已是 `{}` 的班主任", other.id), format!("`{teacher}` is class teacher of `{}`", other.id));
            found.push(TWO_SCHOOLS.at(at).of(&class.id).found(words.0, words.1));
        } else if let Some(school) = person.and_then(|person| index.working_school(person))
            && index.school_of(class).is_some_and(|here| here != school)
        {
            let (name, person) = (index.school_name(school), index.people[teacher]);
            let (of, who) = (index.say_class(i), index.say_person(person));
            let words = (
                format!("{}班主任{}现在{}任教,班会和班主任工作要另定人", of.zh, who.zh, name.0),
                format!("class teacher {} of {} works at {}: somebody else has to hold the class meeting", who.en, of.en, name.1),
            );
            found.push(OTHER_SCHOOL.at(at).of(&class.id).found(words.0, words.1));
        }
    }
}

fn qualified(index: &Index<'_>, person: &Person, course: &Taught<'_>) -> bool {
    let Some(class) = course.classes.first().map(|class| &index.district.classes[*class]) else { return true };
    let (Some(stage), Some(subject)) = (stage_of(class.grade), index.subjects.get(course.subject)) else { return true };
    let any = index.district.subjects[*subject].any_teacher && person.category != Category::Worker;
    person.subjects.iter().any(|it| it.subject == course.subject && it.stage >= stage)
        || (any && index.working_school(person) == index.school_of(class))
}

/// A role other than the first is a helper's: no certificate is asked of it.
fn unqualified(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, course) in index.district.courses.iter().enumerate() {
        let Some(id) = course.teachers.first().and_then(|role| role.person.as_deref()) else { continue };
        let Some(person) = index.people.get(id).map(|person| &index.district.people[*person]) else { continue };
        if !qualified(index, person, &index.courses[i]) {
            let words = (format!("`{id}` 没有 `{}` 的资格", course.subject), format!("`{id}` has no certificate for `{}`", course.subject));
            found.push(UNQUALIFIED.at(index.at(format_args!("courses[{i}].teachers[0].person"))).of(&course.id).found(words.0, words.1));
        }
    }
}

fn over_cap(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut loads: BTreeMap<usize, u64> = BTreeMap::new();
    for course in &index.courses {
        let whole = cycle_periods(index, course);
        match course.origin {
            Origin::Given(i) if !index.district.courses[i].teachers.is_empty() => {
                for role in &index.district.courses[i].teachers {
                    if let Some(person) = role.person.as_deref().and_then(|id| index.people.get(id)) {
                        *loads.entry(*person).or_default() += role.load_periods.map_or(whole, u64::from);
                    }
                }
            }
            _ => given_teachers(index, course).into_iter().for_each(|person| *loads.entry(person).or_default() += whole),
        }
    }
    for (i, given) in loads {
        let person = &index.district.people[i];
        let posts = person.posts.iter().map(|post| u64::from(post.periods)).sum::<u64>();
        let cap = u64::from(person.load_cap);
        // Posts above the cap by themselves are told with the person.
        if given + posts > cap && posts <= cap {
            found.push(
                OVER_CAP.at(index.at(format_args!("people[{i}].load_cap"))).of(&person.id).found(
                    format!("指定 {given} 课时,职务 {posts},上限 {cap}"),
                    format!("{given} periods given, posts {posts}, cap {cap}"),
                ),
            );
        }
    }
}

fn stays_home(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, course) in index.district.courses.iter().enumerate() {
        let school = index.courses[i].classes.first().and_then(|class| index.school_of(&index.district.classes[*class]));
        for (j, role) in course.teachers.iter().enumerate() {
            let Some(person) = role.person.as_deref().and_then(|id| index.people.get(id)) else { continue };
            let person = &index.district.people[*person];
            if person.locks.no_visits && school.is_some() && index.working_school(person) != school {
                let at = index.at(format_args!("courses[{i}].teachers[{j}].person"));
                found.push(
                    STAYS_HOME
                        .at(at)
                        .of(&person.id)
                        .found(format!("`{}` 约定不跨校上课", person.id), format!("`{}` does not teach across schools", person.id)),
                );
            }
        }
    }
}
