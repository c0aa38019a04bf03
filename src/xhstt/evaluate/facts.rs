//! What the constraints look up: the meets of an event, when a resource is busy, its workload.

use crate::xhstt::archive::{Instance, Kind, Meet, Solution};
use std::ops::Range;

pub struct Facts<'a> {
    pub instance: &'a Instance,
    solution: &'a Solution,
    meets: Vec<Vec<Span>>,
    busy: Vec<u32>,
    workload: Vec<Load>,
}

/// A meet of an event, without its event.
#[derive(Debug, Clone)]
pub struct Span {
    pub duration: i64,
    pub time: Option<usize>,
    /// Its index in the solution.
    meet: usize,
}

impl<'a> Facts<'a> {
    pub fn new(instance: &'a Instance, solution: &'a Solution) -> Self {
        let mut meets = vec![Vec::new(); instance.events.len()];
        for (meet, it) in solution.meets.iter().enumerate() {
            meets[it.event].push(Span { duration: it.duration, time: it.time, meet });
        }
        let weighs = instance.constraints.iter().any(|constraint| matches!(constraint.kind, Kind::LimitWorkload { .. }));
        let workload = if weighs { workloads(instance, solution) } else { Vec::new() };
        Self { instance, solution, meets, busy: busy(instance, solution), workload }
    }

    /// The meets of an event, in the order of the solution.
    pub fn meets(&self, event: usize) -> &[Span] {
        &self.meets[event]
    }

    /// Who fills a place of a meet's event.
    pub fn filled(&self, span: &Span, place: usize) -> Option<usize> {
        self.solution.meets[span.meet].resources[place]
    }

    /// The times at which a meet runs; none without a start.
    pub fn runs(&self, span: &Span) -> Range<usize> {
        running(span.time, span.duration, self.instance.times.len())
    }

    /// Per time, the number of meets that a resource attends.
    pub fn attended(&self, resource: usize) -> &[u32] {
        let times = self.instance.times.len();
        &self.busy[resource * times..(resource + 1) * times]
    }

    /// Workload of a resource, over all meets it is assigned to, timed or not.
    pub fn workload(&self, resource: usize) -> Load {
        self.workload.get(resource).copied().unwrap_or(Load::NONE)
    }
}

fn running(time: Option<usize>, duration: i64, times: usize) -> Range<usize> {
    let Some(start) = time else { return 0..0 };
    let length = usize::try_from(duration).unwrap_or(0);
    start.min(times)..start.saturating_add(length).min(times)
}

/// Resources × times. A resource on two places of one meet attends it once.
fn busy(instance: &Instance, solution: &Solution) -> Vec<u32> {
    let times = instance.times.len();
    let mut busy = vec![0; times * instance.resources.len()];
    let mut attending: Vec<usize> = Vec::new();
    for meet in &solution.meets {
        let runs = running(meet.time, meet.duration, times);
        if runs.is_empty() {
            continue;
        }
        attending.clear();
        attending.extend(meet.resources.iter().flatten());
        attending.sort_unstable();
        attending.dedup();
        for resource in &attending {
            for count in &mut busy[resource * times..][runs.clone()] {
                *count += 1;
            }
        }
    }
    busy
}

/// A sum of fractions, exact; `None` when it is too long to hold.
#[derive(Debug, Clone, Copy)]
pub struct Load(Option<(i128, i128)>);

impl Load {
    const NONE: Self = Self(Some((0, 1)));

    fn add(&mut self, num: i128, den: i128) {
        self.0 = self.0.and_then(|(n, d)| {
            if d == den {
                return Some((n.checked_add(num)?, d));
            }
            let shared = gcd(d, den);
            let whole = d.checked_mul(den / shared)?;
            let sum = n.checked_mul(den / shared)?.checked_add(num.checked_mul(d / shared)?)?;
            Some((sum, whole))
        });
    }

    /// `⌈min − load⌉` below the range, `⌈load − max⌉` above it, else 0.
    pub fn off(self, min: i64, max: i64) -> i64 {
        let Some((num, den)) = self.0 else { return i64::MAX };
        // Both ends are whole, so the ceiling of a difference is a difference of the end and a floor or ceiling.
        let floor = num.div_euclid(den);
        let ceiling = floor + i128::from(num.rem_euclid(den) != 0);
        if num < i128::from(min).saturating_mul(den) {
            super::tally::narrow(i128::from(min) - floor)
        } else if num > i128::from(max).saturating_mul(den) {
            super::tally::narrow(ceiling - i128::from(max))
        } else {
            0
        }
    }
}

/// Per resource: the sum of `workload of the place · duration of the meet / duration of the event`.
fn workloads(instance: &Instance, solution: &Solution) -> Vec<Load> {
    let mut loads = vec![Load::NONE; instance.resources.len()];
    for meet in &solution.meets {
        let event = &instance.events[meet.event];
        for (place, resource) in filled(meet) {
            let load = event.resources[place].workload;
            let num = i128::from(load.num) * i128::from(meet.duration);
            let den = (i128::from(load.den) * i128::from(event.duration)).max(1);
            let shared = gcd(num, den);
            loads[resource].add(num / shared, den / shared);
        }
    }
    loads
}

fn filled(meet: &Meet) -> impl Iterator<Item = (usize, usize)> {
    meet.resources.iter().enumerate().filter_map(|(place, resource)| Some((place, (*resource)?)))
}

/// Greatest common divisor; at least 1.
fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}
