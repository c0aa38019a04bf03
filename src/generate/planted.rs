//! Conflicts that no plan can meet, for testing what is said about them.

use super::layout::{Part, Place};
use super::standard;
use crate::file::{CellRef, District, LockedLesson, Text, Weeks, Window};

/// Plants so many, one kind after the other, each in another group or class.
pub fn plant(district: &mut District, clusters: &[Vec<Place>], count: usize) -> Vec<Text> {
    let juniors: Vec<&Place> = clusters.iter().flatten().filter(|place| place.part == Part::Junior).collect();
    let mut planted = Vec::new();
    for number in 0..count {
        let Some(&place) = juniors.get(number / KINDS.len() % juniors.len().max(1)) else { break };
        // After every junior high has had its turn, the next class of the grade.
        let class = (number / KINDS.len() / juniors.len()) as u32 % place.classes_per_grade + 1;
        planted.push(KINDS[number % KINDS.len()](district, &place.id, class));
    }
    planted
}

type Kind = fn(&mut District, &str, u32) -> Text;
const KINDS: [Kind; 4] = [meeting_while_away, one_room_twice, one_teacher_twice, one_class_twice];

fn lock(district: &mut District, course: String, weekday: u8, period: u8) {
    district.locked_lessons.push(LockedLesson { course, block: 1, at: CellRef { weekday, period } });
}

/// The class meeting is the class teacher's, and is fixed when the class teacher is away.
fn meeting_while_away(district: &mut District, school: &str, class: u32) -> Text {
    let class = format!("{school}-7-{class}");
    let teacher = district.classes.iter().find(|other| other.id == class).and_then(|found| found.class_teacher.clone()).unwrap_or_default();
    let away = Window { weekday: 2, from: standard::clock("08:00"), to: standard::clock("11:50"), weeks: Weeks::All };
    for person in district.people.iter_mut().filter(|person| person.id == teacher) {
        person.unavailable.push(away);
    }
    lock(district, format!("{class}.meeting"), 2, 2);
    Text::new(
        format!("{class} 的班会定在周二第2节,班主任 {teacher} 那时不在"),
        format!("the meeting of {class} is fixed on Tuesday period 2, when its class teacher {teacher} is away"),
    )
}

/// Two classes in the one physics laboratory at once.
fn one_room_twice(district: &mut District, school: &str, class: u32) -> Text {
    let (here, there) = (format!("{school}-8-{class}"), format!("{school}-9-{class}"));
    lock(district, format!("{here}.physics"), 3, 3);
    lock(district, format!("{there}.physics"), 3, 3);
    Text::new(
        format!("{here} 和 {there} 的物理实验都定在周三第3节,物理实验室只有一间"),
        format!("{here} and {there} both have physics practicals on Wednesday period 3, and there is one laboratory"),
    )
}

/// One teacher given for two classes whose lessons are fixed at the same time.
fn one_teacher_twice(district: &mut District, school: &str, class: u32) -> Text {
    let (here, there) = (format!("{school}-7-{class}"), format!("{school}-8-{class}"));
    let teacher = district.classes.iter().find(|other| other.id == here).and_then(|found| found.class_teacher.clone()).unwrap_or_default();
    let role = || vec![crate::file::Role { role: "lead".to_owned(), person: Some(teacher.clone()), load_periods: None }];
    for class in [&here, &there] {
        district.courses.push(crate::file::Course {
            id: format!("{class}.labour-given"),
            classes: vec![class.clone()],
            subject: "labour".to_owned(),
            blocks: vec![crate::file::Block { periods: 1, weeks: Weeks::All, room: None }],
            teachers: role(),
            band: None,
            split: false,
            remote: false,
        });
    }
    lock(district, format!("{here}.labour-given"), 4, 4);
    lock(district, format!("{there}.labour-given"), 4, 4);
    Text::new(
        format!("{teacher} 周四第4节既在 {here} 又在 {there} 上劳动课"),
        format!("{teacher} has labour with {here} and with {there} on Thursday period 4"),
    )
}

/// Two lessons of one class in one cell.
fn one_class_twice(district: &mut District, school: &str, class: u32) -> Text {
    let class = format!("{school}-9-{class}");
    lock(district, format!("{class}.history"), 5, 1);
    lock(district, format!("{class}.chinese"), 5, 1);
    Text::new(format!("{class} 周五第1节同时定了历史和语文"), format!("{class} has history and Chinese fixed on Friday period 1"))
}
