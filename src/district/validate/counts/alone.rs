//! A lesson by itself: whether any start is left, and whether two lessons of one band have one teacher.

use super::super::clauses::{Ground, Hold};
use super::What;
use super::items::{Item, Known};
use super::kinds::{HALVES, NO_START};
use super::proof::{Proof, firmest};
use super::say::{both, list};
use super::told::Count;
use std::collections::BTreeMap;

/// starts ∖ ∪ bars = ∅.
pub fn count(known: &Known<'_, '_>, told: &mut [Option<Hold>], found: &mut Vec<Count>) {
    // Blocks of a course that are alike are told once.
    let mut alike: BTreeMap<(usize, Vec<What>), (usize, Count)> = BTreeMap::new();
    for (i, item) in known.items.iter().enumerate() {
        let test = |active: &super::proof::Active<'_>| item.left(active).is_empty().then_some(());
        let Some(proof) = firmest(|active, _| test(active), |()| item.bars.iter().map(|bar| (bar.ground.hold, bar.what)).collect()) else {
            continue;
        };
        told[i] = Some(proof.reach);
        let whats = whats(item, &proof);
        let key = (item.parts[0].course, whats.iter().map(|(_, what)| *what).collect());
        alike.entry(key).and_modify(|(blocks, _)| *blocks += 1).or_insert_with(|| (1, no_start(known, item, &proof, &whats)));
    }
    for (_, (blocks, mut count)) in alike {
        if blocks > 1 {
            count.says = both(format!("其中 {blocks} 次课各{}", count.says.zh), format!("each of {blocks} lessons: {}", count.says.en));
        }
        found.push(count);
    }
}

/// The causes at work, the firmest first.
fn whats(item: &Item, proof: &Proof<()>) -> Vec<(Hold, What)> {
    let active = proof.active();
    let bars = item.bars.iter().filter(|bar| active.holds(Some(bar.what), bar.ground));
    let mut whats: Vec<_> = bars.map(|bar| (bar.ground.hold, bar.what)).collect();
    whats.sort_unstable();
    whats.dedup_by_key(|(_, what)| *what);
    whats
}

fn no_start(known: &Known<'_, '_>, item: &Item, proof: &Proof<()>, whats: &[(Hold, What)]) -> Count {
    let index = known.index;
    let active = proof.active();
    let bars: Vec<_> = item.bars.iter().filter(|bar| active.holds(Some(bar.what), bar.ground)).collect();
    let ground = bars.iter().fold(Ground::GIVEN, |ground, bar| ground.and(bar.ground));
    let mut left = item.starts;
    let mut takes = Vec::new();
    for (_, what) in whats {
        let next = bars.iter().filter(|bar| bar.what == *what).fold(left, |left, bar| left.minus(bar.starts));
        takes.push((*what, (left.iter().count() - next.iter().count()) as u32));
        left = next;
    }
    let course = &index.courses[item.parts[0].course];
    let lock = whats.iter().find_map(|(_, what)| if let What::Lock(lock) = what { Some(*lock) } else { None });
    let at = lock.map_or_else(|| index.origin(course), |lock| index.at(format_args!("locked_lessons[{lock}]")));
    let mut count = Count::new(&NO_START, ground, at, index.id(course)).because(whats.iter().map(|(_, what)| *what));
    count.hold = proof.reach;
    count.who = item.parts.iter().map(|part| index.say_course(&index.courses[part.course])).collect();
    let row = (item.periods > 1).then_some(item.periods);
    let base = item.starts.iter().count() as u32;
    count.says = index.say_takes(base, &takes, 0, row);
    count.courses = item.parts.iter().map(|part| part.course).collect();
    count.classes.extend(item.parts.iter().flat_map(|part| index.courses[part.course].classes.iter().copied()));
    (count.needed, count.there) = (1, 0);
    count
}

/// Courses of one band start together: nobody can be in two of them.
pub fn halves(known: &Known<'_, '_>, told: &mut [Option<Hold>], found: &mut Vec<Count>) {
    let index = known.index;
    let mut seen: BTreeMap<(usize, usize, usize), Count> = BTreeMap::new();
    for (i, item) in known.items.iter().enumerate().filter(|(_, item)| item.parts.len() > 1) {
        for (k, one) in item.parts.iter().enumerate() {
            for other in item.parts[k + 1..].iter().filter(|other| other.weeks & one.weeks != 0 && other.course != one.course) {
                for a in &one.who {
                    let Some(b) = other.who.iter().find(|b| b.person == a.person) else { continue };
                    let school = known.people.at(known.ahead, a.person);
                    let Some(clash) = known.index.clauses.ground("teacher_clash", |scope| index.person_in(scope, a.person, school)) else {
                        continue;
                    };
                    let ground = clash.and(a.ground).and(b.ground);
                    told[i] = Some(told[i].map_or(ground.hold, |hold| hold.min(ground.hold)));
                    seen.entry((a.person, one.course, other.course)).or_insert_with(|| {
                        let courses = [one.course, other.course].map(|course| index.say_course(&index.courses[course]));
                        let at = index.origin(&index.courses[other.course]);
                        let whats = [a.what, b.what].into_iter().flatten();
                        let mut count = Count::new(&HALVES, ground, at, &index.district.people[a.person].id).because(whats);
                        count.who = vec![index.say_person(a.person)];
                        let courses = list(&courses);
                        count.says = both(
                            format!("{}同时上,要 2 位教师,只指定了 1 位", courses.zh),
                            format!("{} run at one time and need 2 teachers; 1 is given", courses.en),
                        );
                        count.people.push(a.person);
                        count.courses = vec![one.course, other.course];
                        count.classes.extend(index.courses[one.course].classes.iter().copied());
                        (count.needed, count.there) = (2, 1);
                        count
                    });
                }
            }
        }
    }
    found.extend(seen.into_values());
}
