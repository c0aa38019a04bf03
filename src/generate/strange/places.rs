//! The schools: villages with a class a grade, middling and large ones, junior highs, schools of all nine grades.

use super::super::dice::Dice;
use super::mode::{Mode, Traits};
use super::names::Names;
use crate::file::{Group, GroupKind, Site, Stage, Text, Travel, Trip};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    Village,
    Middle,
    Large,
    Junior,
    NineYear,
}

#[derive(Debug, Clone)]
pub(super) struct Place {
    pub id: String,
    pub name: Text,
    pub size: Size,
    /// Classes by grade.
    pub classes: [u32; 9],
    pub pupils_per_class: u32,
    /// Metres on a local map.
    pub east_north: (i64, i64),
    /// Its place in the list of groups.
    pub group: usize,
}

impl Place {
    pub fn stages(&self) -> Vec<Stage> {
        let stages = [(Stage::Primary, 0..6), (Stage::Junior, 6..9)];
        stages
            .into_iter()
            .filter(|(_, grades)| self.classes[grades.clone()].iter().any(|count| *count > 0))
            .map(|(stage, _)| stage)
            .collect()
    }
    pub fn pupils(&self, stage: Stage) -> u32 {
        let grades = if stage == Stage::Primary { 0..6 } else { 6..9 };
        self.classes[grades].iter().sum::<u32>() * self.pupils_per_class
    }
}

pub(super) fn stage_of(grade: u8) -> Stage {
    if grade <= 6 { Stage::Primary } else { Stage::Junior }
}

pub(super) fn places(traits: &Traits, names: &Names, dice: &mut Dice) -> Vec<Place> {
    let mut sizes = sizes(traits.schools, dice);
    let mut places: Vec<Place> = Vec::new();
    let mut group = 0;
    while !sizes.is_empty() {
        let members = if traits.has(Mode::Lone) { 1 } else { group_of(sizes.len(), dice) };
        // Every group gets its share of the list, which is ordered so that each has a school of some size.
        for size in sizes.drain(..members) {
            let number = places.len();
            let classes = classes(size, traits, dice);
            let mut place =
                Place { id: String::new(), name: Text::default(), size, classes, pupils_per_class: 0, east_north: (0, 0), group };
            place.pupils_per_class =
                dice.between(if size == Size::Village { 9 } else { 30 }, if size == Size::Village { 26 } else { 48 }) as u32;
            place.name = names.school(number, &place.stages());
            place.id = names.school_id(number, &place.name);
            let centre = ((group % 5) as i64 * 15_000, (group / 5) as i64 * 15_000);
            place.east_north = (centre.0 + dice.between(-2_900, 2_900), centre.1 + dice.between(-2_900, 2_900));
            places.push(place);
        }
        group += 1;
    }
    places
}

/// Of the rest of the list: three to six, never leaving a single school but where the dice want one.
fn group_of(left: usize, dice: &mut Dice) -> usize {
    match left {
        0..=4 => left,
        _ if dice.percent(12) => 1,
        _ => (dice.between(3, 6) as usize).min(left),
    }
}

/// One third villages, one large school in six, one junior high in five, a nine-year school here and there.
const ROUND: [Size; 12] = [
    Size::Large,
    Size::Village,
    Size::Junior,
    Size::Middle,
    Size::Village,
    Size::Middle,
    Size::NineYear,
    Size::Village,
    Size::Middle,
    Size::Large,
    Size::Junior,
    Size::Village,
];

/// The round of sizes, now and then one by lot.
fn sizes(schools: usize, dice: &mut Dice) -> Vec<Size> {
    if schools == 1 {
        return vec![dice.pick(&[Size::Middle, Size::Large, Size::NineYear, Size::NineYear])];
    }
    (0..schools).map(|number| if dice.percent(15) { dice.pick(&ROUND) } else { ROUND[number % ROUND.len()] }).collect()
}

fn classes(size: Size, traits: &Traits, dice: &mut Dice) -> [u32; 9] {
    let (grades, low, high) = match size {
        // Some villages keep only the lower grades.
        Size::Village => (0..if dice.percent(25) { 4 } else { 6 }, 1, 1),
        Size::Middle => (0..6, 2, 3),
        Size::Large => (0..6, 3, 5),
        Size::Junior => (6..9, 3, 6),
        Size::NineYear => (0..9, 1, 2),
    };
    let mut classes = [0; 9];
    let usual = dice.between(low, high);
    for grade in grades {
        // Years differ by a class.
        let count = if dice.percent(25) { dice.between(low, high) } else { usual };
        classes[grade] = if traits.has(Mode::SingleClass) { 1 } else { count as u32 };
    }
    classes
}

pub(super) fn groups(places: &[Place], names: &Names, dice: &mut Dice) -> Vec<Group> {
    // The last three do not let people teach across schools.
    const KINDS: [GroupKind; 10] = [
        GroupKind::District,
        GroupKind::TownCentre,
        GroupKind::StrongWeak,
        GroupKind::BigDistrict,
        GroupKind::GroupTight,
        GroupKind::Alliance,
        GroupKind::Community,
        GroupKind::NameBranch,
        GroupKind::Cooperation,
        GroupKind::HsZone,
    ];
    let mut groups: Vec<Group> = Vec::new();
    for place in places {
        match groups.get_mut(place.group) {
            Some(group) => group.members.push(place.id.clone()),
            None => groups.push(Group {
                id: names.group_id(place.group),
                name: Some(Text::new(format!("第{}学区", place.group + 1), format!("Group {}", place.group + 1))),
                kind: if dice.percent(80) { dice.pick(&KINDS[..7]) } else { dice.pick(&KINDS) },
                lead: Some(place.id.clone()),
                members: Vec::new(),
                agreement: crate::file::Agreement::default(),
            }),
        }
    }
    groups
}

/// Do schools of such a group lend each other teachers by the hour?
pub(super) fn teaches_across(group: &Group) -> bool {
    !matches!(group.kind, GroupKind::NameBranch | GroupKind::Cooperation | GroupKind::HsZone)
}

/// Six minutes and two per kilometre, rounded up.
pub(super) fn minutes(a: &Place, b: &Place) -> u32 {
    let (east, north) = (a.east_north.0 - b.east_north.0, a.east_north.1 - b.east_north.1);
    let metres = ((east * east + north * north) as u64).isqrt();
    6 + (metres * 2).div_ceil(1_000) as u32
}

/// With a table: every trip inside a group, some longer one way than the other.
pub(super) fn travel(places: &[Place], traits: &Traits, dice: &mut Dice) -> Travel {
    if !traits.trip_table {
        return Travel { trips: Vec::new(), estimate_base_minutes: 6, estimate_minutes_per_km: 2 };
    }
    let mut trips = Vec::new();
    for (number, a) in places.iter().enumerate() {
        for b in places[number + 1..].iter().filter(|b| b.group == a.group) {
            let there = minutes(a, b);
            let trip = |from: &Place, to: &Place, minutes, both_ways| Trip {
                from: from.id.clone(),
                to: to.id.clone(),
                minutes,
                both_ways,
                provenance: None,
            };
            let slower = dice.percent(20);
            trips.push(trip(a, b, there, !slower));
            if slower {
                trips.push(trip(b, a, (there + 3).min(LONGEST), false));
            }
        }
    }
    Travel { trips, estimate_base_minutes: 0, estimate_minutes_per_km: 0 }
}

/// No two schools of a group are farther from each other: √(5.8² + 5.8²) km.
pub(super) const LONGEST: u32 = 25;

/// One site each; with a table of trips most schools are their own site.
pub(super) fn sites(place: &Place, traits: &Traits, names: &Names) -> Vec<Site> {
    if traits.trip_table {
        return Vec::new();
    }
    vec![Site { id: names.site_id(&place.id), name: place.name.clone(), east_north_m: Some(place.east_north) }]
}
