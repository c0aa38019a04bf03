//! Clubs dealt by the model and counted by the checker: what each clause decides, on `tiny/river` with few numbers changed.
//!
//! At A 80 pupils of grade 5 have 62 places for ball games and 20 for chess. At J 90 pupils have 95 places at one time, 55 of them for sport
//! and arts, and 40 more for sport and arts at another. A has five teachers and a leader, J four and a leader, B three.
#![cfg(feature = "solve")]

use lunpai::check::{Verdict, check};
use lunpai::district::World;
use lunpai::engine::{Binding, Budget, Problem, solve_levels};
use lunpai::file::{CellRef, District, Force, Lesson, Part, Plan, Policy, Source, Teaching, read_district, read_policy};
use lunpai::stages::{Clubs, Levels, bind};
use std::collections::BTreeMap;
use std::path::Path;

fn source(name: &str) -> Source {
    Source::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/tiny").join(name)).expect("a committed instance")
}
fn district() -> District {
    read_district(&source("river.json")).expect("a district")
}
fn policy() -> Policy {
    read_policy(&source("policy.json")).expect("a policy")
}
fn at(policy: &mut Policy, clause: &str, force: Option<Force>) {
    let clause = policy.clauses.iter_mut().find(|known| known.id == clause).expect("a clause");
    match force {
        Some(force) => clause.force = force,
        None => clause.off = true,
    }
}
/// Of A-T3 alone, who holds the class meeting of 5(2) on Wednesday at 14:00.
fn plan() -> Plan {
    let course = "A-5-2.meeting".to_owned();
    Plan {
        schema: "lunpai.plan/1".into(),
        district: "river".into(),
        parts: vec![Part::Teaching, Part::Timetable],
        teaching: vec![Teaching { course: course.clone(), role: None, teacher: Some("A-T3".into()), blocks: Vec::new() }],
        timetable: vec![Lesson { course, block: 1, at: CellRef { weekday: 3, period: 4 }, room: None }],
        ..Plan::default()
    }
}

/// The best dealing, proved level by level, and what the checker says of it under the whole policy.
fn deal(district: &District, policy: &Policy) -> (Plan, Verdict) {
    let (world, levels, mut plan) = (World::new(district), Levels::of(policy), plan());
    let mut problem = Problem::new(levels.engine());
    let clubs = Clubs::new(&world, &plan, &mut problem);
    bind(policy, &levels, &mut problem, &mut |rule, points| rule.clubs(&clubs, points));
    let budget = Budget::new(u64::MAX, &|| false);
    let solved = solve_levels(&problem, Binding::Elastic, None, &budget);
    assert!(solved.levels.iter().all(|level| level.proved), "{:?}", solved.levels);
    (plan.club_leaders, plan.club_pupils) = clubs.rows(&solved.values);
    let verdict = check(district, policy, &plan);
    let broken: Vec<_> = verdict.findings.iter().filter(|finding| ["S-021", "S-006"].contains(&finding.clause.as_str())).collect();
    assert!(broken.is_empty(), "{broken:?}");
    (plan, verdict)
}

const CLAUSES: [&str; 6] = ["club-for-all", "club-sport-arts", "club-places", "club-led", "club-each", "club-free"];

/// Excess of each clause on clubs, in the order of [`CLAUSES`]; 0 for one that is off.
fn excess(verdict: &Verdict) -> [i64; 6] {
    CLAUSES.map(|clause| verdict.by_clause.get(clause).map_or(0, |total| total.excess))
}

#[test]
fn everybody_has_a_club_and_only_places_keep_eighteen_from_sport_and_arts() {
    let (plan, verdict) = deal(&district(), &policy());
    assert_eq!(excess(&verdict), [0, 80 - 62, 0, 0, 0, 0]);
    let mut led: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &plan.club_leaders {
        *led.entry(&row.person).or_default() += 1;
    }
    assert!(led.values().all(|clubs| *clubs == 1), "{led:?}");
    // Twelve teachers; the leader of J has to help out, that of A need not.
    assert_eq!(led.keys().filter(|person| !person.ends_with("L1")).count(), 12, "{led:?}");
    assert!(led.contains_key("J-L1"), "four teachers cannot lead five clubs");
}

#[test]
fn more_pupils_than_places_are_counted_and_left() {
    let mut district = district();
    let dance = district.clubs.iter_mut().find(|club| club.id == "A-dance").expect("a club");
    dance.places = 33;
    let (plan, verdict) = deal(&district, &policy());
    assert_eq!(excess(&verdict), [7, 18 + 7, 0, 0, 0, 0], "7 of the 40 of grade 1");
    let dancing: u32 = plan.club_pupils.iter().filter(|row| row.club == "A-dance").map(|row| row.pupils).sum();
    assert_eq!(dancing, 33);
}

#[test]
fn without_limits_of_places_everybody_would_play() {
    let mut policy = policy();
    at(&mut policy, "club-places", None);
    let (plan, verdict) = deal(&district(), &policy);
    assert_eq!(excess(&verdict), [0; 6]);
    let playing: u32 = plan.club_pupils.iter().filter(|row| row.club == "A-ball").map(|row| row.pupils).sum();
    assert_eq!(playing, 80, "for 62 places");
}

#[test]
fn places_at_a_second_time_count_and_those_at_the_same_time_only_once() {
    let mut district = district();
    // All of J at one time: 95 places for sport and arts, but a pupil takes one of them only.
    for club in district.clubs.iter_mut().filter(|club| club.school == "J") {
        club.block = Some("J-clubs".into());
    }
    assert_eq!(excess(&deal(&district, &policy()).1)[1], 18, "as before: 95 places are enough for 90");
    // With fewer places at the other time, what is missing is counted.
    for club in district.clubs.iter_mut().filter(|club| ["J-football", "J-ink"].contains(&club.id.as_str())) {
        club.block = Some("J-late".into());
        club.places = 10;
    }
    assert_eq!(excess(&deal(&district, &policy()).1)[1], 18 + 90 - (30 + 25 + 10 + 10));
}

#[test]
fn grades_that_no_club_admits_are_left_out() {
    let mut district = district();
    district.clubs.retain(|club| club.id != "A-dance");
    assert_eq!(excess(&deal(&district, &policy()).1), [40, 40 + 18, 0, 0, 0, 0]);
}

#[test]
fn seven_leaders_wanted_of_six_people_leave_one_place_open_or_one_person_with_two_clubs() {
    let mut district = district();
    let chess = district.clubs.iter_mut().find(|club| club.id == "A-chess").expect("a club");
    chess.leaders = Some(4);
    let mut policy = policy();
    at(&mut policy, "club-each", Some(Force::Policy));
    assert_eq!(excess(&deal(&district, &policy).1)[3..], [1, 0, 0], "nobody may lead two");
    at(&mut policy, "club-led", Some(Force::Legal));
    assert_eq!(excess(&deal(&district, &policy).1)[3..], [0, 1, 0], "every place must be filled");
}

#[test]
fn who_teaches_when_the_club_meets_does_not_lead_it() {
    let mut district = district();
    for club in district.clubs.iter_mut().filter(|club| club.school == "A") {
        club.block = Some("club".into());
        if club.id == "A-chess" {
            club.people = vec!["A-T3".into()];
        }
    }
    let mut policy = policy();
    at(&mut policy, "club-free", Some(Force::Legal));
    let (plan, verdict) = deal(&district, &policy);
    assert_eq!(excess(&verdict)[3..], [1, 1, 0], "chess has no leader and A-T3 no club");
    assert!(plan.club_leaders.iter().all(|row| row.person != "A-T3"));
    at(&mut policy, "club-free", None);
    let (plan, verdict) = deal(&district, &policy);
    assert_eq!(excess(&verdict)[3..], [0, 0, 0]);
    assert!(plan.club_leaders.iter().any(|row| (row.club.as_str(), row.person.as_str()) == ("A-chess", "A-T3")));
}
