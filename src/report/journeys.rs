//! Day sheets: every trip between sites that a plan asks of a teacher.
//!
//! On a day with a lesson at another school the day begins and ends at the working school: the sheet counts the way out
//! and back. On other days only trips between lessons count.

use crate::check::{Facts, Slot};
use std::collections::BTreeMap;

/// One trip. Times are minutes after midnight.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Journey {
    pub(super) person: usize,
    pub(super) weekday: u8,
    /// End of the lesson before; on the way out: the latest departure.
    pub(super) leave: i64,
    /// Start of the next lesson; on the way back: the arrival.
    pub(super) arrive: i64,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) minutes: i64,
    /// Lesson it leads to; none on the way back.
    pub(super) lesson: Option<usize>,
    /// Between two lessons: then both times bind.
    pub(super) between: bool,
}

impl Journey {
    /// Minutes left over between two lessons; the way out and the way back have no other end.
    pub(super) fn slack(&self) -> String {
        if self.between { (self.arrive - self.leave - self.minutes).to_string() } else { String::new() }
    }
}

/// All trips with the weeks of the cycle they are made in (a bit mask), by person and time.
pub(super) fn journeys(facts: &Facts) -> BTreeMap<Journey, u8> {
    let mut journeys = BTreeMap::new();
    for (person, slots) in facts.busy_people() {
        let mut days: BTreeMap<(u8, u8), Vec<&Slot>> = BTreeMap::new();
        for slot in slots {
            days.entry((slot.week, slot.weekday)).or_default().push(slot);
        }
        for ((week, _), mut day) in days {
            day.sort_by_key(|slot| (slot.start, slot.end));
            for journey in of_day(facts, person, &day) {
                *journeys.entry(journey).or_insert(0) |= 1 << week;
            }
        }
    }
    journeys
}

fn of_day(facts: &Facts, person: usize, day: &[&Slot]) -> Vec<Journey> {
    let home = facts.people.working[person];
    let school = |slot: &Slot| slot.site.map(|site| facts.places.sites[site].school);
    let away = day.iter().any(|slot| school(slot).is_some_and(|school| home.is_some_and(|home| home != school)));
    let base = home.filter(|_| away).map(|home| facts.places.first_site(home));
    let mut trips = Vec::new();
    let mut trip = |weekday, from: usize, to: usize, leave: Option<i64>, arrive: Option<i64>, lesson| {
        if from != to {
            let minutes = facts.places.minutes(from, to);
            let between = leave.is_some() && arrive.is_some();
            let leave = leave.or(arrive.map(|arrive| arrive - minutes)).unwrap_or(0);
            let arrive = arrive.unwrap_or(leave + minutes);
            trips.push(Journey { person, weekday, leave, arrive, from, to, minutes, lesson, between });
        }
    };
    if let (Some(base), Some(first)) = (base, day.first()) {
        let start = Some(i64::from(first.start));
        trip(first.weekday, base, first.site.unwrap_or(base), None, start, Some(first.lesson));
    }
    for pair in day.windows(2) {
        if let (Some(from), Some(to)) = (pair[0].site, pair[1].site) {
            let (end, start) = (i64::from(pair[0].end), i64::from(pair[1].start));
            trip(pair[0].weekday, from, to, Some(end), Some(start), Some(pair[1].lesson));
        }
    }
    if let (Some(base), Some(last)) = (base, day.last()) {
        trip(last.weekday, last.site.unwrap_or(base), base, Some(i64::from(last.end)), None, None);
    }
    trips
}

/// `09:05`; a departure before midnight cannot be said and is cut to 00:00.
pub(super) fn clock(minutes: i64) -> String {
    let minutes = minutes.clamp(0, 24 * 60 - 1);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
