//! Closing: what the numbers of a teaching still leave open, and one assignment or one exchange would close, is closed.
//!
//! No solver is asked: every change is tried on the problem itself and kept if the score, level by level, is lower. Then a course
//! that may be shared is gathered in as few hands as that costs nothing.

use super::points::POLICY;
use super::staffing::{Staffing, Take};
use crate::engine::{ItemId, Point, Problem, Solved, State};
use std::collections::{BTreeMap, BTreeSet};

/// Counter updates that a call may take: a second or two. Where it ends there, the rest stays as it is.
const MOST: u64 = 40_000_000;

/// Units that change hands: (take, how many more).
type Change = Vec<(usize, i32)>;

/// Closes what one assignment, one handing over or one exchange can close; returns the units closed. The values must keep every limit.
pub fn close_gaps(staffing: &Staffing, problem: &Problem, values: &mut [i32]) -> u32 {
    let mut hands = Hands::new(staffing, problem, values);
    let open = |hands: &Hands| staffing.uncovered.iter().map(|item| hands.state.value(*item)).sum::<i32>();
    let before = open(&hands);
    let mut idle = 0;
    while idle < staffing.kinds.len() && !hands.is_spent() {
        for kind in 0..staffing.kinds.len() {
            idle += 1;
            while hands.state.value(staffing.uncovered[kind]) > 0 && !hands.is_spent() && hands.close(kind) {
                idle = 0;
            }
        }
    }
    values.copy_from_slice(hands.state.values());
    (before - open(&hands)).max(0) as u32
}

/// What one handing over or one exchange of two mends of what a meeting would have to relax. The values must keep every limit.
pub fn mend(staffing: &Staffing, problem: &Problem, values: &mut [i32]) {
    let mut hands = Hands::new(staffing, problem, values);
    let take_of: BTreeMap<ItemId, usize> = staffing.takes.iter().enumerate().map(|(t, take)| (take.item, t)).collect();
    let is_broken = |hands: &Hands, point: &Point| point.excess(point.gauge.raw(&problem.totals(point, hands.state.values()))) > 0;
    for point in problem.points.iter().filter(|point| point.level == POLICY) {
        let takes: BTreeSet<usize> = point.links.iter().filter_map(|link| take_of.get(&link.item).copied()).collect();
        while is_broken(&hands, point) && !hands.is_spent() && hands.shift(&takes) {}
    }
    values.copy_from_slice(hands.state.values());
}

/// All three, for what a model found; its bounds hold as before, since a lower level before only leaves less room.
pub(super) fn finish(staffing: &Staffing, problem: &Problem, solved: &mut Solved) {
    if !solved.found {
        return;
    }
    mend(staffing, problem, &mut solved.values);
    close_gaps(staffing, problem, &mut solved.values);
    gather(staffing, problem, &mut solved.values);
    let mut proved = true;
    for (level, value) in solved.levels.iter_mut().zip(problem.score(&solved.values)) {
        (level.value, level.bound) = (value, level.bound.min(value));
        proved &= level.bound == value;
        level.proved = proved;
    }
}

/// Leaves the blocks of shared courses in fewer hands where that costs nothing; returns how many fewer.
pub fn gather(staffing: &Staffing, problem: &Problem, values: &mut [i32]) -> u32 {
    let mut hands = Hands::new(staffing, problem, values);
    let mut shared: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (t, take) in staffing.takes.iter().enumerate().filter(|(_, take)| staffing.kinds[take.kind].is_shared()) {
        shared.entry(staffing.kinds[take.kind].courses[0]).or_default().push(t);
    }
    let shared: Vec<Vec<usize>> = shared.into_values().collect();
    let mut fewer = 0;
    while !hands.is_spent() && shared.iter().any(|course| hands.hand_on(course) || hands.swap_shares(course, &shared)) {
        fewer += 1;
    }
    values.copy_from_slice(hands.state.values());
    fewer
}

/// Who has what, as it changes.
struct Hands<'a, 'w> {
    staffing: &'a Staffing<'w>,
    state: State<'a>,
    /// Per kind: its takes.
    takers: Vec<Vec<usize>>,
    /// Person → takes.
    of_person: BTreeMap<usize, Vec<usize>>,
    /// (person, kind) → take.
    take_of: BTreeMap<(usize, usize), usize>,
}

impl<'a, 'w> Hands<'a, 'w> {
    fn new(staffing: &'a Staffing<'w>, problem: &'a Problem, values: &[i32]) -> Self {
        let mut hands = Self {
            staffing,
            state: State::new(problem, values.to_vec()),
            takers: vec![Vec::new(); staffing.kinds.len()],
            of_person: BTreeMap::new(),
            take_of: BTreeMap::new(),
        };
        for (t, take) in staffing.takes.iter().enumerate() {
            hands.takers[take.kind].push(t);
            hands.of_person.entry(take.person).or_default().push(t);
            hands.take_of.insert((take.person, take.kind), t);
        }
        hands
    }
    fn is_spent(&self) -> bool {
        self.state.updates() >= MOST
    }
    fn take(&self, t: usize) -> &Take {
        &self.staffing.takes[t]
    }
    fn has(&self, t: usize) -> i32 {
        self.state.value(self.take(t).item)
    }
    fn may_take(&self, t: usize, more: i32) -> bool {
        self.has(t) + more <= self.take(t).most as i32
    }

    /// One unit of the kind for somebody: as they are, or after giving a unit of something else away, or in exchange for one. The change
    /// that leaves the least score is made.
    fn close(&mut self, kind: usize) -> bool {
        let takers: Vec<usize> = self.takers[kind].iter().copied().filter(|t| self.may_take(*t, 1)).collect();
        let assign: Vec<Change> = takers.iter().map(|t| vec![(*t, 1)]).collect();
        if self.make_best(assign) {
            return true;
        }
        // What each of them could give away; to nobody as well, where that leaves less open.
        let gifts: Vec<(usize, usize)> = takers.iter().flat_map(|t| self.gifts(*t).into_iter().map(|gift| (*t, gift))).collect();
        let mut given: Vec<Change> = gifts.iter().map(|(t, gift)| vec![(*t, 1), (*gift, -1)]).collect();
        for (t, gift) in &gifts {
            given.extend(self.others(*gift).into_iter().map(|other| vec![(*t, 1), (*gift, -1), (other, 1)]));
        }
        if self.make_best(given) {
            return true;
        }
        for (t, gift) in gifts {
            if self.is_spent() {
                return false;
            }
            let person = self.take(t).person;
            let mut exchanges: Vec<Change> = Vec::new();
            for other in self.others(gift) {
                for back in self.gifts(other) {
                    let mine = self.take_of.get(&(person, self.take(back).kind)).copied();
                    if let Some(mine) = mine.filter(|mine| *mine != t && *mine != gift && self.may_take(*mine, 1)) {
                        exchanges.push(vec![(t, 1), (gift, -1), (other, 1), (back, -1), (mine, 1)]);
                    }
                }
            }
            if self.make_best(exchanges) {
                return true;
            }
        }
        false
    }
    /// What else the person of a take has.
    fn gifts(&self, t: usize) -> Vec<usize> {
        let mine = &self.of_person[&self.take(t).person];
        mine.iter().copied().filter(|gift| *gift != t && self.has(*gift) > 0).collect()
    }
    /// The others who could take one more of the same.
    fn others(&self, gift: usize) -> Vec<usize> {
        let takers = &self.takers[self.take(gift).kind];
        takers.iter().copied().filter(|other| *other != gift && self.may_take(*other, 1)).collect()
    }

    /// A unit of one of these takes from somebody to somebody else, or to one of these from somebody, for nothing or for a unit of something
    /// else. The change that leaves the least score is made.
    fn shift(&mut self, takes: &BTreeSet<usize>) -> bool {
        let given = takes.iter().filter(|t| self.has(**t) > 0).flat_map(|t| self.others(*t).into_iter().map(|to| (*t, to)));
        let got = takes.iter().filter(|t| self.may_take(**t, 1)).flat_map(|to| self.holders(*to).into_iter().map(|from| (from, *to)));
        let moves: BTreeSet<(usize, usize)> = given.chain(got).collect();
        let mut changes: Vec<Change> = moves.iter().map(|(from, to)| vec![(*from, -1), (*to, 1)]).collect();
        for (from, to) in &moves {
            for back in self.gifts(*to) {
                let mine = self.take_of.get(&(self.take(*from).person, self.take(back).kind)).copied();
                if let Some(mine) = mine.filter(|mine| mine != from && self.may_take(*mine, 1)) {
                    changes.push(vec![(*from, -1), (*to, 1), (back, -1), (mine, 1)]);
                }
            }
        }
        self.make_best(changes)
    }
    /// The others who have some of the same.
    fn holders(&self, to: usize) -> Vec<usize> {
        let takers = &self.takers[self.take(to).kind];
        takers.iter().copied().filter(|from| *from != to && self.has(*from) > 0).collect()
    }

    /// All that somebody has of a shared course goes to somebody else who has some of it.
    fn hand_on(&mut self, course: &[usize]) -> bool {
        let people = self.people(course);
        for to in &people {
            for from in people.iter().filter(|from| *from != to) {
                if let Some(change) = self.moved(course, *from, *to)
                    && self.make(&change, true)
                {
                    return true;
                }
            }
        }
        false
    }
    /// Two who share this course and another each take the whole of what both have of one.
    fn swap_shares(&mut self, course: &[usize], shared: &[Vec<usize>]) -> bool {
        let people = self.people(course);
        for (one, other) in people.iter().flat_map(|one| people.iter().map(move |other| (*one, *other))).filter(|(one, other)| one != other)
        {
            for second in shared.iter().filter(|second| second.as_slice() != course) {
                let both = self.people(second);
                if !both.contains(&one) || !both.contains(&other) {
                    continue;
                }
                let (first, second) = (self.moved(course, other, one), self.moved(second, one, other));
                if let (Some(mut change), Some(second)) = (first, second) {
                    change.extend(second);
                    if self.make(&change, true) {
                        return true;
                    }
                }
            }
        }
        false
    }
    /// Who has some of these takes.
    fn people(&self, takes: &[usize]) -> Vec<usize> {
        let held: BTreeSet<usize> = takes.iter().filter(|t| self.has(**t) > 0).map(|t| self.take(*t).person).collect();
        held.into_iter().collect()
    }
    /// All that one has of these takes to another; `None` if the other may not have that much.
    fn moved(&self, takes: &[usize], from: usize, to: usize) -> Option<Change> {
        let mut change = Change::new();
        for t in takes.iter().copied().filter(|t| self.take(*t).person == from && self.has(*t) > 0) {
            let theirs = self.take_of.get(&(to, self.take(t).kind)).copied().filter(|theirs| self.may_take(*theirs, self.has(t)))?;
            change.extend([(t, -self.has(t)), (theirs, self.has(t))]);
        }
        Some(change)
    }

    /// Makes the change that leaves the least score, the first of such, if that is less than now.
    fn make_best(&mut self, changes: Vec<Change>) -> bool {
        let mut best: Option<(Vec<i64>, Change)> = None;
        for change in changes {
            let Some(score) = self.tried(&change) else { continue };
            if score.as_slice() < self.state.score() && best.as_ref().is_none_or(|(least, _)| score < *least) {
                best = Some((score, change));
            }
        }
        best.is_some_and(|(_, change)| self.make(&change, false))
    }
    /// Makes a change that lowers the score, or, if that will do, leaves it as it is.
    fn make(&mut self, change: &Change, equal: bool) -> bool {
        let Some(score) = self.tried(change) else { return false };
        let good = score.as_slice() < self.state.score() || (equal && score == self.state.score());
        if good {
            let moves = self.moves(change);
            self.state.propose(&moves, f64::INFINITY);
        }
        good
    }
    /// The score after the change, which is taken back.
    fn tried(&mut self, change: &Change) -> Option<Vec<i64>> {
        if self.is_spent() {
            return None;
        }
        let moves = self.moves(change);
        let back: Vec<(ItemId, i32)> = moves.iter().map(|(item, _)| (*item, self.state.value(*item))).collect();
        self.state.propose(&moves, f64::INFINITY)?;
        let score = self.state.score().to_vec();
        self.state.propose(&back, f64::INFINITY);
        Some(score)
    }
    /// New values of a change: of the takes, of what stays open of their kinds, and of the visits that begin or end with it.
    fn moves(&self, change: &Change) -> Vec<(ItemId, i32)> {
        let staffing = self.staffing;
        let mut value: BTreeMap<ItemId, i32> = BTreeMap::new();
        let mut visits: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (t, more) in change {
            let take = self.take(*t);
            for (item, more) in [(take.item, *more), (staffing.uncovered[take.kind], -more)] {
                *value.entry(item).or_insert_with(|| self.state.value(item)) += more;
            }
            visits.insert((take.person, staffing.kinds[take.kind].school));
        }
        for (person, school) in visits {
            // Where somebody is posted or given, that says whether they come.
            let Some(visit) = staffing.visits.get(&(person, school)).filter(|_| !staffing.posts.contains_key(&person)) else { continue };
            let there = staffing.takes_of(person).iter().filter(|take| staffing.kinds[take.kind].school == school);
            let has = |take: &Take| value.get(&take.item).copied().unwrap_or_else(|| self.state.value(take.item));
            let comes = i32::from(there.map(has).sum::<i32>() > 0);
            value.insert(*visit, comes);
        }
        value.retain(|item, value| self.state.value(*item) != *value);
        value.into_iter().collect()
    }
}
