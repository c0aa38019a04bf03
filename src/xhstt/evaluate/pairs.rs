//! The constraint of event pairs. Each pair is a point.

use super::facts::Facts;
use super::tally::{Bill, Tally, off};
use crate::xhstt::archive::EventPair;

/// Distance from the range of the number of times strictly between the end of the first event and the start of the
/// second, negative when they overlap; 0 unless both have a meet with a time.
pub fn order(facts: &Facts<'_>, pairs: &[EventPair], bill: &mut Bill) {
    for pair in pairs {
        let end = facts.meets(pair.first).iter().filter(|meet| meet.time.is_some()).map(|meet| facts.runs(meet).end).max();
        let start = facts.meets(pair.second).iter().filter_map(|meet| meet.time).min();
        let deviation = match (end, start) {
            (Some(end), Some(start)) => off(start as i64 - end as i64, pair.separation),
            _ => 0,
        };
        bill.point(Tally::of(deviation));
    }
}
