//! Ways in which the rules of teaching look at the staffing.

use super::points::Points;
use super::scope::{course_fits, person_fits};
use super::staffing::{Grain, Kind, Staffing, Take};
use crate::engine::{ItemId, Link, Problem, mix};
use crate::file::Scope;
use petgraph::unionfind::UnionFind;
use std::collections::{BTreeMap, BTreeSet};

impl Staffing<'_> {
    /// People in scope.
    pub fn people(&self, scope: &Scope) -> Vec<usize> {
        (0..self.world.people.len()).filter(|person| person_fits(self.world, scope, *person, self.school[*person])).collect()
    }
    pub fn kind_fits(&self, scope: &Scope, kind: &Kind) -> bool {
        kind.courses.iter().any(|(course, _)| course_fits(self.world, scope, &self.world.courses[*course]))
    }
    /// A person's whole load: links of what is open, and what posts and given courses already take.
    pub fn load(&self, points: &mut Points, person: usize) -> (Vec<Link>, i32) {
        let takes = self.takes_of(person).iter();
        let links = takes.map(|take| points.count(take.item, 0, self.kinds[take.kind].load as i32)).collect();
        (links, (self.world.people[person].posts + self.given_load(person, &|_| true)) as i32)
    }
    /// Schools where the file already has the person teach although they do not work there. While the post is open they are visits.
    pub fn given_hosts(&self, person: usize) -> BTreeSet<usize> {
        if self.posts.contains_key(&person) {
            return BTreeSet::new();
        }
        let mine = self.given.iter().filter(|(p, _, _)| *p == person);
        mine.map(|(_, course, _)| self.world.courses[*course].school).filter(|school| *school != self.school[person]).collect()
    }
    /// Whether somebody whom the file has teach at the school works there: the link that adds 1 then where that is open, else the answer.
    /// A class meeting goes to somebody else when its teacher leaves.
    pub fn given_at_home(&self, points: &mut Points, person: usize, school: usize) -> (Vec<Link>, bool) {
        let Some((item, schools)) = self.posts.get(&person).filter(|_| self.held.contains(&(person, school))) else {
            return (vec![], self.school[person] == school);
        };
        let number = schools.iter().position(|other| *other == school);
        (number.map(|number| points.atom(*item, number as u16, 1)).into_iter().collect(), false)
    }
    /// A start that breaks no structure: everybody stays and teaches at home up to the target, scarce kinds first.
    pub fn at_home(&self, problem: &Problem) -> Vec<i32> {
        self.in_place(problem, &BTreeMap::new())
    }
    /// The same where these people have been posted: to the school of that number in their list.
    pub fn in_place(&self, problem: &Problem, posted: &BTreeMap<usize, usize>) -> Vec<i32> {
        let mut values: Vec<i32> = problem.items.iter().map(|item| item.domain.first()).collect();
        let mut works = self.school.clone();
        for (person, number) in posted {
            let (item, schools) = &self.posts[person];
            (values[*item as usize], works[*person]) = (*number as i32, schools[*number]);
        }
        for (person, school) in self.held.iter().filter(|(person, school)| works[*person] != *school) {
            values[self.visits[&(*person, *school)] as usize] = 1;
        }
        let mut room: Vec<u32> = (0..self.world.people.len())
            .map(|person| {
                let taken = self.world.people[person].posts + self.given_load(person, &|_| true);
                self.world.people[person].file.load_target.saturating_sub(taken)
            })
            .collect();
        let mut takers: Vec<Vec<Take>> = vec![Vec::new(); self.kinds.len()];
        for take in self.takes.iter().filter(|take| works[take.person] == self.kinds[take.kind].school) {
            takers[take.kind].push(*take);
        }
        let mut kinds: Vec<usize> = (0..self.kinds.len()).collect();
        kinds.sort_by_key(|kind| (self.kinds[*kind].subject.any_teacher, takers[*kind].len(), *kind));
        let mut open: Vec<u32> = self.kinds.iter().map(|kind| kind.units).collect();
        // First every class teacher takes a course of the own class, the longest that is left.
        for (class, of) in self.world.classes.iter().enumerate() {
            let Some(teacher) = of.led_by else { continue };
            let own = |take: &&Take| {
                let kind = &self.kinds[take.kind];
                let held = kind.courses.iter().any(|(course, _)| self.world.courses[*course].classes.contains(&class));
                held && works[teacher] == kind.school && open[take.kind] > 0 && kind.load <= room[teacher] && !kind.subject.class_meeting
            };
            if let Some(take) = self.takes_of(teacher).iter().filter(own).max_by_key(|take| (self.kinds[take.kind].load, take.kind)) {
                values[take.item as usize] += 1;
                open[take.kind] -= 1;
                room[teacher] -= self.kinds[take.kind].load;
            }
        }
        for kind in kinds {
            let of = &self.kinds[kind];
            let mut open = open[kind];
            let meeting = of.subject.class_meeting && self.grain == Grain::Courses;
            for take in &takers[kind] {
                let taken = values[take.item as usize];
                // A class meeting goes with another course of the class: one for whoever has some in the grade.
                let most = if meeting { self.successions(take, &values) } else { u32::MAX };
                let units = open.min(take.most - taken as u32).min(room[take.person] / of.load.max(1)).min(most);
                values[take.item as usize] = taken + units as i32;
                room[take.person] -= units * of.load;
                open -= units;
            }
            values[self.uncovered[kind] as usize] = open as i32;
        }
        values
    }
    /// Class meetings that somebody may take over with what they teach in the grade.
    fn successions(&self, take: &Take, values: &[i32]) -> u32 {
        let kind = &self.kinds[take.kind];
        let same = |other: &&Take| {
            let of = &self.kinds[other.kind];
            of.school == kind.school && of.grade == kind.grade && !of.subject.class_meeting && values[other.item as usize] > 0
        };
        u32::from(self.takes_of(take.person).iter().any(|other| same(&other)))
    }
    /// A teaching found before the postings changed, as far as it can still be held: (person, a course of the kind, units).
    pub(super) fn resume(&self, problem: &Problem, taken: &[(usize, (usize, usize), u32)]) -> Vec<i32> {
        let mut values: Vec<i32> = problem.items.iter().map(|item| item.domain.first()).collect();
        let of_kind = |(k, kind): (usize, &Kind)| kind.courses.iter().map(|course| (*course, k)).collect::<Vec<_>>();
        let kind_of: BTreeMap<(usize, usize), usize> = self.kinds.iter().enumerate().flat_map(of_kind).collect();
        let takes: BTreeMap<(usize, usize), &Take> = self.takes.iter().map(|take| ((take.person, take.kind), take)).collect();
        let mut open: Vec<u32> = self.kinds.iter().map(|kind| kind.units).collect();
        for (person, course, units) in taken {
            let take = kind_of.get(course).and_then(|kind| takes.get(&(*person, *kind)));
            let Some(take) = take else { continue };
            let units = (*units).min(take.most).min(open[take.kind]);
            values[take.item as usize] = units as i32;
            open[take.kind] -= units;
            if let Some(visit) = self.visits.get(&(*person, self.kinds[take.kind].school)).filter(|_| units > 0) {
                values[*visit as usize] = 1;
            }
        }
        for (item, open) in self.uncovered.iter().zip(open) {
            values[*item as usize] = open as i32;
        }
        values
    }
    /// What each school's own people take there, and what stays open of it.
    pub(super) fn at_each_school(&self) -> Vec<BTreeSet<ItemId>> {
        let mut sets: Vec<BTreeSet<ItemId>> = vec![BTreeSet::new(); self.world.schools.len()];
        for take in &self.takes {
            let school = self.kinds[take.kind].school;
            if self.school[take.person] == school {
                sets[school].extend([take.item, self.uncovered[take.kind]]);
            }
        }
        sets.retain(|set| !set.is_empty());
        sets
    }
    /// What is worth deciding together. Pass 0: each school's own people at home, then each subject that somebody may teach
    /// across schools, with all that its holders take of it and visit. Later passes: a few holders of a subject at a time,
    /// dealt anew by a hash of the pass.
    pub fn neighbourhoods(&self, pass: u64) -> Vec<BTreeSet<ItemId>> {
        let crosses = |take: &&Take| self.visits.contains_key(&(take.person, self.kinds[take.kind].school));
        let subjects: BTreeSet<&str> = self.takes.iter().filter(crosses).map(|take| self.kinds[take.kind].subject.id.as_str()).collect();
        if pass > 0 {
            let clusters = self.clusters();
            return subjects.into_iter().flat_map(|subject| self.few(subject, pass, &clusters)).collect();
        }
        let mut sets = self.at_each_school();
        let clusters = self.clusters();
        for subject in subjects {
            let mut holders: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
            for person in self.holders(subject) {
                holders.entry(clusters[self.school[person]]).or_default().insert(person);
            }
            sets.extend(holders.values().map(|people| self.shared(subject, people)));
        }
        sets
    }
    /// Cluster of each school: those that anybody could teach at or be posted to from the same place.
    pub fn clusters(&self) -> Vec<usize> {
        let mut ties = UnionFind::<usize>::new(self.world.schools.len());
        for (person, school) in self.visits.keys() {
            ties.union(self.school[*person], *school);
        }
        for (person, (_, schools)) in &self.posts {
            for school in schools {
                ties.union(self.school[*person], *school);
            }
        }
        ties.into_labeling()
    }
    /// All that these people take and where they visit, and what stays open of that.
    pub fn items_of(&self, people: &BTreeSet<usize>) -> BTreeSet<ItemId> {
        let takes = people.iter().flat_map(|person| self.takes_of(*person));
        let mut items: BTreeSet<ItemId> = takes.flat_map(|take| [take.item, self.uncovered[take.kind]]).collect();
        items.extend(people.iter().flat_map(|person| self.visits_of(*person)).map(|(_, item)| item));
        items
    }
    fn holders(&self, subject: &str) -> BTreeSet<usize> {
        self.takes.iter().filter(|take| self.kinds[take.kind].subject.id == subject).map(|take| take.person).collect()
    }
    /// What these people take of the subject, what stays open of it, and where they visit.
    fn shared(&self, subject: &str, people: &BTreeSet<usize>) -> BTreeSet<ItemId> {
        let takes = people.iter().flat_map(|person| self.takes_of(*person)).filter(|take| self.kinds[take.kind].subject.id == subject);
        let mut set: BTreeSet<ItemId> = takes.flat_map(|take| [take.item, self.uncovered[take.kind]]).collect();
        set.extend(people.iter().flat_map(|person| self.visits_of(*person)).map(|(_, item)| item));
        set
    }
    /// Around what stays open of a subject at a school: all that whoever may take it, and whoever may take what these teach of it now,
    /// take of the subject wherever they may, and who else could take what else the first of them teach.
    pub(super) fn around_open(&self, values: &[i32]) -> Vec<BTreeSet<ItemId>> {
        let mut takers: Vec<Vec<&Take>> = vec![Vec::new(); self.kinds.len()];
        self.takes.iter().for_each(|take| takers[take.kind].push(take));
        let mut open: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for kind in (0..self.kinds.len()).filter(|kind| values[self.uncovered[*kind] as usize] > 0) {
            open.entry((self.kinds[kind].school, self.kinds[kind].subject.id.as_str())).or_default().push(kind);
        }
        let around = |((_, subject), kinds): ((usize, &str), Vec<usize>)| {
            let able: BTreeSet<usize> = kinds.iter().flat_map(|kind| &takers[*kind]).map(|take| take.person).collect();
            let theirs = able.iter().flat_map(|person| self.takes_of(*person)).filter(|take| values[take.item as usize] > 0);
            let (same, other): (BTreeSet<usize>, BTreeSet<usize>) =
                theirs.map(|take| take.kind).partition(|kind| self.kinds[*kind].subject.id == subject);
            let next = same.iter().flat_map(|kind| &takers[*kind]).map(|take| take.person);
            let mut set = self.shared(subject, &next.chain(able.iter().copied()).collect());
            set.extend(other.iter().flat_map(|kind| &takers[*kind]).flat_map(|take| [take.item, self.uncovered[take.kind]]));
            set
        };
        open.into_iter().map(around).collect()
    }
    /// The holders of a subject, cluster by cluster, four at a time, later more.
    fn few(&self, subject: &str, pass: u64, clusters: &[usize]) -> Vec<BTreeSet<ItemId>> {
        let few = 4 << (pass / 4).min(4);
        let mut holders: Vec<usize> = self.holders(subject).into_iter().collect();
        holders.sort_by_key(|person| (clusters[self.school[*person]], mix(mix(pass) ^ *person as u64)));
        holders.chunks(few).map(|people| self.shared(subject, &people.iter().copied().collect())).collect()
    }
    /// Name of a person at a school.
    pub fn at(&self, person: usize, school: usize) -> String {
        format!("{} {}", self.world.people[person].file.id, self.world.schools[school].file.id)
    }
}
