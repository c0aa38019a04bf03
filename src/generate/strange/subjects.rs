//! Subjects of the district's own: ids, hours by grade, double lessons, rooms.

use super::super::dice::Dice;
use super::names::Names;
use crate::file::{self, Text};

/// What a subject is for the staffing: who teaches it beside what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Language,
    Maths,
    /// With a certificate of its own.
    Other,
    /// Any teacher of the school.
    Anybody,
    Meeting,
}

#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "as in the file")]
pub(super) struct Subject {
    pub id: String,
    pub name: Text,
    pub part: Part,
    main: bool,
    sport: bool,
    arts: bool,
    /// Weekly periods by grade.
    pub hours: [u8; 9],
    /// Double lessons among them, by grade.
    pub doubles: [u8; 9],
    /// Kind of the room that a first lesson of the week needs, where the school has one.
    pub room: Option<Kind>,
    /// Somebody from another school may come for it.
    pub visited: bool,
}

/// A kind of room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kind {
    pub id: String,
    pub name: Text,
    /// Only from this grade on.
    pub from: u8,
}

struct Row(&'static str, &'static str, &'static str, Part, [u8; 9]);

/// 中文, English, first letters, part, weekly periods: 26 in grades 1–2, 30 in 3–6, 34 in 7–9.
const TABLE: [Row; 20] = [
    Row("语文", "Chinese", "yw", Part::Language, [8, 8, 7, 7, 6, 6, 5, 5, 5]),
    Row("数学", "Mathematics", "sx", Part::Maths, [4, 4, 4, 4, 5, 5, 5, 5, 5]),
    Row("英语", "English", "yy", Part::Other, [0, 0, 2, 2, 3, 3, 4, 4, 4]),
    Row("道德与法治", "Morality and law", "df", Part::Other, [2, 2, 2, 2, 2, 2, 2, 2, 3]),
    Row("科学", "Science", "kx", Part::Other, [1, 1, 2, 2, 3, 3, 0, 0, 0]),
    Row("信息科技", "Computing", "xx", Part::Other, [0, 0, 1, 1, 1, 1, 1, 1, 0]),
    Row("体育与健康", "Physical education", "ty", Part::Other, [4, 4, 3, 3, 3, 3, 3, 3, 3]),
    Row("音乐", "Music", "yl", Part::Other, [2, 2, 2, 2, 2, 2, 1, 1, 1]),
    Row("美术", "Art", "ms", Part::Other, [2, 2, 2, 2, 2, 2, 1, 1, 1]),
    Row("历史", "History", "ls", Part::Other, [0, 0, 0, 0, 0, 0, 2, 2, 2]),
    Row("地理", "Geography", "dl", Part::Other, [0, 0, 0, 0, 0, 0, 2, 2, 0]),
    Row("生物学", "Biology", "sw", Part::Other, [0, 0, 0, 0, 0, 0, 2, 2, 0]),
    Row("物理", "Physics", "wl", Part::Other, [0, 0, 0, 0, 0, 0, 0, 2, 3]),
    Row("化学", "Chemistry", "hx", Part::Other, [0, 0, 0, 0, 0, 0, 0, 0, 3]),
    Row("劳动", "Labour", "ld", Part::Anybody, [1; 9]),
    Row("班会", "Class meeting", "bh", Part::Meeting, [1; 9]),
    Row("综合实践", "Integrated practice", "zh", Part::Anybody, [0, 0, 1, 1, 1, 1, 1, 1, 1]),
    Row("书法", "Calligraphy", "sf", Part::Anybody, [1, 1, 1, 1, 0, 0, 0, 0, 0]),
    Row("阅读", "Reading", "yd", Part::Anybody, [1, 1, 1, 1, 1, 1, 2, 1, 1]),
    Row("心理健康", "Psychology", "xl", Part::Anybody, [0, 0, 0, 0, 0, 0, 1, 0, 1]),
];

impl Subject {
    pub fn any_teacher(&self) -> bool {
        matches!(self.part, Part::Anybody | Part::Meeting)
    }
    pub fn hours(&self, grade: u8) -> u8 {
        self.hours[usize::from(grade) - 1]
    }
    pub fn doubles(&self, grade: u8) -> u8 {
        self.doubles[usize::from(grade) - 1]
    }
    pub fn written(&self) -> file::Subject {
        file::Subject {
            id: self.id.clone(),
            name: self.name.clone(),
            any_teacher: self.any_teacher(),
            main: self.main,
            sport: self.sport,
            arts: self.arts,
            speciality: self.name.zh == "书法",
            class_meeting: self.part == Part::Meeting,
        }
    }
}

/// The table with some periods moved from one subject to another, some left out, and doubles where the dice want them.
pub(super) fn subjects(names: &Names, dice: &mut Dice) -> Vec<Subject> {
    let subject = |(number, row): (usize, &Row)| Subject {
        id: names.subject_id(number, row.0, row.2),
        name: Text::new(row.0, row.1),
        part: row.3,
        main: ["yw", "sx", "yy"].contains(&row.2),
        sport: row.2 == "ty",
        arts: ["yl", "ms"].contains(&row.2),
        hours: row.4,
        doubles: [0; 9],
        room: None,
        visited: ["yy", "kx", "xx", "ty", "yl", "ms"].contains(&row.2),
    };
    let mut subjects: Vec<Subject> = TABLE.iter().enumerate().map(subject).collect();
    for grades in [0..6, 6..9] {
        for _ in 0..dice.between(0, 3) {
            let (from, to) = (dice.roll(subjects.len() as u64) as usize, dice.roll(subjects.len() as u64) as usize);
            move_one(&mut subjects, from, to, grades.clone());
        }
        for _ in 0..dice.between(0, 2) {
            leave_one_out(&mut subjects, grades.clone(), dice);
        }
    }
    doubles(&mut subjects, dice);
    rooms(&mut subjects, names, dice);
    subjects
}

/// A period of every grade where the one has two and the other has any; the class meeting is one period.
fn move_one(subjects: &mut [Subject], from: usize, to: usize, grades: std::ops::Range<usize>) {
    if from == to || [from, to].iter().any(|number| subjects[*number].part == Part::Meeting) {
        return;
    }
    for grade in grades {
        if subjects[from].hours[grade] >= 2 && (1..8).contains(&subjects[to].hours[grade]) {
            subjects[from].hours[grade] -= 1;
            subjects[to].hours[grade] += 1;
        }
    }
}

/// A period that any teacher may teach.
fn leave_one_out(subjects: &mut [Subject], grades: std::ops::Range<usize>, dice: &mut Dice) {
    let anybody: Vec<usize> = (0..subjects.len()).filter(|number| subjects[*number].part == Part::Anybody).collect();
    let subject = dice.pick(&anybody);
    for grade in grades {
        subjects[subject].hours[grade] = subjects[subject].hours[grade].saturating_sub(1);
    }
}

/// At most one double a subject and grade, in two subjects.
fn doubles(subjects: &mut [Subject], dice: &mut Dice) {
    for spelled in ["美术", "科学", "劳动", "体育与健康", "阅读"] {
        let wanted = dice.percent(40);
        for subject in subjects.iter_mut().filter(|subject| wanted && subject.name.zh == spelled) {
            for grade in 2..9 {
                subject.doubles[grade] = u8::from(subject.hours[grade] >= 2);
            }
        }
    }
}

fn rooms(subjects: &mut [Subject], names: &Names, dice: &mut Dice) {
    let kinds = [
        ("科学", "科学教室", "Science room", "kx", 5),
        ("音乐", "音乐教室", "Music room", "yl", 1),
        ("信息科技", "计算机教室", "Computer room", "xx", 3),
        ("物理", "物理实验室", "Physics laboratory", "wl", 7),
        ("化学", "化学实验室", "Chemistry laboratory", "hx", 7),
        ("生物学", "生物实验室", "Biology laboratory", "sw", 7),
    ];
    for (subject, zh, en, spelled, from) in kinds {
        let kind = Kind { id: names.room_kind(zh, spelled), name: Text::new(zh, en), from };
        let wanted = dice.percent(60);
        for subject in subjects.iter_mut().filter(|other| wanted && other.name.zh == subject) {
            subject.room = Some(kind.clone());
        }
    }
}
