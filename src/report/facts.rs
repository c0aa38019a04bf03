//! The figures of a report, counted once for the screen and the page.

use super::View;
use super::changes::Changes;
use super::exchange::Exchange;
use super::sharing::Sharing;
use super::week::Week;
use crate::check::Facts;
use crate::file::{Category, Part};
use std::collections::BTreeMap;

pub(super) struct Figures {
    pub(super) schools: usize,
    pub(super) classes: usize,
    /// Teachers; leaders and other staff are not counted.
    pub(super) teachers: usize,
    /// Periods per cycle of all classes.
    pub(super) periods: i64,
    /// Warnings of validation.
    pub(super) to_confirm: usize,
    pub(super) exchange: Option<Exchange>,
    pub(super) sharing: Option<Sharing>,
    pub(super) week: Option<Week>,
    /// Against the version before, where one is given.
    pub(super) changes: Option<Changes>,
}

impl Figures {
    pub(super) fn of(view: &View, facts: &Facts) -> Self {
        let part = |part: Part| view.plan.is_some_and(|plan| plan.parts.contains(&part));
        Self {
            schools: view.district.schools.len(),
            classes: view.district.classes.len(),
            teachers: view.district.people.iter().filter(|person| person.category == Category::Teacher).count(),
            periods: (0..view.district.classes.len()).map(|class| class_periods(facts, class)).sum(),
            to_confirm: view.warnings.len(),
            exchange: part(Part::Postings).then(|| Exchange::of(view, facts)),
            sharing: part(Part::Teaching).then(|| Sharing::of(view, facts)),
            week: part(Part::Timetable).then(|| Week::of(facts)),
            changes: view.before.filter(|_| view.plan.is_some()).map(|before| Changes::of(facts, before)),
        }
    }
}

/// Periods per cycle of a class; courses of one band count once.
fn class_periods(facts: &Facts, class: usize) -> i64 {
    let mut bands: BTreeMap<&str, i64> = BTreeMap::new();
    let mut periods = 0;
    for &course in &facts.courses.of_class[class] {
        let course = &facts.courses.list[course];
        match course.band {
            Some(band) => {
                let longest = bands.entry(band).or_default();
                *longest = course.periods.max(*longest);
            }
            None => periods += course.periods,
        }
    }
    periods + bands.values().sum::<i64>()
}
