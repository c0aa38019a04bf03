//! Teaching across schools in figures.

use super::View;
use super::home::gap_at_home;
use super::journeys::{Journey, journeys};
use crate::check::Facts;
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Sharing {
    /// Periods per cycle that nobody could teach without sharing, at least.
    pub(super) gap_at_home: i64,
    /// Periods per cycle without a teacher in the plan.
    pub(super) gap: i64,
    pub(super) links: Vec<Link>,
    /// People above their target load, and by how much at most and in all.
    pub(super) overloaded: usize,
    pub(super) overload_most: i64,
    pub(super) overload: i64,
    pub(super) shortages: Vec<Shortage>,
    pub(super) journeys: BTreeMap<Journey, u8>,
}

/// A person who teaches at a school other than the one they work at.
pub(super) struct Link {
    pub(super) person: usize,
    pub(super) home: Option<usize>,
    pub(super) host: usize,
    pub(super) periods: i64,
    /// One way.
    pub(super) minutes: i64,
    pub(super) subjects: BTreeSet<String>,
}

/// Lessons without a teacher, by school and subject.
pub(super) struct Shortage {
    pub(super) school: Option<usize>,
    pub(super) subject: String,
    pub(super) periods: i64,
    /// Courses concerned.
    pub(super) courses: Vec<usize>,
}

/// From so many periods per week on a link is nearly a post: propose a term's posting.
pub(super) const NEARLY_A_POST: i64 = 16;

impl Sharing {
    pub(super) fn of(view: &View, facts: &Facts) -> Self {
        let mut sharing = Self {
            gap_at_home: gap_at_home(view, facts),
            gap: 0,
            links: links(facts),
            overloaded: 0,
            overload_most: 0,
            overload: 0,
            shortages: shortages(facts),
            journeys: journeys(facts),
        };
        sharing.gap = sharing.shortages.iter().map(|shortage| shortage.periods).sum();
        for (person, entry) in facts.people.list.iter().enumerate() {
            let over = facts.teaching.loads[person] - i64::from(entry.load_target);
            if over > 0 && entry.load_target > 0 {
                sharing.overloaded += 1;
                sharing.overload += over;
                sharing.overload_most = sharing.overload_most.max(over);
            }
        }
        sharing
    }

    pub(super) fn travellers(&self) -> usize {
        self.links.iter().map(|link| link.person).collect::<BTreeSet<_>>().len()
    }
    pub(super) fn periods_across(&self) -> i64 {
        self.links.iter().map(|link| link.periods).sum()
    }
    /// Minutes on the way per cycle; a trip made in both weeks counts twice.
    pub(super) fn travel_minutes(&self) -> i64 {
        self.journeys.iter().map(|(journey, weeks)| journey.minutes * i64::from(weeks.count_ones())).sum()
    }
}

impl Link {
    /// Nearly a post in itself; `weeks`: of the timetable's cycle.
    pub(super) fn is_near_post(&self, weeks: i64) -> bool {
        self.periods >= NEARLY_A_POST * weeks
    }
}

/// Everybody who teaches away from the school they work at.
pub(super) fn links(facts: &Facts) -> Vec<Link> {
    let of = |person: usize| facts.hosts(person).into_iter().map(move |(host, periods)| link(facts, person, host, periods));
    (0..facts.people.list.len()).flat_map(of).collect()
}

fn link(facts: &Facts, person: usize, host: usize, periods: i64) -> Link {
    let tasks = facts.teaching.tasks[person].iter().filter(|task| facts.courses.school_of(task.course) == Some(host));
    let subjects = tasks.map(|task| facts.courses.list[task.course].subject.to_owned()).collect();
    let home = facts.people.working[person];
    let minutes = home.map_or(0, |home| facts.places.school_minutes(home, host));
    Link { person, home, host, periods, minutes, subjects }
}

fn shortages(facts: &Facts) -> Vec<Shortage> {
    let mut by: BTreeMap<(Option<usize>, &str), Shortage> = BTreeMap::new();
    for (number, course) in facts.courses.list.iter().enumerate() {
        let missing = facts.teaching.uncovered(&facts.courses, number);
        if missing > 0 {
            let school = facts.courses.school_of(number);
            let none = || Shortage { school, subject: course.subject.to_owned(), periods: 0, courses: Vec::new() };
            let unit = by.entry((school, course.subject)).or_insert_with(none);
            unit.periods += missing;
            unit.courses.push(number);
        }
    }
    by.into_values().collect()
}
