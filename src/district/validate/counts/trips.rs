//! A given teacher at two places: how many lessons at the second one week can hold beside those at the first.
//!
//! One day is a chain of cells in order of time, each far enough from the one before; of each number of lessons at the first place
//! the most at the second is kept, and the days of a week are added up. Only neighbours in the chain are compared, and a lesson of
//! several cells counts as that many: both allow more than a real week does, so that what is not found here does not exist.

use super::super::clauses::{Ground, Hold, InForce};
use super::What;
use super::crowd::Claim;
use super::items::Known;
use super::kinds::TRIPS;
use super::pools::of_teachers;
use super::proof::{Active, firmest};
use super::say::{both, week};
use super::told::Count;
use crate::file::Half;
use crate::rules::AnyRule;
use std::collections::{BTreeMap, BTreeSet};

pub fn count(known: &Known<'_, '_>, told: &[Option<Hold>], found: &mut Vec<Count>) {
    let mut roads = None;
    for (person, claims) in of_teachers(known) {
        let mut places: BTreeMap<&str, Vec<Claim>> = BTreeMap::new();
        for claim in claims {
            let part = &known.items[claim.item].parts[claim.part];
            // Where the people of a lesson by video are is not said anywhere.
            if let Some(site) = known.site(part).filter(|_| !known.is_remote(part.course)) {
                places.entry(site).or_default().push(claim);
            }
        }
        let places: Vec<(&str, Vec<Claim>)> = places.into_iter().collect();
        let sites: Vec<&str> = places.iter().map(|(site, _)| *site).collect();
        let mut pairs: Vec<[&str; 2]> =
            sites.iter().enumerate().flat_map(|(k, one)| sites[k + 1..].iter().map(move |other| [*one, *other])).collect();
        // At one place alone only the days away are few.
        if let [only] = sites[..] {
            pairs.push([NOWHERE, only]);
        }
        for pair in pairs {
            let roads = roads.get_or_insert_with(|| Roads::of(known));
            found.extend(Pair::of(known, told, person, roads, pair, &places).and_then(|pair| pair.told()));
        }
    }
}

const NOWHERE: &str = "";
/// More lessons than a week has cells are counted elsewhere.
const MOST: usize = 300;

/// Minutes given from site to site, each direction by itself before one given both ways.
struct Roads<'a>(BTreeMap<(&'a str, &'a str), u32>);

impl<'a> Roads<'a> {
    fn of(known: &Known<'_, 'a>) -> Self {
        let mut minutes = BTreeMap::new();
        let trips = &known.index.district.travel.trips;
        let ends =
            trips.iter().filter_map(|trip| Some((known.index.site_or_first(&trip.from)?, known.index.site_or_first(&trip.to)?, trip)));
        let ends: Vec<_> = ends.collect();
        for (from, to, trip) in &ends {
            minutes.entry((*from, *to)).or_insert(trip.minutes);
        }
        for (from, to, trip) in ends.iter().filter(|(_, _, trip)| trip.both_ways) {
            minutes.entry((*to, *from)).or_insert(trip.minutes);
        }
        Self(minutes)
    }
    /// Given, else by coordinates; nothing is counted of a trip that nobody knows.
    fn minutes(&self, known: &Known<'_, 'a>, from: &str, to: &str) -> i64 {
        if let Some(minutes) = self.0.get(&(from, to)) {
            return i64::from(*minutes);
        }
        let travel = &known.index.district.travel;
        let place =
            |id: &str| known.index.district.schools.iter().flat_map(|school| &school.sites).find(|site| site.id == id)?.east_north_m;
        let (Some(a), Some(b), 1..) = (place(from), place(to), travel.estimate_minutes_per_km) else { return 0 };
        let square = |a: i64, b: i64| u128::from(a.abs_diff(b)).pow(2);
        let metres = square(a.0, b.0).saturating_add(square(a.1, b.1)).isqrt();
        let riding = metres.saturating_mul(u128::from(travel.estimate_minutes_per_km)).div_ceil(1000);
        i64::from(travel.estimate_base_minutes) + i64::from(u32::try_from(riding).unwrap_or(u32::MAX))
    }
}

/// A cell that could be used, at the first (0) or the second place (1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Stop {
    start: u16,
    end: u16,
    place: usize,
    half: Half,
}

/// The rules of a teacher's way that a proof uses.
#[derive(Default)]
struct Ways {
    margin: Option<u32>,
    half_day: bool,
    lunch: Option<u32>,
    days: Option<u32>,
    daily: Option<u32>,
}

struct Pair<'k, 'i, 'a> {
    known: &'k Known<'i, 'a>,
    told: &'k [Option<Hold>],
    person: usize,
    clash: Ground,
    rules: Vec<(What, InForce<'a>)>,
    sites: [&'k str; 2],
    claims: Vec<Claim>,
    /// There and back.
    minutes: [i64; 2],
    /// Whether a lesson at the place is one away from the own school, if it is known which that is.
    away: Option<[bool; 2]>,
}

#[derive(Clone)]
struct Missed {
    week: u8,
    wanted: [usize; 2],
    /// The most at the second place beside all at the first.
    most: usize,
}

impl<'k, 'i, 'a> Pair<'k, 'i, 'a> {
    fn of(
        known: &'k Known<'i, 'a>,
        told: &'k [Option<Hold>],
        person: usize,
        roads: &Roads<'a>,
        sites: [&'k str; 2],
        places: &[(&str, Vec<Claim>)],
    ) -> Option<Self> {
        let index = known.index;
        let school = known.people.at(known.ahead, person);
        let fits = |scope: &crate::file::Scope| index.person_in(scope, person, school);
        let clash = known.index.clauses.ground("teacher_clash", fits)?;
        if sites[0] == NOWHERE && (school.is_none() || school == index.sites.get(sites[1]).copied()) {
            return None;
        }
        let mut rules = Vec::new();
        for (what, rule) in RULES {
            rules.extend(known.index.clauses.of_rule(rule).filter(|clause| fits(clause.scope)).map(|clause| (what, clause)));
        }
        let claims = places.iter().filter(|(site, _)| sites.contains(site)).flat_map(|(_, claims)| claims.clone()).collect();
        // Away by the place and by the class, so that nothing is counted of a lesson of one's own in a room elsewhere.
        let foreign = |claim: &Claim, home: usize| {
            let part = &known.items[claim.item].parts[claim.part];
            let by_class = index.school_of_course(&index.courses[part.course]);
            let by_place = known.site(part).and_then(|site| index.sites.get(site).copied());
            by_class.is_some_and(|school| school != home) && by_place.is_some_and(|school| school != home)
        };
        let all = |site: &str, home: usize| {
            places.iter().filter(|(at, _)| *at == site).all(|(_, of)| of.iter().all(|claim| foreign(claim, home)))
        };
        let away = school.map(|home| sites.map(|site| all(site, home)));
        let minutes = [roads.minutes(known, sites[0], sites[1]), roads.minutes(known, sites[1], sites[0])];
        Some(Self { known, told, person, clash, rules, sites, claims, minutes, away })
    }

    fn ways(&self, active: &Active<'_>) -> Ways {
        let mut ways = Ways::default();
        let least = |held: Option<u32>, new: u32| Some(held.map_or(new, |held| held.min(new)));
        for (_, clause) in self.rules.iter().filter(|(what, clause)| active.holds(Some(*what), clause.ground)) {
            match clause.rule {
                AnyRule::TravelTime(it) => ways.margin = ways.margin.max(Some(it.margin_minutes)),
                AnyRule::HalfDaySchool(_) => ways.half_day = true,
                AnyRule::LunchTravel(it) => ways.lunch = least(ways.lunch, it.longest_minutes),
                AnyRule::AwayDays(it) => ways.days = least(ways.days, it.max_days),
                AnyRule::DailyLoad(it) => ways.daily = least(ways.daily, it.max),
                _ => {}
            }
        }
        ways
    }

    fn missed(&self, active: &Active<'_>) -> Option<Missed> {
        if self.clash.hold > active.reach {
            return None;
        }
        let ways = self.ways(active);
        self.known.weeks().find_map(|week| {
            let mut wanted = [0, 0];
            let mut stops: BTreeMap<u8, BTreeSet<Stop>> = BTreeMap::new();
            for claim in &self.claims {
                let item = &self.known.items[claim.item];
                let part = &item.parts[claim.part];
                let told = self.told[claim.item].is_some_and(|hold| hold <= active.reach);
                if told || part.weeks >> week & 1 == 0 || !active.holds(claim.what, claim.ground) {
                    continue;
                }
                let place = usize::from(self.known.site(part) == Some(self.sites[1]));
                wanted[place] += part.periods;
                for cell in part.own(item.left(active)).covered(part.periods).iter() {
                    if let Some(open) = self.known.grids[part.bell].get(cell) {
                        let stop = Stop { start: open.cell.start.0, end: open.cell.end.0, place, half: open.cell.half };
                        stops.entry(open.at.weekday).or_default().insert(stop);
                    }
                }
            }
            if wanted[0].max(wanted[1]) > MOST || wanted[1] == 0 || wanted[0] == 0 && self.sites[0] != NOWHERE {
                return None;
            }
            let most = self.week(&ways, wanted[0], stops.into_values());
            most.is_none_or(|most| most < wanted[1]).then(|| Missed { week, wanted, most: most.unwrap_or(0) })
        })
    }

    /// The most at the second place in a week with so many at the first; `None`: not even those fit.
    fn week(&self, ways: &Ways, first: usize, days: impl Iterator<Item = BTreeSet<Stop>>) -> Option<usize> {
        let limit = ways.days.filter(|_| self.away.is_some()).map_or(0, |days| days.min(7) as usize);
        let counted = self.away.filter(|_| ways.days.is_some());
        // Days away so far → lessons at the first place → the most at the second.
        let mut best: Vec<Vec<Option<usize>>> = vec![vec![None; first + 1]; limit + 1];
        best[0][0] = Some(0);
        for day in days {
            let of_day = self.day(ways, first, &day.into_iter().collect::<Vec<_>>());
            let mut next = best.clone();
            for (used, row) in best.iter().enumerate() {
                for (at, held) in row.iter().enumerate() {
                    let Some(held) = held else { continue };
                    for (more, choices) in of_day.iter().enumerate() {
                        // With nothing at the second place a day there may not be one away.
                        for second in [0, choices.unwrap_or(0)].into_iter().filter(|_| choices.is_some()) {
                            let away = counted.is_some_and(|away| away[0] && more > 0 || away[1] && second > 0);
                            let used = used + usize::from(away);
                            if used <= limit {
                                let entry = &mut next[used][(at + more).min(first)];
                                *entry = (*entry).max(Some(held + second));
                            }
                        }
                    }
                }
            }
            best = next;
        }
        best.iter().filter_map(|row| row[first]).max()
    }

    /// Lessons at the first place on one day → the most at the second.
    fn day(&self, ways: &Ways, first: usize, stops: &[Stop]) -> Vec<Option<usize>> {
        let cap = ways.daily.map_or(usize::MAX, |daily| daily as usize);
        let mut chains: Vec<Vec<Option<usize>>> = Vec::new();
        let mut best = vec![None; first + 1];
        best[0] = Some(0);
        for (k, stop) in stops.iter().enumerate() {
            let mut mine = vec![None; first + 1];
            let mut add = |from: &[Option<usize>]| {
                for (at, second) in from.iter().enumerate().filter_map(|(at, second)| Some((at, (*second)?))) {
                    let (at, second) = if stop.place == 0 { (at + 1, second) } else { (at, second + 1) };
                    if at + second <= cap {
                        let entry: &mut Option<usize> = &mut mine[at.min(first)];
                        *entry = (*entry).max(Some(second));
                    }
                }
            };
            let mut none = vec![None; first + 1];
            none[0] = Some(0);
            add(&none);
            stops[..k].iter().zip(&chains).filter(|(earlier, _)| self.follows(ways, earlier, stop)).for_each(|(_, chain)| add(chain));
            for (all, one) in best.iter_mut().zip(&mine) {
                *all = (*all).max(*one);
            }
            chains.push(mine);
        }
        best
    }

    fn follows(&self, ways: &Ways, earlier: &Stop, later: &Stop) -> bool {
        if earlier.end > later.start {
            return false;
        }
        if earlier.place == later.place {
            return true;
        }
        let minutes = self.minutes[earlier.place];
        let gap = i64::from(later.start) - i64::from(earlier.end);
        let late = ways.margin.is_some_and(|margin| gap < minutes + i64::from(margin));
        let same_half = ways.half_day && earlier.half == later.half;
        let noon = (earlier.half, later.half) == (Half::Am, Half::Pm) && ways.lunch.is_some_and(|longest| minutes > i64::from(longest));
        !late && !same_half && !noon
    }

    fn told(&self) -> Option<Count> {
        let causes = |_: &Missed| -> Vec<(Hold, What)> {
            let bars = self.claims.iter().flat_map(|claim| {
                let bars = self.known.items[claim.item].bars.iter().map(|bar| (bar.ground.hold, bar.what));
                bars.chain(claim.what.map(|what| (claim.ground.hold, what)))
            });
            let mut causes: Vec<_> = bars.collect();
            for (what, clause) in &self.rules {
                match causes.iter_mut().find(|(_, other)| other == what) {
                    Some((hold, _)) => *hold = (*hold).min(clause.ground.hold),
                    None => causes.push((clause.ground.hold, *what)),
                }
            }
            causes
        };
        let proof = firmest(|active, _| self.missed(active), causes)?;
        let active = proof.active();
        let claims: Vec<&Claim> = self.claims.iter().filter(|claim| active.holds(claim.what, claim.ground)).collect();
        let bars = claims.iter().flat_map(|claim| &self.known.items[claim.item].bars);
        let bars: Vec<_> = bars.filter(|bar| active.holds(Some(bar.what), bar.ground)).collect();
        let rules: Vec<_> = self.rules.iter().filter(|(what, clause)| active.holds(Some(*what), clause.ground)).collect();
        let grounds = bars.iter().map(|bar| bar.ground).chain(claims.iter().map(|claim| claim.ground));
        let ground = grounds.chain(rules.iter().map(|(_, clause)| clause.ground)).fold(self.clash, Ground::and);
        let whats: BTreeSet<What> = bars.iter().map(|bar| bar.what).chain(rules.iter().map(|(what, _)| *what)).collect();
        let index = self.known.index;
        let at = index.at(format_args!("people[{}]", self.person));
        let mut count = Count::new(&TRIPS, ground, at, &index.district.people[self.person].id).because(whats.iter().copied());
        count.hold = proof.reach;
        count.who = vec![index.say_person(self.person)];
        let Missed { week: times, wanted, most } = proof.found;
        let (a, b) = (index.say_site(self.sites[0]), index.say_site(self.sites[1]));
        let times = week(index.district.cycle_weeks, times);
        let way = self.minutes[0].max(self.minutes[1]);
        let way = if whats.contains(&What::Travel) || whats.contains(&What::Lunch) {
            both(format!(",路上 {way} 分钟"), format!(", {way} minutes apart"))
        } else {
            both("", "")
        };
        count.says = if self.sites[0] == NOWHERE {
            both(
                format!("{}在{} {} 节,是外校;外出天数有限,最多 {most} 节", times.zh, b.zh, wanted[1]),
                format!("{}{} periods at {}, away from the own school; the days away take {most} at most", times.en, wanted[1], b.en),
            )
        } else {
            both(
                format!(
                    "{}在{} {} 节、{} {} 节{};在{}上满时,{}最多 {most} 节",
                    times.zh, a.zh, wanted[0], b.zh, wanted[1], way.zh, a.zh, b.zh
                ),
                format!(
                    "{}{} periods at {}, {} at {}{}; beside all of the first, {most} of the second at most",
                    times.en, wanted[0], a.en, wanted[1], b.en, way.en
                ),
            )
        };
        count.people.push(self.person);
        let courses: BTreeSet<usize> = claims.iter().map(|claim| self.known.items[claim.item].parts[claim.part].course).collect();
        count.classes.extend(courses.iter().flat_map(|course| index.courses[*course].classes.iter().copied()));
        count.courses.extend(courses);
        (count.needed, count.there) = (wanted[1] as u64, most as u64);
        Some(count)
    }
}

const RULES: [(What, &str); 5] = [
    (What::Travel, "travel_time"),
    (What::HalfDay, "half_day_school"),
    (What::Lunch, "lunch_travel"),
    (What::AwayDays, "away_days"),
    (What::DailyLoad, "daily_load"),
];
