//! Visiting: what stays open at a school is offered, all at once, to whoever could come or has room there. One course after the other
//! would often break a clause on the way: a visit that is worth it has so many periods at the least.

use super::staffing::Staffing;
use crate::engine::{ItemId, Problem, State};
use std::collections::{BTreeMap, BTreeSet};

/// Somebody at a school: there by a visit, or working there.
type Place = (usize, usize);

/// Lets people take over what is open, the one who makes the score least first, as long as it gets less. The values must keep every limit.
///
/// What somebody can take only gets less as others take over, so a worth that was looked at before is looked at again only when it
/// comes first.
pub(super) fn cover(staffing: &Staffing, problem: &Problem, values: &mut [i32]) {
    let mut desk = Desk::new(staffing, problem, values);
    let mut worth: BTreeSet<(Vec<i64>, Place)> = BTreeSet::new();
    for place in desk.places.keys().copied().collect::<Vec<_>>() {
        worth.extend(desk.worth(place).map(|gain| (gain, place)));
    }
    while let Some((_, place)) = worth.pop_first() {
        let Some(gain) = desk.worth(place) else { continue };
        if worth.first().is_none_or(|(next, _)| gain <= *next) {
            desk.take_over(place);
            worth.extend(desk.worth(place).map(|gain| (gain, place)));
        } else {
            worth.insert((gain, place));
        }
    }
    values.copy_from_slice(desk.state.values());
}

struct Desk<'a, 'w> {
    staffing: &'a Staffing<'w>,
    state: State<'a>,
    firm: usize,
    /// Takes of a person at a school, the longest courses first.
    places: BTreeMap<Place, Vec<usize>>,
}

impl<'a, 'w> Desk<'a, 'w> {
    fn new(staffing: &'a Staffing<'w>, problem: &'a Problem, values: &[i32]) -> Self {
        let mut places: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
        for (t, take) in staffing.takes.iter().enumerate() {
            places.entry((take.person, staffing.kinds[take.kind].school)).or_default().push(t);
        }
        for takes in places.values_mut() {
            takes.sort_by_key(|t| {
                let kind = &staffing.kinds[staffing.takes[*t].kind];
                (kind.subject.any_teacher, std::cmp::Reverse(kind.load), *t)
            });
        }
        let firm = problem.levels.iter().take_while(|level| level.firm).count();
        Self { staffing, state: State::new(problem, values.to_vec()), firm, places }
    }

    /// What the score changes by when the person takes over there, undone; `None` where it does not get less.
    fn worth(&mut self, place: Place) -> Option<Vec<i64>> {
        let before = self.state.score().to_vec();
        let done = self.take_over(place)?;
        let gain = self.state.score().iter().zip(&before).map(|(now, before)| now - before).collect();
        self.undo(done);
        Some(gain)
    }

    /// Unit by unit as much as every limit leaves; kept if the score is less than before. Returns what was changed, with the values before.
    fn take_over(&mut self, place: Place) -> Option<Vec<(ItemId, i32)>> {
        let before = self.state.score().to_vec();
        let mut done: Vec<(ItemId, i32)> = Vec::new();
        let (mut best, mut kept) = (before.clone(), 0);
        if let Some(visit) = self.staffing.visits.get(&place).copied().filter(|visit| self.state.value(*visit) == 0) {
            self.set(visit, 1, &mut done);
        }
        for t in self.places.get(&place)?.clone() {
            let take = self.staffing.takes[t];
            let open = self.staffing.uncovered[take.kind];
            while self.state.value(open) > 0 && self.state.value(take.item) < take.most as i32 {
                let steps = done.len();
                self.set(open, self.state.value(open) - 1, &mut done);
                self.set(take.item, self.state.value(take.item) + 1, &mut done);
                if self.state.score()[..self.firm].iter().any(|level| *level > 0) {
                    let last = done.split_off(steps);
                    self.undo(last);
                    break;
                }
                if self.state.score() < best.as_slice() {
                    (best, kept) = (self.state.score().to_vec(), done.len());
                }
            }
        }
        let beyond = done.split_off(kept);
        self.undo(beyond);
        (best < before).then_some(done)
    }

    fn set(&mut self, item: ItemId, value: i32, done: &mut Vec<(ItemId, i32)>) {
        done.push((item, self.state.value(item)));
        self.state.set(item, value);
    }
    fn undo(&mut self, done: Vec<(ItemId, i32)>) {
        for (item, value) in done.into_iter().rev() {
            self.state.set(item, value);
        }
    }
}
