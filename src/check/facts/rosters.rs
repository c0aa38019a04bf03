//! Rosters: who may take turns, and who takes which.

use super::{People, Places};
use crate::file::{Category, District, Part, Plan, Roster};
use std::collections::BTreeSet;

pub struct RosterFact<'a> {
    pub(crate) file: &'a Roster,
    pub(crate) school: Option<usize>,
    /// Who may take turns, sorted.
    pub(crate) pool: Vec<usize>,
    /// By turn: who of the pool takes it.
    pub(crate) turns: Vec<BTreeSet<usize>>,
}

/// One fact per roster of the file; turns without rows are empty.
pub(super) fn rosters<'a>(district: &'a District, plan: &Plan, places: &Places, people: &People) -> Vec<RosterFact<'a>> {
    let decided = plan.parts.contains(&Part::Timetable);
    let fact = |file: &'a Roster| {
        let school = places.school(&file.school);
        let works = |person: &usize| school.is_some() && people.working[*person] == school;
        let teaches = |person: &usize| people.list[*person].category != Category::Worker;
        let pool: BTreeSet<usize> = if file.people.is_empty() {
            (0..people.list.len()).filter(|person| works(person) && teaches(person)).collect()
        } else {
            file.people.iter().filter_map(|id| people.find(id)).collect()
        };
        let mut turns = vec![BTreeSet::new(); file.turns()];
        for row in plan.duties.iter().filter(|row| decided && row.roster == file.id) {
            let turn = usize::from(row.turn).checked_sub(1).and_then(|turn| turns.get_mut(turn));
            if let (Some(turn), Some(person)) = (turn, people.find(&row.person).filter(|person| pool.contains(person))) {
                turn.insert(person);
            }
        }
        RosterFact { file, school, pool: pool.into_iter().collect(), turns }
    };
    district.rosters.iter().map(fact).collect()
}

impl super::Facts<'_> {
    pub(crate) fn leads(&self, person: usize) -> bool {
        self.people.list[person].category == Category::Leader
    }
}
