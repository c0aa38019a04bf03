//! Words of a count: people, classes, rooms and times as a planner says them.

use super::super::clauses::Ground;
use super::super::index::{Index, Taught};
use super::What;
use crate::file::{CellRef, Force, Text};
use std::collections::{BTreeMap, BTreeSet};

const WEEKDAYS: [(&str, &str); 7] =
    [("周一", "Mon"), ("周二", "Tue"), ("周三", "Wed"), ("周四", "Thu"), ("周五", "Fri"), ("周六", "Sat"), ("周日", "Sun")];
/// Lists say this many and count the rest.
const SHOWN: usize = 5;

pub fn both(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text::new(zh, en)
}

pub fn weekday(day: u8) -> Text {
    let words = usize::from(day).checked_sub(1).and_then(|day| WEEKDAYS.get(day));
    words.map_or_else(|| both(format!("第{day}天"), format!("day {day}")), |(zh, en)| both(*zh, *en))
}
pub fn cell(at: CellRef) -> Text {
    let day = weekday(at.weekday);
    both(format!("{}第{}节", day.zh, at.period), format!("{} period {}", day.en, at.period))
}
/// Which week of a cycle of two is meant.
pub fn week(cycle: u8, week: u8) -> Text {
    match (cycle, week) {
        (2, 0) => both("单周", "in odd weeks "),
        (2, _) => both("双周", "in even weeks "),
        _ => both("每周", ""),
    }
}

/// A list, cut after a few.
pub fn list(items: &[Text]) -> Text {
    let shown = &items[..items.len().min(SHOWN)];
    let zh: Vec<_> = shown.iter().map(|item| item.zh.as_str()).collect();
    let en: Vec<_> = shown.iter().map(|item| item.en.as_str()).collect();
    let (zh, en) = (zh.join("、"), en.join(", "));
    if items.len() == shown.len() {
        both(zh, en)
    } else {
        both(format!("{zh} 等 {} 个", items.len()), format!("{en} … {} in all", items.len()))
    }
}

fn or_id(words: &Text, id: &str) -> Text {
    let of = |words: &str| if words.is_empty() { id.to_owned() } else { words.to_owned() };
    both(of(&words.zh), of(&words.en))
}

impl Index<'_> {
    pub fn say_person(&self, person: usize) -> Text {
        let id = &self.district.people[person].id;
        match self.district.names.get(id).filter(|name| !name.is_empty() && *name != id) {
            Some(name) => both(format!("{name}({id})"), format!("{name} ({id})")),
            None => both(id, id),
        }
    }
    pub fn say_class(&self, class: usize) -> Text {
        let entry = &self.district.classes[class];
        let name = or_id(&entry.name, &entry.id);
        match self.school_of(entry).map(|school| self.school_name(school)) {
            Some(school) => both(format!("{}{}", school.0, name.zh), format!("{} {}", school.1, name.en)),
            None => name,
        }
    }
    pub fn say_subject(&self, id: &str) -> Text {
        self.subjects.get(id).map_or_else(|| both(id, id), |subject| or_id(&self.district.subjects[*subject].name, id))
    }
    /// Its classes and its subject.
    pub fn say_course(&self, course: &Taught<'_>) -> Text {
        let classes: BTreeSet<usize> = course.classes.iter().copied().collect();
        let classes = list(&classes.into_iter().map(|class| self.say_class(class)).collect::<Vec<_>>());
        let subject = self.say_subject(course.subject);
        both(format!("{}{}", classes.zh, subject.zh), format!("{} {}", classes.en, subject.en))
    }
    pub fn say_block(&self, block: usize) -> Text {
        or_id(&self.district.blocks[block].name, &self.district.blocks[block].id)
    }
    /// The school, with the campus where it has several.
    pub fn say_site(&self, site: &str) -> Text {
        let Some(school) = self.sites.get(site) else { return both(site, site) };
        let (zh, en) = self.school_name(*school);
        let sites = &self.district.schools[*school].sites;
        match sites.iter().find(|it| it.id == site).filter(|_| sites.len() > 1) {
            Some(it) => {
                let name = or_id(&it.name, &it.id);
                both(format!("{zh}{}", name.zh), format!("{en} {}", name.en))
            }
            None => both(zh, en),
        }
    }
    /// The rooms of a kind at a site, by name.
    pub fn say_rooms(&self, site: &str, kind: &str) -> Text {
        let rooms: Vec<Text> = self.rooms_of(site, kind).map(|room| or_id(&room.name, &room.id)).collect();
        let school = self.sites.get(site).map(|school| self.school_name(*school)).unwrap_or_default();
        let names = if rooms.is_empty() { both(kind, kind) } else { list(&rooms) };
        both(format!("{}{}", school.0, names.zh), format!("{} {}", school.1, names.en))
    }

    pub fn say_what(&self, what: What) -> Text {
        match what {
            What::Lock(_) => both("已锁定的课次", "locked lessons"),
            What::Joined => both("不能连堂的节次", "cells that are not joined"),
            What::Away(person) => {
                let person = self.say_person(person);
                both(format!("{}不能上课的时间", person.zh), format!("hours when {} is away", person.en))
            }
            What::Called(block) | What::Taken(block) => self.say_block(block),
            What::Hours => both("教室不开放的时间", "hours when the room is closed"),
            What::Part => both("不宜的半天或节次", "halves or periods to be avoided"),
            What::ClassTeacher(class) => {
                let class = self.say_class(class);
                both(format!("{}班主任上班会", class.zh), format!("the class teacher of {} holding its meeting", class.en))
            }
            What::Seats => both("座位数", "seats"),
            What::Travel => both("路程", "the trip"),
            What::HalfDay => both("半天一地", "one site per half-day"),
            What::Lunch => both("午间不奔波", "no travel over lunch"),
            What::AwayDays => both("外出天数", "days away"),
            What::DailyLoad => both("每日课时", "daily load"),
        }
    }

    /// `能用 5 节,减去 T1 不能上课的时间 2 节、语文教研 1 节,只剩 2 节`.
    pub fn say_takes(&self, base: u32, takes: &[(What, u32)], there: u32, row: Option<usize>) -> Text {
        let (zh, en) = match row {
            None => ("节".to_owned(), "cells".to_owned()),
            Some(length) => (format!("处能连上 {length} 节的位置"), format!("places of {length} cells")),
        };
        let mut taken: BTreeMap<String, (u32, Text)> = BTreeMap::new();
        for (what, some) in takes {
            let words = self.say_what(*what);
            taken.entry(words.zh.clone()).or_insert((0, words)).0 += some;
        }
        let part = |(some, words): &(u32, Text)| match some {
            0 => words.clone(),
            some => both(format!("{} {some}", words.zh), format!("{} {some}", words.en)),
        };
        let parts = list(&taken.values().map(part).collect::<Vec<_>>());
        if takes.is_empty() {
            return both(format!("只有 {there} {zh}"), format!("only {there} {en}"));
        }
        both(format!("能用的有 {base} {zh},减去{},只剩 {there}", parts.zh), format!("{base} {en}, less {}, leaves {there}", parts.en))
    }

    /// The titles of the clauses of some force that a count rests on.
    pub fn say_clauses(&self, ground: Ground, of: impl Fn(Force) -> bool) -> Text {
        let clauses = ground.clauses().filter_map(|clause| self.policy?.1.clauses.get(usize::from(clause)));
        let titles: Vec<Text> =
            clauses.filter(|clause| of(clause.force)).map(|clause| clause.rule.rule().law().title).map(|(zh, en)| both(zh, en)).collect();
        list(&titles)
    }
}
