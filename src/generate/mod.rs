//! Invented districts of a real shape: `lunpai generate`. The same size and seed give the same bytes; nothing reads a clock.
//!
//! Schools come in groups of four to eight: a large lead school, middling ones, small ones at the edge, a junior high or
//! two. Small schools lack specialists, whom the large ones have to spare; a laboratory of the junior high serves the
//! small schools too; class grids are full. [`Realised`] tells what came out. [`mod@strange`] draws districts of other shapes.

mod dice;
mod layout;
mod planted;
mod realised;
mod staff;
pub mod standard;
pub mod strange;
mod week;

pub use realised::Realised;

use crate::file::{District, Policy, Term, Text};
use dice::Dice;
use std::collections::BTreeMap;

/// A district and what it turned out to be like.
#[derive(Debug, Clone)]
pub struct Generated {
    pub district: District,
    pub realised: Realised,
}

/// Sizes outside this range are brought into it.
pub const SCHOOLS: std::ops::RangeInclusive<usize> = 3..=200;

/// A district with so many schools; `impossible` conflicts are planted that no plan can meet.
pub fn generate(schools: usize, seed: u64, impossible: usize) -> Generated {
    let schools = schools.clamp(*SCHOOLS.start(), *SCHOOLS.end());
    let mut dice = Dice::new(seed);
    let clusters = layout::clusters(schools, &mut dice);
    let all: Vec<&layout::Place> = clusters.iter().flatten().collect();
    let mut district = District {
        schema: "lunpai.district/1".to_owned(),
        id: format!("generated-{schools}-{seed}"),
        title: Text::new(format!("虚构学区({schools} 校,种子 {seed})"), format!("Invented district ({schools} schools, seed {seed})")),
        demo: true,
        term: Some(term()),
        cycle_weeks: 1,
        subjects: standard::subjects(),
        bells: vec![standard::primary_bell(), standard::junior_bell()],
        groups: layout::groups(&clusters),
        travel: layout::travel(),
        curriculum: week::curriculum(&clusters),
        rooms: week::rooms(&clusters),
        blocks: week::blocks(&all),
        ..District::default()
    };
    (district.people, district.classes) = staff::people_and_classes(&clusters, &mut dice);
    district.schools = layout::schools(&all, &district.people);
    district.locked_lessons = week::locked_lessons(&clusters);
    let planted = planted::plant(&mut district, &clusters, impossible);
    let realised = realised::measure(&district, clusters.len(), planted);
    Generated { district, realised }
}

/// The policy used when none is given: the same clauses as the main policy of `instances/huayuankou`.
///
/// # Panics
/// When the built-in file does not parse: it is part of the program, and a test reads it.
pub fn standard_policy() -> Policy {
    serde_json::from_str(include_str!("standard_policy.json")).expect("the built-in policy")
}

/// The term that all of them plan.
fn term() -> Term {
    Term {
        id: "2026-1".to_owned(),
        first_day: "2026-09-01".to_owned(),
        last_day: "2027-01-22".to_owned(),
        off: Vec::new(),
        teaches_as: BTreeMap::new(),
    }
}
