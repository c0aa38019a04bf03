//! Constraints of resources. Each resource is a point. Busy counts a time once however many meets run there; only clashes
//! see how many.

use super::facts::Facts;
use super::tally::{Bill, Tally, off};
use crate::xhstt::archive::Range;

/// Meets beyond the first at a time, one part per time.
pub fn clashes(facts: &Facts<'_>, resources: &[usize], bill: &mut Bill) {
    for resource in resources {
        let mut tally = Tally::default();
        for count in facts.attended(*resource) {
            tally.add(i64::from(*count) - 1);
        }
        bill.point(tally);
    }
}

/// The given times at which the resource is busy, one part each.
pub fn unavailable(facts: &Facts<'_>, resources: &[usize], times: &[usize], bill: &mut Bill) {
    for resource in resources {
        let attended = facts.attended(*resource);
        let mut tally = Tally::default();
        for time in times {
            tally.add(i64::from(attended[*time] > 0));
        }
        bill.point(tally);
    }
}

/// Distance from the range of all idle times: times of a group, not busy, between two busy times of the same group.
pub fn idle(facts: &Facts<'_>, resources: &[usize], time_groups: &[usize], range: Range, bill: &mut Bill) {
    for resource in resources {
        let attended = facts.attended(*resource);
        let mut total = 0_i64;
        for group in time_groups {
            let mut busy = false;
            // Free times since the last busy one.
            let mut free = 0;
            for time in &facts.instance.time_groups[*group].times {
                if attended[*time] == 0 {
                    free += i64::from(busy);
                } else {
                    total += free;
                    (busy, free) = (true, 0);
                }
            }
        }
        bill.point(Tally::of(off(total, range)));
    }
}

/// Distance from the range of the number of time groups with a busy time.
pub fn cluster(facts: &Facts<'_>, resources: &[usize], time_groups: &[usize], range: Range, bill: &mut Bill) {
    for resource in resources {
        let count = time_groups.iter().filter(|group| busy_times(facts, *resource, **group) > 0).count();
        bill.point(Tally::of(off(count as i64, range)));
    }
}

/// Distance from the range of the busy times in a time group, one part per group that has any.
pub fn busy(facts: &Facts<'_>, resources: &[usize], time_groups: &[usize], range: Range, bill: &mut Bill) {
    for resource in resources {
        let mut tally = Tally::default();
        for count in time_groups.iter().map(|group| busy_times(facts, *resource, *group)).filter(|count| *count > 0) {
            tally.add(off(count, range));
        }
        bill.point(tally);
    }
}

fn busy_times(facts: &Facts<'_>, resource: usize, time_group: usize) -> i64 {
    let attended = facts.attended(resource);
    facts.instance.time_groups[time_group].times.iter().filter(|time| attended[**time] > 0).count() as i64
}

/// Distance of the workload from the range, rounded up.
pub fn workload(facts: &Facts<'_>, resources: &[usize], range: Range, bill: &mut Bill) {
    for resource in resources {
        bill.point(Tally::of(facts.workload(*resource).off(range.min, range.max)));
    }
}
