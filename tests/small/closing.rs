//! What one assignment, one handing over or one exchange would close does not stay open.

use super::town::{Town, policy};
use lunpai::district::World;
use lunpai::engine::Problem;
use lunpai::file::Policy;
use lunpai::stages::{Grain, Levels, Staffing, bind, close_gaps, mend};
use serde_json::json;
use std::collections::BTreeMap;

const DAY: [(&str, &str); 4] = [("08:00", "08:40"), ("08:50", "09:30"), ("09:40", "10:20"), ("10:30", "11:10")];

/// Who has what at first, as (person, subject); returns what they have after closing, and what stays open, in periods.
fn closed(town: &Town, policy: &Policy, has: &[(&str, &str)]) -> (Vec<(String, String)>, i64) {
    let district = town.district();
    let world = World::new(&district);
    let levels = Levels::of(policy);
    let school = world.people.iter().map(|person| person.school).collect();
    let mut problem = Problem::new(levels.engine());
    let staffing = Staffing::new(&world, policy, Grain::Courses, school, BTreeMap::new(), &|_, _| true, &mut problem);
    bind(policy, &levels, &mut problem, &mut |rule, points| rule.staffing(&staffing, points));
    let mut values = vec![0; problem.items.len()];
    for (kind, open) in staffing.kinds.iter().zip(&staffing.uncovered) {
        values[*open as usize] = kind.units as i32;
    }
    for (person, subject) in has {
        let person = world.person(person).expect("a person");
        let take = staffing.takes_of(person).iter().find(|take| staffing.kinds[take.kind].subject.id == *subject).expect("a take");
        values[take.item as usize] += 1;
        values[staffing.uncovered[take.kind] as usize] -= 1;
        if let Some(visit) = staffing.visits.get(&(person, staffing.kinds[take.kind].school)) {
            values[*visit as usize] = 1;
        }
    }
    assert_eq!(problem.score(&values)[..2], [0, 0], "a start that keeps every limit");
    let before = problem.score(&values);
    mend(&staffing, &problem, &mut values);
    let units = close_gaps(&staffing, &problem, &mut values);
    let after = problem.score(&values);
    assert_eq!(after[..2], [0, 0], "and so does the end");
    assert!(if units > 0 { after < before } else { after <= before });
    let mut found = Vec::new();
    for take in &staffing.takes {
        let one = (world.people[take.person].file.id.clone(), staffing.kinds[take.kind].subject.id.clone());
        found.extend(vec![one; values[take.item as usize] as usize]);
    }
    found.sort();
    (found, after[3])
}
fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

/// One class at S; people hold subjects and have room for so many periods; courses have so many.
fn town(people: &[(&str, &[&str], u32)], courses: &[(&str, &str)]) -> Town {
    let mut town = Town::new();
    town.school("S", 1, 5, &DAY);
    for (id, subjects, cap) in people {
        town.person(id, "S", subjects, *cap);
    }
    for (subject, words) in courses {
        town.course(&format!("c-{subject}"), "S1", subject, words, None);
    }
    town
}

#[test]
fn one_assignment_closes_what_anybody_has_room_for() {
    let town = town(&[("A", &["art"], 2), ("B", &["art"], 3)], &[("art", "1 1 1")]);
    assert_eq!(closed(&town, &policy(&[]), &[]), (pairs(&[("B", "art")]), 0));
}

#[test]
fn handing_over_makes_room() {
    let town = town(&[("A", &["art", "maths"], 3), ("B", &["maths"], 3)], &[("art", "1 1"), ("maths", "1 1 1")]);
    assert_eq!(closed(&town, &policy(&[]), &[("A", "maths")]), (pairs(&[("A", "art"), ("B", "maths")]), 0));
}

#[test]
fn an_exchange_makes_room() {
    // A gives four periods of maths for three of music: then two of art fit.
    let people: [(&str, &[&str], u32); 2] = [("A", &["art", "maths", "music"], 5), ("B", &["maths", "music"], 4)];
    let town = town(&people, &[("art", "1 1"), ("maths", "1 1 1 1"), ("music", "1 1 1")]);
    let found = closed(&town, &policy(&[]), &[("A", "maths"), ("B", "music")]);
    assert_eq!(found, (pairs(&[("A", "art"), ("A", "music"), ("B", "maths")]), 0));
}

#[test]
fn the_larger_gap_is_closed_where_one_of_two_must_stay() {
    let town = town(&[("A", &["art", "maths"], 3)], &[("art", "1 1 1"), ("maths", "1 1")]);
    assert_eq!(closed(&town, &policy(&[]), &[("A", "maths")]), (pairs(&[("A", "art")]), 2));
}

#[test]
fn what_a_limit_forbids_stays_open() {
    let town = town(&[("A", &["art", "maths"], 3)], &[("art", "1 1"), ("maths", "1 1")]);
    assert_eq!(closed(&town, &policy(&[]), &[("A", "maths")]), (pairs(&[("A", "maths")]), 2));
    // Prepared lessons: a policy clause weighs more than an open lesson.
    let town = self::town(&[("A", &["art", "maths"], 4)], &[("art", "1 1"), ("maths", "1 1")]);
    let one = policy(&[(json!({"preparations": {"max": 1}}), json!("policy"))]);
    assert_eq!(closed(&town, &one, &[("A", "maths")]), (pairs(&[("A", "maths")]), 2));
    assert_eq!(closed(&town, &policy(&[]), &[("A", "maths")]).1, 0);
}

#[test]
fn what_a_meeting_would_have_to_relax_is_handed_over() {
    let people: [(&str, &[&str], u32); 2] = [("A", &["art", "maths"], 4), ("B", &["maths", "music"], 2)];
    let courses = [("art", "1 1"), ("maths", "1 1"), ("music", "1 1")];
    let one = policy(&[(json!({"preparations": {"max": 1}}), json!("policy"))]);
    let both = [("A", "art"), ("A", "maths")];
    assert_eq!(closed(&town(&people, &courses[..2]), &one, &both), (pairs(&[("A", "art"), ("B", "maths")]), 0));
    // Nobody has room: it stays.
    let full = [("A", "art"), ("A", "maths"), ("B", "music")];
    assert_eq!(closed(&town(&people, &courses), &one, &full), (pairs(&full), 0));
}

#[test]
fn somebody_comes_from_another_school_and_the_way_is_counted() {
    let mut town = town(&[("A", &["maths"], 3)], &[("art", "1 1")]);
    town.school("Z", 1, 5, &DAY);
    town.trip("S", "Z", 10);
    town.person("B", "Z", &["art"], 2);
    let ways = policy(&[(json!({"visits": {}}), super::town::rank(2))]);
    assert_eq!(closed(&town, &ways, &[]), (pairs(&[("B", "art")]), 0));
    // A host must ask for three periods at least: two are not worth the way.
    let few = policy(&[(json!({"host_periods": {"min": 3}}), json!("legal"))]);
    assert_eq!(closed(&town, &few, &[]), (Vec::new(), 2));
}
