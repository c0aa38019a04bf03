//! Where those who teach at several schools are, half-day by half-day: a line for each of them, a letter and a shade for
//! each school.

use super::audience::Audience;
use super::tables::person;
use crate::check::{Facts, Slot, half, weekday};
use crate::file::{Half, Text};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Serialize)]
pub(super) struct Strip {
    pub(super) days: Vec<Text>,
    pub(super) lines: Vec<Line>,
    /// What the letters stand for.
    pub(super) schools: Vec<Mark>,
}

#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub(super) person: String,
    pub(super) home: Text,
    /// By half-day: the schools with a lesson there.
    pub(super) halves: Vec<Vec<Mark>>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Mark {
    pub(super) letter: String,
    /// Shades are few: neighbours in the list differ, letters tell all apart.
    pub(super) shade: usize,
    pub(super) name: Text,
    /// 单周 or 双周 where it is not every week.
    pub(super) weeks: Text,
    /// Not the school the person works at.
    pub(super) away: bool,
}

const SHADES: usize = 8;

/// A … Z, AA, AB …
fn letter(school: usize) -> String {
    let last = char::from(b'A' + (school % 26) as u8);
    if school < 26 { last.to_string() } else { format!("{}{last}", letter(school / 26 - 1)) }
}

/// Nobody where nobody travels. A school sees its own people, and visitors only while they are there.
pub(super) fn strip(facts: &Facts, audience: Audience) -> Option<Strip> {
    let named = audience.people(facts);
    let school = |slot: &Slot| slot.site.map(|site| facts.places.sites[site].school);
    let working = |person: usize| facts.people.working[person];
    let away = |person: usize, slot: &Slot| school(slot).is_some_and(|at| working(person).is_some_and(|home| home != at));
    let travellers = facts.busy_people().filter(|(person, slots)| named.contains(person) && slots.iter().any(|slot| away(*person, slot)));
    let travellers: Vec<(usize, &[Slot])> = travellers.collect();
    let columns: BTreeSet<(u8, Half)> =
        travellers.iter().flat_map(|(_, slots)| slots.iter().map(|slot| (slot.weekday, slot.half))).collect();
    let sees = |person: usize, at: usize| match audience {
        Audience::School(own) => at == own || working(person) == Some(own),
        Audience::Bureau | Audience::Public => true,
    };
    let mark = |at: usize, weeks: u8, away: bool| Mark {
        letter: letter(at),
        shade: at % SHADES,
        name: facts.say_school(at),
        weeks: facts.in_week(weeks, &Text::default()),
        away,
    };
    let mut schools = BTreeSet::new();
    let mut lines: Vec<(Option<usize>, Line)> = Vec::new();
    for (who, slots) in travellers {
        let mut at: BTreeMap<(u8, Half), BTreeMap<usize, u8>> = BTreeMap::new();
        for slot in slots {
            if let Some(school) = school(slot).filter(|school| sees(who, *school)) {
                schools.insert(school);
                *at.entry((slot.weekday, slot.half)).or_default().entry(school).or_default() |= 1 << slot.week;
            }
        }
        let marks = |column: &(u8, Half)| {
            let there = at.get(column).into_iter().flatten();
            there.map(|(school, weeks)| mark(*school, *weeks, working(who) != Some(*school))).collect()
        };
        let line = Line { person: person(facts, who), home: facts.say_home(working(who)), halves: columns.iter().map(marks).collect() };
        lines.push((working(who), line));
    }
    lines.sort_by_key(|(home, _)| *home);
    let day = |(day, part): &(u8, Half)| {
        Text::new(format!("{}{}", weekday(*day).zh, half(*part).zh), format!("{} {}", weekday(*day).en, half(*part).en))
    };
    (!lines.is_empty()).then(|| Strip {
        days: columns.iter().map(day).collect(),
        lines: lines.into_iter().map(|(_, line)| line).collect(),
        schools: schools.into_iter().map(|at| mark(at, facts.courses.every_week(), false)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letter), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
