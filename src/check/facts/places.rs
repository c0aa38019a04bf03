//! Schools, sites, groups, and the minutes between them.

use crate::file::{District, Group, GroupKind, School, Text};
use std::collections::{BTreeMap, BTreeSet};

/// Places by number: `school` and `site` below are positions in the lists.
pub struct Places<'a> {
    pub(crate) schools: &'a [School],
    school_at: BTreeMap<&'a str, usize>,
    pub(crate) sites: Vec<SiteFact<'a>>,
    site_at: BTreeMap<&'a str, usize>,
    first_site: Vec<usize>,
    trips: BTreeMap<(usize, usize), u32>,
    base: u32,
    per_km: u32,
    pub(crate) groups: &'a [Group],
    /// By group: its schools, lead and members.
    pub(crate) group_schools: Vec<BTreeSet<usize>>,
}

pub struct SiteFact<'a> {
    pub(crate) id: &'a str,
    pub(crate) school: usize,
    /// Absent = the school's only site, called like the school.
    pub(crate) name: Option<&'a Text>,
    east_north_m: Option<(i64, i64)>,
}

impl<'a> Places<'a> {
    pub(super) fn of(district: &'a District) -> Self {
        let schools = &district.schools[..];
        let mut places = Self {
            schools,
            school_at: BTreeMap::new(),
            sites: Vec::new(),
            site_at: BTreeMap::new(),
            first_site: Vec::new(),
            trips: BTreeMap::new(),
            base: district.travel.estimate_base_minutes,
            per_km: district.travel.estimate_minutes_per_km,
            groups: &district.groups,
            group_schools: Vec::new(),
        };
        for (number, school) in schools.iter().enumerate() {
            places.school_at.entry(&school.id).or_insert(number);
            places.first_site.push(places.sites.len());
            if school.sites.is_empty() {
                places.sites.push(SiteFact { id: &school.id, school: number, name: None, east_north_m: None });
            }
            for site in &school.sites {
                places.sites.push(SiteFact { id: &site.id, school: number, name: Some(&site.name), east_north_m: site.east_north_m });
            }
        }
        for (number, site) in places.sites.iter().enumerate() {
            places.site_at.entry(site.id).or_insert(number);
        }
        let ends = |trip: &'a crate::file::Trip| Some((places.site(&trip.from)?, places.site(&trip.to)?, trip));
        let given: Vec<_> = district.travel.trips.iter().filter_map(ends).collect();
        for (from, to, trip) in &given {
            places.trips.entry((*from, *to)).or_insert(trip.minutes);
        }
        // A trip given for its own direction counts before one given both ways from the other end.
        for (from, to, trip) in given.iter().filter(|(_, _, trip)| trip.both_ways) {
            places.trips.entry((*to, *from)).or_insert(trip.minutes);
        }
        for group in &district.groups {
            let schools = group.lead.iter().chain(&group.members).filter_map(|id| places.school(id)).collect();
            places.group_schools.push(schools);
        }
        places
    }

    pub(crate) fn school(&self, id: &str) -> Option<usize> {
        self.school_at.get(id).copied()
    }
    /// A site by its id; a school's id stands for its first site.
    pub(crate) fn site(&self, id: &str) -> Option<usize> {
        self.site_at.get(id).copied().or_else(|| self.school(id).map(|school| self.first_site[school]))
    }
    pub(crate) fn first_site(&self, school: usize) -> usize {
        self.first_site[school]
    }

    /// Minutes from site to site: given, else estimated (metres rounded down, minutes rounded up), else 0: a trip that is
    /// neither is a problem of the district, not of the plan.
    pub(crate) fn minutes(&self, from: usize, to: usize) -> i64 {
        if from == to {
            return 0;
        }
        if let Some(minutes) = self.trips.get(&(from, to)) {
            return i64::from(*minutes);
        }
        let (Some(a), Some(b)) = (self.sites[from].east_north_m, self.sites[to].east_north_m) else { return 0 };
        if self.per_km == 0 {
            return 0;
        }
        let square = |a: i64, b: i64| u128::from(a.abs_diff(b)).pow(2);
        let metres = square(a.0, b.0).saturating_add(square(a.1, b.1)).isqrt();
        let riding = metres.saturating_mul(u128::from(self.per_km)).div_ceil(1000);
        i64::from(self.base) + i64::from(u32::try_from(riding).unwrap_or(u32::MAX))
    }
    /// Minutes between two schools' first sites.
    pub(crate) fn school_minutes(&self, from: usize, to: usize) -> i64 {
        self.minutes(self.first_site[from], self.first_site[to])
    }

    /// Whether people may be posted between the schools: some group holds both, or there are no groups.
    pub(crate) fn may_post(&self, a: usize, b: usize) -> bool {
        self.groups.is_empty() || self.group_schools.iter().any(|schools| schools.contains(&a) && schools.contains(&b))
    }
    /// Whether people of one may teach at the other.
    pub(crate) fn may_teach(&self, a: usize, b: usize) -> bool {
        let allows = |group: &Group| {
            let usually = !matches!(group.kind, GroupKind::NameBranch | GroupKind::Cooperation | GroupKind::HsZone);
            group.agreement.teach_across.unwrap_or(usually)
        };
        let both = |schools: &BTreeSet<usize>| schools.contains(&a) && schools.contains(&b);
        self.groups.is_empty() || self.groups.iter().zip(&self.group_schools).any(|(group, schools)| both(schools) && allows(group))
    }
}

#[cfg(test)]
mod tests {
    use super::Places;
    use crate::file::{District, School, Site, Text, Travel, Trip};

    fn school(id: &str, east_north_m: Option<(i64, i64)>) -> School {
        let sites = vec![Site { id: format!("{id}-1"), name: Text::default(), east_north_m }];
        School { id: id.to_owned(), sites, ..School::default() }
    }
    fn trip(from: &str, to: &str, minutes: u32, both_ways: bool) -> Trip {
        Trip { from: from.to_owned(), to: to.to_owned(), minutes, both_ways, provenance: None }
    }

    #[test]
    fn a_trip_back_given_by_itself_counts_before_both_ways() {
        let trips = vec![trip("A", "B-1", 10, true), trip("B", "A", 12, false), trip("A", "C", 7, false)];
        let travel = Travel { trips, ..Travel::default() };
        let district = District { schools: vec![school("A", None), school("B", None), school("C", None)], travel, ..District::default() };
        let places = Places::of(&district);
        assert_eq!([places.minutes(0, 1), places.minutes(1, 0), places.minutes(0, 2), places.minutes(2, 0)], [10, 12, 7, 0]);
    }

    #[test]
    fn a_trip_not_given_is_estimated_rounded_up() {
        let travel = Travel { trips: vec![], estimate_base_minutes: 6, estimate_minutes_per_km: 2 };
        let schools = vec![school("A", Some((0, 0))), school("B", Some((3000, 4001))), school("C", Some((i64::MIN, i64::MAX)))];
        let district = District { schools, travel, ..District::default() };
        let places = Places::of(&district);
        assert_eq!(places.minutes(0, 1), 6 + 10, "5000 m: isqrt drops what is less than a metre");
        assert!(places.minutes(0, 2) > 1_000_000);
    }
}
