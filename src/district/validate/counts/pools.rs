//! Whose cells are counted: a given teacher's, a kind of room's, a class's.

use super::super::clauses::{Ground, Hold};
use super::What;
use super::crowd::{Claim, Resource, Told};
use super::items::Known;
use super::kinds::{CLASS, ROOMS, ROOMS_TAKEN, TEACHER, TEACHER_TAKEN};
use super::say::{both, list, week};
use super::told::Count;
use crate::file::Text;
use crate::problem::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// Rooms for more lessons at once than any file may hold count as so many.
const MOST: u32 = 7_000_000;

/// Lessons of one given teacher: one at a time.
pub fn teachers(known: &Known<'_, '_>, told: &mut [Option<Hold>], found: &mut Vec<Count>) {
    let index = known.index;
    for (person, claims) in of_teachers(known) {
        let school = known.people.at(known.ahead, person);
        let Some(ground) = known.index.clauses.ground("teacher_clash", |scope| index.person_in(scope, person, school)) else { continue };
        let resource = Resource { known, claims, ground, units: 1, class: None, told };
        let (proof, claims) = (resource.told(), resource.claims);
        let Some(proof) = proof else { continue };
        let kind = if proof.hold == Hold::Nature { &TEACHER } else { &TEACHER_TAKEN };
        let at = index.at(format_args!("people[{person}]"));
        let mut count = counted(known, kind, &claims, &proof, at, &index.district.people[person].id);
        count.who = vec![index.say_person(person)];
        count.people.push(person);
        found.push(count);
        tell(told, &claims, &proof);
    }
}

/// Person → the lessons they are sure to be in.
pub fn of_teachers(known: &Known<'_, '_>) -> BTreeMap<usize, Vec<Claim>> {
    let mut claims: BTreeMap<usize, Vec<Claim>> = BTreeMap::new();
    for (item, lesson) in known.items.iter().enumerate() {
        for (part, held) in lesson.parts.iter().enumerate() {
            for sure in &held.who {
                let mine = claims.entry(sure.person).or_default();
                // In two roles of one lesson a person is there once.
                if !mine.iter().any(|claim| (claim.item, claim.part) == (item, part)) {
                    mine.push(Claim { item, part, weeks: held.weeks, ground: sure.ground, what: sure.what });
                }
            }
        }
    }
    claims
}

/// Lessons that need one kind of room at one site, and of these the ones that only the larger rooms hold.
pub fn rooms(known: &Known<'_, '_>, told: &mut [Option<Hold>], found: &mut Vec<Count>) {
    let index = known.index;
    let mut pools: BTreeMap<(&str, &str), Vec<(Claim, u64)>> = BTreeMap::new();
    for (item, lesson) in known.items.iter().enumerate() {
        for (part, held) in lesson.parts.iter().enumerate() {
            let Some((need, weeks)) = known.need(held) else { continue };
            let course = &index.courses[held.course];
            let Some(site) = index.site_of_need(course, need) else { continue };
            let pupils = course.classes.iter().map(|class| u64::from(index.district.classes[*class].pupils)).sum();
            let claim = Claim { item, part, weeks, ground: Ground::GIVEN, what: None };
            pools.entry((site, &need.kind)).or_default().push((claim, pupils));
        }
    }
    for ((site, kind), claims) in pools {
        let Some(school) = index.sites.get(site) else { continue };
        let Some(clash) = known.index.clauses.ground("room_clash", |scope| index.school_in(scope, *school)) else { continue };
        let rooms: Vec<_> = index.rooms_of(site, kind).collect();
        let sizes: BTreeSet<u64> = rooms.iter().filter_map(|room| room.seats.map(u64::from)).collect();
        for seats in std::iter::once(None).chain(sizes.into_iter().map(Some)) {
            let larger = |room: &&&crate::file::Room| seats.is_none_or(|seats| room.seats.is_none_or(|own| u64::from(own) > seats));
            let units = rooms.iter().filter(larger).map(|room| room.units).fold(0, u32::saturating_add).min(MOST);
            let seated = |(claim, pupils): &(Claim, u64)| match seats {
                None => Some(*claim),
                Some(seats) if *pupils > seats => by_seats(known, *claim),
                Some(_) => None,
            };
            let claims: Vec<Claim> = claims.iter().filter_map(seated).collect();
            // No room at all, or none large enough, is told where rooms are looked at.
            if units == 0 || claims.is_empty() {
                continue;
            }
            let resource = Resource { known, claims, ground: clash, units, class: None, told };
            let (proof, claims) = (resource.told(), resource.claims);
            let Some(proof) = proof else { continue };
            let kind_of = if proof.hold == Hold::Nature { &ROOMS } else { &ROOMS_TAKEN };
            let first = index.district.rooms.iter().position(|room| room.site == site && room.kind == kind).unwrap_or_default();
            let at = index.at(format_args!("rooms[{first}]"));
            let mut count = counted(known, kind_of, &claims, &proof, at, &index.district.rooms[first].id);
            count.who = vec![said(&index.say_rooms(site, kind), units, seats)];
            count.rooms.push((site.to_owned(), kind.to_owned()));
            tell(told, &claims, &proof);
            found.push(count);
            break;
        }
    }
}

fn said(rooms: &Text, units: u32, seats: Option<u64>) -> Text {
    match seats {
        None => both(format!("{}(同时容 {units} 个班)", rooms.zh), format!("{} (for {units} at a time)", rooms.en)),
        Some(seats) => both(
            format!("{}中多于 {seats} 座的(同时容 {units} 个班)", rooms.zh),
            format!("{}, those of more than {seats} seats (for {units} at a time)", rooms.en),
        ),
    }
}

/// A lesson of a band has no number of pupils of its own: nothing is counted of it.
fn by_seats(known: &Known<'_, '_>, claim: Claim) -> Option<Claim> {
    let course = known.items[claim.item].parts[claim.part].course;
    let ground = known.index.clauses.ground("room_fit", |scope| known.index.course_in(scope, course))?;
    known.index.courses[course].band.is_none().then_some(Claim { ground, what: Some(What::Seats), ..claim })
}

/// Lessons of one class: one at a time, those of a band together.
pub fn classes(known: &Known<'_, '_>, told: &mut [Option<Hold>], found: &mut Vec<Count>) {
    let index = known.index;
    let mut claims: Vec<Vec<Claim>> = vec![Vec::new(); index.district.classes.len()];
    for (item, lesson) in known.items.iter().enumerate() {
        for (part, held) in lesson.parts.iter().enumerate() {
            for class in index.courses[held.course].classes.iter().copied().collect::<BTreeSet<_>>() {
                match claims[class].iter_mut().find(|claim| claim.item == item) {
                    Some(claim) => claim.weeks |= held.weeks,
                    None => claims[class].push(Claim { item, part, weeks: held.weeks, ground: Ground::GIVEN, what: None }),
                }
            }
        }
    }
    for (class, claims) in claims.into_iter().enumerate().filter(|(class, _)| known.bells[*class].is_some()) {
        let Some(ground) = known.index.clauses.ground("class_clash", |scope| index.class_in(scope, class)) else { continue };
        let resource = Resource { known, claims, ground, units: 1, class: Some(class), told };
        let (proof, claims) = (resource.told(), resource.claims);
        let Some(proof) = proof else { continue };
        let own = |claim: &usize| {
            let claim = &claims[*claim];
            known.bells[class] == Some(known.items[claim.item].parts[claim.part].bell)
        };
        // The cells of the class alone, without any cause, are counted with the class.
        if !proof.takes.is_empty() || !proof.short.claims.iter().all(own) {
            let at = index.at(format_args!("classes[{class}]"));
            let mut count = counted(known, &CLASS, &claims, &proof, at, &index.district.classes[class].id);
            count.who = vec![index.say_class(class)];
            count.classes.push(class);
            found.push(count);
        }
        tell(told, &claims, &proof);
    }
}

/// Lessons told of are not told again by a count that needs no firmer cause.
fn tell(told: &mut [Option<Hold>], claims: &[Claim], proof: &Told) {
    for claim in proof.short.claims.iter().filter_map(|claim| claims.get(*claim)) {
        let hold = &mut told[claim.item];
        *hold = Some(hold.map_or(proof.hold, |old| old.min(proof.hold)));
    }
}

fn counted(known: &Known<'_, '_>, kind: &'static Kind, claims: &[Claim], proof: &Told, at: String, entity: &str) -> Count {
    let index = known.index;
    let mut count = Count::new(kind, proof.ground, at, entity).because(proof.takes.iter().map(|(what, _)| *what));
    count.hold = proof.hold;
    // Course → what it wants, in the order of the file.
    let mut wanted: BTreeMap<usize, u32> = BTreeMap::new();
    let mut longest = 1;
    for claim in proof.short.claims.iter().filter_map(|claim| claims.get(*claim)) {
        let part = &known.items[claim.item].parts[claim.part];
        longest = longest.max(part.periods as u64);
        *wanted.entry(part.course).or_default() += if proof.short.row.is_some() { 1 } else { part.periods as u32 };
        count.classes.extend(index.courses[part.course].classes.iter().copied());
    }
    count.classes.sort_unstable();
    count.classes.dedup();
    let times = week(index.district.cycle_weeks, proof.short.week);
    let (needed, there) = (proof.short.needed, proof.short.there);
    let by_subject = by_subject(known, &wanted);
    let (zh, en) = match proof.short.row {
        None => (format!("{}有 {needed} 节课", times.zh), format!("{}{needed} periods", times.en)),
        Some(length) => {
            (format!("{}有 {needed} 次 {length} 节以上的连堂", times.zh), format!("{}{needed} lessons of {length} or more", times.en))
        }
    };
    let cells = index.say_takes(proof.base, &proof.takes, there, proof.short.row);
    count.says = both(format!("{zh}({}),{}", by_subject.zh, cells.zh), format!("{en} ({}); {}", by_subject.en, cells.en));
    count.courses = wanted.into_keys().collect();
    (count.needed, count.there) = (needed.into(), there.into());
    // A lesson elsewhere than agreed, not joined, in a closed or small room is one breach however long it is.
    let whole = |what: &What| matches!(what, What::Lock(_) | What::Joined | What::Hours | What::Seats);
    let longest = if proof.short.row.is_none() && count.whats.iter().any(whole) { longest } else { 1 };
    count.least = count.needed.saturating_sub(count.there).div_ceil(longest);
    count
}

/// Few courses by name; many by their subjects.
fn by_subject(known: &Known<'_, '_>, wanted: &BTreeMap<usize, u32>) -> Text {
    let index = known.index;
    let one = |words: Text, periods: u32| both(format!("{} {periods}", words.zh), format!("{} {periods}", words.en));
    if wanted.len() <= 4 {
        return list(&wanted.iter().map(|(course, periods)| one(index.say_course(&index.courses[*course]), *periods)).collect::<Vec<_>>());
    }
    let mut subjects: BTreeMap<&str, u32> = BTreeMap::new();
    for (course, periods) in wanted {
        *subjects.entry(index.courses[*course].subject).or_default() += periods;
    }
    list(&subjects.into_iter().map(|(subject, periods)| one(index.say_subject(subject), periods)).collect::<Vec<_>>())
}
