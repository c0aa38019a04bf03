//! The lessons a report may show, as JSON beside the page: grids are drawn from it when they are asked for.

use super::audience::Audience;
use super::grids::{MISSING, call, time};
use super::order::Names;
use crate::check::{Facts, LessonFact};
use crate::file::Part;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Positions in a list that holds only what is used.
#[derive(Default)]
struct Used(BTreeMap<usize, usize>);

impl Used {
    fn of(all: BTreeSet<usize>) -> Self {
        Self(all.into_iter().zip(0..).collect())
    }
    fn at(&self, number: usize) -> Option<usize> {
        self.0.get(&number).copied()
    }
    fn list(&self, say: impl Fn(usize) -> Value) -> Vec<Value> {
        self.0.keys().map(|number| say(*number)).collect()
    }
}

/// `{schools, classes, people, rooms, subjects, lessons}`; a lesson is `[subject, classes, people, weekday, period, length,
/// weeks, room, time]` with positions in the other lists, room −1 for none, weeks 0 for every week, 1 odd, 2 even.
pub(super) fn lessons(facts: &Facts, audience: Audience) -> Value {
    let decided = facts.plan.parts.contains(&Part::Timetable);
    let seen: Vec<&LessonFact> = facts.lessons.list.iter().filter(|lesson| decided && audience.sees_lesson(facts, lesson)).collect();
    let course = |lesson: &LessonFact| &facts.courses.list[lesson.course];
    let named = audience.people(facts);
    let present = |lesson: &LessonFact| facts.teaching.present[lesson.course][lesson.block].clone();
    let people = Used::of(seen.iter().flat_map(|lesson| present(lesson)).filter(|person| named.contains(person)).collect());
    let classes = Used::of(seen.iter().flat_map(|lesson| course(lesson).classes.clone()).collect());
    let rooms = Used::of(seen.iter().filter_map(|lesson| lesson.room).collect());
    let of_classes = classes.0.keys().filter_map(|class| facts.courses.classes[*class].school);
    let schools = Used::of(of_classes.chain(people.0.keys().filter_map(|person| facts.people.working[*person])).collect());
    let subjects: BTreeMap<&str, usize> =
        seen.iter().map(|lesson| course(lesson).subject).collect::<BTreeSet<_>>().into_iter().zip(0..).collect();
    let names = Names::new();
    let school = |school: Option<usize>| school.and_then(|school| schools.at(school)).map_or(-1, |at| at as i64);
    let lesson = |lesson: &&LessonFact| {
        let weeks = if lesson.weeks == facts.courses.every_week() { 0 } else { lesson.weeks };
        let who: Vec<usize> = present(lesson).into_iter().filter_map(|person| people.at(person)).collect();
        let room = lesson.room.and_then(|room| rooms.at(room)).map_or(-1, |at| at as i64);
        let classes: Vec<usize> = course(lesson).classes.iter().filter_map(|class| classes.at(*class)).collect();
        let length = lesson.cells.len().max(1);
        json!([subjects[course(lesson).subject], classes, who, lesson.weekday, lesson.period, length, weeks, room, time(lesson)])
    };
    json!({
        // Where teaching is not decided nobody is missing.
        "missing": if facts.plan.parts.contains(&Part::Teaching) { MISSING } else { "" },
        "schools": schools.list(|school| { let name = facts.say_school(school); json!([name.zh, name.en, names.initials(&name.zh)]) }),
        "classes": classes.list(|class| {
            let entry = &facts.district.classes[class];
            let teacher = facts.teaching.class_teachers[class].filter(|teacher| named.contains(teacher)).map(|teacher| call(facts, teacher));
            json!([facts.class_name(class), entry.name.en, school(facts.courses.classes[class].school), teacher])
        }),
        "people": people.list(|person| {
            let name = call(facts, person);
            json!([facts.people.list[person].id, name, names.initials(&name), school(facts.people.working[person])])
        }),
        "rooms": rooms.list(|room| { let name = facts.say_room(room); json!([name.zh, name.en]) }),
        "subjects": subjects.keys().map(|id| { let name = facts.say_subject(id); json!([name.zh, name.en]) }).collect::<Vec<_>>(),
        "lessons": seen.iter().map(lesson).collect::<Vec<_>>(),
    })
}

/// JSON that may stand inside a script element.
pub(super) fn inside_html(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
