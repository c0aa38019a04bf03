//! Markets of people who each hold a seat at a school, and three ways to deal the seats anew. They know no district.

use std::collections::BTreeSet;

/// People and schools by number.
#[derive(Debug, Clone)]
pub struct Market {
    /// Person → school whose seat they hold.
    pub home: Vec<usize>,
    /// Person → the schools they would rather have than their own, best first.
    pub wishes: Vec<Vec<usize>>,
    /// School → everybody, those it would rather have first. Its own people come before all others whatever stands here.
    pub priority: Vec<Vec<usize>>,
    /// School → seats; at least one for each of its own people.
    pub seats: Vec<usize>,
}

impl Market {
    /// Best first: the school's own people, then the others.
    fn order(&self, school: usize) -> Vec<usize> {
        let (own, others): (Vec<usize>, Vec<usize>) = self.priority[school].iter().partition(|person| self.home[**person] == school);
        own.into_iter().chain(others).collect()
    }

    /// Top trading cycles: everybody points to the best school with a seat left, every school to the best person left; whoever is
    /// in a cycle gets what they point to. Returns person → school.
    pub fn top_trading_cycles(&self) -> Vec<usize> {
        let mut seats = self.seats.clone();
        let mut dealt: Vec<Option<usize>> = vec![None; self.home.len()];
        let orders: Vec<Vec<usize>> = (0..seats.len()).map(|school| self.order(school)).collect();
        while let Some(first) = dealt.iter().position(Option::is_none) {
            let school_of = |person: usize| self.wishes[person].iter().copied().find(|school| seats[*school] > 0);
            let school_of = |person: usize| school_of(person).unwrap_or(self.home[person]);
            let best_of = |school: usize| orders[school].iter().copied().find(|person| dealt[*person].is_none());
            let mut walk = vec![first];
            let start = loop {
                // A school with a seat left points to somebody while anybody is left.
                let next = best_of(school_of(walk[walk.len() - 1])).unwrap_or(first);
                match walk.iter().position(|person| *person == next) {
                    Some(start) => break start,
                    None => walk.push(next),
                }
            };
            let moves: Vec<(usize, usize)> = walk[start..].iter().map(|person| (*person, school_of(*person))).collect();
            for (person, school) in moves {
                dealt[person] = Some(school);
                seats[school] = seats[school].saturating_sub(1);
            }
        }
        dealt.into_iter().enumerate().map(|(person, school)| school.unwrap_or(self.home[person])).collect()
    }

    /// Deferred acceptance: everybody asks for one school after the other, and a school keeps the best of those who have asked it.
    /// Since a school's own people come first, nobody ends worse off than at home. Returns person → school.
    pub fn deferred_acceptance(&self) -> Vec<usize> {
        let mut asked = vec![0; self.home.len()];
        let mut kept: Vec<BTreeSet<(usize, usize)>> = vec![BTreeSet::new(); self.seats.len()];
        let mut rank = vec![vec![0; self.home.len()]; self.seats.len()];
        for (school, rank) in rank.iter_mut().enumerate() {
            self.order(school).into_iter().enumerate().for_each(|(place, person)| rank[person] = place);
        }
        let mut free: Vec<usize> = (0..self.home.len()).collect();
        while let Some(person) = free.pop() {
            // The last to be asked is the own school: it never turns its own people away.
            let school = self.wishes[person].get(asked[person]).copied().unwrap_or(self.home[person]);
            asked[person] += 1;
            kept[school].insert((rank[school][person], person));
            if kept[school].len() > self.seats[school] {
                free.extend(kept[school].pop_last().map(|(_, person)| person));
            }
        }
        let mut dealt = self.home.clone();
        for (school, people) in kept.iter().enumerate() {
            for (_, person) in people {
                dealt[*person] = school;
            }
        }
        dealt
    }

    /// Swaps of two people who both gain, the dearest wishes first; nobody is in two. Returns person → school.
    pub fn greedy_swaps(&self) -> Vec<usize> {
        let place = |person: usize, school: usize| self.wishes[person].iter().position(|wished| *wished == school);
        let mut swaps = Vec::new();
        for a in 0..self.home.len() {
            for b in a + 1..self.home.len() {
                if let (Some(x), Some(y)) = (place(a, self.home[b]), place(b, self.home[a])) {
                    swaps.push((x + y, a, b));
                }
            }
        }
        swaps.sort_unstable();
        let mut dealt = self.home.clone();
        let mut taken = BTreeSet::new();
        for (_, a, b) in swaps {
            if !taken.contains(&a) && !taken.contains(&b) {
                dealt.swap(a, b);
                taken.extend([a, b]);
            }
        }
        dealt
    }
}
