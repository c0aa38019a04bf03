//! Whom a clause is about. A list that says nothing about the kind of point (a grade, for a person) is passed over.

use super::Facts;
use crate::file::{Scope, Stage};

fn fits<T: PartialEq + ?Sized, L: std::borrow::Borrow<T>>(list: &[L], value: &T) -> bool {
    list.is_empty() || list.iter().any(|item| item.borrow() == value)
}

impl Facts<'_> {
    fn place_in(&self, scope: &Scope, school: Option<usize>, stages: &[Stage]) -> bool {
        let id = school.map_or("", |school| self.places.schools[school].id.as_str());
        let in_group = |number: usize| school.is_some_and(|school| self.places.group_schools[number].contains(&school));
        let groups = self.places.groups.iter().enumerate().filter(|(_, group)| scope.groups.contains(&group.id));
        fits::<str, _>(&scope.schools, id)
            && (scope.stages.is_empty() || stages.iter().any(|stage| scope.stages.contains(stage)))
            && (scope.groups.is_empty() || groups.into_iter().any(|(number, _)| in_group(number)))
    }

    /// A school: `schools`, `stages` (any of its own), `groups`.
    pub(crate) fn school_in(&self, scope: &Scope, school: usize) -> bool {
        self.place_in(scope, Some(school), &self.places.schools[school].stages)
    }

    pub(crate) fn person_at(&self, scope: &Scope, person: usize, school: Option<usize>) -> bool {
        let fact = &self.people.list[person];
        let stages = school.map_or(&[][..], |school| &self.places.schools[school].stages);
        fits::<str, _>(&scope.people, &fact.id)
            && (scope.subjects.is_empty() || fact.subjects.iter().any(|held| scope.subjects.contains(&held.subject)))
            && self.place_in(scope, school, stages)
    }
    /// A person, by the school they work at before the plan's postings: for rules of the exchange.
    pub(crate) fn mover_in(&self, scope: &Scope, person: usize) -> bool {
        self.person_at(scope, person, self.people.before[person])
    }
    /// A person, by the school they work at after them: for teaching and timetable.
    pub(crate) fn person_in(&self, scope: &Scope, person: usize) -> bool {
        self.person_at(scope, person, self.people.working[person])
    }

    /// A class: `schools`, `stages`, `grades`, `classes`, `groups`.
    pub(crate) fn class_in(&self, scope: &Scope, class: usize) -> bool {
        let (fact, entry) = (&self.courses.classes[class], &self.district.classes[class]);
        fits::<str, _>(&scope.classes, &entry.id) && fits(&scope.grades, &entry.grade) && self.place_in(scope, fact.school, &[fact.stage])
    }
    /// A course and its lessons: `subjects`, and one of its classes fits.
    pub(crate) fn course_in(&self, scope: &Scope, course: usize) -> bool {
        let fact = &self.courses.list[course];
        fits::<str, _>(&scope.subjects, fact.subject) && fact.classes.iter().any(|&class| self.class_in(scope, class))
    }
}
