//! Postings read as a whole: closed walks "A → B → C → A" in which every school gives as many as it gets, and chains that end at a
//! vacancy. And what is left over: pairs of a person and a school who would both rather have each other.

use super::Facts;
use super::facts::changes_school;
use crate::file::{District, Plan};
use crate::rules::exchange::eligible::Eligible;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// People who move one after another; person k goes from school k to school k + 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk {
    /// Back to where it began: two schools are a swap, more a cycle.
    pub closed: bool,
    /// Ids, one more than people; in a closed walk the last is the first.
    pub schools: Vec<String>,
    pub people: Vec<String>,
}

/// Every posting in one walk: shortest closed walks first, then chains.
pub fn walks(district: &District, plan: &Plan) -> Vec<Walk> {
    Facts::of(district, plan, Eligible::default()).walks()
}

/// From school → to school → people, the first to be taken last.
type Moves = BTreeMap<usize, BTreeMap<usize, Vec<usize>>>;

impl Facts<'_> {
    pub(crate) fn walks(&self) -> Vec<Walk> {
        let mut moves: Moves = BTreeMap::new();
        let rows: Vec<_> = self.people.rows().collect();
        for (person, row, to) in rows.into_iter().rev() {
            if let Some(from) = self.people.before[person].filter(|from| *from != to && changes_school(row.form)) {
                moves.entry(from).or_default().entry(to).or_default().push(person);
            }
        }
        let mut walks = Vec::new();
        while let Some(schools) = shortest_cycle(&moves) {
            walks.push(self.take(&mut moves, &schools, true));
        }
        while let Some(schools) = longest_start(&moves) {
            walks.push(self.take(&mut moves, &schools, false));
        }
        walks
    }

    fn take(&self, moves: &mut Moves, schools: &[usize], closed: bool) -> Walk {
        let mut people = Vec::new();
        for step in schools.windows(2) {
            let Some(to) = moves.get_mut(&step[0]) else { continue };
            if let Some(list) = to.get_mut(&step[1]) {
                people.extend(list.pop().map(|person| self.people.list[person].id.clone()));
                if list.is_empty() {
                    to.remove(&step[1]);
                }
            }
            if to.is_empty() {
                moves.remove(&step[0]);
            }
        }
        let id = |school: &usize| self.places.schools[*school].id.clone();
        Walk { closed, schools: schools.iter().map(id).collect(), people }
    }

    /// (person, school, the one who was sent there instead): the person wishes the school more than where the plan leaves them, and is of a
    /// higher level than somebody of the same subject who came. Only people who asked to move or are moved.
    pub(crate) fn blocking(&self) -> Vec<(usize, usize, usize)> {
        let mut pairs = Vec::new();
        let came: Vec<(usize, usize)> =
            self.people.posted().filter(|(_, row, _)| changes_school(row.form)).map(|(p, _, to)| (p, to)).collect();
        for (person, entry) in self.people.list.iter().enumerate() {
            let moved = came.iter().any(|(other, _)| *other == person);
            if !moved && (!entry.wishes.volunteers || self.not_eligible(person).is_some()) {
                continue;
            }
            let wished: Vec<Option<usize>> = entry.wishes.schools.iter().map(|id| self.places.school(id)).collect();
            let reached = wished.iter().position(|school| *school == self.people.working[person]).unwrap_or(wished.len());
            for school in wished[..reached].iter().flatten() {
                let same = |other: &usize| {
                    let of = &self.people.list[*other];
                    of.talent < entry.talent && of.subjects.iter().any(|held| entry.subjects.iter().any(|own| own.subject == held.subject))
                };
                let instead = came.iter().find(|(other, to)| to == school && *other != person && same(other));
                pairs.extend(instead.map(|(other, _)| (person, *school, *other)));
            }
        }
        pairs
    }
}

/// Schools of the shortest closed walk, the first school with one that is as short.
fn shortest_cycle(moves: &Moves) -> Option<Vec<usize>> {
    moves.keys().filter_map(|start| path(moves, *start, *start)).min_by_key(Vec::len)
}

/// Fewest steps from a school to another, at least one.
fn path(moves: &Moves, start: usize, end: usize) -> Option<Vec<usize>> {
    let mut before: BTreeMap<usize, usize> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(school) = queue.pop_front() {
        for next in moves.get(&school).into_iter().flat_map(BTreeMap::keys) {
            if *next == end {
                let mut back = vec![end, school];
                while back.len() <= before.len() + 1 && back[back.len() - 1] != start {
                    back.push(before[&back[back.len() - 1]]);
                }
                back.reverse();
                return Some(back);
            }
            if *next != start && !before.contains_key(next) {
                before.insert(*next, school);
                queue.push_back(*next);
            }
        }
    }
    None
}

/// Without cycles: from a school where nobody comes any more, on to a vacancy, always by the first way.
fn longest_start(moves: &Moves) -> Option<Vec<usize>> {
    let reached: BTreeSet<usize> = moves.values().flat_map(|to| to.keys().copied()).collect();
    let mut chain = vec![*moves.keys().find(|school| !reached.contains(school))?];
    while let Some(next) = moves.get(&chain[chain.len() - 1]).and_then(|to| to.keys().next()) {
        chain.push(*next);
    }
    Some(chain)
}

#[cfg(test)]
mod tests {
    use super::{Walk, walks};
    use crate::check::Facts;
    use crate::file::{Certificate, District, Form, Part, Person, Plan, Posting, School, Stage, Talent};
    use crate::rules::exchange::eligible::Eligible;

    fn posting(id: &str, from: &str, to: &str) -> Posting {
        let (person, from, to) = (id.to_owned(), from.to_owned(), to.to_owned());
        Posting { person, from, to, form: Form::Rotation, from_term: String::new(), to_term: None, because: Vec::new() }
    }
    /// One person for each move `A>B`, called by its number.
    fn world(moves: &[&str]) -> (District, Plan) {
        let school = |id: &str| School { id: id.to_owned(), ..School::default() };
        let mut district = District { schools: ["A", "B", "C", "D"].map(school).to_vec(), ..District::default() };
        let mut plan = Plan { parts: vec![Part::Postings], ..Plan::default() };
        for (k, (from, to)) in moves.iter().filter_map(|step| step.split_once('>')).enumerate() {
            let subjects = vec![Certificate { subject: "maths".to_owned(), stage: Stage::Primary }];
            district.people.push(Person { id: k.to_string(), employer: from.to_owned(), subjects, ..Person::default() });
            plan.postings.push(posting(&k.to_string(), from, to));
        }
        (district, plan)
    }
    fn told(moves: &[&str]) -> Vec<String> {
        let (district, plan) = world(moves);
        let words =
            |walk: &Walk| format!("{}{} by {}", if walk.closed { "" } else { "chain " }, walk.schools.join(">"), walk.people.join(" "));
        walks(&district, &plan).iter().map(words).collect()
    }

    #[test]
    fn swaps_come_before_cycles_and_cycles_before_chains() {
        assert_eq!(told(&["A>B", "B>A", "B>C", "C>D", "D>B"]), ["A>B>A by 0 1", "B>C>D>B by 2 3 4"]);
        assert_eq!(told(&["A>B", "B>C", "A>C"]), ["chain A>B>C by 0 1", "chain A>C by 2"]);
        assert_eq!(told(&["A>B", "A>B", "B>A", "C>D"]), ["A>B>A by 0 2", "chain A>B by 1", "chain C>D by 3"]);
        assert_eq!(told(&[]), Vec::<String>::new());
    }

    #[test]
    fn every_posting_is_in_one_walk_whatever_the_moves() {
        let places = ["A", "B", "C", "D"];
        for seed in 0_usize..300 {
            let step = |k: usize| (seed * 7 + k * 5 + (seed * k) / 3) % 12;
            let moves: Vec<String> = (0..seed % 14)
                .map(|k| {
                    let (from, shift) = (step(k) / 3, step(k) % 3 + 1);
                    format!("{}>{}", places[from], places[(from + shift) % 4])
                })
                .collect();
            let (district, plan) = world(&moves.iter().map(String::as_str).collect::<Vec<_>>());
            let walks = walks(&district, &plan);
            let mut people: Vec<usize> = walks.iter().flat_map(|walk| &walk.people).map(|id| id.parse().expect("a number")).collect();
            people.sort_unstable();
            assert_eq!(people, (0..moves.len()).collect::<Vec<_>>(), "{moves:?}: {walks:?}");
            for walk in &walks {
                assert_eq!(walk.schools.len(), walk.people.len() + 1);
                assert_eq!(walk.closed, walk.schools.first() == walk.schools.last(), "{walk:?}");
                for (id, step) in walk.people.iter().zip(walk.schools.windows(2)) {
                    assert_eq!(moves[id.parse::<usize>().expect("a number")], format!("{}>{}", step[0], step[1]));
                }
            }
        }
    }

    #[test]
    fn a_pair_blocks_when_both_would_rather() {
        let (mut district, plan) = world(&["A>B", "A>C"]);
        let blocking = |district: &District| Facts::of(district, &plan, Eligible::default()).blocking();
        district.people[0].wishes.schools = vec!["C".to_owned(), "B".to_owned()];
        assert_eq!(blocking(&district), [], "the other is as good");
        district.people[0].talent = Talent::County;
        assert_eq!(blocking(&district), [(0, 2, 1)]);
        district.people[0].wishes.schools.reverse();
        assert_eq!(blocking(&district), [], "the first wish was met");
        district.people[0].wishes.schools.reverse();
        district.people[1].subjects[0].subject = "music".to_owned();
        assert_eq!(blocking(&district), [], "another subject was needed");
    }
}
