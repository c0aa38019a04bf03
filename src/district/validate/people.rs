//! People: loads, months, wishes, ties, agreements.

use super::index::Index;
use crate::file::{Category, Month};
use crate::problem::{Kind, Problem};
use std::collections::{BTreeMap, BTreeSet};

const TARGET_OVER_CAP: Kind = Kind::error(
    "E-STAFF-001",
    ("目标课时超过上限", "a target load above the cap"),
    ("`load_target` 不超过 `load_cap`", "`load_target` at most `load_cap`"),
    ("请改正其中一个", "correct one of the two"),
);
const BORN: Kind = Kind::error(
    "E-STAFF-002",
    ("出生年月不合理", "a month of birth out of range"),
    ("学期开始时 16 到 80 岁", "between 16 and 80 years old when the term starts"),
    ("请核对出生年月", "check the month of birth"),
);
const WISHES_OWN_SCHOOL: Kind = Kind::error(
    "E-STAFF-003",
    ("志愿填了现在任教的学校", "a wish for the person's own school"),
    ("志愿是其他学校", "wishes name other schools"),
    ("请删掉这个志愿;不愿交流的不必填志愿", "remove the wish; who wants to stay wishes nothing"),
);
const KIN_TO_SELF: Kind = Kind::error(
    "E-STAFF-004",
    ("亲属关系填了本人", "a tie to oneself"),
    ("另一个人的编号", "the id of another person"),
    ("请改正或删掉", "correct or remove it"),
);
const POSTED_HOME: Kind = Kind::error(
    "E-STAFF-005",
    ("商定交流的去向就是现在任教的学校", "an agreed posting to the person's own school"),
    ("另一所学校", "another school"),
    ("请改正去向;确定留下的请改写 `stays`", "correct the school; for somebody who stays write `stays`"),
);
const STAYS_AND_GOES: Kind = Kind::error(
    "E-STAFF-006",
    ("同一个人既确定留下又确定交流", "one person is agreed to stay and to go"),
    ("`stays` 和 `posted_to` 只写一个", "one of `stays` and `posted_to`"),
    ("请删掉其中一个", "remove one of the two"),
);
const CERTIFICATE_TWICE: Kind = Kind::warning(
    "W-STAFF-007",
    ("同一学科的任教资格写了两次", "two certificates for one subject"),
    ("每门学科只写最高的学段", "each subject once, with its highest stage"),
    ("请删掉较低的一个:高学段的资格包含低学段", "remove the lower one: a certificate holds for the stages below"),
);
const EXCHANGE_BACKWARDS: Kind = Kind::error(
    "E-STAFF-008",
    ("以往交流的起止不对", "a past exchange with the wrong ends"),
    ("结束不早于开始,且去了另一所学校", "an end not before its start, and two different schools"),
    ("请改正这次交流的时间或学校", "correct its months or its schools"),
);
const POSTS_OVER_CAP: Kind = Kind::warning(
    "W-STAFF-009",
    ("职务折算的课时已超过课时上限", "posts that count for more than the cap"),
    ("职务折算课时合计不超过 `load_cap`", "all posts together at most `load_cap`"),
    ("请调高上限,或减少职务折算的课时", "raise the cap or lower what the posts count for"),
);
const WISH_TWICE: Kind = Kind::warning(
    "W-STAFF-010",
    ("同一志愿填了两次", "one wish is written twice"),
    ("每所学校只填一次", "each school once"),
    ("请删掉后面的一个", "remove the later one"),
);
const NO_LOAD: Kind = Kind::warning(
    "W-STAFF-011",
    ("任课教师没有课时上限", "teachers without a cap on their load"),
    ("任课教师的 `load_cap` 大于 0", "a `load_cap` above 0 for who teaches"),
    ("请填写 `load_cap`:上限为 0 的人不会排课", "fill in `load_cap`: nobody with cap 0 is given a lesson"),
);
const TIES_DIFFER: Kind = Kind::warning(
    "W-STAFF-012",
    ("对同一个人写了两种亲属要求", "two ties to one person"),
    ("对每个人只写一种:`near` 或 `avoid`", "one tie to each person: `near` or `avoid`"),
    ("请删掉其中一种", "remove one of them"),
);

const MENTOR_OF_SELF: Kind = Kind::error(
    "E-STAFF-013",
    ("师徒结对填了本人", "a mentor of oneself"),
    ("`mentor` 是另一个人的编号", "`mentor` is the id of another person"),
    ("请改正或删掉", "correct or remove it"),
);

pub const KINDS: &[&Kind] = &[
    &TARGET_OVER_CAP,
    &BORN,
    &WISHES_OWN_SCHOOL,
    &KIN_TO_SELF,
    &POSTED_HOME,
    &STAYS_AND_GOES,
    &CERTIFICATE_TWICE,
    &EXCHANGE_BACKWARDS,
    &POSTS_OVER_CAP,
    &WISH_TWICE,
    &NO_LOAD,
    &TIES_DIFFER,
    &MENTOR_OF_SELF,
];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    target_over_cap(index, found);
    born(index, found);
    wishes_own_school(index, found);
    wish_twice(index, found);
    kin_to_self(index, found);
    ties_differ(index, found);
    posted_home(index, found);
    stays_and_goes(index, found);
    certificate_twice(index, found);
    exchange_backwards(index, found);
    posts_over_cap(index, found);
    no_load(index, found);
    mentor_of_self(index, found);
}

fn mentor_of_self(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, person) in index.district.people.iter().enumerate().filter(|(_, person)| person.mentor.as_ref() == Some(&person.id)) {
        found.push(MENTOR_OF_SELF.at(index.at(format_args!("people[{i}].mentor"))).of(&person.id));
    }
}

fn target_over_cap(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, person) in index.district.people.iter().enumerate().filter(|(_, person)| person.load_target > person.load_cap) {
        let (target, cap) = (person.load_target, person.load_cap);
        let at = index.at(format_args!("people[{i}].load_target"));
        found.push(TARGET_OVER_CAP.at(at).of(&person.id).found(format!("目标 {target},上限 {cap}"), format!("target {target}, cap {cap}")));
    }
}

fn born(index: &Index<'_>, found: &mut Vec<Problem>) {
    let start = index.district.term.as_ref().and_then(|term| Month::parse(term.first_day.get(..7)?));
    // Without a term: who can have been born at all.
    let range = start.map_or((1_930 * 12, 2_015 * 12), |start| (start.count() - 80 * 12, start.count() - 16 * 12));
    for (i, person) in index.district.people.iter().enumerate() {
        if let Some(born) = person.born.filter(|born| !(range.0..=range.1).contains(&born.count())) {
            let at = index.at(format_args!("people[{i}].born"));
            found.push(BORN.at(at).of(&person.id).found(format!("出生于 {born}"), format!("born {born}")));
        }
    }
}

fn wishes_own_school(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, person) in index.district.people.iter().enumerate() {
        let own = index.working_school(person);
        for (j, wish) in person.wishes.schools.iter().enumerate() {
            if own.is_some() && index.schools.get(wish.as_str()).copied() == own {
                let at = index.at(format_args!("people[{i}].wishes.schools[{j}]"));
                found.push(WISHES_OWN_SCHOOL.at(at).of(&person.id).found(format!("志愿 `{wish}` 是本校"), format!("`{wish}` is home")));
            }
        }
    }
}

fn wish_twice(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, person) in index.district.people.iter().enumerate() {
        let mut seen = BTreeSet::new();
        for (j, wish) in person.wishes.schools.iter().enumerate() {
            if !seen.insert(wish) {
                let at = index.at(format_args!("people[{i}].wishes.schools[{j}]"));
                found.push(WISH_TWICE.at(at).of(&person.id).found(format!("`{wish}` 填了两次"), format!("`{wish}` twice")));
            }
        }
    }
}

fn kin_to_self(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, person) in index.district.people.iter().enumerate() {
        for (j, _) in person.kin.iter().enumerate().filter(|(_, kin)| kin.person == person.id) {
            found.push(KIN_TO_SELF.at(index.at(format_args!("people[{i}].kin[{j}].person"))).of(&person.id));
        }
    }
}

fn ties_differ(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, person) in index.district.people.iter().enumerate() {
        let mut ties = BTreeMap::new();
        for (j, kin) in person.kin.iter().enumerate() {
            if *ties.entry(&kin.person).or_insert(kin.tie) != kin.tie {
                let at = index.at(format_args!("people[{i}].kin[{j}].tie"));
                let words = (format!("对 `{}` 既写 near 又写 avoid", kin.person), format!("both near and avoid to `{}`", kin.person));
                found.push(TIES_DIFFER.at(at).of(&person.id).found(words.0, words.1));
            }
        }
    }
}

fn posted_home(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, person) in index.district.people.iter().enumerate() {
        let to = person.locks.posted_to.as_ref().and_then(|to| index.schools.get(to.as_str()).copied());
        if to.is_some() && to == index.working_school(person) {
            found.push(POSTED_HOME.at(index.at(format_args!("people[{i}].locks.posted_to"))).of(&person.id));
        }
    }
}

fn stays_and_goes(index: &Index<'_>, found: &mut Vec<Problem>) {
    let people = index.district.people.iter().enumerate();
    for (i, person) in people.filter(|(_, person)| person.locks.stays && person.locks.posted_to.is_some()) {
        found.push(STAYS_AND_GOES.at(index.at(format_args!("people[{i}].locks"))).of(&person.id));
    }
}

fn certificate_twice(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, person) in index.district.people.iter().enumerate() {
        let mut seen = BTreeSet::new();
        for (j, certificate) in person.subjects.iter().enumerate() {
            if !seen.insert(&certificate.subject) {
                let at = index.at(format_args!("people[{i}].subjects[{j}]"));
                let words = (format!("`{}` 写了两次", certificate.subject), format!("`{}` twice", certificate.subject));
                found.push(CERTIFICATE_TWICE.at(at).of(&person.id).found(words.0, words.1));
            }
        }
    }
}

fn exchange_backwards(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, person) in index.district.people.iter().enumerate() {
        for (j, past) in person.exchanges.iter().enumerate() {
            let end = past.end.unwrap_or(past.start);
            if end < past.start || past.from == past.to {
                let at = index.at(format_args!("people[{i}].exchanges[{j}]"));
                found.push(EXCHANGE_BACKWARDS.at(at).of(&person.id).found(
                    format!("`{}` 到 `{}`,{} 到 {end}", past.from, past.to, past.start),
                    format!("`{}` to `{}`, {} to {end}", past.from, past.to, past.start),
                ));
            }
        }
    }
}

/// Loads mean nothing before there are courses.
fn posts_over_cap(index: &Index<'_>, found: &mut Vec<Problem>) {
    if index.courses.is_empty() {
        return;
    }
    for (i, person) in index.district.people.iter().enumerate() {
        let posts = person.posts.iter().map(|post| u64::from(post.periods)).sum::<u64>();
        if posts > u64::from(person.load_cap) {
            let cap = person.load_cap;
            found.push(
                POSTS_OVER_CAP
                    .at(index.at(format_args!("people[{i}].posts")))
                    .of(&person.id)
                    .found(format!("职务折算 {posts} 课时,上限 {cap}"), format!("posts count {posts} periods, the cap is {cap}")),
            );
        }
    }
}

/// Once for the district: an exchange needs no loads, a teaching plan needs them all.
fn no_load(index: &Index<'_>, found: &mut Vec<Problem>) {
    if index.courses.is_empty() {
        return;
    }
    let idle = index.district.people.iter().filter(|it| it.category == Category::Teacher && it.load_cap == 0 && !it.subjects.is_empty());
    let idle: Vec<_> = idle.map(|person| person.id.as_str()).collect();
    if let Some(first) = idle.first() {
        let (count, some) = (idle.len(), idle.iter().take(5).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" "));
        let more = if count > 5 { " …" } else { "" };
        found.push(
            NO_LOAD
                .at(index.at(format_args!("people")))
                .of(*first)
                .found(format!("共 {count} 人:{some}{more}"), format!("{count} in all: {some}{more}")),
        );
    }
}
