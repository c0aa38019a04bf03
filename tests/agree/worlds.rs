//! The worlds: the tiny instances, and changes to them that a district could really have.

use super::built;
use super::dice::Dice;
use lunpai::district::validate::validate;
use lunpai::file::{
    Assessment, Block, BlockKind, Category, CellRef, Certificate, Clock, ClubKind, Course, Deferral, DeferralCode, District, FixedBlock,
    Form, Half, Kin, KinTie, LockedLesson, Month, Opening, PastExchange, Policy, Post, Role, SentAs, Sex, Source, Stage, Standing, Talent,
    Text, Trip, Weeks, Window, read_district, read_policy,
};
use lunpai::problem::Severity;
use std::path::Path;

pub const TINY: [&str; 4] = ["river", "hill", "town", "feedback"];

fn source(name: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/tiny").join(format!("{name}.json"));
    Source::read(&path).unwrap_or_else(|problem| panic!("{name}: {problem:?}"))
}
pub fn district(name: &str) -> District {
    read_district(&source(name)).unwrap_or_else(|problem| panic!("{name}: {problem:?}"))
}
pub fn policy() -> Policy {
    read_policy(&source("policy")).unwrap_or_else(|problem| panic!("policy: {problem:?}"))
}

pub fn sound(district: &District) -> bool {
    validate("world", district, None, None).iter().all(|problem| problem.severity != Severity::Error)
}

/// A tiny instance or a world built here, with up to `most` changes, each of which leaves it valid.
pub fn world(dice: &mut Dice, most: usize) -> District {
    let mut world = match dice.below(TINY.len() * 2) {
        0 => built::thousand(),
        1 => built::evening(),
        k => district(TINY[k % TINY.len()]),
    };
    for _ in 0..dice.below(most + 1) {
        let mut other = world.clone();
        change(&mut other, dice);
        if sound(&other) {
            world = other;
        }
    }
    world
}

fn any<'a, T>(list: &'a mut [T], dice: &mut Dice) -> Option<&'a mut T> {
    let index = dice.below(list.len());
    list.get_mut(index)
}
fn id_of<T>(list: &[T], dice: &mut Dice, id: impl Fn(&T) -> &String) -> String {
    dice.pick(list).map_or_else(String::new, |item| id(item).clone())
}
fn weeks(cycle: u8, dice: &mut Dice) -> Weeks {
    if cycle == 2 { [Weeks::All, Weeks::Odd, Weeks::Even][dice.below(3)] } else { Weeks::All }
}
fn window(district: &District, dice: &mut Dice) -> Window {
    let Some(bell) = dice.pick(&district.bells) else { return Window { weekday: 1, from: Clock(480), to: Clock(520), weeks: Weeks::All } };
    let weekday = bell.weekdays[dice.below(bell.weekdays.len())];
    let cells = bell.days.get(&weekday).unwrap_or(&bell.cells);
    let cell = &cells[dice.below(cells.len())];
    // Often on the minute of a bell, so that ends that only touch are met.
    let from = i64::from(cell.start.0) + [0, 0, -20, 15, -5][dice.below(5)];
    let to = (i64::from(cell.end.0) + [0, 0, 30, 60, -10][dice.below(5)]).max(from + 5);
    Window { weekday, from: Clock(from as u16), to: Clock(to as u16), weeks: weeks(district.cycle_weeks, dice) }
}

fn change(district: &mut District, dice: &mut Dice) {
    match dice.below(6) {
        5 => change_clubs(district, dice),
        0 => change_times(district, dice),
        1 => change_places(district, dice),
        2 => change_courses(district, dice),
        _ => change_people(district, dice),
    }
}

fn change_times(district: &mut District, dice: &mut Dice) {
    let when = window(district, dice);
    let school = id_of(&district.schools, dice, |school| &school.id);
    let subject = id_of(&district.subjects, dice, |subject| &subject.id);
    let person = id_of(&district.people, dice, |person| &person.id);
    let class = id_of(&district.classes, dice, |class| &class.id);
    let other = id_of(&district.people, dice, |person| &person.id);
    match dice.below(8) {
        0 | 1 => any(&mut district.people, dice).expect("people").unavailable.push(when),
        2 => {
            let kinds = [
                BlockKind::Research,
                BlockKind::Assembly,
                BlockKind::Club,
                BlockKind::Exam,
                BlockKind::Exercise,
                BlockKind::Duty,
                BlockKind::Meeting,
            ];
            let list = |chance: usize, id: String, dice: &mut Dice| if dice.percent(chance) { vec![id] } else { vec![] };
            let kind = kinds[dice.below(kinds.len())];
            let block = FixedBlock {
                id: format!("block-{}", district.blocks.len()),
                name: Text::new("固定时段", "fixed block"),
                kind,
                subjects: list(60, subject, dice),
                schools: list(50, school, dice),
                people: list(50, person, dice),
                classes: list(40, class, dice),
                observed: dice.percent(30) && kind == BlockKind::Research,
                when: vec![when],
            };
            district.blocks.push(block);
        }
        3 => {
            if let Some(block) = any(&mut district.blocks, dice) {
                block.when.push(when);
            }
        }
        4 => {
            let course = id_of(&district.courses, dice, |course| &course.id);
            let at = CellRef { weekday: when.weekday, period: dice.between(1, 4) as u8 };
            district.locked_lessons.push(LockedLesson { course, block: 1, at });
        }
        5 => {
            if let Some(roster) = any(&mut district.rosters, dice) {
                match dice.below(4) {
                    0 => roster.when.push(when),
                    1 => roster.weeks = [None, Some(2), Some(4)][dice.below(3)],
                    2 => (roster.leaders, roster.teachers) = (dice.below(2) as u32, dice.below(3) as u32),
                    _ => roster.people = if dice.percent(50) { Vec::new() } else { vec![person, other] },
                }
            }
        }
        6 => {
            if let Some(class) = any(&mut district.classes, dice) {
                class.closed.pop();
            }
        }
        _ => {
            if let Some(bell) = any(&mut district.bells, dice)
                && let Some(cell) = any(&mut bell.cells, dice)
            {
                match dice.below(4) {
                    0 => cell.joins_next = !cell.joins_next,
                    1 => cell.half = [Half::Am, Half::Pm, Half::Eve][dice.below(3)],
                    2 => cell.end = Clock(cell.end.0 + 5),
                    _ => cell.start = Clock(cell.start.0 - 5),
                }
            }
        }
    }
}

fn change_places(district: &mut District, dice: &mut Dice) {
    let when = window(district, dice);
    let site = id_of(&district.schools, dice, |school| school.sites.first().map_or(&school.id, |site| &site.id));
    let other = id_of(&district.schools, dice, |school| &school.id);
    match dice.below(10) {
        0 => {
            let trip = Trip { from: site, to: other, minutes: dice.between(3, 45) as u32, both_ways: dice.percent(50), provenance: None };
            district.travel.trips.push(trip);
        }
        1 => {
            if let Some(trip) = any(&mut district.travel.trips, dice) {
                trip.minutes = dice.between(3, 120) as u32;
            }
        }
        2 => {
            if let Some(class) = any(&mut district.classes, dice) {
                class.pupils = dice.between(10, 60) as u32;
            }
        }
        3 => {
            let sites: Vec<(String, String)> =
                district.schools.iter().flat_map(|school| school.sites.iter().map(|site| (school.id.clone(), site.id.clone()))).collect();
            if let (Some(class), Some((school, site))) = (any(&mut district.classes, dice), dice.pick(&sites))
                && class.school == *school
            {
                class.site = Some(site.clone());
            }
        }
        4 => {
            if let Some(group) = any(&mut district.groups, dice) {
                group.agreement.teach_across = [None, Some(true), Some(false)][dice.below(3)];
            }
        }
        5 => {
            if let Some(school) = any(&mut district.schools, dice) {
                school.quota.insert("all".into(), dice.between(1, 8) as u32);
                school.pupils.insert(school.stages[0], dice.between(20, 200) as u32);
            }
        }
        _ => {
            let site = district.sites_of(&other);
            if let Some(room) = any(&mut district.rooms, dice) {
                match dice.below(8) {
                    0 => room.units = dice.between(1, 2) as u32,
                    1 => room.seats = Some(dice.between(20, 60) as u32),
                    2 => room.open.push(when),
                    3 => room.open.clear(),
                    4 => room.open_to.push(other),
                    5 => room.setup_minutes = dice.between(0, 25) as u32,
                    6 => room.clearing_minutes = dice.between(0, 25) as u32,
                    _ => {
                        let mut copy = room.clone();
                        copy.id = format!("{}-also", room.id);
                        copy.site = if dice.percent(70) { room.site.clone() } else { site };
                        copy.seats = copy.seats.filter(|_| dice.percent(50));
                        district.rooms.push(copy);
                    }
                }
            }
        }
    }
}

/// What groups owe each other, in half of the worlds; some are at the other school already.
pub fn owe(district: &mut District, dice: &mut Dice) {
    if dice.percent(50) {
        return;
    }
    for group in &mut district.groups {
        for sends in [&mut group.agreement.each_way, &mut group.agreement.lead_sends, &mut group.agreement.member_sends] {
            for role in SentAs::ALL {
                if dice.percent(30) {
                    sends.insert(role.id().to_owned(), dice.below(3) as u32);
                }
            }
        }
        group.agreement.term_years = [None, Some(1), Some(2)][dice.below(3)];
        group.agreement.yuan_per_person = Some(dice.below(3) as u32);
        group.agreement.pooled_posts = [None, Some(false), Some(true)][dice.below(3)];
        group.agreement.pooled_budget = [None, Some(false), Some(true)][dice.below(3)];
    }
    for school in &mut district.schools {
        school.new_school = dice.percent(40);
        school.rural = dice.percent(40);
        if dice.percent(40) {
            let opening = |n: usize| Opening { id: format!("{}-{n}", school.id), ..Opening::default() };
            school.openings = (0..dice.below(3)).map(opening).collect();
        }
        school.standing = [Standing::Supporting, Standing::Receiving, Standing::Neither][dice.below(3)];
        school.budget_yuan = if dice.percent(80) { Some(dice.between(0, 3)) } else { None };
    }
    let schools: Vec<String> = district.schools.iter().map(|school| school.id.clone()).collect();
    for person in &mut district.people {
        person.training_due = dice.percent(30);
        person.graduating_grade = dice.percent(40);
        for (post, chance) in [("principal", 30), ("party_member", 60)] {
            if dice.percent(chance) {
                person.posts.push(Post { post: post.to_owned(), periods: 0 });
            }
        }
        person.born = Some(Month { year: dice.between(1970, 1999) as u16, month: dice.between(1, 12) as u8 });
        let Some(to) = dice.pick(&schools).cloned().filter(|to| *to != person.employer && dice.percent(30)) else { continue };
        let start = Month { year: dice.between(2023, 2026) as u16, month: dice.between(7, 11) as u8 };
        let end = if dice.percent(70) { None } else { Some(Month { year: 2026, month: dice.between(7, 11) as u8 }) };
        let end = end.filter(|end| start.count() < end.count());
        person.exchanges.push(PastExchange { from: person.employer.clone(), to: to.clone(), start, end, form: Form::Rotation });
        if dice.percent(60) {
            person.works_at = Some(to);
        }
    }
}

trait Sites {
    fn sites_of(&self, school: &str) -> String;
}
impl Sites for District {
    fn sites_of(&self, school: &str) -> String {
        let found = self.schools.iter().find(|other| other.id == school).and_then(|school| school.sites.first());
        found.map_or_else(|| school.to_owned(), |site| site.id.clone())
    }
}

fn change_courses(district: &mut District, dice: &mut Dice) {
    let person = id_of(&district.people, dice, |person| &person.id);
    let cycle = district.cycle_weeks;
    match dice.below(9) {
        0 | 1 => {
            if let Some(course) = any(&mut district.courses, dice) {
                match any(&mut course.teachers, dice) {
                    Some(role) => role.person = if dice.percent(70) { Some(person) } else { None },
                    None => course.teachers.push(Role { role: "lead".into(), person: Some(person), load_periods: None }),
                }
            }
        }
        2 => {
            if let Some(course) = any(&mut district.courses, dice)
                && let Some(block) = any(&mut course.blocks, dice)
            {
                block.weeks = weeks(cycle, dice);
                if let Some(room) = &mut block.room {
                    room.weeks = weeks(cycle, dice);
                }
            }
        }
        3 => {
            if let Some(line) = any(&mut district.curriculum, dice) {
                line.doubles = if line.periods >= 2 { dice.between(0, 1) as u8 } else { 0 };
            }
        }
        4 => {
            if let Some(line) = any(&mut district.curriculum, dice)
                && let Some(room) = &mut line.room
            {
                match dice.below(2) {
                    0 => room.weeks = weeks(cycle, dice),
                    _ => room.blocks = [None, Some(1), Some(2)][dice.below(3)],
                }
            }
        }
        5 => {
            let teachers = vec![Role { role: "lead".into(), person: Some(person), load_periods: None }];
            let class = id_of(&district.classes, dice, |class| &class.id);
            let subject = id_of(&district.subjects, dice, |subject| &subject.id);
            let block = Block { periods: dice.between(1, 2) as u8, weeks: weeks(cycle, dice), room: None };
            let id = format!("{class}.{subject}-named");
            district.courses.push(Course {
                id,
                classes: vec![class],
                subject,
                blocks: vec![block],
                teachers: if dice.percent(50) { teachers } else { vec![] },
                band: None,
                split: dice.percent(30),
                remote: false,
            });
        }
        6 => {
            if let Some(class) = any(&mut district.classes, dice) {
                class.class_teacher = if dice.percent(80) { Some(person) } else { None };
            }
        }
        7 => {
            if let Some(subject) = any(&mut district.subjects, dice) {
                match dice.below(3) {
                    0 => subject.main = !subject.main,
                    1 => subject.sport = !subject.sport,
                    _ => subject.any_teacher = !subject.any_teacher,
                }
            }
        }
        _ => district.cycle_weeks = 3 - district.cycle_weeks,
    }
}

fn change_clubs(district: &mut District, dice: &mut Dice) {
    let person = dice.pick(&district.people).map(|person| person.id.clone());
    let subject = dice.pick(&district.subjects).map(|subject| subject.id.clone());
    let blocks: Vec<Option<String>> = district.clubs.iter().map(|club| club.block.clone()).collect();
    let at = dice.below(district.clubs.len());
    let Some(club) = district.clubs.get_mut(at) else { return };
    match dice.below(7) {
        0 => club.kind = [ClubKind::Sport, ClubKind::Arts, ClubKind::Other][dice.below(3)],
        1 => club.places = dice.between(10, 60) as u32,
        2 => club.leaders = [None, Some(0), Some(2)][dice.below(3)],
        3 => club.people.extend(person),
        4 => club.subjects.extend(subject),
        5 => club.grades = if dice.percent(50) { Vec::new() } else { vec![[1, 5, 7][dice.below(3)]] },
        _ => club.block.clone_from(&blocks[dice.below(blocks.len())]),
    }
}

fn change_people(district: &mut District, dice: &mut Dice) {
    let school = id_of(&district.schools, dice, |school| &school.id);
    let other = id_of(&district.people, dice, |person| &person.id);
    let subject = id_of(&district.subjects, dice, |subject| &subject.id);
    let Some(person) = any(&mut district.people, dice) else { return };
    match dice.below(20) {
        0 => person.works_at = Some(school),
        1 => person.load_cap = person.load_cap.saturating_add_signed(dice.between(-4, 4) as i32),
        2 => person.load_target = dice.between(0, i64::from(person.load_cap)) as u32,
        3 => person.longest_trip_minutes = Some(dice.between(5, 30) as u32),
        4 => person.talent = [Talent::None, Talent::School, Talent::County, Talent::City, Talent::Special][dice.below(5)],
        5 => person.category = [Category::Teacher, Category::Leader, Category::Worker][dice.below(3)],
        6 => person.sex = [Sex::Unstated, Sex::Female, Sex::Male][dice.below(3)],
        7 => person.born = Some(Month { year: dice.between(1962, 1985) as u16, month: dice.between(1, 12) as u8 }),
        8 => person.years_at_school = dice.between(4, 8) as u32,
        9 => person.assessments = vec![[Assessment::Failed, Assessment::Passed][dice.below(2)]],
        10 => {
            let until = Month { year: 2026, month: dice.between(7, 10) as u8 };
            let until = if dice.percent(70) { Some(until) } else { None };
            person.deferrals.push(Deferral { code: DeferralCode::Health, until });
        }
        11 => person.service_until = Some(Month { year: 2026, month: dice.between(7, 10) as u8 }),
        12 => person.wishes.schools.push(school),
        13 => person.wishes.volunteers = !person.wishes.volunteers,
        14 => person.wishes.accepts_any = !person.wishes.accepts_any,
        15 => person.locks.stays = !person.locks.stays,
        16 => person.locks.posted_to = if dice.percent(70) { Some(school) } else { None },
        17 => person.mentor = Some(other),
        18 => person.kin.push(Kin { person: other, tie: [KinTie::Avoid, KinTie::Avoid, KinTie::Near][dice.below(3)] }),
        _ => {
            let stage = [Stage::Primary, Stage::Junior][dice.below(2)];
            person.subjects.push(Certificate { subject, stage });
            person.rank = Some("senior".into());
        }
    }
}
