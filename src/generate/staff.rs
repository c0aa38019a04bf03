//! The people: enough for the main subjects everywhere, specialists where the large schools are, not where the small ones are.

use super::dice::Dice;
use super::layout::{Part, Place};
use super::standard;
use crate::file::{
    Assessment, Category, Certificate, Class, Deferral, DeferralCode, Kin, KinTie, Means, Month, Person, Post, Sex, Stage, Talent, Weeks,
    Window, Wishes,
};
use std::collections::BTreeMap;

const SPECIALIST: &[&str] = &["english", "science", "it", "pe", "music", "art"];
/// Per 18 classes; everything grows with the classes, rounded up.
const JUNIOR: &[(&str, u32)] = &[
    ("chinese", 9),
    ("maths", 9),
    ("english", 8),
    ("pe", 5),
    ("music", 1),
    ("art", 2),
    ("it", 1),
    ("biology", 3),
    ("physics", 3),
    ("chemistry", 2),
    ("morality", 3),
    ("history", 3),
    ("geography", 2),
    ("labour", 3),
];

pub fn people_and_classes(clusters: &[Vec<Place>], dice: &mut Dice) -> (Vec<Person>, Vec<Class>) {
    let (mut people, mut classes) = (Vec::new(), Vec::new());
    for cluster in clusters {
        let counts = specialists(cluster, dice);
        let ids: Vec<&str> = cluster.iter().map(|place| place.id.as_str()).collect();
        for (place, specialists) in cluster.iter().zip(&counts) {
            let mut staff = Staff { place, people: Vec::new(), neighbours: &ids };
            staff.leaders();
            for (subject, count) in numbers(place, specialists) {
                for _ in 0..count {
                    staff.teacher(subject, dice);
                }
            }
            classes.extend(staff.classes());
            staff.busy(dice);
            people.append(&mut staff.people);
        }
    }
    (people, classes)
}

/// Teachers by subject in one school.
fn numbers(place: &Place, specialists: &BTreeMap<&'static str, u32>) -> Vec<(&'static str, u32)> {
    let classes = place.classes();
    if place.part == Part::Junior {
        return JUNIOR.iter().map(|&(subject, per_18)| (subject, (per_18 * classes).div_ceil(18))).collect();
    }
    let mut numbers = vec![("chinese", (classes * 7).div_ceil(6)), ("maths", (classes * 42).div_ceil(100))];
    numbers.extend(specialists.iter().map(|(&subject, &count)| (subject, count)));
    numbers
}

/// Weekly periods of a subject in a school.
fn demand(place: &Place, subject: &str) -> u32 {
    place.grades().map(|grade| u32::from(standard::hours(subject, grade)) * place.classes_per_grade).sum()
}

/// Primary specialists by school: what each can use in full, none at most small schools; then one more at a time to the
/// large schools until the group could cover its hours if everybody went where needed.
fn specialists(cluster: &[Place], dice: &mut Dice) -> Vec<BTreeMap<&'static str, u32>> {
    let mut counts = vec![BTreeMap::new(); cluster.len()];
    for &subject in SPECIALIST {
        let mut cover = 0;
        let mut need = 0;
        for (place, counts) in cluster.iter().zip(&mut counts) {
            if place.part == Part::Junior {
                let spare = |(own, per_18, cap): (&str, u32, u32)| {
                    ((per_18 * place.classes()).div_ceil(18) * cap).saturating_sub(demand(place, own))
                };
                cover += match subject {
                    "english" => spare(("english", 8, 16)),
                    "art" => spare(("art", 2, 20)),
                    "it" => spare(("it", 1, 20)),
                    // Sciences and PE keep a reserve: their own timetable is the tightest.
                    _ => 0,
                };
                continue;
            }
            let hours = demand(place, subject);
            let count = if place.part == Part::Small {
                u32::from(["pe", "music", "art"].contains(&subject) && dice.percent(30))
            } else {
                hours / 20
            };
            need += hours;
            cover += count * 20;
            counts.insert(subject, count);
        }
        let large: Vec<usize> = (0..cluster.len()).filter(|&index| matches!(cluster[index].part, Part::Lead | Part::Middle)).collect();
        let mut turn = 0;
        while cover * 100 < need * 106 && !large.is_empty() {
            *counts[large[turn % large.len()]].entry(subject).or_default() += 1;
            cover += 20;
            turn += 1;
        }
    }
    counts
}

/// The staff of one school while it is hired.
struct Staff<'a> {
    place: &'a Place,
    people: Vec<Person>,
    neighbours: &'a [&'a str],
}

impl Staff<'_> {
    fn leaders(&mut self) {
        let (stage, junior) = (self.place.stage(), self.place.part == Part::Junior);
        let subjects: &[&str] = if junior { &["morality", "labour"] } else { &["morality", "chinese"] };
        let count = if self.place.part == Part::Small { 1 } else { 2 };
        for (number, subject) in (1..).zip(&subjects[..count]) {
            self.people.push(Person {
                id: format!("{}-L{number:02}", self.place.id),
                employer: self.place.id.clone(),
                category: Category::Leader,
                born: Some(Month { year: 1978, month: 4 }),
                subjects: vec![Certificate { subject: (*subject).to_owned(), stage }],
                load_target: 6,
                load_cap: 8,
                years_at_school: 3,
                years_in_subject: 20,
                assessments: vec![Assessment::Passed],
                ..Person::default()
            });
        }
    }

    fn teacher(&mut self, subject: &'static str, dice: &mut Dice) {
        let junior = self.place.part == Part::Junior;
        let also: &[&str] = match (subject, junior) {
            ("chinese", false) => &["morality"],
            ("biology" | "physics", true) => &["science"],
            _ => &[],
        };
        let stage = if junior { Stage::Junior } else { Stage::Primary };
        let certificate = |subject: &&str| Certificate { subject: (*subject).to_owned(), stage };
        let (load_target, load_cap) = load(subject, junior);
        let years = dice.between(1, 16) as u32;
        let backbone = match self.place.part {
            Part::Lead => 26,
            Part::Middle | Part::Junior => 14,
            Part::Small => 3,
        };
        self.people.push(Person {
            id: format!("{}-T{:03}", self.place.id, self.people.len()),
            employer: self.place.id.clone(),
            sex: if dice.percent(70) { Sex::Female } else { Sex::Male },
            born: Some(Month { year: dice.between(1970, 2002 - i64::from(years)) as u16, month: dice.between(1, 12) as u8 }),
            subjects: std::iter::once(&subject).chain(also).map(certificate).collect(),
            load_target,
            load_cap,
            talent: if dice.percent(backbone) { dice.pick(&[Talent::County, Talent::County, Talent::City]) } else { Talent::None },
            years_at_school: years,
            years_in_subject: years + dice.roll(6) as u32,
            assessments: vec![dice.pick(&[Assessment::Passed, Assessment::Passed, Assessment::Excellent])],
            deferrals: Self::deferrals(dice),
            wishes: self.wishes(years, dice),
            kin: self.kin(dice),
            means: dice.pick(&[Means::Car, Means::Bus, Means::Unstated]),
            longest_trip_minutes: dice.percent(4).then_some(15),
            ..Person::default()
        });
    }

    fn deferrals(dice: &mut Dice) -> Vec<Deferral> {
        let code = dice.pick(&[DeferralCode::Maternity, DeferralCode::Health, DeferralCode::Carer, DeferralCode::JustExchanged]);
        let until = Some(Month { year: 2027, month: 8 });
        if dice.percent(6) { vec![Deferral { code, until }] } else { Vec::new() }
    }

    fn wishes(&self, years: u32, dice: &mut Dice) -> Wishes {
        let elsewhere: Vec<&str> = self.neighbours.iter().copied().filter(|id| *id != self.place.id).collect();
        let schools =
            if years >= 6 && dice.percent(50) && !elsewhere.is_empty() { vec![dice.pick(&elsewhere).to_owned()] } else { Vec::new() };
        Wishes { schools, accepts_any: dice.percent(25), volunteers: false }
    }

    /// One in twenty-five must not serve with the colleague hired before.
    fn kin(&self, dice: &mut Dice) -> Vec<Kin> {
        let near = dice.percent(4).then(|| self.people.last()).flatten();
        near.map(|person| Kin { person: person.id.clone(), tie: KinTie::Near }).into_iter().collect()
    }

    /// The classes, each with its class teacher: 语文 and 数学 teachers in primaries, a mix at the junior high.
    fn classes(&mut self) -> Vec<Class> {
        let classes = self.place.classes() as usize;
        let mix: Vec<(&str, usize)> = if self.place.part == Part::Junior {
            let rest = classes / 3;
            let (history, labour) = (rest.div_ceil(3), rest.div_ceil(3));
            let geography = (rest - history - labour) / 2;
            let morality = rest - history - labour - geography;
            vec![
                ("geography", geography),
                ("chinese", rest),
                ("history", history),
                ("morality", morality),
                ("labour", labour),
                ("maths", rest),
            ]
        } else {
            vec![("chinese", classes - classes / 6), ("maths", classes / 6)]
        };
        let mut chosen: Vec<Vec<String>> = Vec::new();
        for (subject, count) in mix {
            let equivalent = if self.place.part == Part::Junior { 5 } else { 4 };
            let teachers =
                self.people.iter_mut().filter(|person| person.category == Category::Teacher && person.subjects[0].subject == subject);
            let take = |person: &mut Person| {
                person.posts.push(Post { post: "class_teacher".to_owned(), periods: equivalent });
                person.id.clone()
            };
            chosen.push(teachers.take(count).map(take).collect());
        }
        let mut order = if self.place.part == Part::Junior { chosen.concat() } else { spread(chosen) }.into_iter();
        let mut list = Vec::new();
        for grade in self.place.grades() {
            for number in 1..=self.place.classes_per_grade {
                let class_teacher = order.next();
                list.push(Class { class_teacher, ..standard::class(&self.place.id, grade, number, self.place.pupils_per_class) });
            }
        }
        list
    }

    /// About eight cells of a hundred: an afternoon for some, a morning for others, dealt round the week so that no hour of
    /// a small school loses two people; Thursday afternoon is left to the maths research.
    fn busy(&mut self, dice: &mut Dice) {
        let half_days: Vec<(u8, bool)> =
            (1..=5).flat_map(|weekday| [(weekday, true), (weekday, false)]).filter(|half| *half != (4, false)).collect();
        let mut turn = dice.roll(half_days.len() as u64) as usize;
        for person in self.people.iter_mut().filter(|person| person.category == Category::Teacher) {
            if dice.percent(12) {
                continue;
            }
            // On the day of the subject's research a morning off would leave too few hours for a course with a lesson a day.
            if half_days[turn % half_days.len()].0 == research_day(&person.subjects[0].subject) {
                turn += 1;
                if half_days[turn % half_days.len()].0 == research_day(&person.subjects[0].subject) {
                    turn += 1;
                }
            }
            let (weekday, morning) = half_days[turn % half_days.len()];
            turn += 1;
            let (from, to) = if morning { ("08:00", "12:10") } else { ("14:00", "16:35") };
            // Whoever works to the limit, or has courses with a lesson every day, gives up half a morning only.
            let daily = self.place.part == Part::Junior && ["chinese", "maths"].contains(&person.subjects[0].subject.as_str());
            let to = if morning && (person.load_cap >= 20 || daily) { "10:05" } else { to };
            person.unavailable.push(Window { weekday, from: standard::clock(from), to: standard::clock(to), weeks: Weeks::All });
        }
    }
}

/// Weekday of the subject's research, as in [`super::week::blocks`]; 0 = none.
fn research_day(subject: &str) -> u8 {
    match subject {
        "science" => 1,
        "english" => 2,
        "chinese" => 3,
        "maths" => 4,
        _ => 0,
    }
}

/// One class in six is led by a teacher of mathematics, in every grade.
fn spread(chosen: Vec<Vec<String>>) -> Vec<String> {
    let mut lists = chosen.into_iter();
    let (mut order, maths) = (lists.next().unwrap_or_default(), lists.next().unwrap_or_default());
    for (turn, teacher) in maths.into_iter().enumerate() {
        order.insert((turn * 6 + 5).min(order.len()), teacher);
    }
    order
}

/// Target and cap, as in `instances/huayuankou`.
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
