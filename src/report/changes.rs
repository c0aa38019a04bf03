//! 新旧对照: what differs from an earlier version of the plan, row by row. Only what both versions decide is compared.

use super::grids::{MISSING, call};
use super::table::Table;
use super::tables::{form, person};
use crate::check::{Facts, weekday};
use crate::file::{Part, Plan, Posting, Text};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One place where the versions differ.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Change {
    pub(super) what: String,
    pub(super) before: String,
    pub(super) now: String,
}

#[derive(Debug)]
pub(super) struct Changes {
    /// Title, what changed; only of the parts that both versions have.
    pub(super) kinds: Vec<(Text, Vec<Change>)>,
}

/// Thing → what is said of it; the words of two versions are compared.
type Said<K> = BTreeMap<K, String>;

impl Changes {
    pub(super) fn of(facts: &Facts, before: &Plan) -> Self {
        let both = |part: Part| facts.plan.parts.contains(&part) && before.parts.contains(&part);
        let mut kinds = Vec::new();
        if both(Part::Postings) {
            let say = |plan: &Plan| plan.postings.iter().map(|row| (row.person.clone(), posting(facts, row))).collect();
            kinds.push((Text::new("交流", "postings"), differences(&say(before), &say(facts.plan), "不交流", |id| who(facts, id))));
        }
        if both(Part::Teaching) {
            let mut list = differences(&teaching(facts, before), &teaching(facts, facts.plan), "", |(course, role)| {
                format!("{}{}", course_words(facts, course), role.as_deref().map_or_else(String::new, |role| format!("({role})")))
            });
            let heads = |plan: &Plan| plan.class_teachers.iter().map(|row| (row.class.clone(), who(facts, &row.teacher))).collect();
            let class = |id: &String| facts.courses.class(id).map_or_else(|| id.clone(), |class| facts.say_class(class).zh);
            list.extend(differences(&heads(before), &heads(facts.plan), "", |id| format!("{} 班主任", class(id))));
            kinds.push((Text::new("任课", "teaching"), list));
        }
        if both(Part::Timetable) {
            let mut list = differences(&lessons(facts, before), &lessons(facts, facts.plan), "未排", |(course, block)| {
                format!("{} 第{block}次", course_words(facts, course))
            });
            let duty = |(roster, turn): &(String, u8)| {
                let name = facts.rosters.iter().find(|known| known.file.id == *roster).map_or(roster, |known| &known.file.name.zh);
                format!("{name} 第{turn}次")
            };
            list.extend(differences(&duties(facts, before), &duties(facts, facts.plan), "", duty));
            let called = |club: &String| {
                let known = facts.clubs.iter().find(|known| known.file.id == *club);
                known.map_or_else(|| club.clone(), |known| facts.say_club(known).zh)
            };
            list.extend(differences(&clubs(facts, before), &clubs(facts, facts.plan), "", called));
            kinds.push((Text::new("课表", "timetable"), list));
        }
        Self { kinds }
    }

    pub(super) fn count(&self) -> usize {
        self.kinds.iter().map(|(_, list)| list.len()).sum()
    }

    /// "改动 17 处:交流 2、任课 5、课表 10".
    pub(super) fn line(&self) -> Text {
        let counts = |say: fn(&Text, usize) -> String| self.kinds.iter().map(|(title, list)| say(title, list.len())).collect::<Vec<_>>();
        let count = self.count();
        Text::new(
            format!("与上一稿相比改动 {count} 处:{}", counts(|title, n| format!("{} {n} 处", title.zh)).join("、")),
            format!("{count} changes since the last version: {}", counts(|title, n| format!("{} {n}", title.en)).join(", ")),
        )
    }

    pub(super) fn table(&self) -> Table {
        let mut table = Table::new(&["类别", "内容", "上一稿", "本稿"]);
        for (title, list) in &self.kinds {
            for change in list {
                table.row([&title.zh, &change.what, &change.before, &change.now]);
            }
        }
        table
    }
}

/// In the order of the things; `none` stands where a version says nothing of one.
fn differences<K: Ord>(before: &Said<K>, now: &Said<K>, none: &str, name: impl Fn(&K) -> String) -> Vec<Change> {
    let things: BTreeSet<&K> = before.keys().chain(now.keys()).collect();
    let differ = things.into_iter().filter(|thing| before.get(thing) != now.get(thing));
    let say = |said: &Said<K>, thing: &K| said.get(thing).map_or_else(|| none.to_owned(), Clone::clone);
    differ.map(|thing| Change { what: name(thing), before: say(before, thing), now: say(now, thing) }).collect()
}

/// Somebody who may have left since.
fn who(facts: &Facts, id: &str) -> String {
    facts.people.find(id).map_or_else(|| id.to_owned(), |found| person(facts, found))
}

fn posting(facts: &Facts, row: &Posting) -> String {
    let school = |id: &str| facts.places.school(id).map_or_else(|| id.to_owned(), |school| facts.say_school(school).zh);
    let until = row.to_term.as_deref().unwrap_or("未定");
    format!("{} → {} {},{} – {until}", school(&row.from), school(&row.to), form(row.form).zh, row.from_term)
}

fn course_words(facts: &Facts, id: &str) -> String {
    facts.courses.find(id).map_or_else(
        || id.to_owned(),
        |course| format!("{} {}", facts.say_classes(course).zh, facts.say_subject(facts.courses.list[course].subject).zh),
    )
}

/// Course and role → who teaches it, and which of its lessons where it is divided.
fn teaching(facts: &Facts, plan: &Plan) -> Said<(String, Option<String>)> {
    let mut parts: BTreeMap<_, BTreeSet<(&[u8], String)>> = BTreeMap::new();
    for row in &plan.teaching {
        let name = row
            .teacher
            .as_deref()
            .map_or_else(|| MISSING.to_owned(), |id| facts.people.find(id).map_or_else(|| id.to_owned(), |at| call(facts, at)));
        parts.entry((row.course.clone(), row.role.clone())).or_default().insert((&row.blocks, name));
    }
    let say = |(blocks, name): &(&[u8], String)| {
        let blocks: Vec<String> = blocks.iter().map(ToString::to_string).collect();
        if blocks.is_empty() { name.clone() } else { format!("{name}(第 {} 次)", blocks.join("、")) }
    };
    parts.into_iter().map(|(key, parts)| (key, parts.iter().map(say).collect::<Vec<_>>().join(";"))).collect()
}

fn lessons(facts: &Facts, plan: &Plan) -> Said<(String, u8)> {
    let room = |id: &String| {
        facts.district.rooms.iter().position(|room| room.id == *id).map_or_else(|| id.clone(), |room| facts.say_room(room).zh)
    };
    let say = |lesson: &crate::file::Lesson| {
        let place = lesson.room.as_ref().map_or_else(String::new, |id| format!(" {}", room(id)));
        format!("{}第{}节{place}", weekday(lesson.at.weekday).zh, lesson.at.period)
    };
    plan.timetable.iter().map(|lesson| ((lesson.course.clone(), lesson.block), say(lesson))).collect()
}

fn duties(facts: &Facts, plan: &Plan) -> Said<(String, u8)> {
    let mut turns: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for duty in &plan.duties {
        turns.entry((duty.roster.clone(), duty.turn)).or_default().insert(who(facts, &duty.person));
    }
    turns.into_iter().map(|(turn, people)| (turn, people.into_iter().collect::<Vec<_>>().join("、"))).collect()
}

/// Club → who leads it, then the pupils of each class.
fn clubs(facts: &Facts, plan: &Plan) -> Said<String> {
    let mut said: BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
    for row in &plan.club_leaders {
        said.entry(row.club.clone()).or_default().0.insert(who(facts, &row.person));
    }
    for row in &plan.club_pupils {
        let class = facts.courses.class(&row.class).map_or(row.class.as_str(), |class| facts.class_name(class));
        said.entry(row.club.clone()).or_default().1.insert(format!("{class} {}", row.pupils));
    }
    let join = |words: BTreeSet<String>| words.into_iter().collect::<Vec<_>>().join("、");
    said.into_iter().map(|(club, (leaders, classes))| (club, format!("{};{}", join(leaders), join(classes)))).collect()
}
