//! Rosters: turns that exist, people enough for one, and after-school service on every day.

use super::index::Index;
use crate::file::{Category, Person, Roster, Text};
use crate::problem::{Kind, Problem};
use std::collections::{BTreeMap, BTreeSet};

const NO_TURNS: Kind = Kind::error(
    "E-ROSTER-001",
    ("值班安排的次数不对", "a roster without turns, or with too many"),
    ("`when` 1 到 60 个时段;`weeks` 1 到 60", "1 to 60 times in `when`, and 1 to 60 `weeks`"),
    ("请补上时段,或改正周数", "add the times or correct the weeks"),
);
const TOO_FEW: Kind = Kind::warning(
    "W-ROSTER-002",
    ("可以值班的人不够一次", "too few people for one turn of a roster"),
    ("干部和教师各不少于每次需要的人数", "as many leaders, and as many others, as a turn wants"),
    ("请补上可以值班的人(`people`),或减少人数", "name more `people` or want fewer"),
);
const DAY_WITHOUT: Kind = Kind::warning(
    "W-ROSTER-003",
    ("学校有的上学日没有人值班", "a school day on which nobody of the school is on duty"),
    (
        "有一所学校按天值班的,每所学校每个上学日都有时段(课后服务全覆盖)",
        "where one school has daily duty, a time at every school on every school day (after-school service for all)",
    ),
    ("请补上这所学校的 `rosters`,或补上缺的星期", "add a roster of the school or the missing days"),
);

pub const KINDS: &[&Kind] = &[&NO_TURNS, &TOO_FEW, &DAY_WITHOUT];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, roster) in index.district.rosters.iter().enumerate() {
        no_turns(index, i, roster, found);
        too_few(index, i, roster, found);
    }
    days_without(index, found);
}

fn no_turns(index: &Index<'_>, i: usize, roster: &Roster, found: &mut Vec<Problem>) {
    let weeks = roster.weeks.unwrap_or(1);
    if !(1..=60).contains(&roster.when.len()) || !(1..=60).contains(&weeks) {
        let times = roster.when.len();
        let words = (format!("{times} 个时段,{weeks} 周"), format!("{times} times, {weeks} week(s)"));
        found.push(NO_TURNS.at(index.at(format_args!("rosters[{i}].when"))).of(&roster.id).found(words.0, words.1));
    }
}

fn too_few(index: &Index<'_>, i: usize, roster: &Roster, found: &mut Vec<Problem>) {
    let school = index.schools.get(roster.school.as_str());
    let works = |person: &Person| person.category != Category::Worker && index.working_school(person).as_ref() == school;
    let may = |person: &&Person| if roster.people.is_empty() { works(person) } else { roster.people.contains(&person.id) };
    let (leaders, others): (Vec<_>, Vec<_>) =
        index.district.people.iter().filter(may).partition(|person| person.category == Category::Leader);
    let short = |wanted: u32, people: usize| u64::from(wanted) > people as u64;
    if short(roster.leaders, leaders.len()) || short(roster.teachers, others.len()) {
        let (leads, teaches) = (leaders.len(), others.len());
        found.push(TOO_FEW.at(index.at(format_args!("rosters[{i}]"))).of(&roster.id).found(
            format!("需要干部 {} 人、教师 {} 人,只有 {leads} 人、{teaches} 人", roster.leaders, roster.teachers),
            format!("{} leaders and {} others wanted, {leads} and {teaches} there", roster.leaders, roster.teachers),
        ));
    }
}

/// Daily rosters against the weekdays of the bells of each school's classes.
fn days_without(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut covered: BTreeMap<&str, BTreeSet<u8>> = BTreeMap::new();
    for roster in index.district.rosters.iter().filter(|roster| roster.weeks.is_none()) {
        covered.entry(&roster.school).or_default().extend(roster.when.iter().map(|window| window.weekday));
    }
    if covered.is_empty() {
        return;
    }
    let mut taught: BTreeMap<&str, BTreeSet<u8>> = BTreeMap::new();
    for class in &index.district.classes {
        let days = index.bell(class).map(|bell| bell.weekdays.clone()).unwrap_or_default();
        taught.entry(&class.school).or_default().extend(days);
    }
    for (i, school) in index.district.schools.iter().enumerate() {
        let days = taught.get(school.id.as_str()).cloned().unwrap_or_default();
        let none = BTreeSet::new();
        let missing: Vec<u8> = days.difference(covered.get(school.id.as_str()).unwrap_or(&none)).copied().collect();
        if !missing.is_empty() {
            let days = missing.iter().map(u8::to_string).collect::<Vec<_>>();
            let (name, days) = (index.school_name(i), Text::new(days.join("、"), days.join(", ")));
            found.push(
                DAY_WITHOUT
                    .at(index.at(format_args!("rosters")))
                    .of(&school.id)
                    .found(format!("{}周 {} 没有人值班", name.0, days.zh), format!("{}: nobody on duty on weekday {}", name.1, days.en)),
            );
        }
    }
}
