//! # 缺课分摊 · Fair shortage
//!
//! 缺教师的课时尽量分摊,不让一所学校或一个班整门课没有教师。
//! Uncovered hours are spread fairly: no school or class loses a whole subject while others have it in full.
//!
//! share of a unit = ⌈1000 × uncovered periods / periods⌉ over its courses in scope; unit = (school, subject), school, or class;
//! a combined class counts under its first class.
//! Point: one. Excess: the largest share; with `spread`: the largest minus the smallest.
//! Bound in: teaching.
//! Source: S1-17, S2.6-02.

use crate::check::{Breach, Facts, Findings, Kind, beside};
use crate::file::{Scope, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Fair shortage: the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FairShortage {
    pub by: ShortageBy,
    /// Largest minus smallest share instead of the largest.
    #[serde(default)]
    pub spread: bool,
}

/// What shares are compared between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShortageBy {
    SchoolSubject,
    School,
    Class,
}

pub static LAW: Law = Law {
    id: "fair_shortage",
    title: ("缺课分摊", "Fair shortage"),
    breach: (
        "{unit}缺课最重,{uncovered}/{periods} 节没有教师({what}千分之 {excess})",
        "{unit} is hit hardest: {uncovered} of {periods} periods uncovered ({excess} per mille{what})",
    ),
    source: &["S1-17", "S2.6-02"],
    binds: &[Stage::Teaching],
};

impl Rule for FairShortage {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        // By unit (school or class, and subject): uncovered periods and periods.
        let mut units: BTreeMap<(usize, &str), (i64, i64)> = BTreeMap::new();
        for (course, fact) in facts.courses.list.iter().enumerate().filter(|(course, _)| facts.course_in(scope, *course)) {
            let (Some(&class), Some(school)) = (fact.classes.first(), facts.courses.school_of(course)) else { continue };
            let unit = match self.by {
                ShortageBy::SchoolSubject => (school, fact.subject),
                ShortageBy::School => (school, ""),
                ShortageBy::Class => (class, ""),
            };
            let sums = units.entry(unit).or_default();
            sums.0 += facts.teaching.uncovered(&facts.courses, course);
            sums.1 += fact.periods;
        }
        let shares = || units.iter().filter(|(_, sums)| sums.1 > 0).map(|(unit, sums)| (share(*sums), *unit, *sums));
        // The first of the units hit hardest.
        let hardest = shares().max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        let Some((most, (number, subject), (uncovered, periods))) = hardest else { return };
        let least = shares().map(|(share, _, _)| share).min().unwrap_or(0);
        found.point(if self.spread { most - least } else { most }, || {
            let (place, name) = match self.by {
                ShortageBy::Class => (Breach::at(Kind::Class, &facts.district.classes[number].id), facts.say_class(number)),
                ShortageBy::School => (Breach::at(Kind::School, &facts.places.schools[number].id), facts.say_school(number)),
                ShortageBy::SchoolSubject => (
                    Breach::at(Kind::School, &facts.places.schools[number].id).and(Kind::Subject, subject),
                    beside(&facts.say_school(number), &facts.say_subject(subject)),
                ),
            };
            let what = if self.spread { Text::new("比最轻的多", " more than the least hit") } else { Text::new("", "") };
            place.say("unit", name).number("uncovered", uncovered).number("periods", periods).say("what", what)
        });
    }
}

/// ⌈1000 × uncovered / periods⌉
fn share((uncovered, periods): (i64, i64)) -> i64 {
    (1000 * uncovered + periods - 1) / periods
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_share_is_rounded_up() {
        assert_eq!([share((0, 7)), share((1, 3)), share((1, 1000)), share((1, 1001)), share((7, 7))], [0, 334, 1, 1, 1000]);
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::FairShortage;
    use super::ShortageBy;
    use crate::engine::{Gauge, NONE};
    use crate::stages::{Dealing, Points, Staffing, course_fits};
    use std::collections::BTreeMap;

    impl crate::rules::Bind for FairShortage {
        /// The largest share uncovered of any school and subject, or of any school.
        fn staffing(&self, staffing: &Staffing, points: &mut Points) {
            if self.by == ShortageBy::Class {
                return;
            }
            let world = staffing.world;
            let unit =
                |school: usize, subject: &str| (school, if self.by == ShortageBy::School { String::new() } else { subject.to_owned() });
            let mut size: BTreeMap<(usize, String), i32> = BTreeMap::new();
            for course in world.courses.iter().filter(|course| course_fits(world, points.scope, course)) {
                *size.entry(unit(course.school, &course.subject.id)).or_default() += course.periods(world.cycle) as i32;
            }
            size.retain(|_, periods| *periods > 0);
            let mut links = Vec::new();
            for (kind, item) in staffing.kinds.iter().zip(&staffing.uncovered) {
                if kind.periods > 0
                    && staffing.kind_fits(points.scope, kind)
                    && let Some(group) = size.keys().position(|key| *key == unit(kind.school, &kind.subject.id))
                {
                    links.push(points.count(*item, group as u16, kind.periods as i32));
                }
            }
            if !size.is_empty() {
                let groups = size.len();
                let gauge = Gauge::Peak { size: size.into_values().collect(), spread: self.spread };
                points.post("share", gauge, groups, (0, 0), links, vec![]);
            }
        }

        /// The largest share uncovered of any class.
        fn dealing(&self, dealing: &Dealing, points: &mut Points) {
            if self.by != ShortageBy::Class {
                return;
            }
            let world = dealing.world;
            let mut size: BTreeMap<usize, i32> = BTreeMap::new();
            for course in world.courses.iter().filter(|course| course_fits(world, points.scope, course)) {
                *size.entry(course.classes[0]).or_default() += course.periods(world.cycle) as i32;
            }
            let mut links = Vec::new();
            for deal in dealing.deals.iter().filter(|deal| deal.role == 0) {
                let course = &world.courses[deal.course];
                let group = size.keys().position(|class| *class == course.classes[0]);
                if let (Some(group), Some(none)) = (group, deal.value_of(None))
                    && course_fits(world, points.scope, course)
                {
                    let mut link = points.atom(deal.item, none, deal.periods(world) as i32);
                    let mut table = vec![NONE; usize::from(none) + 1];
                    table[usize::from(none)] = group as u16;
                    link.map = points.problem.map(table);
                    links.push(link);
                }
            }
            if !links.is_empty() {
                let groups = size.len();
                let gauge = Gauge::Peak { size: size.into_values().collect(), spread: self.spread };
                points.post("share", gauge, groups, (0, 0), links, vec![]);
            }
        }
    }
}
