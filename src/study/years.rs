//! Years ahead: a district carried from September to September under one policy.
//!
//! Each year somebody refuses, the exchange is planned, and the next September is made of it: who was sent is away, who came home is home,
//! everybody is a year older; who retires or leaves is followed by somebody new in the same place. What happens to a person in a year is drawn
//! from (seed, year, person) alone, so that every policy meets the same refusals and the same leavers.

use super::{Contender, Row, Trial};
use crate::check::retirement_age_months;
use crate::file::{Category, District, Form, Month, PastExchange, Person, Plan, Policy, Sex};
use crate::stages::Cancel;
use std::collections::BTreeSet;

/// How often things happen, in percent of the people.
#[derive(Debug, Clone, Copy, Default)]
pub struct Chances {
    /// Of those who could be asked: stays this year, whatever is planned.
    pub refuses: u32,
    /// Leaves the district after the year.
    pub leaves: u32,
}

/// One year as it was planned, and what happened around it.
#[derive(Debug, Clone)]
pub struct Year {
    /// Of the term's first day.
    pub year: u16,
    pub row: Row,
    pub refused: BTreeSet<String>,
    /// At the end of the year; as many new people follow.
    pub retired: BTreeSet<String>,
    pub left: BTreeSet<String>,
}

/// Years of one policy.
#[derive(Debug, Clone, Copy)]
pub struct Ahead<'a> {
    pub policy: &'a Policy,
    pub years: u16,
    /// Draws what happens to people.
    pub seed: u64,
    pub chances: Chances,
}

impl Trial<'_> {
    /// The years from a district with a term, and the district after them.
    pub fn years(&self, start: &District, ahead: &Ahead, cancel: &Cancel) -> (Vec<Year>, District) {
        let Ahead { policy, years, seed, chances } = *ahead;
        let mut district = start.clone();
        let mut told = Vec::new();
        for _ in 0..years {
            let Some(now) = first_month(&district) else { break };
            let mut asked = district.clone();
            let mut refused = BTreeSet::new();
            for person in &mut asked.people {
                let may = person.category != Category::Worker && person.locks.posted_to.is_none();
                if may && draw(seed, now.year, &person.id, "refuses") < chances.refuses {
                    person.locks.stays = true;
                    person.wishes.volunteers = false;
                    refused.insert(person.id.clone());
                }
            }
            let row = self.run(&asked, Contender::Policy(policy), seed, cancel);
            let (retired, left) = advance(&mut district, row.plan.as_ref(), now, seed, chances);
            told.push(Year { year: now.year, row, refused, retired, left });
        }
        (told, district)
    }
}

fn first_month(district: &District) -> Option<Month> {
    Month::parse(district.term.as_ref()?.first_day.get(..7)?)
}

/// 0 to 99, the same for the same seed, year, person and question on every machine (FNV-1a, then a mixing step).
fn draw(seed: u64, year: u16, person: &str, what: &str) -> u32 {
    let bytes = seed.to_le_bytes().into_iter().chain(year.to_le_bytes()).chain(person.bytes()).chain([0]).chain(what.bytes());
    let mut hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((hash ^ (hash >> 31)) % 100) as u32
}

/// Ids of people.
type Ids = BTreeSet<String>;

/// The district in the September after; who retired and who left.
fn advance(district: &mut District, plan: Option<&Plan>, now: Month, seed: u64, chances: Chances) -> (Ids, Ids) {
    let next = Month { year: now.year + 1, month: now.month };
    let before = if now.month == 1 { Month { year: now.year - 1, month: 12 } } else { Month { month: now.month - 1, ..now } };
    for person in &mut district.people {
        person.years_at_school += 1;
        person.years_in_subject += 1;
        // Agreed for this year; whoever was sent by it is there.
        person.locks.posted_to = None;
        let row = plan.and_then(|plan| plan.postings.iter().find(|row| row.person == person.id));
        if let Some(row) = row.filter(|row| !matches!(row.form, Form::Shadowing | Form::Concurrent)) {
            // What was still open ended when the new year began.
            person.exchanges.iter_mut().filter(|past| past.end.is_none()).for_each(|past| past.end = Some(before.max(past.start)));
            person.years_at_school = 1;
            // A wish that has come true is none any more.
            person.wishes.schools.retain(|school| *school != row.to);
            person.works_at = (row.to != person.employer).then(|| row.to.clone());
            if row.to != person.employer {
                let (from, to) = (person.employer.clone(), row.to.clone());
                person.exchanges.push(PastExchange { from, to, start: now, end: None, form: row.form });
            }
        }
    }
    let (mut retired, mut left) = (Ids::new(), Ids::new());
    for place in 0..district.people.len() {
        let person = &district.people[place];
        let old = |born: Month| born.count() + retirement_age_months(person.sex, person.category, born) <= next.count();
        let retires = person.born.is_some_and(old);
        if !retires && draw(seed, now.year, &person.id, "leaves") >= chances.leaves {
            continue;
        }
        if retires { &mut retired } else { &mut left }.insert(person.id.clone());
        follow(district, place, next, seed);
    }
    if let Some(term) = &mut district.term {
        let moved = |day: &str, by: u16| {
            let year: Option<u16> = day.get(..4).and_then(|year| year.parse().ok());
            year.map_or_else(|| day.to_owned(), |year| format!("{}{}", year + by, &day[4..]))
        };
        // 29 February is in no term's first or last day that a school would have; a date that is none is told by validation.
        (term.first_day, term.last_day) = (moved(&term.first_day, 1), moved(&term.last_day, 1));
        term.id = moved(&term.id, 1);
        term.off.clear();
        term.teaches_as.clear();
    }
    district.baseline = None;
    (retired, left)
}

/// Somebody new in the place of a person: the same school, subjects, load and given work, a career to come.
fn follow(district: &mut District, place: usize, next: Month, seed: u64) {
    let old = district.people[place].id.clone();
    let new = format!("{}-n{}", old.split("-n").next().unwrap_or(&old), next.year);
    let gone = &district.people[place];
    let month = (draw(seed, next.year, &new, "born") % 12) as u8 + 1;
    let person = Person {
        id: new.clone(),
        employer: gone.employer.clone(),
        category: gone.category,
        sex: if draw(seed, next.year, &new, "sex") < 70 { Sex::Female } else { Sex::Male },
        born: gone.born.map(|_| Month { year: next.year - 24, month }),
        subjects: gone.subjects.clone(),
        load_target: gone.load_target,
        load_cap: gone.load_cap,
        posts: gone.posts.clone(),
        higher_degree: gone.higher_degree,
        rank: gone.rank.clone(),
        graduating_grade: gone.graduating_grade,
        ..Person::default()
    };
    district.people[place] = person;
    district.names.remove(&old);
    for person in &mut district.people {
        person.kin.retain(|kin| kin.person != old);
        person.mentor = person.mentor.take().filter(|mentor| *mentor != old);
    }
    let teachers = district.classes.iter_mut().filter_map(|class| class.class_teacher.as_mut());
    let given = district.courses.iter_mut().flat_map(|course| &mut course.teachers).filter_map(|role| role.person.as_mut());
    let lists = district.blocks.iter_mut().flat_map(|block| &mut block.people);
    let turns = district.rosters.iter_mut().flat_map(|roster| &mut roster.people);
    let clubs = district.clubs.iter_mut().flat_map(|club| &mut club.people);
    for id in teachers.chain(given).chain(lists).chain(turns).chain(clubs).filter(|id| **id == old) {
        id.clone_from(&new);
    }
}

#[cfg(test)]
mod tests {
    use super::{Chances, advance, draw};
    use crate::file::{District, Form, Month, Part, Person, Plan, Posting, School, Term};
    use std::collections::BTreeSet;

    const NOW: Month = Month { year: 2026, month: 9 };

    fn world() -> District {
        let school = |id: &str| School { id: id.to_owned(), ..School::default() };
        let term = Term { id: "2026-1".into(), first_day: "2026-09-01".into(), last_day: "2027-01-20".into(), ..Term::default() };
        let born = Some(Month { year: 1980, month: 5 });
        let person = |id: &str| Person { id: id.to_owned(), employer: "A".to_owned(), born, years_at_school: 7, ..Person::default() };
        District {
            schools: vec![school("A"), school("B")],
            people: vec![person("P1"), person("P2")],
            term: Some(term),
            ..District::default()
        }
    }
    fn plan(person: &str, from: &str, to: &str, form: Form) -> Plan {
        let row = Posting {
            person: person.into(),
            from: from.into(),
            to: to.into(),
            form,
            from_term: "2026-1".into(),
            to_term: None,
            because: Vec::new(),
        };
        Plan { parts: vec![Part::Postings], postings: vec![row], ..Plan::default() }
    }

    #[test]
    fn a_draw_is_the_persons_and_the_years_own() {
        assert_eq!(draw(1, 2026, "P1", "refuses"), draw(1, 2026, "P1", "refuses"));
        let many = |of: &dyn Fn(u32) -> u32| (0..2000).map(of).collect::<Vec<_>>();
        let by_person = many(&|k| draw(1, 2026, &format!("P{k}"), "refuses"));
        let few = by_person.iter().filter(|drawn| **drawn < 10).count();
        assert!((140..260).contains(&few), "{few} of 2000 at ten percent");
        assert_ne!(by_person, many(&|k| draw(1, 2027, &format!("P{k}"), "refuses")));
        assert_ne!(by_person, many(&|k| draw(2, 2026, &format!("P{k}"), "refuses")));
        assert_ne!(by_person, many(&|k| draw(1, 2026, &format!("P{k}"), "leaves")));
    }

    #[test]
    fn whoever_is_sent_is_away_and_whoever_comes_home_has_been() {
        let mut district = world();
        advance(&mut district, Some(&plan("P1", "A", "B", Form::Support)), NOW, 1, Chances::default());
        let away = &district.people[0];
        assert_eq!((away.works_at.as_deref(), away.years_at_school, away.exchanges.len()), (Some("B"), 1, 1));
        assert_eq!((away.exchanges[0].start, away.exchanges[0].end), (NOW, None));
        assert_eq!((district.people[1].years_at_school, district.people[1].works_at.as_deref()), (8, None));
        let term = district.term.as_ref().expect("a term");
        assert_eq!((term.id.as_str(), term.first_day.as_str(), term.last_day.as_str()), ("2027-1", "2027-09-01", "2028-01-20"));
        let later = Month { year: 2027, month: 9 };
        advance(&mut district, Some(&plan("P1", "B", "A", Form::Return)), later, 1, Chances::default());
        let home = &district.people[0];
        assert_eq!((home.works_at.as_deref(), home.exchanges.len()), (None, 1));
        assert_eq!(home.exchanges[0].end, Some(Month { year: 2027, month: 8 }));
    }

    #[test]
    fn who_retires_or_leaves_is_followed_by_somebody_new_in_the_same_place() {
        let mut district = world();
        district.people[0].born = Some(Month { year: 1964, month: 6 });
        district.people[1].mentor = Some("P1".to_owned());
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(advance(&mut district, None, NOW, 1, Chances::default()), (ids(&["P1"]), ids(&[])), "60 years in June 2024");
        let new = &district.people[0];
        assert_eq!((new.id.as_str(), new.employer.as_str(), new.years_at_school), ("P1-n2027", "A", 0));
        assert_eq!(district.people[1].mentor, None);
        let everybody = Chances { refuses: 0, leaves: 100 };
        let gone = advance(&mut district, None, Month { year: 2027, month: 9 }, 1, everybody);
        assert_eq!(gone, (ids(&[]), ids(&["P1-n2027", "P2"])));
        assert_eq!(district.people[0].id, "P1-n2028", "numbered by the year, not longer and longer");
    }
}
