//! Where the schools are, how large, and in which groups.

use super::dice::Dice;
use crate::file::{Agreement, Group, GroupKind, Person, School, Site, Stage, Standing, Text, Travel};
use std::collections::BTreeMap;

/// What a school is in its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Lead,
    Middle,
    Small,
    Junior,
}

#[derive(Debug, Clone)]
pub struct Place {
    pub id: String,
    pub part: Part,
    pub classes_per_grade: u32,
    pub pupils_per_class: u32,
    pub east_north_m: (i64, i64),
}

impl Place {
    pub fn stage(&self) -> Stage {
        if self.part == Part::Junior { Stage::Junior } else { Stage::Primary }
    }
    pub fn grades(&self) -> std::ops::RangeInclusive<u8> {
        if self.part == Part::Junior { 7..=9 } else { 1..=6 }
    }
    pub fn classes(&self) -> u32 {
        self.classes_per_grade * self.grades().count() as u32
    }
}

/// Groups of four to eight schools (of three in the smallest district), the lead school first.
pub fn clusters(schools: usize, dice: &mut Dice) -> Vec<Vec<Place>> {
    let mut sizes = Vec::new();
    let mut left = schools;
    while left > 0 {
        // Never leave a rest of one to three for the last group.
        let size = if left <= 8 { left } else { (dice.between(4, 8) as usize).min(left - 4) };
        sizes.push(size);
        left -= size;
    }
    let across = (1..=sizes.len()).find(|side| side * side >= sizes.len()).unwrap_or(1);
    let mut number = 0;
    let mut clusters = Vec::new();
    for (index, size) in sizes.into_iter().enumerate() {
        let centre = ((index % across) as i64 * 14_000, (index / across) as i64 * 14_000);
        let mut cluster = Vec::new();
        for part in parts(size) {
            number += 1;
            cluster.push(place(number, part, centre, dice));
        }
        clusters.push(cluster);
    }
    clusters
}

fn parts(size: usize) -> Vec<Part> {
    let juniors = if size > 6 { 2 } else { 1 };
    let small = (size / 3).max(1);
    let mut parts = vec![Part::Lead];
    parts.extend(vec![Part::Middle; size.saturating_sub(1 + juniors + small)]);
    parts.extend(vec![Part::Small; small]);
    parts.extend(vec![Part::Junior; juniors]);
    parts
}

fn place(number: usize, part: Part, centre: (i64, i64), dice: &mut Dice) -> Place {
    // Small schools lie at the edge, yet within reach of the junior high's laboratory.
    let (classes_per_grade, pupils_per_class, near, far) = match part {
        Part::Lead => (dice.pick(&[6, 7]), 45, 0, 800),
        Part::Middle => (dice.pick(&[3, 4, 5]), dice.between(36, 44) as u32, 1_200, 2_800),
        Part::Small => (1, dice.between(16, 28) as u32, 2_600, 3_400),
        Part::Junior => (dice.pick(&[6, 8, 10]), dice.between(44, 49) as u32, 300, 1_200),
    };
    let mut leg = || dice.between(near, far) * if dice.percent(50) { 1 } else { -1 };
    let (east, north) = (leg(), leg());
    Place { id: format!("S{number:03}"), part, classes_per_grade, pupils_per_class, east_north_m: (centre.0 + east, centre.1 + north) }
}

/// Six minutes and two per kilometre.
pub fn travel() -> Travel {
    Travel { trips: Vec::new(), estimate_base_minutes: 6, estimate_minutes_per_km: 2 }
}

pub fn groups(clusters: &[Vec<Place>]) -> Vec<Group> {
    const KINDS: [GroupKind; 4] = [GroupKind::TownCentre, GroupKind::District, GroupKind::BigDistrict, GroupKind::StrongWeak];
    let group = |(index, cluster): (usize, &Vec<Place>)| Group {
        id: format!("G{:02}", index + 1),
        name: Some(Text::new(format!("第{}学区", index + 1), format!("Group {}", index + 1))),
        kind: KINDS[index % KINDS.len()],
        lead: cluster.first().map(|place| place.id.clone()),
        members: cluster.iter().skip(1).map(|place| place.id.clone()).collect(),
        agreement: Agreement::default(),
    };
    clusters.iter().enumerate().map(group).collect()
}

/// The schools with as many posts as they have people.
pub fn schools(places: &[&Place], people: &[Person]) -> Vec<School> {
    let mut staff: BTreeMap<&str, u32> = BTreeMap::new();
    for person in people {
        *staff.entry(&person.employer).or_default() += 1;
    }
    let school = |place: &&Place| {
        let number = place.id.trim_start_matches('S').trim_start_matches('0');
        let name = match place.part {
            Part::Junior => Text::new(format!("第{number}中学"), format!("Junior High {number}")),
            _ => Text::new(format!("第{number}小学"), format!("Primary {number}")),
        };
        School {
            id: place.id.clone(),
            name: name.clone(),
            stages: vec![place.stage()],
            sites: vec![Site { id: site(&place.id), name, east_north_m: Some(place.east_north_m) }],
            pupils: BTreeMap::from([(place.stage(), place.classes() * place.pupils_per_class)]),
            quota: BTreeMap::from([("all".to_owned(), staff.get(place.id.as_str()).copied().unwrap_or_default())]),
            standing: match place.part {
                Part::Lead => Standing::Supporting,
                Part::Small => Standing::Receiving,
                _ => Standing::Neither,
            },
            rural: place.part == Part::Small,
            ..School::default()
        }
    };
    places.iter().map(school).collect()
}

pub fn site(school: &str) -> String {
    format!("{school}-site")
}
