//! Constraints of single events and of their slots. Each event, or each slot, is a point.

use super::facts::Facts;
use super::tally::{Bill, Tally, off};
use crate::xhstt::archive::{Range, Slot};

/// Durations of the meets without a time, one part per meet.
pub fn assign_time(facts: &Facts<'_>, events: &[usize], bill: &mut Bill) {
    for event in events {
        let mut tally = Tally::default();
        for meet in facts.meets(*event).iter().filter(|meet| meet.time.is_none()) {
            tally.add(meet.duration);
        }
        bill.point(tally);
    }
}

/// Durations of the meets in which nobody fills the slot, one part per meet.
pub fn assign_resource(facts: &Facts<'_>, slots: &[Slot], bill: &mut Bill) {
    for slot in slots {
        let mut tally = Tally::default();
        for meet in facts.meets(slot.event).iter().filter(|meet| facts.filled(meet, slot.place).is_none()) {
            tally.add(meet.duration);
        }
        bill.point(tally);
    }
}

/// Durations of the meets that start outside the times, one part per meet; a meet without a time costs nothing here.
pub fn prefer_times(facts: &Facts<'_>, events: &[usize], times: &[usize], duration: Option<i64>, bill: &mut Bill) {
    for event in events {
        let mut tally = Tally::default();
        for meet in facts.meets(*event).iter().filter(|meet| duration.is_none_or(|duration| duration == meet.duration)) {
            if meet.time.is_some_and(|time| times.binary_search(&time).is_err()) {
                tally.add(meet.duration);
            }
        }
        bill.point(tally);
    }
}

/// Durations of the meets in which a resource outside the preferred ones fills the slot, one part per meet.
pub fn prefer_resources(facts: &Facts<'_>, slots: &[Slot], resources: &[usize], bill: &mut Bill) {
    for slot in slots {
        let mut tally = Tally::default();
        for meet in facts.meets(slot.event) {
            if facts.filled(meet, slot.place).is_some_and(|resource| resources.binary_search(&resource).is_err()) {
                tally.add(meet.duration);
            }
        }
        bill.point(tally);
    }
}

/// Meets shorter or longer than allowed, one part each, and the distance of their number from the range.
pub fn split(facts: &Facts<'_>, events: &[usize], durations: Range, amount: Range, bill: &mut Bill) {
    for event in events {
        let meets = facts.meets(*event);
        let mut tally = Tally::default();
        for meet in meets {
            tally.add(i64::from(meet.duration < durations.min || meet.duration > durations.max));
        }
        tally.add(off(meets.len() as i64, amount));
        bill.point(tally);
    }
}

/// Distance of the number of meets of exactly this duration from the range.
pub fn distribute(facts: &Facts<'_>, events: &[usize], duration: i64, amount: Range, bill: &mut Bill) {
    for event in events {
        let count = facts.meets(*event).iter().filter(|meet| meet.duration == duration).count();
        bill.point(Tally::of(off(count as i64, amount)));
    }
}
