//! # 交流比例 · Exchange quota
//!
//! 符合交流条件的教师中,每年应有一定比例交流到其他学校;骨干教师另有比例。
//! Of the eligible teachers a given share moves each year; backbone teachers have a share of their own.
//!
//! required = round(percent × |of| / 100), rounded as `rounding` says.
//! counted  = people of the unit posted away from their working school (轮岗, 支教, 挂职, 置换; 跟岗 and 交叉任职 do not count).
//! Point: the unit (`within`): the district, each group, each school, or each lead school; people belong to the unit of
//! the school they work at before the posting. `graduating` are people of a graduating grade (毕业年级).
//! Excess: max(0, required − counted). Eligibility takes its numbers from the policy's `eligible` clause.
//! Bound in: exchange.
//! Source: S1-18, S2.5-21, S2.8-09, S4-08.

use crate::check::{Breach, Facts, Findings, Kind, changes_school};
use crate::file::{Group, Person, Scope, Talent, Text};
use crate::rules::{Law, Rule, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Exchange quota: the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    pub percent: u32,
    /// Who is counted.
    #[serde(default)]
    pub who: QuotaWho,
    /// What the percentage is taken of.
    #[serde(default)]
    pub of: QuotaOf,
    #[serde(default)]
    pub within: QuotaWithin,
    #[serde(default)]
    pub rounding: Rounding,
}

/// Who is counted: everybody posted, people with talent `county` and above, or people of a graduating grade.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuotaWho {
    #[default]
    All,
    Backbone,
    Graduating,
}

impl QuotaWho {
    fn counts(self, person: &Person) -> bool {
        match self {
            Self::All => true,
            Self::Backbone => person.talent >= Talent::County,
            Self::Graduating => person.graduating_grade,
        }
    }
}

/// What the percentage is taken of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuotaOf {
    #[default]
    Eligible,
    EligibleBackbone,
    EligibleGraduating,
    /// The people moved of the unit.
    Moved,
}

impl QuotaOf {
    /// Those of the eligible; none for the people moved.
    fn among(self) -> Option<QuotaWho> {
        match self {
            Self::Eligible => Some(QuotaWho::All),
            Self::EligibleBackbone => Some(QuotaWho::Backbone),
            Self::EligibleGraduating => Some(QuotaWho::Graduating),
            Self::Moved => None,
        }
    }
}

/// Where the quota must be met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuotaWithin {
    #[default]
    District,
    EachGroup,
    EachSchool,
    /// Each lead school.
    Leads,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    #[default]
    Up,
    Nearest,
    Down,
}

pub static LAW: Law = Law {
    id: "quota",
    title: ("交流比例", "Exchange quota"),
    breach: (
        "{unit}应交流{who} {required} 人({base} 人的 {percent}%),方案安排 {counted} 人,还差 {excess} 人",
        "{unit}: {required} {who} must move ({percent} % of {base}), the plan moves {counted}: {excess} short",
    ),
    source: &["S1-18", "S2.5-21", "S2.8-09", "S4-08"],
    binds: &[Stage::Exchange],
};

impl Rule for Quota {
    fn law(&self) -> &'static Law {
        &LAW
    }
    fn check(&self, facts: &Facts, scope: &Scope, found: &mut Findings) {
        for line in self.lines(facts, scope) {
            found.point(line.required - line.counted, || {
                let who = match self.who {
                    QuotaWho::All => Text::new("", "people"),
                    QuotaWho::Backbone => Text::new("骨干教师", "backbone teachers"),
                    QuotaWho::Graduating => Text::new("毕业年级教师", "teachers of graduating grades"),
                };
                let (kind, id) = line.place;
                let breach = Breach::at(kind, id).say("unit", line.name).say("who", who).number("required", line.required);
                breach.number("percent", self.percent).number("base", line.base).number("counted", line.counted)
            });
        }
    }
}

/// A quota at one place: required = round(percent × base / 100), of whom `counted` are moved.
pub(crate) struct QuotaLine {
    place: (Kind, String),
    pub(crate) name: Text,
    pub(crate) base: i64,
    pub(crate) required: i64,
    pub(crate) counted: i64,
}

/// Where a quota holds: kind, id, name, and its schools (none = all).
type Unit = (Kind, String, Text, Option<BTreeSet<usize>>);

impl Quota {
    /// The quota of every unit.
    pub(crate) fn lines(&self, facts: &Facts, scope: &Scope) -> Vec<QuotaLine> {
        let mut people = Vec::new();
        for person in (0..facts.people.list.len()).filter(|&person| facts.mover_in(scope, person)) {
            let Some(home) = facts.people.before[person] else { continue };
            let moved = facts.people.posting[person]
                .is_some_and(|(row, to)| changes_school(row.form) && to != home && facts.people.home[person] != Some(to));
            let counted = moved && self.who.counts(&facts.people.list[person]);
            let base = match self.of.among() {
                Some(who) => who.counts(&facts.people.list[person]) && facts.not_eligible(person).is_none(),
                None => moved,
            };
            people.push((home, counted, base));
        }
        let line = |(kind, id, name, schools): Unit| {
            let of_unit = || people.iter().filter(|(home, _, _)| schools.as_ref().is_none_or(|schools| schools.contains(home)));
            let counted = of_unit().filter(|(_, counted, _)| *counted).count() as i64;
            let base = of_unit().filter(|(_, _, base)| *base).count() as i64;
            QuotaLine { place: (kind, id), name, base, required: self.required(base), counted }
        };
        self.units(facts).into_iter().map(line).collect()
    }

    /// percent × base / 100 with as many decimals as it has: `8.4`.
    pub(crate) fn share(&self, base: i64) -> String {
        let hundredths = i64::from(self.percent) * base;
        let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    fn required(&self, base: i64) -> i64 {
        let hundredths = base * i64::from(self.percent);
        match self.rounding {
            Rounding::Up => (hundredths + 99) / 100,
            Rounding::Nearest => (hundredths + 50) / 100,
            Rounding::Down => hundredths / 100,
        }
    }

    fn units(&self, facts: &Facts) -> Vec<Unit> {
        let places = &facts.places;
        let school = |number: usize| {
            let id = places.schools[number].id.clone();
            (Kind::School, id, facts.say_school(number), Some(BTreeSet::from([number])))
        };
        match self.within {
            QuotaWithin::District => vec![(Kind::District, facts.district.id.clone(), Text::new("全区", "the district"), None)],
            QuotaWithin::EachSchool => (0..places.schools.len()).map(school).collect(),
            QuotaWithin::Leads => {
                let leads = places.groups.iter().filter_map(|group| places.school(group.lead.as_deref()?));
                leads.collect::<BTreeSet<_>>().into_iter().map(school).collect()
            }
            QuotaWithin::EachGroup => {
                let groups = places.groups.iter().zip(&places.group_schools);
                let name = |group: &Group| group.name.clone().unwrap_or_else(|| Text::new(&group.id, &group.id));
                groups.map(|(group, schools)| (Kind::Group, group.id.clone(), name(group), Some(schools.clone()))).collect()
            }
        }
    }
}

#[cfg(feature = "solve")]
mod bind {
    use super::Quota;
    use super::{QuotaWithin, Rounding};
    use crate::district::World;
    use crate::engine::Gauge;
    use crate::file::Group;
    use crate::stages::{Exchange, FREE, Points, person_fits};

    impl crate::rules::Bind for Quota {
        /// required − counted ≤ 0 per unit. Of the people moved: ⌈(percent·moved − 100·counted) / 100⌉ ≤ 0, a `Peak` of one group.
        fn exchange(&self, exchange: &Exchange, points: &mut Points) {
            let world = exchange.world;
            for (unit, holds) in self.scoped_units(world) {
                let scope = points.scope;
                let mine = |person: usize| holds(exchange.before[person]) && person_fits(world, scope, person, exchange.before[person]);
                let movable: Vec<usize> = exchange.posts.keys().copied().filter(|person| mine(*person)).collect();
                let counts = |person: usize| self.who.counts(world.people[person].file);
                let Some(among) = self.of.among() else {
                    let mut links = Vec::new();
                    for person in movable {
                        let coef = self.percent as i32 - 100 * i32::from(counts(person));
                        links.extend(exchange.away(points, person, coef));
                    }
                    // ⌈x/100⌉, ⌊x/100⌋ = ⌈(x − 99)/100⌉, nearest = ⌈(x − 49)/100⌉ − the half goes up.
                    let shift = match self.rounding {
                        Rounding::Up => 0,
                        Rounding::Nearest => -49,
                        Rounding::Down => -99,
                    };
                    let gauge = Gauge::Peak { size: vec![100_000], spread: false };
                    points.post(&unit, gauge, 1, (-FREE, 0), links, vec![(0, shift)]);
                    continue;
                };
                let of = |person: &usize| mine(*person) && exchange.eligible[*person] && among.counts(world.people[*person].file);
                let base = (0..world.people.len()).filter(of).count() as u32 * self.percent;
                let required = match self.rounding {
                    Rounding::Up => base.div_ceil(100),
                    Rounding::Nearest => (base + 50) / 100,
                    Rounding::Down => base / 100,
                };
                let links = movable.into_iter().filter(|person| counts(*person)).flat_map(|person| exchange.away(points, person, 1));
                let links = links.collect();
                points.at_least(&unit, links, 0, i64::from(required));
            }
        }
    }

    /// A unit's name and which schools' people belong to it.
    type Unit<'w> = (String, Box<dyn Fn(usize) -> bool + 'w>);

    impl Quota {
        fn scoped_units<'w>(&self, world: &'w World<'w>) -> Vec<Unit<'w>> {
            let of_group = |group: &'w Group, school: usize| {
                let id = &world.schools[school].file.id;
                group.lead.as_ref() == Some(id) || group.members.contains(id)
            };
            let school = |s: usize| -> Unit<'w> { (world.schools[s].file.id.clone(), Box::new(move |other| other == s)) };
            match self.within {
                QuotaWithin::District => vec![("district".to_owned(), Box::new(|_| true))],
                QuotaWithin::EachSchool => (0..world.schools.len()).map(school).collect(),
                QuotaWithin::EachGroup => {
                    let unit = |group: &'w Group| -> Unit<'w> { (group.id.clone(), Box::new(move |s| of_group(group, s))) };
                    world.file.groups.iter().map(unit).collect()
                }
                QuotaWithin::Leads => {
                    let leads = |s: &usize| world.file.groups.iter().any(|group| group.lead.as_ref() == Some(&world.schools[*s].file.id));
                    (0..world.schools.len()).filter(leads).map(school).collect()
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Quota, Rounding};

    #[test]
    fn ten_percent_of_84_is_9_people() {
        let quota = |percent, rounding| Quota { percent, rounding, ..Quota::default() };
        assert_eq!((quota(10, Rounding::Up).share(84).as_str(), quota(10, Rounding::Up).required(84)), ("8.4", 9));
        let required =
            [quota(20, Rounding::Nearest).required(9), quota(20, Rounding::Down).required(9), quota(10, Rounding::Up).required(80)];
        assert_eq!(required, [2, 1, 8]);
    }
}
