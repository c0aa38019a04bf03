//! Numbers within reason. The types already refuse negatives and fractions; these limits refuse slips of the keyboard and
//! keep every later sum far from overflow.

use super::index::Index;
use crate::problem::{Kind, Problem};
use std::fmt::Arguments;
use std::ops::RangeInclusive;

const OUT_OF_RANGE: Kind = Kind::error(
    "E-NUM-001",
    ("数超出合理范围", "a number out of range"),
    ("合理范围内的数", "a number within reason"),
    ("请改正这个数", "correct the number"),
);

pub const KINDS: &[&Kind] = &[&OUT_OF_RANGE];

const MINUTES: RangeInclusive<i64> = 0..=1_440;
const PERIODS: RangeInclusive<i64> = 0..=200;
const PEOPLE: RangeInclusive<i64> = 0..=1_000_000;
/// A year's allowance of one person, in yuan.
const ALLOWANCE: RangeInclusive<i64> = 0..=200_000;
const METRES: RangeInclusive<i64> = -10_000_000..=10_000_000;

struct Numbers<'i, 'a, 'f> {
    index: &'i Index<'a>,
    found: &'f mut Vec<Problem>,
}

impl Numbers<'_, '_, '_> {
    fn within(&mut self, range: &RangeInclusive<i64>, number: impl Into<i64>, at: Arguments<'_>) {
        let number = number.into();
        if !range.contains(&number) {
            let (low, high) = (range.start(), range.end());
            self.found.push(
                OUT_OF_RANGE
                    .at(self.index.at(at))
                    .found(format!("写的是 {number}"), format!("it says {number}"))
                    .allowed(format!("{low} 到 {high}"), format!("{low} to {high}")),
            );
        }
    }
}

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut numbers = Numbers { index, found };
    schools(index, &mut numbers);
    travel(index, &mut numbers);
    people(index, &mut numbers);
    classes(index, &mut numbers);
    rooms(index, &mut numbers);
    courses(index, &mut numbers);
    clubs(index, &mut numbers);
}

fn schools(index: &Index<'_>, numbers: &mut Numbers<'_, '_, '_>) {
    for (i, school) in index.district.schools.iter().enumerate() {
        for (stage, pupils) in &school.pupils {
            let stage = format!("{stage:?}").to_lowercase();
            numbers.within(&PEOPLE, *pupils, format_args!("schools[{i}].pupils.{stage}"));
        }
        for (rank, posts) in &school.quota {
            numbers.within(&PEOPLE, *posts, format_args!("schools[{i}].quota.{rank}"));
        }
        for (name, hundredths) in &school.indicators {
            numbers.within(&(-1_000_000_000_000..=1_000_000_000_000), *hundredths, format_args!("schools[{i}].indicators.{name}"));
        }
        for (name, years) in &school.measures {
            for (j, hundredths) in years.iter().enumerate() {
                numbers.within(&(-1_000_000_000_000..=1_000_000_000_000), *hundredths, format_args!("schools[{i}].measures.{name}[{j}]"));
            }
        }
        if let Some(yuan) = school.budget_yuan {
            numbers.within(&(0..=1_000_000_000_000), yuan, format_args!("schools[{i}].budget_yuan"));
        }
        for (j, site) in school.sites.iter().enumerate() {
            if let Some((east, north)) = site.east_north_m {
                numbers.within(&METRES, east, format_args!("schools[{i}].sites[{j}].east_north_m[0]"));
                numbers.within(&METRES, north, format_args!("schools[{i}].sites[{j}].east_north_m[1]"));
            }
        }
    }
    for (i, group) in index.district.groups.iter().enumerate() {
        if let Some(years) = group.agreement.term_years {
            numbers.within(&(1..=30), years, format_args!("groups[{i}].agreement.term_years"));
        }
        let agreement = &group.agreement;
        let counts = [("each_way", &agreement.each_way), ("lead_sends", &agreement.lead_sends), ("member_sends", &agreement.member_sends)];
        for (field, role, count) in
            counts.into_iter().flat_map(|(field, counts)| counts.iter().map(move |(role, count)| (field, role, count)))
        {
            numbers.within(&(0..=10_000), *count, format_args!("groups[{i}].agreement.{field}.{role}"));
        }
        for (post, yuan) in &agreement.pay_yuan {
            numbers.within(&(0..=10_000_000), *yuan, format_args!("groups[{i}].agreement.pay_yuan.{post}"));
        }
        if let Some(yuan) = agreement.yuan_per_person {
            numbers.within(&ALLOWANCE, yuan, format_args!("groups[{i}].agreement.yuan_per_person"));
        }
    }
}

fn travel(index: &Index<'_>, numbers: &mut Numbers<'_, '_, '_>) {
    let travel = &index.district.travel;
    numbers.within(&MINUTES, travel.estimate_base_minutes, format_args!("travel.estimate_base_minutes"));
    numbers.within(&(0..=600), travel.estimate_minutes_per_km, format_args!("travel.estimate_minutes_per_km"));
    for (i, trip) in travel.trips.iter().enumerate() {
        numbers.within(&MINUTES, trip.minutes, format_args!("travel.trips[{i}].minutes"));
    }
}

fn people(index: &Index<'_>, numbers: &mut Numbers<'_, '_, '_>) {
    for (i, person) in index.district.people.iter().enumerate() {
        numbers.within(&PERIODS, person.load_target, format_args!("people[{i}].load_target"));
        numbers.within(&PERIODS, person.load_cap, format_args!("people[{i}].load_cap"));
        numbers.within(&(0..=70), person.years_at_school, format_args!("people[{i}].years_at_school"));
        numbers.within(&(0..=70), person.years_in_subject, format_args!("people[{i}].years_in_subject"));
        for (j, post) in person.posts.iter().enumerate() {
            numbers.within(&PERIODS, post.periods, format_args!("people[{i}].posts[{j}].periods"));
        }
        if let Some(minutes) = person.longest_trip_minutes {
            numbers.within(&MINUTES, minutes, format_args!("people[{i}].longest_trip_minutes"));
        }
    }
}

fn classes(index: &Index<'_>, numbers: &mut Numbers<'_, '_, '_>) {
    for (i, class) in index.district.classes.iter().enumerate() {
        numbers.within(&(0..=1_000), class.pupils, format_args!("classes[{i}].pupils"));
    }
}

fn rooms(index: &Index<'_>, numbers: &mut Numbers<'_, '_, '_>) {
    for (i, room) in index.district.rooms.iter().enumerate() {
        numbers.within(&(1..=1_000), room.units, format_args!("rooms[{i}].units"));
        numbers.within(&(0..=600), room.setup_minutes, format_args!("rooms[{i}].setup_minutes"));
        numbers.within(&(0..=600), room.clearing_minutes, format_args!("rooms[{i}].clearing_minutes"));
        if let Some(seats) = room.seats {
            numbers.within(&(1..=100_000), seats, format_args!("rooms[{i}].seats"));
        }
    }
}

fn courses(index: &Index<'_>, numbers: &mut Numbers<'_, '_, '_>) {
    for (i, course) in index.district.courses.iter().enumerate() {
        for (j, role) in course.teachers.iter().enumerate() {
            if let Some(periods) = role.load_periods {
                numbers.within(&PERIODS, periods, format_args!("courses[{i}].teachers[{j}].load_periods"));
            }
        }
    }
}

fn clubs(index: &Index<'_>, numbers: &mut Numbers<'_, '_, '_>) {
    for (i, club) in index.district.clubs.iter().enumerate() {
        numbers.within(&(0..=100_000), club.places, format_args!("clubs[{i}].places"));
        numbers.within(&(0..=1_000), club.wanted(), format_args!("clubs[{i}].leaders"));
    }
}
