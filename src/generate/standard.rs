//! What every invented district shares: the subjects, the two bells and the national hours per week. The generator and
//! the shipped instances are built from the same tables, so that a policy written for one fits the other.

use crate::file::{Bell, Cell, CellRef, Class, Clock, CurriculumLine, Half, Subject, Text};

/// Weekly periods by subject in grades 1–9: 26 in grades 1–2, 30 in grades 3–6, 34 in grades 7–9.
pub const HOURS: &[(&str, [u8; 9])] = &[
    ("morality", [2, 2, 2, 2, 2, 2, 2, 2, 3]),
    ("chinese", [8, 8, 7, 7, 6, 6, 5, 5, 5]),
    ("maths", [4, 4, 4, 4, 4, 4, 5, 5, 5]),
    ("english", [0, 0, 2, 2, 2, 3, 4, 4, 4]),
    ("history", [0, 0, 0, 0, 0, 0, 2, 2, 2]),
    ("geography", [0, 0, 0, 0, 0, 0, 2, 2, 0]),
    ("science", [1, 1, 2, 2, 3, 3, 0, 0, 0]),
    ("biology", [0, 0, 0, 0, 0, 0, 2, 2, 0]),
    ("physics", [0, 0, 0, 0, 0, 0, 0, 2, 3]),
    ("chemistry", [0, 0, 0, 0, 0, 0, 0, 0, 3]),
    ("it", [0, 0, 1, 1, 1, 1, 1, 1, 0]),
    ("pe", [4, 4, 3, 3, 3, 3, 3, 3, 3]),
    ("music", [2, 2, 2, 2, 2, 2, 1, 1, 1]),
    ("art", [2, 2, 2, 2, 2, 2, 1, 1, 1]),
    ("labour", [1; 9]),
    ("meeting", [1; 9]),
    ("practice", [0, 0, 1, 1, 1, 1, 1, 1, 1]),
    ("local", [0, 0, 1, 1, 1, 0, 1, 0, 0]),
    ("school", [1, 1, 1, 1, 1, 1, 2, 1, 1]),
];

/// Id, zh, en.
const NAMES: &[(&str, &str, &str)] = &[
    ("chinese", "语文", "Chinese"),
    ("maths", "数学", "Mathematics"),
    ("english", "英语", "English"),
    ("morality", "道德与法治", "Morality and law"),
    ("science", "科学", "Science"),
    ("it", "信息科技", "Information technology"),
    ("pe", "体育与健康", "Physical education"),
    ("music", "音乐", "Music"),
    ("art", "美术", "Art"),
    ("history", "历史", "History"),
    ("geography", "地理", "Geography"),
    ("biology", "生物学", "Biology"),
    ("physics", "物理", "Physics"),
    ("chemistry", "化学", "Chemistry"),
    ("labour", "劳动", "Labour"),
    ("practice", "综合实践", "Integrated practice"),
    ("local", "地方课程", "Local course"),
    ("school", "校本课程", "School-based course"),
    ("meeting", "班团队活动", "Class meeting"),
];

pub fn subjects() -> Vec<Subject> {
    let subject = |&(id, zh, en): &(&str, &str, &str)| Subject {
        id: id.to_owned(),
        name: Text::new(zh, en),
        any_teacher: ["labour", "practice", "local", "school", "meeting"].contains(&id),
        main: ["chinese", "maths", "english"].contains(&id),
        sport: id == "pe",
        arts: ["music", "art"].contains(&id),
        speciality: false,
        class_meeting: id == "meeting",
    };
    NAMES.iter().map(subject).collect()
}

/// Periods per week of a subject in a grade (1–9).
pub fn hours(subject: &str, grade: u8) -> u8 {
    let row = HOURS.iter().find(|(id, _)| *id == subject);
    row.map_or(0, |(_, grades)| grades[usize::from(grade) - 1])
}

/// The table as curriculum lines: double lessons in art (grades 3–6) and science (grades 5–6), no room named yet.
pub fn curriculum(grades: std::ops::RangeInclusive<u8>) -> Vec<CurriculumLine> {
    let mut lines = Vec::new();
    for grade in grades {
        for &(subject, _) in HOURS {
            let periods = hours(subject, grade);
            let doubles = u8::from((subject == "art" && (3..=6).contains(&grade)) || (subject == "science" && (5..=6).contains(&grade)));
            if periods > 0 {
                lines.push(CurriculumLine { grade, subject: subject.to_owned(), periods, doubles, room: None, schools: Vec::new() });
            }
        }
    }
    lines
}

/// Primary: four 40-minute cells before noon, two after it; a long break after the second; cells 3–4 and 5–6 join.
pub fn primary_bell() -> Bell {
    bell("primary", 40, &["08:30", "09:25", "10:35", "11:30", "14:00", "14:55"], &[3, 5])
}

/// Junior high: four 45-minute cells before noon, three after it; cells 3–4, 5–6 and 6–7 join.
pub fn junior_bell() -> Bell {
    bell("junior", 45, &["08:00", "08:55", "10:10", "11:05", "14:00", "14:55", "15:50"], &[3, 5, 6])
}

fn bell(id: &str, minutes: u16, starts: &[&str], joined: &[usize]) -> Bell {
    let cell = |(index, text): (usize, &&str)| {
        let start = clock(text);
        let half = if start < Clock(12 * 60) { Half::Am } else { Half::Pm };
        Cell { start, end: Clock(start.0 + minutes), half, joins_next: joined.contains(&(index + 1)) }
    };
    let cells = starts.iter().enumerate().map(cell).collect();
    Bell { id: id.to_owned(), weekdays: vec![1, 2, 3, 4, 5], cells, days: std::collections::BTreeMap::new() }
}

/// A time of day written in a table of this crate.
///
/// # Panics
/// When it is not `HH:MM`: the tables are part of the program.
pub fn clock(text: &str) -> Clock {
    Clock::parse(text).expect("a time of day in a built-in table")
}

/// A class with its number in the grade, and the grid that its hours fill exactly: grades 1–2 have no sixth period from
/// Monday to Thursday, junior classes no seventh on Friday.
pub fn class(school: &str, grade: u8, number: u32, pupils: u32) -> Class {
    const GRADES: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let closed = match grade {
        1 | 2 => (1..=4).map(|weekday| CellRef { weekday, period: 6 }).collect(),
        7..=9 => vec![CellRef { weekday: 5, period: 7 }],
        _ => Vec::new(),
    };
    Class {
        id: format!("{school}-{grade}-{number}"),
        school: school.to_owned(),
        site: None,
        grade,
        name: Text::new(format!("{}({number})班", GRADES[usize::from(grade) - 1]), format!("Class {grade}({number})")),
        pupils,
        bell: Some(if grade <= 6 { "primary" } else { "junior" }.to_owned()),
        closed,
        class_teacher: None,
    }
}
