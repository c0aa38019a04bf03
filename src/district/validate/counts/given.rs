//! What is given by name against the clauses about who may teach how much of what.

use super::super::given::{OVER_CAP, UNQUALIFIED};
use super::super::index::{Index, Origin};
use super::Ahead;
use super::class_teachers::{certificate, is_qualified};
use super::say::both;
use super::sure::People;
use super::told::Count;

pub fn count(index: &Index<'_>, ahead: Ahead<'_>, people: &People, found: &mut Vec<Count>) {
    over_limit(index, ahead, people, found);
    not_qualified(index, ahead, people, found);
}

/// Σ least loads given + posts ≤ limit.
fn over_limit(index: &Index<'_>, ahead: Ahead<'_>, people: &People, found: &mut Vec<Count>) {
    let mut loads = vec![0_u64; index.district.people.len()];
    for course in 0..index.courses.len() {
        index.given_roles(course).into_iter().for_each(|(person, load)| loads[person] = loads[person].saturating_add(load));
    }
    for (person, given) in loads.into_iter().enumerate() {
        let entry = &index.district.people[person];
        let posts: u64 = entry.posts.iter().map(|post| u64::from(post.periods)).sum();
        let school = people.at(ahead, person);
        let broken =
            index.clauses.of_rule("load_cap").filter(|clause| index.person_in(clause.scope, person, school)).filter_map(|clause| {
                let limit = index.load_limit(person, clause.rule)?;
                (given.saturating_add(posts) > limit).then_some((clause.ground, limit))
            });
        if let Some((ground, limit)) = broken.min_by_key(|(ground, _)| ground.hold) {
            let at = index.at(format_args!("people[{person}].load_cap"));
            let mut count = Count::new(&OVER_CAP, ground, at, &entry.id);
            count.who = vec![index.say_person(person)];
            count.says = both(
                format!("指定 {given} 课时,职务折算 {posts},上限 {limit}"),
                format!("{given} periods given, posts {posts}, limit {limit}"),
            );
            count.people.push(person);
            (count.needed, count.there) = (given.saturating_add(posts), limit);
            found.push(count);
        }
    }
}

fn not_qualified(index: &Index<'_>, ahead: Ahead<'_>, people: &People, found: &mut Vec<Count>) {
    for (c, course) in index.courses.iter().enumerate() {
        let Origin::Given(i) = course.origin else { continue };
        for (j, role) in index.district.courses[i].teachers.iter().enumerate() {
            let Some(person) = role.person.as_deref().and_then(|id| index.people.get(id).copied()) else { continue };
            let Some(ground) = certificate(index, c, person).filter(|_| !is_qualified(index, people, ahead, c, person)) else { continue };
            let at = index.at(format_args!("courses[{i}].teachers[{j}].person"));
            let mut count = Count::new(&UNQUALIFIED, ground, at, index.id(course));
            let words = index.say_course(course);
            count.who = vec![index.say_person(person)];
            count.says = both(format!("没有{}的任教资格", words.zh), format!("no certificate for {}", words.en));
            count.people.push(person);
            count.courses.push(c);
            count.classes.extend(course.classes.iter().copied());
            (count.needed, count.there) = (1, 0);
            found.push(count);
        }
    }
}
