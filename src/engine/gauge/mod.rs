//! The closed set of gauges. Each file holds one: its value from group totals, its change when one group changes, its rows.
//!
//! A point's state is its group totals plus one [`Memo`]. A new gauge needs a reason in `ARCHITECTURE.md`.

mod busy;
mod busy_load;
mod clique;
mod gaps;
mod order;
mod peak;
mod run;
mod sum;
mod together;

use super::model::Sketch;

/// What a gauge measures over its point's group totals c.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gauge {
    /// c₀.
    Sum,
    /// |{g : c_g > 0}|.
    Busy,
    /// Σ over busy g of weight_g.
    BusyWeight { weight: Vec<i32> },
    /// Σ over busy g of the distance of c_g from lo_g..=hi_g; one entry = the same range for all groups.
    BusyLoad { lo: Vec<i32>, hi: Vec<i32> },
    /// Σ over all g of the distance of c_g from lo_g..=hi_g; one entry = the same range for all groups.
    Load { lo: Vec<i32>, hi: Vec<i32> },
    /// Idle groups between the first and the last busy one, summed over segments first..end (at most 128 groups).
    Gaps { segments: Vec<(u8, u8)> },
    /// Σ over maximal runs of busy groups inside a segment of max(0, length − longest) (at most 128 groups).
    Run { segments: Vec<(u8, u8)>, longest: u8 },
    /// Σ over sets with something busy of the distance of the busy groups in the set from lo..=hi.
    Clique { sets: Vec<Vec<u16>>, of: Vec<Vec<u16>>, range: (i32, i32) },
    /// Places where some of the parts are busy and others are not; group = part · places + place.
    Together { parts: u16 },
    /// Two parts of as many places: first busy place of the second − last busy place of the first − 1; `none` while either
    /// is empty.
    Order { none: i32 },
    /// max over g of ⌈1000·c_g / size_g⌉; with `spread` less the min of the same.
    Peak { size: Vec<i32>, spread: bool },
}

/// What a gauge remembers between changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Memo {
    pub raw: i64,
    /// Bit g = group g is busy (gauges over ordered groups).
    pub mask: u128,
}

impl Gauge {
    /// Sets over `groups` groups, each of which should hold at most one busy group.
    pub fn clique(groups: u16, sets: Vec<Vec<u16>>) -> Self {
        Self::busy_in_sets(groups, sets, (0, 1))
    }
    /// Sets over `groups` groups, each of which, when anything in it is busy, should hold lo..=hi busy groups.
    pub fn busy_in_sets(groups: u16, sets: Vec<Vec<u16>>, range: (i32, i32)) -> Self {
        let mut of = vec![Vec::new(); usize::from(groups)];
        for (s, set) in sets.iter().enumerate() {
            for group in set {
                of[usize::from(*group)].push(s as u16);
            }
        }
        Self::Clique { sets, of, range }
    }
    /// At most one in each group.
    pub fn at_most(most: i32) -> Self {
        Self::BusyLoad { lo: vec![0], hi: vec![most] }
    }
    /// Counters kept after the group totals.
    pub fn extra(&self) -> usize {
        if let Self::Clique { sets, .. } = self { sets.len() } else { 0 }
    }
    /// The gauge's value from scratch.
    pub fn raw(&self, totals: &[i32]) -> i64 {
        match self {
            Self::Sum => i64::from(totals[0]),
            Self::Busy => busy::raw(totals),
            Self::BusyWeight { weight } => busy::weighed(weight, totals),
            Self::BusyLoad { lo, hi } => busy_load::raw(lo, hi, true, totals),
            Self::Load { lo, hi } => busy_load::raw(lo, hi, false, totals),
            Self::Together { parts } => together::raw(*parts, totals),
            Self::Order { none } => order::raw(*none, totals),
            Self::Gaps { segments } => gaps::raw(segments, mask(totals)),
            Self::Run { segments, longest } => run::raw(segments, *longest, mask(totals)),
            Self::Clique { sets, range, .. } => clique::raw(sets, *range, totals),
            Self::Peak { size, spread } => peak::raw(size, *spread, totals),
        }
    }
    /// Fills the memo and the extra counters from the totals.
    pub(super) fn settle(&self, totals: &[i32], extra: &mut [i32]) -> Memo {
        if let Self::Clique { sets, .. } = self {
            clique::settle(sets, totals, extra);
        }
        Memo { raw: self.raw(totals), mask: if self.ordered() { mask(totals) } else { 0 } }
    }
    fn ordered(&self) -> bool {
        matches!(self, Self::Gaps { .. } | Self::Run { .. })
    }
    /// Group `g` has just changed from `old` to `counters[g]`.
    #[inline]
    pub(super) fn touch(&self, counters: &mut [i32], groups: usize, memo: &mut Memo, g: usize, old: i32) {
        let new = counters[g];
        let turned = (old > 0) != (new > 0);
        match self {
            Self::Sum => memo.raw = i64::from(new),
            Self::Busy if turned => memo.raw += if new > 0 { 1 } else { -1 },
            Self::BusyWeight { weight } if turned => memo.raw += i64::from(if new > 0 { weight[g] } else { -weight[g] }),
            Self::BusyLoad { lo, hi } => memo.raw += busy_load::distance(lo, hi, true, g, new) - busy_load::distance(lo, hi, true, g, old),
            Self::Load { lo, hi } => memo.raw += busy_load::distance(lo, hi, false, g, new) - busy_load::distance(lo, hi, false, g, old),
            Self::Order { none } if turned => memo.raw = order::raw(*none, &counters[..groups]),
            Self::Together { parts } if turned => {
                let now = together::around(*parts, &counters[..groups], g);
                counters[g] = old;
                let before = together::around(*parts, &counters[..groups], g);
                counters[g] = new;
                memo.raw += now - before;
            }
            Self::Gaps { segments } if turned => {
                let before = gaps::around(segments, memo.mask, g);
                memo.mask ^= 1 << g;
                memo.raw += gaps::around(segments, memo.mask, g) - before;
            }
            Self::Run { segments, longest } if turned => {
                let before = run::around(segments, *longest, memo.mask, g);
                memo.mask ^= 1 << g;
                memo.raw += run::around(segments, *longest, memo.mask, g) - before;
            }
            Self::Clique { of, range, .. } if turned => memo.raw += clique::turn(&of[g], *range, &mut counters[groups..], new > 0),
            Self::Peak { size, spread } => memo.raw = peak::raw(size, *spread, &counters[..groups]),
            _ => {}
        }
    }
    /// Adds rows whose least total deviation is the gauge's excess over lo..=hi.
    pub(super) fn rows(&self, sketch: &mut Sketch) {
        match self {
            Self::Sum => sum::rows(sketch),
            Self::Busy => busy::rows(|_| 1, sketch),
            Self::BusyWeight { weight } => busy::rows(|g| i64::from(weight[usize::from(g)]), sketch),
            Self::BusyLoad { lo, hi } => busy_load::rows(lo, hi, true, sketch),
            Self::Load { lo, hi } => busy_load::rows(lo, hi, false, sketch),
            Self::Together { parts } => together::rows(*parts, sketch),
            Self::Order { none } => order::rows(*none, sketch),
            Self::Gaps { segments } => gaps::rows(segments, sketch),
            Self::Run { segments, longest } => run::rows(segments, *longest, sketch),
            Self::Clique { sets, range, .. } => clique::rows(sets, *range, sketch),
            Self::Peak { size, spread } => peak::rows(size, *spread, sketch),
        }
    }
}

fn mask(totals: &[i32]) -> u128 {
    totals.iter().enumerate().filter(|(_, total)| **total > 0).fold(0, |mask, (g, _)| mask | 1 << g)
}

/// Bits first..end.
fn bits((first, end): (u8, u8)) -> u128 {
    let below = |n: u8| if n >= 128 { u128::MAX } else { (1u128 << n) - 1 };
    below(end) & !below(first)
}

/// The segment that holds group g.
fn segment(segments: &[(u8, u8)], g: usize) -> Option<(u8, u8)> {
    segments.iter().copied().find(|(first, end)| (usize::from(*first)..usize::from(*end)).contains(&g))
}
