//! The 213 people of `huayuankou` and the classes that some of them lead. No names: ids only.

use super::window;
use lunpai::file::{
    Assessment, Category, Certificate, Class, Deferral, DeferralCode, Form, Kin, KinTie, Means, Month, PastExchange, Person, PersonLocks,
    Post, Sex, Stage, Talent, Window, Wishes,
};
use lunpai::generate::standard;
use std::ops::Range;

/// Teachers by subject, in the order of the schools below. Primary specialists: target 18, cap 20.
const STAFF: &[(&str, [usize; 6])] = &[
    ("english", [3, 2, 1, 0, 0, 8]),
    ("science", [3, 2, 1, 0, 0, 0]),
    ("it", [2, 1, 0, 0, 0, 1]),
    ("pe", [5, 3, 1, 1, 0, 5]),
    ("music", [3, 2, 1, 0, 1, 1]),
    ("art", [3, 2, 1, 0, 1, 2]),
    ("biology", [0, 0, 0, 0, 0, 3]),
    ("physics", [0, 0, 0, 0, 0, 3]),
    ("chemistry", [0, 0, 0, 0, 0, 2]),
    ("chinese", [28, 22, 15, 7, 6, 9]),
    ("maths", [10, 7, 5, 3, 2, 9]),
    ("morality", [0, 0, 0, 0, 0, 3]),
    ("history", [0, 0, 0, 0, 0, 3]),
    ("geography", [0, 0, 0, 0, 0, 2]),
    ("labour", [0, 0, 0, 0, 0, 3]),
];
const SCHOOLS: [&str; 6] = ["HYK", "JS", "SZ", "BB", "SQ", "HZ6"];
/// Classes per grade and pupils per class.
const CLASSES: [(u32, u32); 6] = [(4, 45), (3, 43), (2, 39), (1, 27), (1, 16), (6, 47)];

/// Some of the teachers of one subject in one school, counted from 0.
type Team = (&'static str, &'static str, Range<usize>);

/// Class teachers in the order in which the classes get them (per school).
const CLASS_TEACHERS: &[Team] = &[
    ("HYK", "chinese", 0..20),
    ("HYK", "maths", 0..4),
    ("JS", "chinese", 0..15),
    ("JS", "maths", 0..3),
    ("SZ", "chinese", 0..10),
    ("SZ", "maths", 0..2),
    ("BB", "chinese", 0..4),
    ("BB", "maths", 0..2),
    ("SQ", "chinese", 0..4),
    ("SQ", "maths", 0..2),
    ("HZ6", "geography", 0..1),
    ("HZ6", "chinese", 0..6),
    ("HZ6", "history", 0..2),
    ("HZ6", "morality", 0..1),
    ("HZ6", "labour", 0..2),
    ("HZ6", "maths", 0..6),
];

/// Six years and more at the school and nothing against a posting: 26 + 17 + 9 + 4 + 4 + 24 = 84.
const ELIGIBLE: &[Team] = &[
    ("HYK", "chinese", 20..28),
    ("HYK", "chinese", 0..4),
    ("HYK", "maths", 4..10),
    ("HYK", "pe", 1..4),
    ("HYK", "music", 2..3),
    ("HYK", "art", 2..3),
    ("HYK", "english", 2..3),
    ("HYK", "science", 2..3),
    ("HYK", "it", 1..2),
    ("JS", "chinese", 15..22),
    ("JS", "chinese", 0..3),
    ("JS", "maths", 3..7),
    ("JS", "pe", 2..3),
    ("JS", "science", 1..2),
    ("JS", "english", 1..2),
    ("SZ", "chinese", 10..15),
    ("SZ", "chinese", 0..1),
    ("SZ", "maths", 2..5),
    ("BB", "chinese", 4..7),
    ("BB", "maths", 2..3),
    ("SQ", "chinese", 4..6),
    ("SQ", "chinese", 0..2),
    ("HZ6", "chinese", 6..9),
    ("HZ6", "maths", 6..9),
    ("HZ6", "english", 4..8),
    ("HZ6", "morality", 1..3),
    ("HZ6", "history", 2..3),
    ("HZ6", "geography", 1..2),
    ("HZ6", "biology", 1..3),
    ("HZ6", "physics", 1..3),
    ("HZ6", "chemistry", 1..2),
    ("HZ6", "pe", 2..5),
    ("HZ6", "labour", 2..3),
    ("HZ6", "art", 1..2),
];

/// 骨干 of county level and above: 15 + 8 + 3 + 0 + 0 + 8.
const BACKBONE: &[Team] = &[
    ("HYK", "chinese", 20..25),
    ("HYK", "maths", 4..6),
    ("HYK", "pe", 1..2),
    ("HYK", "english", 0..1),
    ("HYK", "science", 0..1),
    ("HYK", "music", 0..1),
    ("HYK", "chinese", 6..9),
    ("HYK", "maths", 0..1),
    ("JS", "chinese", 15..17),
    ("JS", "maths", 3..4),
    ("JS", "pe", 0..1),
    ("JS", "art", 0..1),
    ("JS", "chinese", 4..7),
    ("SZ", "chinese", 10..11),
    ("SZ", "maths", 2..3),
    ("SZ", "chinese", 1..2),
    ("HZ6", "chinese", 6..7),
    ("HZ6", "maths", 6..7),
    ("HZ6", "english", 0..1),
    ("HZ6", "english", 4..5),
    ("HZ6", "physics", 0..1),
    ("HZ6", "biology", 0..1),
    ("HZ6", "history", 0..1),
    ("HZ6", "pe", 0..1),
];

/// School, category, subjects, target, cap, equivalent.
type LeaderRow = (&'static str, Category, &'static [&'static str], u32, u32, u32);

/// Leaders and support.
const LEADERS: &[LeaderRow] = &[
    ("HYK", Category::Leader, &["morality"], 6, 8, 2),
    ("HYK", Category::Leader, &["chinese", "morality"], 6, 8, 0),
    ("HYK", Category::Worker, &[], 0, 0, 0),
    ("JS", Category::Leader, &["morality"], 4, 6, 0),
    ("JS", Category::Leader, &["chinese", "morality"], 6, 8, 0),
    ("SZ", Category::Leader, &["morality"], 4, 6, 0),
    ("SZ", Category::Leader, &["chinese", "morality"], 6, 8, 0),
    ("BB", Category::Leader, &["morality"], 6, 8, 0),
    ("SQ", Category::Leader, &["morality"], 6, 8, 0),
    ("HZ6", Category::Leader, &["morality"], 4, 6, 0),
    ("HZ6", Category::Leader, &["maths"], 5, 6, 0),
    ("HZ6", Category::Leader, &["labour"], 6, 8, 0),
    ("HZ6", Category::Leader, &["history"], 4, 6, 0),
    ("HZ6", Category::Worker, &[], 0, 0, 0),
    ("HZ6", Category::Worker, &[], 0, 0, 0),
];

fn listed(list: &[Team], school: &str, subject: &str, index: usize) -> bool {
    list.iter().any(|(at, of, range)| *at == school && *of == subject && range.contains(&index))
}

/// Id of a teacher by school, subject and number within the subject.
fn teacher(school: &str, subject: &str, index: usize) -> String {
    let column = SCHOOLS.iter().position(|id| *id == school).unwrap_or_default();
    let before: usize = STAFF.iter().take_while(|(id, _)| *id != subject).map(|(_, counts)| counts[column]).sum();
    format!("{school}-T{:03}", before + index + 1)
}

pub fn classes() -> Vec<Class> {
    let mut classes = Vec::new();
    for (school, (per_grade, pupils)) in SCHOOLS.into_iter().zip(CLASSES) {
        let leads: Vec<(&str, usize)> =
            CLASS_TEACHERS.iter().filter(|row| row.0 == school).flat_map(|row| row.2.clone().map(|index| (row.1, index))).collect();
        // Primary classes led by a maths teacher are spread over the grades; junior ones follow the list.
        let (maths, mut others): (Vec<_>, Vec<_>) = leads.into_iter().partition(|lead| lead.0 == "maths" && school != "HZ6");
        let step = others.len() / maths.len().max(1) + 1;
        for (turn, lead) in maths.into_iter().enumerate() {
            others.insert((turn + 1) * step - 1, lead);
        }
        let mut leads = others.into_iter();
        for grade in if school == "HZ6" { 7..=9 } else { 1..=6 } {
            for number in 1..=per_grade {
                let class_teacher = leads.next().map(|(subject, index)| teacher(school, subject, index));
                classes.push(Class { class_teacher, ..standard::class(school, grade, number, pupils) });
            }
        }
    }
    classes
}

pub fn people() -> Vec<Person> {
    let mut people = Vec::new();
    for (column, school) in SCHOOLS.into_iter().enumerate() {
        for (number, row) in LEADERS.iter().filter(|row| row.0 == school).enumerate() {
            people.push(leader(number + 1, row));
        }
        for (subject, counts) in STAFF {
            for index in 0..counts[column] {
                people.push(ordinary(school, subject, index));
            }
        }
    }
    for person in &mut people {
        special(person);
    }
    people
}

fn leader(number: usize, &(school, category, subjects, load_target, load_cap, equivalent): &LeaderRow) -> Person {
    let stage = if school == "HZ6" { Stage::Junior } else { Stage::Primary };
    let id = format!("{school}-{}{number:02}", if category == Category::Worker { "W" } else { "L" });
    Person {
        sex: if number.is_multiple_of(2) { Sex::Female } else { Sex::Male },
        born: month(1976 + number as u16, 3 + number as u8),
        subjects: subjects.iter().map(|&subject| Certificate { subject: subject.to_owned(), stage }).collect(),
        category,
        load_target,
        load_cap,
        posts: if equivalent > 0 { vec![Post { post: "district_head".to_owned(), periods: equivalent }] } else { Vec::new() },
        years_at_school: 2 + number as u32 % 4,
        years_in_subject: 20,
        assessments: vec![Assessment::Passed, Assessment::Passed],
        ..person(id, school)
    }
}

fn person(id: String, school: &str) -> Person {
    Person { id, employer: school.to_owned(), ..Person::default() }
}

fn ordinary(school: &str, subject: &str, index: usize) -> Person {
    let junior = school == "HZ6";
    let (eligible, backbone) = (listed(ELIGIBLE, school, subject, index), listed(BACKBONE, school, subject, index));
    let class_teacher = listed(CLASS_TEACHERS, school, subject, index);
    let (load_target, load_cap) = load(subject, junior);
    // An even spread without a random number: the same file every time.
    let turn = index * 7 + subject.len() * 3 + school.len();
    let years = if eligible { 6 + (turn as u32 * 5) % 13 } else { 1 + (turn as u32 * 3) % 5 };
    let born = if eligible { 1978 + (turn % 11) as u16 } else { 1990 + (turn % 10) as u16 };
    let mut posts = Vec::new();
    if class_teacher {
        posts.push(Post { post: "class_teacher".to_owned(), periods: if junior { 5 } else { 4 } });
    }
    if group_head(school, subject) == Some(index) {
        posts.push(Post { post: "group_head".to_owned(), periods: 2 });
    }
    Person {
        sex: if turn.is_multiple_of(3) || subject == "pe" && index.is_multiple_of(2) { Sex::Male } else { Sex::Female },
        born: month(born, 1 + (turn % 12) as u8),
        subjects: certificates(subject, junior),
        load_target,
        load_cap,
        posts,
        talent: match (backbone, turn % 5) {
            (true, 0) => Talent::City,
            (true, _) => Talent::County,
            (false, 0) => Talent::School,
            (false, _) => Talent::None,
        },
        years_at_school: years,
        years_in_subject: years + if eligible { 5 } else { 1 },
        assessments: vec![if turn.is_multiple_of(6) { Assessment::Excellent } else { Assessment::Passed }, Assessment::Passed],
        wishes: if eligible { wishes(school, turn) } else { Wishes::default() },
        means: [Means::Car, Means::Bus, Means::Unstated][turn % 3],
        ..person(teacher(school, subject, index), school)
    }
}

fn load(subject: &str, junior: bool) -> (u32, u32) {
    let target = match (subject, junior) {
        ("chinese" | "maths", false) => return (14, 18),
        (_, false) => return (18, 20),
        ("chinese" | "maths" | "english", true) => 12,
        ("music" | "art" | "it" | "labour", true) => 16,
        (_, true) => 14,
    };
    (target, target + 4)
}

fn certificates(subject: &str, junior: bool) -> Vec<Certificate> {
    let stage = if junior { Stage::Junior } else { Stage::Primary };
    let also: &[&str] = match (subject, junior) {
        ("chinese", false) => &["chinese", "morality"],
        ("biology", true) => &["biology", "science"],
        ("physics", true) => &["physics", "science"],
        _ => &[],
    };
    let all = if also.is_empty() { vec![subject] } else { also.to_vec() };
    all.into_iter().map(|subject| Certificate { subject: subject.to_owned(), stage }).collect()
}

/// Head of the school's research group, where there is one.
fn group_head(school: &str, subject: &str) -> Option<usize> {
    match (school, subject) {
        ("HYK", "chinese") => Some(25),
        ("HYK", "maths") => Some(6),
        ("JS", "chinese") => Some(18),
        ("JS", "maths") => Some(4),
        ("SZ", "chinese") => Some(11),
        ("HZ6", "chinese" | "maths") => Some(7),
        _ => None,
    }
}

/// Where the eligible would go: up to two schools, and about one in three anywhere.
fn wishes(school: &str, turn: usize) -> Wishes {
    let near: &[&str] = match school {
        "HYK" => &["SZ", "BB", "SQ", "JS"],
        "JS" => &["HYK", "SQ", "SZ"],
        "SZ" => &["HYK", "BB", "JS"],
        _ => &["HYK", "JS", "SZ"],
    };
    let schools = (0..turn % 3).map(|step| near[(turn + step) % near.len()].to_owned()).collect();
    Wishes { schools, accepts_any: turn.is_multiple_of(3), volunteers: false }
}

fn month(year: u16, month: u8) -> Option<Month> {
    Month::parse(&format!("{year}-{month:02}"))
}

fn deferred(code: DeferralCode, until: (u16, u8)) -> Vec<Deferral> {
    vec![Deferral { code, until: month(until.0, until.1) }]
}

/// What is particular about single people: each tries one rule.
fn special(person: &mut Person) {
    let is = |school, subject, index| person.id == teacher(school, subject, index);
    let daily = |from: &str, to: &str| -> Vec<Window> { (1..=5).map(|weekday| window(weekday, from, to)).collect() };
    let stays = PersonLocks { stays: true, ..PersonLocks::default() };
    if person.id == "HYK-L02" || person.id == "SZ-L02" {
        // Two leaders exchange their schools (挂职): agreed before the run.
        person.locks.posted_to = Some(if person.employer == "HYK" { "SZ" } else { "HYK" }.to_owned());
    } else if person.id == "BB-L01" {
        (person.years_at_school, person.deferrals) = (7, deferred(DeferralCode::Contract, (2028, 8)));
    } else if is("HYK", "english", 1) {
        (person.sex, person.years_at_school, person.deferrals) = (Sex::Female, 8, deferred(DeferralCode::Maternity, (2027, 8)));
    } else if is("HYK", "chinese", 10) {
        let back = PastExchange {
            from: "HYK".to_owned(),
            to: "SQ".to_owned(),
            start: Month { year: 2024, month: 9 },
            end: month(2025, 8),
            form: Form::Support,
        };
        (person.years_at_school, person.exchanges) = (9, vec![back]);
        person.deferrals = deferred(DeferralCode::JustExchanged, (2028, 8));
    } else if is("JS", "chinese", 14) {
        (person.sex, person.born, person.years_at_school) = (Sex::Male, month(1968, 9), 22);
    } else if is("HYK", "art", 1) {
        (person.sex, person.born, person.years_at_school) = (Sex::Female, month(1971, 10), 25);
        person.wishes = Wishes { schools: vec!["SQ".to_owned()], accepts_any: false, volunteers: true };
    } else if is("SZ", "chinese", 3) {
        (person.years_at_school, person.service_until) = (6, month(2027, 8));
    } else if is("HYK", "maths", 6) {
        person.kin = vec![Kin { person: teacher("JS", "maths", 5), tie: KinTie::Near }];
    } else if is("SZ", "chinese", 12) {
        person.kin = vec![Kin { person: teacher("HYK", "chinese", 22), tie: KinTie::Avoid }];
    } else if is("HZ6", "maths", 2) {
        (person.years_at_school, person.deferrals) = (10, deferred(DeferralCode::Health, (2027, 1)));
    } else if is("HZ6", "english", 2) {
        (person.years_at_school, person.assessments) = (7, vec![Assessment::Failed, Assessment::Passed]);
    } else if is("JS", "english", 0) {
        (person.years_at_school, person.deferrals) = (7, deferred(DeferralCode::Carer, (2027, 8)));
    } else if is("HZ6", "biology", 0) {
        (person.years_at_school, person.locks) = (9, stays);
    } else if is("HZ6", "maths", 8) {
        person.locks.no_visits = true;
    } else if is("HYK", "chinese", 5) {
        person.unavailable = daily("11:30", "12:10");
    } else if is("JS", "maths", 6) {
        person.unavailable = vec![window(5, "14:00", "15:35")];
    } else if is("HZ6", "english", 3) {
        person.unavailable = vec![window(3, "08:00", "09:40")];
    } else if is("SZ", "english", 0) {
        person.unavailable = vec![window(4, "08:30", "10:05")];
    } else if is("SQ", "art", 0) {
        person.unavailable = vec![window(5, "14:00", "15:35")];
    } else if is("HYK", "english", 0) {
        person.unavailable = vec![window(4, "08:30", "12:10")];
    } else if is("HZ6", "history", 0) {
        person.unavailable = vec![window(1, "08:00", "08:45")];
    } else if is("HYK", "english", 2) || is("JS", "art", 1) || is("HZ6", "chemistry", 0) {
        person.longest_trip_minutes = Some(15);
    } else if is("JS", "chinese", 20) || is("SZ", "maths", 4) {
        (person.longest_trip_minutes, person.means) = (Some(12), Means::Foot);
    }
}
