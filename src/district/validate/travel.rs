//! Trips between sites: known both ways, told once, possible by the bells.

use super::index::Index;
use crate::file::Half;
use crate::problem::{Kind, Problem};
use std::collections::{BTreeMap, BTreeSet};

const MISSING: Kind = Kind::error(
    "E-TRAVEL-001",
    ("缺少路程,也无法估算", "a trip is missing and cannot be estimated"),
    (
        "可能往来的校区之间都有路程;或两端都有坐标,且 `estimate_minutes_per_km` 大于 0",
        "a trip between all sites that may share people; or coordinates at both ends and `estimate_minutes_per_km` above 0",
    ),
    (
        "请补上路程(来回相同的写 `both_ways`),或补上坐标并填写每公里分钟数",
        "add the trips (`both_ways` if alike), or coordinates and minutes per kilometre",
    ),
);
const TOLD_TWICE: Kind = Kind::error(
    "E-TRAVEL-002",
    ("同一段路程写了两个不同的时间", "one trip with two different times"),
    ("每个方向只有一个时间", "one time for each direction"),
    ("请删掉不对的一条", "remove the wrong one"),
);
const TO_ITSELF: Kind = Kind::warning(
    "W-TRAVEL-003",
    ("路程的起点和终点相同", "a trip from a site to itself"),
    ("起点和终点是不同的校区", "two different sites"),
    ("请删掉或改正这条路程", "remove or correct the trip"),
);
const LONGER_THAN_BREAKS: Kind = Kind::warning(
    "W-TRAVEL-004",
    ("路程比任何课间都长", "a trip longer than any break"),
    (
        "路程不超过最长的课间;否则两校之间只能利用午休或空课往来",
        "trips within the longest break; else people cross only over noon or a free period",
    ),
    ("请核对分钟数;确实这么远的,不要安排同一半天两地上课", "check the minutes; if true, do not plan both places in one half-day"),
);
const NO_TIME: Kind = Kind::warning(
    "W-TRAVEL-005",
    ("不同校区之间的路程为 0 分钟", "a trip of 0 minutes between two sites"),
    ("至少 1 分钟", "at least 1 minute"),
    ("请核对分钟数;同一校园请合并为一个校区", "check the minutes; if it is one campus make it one site"),
);

pub const KINDS: &[&Kind] = &[&MISSING, &TOLD_TWICE, &TO_ITSELF, &LONGER_THAN_BREAKS, &NO_TIME];

/// Rules that read minutes between sites.
const NEED_MINUTES: [&str; 4] = ["travel_time", "lunch_travel", "commute", "visits"];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    let trips = Trips::new(index);
    missing(index, &trips, found);
    told_twice(index, found);
    to_itself(index, found);
    longer_than_breaks(index, &trips, found);
    no_time(index, found);
}

/// Trips given, between sites.
struct Trips<'a> {
    minutes: BTreeMap<(&'a str, &'a str), u32>,
    /// Sites of a school that may share people with the school, itself included.
    partners: Vec<BTreeSet<usize>>,
}

impl<'a> Trips<'a> {
    fn new(index: &Index<'a>) -> Self {
        let mut minutes = BTreeMap::new();
        for trip in &index.district.travel.trips {
            let (Some(from), Some(to)) = (site(index, &trip.from), site(index, &trip.to)) else { continue };
            minutes.entry((from, to)).or_insert(trip.minutes);
            if trip.both_ways {
                minutes.entry((to, from)).or_insert(trip.minutes);
            }
        }
        let schools = index.district.schools.len();
        let mut partners: Vec<BTreeSet<usize>> = (0..schools).map(|school| BTreeSet::from([school])).collect();
        if index.district.groups.is_empty() {
            partners.fill((0..schools).collect());
        }
        for group in &index.district.groups {
            let members: BTreeSet<_> =
                group.lead.iter().chain(&group.members).filter_map(|id| index.schools.get(id.as_str()).copied()).collect();
            for school in &members {
                partners[*school].extend(&members);
            }
        }
        Self { minutes, partners }
    }

    /// Ordered pairs of sites between which somebody may travel.
    fn pairs(&self, index: &Index<'a>, school: usize) -> Vec<(&'a str, &'a str)> {
        let from = sites(index, school);
        let to: Vec<_> = self.partners[school].iter().flat_map(|other| sites(index, *other)).collect();
        let pairs = from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to)));
        pairs.filter(|(from, to)| from != to).collect()
    }
}

/// The site that an end of a trip means.
fn site<'a>(index: &Index<'a>, id: &'a str) -> Option<&'a str> {
    if index.sites.contains_key(id) { Some(id) } else { index.schools.get(id).map(|school| index.first_site(*school)) }
}

fn sites<'a>(index: &Index<'a>, school: usize) -> Vec<&'a str> {
    let school = &index.district.schools[school];
    if school.sites.is_empty() { vec![&school.id] } else { school.sites.iter().map(|site| site.id.as_str()).collect() }
}

/// Told once per site of departure: a district without travel would else fill pages.
fn missing(index: &Index<'_>, trips: &Trips<'_>, found: &mut Vec<Problem>) {
    let read = |policy: &crate::file::Policy| {
        policy.clauses.iter().any(|clause| !clause.off && NEED_MINUTES.contains(&clause.rule.rule().law().id))
    };
    if !index.policy.is_none_or(|(_, policy)| read(policy)) {
        return;
    }
    let placed: BTreeSet<&str> = if index.district.travel.estimate_minutes_per_km > 0 {
        let sites = index.district.schools.iter().flat_map(|school| &school.sites);
        sites.filter(|site| site.east_north_m.is_some()).map(|site| site.id.as_str()).collect()
    } else {
        BTreeSet::new()
    };
    for school in 0..index.district.schools.len() {
        let mut by_site: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (from, to) in trips.pairs(index, school) {
            let known = trips.minutes.contains_key(&(from, to)) || (placed.contains(from) && placed.contains(to));
            if !known {
                by_site.entry(from).or_default().push(to);
            }
        }
        for (from, to) in by_site {
            let some = to.iter().take(5).map(|to| format!("`{to}`")).collect::<Vec<_>>().join(" ");
            let count = to.len();
            let more = if count > 5 { " …" } else { "" };
            found.push(MISSING.at(index.at(format_args!("travel.trips"))).of(from).found(
                format!("没有从 `{from}` 到 {some}{more} 的路程(共 {count} 段)"),
                format!("no trip from `{from}` to {some}{more} ({count} in all)"),
            ));
        }
    }
}

fn told_twice(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut seen: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for (i, trip) in index.district.travel.trips.iter().enumerate() {
        let back = trip.both_ways.then_some((trip.to.as_str(), trip.from.as_str()));
        let twice = std::iter::once((trip.from.as_str(), trip.to.as_str())).chain(back).find_map(|(from, to)| {
            let ends = (site(index, from)?, site(index, to)?);
            let before = *seen.entry(ends).or_insert(trip.minutes);
            (before != trip.minutes).then_some((ends, before))
        });
        if let Some(((from, to), before)) = twice {
            let now = trip.minutes;
            found.push(TOLD_TWICE.at(index.at(format_args!("travel.trips[{i}]"))).of(from).found(
                format!("从 `{from}` 到 `{to}` 前面写 {before} 分钟,这里写 {now} 分钟"),
                format!("`{from}` to `{to}` is {before} minutes above and {now} here"),
            ));
        }
    }
}

fn to_itself(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, trip) in index.district.travel.trips.iter().enumerate() {
        if let (Some(from), Some(to)) = (site(index, &trip.from), site(index, &trip.to))
            && from == to
            && trip.minutes > 0
        {
            found.push(TO_ITSELF.at(index.at(format_args!("travel.trips[{i}]"))).of(from));
        }
    }
}

fn no_time(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, trip) in index.district.travel.trips.iter().enumerate() {
        if let (0, Some(from), Some(to)) = (trip.minutes, site(index, &trip.from), site(index, &trip.to))
            && from != to
        {
            let words = (format!("从 `{from}` 到 `{to}` 为 0 分钟"), format!("0 minutes from `{from}` to `{to}`"));
            found.push(NO_TIME.at(index.at(format_args!("travel.trips[{i}].minutes"))).of(from).found(words.0, words.1));
        }
    }
}

/// Compares each trip given with the longest break inside a half-day of any bell: told once for the district.
fn longer_than_breaks(index: &Index<'_>, trips: &Trips<'_>, found: &mut Vec<Problem>) {
    let (Some(inside), noon) = (longest_break(index, |a, b| a == b), longest_break(index, |a, b| a != b).unwrap_or(0)) else { return };
    let mut far = Vec::new();
    for school in 0..index.district.schools.len() {
        for (from, to) in trips.pairs(index, school) {
            let there = trips.minutes.get(&(from, to)).copied();
            // A way told in both directions is one way to a planner.
            let told = trips.minutes.get(&(to, from)).copied() == there && to < from;
            if let Some(minutes) = there.filter(|minutes| *minutes > inside && !told) {
                far.push((minutes, from, to));
            }
        }
    }
    far.sort_unstable();
    far.reverse();
    if let Some((longest, _, _)) = far.first() {
        let list = |arrow: &str, minutes: &str, names: &dyn Fn(&str) -> String| {
            let some = far.iter().take(5).map(|(m, from, to)| format!("{}{arrow}{} {m} {minutes}", names(from), names(to)));
            some.collect::<Vec<_>>().join(if minutes == "分钟" { "、" } else { ", " })
        };
        let zh =
            list("—", "分钟", &|site| index.sites.get(site).map_or_else(|| site.to_owned(), |school| index.school_name(*school).0));
        let en = list(" to ", "minutes", &|site| site.to_owned());
        let count = far.len();
        let only = if *longest <= noon {
            ("只够占午休", "fits only the noon break")
        } else {
            ("连午休也不够", "fits not even the noon break")
        };
        found.push(LONGER_THAN_BREAKS.at(index.at(format_args!("travel.trips"))).found(
            format!("最长的课间 {inside} 分钟,有 {count} 段路程更长:{zh}(最远的{})", only.0),
            format!("the longest break is {inside} minutes; trips longer than that: {count}, {en} (the longest {})", only.1),
        ));
    }
}

fn longest_break(index: &Index<'_>, halves: impl Fn(Half, Half) -> bool) -> Option<u32> {
    let days = index.district.bells.iter().flat_map(|bell| std::iter::once(&bell.cells).chain(bell.days.values()));
    let pairs = days.flat_map(|cells| cells.windows(2)).filter(|pair| halves(pair[0].half, pair[1].half));
    pairs.map(|pair| u32::from(pair[1].start.0.saturating_sub(pair[0].end.0))).max()
}
