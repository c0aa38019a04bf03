//! Invented districts of a shape that no example has: what a stranger would bring.
//!
//! The plain generator draws dense districts that are all alike. Here ids, subjects, clocks and hours are the district's
//! own, and each [`Mode`] adds one kind of strangeness. Every district comes with a **witness**: a plan that keeps every
//! legal clause and every clause of the policy written with it, and leaves no lesson without a teacher. It needs no
//! search. Weeks are drawn first, class by class; a colleague is hired wherever nobody has a free hour left; absences,
//! research meetings, opening hours, agreed lessons and given teachers are then put where the drawn week lets them be.
//! Whatever a solver finds may be held against it.

mod bells;
mod classes;
mod exchange;
mod figures;
mod meetings;
mod mode;
mod names;
mod people;
mod places;
mod policy;
mod remarks;
mod sketch;
mod staffing;
mod subjects;
mod visits;
mod weeks;
mod witness;
mod worn;
mod written;

pub use figures::Figures;
pub use mode::Mode;

use super::dice::Dice;
use crate::file::{District, Plan, Policy, Text};
use mode::Traits;
use written::{Ids, Title};

/// A district, the policy that fits it, and a plan that keeps it.
#[derive(Debug, Clone)]
pub struct Strange {
    pub district: District,
    pub policy: Policy,
    pub witness: Plan,
    pub figures: Figures,
}

/// Sizes outside this range are brought into it; [`Mode::Alone`] is one school.
pub const SCHOOLS: std::ops::RangeInclusive<usize> = 1..=200;

/// A district of so many schools in these modes; with none, in those that the seed chooses.
pub fn strange(schools: usize, seed: u64, modes: &[Mode]) -> Strange {
    let schools = schools.clamp(*SCHOOLS.start(), *SCHOOLS.end());
    let mut dice = Dice::new(seed ^ 0x5354_5241_4E47_4552);
    let traits = Traits::of(schools, modes, &mut dice);
    let names = names::Names::new(&traits, &mut dice);
    let subjects = subjects::subjects(&names, &mut dice);
    let places = places::places(&traits, &names, &mut dice);
    let groups = places::groups(&places, &names, &mut dice);
    let mut sketch = classes::sketch(&traits, &names, subjects, places, &mut dice);
    meetings::reserve(&mut sketch, &mut dice);
    visits::visitors(&mut sketch, &groups, &mut dice);
    for place in 0..sketch.places.len() {
        staffing::staff(&mut sketch, place, &mut dice);
    }
    place_all(&mut sketch, &mut dice);
    exchange::swaps(&mut sketch, &mut dice);
    exchange::loans(&mut sketch, &traits, &mut dice);

    let ids = Ids::of(&sketch, &names, &mut dice);
    let title = title(&traits, seed);
    let mut district = written::district(&sketch, &names, &ids, groups, &title, &mut dice);
    let mut left = district.rooms.iter().map(|room| room.id.clone());
    let rooms: Vec<Vec<String>> = sketch.pools.iter().map(|pool| left.by_ref().take(pool.rooms as usize).collect()).collect();
    let witness = witness::plan(&sketch, &ids, &district.id, &rooms);
    if traits.has(Mode::Worn) {
        district.baseline = Some(Box::new(worn::baseline(&district, &witness, &mut dice)));
    }
    let policy = policy::policy(&sketch, &district, witness.postings.len(), &mut dice);
    let figures = figures::figures(&sketch, &ids, &district);
    Strange { district, policy, witness, figures }
}

/// Villages first: who comes there on whole days has these days free only as long as nothing else is placed.
fn place_all(sketch: &mut sketch::Sketch, dice: &mut Dice) {
    let village = |class: &usize| sketch.places[sketch.classes[*class].place].size != places::Size::Village;
    let mut order: Vec<usize> = (0..sketch.classes.len()).collect();
    order.sort_by_key(village);
    for class in order {
        weeks::place(sketch, class, dice);
    }
}

fn title(traits: &Traits, seed: u64) -> Title {
    let modes: Vec<&str> = traits.modes.iter().map(|mode| mode.id()).collect();
    // An id has a hundred characters at most.
    let (count, modes) = (traits.schools, if modes.len() > 3 { "many".to_owned() } else { modes.join("+") });
    Title {
        id: format!("strange-{modes}-{count}-{seed}"),
        words: Text::new(
            format!("陌生学区({count} 校,{modes},种子 {seed})"),
            format!("Strange district ({count} schools, {modes}, seed {seed})"),
        ),
    }
}
