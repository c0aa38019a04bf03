//! From rows of 教师 to people: ids, defaults, doubles, remarks.

use super::super::column::Misread;
use super::super::draft::{Draft, Found};
use super::super::problems::SAME_TWICE;
use super::super::remarks::{self, Handled};
use super::people::{People, Row};
use crate::file::{Category, Month, Person, Post, Stage};
use std::collections::{BTreeMap, BTreeSet};

pub(in super::super) fn read(draft: &mut Draft) {
    let rows = draft.rows::<People>();
    let given: BTreeSet<String> = rows.iter().map(|found| found.row.person.id.clone()).collect();
    let mut next: BTreeMap<String, u32> = BTreeMap::new();
    let mut seen: BTreeMap<(String, String, Option<Month>), (String, bool)> = BTreeMap::new();
    let mut assumed = 0;
    for found in rows {
        let Found { row, at, remark: remark_at } = found;
        let Row { mut person, name, remark, handled, .. } = row;
        if person.employer.is_empty()
            && let [only] = draft.district.schools.as_slice()
        {
            person.employer.clone_from(&only.id);
        }
        if name.is_empty() && person.id.is_empty() {
            draft.refuse(&at, "姓名", Misread::empty());
        }
        let numbered = !person.id.is_empty();
        if !numbered {
            let school = person.employer.clone();
            let number = next.entry(school.clone()).or_default();
            person.id = std::iter::repeat_with(|| {
                *number += 1;
                format!("{school}-T{number:03}")
            })
            .find(|id| !given.contains(id))
            .unwrap_or_default();
        }
        if !name.is_empty() {
            let key = (person.employer.clone(), name.clone(), person.born);
            if let Some((other, other_numbered)) = seen.insert(key, (at.clone(), numbered))
                && !(numbered && other_numbered)
            {
                let there = other.rsplit(": ").next().unwrap_or_default().to_owned();
                let same = Misread::of(&SAME_TWICE).found(
                    format!("“{name}”与 {there} 同名、同校、出生年月也不能区分"),
                    format!("the same name, school and month of birth as {there}"),
                );
                draft.refuse(&at, "姓名", same);
            }
            draft.district.names.insert(person.id.clone(), name.clone());
        }
        if let Some(arrived) = row.arrived
            && row.years.is_none()
        {
            person.years_at_school = years_since(arrived, draft.lookup.year);
        }
        person.years_at_school = row.years.unwrap_or(person.years_at_school);
        if row.leads_a_class && !person.posts.iter().any(|post| post.post == "class_teacher") {
            let periods = if draft.lookup.stage(&person.employer) == Some(Stage::Primary) { 4 } else { 5 };
            person.posts.push(Post { post: "class_teacher".to_owned(), periods });
        }
        let (target, cap) = usual_load(&person, draft.lookup.stage(&person.employer));
        assumed += usize::from(row.target.is_none() && person.category == Category::Teacher);
        person.load_target = row.target.unwrap_or(target);
        let more = if person.load_target == 18 { 2 } else { 4 };
        let usual = if row.target.is_some() && person.load_target > 0 { person.load_target + more } else { cap.max(person.load_target) };
        person.load_cap = row.cap.unwrap_or(usual);
        draft.lookup.learn_person(&person.id, Some(&name).filter(|name| !name.is_empty()), &person.employer);
        judge_remark(draft, &mut person, (&remark, handled), (&at, &remark_at));
        draft.came_from("people", draft.district.people.len(), &at);
        draft.district.people.push(person);
    }
    if assumed > 0 {
        draft.assume(
            "教师",
            format!("{assumed} 人没有填周课时标准:小学语数 14,小学其他 18,初中 14;上限为标准+4(18 时 +2)"),
            format!(
                "{assumed} people without a target load: primary Chinese and maths 14, other primary 18, junior 14; cap 4 more (2 at 18)"
            ),
        );
    }
}

/// Until somebody says what is to become of it, a remark is a proposal and nothing else.
fn judge_remark(draft: &mut Draft, person: &mut Person, (remark, handled): (&str, Handled), (row, cell): (&str, &str)) {
    if remark.is_empty() {
        return;
    }
    let proposals = remarks::proposals(remark, &draft.lookup);
    match handled {
        Handled::Open => draft.pend(cell, &person.id, proposals),
        Handled::Accept if remarks::accept(person, &proposals) => {}
        Handled::Accept => draft.refuse(row, "备注处理", remarks::not_alone()),
        Handled::Entered | Handled::Irrelevant => {}
    }
}

/// Target and cap of someone of whom nothing was said.
fn usual_load(person: &Person, stage: Option<Stage>) -> (u32, u32) {
    let main = person.subjects.first().is_some_and(|it| ["chinese", "maths"].contains(&it.subject.as_str()));
    match (person.category, stage) {
        (Category::Leader | Category::Worker, _) => (0, 0),
        (Category::Teacher, Some(Stage::Primary)) if !main => (18, 20),
        (Category::Teacher, _) => (14, 18),
    }
}

/// Whole years from a month to the September in which the school year begins.
fn years_since(arrived: Month, year: Option<u16>) -> u32 {
    let now = year.map_or(arrived.count(), |year| i64::from(year) * 12 + 8);
    u32::try_from((now - arrived.count()) / 12).unwrap_or(0)
}
