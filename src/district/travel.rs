//! Minutes between sites: given, or estimated from coordinates.

use super::world::Site;
use crate::file;
use std::collections::BTreeMap;

/// Minutes from site to site, by index. A trip neither given nor estimable takes a day: validation names it first.
pub(super) fn matrix(travel: &file::Travel, sites: &[Site], site_of: &BTreeMap<&str, usize>) -> Vec<Vec<u32>> {
    let estimate = |a: &Site, b: &Site| {
        let ((east, north), (to_east, to_north)) = (a.east_north_m?, b.east_north_m?);
        if travel.estimate_minutes_per_km == 0 {
            return None;
        }
        // base + ⌈minutes per km × ⌊metres⌋ / 1000⌉
        let square = |a: i64, b: i64| u128::from(a.abs_diff(b)).pow(2);
        let metres = (square(east, to_east) + square(north, to_north)).isqrt();
        let riding = (metres * u128::from(travel.estimate_minutes_per_km)).div_ceil(1000);
        Some(travel.estimate_base_minutes.saturating_add(u32::try_from(riding).unwrap_or(u32::MAX)))
    };
    let mut minutes: Vec<Vec<u32>> = sites
        .iter()
        .enumerate()
        .map(|(i, a)| sites.iter().enumerate().map(|(j, b)| if i == j { 0 } else { estimate(a, b).unwrap_or(24 * 60) }).collect())
        .collect();
    for trip in &travel.trips {
        if let (Some(from), Some(to)) = (site_of.get(trip.from.as_str()), site_of.get(trip.to.as_str())) {
            minutes[*from][*to] = trip.minutes;
            if trip.both_ways {
                minutes[*to][*from] = trip.minutes;
            }
        }
    }
    minutes
}
