//! Clubs: who may lead them and who does, which classes they admit and how many of each are in them.

use super::{Courses, People, Places};
use crate::file::{Category, Club, ClubKind, District, Part, Plan, Scope, Window};
use std::collections::{BTreeMap, BTreeSet};

pub struct ClubFact<'a> {
    pub(crate) file: &'a Club,
    pub(crate) school: Option<usize>,
    pub(crate) when: &'a [Window],
    /// Who may lead it.
    pub(crate) pool: BTreeSet<usize>,
    /// Who of them does.
    pub(crate) leaders: BTreeSet<usize>,
    /// Class that it admits → pupils in it.
    pub(crate) pupils: BTreeMap<usize, i64>,
}

impl ClubFact<'_> {
    pub(crate) fn pupils_in_all(&self) -> i64 {
        self.pupils.values().fold(0, |sum, pupils| sum.saturating_add(*pupils))
    }
}

/// One fact per club of the file; clubs without rows are empty.
pub(super) fn clubs<'a>(district: &'a District, plan: &Plan, places: &Places, people: &People, courses: &Courses) -> Vec<ClubFact<'a>> {
    let (mut leaders_of, mut pupils_of) = (BTreeMap::<&str, Vec<_>>::new(), BTreeMap::<&str, Vec<_>>::new());
    if plan.parts.contains(&Part::Timetable) {
        plan.club_leaders.iter().for_each(|row| leaders_of.entry(&row.club).or_default().push(row));
        plan.club_pupils.iter().for_each(|row| pupils_of.entry(&row.club).or_default().push(row));
    }
    let meet = |a: &Window, b: &Window| {
        a.weekday == b.weekday && courses.mask(a.weeks) & courses.mask(b.weeks) != 0 && a.from.0 < b.to.0 && b.from.0 < a.to.0
    };
    let mut staff: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (person, school) in people.working.iter().enumerate() {
        if let Some(school) = school {
            staff.entry(*school).or_default().push(person);
        }
    }
    let fact = |file: &'a Club| {
        let (school, when) = (places.school(&file.school), file.windows(district));
        let may_lead = |person: &usize| {
            let entry = &people.list[*person];
            entry.category != Category::Worker
                && (file.people.is_empty() || file.people.contains(&entry.id))
                && (file.subjects.is_empty() || entry.subjects.iter().any(|held| file.subjects.contains(&held.subject)))
                && !entry.unavailable.iter().any(|away| when.iter().any(|window| meet(away, window)))
        };
        let here = school.and_then(|school| staff.get(&school)).into_iter().flatten();
        let pool: BTreeSet<usize> = here.copied().filter(may_lead).collect();
        let rows = leaders_of.get(file.id.as_str()).into_iter().flatten();
        let leaders = rows.filter_map(|row| people.find(&row.person)).filter(|person| pool.contains(person)).collect();
        let admitted =
            |class: &usize| school.is_some() && courses.classes[*class].school == school && file.admits(district.classes[*class].grade);
        let mut pupils: BTreeMap<usize, i64> = (0..courses.classes.len()).filter(admitted).map(|class| (class, 0)).collect();
        for row in pupils_of.get(file.id.as_str()).into_iter().flatten() {
            if let Some(count) = courses.class(&row.class).and_then(|class| pupils.get_mut(&class)) {
                *count += i64::from(row.pupils);
            }
        }
        ClubFact { file, school, when, pool, leaders, pupils }
    };
    district.clubs.iter().map(fact).collect()
}

impl<'a> super::Facts<'a> {
    /// Clubs of the schools of a scope.
    pub(crate) fn clubs_in(&self, scope: &Scope) -> impl Iterator<Item = &ClubFact<'a>> {
        self.clubs.iter().filter(|club| club.school.is_some_and(|school| self.school_in(scope, school)))
    }

    /// Pupils of a class in clubs of these kinds (none given: of any), all times together; `None` where its school has no club.
    ///
    /// A pupil is in one club at a time, so the sum counts a pupil once for each time; as many different pupils can be found
    /// for it as the class has, and no more.
    pub(crate) fn in_clubs(&self, class: usize, kinds: &[ClubKind]) -> Option<i64> {
        let school = self.courses.classes[class].school?;
        let mut here = self.clubs.iter().filter(|club| club.school == Some(school)).peekable();
        here.peek()?;
        let counted = here.filter(|club| kinds.is_empty() || kinds.contains(&club.file.kind));
        Some(counted.filter_map(|club| club.pupils.get(&class)).fold(0, |sum, pupils| sum.saturating_add(*pupils)))
    }
}
