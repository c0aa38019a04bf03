//! People of districts that plan an exchange only: leaders and teachers with what decides who may be asked. All invented,
//! ids instead of names, the same on every machine.

use lunpai::file::{Assessment, Category, Certificate, Month, Person, Sex, Stage, Subject, Talent, Text, Wishes};

/// Whom a school has.
pub struct Crew<'a> {
    pub school: &'a str,
    pub stage: Stage,
    /// A head, then deputies, the last a dean.
    pub leaders: usize,
    pub teachers: usize,
    /// One teacher in so many is of county level or above.
    pub backbone: usize,
    /// Nobody is born later.
    pub youngest: u16,
    /// Schools whose partners they could wish for.
    pub wishes: Vec<&'a str>,
    /// Shifts ages and years, so that schools differ.
    pub turn: usize,
}

/// Id, zh, en of the subjects that the standard table lacks.
const MORE: [(&str, &str, &str); 2] = [("early", "幼儿教育", "Early education"), ("trade", "专业课", "Trades")];

pub fn subjects() -> Vec<Subject> {
    let more = MORE.iter().map(|(id, zh, en)| Subject {
        id: (*id).to_owned(),
        name: Text::new(*zh, *en),
        any_teacher: false,
        main: false,
        sport: false,
        arts: false,
        speciality: false,
        class_meeting: false,
    });
    lunpai::generate::standard::subjects().into_iter().filter(|subject| !subject.any_teacher).chain(more).collect()
}

fn taught(stage: Stage) -> &'static [&'static str] {
    match stage {
        Stage::Kindergarten => &["early", "early", "music", "early", "art"],
        Stage::Primary => &["chinese", "maths", "chinese", "maths", "english", "pe", "science", "music", "art", "morality", "it"],
        Stage::Junior => {
            &["chinese", "maths", "english", "physics", "history", "pe", "morality", "biology", "geography", "chemistry", "music"]
        }
        Stage::Senior => {
            &["chinese", "maths", "english", "physics", "chemistry", "biology", "history", "geography", "morality", "pe", "trade"]
        }
    }
}

pub fn people(crew: &Crew) -> Vec<Person> {
    let leaders = (0..crew.leaders).map(|k| leader(crew, k));
    leaders.chain((0..crew.teachers).map(|k| teacher(crew, k))).collect()
}

fn certificate(stage: Stage, k: usize) -> Vec<Certificate> {
    let subjects = taught(stage);
    vec![Certificate { subject: subjects[k % subjects.len()].to_owned(), stage }]
}

fn leader(crew: &Crew, k: usize) -> Person {
    let turn = k * 5 + crew.turn * 3;
    let rank = match k {
        0 => "head",
        k if k + 1 == crew.leaders => "dean",
        _ => "deputy",
    };
    Person {
        id: format!("{}-L{:02}", crew.school, k + 1),
        employer: crew.school.to_owned(),
        category: Category::Leader,
        sex: if turn.is_multiple_of(3) { Sex::Female } else { Sex::Male },
        born: Some(Month { year: 1972 + (turn % 12) as u16, month: 1 + (turn % 12) as u8 }),
        subjects: certificate(crew.stage, k),
        rank: Some(rank.to_owned()),
        years_at_school: 3 + (turn % 9) as u32,
        assessments: vec![Assessment::Passed],
        ..Person::default()
    }
}

fn teacher(crew: &Crew, k: usize) -> Person {
    let turn = k * 11 + crew.turn * 5;
    let year = 1968 + (turn % usize::from(crew.youngest - 1967)) as u16;
    // At work from the age of 23 on.
    let most = u32::from(2026 - year - 22);
    let talent = match k % crew.backbone {
        1 if k.is_multiple_of(3) => Talent::City,
        1 => Talent::County,
        _ => Talent::None,
    };
    let wish = crew.wishes.get(k / 2 % crew.wishes.len().max(1)).filter(|_| k.is_multiple_of(2) && k < 36);
    Person {
        id: format!("{}-T{:03}", crew.school, k + 1),
        employer: crew.school.to_owned(),
        sex: if turn % 10 < 7 { Sex::Female } else { Sex::Male },
        born: Some(Month { year, month: 1 + (turn % 12) as u8 }),
        subjects: certificate(crew.stage, k),
        higher_degree: !turn.is_multiple_of(3),
        talent,
        years_at_school: (1 + (k * 5 + crew.turn) % 18) as u32 % most + 1,
        assessments: vec![if turn.is_multiple_of(5) { Assessment::Excellent } else { Assessment::Passed }],
        wishes: Wishes { schools: wish.iter().map(|school| (**school).to_owned()).collect(), ..Wishes::default() },
        ..Person::default()
    }
}
